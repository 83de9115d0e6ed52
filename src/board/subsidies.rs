//! Disclosures of subsidies on the day: their state, and only what exists and may be shown by then.

use std::cmp::Reverse;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use super::Changes;
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::people::{People, PersonId};
use crate::kinds::places::Places;
use crate::kinds::settings::Settings;
use crate::kinds::subsidies::{
    Decision, Disclosure, Figures, Objection, ObjectionsTo, Outcome, Period, Posting, Recipients, Stage,
    State, Status,
};
use crate::source::{Located, nearest};

const UNKNOWN_GROUP: Code = Code::error("unknown-group");
const POSTING_MISSING: Code = Code::warning("posting-missing");
const DEADLINE_UNKNOWN: Code = Code::warning("deadline-unknown");

/// A disclosure on the day.
#[derive(Debug)]
pub struct DisclosureOnBoard {
    /// Name of its file without the ending: its address.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// Title.
    pub title: String,
    /// What it is about.
    pub item: Option<Located<String>>,
    /// How far the decision has come.
    pub stage: Stage,
    /// Who decides.
    pub authority: String,
    /// On what ground.
    pub basis: Option<String>,
    /// Raised when rows change while the period runs.
    pub edition: u32,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The notice period.
    pub period: Option<Period>,
    /// The first day with rows.
    pub begins: Option<NaiveDate>,
    /// Its state.
    pub state: State,
    /// Whether objections are taken on the day.
    pub accepting: bool,
    /// Where to object.
    pub objections_to: Option<ObjectionsTo>,
    /// That it hangs, or hung, on the wall.
    pub posting: Option<PostingOnBoard>,
    /// Objections received so far.
    pub objections: Vec<ObjectionOnBoard>,
    /// The decision, once there is one.
    pub decision: Option<DecisionOnBoard>,
    /// What the rows come to; `None` before they are shown for the first time.
    pub figures: Option<Figures>,
    /// Whether rows are shown: the page must not be kept by search engines.
    pub shows_rows: bool,
    /// The rows; none before the start, after the withdrawal, and where only figures are published.
    pub recipients: Recipients,
}

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
}

/// An objection as it is known on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectionOnBoard {
    /// When it came in, and what became of it.
    pub objection: Objection,
    /// By when it must be decided, while it is pending.
    pub due: Option<Due>,
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

/// What disclosures are resolved against.
pub(super) struct Grounds<'b> {
    pub(super) people: &'b People,
    pub(super) places: &'b Places,
    pub(super) calendar: &'b StatutoryCalendar,
    pub(super) settings: &'b Settings,
    pub(super) day: NaiveDate,
}

impl Grounds<'_> {
    /// The disclosures of the area with this index on the day: the newest first, then by name.
    pub(super) fn resolve(
        &self,
        area: usize,
        disclosures: Vec<Disclosure>,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Vec<DisclosureOnBoard> {
        let mut resolved: Vec<_> =
            disclosures.into_iter().map(|one| self.resolve_one(area, one, changes, problems)).collect();
        resolved.sort_by(|a, b| (Reverse(a.begins), &a.name).cmp(&(Reverse(b.begins), &b.name)));
        resolved
    }

    fn resolve_one(
        &self,
        area: usize,
        disclosure: Disclosure,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> DisclosureOnBoard {
        let timeline = disclosure.timeline(self.calendar, self.settings.privacy.withdraw_after, problems);
        let status = timeline.on(self.day);
        changes.on(timeline.next_change(self.day));
        self.check_groups(area, disclosure.recipients.groups(), problems);
        warn_unless_posted(&disclosure, &status, problems);
        let Disclosure {
            name,
            file,
            title,
            item,
            stage,
            authority,
            basis,
            edition,
            aliases,
            period: _,
            objections_to,
            posting,
            objections,
            decision,
            figures,
            recipients,
        } = disclosure;
        let posting = posting.and_then(|posting| self.posting(posting, &status, problems));
        let objections = status.objections.iter().map(|known| {
            let written = objections.iter().find(|(one, _)| one.received == known.received);
            let place = written.map_or(Place::file(file), |(_, place)| *place);
            self.objection(*known, stage, place, problems)
        });
        DisclosureOnBoard {
            objections: objections.collect(),
            name,
            file,
            title,
            item,
            stage,
            authority,
            basis,
            edition,
            aliases,
            period: timeline.period,
            begins: timeline.begins(),
            state: status.state,
            accepting: status.accepting,
            objections_to,
            posting,
            decision: decision.filter(|_| status.decided).map(|decision| in_effect(decision, stage)),
            figures: (status.state != State::Upcoming).then_some(figures),
            shows_rows: status.shows_rows() && !recipients.is_empty(),
            recipients: if status.shows_rows() { recipients } else { recipients.without_rows() },
        }
    }

    /// Where groups are listed, 村组 names one of them. Each name is looked at once, at its first cell.
    fn check_groups(&self, area: usize, groups: &[Located<String>], problems: &mut Problems) {
        if groups.is_empty() || !self.places.knows_groups(area) {
            return;
        }
        for group in groups.iter().filter(|group| self.places.group(area, &group.value).is_none()) {
            // What is written may be a name that has slipped into this column.
            let known = self.places.group_names(area);
            let mut problem = Diagnostic::new(UNKNOWN_GROUP, group.place).with("known", known.join("、"));
            if let Some(near) = nearest(&group.value, known.iter().map(String::as_str)) {
                problem = problem.with("near", near);
            }
            problems.add(problem);
        }
    }

    /// The posting, once it has been hung up. Who did it is looked up all the same.
    fn posting(&self, posting: Posting, status: &Status, problems: &mut Problems) -> Option<PostingOnBoard> {
        let Posting { place, by, witness, on, off, photo } = posting;
        let by = by.and_then(|by| self.people.find(&by, problems));
        status.posted.then(|| PostingOnBoard {
            place,
            by,
            witness,
            on,
            off: off.filter(|_| status.taken_down),
            photo: photo.filter(|_| status.shows_rows()),
        })
    }

    fn objection(
        &self,
        objection: Objection,
        stage: Stage,
        place: Place,
        problems: &mut Problems,
    ) -> ObjectionOnBoard {
        let days = stage.working_days_to_decide().filter(|_| objection.outcome == Outcome::Pending);
        let due = days.map(|days| self.calendar.working_days_after(objection.received, days));
        let due = due.map(|due| match due {
            Ok(day) => Due::Day(day),
            Err(year) => {
                problems.add(Diagnostic::new(DEADLINE_UNKNOWN, place).with("year", year.0));
                Due::Unannounced
            }
        });
        ObjectionOnBoard { objection, due }
    }
}

/// A list that is open for objections hangs on the wall too: without a record of it that is said.
fn warn_unless_posted(disclosure: &Disclosure, status: &Status, problems: &mut Problems) {
    if let (Some(period), true, false) = (&disclosure.period, status.shows_rows(), status.posted) {
        problems.add(Diagnostic::new(POSTING_MISSING, period.start.place).with("start", period.start.value));
    }
}

fn in_effect(decision: Decision, stage: Stage) -> DecisionOnBoard {
    let Decision { date, document, taper_months } = decision;
    let taper = if stage == Stage::Terminating { taper_months } else { 0 };
    let effective = (stage != Stage::Paid)
        .then(|| date.value.with_day(1)?.checked_add_months(Months::new(taper + 1)))
        .flatten();
    DecisionOnBoard { date: date.value, document, effective }
}
