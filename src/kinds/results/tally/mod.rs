//! A tally: counts by unit, and the rates they make.

mod layout;
mod rows;
pub(super) mod terms;

use std::ops::Range;

use rust_decimal::Decimal;

use super::awards;
use super::counts::check_listed;
use super::exact::Exact;
use super::finder;
use super::history::Earlier;
use super::ranking::SCORE_TOO_LONG;
use super::rows::compared;
use super::summed::Summed;
use crate::calendar::ReportingPeriod;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::Reading;
use layout::Columns;
use rows::{CountedRow, Stated};
use terms::TallyTerms;
pub use terms::{RateRule, Target};

const RATE_OVER_WHOLE: Code = Code::error("rate-over-whole");
const RATE_DIFFERS: Code = Code::error("rate-differs");
const CHANGE_DIFFERS: Code = Code::error("change-differs");
const CHANGE_WITHOUT_BASE: Code = Code::error("change-without-base");

/// A tally.
#[derive(Clone, Debug)]
pub struct Tally {
    /// What units are called: the heading of their column.
    pub unit_title: String,
    /// The heading of the category column, where there is one.
    pub category_title: Option<String>,
    /// The headings of the counted columns.
    pub columns: Vec<String>,
    /// The rates.
    pub rates: Vec<RateRule>,
    /// The targets, with the index of the counted column of each.
    pub targets: Vec<(Target, usize)>,
    /// The headings of further columns.
    pub extra: Vec<String>,
    /// The categories, in the order of the table.
    pub categories: Vec<String>,
    /// The units, in the order of the table.
    pub units: Vec<Tallied>,
    /// All units together.
    pub total: Tallied,
    /// The period that changes are counted from, where its tally is on the board.
    pub compared_with: Option<ReportingPeriod>,
}

/// The counts of one unit, or of all.
#[derive(Clone, Debug)]
pub struct Tallied {
    /// Its name; empty for all.
    pub name: String,
    /// Its category, as an index.
    pub category: Option<usize>,
    /// By counted column.
    pub counts: Vec<Decimal>,
    /// By rate; `None` where there is nothing to take a part of.
    pub rates: Vec<Option<RateOf>>,
    /// By target: whether it is met; `None` where it is not for this unit.
    pub met: Vec<Option<bool>>,
    /// By counted column: the change on the period before; `None` without one.
    pub changes: Vec<Option<Change>>,
    /// What stands in the further columns.
    pub extra: Vec<String>,
    /// Where it is written.
    pub place: Place,
}

/// A rate of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateOf {
    /// In percent, rounded.
    pub percent: Decimal,
    /// Whether it is what is required; `None` when nothing is.
    pub met: Option<bool>,
}

/// How a count has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was.
    pub base: Decimal,
    /// By how much it has changed.
    pub difference: Decimal,
    /// By how many percent, to one place; `None` when it was nothing.
    pub percent: Option<Decimal>,
}

/// Reads the table of a tally; `None` when it cannot be computed, which has been reported.
pub(super) fn read(terms: &TallyTerms, earlier: Earlier<'_>, reading: &mut Reading<'_>) -> Option<Tally> {
    let file = reading.beside(terms.head.table.as_ref()?)?;
    let known = layout::known(terms);
    let expected = layout::expected(terms);
    let sheet = finder::sheet(file, &terms.head, &known, &expected, reading)?;
    let problems = &mut reading.problems;
    let columns = layout::find(terms, &sheet, file, problems)?;
    let rows = rows::read(&sheet, &columns, problems);
    if !rows.complete {
        return None;
    }
    let counted = rows.units.iter().map(|unit| (unit.category, unit.place));
    let has_categories = columns.category.is_some();
    check_listed(terms.head.count.as_ref(), has_categories, &rows.categories, counted, problems);
    let categories = terms.targets.iter().flatten().filter_map(|target| target.category.as_ref());
    for category in categories {
        awards::check_category(category, &rows.categories, problems);
    }
    let series = terms.head.series.as_ref();
    let before = series.and_then(|series| earlier.tally_before(&series.value));
    let computer = Computer { terms, columns: &columns, categories: &rows.categories, before };
    let units: Vec<Option<Tallied>> =
        rows.units.iter().map(|row| computer.unit(row, earlier.incomplete, problems)).collect();
    let units: Vec<Tallied> = units.into_iter().collect::<Option<_>>()?;
    let total = computer.total(&rows.units, problems)?;
    check_totals(&rows, &computer, problems);
    let compared_with = before.and(earlier.period).and_then(|period| period.previous());
    let titles =
        |columns: &[super::finder::Named]| columns.iter().map(|column| column.title.clone()).collect();
    Some(Tally {
        unit_title: columns.unit.title.clone(),
        category_title: columns.category.as_ref().map(|category| category.title.clone()),
        columns: titles(&columns.counts),
        rates: terms.rates.clone()?,
        targets: terms.targets.clone()?.into_iter().zip(columns.targets.iter().copied()).collect(),
        extra: titles(&columns.extra),
        categories: rows.categories.clone(),
        units,
        total,
        compared_with,
    })
}

