//! Disclosures of subsidies: their pages, and the lists as open data.

mod data;
mod table;

pub use table::heading_of;

use std::borrow::Cow;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site};
use crate::board::{AreaOnBoard, DisclosureOnBoard};
use crate::diagnostics::{Failure, FileId};
use crate::kinds::columns::RECIPIENTS;
use crate::kinds::settings::PageLanguage;
use crate::kinds::subsidies::{Recipient, Recipients, ShownColumn};
use crate::privacy::Form;
use crate::values::{Fingerprint, Yuan};
use crate::views;

/// Makes the pages and the open data of an area's disclosures.
pub(super) fn make(
    site: Site<'_>,
    area: &AreaOnBoard,
    pages: &mut Pages<'_, '_>,
    door: &dyn Door,
) -> Result<(), Failure> {
    for disclosure in &area.subsidies {
        let title = &disclosure.title;
        let origin = Some(disclosure.file);
        let noindex = disclosure.shows_rows;
        let table = table::of(disclosure, &site.theme.words);
        let csv = csv(disclosure, site.board.settings.language);
        let fingerprint = disclosure.shows_rows.then(|| Fingerprint::of(&csv));
        for (folder, view) in views::disclosure(site.board, area, disclosure, site.files, table.weight()) {
            let view = table.page(&view);
            let template = "subsidies.html";
            let page = Page::open(template, &folder, title, &view, origin).showing(fingerprint);
            pages.leave(&Page { noindex, ..page })?;
        }
        let folder = area.page("subsidies", &disclosure.name);
        leave_json(
            &data::with_posting(site.board, disclosure),
            &format!("{folder}/data.json"),
            origin,
            door,
        )?;
        let path = format!("{folder}/recipients.csv");
        door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
    }
    Ok(())
}

/// What is published of a disclosure but its posting, as JSON.
pub fn disclosure_data(disclosure: &DisclosureOnBoard) -> serde_json::Value {
    serde_json::to_value(data::of(disclosure)).unwrap_or_default()
}

/// The pictures of postings that are shown.
pub(super) fn photos(area: &AreaOnBoard) -> impl Iterator<Item = FileId> {
    area.subsidies.iter().filter_map(|disclosure| disclosure.posting.as_ref()?.photo)
}

/// The list as it is published in CSV.
pub fn disclosure_csv(disclosure: &DisclosureOnBoard, language: PageLanguage) -> Vec<u8> {
    csv(disclosure, language)
}

/// The list as CSV, with the headings of the contract in the board's language; the header alone where no
/// rows are shown.
fn csv(disclosure: &DisclosureOnBoard, language: PageLanguage) -> Vec<u8> {
    let recipients = &disclosure.recipients;
    let columns: Vec<ShownColumn<'_>> = recipients.columns().iter().collect();
    let headings: Vec<String> = columns.iter().map(|column| heading(*column, language)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let rows = recipients.iter().enumerate().map(|(index, row)| {
        columns.iter().map(move |column| cell(*column, recipients, index, &row, language))
    });
    to_csv(&headings, rows)
}

fn heading(column: ShownColumn<'_>, language: PageLanguage) -> String {
    let bare = match (column, language) {
        (ShownColumn::Extra(heading, _), _) => heading,
        (_, PageLanguage::Chinese) => RECIPIENTS.usual_heading(column.key().unwrap_or_default()),
        (_, PageLanguage::English) => column.key().unwrap_or_default(),
    };
    column.unit().map_or_else(|| bare.to_owned(), |unit| format!("{bare}({unit})"))
}

fn cell<'r>(
    column: ShownColumn<'_>,
    recipients: &'r Recipients,
    index: usize,
    row: &Recipient<'r>,
    language: PageLanguage,
) -> Cow<'r, str> {
    let money = |amount: Option<Yuan>| amount.map(|amount| amount.to_string()).unwrap_or_default().into();
    match column {
        ShownColumn::Number => row.number.to_string().into(),
        ShownColumn::Name => row.name.into(),
        ShownColumn::Group => row.group.into(),
        ShownColumn::Persons => row.persons.map(|persons| persons.to_string()).unwrap_or_default().into(),
        ShownColumn::Program => row.program.into(),
        ShownColumn::Standard(_) => money(row.standard),
        ShownColumn::Quantity(_) => row.quantity.into(),
        ShownColumn::Amount(_) => money(row.amount),
        ShownColumn::PaidOn => row.paid_on.map(|day| day.to_string()).unwrap_or_default().into(),
        ShownColumn::Change => {
            row.change.map_or("", |change| change.written(language == PageLanguage::Chinese)).into()
        }
        ShownColumn::Exception => row.exception.into(),
        ShownColumn::Note => row.note.into(),
        ShownColumn::Extra(_, which) => recipients.extra(index).nth(which).unwrap_or_default().into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
