//! What the TOML of a tally says, before its table is read.

use rust_decimal::Decimal;

use crate::diagnostics::Problems;
use crate::kinds::results::head::{self, Head, if_sound, known_outside};
use crate::kinds::results::parts::MOST_PLACES;
use crate::source::parse::{decimal, located, text, whole};
use crate::source::{Fields, Located, Table};

/// Places behind the point of a rate where the content does not say.
const USUAL_PLACES: u32 = 1;

/// The file as it is written; a part that could not be read is missing and has been reported.
pub(in crate::kinds::results) struct TallyTerms {
    pub(in crate::kinds::results) head: Head,
    /// Counted columns that no rate and no target names.
    pub(super) counts: Vec<Located<String>>,
    /// `None` after an error.
    pub(super) rates: Option<Vec<RateRule>>,
    /// `None` after an error.
    pub(super) targets: Option<Vec<Target>>,
}

/// A rate: some counts of another one.
#[derive(Clone, Debug)]
pub struct RateRule {
    /// What it is called.
    pub title: String,
    /// The columns that are added up.
    pub of: Vec<Located<String>>,
    /// The column that they are part of.
    pub over: Located<String>,
    /// The least that is required, in percent.
    pub at_least: Option<Decimal>,
    /// Places behind the point.
    pub places: u32,
}

/// What a count must reach.
#[derive(Clone, Debug)]
pub struct Target {
    /// The column.
    pub column: Located<String>,
    /// The least that is required.
    pub at_least: Decimal,
    /// The category it is for; `None` is every one.
    pub category: Option<Located<String>>,
}

/// Reads a tally, `kind` aside.
pub(in crate::kinds::results) fn read(mut fields: Fields<'_, '_, '_>) -> TallyTerms {
    let head = head::read(&mut fields);
    let counts = fields.list("counts", located(text));
    let rates = if_sound(&mut fields, |fields| fields.tables("rate", rate));
    let targets = if_sound(&mut fields, |fields| fields.tables("target", target));
    fields.finish_knowing(known_outside(head::TOP));
    TallyTerms { head, counts, rates, targets }
}

fn rate(table: &Table<'_>, problems: &mut Problems) -> Option<RateRule> {
    let before = problems.len();
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let of = fields.list("of", located(text));
    if of.is_empty() {
        fields.miss("of");
    }
    let over = fields.required("over", located(text));
    let at_least = fields.optional("at_least", decimal);
    let places = fields.optional("places", whole(0, MOST_PLACES)).unwrap_or(USUAL_PLACES);
    fields.finish_knowing(known_outside("[[rate]]"));
    if problems.len() > before {
        return None;
    }
    Some(RateRule { title: title?, of, over: over?, at_least, places })
}

fn target(table: &Table<'_>, problems: &mut Problems) -> Option<Target> {
    let mut fields = Fields::new(table, problems);
    let column = fields.required("column", located(text));
    let at_least = fields.required("at_least", decimal);
    let category = fields.optional("category", located(text));
    fields.finish_knowing(known_outside("[[target]]"));
    Some(Target { column: column?, at_least: at_least?, category })
}
