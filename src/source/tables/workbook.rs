//! From the sheets of a workbook to the one table that is read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::header::{self, Candidate, Heading, Watch};
use super::page::{Cell, Content, Fault, Hidden, Page, Veil};
use super::sheet::{Kind, Line, Sheet, Slot};
use super::{MOST_CELLS, ReadOptions, TableFormat, merges, ods, xls, xlsx};
use crate::diagnostics::{At, Code, Diagnostic, FileId, Place, Problems, column_name};

const BROKEN_WORKBOOK: Code = Code::error("broken-workbook");
const PROTECTED_WORKBOOK: Code = Code::error("protected-workbook");
const TABLE_TOO_LARGE: Code = Code::error("table-too-large");
const HIDDEN_SHEET: Code = Code::error("hidden-sheet");
const HIDDEN_ROW: Code = Code::error("hidden-row");
const HIDDEN_COLUMN: Code = Code::error("hidden-column");
const HIDDEN_CELL: Code = Code::error("hidden-cell");
const WHITE_TEXT: Code = Code::warning("white-text");
const WHICH_SHEET: Code = Code::error("which-sheet");
const NO_SUCH_SHEET: Code = Code::error("no-such-sheet");
const CELL_ERROR: Code = Code::error("cell-error");
const FORMULA_WITHOUT_VALUE: Code = Code::error("formula-without-value");

/// So many runs of hidden lines, or hidden cells, are named; of the rest only the number is.
const NAMED_RUNS: usize = 5;

/// Reads the table of a workbook.
pub(super) fn read(
    bytes: &[u8],
    format: TableFormat,
    options: &ReadOptions<'_>,
    file: FileId,
    problems: &mut Problems,
) -> Option<Sheet> {
    let pages = match pages(bytes, format) {
        Ok(pages) => pages,
        Err(fault) => {
            problems.add(Diagnostic::new(code_of(fault), Place::file(file)).with("format", format.name()));
            return None;
        }
    };
    for page in pages.iter().filter(|page| page.hidden) {
        if let Some(cell) = page.cells.first() {
            let hidden = Diagnostic::new(HIDDEN_SHEET, place_of(page, cell, file));
            problems.add(hidden.with("sheet", &page.name));
        }
    }
    let mut page = choose(pages, options, file, problems)?;
    say_hidden(&page, file, problems);
    say_unseen(&page, file, problems);
    let start = page.header(options, file, problems)?;
    let sound = merges::settle(&mut page, start.row, file, problems);
    Body { page: &page, file, options }.read(&start, sound, problems)
}

/// Says that a file is larger than any table read here.
pub(super) fn too_large(file: FileId, problems: &mut Problems) {
    problems.add(Diagnostic::new(TABLE_TOO_LARGE, Place::file(file)));
}

pub(super) fn pages(bytes: &[u8], format: TableFormat) -> Result<Vec<Page>, Fault> {
    // Readers of binary formats index and add without checks in places; a damaged file may make them
    // panic, and must end in a problem like any other.
    let read = AssertUnwindSafe(|| match format {
        TableFormat::Xlsx => xlsx::pages(bytes),
        TableFormat::Xls => xls::pages(bytes),
        TableFormat::Ods => ods::pages(bytes),
        TableFormat::Csv => Ok(Vec::new()),
    });
    catch_unwind(read).unwrap_or(Err(Fault::Broken))
}

fn code_of(fault: Fault) -> Code {
    match fault {
        Fault::Broken => BROKEN_WORKBOOK,
        Fault::Protected => PROTECTED_WORKBOOK,
        Fault::TooLarge => TABLE_TOO_LARGE,
    }
}

pub(super) fn place_of(page: &Page, cell: &Cell, file: FileId) -> Place {
    Place::cell(file, page.index, cell.row, cell.column)
}

/// The sheet asked for, or the only one that holds something.
fn choose(
    pages: Vec<Page>,
    options: &ReadOptions<'_>,
    file: FileId,
    problems: &mut Problems,
) -> Option<Page> {
    let names = |pages: &[Page]| pages.iter().map(|page| page.name.as_str()).collect::<Vec<_>>().join("、");
    if let Some(wanted) = options.sheet {
        let all = names(&pages);
        let near = near(wanted, &pages);
        let Some(page) = pages.into_iter().find(|page| page.name.trim() == wanted.trim()) else {
            let missing = Diagnostic::new(NO_SUCH_SHEET, Place::file(file)).with("sheet", wanted);
            let missing = missing.with("sheets", all);
            problems.add(near.into_iter().fold(missing, |missing, near| missing.with("near", near)));
            return None;
        };
        if page.cells.is_empty() {
            header::nothing(None, file, problems);
        }
        return (!page.cells.is_empty()).then_some(page);
    }
    let (mut shown, hidden): (Vec<_>, Vec<_>) =
        pages.into_iter().filter(|page| !page.cells.is_empty()).partition(|page| !page.hidden);
    if shown.len() > 1 {
        let which = Diagnostic::new(WHICH_SHEET, Place::file(file));
        problems.add(which.with("sheets", names(&shown)));
        return None;
    }
    if shown.is_empty() && hidden.is_empty() {
        header::nothing(None, file, problems);
    }
    shown.pop()
}

