//! `[[quota]]`: how often somebody has to receive, or a session to be held, in each window of the calendar.
//!
//! A duty stays with the office: sessions of a successor count for it, and those taken over from others count for whoever
//! receives. Cancelled ones count for nobody. Only sessions of the plan itself are looked at.

use chrono::NaiveDate;

use super::rota::Session;
use super::swaps::Change;
use super::{NamedRules, Plan};
use crate::calendar::Interval;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::people::{People, PersonId};
use crate::source::parse::{located, unpublished_text, whole};
use crate::source::{Fields, Located, Table, Value};

const BAD_INTERVAL: Code = Code::error("bad-interval");
const NOBODY: Code = Code::error("quota-of-nobody");
const TWO_SUBJECTS: Code = Code::error("quota-of-both");
const UNMET: Code = Code::warning("quota-unmet");
const NEVER_JUDGED: Code = Code::warning("quota-never-judged");

/// How many windows a message names.
const NAMED_WINDOWS: usize = 6;

/// A duty that the sessions of a plan must meet.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Whose duty it is.
    pub of: QuotaOf,
    /// How many sessions at least in each window.
    pub at_least: u32,
    /// The windows.
    pub every: Interval,
    /// Where the quota is written.
    pub place: Place,
}

/// What a quota counts.
#[derive(Clone, Debug)]
pub enum QuotaOf {
    /// The sessions that each of these contacts, or their successors, hold.
    Hosts(Vec<Located<String>>),
    /// The sessions of the rule with this index, whoever holds them.
    Rule(usize),
}

/// Reads one `[[quota]]`.
pub(super) fn quota(table: &Table<'_>, rules: &NamedRules<'_>, problems: &mut Problems) -> Option<Quota> {
    let mut fields = Fields::new(table, problems);
    let has = |key: &str| table.entries.iter().any(|entry| entry.key == key);
    let hosts = fields.list("hosts", located(unpublished_text));
    let rule = fields.optional("session", |value, problems| rules.find(value, problems));
    let at_least = fields.required("at_least", whole(1, 366));
    let every = fields.required("every", interval);
    let of = match (has("hosts"), has("session")) {
        (true, true) => {
            fields.problems().add(Diagnostic::new(TWO_SUBJECTS, table.place));
            None
        }
        (true, false) if !hosts.is_empty() => Some(QuotaOf::Hosts(hosts)),
        (false, true) => rule.map(QuotaOf::Rule),
        _ => {
            fields.problems().add(Diagnostic::new(NOBODY, table.place));
            None
        }
    };
    fields.finish();
    Some(Quota { of: of?, at_least: at_least?, every: every?, place: table.place })
}

fn interval(value: &Value<'_>, problems: &mut Problems) -> Option<Interval> {
    let written = unpublished_text(value, problems)?;
    let interval = Interval::parse(&written);
    if interval.is_none() {
        problems.add(Diagnostic::new(BAD_INTERVAL, value.place).with("text", &written));
    }
    interval
}

/// How a duty of a quota is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Index of the quota in the plan.
    pub quota: usize,
    /// Who has it, first of those who followed each other in the office; `None` where it is a rule's.
    pub host: Option<PersonId>,
    /// How many windows were judged.
    pub windows: usize,
    /// Those in which it is not met.
    pub unmet: Vec<Unmet>,
}

/// A window in which a duty is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// How many sessions there are.
    pub held: usize,
}

/// How the duties of a plan's quotas are met by its `sessions`. Hosts who do not exist are left out.
pub fn duties<'s>(
    plan: &Plan,
    sessions: impl Iterator<Item = &'s Session> + Clone,
    people: &People,
) -> Vec<Duty> {
    let held = sessions.filter(|session| !matches!(session.change, Some(Change::Cancelled { .. })));
    let mut duties = Vec::new();
    for (index, quota) in plan.quotas.iter().enumerate() {
        let mut judge = |host: Option<PersonId>, counts: &dyn Fn(&Session) -> bool| {
            let mut dates: Vec<NaiveDate> =
                held.clone().filter(|session| counts(session)).map(|session| session.date).collect();
            dates.sort_unstable();
            duties.push(judged(plan, index, quota, host, &dates));
        };
        match &quota.of {
            QuotaOf::Rule(rule) => judge(None, &|session| session.rule == *rule),
            QuotaOf::Hosts(hosts) => {
                for host in hosts {
                    let Some(first) = people.known(&host.value) else { continue };
                    let line: Vec<PersonId> = people.line_of(first).collect();
                    judge(Some(first), &|session| line.contains(&session.host));
                }
            }
        }
    }
    duties
}

fn judged(plan: &Plan, index: usize, quota: &Quota, host: Option<PersonId>, dates: &[NaiveDate]) -> Duty {
    let mut duty = Duty { quota: index, host, windows: 0, unmet: Vec::new() };
    for (first, last) in quota.every.windows_in(plan.from.value, plan.to.value) {
        duty.windows += 1;
        let until = |day: NaiveDate| dates.partition_point(|date| *date <= day);
        let before = dates.partition_point(|date| *date < first);
        let held = until(last).saturating_sub(before);
        if u32::try_from(held).is_ok_and(|held| held < quota.at_least) {
            duty.unmet.push(Unmet { first, last, held });
        }
    }
    duty
}

/// Says which duties the plan does not meet.
pub(super) fn check(plan: &Plan, sessions: &[Session], people: &People, problems: &mut Problems) {
    for quota in &plan.quotas {
        if let QuotaOf::Hosts(hosts) = &quota.of {
            for host in hosts {
                people.find(host, problems);
            }
        }
        if quota.every.windows_in(plan.from.value, plan.to.value).next().is_none() {
            let problem = Diagnostic::new(NEVER_JUDGED, quota.place);
            problems.add(problem.with("from", plan.from.value).with("to", plan.to.value));
        }
    }
    // Sessions whose hosts could not be read are missing, which is said already.
    if !people.has_all_cards() {
        return;
    }
    for duty in duties(plan, sessions.iter(), people) {
        let Some(quota) = plan.quotas.get(duty.quota).filter(|_| !duty.unmet.is_empty()) else { continue };
        let name = match &quota.of {
            QuotaOf::Rule(rule) => plan.rules.get(*rule).map(|rule| rule.title.as_str()),
            QuotaOf::Hosts(_) => {
                duty.host.and_then(|host| people.get(host)).map(|person| person.card.name.as_str())
            }
        };
        let named = duty.unmet.iter().take(NAMED_WINDOWS);
        let named: Vec<String> =
            named.map(|window| format!("{}..{}: {}", window.first, window.last, window.held)).collect();
        let more = if duty.unmet.len() > NAMED_WINDOWS { "; …" } else { "" };
        let problem = Diagnostic::new(UNMET, quota.place).with("name", name.unwrap_or_default());
        let problem = problem.with("at_least", quota.at_least).with("count", duty.unmet.len());
        problems.add(problem.with("windows", format!("{}{more}", named.join("; "))));
    }
}

#[cfg(test)]
mod tests;
