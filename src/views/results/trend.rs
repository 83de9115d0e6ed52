//! How figures went over the publications of a series.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::board::AreaOnBoard;
use crate::kinds::results::{Body, PublishedResult, Ranking, Tally, compared};
use crate::values::Figure;

/// The most publications that are shown.
const MOST_PERIODS: usize = 12;
/// The most rows that are shown.
const MOST_ROWS: usize = 60;
/// Width and height of a line, in units of its own.
const SIZE: (u32, u32) = (120, 24);

/// Figures over the publications of a series, the oldest first.
#[derive(Clone, Debug, Serialize)]
pub struct TrendView {
    /// The periods, as the contract writes them.
    pub periods: Vec<String>,
    /// The rows.
    pub rows: Vec<TrendRow>,
}

/// The figures of one unit, or of one count.
#[derive(Clone, Debug, Serialize)]
pub struct TrendRow {
    /// Whose.
    pub title: String,
    /// By period.
    pub cells: Vec<TrendCell>,
    /// The points of a line through them, `x,y` with blanks between; empty for less than two.
    pub points: String,
}

/// A figure in one period.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TrendCell {
    /// The period.
    pub period: String,
    /// The figure; `None` where there is none.
    pub figure: Option<String>,
    /// The rank, in a ranking.
    pub rank: Option<u32>,
}

/// The publications of the result's series up to it, the oldest first; none where it is alone.
fn so_far<'b>(area: &'b AreaOnBoard, result: &PublishedResult) -> Vec<&'b PublishedResult> {
    let Some(series) = &result.series else { return Vec::new() };
    let same = |other: &&PublishedResult| {
        other.series.as_ref().is_some_and(|own| own.value == series.value)
            && other.kind() == result.kind()
            && other.period.span() == result.period.span()
            && other.period.first_day() <= result.period.first_day()
            && other.date <= result.date
    };
    let mut found: Vec<&PublishedResult> =
        area.results.iter().map(|on_board| &on_board.result).filter(same).collect();
    found.sort_by_key(|other| std::cmp::Reverse(other.period));
    found.truncate(MOST_PERIODS);
    found.reverse();
    if found.len() < 2 { Vec::new() } else { found }
}

/// The scores and ranks of the units of a ranking.
pub(super) fn of_ranking(
    area: &AreaOnBoard,
    result: &PublishedResult,
    ranking: &Ranking,
) -> Option<TrendView> {
    let results = so_far(area, result);
    if results.is_empty() || ranking.units.len() > MOST_ROWS {
        return None;
    }
    let row = |name: &str| {
        let found = results.iter().map(|result| {
            let units = result.ranking().map(|ranking| ranking.units.as_slice()).unwrap_or_default();
            units.iter().find(|unit| compared(&unit.name) == compared(name))
        });
        let found: Vec<_> = found.collect();
        let figures = found.iter().map(|unit| unit.map(|unit| unit.score.value));
        let ranks = found.iter().map(|unit| unit.map(|unit| unit.standing.rank));
        (name.to_owned(), figures.collect::<Vec<_>>(), ranks.collect::<Vec<_>>())
    };
    let rows: Vec<_> = ranking.units.iter().map(|unit| row(&unit.name)).collect();
    let scale = Scale::of(rows.iter().flat_map(|(_, figures, _)| figures));
    Some(view(&results, rows.into_iter().map(|(title, figures, ranks)| (title, figures, ranks, scale))))
}

/// The counts and rates of all units of a tally together.
pub(super) fn of_tally(area: &AreaOnBoard, result: &PublishedResult, tally: &Tally) -> Option<TrendView> {
    let results = so_far(area, result);
    if results.is_empty() {
        return None;
    }
    let tallies: Vec<Option<&Tally>> = results
        .iter()
        .map(|result| match &result.body {
            Body::Tally(tally) => Some(tally),
            _ => None,
        })
        .collect();
    let counts = tally.columns.iter().map(|title| {
        let count = |tally: &Option<&Tally>| {
            let tally = (*tally)?;
            tally.total.counts.get(tally.columns.iter().position(|known| known == title)?).copied()
        };
        (title.clone(), tallies.iter().map(count).collect::<Vec<_>>())
    });
    let rates = tally.rates.iter().map(|rule| {
        let rate = |tally: &Option<&Tally>| {
            let tally = (*tally)?;
            let index = tally.rates.iter().position(|known| known.title == rule.title)?;
            tally.total.rates.get(index).copied().flatten().map(|rate| rate.percent)
        };
        (format!("{}（%）", rule.title), tallies.iter().map(rate).collect::<Vec<_>>())
    });
    let rows: Vec<_> = counts.chain(rates).collect();
    let rows = rows.into_iter().map(|(title, figures)| {
        let scale = Scale::of(&figures);
        let ranks = vec![None; figures.len()];
        (title, figures, ranks, scale)
    });
    Some(view(&results, rows))
}

type Row = (String, Vec<Option<Decimal>>, Vec<Option<u32>>, Scale);

fn view(results: &[&PublishedResult], rows: impl Iterator<Item = Row>) -> TrendView {
    let periods: Vec<String> = results.iter().map(|result| result.period.to_string()).collect();
    let row = |(title, figures, ranks, scale): Row| TrendRow {
        title,
        points: scale.points(&figures),
        cells: periods
            .iter()
            .zip(figures)
            .zip(ranks)
            .map(|((period, figure), rank)| TrendCell {
                period: period.clone(),
                figure: figure.map(|figure| Figure(figure).to_string()),
                rank,
            })
            .collect(),
    };
    let rows = rows.map(row).collect();
    TrendView { periods, rows }
}

/// From which figure to which a line goes.
#[derive(Clone, Copy)]
struct Scale {
    least: Decimal,
    most: Decimal,
}

impl Scale {
    fn of<'f>(figures: impl IntoIterator<Item = &'f Option<Decimal>> + Clone) -> Self {
        let known = || figures.clone().into_iter().copied().flatten();
        Self { least: known().min().unwrap_or_default(), most: known().max().unwrap_or_default() }
    }

    /// The points of the line through `figures`, higher figures higher up.
    fn points(self, figures: &[Option<Decimal>]) -> String {
        let (width, height) = SIZE;
        let steps = u32::try_from(figures.len().saturating_sub(1)).unwrap_or(1).max(1);
        let point = |(index, figure): (u32, &Option<Decimal>)| {
            let figure = (*figure)?;
            let span = self.most.checked_sub(self.least).filter(|span| !span.is_zero());
            let part = span.and_then(|span| figure.checked_sub(self.least)?.checked_div(span));
            let part = part.unwrap_or(Decimal::new(5, 1));
            // Two units stay free at either edge, so that the line is not cut.
            let inside = Decimal::from(height - 4);
            let y = (Decimal::from(height - 2) - part.checked_mul(inside)?).round().to_u32()?;
            Some(format!("{},{y}", 2 + index * (width - 4) / steps))
        };
        let points: Vec<String> = (0..).zip(figures).filter_map(point).collect();
        if points.len() < 2 { String::new() } else { points.join(" ") }
    }
}
