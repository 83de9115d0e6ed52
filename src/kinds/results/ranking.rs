//! A ranking: units by their scores.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::agreement;
use super::awards::{self, Award};
use super::bands::Band;
use super::counts::check_count;
use super::finder::{self, Named};
use super::head::Count;
use super::history::Earlier;
use super::layout::{self, Layout};
use super::rows::{self, Rows, UnitRow};
use super::scores::{Inputs, Item, Score, Scoring};
use super::standings::{Standing, Ties, standings};
use super::streaks::{self, Streak};
use super::summed;
use super::survey::Surveyed;
use super::terms::Terms;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::Reading;
use crate::values::Yuan;

const SCORE_CUT: Code = Code::warning("score-cut");
pub(super) const SCORE_TOO_LONG: Code = Code::error("score-too-long");
const SERIES_TOO_FEW: Code = Code::error("series-too-few");
const SERIES_EMPTY: Code = Code::error("series-empty");
const AWARD_TWICE: Code = Code::warning("award-twice");

/// Places behind the point of a score where the content does not say.
pub(super) const USUAL_PLACES: u32 = 2;

/// Units ranked by their scores.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// What units are called: the heading of their column.
    pub unit_title: String,
    /// The heading of the category column, where there is one.
    pub category_title: Option<String>,
    /// The columns that scores are made of.
    pub columns: Vec<String>,
    /// The series that parts of the score are taken from.
    pub series: Vec<String>,
    /// The headings of an item's points, of what is done and what is due of it, where rows are items.
    pub item_titles: Option<[String; 3]>,
    /// How a score is made of them.
    pub scoring: Scoring,
    /// Whether scores are taken as the table states them, from the only column, and only rounded.
    pub as_stated: bool,
    /// The headings of further columns.
    pub extra: Vec<String>,
    /// How ranks go on after equal scores.
    pub ties: Ties,
    /// Whether units are ranked apart by category.
    pub apart: bool,
    /// Awards and fines.
    pub awards: Vec<Award>,
    /// What scores are called.
    pub bands: Vec<Band>,
    /// What follows from ranks in several publications.
    pub streaks: Vec<Streak>,
    /// The categories, in the order of the table.
    pub categories: Vec<String>,
    /// The units, in the order of the table.
    pub units: Vec<RankedUnit>,
}

/// One unit of a ranking.
#[derive(Clone, Debug)]
pub struct RankedUnit {
    /// Its name.
    pub name: String,
    /// Its category, as an index.
    pub category: Option<usize>,
    /// What its score is made of, in the order of [`Ranking::columns`].
    pub values: Vec<Decimal>,
    /// Its scores in other series, in the order of [`Ranking::series`].
    pub series: Vec<Vec<Decimal>>,
    /// Its items of work.
    pub items: Vec<Item>,
    /// What stands in the further columns.
    pub extra: Vec<String>,
    /// Its score.
    pub score: Score,
    /// Its rank, in its category where those are apart.
    pub standing: Standing,
    /// What it gets, or pays when below zero.
    pub award: Option<Yuan>,
    /// What its score is called.
    pub band: Option<String>,
    /// What follows from its ranks in several publications.
    pub streak: Option<String>,
    /// The answers about it, in a survey.
    pub surveyed: Option<Box<Surveyed>>,
    /// The cell that names it.
    pub place: Place,
}

impl RankedUnit {
    /// What its score is made of.
    pub fn inputs(&self) -> Inputs<'_> {
        Inputs { values: &self.values, series: &self.series, items: &self.items }
    }
}

impl Ranking {
    /// The category of a unit.
    pub fn category_of(&self, unit: &RankedUnit) -> Option<&str> {
        unit.category.and_then(|category| self.categories.get(category)).map(String::as_str)
    }

    /// How many units `unit` is ranked among, itself included.
    pub fn ranked_with(&self, unit: &RankedUnit) -> usize {
        self.units.iter().filter(|other| !self.apart || other.category == unit.category).count()
    }

    /// The columns that are shown beside the scores: none where they would only repeat them.
    pub fn shown_columns(&self) -> &[String] {
        if self.as_stated { &[] } else { &self.columns }
    }

    /// What stands in the columns that are shown beside the score of `unit`.
    pub fn shown_values<'r>(&self, unit: &'r RankedUnit) -> &'r [Decimal] {
        if self.as_stated { &[] } else { &unit.values }
    }

    /// How scores are made, with the names of the columns: `0.9 × 现场分 + 0.1 × 回访分`.
    pub fn formula(&self) -> String {
        let titles = self.item_titles.clone().unwrap_or_default();
        self.scoring.formula(&self.columns, &self.series, &titles)
    }

    /// How the score of a unit is made, in figures: `0.9 × 88 + 0.1 × 96`.
    pub fn arithmetic(&self, unit: &RankedUnit) -> String {
        self.scoring.arithmetic(unit.inputs())
    }
}

