//! Tables as text: comma, semicolon or tab between cells, quotes around cells that hold one of them.

use std::cell::Cell;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::again::TextCell;
use super::header::{self, Candidate, Watch, is_blank};
use super::sheet::{Kind, Line, Sheet, Slot};
use super::{ReadOptions, workbook};
use crate::diagnostics::{At, Code, Diagnostic, FileId, Place, Problems};
use crate::source::decode;

const UNCLOSED_QUOTE: Code = Code::error("unclosed-quote");
const ROW_TOO_LONG: Code = Code::error("row-too-long");

/// Reads a CSV file. The sheet keeps the decoded text; its cells are ranges of it.
pub(super) fn read(
    bytes: Vec<u8>,
    options: &ReadOptions<'_>,
    file: FileId,
    problems: &mut Problems,
) -> Option<Sheet> {
    if u32::try_from(bytes.len()).is_err() {
        workbook::too_large(file, problems);
        return None;
    }
    let text = decode::decode_table_text(bytes, file, problems)?;
    if text.chars().all(is_blank) {
        header::nothing(None, file, problems);
        return None;
    }
    let Some(Header { records, slots, stray_quote }) = find_header(&text, options) else {
        header::none_found(Place::file(file), options, problems);
        return None;
    };
    if let Some(quote) = stray_quote {
        problems.add(Diagnostic::new(UNCLOSED_QUOTE, Place::text(file, quote..quote + 1)));
        return None;
    }
    let width = slots.len();
    let cells: Vec<_> = nonblank(&text, &slots)
        .map(|(column, slot, text)| Candidate { column, text, place: slot.place(file) })
        .collect();
    let first = cells.first()?.place;
    let headings = header::headings(&cells, problems)?;
    let (slots, lines, sound) = {
        let body = Body { text: &text, file, width, header: first, watch: Watch::new(&headings, options) };
        body.read(records, problems)
    };
    if lines.is_empty() && sound {
        header::nothing(Some(first), file, problems);
    }
    (sound && !lines.is_empty()).then_some(Sheet { file, text, headings, slots, lines, means: Vec::new() })
}

/// The header of a text: its cells, where in it a quote has no fellow, and the records below it.
struct Header<'a> {
    records: Records<'a>,
    slots: Vec<Slot>,
    stray_quote: Option<usize>,
}

/// The header, under the first delimiter under which there is one.
fn find_header<'a>(text: &'a str, options: &ReadOptions<'_>) -> Option<Header<'a>> {
    header::Sure::IN_ORDER.into_iter().find_map(|sure| find_header_as(text, options, sure))
}

fn find_header_as<'a>(text: &'a str, options: &ReadOptions<'_>, sure: header::Sure) -> Option<Header<'a>> {
    b",;\t".iter().find_map(|&delimiter| {
        let mut records = Records::new(text, delimiter);
        let mut slots = Vec::new();
        for _ in 0..header::SEARCHED_ROWS {
            slots.clear();
            let record = records.next_into(&mut slots)?;
            if header::is_header(nonblank(text, &slots).map(|(_, _, text)| text), options, sure) {
                return Some(Header { records, slots, stray_quote: record.stray_quote });
            }
        }
        None
    })
}

/// Where each cell that is not blank stands in decoded text, for showing problems: split as in reading.
/// Empty where no header is found.
pub(super) fn cells_again(text: &str, options: &ReadOptions<'_>) -> Vec<TextCell> {
    let mut cells = Vec::new();
    let Some(header) = find_header(text, options) else { return cells };
    let mut records = Records::new(text, header.records.delimiter);
    let mut slots = Vec::new();
    for row in 0.. {
        slots.clear();
        // What follows a quote without its fellow is cut at the wrong places.
        if records.next_into(&mut slots).is_none_or(|record| record.stray_quote.is_some()) {
            break;
        }
        cells.extend(nonblank(text, &slots).map(|(column, slot, _)| TextCell {
            start: slot.start,
            end: slot.end,
            row,
            column: column as u32,
        }));
    }
    cells
}

