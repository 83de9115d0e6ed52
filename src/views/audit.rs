//! What is to be done on the day, line by line: for terminals and tools.

use chrono::NaiveDate;
use serde::Serialize;

use super::frame::page_address;
use super::owed::who;
use crate::board::{Board, Counts, Duty, Late, OnWall, TakeDown};
use crate::kinds::people::PersonId;
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
    /// What to take down.
    pub take_down: Vec<AuditLine<'b>>,
    /// What is late.
    pub late: Vec<AuditLine<'b>>,
    /// What falls due.
    pub due: Vec<AuditLine<'b>>,
    /// The obligations of the ledger, counted.
    pub coverage: Counts,
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
    /// The record of a posting.
    Posting,
}

/// What is to be done in the area with this index, on the day and in so many days ahead.
pub fn audit(board: &Board, index: usize, ahead: u64) -> AuditView<'_> {
    let audit = board.audit(index, ahead);
    let lines = Lines { board };
    AuditView {
        as_of: board.day,
        area: lines.area(index).0,
        hang_up: audit
            .hang
            .iter()
            .map(|(index, one)| AuditLine { until: one.until, ..lines.on_wall(*index, one.what, one.since) })
            .collect(),
        take_down: audit
            .take_down
            .iter()
            .map(|(index, one)| AuditLine {
                hangs: hangs(one),
                ..lines.on_wall(*index, one.what, Some(one.since))
            })
            .chain(audit.stale_cards.iter().map(|(index, id, since)| lines.stale_card(*index, *id, *since)))
            .collect(),
        late: audit.late.iter().map(|(index, late)| lines.late(*index, late)).collect(),
        due: audit.due.iter().map(|(index, duty)| lines.duty(*index, duty, duty.next_due)).collect(),
        coverage: board.ledger.counts(index),
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
            who: self.callee(index, None),
            page: None,
        }
    }

    fn callee(&self, index: usize, person: Option<PersonId>) -> Option<Callee> {
        let who = who(self.board, index, person)?;
        Some(Callee { name: who.name, phone: who.phone.map(|phone| phone.written) })
    }

    fn page(&self, index: usize, kind: &str, name: &str) -> Option<String> {
        let area = self.board.areas.get(index)?;
        let folder = if name.is_empty() { area.page_of(kind) } else { area.page(kind, name) };
        Some(page_address(&folder))
    }

    fn on_wall(&self, index: usize, what: OnWall<'b>, since: Option<NaiveDate>) -> AuditLine<'b> {
        let (kind, folder) = match what {
            OnWall::Contacts => (AuditKind::Contacts, "contacts"),
            OnWall::Reception(_) => (AuditKind::Reception, "reception"),
            OnWall::Subsidy(_) => (AuditKind::Subsidy, "subsidies"),
            OnWall::Result(_) => (AuditKind::Result, "results"),
            OnWall::Notice(_) => (AuditKind::Notice, "notices"),
        };
        let page = self.page(index, folder, what.name());
        AuditLine { since, page, ..self.line(index, kind, what.title()) }
    }

    fn stale_card(&self, index: usize, id: PersonId, since: NaiveDate) -> AuditLine<'b> {
        let name = self.board.people.get(id).map(|person| person.card.name.as_str());
        let page = self.page(index, "contacts", "");
        AuditLine { since: Some(since), page, ..self.line(index, AuditKind::Card, name) }
    }

    fn duty(&self, index: usize, duty: &'b Duty, due: Option<NaiveDate>) -> AuditLine<'b> {
        let title = self.board.ledger.item(duty).map(|item| item.title.value.as_str());
        let who = self.callee(index, duty.who);
        AuditLine {
            until: due,
            who,
            page: self.page(index, "ledger", ""),
            ..self.line(index, AuditKind::Item, title)
        }
    }

    fn late(&self, index: usize, late: &Late<'b>) -> AuditLine<'b> {
        match *late {
            Late::Item(duty) => self.duty(index, duty, duty.overdue_since),
            Late::Objection(list, due) => AuditLine {
                until: Some(due),
                page: self.page(index, "subsidies", &list.name),
                ..self.line(index, AuditKind::Objection, Some(&list.title))
            },
            Late::Step(list, step, due) => AuditLine {
                detail: Some(&step.title),
                until: Some(due),
                page: self.page(index, "subsidies", &list.name),
                ..self.line(index, AuditKind::Step, Some(&list.title))
            },
            Late::Unrecorded(list) => AuditLine {
                until: list.period.map(|period| period.start),
                page: self.page(index, "subsidies", &list.name),
                ..self.line(index, AuditKind::Posting, Some(&list.title))
            },
        }
    }
}
