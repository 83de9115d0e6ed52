//! A poster of what matters on the day.

use serde::Serialize;

use super::contacts::labelled;
use super::sheet::{Draft, Ground, Pictures, Sheet};
use super::sources;
use crate::board::AreaOnBoard;
use crate::kinds::settings::Paper;
use crate::views::{self, AreaView, SheetKind, SheetName};

/// How many rows a part has at most: a poster is one page and is read from afar.
const MOST_OF_PART: usize = 5;

#[derive(Serialize)]
struct Body {
    today: String,
    /// The next session of reception.
    session: Option<Session>,
    /// What stands in its place where none is planned.
    greeting: Vec<String>,
    parts: Vec<Part>,
    /// How many rows a part has at most; fewer where the page is too small.
    most: usize,
}

#[derive(Serialize)]
struct Session {
    title: String,
    day: String,
    hours: Vec<String>,
    lines: Vec<String>,
    phone: Option<String>,
}

#[derive(Serialize)]
struct Part {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    text: String,
    note: Option<String>,
    figure: String,
    /// Whether the figure is a number to dial.
    phone: bool,
}

/// The poster of an area.
pub(super) fn sheet(ground: &Ground<'_>, area: &AreaOnBoard) -> Option<Sheet> {
    let words = ground.words;
    let view = views::area(ground.board, area, ground.files);
    let day = ground.board.day;
    let hotline = ground.board.settings.hotline.as_ref().map(|phone| phone.written());
    let body = Body {
        today: format!("{} {}", words.date(day), words.weekday(day)),
        session: session(ground, &view),
        greeting: [Some(words.get("no_session_ahead").to_owned()), labelled(ground, "hotline", hotline)]
            .into_iter()
            .flatten()
            .collect(),
        parts: parts(ground, &view),
        most: MOST_OF_PART,
    };
    let draft = Draft {
        name: SheetName::Of(SheetKind::Bulletin),
        flipped: false,
        title: words.fill("board_of_area", &[("area", area.area.name.clone())]),
        label: "sheet_label_bulletin",
        page: area.path.clone(),
        day: Some(day),
        fingerprint: None,
        signed: None,
        origin: Some(area.area.file),
        sources: sources::of_area(ground, area),
        pictures: Pictures::default(),
        body: serde_json::to_value(body).unwrap_or_default(),
    };
    let mut sheet = ground.sheet(area, draft);
    // A poster is read from afar.
    if sheet.data.paper == Paper::A4 {
        sheet.data.paper = Paper::A3;
    }
    Some(sheet)
}

fn session(ground: &Ground<'_>, view: &AreaView<'_>) -> Option<Session> {
    let words = ground.words;
    let next = view.next_session.as_ref()?;
    let host = match next.position {
        Some(position) => format!("{}（{position}）", next.host_name),
        None => next.host_name.to_owned(),
    };
    Some(Session {
        title: words.get("next_session").to_owned(),
        day: format!("{}（{}）", words.short_date(next.date), words.weekday(next.date)),
        hours: next.hours.clone(),
        lines: [
            labelled(ground, "session_host", Some(&host)),
            labelled(ground, "session_place", Some(next.place)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        phone: next.phone.as_ref().map(|phone| phone.written.clone()),
    })
}

fn parts(ground: &Ground<'_>, view: &AreaView<'_>) -> Vec<Part> {
    let words = ground.words;
    let open = view.open.iter().map(|one| Row {
        text: one.title.clone(),
        note: None,
        figure: one
            .end
            .map(|end| words.fill("until_day", &[("end", words.short_date(end))]))
            .unwrap_or_default(),
        phone: false,
    });
    let cards = view.cards.iter().filter(|card| card.phone.is_some()).map(|card| Row {
        text: card.name.clone(),
        note: card.duties.clone().or_else(|| card.position.clone()),
        figure: card.phone.as_ref().map(|phone| phone.written.clone()).unwrap_or_default(),
        phone: true,
    });
    let notices = view.notices.iter().map(|notice| Row {
        text: notice.title.clone(),
        note: None,
        figure: words.short_date(notice.date),
        phone: false,
    });
    let results = view.results.iter().map(|result| Row {
        text: result.link.title.clone(),
        note: None,
        figure: result.own.as_ref().map_or_else(
            || words.short_date(result.link.date),
            |own| words.fill("from_first_one", &[("from", own.rank.to_string())]),
        ),
        phone: false,
    });
    let part = |title: &str, rows: Vec<Row>| {
        let rows: Vec<Row> = rows.into_iter().take(MOST_OF_PART).collect();
        (!rows.is_empty()).then(|| Part { title: words.get(title).to_owned(), rows })
    };
    let parts = [
        part("open_disclosures", open.collect()),
        part("whom_to_ask", cards.collect()),
        part("notices", notices.collect()),
        part("latest_results", results.collect()),
    ];
    parts.into_iter().flatten().collect()
}
