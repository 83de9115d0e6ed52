//! What is to be done on the day, line by line: for terminals and tools.

use chrono::NaiveDate;
use serde::Serialize;

use super::frame::page_address;
use crate::board::{
    Ahead, Board, ComingKind, Counts, DisclosureOnBoard, Duty, Hanging, Late, OnWall, Record, TakeDown,
    ToCall, count,
};
use crate::kinds::subsidies::State;

/// What is to be done in an area and in those that lie in it.
#[derive(Clone, Debug, Serialize)]
pub struct AuditView<'b> {
    /// The day.
    pub as_of: NaiveDate,
    /// Path of the area; `.` for the root.
    pub area: &'b str,
    /// What to hang up.
    pub hang_up: Vec<AuditLine<'b>>,
    /// What begins in the days ahead.
    pub hang_up_later: Vec<AuditLine<'b>>,
    /// What to take down.
    pub take_down: Vec<AuditLine<'b>>,
    /// What must come down in the days ahead.
    pub take_down_later: Vec<AuditLine<'b>>,
    /// What is late.
    pub late: Vec<AuditLine<'b>>,
    /// What falls due.
    pub due: Vec<AuditLine<'b>>,
    /// The obligations of the ledger, counted.
    pub coverage: Counts,
    /// The areas that lie directly in it, counted with all that lie in them.
    pub areas: Vec<AuditCounts<'b>>,
}

/// What an area and those that lie in it have to do on the day, counted.
#[derive(Clone, Debug, Serialize)]
pub struct AuditCounts<'b> {
    /// Path of the area.
    pub area: &'b str,
    /// Its name.
    pub area_name: &'b str,
    /// How much is late.
    pub late: usize,
    /// How much is to be hung up.
    pub hang_up: usize,
    /// How much is to be taken down.
    pub take_down: usize,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize)]
pub struct AuditLine<'b> {
    /// Path of the area; `.` for the root.
    pub area: &'b str,
    /// Its name.
    pub area_name: &'b str,
    /// What it is about.
    pub kind: AuditKind,
    /// Its title; `None` for contacts.
    pub title: Option<&'b str>,
    /// What is to be done of it, such as a step.
    pub detail: Option<&'b str>,
    /// The first day: of hanging, or on which it should no longer hang.
    pub since: Option<NaiveDate>,
    /// The last day: of hanging, or on which it was or will be in time.
    pub until: Option<NaiveDate>,
    /// Of something to take down: whether it hangs by its record.
    pub hangs: Option<Hangs>,
    /// Of a list to hang up: why, where its record says more than nothing.
    pub again: Option<Again>,
    /// Of an item: how many obligations are overdue.
    pub periods: Option<usize>,
    /// Of an item without a day: whether its day waits for a notice of holidays; otherwise it is owed at any time.
    pub unannounced: bool,
    /// Whom to call.
    pub who: Option<Callee>,
    /// Its page, from the published folder's root.
    pub page: Option<String>,
}

/// Whom to call.
#[derive(Clone, Debug, Serialize)]
pub struct Callee {
    /// Name; `None` where it is the area's office.
    pub name: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
}

/// What the record says of something to take down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Hangs {
    /// It hangs.
    Recorded,
    /// It hangs, though its rows are withdrawn from everywhere else.
    Withdrawn,
}

/// Why a list with a record is to be hung up all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Again {
    /// Its record is that of an earlier edition.
    Edition,
    /// It was taken down before its last day.
    Early,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AuditKind {
    /// Contacts.
    Contacts,
    /// The printed card of somebody who has left.
    Card,
    /// A plan of reception days.
    Reception,
    /// A list of a subsidy.
    Subsidy,
    /// A result.
    Result,
    /// A notice.
    Notice,
    /// An item of the catalogue.
    Item,
    /// An objection.
    Objection,
    /// A step on the way to a decision.
    Step,
    /// An upheld objection that waits for its new list.
    Upheld,
    /// The record of a posting.
    Posting,
    /// A posting of fewer days than were asked for.
    Short,
}

/// What is to be done in the area with this index, on the day and, where they are asked for, in so many days ahead.
pub fn audit(board: &Board, index: usize, ahead: Option<u64>) -> AuditView<'_> {
    let audit = board.audit(index, ahead);
    let lines = Lines { board };
    let areas = audit.children.iter().map(|child| {
        let (area, area_name) = lines.area(child.area);
        let (late, hang_up, take_down) = (child.late, child.hang, child.take_down);
        AuditCounts { area, area_name, late, hang_up, take_down }
    });
    AuditView {
        as_of: board.day,
        area: lines.area(index).0,
        hang_up: audit.hang.iter().map(|(index, one)| lines.hang(*index, one)).collect(),
        hang_up_later: audit.hang_later.iter().map(|(index, one)| lines.ahead(*index, one)).collect(),
        take_down: audit.take_down.iter().map(|(index, one)| lines.take_down(*index, one)).collect(),
        take_down_later: audit
            .take_down_later
            .iter()
            .map(|(index, one)| lines.take_down(*index, one))
            .collect(),
        late: audit.late.iter().map(|(index, late)| lines.late(*index, late)).collect(),
        due: audit.due.iter().map(|(index, duty)| lines.duty(*index, duty, duty.next_due)).collect(),
        coverage: board.ledger.counts(index),
        areas: areas.collect(),
    }
}