/// Column, slot and raw text of the cells that are not blank.
fn nonblank<'a>(
    text: &'a str,
    slots: &'a [Slot],
) -> impl Iterator<Item = (usize, &'a Slot, &'a str)> + Clone {
    slots.iter().enumerate().filter(|(_, slot)| slot.kind != Kind::Empty).map(|(column, slot)| {
        (column, slot, text.get(slot.start as usize..slot.end as usize).unwrap_or_default())
    })
}

impl Slot {
    fn place(self, file: FileId) -> Place {
        Place { file, at: At::Text { start: self.start, end: self.end } }
    }
}

/// The rows below the header.
struct Body<'a> {
    text: &'a str,
    file: FileId,
    width: usize,
    header: Place,
    watch: Watch<'a>,
}

impl Body<'_> {
    /// All cells and lines, and whether they can be trusted.
    fn read(mut self, mut records: Records<'_>, problems: &mut Problems) -> (Vec<Slot>, Vec<Line>, bool) {
        let (mut slots, mut lines, mut sound) = (Vec::new(), Vec::new(), true);
        loop {
            let first = slots.len();
            let Some(record) = records.next_into(&mut slots) else { break };
            if let Some(quote) = record.stray_quote {
                // What follows a quote without its fellow is cut at the wrong places: stop here.
                problems.add(Diagnostic::new(UNCLOSED_QUOTE, Place::text(self.file, quote..quote + 1)));
                return (slots, lines, false);
            }
            let row = slots.get(first..).unwrap_or_default();
            if row.iter().all(|slot| slot.kind == Kind::Empty) {
                slots.truncate(first);
                continue;
            }
            sound &= self.check(row, problems);
            let count = row.len().min(self.width);
            slots.truncate(first + count);
            let place = Place::text(self.file, record.start..record.end);
            lines.push(Line { first: first as u32, count: count as u32, at: place.at });
        }
        (slots, lines, sound)
    }

    /// Checks a row against the header; false where its cells cannot be trusted.
    fn check(&mut self, row: &[Slot], problems: &mut Problems) -> bool {
        let cells = nonblank(self.text, row);
        if self.watch.is_second(cells.clone().map(|(column, _, text)| (column, text))) {
            let place = cells.clone().next().map_or(self.header, |(_, slot, _)| slot.place(self.file));
            header::second(place, self.header, problems);
            return false;
        }
        for (column, slot, _) in cells {
            if column >= self.width {
                let long = Diagnostic::new(ROW_TOO_LONG, slot.place(self.file));
                problems.add(long.with("cells", row.len()).with("headings", self.width));
                return false;
            }
            if !self.watch.has_heading(column) {
                self.watch.bare(column, slot.place(self.file), problems);
            }
        }
        true
    }
}

/// Splits text into records; `csv-core` says where each field ends, from which its place follows.
struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// Given back when the records are dropped.
    core: Option<Reader>,
    at: usize,
}

thread_local! {
    /// A reader that has done its work. To build one takes as long as to read forty rows, and a board has thousands of
    /// small tables. A clone would not do: it has lost what its bytes mean.
    static USED: Cell<Option<(u8, Reader)>> = const { Cell::new(None) };
}

