//! Sessions of reception, by rule and planned day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::fact::{Fact, Said};
use super::facts::{date, facts, list, retitled, said, same, text};
use super::pair::{Found, Pair, What, came_or_went, join, title_of};
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;

/// What of a session is said with its values. Who receives comes with a name, and is told before the rest.
const KNOWN: [(&str, Fact); 9] = [
    ("host_name", Fact::Host),
    ("hours", Fact::Hours),
    ("place", Fact::Place),
    ("forms", Fact::Form),
    ("topic", Fact::Topic),
    ("with", Fact::With),
    ("provisional", Fact::Provisional),
    ("cancelled_because", Fact::Reason),
    ("told", Fact::Told),
];

/// What follows from the card of the host, whose change has a line of its own.
const OF_CARD: [(&str, Fact); 2] = [("position", Fact::Position), ("duties", Fact::Duties)];

const OF_PLANS: [(&str, Fact); 3] = [("from", Fact::From), ("to", Fact::To), ("published", Fact::Published)];

/// The sessions of one rule by planned day, those of a day in the order of the board.
type ByDay<'v> = BTreeMap<NaiveDate, Vec<&'v Value>>;

/// Compares the sessions and plans of all areas.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    for spot in pair.spots(What::Reception) {
        if pair.is_unchanged(&spot) {
            continue;
        }
        let Some(both) = pair.read_of_area(&spot, "sessions", found)? else { continue };
        let [then, now] = both.each_ref().map(|one| one.as_ref().map(by_rule).unwrap_or_default());
        let rules: BTreeSet<&str> = then.keys().chain(now.keys()).copied().collect();
        for rule in rules {
            let (before, after) = (then.get(rule), now.get(rule));
            let latest = after.or(before).and_then(|days| days.values().next_back()?.last().copied());
            let title = latest.map_or("", |session| text(session, "title"));
            let details = details(pair, before, after, found);
            let address = join(&spot.area, "reception");
            pair.note(found, (&spot.area, TurnKind::Reception), title, &address, details);
        }
        let [then, now] = both.each_ref().map(|one| one.as_ref().and_then(|one| one.get("plans")));
        if then.is_some() && now.is_some() {
            let [then, now] =
                both.each_ref().map(|one| one.as_ref().map_or(&[][..], |one| list(one, "plans")));
            plans(pair, &spot.area, then, now, found);
        }
    }
    Ok(())
}

/// The sessions of each rule. One that was moved is known by the day planned.
fn by_rule(data: &Value) -> BTreeMap<&str, ByDay<'_>> {
    let mut rules: BTreeMap<&str, ByDay<'_>> = BTreeMap::new();
    for session in list(data, "sessions") {
        let Some(day) = date(session, "moved_from").or_else(|| date(session, "date")) else { continue };
        rules.entry(text(session, "rule")).or_default().entry(day).or_default().push(session);
    }
    rules
}

/// Differences of several sessions that are the same.
#[derive(Default)]
struct Changes {
    added: Vec<NaiveDate>,
    removed: Vec<NaiveDate>,
    moved: Vec<(NaiveDate, NaiveDate)>,
    cancelled: Vec<NaiveDate>,
    restored: Vec<NaiveDate>,
    facts: BTreeMap<(Fact, Option<Said>, Option<Said>), Vec<NaiveDate>>,
    /// Whether something else is different, which nobody would name.
    others: bool,
}

fn details(pair: &Pair, then: Option<&ByDay<'_>>, now: Option<&ByDay<'_>>, found: &Found) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let nothing = ByDay::new();
    let (before, after) = (then.unwrap_or(&nothing), now.unwrap_or(&nothing));
    let titled =
        |days: &ByDay<'_>| days.values().next_back().and_then(|day| day.last().map(|one| (*one).clone()));
    details.extend(titled(before).zip(titled(after)).and_then(|(then, now)| retitled(&then, &now)));
    let mut changes = Changes::default();
    let days: BTreeSet<&NaiveDate> = before.keys().chain(after.keys()).collect();
    for day in days {
        let on = |days: &ByDay<'_>| days.get(day).cloned().unwrap_or_default().into_iter().cloned().collect();
        changes.add_day(on(before), on(after), pair.exact, found);
    }
    let others = changes.others;
    details.extend(changes.into_details());
    details.extend((others && details.is_empty()).then_some(Detail::Content));
    details
}

