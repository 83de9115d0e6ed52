//! A table that has been read: headings, and rows of cells with their places.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::header::Heading;
use crate::diagnostics::{At, FileId, Place};
use crate::source::{Value, ValueKind};

/// The rows of a table below its header, blank ones left out.
///
/// One text holds all cells (of a CSV file: the decoded file itself), so that a cell takes twelve bytes.
#[derive(Debug)]
pub struct Sheet {
    pub(super) file: FileId,
    pub(super) text: String,
    pub(super) headings: Vec<Heading>,
    pub(super) slots: Vec<Slot>,
    pub(super) lines: Vec<Line>,
    /// Rows of means, each with how many lines stand above it.
    pub(super) means: Vec<(usize, Line)>,
}

/// A cell: a range of the text, or the value itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Text,
    /// Text of CSV in which `""` stands for `"`.
    Quoted,
    Number,
    OtherTime,
    LostDigits,
    Bool(bool),
    /// A date, whose number of days from year 0 stands in `start`, in two's complement.
    Date,
}

impl Slot {
    pub(super) const EMPTY: Self = Self { start: 0, end: 0, kind: Kind::Empty };
}

/// A row: its cells, from column 0 on, and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) first: u32,
    pub(super) count: u32,
    /// In CSV the whole line; in a workbook the first cell that is not blank.
    pub(super) at: At,
}

impl Sheet {
    /// The headings, from left to right.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The column of the heading called `name` (normalised).
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().find(|heading| heading.name == name).map(|heading| heading.column)
    }

    /// The rows that are not blank, in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.lines.iter().map(|line| self.row(line))
    }

    /// The rows of means: each with how many of [`Sheet::rows`] stand above it.
    pub fn means(&self) -> impl Iterator<Item = (usize, Row<'_>)> {
        self.means.iter().map(|(above, line)| (*above, self.row(line)))
    }

    fn row(&self, line: &Line) -> Row<'_> {
        let range = line.first as usize..line.first as usize + line.count as usize;
        Row { sheet: self, slots: self.slots.get(range).unwrap_or_default(), at: line.at }
    }
}

/// One row of a [`Sheet`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    slots: &'a [Slot],
    at: At,
}

impl<'a> Row<'a> {
    /// Where the row stands: in CSV the whole line, in a workbook its first cell that is not blank.
    pub fn place(&self) -> Place {
        Place { file: self.sheet.file, at: self.at }
    }

    /// The value in a column, from 0; empty beyond the end of the row.
    pub fn cell(&self, column: usize) -> Value<'a> {
        let slot = self.slots.get(column);
        let kind = slot.map_or(ValueKind::Empty, |slot| self.sheet.kind(*slot));
        Value { place: Place { file: self.sheet.file, at: self.at_of(column, slot) }, kind }
    }

    /// The first value that is not empty: there the word of a row that adds up others stands, where not in its own column.
    pub fn first(&self) -> Value<'a> {
        let column = self.slots.iter().position(|slot| slot.kind != Kind::Empty);
        self.cell(column.unwrap_or(0))
    }

    /// Whether no cell holds a value.
    pub fn is_blank(&self) -> bool {
        self.slots.iter().all(|slot| slot.kind == Kind::Empty)
    }

    fn at_of(&self, column: usize, slot: Option<&Slot>) -> At {
        match (self.at, slot) {
            (At::Cell { sheet, row, .. }, _) => {
                At::Cell { sheet, row, column: u32::try_from(column).unwrap_or(u32::MAX) }
            }
            (_, Some(slot)) => At::Text { start: slot.start, end: slot.end },
            // Nothing stands there: the end of the line, and none of the cells before it.
            (At::Text { end, .. }, None) => At::Text { start: end, end },
            (At::File, None) => At::File,
        }
    }
}

impl Sheet {
    fn kind(&self, slot: Slot) -> ValueKind<'_> {
        let text = || self.text.get(slot.start as usize..slot.end as usize).unwrap_or_default();
        match slot.kind {
            Kind::Empty => ValueKind::Empty,
            Kind::Text => ValueKind::Text(Cow::Borrowed(text())),
            Kind::Quoted => ValueKind::Text(Cow::Owned(text().replace("\"\"", "\""))),
            Kind::Number => ValueKind::Number(Cow::Borrowed(text())),
            Kind::OtherTime => ValueKind::OtherTime(text().to_owned()),
            Kind::LostDigits => ValueKind::LostDigits,
            Kind::Bool(value) => ValueKind::Bool(value),
            Kind::Date => {
                let date = NaiveDate::from_num_days_from_ce_opt(slot.start.cast_signed());
                date.map_or(ValueKind::Empty, ValueKind::Date)
            }
        }
    }
}
