//! What an area has published of an item, from its records alone.

use chrono::NaiveDate;

use super::reckon::Fact;
use crate::board::AreaOnBoard;
use crate::kinds::catalogue::{Item, ItemKind};
use crate::kinds::subsidies::{Stage, State};

/// A publication and where it stands.
#[derive(Clone, Debug)]
pub struct Publication {
    /// What counts of it.
    pub fact: Fact,
    /// Its title; `None` for contacts.
    pub title: Option<String>,
    /// The folder of its page, from the root.
    pub folder: String,
    /// The last day on which objections are taken, while they are.
    pub open_until: Option<NaiveDate>,
}

/// What an area has published of an item, in the order of days; `changed` is the day of the latest change of its cards.
pub(super) fn of(
    area: &AreaOnBoard,
    item: &Item,
    changed: Option<NaiveDate>,
    day: NaiveDate,
) -> Vec<Publication> {
    let mut found = match item.kind {
        ItemKind::Contact => contacts(area, changed),
        ItemKind::Reception => reception(area),
        ItemKind::Subsidy => lists(area, item),
        ItemKind::Result => results(area, item),
        ItemKind::Notice => notices(area, item, day),
    };
    found.sort_by_key(|one| one.fact.day);
    found
}

/// Contacts are published on the day they were last brought up to date; a card that has begun or ended since then waits.
fn contacts(area: &AreaOnBoard, changed: Option<NaiveDate>) -> Vec<Publication> {
    let publication = |day, since| Publication {
        fact: Fact { day, about: None, since, stands: true },
        title: None,
        folder: area.page_of("contacts"),
        open_until: None,
    };
    match (area.updated, changed) {
        (Some(updated), Some(changed)) if updated < changed => {
            let never = NaiveDate::MAX;
            vec![publication(updated, None), publication(never, Some(changed))]
        }
        (Some(updated), changed) => vec![publication(updated, changed)],
        (None, changed) => {
            changed.map(|changed| publication(NaiveDate::MAX, Some(changed))).into_iter().collect()
        }
    }
}

fn reception(area: &AreaOnBoard) -> Vec<Publication> {
    let plans = area.reception.plans.iter();
    plans
        .map(|plan| Publication {
            fact: Fact { day: plan.published.value, about: Some(plan.from.value), since: None, stands: true },
            title: Some(plan.title.clone()),
            folder: area.page_of("reception"),
            open_until: None,
        })
        .collect()
}

/// Lists from their first day on. One in whose place another stands counts no more: that other one does.
fn lists(area: &AreaOnBoard, item: &Item) -> Vec<Publication> {
    let fitting = area.subsidies.iter().filter(|list| {
        list.state != State::Superseded && list.item.as_ref().is_some_and(|one| item.is_meant_by(&one.value))
    });
    fitting
        .filter_map(|list| {
            let decided = list.decision.as_ref().map(|decision| decision.date);
            let since = decided.filter(|_| matches!(list.stage, Stage::Confirmed | Stage::Paid));
            Some(Publication {
                fact: Fact { day: list.begins?, about: None, since, stands: list.state != State::Withdrawn },
                title: Some(list.title.clone()),
                folder: area.page("subsidies", &list.name),
                open_until: list.period.filter(|_| list.accepting).map(|period| period.end),
            })
        })
        .collect()
}

fn results(area: &AreaOnBoard, item: &Item) -> Vec<Publication> {
    let results = area.results.iter().map(|on_board| &on_board.result);
    let fitting = results.filter(|one| one.item.as_ref().is_some_and(|one| item.is_meant_by(&one.value)));
    fitting
        .map(|result| Publication {
            fact: Fact {
                day: result.date,
                about: None,
                since: Some(result.inspected.unwrap_or(result.period.last_day())),
                stands: true,
            },
            title: Some(result.title.clone()),
            folder: area.page("results", &result.name),
            open_until: None,
        })
        .collect()
}

fn notices(area: &AreaOnBoard, item: &Item, day: NaiveDate) -> Vec<Publication> {
    let fitting =
        area.notices.iter().filter(|one| one.item.as_ref().is_some_and(|one| item.is_meant_by(&one.value)));
    fitting
        .map(|notice| Publication {
            fact: Fact { day: notice.date, about: None, since: None, stands: !notice.is_archived(day) },
            title: Some(notice.title.clone()),
            folder: area.page("notices", &notice.name),
            open_until: None,
        })
        .collect()
}