/// The range of a record's line, and where in it a quote has no fellow.
struct Record {
    start: usize,
    end: usize,
    stray_quote: Option<usize>,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let used = USED.take().filter(|(known, _)| *known == delimiter).map(|(_, mut core)| {
            core.reset();
            core
        });
        let core = used.unwrap_or_else(|| ReaderBuilder::new().delimiter(delimiter).build());
        Self { text, delimiter, core: Some(core), at: 0 }
    }

    /// Adds the cells of the next record to `slots`; `None` at the end.
    fn next_into(&mut self, slots: &mut Vec<Slot>) -> Option<Record> {
        let bytes = self.text.as_bytes();
        self.at += bytes.get(self.at..)?.iter().take_while(|byte| **byte == b'\n').count();
        let mut record = Record { start: self.at, end: self.at, stray_quote: None };
        if let Some(end) = self.plain_line(slots) {
            self.at = bytes.len().min(end + 1);
            return Some(Record { end, ..record });
        }
        loop {
            let (taken, last) = self.next_field()?;
            let end = self.at + taken;
            let closed = if last { bytes.get(end.wrapping_sub(1)) == Some(&b'\n') } else { true };
            let (slot, stray) = cell(self.text, self.at, end - usize::from(closed && taken > 0));
            slots.push(slot);
            record.stray_quote = record.stray_quote.or(stray);
            self.at = end;
            if last {
                record.end = end - usize::from(closed && taken > 0);
                return Some(record);
            }
        }
    }

    /// Adds the cells of a line without quotes, as nearly all are, and gives its end: there the delimiters alone say
    /// where a field ends. Nothing for any other line, nor at the end of the text.
    fn plain_line(&self, slots: &mut Vec<Slot>) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..).filter(|rest| !rest.is_empty())?;
        let first = slots.len();
        let mut start = self.at;
        let mut push = |end: usize| {
            let (from, to) = trimmed(self.text, start, end);
            slots.push(slot(from, to, Kind::Text));
            start = end + 1;
        };
        for (at, byte) in (self.at..).zip(rest) {
            match *byte {
                b'\n' => {
                    push(at);
                    return Some(at);
                }
                b'"' | b'\r' => {
                    slots.truncate(first);
                    return None;
                }
                byte if byte == self.delimiter => push(at),
                _ => {}
            }
        }
        push(self.text.len());
        Some(self.text.len())
    }

    /// The number of bytes of the next field with its delimiter, and whether it ends the record.
    fn next_field(&mut self) -> Option<(usize, bool)> {
        // The unescaped field is not needed: cells are ranges of the text.
        let mut scratch = [0; 256];
        let mut taken = 0;
        loop {
            let rest = self.text.as_bytes().get(self.at + taken..)?;
            let (result, read, _) = self.core.as_mut()?.read_field(rest, &mut scratch);
            taken += read;
            match result {
                ReadFieldResult::Field { record_end } => return Some((taken, record_end)),
                ReadFieldResult::End => return None,
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            }
        }
    }
}

impl Drop for Records<'_> {
    fn drop(&mut self) {
        if let Some(core) = self.core.take() {
            USED.set(Some((self.delimiter, core)));
        }
    }
}

/// The cell whose field is `start..end`, quotes and blanks taken off; and a quote in it without fellow.
fn cell(text: &str, start: usize, end: usize) -> (Slot, Option<usize>) {
    let (start, end) = trimmed(text, start, end);
    let bytes = text.as_bytes().get(start..end).unwrap_or_default();
    let Some(quoted) = bytes.strip_prefix(b"\"") else {
        return (slot(start, end, Kind::Text), None);
    };
    let Some(inner) = quoted.strip_suffix(b"\"") else {
        return (slot(start, end, Kind::Text), Some(start));
    };
    let mut kind = Kind::Text;
    let mut rest = inner.iter();
    while let Some(byte) = rest.next() {
        if *byte == b'"' {
            if rest.next() != Some(&b'"') {
                return (slot(start, end, Kind::Text), Some(start));
            }
            kind = Kind::Quoted;
        }
    }
    let (start, end) = trimmed(text, start + 1, end - 1);
    (slot(start, end, kind), None)
}

/// Offsets fit: a file of more than 4 GiB is refused before.
fn slot(start: usize, end: usize, kind: Kind) -> Slot {
    let kind = if start == end { Kind::Empty } else { kind };
    Slot { start: start as u32, end: end as u32, kind }
}

/// The range without blanks at its ends.
fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let raw = text.get(start..end).unwrap_or_default();
    if raw.bytes().next().is_none_or(|byte| byte.is_ascii_graphic())
        && raw.bytes().next_back().is_none_or(|byte| byte.is_ascii_graphic())
    {
        return (start, end);
    }
    let from = start + raw.len() - raw.trim_start_matches(is_blank).len();
    (from, from + raw.trim_matches(is_blank).len())
}
