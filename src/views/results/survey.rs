//! What a survey shows beside its ranking: who was asked, and how satisfied they are.

use serde::Serialize;

use crate::kinds::results::{Answers, LEVELS, Pooling, Survey};

/// The most units whose satisfaction is shown one by one.
const MOST_UNITS: usize = 100;

/// A survey.
#[derive(Clone, Debug, Serialize)]
pub struct SurveyView {
    /// Who was asked.
    pub groups: Vec<GroupView>,
    /// How many were asked about each unit.
    pub sample: u64,
    /// What was asked, where there are several questions.
    pub indicators: Vec<String>,
    /// How several questions make a score.
    pub pooling: Pooling,
    /// How satisfied all are with all units.
    pub levels: Vec<LevelView>,
    /// How many answers say something.
    pub valid: u64,
    /// How many do not know.
    pub unknown: u64,
    /// How satisfied they are with each unit; empty where there are too many.
    pub units: Vec<(String, Vec<LevelView>)>,
    /// The counts as CSV.
    pub answers: String,
}

/// A group of people.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// What it is called.
    pub title: String,
    /// What its score counts.
    pub weight: String,
    /// How many of it are asked about each unit.
    pub sample: u32,
}

/// How many are satisfied in one way.
#[derive(Clone, Debug, Serialize)]
pub struct LevelView {
    /// `very_dissatisfied`, `dissatisfied`, `fairly_satisfied`, `satisfied`, `very_satisfied`.
    pub level: &'static str,
    /// How many answers.
    pub count: u64,
    /// How many percent of the valid ones; the bar is as long.
    pub percent: String,
}

/// A survey; `answers` is where its counts are.
pub(super) fn view(survey: &Survey, answers: &str) -> SurveyView {
    let all = survey.all();
    let groups = survey.groups.iter().map(|group| GroupView {
        title: group.title.clone(),
        weight: group.weight.normalize().to_string(),
        sample: group.sample,
    });
    let units = &survey.ranking.units;
    let of_unit = units
        .iter()
        .filter(|_| units.len() <= MOST_UNITS)
        .filter_map(|unit| Some((unit.name.clone(), levels(&unit.surveyed.as_ref()?.all()))));
    SurveyView {
        groups: groups.collect(),
        sample: survey.groups.iter().map(|group| u64::from(group.sample)).sum(),
        indicators: survey.indicators.iter().filter(|title| !title.is_empty()).cloned().collect(),
        pooling: survey.pooling,
        levels: levels(&all),
        valid: all.valid(),
        unknown: u64::from(all.unknown),
        units: of_unit.collect(),
        answers: answers.to_owned(),
    }
}

/// From very satisfied down.
fn levels(answers: &Answers) -> Vec<LevelView> {
    let level = |(level, from, to): &(&'static str, usize, usize)| LevelView {
        level,
        count: answers.within(*from, *to),
        percent: answers.share(*from, *to).map(|share| share.to_string()).unwrap_or_default(),
    };
    LEVELS.iter().rev().map(level).collect()
}
