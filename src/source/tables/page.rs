//! One sheet of a workbook as its format's reader hands it over: cells, and what is hidden or merged.

use chrono::NaiveDate;

/// Why a workbook cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is damaged, or no workbook of its format.
    Broken,
    /// It asks for a password.
    Protected,
    /// It would take more memory than any real table.
    TooLarge,
}

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its number in the workbook, from 0.
    pub(super) index: u16,
    pub(super) name: String,
    /// Whether the sheet is hidden.
    pub(super) hidden: bool,
    /// The cells that are not blank, by row, then column.
    pub(super) cells: Vec<Cell>,
    pub(super) merged: Vec<Area>,
    pub(super) hidden_rows: Hidden,
    pub(super) hidden_columns: Hidden,
    /// Cells of which something is not seen, whatever their row and column say.
    pub(super) veiled: Vec<(u32, u32, Veil)>,
}

/// What the look of a cell hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Veil {
    /// Its number format shows nothing.
    Everything,
    /// Its number format shows no number.
    Numbers,
    /// Its text is as white as what stands behind it.
    White,
}

/// A cell that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) content: Content,
}

/// What a cell of a workbook holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Text, blanks at both ends removed, never empty.
    Text(String),
    /// A number in plain decimal digits.
    Number(String),
    /// A number of more than 15 digits, whose last ones are gone.
    LostDigits,
    Bool(bool),
    Date(NaiveDate),
    /// A date with a time, a time, a duration.
    OtherTime(String),
    /// An error such as `#N/A`.
    Error,
    /// A formula that was never computed.
    NoValue,
}

/// A rectangle of cells, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

/// The rows or columns that are not shown.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    hidden: Vec<(u32, u32)>,
    shown: Vec<(u32, u32)>,
    by_default: bool,
}

impl Page {
    /// Puts the cells into the order of rows; of two at one position, the later in the file holds.
    pub(super) fn sort(&mut self) {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.reverse();
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.cells.reverse();
        self.hidden_rows.sort();
        self.hidden_columns.sort();
        self.veiled.sort_unstable();
    }

    /// The cells that hold something of which nothing is seen, with what hides it.
    pub(super) fn unseen(&self) -> impl Iterator<Item = (&Cell, Veil)> {
        let cell_at = |row, column| {
            let at = self.cells.binary_search_by_key(&(row, column), |cell| (cell.row, cell.column)).ok()?;
            self.cells.get(at)
        };
        self.veiled.iter().filter_map(move |(row, column, veil)| {
            let cell = cell_at(*row, *column)?;
            (*veil != Veil::Numbers || cell.content.as_text().is_none()).then_some((cell, *veil))
        })
    }
}

impl Content {
    /// Text without blanks at its ends; `None` when nothing is left.
    pub(super) fn text(text: &str) -> Option<Self> {
        let text = text.trim_matches(super::header::is_blank);
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// The text, where it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Area {
    pub(super) fn contains(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
}

impl Hidden {
    /// Everything not said to be shown is hidden.
    pub(super) fn hide_by_default(&mut self) {
        self.by_default = true;
    }

    /// Notes that the lines `first..=last` are hidden, or said to be shown.
    pub(super) fn add(&mut self, first: u32, last: u32, hidden: bool) {
        let list = if hidden { &mut self.hidden } else { &mut self.shown };
        match list.last_mut() {
            Some(previous) if previous.1.checked_add(1) == Some(first) => previous.1 = last,
            _ => list.push((first, last)),
        }
    }

    fn sort(&mut self) {
        for list in [&mut self.hidden, &mut self.shown] {
            list.sort_unstable();
            list.dedup_by(|next, kept| {
                let joined = next.0 <= kept.1;
                if joined {
                    kept.1 = kept.1.max(next.1);
                }
                joined
            });
        }
    }

    /// Whether the line is hidden.
    pub(super) fn contains(&self, line: u32) -> bool {
        holds(&self.hidden, line) || (self.by_default && !holds(&self.shown, line))
    }
}

fn holds(list: &[(u32, u32)], line: u32) -> bool {
    let after = list.partition_point(|(first, _)| *first <= line);
    after.checked_sub(1).and_then(|before| list.get(before)).is_some_and(|(_, last)| line <= *last)
}
