//! The groups of people that a survey asks.

use rust_decimal::Decimal;

use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::results::head::{MOST_UNITS, known_outside};
use crate::source::parse::{decimal, text, whole};
use crate::source::{Fields, Table};

const NO_GROUPS: Code = Code::error("no-groups");
const GROUP_TWICE: Code = Code::error("group-twice");
const WEIGHTS_SUM: Code = Code::error("weights-sum");
const WEIGHT_NOT_POSITIVE: Code = Code::error("weight-not-positive");

/// A group of people who are asked.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is called.
    pub title: String,
    /// What its score counts; all together count 1.
    pub weight: Decimal,
    /// How many of it are asked about each unit.
    pub sample: u32,
    /// Where it is written.
    pub place: Place,
}

/// Reads all `[[group]]`.
pub(in crate::kinds::results) fn read(fields: &mut Fields<'_, '_, '_>) -> Vec<Group> {
    let before = fields.problems().len();
    let groups = fields.tables("group", group);
    let place = fields.place();
    let problems = fields.problems();
    if problems.len() > before {
        return groups;
    }
    let Some(first) = groups.first() else {
        problems.add(Diagnostic::new(NO_GROUPS, place));
        return groups;
    };
    let sum = groups.iter().try_fold(Decimal::ZERO, |sum, group| sum.checked_add(group.weight));
    if sum != Some(Decimal::ONE) {
        let shown = sum.map(|sum| sum.normalize().to_string()).unwrap_or_default();
        problems.add(Diagnostic::new(WEIGHTS_SUM, first.place).with("sum", shown));
    }
    for (index, group) in groups.iter().enumerate() {
        if let Some(other) = groups.iter().take(index).find(|other| other.title == group.title) {
            let problem = Diagnostic::new(GROUP_TWICE, group.place).with("group", &group.title);
            problems.add(problem.and(other.place));
        }
    }
    groups
}

fn group(table: &Table<'_>, problems: &mut Problems) -> Option<Group> {
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let weight = fields.required("weight", positive);
    let sample = fields.required("sample", whole(1, MOST_UNITS));
    fields.finish_knowing(known_outside("[[group]]"));
    Some(Group { title: title?, weight: weight?, sample: sample?, place: table.place })
}

fn positive(value: &crate::source::Value<'_>, problems: &mut Problems) -> Option<Decimal> {
    let weight = decimal(value, problems)?;
    if weight <= Decimal::ZERO {
        problems.add(Diagnostic::new(WEIGHT_NOT_POSITIVE, value.place).with("weight", weight));
        return None;
    }
    Some(weight)
}
