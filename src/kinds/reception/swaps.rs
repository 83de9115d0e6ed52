//! `[[swap]]`: sessions that somebody else holds than whose turn it is, and sessions that are cancelled.
//!
//! A swap changes one session and no other: turns are counted before any swap is looked at, so nobody else's day moves. A
//! swap exists from the day it was told; its faults are said before.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rota::Session;
use super::{NamedRules, Plan};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::people::{People, PersonId};
use crate::source::parse::{date, located, text, truth, unpublished_text};
use crate::source::{Fields, Located, Table};

const NO_CHANGE: Code = Code::error("swap-without-change");
const TWO_CHANGES: Code = Code::error("swap-and-cancel");
const NO_SESSION: Code = Code::error("swap-without-session");
const SWAPPED_TWICE: Code = Code::error("swapped-twice");
const NOT_THEIR_TURN: Code = Code::error("swap-not-their-turn");
const OWN_TURN: Code = Code::error("swap-with-oneself");
const TOLD_LATE: Code = Code::warning("swap-told-late");
const CANCELLED: Code = Code::warning("session-cancelled");

/// One session that is held by another host or not at all.
#[derive(Clone, Debug)]
pub struct Swap {
    /// Index of the rule in the plan.
    pub rule: usize,
    /// The day of the session, as it is held.
    pub date: Located<NaiveDate>,
    /// Whose turn it was, where the swap says so.
    pub host: Option<Located<String>>,
    /// What happens instead.
    pub instead: Instead,
    /// The day it was told; the swap exists from then on.
    pub told: Located<NaiveDate>,
}

/// What happens instead of a session by turn.
#[derive(Clone, Debug)]
pub enum Instead {
    /// This contact receives.
    By(Located<String>),
    /// Nobody receives, for this reason.
    Cancelled {
        /// Why, in words for the public.
        reason: String,
        /// Where it is written.
        place: Place,
    },
}

impl Swap {
    /// Whether it changes the session of this rule on this day.
    pub fn changes(&self, rule: usize, date: NaiveDate) -> bool {
        self.rule == rule && self.date.value == date
    }

    /// Why nobody receives; `None` where somebody else does.
    pub fn reason(&self) -> Option<&str> {
        match &self.instead {
            Instead::By(_) => None,
            Instead::Cancelled { reason, .. } => Some(reason),
        }
    }
}

/// Reads one `[[swap]]`.
pub(super) fn swap(table: &Table<'_>, rules: &NamedRules<'_>, problems: &mut Problems) -> Option<Swap> {
    let mut fields = Fields::new(table, problems);
    let rule = fields.required("session", |value, problems| rules.find(value, problems));
    let date = fields.required("date", located(date));
    let host = fields.optional("host", located(unpublished_text));
    let told = fields.required("told", located(self::date));
    let has = |key: &str| table.entries.iter().any(|entry| entry.key == key);
    let by = fields.optional("by", located(unpublished_text));
    let cancel = fields.optional("cancel", located(truth));
    let unreadable = has("by") && by.is_none() || has("cancel") && cancel.is_none();
    let instead = match (by, cancel.filter(|cancel| cancel.value)) {
        (Some(by), Some(cancel)) => {
            fields.take("reason");
            fields.problems().add(Diagnostic::new(TWO_CHANGES, cancel.place).and(by.place));
            None
        }
        (Some(by), None) => Some(Instead::By(by)),
        (None, Some(cancel)) => {
            let reason = fields.required("reason", text);
            reason.map(|reason| Instead::Cancelled { reason, place: cancel.place })
        }
        (None, None) => {
            fields.take("reason");
            if !unreadable {
                fields.problems().add(Diagnostic::new(NO_CHANGE, table.place));
            }
            None
        }
    };
    fields.finish_knowing(|key| (key == "reason").then_some("cancel = true"));
    Some(Swap { rule: rule?, date: date?, host, instead: instead?, told: told? })
}

/// What a swap made of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody else receives.
    Swapped {
        /// Index of the swap in the plan.
        swap: usize,
        /// Whose turn it was.
        instead_of: PersonId,
    },
    /// Nobody receives.
    Cancelled {
        /// Index of the swap in the plan.
        swap: usize,
    },
}

impl Change {
    /// Index of the swap in the plan.
    pub fn swap(self) -> usize {
        match self {
            Self::Swapped { swap, .. } | Self::Cancelled { swap } => swap,
        }
    }
}

