//! The table of reception days as HTML.

use serde::Serialize;

use crate::site::table::{Column, Role, Rows};
use crate::theme::Words;
use crate::views::{ReceptionView, SessionView};

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
        ReceptionPage { view, columns: &self.columns, upcoming, past }
    }

    fn rows(&self, sessions: &[SessionView<'_>]) -> Rows {
        let [day, hours, host, duties, place, form] = &self.columns;
        let mut rows = Rows::default();
        for session in sessions {
            rows.row("", |row| {
                row.cell(day, |cell| self.day(cell, session));
                row.cell(hours, |cell| self.list(cell, session.hours.iter().map(String::as_str)));
                row.cell(host, |cell| {
                    cell.text(session.host_name);
                    aside(cell, session.position);
                });
                row.text_cell(duties, session.duties.unwrap_or_default());
                row.text_cell(place, session.place);
                row.cell(form, |cell| self.form(cell, session));
            });
        }
        rows
    }

    fn day(&self, cell: &mut Rows, session: &SessionView<'_>) {
        cell.tag("<time datetime=\"");
        cell.plain(session.date);
        cell.element("\">", &self.words.date(session.date), "</time> ");
        cell.text(self.words.weekday(session.date));
        aside(cell, session.lunar.as_deref());
        if session.provisional {
            cell.element(" <strong class=\"tag\">", self.words.get("provisional"), "</strong>");
        }
        if let Some(planned) = session.moved_from {
            let facts = [("date", self.words.date(planned))];
            aside(cell, Some(&self.words.fill("moved_from", &facts)));
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

fn aside(cell: &mut Rows, text: Option<&str>) {
    if let Some(text) = text {
        cell.element(" <span class=\"side\">", text, "</span>");
    }
}
