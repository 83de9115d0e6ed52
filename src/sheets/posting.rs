//! What to hang up and what to take down on the day, to tick off and sign.

use serde::Serialize;

use super::sheet::{Draft, Ground, Pictures, Sheet};
use super::sources;
use crate::board::{AreaOnBoard, Hanging, OnWall, Record};
use crate::views::{SheetKind, SheetName};

#[derive(Serialize)]
struct Body {
    today: String,
    about: Vec<String>,
    hang: Tasks,
    down: Tasks,
    /// Who signs, each with a line.
    signatures: Vec<String>,
}

#[derive(Serialize)]
struct Tasks {
    title: String,
    columns: Vec<String>,
    rows: Vec<Task>,
    nothing: String,
}

#[derive(Serialize)]
struct Task {
    title: String,
    day: String,
    note: String,
}

/// Until when something hangs whose last day is not known.
fn unlimited(ground: &Ground<'_>, one: &Hanging<'_>) -> String {
    let key = if matches!(one.what, OnWall::Subsidy(_)) { "sheet_until_decided" } else { "sheet_always" };
    ground.words.get(key).to_owned()
}

/// The posting list of an area.
pub(super) fn sheet(ground: &Ground<'_>, area: &AreaOnBoard) -> Option<Sheet> {
    let words = ground.words;
    let day = ground.board.day;
    let wall = area.wall(ground.board);
    let title_of = |what: OnWall<'_>| match (what, what.title()) {
        (OnWall::OldCard(_), Some(name)) => words.fill("sheet_old_card", &[("name", name.to_owned())]),
        (_, Some(title)) => title.to_owned(),
        (_, None) => words.fill("sheet_contacts_of", &[("area", area.area.name.clone())]),
    };
    let hang = wall.hang.iter().map(|one| Task {
        title: title_of(one.what),
        day: one.until.map(|until| words.short_date(until)).unwrap_or_else(|| unlimited(ground, one)),
        note: match (one.record, one.since.filter(|_| one.is_to_hang(day))) {
            (Record::Hangs, _) => words.get("sheet_posted").to_owned(),
            (Record::Missing, _) => words.get("sheet_not_posted").to_owned(),
            (Record::Outdated, _) => words.get("sheet_outdated").to_owned(),
            (Record::Early, _) => words.get("sheet_taken_early").to_owned(),
            (Record::NotKept, Some(since)) => {
                words.fill("sheet_new_since", &[("day", words.short_date(since))])
            }
            (Record::NotKept, None) => String::new(),
        },
    });
    let down = wall.take_down.iter().map(|one| Task {
        title: title_of(one.what),
        day: words.short_date(one.since),
        note: String::new(),
    });
    let old_cards = area.old_cards.iter().filter_map(|(person, _)| ground.board.people.get(*person));
    let mut sources = sources::of_area(ground, area);
    sources.extend(old_cards.map(|person| person.card.place.file));
    let tasks = |title: &str, day: &str, rows: Vec<Task>| Tasks {
        title: words.fill(title, &[("count", rows.len().to_string())]),
        columns: ["sheet_done", "sheet_what", day, "session_remark"]
            .iter()
            .map(|key| words.get(key).to_owned())
            .collect(),
        rows,
        nothing: words.get("sheet_nothing").to_owned(),
    };
    let body = Body {
        today: format!("{} {}", words.date(day), words.weekday(day)),
        about: vec![words.get("sheet_posting_how").to_owned()],
        hang: tasks("sheet_to_hang", "sheet_hang_until", hang.collect()),
        down: tasks("sheet_to_take_down", "sheet_down_since", down.collect()),
        signatures: words.get("sheet_signatures").split(' ').map(str::to_owned).collect(),
    };
    Some(ground.sheet(
        area,
        Draft {
            name: SheetName::Of(SheetKind::Posting),
            flipped: false,
            title: words.fill("sheet_posting_of", &[("area", area.area.name.clone())]),
            label: "sheet_label_posting",
            page: area.path.clone(),
            day: Some(day),
            fingerprint: None,
            signed: None,
            origin: Some(area.area.file),
            sources,
            pictures: Pictures::default(),
            body: serde_json::to_value(body).unwrap_or_default(),
        },
    ))
}
