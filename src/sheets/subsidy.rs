//! The sheet of a subsidy disclosure.

use chrono::Datelike;
use serde::Serialize;

use super::sheet::{Column, Draft, Ground, Pictures, Sheet, fit, half_characters};
use crate::board::{AreaOnBoard, DisclosureOnBoard};
use crate::kinds::subsidies::{Change, Recipient, Recipients, ShownColumn, State};
use crate::site::{disclosure_csv, heading_of};
use crate::values::{Fingerprint, Yuan};
use crate::views::{SheetName, has_sheet};

/// What only this kind of sheet has.
#[derive(Serialize)]
struct Body {
    /// The days in which objections are taken, or what became of the list.
    period: String,
    objections: Option<Objections>,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    /// The row of the total, in cells that span columns.
    total: Option<Vec<Cell>>,
    /// Ground, arithmetic, whom to call.
    remarks: Vec<String>,
    /// What stands instead of rows.
    empty: String,
    /// Size of the rows, in points on A4.
    size: f64,
}

#[derive(Serialize)]
struct Objections {
    text: String,
    phone: Option<String>,
    place: Option<String>,
}

#[derive(Serialize)]
struct Cell {
    span: usize,
    align: &'static str,
    text: String,
}

/// The longest text that a column keeps in one line, in half characters.
const MOST_IN_LINE: usize = 16;

/// The sheet of a disclosure; `None` while there is nothing to hang up.
pub(super) fn sheet(
    ground: &Ground<'_>,
    area: &AreaOnBoard,
    disclosure: &DisclosureOnBoard,
) -> Option<Sheet> {
    if !has_sheet(disclosure) {
        return None;
    }
    let recipients = &disclosure.recipients;
    let shown: Vec<ShownColumn<'_>> = recipients.columns().iter().collect();
    let shown = if recipients.is_empty() { Vec::new() } else { shown };
    let day = disclosure.decision.as_ref().map(|decision| decision.date).or(disclosure.begins);
    let mut columns: Vec<Column> = shown.iter().map(|column| self::column(*column, ground)).collect();
    // Where nothing else takes the room that is left, names do.
    if !columns.iter().any(|column| column.wide)
        && let Some(name) = shown.iter().position(|column| *column == ShownColumn::Name)
    {
        columns.iter_mut().skip(name).take(1).for_each(|column| column.wide = true);
    }
    let mut body = Body {
        period: period(ground, disclosure),
        objections: objections(ground, disclosure),
        columns,
        rows: recipients
            .iter()
            .enumerate()
            .map(|(index, row)| {
                shown.iter().map(|column| cell(*column, recipients, index, &row, ground)).collect()
            })
            .collect(),
        total: total(ground, disclosure, &shown),
        remarks: remarks(ground, disclosure),
        empty: figures(ground, disclosure).unwrap_or_default(),
        size: 0.0,
    };
    // One column takes the room that is left; of the others only those whose texts would be too long for a line.
    let long: Vec<bool> = widths(&body).map(|(_, _, longest)| longest > MOST_IN_LINE).collect();
    let mut others = body.columns.iter_mut().zip(long).filter(|(column, _)| column.wide).skip(1);
    others.by_ref().for_each(|(column, long)| column.wide = long);
    let fit = fit(widths(&body), 0.0);
    body.size = fit.size;
    Some(
        ground.sheet(
            area,
            Draft {
                name: SheetName::Subsidy(disclosure.name.clone()),
                flipped: fit.flipped,
                title: disclosure.title.clone(),
                label: "sheet_label_subsidy",
                page: area.page("subsidies", &disclosure.name),
                day,
                fingerprint: disclosure
                    .shows_rows
                    .then(|| Fingerprint::of(&disclosure_csv(disclosure, ground.board.settings.language))),
                signed: day.map(|day| (disclosure.authority.clone(), day)),
                origin: Some(disclosure.file),
                sources: disclosure.table.into_iter().collect(),
                pictures: Pictures::default(),
                body: serde_json::to_value(body).unwrap_or_default(),
            },
        ),
    )
}

/// Headings and longest cells of the columns.
fn widths(body: &Body) -> impl Iterator<Item = (&str, bool, usize)> {
    body.columns.iter().enumerate().map(|(at, column)| {
        let cells = body.rows.iter().filter_map(|row| row.get(at));
        let longest = cells.map(|cell| half_characters(cell)).max().unwrap_or_default();
        (column.title.as_str(), column.wide, longest)
    })
}

/// The days of the notice period while it runs, else how far the list has come.
fn period(ground: &Ground<'_>, disclosure: &DisclosureOnBoard) -> String {
    let words = ground.words;
    let same_year = disclosure.period.is_some_and(|period| period.start.year() == period.end.year());
    match (disclosure.state, disclosure.period) {
        (State::Reviewing, _) => words.get("state_reviewing").to_owned(),
        (State::Open, Some(period)) => words.fill(
            "sheet_period",
            &[
                ("start", words.date(period.start)),
                ("end", if same_year { words.short_date(period.end) } else { words.date(period.end) }),
                ("days", ((period.end - period.start).num_days() + 1).to_string()),
            ],
        ),
        (State::Confirmed, _) => {
            words.get(if disclosure.links.ends { "state_terminated" } else { "state_confirmed" }).to_owned()
        }
        _ => words.get("state_closed").to_owned(),
    }
}

