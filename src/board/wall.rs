//! The board on the wall: what must hang there on the day, what must come down, and what has hung without a record.
//!
//! Lists have a record of their posting, so that it is known whether they hang. Of everything else none is kept: it is
//! named while it must hang, and for a week after its last day, in which whoever looks once a week sees it once.

use chrono::{Days, NaiveDate};

use super::{AreaOnBoard, Board, Changes, DisclosureOnBoard, ResultOnBoard};
use crate::kinds::notices::Notice;
use crate::kinds::reception::Plan;
use crate::kinds::subsidies::{Outcome, State};

/// For how many days after its last one something without a record is still said to come down.
const SAID_FOR: u64 = 7;

/// What is to be done at the wall of an area.
#[derive(Clone, Debug, Default)]
pub struct Wall<'b> {
    /// What must hang: what comes down first stands first, what has no last day at the end.
    pub hang: Vec<Hanging<'b>>,
    /// What must come down, the longest overdue first.
    pub take_down: Vec<TakeDown<'b>>,
    /// Lists whose period is over, whose rows are still shown, and of which nobody has written that they hung; the
    /// one that ended first stands first.
    pub unrecorded: Vec<&'b DisclosureOnBoard>,
}

/// Something that hangs on walls.
#[derive(Clone, Copy, Debug)]
pub enum OnWall<'b> {
    /// The contacts of the area.
    Contacts,
    /// A plan of reception days.
    Reception(&'b Plan),
    /// A list of a subsidy.
    Subsidy(&'b DisclosureOnBoard),
    /// A result.
    Result(&'b ResultOnBoard),
    /// A notice.
    Notice(&'b Notice),
}

/// What is known of whether something hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// It hangs, by its record.
    Hangs,
    /// It does not, or nobody has written so: hang it up, and write it down.
    Missing,
    /// No record is kept of such things.
    NotKept,
}

/// Something that must hang.
#[derive(Clone, Copy, Debug)]
pub struct Hanging<'b> {
    /// What.
    pub what: OnWall<'b>,
    /// The first day; `None` where it is not known.
    pub since: Option<NaiveDate>,
    /// The last day; `None` while that is not known.
    pub until: Option<NaiveDate>,
    /// Whether it hangs.
    pub record: Record,
}

/// Something that must come down.
#[derive(Clone, Copy, Debug)]
pub struct TakeDown<'b> {
    /// What.
    pub what: OnWall<'b>,
    /// The first day on which it should no longer have hung.
    pub since: NaiveDate,
    /// Whether it hangs by its record; otherwise nobody knows.
    pub recorded: bool,
}

impl<'b> OnWall<'b> {
    /// Name of its file without the ending; empty for contacts and reception days.
    pub fn name(self) -> &'b str {
        match self {
            Self::Contacts | Self::Reception(_) => "",
            Self::Subsidy(list) => &list.name,
            Self::Result(on_board) => &on_board.result.name,
            Self::Notice(notice) => &notice.name,
        }
    }

    /// Its title; `None` for contacts, which have none of their own.
    pub fn title(self) -> Option<&'b str> {
        match self {
            Self::Contacts => None,
            Self::Reception(plan) => Some(&plan.title),
            Self::Subsidy(list) => Some(&list.title),
            Self::Result(on_board) => Some(&on_board.result.title),
            Self::Notice(notice) => Some(&notice.title),
        }
    }
}

impl AreaOnBoard {
    /// What must hang on the wall of this area on the day of its board, and what must come down.
    ///
    /// - A list with a notice period hangs from its first day through its last. While an objection is being reviewed
    ///   after that, it may stay; then it comes down.
    /// - A list without one hangs as long as its rows are shown.
    /// - A result hangs until the next of its series comes, and like a notice without a last day for as long as rows are
    ///   shown after a decision (`withdraw_after`); a pinned notice stays. Blank forms are handed out, not hung up.
    /// - Contacts hang always, a plan of reception days from its publication through its last day.
    pub fn wall<'b>(&'b self, board: &'b Board) -> Wall<'b> {
        let mut wall = Wall::default();
        if !self.cards.is_empty() {
            let (what, since) = (OnWall::Contacts, self.updated);
            wall.hang.push(Hanging { what, since, until: None, record: Record::NotKept });
        }
        for plan in &self.reception.plans {
            wall.add(OnWall::Reception(plan), plan.published.value, Some(plan.to.value), board.day);
        }
        for notice in self.notices.iter().filter(|notice| !notice.blank) {
            let kept = if notice.pinned { None } else { board.last_day_shown(notice.date) };
            wall.add(OnWall::Notice(notice), notice.date, notice.until.or(kept), board.day);
        }
        for result in &self.results {
            let kept = board.last_day_shown(result.result.date);
            let until = [kept, self.replaced(result)].into_iter().flatten().min();
            wall.add(OnWall::Result(result), result.result.date, until, board.day);
        }
        for list in &self.subsidies {
            wall.add_list(list);
        }
        wall.hang.sort_by_key(|one| (one.until.is_none(), one.until, one.what.name()));
        wall.take_down.sort_by_key(|one| (one.since, one.what.name()));
        wall.unrecorded.sort_by_key(|list| (list.period.map(|period| period.end), &list.name));
        wall
    }

