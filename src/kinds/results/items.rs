//! Items of work, and what is done of what is due.

use rust_decimal::Decimal;

use super::finder::Named;
use super::rows::{SCORE_MISSING, UnitRow, is_empty, shown};
use super::scores::Item;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::parse::decimal;
use crate::source::{Located, Row};

const DUE_ZERO: Code = Code::error("due-zero");
const DONE_OUTSIDE_DUE: Code = Code::error("done-outside-due");
const ITEM_TWICE: Code = Code::error("item-twice");

/// Whether what is done lies within what is due, and something is due.
pub(super) fn check_ratio(
    done: Located<Decimal>,
    due: Located<Decimal>,
    unit: &str,
    problems: &mut Problems,
) -> bool {
    if due.value <= Decimal::ZERO {
        problems.add(Diagnostic::new(DUE_ZERO, due.place).with("unit", unit).with("due", due.value));
        return false;
    }
    let within = done.value >= Decimal::ZERO && done.value <= due.value;
    if !within {
        let problem = Diagnostic::new(DONE_OUTSIDE_DUE, done.place).with("unit", unit);
        problems.add(problem.with("done", done.value).with("due", due.value));
    }
    within
}

/// The item of work that a row is about.
pub(super) fn item(
    row: &Row<'_>,
    [what, points, due, done]: &[Named; 4],
    unit: &str,
    problems: &mut Problems,
) -> Option<Item> {
    let title = shown(&row.cell(what.column), problems);
    let mut number = |column: &Named| {
        let cell = row.cell(column.column);
        if is_empty(&cell) {
            let problem = Diagnostic::new(SCORE_MISSING, cell.place).with("column", &column.title);
            problems.add(problem.with("unit", unit));
            return None;
        }
        decimal(&cell, problems).map(|value| Located { value, place: cell.place })
    };
    let (points, due, done) = (number(points), number(due), number(done));
    let (points, due, done) = (points?, due?, done?);
    let item = Item { title, points: points.value, done: done.value, due: due.value };
    check_ratio(done, due, unit, problems).then_some(item)
}

/// Joins the row of an item of work to the unit's.
pub(super) fn join(known: &mut UnitRow, row: UnitRow, problems: &mut Problems) {
    for item in row.items {
        if known.items.iter().any(|other| other.title == item.title) {
            let problem = Diagnostic::new(ITEM_TWICE, row.place).with("unit", &row.name);
            problems.add(problem.with("item", &item.title).and(known.place));
        }
        known.items.push(item);
    }
    known.values = known.values.take().zip(row.values).and_then(|(known, more)| {
        known.iter().zip(more).map(|(sum, value)| sum.checked_add(value)).collect()
    });
    known.scores.extend(row.scores);
    for (all, holds) in known.holds.iter_mut().zip(row.holds) {
        *all &= holds;
    }
}
