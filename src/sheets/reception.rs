//! Reception days: a month as a calendar, a year as a list.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;

use super::contacts::labelled;
use super::sheet::{Column, Draft, Ground, Pictures, Sheet, is_long};
use super::sources;
use crate::board::AreaOnBoard;
use crate::calendar::ReportingPeriod;
use crate::site::reception_csv;
use crate::values::Fingerprint;
use crate::views::{self, DayView, SessionView, SheetKind, SheetName};

/// What only the month has.
#[derive(Serialize)]
struct Month {
    /// Where and when, where that is the same all month.
    about: Vec<String>,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Option<DayView>>>,
    /// Who receives, with the number to call.
    hosts: Vec<Host>,
}

#[derive(PartialEq, Serialize)]
struct Host {
    name: String,
    phone: String,
}

/// What only the year has.
#[derive(Serialize)]
struct Year {
    about: Vec<String>,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// The month of the next session.
pub(super) fn month(ground: &Ground<'_>, area: &AreaOnBoard) -> Option<Sheet> {
    let words = ground.words;
    let first = views::month_of_sheet(area, ground.board.day)?;
    let view = views::month(ground.board, area, first);
    let all = views::reception_sessions(ground.board, area);
    let of_month = |session: &&SessionView<'_>| {
        (session.date.year(), session.date.month()) == (first.year(), first.month())
            && session.cancelled.is_none()
    };
    let sessions: Vec<&SessionView<'_>> = all.iter().filter(of_month).collect();
    let mut hosts: Vec<Host> = Vec::new();
    for session in &sessions {
        let phone = session.phone.as_ref().map(|phone| phone.written.clone());
        let host = phone.map(|phone| Host { name: session.host_name.to_owned(), phone });
        hosts.extend(host.filter(|host| !hosts.contains(host)));
    }
    let month = ReportingPeriod::parse(&view.period).map(|period| words.period(&period));
    let weekdays = words.get("weekdays").split(' ').map(str::to_owned).collect();
    let body = Month { about: about(ground, &sessions), weekdays, weeks: view.weeks, hosts };
    let title = words.fill("sheet_reception_month", &[("month", month.unwrap_or_default())]);
    Some(ground.sheet(area, draft(ground, area, SheetKind::ReceptionMonth, true, title, &body)))
}

/// All sessions of the board's year.
pub(super) fn year(ground: &Ground<'_>, area: &AreaOnBoard) -> Option<Sheet> {
    let words = ground.words;
    let year = ground.board.day.year();
    let all = views::reception_sessions(ground.board, area);
    let sessions: Vec<&SessionView<'_>> = all.iter().filter(|session| session.date.year() == year).collect();
    if sessions.is_empty() {
        return None;
    }
    let columns = [
        ("session_day", false),
        ("weekday", false),
        ("lunar_day", false),
        ("session_host", sessions.iter().any(|session| is_long(session.host_name))),
        ("session_hours", true),
        ("session_place", true),
    ];
    let row = |session: &&SessionView<'_>| {
        let mut host = session.host_name.to_owned();
        if session.cancelled.is_some() {
            host = format!("{host}（{}）", words.get("cancelled"));
        } else if session.provisional {
            host = format!("{host}（{}）", words.get("provisional"));
        }
        vec![
            words.short_date(session.date),
            words.weekday(session.date).to_owned(),
            session.lunar.clone().unwrap_or_default(),
            host,
            session.hours.join(words.get("comma")),
            session.place.to_owned(),
        ]
    };
    let body = Year {
        about: registration(&sessions).into_iter().chain(phones(ground)).collect(),
        columns: columns
            .iter()
            .map(|(key, wide)| Column { title: words.get(key).to_owned(), align: "left", wide: *wide })
            .collect(),
        rows: sessions.iter().map(row).collect(),
    };
    let facts = [("area", area.area.name.clone()), ("year", year.to_string())];
    let title = words.fill("sheet_reception_year", &facts);
    Some(ground.sheet(area, draft(ground, area, SheetKind::ReceptionYear, false, title, &body)))
}

fn draft(
    ground: &Ground<'_>,
    area: &AreaOnBoard,
    kind: SheetKind,
    flipped: bool,
    title: String,
    body: &impl Serialize,
) -> Draft {
    let changed = area.reception.plans.iter().map(|plan| plan.published.value).max();
    Draft {
        name: SheetName::Of(kind),
        flipped,
        title,
        label: "sheet_label_reception",
        page: area.page_of("reception"),
        day: changed,
        fingerprint: Some(Fingerprint::of(&reception_csv(ground.board, area, ground.words))),
        signed: None,
        origin: area.reception.plans.first().map(|plan| plan.from.place.file),
        sources: sources::of_reception(ground, area),
        pictures: Pictures::default(),
        body: serde_json::to_value(body).unwrap_or_default(),
    }
}

/// Place and hours, where all sessions share them, and how to be received.
fn about(ground: &Ground<'_>, sessions: &[&SessionView<'_>]) -> Vec<String> {
    let places: BTreeSet<&str> = sessions.iter().map(|session| session.place).collect();
    let hours: BTreeSet<String> =
        sessions.iter().map(|session| session.hours.join(ground.words.get("comma"))).collect();
    let only = |all: Vec<&str>| if let [one] = all.as_slice() { Some((*one).to_owned()) } else { None };
    let place = only(places.into_iter().collect());
    let hours = only(hours.iter().map(String::as_str).collect());
    [
        labelled(ground, "session_place", place.as_deref()),
        labelled(ground, "session_hours", hours.as_deref()),
        phones(ground),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How to be received, as the plans say it, each wording once.
fn registration(sessions: &[&SessionView<'_>]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for how in sessions.iter().filter_map(|session| session.registration) {
        if !said.iter().any(|known| known == how) {
            said.push(how.to_owned());
        }
    }
    said
}

fn phones(ground: &Ground<'_>) -> Option<String> {
    let hotline = ground.board.settings.hotline.as_ref()?;
    labelled(ground, "hotline", Some(hotline.written()))
}
