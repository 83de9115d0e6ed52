//! Old Excel workbooks: the values of all cells, and all letters that stand in the file.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xls, XlsError};
use encoding_rs::UTF_16LE;

use super::{Document, Sealed, Spot};
use crate::privacy::Form;

/// Takes in a workbook: each sheet, then the file itself, where comments, headings of pages and properties stand as letters of
/// one or two bytes.
pub(super) fn take(document: &mut Document, name: &str, bytes: &[u8]) -> Result<(), Sealed> {
    let mut book: Xls<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => Sealed::Protected,
            _ => Sealed::Broken,
        })?;
    if book.vba_project().is_ok_and(|project| project.is_some()) {
        return Err(Sealed::Part(Spot::Part("VBA".to_owned())));
    }
    for sheet in book.sheet_names() {
        document.add(name, Form::Text, sheet.clone().into_bytes())?;
        let range = book.worksheet_range(&sheet).map_err(|_| Sealed::Broken)?;
        let mut text = String::new();
        for row in range.rows() {
            for cell in row {
                if !matches!(cell, Data::Empty) {
                    text.push_str(&cell.to_string());
                    text.push('\n');
                }
            }
        }
        document.add(&sheet, Form::Text, text.into_bytes())?;
    }
    for from in 0..2 {
        let letters = UTF_16LE.decode_without_bom_handling(bytes.get(from..).unwrap_or_default()).0;
        document.add(name, Form::Text, letters.into_owned().into_bytes())?;
    }
    document.add(name, Form::Text, bytes.to_vec())
}
