//! A survey: what groups of people think of units, from the counts of their answers.

pub(super) mod groups;
mod layout;
mod rows;

use rust_decimal::Decimal;

use super::agreement;
use super::exact::{Exact, percent};
use super::finder::{self, Named};
use super::history::Earlier;
use super::layout::Layout;
use super::parts::Pooling;
use super::ranking::{self, Ranking, Rules, SCORE_TOO_LONG, USUAL_PLACES, assemble, check_rows, compute};
use super::rows::{Rows, UnitRow};
use super::scores::{Part, PartSource, Scoring};
use super::terms::Terms;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::Reading;
use groups::Group;
use rows::{Asked, SurveyRows};

const NO_VALID_ANSWERS: Code = Code::error("no-valid-answers");
const GROUP_SCORE_DIFFERS: Code = Code::error("group-score-differs");

/// The levels of satisfaction, with the answers that mean each: the entry of the theme's words, from, to.
pub const LEVELS: [(&str, usize, usize); 5] = [
    ("very_dissatisfied", 0, 0),
    ("dissatisfied", 1, 2),
    ("fairly_satisfied", 3, 6),
    ("satisfied", 7, 9),
    ("very_satisfied", 10, 10),
];

/// A survey.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The ranking by total scores; its columns are the groups.
    pub ranking: Ranking,
    /// Who was asked.
    pub groups: Vec<Group>,
    /// What was asked, where there are several questions.
    pub indicators: Vec<String>,
    /// How several questions make a score.
    pub pooling: Pooling,
}

/// What the answers about one unit are.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// By group, then by indicator.
    pub answers: Vec<Vec<Answers>>,
    /// By group.
    pub groups: Vec<GroupScore>,
}

/// The score that a group gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupScore {
    /// As it is printed, of 100.
    pub score: Decimal,
    /// How many valid answers it is made of.
    pub valid: u64,
}

/// How often each answer was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// By answer, 0 to 10.
    pub counts: [u32; 11],
    /// 不了解: it counts as asked, and not in the mean.
    pub unknown: u32,
}

impl Answers {
    /// How many answers say something.
    pub fn valid(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }

    /// How many answered on a level of satisfaction, by its first and last answer.
    pub fn within(&self, from: usize, to: usize) -> u64 {
        self.counts.iter().take(to + 1).skip(from).map(|count| u64::from(*count)).sum()
    }

    /// How many percent of the valid answers are on a level of satisfaction.
    pub fn share(&self, from: usize, to: usize) -> Option<Decimal> {
        percent(self.within(from, to), self.valid())
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count = count.saturating_add(more);
        }
        self.unknown = self.unknown.saturating_add(other.unknown);
        self
    }

    /// The mean of the valid answers; `None` when there are none.
    fn mean(&self) -> Option<Exact> {
        let points = (0..).zip(self.counts).map(|(answer, count): (u64, u32)| answer * u64::from(count));
        let valid = usize::try_from(self.valid()).ok()?;
        Exact::from(Decimal::from(points.sum::<u64>())).over(valid)
    }
}

impl Surveyed {
    /// The answers of all groups to all questions.
    pub fn all(&self) -> Answers {
        self.answers.iter().flatten().fold(Answers::default(), |sum, answers| sum.plus(answers))
    }
}

impl Survey {
    /// The answers of all groups to all questions about all units.
    pub fn all(&self) -> Answers {
        let surveyed = self.ranking.units.iter().filter_map(|unit| unit.surveyed.as_ref());
        surveyed.fold(Answers::default(), |sum, surveyed| sum.plus(&surveyed.all()))
    }
}

