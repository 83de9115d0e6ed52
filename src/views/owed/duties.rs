//! What a part of the board owes, duty by duty, and whom to call for it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::board::{AreaOnBoard, Board, Due, Duty, DutyState, Met};
use crate::kinds::catalogue::Item;
use crate::kinds::people::PersonId;
use crate::views::contacts::PhoneView;
use crate::views::frame::page_address;

/// One item in one area.
#[derive(Clone, Copy, Debug)]
pub struct OwedDuty<'b> {
    /// Index of the area.
    pub index: usize,
    /// The area.
    pub area: &'b AreaOnBoard,
    /// The item.
    pub item: &'b Item,
    /// How it stands.
    pub duty: &'b Duty,
}

impl<'b> OwedDuty<'b> {
    /// Path of the area; `.` for the root.
    pub fn path(&self) -> &'b str {
        if self.area.path.is_empty() { "." } else { &self.area.path }
    }

    /// How many of its obligations are overdue.
    pub fn periods_overdue(&self) -> usize {
        self.duty.obligations.iter().filter(|one| one.met == Met::Overdue).count()
    }

    /// What was published last of it, or fulfils it.
    pub fn latest(&self) -> Option<LatestView<'b>> {
        self.duty.latest.as_ref().map(|latest| LatestView {
            title: latest.title.as_deref(),
            address: page_address(&latest.folder),
            day: latest.fact.day,
            open_until: latest.open_until,
        })
    }

    /// Whether one of its obligations is overdue.
    pub fn is_overdue(&self) -> bool {
        self.duty.state == DutyState::Overdue
    }
}

/// A publication.
#[derive(Clone, Debug, Serialize)]
pub struct LatestView<'b> {
    /// Its title; `None` for contacts.
    pub title: Option<&'b str>,
    /// Its page, from the root.
    pub address: String,
    /// The day it was published.
    pub day: NaiveDate,
    /// The last day on which objections are taken, while they are.
    pub open_until: Option<NaiveDate>,
}

/// Whom to call.
#[derive(Clone, Debug, Serialize)]
pub struct WhoView {
    /// Name; `None` where it is an office or the hotline.
    pub name: Option<String>,
    /// Telephone.
    pub phone: Option<PhoneView>,
}

/// Every item in the area with this index and in those that lie in it, in the order of areas, then of items.
pub fn duties(board: &Board, index: usize) -> Vec<OwedDuty<'_>> {
    let of_area = |index: usize| {
        let area = board.areas.get(index);
        let with_item =
            move |duty| Some(OwedDuty { index, area: area?, item: board.ledger.item(duty)?, duty });
        board.ledger.duties(index).iter().filter_map(with_item)
    };
    board.within(index).flat_map(of_area).collect()
}

/// Those of some duties that fall due from `day` to `last` and are not fulfilled, the first before the others.
pub fn falling_due<'b>(duties: &[OwedDuty<'b>], day: NaiveDate, last: NaiveDate) -> Vec<OwedDuty<'b>> {
    let mut soon: Vec<OwedDuty<'b>> =
        duties.iter().filter(|one| one.duty.falls_due(day, last)).copied().collect();
    soon.sort_by_key(|one| one.duty.next_due);
    soon
}

/// Whom to call in the area with this index: this contact, else whoever sees to things there.
pub fn who(board: &Board, index: usize, person: Option<PersonId>) -> Option<WhoView> {
    let to_call = board.to_call(index, person)?;
    Some(WhoView { name: to_call.name.map(str::to_owned), phone: to_call.phone.map(PhoneView::from) })
}

/// How a duty is shown: the name of its words. What waits for a day, for the notice of a year's holidays, or for anybody to
/// publish it looks different, and so does what has nothing to tell of yet.
pub fn shown(duty: &Duty) -> &'static str {
    match (duty.state, duty.due) {
        (DutyState::Done, _) if duty.late => "late",
        (DutyState::Done, _) => "done",
        (DutyState::Overdue, _) => "overdue",
        (DutyState::Due, Some(Due::Day(_))) => "due",
        (DutyState::Due, Some(Due::Unannounced)) => "unannounced",
        (DutyState::Due, None) if duty.obligations.is_empty() => "nothing",
        (DutyState::Due, None) => "missing",
    }
}

/// How an obligation stands, as open data name it.
pub fn met_name(met: Met) -> &'static str {
    match met {
        Met::Done => "done",
        Met::Late => "late",
        Met::Due => "due",
        Met::Overdue => "overdue",
        Met::Missed => "missed",
    }
}
