//! Records and a day become the board of that day: all references resolved, nothing changes afterwards.

mod addresses;
mod audit;
mod changes;
mod coverage;
mod funds;
mod hosts;
mod ledger;
mod phones;
mod postings;
mod reception;
mod results;
mod stations;
mod subsidies;
mod targets;
mod teams;
mod wall;
mod who;

use chrono::NaiveDate;
use rayon::prelude::*;

pub(crate) use addresses::BAD_ADDRESS;
pub use addresses::aliases;
pub use audit::{Ahead, Audit, Late, ToDo};
pub use changes::Changes;
pub use funds::{FundOnBoard, ProgramsOnBoard};
pub use hosts::Hosts;
pub use ledger::{
    AwaitedResult, Counts, DAYS_AHEAD, Duty, DutyState, Event, Fact, Ledger, Met, Obligation, Publication,
    Reckoned, Terms, count, reckon,
};
pub use postings::{Posted, PostingState};
pub use reception::ReceptionOnBoard;
pub use results::ResultOnBoard;
pub use subsidies::{
    DecisionOnBoard, DisclosureOnBoard, Due, ObjectionOnBoard, PostingOnBoard, ProgramOfList, StepOnBoard,
};
pub use targets::LinkTargets;
pub use teams::TeamOnBoard;
pub use wall::{Coming, ComingKind, Hanging, OnWall, Record, TakeDown, Wall};
pub use who::ToCall;

use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{FileId, Problems};
use crate::kinds::area::Area;
use crate::kinds::notices::Notice;
use crate::kinds::people::{People, PersonId};
use crate::kinds::places::{Places, Serves};
use crate::kinds::results::PublishedResult;
use crate::kinds::settings::Settings;
use crate::kinds::{AreaRecords, Records};
use crate::source::{Files, Located};

/// A board on one day.
#[derive(Debug)]
pub struct Board {
    /// What holds for all of it.
    pub settings: Settings,
    /// Holidays and working days, with the board's own corrections.
    pub calendar: StatutoryCalendar,
    /// The day it shows.
    pub day: NaiveDate,
    /// The areas: the root first, then each with those that lie in it, siblings in their order.
    pub areas: Vec<AreaOnBoard>,
    /// All contacts.
    pub people: People,
    /// What each area owes by the catalogue.
    pub ledger: Ledger,
    /// Who sees to things in each area, where anybody does.
    see_to_it: Vec<Option<PersonId>>,
    /// The sessions of each host.
    pub hosts: Hosts,
    /// What links can lead to.
    pub targets: LinkTargets,
    /// The next day on which the output differs by more than the day shown.
    pub next_change: Option<NaiveDate>,
}

/// One area of a board.
#[derive(Debug)]
pub struct AreaOnBoard {
    /// Its path from the root, which is its address too; empty for the root.
    pub path: String,
    /// Index of the area it lies in.
    pub parent: Option<usize>,
    /// Indexes of the areas that lie in it, in their order.
    pub children: Vec<usize>,
    /// What `area.toml` says.
    pub area: Area,
    /// The day its contacts were last brought up to date.
    pub updated: Option<NaiveDate>,
    /// All such days that are kept, in their order.
    pub updates: Vec<NaiveDate>,
    /// The cards of those in office on the day.
    pub cards: Vec<CardOnBoard>,
    /// Those whose cards have ended, each with the first day without it.
    pub old_cards: Vec<(PersonId, NaiveDate)>,
    /// Old addresses of the page of its contacts.
    pub contacts_aliases: Vec<Located<String>>,
    /// Its teams.
    pub teams: Vec<TeamOnBoard>,
    /// Notices that exist on the day: pinned ones first, then the newest.
    pub notices: Vec<Notice>,
    /// Results that exist on the day, the newest first.
    pub results: Vec<ResultOnBoard>,
    /// Results of items that are still to be published.
    pub awaited: Vec<AwaitedResult>,
    /// Its reception days.
    pub reception: ReceptionOnBoard,
    /// Its programs and funds.
    pub programs: Option<ProgramsOnBoard>,
    /// Disclosures of subsidies: the newest first.
    pub subsidies: Vec<DisclosureOnBoard>,
    /// Notices, results and plans that begin on a later day. Nothing of them is published.
    pub coming: Vec<Coming>,
    /// Files that are published as they are.
    pub attachments: Vec<FileId>,
}

/// The card of somebody in office.
#[derive(Debug)]
pub struct CardOnBoard {
    /// Who.
    pub person: PersonId,
    /// Whom they serve.
    pub serves: Vec<Serves>,
}

