//! What happens to a disclosure: its notice period, posting, objections, decision; and what of it is impossible.

use chrono::NaiveDate;

use super::Disclosure;
use super::steps::Step;
use super::timeline::{Objection, Outcome, Period, Timeline};
use crate::calendar::{NoticePeriodTerms, StatutoryCalendar, UnknownYear};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::check_order;
use crate::kinds::settings::take_terms;
use crate::source::parse::{date, located, one_of, phone, text, unpublished_text, whole};
use crate::source::{Fields, Located, MISSING_KEY, Table};
use crate::values::Phone;

const DECIDED_BEFORE_RECEIVED: Code = Code::error("decided-before-received");
const DECIDED_BUT_PENDING: Code = Code::error("decided-but-pending");
const PERIOD_END_DIFFERS: Code = Code::error("period-end-differs");
const PERIOD_NEEDS_YEAR: Code = Code::error("period-needs-year");
const DECISION_BEFORE_END: Code = Code::error("decision-before-end");
const OBJECTION_BEFORE_START: Code = Code::error("objection-before-start");
const REPOSTED_NOT_UPHELD: Code = Code::error("reposted-not-upheld");

const OUTCOMES: [(&str, Outcome); 3] =
    [("pending", Outcome::Pending), ("rejected", Outcome::Rejected), ("upheld", Outcome::Upheld)];

/// A notice period as it is stated; its end is computed from the terms.
#[derive(Clone, Copy, Debug)]
pub struct StatedPeriod {
    /// First day.
    pub start: Located<NaiveDate>,
    /// How it is counted.
    pub terms: NoticePeriodTerms,
    /// Last day, where one is stated: it must be the computed one.
    pub end: Option<Located<NaiveDate>>,
}

/// Where to object.
#[derive(Clone, Debug)]
pub struct ObjectionsTo {
    /// Who takes objections.
    pub to: String,
    /// Their telephone, published by design.
    pub phone: Option<Phone>,
    /// Where to go.
    pub place: Option<String>,
}

/// The record that a disclosure hung on the wall.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Where.
    pub place: Option<String>,
    /// Who hung it up: a contact.
    pub by: Option<Located<String>>,
    /// Who saw it.
    pub witness: Option<String>,
    /// First day.
    pub on: Option<Located<NaiveDate>>,
    /// Day it was taken down.
    pub off: Option<Located<NaiveDate>>,
    /// A picture of it.
    pub photo: Option<FileId>,
}

/// An objection as it is written.
#[derive(Clone, Debug)]
pub struct StatedObjection {
    /// Its days and outcome. Whether the list was posted again is known once its new disclosure is found.
    pub objection: Objection,
    /// Where it is written.
    pub place: Place,
    /// Name of the disclosure that it has ended in.
    pub reposted: Option<Located<String>>,
}

/// The decision about a list.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its day.
    pub date: Located<NaiveDate>,
    /// Number of the document.
    pub document: Option<String>,
    /// Months for which a benefit that ends is still paid.
    pub taper_months: Located<u32>,
}

/// Reads `[notice_period]`; what it does not say is taken from the board's terms.
pub(super) fn period(
    table: &Table<'_>,
    standard: NoticePeriodTerms,
    problems: &mut Problems,
) -> Option<StatedPeriod> {
    let mut fields = Fields::new(table, problems);
    let start = fields.required("start", located(date));
    let terms = take_terms(&mut fields, standard);
    let end = fields.optional("end", located(date));
    fields.finish();
    Some(StatedPeriod { start: start?, terms, end })
}

/// Reads `[objections]`.
pub(super) fn objections_to(table: &Table<'_>, problems: &mut Problems) -> Option<ObjectionsTo> {
    let mut fields = Fields::new(table, problems);
    let to = fields.required("to", text);
    let phone = fields.optional("phone", phone);
    let place = fields.optional("place", text);
    fields.finish();
    Some(ObjectionsTo { to: to?, phone, place })
}

/// Reads `[posting]`; the path of the photo is still to be resolved.
pub(super) fn posting(table: &Table<'_>, problems: &mut Problems) -> (Posting, Option<Located<String>>) {
    let mut fields = Fields::new(table, problems);
    let place = fields.optional("place", text);
    let by = fields.optional("by", located(unpublished_text));
    let witness = fields.optional("witness", text);
    let on = fields.optional("on", located(date));
    let off = fields.optional("off", located(date));
    let photo = fields.optional("photo", located(unpublished_text));
    fields.finish();
    if let Some((on, off)) = on.zip(off) {
        check_order(on.value, off, problems);
    }
    (Posting { place, by, witness, on, off, photo: None }, photo)
}

