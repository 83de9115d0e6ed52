//! The ledger: what is late and who must act, what falls due, and a table of areas and items.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate, Weekday};
use serde::Serialize;

use super::contacts::PhoneView;
use super::frame::{Link, encode_path, link_to_area, page_address};
use crate::board::{AreaOnBoard, Board, Counts, DAYS_AHEAD, Duty, DutyState, Met};
use crate::kinds::area::Level;
use crate::kinds::catalogue::{DueRule, Item, ItemKind};
use crate::kinds::people::PersonId;
use crate::source::Located;

/// How many lines a list of the page holds; all of them stand in the open data.
const MOST_LINES: usize = 60;
/// How many cells the tables hold, so that the page stays light.
const MOST_CELLS: usize = 360;
/// How many items stand beside each other in a table: so many fit on a screen and on paper.
const MOST_COLUMNS: usize = 6;

/// The page of an area's ledger.
#[derive(Clone, Debug, Serialize)]
pub struct OwedView<'b> {
    /// What is late, the longest first.
    pub late: Vec<OwedDuty<'b>>,
    /// How many more are late.
    pub more_late: usize,
    /// How many are late.
    pub late_count: usize,
    /// In how many areas.
    pub late_areas: usize,
    /// What falls due soon, the first before the others.
    pub soon: Vec<OwedDuty<'b>>,
    /// How many more fall due soon.
    pub more_soon: usize,
    /// For so many days ahead.
    pub days_ahead: u64,
    /// The obligations counted.
    pub counts: Counts,
    /// Those fulfilled, in time or not.
    pub done: usize,
    /// The items of the area itself.
    pub own: Vec<OwedDuty<'b>>,
    /// The areas that lie in it and their items, in tables of a few columns each.
    pub tables: Vec<TableView<'b>>,
    /// How many areas stand in no row.
    pub more_rows: usize,
    /// The items that the rows owe.
    pub items: Vec<OwedItem<'b>>,
    /// The same as JSON.
    pub json: String,
    /// The same as a table.
    pub csv: String,
    /// What falls due, as a feed.
    pub feed: String,
}

/// One item in one area.
#[derive(Clone, Debug, Serialize)]
pub struct OwedDuty<'b> {
    /// The area.
    pub area: Link,
    /// Path of the area; `.` for the root.
    pub path: &'b str,
    /// Id of the item.
    pub item: &'b str,
    /// Its title.
    pub title: &'b str,
    /// How it stands.
    pub state: DutyState,
    /// The last day of the obligation that the state is about.
    pub due: Option<NaiveDate>,
    /// The last day of the oldest one that is overdue.
    pub overdue_since: Option<NaiveDate>,
    /// Whether it was fulfilled too late.
    pub late: bool,
    /// The next last day.
    pub next_due: Option<NaiveDate>,
    /// What was published last, or fulfils it.
    pub latest: Option<LatestView<'b>>,
    /// Who sees to it.
    pub who: Option<WhoView>,
    /// Its obligations counted.
    pub counts: Counts,
}

/// A publication.
#[derive(Clone, Debug, Serialize)]
pub struct LatestView<'b> {
    /// Its title; `None` for contacts.
    pub title: Option<&'b str>,
    /// Its page, from the root.
    pub address: String,
    /// The day it was published.
    pub day: NaiveDate,
    /// The last day on which objections are taken.
    pub open_until: Option<NaiveDate>,
}

/// Whom to call.
#[derive(Clone, Debug, Serialize)]
pub struct WhoView {
    /// Name; `None` where it is the area's office.
    pub name: Option<String>,
    /// Telephone.
    pub phone: Option<PhoneView>,
}

/// A table of areas and some of their items.
#[derive(Clone, Debug, Serialize)]
pub struct TableView<'b> {
    /// The titles of the items.
    pub columns: Vec<&'b str>,
    /// The areas.
    pub rows: Vec<RowView<'b>>,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct RowView<'b> {
    /// The area; its link leads to its own ledger.
    pub area: Link,
    /// What it and those that lie in it owe.
    pub counts: Counts,
    /// Those fulfilled.
    pub done: usize,
    /// A cell for each column.
    pub cells: Vec<CellView<'b>>,
}

/// A cell of the table.
#[derive(Clone, Debug, Serialize)]
pub struct CellView<'b> {
    /// `done`, `late`, `due`, `overdue`, `except`, or `none` where nothing is owed.
    pub state: &'static str,
    /// The day that matters.
    pub day: Option<NaiveDate>,
    /// What fulfils it.
    pub address: Option<String>,
    /// The title of the column.
    pub title: &'b str,
}

