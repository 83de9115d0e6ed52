//! Reception days: the plans that exist on the day, with all their sessions, past and to come.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Changes;
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::Problems;
use crate::kinds::people::People;
use crate::kinds::reception::conflicts::Bookings;
use crate::kinds::reception::quotas::{Duty, duties};
use crate::kinds::reception::rota::{Rotas, Session};
use crate::kinds::reception::{Plan, SessionRule};

/// The reception days of one area.
#[derive(Debug, Default)]
pub struct ReceptionOnBoard {
    /// The plans that have been published by the day, by their first day.
    pub plans: Vec<Plan>,
    /// Their sessions by date, past and cancelled ones too, each with the index of its plan.
    pub sessions: Vec<(usize, Session)>,
    /// How the quotas of the plans are met, each with the index of its plan.
    pub duties: Vec<(usize, Duty)>,
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
            let sessions: Vec<Vec<Session>> =
                plans.iter().map(|plan| rotas.sessions(plan, problems)).collect();
            let mut ids = BTreeSet::new();
            for (plan, sessions) in plans.iter().zip(&sessions) {
                bookings.note(plan, sessions, &mut ids);
            }
            plans.into_iter().zip(sessions).collect()
        })
        .collect();
    bookings.check(people, problems);
    areas.into_iter().map(|plans| on_board(plans, people, changes)).collect()
}

/// The plans of an area that exist on the day. The output changes when one is published or ends, and on
/// the day after each session, when it is past; and when a swap is told.
fn on_board(plans: Vec<(Plan, Vec<Session>)>, people: &People, changes: &mut Changes) -> ReceptionOnBoard {
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
        for swap in &plan.swaps {
            changes.on(Some(swap.told.value));
        }
        let told = sessions.into_iter().filter_map(|session| as_told(&plan, session, people, changes.day()));
        let told: Vec<Session> = told.collect();
        shown.duties.extend(duties(&plan, told.iter(), people).into_iter().map(|duty| (index, duty)));
        for session in told {
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

/// A session as the public knows it on `day`: a swap that has not been told yet is none. `None` where nobody would
/// receive without it.
fn as_told(plan: &Plan, session: Session, people: &People, day: NaiveDate) -> Option<Session> {
    let swap = session.change.and_then(|change| plan.swaps.get(change.swap()));
    if swap.is_none_or(|swap| swap.told.value <= day) {
        return Some(session);
    }
    let by_turn = session.by_turn();
    let in_office = people.get(by_turn.host).is_some_and(|host| host.card.in_office(session.date));
    in_office.then_some(by_turn)
}
