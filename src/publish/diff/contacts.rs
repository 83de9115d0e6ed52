//! Contacts and their teams.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fact::Fact;
use super::facts::{facts, list, retitled, same, text};
use super::pair::{Found, Pair, What, came_or_went, join};
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;

const OF_CONTACTS: [(&str, Fact); 7] = [
    ("id", Fact::Id),
    ("phone", Fact::Phone),
    ("position", Fact::Position),
    ("organisation", Fact::Organisation),
    ("duties", Fact::Duties),
    ("serves", Fact::Serves),
    ("roles", Fact::Roles),
];

const OF_TEAMS: [(&str, Fact); 8] = [
    ("head", Fact::Head),
    ("deputies", Fact::Deputies),
    ("members", Fact::Members),
    ("phone", Fact::Phone),
    ("office", Fact::Office),
    ("mailbox", Fact::Mailbox),
    ("year", Fact::Year),
    ("has", Fact::Has),
];

/// Something on a list of contacts with the area of the list.
type Placed = (String, Value);

/// Compares the contacts of all areas. An id is unique in the board, so that somebody is found again in another area.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    let mut people: [BTreeMap<String, Placed>; 2] = Default::default();
    for spot in pair.spots(What::Contacts) {
        if pair.is_unchanged(&spot) {
            continue;
        }
        let Some(both) = pair.read_of_area(&spot, "contacts", found)? else { continue };
        for (people, value) in people.iter_mut().zip(&both) {
            let cards = value.iter().flat_map(|value| list(value, "contacts"));
            people.extend(cards.map(|card| (text(card, "id").to_owned(), (spot.area.clone(), card.clone()))));
        }
        let [then, now] =
            both.each_ref().map(|value| value.as_ref().map_or(&[][..], |one| list(one, "teams")));
        teams(pair, &spot.area, then, now, found);
    }
    let [mut before, after] = people;
    find_under_another_id(&mut before, &after);
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for id in ids {
        let (then, now) = (before.get(id), after.get(id));
        let Some((area, card)) = now.or(then) else { continue };
        let details = person(pair, then, now);
        if !details.is_empty() {
            found.contacts.push(id.clone());
        }
        let address = join(area, "contacts");
        pair.note(found, (area, TurnKind::Contact), text(card, "name"), &address, details);
    }
    Ok(())
}

/// Finds those who have another id now, and stand in the same list under the same name, under that.
fn find_under_another_id(before: &mut BTreeMap<String, Placed>, after: &BTreeMap<String, Placed>) {
    let gone: Vec<String> = before.keys().filter(|id| !after.contains_key(*id)).cloned().collect();
    for old in gone {
        let Some((area, card)) = before.get(&old) else { continue };
        let is_same = |other: &Placed| other.0 == *area && text(&other.1, "name") == text(card, "name");
        let come = after.iter().find(|(id, other)| !before.contains_key(*id) && is_same(other));
        let Some(new) = come.map(|(id, _)| id.clone()) else { continue };
        if let Some(placed) = before.remove(&old) {
            before.insert(new, placed);
        }
    }
}

fn person(pair: &Pair, then: Option<&Placed>, now: Option<&Placed>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let Some(((from, then), (to, now))) = then.zip(now) else { return details };
    if from != to {
        details.push(Detail::CameFrom { area: pair.area_name(from) });
    }
    let (before, after) = (text(then, "name"), text(now, "name"));
    details.extend((before != after).then(|| Detail::Retitled { before: before.to_owned() }));
    details.extend(facts(then, now, &OF_CONTACTS));
    if details.is_empty() && !same(then, now, pair.exact) {
        details.push(Detail::Content);
    }
    details
}

/// The teams of an area, by their title; one that is called otherwise is known by its head.
fn teams(pair: &Pair, area: &str, then: &[Value], now: &[Value], found: &mut Found) {
    let has = |all: &[Value], team: &Value| all.iter().any(|one| text(one, "title") == text(team, "title"));
    let mut gone: Vec<&Value> = then.iter().filter(|team| !has(now, team)).collect();
    let mut pairs: Vec<(Option<&Value>, Option<&Value>)> = Vec::new();
    for team in now {
        let of_title = then.iter().find(|one| text(one, "title") == text(team, "title"));
        let renamed = || {
            let at = gone.iter().position(|one| text(one, "head") == text(team, "head"))?;
            Some(gone.swap_remove(at))
        };
        pairs.push((of_title.or_else(renamed), Some(team)));
    }
    pairs.extend(gone.into_iter().map(|team| (Some(team), None)));
    for (then, now) in pairs {
        let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
        if let Some((then, now)) = then.zip(now) {
            details.extend(retitled(then, now));
            details.extend(facts(then, now, &OF_TEAMS));
            if details.is_empty() && !same(then, now, pair.exact) {
                details.push(Detail::Content);
            }
        }
        let title = super::pair::title_of(then, now);
        pair.note(found, (area, TurnKind::Team), title, &join(area, "contacts"), details);
    }
}
