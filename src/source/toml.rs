//! TOML text as values with places.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parse::BAD_DATE;
use super::punctuation::{self, Slip};
use super::value::{Entry, Table, Value, ValueKind};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const TOML_SYNTAX: Code = Code::error("toml-syntax");
const CHINESE_PUNCTUATION: Code = Code::error("chinese-punctuation");
const CHINESE_KEY: Code = Code::error("chinese-key");
const DUPLICATE_KEY: Code = Code::error("duplicate-key");
const UNQUOTED_TEXT: Code = Code::error("unquoted-text");

/// Reads TOML. `offset` is where `text` starts in the decoded file (front matter does not start it).
///
/// Every fault of the text is reported. A fault that concerns one value leaves the others readable, so
/// that their problems are said in the same run; `None` when the text as a whole cannot be read.
pub fn read<'a>(text: &'a str, offset: usize, file: FileId, problems: &mut Problems) -> Option<Table<'a>> {
    let (root, faults) = DeTable::parse_recoverable(text);
    let slips = if faults.is_empty() { Vec::new() } else { punctuation::slips(text) };
    for slip in &slips {
        let place = Place::text(file, slip.range.start + offset..slip.range.end + offset);
        problems.add(
            Diagnostic::new(CHINESE_PUNCTUATION, place)
                .with("written", slip.written)
                .with("meant", slip.meant),
        );
    }
    let mut faulty = Vec::new();
    let mut readable = slips.is_empty();
    for fault in &faults {
        let span = whole_number(fault.message(), fault.span().unwrap_or(0..0), text);
        let diagnostic = explain(fault.message(), span.clone(), text);
        if follows_from(&slips, &span, diagnostic.0, text) {
            continue;
        }
        readable &= diagnostic.0 != TOML_SYNTAX;
        let mut said =
            Diagnostic::new(diagnostic.0, Place::text(file, span.start + offset..span.end + offset));
        if let Some((name, fact)) = diagnostic.1 {
            said = said.with(name, fact);
        }
        problems.add(said);
        faulty.push(span);
    }
    let reader = Reader { offset, file, faulty };
    readable.then(|| reader.table(root.into_inner(), Place::file(file)))
}

/// Whether a fault is nothing but what a wrong sign has led to: in its line, or anywhere behind it when the parser has
/// lost its way.
fn follows_from(slips: &[Slip], span: &Range<usize>, code: Code, text: &str) -> bool {
    let same_line = |slip: &Slip| {
        let (first, last) = (slip.range.start.min(span.start), slip.range.start.max(span.start));
        !text.get(first..last).unwrap_or_default().contains('\n')
    };
    // A key in Chinese is a mistake of its own.
    let is_sign = |slip: &Slip| slip.range.start <= span.start;
    match code {
        CHINESE_KEY => slips.iter().any(|slip| same_line(slip) && is_sign(slip)),
        TOML_SYNTAX => slips.iter().any(|slip| same_line(slip) || slip.range.start < span.start),
        _ => slips.iter().any(same_line),
    }
}

/// Which problem a complaint of the parser is, and the fact its message needs.
fn explain(message: &str, span: Range<usize>, text: &str) -> (Code, Option<(&'static str, String)>) {
    let shown = text.get(span.clone()).unwrap_or_default().to_owned();
    let first = text.get(span.start..).and_then(|rest| rest.chars().next());
    if message.starts_with("duplicate key") {
        (DUPLICATE_KEY, Some(("key", shown)))
    } else if message.starts_with("invalid date") && is_meant_as_date(&shown) {
        (BAD_DATE, Some(("date", shown)))
    } else if message.starts_with("invalid unquoted key") && first.is_some_and(|c| !c.is_ascii()) {
        (CHINESE_KEY, None)
    } else if message.starts_with("string values must be quoted")
        || message.starts_with("invalid date")
        || message.starts_with(LEADING_ZERO)
    {
        (UNQUOTED_TEXT, Some(("text", shown)))
    } else {
        (TOML_SYNTAX, Some(("detail", message.to_owned())))
    }
}

/// What the parser says of a telephone without quotation marks and dashes: `09003780003`. It means the zero alone.
const LEADING_ZERO: &str = "unexpected leading zero";

/// The place of a fault; of a number that begins with a zero, all of it.
fn whole_number(message: &str, span: Range<usize>, text: &str) -> Range<usize> {
    if !message.starts_with(LEADING_ZERO) {
        return span;
    }
    let rest = text.get(span.start..).unwrap_or_default();
    let length =
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | '#')).unwrap_or(rest.len());
    span.start..span.start + length
}

/// Whether `text` has the three parts of a date. To the parser a telephone without quotation marks, `0009-3780003`, is a
/// date that failed; who wrote it would look for a wrong date in vain.
fn is_meant_as_date(text: &str) -> bool {
    let day = text.split(['T', 't', ' ']).next().unwrap_or_default();
    let parts = || day.split(['-', '/', '.']);
    parts().count() == 3 && parts().all(|part| part.len() <= 4)
}

struct Reader {
    offset: usize,
    file: FileId,
    /// Ranges that a problem has been reported for.
    faulty: Vec<Range<usize>>,
}

impl Reader {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place::text(self.file, span.start + self.offset..span.end + self.offset)
    }

    fn table<'a>(&self, table: DeTable<'a>, place: Place) -> Table<'a> {
        let mut entries: Vec<Entry<'a>> = table
            .into_iter()
            .filter(|(key, _)| !self.faulty.contains(&key.span()))
            .map(|(key, value)| {
                let key_place = self.place(key.span());
                Entry { key: key.into_inner(), key_place, value: self.value(value) }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_place);
        Table { place, entries }
    }

    fn value<'a>(&self, value: Spanned<DeValue<'a>>) -> Value<'a> {
        let span = value.span();
        let place = self.place(span.clone());
        if self.faulty.contains(&span) {
            return Value { place, kind: ValueKind::Faulty };
        }
        let kind = match value.into_inner() {
            DeValue::String(text) => ValueKind::Text(text),
            DeValue::Integer(number) if number.radix() == 10 => {
                ValueKind::Number(Cow::Owned(number.as_str().to_owned()))
            }
            DeValue::Integer(number) => ValueKind::Text(Cow::Owned(number.to_string())),
            DeValue::Float(number) => ValueKind::Number(Cow::Owned(number.as_str().to_owned())),
            DeValue::Boolean(truth) => ValueKind::Bool(truth),
            DeValue::Datetime(time) => {
                date_of(&time).map_or_else(|| ValueKind::OtherTime(time.to_string()), ValueKind::Date)
            }
            DeValue::Array(items) => {
                ValueKind::List(items.into_iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => ValueKind::Table(self.table(table, place)),
        };
        Value { place, kind }
    }
}

/// A plain date; `None` for anything with a time.
fn date_of(time: &toml::value::Datetime) -> Option<NaiveDate> {
    let date = time.date.filter(|_| time.time.is_none() && time.offset.is_none())?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}
