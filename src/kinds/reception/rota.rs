//! Who receives: the hosts of a rule take its sessions in turn.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::schedule::{Scheduled, check_years, schedule};
use super::{Host, Plan, SessionRule};
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::people::{People, PersonId};

const NOT_IN_OFFICE: Code = Code::error("host-not-in-office");
const HOST_LACKS: Code = Code::error("host-lacks-fact");
const PUBLISHED_LATE: Code = Code::warning("plan-published-late");

/// A dated session of a plan. What its rule says of it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Index of its rule in the plan.
    pub rule: usize,
    /// Index of the host in the rule whose turn it is.
    pub turn_of: usize,
    /// Who receives: that host, or the successor who has taken over the office.
    pub host: PersonId,
    /// The day.
    pub date: NaiveDate,
    /// The day planned, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Whether the notice for its year is not known, so that it may still change.
    pub provisional: bool,
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

    /// The sessions of a plan, rule by rule and turn by turn.
    ///
    /// A session without a host is left out; why there is none has been reported then.
    pub fn sessions(&mut self, plan: &Plan, problems: &mut Problems) -> Vec<Session> {
        let days: Vec<Vec<Scheduled>> =
            plan.rules.iter().map(|rule| schedule(plan, rule, &self.calendar, problems)).collect();
        check_years(plan, days.iter().flatten(), &self.calendar, problems);
        report_late(plan, days.iter().flatten().map(|day| day.date).min(), problems);
        let mut sessions = Vec::new();
        for (index, (rule, days)) in plan.rules.iter().zip(&days).enumerate() {
            self.take_turns(index, rule, days, &mut sessions, problems);
        }
        sessions
    }

    fn take_turns(
        &mut self,
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
                let Some(person) = self.people.in_office(first, day.date) else {
                    vacant.push(day.date);
                    continue;
                };
                self.check_facts(person, host, problems);
                let Scheduled { date, moved_from, provisional, .. } = *day;
                sessions.push(Session { rule: index, turn_of, host: person, date, moved_from, provisional });
            }
            if let Some(date) = vacant.first() {
                let problem = Diagnostic::new(NOT_IN_OFFICE, host.contact.place).with("date", date);
                problems.add(problem.with("id", &host.contact.value).with("count", vacant.len()));
            }
        }
    }

    /// Position and duties of a host are published with every session, so their card has both.
    fn check_facts(&mut self, id: PersonId, host: &Host, problems: &mut Problems) {
        let Some(person) = self.people.get(id) else { return };
        let card = &person.card;
        let facts = [("position", "fact-position", &card.position), ("duties", "fact-duties", &card.duties)];
        for (key, word, fact) in facts {
            if fact.is_none() && self.lacking.insert((id, key)) {
                let problem = Diagnostic::new(HOST_LACKS, card.place).and(host.contact.place);
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
