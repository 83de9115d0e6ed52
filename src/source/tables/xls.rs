//! XLS: values and merged cells by `calamine`; what is hidden from the records of the same stream.
//!
//! The record layouts are those of MS-XLS: BOUNDSHEET, ROW (2.4.221), COLINFO (2.4.53), DEFAULTROWHEIGHT, Formula
//! (2.4.127) with its value (2.5.133), RecalcId (2.4.215), Format (2.4.126), XF (2.4.353).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::MOST_CELLS;
use super::looks::veil_of;
use super::number::{excel_time, iso_time, number};
use super::page::{Area, Cell, Content, Fault, Hidden, Page, Veil};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
/// Names the engine that last computed the formulas.
const RECALC_ID: u16 = 0x01C1;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const FORMULA: u16 = 0x0006;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const DEFAULT_ROW_HEIGHT: u16 = 0x0225;
const COLUMN_INFO: u16 = 0x007D;
const SEVERAL_NUMBERS: u16 = 0x00BD;
/// Records that begin with the row and the column of a cell with a value.
const CELLS: [u16; 8] = [FORMULA, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, SEVERAL_NUMBERS];

/// Whether a compound file is a newer workbook behind a password.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    cfb::CompoundFile::open(Cursor::new(bytes)).is_ok_and(|file| file.is_stream("/EncryptedPackage"))
}

/// All sheets of the workbook.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Fault> {
    if is_encrypted_package(bytes) {
        return Err(Fault::Protected);
    }
    let stream = workbook_stream(bytes)?;
    let layouts = layouts(&stream)?;
    let mut book: Xls<_> = calamine::open_workbook_from_rs(rewritten(&stream)?).map_err(fault)?;
    let sheets = book.sheets_metadata().to_vec();
    // Sheets are asked for by name: of two with one name, one would never be looked at.
    let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if sheets.len() != layouts.len() || names.len() != sheets.len() {
        return Err(Fault::Broken);
    }
    let mut pages = Vec::new();
    for (index, (sheet, mut page)) in sheets.into_iter().zip(layouts).enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        page.index = u16::try_from(index).map_err(|_| Fault::TooLarge)?;
        page.hidden = sheet.visible != SheetVisible::Visible;
        let range = book.worksheet_range(&sheet.name).map_err(fault)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            if let Some(content) = content(data) {
                page.cells.push(Cell { row: top + row as u32, column: left + column as u32, content });
            }
        }
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(fault)?;
        page.merged.extend(
            merged
                .into_iter()
                .map(|area| Area { rows: (area.start.0, area.end.0), columns: (area.start.1, area.end.1) }),
        );
        page.name = sheet.name;
        page.sort();
        pages.push(page);
    }
    Ok(pages)
}

fn fault(error: XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Protected,
        _ => Fault::Broken,
    }
}

fn content(data: &Data) -> Option<Content> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(value) => number(*value as f64),
        Data::Float(value) => number(*value),
        Data::String(text) => return Content::text(text),
        Data::Bool(value) => Content::Bool(*value),
        Data::DateTime(time) => excel_time(*time),
        Data::DateTimeIso(time) => iso_time(time),
        Data::DurationIso(time) => Content::OtherTime(time.clone()),
        Data::Error(_) => Content::Error,
    })
}

/// The stream of records. `cfb` checks the chains of the file, which could run in circles.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Fault::Broken)?;
    let path = ["/Workbook", "/Book"].into_iter().find(|path| file.is_stream(path)).ok_or(Fault::Broken)?;
    let stream = file.open_stream(path).map_err(|_| Fault::Broken)?;
    let mut records = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut records).map_err(|_| Fault::Broken)?;
    Ok(records)
}

/// The same stream in a sound compound file: `calamine` follows the chains of a damaged one for ever.
/// Version 3, since it does not read what `cfb` writes as version 4.
fn rewritten(stream: &[u8]) -> Result<Cursor<Vec<u8>>, Fault> {
    let broken = |_| Fault::Broken;
    let empty = Cursor::new(Vec::new());
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, empty).map_err(broken)?;
    file.create_stream("/Workbook").map_err(broken)?.write_all(stream).map_err(broken)?;
    file.flush().map_err(broken)?;
    let mut inner = file.into_inner();
    inner.set_position(0);
    Ok(inner)
}

/// What the records of each sheet hide, in the order of the workbook.
fn layouts(stream: &[u8]) -> Result<Vec<Page>, Fault> {
    let mut starts = Vec::new();
    let mut computed = false;
    let mut formats: BTreeMap<u16, Veil> = BTreeMap::new();
    let mut styles = Vec::new();
    for (kind, data) in Records(stream) {
        match kind {
            FILE_PASS => return Err(Fault::Protected),
            BOUND_SHEET => starts.push(u32_at(data, 0).ok_or(Fault::Broken)? as usize),
            RECALC_ID => computed = true,
            FORMAT => formats.extend(format(data)),
            STYLE => styles.push(u16_at(data, 2).ok_or(Fault::Broken)?),
            EOF => break,
            _ => {}
        }
    }
    let veils: Vec<Option<Veil>> = styles.iter().map(|format| formats.get(format).copied()).collect();
    // `calamine` keeps all cells of all sheets between the outermost ones, blank or not.
    let mut area = 0_u64;
    let mut pages = Vec::new();
    for start in starts {
        let records = stream.get(start..).ok_or(Fault::Broken)?;
        let (page, cells) = layout(records, &veils)?;
        computed |= formulas(records).any(|(_, is_empty)| !is_empty);
        area = area.saturating_add(cells);
        if area > MOST_CELLS {
            return Err(Fault::TooLarge);
        }
        pages.push((page, records));
    }
    let uncomputed = |(mut page, records): (Page, &[u8])| {
        if !computed {
            page.cells.extend(formulas(records).map(|(cell, _)| cell));
        }
        page
    };
    Ok(pages.into_iter().map(uncomputed).collect())
}

