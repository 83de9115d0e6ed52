//! The rows of long tables as HTML: recipients, ranked units, reception days.
//!
//! A county has millions of cells, and nine tenths of a page are such rows. The template engine keeps every value of a row
//! in a map and looks it up again by name; writing the rows here takes a tenth of its time. All that stands around the
//! rows, headings included, is the templates'; how cells look is the style sheet's, by their classes.

use std::fmt::{self, Write};

use serde::Serialize;

use crate::theme::escape_with;

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The number or rank at the start of a row.
    Number,
    /// What the row is about: its head.
    Head,
    /// Text that says by itself what it is.
    Plain,
    /// Text that needs its heading to be understood.
    Labelled,
    /// A figure.
    Figure,
}

/// A column: its heading for the template, and the tags around its cells.
#[derive(Debug, Serialize)]
pub(super) struct Column {
    /// The heading.
    text: String,
    /// Class of heading and cells: `number`, `figure` or nothing.
    class: &'static str,
    #[serde(skip)]
    open: String,
    #[serde(skip)]
    close: &'static str,
}

impl Column {
    /// A column with this heading. On narrow screens rows are set one cell below another; there the heading stands before
    /// each cell that needs it (`data-label`).
    pub(super) fn new(heading: impl Into<String>, role: Role) -> Self {
        let text = heading.into();
        let mut label = String::from(" data-label=\"");
        push_escaped(&mut label, &text);
        label.push('"');
        let (class, open, close) = match role {
            Role::Number => ("number", "<td class=\"number\">".to_owned(), "</td>"),
            Role::Head => ("", "<th scope=\"row\">".to_owned(), "</th>"),
            Role::Plain => ("", "<td>".to_owned(), "</td>"),
            Role::Labelled => ("", format!("<td{label}>"), "</td>"),
            Role::Figure => ("figure", format!("<td class=\"figure\"{label}>"), "</td>"),
        };
        Self { text, class, open, close }
    }

    /// Bytes of the tags around a cell, and of what stands in it where that is a figure: hardly ever more.
    pub(super) fn weight(&self) -> usize {
        let figure = if self.class.is_empty() { 0 } else { "1,234,567.00".len() };
        self.open.len() + self.close.len() + figure
    }
}

/// Rows being written.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Rows {
    html: String,
}

impl Rows {
    /// Room for so many bytes: it costs more to copy what is written each time that there is not enough.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes) }
    }

    /// Writes a row with a class, or none when that is empty; `cells` writes what is in it.
    pub(super) fn row(&mut self, class: &str, cells: impl FnOnce(&mut Self)) {
        self.html.push_str("<tr");
        if !class.is_empty() {
            let _ = write!(self.html, " class=\"{class}\"");
        }
        self.html.push('>');
        cells(self);
        self.html.push_str("</tr>\n");
    }

    /// Writes a cell; `content` writes what is in it.
    pub(super) fn cell(&mut self, column: &Column, content: impl FnOnce(&mut Self)) {
        self.html.push_str(&column.open);
        content(self);
        self.html.push_str(column.close);
    }

    /// Writes a cell with nothing but a text.
    pub(super) fn text_cell(&mut self, column: &Column, text: &str) {
        self.cell(column, |cell| cell.text(text));
    }

    /// Writes text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }

    /// Writes something whose text cannot hold a sign of HTML: a figure, a date.
    pub(super) fn plain(&mut self, value: impl fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.html, "{value}");
    }

    /// Writes a tag.
    pub(super) fn tag(&mut self, tag: &'static str) {
        self.html.push_str(tag);
    }

    /// Writes an element with nothing but a text.
    pub(super) fn element(&mut self, open: &'static str, text: &str, close: &'static str) {
        self.tag(open);
        self.text(text);
        self.tag(close);
    }
}

fn push_escaped(html: &mut String, text: &str) {
    escape_with(text, |part| html.push_str(part));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_headings_are_escaped() {
        let column = Column::new("\"甲\" & 乙", Role::Labelled);
        let mut rows = Rows::default();
        rows.row("", |row| row.text_cell(&column, "<b>"));
        rows.row("here", |row| {
            row.cell(&column, |cell| {
                cell.element("<strong>", "1>0", "</strong>");
                cell.plain(7);
            });
        });
        assert_eq!(
            rows.html,
            "<tr><td data-label=\"&quot;甲&quot; &amp; 乙\">&lt;b&gt;</td></tr>\n\
             <tr class=\"here\"><td data-label=\"&quot;甲&quot; &amp; 乙\"><strong>1&gt;0</strong>7</td></tr>\n"
        );
    }
}
