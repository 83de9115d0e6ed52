//! The ledger: what each area owes by the catalogue, what fulfils it, and what is late.
//!
//! It follows from dated facts of the content alone. An obligation is an area, an item and a period; those of an area
//! that an item excepts do not exist. Of one area and one item a [`Duty`] says how things stand.

mod facts;
mod reckon;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use serde::Serialize;

pub use facts::Publication;
pub use reckon::{Fact, Met, Obligation, Reckoned, Terms, reckon};

use super::{AreaOnBoard, Changes};
use crate::calendar::StatutoryCalendar;
use crate::kinds::catalogue::{Catalogue, Item, ItemKind};
use crate::kinds::people::{People, PersonId};

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
    /// The last day of the obligation that the state is about.
    pub due: Option<NaiveDate>,
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
    /// Who sees to it.
    pub who: Option<PersonId>,
}

/// Obligations counted. They are all of them: done on time or late, due, overdue or missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub obligations: usize,
    /// Fulfilled in time.
    pub on_time: usize,
    /// Fulfilled too late.
    pub late: usize,
    /// Not fulfilled and not late.
    pub due: usize,
    /// Not fulfilled and late.
    pub overdue: usize,
    /// Not fulfilled, and something later has been.
    pub missed: usize,
}

/// The ledger of a board. It is empty where the board has no catalogue.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The items of all catalogues.
    pub items: Vec<Item>,
    /// The duties of each area, in the order of items.
    duties: Vec<Vec<Duty>>,
    /// Whether a catalogue holds, for each area.
    holds: Vec<bool>,
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
    ) -> Self {
        if catalogue.is_empty() {
            return Self::default();
        }
        let holds = areas.iter().map(|area| catalogue.holds_for(&area.path)).collect();
        let changed = changed_cards(grounds.people, areas.len(), grounds.day);
        let of_area = |(area, changed)| duties_of(area, changed, &catalogue.items, grounds);
        let both = areas.par_iter().zip(changed);
        let made: Vec<(Vec<Duty>, Option<NaiveDate>)> = both.map(of_area).collect();
        let mut duties = Vec::with_capacity(made.len());
        for (own, turns) in made {
            changes.on(turns);
            duties.push(own);
        }
        let counts = roll_up(&duties, areas);
        Self { items: catalogue.items, duties, holds, counts }
    }

    /// Whether the board has no catalogue.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty()
    }

    /// Whether a catalogue holds for the area with this index, or for one that lies in it.
    pub fn concerns(&self, area: usize) -> bool {
        self.holds.get(area).is_some_and(|holds| *holds)
            || self.counts.get(area).is_some_and(|counts| counts.obligations > 0)
    }

    /// The duties of the area with this index, in the order of items.
    pub fn duties(&self, area: usize) -> &[Duty] {
        self.duties.get(area).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the area with this index and those that lie in it owe.
    pub fn counts(&self, area: usize) -> Counts {
        self.counts.get(area).copied().unwrap_or_default()
    }

    /// The title of what `written` means in the area at `path`; what means no item is free text.
    pub fn title_of<'t>(&'t self, path: &str, written: &'t str) -> &'t str {
        let meant = self.items.iter().find(|item| item.holds_for(path) && item.is_meant_by(written));
        meant.map_or(written, |item| item.title.as_str())
    }

    /// The item of a duty.
    pub fn item(&self, duty: &Duty) -> Option<&Item> {
        self.items.get(duty.item)
    }
}

/// For each area the day on which a card of it last began or ended.
fn changed_cards(people: &People, areas: usize, day: NaiveDate) -> Vec<Option<NaiveDate>> {
    let mut changed = vec![None; areas];
    for (_, person) in people.iter() {
        let turns = [person.card.from, person.card.to.and_then(|to| to.succ_opt())];
        if let Some(latest) = changed.get_mut(person.area) {
            *latest = turns.into_iter().flatten().filter(|turn| *turn <= day).max().max(*latest);
        }
    }
    changed
}

