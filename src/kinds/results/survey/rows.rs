//! The rows of a survey's table: one for each unit, group and indicator.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Answers;
use super::groups::Group;
use super::layout::{Columns, same};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::results::finder::Named;
use crate::kinds::results::head::MOST_UNITS;
use crate::kinds::results::rows::{
    CATEGORY_MISSING, StatedAward, StatedBand, UNIT_MISSING, award, band, compared, holds, is_empty,
    rank_number, summed,
};
use crate::kinds::results::summed::COLUMN_SUM_DIFFERS;
use crate::source::parse::{decimal, text, whole};
use crate::source::{Located, Row, Sheet, nearest};

const UNKNOWN_GROUP: Code = Code::error("unknown-survey-group");
const SURVEY_ROW_TWICE: Code = Code::error("survey-row-twice");
const SURVEY_ROW_MISSING: Code = Code::error("survey-row-missing");
const STATED_APART: Code = Code::error("survey-stated-apart");
const SAMPLE_DIFFERS: Code = Code::error("sample-differs");

/// What the table says.
#[derive(Default)]
pub(super) struct SurveyRows {
    pub(super) units: Vec<Asked>,
    pub(super) categories: Vec<String>,
    /// What was asked; one without a name where there is no such column.
    pub(super) indicators: Vec<String>,
    /// Whether every row could be read.
    pub(super) complete: bool,
}

/// The answers about one unit.
pub(super) struct Asked {
    /// The first cell that names it.
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) category: Option<usize>,
    pub(super) groups: Vec<Given>,
    pub(super) holds: Vec<bool>,
    pub(super) totals: Vec<Located<Decimal>>,
    pub(super) rank: Option<Located<u32>>,
    pub(super) band: StatedBand,
    pub(super) award: StatedAward,
}

/// The answers of one group, by indicator.
#[derive(Clone, Default)]
pub(super) struct Given {
    pub(super) answers: Vec<Option<Answers>>,
    pub(super) places: Vec<Option<Place>>,
    /// What the table states of the group's score.
    pub(super) scores: Vec<Located<Decimal>>,
}

impl Asked {
    /// Takes what a row states of the unit's rank, band and award. One row of the unit is enough; those that say
    /// something say the same.
    fn state(&mut self, row: &Row<'_>, columns: &Columns, problems: &mut Problems) {
        let cell =
            |column: Option<usize>| column.map(|column| row.cell(column)).filter(|cell| !is_empty(cell));
        let differs = |place: Place, first: Place, problems: &mut Problems| {
            let problem = Diagnostic::new(STATED_APART, place).with("unit", &self.name);
            problems.add(problem.and(first));
        };
        if let Some(cell) = cell(columns.rank)
            && let Some(value) = rank_number(&cell, problems)
        {
            match &self.rank {
                Some(known) if known.value != value => differs(cell.place, known.place, problems),
                _ => self.rank = Some(Located { value, place: cell.place }),
            }
        }
        if let Some(stated) = cell(columns.band).and_then(|cell| band(&cell, problems)) {
            match &self.band {
                Some(known) if !known.value.is_empty() && known.value != stated.value => {
                    differs(stated.place, known.place, problems);
                }
                _ => self.band = Some(stated),
            }
        }
        if let Some(StatedAward::Amount(stated)) = cell(columns.award).map(|cell| award(&cell, problems)) {
            match &self.award {
                StatedAward::Amount(known) if known.value != stated.value => {
                    differs(stated.place, known.place, problems);
                }
                _ => self.award = StatedAward::Amount(stated),
            }
        }
    }
}

/// Says that a unit needs a category.
pub(super) fn category_missing(unit: &Asked, problems: &mut Problems) {
    problems.add(Diagnostic::new(CATEGORY_MISSING, unit.place).with("column", "类别"));
}

/// Reads all rows.
pub(super) fn read(
    sheet: &Sheet,
    columns: &Columns,
    groups: &[Group],
    problems: &mut Problems,
) -> SurveyRows {
    let rows = SurveyRows { complete: true, ..SurveyRows::default() };
    let mut reader = Reader { columns, groups, rows, units: BTreeMap::new(), sums: [0; 12] };
    for row in sheet.rows() {
        let read = reader.row(&row, problems);
        reader.rows.complete &= read.is_some();
    }
    if reader.rows.complete {
        reader.check_whole(problems);
    }
    reader.rows
}

