//! Calendar files (RFC 5545): the reception days of an area, for the calendar of a telephone.
//!
//! Nothing in them depends on the day of the build, so the file stays the same bytes until the plan changes.

mod lines;

use std::borrow::Cow;
use std::fmt::Write;

use chrono::{Days, NaiveDate};

use super::Site;
use super::pages::folder_link;
use crate::board::AreaOnBoard;
use crate::theme::Words;
use crate::views::{FormView, SessionView};

use lines::Lines;

/// The calendar file of an area: one event for each session and span of hours.
pub(super) fn calendar(sessions: &[SessionView<'_>], area: &AreaOnBoard, site: Site<'_>) -> String {
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

/// The file: header, zone, events.
fn written(title: &str, sessions: &[SessionView<'_>], names: &Names, words: &Words) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", "-//gongshi//reception days//ZH");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.texts("NAME", [title]);
    lines.texts("X-WR-CALNAME", [title]);
    zone(&mut lines);
    for session in sessions {
        for (span, hours) in session.hours.iter().enumerate() {
            event(&mut lines, session, span, hours, names, words);
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.into_text()
}

/// Chinese time, without daylight saving since 1992.
fn zone(lines: &mut Lines) {
    lines.plain("BEGIN", "VTIMEZONE");
    lines.plain("TZID", "Asia/Shanghai");
    lines.plain("BEGIN", "STANDARD");
    lines.plain("DTSTART", "19920101T000000");
    lines.plain("TZOFFSETFROM", "+0800");
    lines.plain("TZOFFSETTO", "+0800");
    lines.plain("TZNAME", "CST");
    lines.plain("END", "STANDARD");
    lines.plain("END", "VTIMEZONE");
}

/// One span of a session; nothing for hours of another form than views give.
fn event(
    lines: &mut Lines,
    session: &SessionView<'_>,
    span: usize,
    hours: &str,
    names: &Names,
    words: &Words,
) {
    let Some((start, end)) = hours.split_once('-') else { return };
    let Some(stamp) = stamp(session.published) else { return };
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", uid(session, span, names));
    lines.plain("DTSTAMP", stamp);
    lines.plain("DTSTART;TZID=Asia/Shanghai", local_time(session.date, start));
    lines.plain("DTEND;TZID=Asia/Shanghai", local_time(session.date, end));
    lines.texts("SUMMARY", [summary(session, words).as_str()]);
    lines.texts("LOCATION", [session.place]);
    lines.texts("DESCRIPTION", [description(session, words).as_str()]);
    lines.texts("CATEGORIES", session.forms.iter().map(|form| form_words(form, words)));
    lines.plain("URL", &names.page);
    lines.plain("STATUS", if session.provisional { "TENTATIVE" } else { "CONFIRMED" });
    lines.plain("END", "VEVENT");
}

/// What names an event from build to build: rule, day and area, in the board's own name space; further
/// spans of a day are numbered.
fn uid(session: &SessionView<'_>, span: usize, names: &Names) -> String {
    let mut uid = format!("{}.{}", one_line(session.rule), session.date);
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

fn local_time(day: NaiveDate, time: &str) -> String {
    format!("{}T{}00", day.format("%Y%m%d"), time.replace(':', ""))
}

fn summary(session: &SessionView<'_>, words: &Words) -> String {
    let mut summary = format!("{}{}{}", session.title, words.get("colon"), session.host_name);
    if session.provisional {
        let _ = write!(summary, " ({})", words.get("provisional"));
    }
    summary
}

/// What else must be said of a session, a line each.
fn description(session: &SessionView<'_>, words: &Words) -> String {
    let comma = words.get("comma");
    let forms: Vec<&str> = session.forms.iter().map(|form| form_words(form, words)).collect();
    let (forms, with) = (forms.join(comma), session.with.join(comma));
    let lines = [
        ("session_host", Some(session.host_name)),
        ("session_position", session.position),
        ("duties", session.duties),
        ("session_form", Some(forms.as_str())),
        ("session_topic", session.topic),
        ("session_with", Some(with.as_str()).filter(|with| !with.is_empty())),
        ("session_phone", session.phone.as_ref().map(|phone| phone.written.as_str())),
        ("session_registration", session.registration),
        ("lunar", session.lunar.as_deref()),
    ];
    let (mut text, colon) = (String::new(), words.get("colon"));
    for (word, fact) in lines.into_iter().filter_map(|(word, fact)| Some((word, fact?))) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend([words.get(word).trim(), colon, &one_line(fact)]);
    }
    text
}

fn form_words<'w>(form: &FormView<'w>, words: &'w Words) -> &'w str {
    form.words.unwrap_or_else(|| words.form(form.key))
}

/// Text without line ends and other control characters.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests;