/// Reads one `[[objection]]`. Its outcome exists from the day it was decided on, so that one without a day
/// is a problem.
pub(super) fn objection(table: &Table<'_>, problems: &mut Problems) -> Option<StatedObjection> {
    let mut fields = Fields::new(table, problems);
    let received = fields.required("received", located(date));
    let outcome = fields.optional("outcome", one_of(&OUTCOMES)).unwrap_or(Outcome::Pending);
    let decided = fields.optional("decided", located(date));
    let reposted = fields.optional("reposted", located(unpublished_text));
    fields.finish();
    let received = received?;
    if let Some(reposted) = reposted.as_ref().filter(|_| outcome != Outcome::Upheld) {
        problems.add(Diagnostic::new(REPOSTED_NOT_UPHELD, reposted.place));
    }
    match decided {
        None if outcome != Outcome::Pending => {
            problems.add(Diagnostic::new(MISSING_KEY, table.place).with("key", "decided"));
            return None;
        }
        Some(decided) if outcome == Outcome::Pending => {
            problems.add(Diagnostic::new(DECIDED_BUT_PENDING, decided.place));
        }
        Some(decided) if decided.value < received.value => {
            let problem = Diagnostic::new(DECIDED_BEFORE_RECEIVED, decided.place);
            problems.add(problem.with("received", received.value).with("decided", decided.value));
        }
        _ => {}
    }
    let decided = decided.map(|decided| decided.value);
    let objection = Objection { received: received.value, outcome, decided, reposted: None };
    Some(StatedObjection { objection, place: received.place, reposted })
}

/// Reads `[decision]`.
pub(super) fn decision(table: &Table<'_>, problems: &mut Problems) -> Option<Decision> {
    let mut fields = Fields::new(table, problems);
    let date = fields.required("date", located(date));
    let document = fields.optional("document", text);
    let taper_months = fields.optional("taper_months", located(whole(0, 120)));
    fields.finish();
    let taper_months = taper_months.unwrap_or(Located { value: 0, place: table.place });
    Some(Decision { date: date?, document, taper_months })
}

impl StatedPeriod {
    /// The period with its end computed; an end that cannot be computed or is stated otherwise is a problem.
    fn computed(&self, calendar: &StatutoryCalendar, problems: &mut Problems) -> Period {
        let start = self.start.value;
        let stated = self.end.map(|end| end.value);
        match self.terms.last_day(start, calendar) {
            Err(UnknownYear(year)) => {
                let problem = Diagnostic::new(PERIOD_NEEDS_YEAR, self.start.place).with("year", year);
                problems.add(match calendar.begins_after(year) {
                    Some(first) => problem.with("first", first),
                    None => problem.with("ahead", year),
                });
                Period { start, end: stated.unwrap_or(start) }
            }
            Ok(end) => {
                if let Some(wrong) = self.end.filter(|stated| stated.value != end) {
                    let problem = Diagnostic::new(PERIOD_END_DIFFERS, wrong.place);
                    let problem = problem.with("start", start).with("days", self.terms.days);
                    problems.add(problem.with("stated", wrong.value).with("computed", end));
                }
                Period { start, end }
            }
        }
    }
}

impl Disclosure {
    /// All days on which the meaning of this disclosure turns; a history that cannot have been is a problem.
    pub fn timeline(
        &self,
        calendar: &StatutoryCalendar,
        withdraw_after: u32,
        problems: &mut Problems,
    ) -> Timeline {
        let period = self.period.map(|stated| stated.computed(calendar, problems));
        let decision = self.decision.as_ref().map(|decision| decision.date);
        if let (Some(period), Some(decision)) = (period, decision)
            && decision.value < period.end
        {
            let problem = Diagnostic::new(DECISION_BEFORE_END, decision.place);
            problems.add(problem.with("decision", decision.value).with("end", period.end));
        }
        let timeline = Timeline {
            period,
            decision: decision.map(|decision| decision.value),
            objections: self.objections.iter().map(|stated| stated.objection).collect(),
            steps: self.steps.iter().map(Step::days).collect(),
            posted: self.posting.as_ref().and_then(|posting| Some(posting.on?.value)),
            taken_down: self.posting.as_ref().and_then(|posting| Some(posting.off?.value)),
            withdraw_after,
        };
        for StatedObjection { objection, place, .. } in &self.objections {
            if let Some(start) = timeline.begins().filter(|start| objection.received < *start) {
                let problem = Diagnostic::new(OBJECTION_BEFORE_START, *place);
                problems.add(problem.with("received", objection.received).with("start", start));
            }
        }
        timeline
    }

    /// The first day with rows: the start of the period; of a list without one the day of its decision.
    pub fn begins(&self) -> Option<NaiveDate> {
        let decision = self.decision.as_ref().map(|decision| decision.date.value);
        self.period.map(|period| period.start.value).or(decision)
    }
}
