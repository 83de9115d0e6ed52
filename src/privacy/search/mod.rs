//! The guard's eyes: finds ID numbers, bank cards and phones in what would be published.
//!
//! One scan goes over the raw bytes and stops only at digits; from there the text is read as a person would see it
//! (`seen`), the digits are gathered with the gaps between their groups (`run`), and only a run that is long enough is
//! judged (`judge`). The rules stand in the contract under "What may leave"; three things go beyond it:
//!
//! - a run of 32 or more hexadecimal characters, dashes included, with a letter among them is a digest or a UUID: no
//!   phone is looked for in it. ID numbers and cards are, since chance hardly makes one;
//! - the digits after `0.` are a fraction, and neither card nor phone;
//! - an inline tag or comment longer than 1024 bytes separates; what stands in one that is looked past is searched by itself.

mod judge;
mod label;
mod phone;
mod run;
mod seen;
mod split;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) use judge::SHORTEST;

use judge::Judge;
use run::Run;
use seen::{Eye, Seen};

/// Bytes looked at together: as many as a register of every processor of today holds.
const CHUNK: usize = 16;

/// How a person's text is got out of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Tags, entities; blanks run together.
    Html,
    /// Tags, entities; also feeds, drawings, and the parts of office documents.
    Xml,
    /// `\u0031` and the other escapes of strings; TOML has the same.
    Json,
    /// Cells apart by commas, rows by lines.
    Csv,
    /// Calendar files with folded lines.
    Ics,
    /// Plain text.
    Text,
    /// Text that may hold tags and entities.
    Markdown,
    /// A path or an address.
    Path,
}

impl Form {
    fn has_tags(self) -> bool {
        matches!(self, Form::Html | Form::Xml | Form::Markdown)
    }
}

/// What kind of private number was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A resident's ID number, of 18 characters or the old 15.
    IdNumber,
    /// A bank card or a bank account.
    BankCard,
    /// A mobile or a fixed line.
    Phone,
}

/// A private number in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the raw input, from its first digit to its last.
    pub range: Range<usize>,
}

/// Searches for private numbers. Made once for a board and shared by all threads.
#[derive(Debug, Default)]
pub struct Search {
    published: BTreeSet<u64>,
}

impl Search {
    /// A search that lets the phones in `published` pass, in any spelling. An entry may hold several phones, an
    /// extension, or words; an entry in which no phone is recognised has no effect.
    pub fn new<P: AsRef<str>>(published: impl IntoIterator<Item = P>) -> Self {
        let nothing = Self::default();
        let mut phones = BTreeSet::new();
        for entry in published {
            nothing.scan(entry.as_ref().as_bytes(), Form::Text, &mut Vec::new(), &mut phones);
        }
        Self { published: phones }
    }

    /// Adds what is found in `raw` to `hits`, in the order of the input, no two overlapping.
    ///
    /// The cost is linear in the input, whatever it holds; nothing is allocated where there are no digits.
    pub fn find(&self, raw: &[u8], form: Form, hits: &mut Vec<Hit>) {
        self.scan(raw, form, hits, &mut BTreeSet::new());
    }

    /// Adds to `hits` the ID numbers and cards that are whole only where a line, a cell, an item or a block ends within them,
    /// with the bytes from the first digit to the last. Such a thing can be chance: it is worth a warning and no more.
    pub fn find_split(raw: &[u8], form: Form, hits: &mut Vec<Hit>) {
        split::find(raw, form, hits);
    }

    fn scan(&self, raw: &[u8], form: Form, hits: &mut Vec<Hit>, phones: &mut BTreeSet<u64>) {
        let eye = Eye { raw, form, percent: false };
        let first = hits.len();
        let mut judge = Judge { published: &self.published, hits, phones, first };
        let mut run = Run::default();
        scan_range(&eye, 0..raw.len(), &mut run, &mut judge);
        // Tags and comments between the digits of a run were looked past: what stands in them is looked at by itself.
        let mut looked_past = std::mem::take(&mut run.looked_past);
        let is_simple = looked_past.is_empty();
        // Every round looks only within what the round before looked past, and at no byte twice.
        while !looked_past.is_empty() {
            for range in union(std::mem::take(&mut looked_past)) {
                let end = range.end;
                // What begins there ends there: to read on would be to read what follows once for each of them.
                let within = Eye { raw: raw.get(..end).unwrap_or_default(), ..eye };
                scan_range(&within, range, &mut run, &mut judge);
                let within = run.looked_past.drain(..).map(|range| range.start..range.end.min(end));
                looked_past.extend(within.filter(|range| range.len() >= SHORTEST));
            }
        }
        let own = judge.hits.get_mut(first..).unwrap_or_default();
        own.sort_by_key(|hit| (hit.range.start, Reverse(hit.range.end)));
        if !is_simple {
            let mut end = 0;
            let is_new = |hit: &Hit| {
                hit.range.start >= end && {
                    end = hit.range.end;
                    true
                }
            };
            let kept: Vec<Hit> = judge.hits.split_off(first).into_iter().filter(is_new).collect();
            judge.hits.extend(kept);
        }
    }
}

/// The same bytes in ranges that do not touch.
fn union(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    apart
}

