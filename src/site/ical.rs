//! Calendar files (RFC 5545): the reception days of an area, for the calendar of a telephone.
//!
//! Nothing in them depends on the day of the build, so the file stays the same bytes until the plan changes.

mod lines;

use std::borrow::Cow;
use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};

use super::Site;
use crate::board::AreaOnBoard;
use crate::kinds::people::PersonId;
use crate::theme::Words;
use crate::views::{FormView, SessionView, web_address};

use lines::Lines;

/// The calendar file of an area: one event for each session and span of hours.
pub(super) fn of_area(sessions: &[SessionView<'_>], area: &AreaOnBoard, site: Site<'_>) -> String {
    let title = site.theme.words.fill("reception_of", &[("area", area.area.name.clone())]);
    Calendar::new(site, None).written(&title, sessions)
}

/// The calendar file of a host: their sessions wherever on the board they are held. What
/// was swapped away stands there as cancelled, so that it goes from a calendar that has it.
pub(super) fn of_host(sessions: &[SessionView<'_>], host: PersonId, name: &str, site: Site<'_>) -> String {
    let title = site.theme.words.fill("reception_of", &[("area", name.to_owned())]);
    let id = site.board.published_id(host);
    Calendar::new(site, Some(&id)).written(&title, sessions)
}

/// One calendar file.
struct Calendar<'s> {
    site: Site<'s>,
    /// Whose it is, where it is not an area's.
    host: Option<&'s str>,
    /// Looked up once for all sessions.
    labels: Labels<'s>,
}

impl<'s> Calendar<'s> {
    fn new(site: Site<'s>, host: Option<&'s str>) -> Self {
        Self { site, host, labels: SAID.map(|word| site.theme.words.get(word).trim()) }
    }

    /// The file: header, zone, events.
    fn written(&self, title: &str, sessions: &[SessionView<'_>]) -> String {
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
                self.event(&mut lines, session, span, hours);
            }
        }
        lines.plain("END", "VCALENDAR");
        lines.into_text()
    }

    /// One span of a session; nothing for hours of another form than views give.
    fn event(&self, lines: &mut Lines, session: &SessionView<'_>, span: usize, hours: &str) {
        let words = &self.site.theme.words;
        let Some((start, end)) = hours.split_once('-') else { return };
        let Some(stamp) = stamp(session.told.unwrap_or(session.published)) else { return };
        let status = self.status(session);
        lines.plain("BEGIN", "VEVENT");
        lines.texts("UID", [self.uid(session, span).as_str()]);
        lines.plain("DTSTAMP", stamp);
        lines.plain("SEQUENCE", u8::from(session.told.is_some()));
        lines.plain("DTSTART;TZID=Asia/Shanghai", local_time(session.date, start));
        lines.plain("DTEND;TZID=Asia/Shanghai", local_time(session.date, end));
        lines.texts("SUMMARY", [summary(session, status, words).as_str()]);
        lines.texts("LOCATION", [session.place]);
        lines.texts("DESCRIPTION", [description(session, words, &self.labels).as_str()]);
        lines.texts("CATEGORIES", session.forms.iter().map(|form| form_words(form, words)));
        let page = web_address("", &super::within(session.area, "reception"));
        lines.plain("URL", format_args!("{}{page}", self.site.board.settings.base_url));
        lines.plain("STATUS", status);
        lines.plain("END", "VEVENT");
    }

    fn status(&self, session: &SessionView<'_>) -> &'static str {
        let away = session.swapped_from.as_ref().is_some_and(|from| self.host == Some(from.id.as_str()));
        if session.cancelled.is_some() || away {
            CANCELLED
        } else if session.provisional {
            TENTATIVE
        } else {
            "CONFIRMED"
        }
    }

    /// What names an event from build to build: rule, planned day and area, in the board's own name space; further spans
    /// of a day are numbered. In the calendar of a host it has the host's name before it, for what is cancelled there may
    /// be held in the area's.
    fn uid(&self, session: &SessionView<'_>, span: usize) -> String {
        let planned = session.moved_from.unwrap_or(session.date);
        let mut uid = format!("{}.{planned}", one_line(session.rule));
        if span > 0 {
            let _ = write!(uid, "#{}", span + 1);
        }
        if !session.area.is_empty() {
            let _ = write!(uid, ".{}", session.area);
        }
        if let Some(host) = self.host {
            uid.insert_str(0, &format!("{}.", one_line(host)));
        }
        let base = self.site.board.settings.base_url.split_once("://").map_or("", |(_, rest)| rest);
        format!("{uid}@{}", base.trim_end_matches('/'))
    }
}

const CANCELLED: &str = "CANCELLED";
const TENTATIVE: &str = "TENTATIVE";

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

/// The start of a day in China, in universal time.
fn stamp(day: NaiveDate) -> Option<String> {
    Some(digits_of(day.checked_sub_days(Days::new(1))?) + "T160000Z")
}

fn local_time(day: NaiveDate, time: &str) -> String {
    let mut local = digits_of(day);
    local.push('T');
    local.extend(time.chars().filter(|c| *c != ':'));
    local.push_str("00");
    local
}

/// A day as calendar files write it: `20261124`.
fn digits_of(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn summary(session: &SessionView<'_>, status: &str, words: &Words) -> String {
    let summary = format!("{}{}{}", session.title, words.get("colon"), session.host_name);
    match status {
        // Calendars that know nothing of cancelled events show the title all the same.
        CANCELLED if session.cancelled.is_some() => {
            format!("{}{}{summary}", words.get("cancelled"), words.get("colon"))
        }
        TENTATIVE => format!("{summary} ({})", words.get("provisional")),
        _ => summary,
    }
}

/// What else is said of a session, by the names of the words for it.
const SAID: [&str; 11] = [
    "cancelled",
    "swapped_host",
    "session_host",
    "session_position",
    "duties",
    "session_form",
    "session_topic",
    "session_with",
    "session_phone",
    "session_registration",
    "lunar",
];

/// The words for what else is said.
type Labels<'w> = [&'w str; SAID.len()];

/// What else must be said of a session, a line each.
fn description(session: &SessionView<'_>, words: &Words, labels: &Labels<'_>) -> String {
    let comma = words.get("comma");
    let forms: Vec<&str> = session.forms.iter().map(|form| form_words(form, words)).collect();
    let (forms, with) = (forms.join(comma), session.with.join(comma));
    // In the order of the labels.
    let facts: [Option<&str>; SAID.len()] = [
        session.cancelled,
        session.swapped_from.as_ref().map(|from| from.name),
        Some(session.host_name),
        session.position,
        session.duties,
        Some(&forms),
        session.topic,
        Some(with.as_str()).filter(|with| !with.is_empty()),
        session.phone.as_ref().map(|phone| phone.written.as_str()),
        session.registration,
        session.lunar.as_deref(),
    ];
    let (mut text, colon) = (String::new(), words.get("colon"));
    for (label, fact) in labels.iter().zip(facts).filter_map(|(label, fact)| Some((*label, fact?))) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend([label, colon, &one_line(fact)]);
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