/// Compares the rows that add up others, and the rates they state.
fn check_totals(rows: &rows::CountedRows, computer: &Computer<'_>, problems: &mut Problems) {
    let placed: Vec<(usize, Summed)> = rows.totals.iter().map(|(above, of, _)| (*above, *of)).collect();
    let ranges = Summed::ranges(&placed, rows.units.len());
    for ((_, of, row), ranges) in rows.totals.iter().zip(ranges) {
        let before = problems.len();
        for ((index, stated), column) in row.sums.iter().enumerate().zip(&computer.columns.counts) {
            let count = |row: &CountedRow| row.counts.get(index).copied();
            let cells =
                |range: &Range<usize>| rows.units.get(range.clone()).unwrap_or_default().iter().map(count);
            if let Some(stated) = stated {
                of.check(stated, &column.title, ranges.iter().map(cells), problems);
            }
        }
        let whole = ranges.first().cloned().and_then(|range| rows.units.get(range)).unwrap_or_default();
        let counts = computer.sums(&whole.iter().collect::<Vec<_>>());
        // Rates of a wrong sum are wrong with it.
        if let Some(counts) = counts.filter(|_| problems.len() == before) {
            computer.check_rates(row, &counts, &row.name, problems);
            computer.check_changes(row, &counts, &computer.bases(None), problems);
        }
    }
}

fn sum_of(mut numbers: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    numbers.try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// What is needed to compute a row.
struct Computer<'t> {
    terms: &'t TallyTerms,
    columns: &'t Columns,
    categories: &'t [String],
    before: Option<&'t Tally>,
}

