//! What has happened to a disclosure by the day: its posting, objections, steps, decision.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use super::Grounds;
use crate::board::Changes;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::people::PersonId;
use crate::kinds::subsidies::{
    Decision, Objection, Outcome, Posting, Stage, StatedObjection, Status, Step, StepDays,
};

const DEADLINE_UNKNOWN: Code = Code::warning("deadline-unknown");
const OBJECTION_DECIDED_LATE: Code = Code::warning("objection-decided-late");
const STEP_LATE: Code = Code::warning("step-late");

/// A posting on the day.
#[derive(Debug)]
pub struct PostingOnBoard {
    /// Where.
    pub place: Option<String>,
    /// Who hung it up.
    pub by: Option<PersonId>,
    /// Who saw it.
    pub witness: Option<String>,
    /// First day.
    pub on: Option<NaiveDate>,
    /// Day it was taken down, once it has been.
    pub off: Option<NaiveDate>,
    /// A picture of it. It may show the list, so that it is withdrawn with the rows.
    pub photo: Option<FileId>,
    /// Whether a picture was taken, be it withdrawn.
    pub pictured: bool,
}

/// An objection as it is known on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectionOnBoard {
    /// When it came in, and what became of it.
    pub objection: Objection,
    /// By when it must be decided, while it is pending.
    pub due: Option<Due>,
    /// Whether that day is past.
    pub overdue: bool,
    /// Of an upheld one: the first day of the list that it will end in, where that lies ahead.
    pub announced: Option<NaiveDate>,
}

/// A step on the way to the decision, as it is known on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOnBoard {
    /// What is done.
    pub title: String,
    /// By whom.
    pub by: Option<String>,
    /// The day the matter came in.
    pub received: Option<NaiveDate>,
    /// The day the step was done.
    pub done: Option<NaiveDate>,
    /// By when it must be done.
    pub due: Option<Due>,
    /// Whether it was done too late, or the last day has passed.
    pub late: bool,
    /// How many rows were looked at; known once it is done.
    pub sampled: Option<u32>,
}

/// The last day of something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Due {
    /// That day.
    Day(NaiveDate),
    /// The State Council's notice for a year that it needs is not known.
    Unannounced,
}

impl Due {
    /// The day, where it can be told.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Unannounced => None,
        }
    }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct DecisionOnBoard {
    /// Its day.
    pub date: NaiveDate,
    /// Number of the document.
    pub document: Option<String>,
    /// The first day of the month from which monthly benefits are paid, or end: the month after the
    /// decision (《特困人员认定办法》), later by the months of the taper where they end. `None` for
    /// payments that have been made.
    pub effective: Option<NaiveDate>,
}

impl Grounds<'_> {
    /// The posting, once it has been hung up. Who did it is looked up all the same.
    pub(super) fn posting(
        &self,
        posting: Posting,
        status: &Status,
        problems: &mut Problems,
    ) -> Option<PostingOnBoard> {
        let Posting { place, by, witness, on, off, photo } = posting;
        let by = by.and_then(|by| self.people.find(&by, problems));
        status.posted.then(|| PostingOnBoard {
            place,
            by,
            witness,
            on: on.map(|on| on.value),
            off: off.filter(|_| status.taken_down).map(|off| off.value),
            pictured: photo.is_some(),
            photo: photo.filter(|_| status.shows_rows()),
        })
    }

    /// An objection, once it has come in. That it was decided too late is said whatever the day.
    pub(super) fn objection(
        &self,
        stated: StatedObjection,
        stage: Stage,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Option<ObjectionOnBoard> {
        let StatedObjection { objection: whole, place, .. } = stated;
        let last = stage.working_days_to_decide().map(|days| self.due(whole.received, days));
        if let (Some(Ok(due)), Some(decided)) = (last, whole.decided)
            && due < decided
        {
            let problem = Diagnostic::new(OBJECTION_DECIDED_LATE, place).with("decided", decided);
            problems.add(problem.with("due", due));
        }
        let objection = whole.known_on(self.day)?;
        let last = last.filter(|_| objection.outcome == Outcome::Pending);
        let due = last.map(|last| self.or_unannounced(last, place, problems));
        let upheld = objection.outcome == Outcome::Upheld;
        let announced = whole.reposted.filter(|again| upheld && self.day < *again);
        Some(ObjectionOnBoard { objection, overdue: self.is_over(due, changes), due, announced })
    }

    /// A step, as far as it has come by the day.
    pub(super) fn step(
        &self,
        step: Step,
        known: StepDays,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Option<StepOnBoard> {
        let Step { title, by, received, done, within, sampled, sampled_least: _, place } = step;
        let last = received.zip(within).map(|(received, within)| self.due(received.value, within));
        if let (Some(Ok(due)), Some(done)) = (last, done)
            && due < done.value
        {
            let problem = Diagnostic::new(STEP_LATE, done.place).with("done", done.value);
            problems.add(problem.with("due", due));
        }
        known.received.or(known.done)?;
        let due = last.filter(|_| known.received.is_some());
        let due = due.map(|last| self.or_unannounced(last, place, problems));
        let late = match (known.done, due) {
            (Some(done), Some(Due::Day(due))) => due < done,
            (Some(_), _) => false,
            (None, due) => self.is_over(due, changes),
        };
        let sampled = sampled.filter(|_| known.done.is_some()).map(|sampled| sampled.value);
        Some(StepOnBoard { title, by, received: known.received, done: known.done, due, late, sampled })
    }

    /// The last of so many working days after `received`; the year that it needs where that is not known.
    fn due(&self, received: NaiveDate, days: u16) -> Result<NaiveDate, i32> {
        self.calendar.working_days_after(received, days).map_err(|year| year.0)
    }

    fn or_unannounced(&self, due: Result<NaiveDate, i32>, place: Place, problems: &mut Problems) -> Due {
        due.map_or_else(
            |year| {
                problems.add(Diagnostic::new(DEADLINE_UNKNOWN, place).with("year", year));
                Due::Unannounced
            },
            Due::Day,
        )
    }

    /// Whether the last day of something that is still due has passed; when it will is noted.
    fn is_over(&self, due: Option<Due>, changes: &mut Changes) -> bool {
        let Some(Due::Day(due)) = due else { return false };
        changes.day_after(Some(due));
        due < self.day
    }
}

/// The decision, with the day from which it counts. `ends` says whether benefits end with it.
pub(super) fn in_effect(decision: Decision, stage: Stage, ends: bool) -> DecisionOnBoard {
    let Decision { date, document, taper_months } = decision;
    let taper = if ends { taper_months.value } else { 0 };
    let effective = (stage != Stage::Paid)
        .then(|| date.value.with_day(1)?.checked_add_months(Months::new(taper + 1)))
        .flatten();
    DecisionOnBoard { date: date.value, document, effective }
}
