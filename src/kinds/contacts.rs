//! Contact cards and teams (`contacts.toml`, a table, or several files in `contacts/`).

use chrono::NaiveDate;

use super::columns;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::parse::{address_text, date, located, phone, text, unpublished_text, whole};
use crate::source::{Fields, Located, Reading, Table, read_toml};
use crate::values::Phone;

const TEAM_SIZE: Code = Code::error("team-size");
const SIZE_ORDER: Code = Code::error("size-order");

/// Everything that one area says of its contacts.
#[derive(Debug, Default)]
pub struct Contacts {
    /// The day the list was last brought up to date, as each file says.
    pub updated: Vec<NaiveDate>,
    /// The cards.
    pub cards: Vec<Contact>,
    /// The teams.
    pub teams: Vec<Team>,
    /// Old addresses of the page of contacts.
    pub aliases: Vec<Located<String>>,
    /// Ids and names of cards that could not be read, so that references to them are not reported again.
    pub broken: Vec<String>,
    /// Whether a file could not be read, or a card that names nobody: anybody could stand there.
    pub unread: bool,
    /// Whether a team could not be read.
    pub lacks_team: bool,
}

/// A contact card.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id, where one is given.
    pub id: Option<Located<String>>,
    /// Name.
    pub name: String,
    /// Position, such as 镇党委副书记.
    pub position: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// What they are in charge of (分管工作).
    pub duties: Option<String>,
    /// Telephone, published by design.
    pub phone: Option<Phone>,
    /// Whom they serve: paths of areas and groups, or free text.
    pub serves: Vec<Located<String>>,
    /// Roles, such as 为民服务员.
    pub roles: Vec<String>,
    /// Photo.
    pub photo: Option<FileId>,
    /// First day in office.
    pub from: Option<NaiveDate>,
    /// Last day in office.
    pub to: Option<NaiveDate>,
    /// Who follows, from the day after `to`.
    pub successor: Option<Located<String>>,
    /// Where the card is written.
    pub place: Place,
}

/// A work station or a leading group.
#[derive(Clone, Debug)]
pub struct Team {
    /// Name.
    pub title: String,
    /// Its one head.
    pub head: Located<String>,
    /// Deputies.
    pub deputies: Vec<Located<String>>,
    /// Members.
    pub members: Vec<Located<String>>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Office.
    pub office: Option<String>,
    /// Where letters can be left (服务信箱).
    pub mailbox: Option<String>,
    /// Year it was formed for.
    pub year: Option<u32>,
    /// What it has by the uniform standard (七有).
    pub has: Vec<String>,
    /// Where it is written.
    pub place: Place,
}

impl Contacts {
    /// Whether all cards could be read.
    pub fn has_all_cards(&self) -> bool {
        !self.unread && self.broken.is_empty()
    }

    /// Whether everything could be read.
    pub fn is_complete(&self) -> bool {
        self.has_all_cards() && !self.lacks_team
    }
}

