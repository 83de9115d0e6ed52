//! A ranking: units by their scores.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::agreement;
use super::awards::{self, Award};
use super::layout::{self, Layout, Named};
use super::rows::{self, Rows, UnitRow};
use super::scores::{Score, Scoring, operand};
use super::standings::{Standing, Ties, standings};
use super::terms::{Count, Terms};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::{Located, Reading};
use crate::values::Yuan;

const SCORE_CUT: Code = Code::warning("score-cut");
const SCORE_TOO_LONG: Code = Code::error("score-too-long");
const UNITS_DIFFER: Code = Code::error("units-differ");
const CATEGORY_UNITS_DIFFER: Code = Code::error("category-units-differ");
const CATEGORY_NOT_COUNTED: Code = Code::error("category-not-counted");
const NO_CATEGORY_COLUMN: Code = Code::error("no-category-column");
const AWARD_TWICE: Code = Code::warning("award-twice");

/// Places behind the point of a score where the content does not say.
const USUAL_PLACES: u32 = 2;

/// Units ranked by their scores.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// What units are called: the heading of their column.
    pub unit_title: String,
    /// The heading of the category column, where there is one.
    pub category_title: Option<String>,
    /// The columns that scores are made of.
    pub columns: Vec<String>,
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
    /// What stands in the further columns.
    pub extra: Vec<String>,
    /// Its score.
    pub score: Score,
    /// Its rank, in its category where those are apart.
    pub standing: Standing,
    /// What it gets, or pays when below zero.
    pub award: Option<Yuan>,
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
        self.scoring.arithmetic(|column| self.columns.get(column).cloned().unwrap_or_default())
    }

    /// How the score of a unit is made, in figures: `0.9 × 88 + 0.1 × 96`.
    pub fn arithmetic(&self, unit: &RankedUnit) -> String {
        arithmetic(&self.scoring, &unit.values)
    }
}

/// How a score is made of `values`, in figures.
pub(super) fn arithmetic(scoring: &Scoring, values: &[Decimal]) -> String {
    scoring.arithmetic(|column| values.get(column).copied().map(operand).unwrap_or_default())
}

/// What is computed of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Computed {
    pub(super) score: Score,
    pub(super) standing: Standing,
    pub(super) award: Option<Yuan>,
}

/// How units are ranked and what ranks get.
pub(super) struct Rules<'t> {
    pub(super) apart: bool,
    pub(super) ties: Ties,
    /// `None` when they could not be read.
    pub(super) awards: Option<&'t [Award]>,
}

impl Rules<'_> {
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
}

/// Reads the table of a ranking; `None` when the ranks cannot be known, which has been reported.
pub(super) fn read(terms: &Terms, reading: &mut Reading<'_>) -> Option<Ranking> {
    let file = reading.beside(terms.table.as_ref()?)?;
    let known = layout::known(terms);
    let sheet = reading.sheet(file, terms.sheet.as_deref(), &known, &layout::expected(terms))?;
    let problems = &mut reading.problems;
    let layout = layout::find(terms, &sheet, file, problems)?;
    let rules = Rules { apart: terms.within.is_some(), ties: terms.ties, awards: terms.awards.as_deref() };
    let by_category = matches!(terms.count, Some(Count::ByCategory(_))) && layout.category.is_some();
    let rows = rows::read(&sheet, &layout, rules.apart || by_category, problems);
    if rows.complete {
        check_count(terms.count.as_ref(), &layout, &rows, problems);
        awards::check_categories(rules.awards.unwrap_or_default(), rules.apart, &rows.categories, problems);
    }
    let score = terms.score.as_ref()?;
    let scoring = Scoring {
        parts: layout.parts.clone(),
        places: score.places.unwrap_or(USUAL_PLACES),
        min: score.min,
        max: score.max,
    };
    let scores: Vec<Option<Score>> =
        rows.units.iter().map(|unit| score_of(unit, &scoring, problems)).collect();
    let scores: Option<Vec<Score>> = scores.into_iter().collect();
    let computed = compute(&rules, &rows, &scores.filter(|_| rows.complete)?, problems);
    agreement::check(&rows, &computed, &rules, problems);
    agreement::check_totals(&rows, &computed, &layout, &sheet, problems);
    terms.awards.as_ref()?;
    Some(assemble(terms, scoring, layout, rows, &computed))
}

