//! The days on which the sessions of a rule are held.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Plan, SessionRule};
use crate::calendar::{
    DayKind, DayRule, LunarDay, Meaning, MissingDay, Placement, StatutoryCalendar, UnknownYear, placed,
};
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
const MONTHS_WITHOUT: Code = Code::warning("months-without-day");
const LUNAR_MONTHS_WITHOUT: Code = Code::warning("lunar-months-without-day");

/// A day named by `also` so many days from the end of a month stands for the day that the month does not have.
const STANDS_FOR: i64 = 3;

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

/// A day that a rule means, or that its plan names or leaves out, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDay {
    /// The day.
    pub date: NaiveDate,
    /// How it comes to be one; never [`Meaning::Nothing`].
    pub meaning: Meaning,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a planned day. Those that are held or moved take turns, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is held.
    Held {
        /// Which turn it takes.
        turn: usize,
    },
    /// It is held on a working day instead.
    Moved {
        /// That day.
        to: NaiveDate,
        /// What the day planned is.
        because: DayKind,
        /// Which turn it takes.
        turn: usize,
    },
    /// It would move onto a session of the same rule, and falls away.
    FellAway {
        /// The day of that session.
        onto: NaiveDate,
        /// What the day planned is.
        because: DayKind,
    },
    /// It would move out of the plan, which is an error.
    MovedOut {
        /// Where to.
        to: NaiveDate,
        /// What the day planned is.
        because: DayKind,
    },
    /// It is a day off and falls away.
    Skipped {
        /// What the day is.
        because: DayKind,
    },
    /// The plan leaves it out.
    Excepted,
}

impl PlannedDay {
    /// The session that it becomes.
    fn scheduled(&self, calendar: &StatutoryCalendar) -> Option<Scheduled> {
        let (date, moved_from, turn) = match self.verdict {
            Verdict::Held { turn } => (self.date, None, turn),
            Verdict::Moved { to, turn, .. } => (to, Some(self.date), turn),
            _ => return None,
        };
        let provisional = !calendar.known(date.year()) || !calendar.known(self.date.year());
        Some(Scheduled { date, moved_from, turn, provisional })
    }
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
    report_missing(plan, rule, problems);
    let planned = match planned_days(plan, rule, calendar) {
        Ok(planned) => planned,
        Err(UnknownYear(year)) => {
            problems.add(Diagnostic::new(NO_CALENDAR, rule.days.place).with("year", year));
            return Vec::new();
        }
    };
    report_moved(plan, rule, &planned, problems);
    let mut days: Vec<Scheduled> = planned.iter().filter_map(|day| day.scheduled(calendar)).collect();
    days.sort_by_key(|day| day.date);
    if days.is_empty() && problems.len() == before {
        problems.add(Diagnostic::new(NO_DAYS, rule.days.place).with("id", &rule.id.value));
    }
    days
}

/// Every day of the plan that the rule means, that the plan names besides or leaves out, with what becomes of
/// it, in the order of those days. The sessions of the rule are those that are held or moved.
///
/// # Errors
/// When a day's year has no calendar.
pub fn planned_days(
    plan: &Plan,
    rule: &SessionRule,
    calendar: &StatutoryCalendar,
) -> Result<Vec<PlannedDay>, UnknownYear> {
    let mut days: Vec<(NaiveDate, Meaning, Option<Placement>)> = Vec::new();
    for (date, meaning) in rule.days.planned.between(plan.from.value, plan.to.value, calendar)? {
        let placement = match meaning {
            Meaning::Except(_) | Meaning::Nothing => None,
            Meaning::Rule(_) | Meaning::Also => {
                Some(placed(date, rule.on_holiday, rule.on_weekend, calendar)?)
            }
        };
        days.push((date, meaning, placement));
    }
    let unmoved = days.iter().filter(|(.., placement)| matches!(placement, Some(Placement::Held(_))));
    let mut taken: BTreeSet<NaiveDate> = unmoved.map(|(date, ..)| *date).collect();
    let mut turns = 0..;
    let mut verdict = |placement: Option<Placement>| match placement {
        None => Verdict::Excepted,
        Some(Placement::Skipped { because }) => Verdict::Skipped { because },
        Some(Placement::Moved { to, because, .. }) if !plan.covers(to) => Verdict::MovedOut { to, because },
        Some(Placement::Moved { to, because, .. }) if !taken.insert(to) => {
            Verdict::FellAway { onto: to, because }
        }
        Some(Placement::Moved { to, because, .. }) => {
            Verdict::Moved { to, because, turn: turns.next().unwrap_or_default() }
        }
        Some(Placement::Held(_)) => Verdict::Held { turn: turns.next().unwrap_or_default() },
    };
    let with_verdict = |(date, meaning, placement)| PlannedDay { date, meaning, verdict: verdict(placement) };
    Ok(days.into_iter().map(with_verdict).collect())
}

