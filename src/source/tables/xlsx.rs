//! XLSX: values by `calamine`; what it does not tell (hidden rows and columns, formulas without a
//! value) from the XML of the same parts.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::MOST_CELLS;
use super::archive::{Archive, attribute, numeric};
use super::looks::Looks;
use super::number::{excel_time, iso_time, number};
use super::page::{Area, Cell, Content, Fault, Hidden, Page};

/// Heights (points) and widths (characters) below these leave nothing to see.
const LEAST_HEIGHT: f64 = 0.5;
const LEAST_WIDTH: f64 = 0.1;
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

/// All sheets of the workbook.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Fault> {
    if !bytes.starts_with(b"PK") && super::xls::is_encrypted_package(bytes) {
        return Err(Fault::Protected);
    }
    let mut archive = Archive::open(bytes)?;
    check_shared_strings(&mut archive)?;
    let parts = sheet_parts(&mut archive)?;
    let looks = looks(&mut archive)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.len() != parts.len() {
        return Err(Fault::Broken);
    }
    let mut pages = Vec::new();
    for (index, (sheet, (name, part))) in sheets.iter().zip(&parts).enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.name != *name {
            return Err(Fault::Broken);
        }
        let (mut page, count) = Layout::read(&mut archive.xml(part)?, &looks)?;
        page.index = u16::try_from(index).map_err(|_| Fault::TooLarge)?;
        page.name.clone_from(name);
        page.hidden = sheet.visible != SheetVisible::Visible;
        // Two readers that see different cells would also see different rows hidden.
        if read_cells(&mut book, &mut page)? != count {
            return Err(Fault::Broken);
        }
        page.sort();
        pages.push(page);
    }
    Ok(pages)
}

fn fault(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Protected,
        _ => Fault::Broken,
    }
}

/// `calamine` reserves room for as many strings as the part claims to hold.
fn check_shared_strings(archive: &mut Archive<'_>) -> Result<(), Fault> {
    let directory = workbook_part(archive)?.0;
    let Some(part) = archive.find(&format!("{directory}sharedStrings.xml")) else { return Ok(()) };
    each_start(&mut archive.xml(&part)?, |element| {
        let claimed: Option<u64> = match element.local_name().as_ref() {
            b"sst" => numeric(element, "uniqueCount")?,
            _ => None,
        };
        if claimed > Some(MOST_CELLS) { Err(Fault::TooLarge) } else { Ok(()) }
    })
}

/// What the styles of cells hide; nothing where there are no styles.
fn looks(archive: &mut Archive<'_>) -> Result<Looks, Fault> {
    let directory = workbook_part(archive)?.0;
    match archive.find(&format!("{directory}styles.xml")) {
        Some(part) => Looks::read(&mut archive.xml(&part)?),
        None => Ok(Looks::default()),
    }
}

/// The folder and the name of the part that lists the sheets.
fn workbook_part(archive: &mut Archive<'_>) -> Result<(String, String), Fault> {
    let mut target = None;
    each_start(&mut archive.xml("_rels/.rels")?, |element| {
        let kind = attribute(element, "Type")?.unwrap_or_default();
        if target.is_none() && kind.ends_with("/officeDocument") {
            target = attribute(element, "Target")?;
        }
        Ok(())
    })?;
    let target = target.ok_or(Fault::Broken)?;
    let (directory, name) = target.rsplit_once('/').unwrap_or(("", &target));
    let directory = directory.trim_start_matches('/');
    let directory = if directory.is_empty() { String::new() } else { format!("{directory}/") };
    Ok((directory, name.to_owned()))
}

/// Names and parts of the sheets, in the order of the workbook.
fn sheet_parts(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, Fault> {
    let (directory, name) = workbook_part(archive)?;
    let mut targets = BTreeMap::new();
    each_start(&mut archive.xml(&format!("{directory}_rels/{name}.rels"))?, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id")?, attribute(element, "Target")?) {
            targets.insert(id, target);
        }
        Ok(())
    })?;
    let mut parts: Vec<(String, String)> = Vec::new();
    each_start(&mut archive.xml(&format!("{directory}{name}"))?, |element| {
        if element.local_name().as_ref() != b"sheet" {
            return Ok(());
        }
        let name = attribute(element, "name")?.ok_or(Fault::Broken)?;
        let id = attribute(element, "id")?.ok_or(Fault::Broken)?;
        let target = targets.get(&id).ok_or(Fault::Broken)?;
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{directory}{target}"),
        };
        // Sheets are asked for by name: of two with one name, one would never be looked at.
        if parts.iter().any(|(other, _)| *other == name) {
            return Err(Fault::Broken);
        }
        parts.push((name, part));
        Ok(())
    })?;
    Ok(parts)
}

fn each_start(
    reader: &mut Reader<impl BufRead>,
    mut visit: impl FnMut(&BytesStart<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) => visit(&element)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// Adds the cells that hold something; returns the number of all.
fn read_cells(book: &mut Xlsx<Cursor<&[u8]>>, page: &mut Page) -> Result<u64, Fault> {
    let mut reader = book.worksheet_cells_reader(&page.name).map_err(fault)?;
    let mut count = 0;
    while let Some(cell) = reader.next_cell().map_err(fault)? {
        count += 1;
        let (row, column) = cell.get_position();
        let Some(content) = content(cell.get_value()) else { continue };
        if page.cells.len() as u64 >= MOST_CELLS {
            return Err(Fault::TooLarge);
        }
        page.cells.push(Cell { row, column, content });
    }
    Ok(count)
}

fn content(data: &DataRef<'_>) -> Option<Content> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(value) => number(*value as f64),
        DataRef::Float(value) => number(*value),
        DataRef::String(text) => return Content::text(text),
        DataRef::SharedString(text) => return Content::text(text),
        DataRef::Bool(value) => Content::Bool(*value),
        DataRef::DateTime(time) => excel_time(*time),
        DataRef::DateTimeIso(time) => iso_time(time),
        DataRef::DurationIso(time) => Content::OtherTime(time.clone()),
        DataRef::Error(_) => Content::Error,
    })
}

