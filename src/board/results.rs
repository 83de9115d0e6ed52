//! Results that exist on the day, with the areas that their units are.

use chrono::NaiveDate;

use super::{AreaOnBoard, Changes, LinkTargets};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::notices::markdown::Destination;
use crate::kinds::places::Places;
use crate::kinds::results::{Body, Ledger, PublishedResult, RankedUnit, Ranking, Step, Tally, compared};

const UNIT_NO_AREA: Code = Code::warning("unit-no-area");
const PUBLIC_PAGE_NOWHERE: Code = Code::error("public-page-nowhere");
const TALLY_SUM_DIFFERS: Code = Code::error("tally-sum-differs");

/// Headings of columns whose units are areas.
const AREAS_MEANT: [&str; 4] = ["村", "村别", "村居", "街道"];

/// A result on the board.
#[derive(Debug)]
pub struct ResultOnBoard {
    /// The result; units of a ranking stand by category, rank, order of areas, and name.
    pub result: PublishedResult,
    /// The area that each unit is, in the order of the units.
    pub areas: Vec<Option<usize>>,
    /// Of a ledger: where each item was publicised, as a path from the published folder's root.
    pub pages: Vec<Option<String>>,
}

impl ResultOnBoard {
    /// The units of a ranking in their order, each with the index of the area it is.
    pub fn units(&self) -> impl Iterator<Item = (&RankedUnit, Option<usize>)> {
        let units = self.result.ranking().map(|ranking| ranking.units.as_slice()).unwrap_or_default();
        units.iter().zip(self.areas.iter().copied())
    }
}

/// What results are resolved with.
#[derive(Clone, Copy)]
pub(super) struct Grounds<'b> {
    pub(super) places: &'b Places,
    pub(super) targets: &'b LinkTargets,
    pub(super) day: NaiveDate,
}

impl Grounds<'_> {
    /// The results of the area with index `area` that exist on the day: the newest first, then by name.
    pub(super) fn resolve(
        self,
        all: Vec<PublishedResult>,
        (area, path): (usize, &str),
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Vec<ResultOnBoard> {
        let mut results = Vec::with_capacity(all.len());
        for result in all {
            changes.on(Some(result.date));
            let published = result.is_published(self.day);
            let on_board = self.with_areas(result, area, path, problems);
            if let Body::Ledger(ledger) = &on_board.result.body {
                note_changes(ledger, changes);
            }
            if published {
                results.push(on_board);
            }
        }
        results.sort_by(|a, b| {
            let (a, b) = (&a.result, &b.result);
            b.date.cmp(&a.date).then_with(|| b.period.cmp(&a.period)).then_with(|| a.name.cmp(&b.name))
        });
        results
    }

    fn with_areas(
        self,
        mut result: PublishedResult,
        area: usize,
        path: &str,
        problems: &mut Problems,
    ) -> ResultOnBoard {
        let (mut areas, mut pages) = (Vec::new(), Vec::new());
        match &mut result.body {
            Body::Ranking(ranking) => areas = self.place_units(ranking, area),
            Body::Survey(survey) => areas = self.place_units(&mut survey.ranking, area),
            Body::Tally(tally) => {
                let area_of = |name: &str| self.places.area_named(area, name);
                areas = tally.units.iter().map(|unit| area_of(&unit.name)).collect();
            }
            Body::Ledger(ledger) => pages = self.public_pages(ledger, path, problems),
        }
        self.check_areas(&result, &areas, problems);
        ResultOnBoard { result, areas, pages }
    }

    /// Sorts the units of a ranking, and finds the area that each is.
    fn place_units(self, ranking: &mut Ranking, area: usize) -> Vec<Option<usize>> {
        let units = std::mem::take(&mut ranking.units).into_iter();
        let mut placed: Vec<(Option<usize>, RankedUnit)> =
            units.map(|unit| (self.places.area_named(area, &unit.name), unit)).collect();
        // Areas stand in the order of the tree; units that are none come after them.
        let order = |area: &Option<usize>| area.unwrap_or(usize::MAX);
        placed.sort_by(|(a_area, a), (b_area, b)| {
            let rank = |unit: &RankedUnit| (unit.category, unit.standing.rank);
            rank(a).cmp(&rank(b)).then(order(a_area).cmp(&order(b_area))).then_with(|| a.name.cmp(&b.name))
        });
        let (areas, units) = placed.into_iter().unzip();
        ranking.units = units;
        areas
    }

    /// Where the units are areas, one that is none may be a slip.
    fn check_areas(self, result: &PublishedResult, areas: &[Option<usize>], problems: &mut Problems) {
        let (title, units): (&str, Vec<_>) = match &result.body {
            Body::Tally(tally) => {
                (&tally.unit_title, tally.units.iter().map(|unit| (&unit.name, unit.place)).collect())
            }
            _ => match result.ranking() {
                Some(ranking) => {
                    let units = ranking.units.iter().map(|unit| (&unit.name, unit.place));
                    (&ranking.unit_title, units.collect())
                }
                None => return,
            },
        };
        // A board may hold some of the villages only; most of them say that all are meant to be there.
        let known = areas.iter().flatten().count();
        if !AREAS_MEANT.contains(&title) || 2 * known <= areas.len() {
            return;
        }
        for ((name, place), _) in units.into_iter().zip(areas).filter(|(_, area)| area.is_none()) {
            problems.add(Diagnostic::new(UNIT_NO_AREA, place).with("unit", name));
        }
    }

    /// Where the items of a ledger were publicised: pages of the board that exist.
    fn public_pages(self, ledger: &Ledger, path: &str, problems: &mut Problems) -> Vec<Option<String>> {
        let mut page = |item: &crate::kinds::results::LedgerItem| {
            let written = item.page.as_ref()?;
            match self.targets.find(path, &written.value) {
                Destination::Inside(page) => item.done(Step::Publicised, self.day).map(|_| page),
                Destination::Outside | Destination::NotYet => None,
                Destination::Nowhere | Destination::NotAllowed => {
                    let problem = Diagnostic::new(PUBLIC_PAGE_NOWHERE, written.place);
                    problems.add(problem.with("page", &written.value).with("number", &item.number));
                    None
                }
            }
        };
        ledger.items.iter().map(&mut page).collect()
    }
}

