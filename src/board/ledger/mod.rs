//! The ledger: what each area owes by the catalogue, what fulfils it, and what is late.
//!
//! It follows from dated facts of the content alone. An obligation is an area, an item and a period; those of an area
//! that an item excepts do not exist. Of one area and one item a [`Duty`] says how things stand.

//!
//! - `evidence`: what an area has published of each item, and what has come about there
//! - `reckon`: which obligations there are by a day, and what fulfils each
//! - `counts`: how many, area by area and upwards

mod counts;
mod evidence;
mod reckon;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use serde::Serialize;

pub use counts::{Counts, count};
pub use evidence::{AwaitedResult, Publication};
pub use reckon::{Event, Fact, Met, Obligation, Reckoned, Terms, reckon};

use super::{AreaOnBoard, Board, Changes, Due};
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::area::Level;
use crate::kinds::catalogue::{Catalogue, Item, ItemKind};
use crate::kinds::people::{People, PersonId};
use crate::kinds::places::Serves;
use counts::roll_up;
use evidence::Evidence;

const DUE_UNANNOUNCED: Code = Code::warning("due-unannounced");

/// For so many days ahead feeds and pages say what falls due.
pub const DAYS_AHEAD: u64 = 14;

/// How one item stands in one area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DutyState {
    /// The last obligation is fulfilled.
    Done,
    /// It is not, and not late.
    Due,
    /// One is not fulfilled and its last day has passed.
    Overdue,
}

/// One item in one area.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Which item of the catalogue.
    pub item: usize,
    /// How it stands.
    pub state: DutyState,
    /// The last day of the obligation that the state is about; of one that has not begun where there is none. `None` for
    /// what must stand at any time, and where nothing has come about that would have to be told.
    pub due: Option<Due>,
    /// The last day of the oldest obligation that is overdue.
    pub overdue_since: Option<NaiveDate>,
    /// What fulfils the obligation that the state is about; where that is none, the latest that was published before.
    pub latest: Option<Publication>,
    /// Whether the obligation was fulfilled too late.
    pub late: bool,
    /// The next last day.
    pub next_due: Option<NaiveDate>,
    /// All obligations, the oldest first.
    pub obligations: Vec<Obligation>,
    /// Who has the role that the item names; whom to call, [`Board::to_call`] says.
    pub who: Option<PersonId>,
}

/// The ledger of a board. It is empty where the board has no catalogue.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What must be disclosed.
    catalogue: Catalogue,
    /// The duties of each area, in the order of items.
    duties: Vec<Vec<Duty>>,
    /// Whether it concerns each area.
    concerns: Vec<bool>,
    /// What each area and those that lie in it owe.
    counts: Vec<Counts>,
}

/// What the ledger is made from.
pub(super) struct Grounds<'b> {
    pub(super) people: &'b People,
    pub(super) calendar: &'b StatutoryCalendar,
    pub(super) day: NaiveDate,
}

impl Ledger {
    /// Makes the ledger of a board; areas stand in the order of the tree.
    pub(super) fn make(
        catalogue: Catalogue,
        areas: &[AreaOnBoard],
        grounds: &Grounds<'_>,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Self {
        if catalogue.is_empty() {
            return Self::default();
        }
        let turns = turns_of_cards(grounds.people, areas.len());
        let both = areas.par_iter().zip(&turns);
        let evidence: Vec<BTreeMap<usize, Evidence>> =
            both.map(|(area, turns)| evidence::of(area, &catalogue, turns, grounds.day)).collect();
        let reckoning =
            Reckoning { items: &catalogue.items, first: first_days(&evidence, grounds.day), grounds };
        let both = evidence.into_par_iter().zip(contacts_of(areas));
        let made: Vec<Vec<Made>> =
            both.map(|(evidence, contacts)| reckoning.duties(evidence, &contacts)).collect();
        let mut duties = Vec::with_capacity(made.len());
        let mut unannounced = BTreeMap::new();
        for own in made {
            for one in &own {
                changes.on(one.turns);
                if let Some(year) = one.unannounced {
                    unannounced.entry(one.duty.item).or_insert(year);
                }
            }
            duties.push(own.into_iter().map(|one| one.duty).collect::<Vec<Duty>>());
        }
        for (index, year) in unannounced {
            let Some(item) = catalogue.items.get(index) else { continue };
            let problem = Diagnostic::new(DUE_UNANNOUNCED, item.place).with("title", &item.title.value);
            problems.add(problem.with("year", year));
        }
        let concerns = areas.iter().map(|area| catalogue.concerns(&area.path)).collect();
        let counts = roll_up(&duties, areas);
        Self { catalogue, duties, concerns, counts }
    }

