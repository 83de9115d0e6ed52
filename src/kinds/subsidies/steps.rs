//! Steps on the way to a decision (`[[step]]`): in their order, within their working days, with enough samples.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::timeline::StepDays;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::check_order;
use crate::source::parse::{date, decimal, located, text, whole};
use crate::source::{Fields, Located, Table};
use crate::values::Figure;

const STEPS_OUT_OF_ORDER: Code = Code::error("steps-out-of-order");
const STEP_AFTER_DECISION: Code = Code::error("step-after-decision");
const SAMPLED_TOO_MANY: Code = Code::error("sampled-too-many");
const SAMPLED_TOO_FEW: Code = Code::warning("sampled-too-few");

/// One step on the way to a decision. At least one of its two days is there.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub title: String,
    /// By whom.
    pub by: Option<String>,
    /// The day the matter came in.
    pub received: Option<Located<NaiveDate>>,
    /// The day the step was done.
    pub done: Option<Located<NaiveDate>>,
    /// In how many working days after `received` it must be done.
    pub within: Option<u16>,
    /// How many rows were looked at.
    pub sampled: Option<Located<u32>>,
    /// How many of a hundred must be looked at.
    pub sampled_least: Option<Decimal>,
    /// Where it is written.
    pub place: Place,
}

impl Step {
    /// Its days.
    pub(super) fn days(&self) -> StepDays {
        let day = |fact: Option<Located<NaiveDate>>| fact.map(|fact| fact.value);
        StepDays { received: day(self.received), done: day(self.done) }
    }

    /// The day by which steps are ordered: done, or else come in.
    fn ordered_by(&self) -> Option<Located<NaiveDate>> {
        self.done.or(self.received)
    }
}

/// Reads one `[[step]]`.
pub(super) fn step(table: &Table<'_>, problems: &mut Problems) -> Option<Step> {
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let by = fields.optional("by", text);
    let received = fields.optional("received", located(date));
    let done = fields.optional("on", located(date));
    let within = fields.optional("within_workdays", whole(1, 3650));
    let sampled = fields.optional("sampled", located(whole(0, 10_000_000)));
    let sampled_least = fields.optional("sampled_least", percent);
    // One day at least, and what the other keys need.
    let needed =
        [("on", done.is_none()), ("received", within.is_some()), ("sampled", sampled_least.is_some())];
    let there = [received.is_some(), received.is_some(), sampled.is_some()];
    for ((key, is_needed), is_there) in needed.into_iter().zip(there) {
        if is_needed && !is_there {
            fields.miss(key);
        }
    }
    fields.finish();
    if let Some((received, done)) = received.zip(done) {
        check_order(received.value, done, problems);
    }
    let within = within.and_then(|within| u16::try_from(within).ok());
    let step = Step { title: title?, by, received, done, within, sampled, sampled_least, place: table.place };
    step.ordered_by().is_some().then_some(step)
}

fn percent(value: &crate::source::Value<'_>, problems: &mut Problems) -> Option<Decimal> {
    let percent = decimal(value, problems)?;
    if percent.is_sign_negative() || percent > Decimal::ONE_HUNDRED {
        let problem = Diagnostic::new(crate::source::parse::NUMBER_OUT_OF_RANGE, value.place);
        problems.add(problem.with("number", percent).with("least", 0).with("most", 100));
        return None;
    }
    Some(percent)
}

/// Checks that steps stand in the order in which they were done, and not behind the decision.
pub(super) fn check_sequence(steps: &[Step], decision: Option<NaiveDate>, problems: &mut Problems) {
    let days: Vec<_> = steps.iter().filter_map(Step::ordered_by).collect();
    for (before, after) in days.iter().zip(days.iter().skip(1)).filter(|(b, a)| a.value < b.value) {
        let problem = Diagnostic::new(STEPS_OUT_OF_ORDER, after.place).and(before.place);
        problems.add(problem.with("day", after.value).with("before", before.value));
    }
    for day in days.iter().filter(|day| decision.is_some_and(|decision| decision < day.value)) {
        let problem = Diagnostic::new(STEP_AFTER_DECISION, day.place).with("day", day.value);
        problems.add(problem.with("decision", decision.unwrap_or(day.value)));
    }
}

/// Checks that enough rows were looked at, and not more than there are.
pub(super) fn check_samples(steps: &[Step], count: u32, problems: &mut Problems) {
    for step in steps {
        let Some(sampled) = step.sampled else { continue };
        if sampled.value > count {
            let problem = Diagnostic::new(SAMPLED_TOO_MANY, sampled.place);
            problems.add(problem.with("sampled", sampled.value).with("count", count));
            continue;
        }
        let share = |of: Decimal| of * Decimal::from(count) / Decimal::ONE_HUNDRED;
        if let Some(least) = step.sampled_least.filter(|least| Decimal::from(sampled.value) < share(*least)) {
            let problem = Diagnostic::new(SAMPLED_TOO_FEW, sampled.place).with("sampled", sampled.value);
            let needed = Figure(share(least).ceil().normalize());
            problems.add(problem.with("count", count).with("least", Figure(least)).with("needed", needed));
        }
    }
}
