//! Awards and fines by rank.

use std::collections::BTreeSet;

use super::standings::Standing;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{decimal, located, signed_yuan, text};
use crate::source::{Fields, Located, Table, Value, ValueKind, nearest};
use crate::values::Yuan;

const AWARD_RANKS: Code = Code::error("award-ranks");
const AWARD_OVERLAP: Code = Code::error("award-overlap");
const AWARD_HOLE: Code = Code::error("award-hole");
const AWARD_CATEGORY: Code = Code::error("award-category");
const UNKNOWN_CATEGORY: Code = Code::error("unknown-category");

/// What each unit of some ranks gets, in full also where several share a rank.
#[derive(Clone, Debug)]
pub struct Award {
    /// The ranks.
    pub ranks: AwardRanks,
    /// The amount; below zero it is a fine.
    pub amount: Yuan,
    /// The category it is for; `None` is every one.
    pub category: Option<Located<String>>,
    /// Where it is written.
    pub place: Place,
}

/// A range of ranks, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwardRanks {
    /// The end they are counted from.
    pub end: End,
    /// The rank nearest to that end, from 1.
    pub from: u32,
    /// The rank farthest from it.
    pub to: u32,
}

/// An end of a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// The best.
    First,
    /// The last.
    Last,
}

impl AwardRanks {
    /// `[1, 3]` from the best, `[-3, -1]` from the last; `None` for anything else.
    fn from_pair(from: i64, to: i64) -> Option<Self> {
        let number = |rank: i64| u32::try_from(rank.unsigned_abs()).ok();
        if 0 < from && from <= to {
            Some(Self { end: End::First, from: number(from)?, to: number(to)? })
        } else if from <= to && to < 0 {
            Some(Self { end: End::Last, from: number(to)?, to: number(from)? })
        } else {
            None
        }
    }

    /// Whether a standing is one of them.
    pub(super) fn holds(self, standing: Standing) -> bool {
        let rank = match self.end {
            End::First => standing.rank,
            End::Last => standing.from_last,
        };
        (self.from..=self.to).contains(&rank)
    }
}

impl Award {
    /// Whether it is for units of `category`.
    pub fn is_for(&self, category: Option<&str>) -> bool {
        self.category.as_ref().is_none_or(|own| category == Some(own.value.as_str()))
    }
}

/// What the awards give to a unit: the sum, and how many of them it is made of.
pub(super) fn amount(awards: &[Award], category: Option<&str>, standing: Standing) -> Option<(Yuan, usize)> {
    let its_own: Vec<Yuan> = awards
        .iter()
        .filter(|award| award.is_for(category) && award.ranks.holds(standing))
        .map(|award| award.amount)
        .collect();
    (!its_own.is_empty()).then(|| (its_own.iter().copied().sum(), its_own.len()))
}

/// Reads one `[[award]]`.
pub(super) fn read(table: &Table<'_>, problems: &mut Problems) -> Option<Award> {
    let mut fields = Fields::new(table, problems);
    let ranks = fields.required("ranks", ranks);
    let amount = fields.required("amount", signed_yuan);
    let category = fields.optional("category", located(text));
    fields.finish_knowing(super::head::known_outside("[[award]]"));
    Some(Award { ranks: ranks?, amount: amount?, category, place: table.place })
}

/// Reads a range of ranks.
pub(super) fn ranks(value: &Value<'_>, problems: &mut Problems) -> Option<AwardRanks> {
    let ends = match &value.kind {
        ValueKind::List(ends) => ends.as_slice(),
        _ => &[],
    };
    let ranks = match ends {
        [from, to] => {
            let (from, to) = (decimal(from, problems), decimal(to, problems));
            let whole = |rank: rust_decimal::Decimal| {
                rank.fract().is_zero().then(|| i64::try_from(rank).ok()).flatten()
            };
            whole(from?).zip(whole(to?)).and_then(|(from, to)| AwardRanks::from_pair(from, to))
        }
        _ => None,
    };
    if ranks.is_none() {
        problems.add(Diagnostic::new(AWARD_RANKS, value.place));
    }
    ranks
}

/// Ranges of one category neither overlap nor leave a hole, counted from either end. Awards without a
/// category are for every one.
pub(super) fn check_ranges(awards: &[Award], problems: &mut Problems) {
    let mut categories: BTreeSet<Option<&str>> =
        awards.iter().map(|award| award.category.as_ref().map(|own| own.value.as_str())).collect();
    if categories.is_empty() {
        categories.insert(None);
    }
    for category in categories {
        for end in [End::First, End::Last] {
            let mut ranges: Vec<&Award> =
                awards.iter().filter(|award| award.ranks.end == end && award.is_for(category)).collect();
            ranges.sort_by_key(|award| (award.ranks.from, award.place));
            check_end(&ranges, end, problems);
        }
    }
}

/// The ranges that are counted from one end, nearest first.
fn check_end(ranges: &[&Award], end: End, problems: &mut Problems) {
    let mut next = 1;
    let mut before: Option<&Award> = None;
    for award in ranges {
        let AwardRanks { from, to, .. } = award.ranks;
        if let Some(before) = before.filter(|_| from < next) {
            problems.add(Diagnostic::new(AWARD_OVERLAP, award.place).with("rank", from).and(before.place));
        } else if from > next {
            let last = from - 1;
            let hole = if last == next { next.to_string() } else { format!("{next}–{last}") };
            let counted = if end == End::First { "rank-from-first" } else { "rank-from-last" };
            let problem = Diagnostic::new(AWARD_HOLE, award.place).with("ranks", hole);
            problems.add(problem.with_word("counted", counted));
        }
        if to >= next {
            next = to.saturating_add(1);
            before = Some(award);
        }
    }
}

/// Every award's category is one of the ranking's; `within` says whether units are ranked by category.
pub(super) fn check_categories(awards: &[Award], within: bool, known: &[String], problems: &mut Problems) {
    for category in awards.iter().filter_map(|award| award.category.as_ref()) {
        if !within {
            problems.add(Diagnostic::new(AWARD_CATEGORY, category.place).with("category", &category.value));
        } else {
            check_category(category, known, problems);
        }
    }
}

/// A category that the content names is one of the table's.
pub(super) fn check_category(category: &Located<String>, known: &[String], problems: &mut Problems) -> bool {
    let found = known.contains(&category.value);
    if !found {
        let mut problem = Diagnostic::new(UNKNOWN_CATEGORY, category.place).with("category", &category.value);
        if let Some(near) = nearest(&category.value, known.iter().map(String::as_str)) {
            problem = problem.with("near", near);
        }
        problems.add(problem);
    }
    found
}
