//! Contact cards and teams of an area.

use chrono::NaiveDate;
use serde::Serialize;

use super::frame::{Link, encode_path, link_to_area};
use crate::board::{AreaOnBoard, Board, CardOnBoard, TeamOnBoard};
use crate::kinds::people::PersonId;
use crate::kinds::places::Serves;
use crate::source::Files;
use crate::values::Phone;

/// One contact card.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Id, as published in open data.
    pub id: String,
    /// Name.
    pub name: String,
    /// Position.
    pub position: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// What they are in charge of.
    pub duties: Option<String>,
    /// Telephone.
    pub phone: Option<PhoneView>,
    /// Whom they serve, in words.
    pub serves: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Address of the photo.
    pub photo: Option<String>,
}

/// A telephone number: as written, and as it is dialled.
#[derive(Clone, Debug, Serialize)]
pub struct PhoneView {
    /// As written.
    pub written: String,
    /// Digits for a `tel:` link.
    pub digits: String,
}

/// A team.
#[derive(Clone, Debug, Serialize)]
pub struct TeamView {
    /// Name.
    pub title: String,
    /// Head.
    pub head: Option<String>,
    /// Deputies.
    pub deputies: Vec<String>,
    /// Members.
    pub members: Vec<String>,
    /// Telephone.
    pub phone: Option<PhoneView>,
    /// Office.
    pub office: Option<String>,
    /// Where letters can be left.
    pub mailbox: Option<String>,
    /// Year it was formed for.
    pub year: Option<u32>,
    /// What it has by the uniform standard.
    pub has: Vec<String>,
}

/// The page of contacts.
#[derive(Clone, Debug, Serialize)]
pub struct ContactsView {
    /// Cards, in the order of the list.
    pub cards: Vec<CardView>,
    /// Teams.
    pub teams: Vec<TeamView>,
    /// The day the list was brought up to date.
    pub updated: Option<NaiveDate>,
    /// Address of the area's office.
    pub office: Option<String>,
    /// Telephone of the area's office.
    pub phone: Option<PhoneView>,
    /// Areas that lie in this one, whose contacts stand on pages of their own.
    pub below: Vec<Link>,
}

/// The contacts of an area.
pub fn contacts(board: &Board, area: &AreaOnBoard, files: &Files) -> ContactsView {
    ContactsView {
        cards: area.cards.iter().filter_map(|one| card(board, area, one, files)).collect(),
        teams: area.teams.iter().map(|one| team(board, one)).collect(),
        updated: area.updated,
        office: area.area.address.clone(),
        phone: area.area.phone.as_ref().map(PhoneView::from),
        below: area.children.iter().filter_map(|child| link_to_area(board, *child)).collect(),
    }
}

/// One card.
pub fn card(board: &Board, area: &AreaOnBoard, on_board: &CardOnBoard, files: &Files) -> Option<CardView> {
    let person = board.people.get(on_board.person)?;
    let card = &person.card;
    Some(CardView {
        id: board.people.published_id(on_board.person, &area.path),
        name: card.name.clone(),
        position: card.position.clone(),
        organisation: card.organisation.clone(),
        duties: card.duties.clone(),
        phone: card.phone.as_ref().map(PhoneView::from),
        serves: on_board.serves.iter().map(|serves| in_words(board, area, serves)).collect(),
        roles: card.roles.clone(),
        photo: card.photo.map(|photo| encode_path(files.path(photo))),
    })
}

/// Whom somebody serves, seen from `area`: its own groups by their bare name, others with their village's.
fn in_words(board: &Board, area: &AreaOnBoard, serves: &Serves) -> String {
    let name = |index: usize| board.areas.get(index).map(|area| area.area.name.clone()).unwrap_or_default();
    match serves {
        Serves::Area(index) => name(*index),
        Serves::Group(group) if board.areas.get(group.area).is_some_and(|of| of.path == area.path) => {
            group.name.clone()
        }
        Serves::Group(group) => name(group.area) + &group.name,
        Serves::Text(text) => text.clone(),
    }
}

fn team(board: &Board, on_board: &TeamOnBoard) -> TeamView {
    let name = |id: &PersonId| board.people.get(*id).map(|person| person.card.name.clone());
    let team = &on_board.team;
    TeamView {
        title: team.title.clone(),
        head: on_board.head.as_ref().and_then(name),
        deputies: on_board.deputies.iter().filter_map(name).collect(),
        members: on_board.members.iter().filter_map(name).collect(),
        phone: team.phone.as_ref().map(PhoneView::from),
        office: team.office.clone(),
        mailbox: team.mailbox.clone(),
        year: team.year,
        has: team.has.clone(),
    }
}

impl From<&Phone> for PhoneView {
    fn from(phone: &Phone) -> Self {
        Self { written: phone.written().to_owned(), digits: phone.digits().to_owned() }
    }
}