impl Changes {
    /// The sessions planned for one day. Those that are the same fall away first, so that one more in the morning is no
    /// change of the one in the afternoon.
    fn add_day(&mut self, mut then: Vec<Value>, mut now: Vec<Value>, exact: bool, found: &Found) {
        then.retain(|session| match now.iter().position(|one| same(session, one, exact)) {
            Some(at) => {
                now.remove(at);
                false
            }
            None => true,
        });
        let both = then.len().min(now.len());
        let day = |session: &Value| date(session, "date");
        self.added.extend(now.iter().skip(both).filter_map(day));
        self.removed.extend(then.iter().skip(both).filter_map(day));
        for (then, now) in then.iter().zip(&now) {
            self.add_session(then, now, found);
        }
    }

    fn add_session(&mut self, then: &Value, now: &Value, found: &Found) {
        let Some((before, day)) = date(then, "date").zip(date(now, "date")) else { return };
        let cancelled = |one: &Value| one.get("cancelled").and_then(Value::as_bool).unwrap_or(false);
        let mut is_told = true;
        match (cancelled(then), cancelled(now)) {
            (false, true) => self.cancelled.push(day),
            (true, false) => self.restored.push(day),
            _ => is_told = false,
        }
        if before != day {
            self.moved.push((before, day));
            is_told = true;
        }
        for detail in facts(then, now, &KNOWN) {
            let Detail::Fact { fact, before, after } = detail else { continue };
            // Why and when a change was told belongs to the change.
            if is_told && matches!(fact, Fact::Told | Fact::Reason) {
                continue;
            }
            is_told = true;
            self.facts.entry((fact, before, after)).or_default().push(day);
        }
        // Whoever receives may only have another id, of which a line of their own tells.
        let is_host_told = found.contacts.iter().any(|id| id == text(now, "host"));
        let of_card =
            |key: &str| OF_CARD.iter().any(|(of_card, _)| *of_card == key) || is_host_told && key == "host";
        let mut keys = now.as_object().into_iter().flatten().filter(|(key, _)| !of_card(key));
        self.others |=
            !is_told && keys.any(|(key, value)| then.get(key).is_some_and(|before| before != value));
        if !is_told && !is_host_told {
            for (key, fact) in OF_CARD {
                let (before, after) = (then.get(key).and_then(said), now.get(key).and_then(said));
                if before != after {
                    self.facts.entry((fact, before, after)).or_default().push(day);
                }
            }
        }
    }

    fn into_details(self) -> Vec<Detail> {
        let mut details = Vec::new();
        let some = |days: Vec<NaiveDate>| Some(days).filter(|days| !days.is_empty());
        details.extend(some(self.added).map(|days| Detail::SessionsAdded { days }));
        details.extend(some(self.removed).map(|days| Detail::SessionsRemoved { days }));
        details.extend(some(self.cancelled).map(|days| Detail::Cancelled { days }));
        details.extend(some(self.restored).map(|days| Detail::Restored { days }));
        details.extend(self.moved.into_iter().map(|(before, after)| Detail::Moved { before, after }));
        details.extend(self.facts.into_iter().map(|((fact, before, after), days)| Detail::Sessions {
            fact,
            before,
            after,
            days,
        }));
        details
    }
}

/// The plans of an area. One that has run out goes with time, and is no change.
fn plans(pair: &Pair, area: &str, then: &[Value], now: &[Value], found: &mut Found) {
    // One that is called otherwise is known by its days.
    let days = |plan: &Value| ["from", "to"].map(|key| text(plan, key).to_owned());
    let of = |all: &[Value], plan: &Value| {
        let of_title = all.iter().find(|one| text(one, "title") == text(plan, "title"));
        of_title.or_else(|| all.iter().find(|one| days(one) == days(plan))).cloned()
    };
    let gone = then.iter().filter(|plan| of(now, plan).is_none());
    let gone = gone.filter(|plan| date(plan, "to").is_none_or(|to| to >= pair.new.manifest.date));
    let still = now.iter().map(|plan| (of(then, plan), Some(plan.clone())));
    for (before, after) in still.chain(gone.map(|plan| (Some(plan.clone()), None))) {
        let (before, after) = (before.as_ref(), after.as_ref());
        let mut details: Vec<Detail> = came_or_went(before, after).into_iter().collect();
        if let Some((before, after)) = before.zip(after) {
            details.extend(retitled(before, after));
            details.extend(facts(before, after, &OF_PLANS));
            // Where several plans say the same, only the first has it.
            if then.len() == now.len() {
                details.extend(facts(before, after, &[("registration", Fact::Registration)]));
            }
        }
        let (title, address) = (title_of(before, after), join(area, "reception"));
        pair.note(found, (area, TurnKind::Reception), title, &address, details);
    }
}
