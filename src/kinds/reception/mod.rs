//! Reception (`reception.toml`, or several files in `reception/`): plans, and the rules of their sessions.
//!
//! - here: what a plan says, as it is read
//! - [`schedule`]: the days of a rule
//! - [`rota`]: who receives on them, which makes them sessions
//! - [`swaps`]: sessions that somebody else holds, and those that are cancelled
//! - [`quotas`]: the duty that the sessions of a plan must meet
//! - [`conflicts`]: nobody receives in two places at once

pub mod conflicts;
mod days;
mod forms;
mod hours;
pub mod quotas;
pub mod rota;
pub mod schedule;
pub mod swaps;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(super) use days::EMPTY_LIST;
pub use days::RuleDays;
pub use forms::FORMS;
pub use hours::Hours;
pub use quotas::Quota;
pub use swaps::Swap;

use crate::calendar::OnDayOff;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::parse::{address_text, date, located, one_of, text, truth, unpublished_text, whole};
use crate::source::{Fields, Located, Reading, Table, Value, ValueKind, nearest, read_toml};

const NO_SESSIONS: Code = Code::warning("plan-without-sessions");
const HOST_TWICE: Code = Code::warning("host-twice");
const NO_VENUE: Code = Code::error("session-without-place");
const DUPLICATE_SESSION: Code = Code::error("duplicate-session");
const UNKNOWN_SESSION: Code = Code::error("unknown-session");
const PLAN_TOO_LONG: Code = Code::error("plan-too-long");

/// The longest plan, in days: ten years. A plan is made for a year; a slip in one digit of `to` would
/// make millions of sessions.
const LONGEST_PLAN: i64 = 3660;

/// A plan of reception days.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Title.
    pub title: String,
    /// First day of the plan.
    pub from: Located<NaiveDate>,
    /// Last day of the plan; not before the first.
    pub to: Located<NaiveDate>,
    /// Day it was published on; it does not exist before.
    pub published: Located<NaiveDate>,
    /// A swap is told at least so many calendar days ahead.
    pub told_days: u32,
    /// Its swaps and cancellations.
    pub swaps: Vec<Swap>,
    /// The duty that its sessions must meet.
    pub quotas: Vec<Quota>,
    /// How to be received.
    pub registration: Option<String>,
    /// Whether it may reach into years whose notice is not known.
    pub provisional: bool,
    /// The rules of its sessions.
    pub rules: Vec<SessionRule>,
    /// Old addresses that lead to the page of reception days.
    pub aliases: Vec<Located<String>>,
    /// The file.
    pub file: FileId,
}

/// The rule of recurring sessions.
#[derive(Clone, Debug)]
pub struct SessionRule {
    /// Its id, one of its own in the area.
    pub id: Located<String>,
    /// Title.
    pub title: String,
    /// The days it means.
    pub days: RuleDays,
    /// What becomes of a session on a holiday.
    pub on_holiday: OnDayOff,
    /// What becomes of a session on an ordinary Saturday or Sunday.
    pub on_weekend: OnDayOff,
    /// Its hours, in their order.
    pub hours: Vec<Hours>,
    /// Its forms, by key; at least one.
    pub forms: Vec<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// Where it is held.
    pub venue: String,
    /// Who receives, in turn; at least one.
    pub hosts: Vec<Host>,
    /// Departments that accompany every session.
    pub with: Vec<String>,
}

/// A host as a rule names them.
#[derive(Clone, Debug)]
pub struct Host {
    /// Id of the contact.
    pub contact: Located<String>,
    /// What their sessions are about, where that differs from the rule.
    pub topic: Option<String>,
    /// Departments that accompany their sessions besides the rule's.
    pub with: Vec<String>,
}

impl Plan {
    /// Whether the day lies in the plan.
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.from.value..=self.to.value).contains(&day)
    }
}

impl SessionRule {
    /// What the sessions of the host with this index are about: the host's own topic, else the rule's.
    pub fn topic_of(&self, host: usize) -> Option<&str> {
        self.hosts.get(host).and_then(|host| host.topic.as_deref()).or(self.topic.as_deref())
    }

    /// The departments at the sessions of the host with this index: the rule's, then the host's own.
    pub fn with_of(&self, host: usize) -> Vec<&str> {
        let own = self.hosts.get(host).map(|host| host.with.as_slice()).unwrap_or_default();
        let own = own.iter().filter(|department| !self.with.contains(department));
        self.with.iter().chain(own).map(String::as_str).collect()
    }
}