    /// Whether the board has no catalogue.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty()
    }

    /// Whether a catalogue holds for the area with this index, or for one that lies in it.
    pub fn concerns(&self, area: usize) -> bool {
        self.concerns.get(area).is_some_and(|concerns| *concerns)
    }

    /// The items of all catalogues.
    pub fn items(&self) -> &[Item] {
        &self.catalogue.items
    }

    /// The duties of the area with this index, in the order of items.
    pub fn duties(&self, area: usize) -> &[Duty] {
        self.duties.get(area).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the area with this index and those that lie in it owe.
    pub fn counts(&self, area: usize) -> Counts {
        self.counts.get(area).copied().unwrap_or_default()
    }

    /// The title of what `written` means in the area at `path`, of this level; what means no item is free text.
    pub fn title_of<'t>(&'t self, written: &'t str, path: &str, level: Level) -> &'t str {
        let meant =
            self.catalogue.find(written, path, level).and_then(|index| self.catalogue.items.get(index));
        meant.map_or(written, |item| item.title.value.as_str())
    }

    /// The item of a duty.
    pub fn item(&self, duty: &Duty) -> Option<&Item> {
        self.catalogue.items.get(duty.item)
    }
}

impl Board {
    /// What falls due by `last`, from the board's day on, in the area with this index and in those that lie in it: the first
    /// before the others, each with its area.
    pub fn falling_due(&self, index: usize, last: NaiveDate) -> Vec<(usize, &Duty)> {
        let of_area = |area: usize| self.ledger.duties(area).iter().map(move |duty| (area, duty));
        let all = self.within(index).flat_map(of_area);
        let mut found: Vec<_> = all.filter(|(_, duty)| duty.falls_due(self.day, last)).collect();
        found.sort_by_key(|(area, duty)| (duty.next_due, *area));
        found
    }

    /// What waits without a day that could be told, in the area with this index and in those that lie in it.
    pub fn waiting_without_a_day(&self, index: usize) -> impl Iterator<Item = (usize, &Duty)> {
        let of_area = |area: usize| self.ledger.duties(area).iter().map(move |duty| (area, duty));
        self.within(index).flat_map(of_area).filter(|(_, duty)| duty.waits_without_a_day())
    }
}

impl Duty {
    /// Whether it waits without a day that could be told: it must stand at any time and does not, or its day waits for a
    /// notice of holidays.
    pub fn waits_without_a_day(&self) -> bool {
        let undated = |one: &Obligation| one.met == Met::Due && one.due_day().is_none();
        self.next_due.is_none() && self.obligations.iter().any(undated)
    }

    /// Whether the last day of something that is not fulfilled waits for a notice of holidays.
    pub fn waits_for_a_notice(&self) -> bool {
        self.obligations.iter().any(|one| one.met == Met::Due && one.due == Some(Due::Unannounced))
    }

    /// Whether something of it is due from `day` to `last`, and not fulfilled.
    pub fn falls_due(&self, day: NaiveDate, last: NaiveDate) -> bool {
        self.next_due.is_some_and(|due| day <= due && due <= last)
    }

    /// The last day of what the state is about, where it has one and that can be told.
    pub fn due_day(&self) -> Option<NaiveDate> {
        self.due.and_then(Due::day)
    }
}

/// For each area the days on which a card of it begins, or has ended, in their order.
fn turns_of_cards(people: &People, areas: usize) -> Vec<Vec<NaiveDate>> {
    let mut turns = vec![Vec::new(); areas];
    for (_, person) in people.iter() {
        if let Some(of_area) = turns.get_mut(person.area) {
            let days = [person.card.from, person.card.to.and_then(|to| to.succ_opt())];
            of_area.extend(days.into_iter().flatten());
        }
    }
    for of_area in &mut turns {
        of_area.sort_unstable();
        of_area.dedup();
    }
    turns
}

/// For each item the first day for which some area has published it by `day`.
fn first_days(evidence: &[BTreeMap<usize, Evidence>], day: NaiveDate) -> BTreeMap<usize, NaiveDate> {
    let mut first = BTreeMap::new();
    for (item, evidence) in evidence.iter().flatten() {
        let facts = evidence.publications.iter().map(|one| one.fact).filter(|fact| fact.day <= day);
        if let Some(from) = facts.map(|fact| fact.counts_from()).min() {
            let known = first.entry(*item).or_insert(from);
            *known = from.min(*known);
        }
    }
    first
}

/// What duties are reckoned with.
struct Reckoning<'b> {
    items: &'b [Item],
    first: BTreeMap<usize, NaiveDate>,
    grounds: &'b Grounds<'b>,
}

