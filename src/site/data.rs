//! Open data: JSON, and CSV for tables.

use serde::Serialize;

use super::{Artifact, Door, Searched, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::{Failure, FileId};
use crate::privacy::Form;
use crate::views;

#[derive(Serialize)]
struct ContactsData {
    contacts: Vec<ContactData>,
    teams: Vec<TeamData>,
}

#[derive(Serialize)]
struct ContactData {
    id: String,
    name: String,
    position: Option<String>,
    organisation: Option<String>,
    duties: Option<String>,
    phone: Option<String>,
    serves: Vec<String>,
    roles: Vec<String>,
}

#[derive(Serialize)]
struct TeamData {
    title: String,
    head: Option<String>,
    deputies: Vec<String>,
    members: Vec<String>,
    phone: Option<String>,
    office: Option<String>,
    mailbox: Option<String>,
    year: Option<u32>,
    has: Vec<String>,
}

/// Makes the open data of an area's contacts, from what their page has shown.
pub(super) fn contacts(
    view: views::ContactsView,
    area: &AreaOnBoard,
    door: &dyn Door,
) -> Result<(), Failure> {
    let data = ContactsData {
        contacts: view.cards.into_iter().map(ContactData::from).collect(),
        teams: view.teams.into_iter().map(TeamData::from).collect(),
    };
    leave_json(&data, &within(&area.path, "contacts.json"), Some(area.area.file), door)
}

/// Writes JSON and lets it leave.
pub(super) fn leave_json(
    data: &impl Serialize,
    path: &str,
    origin: Option<FileId>,
    door: &dyn Door,
) -> Result<(), Failure> {
    // Most of what is published is as large; a buffer that grows is copied each time it does.
    let mut bytes = Vec::with_capacity(8 << 10);
    serde_json::to_writer(&mut bytes, data)
        .map_err(|error| Failure::machine("internal-json").with("reason", error))?;
    bytes.push(b'\n');
    door.leave(Artifact { path, bytes: &bytes, searched: Searched::Bytes(Form::Json), origin })
}

impl From<views::CardView> for ContactData {
    fn from(card: views::CardView) -> Self {
        let views::CardView { id, name, position, organisation, duties, phone, serves, roles, photo: _ } =
            card;
        Self {
            id,
            name,
            position,
            organisation,
            duties,
            phone: phone.map(|phone| phone.written),
            serves,
            roles,
        }
    }
}

impl From<views::TeamView> for TeamData {
    fn from(team: views::TeamView) -> Self {
        let views::TeamView { title, head, deputies, members, phone, office, mailbox, year, has } = team;
        let phone = phone.map(|phone| phone.written);
        Self { title, head, deputies, members, phone, office, mailbox, year, has }
    }
}
