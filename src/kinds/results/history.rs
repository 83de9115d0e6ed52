//! Earlier publications of an area: what streaks, means over a series and changes are computed from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::rows::compared;
use super::standings::Standing;
use super::tally::Tally;
use super::{Body, PublishedResult, RankedUnit};
use crate::calendar::ReportingPeriod;

/// The publications that are read before another one of the same area: all that it can be computed from.
#[derive(Clone, Copy)]
pub(super) struct Earlier<'r> {
    /// In the order in which they were read: by the last day of their period.
    pub(super) results: &'r [PublishedResult],
    pub(super) period: Option<ReportingPeriod>,
    pub(super) date: Option<NaiveDate>,
    /// Whether one of them could not be read, so that nothing can be said to be missing.
    pub(super) incomplete: bool,
}

/// One publication of a series, its units by their names as they are compared.
type Publication<'r> = (ReportingPeriod, BTreeMap<String, &'r RankedUnit>);

/// The rankings of one series, the newest first.
pub(super) struct History<'r> {
    publications: Vec<Publication<'r>>,
}

impl<'r> Earlier<'r> {
    /// The publications of a series, published no later than this one, the newest first.
    fn of_series(self, series: &str) -> impl Iterator<Item = &'r PublishedResult> {
        let published = move |result: &&PublishedResult| self.date.is_none_or(|date| result.date <= date);
        let is_of = {
            let series = series.to_owned();
            move |result: &&PublishedResult| result.series.as_ref().is_some_and(|own| own.value == series)
        };
        self.results.iter().rev().filter(is_of).filter(published)
    }

    /// The rankings of this one's own series before it.
    pub(super) fn before(self, series: Option<&str>) -> History<'r> {
        let earlier = |result: &&PublishedResult| {
            self.period.is_some_and(|period| {
                result.period.span() == period.span() && result.period.first_day() < period.first_day()
            })
        };
        let results = series.into_iter().flat_map(|series| self.of_series(series)).filter(earlier);
        History { publications: results.filter_map(publication).collect() }
    }

    /// The rankings of another series in this one's period.
    pub(super) fn within(self, series: &str) -> History<'r> {
        let inside =
            |result: &&PublishedResult| self.period.is_some_and(|period| period.covers(&result.period));
        let results = self.of_series(series).filter(inside);
        History { publications: results.filter_map(publication).collect() }
    }

    /// The tally of a series for the period before this one's.
    pub(super) fn tally_before(self, series: &str) -> Option<&'r Tally> {
        let previous = self.period?.previous()?;
        let before = self.of_series(series).find(|result| result.period == previous)?;
        match &before.body {
            Body::Tally(tally) => Some(tally),
            _ => None,
        }
    }
}

fn publication(result: &PublishedResult) -> Option<Publication<'_>> {
    let units = result.ranking()?.units.iter();
    Some((result.period, units.map(|unit| (compared(&unit.name), unit)).collect()))
}

impl History<'_> {
    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.publications.is_empty()
    }

    /// Where a unit stood, the newest first; `None` where it was not ranked.
    pub(super) fn standings(&self, unit: &str) -> impl Iterator<Item = (ReportingPeriod, Option<Standing>)> {
        let unit = compared(unit);
        let standing =
            move |(period, units): &Publication<'_>| (*period, units.get(&unit).map(|unit| unit.standing));
        self.publications.iter().map(standing)
    }

    /// The scores of a unit, the oldest first.
    pub(super) fn scores(&self, unit: &str) -> Vec<Decimal> {
        let unit = compared(unit);
        let found = self.publications.iter().rev().filter_map(|(_, units)| units.get(&unit));
        found.map(|unit| unit.score.value).collect()
    }
}