fn objections(ground: &Ground<'_>, disclosure: &DisclosureOnBoard) -> Option<Objections> {
    let to = disclosure.objections_to.as_ref().filter(|_| disclosure.accepting)?;
    let end = disclosure.period.map(|period| ground.words.short_date(period.end)).unwrap_or_default();
    Some(Objections {
        text: ground.words.fill("sheet_objections", &[("end", end), ("to", to.to.clone())]),
        phone: to.phone.as_ref().map(|phone| phone.written().to_owned()),
        place: to.place.clone(),
    })
}

fn column(column: ShownColumn<'_>, ground: &Ground<'_>) -> Column {
    let (align, wide) = match column {
        ShownColumn::Number | ShownColumn::Persons | ShownColumn::Change => ("center", false),
        ShownColumn::Standard(_) | ShownColumn::Quantity(_) | ShownColumn::Amount(_) => ("right", false),
        ShownColumn::PaidOn => ("left", false),
        ShownColumn::Name => ("left", false),
        ShownColumn::Group | ShownColumn::Program => ("left", true),
        ShownColumn::Exception | ShownColumn::Note | ShownColumn::Extra(..) => ("left", true),
    };
    Column { title: heading_of(column, ground.words), align, wide }
}

fn cell(
    column: ShownColumn<'_>,
    recipients: &Recipients,
    index: usize,
    row: &Recipient<'_>,
    ground: &Ground<'_>,
) -> String {
    let money = |amount: Option<Yuan>| amount.map(Yuan::grouped).unwrap_or_default();
    match column {
        ShownColumn::Number => row.number.to_string(),
        ShownColumn::Name => row.name.to_owned(),
        ShownColumn::Group => row.group.to_owned(),
        ShownColumn::Persons => row.persons.map(|persons| persons.to_string()).unwrap_or_default(),
        ShownColumn::Program => row.program.to_owned(),
        ShownColumn::Standard(_) => money(row.standard),
        ShownColumn::Quantity(_) => row.quantity.to_owned(),
        ShownColumn::Amount(_) => money(row.amount),
        ShownColumn::PaidOn => row.paid_on.map(|day| ground.words.date(day)).unwrap_or_default(),
        ShownColumn::Change => {
            row.change.map(|change| ground.words.get(word(change)).to_owned()).unwrap_or_default()
        }
        ShownColumn::Exception => row.exception.to_owned(),
        ShownColumn::Note => row.note.to_owned(),
        ShownColumn::Extra(_, which) => recipients.extra(index).nth(which).unwrap_or_default().to_owned(),
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Kept => "change_kept",
        Change::Added => "change_added",
        Change::Cancelled => "change_cancelled",
    }
}

/// The row of the total, below the columns that `shown` says.
fn total(
    ground: &Ground<'_>,
    disclosure: &DisclosureOnBoard,
    shown: &[ShownColumn<'_>],
) -> Option<Vec<Cell>> {
    let amount = shown.iter().position(|column| matches!(column, ShownColumn::Amount(_)))?;
    let figures = disclosure.figures?;
    let text = figures.total?.grouped();
    let count = ground.words.fill("list_count", &[("count", figures.count.to_string())]);
    let label = format!("{}{}{count}", ground.words.get("total"), ground.words.get("colon"));
    let after = shown.len() - amount - 1;
    let mut cells = Vec::new();
    if amount > 0 {
        cells.push(Cell { span: amount, align: "left", text: label });
    }
    cells.push(Cell { span: 1, align: "right", text });
    if after > 0 {
        cells.push(Cell { span: after, align: "left", text: String::new() });
    }
    Some(cells)
}

/// How many, and how much.
fn figures(ground: &Ground<'_>, disclosure: &DisclosureOnBoard) -> Option<String> {
    let figures = disclosure.figures?;
    let count = ("count", figures.count.to_string());
    Some(match figures.total {
        Some(total) => ground.words.fill("count_and_total", &[count, ("total", total.grouped())]),
        None => ground.words.fill("count_of_rows", &[count]),
    })
}

fn remarks(ground: &Ground<'_>, disclosure: &DisclosureOnBoard) -> Vec<String> {
    let words = ground.words;
    let basis =
        disclosure.basis.as_ref().map(|basis| format!("{}{}{basis}", words.get("basis"), words.get("colon")));
    let arithmetic = arithmetic(disclosure)
        .map(|sum| format!("{}{}{sum}", words.get("sheet_arithmetic"), words.get("colon")));
    let edition = Some(disclosure.edition.value).filter(|edition| *edition > 1);
    let edition = edition.map(|edition| words.fill("edition_number", &[("number", edition.to_string())]));
    let hotline = ground.board.settings.hotline.as_ref();
    let hotline = hotline.map(|phone| format!("{} {}", words.get("hotline"), phone.written()));
    [basis, arithmetic, edition, hotline].into_iter().flatten().collect()
}

/// How the amount of the first row is made, where it follows from a standard: `1,025.00 × 12 = 12,300.00`.
fn arithmetic(disclosure: &DisclosureOnBoard) -> Option<String> {
    let row = disclosure.recipients.iter().find(|row| row.change != Some(Change::Cancelled))?;
    let (standard, amount) = (row.standard?, row.amount?);
    (!row.quantity.is_empty())
        .then(|| format!("{} × {} = {}", standard.grouped(), row.quantity, amount.grouped()))
}