/// Judges the runs that begin in a range.
fn scan_range(eye: &Eye<'_>, range: Range<usize>, run: &mut Run, judge: &mut Judge<'_>) {
    // Before this byte, addresses have been read with their percent signs undone.
    let mut unescaped = 0;
    let mut at = range.start;
    while let Some(start) = next_start(eye.raw, at, eye.form).filter(|start| *start < range.end) {
        let rest = eye.raw.get(start..).unwrap_or_default();
        let byte = rest.first().copied().unwrap_or_default();
        if let Some(skip) = innocent(rest, start, eye) {
            at = start + skip;
            continue;
        }
        let (seen, next) = eye.look(start);
        let is_digit = matches!(seen, Seen::Digit(_));
        at = if is_digit { read_pieces(run, eye, start, judge) } else { next };
        // The same once more where percent signs are undone: from here, or from the character behind one.
        let unescaping = Eye { percent: true, ..*eye };
        let start = match byte {
            b'%' => escaped_digit(&unescaping, start),
            _ => Some(start).filter(|_| is_digit && run.met_percent),
        };
        if let Some(start) = start.filter(|start| *start >= unescaped) {
            unescaped = read_pieces(run, &unescaping, start, judge);
        }
    }
}

/// The digit that is written with a percent sign at `at`, or that stands right behind a character so written.
fn escaped_digit(eye: &Eye<'_>, at: usize) -> Option<usize> {
    let (seen, next) = eye.look(at);
    let is_digit = |seen| matches!(seen, Seen::Digit(_));
    if is_digit(seen) { Some(at) } else { Some(next).filter(|next| is_digit(eye.look(*next).0)) }
}

/// Reads and judges the run that begins at `start`, piece by piece. Returns the byte after it.
fn read_pieces(run: &mut Run, eye: &Eye<'_>, start: usize, judge: &mut Judge<'_>) -> usize {
    let mut end = run.read(eye, start, false);
    judge.judge(eye, run);
    while let Some(piece) = run.next_piece() {
        end = run.read(eye, piece, true);
        judge.judge(eye, run);
    }
    end
}

/// The next byte from `at` that may begin a digit.
fn next_start(raw: &[u8], at: usize, form: Form) -> Option<usize> {
    let rest = raw.get(at..)?;
    let found = match form {
        Form::Html | Form::Xml | Form::Markdown => position(rest, b'&'),
        Form::Json => position(rest, b'\\'),
        Form::Csv | Form::Ics | Form::Text | Form::Path => position(rest, b'%'),
    };
    found.map(|skip| at + skip)
}

/// Where the first byte is that begins a digit: plain, full-width (EF), mathematical (F0), written with a percent
/// sign, or with the sign of `escape`.
#[inline]
fn position(bytes: &[u8], escape: u8) -> Option<usize> {
    // Without branches the compiler looks at all bytes of a chunk at once.
    let starts = |byte: u8| {
        (byte.wrapping_sub(b'0') < 10) | (byte == b'%') | (byte == 0xef) | (byte == 0xf0) | (byte == escape)
    };
    let mut skipped = 0;
    for chunk in bytes.chunks_exact(CHUNK) {
        if chunk.iter().fold(false, |any, byte| any | starts(*byte)) {
            break;
        }
        skipped += CHUNK;
    }
    let rest = bytes.get(skipped..)?;
    rest.iter().position(|byte| starts(*byte)).map(|index| skipped + index)
}

/// How many bytes at the head of `rest` can be passed without a closer look: plain groups of too few digits,
/// or a character that only begins like a digit of another kind.
#[inline]
fn innocent(rest: &[u8], start: usize, eye: &Eye<'_>) -> Option<usize> {
    match *rest {
        [b'0'..=b'9', ..] => {
            let is_plain = |b: &&u8| matches!(b, b'0'..=b'9' | b'.' | b'-' | b' ');
            let (mut length, mut digits) = (0, 0);
            for byte in rest.iter().take_while(is_plain) {
                length += 1;
                digits += usize::from(byte.is_ascii_digit());
            }
            let after = rest.get(length).copied().unwrap_or_default();
            let behind = rest.get(length..).unwrap_or_default();
            // The cells of tables end nearly all the numbers that stand before a tag.
            let is_break = || behind.starts_with(b"</td>") || eye.look(start + length).0 == Seen::Break;
            let is_alone = !may_join(after, eye.form) || after == b'<' && is_break();
            Some(length).filter(|_| digits < judge::SHORTEST && is_alone)
        }
        [0xef, 0xbc, 0x90..=0x99, ..] | [0xf0, 0x9d, 0x9f, ..] => None,
        [0xef | 0xf0, ..] => Some(1),
        _ => None,
    }
}

/// Whether a run of digits can go on at a byte that is no digit.
fn may_join(byte: u8, form: Form) -> bool {
    match byte {
        b' ' | b'-' | b'.' | b'(' | b')' | b'%' | b'x' | b'X' | 0xc2 | 0xcd | 0xe1..=0xe3 | 0xef | 0xf0 => {
            true
        }
        b'<' | b'&' => form.has_tags(),
        b'\\' => form == Form::Json,
        b'\r' | b'\n' => form == Form::Ics,
        b'\t' => form == Form::Html,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
