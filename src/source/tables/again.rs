//! A table opened once more to show problems: what stands at a place, and under which heading.

use super::header::{self, normalise_heading};
use super::page::{Area, Cell, Content, Page};
use super::{ReadOptions, TableFormat, csv, workbook};
use crate::diagnostics::At;

/// A table as the reader splits it, kept while its problems are shown.
#[derive(Debug)]
pub struct Again(Kept);

#[derive(Debug)]
enum Kept {
    Text { text: String, cells: Vec<TextCell>, header: Option<HeaderAgain> },
    Workbook(Vec<(Page, Option<HeaderAgain>)>),
}

/// A cell of a table in text: its range of bytes, and its position. Cells are sorted by their ranges.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextCell {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// Where a place stands with regard to the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It is a heading.
    Heading,
    /// It is one cell below headings, normalised: that of its column, and whatever else could be read as
    /// one in the rows where headers are looked for.
    Below(&'a str, Vec<String>),
    /// It is no single cell, or there is no certain heading above it.
    Unknown,
}

/// The header: its row, and the headings with their columns.
#[derive(Debug)]
struct HeaderAgain {
    row: u32,
    headings: Vec<(u32, String)>,
}

impl HeaderAgain {
    fn standing(&self, row: u32, column: u32, column_texts: impl FnOnce() -> Vec<String>) -> Standing<'_> {
        let heading = self.headings.iter().find(|(at, _)| *at == column);
        match heading {
            Some(_) if row == self.row => Standing::Heading,
            Some((_, name)) if row > self.row => Standing::Below(name, column_texts()),
            _ => Standing::Unknown,
        }
    }
}

impl Again {
    /// Opens a table in text, already decoded; its header is found by the `known` headings.
    pub fn of_text(text: String, known: &dyn Fn(&str) -> bool) -> Self {
        let options = ReadOptions { sheet: None, known, likely: &|_| false, expected: "" };
        let cells = csv::cells_again(&text, &options);
        let rows = cells.chunk_by(|one, next| one.row == next.row);
        let texts = |row: &[TextCell]| row.iter().map(|cell| cell.of(&text)).collect::<Vec<_>>();
        let header = header::only_header(rows.clone().map(texts), &options);
        let header = header.and_then(|at| rows.clone().nth(at)).and_then(|row| {
            let headings = row.iter().map(|cell| (cell.column, normalise_heading(cell.of(&text))));
            Some(HeaderAgain { row: row.first()?.row, headings: headings.collect() })
        });
        Self(Kept::Text { text, cells, header })
    }

    /// Opens a workbook; `None` where it cannot be read.
    pub fn of_workbook(bytes: &[u8], format: TableFormat, known: &dyn Fn(&str) -> bool) -> Option<Self> {
        let options = ReadOptions { sheet: None, known, likely: &|_| false, expected: "" };
        let pages = workbook::pages(bytes, format).ok()?;
        let with_header = |page: Page| {
            let header = page.header_again(&options);
            (page, header)
        };
        Some(Self(Kept::Workbook(pages.into_iter().map(with_header).collect())))
    }

    /// The decoded text of a table in text.
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Kept::Text { text, .. } => Some(text),
            Kept::Workbook(_) => None,
        }
    }

    /// The name of the sheet, and the text of the cell, at a place in a workbook. `None` where there is no
    /// such sheet; the text is empty for a blank cell.
    pub fn cell(&self, at: At) -> Option<(&str, String)> {
        let (Kept::Workbook(pages), At::Cell { sheet, row, column }) = (&self.0, at) else { return None };
        let (page, _) = pages.iter().find(|(page, _)| page.index == sheet)?;
        let cell = page.cells.binary_search_by_key(&(row, column), |cell| (cell.row, cell.column));
        let text = cell.ok().and_then(|at| page.cells.get(at)).map(text_of);
        Some((&page.name, text.unwrap_or_default()))
    }

    /// Under which heading a place stands, by the reader's own splitting of rows and search for the header.
    pub fn standing(&self, at: At) -> Standing<'_> {
        match (&self.0, at) {
            (Kept::Text { text, cells, header: Some(header) }, At::Text { start, end }) => {
                let cell = cells.binary_search_by_key(&(start, end), |cell| (cell.start, cell.end));
                let Some(cell) = cell.ok().and_then(|at| cells.get(at)) else { return Standing::Unknown };
                header.standing(cell.row, cell.column, || {
                    let top = cells.iter().take_while(|other| other.row < header::SEARCHED_ROWS as u32);
                    let same = top.filter(|other| other.column == cell.column);
                    same.map(|other| normalise_heading(other.of(text))).collect()
                })
            }
            (Kept::Workbook(pages), At::Cell { sheet, row, column }) => {
                let page = pages.iter().find(|(page, _)| page.index == sheet);
                let Some((page, Some(header))) = page else { return Standing::Unknown };
                header.standing(row, column, || {
                    let top = page.rows().take(header::SEARCHED_ROWS).flatten();
                    let same = top.filter(|other| other.column == column);
                    same.map(|other| normalise_heading(&text_of(other))).collect()
                })
            }
            _ => Standing::Unknown,
        }
    }
}

impl TextCell {
    fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl Page {
    fn header_again(&self, options: &ReadOptions<'_>) -> Option<HeaderAgain> {
        let texts = |row: &[Cell]| row.iter().filter_map(|cell| cell.content.as_text()).count();
        let candidates = self.rows().map(|row| {
            // As in reading: one text beside numbers makes no header.
            let fits = texts(row) > 1 || row.len() == 1;
            row.iter().filter(move |_| fits).filter_map(|cell| cell.content.as_text())
        });
        let row = self.rows().nth(header::only_header(candidates, options)?)?;
        let at = row.first()?.row;
        // A heading over several columns is that of none.
        let spans = |area: &Area| area.rows.0 <= at && at <= area.rows.1 && area.columns.0 < area.columns.1;
        let wide: Vec<Area> = self.merged.iter().copied().filter(spans).collect();
        let single = |cell: &&Cell| !wide.iter().any(|area| area.contains(cell.row, cell.column));
        let headings = row.iter().filter(single).map(|cell| (cell.column, normalise_heading(&text_of(cell))));
        Some(HeaderAgain { row: at, headings: headings.collect() })
    }
}

fn text_of(cell: &Cell) -> String {
    match &cell.content {
        Content::Text(text) | Content::Number(text) | Content::OtherTime(text) => text.clone(),
        Content::Date(date) => date.to_string(),
        Content::Bool(value) => value.to_string().to_ascii_uppercase(),
        Content::LostDigits | Content::Error | Content::NoValue => String::new(),
    }
}