/// The score of a unit, compared with what its row states.
fn score_of(unit: &UnitRow, scoring: &Scoring, problems: &mut Problems) -> Option<Score> {
    let values = unit.values.as_deref()?;
    let Some(score) = scoring.score(values) else {
        problems.add(Diagnostic::new(SCORE_TOO_LONG, unit.place).with("unit", &unit.name));
        return None;
    };
    if let Some(uncut) = score.uncut {
        let problem = Diagnostic::new(SCORE_CUT, unit.place).with("unit", &unit.name);
        let arithmetic = arithmetic(scoring, values);
        problems.add(problem.with("arithmetic", arithmetic).with("uncut", uncut).with("score", score.value));
    }
    agreement::check_score(unit, &score, scoring, values, problems);
    Some(score)
}

fn compute(rules: &Rules<'_>, rows: &Rows, scores: &[Score], problems: &mut Problems) -> Vec<Computed> {
    let values: Vec<Decimal> = scores.iter().map(|score| score.value).collect();
    let standings = rules.standings(rows, &values);
    let mut compute = |((unit, score), standing): ((&UnitRow, &Score), Standing)| {
        let award = rules.amount(rows, unit, standing);
        if let Some((amount, 2..)) = award {
            let problem = Diagnostic::new(AWARD_TWICE, unit.place).with("unit", &unit.name);
            problems.add(problem.with("rank", standing.rank).with("amount", amount));
        }
        Computed { score: *score, standing, award: award.map(|(amount, _)| amount) }
    };
    rows.units.iter().zip(scores).zip(standings).map(&mut compute).collect()
}

fn assemble(terms: &Terms, scoring: Scoring, layout: Layout, rows: Rows, computed: &[Computed]) -> Ranking {
    let titles = |columns: Vec<Named>| columns.into_iter().map(|column| column.title).collect();
    let unit = |(row, computed): (UnitRow, &Computed)| RankedUnit {
        name: row.name,
        category: row.category,
        values: row.values.unwrap_or_default(),
        extra: row.extra,
        score: computed.score,
        standing: computed.standing,
        award: computed.award,
    };
    Ranking {
        unit_title: layout.unit.title,
        category_title: layout.category.map(|category| category.title),
        columns: titles(layout.values),
        scoring,
        as_stated: terms.score.as_ref().is_some_and(|score| score.parts.is_empty()),
        extra: titles(layout.extra),
        ties: terms.ties,
        apart: terms.within.is_some(),
        awards: terms.awards.clone().unwrap_or_default(),
        categories: rows.categories,
        units: rows.units.into_iter().zip(computed).map(unit).collect(),
    }
}

/// There are as many units as declared, in all or in each category.
fn check_count(declared: Option<&Count>, layout: &Layout, rows: &Rows, problems: &mut Problems) {
    match declared {
        Some(Count::All(count)) if count.value as usize != rows.units.len() => {
            let problem = Diagnostic::new(UNITS_DIFFER, count.place).with("stated", count.value);
            problems.add(problem.with("listed", rows.units.len()));
        }
        Some(Count::ByCategory(counts)) => check_counts(counts, layout, rows, problems),
        _ => {}
    }
}

fn check_counts(counts: &[(Located<String>, u32)], layout: &Layout, rows: &Rows, problems: &mut Problems) {
    if layout.category.is_none() {
        if let Some((category, _)) = counts.first() {
            problems.add(Diagnostic::new(NO_CATEGORY_COLUMN, category.place));
        }
        return;
    }
    for (category, stated) in counts {
        if !awards::check_category(category, &rows.categories, problems) {
            continue;
        }
        let index = rows.categories.iter().position(|known| *known == category.value);
        let listed = rows.units.iter().filter(|unit| unit.category == index).count();
        if *stated as usize != listed {
            let problem = Diagnostic::new(CATEGORY_UNITS_DIFFER, category.place);
            let problem = problem.with("category", &category.value);
            problems.add(problem.with("stated", stated).with("listed", listed));
        }
    }
    for (index, category) in rows.categories.iter().enumerate() {
        let first = rows.units.iter().find(|unit| unit.category == Some(index));
        if let (Some(first), false) = (first, counts.iter().any(|(counted, _)| counted.value == *category)) {
            problems.add(Diagnostic::new(CATEGORY_NOT_COUNTED, first.place).with("category", category));
        }
    }
}