/// Says what is odd of days that move: where they leave the plan, meet a session, or meet a day left out.
fn report_moved(plan: &Plan, rule: &SessionRule, planned: &[PlannedDay], problems: &mut Problems) {
    let mut fallen = Vec::new();
    for day in planned {
        match day.verdict {
            Verdict::MovedOut { to, .. } => {
                let problem = Diagnostic::new(MOVED_OUT, rule.days.place).with("from", day.date);
                let problem = problem.with("to", to).with("first", plan.from.value);
                problems.add(problem.with("last", plan.to.value));
            }
            Verdict::FellAway { onto, .. } => fallen.push(format!("{} → {onto}", day.date)),
            Verdict::Moved { to, .. } => report_exception(rule, day.date, to, problems),
            Verdict::Held { .. } | Verdict::Skipped { .. } | Verdict::Excepted => {}
        }
    }
    if !fallen.is_empty() {
        let problem = Diagnostic::new(MOVED_TOGETHER, rule.days.place).with("count", fallen.len());
        problems.add(problem.with("days", fallen.join("; ")));
    }
}

/// A session that moves onto a day which the plan excepts by name is likely not meant.
fn report_exception(rule: &SessionRule, from: NaiveDate, to: NaiveDate, problems: &mut Problems) {
    if let Some(day) = rule.days.except.iter().find(|day| day.value == to) {
        problems.add(Diagnostic::new(MOVED_ONTO_EXCEPTION, day.place).with("from", from).with("to", to));
    }
}

/// Says of dates that are written one by one when they do nothing: somebody meant them.
fn report_named(plan: &Plan, rule: &SessionRule, calendar: &StatutoryCalendar, problems: &mut Problems) {
    for day in &rule.days.named {
        if !plan.covers(day.value) {
            let problem = Diagnostic::new(OUTSIDE_PLAN, day.place).with("date", day.value);
            problems.add(problem.with("from", plan.from.value).with("to", plan.to.value));
        } else if let Ok(Placement::Skipped { because }) =
            placed(day.value, rule.on_holiday, rule.on_weekend, calendar)
        {
            let is_weekend = because == DayKind::Weekend;
            let key = if is_weekend { "on_weekend" } else { "on_holiday" };
            let problem = Diagnostic::new(NAMED_DAY_SKIPPED, day.place).with("date", day.value);
            problems.add(problem.with("key", key));
        }
    }
    for day in &rule.days.except {
        let meant = rule.days.planned.rule.matches(day.value, calendar).unwrap_or(true);
        if !meant || !plan.covers(day.value) || rule.days.planned.also.contains(&day.value) {
            problems.add(Diagnostic::new(EXCEPT_MISSES, day.place).with("date", day.value));
        }
    }
}

/// Says of days such as the 31st which months of the plan do not have them. A month for which `also` names
/// another day was thought of.
fn report_missing(plan: &Plan, rule: &SessionRule, problems: &mut Problems) {
    let is_thought_of = |nearest: NaiveDate| {
        let from_it = |day: &NaiveDate| day.signed_duration_since(nearest).num_days().abs();
        rule.days.planned.also.iter().any(|day| from_it(day) <= STANDS_FOR)
    };
    let day_rule = &rule.days.planned.rule;
    let missing = day_rule.missing(plan.from.value, plan.to.value).into_iter();
    let missing: Vec<MissingDay> = missing.filter(|missing| !is_thought_of(missing.nearest)).collect();
    if missing.is_empty() {
        return;
    }
    let is_lunar = matches!(day_rule, DayRule::LunarDay(_));
    let mut months: Vec<String> = missing
        .iter()
        .filter_map(|MissingDay { nearest, .. }| match is_lunar {
            true => LunarDay::of(*nearest).map(LunarDay::month_name),
            false => Some(nearest.format("%Y-%m").to_string()),
        })
        .collect();
    months.dedup();
    let days: BTreeSet<i8> = missing.iter().map(|missing| missing.number).collect();
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    let code = if is_lunar { LUNAR_MONTHS_WITHOUT } else { MONTHS_WITHOUT };
    let problem = Diagnostic::new(code, rule.days.place).with("days", days.join(", "));
    problems.add(problem.with("count", months.len()).with("months", months.join(", ")));
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
        let problem = Diagnostic::new(YEAR_UNKNOWN, plan.to.place).with("year", year);
        problems.add(match calendar.begins_after(year) {
            Some(first) => problem.with("first", first),
            None => problem.with("ahead", year),
        });
    }
}
