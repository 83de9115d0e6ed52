//! Which column of a tally's table is what.

use rust_decimal::Decimal;

use super::terms::{RateRule, TallyTerms};
use crate::diagnostics::{Code, FileId, Problems};
use crate::kinds::results::finder::{self, CATEGORY, Finder, NUMBER, Named, UNIT};
use crate::source::{Located, Sheet, normalise_heading};

const NOTHING_COUNTED: Code = Code::error("nothing-counted");

/// The heading of a stated change; before it stands the column whose change it is, unless that is the first.
const CHANGE: &str = "较上期";

/// The columns, by what they hold.
pub(super) struct Columns {
    pub(super) unit: Named,
    pub(super) category: Option<Named>,
    pub(super) counts: Vec<Named>,
    /// By rate, indexes into the counts.
    pub(super) rates: Vec<RateColumns>,
    /// By rate, the column that states it.
    pub(super) stated_rates: Vec<Option<usize>>,
    /// By target, an index into the counts.
    pub(super) targets: Vec<usize>,
    /// Stated changes: the column of the table, and an index into the counts.
    pub(super) changes: Vec<(usize, usize)>,
    pub(super) extra: Vec<Named>,
}

/// What a rate is made of, as indexes into the counts.
pub(super) struct RateColumns {
    of: Vec<usize>,
    over: usize,
}

impl RateColumns {
    /// Part and whole.
    pub(super) fn of(&self, counts: &[Decimal]) -> Option<(Decimal, Decimal)> {
        let mut part = Decimal::ZERO;
        for index in &self.of {
            part = part.checked_add(*counts.get(*index)?)?;
        }
        Some((part, *counts.get(self.over)?))
    }
}

fn counted(terms: &TallyTerms) -> impl Iterator<Item = &Located<String>> {
    let rates = terms.rates.iter().flatten().flat_map(|rate| rate.of.iter().chain([&rate.over]));
    let targets = terms.targets.iter().flatten().map(|target| &target.column);
    terms.counts.iter().chain(rates).chain(targets)
}

/// Says of a heading whether a tally's table can have it.
pub(super) fn known(terms: &TallyTerms) -> impl Fn(&str) -> bool {
    let mut usual = [&CATEGORY[..], &NUMBER].concat();
    if terms.head.unit.is_none() {
        usual.extend(UNIT);
    }
    let rates = terms.rates.iter().flatten().map(|rate| rate.title.as_str());
    let named = counted(terms).chain(&terms.head.unit).chain(&terms.head.extra);
    let named: Vec<&str> = named.map(|name| name.value.as_str()).chain(rates).collect();
    finder::knows(usual, named.into_iter())
}

/// Some headings that the table should have, for a message.
pub(super) fn expected(terms: &TallyTerms) -> String {
    let unit = terms.head.unit.as_ref().map_or(UNIT[0], |unit| unit.value.as_str());
    let counted = counted(terms).map(|name| name.value.as_str());
    std::iter::once(unit).chain(counted).take(6).collect::<Vec<_>>().join("、")
}

/// Finds the columns; `None` when one that is needed is missing.
pub(super) fn find(
    terms: &TallyTerms,
    sheet: &Sheet,
    file: FileId,
    problems: &mut Problems,
) -> Option<Columns> {
    let mut finder = Finder::new(sheet, file, problems);
    let mut counts: Vec<Named> = Vec::new();
    for name in counted(terms) {
        if position(&counts, name).is_none() {
            counts.extend(finder.named(name));
        }
    }
    // As they stand in the table, so that the first is the first to the reader too.
    counts.sort_by_key(|count| count.column);
    let (rules, targets) = (terms.rates.as_deref()?, terms.targets.as_deref()?);
    if counts.is_empty() && !finder.missing {
        finder.miss(NOTHING_COUNTED, "key", "counts");
    }
    let extra = finder.extra(&terms.head.extra);
    let unit = finder.unit(terms.head.unit.as_ref());
    let category = finder.usual(&CATEGORY);
    let stated = |rule: &RateRule, finder: &mut Finder<'_, '_>| {
        let heading = normalise_heading(&rule.title);
        finder.usual(&[&heading]).map(|named| named.column)
    };
    let stated_rates = rules.iter().map(|rule| stated(rule, &mut finder)).collect();
    let changes = changes(&counts, &mut finder);
    finder.usual(&NUMBER);
    finder.report_others();
    if finder.missing {
        return None;
    }
    let of_rate = |rule: &RateRule| {
        let of = rule.of.iter().map(|name| position(&counts, name)).collect::<Option<_>>()?;
        Some(RateColumns { of, over: position(&counts, &rule.over)? })
    };
    let rates = rules.iter().map(of_rate).collect::<Option<_>>()?;
    let targets = targets.iter().map(|target| position(&counts, &target.column)).collect::<Option<_>>()?;
    Some(Columns { unit: unit?, category, counts, rates, stated_rates, targets, changes, extra })
}

fn position(counts: &[Named], name: &Located<String>) -> Option<usize> {
    let heading = normalise_heading(&name.value);
    counts.iter().position(|known| normalise_heading(&known.title) == heading)
}

/// The columns that state changes.
fn changes(counts: &[Named], finder: &mut Finder<'_, '_>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, count) in counts.iter().enumerate() {
        let heading = format!("{}{CHANGE}", normalise_heading(&count.title));
        found.extend(finder.usual(&[&heading]).map(|named| (named.column, index)));
    }
    found.extend(finder.usual(&[CHANGE]).filter(|_| !counts.is_empty()).map(|named| (named.column, 0)));
    found
}
