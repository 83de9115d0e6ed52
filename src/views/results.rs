//! Results: the page of a ranking, and what area pages say of the latest ones.

mod common;
mod ledger;
mod rules;
mod survey;
mod tally;
mod trend;

use chrono::NaiveDate;
use serde::Serialize;

pub use common::{ResultHead, Turn, folder_of_page};
pub use ledger::{ItemView, LedgerView, StepView, ledger};
pub use rules::{AwardView, BandView, StreakView};
pub use survey::{GroupView, LevelView, SurveyView};
pub use tally::{TallyRow, TallyView, tally};
pub use trend::{TrendCell, TrendRow, TrendView};

use super::frame::{Link, link_to_area, page_address};
use crate::board::{AreaOnBoard, Board, ResultOnBoard};
use crate::kinds::results::{Body, PublishedResult, RankedUnit, Ranking, Ties};

/// How many of its own results an area's page shows.
const MOST_OWN: usize = 5;
/// How many results of the areas above it an area's page shows.
const MOST_ABOVE: usize = 3;
/// How many of those who share the first rank a page opens with.
const MOST_FIRST: usize = 5;

/// A result in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ResultLink {
    /// Title.
    pub title: String,
    /// Its page.
    pub address: String,
    /// Day of publication.
    pub date: NaiveDate,
    /// What time it is about, as the contract writes it: `2026-Q3`.
    pub period: String,
    /// Its kind: `ranking`, `survey`, `tally`, `ledger`.
    pub kind: &'static str,
}

/// Where an area stands in a result.
#[derive(Clone, Debug, Serialize)]
pub struct OwnRank {
    /// Its name there.
    pub unit: String,
    /// The category it is ranked in, where those are apart.
    pub category: Option<String>,
    /// Its rank.
    pub rank: u32,
    /// How many have this rank, itself included.
    pub sharing: u32,
    /// How many units are ranked together.
    pub of: usize,
    /// Its score.
    pub score: String,
    /// What it gets, or pays when below zero.
    pub award: Option<String>,
    /// What its score is called.
    pub band: Option<String>,
    /// What follows from its ranks in several publications.
    pub streak: Option<String>,
}

/// A result that an area's page tells of.
#[derive(Clone, Debug, Serialize)]
pub struct LatestResult {
    /// The result.
    #[serde(flatten)]
    pub link: ResultLink,
    /// The area that published it, where that is another one.
    pub publisher: Option<Link>,
    /// Where the area of the page stands in it.
    pub own: Option<OwnRank>,
}

/// One page of a ranking.
#[derive(Clone, Debug, Serialize)]
pub struct RankingView<'b> {
    /// Title, dates.
    #[serde(flatten)]
    pub head: ResultHead,
    /// The result as a whole, the same on all of its pages.
    #[serde(flatten)]
    pub whole: RankingWhole,
    /// The rows of this page, by category.
    #[serde(skip)]
    pub tables: Vec<CategoryView<'b>>,
    /// Which page this is.
    #[serde(flatten)]
    pub turn: Turn,
}

/// What all pages of a ranking say.
#[derive(Clone, Debug, Serialize)]
pub struct RankingWhole {
    /// How many units are ranked.
    pub units: usize,
    /// Where the area of the page stands.
    pub own: Option<OwnRank>,
    /// The first of each category that is ranked apart.
    pub first: Vec<FirstView>,
    /// What categories are called, where there are some.
    pub category_title: Option<String>,
    /// How scores are made, in signs of arithmetic; `None` where they are taken as stated.
    pub formula: Option<String>,
    /// Places behind the point.
    pub places: u32,
    /// The least score.
    pub min: Option<String>,
    /// The highest score.
    pub max: Option<String>,
    /// Whether ranks go on without a gap after equal scores.
    pub dense: bool,
    /// Whether units are ranked apart by category.
    pub apart: bool,
    /// Awards and fines.
    pub awards: Vec<AwardView>,
    /// What scores are called.
    pub bands: Vec<BandView>,
    /// What follows from ranks in several publications.
    pub streaks: Vec<StreakView>,
    /// The series that scores are taken from.
    pub series: Vec<String>,
    /// Who was asked what, of a survey.
    pub survey: Option<SurveyView>,
    /// Ranks and scores in the series so far; `None` where there is only this one.
    pub trend: Option<TrendView>,
}