/// What the XML of a sheet says besides its values.
struct Layout<'l> {
    looks: &'l Looks,
    page: Page,
    row: u32,
    next_row: u32,
    next_column: u32,
    in_data: bool,
    in_value: bool,
    text: bool,
    formula: bool,
    value: bool,
    cells: u64,
}

impl<'l> Layout<'l> {
    fn new(looks: &'l Looks) -> Self {
        Self {
            looks,
            page: Page::default(),
            row: 0,
            next_row: 0,
            next_column: 0,
            in_data: false,
            in_value: false,
            text: false,
            formula: false,
            value: false,
            cells: 0,
        }
    }

    fn read(reader: &mut Reader<impl BufRead>, looks: &'l Looks) -> Result<(Page, u64), Fault> {
        let mut layout = Self::new(looks);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(element) => layout.start(&element)?,
                Event::End(element) if element.local_name().as_ref() == b"sheetData" => {
                    layout.in_data = false
                }
                Event::End(element) if element.local_name().as_ref() == b"c" => layout.end_cell(),
                Event::End(element) if element.local_name().as_ref() == b"v" => layout.in_value = false,
                Event::Text(_) if layout.in_value => layout.value = true,
                Event::Eof => return Ok((layout.page, layout.cells)),
                _ => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match element.local_name().as_ref() {
            b"sheetFormatPr" => self.defaults(element)?,
            b"col" => self.columns(element)?,
            b"sheetData" => self.in_data = true,
            b"mergeCell" => {
                let reference = attribute(element, "ref")?.ok_or(Fault::Broken)?;
                let (first, last) = reference.split_once(':').unwrap_or((&reference, &reference));
                let ((top, left), (bottom, right)) = (position_of(first)?, position_of(last)?);
                self.page.merged.push(Area { rows: (top, bottom), columns: (left, right) });
            }
            _ if !self.in_data => {}
            b"row" => self.row(element)?,
            b"c" => {
                self.cells += 1;
                (self.formula, self.in_value, self.value) = (false, false, false);
                self.text = attribute(element, "t")?.as_deref() == Some("str");
                if let Some(position) = attribute(element, "r")? {
                    (self.row, self.next_column) = position_of(&position)?;
                }
                if let Some(veil) = self.looks.veil(numeric(element, "s")?.unwrap_or(0)) {
                    self.page.veiled.push((self.row, self.next_column, veil));
                }
            }
            b"f" => self.formula = true,
            b"v" => {
                // An empty text is a value; where a number should stand, nothing is none.
                self.in_value = true;
                self.value |= self.text;
            }
            b"is" => self.value = true,
            _ => {}
        }
        Ok(())
    }

    fn defaults(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let height: Option<f64> = numeric(element, "defaultRowHeight")?;
        if is_true(attribute(element, "zeroHeight")?) || height.is_some_and(|height| height < LEAST_HEIGHT) {
            self.page.hidden_rows.hide_by_default();
        }
        let width: Option<f64> = numeric(element, "defaultColWidth")?;
        if width.is_some_and(|width| width < LEAST_WIDTH) {
            self.page.hidden_columns.hide_by_default();
        }
        Ok(())
    }

    fn columns(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let first = numeric::<u32>(element, "min")?.unwrap_or(1).max(1) - 1;
        let last = numeric::<u32>(element, "max")?.unwrap_or(1).max(1) - 1;
        let width: Option<f64> = numeric(element, "width")?;
        note(&mut self.page.hidden_columns, (first, last), element, width, LEAST_WIDTH)
    }

    fn row(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        self.row = match numeric::<u32>(element, "r")? {
            Some(row) => row.max(1) - 1,
            None => self.next_row,
        };
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        let height: Option<f64> = numeric(element, "ht")?;
        note(&mut self.page.hidden_rows, (self.row, self.row), element, height, LEAST_HEIGHT)
    }

    fn end_cell(&mut self) {
        if self.in_data && self.formula && !self.value {
            let cell = Cell { row: self.row, column: self.next_column, content: Content::NoValue };
            self.page.cells.push(cell);
        }
        self.next_column = self.next_column.saturating_add(1);
    }
}

/// Notes a row's or columns' visibility: hidden, of no size, or shown by its own size.
fn note(
    lines: &mut Hidden,
    (first, last): (u32, u32),
    element: &BytesStart<'_>,
    size: Option<f64>,
    least: f64,
) -> Result<(), Fault> {
    let stated = attribute(element, "hidden")?;
    let sized = stated.is_some() || size.is_some();
    let hidden = is_true(stated) || size.is_some_and(|size| size < least);
    if sized {
        lines.add(first, last, hidden);
    }
    Ok(())
}

fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Row and column, from 0, of a position such as `B12`.
fn position_of(position: &str) -> Result<(u32, u32), Fault> {
    let position = position.replace('$', "");
    let letters = position.trim_end_matches(|c: char| c.is_ascii_digit());
    let row: u32 = position.get(letters.len()..).and_then(|row| row.parse().ok()).ok_or(Fault::Broken)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() || column > LAST_COLUMN {
            return Err(Fault::Broken);
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    match (row.checked_sub(1), column.checked_sub(1)) {
        (Some(row @ ..=LAST_ROW), Some(column @ ..=LAST_COLUMN)) => Ok((row, column)),
        _ => Err(Fault::Broken),
    }
}
