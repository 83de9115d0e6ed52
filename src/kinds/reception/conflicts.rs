//! Nobody receives in two places at once, over all plans of a board.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::rota::Session;
use super::swaps::{Change, Instead};
use super::{Hours, Plan, SessionRule};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::people::{People, PersonId};

const TWO_PLACES: Code = Code::error("two-places-at-once");

/// Who is taken when.
#[derive(Debug, Default)]
pub struct Bookings {
    taken: BTreeMap<(PersonId, NaiveDate), Vec<Booking>>,
}

#[derive(Debug)]
struct Booking {
    hours: Hours,
    /// Where the host is written.
    place: Place,
}

impl Bookings {
    /// Notes the sessions of a plan, those cancelled left out. `ids` are those of the area's rules noted before: a rule
    /// with the id of another is a mistake of its own, and likely its copy.
    pub fn note<'p>(&mut self, plan: &'p Plan, sessions: &[Session], ids: &mut BTreeSet<&'p str>) {
        let rules: Vec<Option<&SessionRule>> =
            plan.rules.iter().map(|rule| ids.insert(&rule.id.value).then_some(rule)).collect();
        for session in sessions {
            let Some(Some(rule)) = rules.get(session.rule) else { continue };
            let Some(place) = named_at(plan, session) else { continue };
            let booked = rule.hours.iter().map(|hours| Booking { hours: *hours, place });
            self.taken.entry((session.host, session.date)).or_default().extend(booked);
        }
    }

    /// Says of each rule that wants a person at a time when one written before it does, at the first such day.
    pub fn check(&self, people: &People, problems: &mut Problems) {
        let mut said = BTreeSet::new();
        for ((person, date), bookings) in &self.taken {
            let mut in_order: Vec<&Booking> = bookings.iter().collect();
            in_order.sort_by_key(|booking| booking.place);
            for (at, second) in in_order.iter().enumerate() {
                let mut before = in_order.iter().take(at);
                let first = before.find(|one| one.place != second.place && one.hours.overlaps(second.hours));
                let Some(first) = first else { continue };
                if !said.insert((*person, first.place, second.place)) {
                    continue;
                }
                let name = people.get(*person).map(|person| person.card.name.as_str()).unwrap_or_default();
                let problem = Diagnostic::new(TWO_PLACES, second.place).and(first.place).with("name", name);
                let problem = problem.with("date", date).with("hours", second.hours);
                problems.add(problem.with("other_hours", first.hours));
            }
        }
    }
}

/// Where the content names who receives; `None` where nobody does.
fn named_at(plan: &Plan, session: &Session) -> Option<Place> {
    match session.change {
        None => Some(plan.rules.get(session.rule)?.hosts.get(session.turn_of)?.contact.place),
        Some(Change::Cancelled { .. }) => None,
        Some(Change::Swapped { swap, .. }) => match &plan.swaps.get(swap)?.instead {
            Instead::By(by) => Some(by.place),
            Instead::Cancelled { .. } => None,
        },
    }
}
