//! Who receives: the hosts of a rule take its sessions in turn.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::schedule::{Scheduled, check_years, schedule};
use super::swaps::{self, Change};
use super::{Plan, SessionRule, quotas};
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::people::{People, PersonId};

pub(super) const NOT_IN_OFFICE: Code = Code::error("host-not-in-office");
const HOST_LACKS: Code = Code::error("host-lacks-fact");
const PUBLISHED_LATE: Code = Code::warning("plan-published-late");

/// A dated session of a plan. What its rule says of it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Index of its rule in the plan.
    pub rule: usize,
    /// Index of the host in the rule whose turn it is.
    pub turn_of: usize,
    /// Who receives: that host, the successor who has taken over the office, or whoever steps in. Of a cancelled
    /// session, who would have.
    pub host: PersonId,
    /// The day.
    pub date: NaiveDate,
    /// The day planned, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Whether the notice for its year is not known, so that it may still change.
    pub provisional: bool,
    /// What a swap made of it.
    pub change: Option<Change>,
}

impl Session {
    /// Whether nobody receives.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.change, Some(Change::Cancelled { .. }))
    }

    /// As it was before any swap.
    pub fn by_turn(self) -> Self {
        let host = match self.change {
            Some(Change::Swapped { instead_of, .. }) => instead_of,
            _ => self.host,
        };
        Self { host, change: None, ..self }
    }
}

/// Makes the sessions of plans; remembers what has been said of hosts, so that each card that lacks
/// something is named once.
pub struct Rotas<'p> {
    people: &'p People,
    calendar: StatutoryCalendar,
    lacking: BTreeSet<(PersonId, &'static str)>,
}

impl<'p> Rotas<'p> {
    /// For a board's people, by its calendar.
    pub fn new(people: &'p People, calendar: &StatutoryCalendar) -> Self {
        Self { people, calendar: calendar.clone().provisionally(), lacking: BTreeSet::new() }
    }

    /// The sessions of a plan, rule by rule and turn by turn, with all its swaps made.
    ///
    /// A session without a host is left out; why there is none has been reported then.
    pub fn sessions(&mut self, plan: &Plan, problems: &mut Problems) -> Vec<Session> {
        let days: Vec<Vec<Scheduled>> =
            plan.rules.iter().map(|rule| schedule(plan, rule, &self.calendar, problems)).collect();
        check_years(plan, days.iter().flatten(), &self.calendar, problems);
        report_late(plan, days.iter().flatten().map(|day| day.date).min(), problems);
        let mut sessions = Vec::new();
        for (index, (rule, days)) in plan.rules.iter().zip(&days).enumerate() {
            self.take_turns(plan, index, rule, days, &mut sessions, problems);
        }
        let people = self.people;
        swaps::apply(plan, &mut sessions, people, problems, |person, place, problems| {
            self.check_facts(person, place, problems);
        });
        quotas::check(plan, &sessions, people, problems);
        sessions
    }

    fn take_turns(
        &mut self,
        plan: &Plan,
        index: usize,
        rule: &SessionRule,
        days: &[Scheduled],
        sessions: &mut Vec<Session>,
        problems: &mut Problems,
    ) {
        let found: Vec<Option<PersonId>> =
            rule.hosts.iter().map(|host| self.people.find(&host.contact, problems)).collect();
        for (turn_of, (host, found)) in rule.hosts.iter().zip(found).enumerate() {
            let Some(first) = found else { continue };
            let mut vacant = Vec::new();
            for day in days.iter().filter(|day| day.turn % rule.hosts.len() == turn_of) {
                let in_office = self.people.in_office(first, day.date);
                // Where nobody holds the office, a swap may still name who receives.
                let swapped = || plan.swaps.iter().any(|swap| swap.changes(index, day.date));
                let Some(person) = in_office.or_else(|| swapped().then_some(first)) else {
                    vacant.push(day.date);
                    continue;
                };
                self.check_facts(person, host.contact.place, problems);
                let Scheduled { date, moved_from, provisional, .. } = *day;
                sessions.push(Session {
                    rule: index,
                    turn_of,
                    host: person,
                    date,
                    moved_from,
                    provisional,
                    change: None,
                });
            }
            if let Some(date) = vacant.first() {
                let problem = Diagnostic::new(NOT_IN_OFFICE, host.contact.place).with("date", date);
                problems.add(problem.with("id", &host.contact.value).with("count", vacant.len()));
            }
        }
    }

    /// Position and duties of a host are published with every session, so their card has both.
    /// `named` is where the content says that they receive.
    fn check_facts(&mut self, id: PersonId, named: Place, problems: &mut Problems) {
        let Some(person) = self.people.get(id) else { return };
        let card = &person.card;
        let facts = [("position", "fact-position", &card.position), ("duties", "fact-duties", &card.duties)];
        for (key, word, fact) in facts {
            if fact.is_none() && self.lacking.insert((id, key)) {
                let problem = Diagnostic::new(HOST_LACKS, card.place).and(named);
                problems.add(problem.with("name", &card.name).with("key", key).with_word("fact", word));
            }
        }
    }
}

/// A plan is published before its first session.
fn report_late(plan: &Plan, first: Option<NaiveDate>, problems: &mut Problems) {
    if let Some(first) = first.filter(|first| *first <= plan.published.value) {
        let problem = Diagnostic::new(PUBLISHED_LATE, plan.published.place);
        problems.add(problem.with("published", plan.published.value).with("first", first));
    }
}