impl Computer<'_> {
    fn unit(&self, row: &CountedRow, incomplete: bool, problems: &mut Problems) -> Option<Tallied> {
        let bases = self.bases(Some(&row.name));
        self.check_rates(row, &row.counts, &row.name, problems);
        if !incomplete || self.before.is_some() {
            self.check_changes(row, &row.counts, &bases, problems);
        }
        let category = row.category.and_then(|category| self.categories.get(category));
        let met = |(target, column): (&Target, &usize)| {
            let is_for = target.category.as_ref().is_none_or(|own| Some(&own.value) == category);
            is_for.then(|| row.counts.get(*column).is_some_and(|count| *count >= target.at_least))
        };
        let targets = self.terms.targets.iter().flatten().zip(&self.columns.targets);
        Some(Tallied {
            name: row.name.clone(),
            category: row.category,
            rates: self.rates(row, &row.counts, problems)?,
            met: targets.map(met).collect(),
            changes: changes(&row.counts, &bases),
            counts: row.counts.clone(),
            extra: row.extra.clone(),
            place: row.place,
        })
    }

    /// All units together.
    fn total(&self, units: &[CountedRow], problems: &mut Problems) -> Option<Tallied> {
        let first = units.first()?;
        let Some(counts) = self.sums(&units.iter().collect::<Vec<_>>()) else {
            problems.add(Diagnostic::new(SCORE_TOO_LONG, first.place).with("unit", &first.name));
            return None;
        };
        let rates = self.terms.rates.iter().flatten().zip(&self.columns.rates);
        Some(Tallied {
            name: String::new(),
            category: None,
            rates: rates.map(|(rule, columns)| rate_of(rule, columns, &counts)).collect(),
            met: Vec::new(),
            changes: changes(&counts, &self.bases(None)),
            counts,
            extra: Vec::new(),
            place: first.place,
        })
    }

    fn sums(&self, rows: &[&CountedRow]) -> Option<Vec<Decimal>> {
        let sum = |index: usize| sum_of(rows.iter().filter_map(|row| row.counts.get(index).copied()));
        (0..self.columns.counts.len()).map(sum).collect()
    }

    /// The rates of a row; `None` when a part is more than the whole.
    fn rates(
        &self,
        row: &CountedRow,
        counts: &[Decimal],
        problems: &mut Problems,
    ) -> Option<Vec<Option<RateOf>>> {
        let mut rates = Vec::with_capacity(self.columns.rates.len());
        for (rule, columns) in self.terms.rates.iter().flatten().zip(&self.columns.rates) {
            let (part, whole) = columns.of(counts)?;
            if part > whole {
                let problem = Diagnostic::new(RATE_OVER_WHOLE, row.place).with("unit", &row.name);
                let problem = problem.with("rate", &rule.title).with("part", part);
                problems.add(problem.with("over", &rule.over.value).with("whole", whole));
                return None;
            }
            rates.push(rate_of(rule, columns, counts));
        }
        Some(rates)
    }

    /// Compares stated rates at their own digits.
    fn check_rates(&self, row: &CountedRow, counts: &[Decimal], name: &str, problems: &mut Problems) {
        let rules = self.terms.rates.iter().flatten().zip(&self.columns.rates);
        for ((rule, columns), stated) in rules.zip(&row.rates) {
            let (Some(stated), Some((part, whole))) = (stated, columns.of(counts)) else { continue };
            if part > whole {
                continue;
            }
            let exact = percent(part, whole);
            let computed = exact.and_then(|exact| exact.rounded(stated.number.scale()));
            if computed != Some(stated.number) {
                let mut problem = Diagnostic::new(RATE_DIFFERS, stated.place).with("unit", name);
                problem = problem.with("rate", &rule.title).with("part", part).with("whole", whole);
                let shown = exact.and_then(|exact| exact.rounded(stated.number.scale().max(rule.places)));
                let shown = shown.map_or_else(|| "—".to_owned(), |shown| shown.to_string());
                problem = problem.with("computed", shown);
                problems.add(problem.with("stated", stated.number));
            }
        }
    }

    /// The counts of the period before, by counted column: of a unit, or of all.
    fn bases(&self, unit: Option<&str>) -> Vec<Option<Decimal>> {
        let before = self.before.and_then(|before| match unit {
            Some(name) => {
                Some((before, before.units.iter().find(|unit| compared(&unit.name) == compared(name))?))
            }
            None => Some((before, &before.total)),
        });
        let base = |title: &String| {
            let (before, unit) = before?;
            unit.counts.get(before.columns.iter().position(|known| known == title)?).copied()
        };
        self.columns.counts.iter().map(|column| base(&column.title)).collect()
    }

    /// Compares stated changes: those with a percent sign are percents, others differences.
    fn check_changes(
        &self,
        row: &CountedRow,
        counts: &[Decimal],
        bases: &[Option<Decimal>],
        problems: &mut Problems,
    ) {
        for ((_, column), stated) in self.columns.changes.iter().zip(&row.changes) {
            let Some(stated) = stated else { continue };
            let base = bases.get(*column).copied().flatten();
            let found = base.zip(counts.get(*column).copied());
            let base = found.map(|(base, _)| base).filter(|base| !stated.percent || !base.is_zero());
            let title = self.columns.counts.get(*column).map_or("", |column| column.title.as_str());
            let Some((base, (_, count))) = base.zip(found) else {
                let problem = Diagnostic::new(CHANGE_WITHOUT_BASE, stated.place).with("unit", &row.name);
                problems.add(problem.with("column", title));
                continue;
            };
            let computed = computed_change(count, base, stated);
            if computed != Some(stated.number) {
                let mut problem = Diagnostic::new(CHANGE_DIFFERS, stated.place).with("unit", &row.name);
                problem = problem.with("column", title).with("base", base).with("count", count);
                if let Some(computed) = computed {
                    let sign = if stated.percent { "%" } else { "" };
                    problem = problem.with("computed", format!("{computed}{sign}"));
                }
                problems.add(problem.with("stated", &stated.written));
            }
        }
    }
}

fn computed_change(count: Decimal, base: Decimal, stated: &Stated) -> Option<Decimal> {
    let difference = Exact::from(count).minus(Exact::from(base))?;
    if !stated.percent {
        return difference.rounded(count.scale().max(base.scale()));
    }
    let hundred = Exact::from(Decimal::ONE_HUNDRED);
    difference.divided_by(Exact::from(base))?.times(hundred)?.rounded(stated.number.scale())
}

fn changes(counts: &[Decimal], bases: &[Option<Decimal>]) -> Vec<Option<Change>> {
    let change = |(count, base): (&Decimal, &Option<Decimal>)| {
        let base = (*base)?;
        let difference = count.checked_sub(base)?;
        let share = Exact::from(difference).divided_by(Exact::from(base));
        let percent = share.and_then(|share| share.times(Exact::from(Decimal::ONE_HUNDRED)));
        Some(Change { base, difference, percent: percent.and_then(|percent| percent.rounded(1)) })
    };
    counts.iter().zip(bases).map(change).collect()
}

/// Part of whole in percent; `None` of nothing.
fn percent(part: Decimal, whole: Decimal) -> Option<Exact> {
    Exact::from(part).divided_by(Exact::from(whole))?.times(Exact::from(Decimal::ONE_HUNDRED))
}

fn rate_of(rule: &RateRule, columns: &layout::RateColumns, counts: &[Decimal]) -> Option<RateOf> {
    let (part, whole) = columns.of(counts)?;
    let exact = percent(part, whole)?;
    let reaches = |least: Decimal| exact.compare(Exact::from(least)).map(std::cmp::Ordering::is_ge);
    Some(RateOf { percent: exact.rounded(rule.places)?, met: rule.at_least.and_then(reaches) })
}