/// What is computed of a unit.
#[derive(Clone, Debug)]
pub(super) struct Computed {
    pub(super) score: Score,
    pub(super) standing: Standing,
    pub(super) award: Option<Yuan>,
    pub(super) band: Option<String>,
    pub(super) streak: Option<String>,
}

/// How units are ranked and what ranks get.
pub(super) struct Rules<'t> {
    pub(super) apart: bool,
    pub(super) ties: Ties,
    /// `None` when they could not be read.
    pub(super) awards: Option<&'t [Award]>,
    /// `None` when they could not be read.
    pub(super) bands: Option<&'t [Band]>,
    streaks: &'t [Streak],
}

impl<'t> Rules<'t> {
    /// The rules that the terms say.
    pub(super) fn of(terms: &'t Terms) -> Self {
        Self {
            apart: terms.within.is_some(),
            ties: terms.ties,
            awards: terms.awards.as_deref(),
            bands: terms.bands.as_deref(),
            streaks: terms.streaks.as_deref().unwrap_or_default(),
        }
    }

    /// The standings of the units with these scores.
    pub(super) fn standings(&self, rows: &Rows, scores: &[Decimal]) -> Vec<Standing> {
        let mut groups: BTreeMap<Option<usize>, (Vec<usize>, Vec<Decimal>)> = BTreeMap::new();
        for (index, (unit, score)) in rows.units.iter().zip(scores).enumerate() {
            let (members, their_scores) = groups.entry(unit.category.filter(|_| self.apart)).or_default();
            members.push(index);
            their_scores.push(*score);
        }
        let mut ranked: Vec<(usize, Standing)> = groups
            .into_values()
            .flat_map(|(members, scores)| members.into_iter().zip(standings(&scores, self.ties)))
            .collect();
        ranked.sort_by_key(|(index, _)| *index);
        ranked.into_iter().map(|(_, standing)| standing).collect()
    }

    /// What a unit gets, and how many awards that is made of.
    pub(super) fn amount(&self, rows: &Rows, unit: &UnitRow, standing: Standing) -> Option<(Yuan, usize)> {
        let category = unit.category.and_then(|category| rows.categories.get(category));
        awards::amount(self.awards.unwrap_or_default(), category.map(String::as_str), standing)
    }

    /// What the score of a unit is called.
    pub(super) fn band(&self, unit: &UnitRow, requires: &[Named], score: Decimal, rank: u32) -> Option<&str> {
        let holds = |column: &str| {
            let index = requires.iter().position(|known| known.title == column);
            index.and_then(|index| unit.holds.get(index)).copied().unwrap_or(false)
        };
        let band = self.bands.unwrap_or_default().iter().find(|band| band.fits(score, rank, holds));
        band.map(|band| band.title.as_str())
    }
}

/// Reads the table of a ranking; `None` when the ranks cannot be known, which has been reported.
pub(super) fn read(terms: &Terms, earlier: Earlier<'_>, reading: &mut Reading<'_>) -> Option<Ranking> {
    let file = reading.beside(terms.head.table.as_ref()?)?;
    let known = layout::known(terms);
    let sheet = finder::sheet(file, &terms.head, &known, &layout::expected(terms), reading)?;
    let problems = &mut reading.problems;
    let layout = layout::find(terms, &sheet, file, problems)?;
    let mut rows = rows::read(&sheet, &layout, by_category(terms, &layout), problems);
    check_rows(terms, &layout, &rows, problems);
    rows.complete &= add_series(&mut rows, &layout, earlier, problems);
    let scoring = scoring(terms, &layout)?;
    let rules = Rules::of(terms);
    let computed = compute(&rules, &layout, &rows, &scoring, earlier, terms, problems)?;
    agreement::check(&rows, &computed, &rules, &layout, problems);
    summed::check_totals(&rows, &computed, &layout, &sheet, problems);
    Some(assemble(terms, scoring, layout, rows, computed))
}

/// Whether every unit needs a category.
pub(super) fn by_category(terms: &Terms, layout: &Layout) -> bool {
    let counted = matches!(terms.head.count, Some(Count::ByCategory(_)));
    terms.within.is_some() || counted && layout.category.is_some()
}

/// Checks what holds for all rows together.
pub(super) fn check_rows(terms: &Terms, layout: &Layout, rows: &Rows, problems: &mut Problems) {
    if rows.complete {
        check_count(terms.head.count.as_ref(), layout, rows, problems);
        let awards = terms.awards.as_deref().unwrap_or_default();
        awards::check_categories(awards, terms.within.is_some(), &rows.categories, problems);
    }
}

fn scoring(terms: &Terms, layout: &Layout) -> Option<Scoring> {
    let score = terms.score.as_ref()?;
    let (parts, places) = (layout.parts.clone(), score.places.unwrap_or(USUAL_PLACES));
    Some(Scoring { parts, places, min: score.min, max: score.max })
}

