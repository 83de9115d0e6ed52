//! Disclosures of subsidies.

mod history;

pub use history::{ChainLink, Event, Happened};

use chrono::NaiveDate;
use serde::Serialize;

use super::contacts::PhoneView;
use super::frame::{Link, encode_path, page_address, small_picture};
use super::paging::{Page, PageLink, page_links, split_by_weight};
use super::postings::{PostingRecord, posting_record};
use crate::board::{AreaOnBoard, Board, DisclosureOnBoard, ProgramOfList};
use crate::kinds::subsidies::{Changed, Outcome, Recipient, Recipients, Stage, State};
use crate::source::Files;
use crate::values::Yuan;

/// A disclosure in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureLink {
    /// Title.
    pub title: String,
    /// Its page.
    pub address: String,
    /// What it is about.
    pub item: Option<String>,
    /// How far the decision has come.
    pub stage: Stage,
    /// Its state on the day.
    pub state: State,
    /// Whether objections are taken on the day, also while one is being reviewed.
    pub accepting: bool,
    /// Whether it is about benefits that end.
    pub ends: bool,
    /// First day of the notice period.
    pub start: Option<NaiveDate>,
    /// Last day of the notice period.
    pub end: Option<NaiveDate>,
    /// Day of the decision, once there is one.
    pub decided: Option<NaiveDate>,
    /// How many rows it has, cancelled ones not counted; unknown before the start.
    pub count: Option<u32>,
    /// Sum of the amounts, where there is money; unknown before the start.
    pub total: Option<Yuan>,
}

/// One page of a disclosure.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureView<'b> {
    /// Title, state, dates, figures.
    #[serde(flatten)]
    pub link: DisclosureLink,
    /// Who decides.
    pub authority: &'b str,
    /// On what ground.
    pub basis: Option<&'b str>,
    /// Edition, from the second on.
    pub edition: Option<u32>,
    /// Different households, where they are known.
    pub households: Option<u32>,
    /// Rows that are kept and added, where the table says which.
    pub changes: Option<Changed>,
    /// Cancelled rows; 0 is nothing to show.
    pub cancelled: u32,
    /// The first day with rows.
    pub begins: Option<NaiveDate>,
    /// Whether an upheld objection waits for its new list, and nothing else is being looked into.
    pub corrected: bool,
    /// The disclosure that stands in the place of this one.
    pub again: Option<Link>,
    /// The program of all rows, with the page that tells of it where there is one.
    pub program: Option<Link>,
    /// Where to object.
    pub objections_to: Option<ObjectionsToView>,
    /// What has happened to it, in the order of days.
    pub history: Vec<Event<'b>>,
    /// What the record of the posting comes to, once the list has begun.
    pub posting: Option<PostingRecord<'b>>,
    /// Address of a picture of the posting, as large as it is published.
    pub photo: Option<String>,
    /// Address of the same picture as the page shows it.
    pub photo_small: Option<String>,
    /// The lists of the same money, the first stage first, and those posted again; none where it stands alone.
    pub chain: Vec<ChainLink>,
    /// The rows of this page, each with its index in the list.
    #[serde(skip)]
    pub rows: Vec<(usize, Recipient<'b>)>,
    /// Whether the figures of the whole list stand below these rows.
    pub with_total: bool,
    /// Which page this is.
    pub page: Page,
    /// Addresses of all pages; empty where there is one.
    pub pages: Vec<PageLink>,
    /// The list as JSON.
    pub json: String,
    /// The list as CSV.
    pub csv: String,
}

/// Where to object.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectionsToView {
    /// Who takes objections.
    pub to: String,
    /// Their telephone.
    pub phone: Option<PhoneView>,
    /// Where to go.
    pub place: Option<String>,
}

/// A disclosure in a list.
pub fn disclosure_link(area: &AreaOnBoard, disclosure: &DisclosureOnBoard) -> DisclosureLink {
    DisclosureLink {
        title: disclosure.title.clone(),
        address: page_address(&area.page("subsidies", &disclosure.name)),
        item: disclosure.subject.clone(),
        stage: disclosure.stage,
        state: disclosure.state,
        accepting: disclosure.accepting,
        ends: disclosure.links.ends,
        start: disclosure.period.map(|period| period.start),
        end: disclosure.period.map(|period| period.end),
        decided: disclosure.decision.as_ref().map(|decision| decision.date),
        count: disclosure.figures.map(|figures| figures.count),
        total: disclosure.figures.and_then(|figures| figures.total),
    }
}