fn near(wanted: &str, pages: &[Page]) -> Option<String> {
    let distance = |page: &&Page| strsim::damerau_levenshtein(wanted, &page.name);
    let limit = (wanted.chars().count() / 2).max(1);
    let nearest = pages.iter().min_by_key(distance).filter(|page| distance(page) <= limit);
    nearest.map(|page| page.name.clone())
}

/// Says which rows and columns hold something and are not shown, each in one problem.
fn say_hidden(page: &Page, file: FileId, problems: &mut Problems) {
    let mut say = |code, lines: &Hidden, line: fn(&Cell) -> u32, name: fn(u32) -> String| {
        let mut hidden: Vec<&Cell> = page.cells.iter().filter(|cell| lines.contains(line(cell))).collect();
        hidden.sort_by_key(|cell| line(cell));
        let Some(first) = hidden.first() else { return };
        let mut numbers: Vec<u32> = hidden.iter().map(|cell| line(cell)).collect();
        numbers.dedup();
        let said = Diagnostic::new(code, place_of(page, first, file));
        problems.add(said.with("count", numbers.len()).with("lines", runs(&numbers, name)));
    };
    say(HIDDEN_ROW, &page.hidden_rows, |cell| cell.row, |row| (u64::from(row) + 1).to_string());
    say(HIDDEN_COLUMN, &page.hidden_columns, |cell| cell.column, column_name);
}

/// Sorted numbers as runs: `5、7-9`, the first few of them.
fn runs(numbers: &[u32], name: fn(u32) -> String) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some(run) if run.1.checked_add(1) == Some(number) => run.1 = number,
            _ => runs.push((number, number)),
        }
    }
    let named = runs.iter().take(NAMED_RUNS).map(|&(first, last)| match first == last {
        true => name(first),
        false => format!("{}-{}", name(first), name(last)),
    });
    let list = named.collect::<Vec<_>>().join("、");
    if runs.len() > NAMED_RUNS { list + "…" } else { list }
}

/// Says which cells hold something that their format or colour does not show, each in one problem. A colour may be
/// told from the one behind it in some other way than is known here: that is a warning.
fn say_unseen(page: &Page, file: FileId, problems: &mut Problems) {
    let (white, hidden): (Vec<_>, Vec<_>) = page.unseen().partition(|(_, veil)| *veil == Veil::White);
    for (code, cells) in [(HIDDEN_CELL, hidden), (WHITE_TEXT, white)] {
        let Some((first, _)) = cells.first() else { continue };
        let name = |cell: &Cell| format!("{}{}", column_name(cell.column), u64::from(cell.row) + 1);
        let named: Vec<String> = cells.iter().take(NAMED_RUNS).map(|(cell, _)| name(cell)).collect();
        let more = if cells.len() > NAMED_RUNS { "…" } else { "" };
        let problem = Diagnostic::new(code, place_of(page, first, file)).with("count", cells.len());
        problems.add(problem.with("cells", named.join("、") + more));
    }
}

/// The header of a page.
struct Header {
    row: u32,
    first: Place,
    headings: Vec<Heading>,
}

impl Page {
    /// The cells of each row that is not blank.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Cell]> + Clone {
        self.cells.chunk_by(|left, right| left.row == right.row)
    }

    fn header(&self, options: &ReadOptions<'_>, file: FileId, problems: &mut Problems) -> Option<Header> {
        // A heading that is a year may stand there as a number; it is none of those known.
        let texts = |row: &[Cell]| row.iter().filter(|cell| cell.content.as_text().is_some()).count();
        let is_header = |row: &[Cell], sure| {
            let cells = row.iter().filter_map(|cell| cell.content.as_text());
            header::is_header(cells, options, sure) && (texts(row) > 1 || row.len() == 1)
        };
        let searched = self.rows().take(header::SEARCHED_ROWS);
        let found = |sure| searched.clone().find(|row| is_header(row, sure));
        let Some(row) = header::Sure::IN_ORDER.into_iter().find_map(found) else {
            let place = self.cells.first().map_or(Place::file(file), |cell| place_of(self, cell, file));
            header::none_found(place, options, problems);
            return None;
        };
        let numbers: Vec<(&Cell, String)> = row.iter().map(|cell| (cell, heading_text(cell))).collect();
        let cells: Vec<_> = numbers
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(cell, text)| Candidate {
                column: cell.column as usize,
                text,
                place: place_of(self, cell, file),
            })
            .collect();
        let first = cells.first()?.place;
        let headings = header::headings(&cells, problems)?;
        Some(Header { row: row.first()?.row, first, headings })
    }
}

