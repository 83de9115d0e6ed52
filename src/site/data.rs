//! Open data: JSON, and CSV for tables.

use serde::Serialize;

use super::{Artifact, Door, Searched};
use crate::diagnostics::{Failure, FileId};
use crate::privacy::Form;
use crate::views;

#[derive(Serialize)]
struct ContactsData<'v> {
    contacts: Vec<ContactData<'v>>,
    teams: Vec<TeamData<'v>>,
}

#[derive(Serialize)]
struct ContactData<'v> {
    id: &'v str,
    name: &'v str,
    position: Option<&'v str>,
    organisation: Option<&'v str>,
    duties: Option<&'v str>,
    phone: Option<&'v str>,
    serves: &'v [String],
    roles: &'v [String],
}

#[derive(Serialize)]
struct TeamData<'v> {
    title: &'v str,
    head: Option<&'v str>,
    deputies: &'v [String],
    members: &'v [String],
    phone: Option<&'v str>,
    office: Option<&'v str>,
    mailbox: Option<&'v str>,
    year: Option<u32>,
    has: &'v [String],
}

/// The open data of an area's contacts as JSON, from what their page shows.
pub fn contacts(view: &views::ContactsView) -> Result<Vec<u8>, Failure> {
    to_json(&ContactsData {
        contacts: view.cards.iter().map(ContactData::from).collect(),
        teams: view.teams.iter().map(TeamData::from).collect(),
    })
}

/// Writes JSON and lets it leave.
pub(super) fn leave_json(
    data: &impl Serialize,
    path: &str,
    origin: Option<FileId>,
    door: &dyn Door,
) -> Result<(), Failure> {
    leave(&to_json(data)?, path, origin, door)
}

fn to_json(data: &impl Serialize) -> Result<Vec<u8>, Failure> {
    // Most of what is published is as large; a buffer that grows is copied each time it does.
    let mut bytes = Vec::with_capacity(8 << 10);
    serde_json::to_writer(&mut bytes, data)
        .map_err(|error| Failure::machine("internal-json").with("reason", error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Lets JSON leave.
pub(super) fn leave(
    bytes: &[u8],
    path: &str,
    origin: Option<FileId>,
    door: &dyn Door,
) -> Result<(), Failure> {
    door.leave(Artifact { path, bytes, searched: Searched::Bytes(Form::Json), origin })
}

impl<'v> From<&'v views::CardView> for ContactData<'v> {
    fn from(card: &'v views::CardView) -> Self {
        let views::CardView { id, name, position, organisation, duties, phone, serves, roles, photo: _ } =
            card;
        Self {
            id,
            name,
            position: position.as_deref(),
            organisation: organisation.as_deref(),
            duties: duties.as_deref(),
            phone: phone.as_ref().map(|phone| phone.written.as_str()),
            serves,
            roles,
        }
    }
}

impl<'v> From<&'v views::TeamView> for TeamData<'v> {
    fn from(team: &'v views::TeamView) -> Self {
        let views::TeamView { title, head, deputies, members, phone, office, mailbox, year, has } = team;
        Self {
            title,
            head: head.as_deref(),
            deputies,
            members,
            phone: phone.as_ref().map(|phone| phone.written.as_str()),
            office: office.as_deref(),
            mailbox: mailbox.as_deref(),
            year: *year,
            has,
        }
    }
}
