//! Tables: CSV, XLSX, XLS and ODS, all read into one [`Sheet`] of headings and rows.
//!
//! A title above the header is skipped, so are blank rows and remarks beneath the table, and every cell keeps its place. What a
//! reader of the printed table could not see (hidden rows, columns and sheets, covered cells), and what
//! nobody can attribute (merged amounts, a second header), is an error.

mod again;
mod archive;
mod asides;
mod csv;
mod header;
mod looks;
mod merges;
mod number;
mod ods;
mod page;
mod sheet;
mod summing;
mod workbook;
mod xls;
mod xlsx;

#[cfg(test)]
pub(super) mod fixtures;
#[cfg(test)]
mod tests;

pub use again::{Again, Standing};
pub(crate) use header::NO_ROWS;
pub use header::{Heading, is_plain, normalise_heading};
pub use sheet::{Row, Sheet};
pub use summing::{Summing, summing};

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const WRONG_FORMAT: Code = Code::error("wrong-format");

/// The most cells of one file, blank ones between them included, and the most bytes of one part of a
/// zipped workbook: beyond them the file is refused with `table-too-large`.
const MOST_CELLS: u64 = 10_000_000;
const MOST_PART_BYTES: u64 = 256 << 20;

/// The format of a table, as its file name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Text, with comma, semicolon or tab between cells.
    Csv,
    /// Excel since 2007.
    Xlsx,
    /// Excel 97 to 2003 (and 5.0/95).
    Xls,
    /// OpenDocument.
    Ods,
}

impl TableFormat {
    /// The format of files that end in `extension` (without the dot, in any case); `None` for others.
    ///
    /// ```
    /// use gongshi::source::tables::TableFormat;
    /// assert_eq!(TableFormat::from_extension("XLSX"), Some(TableFormat::Xlsx));
    /// assert_eq!(TableFormat::from_extension("doc"), None);
    /// ```
    pub fn from_extension(extension: &str) -> Option<Self> {
        let formats = [("csv", Self::Csv), ("xlsx", Self::Xlsx), ("xls", Self::Xls), ("ods", Self::Ods)];
        formats.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(extension)).map(|(_, format)| format)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
        }
    }
}

/// What the reader must know of the table it reads.
pub struct ReadOptions<'a> {
    /// The sheet of a workbook to read (`sheet = "名单"`); needed where several hold data.
    pub sheet: Option<&'a str>,
    /// Whether a heading, normalised by [`normalise_heading`], is known; the header row is found by it.
    pub known: &'a dyn Fn(&str) -> bool,
    /// Whether a heading that is not known may have been meant as one: where no row is certainly the header, one that
    /// holds a known heading and such a one is taken for it, so that the slip itself can be told.
    pub likely: &'a dyn Fn(&str) -> bool,
    /// Some of the known headings, to be shown where no header row is found.
    pub expected: &'a str,
}

/// Reads a table.
///
/// `None` after an error that leaves no rows to check, or rows whose values cannot be trusted; other
/// errors (something hidden, a column without a heading) are added, and the rows returned all the same.
pub fn read(
    bytes: Vec<u8>,
    format: TableFormat,
    options: &ReadOptions<'_>,
    file: FileId,
    problems: &mut Problems,
) -> Option<Sheet> {
    if let Some(found) = other_format(&bytes, format) {
        let wrong = Diagnostic::new(WRONG_FORMAT, Place::file(file));
        problems.add(wrong.with("found", found).with("named", format.name()));
        return None;
    }
    let mut sheet = match format {
        TableFormat::Csv => csv::read(bytes, options, file, problems),
        TableFormat::Xlsx | TableFormat::Xls | TableFormat::Ods => {
            workbook::read(&bytes, format, options, file, problems)
        }
    }?;
    asides::take_away(&mut sheet);
    Some(sheet)
}

/// What a file is by its first bytes, where that is not what its name says.
///
/// Web systems often save a page of HTML under the name of a workbook.
fn other_format(bytes: &[u8], named: TableFormat) -> Option<&'static str> {
    let zipped = bytes.starts_with(b"PK\x03\x04");
    let compound = bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let found = if zipped {
        zipped_format(bytes)
    } else if compound {
        // A workbook with a password is a compound file too: its reader says so.
        if named == TableFormat::Xlsx && xls::is_encrypted_package(bytes) { "XLSX" } else { "XLS" }
    } else if is_markup(bytes) {
        "HTML"
    } else if named == TableFormat::Csv
        || bytes.contains(&0)
        || bytes.is_empty()
        || std::str::from_utf8(bytes).is_err()
    {
        // What it is named, or broken or binary: the reader of the named format says more.
        return None;
    } else {
        "CSV"
    };
    (found != named.name()).then_some(found)
}

/// The format of a zip archive: ODS begins with its media type, stored uncompressed.
fn zipped_format(bytes: &[u8]) -> &'static str {
    const ODS_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let start = bytes.get(..200).unwrap_or(bytes);
    if start.windows(ODS_TYPE.len()).any(|window| window == ODS_TYPE) { "ODS" } else { "XLSX" }
}

fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let start = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    [&b"<html"[..], b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style"]
        .iter()
        .any(|tag| start.starts_with(tag))
}
