//! What an area has published of each item, and what has come about there: from its records alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::reckon::{Event, Fact};
use crate::board::{AreaOnBoard, DisclosureOnBoard};
use crate::kinds::catalogue::{Catalogue, ItemKind};
use crate::kinds::subsidies::{Stage, State};
use crate::source::Located;

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

/// What there is of one item in one area.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// What has been published, in the order of days.
    pub(super) publications: Vec<Publication>,
    /// What has come about, and which publication tells of it.
    pub(super) events: Vec<Event>,
}

/// A result whose day has not come, of which it is known already when somebody looked: it must be published in time.
#[derive(Clone, Debug)]
pub struct AwaitedResult {
    /// The item that it will fulfil.
    pub item: Located<String>,
    /// The day of the inspection, or the last one of its period.
    pub since: NaiveDate,
}

/// What there is of each item that the area owes. `turns` are the days on which a card of the area began or ended, in
/// their order.
pub(super) fn of(
    area: &AreaOnBoard,
    catalogue: &Catalogue,
    turns: &[NaiveDate],
    day: NaiveDate,
) -> BTreeMap<usize, Evidence> {
    let owed = catalogue.owed_by(&area.path, area.area.level);
    let mut gathered = Gathered {
        area,
        catalogue,
        of: owed.map(|(index, item)| (index, (item.kind, Evidence::default()))).collect(),
    };
    gathered.add_contacts(turns);
    gathered.add_reception(day);
    gathered.add_results();
    gathered.add_notices(day);
    gathered.add_lists(day);
    gathered.of.into_iter().map(|(index, (_, evidence))| (index, evidence)).collect()
}

struct Gathered<'b> {
    area: &'b AreaOnBoard,
    catalogue: &'b Catalogue,
    of: BTreeMap<usize, (ItemKind, Evidence)>,
}

impl Gathered<'_> {
    /// Adds to every item of a kind.
    fn each(&mut self, kind: ItemKind, add: impl Fn(&mut Evidence)) {
        self.of.values_mut().filter(|(of, _)| *of == kind).for_each(|(_, evidence)| add(evidence));
    }

    /// The item that something of this kind names; `None` where it names none that the area owes and that is fulfilled so.
    fn named(&mut self, item: Option<&Located<String>>, kind: ItemKind) -> Option<&mut Evidence> {
        let index = self.index_of(item)?;
        let (of, evidence) = self.of.get_mut(&index)?;
        (*of == kind).then_some(evidence)
    }

    /// Contacts are published on each day that `updated` names; a card that has begun or ended is told of by the first
    /// of them from that day on.
    fn add_contacts(&mut self, turns: &[NaiveDate]) {
        let area = self.area;
        let publication = |day: &NaiveDate| Publication {
            fact: Fact { day: *day, about: None, stands: true },
            title: None,
            folder: area.page_of("contacts"),
            open_until: None,
        };
        let told = |since: &NaiveDate| area.updates.iter().position(|updated| since <= updated);
        self.each(ItemKind::Contact, |evidence| {
            evidence.publications = area.updates.iter().map(publication).collect();
            evidence.events = turns.iter().map(|since| Event { since: *since, by: told(since) }).collect();
        });
    }

    fn add_reception(&mut self, day: NaiveDate) {
        let area = self.area;
        let mut plans: Vec<Publication> = area
            .reception
            .plans
            .iter()
            .map(|plan| Publication {
                fact: Fact {
                    day: plan.published.value,
                    about: Some((plan.from.value, plan.to.value)),
                    stands: day <= plan.to.value,
                },
                title: Some(plan.title.clone()),
                folder: area.page_of("reception"),
                open_until: None,
            })
            .collect();
        plans.sort_by_key(|plan| plan.fact.day);
        self.each(ItemKind::Reception, |evidence| {
            evidence.events = without_event(&plans);
            evidence.publications.clone_from(&plans);
        });
    }

    fn add_notices(&mut self, day: NaiveDate) {
        let area = self.area;
        for notice in &area.notices {
            let Some(evidence) = self.named(notice.item.as_ref(), ItemKind::Notice) else { continue };
            evidence.publications.push(Publication {
                fact: Fact { day: notice.date, about: None, stands: !notice.is_archived(day) },
                title: Some(notice.title.clone()),
                folder: area.page("notices", &notice.name),
                open_until: None,
            });
        }
        self.of.values_mut().filter(|(kind, _)| *kind == ItemKind::Notice).for_each(|(_, evidence)| {
            evidence.publications.sort_by_key(|one| one.fact.day);
            evidence.events = without_event(&evidence.publications);
        });
    }

    fn add_results(&mut self) {
        let area = self.area;
        let mut results: Vec<_> = area.results.iter().map(|on_board| &on_board.result).collect();
        results.sort_by_key(|result| result.date);
        for result in results {
            let Some(evidence) = self.named(result.item.as_ref(), ItemKind::Result) else { continue };
            let since = result.inspected.unwrap_or(result.period.last_day());
            evidence.events.push(Event { since, by: Some(evidence.publications.len()) });
            evidence.publications.push(Publication {
                fact: Fact { day: result.date, about: None, stands: true },
                title: Some(result.title.clone()),
                folder: area.page("results", &result.name),
                open_until: None,
            });
        }
        for awaited in &area.awaited {
            if let Some(evidence) = self.named(Some(&awaited.item), ItemKind::Result) {
                evidence.events.push(Event { since: awaited.since, by: None });
            }
        }
    }

    /// Lists count from their first day on. One that was posted again after an objection counts as the one that stands in its
    /// place, and that one from the first day of the first: the area did disclose in time.
    ///
    /// What comes about is a decision. The list that carries the case on tells of the decision on an earlier stage; a
    /// decision that follows no other is told of by its own list.
    fn add_lists(&mut self, day: NaiveDate) {
        let area = self.area;
        let standing = area.subsidies.iter().filter(|list| list.links.reposted_to.is_none());
        let mut lists: Vec<Case<'_>> = standing.filter_map(|list| Case::of(area, list, day)).collect();
        lists.sort_by_key(|case| case.first);
        let mut places: BTreeMap<(&str, Option<usize>), usize> = BTreeMap::new();
        for case in &lists {
            let Some(evidence) = self.named(case.item, ItemKind::Subsidy) else { continue };
            let place = evidence.publications.len();
            evidence.publications.push(Publication {
                fact: Fact { day: case.first, about: None, stands: case.list.state != State::Withdrawn },
                title: Some(case.list.title.clone()),
                folder: area.page("subsidies", &case.list.name),
                open_until: case.list.period.filter(|_| case.list.accepting).map(|period| period.end),
            });
            places.insert((&case.list.name, self.index_of(case.item)), place);
        }
        for case in &lists {
            let Some(since) = case.list.decision.as_ref().map(|decision| decision.date) else { continue };
            let teller = match case.list.stage {
                Stage::Proposed | Stage::Terminating => case.carried_on_by(area),
                Stage::Confirmed | Stage::Paid if case.follows_decision(area) => continue,
                Stage::Confirmed | Stage::Paid => Some(case.list.name.as_str()),
            };
            let index = self.index_of(case.item);
            let by = teller.and_then(|teller| places.get(&(teller, index)).copied());
            if let Some(evidence) = self.named(case.item, ItemKind::Subsidy).filter(|_| since <= day) {
                evidence.events.push(Event { since, by });
            }
        }
    }

    /// The index of the item that is named.
    fn index_of(&self, item: Option<&Located<String>>) -> Option<usize> {
        self.catalogue.find(&item?.value, &self.area.path, self.area.area.level)
    }
}