const ON_DAY_OFF: [(&str, OnDayOff); 4] = [
    ("skip", OnDayOff::Skip),
    ("keep", OnDayOff::Keep),
    ("next-workday", OnDayOff::NextWorkday),
    ("previous-workday", OnDayOff::PreviousWorkday),
];

/// The keys of a plan, which are lost in a session when they stand after its header.
const PLAN_KEYS: [&str; 6] = ["from", "to", "published", "told_days", "registration", "provisional"];

/// The keys of a session.
const SESSION_KEYS: [&str; 11] =
    ["id", "days", "except", "also", "on_holiday", "on_weekend", "hours", "form", "topic", "hosts", "with"];

/// Reads all plans of an area. `forms` are the board's own forms (key and words), where they are known.
pub fn read(reading: &mut Reading<'_>, forms: Option<&[(String, String)]>) -> Vec<Plan> {
    let files = &reading.folder.reception;
    let plans: Vec<Plan> = files.iter().filter_map(|file| plan(*file, reading, forms)).collect();
    report_duplicates(&plans, &mut reading.problems);
    plans
}

fn plan(file: FileId, reading: &mut Reading<'_>, forms: Option<&[(String, String)]>) -> Option<Plan> {
    let source = reading.text(file)?;
    let problems = &mut reading.problems;
    let table = read_toml(&source, 0, file, problems)?;
    let mut fields = Fields::new(&table, problems);
    let title = fields.required("title", text);
    let from = fields.required("from", located(date));
    let to = fields.required("to", located(date));
    let published = fields.required("published", located(date));
    let told_days = fields.optional("told_days", whole(0, 366)).unwrap_or(0);
    let venue = fields.optional("place", text);
    let registration = fields.optional("registration", text);
    let provisional = fields.optional("provisional", truth).unwrap_or(false);
    let aliases = fields.list("aliases", located(address_text));
    let has_venue = table.entries.iter().any(|entry| entry.key == "place");
    let around = Around { venue: venue.as_deref(), has_venue, forms };
    let some = fields.take("session").is_some();
    let rules = fields.tables("session", |table, problems| session(table, &around, problems));
    let named = NamedRules::of(&table, &rules);
    let swaps = fields.tables("swap", |table, problems| swaps::swap(table, &named, problems));
    let quotas = fields.tables("quota", |table, problems| quotas::quota(table, &named, problems));
    fields.finish_knowing(|key| SESSION_KEYS.contains(&key).then_some("[[session]]"));
    if !some {
        problems.add(Diagnostic::new(NO_SESSIONS, Place::file(file)));
    }
    let (from, to) = (from?, to?);
    if !is_period(from, to, problems) {
        return None;
    }
    let (title, published) = (title?, published?);
    Some(Plan {
        title,
        from,
        to,
        published,
        told_days,
        swaps,
        quotas,
        registration,
        provisional,
        rules,
        aliases,
        file,
    })
}

/// The rules of a plan, for what names them by id.
struct NamedRules<'r> {
    rules: &'r [SessionRule],
    /// Whether there are more that could not be read.
    incomplete: bool,
}

impl<'r> NamedRules<'r> {
    fn of(plan: &Table<'_>, rules: &'r [SessionRule]) -> Self {
        let written = plan.entries.iter().find(|entry| entry.key == "session");
        let written = written.map_or(0, |entry| match &entry.value.kind {
            ValueKind::List(list) => list.len(),
            _ => 1,
        });
        Self { rules, incomplete: rules.len() < written }
    }

    /// The index of the rule with this id; that there is none is a problem, unless it may be one that could not be read.
    fn find(&self, value: &Value<'_>, problems: &mut Problems) -> Option<usize> {
        let id = unpublished_text(value, problems)?;
        let found = self.rules.iter().position(|rule| rule.id.value == id);
        if found.is_none() && !self.incomplete {
            let mut problem = Diagnostic::new(UNKNOWN_SESSION, value.place).with("id", &id);
            if let Some(near) = nearest(&id, self.rules.iter().map(|rule| rule.id.value.as_str())) {
                problem = problem.with("near", near);
            }
            problems.add(problem);
        }
        found
    }
}