/// Makes the board of `day`; `None` when an area could not be read. Problems between records are added.
pub fn resolve(records: Records, files: &Files, day: NaiveDate, problems: &mut Problems) -> Option<Board> {
    let Records { settings, calendar, programs, catalogue, payments, areas } = records;
    let mut records = in_tree_order(areas);
    let places = Places::gather(records.iter().map(|r| (r.path.as_str(), r.parent, r.area.as_ref())));
    let people = People::gather(records.iter_mut().map(|record| &mut record.contacts), problems);
    let (mut changes, mut changes_of_sessions) = (Changes::after(day), Changes::after(day));
    let mut found = Problems::new();
    let coming: Vec<_> = records.iter().map(|record| wall::gather_coming(record, day)).collect();
    let plans: Vec<_> = records.iter_mut().map(|record| std::mem::take(&mut record.reception)).collect();
    let ((targets, cards), reception) = rayon::join(
        || {
            let targets = LinkTargets::gather(&records, &programs, &catalogue, files, day);
            targets::check(&records, &targets, problems);
            let cards = cards(&people, &places, records.len(), day, &mut changes, problems);
            coverage::check(&people, &records, &cards, &settings, day, problems);
            stations::check(&records, &settings, problems);
            (targets, cards)
        },
        || reception::resolve(plans.into_iter(), &people, &calendar, &mut changes_of_sessions, &mut found),
    );
    problems.append(found);
    changes.on(changes_of_sessions.next());
    let grounds_of_results = results::Grounds { places: &places, targets: &targets, day };
    let grounds = subsidies::Grounds {
        people: &people,
        places: &places,
        calendar: &calendar,
        settings: &settings,
        programs: &programs,
        day,
    };
    let children = children_of(records.iter().map(|record| record.parent), records.len());
    let old_cards = old_cards(&people, records.len(), day);
    let cards = cards.into_iter().zip(old_cards);
    let around = children.into_iter().zip(coming);
    let parts: Vec<_> = records.into_iter().zip(cards).zip(reception).zip(around).enumerate().collect();
    // Side by side; what each area has found is put together in the order of areas afterwards.
    let resolved: Vec<(Option<AreaOnBoard>, Changes, Problems)> = parts
        .into_par_iter()
        .map(|(index, (((record, (cards, old_cards)), reception), (children, coming)))| {
            let (mut changes, mut problems) = (Changes::after(day), Problems::new());
            let notices = notices(record.notices, day, &mut changes);
            let here = (index, record.path.as_str());
            let awaited = awaited_results(&record.results, day);
            let results = grounds_of_results.resolve(record.results, here, &mut changes, &mut problems);
            let programs = funds::resolve(&record.path, &programs, &payments, &mut changes);
            let subsidies = grounds.resolve(index, record.subsidies, &mut changes, &mut problems);
            let teams = record.contacts.teams.into_iter();
            let teams = teams.map(|team| teams::resolve(team, &people, day, &mut problems)).collect();
            for updated in &record.contacts.updated {
                changes.on(Some(*updated));
            }
            let mut updates = record.contacts.updated;
            updates.retain(|updated| *updated <= day);
            updates.sort_unstable();
            let area = record.area.map(|area| AreaOnBoard {
                path: record.path,
                parent: record.parent,
                children,
                area,
                updated: updates.last().copied(),
                updates,
                cards,
                old_cards,
                contacts_aliases: record.contacts.aliases,
                teams,
                notices,
                results,
                awaited,
                reception,
                programs,
                subsidies,
                coming,
                attachments: record.attachments,
            });
            (area, changes, problems)
        })
        .collect();
    let mut areas = Vec::with_capacity(resolved.len());
    for (area, own_changes, own_problems) in resolved {
        changes.on(own_changes.next());
        problems.append(own_problems);
        areas.push(area);
    }
    let mut areas = areas.into_iter().collect::<Option<Vec<_>>>()?;
    results::check_tallies(&areas, problems);
    let hosts = Hosts::gather(&areas);
    let ledger_grounds = ledger::Grounds { people: &people, calendar: &calendar, day };
    let ledger = Ledger::make(catalogue, &areas, &ledger_grounds, &mut changes, problems);
    for area in &mut areas {
        for list in &mut area.subsidies {
            let title =
                |item: &Located<String>| ledger.title_of(&item.value, &area.path, area.area.level).to_owned();
            list.subject = list.item.as_ref().map(title);
        }
    }
    let next_change = changes.next();
    let see_to_it = who::see_to_it(&areas, &people, day);
    let board =
        Board { settings, calendar, day, areas, people, ledger, see_to_it, hosts, targets, next_change };
    addresses::check(&board, files, problems);
    Some(board)
}

