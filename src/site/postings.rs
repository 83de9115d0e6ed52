//! The postings of lists: their page, and the same as JSON and CSV.

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views;

#[derive(Serialize)]
struct PostingsData<'v> {
    postings: Vec<PostingData<'v>>,
}

#[derive(Serialize)]
struct PostingData<'v> {
    area: &'v str,
    area_name: &'v str,
    title: &'v str,
    page: &'v str,
    #[serde(flatten)]
    record: &'v views::PostingRecord<'v>,
    photo: Option<&'v str>,
}

/// Makes the page and the open data of an area's postings, where a list has begun in it or in those that lie in it.
pub(super) fn make(
    site: Site<'_>,
    index: usize,
    area: &AreaOnBoard,
    pages: &mut Pages<'_, '_>,
    door: &dyn Door,
) -> Result<(), Failure> {
    let Some(view) = views::postings(site.board, index, site.files) else { return Ok(()) };
    let origin = Some(area.area.file);
    let folder = within(&area.path, "postings");
    let page = Page::open("postings.html", &folder, &area.area.name, &view, origin);
    // A picture may show names, and engines follow links.
    let noindex = views::postings_shown(site.board, index).is_some_and(|pictured| pictured);
    pages.leave(&Page { noindex, ..page })?;
    let all = views::all_postings(site.board, index, site.files);
    let data = PostingsData {
        postings: all
            .iter()
            .map(|one| PostingData {
                area: one.path,
                area_name: &one.area.text,
                title: one.title,
                page: &one.address,
                record: &one.record,
                photo: one.photo.as_deref(),
            })
            .collect(),
    };
    leave_json(&data, &within(&area.path, "postings.json"), origin, door)?;
    let path = within(&area.path, "postings.csv");
    let bytes = csv(site, &all);
    door.leave(Artifact { path: &path, bytes: &bytes, searched: Searched::Bytes(Form::Csv), origin })
}

/// One list a row, with the words of the page.
fn csv(site: Site<'_>, all: &[views::PostingView<'_>]) -> Vec<u8> {
    let words = &site.theme.words;
    let headings = [
        "posting_area",
        "posting_list",
        "posting_state",
        "posting_place",
        "posting_by",
        "posting_seen",
        "event_posted",
        "event_taken",
        "posting_days",
        "posting_days_asked",
        "posting_photo",
    ]
    .map(|name| words.get(name));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let rows = all.iter().map(|one| {
        let record = &one.record;
        [
            one.area.text.clone(),
            one.title.to_owned(),
            words.get(one.word).to_owned(),
            text(record.place),
            text(record.by),
            text(record.witness),
            day(record.on),
            day(record.off),
            number(record.days),
            number(record.days_asked),
            text(one.photo.as_deref()),
        ]
    });
    to_csv(&headings, rows)
}