/// What the record says of something to take down.
fn hangs(one: &TakeDown<'_>) -> Option<Hangs> {
    let withdrawn = matches!(one.what, OnWall::Subsidy(list) if list.state == State::Withdrawn);
    one.recorded.then_some(if withdrawn { Hangs::Withdrawn } else { Hangs::Recorded })
}

struct Lines<'b> {
    board: &'b Board,
}

impl<'b> Lines<'b> {
    /// Path and name of an area.
    fn area(&self, index: usize) -> (&'b str, &'b str) {
        let area = self.board.areas.get(index);
        let path = area.map(|area| area.path.as_str()).filter(|path| !path.is_empty()).unwrap_or(".");
        (path, area.map_or("", |area| area.area.name.as_str()))
    }

    fn line(&self, index: usize, kind: AuditKind, title: Option<&'b str>) -> AuditLine<'b> {
        let (area, area_name) = self.area(index);
        AuditLine {
            area,
            area_name,
            kind,
            title,
            detail: None,
            since: None,
            until: None,
            hangs: None,
            again: None,
            periods: None,
            unannounced: false,
            who: callee(self.board.to_call(index, None)),
            page: None,
        }
    }

    /// A line about a list.
    fn list(&self, index: usize, kind: AuditKind, list: &'b DisclosureOnBoard) -> AuditLine<'b> {
        AuditLine {
            who: callee(self.board.to_call_about(index, list)),
            page: self.page(index, "subsidies", &list.name),
            ..self.line(index, kind, Some(&list.title))
        }
    }

    fn page(&self, index: usize, kind: &str, name: &str) -> Option<String> {
        let area = self.board.areas.get(index)?;
        let folder = if name.is_empty() { area.page_of(kind) } else { area.page(kind, name) };
        Some(page_address(&folder))
    }

    fn on_wall(&self, index: usize, what: OnWall<'b>, since: Option<NaiveDate>) -> AuditLine<'b> {
        let (kind, folder, name) = match what {
            OnWall::Subsidy(list) => {
                return AuditLine { since, ..self.list(index, AuditKind::Subsidy, list) };
            }
            OnWall::Contacts => (AuditKind::Contacts, "contacts", ""),
            OnWall::OldCard(_) => (AuditKind::Card, "contacts", ""),
            OnWall::Reception(_) => (AuditKind::Reception, "reception", ""),
            OnWall::Result(_) => (AuditKind::Result, "results", what.name()),
            OnWall::Notice(_) => (AuditKind::Notice, "notices", what.name()),
        };
        let page = self.page(index, folder, name);
        AuditLine { since, page, ..self.line(index, kind, what.title()) }
    }

    fn hang(&self, index: usize, one: &Hanging<'b>) -> AuditLine<'b> {
        let again = match one.record {
            Record::Outdated => Some(Again::Edition),
            Record::Early => Some(Again::Early),
            Record::Hangs | Record::Missing | Record::NotKept => None,
        };
        AuditLine { until: one.until, again, ..self.on_wall(index, one.what, one.since) }
    }

    fn take_down(&self, index: usize, one: &TakeDown<'b>) -> AuditLine<'b> {
        AuditLine { hangs: hangs(one), ..self.on_wall(index, one.what, Some(one.since)) }
    }

    /// Something that begins later. Only a list has a page before.
    fn ahead(&self, index: usize, ahead: &Ahead<'b>) -> AuditLine<'b> {
        match ahead {
            Ahead::List(list) => self.hang(index, list),
            Ahead::Coming(coming) => {
                let kind = match coming.kind {
                    ComingKind::Reception => AuditKind::Reception,
                    ComingKind::Result => AuditKind::Result,
                    ComingKind::Notice => AuditKind::Notice,
                };
                AuditLine { since: Some(coming.day), ..self.line(index, kind, Some(&coming.title)) }
            }
        }
    }

    fn duty(&self, index: usize, duty: &'b Duty, due: Option<NaiveDate>) -> AuditLine<'b> {
        let title = self.board.ledger.item(duty).map(|item| item.title.value.as_str());
        AuditLine {
            until: due,
            unannounced: duty.waits_for_a_notice(),
            who: callee(self.board.to_call(index, duty.who)),
            page: self.page(index, "ledger", ""),
            ..self.line(index, AuditKind::Item, title)
        }
    }

    fn late(&self, index: usize, late: &Late<'b>) -> AuditLine<'b> {
        let line = match *late {
            Late::Item(duty) => {
                let overdue = count([duty]).overdue;
                let periods = Some(overdue).filter(|overdue| *overdue > 0);
                AuditLine { periods, ..self.duty(index, duty, None) }
            }
            Late::Objection(list, _) => self.list(index, AuditKind::Objection, list),
            Late::Upheld(list, _) => self.list(index, AuditKind::Upheld, list),
            Late::Step(list, step, _) => {
                AuditLine { detail: Some(&step.title), ..self.list(index, AuditKind::Step, list) }
            }
            Late::Unrecorded(list) => self.list(index, AuditKind::Posting, list),
            Late::Short(list) => self.list(index, AuditKind::Short, list),
        };
        AuditLine { until: late.due(), ..line }
    }
}

fn callee(to_call: Option<ToCall<'_>>) -> Option<Callee> {
    let ToCall { name, phone } = to_call?;
    Some(Callee { name: name.map(str::to_owned), phone: phone.map(|phone| phone.written().to_owned()) })
}