/// The cards of those in office, by area, with whom they serve; every card's references are checked.
fn cards(
    people: &People,
    places: &Places,
    areas: usize,
    day: NaiveDate,
    changes: &mut Changes,
    problems: &mut Problems,
) -> Vec<Vec<CardOnBoard>> {
    let mut cards: Vec<Vec<CardOnBoard>> = std::iter::repeat_with(Vec::new).take(areas).collect();
    for (person, entry) in people.iter() {
        let resolve = |written: &Located<String>| places.serves(written, problems);
        let serves = entry.card.serves.iter().filter_map(resolve).collect();
        changes.on(entry.card.from);
        changes.day_after(entry.card.to);
        if entry.card.in_office(day)
            && let Some(area) = cards.get_mut(entry.area)
        {
            area.push(CardOnBoard { person, serves });
        }
    }
    cards
}

/// Results of items whose day has not come by `day`.
fn awaited_results(results: &[PublishedResult], day: NaiveDate) -> Vec<AwaitedResult> {
    let awaited = results.iter().filter(|result| !result.is_published(day));
    awaited
        .filter_map(|result| {
            let since = result.inspected.unwrap_or(result.period.last_day());
            Some(AwaitedResult { item: result.item.clone()?, since })
        })
        .collect()
}

/// Those of each area whose cards have ended by `day`, each with the first day without it.
fn old_cards(people: &People, areas: usize, day: NaiveDate) -> Vec<Vec<(PersonId, NaiveDate)>> {
    let mut old: Vec<Vec<(PersonId, NaiveDate)>> = std::iter::repeat_with(Vec::new).take(areas).collect();
    for (id, person) in people.iter() {
        let since = person.card.to.and_then(|to| to.succ_opt()).filter(|since| *since <= day);
        if let Some((since, area)) = since.zip(old.get_mut(person.area)) {
            area.push((id, since));
        }
    }
    old
}

/// The notices that exist on `day`: pinned ones first, then the newest, then by name.
fn notices(all: Vec<Notice>, day: NaiveDate, changes: &mut Changes) -> Vec<Notice> {
    for notice in &all {
        changes.on(Some(notice.date));
        changes.day_after(notice.until);
    }
    let mut notices: Vec<Notice> = all.into_iter().filter(|notice| notice.is_published(day)).collect();
    notices.sort_by(|a, b| (b.pinned, b.date).cmp(&(a.pinned, a.date)).then_with(|| a.name.cmp(&b.name)));
    notices
}

/// Records in the order of the tree: parents before children, siblings by `order`, then by name.
fn in_tree_order(records: Vec<AreaRecords>) -> Vec<AreaRecords> {
    let mut children = children_of(records.iter().map(|record| record.parent), records.len());
    for siblings in &mut children {
        siblings.sort_by_key(|index| records.get(*index).map(rank_among_siblings));
    }
    let mut place_of = vec![0; records.len()];
    let mut waiting = vec![0];
    let mut place = 0;
    while let Some(index) = waiting.pop() {
        if let Some(slot) = place_of.get_mut(index) {
            *slot = place;
            place += 1;
        }
        waiting.extend(children.get(index).into_iter().flatten().rev());
    }
    let moved = |index: usize| place_of.get(index).copied().unwrap_or(0);
    let mut placed: Vec<_> = records.into_iter().enumerate().map(|(index, r)| (moved(index), r)).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, r)| AreaRecords { parent: r.parent.map(moved), ..r }).collect()
}

fn rank_among_siblings(record: &AreaRecords) -> (u32, String, String) {
    let area = record.area.as_ref();
    let order = area.and_then(|area| area.order).unwrap_or(u32::MAX);
    (order, area.map(|area| area.name.clone()).unwrap_or_default(), record.path.clone())
}

/// The children of each area, from the parents.
fn children_of(parents: impl Iterator<Item = Option<usize>>, count: usize) -> Vec<Vec<usize>> {
    let mut children: Vec<Vec<usize>> = std::iter::repeat_with(Vec::new).take(count).collect();
    for (index, parent) in parents.enumerate() {
        if let Some(siblings) = parent.and_then(|parent| children.get_mut(parent)) {
            siblings.push(index);
        }
    }
    children
}