/// An item of the catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct OwedItem<'b> {
    /// Id.
    pub id: &'b str,
    /// Title.
    pub title: &'b str,
    /// What fulfils it.
    pub kind: ItemKind,
    /// Areas of this level owe it.
    pub level: Level,
    /// The name of the words for its rule; `always` without one.
    pub rule: &'static str,
    /// The number in these words: a day, how many days, a weekday from Monday.
    pub number: Option<i64>,
    /// The month in these words.
    pub month: Option<u32>,
    /// A day of the week that the rule names, as some day of that kind.
    pub weekday: Option<NaiveDate>,
    /// Names of areas that owe nothing of it.
    pub except: Vec<&'b str>,
    /// On what ground.
    pub basis: Option<&'b str>,
    /// When that was last looked up.
    pub checked: Option<NaiveDate>,
}

/// The ledger of the area with this index; `None` where no catalogue concerns it.
pub fn owed(board: &Board, index: usize) -> Option<OwedView<'_>> {
    let area = board.areas.get(index)?;
    if !board.ledger.concerns(index) {
        return None;
    }
    let all = duties(board, index);
    let mut late: Vec<OwedDuty<'_>> =
        all.iter().filter(|one| one.state == DutyState::Overdue).cloned().collect();
    late.sort_by_key(|one| one.overdue_since);
    let last = board.day.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(board.day);
    let soon = falling_due(board, index, last);
    let mut late_areas: Vec<&str> = late.iter().map(|one| one.path).collect();
    late_areas.sort_unstable();
    late_areas.dedup();
    let late_areas = late_areas.len();
    let (late_count, soon_count) = (late.len(), soon.len());
    late.truncate(MOST_LINES);
    let counts = board.ledger.counts(index);
    let (tables, more_rows) = tables(board, area);
    let file = |name: &str| encode_path(&area.page_of(name));
    Some(OwedView {
        more_late: late_count - late.len(),
        late,
        late_count,
        late_areas,
        more_soon: soon_count.saturating_sub(MOST_LINES),
        soon: soon.into_iter().take(MOST_LINES).collect(),
        days_ahead: DAYS_AHEAD,
        counts,
        done: counts.done(),
        own: board.ledger.duties(index).iter().filter_map(|one| duty(board, index, one)).collect(),
        tables,
        more_rows,
        items: items(board, index),
        json: file("ledger.json"),
        csv: file("ledger.csv"),
        feed: file("due.xml"),
    })
}

/// Every item in the area with this index and in those that lie in it.
pub fn duties(board: &Board, index: usize) -> Vec<OwedDuty<'_>> {
    let of_area =
        |area: usize| board.ledger.duties(area).iter().filter_map(move |one| duty(board, area, one));
    board.within(index).flat_map(of_area).collect()
}

/// What falls due by `last` and is not fulfilled, the first before the others.
pub fn falling_due(board: &Board, index: usize, last: NaiveDate) -> Vec<OwedDuty<'_>> {
    board.falling_due(index, last).into_iter().filter_map(|(area, one)| duty(board, area, one)).collect()
}

fn duty<'b>(board: &'b Board, index: usize, duty: &'b Duty) -> Option<OwedDuty<'b>> {
    let area = board.areas.get(index)?;
    let item = board.ledger.item(duty)?;
    Some(OwedDuty {
        area: Link { text: area.area.name.clone(), address: page_address(&area.page_of("ledger")) },
        path: if area.path.is_empty() { "." } else { &area.path },
        item: &item.id.value,
        title: &item.title.value,
        state: duty.state,
        due: duty.due_day(),
        overdue_since: duty.overdue_since,
        late: duty.late,
        next_due: duty.next_due,
        latest: duty.latest.as_ref().map(|latest| LatestView {
            title: latest.title.as_deref(),
            address: page_address(&latest.folder),
            day: latest.fact.day,
            open_until: latest.open_until,
        }),
        who: who(board, index, duty.who),
        counts: crate::board::count([duty]),
    })
}

/// Whom to call in an area: this contact, where they can be called, else the area's office.
pub(super) fn who(board: &Board, index: usize, person: Option<PersonId>) -> Option<WhoView> {
    let card = person.and_then(|id| board.people.get(id)).map(|person| &person.card);
    let office = || board.areas.get(index).and_then(|area| area.area.phone.as_ref());
    match card {
        Some(card) => {
            let phone = card.phone.as_ref().or_else(office).map(PhoneView::from);
            Some(WhoView { name: Some(card.name.clone()), phone })
        }
        None => office().map(|phone| WhoView { name: None, phone: Some(PhoneView::from(phone)) }),
    }
}

