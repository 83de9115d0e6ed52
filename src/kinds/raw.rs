//! Clerks' workbooks that lie in the content folder as they are: nothing refers to them, and private columns stand in them.

use super::columns::{CONTACTS, RECIPIENTS};
use crate::diagnostics::{Code, Diagnostic, FileId, Place};
use crate::privacy;
use crate::source::tables::ReadOptions;
use crate::source::{AreaFolder, Content, Reading, Sheet, ValueKind};

const RAW_WORKBOOK: Code = Code::warning("raw-workbook");

/// The problem of a file that nothing refers to, where it is a table with private columns.
pub(super) fn problem(content: &Content, folder: &AreaFolder, file: FileId) -> Option<Diagnostic> {
    let options = ReadOptions { sheet: None, known: &is_known, likely: &|_| false, expected: "" };
    // What else is wrong with a table that is not used is of no interest.
    let sheet = Reading::new(content, folder).sheet(file, &options)?;
    let private = sheet.headings().iter().filter(|heading| {
        privacy::private_heading(&heading.name).is_some() || holds_private(&sheet, heading.column)
    });
    let count = private.count();
    (count > 0).then(|| Diagnostic::new(RAW_WORKBOOK, Place::file(file)).with("count", count))
}

fn is_known(heading: &str) -> bool {
    privacy::private_heading(heading).is_some()
        || RECIPIENTS.find(heading).is_some()
        || CONTACTS.find(heading).is_some()
}

fn holds_private(sheet: &Sheet, column: usize) -> bool {
    sheet.rows().any(|row| match row.cell(column).kind {
        ValueKind::Text(text) | ValueKind::Number(text) => privacy::private_content(&text).is_some(),
        kind => matches!(kind, ValueKind::LostDigits),
    })
}
