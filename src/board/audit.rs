//! What an area and all that lie in it have to do on the day: hang up, take down, and what is late.

use chrono::{Days, NaiveDate};

use super::{
    AreaOnBoard, Board, DisclosureOnBoard, Due, Duty, DutyState, Hanging, OnWall, Record, StepOnBoard,
    TakeDown,
};
use crate::kinds::people::PersonId;
use crate::kinds::subsidies::{Outcome, State};

/// For so many days after its holder has left a printed card is still said to be collected: it hangs in every house.
const CARDS_SAID_FOR: u64 = 30;

/// What is to be done, each with the index of its area.
#[derive(Debug, Default)]
pub struct Audit<'b> {
    /// What to hang up: lists of which no record says that they hang, and what else begins on the day; with days ahead
    /// also lists that begin in these.
    pub hang: Vec<(usize, Hanging<'b>)>,
    /// What to take down; with days ahead also what must come down in these.
    pub take_down: Vec<(usize, TakeDown<'b>)>,
    /// Printed cards to collect, with the first day on which they were stale.
    pub stale_cards: Vec<(usize, PersonId, NaiveDate)>,
    /// What is late, the longest first.
    pub late: Vec<(usize, Late<'b>)>,
    /// Items that fall due on the day and in the days ahead, the first before the others.
    pub due: Vec<(usize, &'b Duty)>,
}

/// Something that is late.
#[derive(Clone, Copy, Debug)]
pub enum Late<'b> {
    /// An item that should have been disclosed.
    Item(&'b Duty),
    /// An objection that should have been decided by this day.
    Objection(&'b DisclosureOnBoard, NaiveDate),
    /// A step on the way to a decision that should have been done by this day.
    Step(&'b DisclosureOnBoard, &'b StepOnBoard, NaiveDate),
    /// A list whose period is over, and of which nobody has written that it hung.
    Unrecorded(&'b DisclosureOnBoard),
}

impl Late<'_> {
    /// The last day on which it was in time.
    pub fn due(&self) -> Option<NaiveDate> {
        match self {
            Self::Item(duty) => duty.overdue_since,
            Self::Objection(_, due) | Self::Step(_, _, due) => Some(*due),
            Self::Unrecorded(list) => list.period.map(|period| period.start),
        }
    }
}

impl Board {
    /// The indexes of an area and of those that lie in it.
    pub fn within(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let path = self.areas.get(index).map_or("", |area| area.path.as_str());
        let lies_in = move |area: &AreaOnBoard| {
            path.is_empty()
                || area.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        (index..self.areas.len()).filter(move |other| self.areas.get(*other).is_some_and(lies_in))
    }

    /// What is to be done in the area with this index and in those that lie in it, on the day and in so many days ahead.
    pub fn audit(&self, index: usize, ahead: u64) -> Audit<'_> {
        let last = self.day.checked_add_days(Days::new(ahead)).unwrap_or(self.day);
        let mut audit = Audit::default();
        for index in self.within(index) {
            if let Some(area) = self.areas.get(index) {
                audit.add_wall(index, area, self, last);
                audit.add_late(index, area, self);
                audit.add_cards(index, self);
            }
        }
        audit.hang.sort_by_key(|(index, one)| (one.since, *index));
        audit.take_down.sort_by_key(|(index, one)| (one.since, *index));
        audit.stale_cards.sort_by_key(|(index, _, since)| (*since, *index));
        audit.late.sort_by_key(|(index, one)| (one.due(), *index));
        audit.due = self.falling_due(index, last);
        audit
    }
}

impl<'b> Audit<'b> {
    fn add_wall(&mut self, index: usize, area: &'b AreaOnBoard, board: &'b Board, last: NaiveDate) {
        let wall = area.wall(board);
        let begins = |one: &Hanging<'_>| one.since == Some(board.day);
        for one in wall.hang {
            // Its last day is in the days ahead: it comes down on the day after.
            if let Some(down) = one.until.and_then(|until| until.succ_opt()).filter(|down| *down <= last) {
                let recorded = one.record == Record::Hangs;
                self.take_down.push((index, TakeDown { what: one.what, since: down, recorded }));
            }
            if one.record == Record::Missing || one.record == Record::NotKept && begins(&one) {
                self.hang.push((index, one));
            }
        }
        self.take_down.extend(wall.take_down.into_iter().map(|one| (index, one)));
        let coming = area.subsidies.iter().filter(|list| list.state == State::Upcoming);
        for list in coming.filter(|list| list.begins.is_some_and(|begins| begins <= last)) {
            let until = list.period.map(|period| period.end);
            let what = OnWall::Subsidy(list);
            self.hang.push((index, Hanging { what, since: list.begins, until, record: Record::Missing }));
        }
        self.late.extend(wall.unrecorded.into_iter().map(|list| (index, Late::Unrecorded(list))));
    }

    fn add_cards(&mut self, index: usize, board: &Board) {
        let own = board.people.iter().filter(|(_, person)| person.area == index);
        for (id, person) in own {
            let Some(stale) = person.card.to.and_then(|to| to.succ_opt()) else { continue };
            let said = stale.checked_add_days(Days::new(CARDS_SAID_FOR));
            if stale <= board.day && said.is_some_and(|last| board.day <= last) {
                self.stale_cards.push((index, id, stale));
            }
        }
    }

    fn add_late(&mut self, index: usize, area: &'b AreaOnBoard, board: &'b Board) {
        let overdue = board.ledger.duties(index).iter().filter(|duty| duty.state == DutyState::Overdue);
        self.late.extend(overdue.map(|duty| (index, Late::Item(duty))));
        for list in &area.subsidies {
            for known in list.objections.iter().filter(|one| one.overdue) {
                let pending = known.objection.outcome == Outcome::Pending;
                if let Some(due) = known.due.and_then(Due::day).filter(|_| pending) {
                    self.late.push((index, Late::Objection(list, due)));
                }
            }
            for step in list.steps.iter().filter(|step| step.late && step.done.is_none()) {
                if let Some(due) = step.due.and_then(Due::day) {
                    self.late.push((index, Late::Step(list, step, due)));
                }
            }
        }
    }
}