/// A list with those that it was posted again for.
struct Case<'b> {
    list: &'b DisclosureOnBoard,
    /// The item: its own, or that of the first of those, or of the stage that it follows, which names one.
    item: Option<&'b Located<String>>,
    /// The first day of the first of them.
    first: NaiveDate,
}

impl<'b> Case<'b> {
    fn of(area: &'b AreaOnBoard, list: &'b DisclosureOnBoard, day: NaiveDate) -> Option<Self> {
        // One that has not begun stands in nobody's place yet.
        let begun = list.begins.is_some_and(|begins| begins <= day);
        let chain =
            line_back(area, list, |one| if begun { one.links.reposts.iter().collect() } else { Vec::new() });
        let first = chain.iter().filter_map(|one| one.begins).min()?;
        let before =
            line_back(area, list, |one| one.links.reposts.iter().chain(&one.links.follows).collect());
        Some(Self { list, item: before.iter().find_map(|one| one.item.as_ref()), first })
    }

    /// The name of the list of the later stage, or of the one that stands in its place.
    fn carried_on_by(&self, area: &'b AreaOnBoard) -> Option<&'b str> {
        let mut list = area.disclosure(&self.list.links.followed_by.as_ref()?.name)?;
        // As many steps as there are lists lead to the last one, or round in a circle.
        for _ in 0..area.subsidies.len() {
            let Some(later) = list.links.reposted_to.as_ref().and_then(|later| area.disclosure(&later.name))
            else {
                break;
            };
            list = later;
        }
        Some(&list.name)
    }

    /// Whether the stage before it, or before one that it stands in the place of, was decided in a list of its own.
    fn follows_decision(&self, area: &AreaOnBoard) -> bool {
        let chain = line_back(area, self.list, |one| one.links.reposts.iter().collect());
        let earlier = chain.iter().filter_map(|one| area.disclosure(one.links.follows.as_ref()?));
        earlier.into_iter().any(|earlier| earlier.decision.is_some())
    }
}

/// A list and all that `earlier` leads back to from it, each once, the nearest first.
fn line_back<'b>(
    area: &'b AreaOnBoard,
    list: &'b DisclosureOnBoard,
    earlier: impl Fn(&'b DisclosureOnBoard) -> Vec<&'b String>,
) -> Vec<&'b DisclosureOnBoard> {
    let mut line = vec![list];
    let mut next = 0;
    while let Some(one) = line.get(next).copied() {
        next += 1;
        for name in earlier(one) {
            let found =
                area.disclosure(name).filter(|found| !line.iter().any(|known| known.name == found.name));
            line.extend(found);
        }
    }
    line
}

/// Of publications that do not say when what they tell of came about each is an event of its own day.
fn without_event(publications: &[Publication]) -> Vec<Event> {
    publications.iter().enumerate().map(|(by, one)| Event { since: one.fact.day, by: Some(by) }).collect()
}
