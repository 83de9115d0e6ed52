//! The board on the wall: what must hang there on the day, what must come down, and of what the record lacks.
//!
//! Lists have a record of their posting, so that it is known whether they hang. Of everything else none is kept: it is to
//! be hung up for a week from its first day and to be taken down for a week after its last, in which whoever looks once a
//! week sees it once.

mod coming;

use chrono::{Days, NaiveDate};

pub(super) use coming::gather as gather_coming;
pub use coming::{Coming, ComingKind};

use super::{AreaOnBoard, Board, Changes, DisclosureOnBoard, ResultOnBoard};
use crate::kinds::contacts::Contact;
use crate::kinds::notices::Notice;
use crate::kinds::reception::Plan;

/// For how many days something without a record is said to be hung up, from its first one on, and to come down, from the
/// day after its last one on.
const SAID_FOR: u64 = 7;
/// For how many days a printed card is said to be collected after its holder has left: it hangs in every house.
const CARDS_SAID_FOR: u64 = 30;

/// What is to be done at the wall of an area.
#[derive(Clone, Debug, Default)]
pub struct Wall<'b> {
    /// What must hang: what comes down first stands first, what has no last day at the end.
    pub hang: Vec<Hanging<'b>>,
    /// What must come down, the longest overdue first.
    pub take_down: Vec<TakeDown<'b>>,
    /// Lists that need not hang any more and of which nobody has written that they hung, or that hung for fewer days than
    /// they had to; the one that ended first stands first. They stand here as long as they are on the board.
    pub amiss: Vec<&'b DisclosureOnBoard>,
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
    /// The printed card of somebody who has left, which hangs in houses.
    OldCard(&'b Contact),
}

/// What is known of whether something hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// It hangs, by its record.
    Hangs,
    /// Nobody has written so: hang it up, and write it down.
    Missing,
    /// An earlier edition hung or hangs: hang up this one in its place.
    Outdated,
    /// It was taken down before its last day: hang it up again.
    Early,
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
    /// Name of its file without the ending; empty for contacts and reception days, of a card the name on it.
    pub fn name(self) -> &'b str {
        match self {
            Self::Contacts | Self::Reception(_) => "",
            Self::Subsidy(list) => &list.name,
            Self::Result(on_board) => &on_board.result.name,
            Self::Notice(notice) => &notice.name,
            Self::OldCard(card) => &card.name,
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
            Self::OldCard(card) => Some(&card.name),
        }
    }

    /// For how many days it is said to come down while no record says that it hangs.
    fn said_for(self) -> Days {
        Days::new(if matches!(self, Self::OldCard(_)) { CARDS_SAID_FOR } else { SAID_FOR })
    }
}

impl Hanging<'_> {
    /// Whether it is to be hung up on `day`: by its record it does not hang, or there are no records of such things and it
    /// is new.
    pub fn is_to_hang(&self, day: NaiveDate) -> bool {
        match self.record {
            Record::Hangs => false,
            Record::Missing | Record::Outdated | Record::Early => true,
            Record::NotKept => self.not_new_from().is_some_and(|old| day < old),
        }
    }

    /// The first day on which it is no longer new.
    fn not_new_from(&self) -> Option<NaiveDate> {
        self.since?.checked_add_days(Days::new(SAID_FOR))
    }
}

impl AreaOnBoard {
    /// What must hang on the wall of this area on the day of its board, and what must come down.
    ///
    /// - A list with a notice period hangs from its first day through its last. While an objection is being reviewed
    ///   after that, it may stay; then it comes down.
    /// - A list without one hangs as long as its rows are shown, or until its record says that it was taken down.
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
        for (person, since) in &self.old_cards {
            if let Some(person) = board.people.get(*person) {
                wall.add_down(OnWall::OldCard(&person.card), *since, board.day);
            }
        }
        wall.hang.sort_by_key(|one| (one.until.is_none(), one.until, one.what.name()));
        wall.take_down.sort_by_key(|one| (one.since, one.what.name()));
        wall.amiss.sort_by_key(|list| (list.period.map(|period| period.end), &list.name));
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
                if one.record == Record::NotKept {
                    changes.on(one.not_new_from());
                }
            }
            for one in wall.take_down.iter().filter(|one| !one.recorded) {
                changes.on(one.since.checked_add_days(one.what.said_for()));
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
        if let Some(since) = over.succ_opt() {
            self.add_down(what, since, day);
        }
    }

    /// Adds something without a record that should not hang from `since` on, while that is said.
    fn add_down(&mut self, what: OnWall<'b>, since: NaiveDate, day: NaiveDate) {
        if since.checked_add_days(what.said_for()).is_some_and(|end| day < end) {
            self.take_down.push(TakeDown { what, since, recorded: false });
        }
    }

    fn add_list(&mut self, list: &'b DisclosureOnBoard) {
        let what = OnWall::Subsidy(list);
        let Some(posted) = list.posted() else { return };
        if let Some(until) = list.hangs_until() {
            let hanging = |record| Hanging { what, since: list.begins, until, record };
            self.hang.extend(list.record_now().map(hanging));
            return;
        }
        if let Some(since) = list.down_since().filter(|_| list.is_on_the_wall()) {
            self.take_down.push(TakeDown { what, since, recorded: true });
        }
        if posted.lacks_for_good() {
            self.amiss.push(list);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