/// A duty, and what else its reckoning told.
struct Made {
    duty: Duty,
    turns: Option<NaiveDate>,
    unannounced: Option<i32>,
}

impl Reckoning<'_> {
    /// The duties of an area of these contacts, in the order of items.
    fn duties(&self, evidence: BTreeMap<usize, Evidence>, contacts: &[PersonId]) -> Vec<Made> {
        let both = evidence
            .into_iter()
            .filter_map(|(index, evidence)| Some((self.items.get(index)?, index, evidence)));
        both.map(|(item, index, evidence)| self.duty(item, index, evidence, contacts)).collect()
    }

    fn duty(&self, item: &Item, index: usize, evidence: Evidence, contacts: &[PersonId]) -> Made {
        let day = self.grounds.day;
        let Evidence { mut publications, events } = evidence;
        let facts: Vec<Fact> = publications.iter().map(|one| one.fact).collect();
        let first = self.first.get(&index).copied();
        let forgets = item.kind == ItemKind::Contact;
        let terms = Terms { rule: item.due, from: item.from, first, forgets };
        let reckoned = reckon(terms, &facts, &events, day, self.grounds.calendar);
        let (turns, unannounced) = (turn_of(&reckoned, day), reckoned.unannounced);
        let (mut duty, by) = duty(index, reckoned);
        let known = facts.partition_point(|fact| fact.day <= day);
        let latest = by.or(known.checked_sub(1)).filter(|latest| *latest < publications.len());
        duty.latest = latest.map(|latest| publications.swap_remove(latest));
        duty.who = self.holder_of_role(item, contacts);
        Made { duty, turns, unannounced }
    }

    /// Who of these contacts has the role of an item. Where nobody has, whoever sees to things in the area is to be called.
    fn holder_of_role(&self, item: &Item, contacts: &[PersonId]) -> Option<PersonId> {
        let role = &item.role.as_ref()?.value;
        let person = |id: &PersonId| self.grounds.people.get(*id);
        contacts.iter().copied().find(|id| person(id).is_some_and(|person| person.card.roles.contains(role)))
    }
}

/// The first day on which a duty looks different: by the calendar, or because it comes near enough to be announced.
fn turn_of(reckoned: &Reckoned, day: NaiveDate) -> Option<NaiveDate> {
    let announced = reckoned.next_due.and_then(|due| due.checked_sub_days(Days::new(DAYS_AHEAD)));
    [reckoned.turns, announced.filter(|announced| day < *announced)].into_iter().flatten().min()
}

/// A duty for which nobody is known yet, with which publication fulfils the obligation that it is about.
fn duty(item: usize, reckoned: Reckoned) -> (Duty, Option<usize>) {
    let Reckoned { obligations, next_due, .. } = reckoned;
    let overdue = || obligations.iter().filter(|one| one.met == Met::Overdue);
    let (oldest, newest) = (overdue().next(), overdue().next_back());
    let waiting = obligations.iter().find(|one| one.met == Met::Due);
    let (state, about) = match (newest, waiting, obligations.last()) {
        (Some(overdue), _, _) => (DutyState::Overdue, Some(overdue)),
        (None, Some(waiting), _) => (DutyState::Due, Some(waiting)),
        (None, None, Some(last)) => (DutyState::Done, Some(last)),
        (None, None, None) => (DutyState::Due, None),
    };
    let (by, late) = (about.and_then(|about| about.by), about.is_some_and(|about| about.met == Met::Late));
    let duty = Duty {
        item,
        state,
        due: about.map_or(next_due.map(Due::Day), |about| about.due),
        overdue_since: oldest.and_then(Obligation::due_day),
        latest: None,
        late,
        next_due,
        obligations,
        who: None,
    };
    (duty, by)
}

/// For each area who its contacts are: its own cards first, then those of elsewhere who serve it or a group in it.
fn contacts_of(areas: &[AreaOnBoard]) -> Vec<Vec<PersonId>> {
    let own = |area: &AreaOnBoard| area.cards.iter().map(|card| card.person).collect();
    let mut contacts: Vec<Vec<PersonId>> = areas.iter().map(own).collect();
    for card in areas.iter().flat_map(|area| &area.cards) {
        for serves in &card.serves {
            let area = match serves {
                Serves::Area(area) => *area,
                Serves::Group(group) => group.area,
                Serves::Text(_) => continue,
            };
            if let Some(of_area) = contacts.get_mut(area) {
                of_area.push(card.person);
            }
        }
    }
    contacts
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod properties;
