//! ODS, read from its `content.xml` in one pass.
//!
//! `calamine` reads the values of ODS too, but neither what is hidden nor what is merged; with the walk
//! that finds those, the values are at hand, and one count of rows holds for all three.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::MOST_CELLS;
use super::archive::{Archive, attribute, numeric, value};
use super::number::{iso_time, number};
use super::page::{Area, Cell, Content, Fault, Page};

/// All sheets of the workbook.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Fault> {
    let mut archive = Archive::open(bytes)?;
    if archive.find("META-INF/manifest.xml").is_some() {
        check_protection(&mut archive.xml("META-INF/manifest.xml")?)?;
    }
    let mut walk = Walk::default();
    walk.read(&mut archive.xml("content.xml")?)?;
    for page in &mut walk.pages {
        page.sort();
    }
    Ok(walk.pages)
}

fn check_protection(reader: &mut Reader<impl BufRead>) -> Result<(), Fault> {
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == b"encryption-data" => {
                return Err(Fault::Protected);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

#[derive(Default)]
struct Walk {
    pages: Vec<Page>,
    /// Styles that show nothing: of hidden sheets, of rows and columns without size.
    hiding_styles: BTreeSet<String>,
    style: String,
    in_table: bool,
    row: u32,
    row_repeats: u32,
    column: u32,
    next_column: u32,
    /// For each open group of rows or columns, whether it is folded.
    groups: Vec<bool>,
    cell: Option<OpenCell>,
    /// How many elements deep inside something that belongs to no cell's value (a comment, a drawing).
    skipped: usize,
    cells: u64,
}

#[derive(Default)]
struct OpenCell {
    repeats: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
    error: bool,
    text: String,
    paragraphs: u32,
}

impl Walk {
    fn read(&mut self, reader: &mut Reader<impl BufRead>) -> Result<(), Fault> {
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(_) if self.skipped > 0 => self.skipped += 1,
                Event::End(_) if self.skipped > 0 => self.skipped -= 1,
                Event::Start(element) => self.start(&element)?,
                Event::End(element) => self.end(element.local_name().as_ref())?,
                Event::Text(text) if self.skipped == 0 => {
                    let text = text.xml10_content().map_err(|_| Fault::Broken)?;
                    self.add_text(&text);
                }
                Event::CData(text) if self.skipped == 0 => {
                    let text = text.xml10_content().map_err(|_| Fault::Broken)?;
                    self.add_text(&text);
                }
                Event::GeneralRef(reference) if self.skipped == 0 => {
                    self.add_text(resolved(&reference)?.encode_utf8(&mut [0; 4]));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
            buffer.clear();
        }
    }

    fn add_text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraphs > 0) {
            cell.text.push_str(text);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let name = element.local_name();
        match name.as_ref() {
            b"style" => self.style = attribute(element, "name")?.unwrap_or_default(),
            b"table-properties" => {
                self.note_style(attribute(element, "display")?.as_deref() == Some("false"))
            }
            b"table-row-properties" => self.note_style(is_nothing(attribute(element, "row-height")?)),
            b"table-column-properties" => self.note_style(is_nothing(attribute(element, "column-width")?)),
            b"table" if self.cell.is_some() => self.skipped = 1,
            b"table" => self.start_table(element)?,
            b"table-row-group" | b"table-column-group" if self.in_table => {
                self.groups.push(attribute(element, "display")?.as_deref() == Some("false"));
            }
            b"table-column" if self.in_table => self.start_column(element)?,
            b"table-row" if self.in_table => self.start_row(element)?,
            b"table-cell" | b"covered-table-cell" if self.in_table => self.start_cell(element)?,
            b"annotation" | b"shapes" => self.skipped = 1,
            _ if element.name().as_ref().starts_with(b"draw:") => self.skipped = 1,
            _ => self.start_in_cell(element)?,
        }
        Ok(())
    }

    fn start_in_cell(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        match element.local_name().as_ref() {
            b"p" => {
                cell.paragraphs += 1;
                if cell.paragraphs > 1 {
                    cell.text.push('\n');
                }
            }
            b"s" => {
                let blanks = numeric::<usize>(element, "c")?.unwrap_or(1).min(1000);
                cell.text.extend(std::iter::repeat_n(' ', blanks));
            }
            b"tab" => cell.text.push('\t'),
            b"line-break" => cell.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn note_style(&mut self, hiding: bool) {
        if hiding {
            self.hiding_styles.insert(self.style.clone());
        }
    }

    fn is_hiding(&self, element: &BytesStart<'_>) -> Result<bool, Fault> {
        let visibility = attribute(element, "visibility")?;
        let style = attribute(element, "style-name")?.unwrap_or_default();
        Ok(matches!(visibility.as_deref(), Some("collapse" | "filter"))
            || self.groups.contains(&true)
            || self.hiding_styles.contains(&style))
    }

    fn start_table(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let index = u16::try_from(self.pages.len()).map_err(|_| Fault::TooLarge)?;
        let name = attribute(element, "name")?.unwrap_or_default();
        let hidden = self.is_hiding(element)?;
        self.pages.push(Page { index, name, hidden, ..Page::default() });
        self.in_table = true;
        self.groups.clear();
        (self.row, self.row_repeats, self.column, self.next_column) = (0, 0, 0, 0);
        Ok(())
    }

    fn start_column(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let last = self.next_column.saturating_add(repeats(element, "number-columns-repeated")? - 1);
        if self.is_hiding(element)?
            && let Some(page) = self.pages.last_mut()
        {
            page.hidden_columns.add(self.next_column, last, true);
        }
        self.next_column = last.saturating_add(1);
        Ok(())
    }

    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        self.row = self.row.saturating_add(self.row_repeats);
        self.row_repeats = repeats(element, "number-rows-repeated")?;
        self.column = 0;
        let last = self.row.saturating_add(self.row_repeats - 1);
        if self.is_hiding(element)?
            && let Some(page) = self.pages.last_mut()
        {
            page.hidden_rows.add(self.row, last, true);
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let mut cell =
            OpenCell { repeats: repeats(element, "number-columns-repeated")?, ..OpenCell::default() };
        let (mut rows, mut columns) = (1, 1);
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Fault::Broken)?;
            let value = || value(element, &attribute);
            match attribute.key.as_ref() {
                b"office:value-type" => cell.kind = value()?,
                b"calcext:value-type" => cell.error = value()? == "error",
                b"office:value"
                | b"office:date-value"
                | b"office:time-value"
                | b"office:boolean-value"
                | b"office:string-value" => cell.value = Some(value()?),
                b"table:formula" => cell.formula = true,
                b"table:number-rows-spanned" => rows = value()?.parse::<u32>().unwrap_or(1).max(1),
                b"table:number-columns-spanned" => columns = value()?.parse::<u32>().unwrap_or(1).max(1),
                _ => {}
            }
        }
        if let (true, Some(page)) = (rows > 1 || columns > 1, self.pages.last_mut()) {
            let rows = (self.row, self.row.saturating_add(rows - 1));
            let columns = (self.column, self.column.saturating_add(columns - 1));
            page.merged.push(Area { rows, columns });
        }
        self.cell = Some(cell);
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Fault> {
        match name {
            b"table" => self.in_table = false,
            b"table-row-group" | b"table-column-group" => {
                self.groups.pop();
            }
            b"table-cell" | b"covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.add_cell(cell)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn add_cell(&mut self, cell: OpenCell) -> Result<(), Fault> {
        let (first, repeats) = (self.column, cell.repeats);
        self.column = self.column.saturating_add(repeats);
        let Some(content) = cell.content() else { return Ok(()) };
        self.cells = self.cells.saturating_add(u64::from(repeats) * u64::from(self.row_repeats));
        if self.cells > MOST_CELLS {
            return Err(Fault::TooLarge);
        }
        let Some(page) = self.pages.last_mut() else { return Ok(()) };
        for row in self.row..self.row.saturating_add(self.row_repeats) {
            for column in first..first.saturating_add(repeats) {
                page.cells.push(Cell { row, column, content: content.clone() });
            }
        }
        Ok(())
    }
}

impl OpenCell {
    fn content(self) -> Option<Content> {
        if self.error {
            return Some(Content::Error);
        }
        if self.formula && self.kind.is_empty() && self.text.is_empty() {
            return Some(Content::NoValue);
        }
        match (self.kind.as_str(), self.value) {
            ("float" | "percentage" | "currency", Some(value)) => {
                Some(value.trim().parse().map_or(Content::Error, number))
            }
            ("date", Some(value)) => Some(iso_time(&value)),
            ("time", Some(value)) => Some(Content::OtherTime(value)),
            ("boolean", Some(value)) => Some(Content::Bool(value == "true")),
            ("string", Some(value)) => Content::text(&value),
            _ => Content::text(&self.text),
        }
    }
}

/// A number of repetitions, at least one.
fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, Fault> {
    Ok(numeric::<u32>(element, name)?.unwrap_or(1).max(1))
}

/// Whether a length such as `0.889cm` is nothing.
fn is_nothing(length: Option<String>) -> bool {
    let number = |length: String| length.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<f64>();
    length.is_some_and(|length| number(length).is_ok_and(|length| length < 0.001))
}

/// The character that `&…;` stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<char, Fault> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character);
    }
    match &**reference {
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"amp" => Ok('&'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        _ => Err(Fault::Broken),
    }
}
