//! Reception days: their pages, open data and calendar file.

mod hosts;
mod table;

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site, ical, within};
use crate::board::{AreaOnBoard, Board};
use crate::diagnostics::{Failure, FileId};
use crate::privacy::Form;
use crate::theme::Words;
use crate::values::Fingerprint;
use crate::views::{self, PlanView, ReceptionView, SessionView};

use table::Table;

#[derive(Serialize)]
struct ReceptionData<'s> {
    sessions: Vec<SessionData<'s>>,
    /// The plans that hold.
    plans: &'s [PlanView],
}

#[derive(Serialize)]
struct SessionData<'s> {
    rule: &'s str,
    title: &'s str,
    date: NaiveDate,
    lunar: Option<&'s str>,
    hours: &'s [String],
    host: &'s str,
    host_name: &'s str,
    place: &'s str,
    form: Option<&'s str>,
    topic: Option<&'s str>,
    with: &'s [&'s str],
    provisional: bool,
    swapped_from: Option<&'s str>,
    moved_from: Option<NaiveDate>,
    cancelled: bool,
    /// Why it is cancelled.
    cancelled_because: Option<&'s str>,
    /// The day its swap or cancellation was told.
    told: Option<NaiveDate>,
    /// All forms; `form` is the first of them.
    forms: Vec<&'s str>,
    position: Option<&'s str>,
    duties: Option<&'s str>,
}

/// Makes the pages of an area's reception days, then their calendar file and open data from the same sessions.
pub(super) fn make(
    pages: &mut Pages<'_, '_>,
    site: Site<'_>,
    area: &AreaOnBoard,
    door: &dyn Door,
) -> Result<(), Failure> {
    let title = site.theme.words.fill("reception_of", &[("area", area.area.name.clone())]);
    let origin = Some(area.area.file);
    let words = &site.theme.words;
    let table = Table::new(words);
    let views = views::reception(site.board, area, table.weight());
    let csv = csv(dates(&views), words);
    let fingerprint = dates(&views).next().map(|_| Fingerprint::of(&csv));
    for view in &views {
        let folder = view.folder.as_str();
        let view = table.page(view);
        pages.leave(&Page::open("reception.html", folder, &title, &view, origin).showing(fingerprint))?;
    }
    let plans = views.first().map(|first| first.plans.clone()).unwrap_or_default();
    data(&by_date(views), &plans, &csv, site, area, door)
}

/// The sessions of all pages by date. Pages show those to come first, the nearest first, then those past, the
/// latest first.
fn dates<'v, 'b>(views: &'v [ReceptionView<'b>]) -> impl Iterator<Item = &'v SessionView<'b>> {
    let past = views.iter().rev().flat_map(|view| view.past.iter().rev());
    past.chain(views.iter().flat_map(|view| &view.upcoming))
}

