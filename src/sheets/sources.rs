//! The content that sheets of a whole area are made from: where to look for what one of them cannot print.

use super::sheet::Ground;
use crate::board::AreaOnBoard;
use crate::diagnostics::FileId;

/// The files of those who are shown among an area's contacts, and of its teams.
pub(super) fn of_contacts(ground: &Ground<'_>, area: &AreaOnBoard) -> Vec<FileId> {
    let people = area.cards.iter().filter_map(|card| ground.board.people.get(card.person));
    let teams = area.teams.iter().map(|team| team.team.head.place.file);
    each_once(people.map(|person| person.card.place.file).chain(teams))
}

/// The files of an area's reception days and of those who receive.
pub(super) fn of_reception(ground: &Ground<'_>, area: &AreaOnBoard) -> Vec<FileId> {
    let plans = area.reception.plans.iter().map(|plan| plan.file);
    let hosts =
        area.reception.sessions.iter().filter_map(|(_, session)| ground.board.people.get(session.host));
    each_once(plans.chain(hosts.map(|host| host.card.place.file)))
}

/// The files of all that an area shows but rows.
pub(super) fn of_area(ground: &Ground<'_>, area: &AreaOnBoard) -> Vec<FileId> {
    let lists = area.subsidies.iter().map(|list| list.file);
    let results = area.results.iter().map(|result| result.result.file);
    let notices = area.notices.iter().map(|notice| notice.file);
    let people = of_contacts(ground, area).into_iter().chain(of_reception(ground, area));
    each_once(people.chain(lists).chain(results).chain(notices))
}

fn each_once(files: impl Iterator<Item = FileId>) -> Vec<FileId> {
    let mut once: Vec<FileId> = Vec::new();
    for file in files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    once
}
