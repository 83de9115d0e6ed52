//! The ledger: its page, the same as JSON and CSV, and a feed of what falls due.

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site, feeds, within};
use crate::board::{AreaOnBoard, DutyState};
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views;

#[derive(Serialize)]
struct LedgerData<'v> {
    as_of: NaiveDate,
    counts: crate::board::Counts,
    items: Vec<DutyData<'v>>,
}

#[derive(Serialize)]
struct DutyData<'v> {
    area: &'v str,
    area_name: &'v str,
    item: &'v str,
    title: &'v str,
    due: Option<NaiveDate>,
    state: DutyState,
    fulfilled_by: Option<&'v str>,
    fulfilled_on: Option<NaiveDate>,
    late: bool,
    open_until: Option<NaiveDate>,
    overdue_since: Option<NaiveDate>,
    next_due: Option<NaiveDate>,
    who: Option<WhoData<'v>>,
    counts: crate::board::Counts,
    /// The obligations one by one; only in the file of the area itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    periods: Option<Vec<PeriodData>>,
}

#[derive(Serialize)]
struct WhoData<'v> {
    name: Option<&'v str>,
    phone: Option<&'v str>,
}

#[derive(Serialize)]
struct PeriodData {
    due: Option<NaiveDate>,
    state: &'static str,
}

/// Makes the page and the open data of an area's ledger, where a catalogue concerns it.
pub(super) fn make(
    site: Site<'_>,
    index: usize,
    area: &AreaOnBoard,
    pages: &mut Pages<'_, '_>,
    door: &dyn Door,
) -> Result<(), Failure> {
    let Some(view) = views::owed(site.board, index) else { return Ok(()) };
    let origin = Some(area.area.file);
    let folder = within(&area.path, "ledger");
    pages.leave(&Page::open("owed.html", &folder, &area.area.name, &view, origin))?;
    let duties = views::duties(site.board, index);
    let data = LedgerData {
        as_of: site.board.day,
        counts: view.counts,
        items: duties.iter().map(|duty| duty_data(site, index, duty)).collect(),
    };
    leave_json(&data, &within(&area.path, "ledger.json"), origin, door)?;
    let csv = csv(site, &duties);
    let path = within(&area.path, "ledger.csv");
    door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
    feeds::make_due(site, index, area, door)
}

fn duty_data<'v>(site: Site<'v>, index: usize, duty: &'v views::OwedDuty<'v>) -> DutyData<'v> {
    let done = duty.latest.as_ref().filter(|_| duty.state == DutyState::Done);
    let own = site.board.ledger.duties(index).iter().filter(|_| is_own(site, index, duty));
    let of_item = |one: &&crate::board::Duty| {
        site.board.ledger.item(one).is_some_and(|item| item.id.value == duty.item)
    };
    let periods = own.filter(of_item).map(|one| {
        let periods = one.obligations.iter();
        periods.map(|one| PeriodData { due: one.due_day(), state: views::met_name(one.met) }).collect()
    });
    DutyData {
        area: duty.path,
        area_name: &duty.area.text,
        item: duty.item,
        title: duty.title,
        due: duty.due,
        state: duty.state,
        fulfilled_by: done.map(|latest| latest.address.as_str()),
        fulfilled_on: done.map(|latest| latest.day),
        late: duty.late,
        open_until: duty.latest.as_ref().and_then(|latest| latest.open_until),
        overdue_since: duty.overdue_since,
        next_due: duty.next_due,
        who: duty.who.as_ref().map(|who| WhoData {
            name: who.name.as_deref(),
            phone: who.phone.as_ref().map(|phone| phone.written.as_str()),
        }),
        counts: duty.counts,
        periods: periods.into_iter().next(),
    }
}

/// Whether a duty is that of the area itself, and not of one that lies in it.
fn is_own(site: Site<'_>, index: usize, duty: &views::OwedDuty<'_>) -> bool {
    site.board
        .areas
        .get(index)
        .is_some_and(|area| if area.path.is_empty() { duty.path == "." } else { duty.path == area.path })
}

/// Area, item, how it stands, the days that matter, and whom to call.
fn csv(site: Site<'_>, duties: &[views::OwedDuty<'_>]) -> Vec<u8> {
    let words = &site.theme.words;
    let headings = [
        "owed_area",
        "owed_item",
        "owed_state",
        "owed_due",
        "owed_since",
        "owed_next",
        "owed_latest",
        "owed_on",
        "owed_who",
        "phone",
    ]
    .map(|name| words.get(name));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows = duties.iter().map(|duty| {
        let state = match duty.state {
            DutyState::Done if duty.late => "owed_late",
            DutyState::Done => "owed_done",
            DutyState::Due => "owed_waits",
            DutyState::Overdue => "owed_overdue",
        };
        let latest = duty.latest.as_ref();
        let who = duty.who.as_ref();
        let phone = who.and_then(|who| who.phone.as_ref()).map(|phone| phone.written.clone());
        [
            duty.area.text.clone(),
            duty.title.to_owned(),
            words.get(state).to_owned(),
            day(duty.due),
            day(duty.overdue_since),
            day(duty.next_due),
            latest.map(|one| one.title.unwrap_or(words.get("contacts")).to_owned()).unwrap_or_default(),
            day(latest.map(|one| one.day)),
            who.and_then(|who| who.name.clone()).unwrap_or_default(),
            phone.unwrap_or_default(),
        ]
    });
    to_csv(&headings, rows)
}