/// The same when the pages are done with.
fn by_date(views: Vec<ReceptionView<'_>>) -> Vec<SessionView<'_>> {
    let (mut past, mut upcoming) = (Vec::new(), Vec::new());
    for view in views {
        past.extend(view.past);
        upcoming.extend(view.upcoming);
    }
    past.reverse();
    past.append(&mut upcoming);
    past
}

/// Makes the calendar files of the hosts whose cards stand in the area with this index.
pub(super) fn host_calendars(site: Site<'_>, index: usize, door: &dyn Door) -> Result<(), Failure> {
    let board = site.board;
    for host in board.hosts_at_home(index) {
        let (Some(person), Some(path)) = (board.people.get(host), board.host_calendar(host)) else {
            continue;
        };
        let sessions = views::host_sessions(board, host);
        let calendar = ical::of_host(&sessions, host, &person.card.name, site);
        leave_calendar(&calendar, &path, Some(person.card.place.file), door)?;
    }
    Ok(())
}

fn leave_calendar(
    calendar: &str,
    path: &str,
    origin: Option<FileId>,
    door: &dyn Door,
) -> Result<(), Failure> {
    door.leave(Artifact { path, bytes: calendar.as_bytes(), searched: Searched::Bytes(Form::Ics), origin })
}

/// Makes the open data and the calendar file of an area's reception days; the table is made already.
fn data(
    sessions: &[SessionView<'_>],
    plans: &[PlanView],
    csv: &[u8],
    site: Site<'_>,
    area: &AreaOnBoard,
    door: &dyn Door,
) -> Result<(), Failure> {
    let origin = Some(area.area.file);
    let calendar = ical::of_area(sessions, area, site);
    leave_calendar(&calendar, &within(&area.path, "reception.ics"), origin, door)?;
    let path = within(&area.path, "reception.csv");
    door.leave(Artifact { path: &path, bytes: csv, searched: Searched::Bytes(Form::Csv), origin })?;
    let data = ReceptionData { sessions: sessions.iter().map(SessionData::from).collect(), plans };
    leave_json(&data, &within(&area.path, "reception.json"), origin, door)
}

/// The sessions of an area as they are published in CSV.
pub fn reception_csv(board: &Board, area: &AreaOnBoard, words: &Words) -> Vec<u8> {
    csv(views::reception_sessions(board, area).iter(), words)
}

/// The sessions as a table for spreadsheets, in the words of the board's language.
fn csv<'v, 'b: 'v>(sessions: impl Iterator<Item = &'v SessionView<'b>>, words: &Words) -> Vec<u8> {
    const HEADINGS: [&str; 14] = [
        "session_day",
        "weekday",
        "lunar_day",
        "session_hours",
        "session_title",
        "session_host",
        "session_position",
        "duties",
        "session_place",
        "session_form",
        "session_topic",
        "session_with",
        "session_phone",
        "session_remark",
    ];
    let comma = words.get("comma");
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let rows = sessions.map(|session| {
        let forms = session.forms.iter().map(|form| form.words.unwrap_or_else(|| words.form(form.key)));
        [
            session.date.to_string(),
            words.weekday(session.date).to_owned(),
            text(session.lunar.as_deref()),
            session.hours.join(comma),
            session.title.to_owned(),
            session.host_name.to_owned(),
            text(session.position),
            text(session.duties),
            session.place.to_owned(),
            forms.collect::<Vec<_>>().join(comma),
            text(session.topic),
            session.with.join(comma),
            text(session.phone.as_ref().map(|phone| phone.written.as_str())),
            remarks(session, words).join(words.get("semicolon")),
        ]
    });
    to_csv(&HEADINGS.map(|word| words.get(word)), rows)
}

/// What is out of the ordinary about a session, each in a few words.
fn remarks(session: &SessionView<'_>, words: &Words) -> Vec<String> {
    let cancelled =
        session.cancelled.map(|reason| [words.get("cancelled"), words.get("colon"), reason].concat());
    let swapped = session
        .swapped_from
        .as_ref()
        .map(|from| words.fill("swapped_from", &[("name", from.name.to_owned())]));
    let told = session.told.map(|told| words.fill("told_on", &[("date", words.date(told))]));
    let moved = session.moved_from.map(|planned| words.fill("moved_from", &[("date", words.date(planned))]));
    let provisional = session.provisional.then(|| words.get("provisional").to_owned());
    [cancelled, swapped, told, moved, provisional].into_iter().flatten().collect()
}

impl<'s> From<&'s SessionView<'s>> for SessionData<'s> {
    fn from(session: &'s SessionView<'s>) -> Self {
        let forms: Vec<&str> = session.forms.iter().map(|form| form.key).collect();
        Self {
            rule: session.rule,
            title: session.title,
            date: session.date,
            lunar: session.lunar.as_deref(),
            hours: &session.hours,
            host: &session.host,
            host_name: session.host_name,
            place: session.place,
            form: forms.first().copied(),
            topic: session.topic,
            with: &session.with,
            provisional: session.provisional,
            swapped_from: session.swapped_from.as_ref().map(|from| from.id.as_str()),
            moved_from: session.moved_from,
            cancelled: session.cancelled.is_some(),
            cancelled_because: session.cancelled,
            told: session.told,
            forms,
            position: session.position,
            duties: session.duties,
        }
    }
}

#[cfg(test)]
mod tests;
