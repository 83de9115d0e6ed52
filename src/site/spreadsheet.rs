//! CSV as spreadsheets in China open it: UTF-8 with a byte order mark, and no cell that would be run.

use csv::{Terminator, WriterBuilder};

/// Characters at whose sight a spreadsheet takes a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table as CSV. A cell that a spreadsheet would run as a formula gets a `'` before it; plain numbers
/// are left as they are.
pub fn to_csv<R, C>(headings: &[&str], rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator,
    C::Item: AsRef<str>,
{
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(&mut bytes);
    // Writing to memory fails only for rows of unequal length; those are flexible here.
    let _ = writer.write_record(headings);
    for row in rows {
        for cell in row {
            let _ = writer.write_field(defused(cell.as_ref()).as_ref());
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    let _ = writer.flush();
    drop(writer);
    bytes
}

/// `cell`, with a `'` before it when it would be run.
fn defused(cell: &str) -> std::borrow::Cow<'_, str> {
    let first = cell.chars().find(|c| !matches!(c, ' ' | '\u{3000}' | '\n'));
    let starts = first.is_some_and(|first| FORMULA_STARTS.contains(&first));
    let is_number = || crate::values::parse_decimal(cell).is_some();
    if starts && !is_number() { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::to_csv;

    #[test]
    fn what_a_spreadsheet_would_run_is_defused() {
        let row =
            ["=HYPERLINK(\"http://x\")", "-300.00", "@SUM(A1)", " +1+1", "张*明", "a,b"].map(str::to_owned);
        let csv = String::from_utf8(to_csv(&["甲", "乙"], [row])).expect("UTF-8");
        assert_eq!(
            csv,
            "\u{feff}甲,乙\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-300.00,'@SUM(A1),' +1+1,张*明,\"a,b\"\r\n"
        );
    }
}