fn heading_text(cell: &Cell) -> String {
    match &cell.content {
        Content::Text(text) | Content::Number(text) => text.clone(),
        _ => String::new(),
    }
}

/// The rows below the header.
struct Body<'a> {
    page: &'a Page,
    file: FileId,
    options: &'a ReadOptions<'a>,
}

impl Body<'_> {
    fn read(&self, header: &Header, mut sound: bool, problems: &mut Problems) -> Option<Sheet> {
        let width = header.headings.last().map_or(0, |heading| heading.column + 1);
        let mut watch = Watch::new(&header.headings, self.options);
        let mut sheet = Sheet {
            file: self.file,
            text: String::new(),
            headings: header.headings.clone(),
            slots: Vec::new(),
            lines: Vec::new(),
            means: Vec::new(),
        };
        for row in self.page.rows().filter(|row| row.first().is_some_and(|cell| cell.row > header.row)) {
            let texts = row.iter().filter_map(|cell| Some((cell.column as usize, cell.content.as_text()?)));
            if watch.is_second(texts) {
                let place = row.first().map_or(header.first, |cell| place_of(self.page, cell, self.file));
                header::second(place, header.first, problems);
                sound = false;
                continue;
            }
            if (sheet.slots.len() + width) as u64 > MOST_CELLS {
                too_large(self.file, problems);
                return None;
            }
            self.add_row(row, width, &mut sheet, &mut watch, problems)?;
        }
        sound &= self.say_unusable(header.row, &watch, problems);
        if sheet.lines.is_empty() && sound {
            header::nothing(Some(header.first), self.file, problems);
        }
        (sound && !sheet.lines.is_empty()).then_some(sheet)
    }

    fn add_row(
        &self,
        row: &[Cell],
        width: usize,
        sheet: &mut Sheet,
        watch: &mut Watch<'_>,
        problems: &mut Problems,
    ) -> Option<()> {
        let first = sheet.slots.len();
        for cell in row {
            let column = cell.column as usize;
            if !watch.has_heading(column) {
                watch.bare(column, place_of(self.page, cell, self.file), problems);
                continue;
            }
            // Columns ascend, so that blank cells before this one are filled up here.
            sheet.slots.resize((first + column).min(first + width), Slot::EMPTY);
            let slot = slot(&cell.content, &mut sheet.text).or_else(|| {
                too_large(self.file, problems);
                None
            })?;
            sheet.slots.push(slot);
        }
        let at = row.first().map(|cell| place_of(self.page, cell, self.file).at).unwrap_or(At::File);
        let count = sheet.slots.len() - first;
        if count > 0 {
            sheet.lines.push(Line { first: first as u32, count: count as u32, at });
        }
        Some(())
    }

    /// Says which columns hold errors or formulas without a value, each kind once a column; false when
    /// there is one.
    fn say_unusable(&self, header: u32, watch: &Watch<'_>, problems: &mut Problems) -> bool {
        let mut found: Vec<(Code, &Cell, usize)> = Vec::new();
        for cell in self.page.cells.iter().filter(|cell| cell.row >= header) {
            let code = match cell.content {
                Content::Error => CELL_ERROR,
                Content::NoValue => FORMULA_WITHOUT_VALUE,
                _ => continue,
            };
            if cell.row > header && !watch.has_heading(cell.column as usize) {
                continue;
            }
            match found.iter_mut().find(|(other, first, _)| *other == code && first.column == cell.column) {
                Some((_, _, count)) => *count += 1,
                None => found.push((code, cell, 1)),
            }
        }
        for (code, cell, count) in &found {
            problems.add(Diagnostic::new(*code, place_of(self.page, cell, self.file)).with("count", count));
        }
        found.is_empty()
    }
}

/// A cell as the sheet keeps it, its text added to `text`; `None` beyond 4 GiB of text.
fn slot(content: &Content, text: &mut String) -> Option<Slot> {
    let start = u32::try_from(text.len()).ok()?;
    let mut keep = |kept: &str, kind| {
        text.push_str(kept);
        Some(Slot { start, end: u32::try_from(text.len()).ok()?, kind })
    };
    match content {
        Content::Text(kept) => keep(kept, Kind::Text),
        Content::Number(kept) => keep(kept, Kind::Number),
        Content::OtherTime(kept) => keep(kept, Kind::OtherTime),
        Content::Date(date) => {
            let days = chrono::Datelike::num_days_from_ce(date).cast_unsigned();
            Some(Slot { start: days, end: 0, kind: Kind::Date })
        }
        Content::Bool(value) => Some(Slot { kind: Kind::Bool(*value), ..Slot::EMPTY }),
        Content::LostDigits => Some(Slot { kind: Kind::LostDigits, ..Slot::EMPTY }),
        Content::Error | Content::NoValue => Some(Slot::EMPTY),
    }
}
