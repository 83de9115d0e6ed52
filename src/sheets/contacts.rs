//! The contacts of an area: a board for the wall, and cards for every household.

use serde::Serialize;

use super::sheet::{Draft, Ground, Picture, Pictures, Sheet};
use super::sources;
use crate::board::{AreaOnBoard, CardOnBoard};
use crate::kinds::places::Serves;
use crate::site::contacts_data;
use crate::values::Fingerprint;
use crate::views::{self, CardView, ContactsView, SheetKind, SheetName, TeamView};

/// What only the board of contacts has.
#[derive(Serialize)]
struct Wall {
    /// Where the office is.
    answer: Vec<String>,
    /// Telephone of the office.
    phone: Option<String>,
    cards: Vec<Contact>,
    teams: Vec<Team>,
}

#[derive(Serialize)]
struct Contact {
    name: String,
    position: Option<String>,
    phone: Option<String>,
    serves: Option<String>,
    duties: Option<String>,
    /// Number of the picture.
    photo: Option<usize>,
}

#[derive(Serialize)]
struct Team {
    title: String,
    lines: Vec<String>,
    phone: Option<String>,
}

/// What only the cards have.
#[derive(Serialize)]
struct Cards {
    cards: Vec<Card>,
}

#[derive(Clone, Serialize)]
struct Card {
    name: String,
    position: Option<String>,
    phone: Option<String>,
    /// Whom to call for what, in one line.
    line: Option<String>,
}

/// How many characters of a position a card holds.
const MOST_OF_POSITION: usize = 28;
/// How many characters of what somebody does a card holds.
const MOST_OF_LINE: usize = 36;

/// The board of contacts.
pub(super) fn wall(ground: &Ground<'_>, area: &AreaOnBoard) -> Option<Sheet> {
    let view = views::contacts(ground.board, area, ground.files);
    let words = ground.words;
    let mut pictures = Pictures::default();
    let photos = area.cards.iter().map(|card| ground.board.people.get(card.person)?.card.photo);
    let cards = view.cards.iter().zip(photos).map(|(card, photo)| Contact {
        name: card.name.clone(),
        position: position(card),
        phone: card.phone.as_ref().map(|phone| phone.written.clone()),
        serves: serves(ground, card),
        duties: card.duties.clone(),
        photo: photo.map(|photo| pictures.add(Picture::Photo(photo))),
    });
    let body = Wall {
        cards: cards.collect(),
        teams: view.teams.iter().map(|one| team(ground, one)).collect(),
        answer: [
            Some(words.get("sheet_whom_to_call").to_owned()),
            labelled(ground, "office", view.office.as_deref()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        phone: view.phone.as_ref().map(|phone| phone.written.clone()),
    };
    let mut draft =
        draft(ground, area, &view, SheetKind::Contacts, "sheet_contacts_of", "sheet_label_contacts");
    draft.pictures = pictures;
    draft.body = serde_json::to_value(body).unwrap_or_default();
    Some(ground.sheet(area, draft))
}

/// Contact cards, each once; with `for_households` as many of each as there are households that its holder serves.
pub(super) fn cards(ground: &Ground<'_>, area: &AreaOnBoard, for_households: bool) -> Option<Sheet> {
    let view = views::contacts(ground.board, area, ground.files);
    let cards = area.cards.iter().zip(&view.cards).flat_map(|(on_board, card)| {
        let copies = if for_households { households(ground, area, on_board) } else { 1 };
        std::iter::repeat_n(
            Card {
                name: card.name.clone(),
                position: position(card).map(|position| cut(&position, MOST_OF_POSITION)),
                phone: card.phone.as_ref().map(|phone| phone.written.clone()),
                line: card
                    .duties
                    .clone()
                    .or_else(|| serves(ground, card))
                    .map(|line| cut(&line, MOST_OF_LINE)),
            },
            copies as usize,
        )
    });
    let body = Cards { cards: cards.collect() };
    if body.cards.is_empty() {
        return None;
    }
    let mut draft = draft(ground, area, &view, SheetKind::Cards, "sheet_cards_of", "sheet_label_cards");
    draft.body = serde_json::to_value(body).unwrap_or_default();
    let mut sheet = ground.sheet(area, draft);
    // Each card says whose it is; and ten of its size fill an A4, whatever the board's paper.
    sheet.data.label = sheet.data.title.clone();
    sheet.data.paper = crate::kinds::settings::Paper::A4;
    Some(sheet)
}

/// How many cards one for each household would be.
pub(super) fn cards_for_households(ground: &Ground<'_>, area: &AreaOnBoard) -> u32 {
    area.cards.iter().map(|card| households(ground, area, card)).fold(0, u32::saturating_add)
}

/// A text cut to what a card holds.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What both have in common: the number of their data is that of the page of contacts.
fn draft(
    ground: &Ground<'_>,
    area: &AreaOnBoard,
    view: &ContactsView,
    kind: SheetKind,
    title: &str,
    label: &'static str,
) -> Draft {
    let data = contacts_data(view);
    Draft {
        name: SheetName::Of(kind),
        flipped: false,
        title: ground.words.fill(title, &[("area", area.area.name.clone())]),
        label,
        page: area.page_of("contacts"),
        day: area.updated,
        fingerprint: data.ok().map(|data| Fingerprint::of(&data)),
        signed: None,
        origin: area
            .cards
            .first()
            .and_then(|card| ground.board.people.get(card.person))
            .map(|person| person.card.place.file),
        sources: sources::of_contacts(ground, area),
        pictures: Pictures::default(),
        body: serde_json::Value::Null,
    }
}

/// How many households somebody serves: those of the groups and areas that they serve, else those of their area.
fn households(ground: &Ground<'_>, area: &AreaOnBoard, card: &CardOnBoard) -> u32 {
    let of_area = |index: usize| ground.board.areas.get(index).and_then(|area| area.area.households);
    let served = card.serves.iter().filter_map(|serves| match serves {
        Serves::Area(index) => of_area(*index),
        Serves::Group(group) => {
            let groups = &ground.board.areas.get(group.area)?.area.groups;
            groups.iter().find(|one| one.name == group.name)?.households
        }
        Serves::Text(_) => None,
    });
    match served.fold(0, u32::saturating_add) {
        0 => area.area.households.unwrap_or(1),
        households => households,
    }
}

fn position(card: &CardView) -> Option<String> {
    card.position.clone().or_else(|| card.organisation.clone())
}

fn serves(ground: &Ground<'_>, card: &CardView) -> Option<String> {
    let all = card.serves.join(ground.words.get("comma"));
    labelled(ground, "serves", Some(all.as_str()).filter(|all| !all.is_empty()))
}

/// `办公地点：…`
pub(super) fn labelled(ground: &Ground<'_>, label: &str, text: Option<&str>) -> Option<String> {
    text.map(|text| format!("{}{}{text}", ground.words.get(label), ground.words.get("colon")))
}

fn team(ground: &Ground<'_>, team: &TeamView) -> Team {
    let list =
        |names: &[String]| Some(names.join(ground.words.get("comma"))).filter(|names| !names.is_empty());
    let lines = [
        labelled(ground, "team_head", team.head.as_deref()),
        labelled(ground, "team_deputies", list(&team.deputies).as_deref()),
        labelled(ground, "team_members", list(&team.members).as_deref()),
        labelled(ground, "office", team.office.as_deref()),
        labelled(ground, "mailbox", team.mailbox.as_deref()),
    ];
    Team {
        title: team.title.clone(),
        lines: lines.into_iter().flatten().collect(),
        phone: team.phone.as_ref().map(|phone| phone.written.clone()),
    }
}
