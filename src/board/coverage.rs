//! Whether everybody is served: no area or group without a contact, no paired role without somebody to serve, and whoever
//! has left has a successor.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::CardOnBoard;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::AreaRecords;
use crate::kinds::area::Group;
use crate::kinds::people::People;
use crate::kinds::places::Serves;
use crate::kinds::settings::Settings;
use crate::source::nearest;

const AREA_WITHOUT_CONTACT: Code = Code::warning("area-without-contact");
const GROUP_WITHOUT_CONTACT: Code = Code::warning("group-without-contact");
const SERVES_NOBODY: Code = Code::warning("serves-nobody");
const ROLE_UNHELD: Code = Code::warning("role-unheld");
const LEFT_WITHOUT_SUCCESSOR: Code = Code::warning("left-without-successor");
const SUCCESSOR_LATER: Code = Code::warning("successor-later");

/// Checks the cards of those in office on the day.
pub(super) fn check(
    people: &People,
    areas: &[AreaRecords],
    cards: &[Vec<CardOnBoard>],
    settings: &Settings,
    day: NaiveDate,
    problems: &mut Problems,
) {
    check_successors(people, settings, day, problems);
    for card in cards.iter().flatten() {
        check_role(card, people, settings, problems);
    }
    check_roles(people, settings, problems);
    // Who serves an area or a group may stand on a card that could not be read.
    if people.has_all_cards() && people.iter().next().is_some() {
        check_areas(areas, cards, problems);
    }
}

/// Each area has a contact of its own or one that serves it, and each of its groups one that serves the group or the area.
/// A board without any card is none of contacts.
fn check_areas(areas: &[AreaRecords], cards: &[Vec<CardOnBoard>], problems: &mut Problems) {
    let (mut served_areas, mut served_groups) = (BTreeSet::new(), BTreeSet::new());
    for serves in cards.iter().flatten().flat_map(|card| &card.serves) {
        match serves {
            Serves::Area(area) => {
                served_areas.insert(*area);
            }
            Serves::Group(group) => {
                served_groups.insert((group.area, group.name.as_str()));
            }
            Serves::Text(_) => {}
        }
    }
    for (index, records) in areas.iter().enumerate() {
        // Groups under a misspelt key may be served by somebody.
        let Some(area) = records.area.as_ref().filter(|area| !area.groups_unread) else { continue };
        let whole = served_areas.contains(&index);
        let own = cards.get(index).is_some_and(|own| !own.is_empty());
        let is_served = |group: &&Group| served_groups.contains(&(index, group.name.as_str()));
        if !whole && !own && !area.groups.iter().any(|group| is_served(&group)) {
            let problem = Diagnostic::new(AREA_WITHOUT_CONTACT, Place::file(area.file));
            problems.add(problem.with("name", &area.name));
            continue;
        }
        for group in area.groups.iter().filter(|group| !whole && !is_served(group)) {
            problems.add(Diagnostic::new(GROUP_WITHOUT_CONTACT, group.place).with("name", &group.name));
        }
    }
}

/// Whoever has left names who follows, where somebody was left behind: they served somebody, had a paired role, or had
/// themselves followed somebody. Who follows is in office on the day after.
fn check_successors(people: &People, settings: &Settings, day: NaiveDate, problems: &mut Problems) {
    let followed: BTreeSet<_> = people.iter().filter_map(|(_, person)| person.successor).collect();
    for (id, person) in people.iter() {
        let card = &person.card;
        let Some(to) = card.to else { continue };
        let leaves_somebody =
            !card.serves.is_empty() || followed.contains(&id) || paired_role(&card.roles, settings).is_some();
        match &card.successor {
            None if to < day && leaves_somebody => {
                let problem = Diagnostic::new(LEFT_WITHOUT_SUCCESSOR, card.place).with("name", &card.name);
                problems.add(problem.with("to", to));
            }
            Some(written) => {
                let next = person.successor.and_then(|next| people.get(next)).map(|next| &next.card);
                let begins = next.and_then(|next| next.from);
                if let (Some(next), Some(from)) = (next, begins.filter(|from| to.succ_opt() < Some(*from))) {
                    let problem = Diagnostic::new(SUCCESSOR_LATER, written.place).with("name", &card.name);
                    problems.add(problem.with("to", to).with("successor", &next.name).with("from", from));
                }
            }
            None => {}
        }
    }
}

/// A paired role that nobody has is a slip, here or on the cards.
fn check_roles(people: &People, settings: &Settings, problems: &mut Problems) {
    if !people.has_all_cards() {
        return;
    }
    let held: BTreeSet<&str> =
        people.iter().flat_map(|(_, person)| person.card.roles.iter().map(String::as_str)).collect();
    for paired in settings.paired_roles.iter().filter(|paired| !held.contains(paired.value.as_str())) {
        let problem = Diagnostic::new(ROLE_UNHELD, paired.place).with("role", &paired.value);
        let near = nearest(&paired.value, held.iter().copied());
        problems.add(near.map_or(problem.clone(), |near| problem.with("near", near)));
    }
}

fn check_role(card: &CardOnBoard, people: &People, settings: &Settings, problems: &mut Problems) {
    let Some(person) = people.get(card.person) else { return };
    if let (Some(role), true) = (paired_role(&person.card.roles, settings), person.card.serves.is_empty()) {
        let problem = Diagnostic::new(SERVES_NOBODY, person.card.place);
        problems.add(problem.with("name", &person.card.name).with("role", role));
    }
}

/// The first of some roles whose holders must serve somebody.
fn paired_role<'r>(roles: &'r [String], settings: &Settings) -> Option<&'r String> {
    roles.iter().find(|role| settings.paired_roles.iter().any(|paired| paired.value == **role))
}
