//! Which columns of a workbook are taken over, and under which heading.

use crate::cli::arguments::Kind;
use crate::kinds::columns::{CONTACTS, RECIPIENTS};
use crate::privacy;
use crate::source::tables::Heading;
use crate::source::{Sheet, ValueKind, normalise_heading};

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Name,
    Group,
    Date,
    Amount,
    /// A whole number.
    Count,
    /// A telephone that is published by design.
    Phone,
}

/// A column that is taken over.
pub(super) struct Kept {
    pub(super) column: usize,
    /// Its heading as it is written.
    pub(super) heading: String,
    pub(super) role: Role,
    /// Whether it was asked for and is none of the contract's.
    pub(super) extra: bool,
}

/// The columns of a sheet, by their numbers.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) kept: Vec<Kept>,
    /// Never published.
    pub(super) private: Vec<usize>,
    /// Nobody has asked for them.
    pub(super) left_out: Vec<usize>,
}

/// The lines of the list: kind, key, heading.
fn listed() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = include_str!("../../../data/import/headings.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut words = line.split_whitespace();
        let (kind, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        words.map(move |heading| (kind, key, heading))
    })
}

/// The key that a normalised heading means in tables of a kind.
fn key_of(kind: Kind, heading: &str) -> Option<&'static str> {
    let own = match kind {
        Kind::Contacts => CONTACTS.find(heading),
        Kind::Recipients => RECIPIENTS.find(heading),
        Kind::Scores => None,
    };
    let is_it =
        |&(of, _, known): &(&str, &str, &str)| of == kind.name() && known.eq_ignore_ascii_case(heading);
    own.map(|column| column.key).or_else(|| listed().find(is_it).map(|(_, key, _)| key))
}

/// Whether a heading helps to find the header.
pub(super) fn is_known(kind: Kind, heading: &str, keep: &[String]) -> bool {
    key_of(kind, heading).is_some()
        || privacy::private_heading(heading).is_some()
        || keep.iter().any(|kept| normalise_heading(kept) == heading)
}

/// Some usual headings, for a message.
pub(super) fn usual(kind: Kind) -> String {
    let some: Vec<&str> = match kind {
        Kind::Contacts => CONTACTS.usual().take(6).collect(),
        Kind::Recipients => RECIPIENTS.usual().take(6).collect(),
        Kind::Scores => {
            listed().filter(|(of, ..)| *of == kind.name()).map(|(.., heading)| heading).take(6).collect()
        }
    };
    some.join("、")
}

fn role_of(key: &str) -> Role {
    match key {
        "name" | "head" | "successor" => Role::Name,
        "group" => Role::Group,
        "paid_on" | "from" | "to" => Role::Date,
        "amount" | "own_expense" | "standard" => Role::Amount,
        "number" | "persons" => Role::Count,
        "phone" => Role::Phone,
        _ => Role::Text,
    }
}

impl Columns {
    /// Sorts the columns of a sheet. A ranking keeps every column that is not private: which of them its scores are made of
    /// stands in the TOML beside it.
    pub(super) fn choose(kind: Kind, sheet: &Sheet, keep: &[String]) -> Self {
        let mut columns = Self::default();
        for heading in sheet.headings() {
            columns.sort(kind, sheet, heading, keep);
        }
        columns
    }

    fn sort(&mut self, kind: Kind, sheet: &Sheet, heading: &Heading, keep: &[String]) {
        let column = heading.column;
        let is_new = |heading: &str| {
            let name = normalise_heading(heading);
            !self.kept.iter().any(|kept| normalise_heading(&kept.heading) == name)
        };
        let key = key_of(kind, &heading.name);
        // In a list of contacts a telephone is what the list is for.
        let is_private = privacy::private_heading(&heading.name).is_some() && key.is_none()
            || key.is_none() && holds_private(sheet, column);
        let is_asked_for = keep.iter().any(|kept| normalise_heading(kept) == heading.name);
        let kept = match key {
            _ if is_private => return self.private.push(column),
            Some(key) if kind != Kind::Scores => {
                let usual = if kind == Kind::Contacts { &CONTACTS } else { &RECIPIENTS }.usual_heading(key);
                is_new(usual).then(|| (with_unit(usual, &heading.written), role_of(key), false))
            }
            _ if kind == Kind::Scores => {
                is_new(&heading.written).then(|| (heading.written.clone(), Role::Text, false))
            }
            _ => is_asked_for.then(|| (heading.written.clone(), Role::Text, true)),
        };
        match kept {
            Some((heading, role, extra)) => self.kept.push(Kept { column, heading, role, extra }),
            None => self.left_out.push(column),
        }
    }

    /// The headings that the TOML beside the table declares.
    pub(super) fn extra(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().filter(|kept| kept.extra).map(|kept| kept.heading.as_str())
    }
}

/// The usual heading, with what stands in brackets behind the written one: it is shown.
fn with_unit(usual: &str, written: &str) -> String {
    let unit =
        written.find(['(', '（']).and_then(|at| written.get(at..)).filter(|unit| unit.ends_with([')', '）']));
    format!("{usual}{}", unit.unwrap_or_default())
}

/// Whether a cell of the column holds what must not be published; a number that has lost digits was most likely that.
fn holds_private(sheet: &Sheet, column: usize) -> bool {
    sheet.rows().any(|row| match row.cell(column).kind {
        ValueKind::LostDigits => true,
        ValueKind::Text(text) | ValueKind::Number(text) => privacy::private_content(&text).is_some(),
        _ => false,
    })
}
