//! A raw value with its place: what TOML and table cells have in common.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::diagnostics::Place;

/// A raw value from content, with its place.
///
/// Text is borrowed from the decoded file where it stands there unescaped.
#[derive(Clone, Debug)]
pub struct Value<'a> {
    /// Where the value stands.
    pub place: Place,
    /// What it is.
    pub kind: ValueKind<'a>,
}

impl<'a> Value<'a> {
    /// The table, where it is one.
    pub fn as_table(&self) -> Option<&Table<'a>> {
        match &self.kind {
            ValueKind::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// The kinds of raw value.
#[derive(Clone, Debug)]
pub enum ValueKind<'a> {
    /// An empty cell.
    Empty,
    /// Text, blanks at both ends removed in table cells.
    Text(Cow<'a, str>),
    /// A number as it is written (decimal digits, sign, point); never a floating point value.
    Number(Cow<'a, str>),
    /// `true` or `false`.
    Bool(bool),
    /// A date without a time.
    Date(NaiveDate),
    /// A date or time of a form that no key takes, as it is written.
    OtherTime(String),
    /// A spreadsheet number that has lost digits (more than 15 of them): certainly no amount, and
    /// most likely an ID number or an account. Its digits are not kept.
    LostDigits,
    /// Something that a problem has been reported for already; readers pass over it in silence.
    Faulty,
    /// `[…]`
    List(Vec<Value<'a>>),
    /// `{…}` or a `[table]`
    Table(Table<'a>),
}

impl ValueKind<'_> {
    /// Whether it is an empty cell.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// Keys and values of a TOML table, in the order of the file.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// Where the table stands: its header, or the whole inline table.
    pub place: Place,
    /// Its entries.
    pub entries: Vec<Entry<'a>>,
}

/// One entry of a TOML table.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key stands.
    pub key_place: Place,
    /// The value.
    pub value: Value<'a>,
}

impl Table<'_> {
    /// The text of a key, as it is written; for naming a record that could not be read.
    pub fn text(&self, key: &str) -> Option<String> {
        self.entries.iter().find(|entry| entry.key == key).and_then(|entry| match &entry.value.kind {
            ValueKind::Text(text) => Some(text.trim().to_owned()),
            _ => None,
        })
    }
}
