//! Cells of a table of recipients.

use std::borrow::Cow;

use super::layout::holds_private;
use crate::diagnostics::{Diagnostic, Problems};
use crate::privacy;
use crate::source::parse::{LOST_DIGITS, is_power_of_ten};
use crate::source::{Row, Value, ValueKind, wrong_type};

/// The facts in which parsers say what is written.
const RAW_TEXT: [&str; 4] = ["text", "date", "number", "amount"];

/// A cell that may be blank or wrong.
pub(super) enum Cell<T> {
    Blank,
    Read(T),
    Failed,
}

impl<T> Cell<T> {
    /// The value, where there is one.
    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Blank | Self::Failed => None,
        }
    }
}

/// Reads a cell by `parse`. A cell with private content is a problem where it stands, and not parsed.
pub(super) fn read_cell<'s, T>(
    row: &Row<'s>,
    column: Option<usize>,
    parse: impl FnOnce(&Value<'s>, &mut Problems) -> Option<T>,
    problems: &mut Problems,
) -> Cell<T> {
    let Some(value) = column.map(|column| row.cell(column)) else { return Cell::Blank };
    match &value.kind {
        ValueKind::Empty => return Cell::Blank,
        ValueKind::Text(text) | ValueKind::Number(text) if holds_private(&value.kind) => {
            let before = problems.len();
            // An amount may look like a telephone number, which is no problem here.
            privacy::report_figure(text, value.place, problems);
            if problems.len() > before {
                return Cell::Failed;
            }
        }
        _ => {}
    }
    without_raw_text(&value, parse, problems).map_or(Cell::Failed, Cell::Read)
}

/// Parses a cell and keeps what is written in it out of the problems: a row that has shifted by a column
/// has a name where an amount should stand.
pub(super) fn without_raw_text<'s, T>(
    value: &Value<'s>,
    parse: impl FnOnce(&Value<'s>, &mut Problems) -> Option<T>,
    problems: &mut Problems,
) -> Option<T> {
    let mut found = Problems::new();
    let parsed = parse(value, &mut found);
    if found.is_empty() {
        return parsed;
    }
    for problem in found.into_sorted() {
        problems.add(problem.without_facts(&RAW_TEXT));
    }
    parsed
}

/// The text of a cell, a date as 2026-11-24; `None` for a blank cell and after a problem.
pub(super) fn cell_text<'v>(value: &'v Value<'_>, problems: &mut Problems) -> Option<Cow<'v, str>> {
    match &value.kind {
        // Written to a file of text by the program that has lost them.
        ValueKind::Text(text) if is_power_of_ten(text) => {
            problems.add(Diagnostic::new(LOST_DIGITS, value.place));
            None
        }
        ValueKind::Text(text) | ValueKind::Number(text) => Some(Cow::Borrowed(text.as_ref())),
        ValueKind::Date(date) => Some(Cow::Owned(date.to_string())),
        ValueKind::Empty | ValueKind::Faulty => None,
        ValueKind::LostDigits => {
            problems.add(Diagnostic::new(LOST_DIGITS, value.place));
            None
        }
        _ => wrong_type(value, "want-text", problems),
    }
}