impl Contact {
    /// Whether they hold the office on `day`.
    pub fn in_office(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Reads all contact files of an area.
pub fn read(reading: &mut Reading<'_>) -> Contacts {
    let mut contacts = Contacts::default();
    let folder = reading.folder;
    for file in &folder.contacts {
        if reading.content.files.path(*file).to_ascii_lowercase().ends_with(".toml") {
            read_list(*file, reading, &mut contacts);
        } else {
            read_table(*file, reading, &mut contacts);
        }
    }
    contacts
}

fn read_list(file: FileId, reading: &mut Reading<'_>, contacts: &mut Contacts) {
    let source = reading.text(file);
    let table = source.as_deref().and_then(|source| read_toml(source, 0, file, &mut reading.problems));
    let Some(table) = table else {
        contacts.unread = true;
        return;
    };
    let mut photos = Vec::new();
    let mut fields = Fields::new(&table, &mut reading.problems);
    contacts.updated.extend(fields.list("updated", date));
    contacts.aliases.extend(fields.list("aliases", located(address_text)));
    fields.tables("contact", |table, problems| keep(contact(table, problems), table, contacts, &mut photos));
    let Contacts { teams, lacks_team, .. } = contacts;
    teams.extend(fields.tables("team", |table, problems| {
        let team = team(table, problems);
        *lacks_team |= team.is_none();
        team
    }));
    fields.finish_knowing(|key| key_of_card(key).then_some("[[contact]]"));
    attach_photos(&photos, reading, contacts);
}

fn read_table(file: FileId, reading: &mut Reading<'_>, contacts: &mut Contacts) {
    let Some(sheet) = columns::CONTACTS.read(file, None, &[], reading) else {
        contacts.unread = true;
        return;
    };
    let meant = columns::CONTACTS.report_unknown(&sheet, &mut reading.problems);
    if meant.contains(&"name") {
        // Whom each row is about stands under a heading that is misspelt.
        contacts.unread = true;
        return;
    }
    let mut photos = Vec::new();
    for row in sheet.rows() {
        let table = columns::CONTACTS.row_as_table(&sheet, &row);
        let card = contact(&table, &mut reading.problems);
        keep(card, &table, contacts, &mut photos);
    }
    attach_photos(&photos, reading, contacts);
}

/// A card as it was read, with the path of its photo still unresolved.
type Card = (Contact, Option<Located<String>>);

fn keep(
    card: Option<Card>,
    table: &Table<'_>,
    contacts: &mut Contacts,
    photos: &mut Vec<(usize, Located<String>)>,
) -> Option<()> {
    match card {
        Some((card, photo)) => {
            photos.extend(photo.map(|photo| (contacts.cards.len(), photo)));
            contacts.cards.push(card);
        }
        None => {
            let known = contacts.broken.len();
            contacts.broken.extend(["id", "name"].into_iter().filter_map(|key| table.text(key)));
            contacts.unread |= contacts.broken.len() == known;
        }
    }
    Some(())
}

fn attach_photos(photos: &[(usize, Located<String>)], reading: &mut Reading<'_>, contacts: &mut Contacts) {
    for (index, path) in photos {
        let photo = reading.picture(path);
        if let Some(card) = contacts.cards.get_mut(*index) {
            card.photo = photo;
        }
    }
}

fn key_of_card(key: &str) -> bool {
    columns::CONTACTS.keys().any(|known| known == key)
}

fn contact(table: &Table<'_>, problems: &mut Problems) -> Option<Card> {
    let mut fields = Fields::new(table, problems);
    let id = fields.optional("id", located(unpublished_text));
    let name = fields.required("name", text);
    let position = fields.optional("position", text);
    let organisation = fields.optional("organisation", text);
    let duties = fields.optional("duties", text);
    let phone = fields.optional("phone", phone);
    let serves = fields.list("serves", located(text));
    let roles = fields.list("roles", text);
    let photo = fields.optional("photo", located(unpublished_text));
    let from = fields.optional("from", date);
    let to = fields.optional("to", located(date));
    let successor = fields.optional("successor", located(unpublished_text));
    fields.finish();
    if let (Some(from), Some(to)) = (from, to) {
        super::check_order(from, to, problems);
    }
    let to = to.map(|to| to.value);
    let place = table.place;
    let name = name?;
    let card = Contact {
        id,
        name,
        position,
        organisation,
        duties,
        phone,
        serves,
        roles,
        photo: None,
        from,
        to,
        successor,
        place,
    };
    Some((card, photo))
}

fn team(table: &Table<'_>, problems: &mut Problems) -> Option<Team> {
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let head = fields.required("head", located(unpublished_text));
    let deputies = fields.list("deputies", located(unpublished_text));
    let members = fields.list("members", located(unpublished_text));
    let size = fields.list("size", located(whole(0, 1000)));
    let phone = fields.optional("phone", phone);
    let office = fields.optional("office", text);
    let mailbox = fields.optional("mailbox", text);
    let year = fields.optional("year", whole(1949, 2200));
    let has = fields.list("has", text);
    fields.finish();
    check_size(&size, members.len(), table.place, problems);
    let place = table.place;
    Some(Team { title: title?, head: head?, deputies, members, phone, office, mailbox, year, has, place })
}

/// The number of members lies between the least and the most.
fn check_size(size: &[Located<u32>], members: usize, place: Place, problems: &mut Problems) {
    let (least, most) = match size {
        [] => return,
        [least, most] if least.value <= most.value => (least, most),
        _ => {
            problems.add(Diagnostic::new(SIZE_ORDER, size.first().map_or(place, |size| size.place)));
            return;
        }
    };
    if !(least.value as usize..=most.value as usize).contains(&members) {
        let problem = Diagnostic::new(TEAM_SIZE, least.place);
        problems.add(problem.with("members", members).with("least", least.value).with("most", most.value));
    }
}