/// Who came first.
#[derive(Clone, Debug, Serialize)]
pub struct FirstView {
    /// The category, where those are ranked apart.
    pub category: Option<String>,
    /// Those who share the first rank; empty when they are too many to name.
    pub units: Vec<String>,
    /// How many there are.
    pub count: usize,
    /// Their score.
    pub score: String,
}

/// The units of one category.
#[derive(Clone, Debug)]
pub struct CategoryView<'b> {
    /// The category.
    pub category: Option<&'b str>,
    /// Its rows on this page.
    pub rows: Vec<UnitView<'b>>,
}

/// One row of a ranking.
#[derive(Clone, Debug)]
pub struct UnitView<'b> {
    /// The unit.
    pub unit: &'b RankedUnit,
    /// Its page, where it is an area of the board.
    pub address: Option<String>,
    /// Whether it is the area of the page.
    pub here: bool,
    /// How its score is made, in figures.
    pub arithmetic: String,
}

/// A result in a list.
pub fn result_link(area: &AreaOnBoard, result: &PublishedResult) -> ResultLink {
    ResultLink {
        title: result.title.clone(),
        address: page_address(&area.page("results", &result.name)),
        date: result.date,
        period: result.period.to_string(),
        kind: result.kind(),
    }
}

/// The latest results that the page of `area` tells of: its own, newest first; then those of the areas it
/// lies in where it is one of the units, of each series the latest.
pub fn latest_results(board: &Board, area: &AreaOnBoard) -> Vec<LatestResult> {
    let own = area.results.iter().take(MOST_OWN).map(|on_board| LatestResult {
        link: result_link(area, &on_board.result),
        publisher: None,
        own: own_rank(board, area, on_board),
    });
    let mut latest: Vec<LatestResult> = own.collect();
    let above = |index: &usize| board.areas.get(*index).and_then(|area| area.parent);
    for index in std::iter::successors(area.parent, above) {
        let Some(publisher) = board.areas.get(index) else { break };
        let mut seen: Vec<&str> = Vec::new();
        let ranked = publisher.results.iter().filter_map(|on_board| {
            let series = on_board.result.series.as_ref().or(on_board.result.item.as_ref());
            let series = series.map(|series| series.value.as_str());
            if series.is_some_and(|series| seen.contains(&series)) {
                return None;
            }
            let own = own_rank(board, area, on_board)?;
            seen.extend(series);
            let link = result_link(publisher, &on_board.result);
            Some(LatestResult { link, publisher: link_to_area(board, index), own: Some(own) })
        });
        latest.extend(ranked.take(MOST_ABOVE));
    }
    latest
}

/// Where `area` stands in a result; `None` when it is none of the units.
pub fn own_rank(board: &Board, area: &AreaOnBoard, on_board: &ResultOnBoard) -> Option<OwnRank> {
    let is_it = |index: usize| board.areas.get(index).is_some_and(|unit| unit.path == area.path);
    let (unit, _) = on_board.units().find(|(_, index)| index.is_some_and(is_it))?;
    let ranking = on_board.result.ranking()?;
    Some(OwnRank {
        unit: unit.name.clone(),
        category: ranking.category_of(unit).filter(|_| ranking.apart).map(str::to_owned),
        rank: unit.standing.rank,
        sharing: unit.standing.sharing,
        of: ranking.ranked_with(unit),
        score: unit.score.value.to_string(),
        award: unit.award.map(|award| award.to_string()),
        band: unit.band.clone(),
        streak: unit.streak.clone(),
    })
}

/// The rows of a ranking in their order.
fn ranking_rows<'b>(
    board: &Board,
    area: &AreaOnBoard,
    on_board: &'b ResultOnBoard,
    ranking: &Ranking,
) -> Vec<UnitView<'b>> {
    let row = |(unit, index): (&'b RankedUnit, Option<usize>)| {
        let of_unit = index.and_then(|index| board.areas.get(index));
        UnitView {
            unit,
            address: of_unit.map(|unit| page_address(&unit.path)),
            here: of_unit.is_some_and(|unit| unit.path == area.path),
            arithmetic: ranking.arithmetic(unit),
        }
    };
    on_board.units().map(row).collect()
}