    /// The last day before a newer result of the same series took the place of this one.
    fn replaced(&self, result: &ResultOnBoard) -> Option<NaiveDate> {
        let series = |one: &ResultOnBoard| one.result.series.as_ref().map(|series| series.value.clone());
        let own = series(result)?;
        // The newest stands first.
        let newer = self.results.iter().take_while(|one| one.result.name != result.result.name);
        let next = newer.filter(|one| series(one).as_ref() == Some(&own)).last()?;
        next.result.date.pred_opt()
    }
}

impl Board {
    /// The next day on which something else must hang or come down than on the board's day.
    pub fn next_change_of_walls(&self) -> Option<NaiveDate> {
        let mut changes = Changes::after(self.day);
        for area in &self.areas {
            let wall = area.wall(self);
            for one in &wall.hang {
                changes.day_after(one.until);
            }
            for one in wall.take_down.iter().filter(|one| !one.recorded) {
                changes.on(one.since.checked_add_days(Days::new(SAID_FOR)));
            }
        }
        changes.next()
    }

    /// The last day on which something from `day` is kept that names no last day; `None` where nothing is withdrawn.
    fn last_day_shown(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.settings.privacy.withdraw_after {
            0 => None,
            days => day.checked_add_days(Days::new(days.into())),
        }
    }
}

impl<'b> Wall<'b> {
    /// Adds something without a record.
    fn add(&mut self, what: OnWall<'b>, since: NaiveDate, until: Option<NaiveDate>, day: NaiveDate) {
        let Some(over) = until.filter(|until| *until < day) else {
            self.hang.push(Hanging { what, since: Some(since), until, record: Record::NotKept });
            return;
        };
        if over.checked_add_days(Days::new(SAID_FOR)).is_some_and(|last| day <= last)
            && let Some(since) = over.succ_opt()
        {
            self.take_down.push(TakeDown { what, since, recorded: false });
        }
    }

    fn add_list(&mut self, list: &'b DisclosureOnBoard) {
        let what = OnWall::Subsidy(list);
        if let Some(until) = list.hangs_until() {
            let record = if list.is_hanging() { Record::Hangs } else { Record::Missing };
            self.hang.push(Hanging { what, since: list.begins, until, record });
            return;
        }
        if let Some(since) = list.down_since().filter(|_| list.is_hanging()) {
            self.take_down.push(TakeDown { what, since, recorded: true });
        }
        let over = !matches!(list.state, State::Upcoming | State::Withdrawn);
        if list.period.is_some() && list.posting.is_none() && over {
            self.unrecorded.push(list);
        }
    }
}

impl DisclosureOnBoard {
    /// Whether the record says that it hangs.
    fn is_hanging(&self) -> bool {
        self.posting.as_ref().is_some_and(|posting| posting.off.is_none())
    }

    /// The last day on which it must hang; `None` when it need not.
    fn hangs_until(&self) -> Option<Option<NaiveDate>> {
        match (self.state, self.period) {
            (State::Open | State::Reviewing, Some(period)) if self.accepting => Some(Some(period.end)),
            (State::Confirmed | State::Reviewing, None) => Some(self.shown_until),
            _ => None,
        }
    }

    /// The first day on which it may not hang any more: after the period and after the last review. `None` before.
    fn down_since(&self) -> Option<NaiveDate> {
        match self.state {
            State::Upcoming | State::Reviewing => None,
            State::Superseded => self.links.reposted_to.as_ref().map(|later| later.begins),
            _ => {
                let last = self.period.map(|period| period.end).or(self.shown_until);
                let reviewed = self.objections.iter().filter_map(|known| match known.objection.outcome {
                    Outcome::Upheld => known.objection.reposted,
                    _ => known.objection.decided,
                });
                reviewed.chain(last.and_then(|last| last.succ_opt())).max()
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
