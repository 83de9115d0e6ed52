//! The rows of a tally's table.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::layout::Columns;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::results::rows::{
    DUPLICATE_UNIT, SCORE_MISSING, UNIT_MISSING, compared, is_empty, shown, summed,
};
use crate::kinds::results::summed::Summed;
use crate::source::parse::{decimal, text};
use crate::source::{Located, Row, Sheet, Value, ValueKind};
use crate::values::parse_decimal;

const COUNT_NEGATIVE: Code = Code::error("count-negative");
const BAD_PERCENT: Code = Code::error("bad-percent");

/// The rows of a table.
#[derive(Default)]
pub(super) struct CountedRows {
    pub(super) units: Vec<CountedRow>,
    /// Rows that add up others or state their means, each with how many units stand above it.
    pub(super) totals: Vec<(usize, Summed, CountedRow)>,
    pub(super) categories: Vec<String>,
    pub(super) complete: bool,
}

/// One row.
pub(super) struct CountedRow {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) category: Option<usize>,
    pub(super) counts: Vec<Decimal>,
    /// Of a row that adds up others: what it states, by counted column.
    pub(super) sums: Vec<Option<Located<Decimal>>>,
    /// Stated rates.
    pub(super) rates: Vec<Option<Stated>>,
    /// Stated changes.
    pub(super) changes: Vec<Option<Stated>>,
    pub(super) extra: Vec<String>,
}

/// A stated rate or change.
pub(super) struct Stated {
    pub(super) number: Decimal,
    pub(super) percent: bool,
    pub(super) written: String,
    pub(super) place: Place,
}

/// Reads all rows.
pub(super) fn read(sheet: &Sheet, columns: &Columns, problems: &mut Problems) -> CountedRows {
    let mut rows = CountedRows { complete: true, ..CountedRows::default() };
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut means = sheet.means().peekable();
    for (at, row) in sheet.rows().enumerate() {
        while let Some((_, mean)) = means.next_if(|(above, _)| *above <= at) {
            rows.mean(&mean, columns, problems);
        }
        let cell = row.cell(columns.unit.column);
        if let Some(of) = summed(&cell, &row) {
            let total = total(&row, columns, &shown(&row.first(), problems), cell.place, problems);
            rows.totals.push((rows.units.len(), Summed::Sum(of), total));
            continue;
        }
        if is_empty(&cell) {
            problems.add(Diagnostic::new(UNIT_MISSING, row.place()).with("column", &columns.unit.title));
            rows.complete = false;
            continue;
        }
        match unit(&row, columns, &mut rows.categories, problems) {
            Some(unit) => {
                if let Some(first) = seen.insert(compared(&unit.name), unit.place) {
                    let problem = Diagnostic::new(DUPLICATE_UNIT, unit.place).with("unit", &unit.name);
                    problems.add(problem.and(first));
                    rows.complete = false;
                }
                rows.units.push(unit);
            }
            None => rows.complete = false,
        }
    }
    for (_, mean) in means {
        rows.mean(&mean, columns, problems);
    }
    rows
}

impl CountedRows {
    fn mean(&mut self, row: &Row<'_>, columns: &Columns, problems: &mut Problems) {
        let mut total = total(row, columns, "", row.place(), problems);
        // The mean of rates is none of the rate of all, nor the other way round.
        total.rates.clear();
        total.changes.clear();
        self.totals.push((self.units.len(), Summed::Mean, total));
    }
}

fn unit(
    row: &Row<'_>,
    columns: &Columns,
    categories: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<CountedRow> {
    let cell = row.cell(columns.unit.column);
    let name = text(&cell, problems);
    let category = columns.category.as_ref().map(|column| row.cell(column.column));
    let category = category.filter(|cell| !is_empty(cell)).and_then(|cell| text(&cell, problems));
    let category = category.map(|category| {
        categories.iter().position(|known| *known == category).unwrap_or_else(|| {
            categories.push(category);
            categories.len() - 1
        })
    });
    let unit = name.as_deref().unwrap_or_default();
    let count = |column: &crate::kinds::results::finder::Named, problems: &mut Problems| {
        let cell = row.cell(column.column);
        if is_empty(&cell) {
            let problem = Diagnostic::new(SCORE_MISSING, cell.place).with("column", &column.title);
            problems.add(problem.with("unit", unit));
            return None;
        }
        let count = decimal(&cell, problems)?;
        if count.is_sign_negative() && !count.is_zero() {
            problems.add(Diagnostic::new(COUNT_NEGATIVE, cell.place).with("column", &column.title));
            return None;
        }
        Some(count)
    };
    let counts: Vec<Option<Decimal>> = columns.counts.iter().map(|column| count(column, problems)).collect();
    let extra = columns.extra.iter().map(|column| shown(&row.cell(column.column), problems)).collect();
    let (rates, changes) = (rates(row, columns, problems), changes(row, columns, problems));
    let counts = counts.into_iter().collect::<Option<_>>()?;
    let sums = Vec::new();
    Some(CountedRow { place: cell.place, name: name?, category, counts, sums, rates, changes, extra })
}

fn total(row: &Row<'_>, columns: &Columns, name: &str, place: Place, problems: &mut Problems) -> CountedRow {
    let mut sum = |column: &crate::kinds::results::finder::Named| {
        let cell = row.cell(column.column);
        let value = if is_empty(&cell) { None } else { decimal(&cell, problems) };
        value.map(|value| Located { value, place: cell.place })
    };
    let sums = columns.counts.iter().map(&mut sum).collect();
    let (rates, changes) = (rates(row, columns, problems), changes(row, columns, problems));
    let (name, category) = (name.to_owned(), None);
    CountedRow { place, name, category, counts: Vec::new(), sums, rates, changes, extra: Vec::new() }
}

fn rates(row: &Row<'_>, columns: &Columns, problems: &mut Problems) -> Vec<Option<Stated>> {
    let stated = columns.stated_rates.iter();
    stated.map(|column| stated_number(&row.cell((*column)?), problems)).collect()
}

fn changes(row: &Row<'_>, columns: &Columns, problems: &mut Problems) -> Vec<Option<Stated>> {
    columns.changes.iter().map(|(column, _)| stated_number(&row.cell(*column), problems)).collect()
}

/// A number that may have a percent sign; `None` for an empty cell.
fn stated_number(cell: &Value<'_>, problems: &mut Problems) -> Option<Stated> {
    let written = match &cell.kind {
        ValueKind::Number(written) | ValueKind::Text(written) => written.trim().to_owned(),
        ValueKind::Empty => return None,
        _ => String::new(),
    };
    if matches!(written.as_str(), "-" | "—" | "/" | "－") || is_empty(cell) {
        return None;
    }
    let bare = written.trim_end_matches(['%', '％']).trim();
    let plain = bare.replace(['−', '－'], "-");
    let number = parse_decimal(plain.trim_start_matches('+'));
    if number.is_none() {
        problems.add(Diagnostic::new(BAD_PERCENT, cell.place).with("text", &written));
    }
    Some(Stated { number: number?, percent: bare.len() < written.len(), written, place: cell.place })
}
