//! What stood in the content, read once more to be shown with a problem, masked.
//!
//! Of a table that is not read as contacts, nothing is shown but cells under headings that are known to be
//! harmless, bare figures under other ones, and headings: names are recognisable by no pattern.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::decode::decode_lossy_again;
use super::files::{Files, folder_of};
use super::tables::{Again, Standing, TableFormat};
use super::tree::is_contacts_table;
use crate::diagnostics::{At, Excerpt, Excerpts, FileId, Place};
use crate::privacy;

/// How many characters of a line are shown on each side of the place.
const AROUND: usize = 60;
/// How many characters of a place are pointed at.
const MOST_MARKED: usize = 60;
/// How many bytes before a line are looked at for what its numbers are.
const LABEL_REACH: usize = 300;
/// How many characters of a fact are shown.
const MOST_FACT: usize = 200;
/// How many characters a figure or date has.
const MOST_FIGURE: usize = 12;
/// How many opened files are kept: that of a problem, and that of its second place.
const KEPT_OPEN: usize = 2;

/// Headings of recipients' tables whose cells may be shown.
const SHOWN: [&str; 18] = [
    "序号",
    "no",
    "number",
    "村组",
    "group",
    "人数",
    "persons",
    "标准",
    "standard",
    "数量",
    "quantity",
    "金额",
    "amount",
    "发放时间",
    "paid_on",
    "paidon",
    "变化",
    "change",
];
/// Headings of rankings whose cells may be shown. Any table may have them as columns of its own.
const SHOWN_IN_RANKINGS: [&str; 20] = [
    "单位",
    "unit",
    "村",
    "village",
    "村别",
    "村居",
    "街道",
    "street",
    "类别",
    "category",
    "现场分",
    "得分",
    "总分",
    "综合得分",
    "score",
    "名次",
    "rank",
    "等次",
    "奖金",
    "award",
];
/// Headings whose cells are never shown, as those of private columns are not.
const NEVER_SHOWN: [&str; 10] = [
    "姓名",
    "name",
    "户主",
    "head",
    "householder",
    "户号",
    "household",
    "自费支出",
    "own_expense",
    "ownexpense",
];
/// The other headings by which the header of recipients' tables is found.
const OTHERS: [&str; 6] = ["项目", "program", "例外批准", "exception", "备注", "note"];

/// The files last opened to show what stands in them.
#[derive(Debug, Default)]
pub(super) struct Reopened(Mutex<Vec<(FileId, Arc<Opened>)>>);

#[derive(Debug)]
enum Opened {
    /// Text whose lines are shown: no table, or contacts.
    Lines(Text),
    /// A table in text, of which single cells are shown.
    Cells(Again, LineStarts),
    /// A workbook, and whether all its cells are shown.
    Workbook(Again, bool),
}

#[derive(Debug)]
struct Text {
    text: String,
    starts: LineStarts,
}

/// Offsets of the bytes that lines begin with.
#[derive(Debug)]
struct LineStarts(Vec<usize>);

impl Excerpts for Files {
    fn path(&self, file: FileId) -> String {
        privacy::mask_private(Files::path(self, file)).into_owned()
    }

    fn excerpt(&self, place: Place) -> Option<Excerpt> {
        if place.at == At::File {
            return None;
        }
        let opened = self.open_again(place.file)?;
        match (&*opened, place.at) {
            (Opened::Workbook(table, all), at @ At::Cell { .. }) => {
                let (sheet, text) = table.cell(at)?;
                let shown = *all || may_be_shown(&table.standing(at), &text);
                let text =
                    if shown { cut(&privacy::mask_private(&text), MOST_MARKED) } else { String::new() };
                Some(Excerpt {
                    line: 0,
                    column: 0,
                    marked: 0..text.len(),
                    text,
                    sheet: Some(sheet.to_owned()),
                })
            }
            (Opened::Lines(text), At::Text { start, end }) => text.line_of(start as usize..end as usize),
            (Opened::Cells(table, starts), at @ At::Text { start, end }) => {
                only_cell(table, starts, at, start as usize..end as usize)
            }
            _ => None,
        }
    }

    fn mask(&self, text: &str) -> String {
        cut(&privacy::mask_private(text), MOST_FACT)
    }
}

impl Files {
    /// The file, opened once for all problems in it that follow each other.
    fn open_again(&self, file: FileId) -> Option<Arc<Opened>> {
        let mut kept = self.reopened.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, opened)) = kept.iter().find(|(known, _)| *known == file) {
            return Some(Arc::clone(opened));
        }
        let opened = Arc::new(Opened::new(Files::path(self, file), &self.bytes(file).ok()?)?);
        if kept.len() >= KEPT_OPEN {
            kept.remove(0);
        }
        kept.push((file, Arc::clone(&opened)));
        Some(opened)
    }
}