/// The formulas of a sheet, as cells without a value, and whether an empty text is kept as the value of each. That is
/// what a formula may well come to; but programs that compute none write it everywhere, so that a workbook which no
/// engine has signed, and in which all formulas have come to nothing, was never computed.
fn formulas(records: &[u8]) -> impl Iterator<Item = (Cell, bool)> {
    own_records(records).filter(|(kind, _)| *kind == FORMULA).filter_map(|(_, data)| {
        let (row, column) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        let is_empty = data.get(6) == Some(&3) && u16_at(data, 12) == Some(0xFFFF);
        Some((Cell { row, column, content: Content::NoValue }, is_empty))
    })
}

/// The records of the sheet that `records` begins with, without those of charts in it.
fn own_records(records: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut depth = 0_usize;
    let mut ended = false;
    Records(records).filter(move |(kind, _)| {
        let is_own = !ended && depth <= 1;
        match *kind {
            BOF => depth += 1,
            EOF if depth <= 1 => ended = true,
            EOF => depth -= 1,
            _ => return is_own,
        }
        false
    })
}

/// What one sheet hides, and how many cells lie between its outermost ones.
fn layout(records: &[u8], veils: &[Option<Veil>]) -> Result<(Page, u64), Fault> {
    let mut page = Page::default();
    let mut corners: Option<[u64; 4]> = None;
    let mut depth = 0_usize;
    for (kind, data) in Records(records) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            // A chart inside the sheet has records of its own.
            _ if depth > 1 => {}
            DIMENSIONS => check_dimensions(data)?,
            ROW | COLUMN_INFO | DEFAULT_ROW_HEIGHT => {
                note_hidden(kind, data, &mut page).ok_or(Fault::Broken)?;
            }
            kind if CELLS.contains(&kind) => {
                let row = u64::from(u16_at(data, 0).ok_or(Fault::Broken)?);
                let first = u64::from(u16_at(data, 2).ok_or(Fault::Broken)?);
                let last = match kind {
                    SEVERAL_NUMBERS => data.len().checked_sub(2).and_then(|end| u16_at(data, end)),
                    _ => None,
                };
                let last = last.map_or(first, u64::from);
                note_veiled(data, kind == SEVERAL_NUMBERS, veils, &mut page).ok_or(Fault::Broken)?;
                let [top, bottom, left, right] = corners.unwrap_or([row, row, first, last]);
                corners = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
            }
            _ => {}
        }
    }
    let area = corners.map_or(0, |[top, bottom, left, right]| {
        (bottom - top + 1).saturating_mul((right + 1).saturating_sub(left))
    });
    Ok((page, area))
}

/// `calamine` reserves room for as many cells as the record claims.
fn check_dimensions(data: &[u8]) -> Result<(), Fault> {
    let (rows, columns) = if data.len() == 10 {
        (u16_at(data, 2).map(u32::from), u16_at(data, 6))
    } else {
        (u32_at(data, 4), u16_at(data, 10))
    };
    let claimed = u64::from(rows.unwrap_or(0)) * u64::from(columns.unwrap_or(0));
    // An empty margin around the cells is common; only room that no sheet of this format has is refused.
    if claimed > 65_536 * 257 { Err(Fault::Broken) } else { Ok(()) }
}

/// The number of a format that hides something, and what.
fn format(data: &[u8]) -> Option<(u16, Veil)> {
    let characters = data.get(5..)?;
    let is_wide = data.get(4)? & 1 != 0;
    let code: String = match is_wide {
        true => {
            let units = characters.chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        false => characters.iter().map(|byte| char::from(*byte)).collect(),
    };
    veil_of(&code).map(|veil| (u16_at(data, 0).unwrap_or_default(), veil))
}

/// Notes the cells of a record whose style hides something. One of several numbers has a style and four bytes of value
/// for each.
fn note_veiled(data: &[u8], several: bool, veils: &[Option<Veil>], page: &mut Page) -> Option<()> {
    let (row, first) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
    let styles = data.get(4..)?;
    let cells = if several { styles.chunks_exact(6).count() } else { 1 };
    for (column, style) in (first..).zip(styles.chunks(6).take(cells)) {
        if let Some(veil) = veils.get(usize::from(u16_at(style, 0)?)).copied().flatten() {
            page.veiled.push((row, column, veil));
        }
    }
    Some(())
}

fn note_hidden(kind: u16, data: &[u8], page: &mut Page) -> Option<()> {
    match kind {
        ROW => {
            let row = u32::from(u16_at(data, 0)?);
            let height = u16_at(data, 6)? & 0x7FFF;
            let zero = u16_at(data, 12)? & 0x20 != 0;
            page.hidden_rows.add(row, row, zero || height == 0);
        }
        COLUMN_INFO => {
            let (first, last) = (u16_at(data, 0)?, u16_at(data, 2)?);
            let hidden = u16_at(data, 8)? & 0x01 != 0 || u16_at(data, 4)? == 0;
            add_columns(&mut page.hidden_columns, first, last, hidden);
        }
        _ => {
            if u16_at(data, 0)? & 0x02 != 0 {
                page.hidden_rows.hide_by_default();
            }
        }
    }
    Some(())
}

fn add_columns(columns: &mut Hidden, first: u16, last: u16, hidden: bool) {
    if first <= last {
        columns.add(u32::from(first), u32::from(last), hidden);
    }
}

/// The records of a stream: type and data. Ends at the first one that is cut off.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.0, 0)?;
        let length = usize::from(u16_at(self.0, 2)?);
        let data = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((kind, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}