/// The pages of a disclosure, the first one first, each with the folder that holds it. `tags` are the bytes of
/// HTML in a row, its texts left out.
pub fn disclosure<'b>(
    board: &'b Board,
    area: &'b AreaOnBoard,
    disclosure: &'b DisclosureOnBoard,
    files: &Files,
    tags: usize,
) -> impl Iterator<Item = (String, DisclosureView<'b>)> {
    let folder = area.page("subsidies", &disclosure.name);
    let recipients = &disclosure.recipients;
    let rows = recipients.iter().enumerate().collect();
    let parts = split_by_weight(rows, |row| weight(recipients, row, tags));
    let blank = without_rows(board, area, disclosure, files);
    let folder_of = move |number: usize| match number {
        1 => folder.clone(),
        number => format!("{folder}/{number}"),
    };
    parts.into_iter().map(move |(page, rows)| {
        let view = DisclosureView {
            rows,
            with_total: page.number == page.count,
            page,
            pages: page_links(page, &folder_of),
            ..blank.clone()
        };
        (folder_of(page.number), view)
    })
}

/// What all pages of a disclosure have in common.
fn without_rows<'b>(
    board: &'b Board,
    area: &'b AreaOnBoard,
    disclosure: &'b DisclosureOnBoard,
    files: &Files,
) -> DisclosureView<'b> {
    let again = disclosure.links.reposted_to.as_ref().and_then(|later| area.disclosure(&later.name));
    let folder = encode_path(&area.page("subsidies", &disclosure.name));
    let photo = disclosure.posting.as_ref().and_then(|posting| posting.photo).map(|photo| files.path(photo));
    let figures = disclosure.figures.unwrap_or_default();
    DisclosureView {
        link: disclosure_link(area, disclosure),
        authority: &disclosure.authority,
        basis: disclosure.basis.as_deref(),
        edition: Some(disclosure.edition.value).filter(|edition| *edition > 1),
        households: figures.households,
        changes: figures.changes.filter(|changes| changes.kept + changes.added > 0),
        cancelled: figures.cancelled,
        begins: disclosure.begins,
        corrected: disclosure.state == State::Reviewing
            && disclosure.objections.iter().all(|known| known.objection.outcome != Outcome::Pending),
        again: again
            .map(|again| Link { text: again.title.clone(), address: disclosure_link(area, again).address }),
        program: disclosure.program.as_ref().map(program),
        objections_to: disclosure.objections_to.as_ref().map(|to| ObjectionsToView {
            to: to.to.clone(),
            phone: to.phone.as_ref().map(PhoneView::from),
            place: to.place.clone(),
        }),
        history: history::history(board, area, disclosure),
        posting: posting_record(board, disclosure),
        photo: photo.map(encode_path),
        photo_small: photo.map(|photo| encode_path(&small_picture(photo))),
        chain: history::chain(area, disclosure),
        rows: Vec::new(),
        with_total: false,
        page: Page { number: 1, count: 1 },
        pages: Vec::new(),
        json: format!("{folder}/data.json"),
        csv: format!("{folder}/recipients.csv"),
    }
}

/// The program of a list; without an address where no page tells of it.
fn program(program: &ProgramOfList) -> Link {
    let address = match program.area.as_deref() {
        None => String::new(),
        Some("") => page_address("programs"),
        Some(area) => page_address(&format!("{area}/programs")),
    };
    Link { text: program.title.clone(), address }
}

/// Bytes of HTML of a row: its texts, and the figures and tags between them.
fn weight(recipients: &Recipients, (index, row): &(usize, Recipient<'_>), tags: usize) -> usize {
    let Recipient { name, group, program, exception, note, .. } = row;
    let texts = [name, group, program, exception, note].into_iter().copied().chain(recipients.extra(*index));
    tags + texts.map(str::len).sum::<usize>()
}
