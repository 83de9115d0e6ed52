//! The days on which the sessions of a rule are held.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Plan, SessionRule};
use crate::calendar::{Placement, StatutoryCalendar, UnknownYear, placed};
use crate::diagnostics::{Code, Diagnostic, Problems};

const YEAR_UNKNOWN: Code = Code::error("session-year-unknown");
const NO_CALENDAR: Code = Code::error("no-calendar-for-year");
const MOVED_OUT: Code = Code::error("moved-out-of-plan");
const MOVED_TOGETHER: Code = Code::warning("moved-onto-session");
const MOVED_ONTO_EXCEPTION: Code = Code::warning("moved-onto-exception");
const NO_DAYS: Code = Code::warning("rule-without-days");
const NAMED_DAY_SKIPPED: Code = Code::warning("named-day-skipped");
const OUTSIDE_PLAN: Code = Code::warning("date-outside-plan");
const EXCEPT_MISSES: Code = Code::warning("except-without-effect");

/// A day on which a session is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// The day.
    pub date: NaiveDate,
    /// The day planned, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Which turn it is, from 0. A session takes its turn by the day planned, also where it is moved;
    /// days that are skipped or fall away take none.
    pub turn: usize,
    /// Whether the notice for its year is not known, so that it may still change.
    pub provisional: bool,
}

/// The days of a rule of a plan, in their order.
///
/// `calendar` takes years without a notice to have plain weeks
/// ([`provisionally`](StatutoryCalendar::provisionally)); whether sessions may stand in such a year is
/// asked of the plan as a whole by [`check_years`].
pub fn schedule(
    plan: &Plan,
    rule: &SessionRule,
    calendar: &StatutoryCalendar,
    problems: &mut Problems,
) -> Vec<Scheduled> {
    let before = problems.len();
    report_named(plan, rule, calendar, problems);
    let placements = match placements(plan, rule, calendar) {
        Ok(placements) => placements,
        Err(UnknownYear(year)) => {
            problems.add(Diagnostic::new(NO_CALENDAR, rule.days.place).with("year", year));
            return Vec::new();
        }
    };
    let mut days = held(plan, rule, &placements, problems);
    for day in &mut days {
        let known = |date: NaiveDate| calendar.known(date.year());
        day.provisional = !known(day.date) || day.moved_from.is_some_and(|from| !known(from));
    }
    days.sort_by_key(|day| day.date);
    if days.is_empty() && problems.len() == before {
        problems.add(Diagnostic::new(NO_DAYS, rule.days.place).with("id", &rule.id.value));
    }
    days
}

/// What becomes of each planned day, in the order of those days.
fn placements(
    plan: &Plan,
    rule: &SessionRule,
    calendar: &StatutoryCalendar,
) -> Result<Vec<Placement>, UnknownYear> {
    let planned = rule.days.planned.between(plan.from.value, plan.to.value, calendar)?;
    planned.into_iter().map(|day| placed(day, rule.on_holiday, rule.on_weekend, calendar)).collect()
}

/// The sessions that come of the placements, their turns counted.
fn held(
    plan: &Plan,
    rule: &SessionRule,
    placements: &[Placement],
    problems: &mut Problems,
) -> Vec<Scheduled> {
    let unmoved = placements.iter().filter_map(|placement| match placement {
        Placement::Held(day) => Some(*day),
        _ => None,
    });
    let mut taken: BTreeSet<NaiveDate> = unmoved.collect();
    let mut fallen = Vec::new();
    let mut days: Vec<Scheduled> = Vec::new();
    for placement in placements {
        let (date, moved_from) = match *placement {
            Placement::Held(day) => (day, None),
            Placement::Skipped { .. } => continue,
            Placement::Moved { from, to } if !(plan.from.value..=plan.to.value).contains(&to) => {
                let problem = Diagnostic::new(MOVED_OUT, rule.days.place).with("from", from).with("to", to);
                problems.add(problem.with("first", plan.from.value).with("last", plan.to.value));
                continue;
            }
            Placement::Moved { from, to } if !taken.insert(to) => {
                fallen.push(format!("{from} → {to}"));
                continue;
            }
            Placement::Moved { from, to } => (to, Some(from)),
        };
        report_exception(rule, date, moved_from, problems);
        days.push(Scheduled { date, moved_from, turn: days.len(), provisional: false });
    }
    if !fallen.is_empty() {
        let problem = Diagnostic::new(MOVED_TOGETHER, rule.days.place).with("count", fallen.len());
        problems.add(problem.with("days", fallen.join("; ")));
    }
    days
}

/// A session that moves onto a day which the plan excepts by name is likely not meant.
fn report_exception(
    rule: &SessionRule,
    date: NaiveDate,
    moved_from: Option<NaiveDate>,
    problems: &mut Problems,
) {
    let excepted = rule.days.except.iter().find(|day| day.value == date);
    if let (Some(from), Some(day)) = (moved_from, excepted) {
        problems.add(Diagnostic::new(MOVED_ONTO_EXCEPTION, day.place).with("from", from).with("to", date));
    }
}

/// Says of dates that are written one by one when they do nothing: somebody meant them.
fn report_named(plan: &Plan, rule: &SessionRule, calendar: &StatutoryCalendar, problems: &mut Problems) {
    let inside = |day: NaiveDate| (plan.from.value..=plan.to.value).contains(&day);
    for day in &rule.days.named {
        if !inside(day.value) {
            let problem = Diagnostic::new(OUTSIDE_PLAN, day.place).with("date", day.value);
            problems.add(problem.with("from", plan.from.value).with("to", plan.to.value));
        } else if let Ok(Placement::Skipped { because }) =
            placed(day.value, rule.on_holiday, rule.on_weekend, calendar)
        {
            let is_weekend = because == crate::calendar::DayKind::Weekend;
            let key = if is_weekend { "on_weekend" } else { "on_holiday" };
            let problem = Diagnostic::new(NAMED_DAY_SKIPPED, day.place).with("date", day.value);
            problems.add(problem.with("key", key));
        }
    }
    for day in &rule.days.except {
        let meant = rule.days.planned.rule.matches(day.value, calendar).unwrap_or(true);
        if !meant || !inside(day.value) || rule.days.planned.also.contains(&day.value) {
            problems.add(Diagnostic::new(EXCEPT_MISSES, day.place).with("date", day.value));
        }
    }
}

/// Whether the plan may hold all these days: one that is not provisional has none in a year whose notice
/// is not known. Each such year is said once.
pub fn check_years<'s>(
    plan: &Plan,
    days: impl Iterator<Item = &'s Scheduled>,
    calendar: &StatutoryCalendar,
    problems: &mut Problems,
) {
    if plan.provisional {
        return;
    }
    let of = |day: &Scheduled| [Some(day.date), day.moved_from];
    let years = days.flat_map(of).flatten().map(|date| date.year());
    let unknown: BTreeSet<i32> = years.filter(|year| !calendar.known(*year)).collect();
    for year in unknown {
        problems.add(Diagnostic::new(YEAR_UNKNOWN, plan.to.place).with("year", year));
    }
}
