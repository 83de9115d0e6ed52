//! Disclosures of subsidies: their pages, and the lists as open data.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site};
use crate::board::{AreaOnBoard, DisclosureOnBoard};
use crate::diagnostics::{Failure, FileId};
use crate::kinds::columns::RECIPIENTS;
use crate::kinds::settings::PageLanguage;
use crate::kinds::subsidies::{Change, Period, ShownColumns, Stage, State};
use crate::privacy::Form;
use crate::values::Yuan;
use crate::views::{self, RecipientView};

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
        for (folder, view) in views::disclosure(site.board, area, disclosure, site.files) {
            let template = "subsidies.html";
            pages.leave(&Page { template, folder: &folder, title, view: &view, origin, noindex })?;
        }
        let folder = area.page("subsidies", &disclosure.name);
        leave_json(&data(disclosure), &format!("{folder}/data.json"), origin, door)?;
        let csv = csv(disclosure, site.board.settings.language);
        let path = format!("{folder}/recipients.csv");
        door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
    }
    Ok(())
}

/// The pictures of postings that are shown.
pub(super) fn photos(area: &AreaOnBoard) -> impl Iterator<Item = FileId> {
    area.subsidies.iter().filter_map(|disclosure| disclosure.posting.as_ref()?.photo)
}

#[derive(Serialize)]
struct DisclosureData<'b> {
    title: &'b str,
    item: Option<&'b str>,
    stage: Stage,
    state: State,
    authority: &'b str,
    basis: Option<&'b str>,
    edition: u32,
    notice_period: Option<Period>,
    decision: Option<DecisionData<'b>>,
    count: Option<u32>,
    cancelled: Option<u32>,
    households: Option<u32>,
    total: Option<Yuan>,
    units: BTreeMap<&'static str, &'b str>,
    recipients: Vec<RecipientData<'b>>,
}

#[derive(Serialize)]
struct DecisionData<'b> {
    date: NaiveDate,
    document: Option<&'b str>,
    effective: Option<NaiveDate>,
}

/// One row; a column that the list does not show has no key, apart from the three of every list.
#[derive(Serialize)]
struct RecipientData<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    name: Option<&'b str>,
    group: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    persons: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<&'b str>,
    amount: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'b str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'b str, &'b str>,
}

fn data(disclosure: &DisclosureOnBoard) -> DisclosureData<'_> {
    let figures = disclosure.figures;
    let columns = disclosure.recipients.columns();
    DisclosureData {
        title: &disclosure.title,
        item: disclosure.item.as_ref().map(|item| item.value.as_str()),
        stage: disclosure.stage,
        state: disclosure.state,
        authority: &disclosure.authority,
        basis: disclosure.basis.as_deref(),
        edition: disclosure.edition,
        notice_period: disclosure.period,
        decision: disclosure.decision.as_ref().map(|decision| DecisionData {
            date: decision.date,
            document: decision.document.as_deref(),
            effective: decision.effective,
        }),
        count: figures.map(|figures| figures.count),
        cancelled: figures.map(|figures| figures.cancelled),
        households: figures.and_then(|figures| figures.households),
        total: figures.and_then(|figures| figures.total),
        units: units(columns)
            .filter_map(|(key, unit)| Some((key, unit?)).filter(|(_, u)| !u.is_empty()))
            .collect(),
        recipients: views::rows(&disclosure.recipients)
            .into_iter()
            .map(|row| recipient(row, columns))
            .collect(),
    }
}

fn units(columns: &ShownColumns) -> impl Iterator<Item = (&'static str, Option<&str>)> {
    let units =
        [("standard", &columns.standard), ("quantity", &columns.quantity), ("amount", &columns.amount)];
    units.into_iter().map(|(key, unit)| (key, unit.as_deref()))
}

fn recipient<'b>(row: RecipientView<'b>, columns: &'b ShownColumns) -> RecipientData<'b> {
    let written = |text: &'b str| Some(text).filter(|text| !text.is_empty());
    let RecipientView {
        number,
        name,
        group,
        persons,
        standard,
        quantity,
        amount,
        paid_on,
        change,
        note,
        extra,
    } = row;
    RecipientData {
        number: columns.number.then_some(number),
        name: written(name),
        group: written(group),
        persons,
        standard,
        quantity: written(quantity),
        amount,
        paid_on,
        change,
        note: written(note),
        extra: columns
            .extra
            .iter()
            .map(String::as_str)
            .zip(extra)
            .filter(|(_, cell)| !cell.is_empty())
            .collect(),
    }
}

/// The list as CSV, with the headings of the contract in the board's language; the header alone where no
/// rows are shown.
fn csv(disclosure: &DisclosureOnBoard, language: PageLanguage) -> Vec<u8> {
    let columns = disclosure.recipients.columns();
    let mut headings: Vec<String> = keys(columns).map(|key| heading(key, columns, language)).collect();
    headings.extend(columns.extra.iter().cloned());
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let rows = views::rows(&disclosure.recipients);
    let cells = rows.iter().map(|row| {
        let own = keys(columns).map(|key| cell(key, row, language));
        own.chain(row.extra.iter().map(|cell| (*cell).to_owned())).collect::<Vec<_>>()
    });
    to_csv(&headings, cells)
}

/// The keys of the columns that are shown, in the order of the page.
fn keys(columns: &ShownColumns) -> impl Iterator<Item = &'static str> {
    let shown = [
        ("number", columns.number),
        ("name", columns.name),
        ("group", columns.group),
        ("persons", columns.persons),
        ("standard", columns.standard.is_some()),
        ("quantity", columns.quantity.is_some()),
        ("amount", columns.amount.is_some()),
        ("paid_on", columns.paid_on),
        ("change", columns.change),
        ("note", columns.note),
    ];
    shown.into_iter().filter(|(_, shown)| *shown).map(|(key, _)| key)
}

fn heading(key: &'static str, columns: &ShownColumns, language: PageLanguage) -> String {
    let bare = match language {
        PageLanguage::Chinese => RECIPIENTS.usual_heading(key),
        PageLanguage::English => key,
    };
    match units(columns).find(|(with_unit, _)| *with_unit == key) {
        Some((_, Some(unit))) if !unit.is_empty() => format!("{bare}({unit})"),
        _ => bare.to_owned(),
    }
}

fn cell(key: &str, row: &RecipientView<'_>, language: PageLanguage) -> String {
    let money = |amount: Option<Yuan>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    match key {
        "number" => row.number.to_string(),
        "name" => row.name.to_owned(),
        "group" => row.group.to_owned(),
        "persons" => row.persons.map(|persons| persons.to_string()).unwrap_or_default(),
        "standard" => money(row.standard),
        "quantity" => row.quantity.to_owned(),
        "amount" => money(row.amount),
        "paid_on" => row.paid_on.map(|day| day.to_string()).unwrap_or_default(),
        "change" => {
            row.change.map_or("", |change| change.written(language == PageLanguage::Chinese)).to_owned()
        }
        "note" => row.note.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
