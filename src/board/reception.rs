//! Reception days: the plans that exist on the day, with all their sessions, past and to come.

use chrono::NaiveDate;

use super::Changes;
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::Problems;
use crate::kinds::people::People;
use crate::kinds::reception::conflicts::Bookings;
use crate::kinds::reception::rota::{Rotas, Session};
use crate::kinds::reception::{Plan, SessionRule};

/// The reception days of one area.
#[derive(Debug, Default)]
pub struct ReceptionOnBoard {
    /// The plans that have been published by the day, by their first day.
    pub plans: Vec<Plan>,
    /// Their sessions by date, past ones too, each with the index of its plan.
    pub sessions: Vec<(usize, Session)>,
}

impl ReceptionOnBoard {
    /// What a session's plan and rule say of it.
    pub fn rule_of(&self, (plan, session): &(usize, Session)) -> Option<(&Plan, &SessionRule)> {
        let plan = self.plans.get(*plan)?;
        Some((plan, plan.rules.get(session.rule)?))
    }

    /// The sessions on `day` and after it, the nearest first.
    pub fn from_day(&self, day: NaiveDate) -> &[(usize, Session)] {
        let at = self.sessions.partition_point(|(_, session)| session.date < day);
        self.sessions.get(at..).unwrap_or_default()
    }

    /// The sessions before `day`, the oldest first.
    pub fn before_day(&self, day: NaiveDate) -> &[(usize, Session)] {
        let at = self.sessions.partition_point(|(_, session)| session.date < day);
        self.sessions.get(..at).unwrap_or_default()
    }
}

/// Makes the sessions of all areas. Plans that are not published yet are checked like the others.
pub(super) fn resolve(
    areas: impl Iterator<Item = Vec<Plan>>,
    people: &People,
    calendar: &StatutoryCalendar,
    changes: &mut Changes,
    problems: &mut Problems,
) -> Vec<ReceptionOnBoard> {
    let mut rotas = Rotas::new(people, calendar);
    let mut bookings = Bookings::default();
    let areas: Vec<Vec<(Plan, Vec<Session>)>> = areas
        .map(|plans| {
            let with_sessions = |plan: Plan| {
                let sessions = rotas.sessions(&plan, problems);
                bookings.note(&plan, &sessions);
                (plan, sessions)
            };
            plans.into_iter().map(with_sessions).collect()
        })
        .collect();
    bookings.check(people, problems);
    areas.into_iter().map(|plans| on_board(plans, changes)).collect()
}

/// The plans of an area that exist on the day. The output changes when one is published or ends, and on
/// the day after each session, when it is past.
fn on_board(plans: Vec<(Plan, Vec<Session>)>, changes: &mut Changes) -> ReceptionOnBoard {
    let mut shown = ReceptionOnBoard::default();
    let mut plans = plans;
    plans.sort_by_key(|(plan, _)| (plan.from.value, plan.to.value));
    for (plan, sessions) in plans {
        if plan.published.value > changes.day() {
            changes.on(Some(plan.published.value));
            continue;
        }
        changes.day_after(Some(plan.to.value));
        let index = shown.plans.len();
        for session in sessions {
            changes.day_after(Some(session.date));
            shown.sessions.push((index, session));
        }
        shown.plans.push(plan);
    }
    let plans = &shown.plans;
    let start = |(plan, session): &(usize, Session)| {
        Some(plans.get(*plan)?.rules.get(session.rule)?.hours.first()?.start())
    };
    shown.sessions.sort_by_key(|one| (one.1.date, start(one), one.0, one.1.rule));
    shown
}
