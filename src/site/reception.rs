//! Reception days: their pages, open data and calendar file.

mod table;

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::{Artifact, Door, Searched, Site, ical, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views::{self, ReceptionView, SessionView};

use table::Table;

#[derive(Serialize)]
struct ReceptionData<'s> {
    sessions: Vec<SessionData<'s>>,
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
    let table = Table::new(&site.theme.words);
    let views = views::reception(site.board, area, table.weight());
    for view in &views {
        let folder = view.folder.as_str();
        let view = table.page(view);
        pages.leave(&Page::open("reception.html", folder, &title, &view, origin))?;
    }
    data(&by_date(views), site, area, door)
}

/// The sessions of all pages by date. Pages show those to come first, the nearest first, then those past, the
/// latest first.
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

/// Makes the open data and the calendar file of an area's reception days.
fn data(
    sessions: &[SessionView<'_>],
    site: Site<'_>,
    area: &AreaOnBoard,
    door: &dyn Door,
) -> Result<(), Failure> {
    let origin = Some(area.area.file);
    let calendar = ical::calendar(sessions, area, site);
    let path = within(&area.path, "reception.ics");
    door.leave(Artifact {
        path: &path,
        bytes: calendar.as_bytes(),
        searched: Searched::Bytes(Form::Ics),
        origin,
    })?;
    let data = ReceptionData { sessions: sessions.iter().map(SessionData::from).collect() };
    leave_json(&data, &within(&area.path, "reception.json"), origin, door)
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
            swapped_from: None,
            moved_from: session.moved_from,
            cancelled: false,
            forms,
            position: session.position,
            duties: session.duties,
        }
    }
}

#[cfg(test)]
mod tests;