/// Makes the swaps of a plan in its sessions. `check_facts` looks at the card of everybody who steps in.
pub(super) fn apply(
    plan: &Plan,
    sessions: &mut [Session],
    people: &People,
    problems: &mut Problems,
    mut check_facts: impl FnMut(PersonId, Place, &mut Problems),
) {
    let mut swapped: BTreeMap<(usize, NaiveDate), Place> = BTreeMap::new();
    for (index, swap) in plan.swaps.iter().enumerate() {
        let of_rule = |session: &&mut Session| session.rule == swap.rule;
        let found = sessions.iter_mut().filter(of_rule).find(|session| session.date == swap.date.value);
        let Some(session) = found else {
            // A session whose hosts could not be read is not there, which is said already.
            if people.has_all_cards() {
                report_no_session(plan, swap, sessions, problems);
            }
            continue;
        };
        if let Some(first) = swapped.insert((swap.rule, swap.date.value), swap.date.place) {
            let problem = Diagnostic::new(SWAPPED_TWICE, swap.date.place).and(first);
            problems.add(problem.with("date", swap.date.value));
            continue;
        }
        report_late(plan, swap, problems);
        check_turn(swap, session, people, problems);
        match &swap.instead {
            Instead::Cancelled { place, .. } => {
                session.change = Some(Change::Cancelled { swap: index });
                let title = plan.rules.get(swap.rule).map(|rule| rule.title.as_str()).unwrap_or_default();
                let problem = Diagnostic::new(CANCELLED, *place).with("date", swap.date.value);
                problems.add(problem.with("title", title));
            }
            Instead::By(by) => {
                let Some(named) = people.find(by, problems) else { continue };
                let Some(person) = people.in_office(named, session.date) else {
                    let problem = Diagnostic::new(super::rota::NOT_IN_OFFICE, by.place);
                    problems.add(problem.with("date", session.date).with("id", &by.value).with("count", 1));
                    continue;
                };
                if person == session.host {
                    let problem = Diagnostic::new(OWN_TURN, by.place).with("date", session.date);
                    problems.add(problem.with("id", &by.value));
                    continue;
                }
                check_facts(person, by.place, problems);
                session.change = Some(Change::Swapped { swap: index, instead_of: session.host });
                session.host = person;
            }
        }
    }
}

/// Says that there is no session on the day of a swap: where it was moved to, or when the rule has the nearest one.
fn report_no_session(plan: &Plan, swap: &Swap, sessions: &[Session], problems: &mut Problems) {
    let date = swap.date.value;
    let id = plan.rules.get(swap.rule).map(|rule| rule.id.value.as_str()).unwrap_or_default();
    let mut problem = Diagnostic::new(NO_SESSION, swap.date.place).with("date", date).with("id", id);
    let of_rule = || sessions.iter().filter(|session| session.rule == swap.rule);
    let moved = of_rule().find(|session| session.moved_from == Some(date));
    let away = |session: &&Session| session.date.signed_duration_since(date).num_days().abs();
    if let Some(near) = moved.or_else(|| of_rule().min_by_key(away)) {
        problem = problem.with("near", near.date);
    }
    problems.add(problem);
}

/// A swap that names whose turn it is names the right one.
fn check_turn(swap: &Swap, session: &Session, people: &People, problems: &mut Problems) {
    let Some(host) = &swap.host else { return };
    let Some(named) = people.find(host, problems) else { return };
    if named != session.host && people.in_office(named, session.date) != Some(session.host) {
        let name = people.get(session.host).map(|person| person.card.name.as_str()).unwrap_or_default();
        let problem = Diagnostic::new(NOT_THEIR_TURN, host.place).with("date", session.date);
        problems.add(problem.with("id", &host.value).with("name", name));
    }
}

/// A swap is told as many days ahead as the plan asks for.
fn report_late(plan: &Plan, swap: &Swap, problems: &mut Problems) {
    let ahead = swap.date.value.signed_duration_since(swap.told.value).num_days();
    if ahead < i64::from(plan.told_days) {
        let problem = Diagnostic::new(TOLD_LATE, swap.told.place).with("date", swap.date.value);
        problems.add(problem.with("ahead", ahead).with("days", plan.told_days));
    }
}

#[cfg(test)]
mod tests;