/// The pages of a ranking or survey. `tags` are the bytes of HTML in a row, its texts left out.
pub fn ranking<'b>(
    board: &Board,
    area: &AreaOnBoard,
    on_board: &'b ResultOnBoard,
    ranking: &'b Ranking,
    tags: usize,
) -> Vec<RankingView<'b>> {
    let result = &on_board.result;
    let (head, whole) = (ResultHead::of(area, result), whole(board, area, on_board, ranking));
    let rows = ranking_rows(board, area, on_board, ranking);
    common::paged(
        area,
        result,
        rows,
        |row| weight(row, tags),
        |turn, rows| RankingView {
            head: head.clone(),
            whole: whole.clone(),
            tables: by_category(rows, ranking),
            turn,
        },
    )
}

fn whole(board: &Board, area: &AreaOnBoard, on_board: &ResultOnBoard, ranking: &Ranking) -> RankingWhole {
    let result = &on_board.result;
    RankingWhole {
        units: ranking.units.len(),
        own: own_rank(board, area, on_board),
        first: first(ranking),
        category_title: ranking.category_title.clone(),
        formula: (!ranking.as_stated).then(|| ranking.formula()),
        places: ranking.scoring.places,
        min: ranking.scoring.min.map(|min| min.normalize().to_string()),
        max: ranking.scoring.max.map(|max| max.normalize().to_string()),
        dense: ranking.ties == Ties::Dense,
        apart: ranking.apart,
        awards: ranking.awards.iter().map(AwardView::from).collect(),
        bands: ranking.bands.iter().map(BandView::from).collect(),
        streaks: ranking.streaks.iter().map(StreakView::from).collect(),
        series: ranking.series.clone(),
        survey: match &result.body {
            Body::Survey(survey) => Some(survey::view(survey, &common::within(area, result, "answers.csv"))),
            _ => None,
        },
        trend: trend::of_ranking(area, result, ranking),
    }
}

fn first(ranking: &Ranking) -> Vec<FirstView> {
    let mut first: Vec<FirstView> = Vec::new();
    for unit in ranking.units.iter().filter(|unit| unit.standing.rank == 1) {
        let category = ranking.category_of(unit).filter(|_| ranking.apart);
        match first.iter_mut().find(|known| known.category.as_deref() == category) {
            Some(known) => known.units.push(unit.name.clone()),
            None => first.push(FirstView {
                category: category.map(str::to_owned),
                units: vec![unit.name.clone()],
                count: unit.standing.sharing as usize,
                score: unit.score.value.to_string(),
            }),
        }
    }
    for known in &mut first {
        if known.units.len() > MOST_FIRST {
            known.units.clear();
        }
    }
    first
}

fn by_category<'b>(rows: Vec<UnitView<'b>>, ranking: &'b Ranking) -> Vec<CategoryView<'b>> {
    let mut tables: Vec<CategoryView<'b>> = Vec::new();
    for row in rows {
        let category = ranking.category_of(row.unit);
        match tables.last_mut() {
            Some(table) if table.category == category => table.rows.push(row),
            _ => tables.push(CategoryView { category, rows: vec![row] }),
        }
    }
    tables
}

/// What a row weighs on the page, in bytes: it stands in the table with its sum, and again in the list of all sums.
fn weight(row: &UnitView<'_>, tags: usize) -> usize {
    let extra = row.unit.extra.iter().map(String::len).sum::<usize>();
    let address = row.address.as_ref().map_or(0, |address| address.len() + 60);
    let items = row.unit.items.iter().map(|item| item.title.len() + 20).sum::<usize>();
    let called = row.unit.band.iter().chain(&row.unit.streak).map(String::len).sum::<usize>();
    tags + extra + items + called + 2 * row.unit.name.len() + address + 2 * row.arithmetic.len()
}
