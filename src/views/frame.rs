//! What stands around every page: where one is, and the way to elsewhere.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::owed::{LateArea, late_in};
use crate::board::Board;

/// A link inside the site. `address` is from the site's root, percent-encoded; templates put the page's
/// `root` before it, so that links are relative and work from a folder too.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The words of the link.
    pub text: String,
    /// Where it leads, from the site's root.
    pub address: String,
}

/// An area among others.
#[derive(Clone, Debug, Serialize)]
pub struct AreaLink {
    /// Its page.
    #[serde(flatten)]
    pub link: Link,
    /// Whether it is the area of the page.
    pub here: bool,
}

/// The frame that all pages of one area share.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Name of the area.
    pub area_name: String,
    /// The areas it lies in and itself, from the root.
    pub trail: Vec<Link>,
    /// The areas beside it; empty where there are too many to list on every page.
    pub siblings: Vec<AreaLink>,
    /// Its page of contacts.
    pub contacts: String,
    /// Its page of reception days.
    pub reception: String,
    /// Its archive.
    pub archive: String,
    /// The page of its programs and funds, or of those of the nearest area that it lies in.
    pub programs: Option<String>,
    /// The page of its ledger, or of that of the nearest area around it, where a catalogue concerns one.
    pub ledger: Option<String>,
    /// How much is late by the ledger in it and in those that lie in it; only its own page says so.
    pub late: Option<LateArea>,
    /// Its page of open data.
    pub data: String,
    /// Its feed.
    pub feed: String,
    /// The day of the board; shown only where it matters.
    pub day: NaiveDate,
}

/// How many sibling areas are linked from every page.
const MOST_SIBLINGS: usize = 30;

/// The frame of an area's pages.
pub fn frame_of_area(board: &Board, index: usize) -> Frame {
    let path = board.areas.get(index).map_or("", |area| area.path.as_str());
    let within =
        |name: &str| encode_path(&if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") });
    Frame {
        area_name: board.areas.get(index).map(|area| area.area.name.clone()).unwrap_or_default(),
        trail: trail(board, index),
        siblings: siblings(board, index),
        contacts: within("contacts/index.html"),
        reception: within("reception/index.html"),
        archive: within("archive/index.html"),
        programs: programs(board, index),
        ledger: ledger(board, index),
        late: late_in(board, index),
        data: within("data/index.html"),
        feed: within("feed.xml"),
        day: board.day,
    }
}

fn trail(board: &Board, index: usize) -> Vec<Link> {
    let parent = |index: &usize| board.areas.get(*index).and_then(|area| area.parent);
    let mut trail: Vec<Link> =
        std::iter::successors(Some(index), parent).filter_map(|index| link_to_area(board, index)).collect();
    trail.reverse();
    trail
}

fn programs(board: &Board, index: usize) -> Option<String> {
    let parent = |index: &usize| board.areas.get(*index).and_then(|area| area.parent);
    let mut above = std::iter::successors(Some(index), parent).filter_map(|index| board.areas.get(index));
    let area = above.find(|area| area.programs.is_some())?;
    let folder = if area.path.is_empty() { "programs".to_owned() } else { format!("{}/programs", area.path) };
    Some(page_address(&folder))
}

fn ledger(board: &Board, index: usize) -> Option<String> {
    let parent = |index: &usize| board.areas.get(*index).and_then(|area| area.parent);
    let concerned = std::iter::successors(Some(index), parent).find(|index| board.ledger.concerns(*index))?;
    Some(page_address(&board.areas.get(concerned)?.page_of("ledger")))
}

fn siblings(board: &Board, index: usize) -> Vec<AreaLink> {
    let parent = board.areas.get(index).and_then(|area| area.parent);
    let siblings =
        parent.and_then(|parent| board.areas.get(parent)).map_or(&[][..], |parent| &parent.children);
    if siblings.len() > MOST_SIBLINGS {
        return Vec::new();
    }
    let link = |other: &usize| Some(AreaLink { link: link_to_area(board, *other)?, here: *other == index });
    siblings.iter().filter_map(link).collect()
}

/// The link to an area's own page.
pub(super) fn link_to_area(board: &Board, index: usize) -> Option<Link> {
    let area = board.areas.get(index)?;
    Some(Link { text: area.area.name.clone(), address: page_address(&area.path) })
}

/// The address of the page in the folder `path`.
pub(super) fn page_address(path: &str) -> String {
    if path.is_empty() { "index.html".to_owned() } else { encode_path(path) + "/index.html" }
}

/// Characters that are escaped in the path of a link.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b':');

/// A path as it stands in a link.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// The address on the web of the page in the folder `path`: encoded, with `/` at its end.
pub fn web_address(base_url: &str, path: &str) -> String {
    if path.is_empty() { base_url.to_owned() } else { format!("{base_url}{}/", encode_path(path)) }
}

/// Where the small picture stands that pages show of the picture at `path`, from the root.
pub fn small_picture(path: &str) -> String {
    format!("assets/small/{path}")
}

/// The way from a page in the folder `path` back to the root: `../` for each level.
pub fn root_from(path: &str) -> String {
    "../".repeat(path.split('/').filter(|part| !part.is_empty()).count())
}