/// The duties of one area, and the day on which one of them changes next.
fn duties_of(
    area: &AreaOnBoard,
    changed: Option<NaiveDate>,
    items: &[Item],
    grounds: &Grounds<'_>,
) -> (Vec<Duty>, Option<NaiveDate>) {
    let owed = items.iter().enumerate().filter(|(_, item)| item.is_owed_by(&area.path, area.area.level));
    let mut turns = None;
    let duties = owed
        .map(|(index, item)| {
            let mut publications = facts::of(area, item, changed, grounds.day);
            let facts: Vec<Fact> = publications.iter().map(|one| one.fact).collect();
            let terms = Terms { rule: item.due, from: item.from, forgets: item.kind == ItemKind::Contact };
            let reckoned = reckon(terms, &facts, grounds.day, grounds.calendar);
            turns = [turns, turn_of(&reckoned, grounds.day)].into_iter().flatten().min();
            let who = who_sees_to(area, item, grounds.people);
            let mut duty = duty(index, reckoned, who);
            let known = facts.partition_point(|fact| fact.day <= grounds.day);
            let by = duty.by.or(known.checked_sub(1)).filter(|by| *by < publications.len());
            duty.duty.latest = by.map(|by| publications.swap_remove(by));
            duty.duty
        })
        .collect();
    (duties, turns)
}

/// The first day on which a duty looks different: by the calendar, or because it comes near enough to be announced.
fn turn_of(reckoned: &Reckoned, day: NaiveDate) -> Option<NaiveDate> {
    let announced = reckoned.next_due.and_then(|due| due.checked_sub_days(Days::new(DAYS_AHEAD)));
    [reckoned.turns, announced.filter(|announced| day < *announced)].into_iter().flatten().min()
}

/// A duty, with which publication fulfils the obligation that it is about.
struct Made {
    duty: Duty,
    by: Option<usize>,
}

fn duty(item: usize, reckoned: Reckoned, who: Option<PersonId>) -> Made {
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
    let duty = Duty {
        item,
        state,
        due: about.map_or(next_due, |about| about.due),
        overdue_since: oldest.and_then(|oldest| oldest.due),
        latest: None,
        late: about.is_some_and(|about| about.met == Met::Late),
        next_due,
        who,
        obligations: Vec::new(),
    };
    let by = about.and_then(|about| about.by);
    Made { duty: Duty { obligations, ..duty }, by }
}

/// Who in an area sees to an item: whoever has its role there, else the head of its first team, else its first card.
fn who_sees_to(area: &AreaOnBoard, item: &Item, people: &People) -> Option<PersonId> {
    let has_role = |id: &PersonId| {
        let roles = people.get(*id).map(|person| person.card.roles.as_slice()).unwrap_or_default();
        item.role.as_ref().is_some_and(|role| roles.contains(role))
    };
    let cards = || area.cards.iter().map(|card| card.person);
    let head = || area.teams.iter().find_map(|team| team.head);
    cards().find(has_role).or_else(head).or_else(|| cards().next())
}

/// What each area and those that lie in it owe. Areas come before those that lie in them.
fn roll_up(duties: &[Vec<Duty>], areas: &[AreaOnBoard]) -> Vec<Counts> {
    let mut counts: Vec<Counts> = duties.iter().map(count).collect();
    for index in (0..counts.len()).rev() {
        let own = counts.get(index).copied().unwrap_or_default();
        let parent = areas.get(index).and_then(|area| area.parent);
        if let Some(above) = parent.and_then(|parent| counts.get_mut(parent)) {
            above.add(own);
        }
    }
    counts
}

/// The obligations of some duties, counted.
pub fn count<'d>(duties: impl IntoIterator<Item = &'d Duty>) -> Counts {
    let mut counts = Counts::default();
    for obligation in duties.into_iter().flat_map(|duty| &duty.obligations) {
        counts.obligations += 1;
        match obligation.met {
            Met::Done => counts.on_time += 1,
            Met::Late => counts.late += 1,
            Met::Due => counts.due += 1,
            Met::Overdue => counts.overdue += 1,
            Met::Missed => counts.missed += 1,
        }
    }
    counts
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.obligations += other.obligations;
        self.on_time += other.on_time;
        self.late += other.late;
        self.due += other.due;
        self.overdue += other.overdue;
        self.missed += other.missed;
    }

    /// How many have been fulfilled, in time or not.
    pub fn done(self) -> usize {
        self.on_time + self.late
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod properties;
