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
    fulfilled_by: Option<String>,
    fulfilled_on: Option<NaiveDate>,
    late: bool,
    open_until: Option<NaiveDate>,
    overdue_since: Option<NaiveDate>,
    next_due: Option<NaiveDate>,
    who: Option<WhoData>,
    counts: crate::board::Counts,
    /// The obligations one by one; only in the file of the area itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    periods: Option<Vec<PeriodData>>,
}

#[derive(Serialize)]
struct WhoData {
    name: Option<String>,
    phone: Option<String>,
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
    let duties = views::duties(site.board, index);
    let Some(view) = views::owed(site.board, index, &duties) else { return Ok(()) };
    let origin = Some(area.area.file);
    let folder = within(&area.path, "ledger");
    pages.leave(&Page::open("owed.html", &folder, &area.area.name, &view, origin))?;
    let data = LedgerData {
        as_of: site.board.day,
        counts: view.counts,
        items: duties.iter().map(|duty| duty_data(site, index, duty)).collect(),
    };
    leave_json(&data, &within(&area.path, "ledger.json"), origin, door)?;
    let csv = csv(site, &duties);
    let path = within(&area.path, "ledger.csv");
    door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
    feeds::make_due(site, area, &duties, door)
}

fn duty_data<'v>(site: Site<'v>, index: usize, one: &views::OwedDuty<'v>) -> DutyData<'v> {
    let duty = one.duty;
    let latest = one.latest();
    let open_until = latest.as_ref().and_then(|latest| latest.open_until);
    let (by, on) = latest.filter(|_| duty.state == DutyState::Done).map(|one| (one.address, one.day)).unzip();
    let who = views::who(site.board, one.index, duty.who);
    let periods = (one.index == index).then(|| {
        let periods = duty.obligations.iter();
        periods.map(|one| PeriodData { due: one.due_day(), state: views::met_name(one.met) }).collect()
    });
    DutyData {
        area: one.path(),
        area_name: &one.area.area.name,
        item: &one.item.id.value,
        title: &one.item.title.value,
        due: duty.due_day(),
        state: duty.state,
        fulfilled_by: by,
        fulfilled_on: on,
        late: duty.late,
        open_until,
        overdue_since: duty.overdue_since,
        next_due: duty.next_due,
        who: who.map(|who| WhoData { name: who.name, phone: who.phone.map(|phone| phone.written) }),
        counts: crate::board::count([duty]),
        periods,
    }
}

/// Area, item, how it stands, the days that matter, and whom to call.
fn csv(site: Site<'_>, duties: &[views::OwedDuty<'_>]) -> Vec<u8> {
    let words = &site.theme.words;
    let headings = [
        "owed_area",
        "owed_area_path",
        "owed_item",
        "owed_item_id",
        "owed_state",
        "owed_due",
        "owed_since",
        "owed_periods",
        "owed_next",
        "owed_latest",
        "owed_on",
        "owed_who",
        "phone",
    ]
    .map(|name| words.get(name));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows = duties.iter().map(|one| {
        let duty = one.duty;
        let latest = duty.latest.as_ref();
        let title = latest.map(|one| one.title.as_deref().unwrap_or(words.get("contacts")).to_owned());
        let who = views::who(site.board, one.index, duty.who);
        let phone = who.as_ref().and_then(|who| Some(who.phone.as_ref()?.written.clone()));
        [
            one.area.area.name.clone(),
            one.path().to_owned(),
            one.item.title.value.clone(),
            one.item.id.value.clone(),
            words.get(&format!("owed_cell_{}", views::shown(duty))).to_owned(),
            day(duty.due_day()),
            day(duty.overdue_since),
            one.periods_overdue().to_string(),
            day(duty.next_due),
            title.unwrap_or_default(),
            day(latest.map(|one| one.fact.day)),
            who.and_then(|who| who.name).unwrap_or_default(),
            phone.unwrap_or_default(),
        ]
    });
    to_csv(&headings, rows)
}
