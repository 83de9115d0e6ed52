//! Results that exist on the day, with the areas that their units are.

use chrono::NaiveDate;

use super::Changes;
use crate::kinds::places::Places;
use crate::kinds::results::{PublishedResult, RankedUnit};

/// A result on the board.
#[derive(Debug)]
pub struct ResultOnBoard {
    /// The result; its units stand by category, rank, order of areas, and name.
    pub result: PublishedResult,
    /// The area that each unit is, in the order of the units.
    areas: Vec<Option<usize>>,
}

impl ResultOnBoard {
    /// The units in their order, each with the index of the area it is.
    pub fn units(&self) -> impl Iterator<Item = (&RankedUnit, Option<usize>)> {
        self.result.ranking.units.iter().zip(self.areas.iter().copied())
    }
}

/// The results of the area with index `area` that exist on `day`: the newest first, then by name.
pub(super) fn resolve(
    all: Vec<PublishedResult>,
    area: usize,
    places: &Places,
    day: NaiveDate,
    changes: &mut Changes,
) -> Vec<ResultOnBoard> {
    for result in &all {
        changes.on(Some(result.date));
    }
    let published = all.into_iter().filter(|result| result.is_published(day));
    let mut results: Vec<ResultOnBoard> = published.map(|result| with_areas(result, area, places)).collect();
    results.sort_by(|a, b| {
        let (a, b) = (&a.result, &b.result);
        b.date.cmp(&a.date).then_with(|| b.period.cmp(&a.period)).then_with(|| a.name.cmp(&b.name))
    });
    results
}

fn with_areas(mut result: PublishedResult, area: usize, places: &Places) -> ResultOnBoard {
    let units = std::mem::take(&mut result.ranking.units);
    let mut placed: Vec<(Option<usize>, RankedUnit)> =
        units.into_iter().map(|unit| (places.area_named(area, &unit.name), unit)).collect();
    // Areas stand in the order of the tree; units that are none come after them.
    let order = |area: &Option<usize>| area.unwrap_or(usize::MAX);
    placed.sort_by(|(a_area, a), (b_area, b)| {
        let rank = |unit: &RankedUnit| (unit.category, unit.standing.rank);
        rank(a).cmp(&rank(b)).then(order(a_area).cmp(&order(b_area))).then_with(|| a.name.cmp(&b.name))
    });
    let (areas, units) = placed.into_iter().unzip();
    result.ranking.units = units;
    ResultOnBoard { result, areas }
}