/// Adds the scores of other series to the units; false when there are too few.
fn add_series(rows: &mut Rows, layout: &Layout, earlier: Earlier<'_>, problems: &mut Problems) -> bool {
    let mut sound = true;
    for (series, at_least) in &layout.series {
        if earlier.incomplete {
            return false;
        }
        let history = earlier.within(&series.value);
        if history.is_empty() {
            problems.add(Diagnostic::new(SERIES_EMPTY, series.place).with("series", &series.value));
            sound = false;
            continue;
        }
        for unit in &mut rows.units {
            let scores = history.scores(&unit.name);
            let least = at_least.unwrap_or(1);
            if scores.len() < least as usize {
                let problem = Diagnostic::new(SERIES_TOO_FEW, unit.place).with("unit", &unit.name);
                let problem = problem.with("series", &series.value).with("least", least);
                problems.add(problem.with("found", scores.len()));
                sound = false;
            }
            unit.series.push(scores);
        }
    }
    sound
}

/// The score of a unit, compared with what its row states.
fn score_of(unit: &UnitRow, scoring: &Scoring, problems: &mut Problems) -> Option<Score> {
    let inputs = unit.inputs()?;
    let Some(score) = scoring.score(inputs) else {
        problems.add(Diagnostic::new(SCORE_TOO_LONG, unit.place).with("unit", &unit.name));
        return None;
    };
    if let Some(uncut) = score.uncut {
        let problem = Diagnostic::new(SCORE_CUT, unit.place).with("unit", &unit.name);
        let arithmetic = scoring.arithmetic(inputs);
        problems.add(problem.with("arithmetic", arithmetic).with("uncut", uncut).with("score", score.value));
    }
    agreement::check_score(unit, &score, scoring, inputs, problems);
    Some(score)
}

/// Scores, ranks and what follows from them; `None` when they cannot be known.
pub(super) fn compute(
    rules: &Rules<'_>,
    layout: &Layout,
    rows: &Rows,
    scoring: &Scoring,
    earlier: Earlier<'_>,
    terms: &Terms,
    problems: &mut Problems,
) -> Option<Vec<Computed>> {
    let one = |unit: &UnitRow| rows.complete.then(|| score_of(unit, scoring, problems)).flatten();
    let scores: Vec<Option<Score>> = rows.units.iter().map(one).collect();
    let scores: Vec<Score> = scores.into_iter().collect::<Option<_>>()?;
    if !rows.complete {
        return None;
    }
    let history = earlier.before(terms.head.series.as_ref().map(|series| series.value.as_str()));
    let values: Vec<Decimal> = scores.iter().map(|score| score.value).collect();
    let standings = rules.standings(rows, &values);
    let mut compute = |((unit, score), standing): ((&UnitRow, &Score), Standing)| {
        let award = rules.amount(rows, unit, standing);
        if let Some((amount, 2..)) = award {
            let problem = Diagnostic::new(AWARD_TWICE, unit.place).with("unit", &unit.name);
            problems.add(problem.with("rank", standing.rank).with("amount", amount));
        }
        let band = rules.band(unit, &layout.requires, score.value, standing.rank).map(str::to_owned);
        let period = earlier.period.as_ref();
        let streak =
            period.and_then(|period| streaks::of(rules.streaks, standing, &unit.name, period, &history));
        Computed { score: *score, standing, award: award.map(|(amount, _)| amount), band, streak }
    };
    Some(rows.units.iter().zip(&scores).zip(standings).map(&mut compute).collect())
}

/// Puts a ranking together.
pub(super) fn assemble(
    terms: &Terms,
    scoring: Scoring,
    layout: Layout,
    rows: Rows,
    computed: Vec<Computed>,
) -> Ranking {
    let titles = |columns: Vec<Named>| columns.into_iter().map(|column| column.title).collect();
    let unit = |(row, computed): (UnitRow, Computed)| RankedUnit {
        name: row.name,
        category: row.category,
        values: row.values.unwrap_or_default(),
        series: row.series,
        items: row.items,
        extra: row.extra,
        score: computed.score,
        standing: computed.standing,
        award: computed.award,
        band: computed.band,
        streak: computed.streak,
        surveyed: None,
        place: row.place,
    };
    let as_stated = layout.as_stated;
    Ranking {
        unit_title: layout.unit.title,
        category_title: layout.category.map(|category| category.title),
        columns: titles(layout.values),
        series: layout.series.into_iter().map(|(series, _)| series.value).collect(),
        item_titles: layout.items.map(|[_, points, due, done]| [points, done, due].map(|named| named.title)),
        scoring,
        as_stated,
        extra: titles(layout.extra),
        ties: terms.ties,
        apart: terms.within.is_some(),
        awards: terms.awards.clone().unwrap_or_default(),
        bands: terms.bands.clone().unwrap_or_default(),
        streaks: terms.streaks.clone().unwrap_or_default(),
        categories: rows.categories,
        units: rows.units.into_iter().zip(computed).map(unit).collect(),
    }
}