/// Reads the table of a survey; `None` when the scores cannot be known, which has been reported.
pub(super) fn read(terms: &Terms, earlier: Earlier<'_>, reading: &mut Reading<'_>) -> Option<Survey> {
    let file = reading.beside(terms.head.table.as_ref()?)?;
    let known = layout::known(terms);
    let sheet = finder::sheet(file, &terms.head, &known, "单位、群体、0、1、…、10、不了解", reading)?;
    let problems = &mut reading.problems;
    let columns = layout::find(terms, &sheet, file, problems)?;
    let groups = terms.groups.as_deref()?;
    let score = terms.score.as_ref()?;
    let found = rows::read(&sheet, &columns, groups, problems);
    let places = score.places.unwrap_or(USUAL_PLACES);
    let mut layout = Layout::of_units(columns.unit, columns.category, columns.requires);
    layout.values =
        groups.iter().map(|group| Named { title: group.title.clone(), column: usize::MAX }).collect();
    let part = |(index, group): (usize, &Group)| Part {
        factor: group.weight,
        from: PartSource::Columns(vec![index]),
    };
    let scoring =
        Scoring { parts: groups.iter().enumerate().map(part).collect(), places, min: None, max: None };
    let needs_category = ranking::by_category(terms, &layout);
    let SurveyRows { units, categories, indicators, complete } = found;
    let mut rows = Rows { complete, categories, ..Rows::default() };
    let mut surveyed = Vec::with_capacity(units.len());
    for unit in units {
        // What follows from a row that could not be read is not said.
        let survey = |problems: &mut Problems| survey_of(&unit, groups, score.items, places, problems);
        let result = if complete { survey(problems) } else { None };
        rows.complete &= result.is_some() && (unit.category.is_some() || !needs_category);
        if unit.category.is_none() && needs_category {
            rows::category_missing(&unit, problems);
        }
        let values = result.as_ref().map(|result| result.groups.iter().map(|group| group.score).collect());
        surveyed.push(result);
        rows.units.push(unit_row(unit, values));
    }
    check_rows(terms, &layout, &rows, problems);
    let rules = Rules::of(terms);
    let computed = compute(&rules, &layout, &rows, &scoring, earlier, terms, problems)?;
    agreement::check(&rows, &computed, &rules, &layout, problems);
    let mut ranking = assemble(terms, scoring, layout, rows, computed);
    for (unit, surveyed) in ranking.units.iter_mut().zip(surveyed) {
        unit.surveyed = surveyed.map(Box::new);
    }
    Some(Survey { ranking, groups: groups.to_vec(), indicators, pooling: score.items })
}

fn unit_row(unit: Asked, values: Option<Vec<Decimal>>) -> UnitRow {
    UnitRow {
        place: unit.place,
        name: unit.name,
        category: unit.category,
        values,
        series: Vec::new(),
        items: Vec::new(),
        holds: unit.holds,
        extra: Vec::new(),
        scores: unit.totals,
        rank: unit.rank,
        award: unit.award,
        band: unit.band,
    }
}

/// The scores that groups give to a unit.
fn survey_of(
    unit: &Asked,
    groups: &[Group],
    pooling: Pooling,
    places: u32,
    problems: &mut Problems,
) -> Option<Surveyed> {
    let mut scores = Vec::with_capacity(groups.len());
    let mut answers_of_groups = Vec::with_capacity(groups.len());
    for (group, given) in groups.iter().zip(&unit.groups) {
        let answers: Vec<Answers> = given.answers.iter().copied().collect::<Option<_>>()?;
        if let Some(empty) = answers.iter().position(|answers| answers.valid() == 0) {
            let place = given.places.get(empty).copied().flatten().unwrap_or(unit.place);
            let problem = Diagnostic::new(NO_VALID_ANSWERS, place).with("unit", &unit.name);
            problems.add(problem.with("group", &group.title));
            return None;
        }
        let exact = group_score(&answers, pooling);
        let Some(score) = exact.and_then(|exact| exact.rounded(places)) else {
            problems.add(Diagnostic::new(SCORE_TOO_LONG, unit.place).with("unit", &unit.name));
            return None;
        };
        for stated in &given.scores {
            if exact.and_then(|exact| exact.rounded(stated.value.scale().max(places))) != Some(stated.value) {
                let problem = Diagnostic::new(GROUP_SCORE_DIFFERS, stated.place).with("unit", &unit.name);
                let problem = problem.with("group", &group.title).with("computed", score);
                problems.add(problem.with("stated", stated.value));
            }
        }
        scores.push(GroupScore { score, valid: answers.iter().map(Answers::valid).sum() });
        answers_of_groups.push(answers);
    }
    Some(Surveyed { answers: answers_of_groups, groups: scores })
}

/// The score of a group, of 100.
fn group_score(answers: &[Answers], pooling: Pooling) -> Option<Exact> {
    let mean = match pooling {
        Pooling::Pooled => answers.iter().fold(Answers::default(), |sum, more| sum.plus(more)).mean()?,
        Pooling::Means => {
            let mut sum = Exact::ZERO;
            for answers in answers {
                sum = sum.plus(answers.mean()?)?;
            }
            sum.over(answers.len())?
        }
    };
    mean.times(Exact::from(Decimal::TEN))
}
