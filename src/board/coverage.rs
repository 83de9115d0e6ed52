//! Whether everybody is served: no group without a contact, no paired role without somebody to serve.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::CardOnBoard;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::AreaRecords;
use crate::kinds::contacts::Team;
use crate::kinds::people::People;
use crate::kinds::places::Serves;
use crate::kinds::settings::Settings;
use crate::source::nearest;

const GROUP_WITHOUT_CONTACT: Code = Code::warning("group-without-contact");
const SERVES_NOBODY: Code = Code::warning("serves-nobody");
const ROLE_UNHELD: Code = Code::warning("role-unheld");
const STATION_LACKS: Code = Code::warning("station-lacks");
const STATION_UNKNOWN: Code = Code::warning("station-unknown");
const LEFT_WITHOUT_SUCCESSOR: Code = Code::warning("left-without-successor");

/// Checks the cards of those in office on the day.
pub(super) fn check(
    people: &People,
    areas: &[AreaRecords],
    cards: &[Vec<CardOnBoard>],
    settings: &Settings,
    day: NaiveDate,
    problems: &mut Problems,
) {
    check_stations(areas, settings, problems);
    check_successors(people, day, problems);
    let mut served_areas = BTreeSet::new();
    let mut served_groups = BTreeSet::new();
    for card in cards.iter().flatten() {
        for serves in &card.serves {
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
        check_role(card, people, settings, problems);
    }
    check_roles(people, settings, problems);
    // Who serves a group may stand on a card that could not be read.
    let areas = if people.has_all_cards() { areas } else { &[] };
    for (index, area) in areas.iter().enumerate() {
        for group in area.area.iter().flat_map(|area| &area.groups) {
            let served =
                served_areas.contains(&index) || served_groups.contains(&(index, group.name.as_str()));
            if !served {
                problems.add(Diagnostic::new(GROUP_WITHOUT_CONTACT, group.place).with("name", &group.name));
            }
        }
    }
}

/// Each station has everything that the board asks of stations; a title that no team has is a slip.
fn check_stations(areas: &[AreaRecords], settings: &Settings, problems: &mut Problems) {
    let Some(stations) = &settings.stations else { return };
    let title = &stations.title;
    let teams = || areas.iter().flat_map(|area| &area.contacts.teams);
    let is_station = |team: &&Team| team.title.ends_with(&title.value);
    let complete = areas.iter().all(|area| area.contacts.is_complete());
    if complete && !teams().any(|team| is_station(&team)) {
        problems.add(Diagnostic::new(STATION_UNKNOWN, title.place).with("title", &title.value));
    }
    for team in teams().filter(is_station) {
        let lacks = stations.has.iter().filter(|one| !team.has.contains(*one));
        let lacks: Vec<&str> = lacks.map(String::as_str).collect();
        if !lacks.is_empty() {
            let problem = Diagnostic::new(STATION_LACKS, team.place).with("title", &team.title);
            problems.add(problem.with("count", lacks.len()).with("lacks", lacks.join(", ")));
        }
    }
}

/// Whoever served somebody and has left names who follows.
fn check_successors(people: &People, day: NaiveDate, problems: &mut Problems) {
    for (_, person) in people.iter() {
        let card = &person.card;
        let Some(to) = card.to.filter(|to| *to < day) else { continue };
        if card.successor.is_none() && !card.serves.is_empty() {
            let problem = Diagnostic::new(LEFT_WITHOUT_SUCCESSOR, card.place).with("name", &card.name);
            problems.add(problem.with("to", to));
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
    let role = person
        .card
        .roles
        .iter()
        .find(|role| settings.paired_roles.iter().any(|paired| paired.value == **role));
    if let (Some(role), true) = (role, person.card.serves.is_empty()) {
        let problem = Diagnostic::new(SERVES_NOBODY, person.card.place);
        problems.add(problem.with("name", &person.card.name).with("role", role));
    }
}
