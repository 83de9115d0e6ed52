//! Reception days: their pages, open data and calendar file.

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::{Artifact, Door, Searched, Site, ical, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views::{self, ReceptionView, SessionView};

#[derive(Serialize)]
struct ReceptionData {
    sessions: Vec<SessionData>,
}

#[derive(Serialize)]
struct SessionData {
    rule: String,
    title: String,
    date: NaiveDate,
    lunar: Option<String>,
    hours: Vec<String>,
    host: String,
    host_name: String,
    place: String,
    form: Option<String>,
    topic: Option<String>,
    with: Vec<String>,
    provisional: bool,
    swapped_from: Option<String>,
    moved_from: Option<NaiveDate>,
    cancelled: bool,
    /// All forms; `form` is the first of them.
    forms: Vec<String>,
    position: Option<String>,
    duties: Option<String>,
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
    let views = views::reception(site.board, area);
    for view in &views {
        let folder = view.folder.as_str();
        pages.leave(&Page {
            template: "reception.html",
            folder,
            title: &title,
            view,
            origin,
            noindex: false,
        })?;
    }
    data(by_date(views), site, area, door)
}

/// The sessions of all pages by date. Pages show those to come first, the nearest first, then those past, the
/// latest first.
fn by_date(views: Vec<ReceptionView>) -> Vec<SessionView> {
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
    sessions: Vec<SessionView>,
    site: Site<'_>,
    area: &AreaOnBoard,
    door: &dyn Door,
) -> Result<(), Failure> {
    let origin = Some(area.area.file);
    let calendar = ical::calendar(&sessions, area, site);
    let path = within(&area.path, "reception.ics");
    door.leave(Artifact {
        path: &path,
        bytes: calendar.as_bytes(),
        searched: Searched::Bytes(Form::Ics),
        origin,
    })?;
    let data = ReceptionData { sessions: sessions.into_iter().map(SessionData::from).collect() };
    leave_json(&data, &within(&area.path, "reception.json"), origin, door)
}

impl From<SessionView> for SessionData {
    fn from(session: SessionView) -> Self {
        let SessionView { rule, title, date, lunar, hours, host, host_name, position, duties, .. } = session;
        let SessionView { place, forms, topic, with, provisional, moved_from, .. } = session;
        let forms: Vec<String> = forms.into_iter().map(|form| form.key).collect();
        Self {
            rule,
            title,
            date,
            lunar,
            hours,
            host,
            host_name,
            place,
            form: forms.first().cloned(),
            topic,
            with,
            provisional,
            swapped_from: None,
            moved_from,
            cancelled: false,
            forms,
            position,
            duties,
        }
    }
}

#[cfg(test)]
mod tests;
