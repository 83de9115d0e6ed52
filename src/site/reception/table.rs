//! The table of reception days as HTML.

use serde::Serialize;

use super::hosts::{self, HostTable};
use crate::site::table::{Column, Role, Rows};
use crate::theme::Words;
use crate::views::{DutyView, ReceptionView, SessionView};

/// The columns of a list of sessions, and what is needed to write its rows.
pub(super) struct Table<'w> {
    words: &'w Words,
    columns: [Column; 6],
}

/// A page of reception days: what its view says, and its rows.
#[derive(Serialize)]
pub(super) struct ReceptionPage<'t> {
    #[serde(flatten)]
    view: &'t ReceptionView<'t>,
    columns: &'t [Column],
    /// Sessions to come, the nearest first.
    upcoming: Rows,
    /// Past sessions, the latest first.
    past: Rows,
    /// Who receives how often; `None` where nobody does.
    hosts: Option<HostTable>,
    /// The duties of sessions, each as a sentence.
    rule_duties: Vec<String>,
}

impl<'w> Table<'w> {
    /// The columns in the words of the board's language.
    pub(super) fn new(words: &'w Words) -> Self {
        let columns = [
            ("session_day", Role::Head),
            ("session_hours", Role::Plain),
            ("session_host", Role::Plain),
            ("duties", Role::Labelled),
            ("session_place", Role::Labelled),
            ("session_form", Role::Labelled),
        ];
        Self { words, columns: columns.map(|(word, role)| Column::new(words.get(word), role)) }
    }

    /// Bytes of one row, its texts left out.
    pub(super) fn weight(&self) -> usize {
        let day = "<time datetime=\"2026-11-22\">2026年11月22日</time> 星期日".len();
        let asides = 3 * " <span class=\"side\"></span>".len();
        self.columns.iter().map(Column::weight).sum::<usize>() + "<tr></tr>\n".len() + day + asides
    }

    /// One page with its rows written.
    pub(super) fn page<'t>(&'t self, view: &'t ReceptionView<'_>) -> ReceptionPage<'t> {
        let (upcoming, past) = (self.rows(&view.upcoming), self.rows(&view.past));
        let hosts = (!view.hosts.is_empty()).then(|| HostTable::of(&view.hosts, &view.folder, self.words));
        let titled = |(title, duty): &(&str, DutyView)| {
            [title, self.words.get("colon"), &hosts::duty(duty, self.words)].concat()
        };
        let rule_duties = view.rule_duties.iter().map(titled).collect();
        ReceptionPage { view, columns: &self.columns, upcoming, past, hosts, rule_duties }
    }

    fn rows(&self, sessions: &[SessionView<'_>]) -> Rows {
        let [day, hours, host, duties, place, form] = &self.columns;
        let mut rows = Rows::default();
        for session in sessions {
            let class = if session.cancelled.is_some() { "cancelled" } else { "" };
            rows.row(class, |row| {
                row.cell(day, |cell| self.day(cell, session));
                row.cell(hours, |cell| {
                    struck(cell, session.cancelled.is_some(), |cell| {
                        self.list(cell, session.hours.iter().map(String::as_str));
                    });
                });
                row.cell(host, |cell| self.host(cell, session));
                row.text_cell(duties, session.duties.unwrap_or_default());
                row.text_cell(place, session.place);
                row.cell(form, |cell| self.form(cell, session));
            });
        }
        rows
    }

    fn day(&self, cell: &mut Rows, session: &SessionView<'_>) {
        struck(cell, session.cancelled.is_some(), |cell| {
            cell.tag("<time datetime=\"");
            cell.plain(session.date);
            cell.element("\">", &self.words.date(session.date), "</time> ");
            cell.text(self.words.weekday(session.date));
        });
        aside(cell, session.lunar.as_deref());
        if let Some(reason) = session.cancelled {
            cell.element(" <strong class=\"tag\">", self.words.get("cancelled"), "</strong>");
            aside(cell, Some(reason));
            self.told(cell, session);
        }
        if session.provisional {
            cell.element(" <strong class=\"tag\">", self.words.get("provisional"), "</strong>");
        }
        if let Some(planned) = session.moved_from {
            let facts = [("date", self.words.date(planned))];
            aside(cell, Some(&self.words.fill("moved_from", &facts)));
        }
    }

    /// Who receives: of a swapped session whose turn it was is struck out, of a cancelled one whoever would have.
    fn host(&self, cell: &mut Rows, session: &SessionView<'_>) {
        if let Some(from) = &session.swapped_from {
            cell.element("<del>", from.name, "</del> ");
        }
        struck(cell, session.cancelled.is_some(), |cell| cell.text(session.host_name));
        aside(cell, session.position);
        if session.swapped_from.is_some() {
            cell.element(" <strong class=\"tag\">", self.words.get("swapped"), "</strong>");
            self.told(cell, session);
        }
    }

    fn told(&self, cell: &mut Rows, session: &SessionView<'_>) {
        if let Some(told) = session.told {
            aside(cell, Some(&self.words.fill("told_on", &[("date", self.words.short_date(told))])));
        }
    }

    fn form(&self, cell: &mut Rows, session: &SessionView<'_>) {
        cell.text(session.title);
        cell.text(self.words.get("colon"));
        let forms = session.forms.iter();
        self.list(cell, forms.map(|form| form.words.unwrap_or_else(|| self.words.form(form.key))));
        aside(cell, session.topic);
        if !session.with.is_empty() {
            cell.element(" <span class=\"side\">", self.words.get("session_with"), "");
            cell.text(self.words.get("colon"));
            self.list(cell, session.with.iter().copied());
            cell.tag("</span>");
        }
    }

    fn list<'t>(&self, cell: &mut Rows, texts: impl Iterator<Item = &'t str>) {
        for (index, text) in texts.enumerate() {
            if index > 0 {
                cell.text(self.words.get("comma"));
            }
            cell.text(text);
        }
    }
}

/// Writes `content`, struck out where it no longer holds.
fn struck(cell: &mut Rows, out: bool, content: impl FnOnce(&mut Rows)) {
    if out {
        cell.tag("<del>");
    }
    content(cell);
    if out {
        cell.tag("</del>");
    }
}

fn aside(cell: &mut Rows, text: Option<&str>) {
    if let Some(text) = text {
        cell.element(" <span class=\"side\">", text, "</span>");
    }
}