impl Opened {
    fn new(path: &str, bytes: &[u8]) -> Option<Self> {
        let format = TableFormat::from_extension(path.rsplit('.').next().unwrap_or_default());
        let all = is_contacts_table(path);
        let in_results = folder_of(path).split('/').any(|folder| folder == "results");
        let known = |heading: &str| {
            is_one_of(&SHOWN, heading)
                || is_one_of(&NEVER_SHOWN, heading)
                || is_one_of(&OTHERS, heading)
                || in_results && is_one_of(&SHOWN_IN_RANKINGS, heading)
        };
        Some(match format {
            Some(TableFormat::Csv) if !all => {
                let text = decode_lossy_again(bytes);
                let starts = LineStarts::of(&text);
                Self::Cells(Again::of_text(text, &known), starts)
            }
            None | Some(TableFormat::Csv) => {
                let text = decode_lossy_again(bytes);
                let starts = LineStarts::of(&text);
                Self::Lines(Text { text, starts })
            }
            Some(format) => Self::Workbook(Again::of_workbook(bytes, format, &known)?, all),
        })
    }
}

/// Whether the text of a place may be shown: a heading, a cell under a harmless heading, or a bare figure
/// under one that is not private. A column with a second heading of names is one of names.
fn may_be_shown(standing: &Standing<'_>, text: &str) -> bool {
    match standing {
        Standing::Heading => true,
        Standing::Unknown => false,
        Standing::Below(heading, others) => {
            let harmless = is_one_of(&SHOWN, heading) || is_one_of(&SHOWN_IN_RANKINGS, heading);
            !is_hidden(heading)
                && !others.iter().any(|other| is_hidden(other))
                && (harmless || is_figure(text))
        }
    }
}

/// Whether the cells below a normalised heading are never shown: names and private columns.
fn is_hidden(heading: &str) -> bool {
    is_one_of(&NEVER_SHOWN, heading) || privacy::private_heading(heading).is_some()
}

fn is_one_of(headings: &[&str], heading: &str) -> bool {
    headings.iter().any(|known| known.eq_ignore_ascii_case(heading))
}

/// Whether a cell is a number or a date and nothing else.
fn is_figure(text: &str) -> bool {
    text.chars().count() <= MOST_FIGURE
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '%' | '/' | '年' | '月' | '日')
        })
}

impl LineStarts {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The number, from 1, of the line that the byte `at` stands in, and the byte it begins with.
    fn line_at(&self, at: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= at);
        (line, line.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or(0))
    }
}

impl Text {
    /// The line around a range of the text, masked and cut.
    fn line_of(&self, range: Range<usize>) -> Option<Excerpt> {
        let text = &self.text;
        let start = floor(text, range.start);
        let end = floor(text, range.end.max(start));
        let (number, line_start) = self.starts.line_at(start);
        let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
        let first = text.get(line_start..start)?.chars().count();
        let marked = text.get(start..end.min(line_end))?.chars().count().min(MOST_MARKED);
        let masked = masked_line(text, line_start..line_end);
        let from = first.saturating_sub(AROUND);
        let to = (first + marked + AROUND).min(masked.len());
        let shown = |range: Range<usize>| masked.get(range).unwrap_or_default().iter().collect::<String>();
        let (head, middle, tail) =
            (shown(from..first), shown(first..first + marked), shown(first + marked..to));
        let head = if from > 0 { format!("…{head}") } else { head };
        let tail = if to < masked.len() { format!("{tail}…") } else { tail };
        Some(Excerpt {
            line: number,
            column: first + 1,
            marked: head.len()..head.len() + middle.len(),
            text: (head + &middle + &tail).replace('\t', " "),
            sheet: None,
        })
    }
}

/// The characters of a line, private numbers masked, also those that only the lines before tell to be private: a label may stand
/// there. Masking puts one character for another, so that positions counted in characters stay.
fn masked_line(text: &str, line: Range<usize>) -> Vec<char> {
    let from = floor(text, line.start.saturating_sub(LABEL_REACH));
    let before = text.get(from..line.start).unwrap_or_default().chars().count();
    privacy::mask_private(text.get(from..line.end).unwrap_or_default()).chars().skip(before).collect()
}

/// Line and column of a place in a table, and its first line of text where it is one cell that may be shown:
/// its neighbours hold names and whatever else a clerk keeps.
fn only_cell(table: &Again, starts: &LineStarts, at: At, range: Range<usize>) -> Option<Excerpt> {
    let text = table.text()?;
    let start = floor(text, range.start);
    let (line, line_start) = starts.line_at(start);
    let column = text.get(line_start..start)?.chars().count() + 1;
    let cell = text.get(range).unwrap_or_default();
    let shown = may_be_shown(&table.standing(at), cell);
    let single_line = cell.split('\n').next().filter(|_| shown).unwrap_or_default();
    let text = cut(&privacy::mask_private(single_line), MOST_MARKED).replace('\t', " ");
    Some(Excerpt { line, column, marked: 0..text.len(), text, sheet: None })
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

#[cfg(test)]
mod tests;
