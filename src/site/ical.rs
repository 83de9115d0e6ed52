//! Calendar files (RFC 5545): the reception days of an area, for the calendar of a telephone.
//!
//! Nothing in them depends on the day of the build, so the file stays the same bytes until the plan changes.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::Site;
use super::pages::folder_link;
use crate::board::AreaOnBoard;
use crate::theme::Words;
use crate::views::{FormView, SessionView};

/// Chinese time, without daylight saving since 1992. The crate writes the name of a zone and not the zone
/// itself, and would put a random `UID` and the present moment into it if it were given as a component.
const ZONE: &str = "BEGIN:VTIMEZONE\r\n\
TZID:Asia/Shanghai\r\n\
BEGIN:STANDARD\r\n\
DTSTART:19920101T000000\r\n\
TZOFFSETFROM:+0800\r\n\
TZOFFSETTO:+0800\r\n\
TZNAME:CST\r\n\
END:STANDARD\r\n\
END:VTIMEZONE\r\n";

/// The last line of a calendar.
const END: &str = "END:VCALENDAR\r\n";

/// The calendar file of an area: one event for each session and span of hours.
pub(super) fn calendar(sessions: &[SessionView], area: &AreaOnBoard, site: Site<'_>) -> String {
    let settings = &site.board.settings;
    let words = &site.theme.words;
    let title = words.fill("reception_of", &[("area", area.area.name.clone())]);
    let names = Names {
        area: area.path.replace('/', "."),
        board: settings
            .base_url
            .split_once("://")
            .map_or("", |(_, rest)| rest)
            .trim_end_matches('/')
            .to_owned(),
        page: format!("{}{}", settings.base_url, folder_link(&super::within(&area.path, "reception"))),
    };
    written(&title, sessions, &names, words)
}

/// What the events of one file share.
struct Names {
    /// The area's path with dots; empty for the root.
    area: String,
    /// Host and path of the board's address.
    board: String,
    /// The page of reception days.
    page: String,
}

/// The file, from the header that the crate writes, the zone, and the events.
fn written(title: &str, sessions: &[SessionView], names: &Names, words: &Words) -> String {
    let mut head = Calendar::empty();
    head.append_property(("VERSION", "2.0"));
    head.append_property(("PRODID", "-//gongshi//reception days//ZH"));
    head.append_property(("CALSCALE", "GREGORIAN"));
    head.append_property(("METHOD", "PUBLISH"));
    head.name(&one_line(title));
    let mut text = head.to_string();
    text.truncate(text.len().saturating_sub(END.len()));
    text.push_str(ZONE);
    for session in sessions {
        for (span, hours) in session.hours.iter().enumerate() {
            let event = event(session, span, hours, names, words);
            // Writing to a string cannot fail.
            text.push_str(&event.and_then(|event| event.try_into_string().ok()).unwrap_or_default());
        }
    }
    text.push_str(END);
    text
}

/// One span of a session; `None` for hours of another form than views give.
fn event(session: &SessionView, span: usize, hours: &str, names: &Names, words: &Words) -> Option<Event> {
    let (start, end) = hours.split_once('-')?;
    let mut event = Event::new();
    event.uid(&uid(session, span, names));
    event.add_property("DTSTAMP", stamp(session.published)?);
    event.append_property(local_time("DTSTART", session.date, start));
    event.append_property(local_time("DTEND", session.date, end));
    event.summary(&summary(session, words));
    event.add_property("LOCATION", one_line(&session.place));
    event.description(&description(session, words));
    event.categories(session.forms.iter().map(|form| one_line(form_words(form, words))));
    event.url(&names.page);
    event.status(if session.provisional { EventStatus::Tentative } else { EventStatus::Confirmed });
    Some(event)
}

/// What names an event from build to build: rule, day and area, in the board's own name space; further
/// spans of a day are numbered.
fn uid(session: &SessionView, span: usize, names: &Names) -> String {
    let mut uid = format!("{}.{}", one_line(&session.rule), session.date);
    if span > 0 {
        let _ = write!(uid, ".{}", span + 1);
    }
    if !names.area.is_empty() {
        let _ = write!(uid, ".{}", names.area);
    }
    format!("{uid}@{}", names.board)
}

/// The start of a day in China, in universal time.
fn stamp(day: NaiveDate) -> Option<String> {
    Some(format!("{}T160000Z", day.checked_sub_days(Days::new(1))?.format("%Y%m%d")))
}

fn local_time(key: &str, day: NaiveDate, time: &str) -> Property {
    let value = format!("{}T{}00", day.format("%Y%m%d"), time.replace(':', ""));
    Property::new(key, value).add_parameter("TZID", "Asia/Shanghai").done()
}

fn summary(session: &SessionView, words: &Words) -> String {
    let mut summary = format!("{}{}{}", session.title, words.get("colon"), session.host_name);
    if session.provisional {
        let _ = write!(summary, " ({})", words.get("provisional"));
    }
    one_line(&summary)
}

/// What else must be said of a session, a line each.
fn description(session: &SessionView, words: &Words) -> String {
    let comma = words.get("comma");
    let forms: Vec<&str> = session.forms.iter().map(|form| form_words(form, words)).collect();
    let lines = [
        ("session_host", Some(session.host_name.clone())),
        ("session_position", session.position.clone()),
        ("duties", session.duties.clone()),
        ("session_form", Some(forms.join(comma))),
        ("session_topic", session.topic.clone()),
        ("session_with", Some(session.with.join(comma)).filter(|with| !with.is_empty())),
        ("session_phone", session.phone.as_ref().map(|phone| phone.written.clone())),
        ("session_registration", session.registration.clone()),
        ("lunar", session.lunar.clone()),
    ];
    let line = |(word, fact): (&str, Option<String>)| {
        fact.map(|fact| format!("{}{}{}", words.get(word).trim(), words.get("colon"), one_line(&fact)))
    };
    lines.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn form_words<'w>(form: &'w FormView, words: &'w Words) -> &'w str {
    form.words.as_deref().unwrap_or_else(|| words.form(&form.key))
}

/// Text without line ends and other control characters, which a calendar cannot hold.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
