//! A disclosure as JSON.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::board::{Board, DisclosureOnBoard, Due, ObjectionOnBoard, StepOnBoard};
use crate::kinds::subsidies::{
    Change, Objection, Outcome, Period, Recipient, Recipients, ShownColumns, Stage, State,
};
use crate::values::Yuan;
use crate::views::{PostingRecord, posting_record};

#[derive(Serialize)]
pub(super) struct DisclosureData<'b> {
    title: &'b str,
    item: Option<&'b str>,
    program: Option<&'b str>,
    stage: Stage,
    state: State,
    authority: &'b str,
    basis: Option<&'b str>,
    edition: u32,
    notice_period: Option<Period>,
    /// Where to object.
    objections_to: Option<ObjectionsToData<'b>>,
    posting: Option<PostingRecord<'b>>,
    objections: Vec<ObjectionData>,
    steps: Vec<StepData<'b>>,
    decision: Option<DecisionData<'b>>,
    count: Option<u32>,
    kept: Option<u32>,
    added: Option<u32>,
    cancelled: Option<u32>,
    households: Option<u32>,
    total: Option<Yuan>,
    follows: Option<&'b str>,
    followed_by: Option<&'b str>,
    reposts: &'b [String],
    reposted_to: Option<&'b str>,
    withdrawn_after: Option<NaiveDate>,
    units: BTreeMap<&'static str, &'b str>,
    recipients: RowsData<'b>,
}

#[derive(Serialize)]
struct ObjectionsToData<'b> {
    to: &'b str,
    phone: Option<&'b str>,
    place: Option<&'b str>,
}

#[derive(Serialize)]
struct DecisionData<'b> {
    date: NaiveDate,
    document: Option<&'b str>,
    effective: Option<NaiveDate>,
}

#[derive(Serialize)]
struct ObjectionData {
    received: NaiveDate,
    outcome: Outcome,
    decided: Option<NaiveDate>,
    /// By when it must be decided, while it is pending.
    due: Option<NaiveDate>,
    overdue: bool,
}

#[derive(Serialize)]
struct StepData<'b> {
    title: &'b str,
    by: Option<&'b str>,
    received: Option<NaiveDate>,
    on: Option<NaiveDate>,
    sampled: Option<u32>,
    /// By when it must be done.
    due: Option<NaiveDate>,
    /// Whether it was done too late, or the last day has passed.
    late: bool,
}

/// The rows, each made when it is written.
struct RowsData<'b>(&'b Recipients);

impl Serialize for RowsData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let recipients = self.0;
        let rows = recipients.iter().enumerate();
        serializer.collect_seq(rows.map(|(index, row)| recipient(recipients, index, &row)))
    }
}

/// One row; a column that the list does not show has no key, apart from the three of every list.
#[derive(Serialize)]
struct RecipientData<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    name: Option<&'b str>,
    group: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    persons: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<&'b str>,
    amount: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'b str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'b str, &'b str>,
}

/// What is published of a disclosure on the board's day, its posting included.
pub(super) fn with_posting<'b>(board: &'b Board, disclosure: &'b DisclosureOnBoard) -> DisclosureData<'b> {
    DisclosureData { posting: posting_record(board, disclosure), ..of(disclosure) }
}

/// The same without its posting.
pub(super) fn of(disclosure: &DisclosureOnBoard) -> DisclosureData<'_> {
    let figures = disclosure.figures;
    let changes = figures.and_then(|figures| figures.changes);
    let links = &disclosure.links;
    DisclosureData {
        title: &disclosure.title,
        item: disclosure.item.as_ref().map(|item| item.value.as_str()),
        program: disclosure.program.as_ref().map(|program| program.title.as_str()),
        stage: disclosure.stage,
        state: disclosure.state,
        authority: &disclosure.authority,
        basis: disclosure.basis.as_deref(),
        edition: disclosure.edition.value,
        notice_period: disclosure.period,
        objections_to: disclosure.objections_to.as_ref().map(|to| ObjectionsToData {
            to: &to.to,
            phone: to.phone.as_ref().map(|phone| phone.written()),
            place: to.place.as_deref(),
        }),
        posting: None,
        objections: disclosure.objections.iter().map(objection).collect(),
        steps: disclosure.steps.iter().map(step).collect(),
        decision: disclosure.decision.as_ref().map(|decision| DecisionData {
            date: decision.date,
            document: decision.document.as_deref(),
            effective: decision.effective,
        }),
        count: figures.map(|figures| figures.count),
        kept: changes.map(|changes| changes.kept),
        added: changes.map(|changes| changes.added),
        cancelled: figures.map(|figures| figures.cancelled),
        households: figures.and_then(|figures| figures.households),
        total: figures.and_then(|figures| figures.total),
        follows: links.follows.as_deref(),
        followed_by: links.followed_by.as_ref().map(|later| later.name.as_str()),
        reposts: &links.reposts,
        reposted_to: links.reposted_to.as_ref().map(|later| later.name.as_str()),
        withdrawn_after: disclosure.shown_until,
        units: units(disclosure.recipients.columns()),
        recipients: RowsData(&disclosure.recipients),
    }
}

fn objection(known: &ObjectionOnBoard) -> ObjectionData {
    let Objection { received, outcome, decided, .. } = known.objection;
    let ObjectionOnBoard { due, overdue, .. } = *known;
    ObjectionData { received, outcome, decided, due: due.and_then(day), overdue }
}

fn step(step: &StepOnBoard) -> StepData<'_> {
    let StepOnBoard { title, by, received, done, due, late, sampled } = step;
    StepData {
        title,
        by: by.as_deref(),
        received: *received,
        on: *done,
        sampled: *sampled,
        due: due.and_then(day),
        late: *late,
    }
}

/// The day until which something is due, where it is known.
fn day(due: Due) -> Option<NaiveDate> {
    match due {
        Due::Day(day) => Some(day),
        Due::Unannounced => None,
    }
}

fn units(columns: &ShownColumns) -> BTreeMap<&'static str, &str> {
    columns.iter().filter_map(|column| Some((column.key()?, column.unit()?))).collect()
}

fn recipient<'b>(recipients: &'b Recipients, index: usize, row: &Recipient<'b>) -> RecipientData<'b> {
    let written = |text: &'b str| Some(text).filter(|text| !text.is_empty());
    let columns = recipients.columns();
    let headings = columns.extra.iter().map(String::as_str);
    RecipientData {
        number: columns.number.then_some(row.number),
        name: written(row.name),
        group: written(row.group),
        persons: row.persons,
        program: written(row.program),
        standard: row.standard,
        quantity: written(row.quantity),
        amount: row.amount,
        paid_on: row.paid_on,
        change: row.change,
        exception: written(row.exception),
        note: written(row.note),
        extra: headings.zip(recipients.extra(index)).filter(|(_, cell)| !cell.is_empty()).collect(),
    }
}