/// A ledger changes when a step is done, and when a deadline passes.
fn note_changes(ledger: &Ledger, changes: &mut Changes) {
    for item in &ledger.items {
        changes.on(item.received);
        for step in item.steps {
            changes.on(step);
        }
        changes.day_after(item.deadline);
    }
}

/// A tally of an area is the sum of those of the areas in it, of the same series and period: row by row where it
/// lists them, in all where it does not and all of them have one.
pub(super) fn check_tallies(areas: &[AreaOnBoard], problems: &mut Problems) {
    for area in areas {
        for on_board in &area.results {
            if let Body::Tally(tally) = &on_board.result.body {
                check_tally(areas, area, on_board, tally, problems);
            }
        }
    }
}

fn check_tally(
    areas: &[AreaOnBoard],
    area: &AreaOnBoard,
    on_board: &ResultOnBoard,
    tally: &Tally,
    problems: &mut Problems,
) {
    let Some(series) = &on_board.result.series else { return };
    let of_child = |child: &usize| {
        let results = areas.get(*child)?.results.iter().map(|on_board| &on_board.result);
        let mut same = results.filter(|result| {
            result.period == on_board.result.period
                && result.series.as_ref().is_some_and(|own| own.value == series.value)
        });
        same.find_map(|result| match &result.body {
            Body::Tally(tally) => Some((*child, tally)),
            _ => None,
        })
    };
    let children: Vec<(usize, &Tally)> = area.children.iter().filter_map(of_child).collect();
    let mut listed = false;
    for (unit, index) in tally.units.iter().zip(&on_board.areas) {
        if let Some((_, below)) = children.iter().find(|(child, _)| Some(*child) == *index) {
            listed = true;
            for (column, count) in tally.columns.iter().zip(&unit.counts) {
                if let Some(sum) = count_in(below, column).filter(|sum| sum != count) {
                    let problem = Diagnostic::new(TALLY_SUM_DIFFERS, unit.place).with("unit", &unit.name);
                    problems.add(problem.with("column", column).with("stated", count).with("computed", sum));
                }
            }
        }
    }
    if listed || children.is_empty() || children.len() < area.children.len() {
        return;
    }
    for (column, count) in tally.columns.iter().zip(&tally.total.counts) {
        let counts = children.iter().map(|(_, below)| count_in(below, column));
        let sum = counts.sum::<Option<rust_decimal::Decimal>>();
        if let Some(sum) = sum.filter(|sum| sum != count) {
            let problem = Diagnostic::new(TALLY_SUM_DIFFERS, tally.total.place);
            let problem = problem.with("unit", &area.area.name).with("column", column);
            problems.add(problem.with("stated", count).with("computed", sum));
        }
    }
}

/// What a tally counts in all in a column; `None` where it has no such column.
fn count_in(tally: &Tally, column: &str) -> Option<rust_decimal::Decimal> {
    let index = tally.columns.iter().position(|known| compared(known) == compared(column))?;
    tally.total.counts.get(index).copied()
}
