//! The table of recipients as HTML.

use chrono::NaiveDate;
use serde::Serialize;

use crate::board::DisclosureOnBoard;
use crate::kinds::subsidies::{Change, Recipient, Recipients, ShownColumn};
use crate::site::table::{Column, Role, Rows};
use crate::theme::Words;
use crate::values::Yuan;
use crate::views::DisclosureView;

/// The columns of a disclosure, and what is needed to write its rows.
pub(super) struct Table<'b> {
    recipients: &'b Recipients,
    shown: Vec<ShownColumn<'b>>,
    columns: Vec<Column>,
    words: &'b Words,
}

/// A page of the list: what its view says, and its rows.
#[derive(Serialize)]
pub(super) struct DisclosurePage<'t> {
    #[serde(flatten)]
    view: &'t DisclosureView<'t>,
    columns: &'t [Column],
    rows: Rows,
    /// How many columns stand before the amount, for the row of the total.
    before_amount: usize,
    /// How many stand after it.
    after_amount: usize,
}

/// What the texts of a row weigh, in bytes: enough for most of them.
const TEXTS: usize = 40;

/// The table of a disclosure.
pub(super) fn of<'b>(disclosure: &'b DisclosureOnBoard, words: &'b Words) -> Table<'b> {
    let recipients = &disclosure.recipients;
    let shown: Vec<ShownColumn<'_>> = recipients.columns().iter().collect();
    let columns = shown.iter().map(|column| Column::new(heading_of(*column, words), role(*column))).collect();
    Table { recipients, shown, columns, words }
}

/// The heading of a column, with its unit: `标准（元/月）`.
pub fn heading_of(column: ShownColumn<'_>, words: &Words) -> String {
    let bare = match column {
        ShownColumn::Number => words.get("col_number"),
        ShownColumn::Name => words.get("col_name"),
        ShownColumn::Group => words.get("col_group"),
        ShownColumn::Persons => words.get("col_persons"),
        ShownColumn::Program => words.get("col_program"),
        ShownColumn::Standard(_) => words.get("col_standard"),
        ShownColumn::Quantity(_) => words.get("col_quantity"),
        ShownColumn::Amount(_) => words.get("col_amount"),
        ShownColumn::PaidOn => words.get("col_paid_on"),
        ShownColumn::Change => words.get("col_change"),
        ShownColumn::Exception => words.get("col_exception"),
        ShownColumn::Note => words.get("col_note"),
        ShownColumn::Extra(heading, _) => heading,
    };
    let unit = column.unit().map(|unit| words.fill("unit", &[("unit", unit.to_owned())]));
    format!("{bare}{}", unit.unwrap_or_default())
}

fn role(column: ShownColumn<'_>) -> Role {
    match column {
        ShownColumn::Number => Role::Number,
        ShownColumn::Name => Role::Head,
        ShownColumn::Group | ShownColumn::Change => Role::Plain,
        ShownColumn::Persons
        | ShownColumn::Standard(_)
        | ShownColumn::Quantity(_)
        | ShownColumn::Amount(_) => Role::Figure,
        ShownColumn::Program
        | ShownColumn::PaidOn
        | ShownColumn::Exception
        | ShownColumn::Note
        | ShownColumn::Extra(..) => Role::Labelled,
    }
}

impl<'b> Table<'b> {
    /// Bytes of one row, its texts left out.
    pub(super) fn weight(&self) -> usize {
        let day = "<time datetime=\"2026-11-22\">2026年11月22日</time>".len();
        let days = self.shown.iter().filter(|column| **column == ShownColumn::PaidOn).count() * day;
        self.columns.iter().map(Column::weight).sum::<usize>() + "<tr></tr>\n".len() + days
    }

    /// One page with its rows written.
    pub(super) fn page<'t>(&'t self, view: &'t DisclosureView<'b>) -> DisclosurePage<'t> {
        let is_amount = |column: &ShownColumn<'_>| matches!(column, ShownColumn::Amount(_));
        let before_amount = self.shown.iter().take_while(|column| !is_amount(column)).count();
        DisclosurePage {
            view,
            columns: &self.columns,
            rows: self.rows(&view.rows),
            before_amount,
            after_amount: self.shown.len().saturating_sub(before_amount + 1),
        }
    }

    fn rows(&self, recipients: &[(usize, Recipient<'_>)]) -> Rows {
        let mut days = Days { words: self.words, last: None };
        let mut rows = Rows::with_room(recipients.len() * (self.weight() + TEXTS));
        for (index, recipient) in recipients {
            let cancelled = recipient.change == Some(Change::Cancelled);
            rows.row(if cancelled { "cancelled" } else { "" }, |row| {
                for (shown, column) in self.shown.iter().zip(&self.columns) {
                    row.cell(column, |cell| self.content(cell, *shown, *index, recipient, &mut days));
                }
            });
        }
        rows
    }

    fn content(
        &self,
        cell: &mut Rows,
        column: ShownColumn<'_>,
        index: usize,
        row: &Recipient<'_>,
        days: &mut Days<'_>,
    ) {
        match column {
            ShownColumn::Number => cell.plain(row.number),
            ShownColumn::Name => cell.text(row.name),
            ShownColumn::Group => cell.text(row.group),
            ShownColumn::Persons => row.persons.into_iter().for_each(|persons| cell.plain(persons)),
            ShownColumn::Program => cell.text(row.program),
            ShownColumn::Standard(_) => money(cell, row.standard),
            ShownColumn::Quantity(_) => cell.text(row.quantity),
            ShownColumn::Amount(_) => money(cell, row.amount),
            ShownColumn::PaidOn => row.paid_on.into_iter().for_each(|day| days.write(cell, day)),
            ShownColumn::Change => cell.text(row.change.map_or("", |change| self.words.get(word(change)))),
            ShownColumn::Exception => cell.text(row.exception),
            ShownColumn::Note => cell.text(row.note),
            ShownColumn::Extra(_, which) => {
                cell.text(self.recipients.extra(index).nth(which).unwrap_or_default())
            }
        }
    }
}

fn money(cell: &mut Rows, amount: Option<Yuan>) {
    if let Some(amount) = amount {
        cell.plain(amount.grouped());
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Kept => "change_kept",
        Change::Added => "change_added",
        Change::Cancelled => "change_cancelled",
    }
}

/// Writes days; in a list most are the same.
struct Days<'w> {
    words: &'w Words,
    last: Option<(NaiveDate, String)>,
}

impl Days<'_> {
    fn write(&mut self, cell: &mut Rows, day: NaiveDate) {
        let known = self.last.take().filter(|(last, _)| *last == day);
        let (_, written) = self.last.insert(known.unwrap_or_else(|| (day, self.words.date(day))));
        cell.tag("<time datetime=\"");
        cell.plain(day);
        cell.tag("\">");
        cell.text(written);
        cell.tag("</time>");
    }
}
