//! The page of an area; the root area's is the front page of the board.

use serde::Serialize;

use super::contacts::{CardView, PhoneView, card};
use super::frame::{Link, link_to_area, page_address};
use super::notice::{NoticeLink, notice_link};
use super::postings::postings_shown;
use super::reception::{SessionView, next_session};
use super::results::{LatestResult, latest_results};
use super::subsidies::{DisclosureLink, disclosure_link};
use crate::board::{AreaOnBoard, Board};
use crate::kinds::subsidies::State;
use crate::source::Files;

/// How many of a kind an area's page shows; the rest is in the archive.
const MOST_SHOWN: usize = 10;
/// How many cards an area's page shows.
const MOST_CARDS: usize = 6;
/// How many areas an area's page lists.
const MOST_AREAS: usize = 300;

/// The page of an area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaView<'b> {
    /// Address of its office.
    pub office: Option<String>,
    /// Telephone of its office.
    pub phone: Option<PhoneView>,
    /// Number of households.
    pub households: Option<u32>,
    /// Whether it is the front page.
    pub front: bool,
    /// The next session of reception, its own or that of an area it lies in.
    pub next_session: Option<SessionView<'b>>,
    /// Notices that hold, pinned ones first.
    pub notices: Vec<NoticeLink>,
    /// Forms to print.
    pub forms: Vec<NoticeLink>,
    /// Disclosures to which objections are taken, the one that ends first before the others.
    pub open: Vec<DisclosureLink>,
    /// Other disclosures, newest first; those withdrawn stand in the archive.
    pub disclosures: Vec<DisclosureLink>,
    /// The latest results, and where the area stands in them.
    pub results: Vec<LatestResult>,
    /// The first cards of its list.
    pub cards: Vec<CardView>,
    /// How many more there are.
    pub more_cards: usize,
    /// The areas that lie in it.
    pub areas: Vec<Link>,
    /// The page of postings, where a list has begun.
    pub postings: Option<String>,
}

/// The page of the area with this index.
pub fn area<'b>(board: &'b Board, area: &'b AreaOnBoard, files: &Files) -> AreaView<'b> {
    let current = area.notices.iter().filter(|notice| !notice.is_archived(board.day));
    AreaView {
        office: area.area.address.clone(),
        phone: area.area.phone.as_ref().map(PhoneView::from),
        households: area.area.households,
        front: area.path.is_empty(),
        next_session: next_session(board, area),
        notices: current
            .clone()
            .filter(|notice| !notice.blank)
            .take(MOST_SHOWN)
            .map(|notice| notice_link(area, notice))
            .collect(),
        forms: current.filter(|notice| notice.blank).take(MOST_SHOWN).map(|n| notice_link(area, n)).collect(),
        open: open(area),
        disclosures: others(area),
        results: latest_results(board, area),
        cards: area.cards.iter().take(MOST_CARDS).filter_map(|one| card(board, area, one, files)).collect(),
        more_cards: area.cards.len().saturating_sub(MOST_CARDS),
        areas: area
            .children
            .iter()
            .take(MOST_AREAS)
            .filter_map(|child| link_to_area(board, *child))
            .collect(),
        postings: board
            .areas
            .iter()
            .position(|one| one.path == area.path)
            .and_then(|index| postings_shown(board, index))
            .map(|_| page_address(&area.page_of("postings"))),
    }
}

fn open(area: &AreaOnBoard) -> Vec<DisclosureLink> {
    let links = area.subsidies.iter().map(|disclosure| disclosure_link(area, disclosure));
    let mut open: Vec<DisclosureLink> = links.filter(|link| link.accepting).collect();
    open.sort_by_key(|link| link.end);
    open
}

fn others(area: &AreaOnBoard) -> Vec<DisclosureLink> {
    let links = area.subsidies.iter().map(|disclosure| disclosure_link(area, disclosure));
    links.filter(|link| !link.accepting && link.state != State::Withdrawn).take(MOST_SHOWN).collect()
}
