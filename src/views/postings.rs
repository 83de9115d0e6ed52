//! The postings of lists: where each hung, how long, and by whom.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::frame::{Link, encode_path, link_to_area, page_address};
use crate::board::{AreaOnBoard, Board, DisclosureOnBoard, Posted, PostingState};
use crate::source::Files;

/// How many lists the page shows, so that it stays light; all of them stand in the open data.
const MOST_LISTS: usize = 80;

/// The page of postings of an area and of those that lie in it.
#[derive(Clone, Debug, Serialize)]
pub struct PostingsView<'b> {
    /// How many lists have begun.
    pub count: usize,
    /// Of how many the evidence lacks, or that hang though they should not.
    pub amiss: usize,
    /// How many must hang now, and by their record do not.
    pub to_hang: usize,
    /// The lists: those with something amiss first, then those to hang up, then the newest.
    pub lists: Vec<PostingView<'b>>,
    /// How many more there are.
    pub more: usize,
    /// The same as JSON.
    pub json: String,
    /// The same as a table.
    pub csv: String,
}

/// The posting of one list.
#[derive(Clone, Debug, Serialize)]
pub struct PostingView<'b> {
    /// The area.
    pub area: Link,
    /// Path of the area; `.` for the root.
    pub path: &'b str,
    /// Whether it is the area of the page itself.
    pub own: bool,
    /// Title of the list.
    pub title: &'b str,
    /// Its page, from the root.
    pub address: String,
    /// Its record.
    #[serde(flatten)]
    pub record: PostingRecord<'b>,
    /// Whether something lacks of it, or it hangs though it should not.
    pub amiss: bool,
    /// Whether it must hang now, and by its record does not.
    pub to_hang: bool,
    /// Name of the words for how it stands.
    pub word: &'static str,
    /// Address of a picture, while it is published.
    pub photo: Option<String>,
}

/// The record of a posting. It names nobody but who hung it up and who saw it.
#[derive(Clone, Debug, Serialize)]
pub struct PostingRecord<'b> {
    /// What it comes to.
    pub state: PostingState,
    /// Whether the days are over on which the list had to hang.
    pub over: bool,
    /// Whether it hung for fewer days than it had to.
    pub short: bool,
    /// Where it hung.
    pub place: Option<&'b str>,
    /// Name of who hung it up.
    pub by: Option<&'b str>,
    /// Who saw it.
    pub witness: Option<&'b str>,
    /// First day.
    pub on: Option<NaiveDate>,
    /// Day it was taken down.
    pub off: Option<NaiveDate>,
    /// On how many days it hung, of those asked for where these are counted; unknown while it must hang.
    pub days: Option<i64>,
    /// On how many it had to.
    pub days_asked: Option<i64>,
    /// Whether a picture was taken; it is withdrawn with the rows.
    pub pictured: bool,
}

/// Whether a picture of a posting is shown of a list of the area with this index or of one that lies in it; `None` where no
/// list has begun.
pub fn postings_shown(board: &Board, index: usize) -> Option<bool> {
    let areas = || board.within(index).filter_map(|index| board.areas.get(index));
    let lists = areas().flat_map(AreaOnBoard::postings);
    let pictured = |list: &DisclosureOnBoard| list.posting.as_ref().is_some_and(|one| one.photo.is_some());
    lists.map(|(list, _)| pictured(list)).reduce(|a, b| a || b)
}

/// The postings of the area with this index and of those that lie in it; `None` where no list has begun.
pub fn postings<'b>(board: &'b Board, index: usize, files: &Files) -> Option<PostingsView<'b>> {
    let area = board.areas.get(index)?;
    let mut lists = all_postings(board, index, files);
    if lists.is_empty() {
        return None;
    }
    let amiss = lists.iter().filter(|list| list.amiss).count();
    let to_hang = lists.iter().filter(|list| list.to_hang).count();
    lists.sort_by_key(|list| (!list.amiss, !list.to_hang, Reverse(list.record.on)));
    let count = lists.len();
    lists.truncate(MOST_LISTS);
    let file = |name: &str| encode_path(&area.page_of(name));
    let (json, csv) = (file("postings.json"), file("postings.csv"));
    Some(PostingsView { count, amiss, to_hang, more: count - lists.len(), lists, json, csv })
}

/// The same without a limit, area by area, the newest list of each first.
pub fn all_postings<'b>(board: &'b Board, index: usize, files: &Files) -> Vec<PostingView<'b>> {
    let of_area = |within: usize| {
        let area = board.areas.get(within);
        let lists = area.into_iter().flat_map(|area| area.postings().map(move |list| (area, list)));
        lists.filter_map(move |(area, (list, posted))| {
            let photo = list.posting.as_ref().and_then(|posting| posting.photo);
            let record = record(board, list, posted);
            Some(PostingView {
                area: link_to_area(board, within)?,
                path: if area.path.is_empty() { "." } else { &area.path },
                own: within == index,
                title: &list.title,
                address: page_address(&area.page("subsidies", &list.name)),
                amiss: posted.is_amiss(),
                to_hang: list.is_to_hang(),
                word: record.word(),
                record,
                photo: photo.map(|photo| encode_path(files.path(photo))),
            })
        })
    };
    board.within(index).flat_map(of_area).collect()
}

/// The record of a list; `None` before the list begins.
pub fn posting_record<'b>(board: &'b Board, list: &'b DisclosureOnBoard) -> Option<PostingRecord<'b>> {
    Some(record(board, list, list.posted()?))
}

fn record<'b>(board: &'b Board, list: &'b DisclosureOnBoard, posted: Posted) -> PostingRecord<'b> {
    let Posted { state, asked: _, days, short, over } = posted;
    let posting = list.posting.as_ref();
    let by = posting.and_then(|posting| board.people.get(posting.by?));
    PostingRecord {
        state,
        over,
        short,
        place: posting.and_then(|posting| posting.place.as_deref()),
        by: by.map(|person| person.card.name.as_str()),
        witness: posting.and_then(|posting| posting.witness.as_deref()),
        on: posting.and_then(|posting| posting.on),
        off: posting.and_then(|posting| posting.off),
        days,
        days_asked: posted.days_asked(),
        pictured: posting.is_some_and(|posting| posting.pictured),
    }
}

impl PostingRecord<'_> {
    /// Name of the words for how it stands.
    pub fn word(&self) -> &'static str {
        match self.state {
            PostingState::Hangs => "posting_hangs",
            PostingState::Taken => "posting_taken",
            PostingState::Missing if self.over => "posting_missing",
            PostingState::Missing => "posting_not_yet",
            PostingState::Outdated => "posting_outdated",
            PostingState::Short => "posting_short",
            PostingState::Overstays => "posting_overstays",
            PostingState::Withdrawn => "posting_withdrawn",
        }
    }
}
