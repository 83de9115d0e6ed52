//! Where something stands in the content.

/// One file of the content folder, by its position in the sorted list of all files.
///
/// The order of ids is the order of paths, so diagnostics sorted by id read like a folder listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The place of one value: a file, and where in it.
///
/// A place refers to the *decoded* text of a file (UTF-8, line ends as `\n`, no byte order mark).
/// Line and column are worked out only when a diagnostic is shown, from the file read once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in the file.
    pub at: At,
}

/// Where in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The file as a whole: it is missing, cannot be decoded, lacks a key.
    File,
    /// A range of bytes in the decoded text (TOML, Markdown, CSV).
    Text {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
    /// A cell of a workbook.
    Cell {
        /// Number of the sheet in the workbook, from 0.
        sheet: u16,
        /// Row, from 0 (row 0 is shown as 1).
        row: u32,
        /// Column, from 0 (column 0 is shown as A).
        column: u32,
    },
}

impl Place {
    /// The whole of `file`.
    pub const fn file(file: FileId) -> Self {
        Self { file, at: At::File }
    }

    /// The bytes `range` of the decoded text of `file`; a range beyond 4 GiB is cut to it.
    pub fn text(file: FileId, range: std::ops::Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        Self { file, at: At::Text { start, end } }
    }

    /// A cell of a workbook; all numbers from 0.
    pub const fn cell(file: FileId, sheet: u16, row: u32, column: u32) -> Self {
        Self { file, at: At::Cell { sheet, row, column } }
    }
}

/// The name of a workbook column, as spreadsheets show it: 0 is `A`, 26 is `AA`.
///
/// ```
/// assert_eq!(gongshi::diagnostics::column_name(0), "A");
/// assert_eq!(gongshi::diagnostics::column_name(27), "AB");
/// ```
pub fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column;
    loop {
        name.push(char::from(b'A' + (rest % 26) as u8));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    name.iter().rev().collect()
}