/// Whether a plan ends after it begins, and not ages later.
fn is_period(from: Located<NaiveDate>, to: Located<NaiveDate>, problems: &mut Problems) -> bool {
    super::check_order(from.value, to, problems);
    let days = to.value.signed_duration_since(from.value).num_days();
    if days > LONGEST_PLAN {
        let problem = Diagnostic::new(PLAN_TOO_LONG, to.place).and(from.place);
        problems.add(problem.with("from", from.value).with("to", to.value));
    }
    (0..=LONGEST_PLAN).contains(&days)
}

/// What a session takes from around it.
struct Around<'a> {
    /// The plan's place.
    venue: Option<&'a str>,
    /// Whether the plan names a place at all, be it one that cannot be read.
    has_venue: bool,
    /// The board's own forms.
    forms: Option<&'a [(String, String)]>,
}

fn session(table: &Table<'_>, plan: &Around<'_>, problems: &mut Problems) -> Option<SessionRule> {
    let mut fields = Fields::new(table, problems);
    let id = fields.required("id", located(text));
    let title = fields.required("title", text);
    let days = fields.required("days", days::days);
    let except = fields.list("except", located(date));
    let also = fields.list("also", located(date));
    let on_holiday = fields.optional("on_holiday", one_of(&ON_DAY_OFF)).unwrap_or(OnDayOff::Skip);
    let on_weekend = fields.optional("on_weekend", one_of(&ON_DAY_OFF)).unwrap_or(OnDayOff::Keep);
    let hours = some_of(&mut fields, "hours", located(hours::hours));
    let forms = some_of(&mut fields, "form", forms::form(plan.forms));
    let topic = fields.optional("topic", text);
    let own_venue = fields.optional("place", text);
    let hosts = some_of(&mut fields, "hosts", host);
    let with = fields.list("with", text);
    let has_venue = plan.has_venue || table.entries.iter().any(|entry| entry.key == "place");
    fields.finish_knowing(|key| PLAN_KEYS.contains(&key).then_some("reception.toml ↑ [[session]]"));
    if !has_venue {
        problems.add(Diagnostic::new(NO_VENUE, table.place));
    }
    report_twice(hosts.iter().flatten(), problems);
    let hours = hours::in_order(hours?, problems);
    let venue = own_venue.or_else(|| plan.venue.map(str::to_owned));
    Some(SessionRule {
        id: id?,
        title: title?,
        days: days?.and(except, also),
        on_holiday,
        on_weekend,
        hours,
        forms: forms?,
        topic,
        venue: venue?,
        hosts: hosts?,
        with,
    })
}

/// A host who stands twice in a rota has twice as many turns, which is seldom meant.
fn report_twice<'h>(hosts: impl Iterator<Item = &'h Host>, problems: &mut Problems) {
    let mut known: BTreeMap<&str, Place> = BTreeMap::new();
    for Located { value: id, place } in hosts.map(|host| &host.contact) {
        if let Some(first) = known.insert(id, *place) {
            problems.add(Diagnostic::new(HOST_TWICE, *place).and(first).with("id", id));
        }
    }
}

/// A required key with one value or several; `None` when it is missing, empty, or one of its values
/// cannot be read, which is said.
fn some_of<'a, T>(
    fields: &mut Fields<'_, 'a, '_>,
    key: &'static str,
    parse: impl FnMut(&Value<'a>, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    fields.required(key, |value, problems| days::list_of(value, key, problems, parse))
}

/// A host: an id, or a table with more.
fn host(value: &Value<'_>, problems: &mut Problems) -> Option<Host> {
    let ValueKind::Table(table) = &value.kind else {
        let contact = located(unpublished_text)(value, problems)?;
        return Some(Host { contact, topic: None, with: Vec::new() });
    };
    let mut fields = Fields::new(table, problems);
    let contact = fields.required("id", located(unpublished_text));
    let topic = fields.optional("topic", text);
    let with = fields.list("with", text);
    fields.finish();
    Some(Host { contact: contact?, topic, with })
}

/// The ids of an area's rules are unique: they name its sessions in open data and calendars.
fn report_duplicates(plans: &[Plan], problems: &mut Problems) {
    let mut known: BTreeMap<&str, Place> = BTreeMap::new();
    for rule in plans.iter().flat_map(|plan| &plan.rules) {
        if let Some(first) = known.get(rule.id.value.as_str()) {
            let problem = Diagnostic::new(DUPLICATE_SESSION, rule.id.place).and(*first);
            problems.add(problem.with("id", &rule.id.value));
        } else {
            known.insert(&rule.id.value, rule.id.place);
        }
    }
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
