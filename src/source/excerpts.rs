//! What stood in the content, read once more to be shown with a problem, masked.

use std::ops::Range;

use super::decode::decode_lossy_again;
use super::files::{Files, folder_of};
use super::tables::{self, TableFormat, normalise_heading};
use crate::diagnostics::{At, Excerpt, Excerpts, FileId, Place};
use crate::privacy;

/// How many characters of a line are shown on each side of the place.
const AROUND: usize = 60;
/// How many characters of a place are pointed at.
const MOST_MARKED: usize = 60;
/// How many characters of a fact are shown.
const MOST_FACT: usize = 200;
/// Among how many rows at the top the header of a table is looked for.
const HEADER_ROWS: u32 = 30;

impl Excerpts for Files {
    fn path(&self, file: FileId) -> String {
        privacy::mask_private(Files::path(self, file)).into_owned()
    }

    fn excerpt(&self, place: Place) -> Option<Excerpt> {
        let path = Files::path(self, place.file);
        let bytes = self.bytes(place.file).ok()?;
        let table = TableFormat::from_extension(path.rsplit('.').next().unwrap_or_default());
        match place.at {
            At::File => None,
            At::Cell { row, column, .. } => {
                let format = table?;
                let cell = |row| {
                    tables::show_again(
                        &bytes,
                        format,
                        Place::cell(place.file, sheet_of(place.at), row, column).at,
                    )
                };
                let (sheet, text) = cell(row)?;
                let hidden = !shows_names(path)
                    && (0..row.min(HEADER_ROWS)).filter_map(cell).any(|(_, heading)| is_hidden(&heading));
                let text = if hidden { String::new() } else { privacy::mask_private(&text).into_owned() };
                let text = cut(&text, MOST_MARKED);
                Some(Excerpt { line: 0, column: 0, marked: 0..text.len(), text, sheet: Some(sheet) })
            }
            At::Text { start, end } => {
                let text = decode_lossy_again(&bytes);
                let excerpt = line_of(&text, start as usize..end as usize)?;
                if table.is_none() || shows_names(path) {
                    return Some(excerpt);
                }
                Some(only_cell(&text, start as usize..end as usize, excerpt))
            }
        }
    }

    fn mask(&self, text: &str) -> String {
        cut(&privacy::mask_private(text), MOST_FACT)
    }
}

fn sheet_of(at: At) -> u16 {
    match at {
        At::Cell { sheet, .. } => sheet,
        At::File | At::Text { .. } => 0,
    }
}

/// Whether a table shows full names by design: the contacts.
fn shows_names(path: &str) -> bool {
    let folder = folder_of(path);
    let stem = path.rsplit('/').next().and_then(|name| name.split('.').next());
    stem == Some("contacts") || folder == "contacts" || folder.ends_with("/contacts")
}

/// Whether the cells below a heading are never shown: names and private columns.
fn is_hidden(heading: &str) -> bool {
    let heading = normalise_heading(heading);
    let names = ["姓名", "户主", "name", "householder"];
    names.iter().any(|known| heading.eq_ignore_ascii_case(known))
        || privacy::private_heading(&heading).is_some()
}

/// The line around a range of `text`, masked and cut.
fn line_of(text: &str, range: Range<usize>) -> Option<Excerpt> {
    let start = floor(text, range.start);
    let end = floor(text, range.end.max(start));
    let before = text.get(..start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let line = text.get(line_start..line_end)?;
    let first = text.get(line_start..start)?.chars().count();
    let marked = text.get(start..end.min(line_end))?.chars().count().min(MOST_MARKED);
    // Masking puts one character for another, so that positions counted in characters stay.
    let masked: Vec<char> = privacy::mask_private(line).chars().collect();
    let from = first.saturating_sub(AROUND);
    let to = (first + marked + AROUND).min(masked.len());
    let shown = |range: Range<usize>| masked.get(range).unwrap_or_default().iter().collect::<String>();
    let (head, middle, tail) = (shown(from..first), shown(first..first + marked), shown(first + marked..to));
    let head = if from > 0 { format!("…{head}") } else { head };
    let tail = if to < masked.len() { format!("{tail}…") } else { tail };
    Some(Excerpt {
        line: before.matches('\n').count() + 1,
        column: first + 1,
        marked: head.len()..head.len() + middle.len(),
        text: (head + &middle + &tail).replace('\t', " "),
        sheet: None,
    })
}

/// Only the cell of a table in text: its neighbours hold names and whatever else a clerk keeps. A cell in a
/// column of names or private data is not shown either.
fn only_cell(text: &str, range: Range<usize>, line: Excerpt) -> Excerpt {
    let cell = text.get(range.clone()).unwrap_or_default();
    let single_line = cell.split('\n').next().unwrap_or_default();
    let shown = if hidden_column(text, range.start) {
        String::new()
    } else {
        cut(&privacy::mask_private(single_line), MOST_MARKED)
    };
    Excerpt { marked: 0..shown.len(), text: shown, ..line }
}

/// Whether the column that the byte `at` stands in has a heading that hides its cells. Rows are split at
/// every separator that tables in text use; one inside quotes can only hide more.
fn hidden_column(text: &str, at: usize) -> bool {
    let before = text.get(..floor(text, at)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let column = line.matches([',', ';', '\t']).count();
    let quoted = line.contains('"');
    before.lines().take(HEADER_ROWS as usize).any(|row| {
        let mut headings = row.split([',', ';', '\t']).map(|heading| heading.trim_matches('"'));
        if quoted { headings.any(is_hidden) } else { headings.nth(column).is_some_and(is_hidden) }
    })
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// `text` cut to `most` characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
