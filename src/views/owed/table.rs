//! The table of areas and items: a row for each area that lies in the page's, a column for each title.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::duties::shown;
use crate::board::{AreaOnBoard, Board, Counts, Duty, DutyState};
use crate::kinds::catalogue::Item;
use crate::views::frame::{Link, page_address};

/// So many items stand beside each other in words, with their days and links.
const MOST_COLUMNS: usize = 6;
/// How many cells there are in words.
const MOST_CELLS: usize = 300;
/// So many items stand beside each other as marks.
const MOST_COLUMNS_OF_MARKS: usize = 20;
/// How many cells there are as marks, so that the page stays light: a town of 50 villages and 20 items.
const MOST_MARKS: usize = 1000;
/// How many cells a table has that does not hold all areas: the others are listed below it.
const MOST_CELLS_OF_SOME: usize = 300;
/// How many rows a table has, however few its columns; and one that does not hold all areas.
const MOST_ROWS: usize = 120;
const MOST_ROWS_OF_SOME: usize = 60;
/// How many areas are listed below the table.
const MOST_LISTED: usize = 340;

/// The states of cells, in the order in which they are explained.
const STATES: [&str; 9] =
    ["done", "late", "due", "unannounced", "missing", "nothing", "overdue", "except", "none"];

/// All areas that lie in the page's and their items.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Matrix<'b> {
    /// Tables of some columns each, with the same rows.
    pub tables: Vec<TableView<'b>>,
    /// How many columns they have together.
    pub columns: usize,
    /// Whether a cell is a mark alone, because there are many; else it is in words, with its day.
    pub marks: bool,
    /// The states that occur.
    pub states: Vec<&'static str>,
    /// Areas that stand in no row, the most that is overdue first.
    pub rest: Vec<RowView<'b>>,
    /// How many stand neither in a row nor there.
    pub more: usize,
}

/// A table of areas and some of their items.
#[derive(Clone, Debug, Serialize)]
pub struct TableView<'b> {
    /// The number of its first column among all.
    pub first: usize,
    /// The number of its last one.
    pub last: usize,
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
    /// How the duty is [`shown`]; `except`, or `none` where nothing is owed.
    pub state: &'static str,
    /// The day that matters.
    pub day: Option<NaiveDate>,
    /// What fulfils it.
    pub address: Option<String>,
    /// The title of the column.
    pub title: &'b str,
}

/// A title, and the items of that title from which some area is excepted.
struct Column<'b> {
    title: &'b str,
    excepting: Vec<&'b Item>,
}

/// The table of the areas that lie in an area.
pub(super) fn matrix<'b>(board: &'b Board, area: &AreaOnBoard) -> Matrix<'b> {
    let mut areas: Vec<usize> = area.children.clone();
    areas.retain(|area| board.ledger.counts(*area).obligations > 0 || !board.ledger.duties(*area).is_empty());
    let columns = columns(board, &areas);
    let marks = columns.len() > MOST_COLUMNS || columns.len() * areas.len() > MOST_CELLS;
    let rest = split_rest(board, &mut areas, columns.len());
    let beside = if marks { MOST_COLUMNS_OF_MARKS } else { MOST_COLUMNS };
    let mut states = BTreeSet::new();
    let mut tables: Vec<TableView<'b>> = Vec::new();
    // Areas whose own areas owe everything have no items, and are summed up all the same.
    let none: &[Column<'b>] = &[];
    let parts: Vec<&[Column<'b>]> =
        if columns.is_empty() && !areas.is_empty() { vec![none] } else { columns.chunks(beside).collect() };
    for part in parts {
        let rows: Vec<RowView<'b>> = areas.iter().filter_map(|area| row(board, *area, part)).collect();
        states.extend(rows.iter().flat_map(|row| &row.cells).map(|cell| cell.state));
        let before = tables.last().map_or(0, |table| table.last);
        tables.push(TableView {
            first: before + 1,
            last: before + part.len(),
            columns: part.iter().map(|column| column.title).collect(),
            rows,
        });
    }
    Matrix {
        tables,
        columns: columns.len(),
        marks,
        states: STATES.into_iter().filter(|state| states.contains(state)).collect(),
        more: rest.len().saturating_sub(MOST_LISTED),
        rest: rest.into_iter().take(MOST_LISTED).filter_map(|area| row(board, area, &[])).collect(),
    }
}

/// The titles of what these areas owe, in the order of the catalogues.
fn columns<'b>(board: &'b Board, areas: &[usize]) -> Vec<Column<'b>> {
    let owed: BTreeSet<usize> =
        areas.iter().flat_map(|area| board.ledger.duties(*area)).map(|duty| duty.item).collect();
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: Vec<Column<'b>> = Vec::new();
    for item in owed.into_iter().filter_map(|item| board.ledger.items().get(item)) {
        let place = *place_of.entry(&item.title.value).or_insert(columns.len());
        if place == columns.len() {
            columns.push(Column { title: &item.title.value, excepting: Vec::new() });
        }
        if let Some(column) = columns.get_mut(place).filter(|_| !item.except.is_empty()) {
            column.excepting.push(item);
        }
    }
    columns
}

