//! Why a day is a session or is none: every planned day of an area's rules, with what became of it.

use chrono::NaiveDate;

use super::reception::{SessionView, session};
use crate::board::{AreaOnBoard, Board};
use crate::calendar::{DayKind, StatutoryCalendar};
use crate::kinds::reception::schedule::{PlannedDay, Verdict, planned_days as days_of_rule};
use crate::kinds::reception::{Plan, SessionRule};

/// A rule, with its planned days between two days.
#[derive(Clone, Debug)]
pub struct ExplainedRule<'b> {
    /// The rule.
    pub rule: &'b SessionRule,
    /// Its plan.
    pub plan: &'b Plan,
    /// The days, in their order. Where one single day is asked for, there is always an answer.
    pub days: Vec<ExplainedDay<'b>>,
}

/// A day, with the answer of one rule.
#[derive(Clone, Debug)]
pub struct ExplainedDay<'b> {
    /// The day.
    pub date: NaiveDate,
    /// The answer.
    pub answer: Answer<'b>,
}

/// What a rule says of a day.
#[derive(Clone, Debug)]
pub enum Answer<'b> {
    /// Its plan does not cover the day.
    OutsidePlan,
    /// It does not mean the day.
    NotMeant,
    /// It means the day, or its plan names or leaves it out.
    Planned {
        /// Why, and what becomes of it.
        planned: PlannedDay,
        /// What kind of day it is, as far as that is known or taken for granted by a provisional plan.
        kind: Option<DayKind>,
        /// The session that came of it.
        session: Option<Box<SessionView<'b>>>,
    },
}

/// The rules of an area's plans that exist on the board's day, each with every day from `from` to `to` that is
/// planned, or onto which one moves. Plans that end before or begin after are left out.
///
/// Of one single day (`from` and `to` are the same) every rule of every plan says something.
pub fn explain_days<'b>(
    board: &'b Board,
    area: &'b AreaOnBoard,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<ExplainedRule<'b>> {
    // The calendar by which the sessions were made.
    let calendar = board.calendar.clone().provisionally();
    let plans = area.reception.plans.iter().enumerate();
    let asked = Asked { board, area, calendar, from, to };
    plans
        .filter(|(_, plan)| from == to || plan.from.value <= to && from <= plan.to.value)
        .flat_map(|(index, plan)| plan.rules.iter().enumerate().map(move |rule| (index, plan, rule)))
        .map(|(plan_index, plan, (index, rule))| ExplainedRule {
            rule,
            plan,
            days: asked.days(plan_index, plan, index, rule),
        })
        .collect()
}

/// What was asked.
struct Asked<'b> {
    board: &'b Board,
    area: &'b AreaOnBoard,
    calendar: StatutoryCalendar,
    from: NaiveDate,
    to: NaiveDate,
}

impl<'b> Asked<'b> {
    fn days(
        &self,
        plan_index: usize,
        plan: &'b Plan,
        index: usize,
        rule: &'b SessionRule,
    ) -> Vec<ExplainedDay<'b>> {
        let is_asked = |day: NaiveDate| (self.from..=self.to).contains(&day);
        // A rule whose year has no calendar is an error of the plan and has no days.
        let planned = days_of_rule(plan, rule, &self.calendar).unwrap_or_default();
        let mut days: Vec<ExplainedDay<'_>> = planned
            .into_iter()
            .filter(|day| is_asked(day.date) || leads_to(day).is_some_and(is_asked))
            .map(|day| ExplainedDay {
                date: day.date,
                answer: Answer::Planned {
                    kind: self.calendar.kind(day.date).ok(),
                    session: self.session_of(plan_index, index, &day).map(Box::new),
                    planned: day,
                },
            })
            .collect();
        if self.from == self.to && days.is_empty() {
            let answer = if plan.covers(self.from) { Answer::NotMeant } else { Answer::OutsidePlan };
            days.push(ExplainedDay { date: self.from, answer });
        }
        days
    }

    /// The session that came of a planned day of the rule with this index.
    fn session_of(&self, plan: usize, rule: usize, day: &PlannedDay) -> Option<SessionView<'b>> {
        let date = match day.verdict {
            Verdict::Held { .. } => day.date,
            Verdict::Moved { to, .. } => to,
            _ => return None,
        };
        let from = self.area.reception.from_day(date).iter();
        let mut of_the_day = from.take_while(|(_, session)| session.date == date);
        let one = of_the_day.find(|(of, session)| (*of, session.rule) == (plan, rule))?;
        session(self.board, self.area, one)
    }
}

/// The day onto which a planned day moves.
fn leads_to(day: &PlannedDay) -> Option<NaiveDate> {
    match day.verdict {
        Verdict::Moved { to, .. } | Verdict::MovedOut { to, .. } => Some(to),
        Verdict::FellAway { onto, .. } => Some(onto),
        Verdict::Held { .. } | Verdict::Skipped { .. } | Verdict::Excepted => None,
    }
}