/// The tables of the areas that lie in an area, and how many of these stand in none. Where there are too many those with
/// the most that is overdue stand in them.
fn tables<'b>(board: &'b Board, area: &'b AreaOnBoard) -> (Vec<TableView<'b>>, usize) {
    let mut areas: Vec<usize> = area.children.clone();
    areas.retain(|area| board.ledger.counts(*area).obligations > 0 || !board.ledger.duties(*area).is_empty());
    let owes = |item: usize| {
        areas.iter().any(|area| board.ledger.duties(*area).iter().any(|duty| duty.item == item))
    };
    let columns: Vec<(usize, &Item)> =
        board.ledger.items().iter().enumerate().filter(|(item, _)| owes(*item)).collect();
    let most = (MOST_CELLS / columns.len().max(1)).max(1);
    let more = areas.len().saturating_sub(most);
    if more > 0 {
        let mut by_need = areas.clone();
        by_need.sort_by_key(|area| Reverse(board.ledger.counts(*area).overdue));
        by_need.truncate(most);
        areas.retain(|area| by_need.contains(area));
    }
    let table = |columns: &[(usize, &'b Item)]| TableView {
        columns: columns.iter().map(|(_, item)| item.title.value.as_str()).collect(),
        rows: areas.iter().filter_map(|area| row(board, *area, columns)).collect(),
    };
    let mut tables: Vec<TableView<'b>> = columns.chunks(MOST_COLUMNS).map(table).collect();
    // Areas whose own areas owe everything have no items, and are summed up all the same.
    if tables.is_empty() && !areas.is_empty() {
        tables.push(table(&[]));
    }
    (tables, more)
}

fn row<'b>(board: &'b Board, index: usize, columns: &[(usize, &'b Item)]) -> Option<RowView<'b>> {
    let area = board.areas.get(index)?;
    let duties = board.ledger.duties(index);
    let without =
        |state, item: &'b Item| CellView { state, day: None, address: None, title: &item.title.value };
    let cells = columns.iter().map(|(number, item)| match duties.iter().find(|duty| duty.item == *number) {
        Some(duty) => cell(duty, item),
        None if item.is_excepted_for(&area.path, area.area.level) => without("except", item),
        None => without("none", item),
    });
    let counts = board.ledger.counts(index);
    let link = link_to_area(board, index)?;
    Some(RowView {
        area: Link { address: page_address(&area.page_of("ledger")), ..link },
        counts,
        done: counts.done(),
        cells: cells.collect(),
    })
}

fn cell<'b>(duty: &'b Duty, item: &'b Item) -> CellView<'b> {
    let latest = duty.latest.as_ref();
    let (state, day) = match duty.state {
        DutyState::Done if duty.late => ("late", latest.map(|latest| latest.fact.day)),
        DutyState::Done => ("done", latest.map(|latest| latest.fact.day)),
        DutyState::Due => ("due", duty.due_day()),
        DutyState::Overdue => ("overdue", duty.overdue_since),
    };
    let address = latest.filter(|_| duty.state == DutyState::Done).map(|one| page_address(&one.folder));
    CellView { state, day, address, title: &item.title.value }
}

/// The items that the area with this index, or one that lies in it, owes.
fn items(board: &Board, index: usize) -> Vec<OwedItem<'_>> {
    let within: Vec<usize> = board.within(index).collect();
    let owed = |item: usize| {
        within.iter().any(|area| board.ledger.duties(*area).iter().any(|duty| duty.item == item))
    };
    let items = board.ledger.items().iter().enumerate().filter(|(number, _)| owed(*number));
    items.map(|(_, item)| item_view(board, item)).collect()
}

fn item_view<'b>(board: &'b Board, item: &'b Item) -> OwedItem<'b> {
    let (rule, number, month) = match item.due {
        None => ("always", None, None),
        Some(DueRule::QuarterDay(day)) => ("quarter_day", Some(i64::from(day)), None),
        Some(DueRule::MonthDay(-1)) => ("month_end", None, None),
        Some(DueRule::MonthDay(day)) if day < 0 => ("month_day_from_end", Some(i64::from(-day)), None),
        Some(DueRule::MonthDay(day)) => ("month_day", Some(i64::from(day)), None),
        Some(DueRule::Weekday(_)) => ("weekday", None, None),
        Some(DueRule::QuarterEnd) => ("quarter_end", None, None),
        Some(DueRule::YearDay(month, day)) => ("year_day", Some(i64::from(day)), Some(month)),
        Some(DueRule::WithinWorkdays(days)) => ("within_workdays", Some(i64::from(days)), None),
    };
    let weekday = match item.due {
        Some(DueRule::Weekday(weekday)) => some_day(weekday),
        _ => None,
    };
    let name = |path: &Located<String>| {
        let area = board.areas.iter().find(|area| area.path == path.value);
        area.map(|area| area.area.name.as_str())
    };
    OwedItem {
        id: &item.id.value,
        title: &item.title.value,
        kind: item.kind,
        level: item.level,
        rule,
        number,
        month,
        weekday,
        except: item.except.iter().filter_map(name).collect(),
        basis: item.basis.as_deref(),
        checked: item.checked,
    }
}

/// Some day that is this weekday, for words of weekdays.
fn some_day(weekday: Weekday) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(2026, 1, weekday)
}

/// How an obligation stands, as open data name it.
pub fn met_name(met: Met) -> &'static str {
    match met {
        Met::Done => "done",
        Met::Late => "late",
        Met::Due => "due",
        Met::Overdue => "overdue",
        Met::Missed => "missed",
    }
}