/// Takes away the areas that do not fit into the table: those with the most that is overdue stand in it.
fn split_rest(board: &Board, areas: &mut Vec<usize>, columns: usize) -> Vec<usize> {
    let most = |cells: usize, rows: usize| (cells / columns.max(1)).clamp(1, rows);
    if areas.len() <= most(MOST_MARKS, MOST_ROWS) {
        return Vec::new();
    }
    let mut by_need = areas.clone();
    by_need.sort_by_key(|area| Reverse(board.ledger.counts(*area).overdue));
    let rest = by_need.split_off(most(MOST_CELLS_OF_SOME, MOST_ROWS_OF_SOME));
    let shown: BTreeSet<usize> = by_need.into_iter().collect();
    areas.retain(|area| shown.contains(area));
    rest
}

fn row<'b>(board: &'b Board, index: usize, columns: &[Column<'b>]) -> Option<RowView<'b>> {
    let area = board.areas.get(index)?;
    let mut duty_of: BTreeMap<&str, &Duty> = BTreeMap::new();
    for duty in board.ledger.duties(index).iter().filter(|_| !columns.is_empty()) {
        let Some(item) = board.ledger.item(duty) else { continue };
        // Of two items of one title the cell tells the one that stands worse.
        let told = duty_of.entry(&item.title.value).or_insert(duty);
        if told.state < duty.state {
            *told = duty;
        }
    }
    let without = |state, title: &'b str| CellView { state, day: None, address: None, title };
    let is_excepted = |item: &&Item| item.is_excepted_for(&area.path, area.area.level);
    let cells = columns.iter().map(|column| match duty_of.get(column.title) {
        Some(duty) => cell(duty, column.title),
        None if column.excepting.iter().any(is_excepted) => without("except", column.title),
        None => without("none", column.title),
    });
    let counts = board.ledger.counts(index);
    Some(RowView { area: link_to_ledger(area), counts, done: counts.done(), cells: cells.collect() })
}

fn cell<'b>(duty: &Duty, title: &'b str) -> CellView<'b> {
    let latest = duty.latest.as_ref();
    let day = match duty.state {
        DutyState::Done => latest.map(|latest| latest.fact.day),
        DutyState::Due => duty.due_day(),
        DutyState::Overdue => duty.overdue_since,
    };
    let address = latest.filter(|_| duty.state == DutyState::Done).map(|one| page_address(&one.folder));
    CellView { state: shown(duty), day, address, title }
}

/// The link to an area's own ledger.
pub(super) fn link_to_ledger(area: &AreaOnBoard) -> Link {
    Link { text: area.area.name.clone(), address: page_address(&area.page_of("ledger")) }
}