struct Reader<'c> {
    columns: &'c Columns,
    groups: &'c [Group],
    rows: SurveyRows,
    /// Indexes of units, by their names as they are compared.
    units: BTreeMap<String, usize>,
    /// By answer, and of those who do not know.
    sums: [u64; 12],
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>, problems: &mut Problems) -> Option<()> {
        let cell = row.cell(self.columns.unit.column);
        if summed(&cell, row).is_some() {
            self.check_sums(row, problems);
            return Some(());
        }
        if is_empty(&cell) {
            problems.add(Diagnostic::new(UNIT_MISSING, row.place()).with("column", &self.columns.unit.title));
            return None;
        }
        let name = text(&cell, problems)?;
        let group = self.group(row, problems)?;
        let indicator = self.indicator(row, problems)?;
        let answers = self.answers(row, problems)?;
        let sample = self.groups.get(group).filter(|group| asked(&answers) != u64::from(group.sample));
        if let Some(sample) = sample {
            let problem = Diagnostic::new(SAMPLE_DIFFERS, row.place()).with("unit", &name);
            let problem = problem.with("group", &sample.title).with("sample", sample.sample);
            problems.add(problem.with("valid", answers.valid()).with("unknown", answers.unknown));
            return None;
        }
        let unit = self.unit(name, cell.place, row, problems);
        let slot = self.rows.units.get_mut(unit)?;
        slot.state(row, self.columns, problems);
        let stated = |column: Option<usize>, problems: &mut Problems| {
            let cell = row.cell(column?);
            let value = if is_empty(&cell) { None } else { decimal(&cell, problems) };
            value.map(|value| Located { value, place: cell.place })
        };
        slot.totals.extend(stated(self.columns.total, problems));
        let given = slot.groups.get_mut(group)?;
        given.scores.extend(stated(self.columns.score, problems));
        let wanted = given.answers.len().max(indicator + 1);
        given.answers.resize(wanted, None);
        given.places.resize(wanted, None);
        let (known, place) = (given.answers.get_mut(indicator)?, given.places.get_mut(indicator)?);
        if let (Some(_), Some(first)) = (&known, *place) {
            problems.add(Diagnostic::new(SURVEY_ROW_TWICE, row.place()).with("unit", &slot.name).and(first));
            return None;
        }
        (*known, *place) = (Some(answers), Some(row.place()));
        Some(())
    }

    /// The index of the row's unit.
    fn unit(&mut self, name: String, place: Place, row: &Row<'_>, problems: &mut Problems) -> usize {
        let known = self.units.get(&compared(&name)).copied();
        known.unwrap_or_else(|| {
            let index = self.rows.units.len();
            self.units.insert(compared(&name), index);
            let category =
                self.columns.category.as_ref().and_then(|column| self.category(row, column, problems));
            let required = self.columns.requires.iter();
            let holds = required.map(|column| holds(row, column, &name, problems)).collect();
            let nothing = Located { value: String::new(), place };
            self.rows.units.push(Asked {
                place,
                name,
                category,
                groups: vec![Given::default(); self.groups.len()],
                holds,
                totals: Vec::new(),
                rank: None,
                band: self.columns.band.map(|_| nothing),
                award: self.columns.award.map_or(StatedAward::Unsaid, |_| StatedAward::Nothing(place)),
            });
            index
        })
    }

    fn category(&mut self, row: &Row<'_>, column: &Named, problems: &mut Problems) -> Option<usize> {
        let cell = row.cell(column.column);
        let category = if is_empty(&cell) { return None } else { text(&cell, problems)? };
        let known = self.rows.categories.iter().position(|known| *known == category);
        known.or_else(|| {
            self.rows.categories.push(category);
            Some(self.rows.categories.len() - 1)
        })
    }

    fn group(&self, row: &Row<'_>, problems: &mut Problems) -> Option<usize> {
        let cell = row.cell(self.columns.group.column);
        let written = text(&cell, problems)?;
        let found = self.groups.iter().position(|group| same(&written, &group.title));
        if found.is_none() {
            let mut problem = Diagnostic::new(UNKNOWN_GROUP, cell.place).with("group", &written);
            if let Some(near) = nearest(&written, self.groups.iter().map(|group| group.title.as_str())) {
                problem = problem.with("near", near);
            }
            problems.add(problem);
        }
        found
    }

    fn indicator(&mut self, row: &Row<'_>, problems: &mut Problems) -> Option<usize> {
        let name = match &self.columns.indicator {
            Some(column) => text(&row.cell(column.column), problems)?,
            None => String::new(),
        };
        let known = self.rows.indicators.iter().position(|known| *known == name);
        known.or_else(|| {
            self.rows.indicators.push(name);
            Some(self.rows.indicators.len() - 1)
        })
    }

    /// The counts of a row: an empty cell counts nobody, for the sample must be reached all the same.
    fn answers(&mut self, row: &Row<'_>, problems: &mut Problems) -> Option<Answers> {
        let mut sound = true;
        let mut count = |column: Option<usize>| {
            let cell = column.map(|column| row.cell(column)).filter(|cell| !is_empty(cell));
            let Some(cell) = cell else { return 0 };
            let count = whole(0, MOST_UNITS)(&cell, problems);
            sound &= count.is_some();
            count.unwrap_or(0)
        };
        let answers =
            Answers { counts: self.columns.answers.map(&mut count), unknown: count(self.columns.unknown) };
        let given = answers.counts.iter().chain([&answers.unknown]);
        for (sum, count) in self.sums.iter_mut().zip(given) {
            *sum += u64::from(*count);
        }
        if let Some(cell) = self.columns.sample.map(|column| row.cell(column)).filter(|cell| !is_empty(cell))
        {
            let stated = whole(0, MOST_UNITS)(&cell, problems);
            if let Some(stated) = stated.filter(|stated| u64::from(*stated) != asked(&answers)) {
                let problem = Diagnostic::new(COLUMN_SUM_DIFFERS, cell.place).with("column", "样本数");
                problems.add(problem.with("stated", stated).with("computed", asked(&answers)));
                sound = false;
            }
        }
        sound.then_some(answers)
    }

    /// A row that adds up all above it.
    fn check_sums(&self, row: &Row<'_>, problems: &mut Problems) {
        let columns = self.columns.answers.iter().enumerate();
        let columns = columns.map(|(answer, column)| (answer.to_string(), *column));
        let columns = columns.chain([("不了解".to_owned(), self.columns.unknown)]);
        for ((heading, column), sum) in columns.zip(self.sums) {
            let Some(cell) = column.map(|column| row.cell(column)).filter(|cell| !is_empty(cell)) else {
                continue;
            };
            if let Some(stated) = decimal(&cell, problems).filter(|stated| *stated != Decimal::from(sum)) {
                let problem = Diagnostic::new(COLUMN_SUM_DIFFERS, cell.place).with("column", heading);
                problems.add(problem.with("stated", stated).with("computed", sum));
            }
        }
    }

    /// Every group has answered every question about every unit.
    fn check_whole(&mut self, problems: &mut Problems) {
        for unit in &self.rows.units {
            for (group, given) in self.groups.iter().zip(&unit.groups) {
                let answered = |index: usize| given.answers.get(index).is_some_and(Option::is_some);
                let missing = (0..self.rows.indicators.len()).find(|index| !answered(*index));
                if let Some(indicator) = missing.and_then(|index| self.rows.indicators.get(index)) {
                    let mut problem =
                        Diagnostic::new(SURVEY_ROW_MISSING, unit.place).with("unit", &unit.name);
                    problem = problem.with("group", &group.title);
                    problems.add(if indicator.is_empty() {
                        problem
                    } else {
                        problem.with("indicator", indicator)
                    });
                    self.rows.complete = false;
                }
            }
        }
    }
}

/// How many were asked.
fn asked(answers: &Answers) -> u64 {
    answers.valid() + u64::from(answers.unknown)
}
