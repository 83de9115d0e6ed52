//! What an area and all that lie in it have to do on the day: hang up, take down, and what is late.

use chrono::{Days, NaiveDate};

use super::{
    AreaOnBoard, Board, Coming, DisclosureOnBoard, Due, Duty, DutyState, Hanging, OnWall, Record,
    StepOnBoard, TakeDown,
};
use crate::kinds::subsidies::{Outcome, State};

/// What is to be done, each with the index of its area. The earliest day stands first; where areas lie in areas that lie in
/// the one asked about, what lies in one of these stands together.
#[derive(Debug, Default)]
pub struct Audit<'b> {
    /// What to hang up: lists of which no record says that they hang, and what else is new.
    pub hang: Vec<(usize, Hanging<'b>)>,
    /// What begins in the days ahead.
    pub hang_later: Vec<(usize, Ahead<'b>)>,
    /// What to take down, printed cards of those who have left among it.
    pub take_down: Vec<(usize, TakeDown<'b>)>,
    /// What must come down in the days ahead.
    pub take_down_later: Vec<(usize, TakeDown<'b>)>,
    /// What is late, the longest first.
    pub late: Vec<(usize, Late<'b>)>,
    /// Items that fall due on the day and in the days ahead, the first before the others; where days ahead were asked for
    /// also those without a last day, at the end.
    pub due: Vec<(usize, &'b Duty)>,
    /// The areas that lie directly in the one asked about, counted.
    pub children: Vec<ToDo>,
}

/// Something that begins on a later day.
#[derive(Clone, Copy, Debug)]
pub enum Ahead<'b> {
    /// A list; its page is there already.
    List(Hanging<'b>),
    /// Something else.
    Coming(&'b Coming),
}

/// What one area and those that lie in it have to do on the day, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToDo {
    /// Index of the area.
    pub area: usize,
    /// How much is to be hung up.
    pub hang: usize,
    /// How much is to be taken down.
    pub take_down: usize,
    /// How much is late.
    pub late: usize,
}

/// Something that is late.
#[derive(Clone, Copy, Debug)]
pub enum Late<'b> {
    /// An item that should have been disclosed.
    Item(&'b Duty),
    /// An objection that should have been decided by this day.
    Objection(&'b DisclosureOnBoard, NaiveDate),
    /// An objection that was upheld on this day, and no new list says so.
    Upheld(&'b DisclosureOnBoard, NaiveDate),
    /// A step on the way to a decision that should have been done by this day.
    Step(&'b DisclosureOnBoard, &'b StepOnBoard, NaiveDate),
    /// A list that need not hang any more, and of which nobody has written that it hung.
    Unrecorded(&'b DisclosureOnBoard),
    /// A list that hung for fewer days than it had to.
    Short(&'b DisclosureOnBoard),
}

impl Late<'_> {
    /// The last day on which it was in time.
    pub fn due(&self) -> Option<NaiveDate> {
        match self {
            Self::Item(duty) => duty.overdue_since,
            Self::Objection(_, due) | Self::Upheld(_, due) | Self::Step(_, _, due) => Some(*due),
            Self::Unrecorded(list) => list.begins,
            Self::Short(list) => {
                let on = list.posting.as_ref().and_then(|posting| posting.on);
                let asked = list.posted()?.asked?;
                Some(if on.is_some_and(|on| asked.start < on) { asked.start } else { asked.end })
            }
        }
    }
}

impl Ahead<'_> {
    /// Its first day.
    pub fn since(&self) -> Option<NaiveDate> {
        match self {
            Self::List(list) => list.since,
            Self::Coming(coming) => Some(coming.day),
        }
    }
}

impl Board {
    /// The indexes of an area and of those that lie in it. They stand together: areas stand in the order of the tree.
    pub fn within(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let path = self.areas.get(index).map_or("", |area| area.path.as_str());
        let lies_in = move |area: &AreaOnBoard| {
            path.is_empty()
                || area.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        (index..self.areas.len()).take_while(move |other| self.areas.get(*other).is_some_and(lies_in))
    }

    /// What is to be done in the area with this index and in those that lie in it, on the day and, where they are asked
    /// for, in so many days ahead.
    pub fn audit(&self, index: usize, ahead: Option<u64>) -> Audit<'_> {
        let last = ahead.and_then(|ahead| self.day.checked_add_days(Days::new(ahead))).unwrap_or(self.day);
        let mut audit = Audit::default();
        for index in self.within(index) {
            if let Some(area) = self.areas.get(index) {
                audit.add_wall(index, area, self, last);
                audit.add_late(index, area, self);
            }
        }
        let part = self.parts_of(index);
        let part = |index: &usize| part(*index);
        audit.hang.sort_by_key(|(index, one)| (part(index), one.since, *index));
        audit.hang_later.sort_by_key(|(index, one)| (part(index), one.since(), *index));
        audit.take_down.sort_by_key(|(index, one)| (part(index), one.since, *index));
        audit.take_down_later.sort_by_key(|(index, one)| (part(index), one.since, *index));
        audit.late.sort_by_key(|(index, one)| (part(index), one.due(), *index));
        audit.due = self.falling_due(index, last);
        if ahead.is_some() {
            audit.due.extend(self.waiting_without_a_day(index));
        }
        audit.due.sort_by_key(|(index, duty)| (duty.next_due.is_none(), part(index), duty.next_due, *index));
        audit.count(self, index);
        audit
    }

    /// Which part of an audit of the area with index `above` an area belongs to: which of its children it lies in where
    /// more areas lie in these, so that a county is told town by town; otherwise there is one part.
    fn parts_of(&self, above: usize) -> impl Fn(usize) -> usize {
        let children = self.areas.get(above).map(|area| area.children.as_slice()).unwrap_or_default();
        let is_deep = |child: &usize| self.areas.get(*child).is_some_and(|child| !child.children.is_empty());
        let mut firsts = if children.iter().any(is_deep) { children.to_vec() } else { Vec::new() };
        firsts.sort_unstable();
        move |index| firsts.partition_point(|first| *first <= index)
    }
}

impl<'b> Audit<'b> {
    fn add_wall(&mut self, index: usize, area: &'b AreaOnBoard, board: &'b Board, last: NaiveDate) {
        let wall = area.wall(board);
        for one in wall.hang {
            // Its last day is in the days ahead: it comes down on the day after.
            if let Some(down) = one.until.and_then(|until| until.succ_opt()).filter(|down| *down <= last) {
                let recorded = one.record == Record::Hangs;
                self.take_down_later.push((index, TakeDown { what: one.what, since: down, recorded }));
            }
            if one.is_to_hang(board.day) {
                self.hang.push((index, one));
            }
        }
        self.take_down.extend(wall.take_down.into_iter().map(|one| (index, one)));
        let upcoming = area.subsidies.iter().filter(|list| list.state == State::Upcoming);
        for list in upcoming.filter(|list| list.begins.is_some_and(|begins| begins <= last)) {
            let until = list.period.map(|period| period.end);
            let what = OnWall::Subsidy(list);
            let hanging = Hanging { what, since: list.begins, until, record: Record::Missing };
            self.hang_later.push((index, Ahead::List(hanging)));
        }
        let coming = area.coming.iter().filter(|coming| coming.day <= last);
        self.hang_later.extend(coming.map(|coming| (index, Ahead::Coming(coming))));
        self.late.extend(wall.amiss.into_iter().map(|list| {
            let unrecorded = list.posted().is_none_or(|posted| posted.is_unrecorded());
            (index, if unrecorded { Late::Unrecorded(list) } else { Late::Short(list) })
        }));
    }

    fn add_late(&mut self, index: usize, area: &'b AreaOnBoard, board: &'b Board) {
        let overdue = board.ledger.duties(index).iter().filter(|duty| duty.state == DutyState::Overdue);
        self.late.extend(overdue.map(|duty| (index, Late::Item(duty))));
        for list in &area.subsidies {
            for known in &list.objections {
                let objection = known.objection;
                let due = known.due.and_then(Due::day).filter(|_| known.overdue);
                match (objection.outcome, objection.decided, objection.reposted.or(known.announced)) {
                    (Outcome::Pending, ..) => {
                        self.late.extend(due.map(|due| (index, Late::Objection(list, due))));
                    }
                    // It is due at once, and late from the day after.
                    (Outcome::Upheld, Some(decided), None) if decided < board.day => {
                        self.late.push((index, Late::Upheld(list, decided)));
                    }
                    _ => {}
                }
            }
            for step in list.steps.iter().filter(|step| step.late && step.done.is_none()) {
                if let Some(due) = step.due.and_then(Due::day) {
                    self.late.push((index, Late::Step(list, step, due)));
                }
            }
        }
    }

    /// Counts what each area that lies directly in the one at `above` has to do.
    fn count(&mut self, board: &Board, above: usize) {
        let children = board.areas.get(above).map(|area| area.children.as_slice()).unwrap_or_default();
        let mut counted: Vec<ToDo> =
            children.iter().map(|area| ToDo { area: *area, ..ToDo::default() }).collect();
        counted.sort_by_key(|one| one.area);
        let mut add = |index: usize, count: fn(&mut ToDo) -> &mut usize| {
            let at = counted.partition_point(|one| one.area <= index);
            if let Some(child) = at.checked_sub(1).and_then(|at| counted.get_mut(at)) {
                *count(child) += 1;
            }
        };
        self.hang.iter().for_each(|(index, _)| add(*index, |one| &mut one.hang));
        self.take_down.iter().for_each(|(index, _)| add(*index, |one| &mut one.take_down));
        self.late.iter().for_each(|(index, _)| add(*index, |one| &mut one.late));
        self.children = counted;
    }
}
