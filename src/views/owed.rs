//! The ledger: what is late and who must act, what falls due, and a table of areas and items.

mod duties;
mod items;
mod table;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

pub use duties::{LatestView, OwedDuty, WhoView, duties, falling_due, met_name, shown, who};
pub use items::{Names, OwedItem};
pub use table::{CellView, Matrix, RowView, TableView};

use super::frame::{Link, encode_path, page_address};
use super::postings::postings_shown;
use crate::board::{AreaOnBoard, Board, Counts, DAYS_AHEAD, Due, DutyState};

/// How many lines tell what is late; all of them stand in the open data.
const MOST_LINES: usize = 60;
/// In how many groups, and how many lines each has at least.
const MOST_GROUPS: usize = 20;
const LEAST_LINES: usize = 3;
/// From so many groups on their counts stand together before them.
const GROUPS_IN_VIEW: usize = 4;
/// How many areas are counted there.
const MOST_COUNTED: usize = 60;
/// How many lines tell what falls due.
const MOST_SOON: usize = 40;
/// How many names of areas such a line has.
const MOST_NAMES: usize = 8;
/// How many items are described.
const MOST_ITEMS: usize = 40;

/// The page of an area's ledger.
#[derive(Clone, Debug, Serialize)]
pub struct OwedView<'b> {
    /// Whether the page tells of one area alone.
    pub alone: bool,
    /// How many items are late.
    pub late_count: usize,
    /// In how many areas.
    pub late_areas: usize,
    /// The obligations counted.
    pub counts: Counts,
    /// Those fulfilled, in time or not.
    pub done: usize,
    /// How much is late in each area that lies in this one, the most first; empty where the groups show it at a glance.
    pub worst: Vec<LateArea>,
    /// What is late, by area.
    pub late: Vec<LateGroup<'b>>,
    /// Late items that stand in no group, as these are too many.
    pub more_late: usize,
    /// What falls due soon, the first before the others.
    pub soon: Vec<SoonView<'b>>,
    /// How many more lines there would be.
    pub more_soon: usize,
    /// For so many days ahead.
    pub days_ahead: u64,
    /// The items of the area itself.
    pub own: Vec<OwnDuty<'b>>,
    /// The areas that lie in it and their items.
    pub matrix: Matrix<'b>,
    /// What must be disclosed.
    pub items: Vec<OwedItem<'b>>,
    /// How many more items there are.
    pub more_items: usize,
    /// The same as JSON.
    pub json: String,
    /// The same as a table.
    pub csv: String,
    /// What falls due, as a feed.
    pub feed: String,
    /// The page of postings, where a list has begun.
    pub postings: Option<String>,
}

/// How much is late in an area.
#[derive(Clone, Debug, Serialize)]
pub struct LateArea {
    /// The area; its link leads to its own ledger.
    pub area: Link,
    /// How many items, its own and those of areas that lie in it.
    pub count: usize,
}

/// What is late in one of the areas that lie in the page's, or in the page's own.
#[derive(Clone, Debug, Serialize)]
pub struct LateGroup<'b> {
    /// The area; its link leads to its own ledger, but for the page's own area.
    pub area: Link,
    /// Whether it is the page's own area.
    pub own: bool,
    /// How many items.
    pub count: usize,
    /// The first of them, the longest first.
    pub lines: Vec<LateLine<'b>>,
    /// How many more there are.
    pub more: usize,
    /// Whom to call, where that is the same for all lines.
    pub who: Option<WhoView>,
}

/// An item of which something is overdue.
#[derive(Clone, Debug, Serialize)]
pub struct LateLine<'b> {
    /// The area, where that is another than the group's.
    pub area: Option<&'b str>,
    /// Title of the item.
    pub title: &'b str,
    /// The last day of the oldest obligation that is overdue.
    pub since: Option<NaiveDate>,
    /// How many obligations are.
    pub periods: usize,
    /// What was published last.
    pub latest: Option<LatestView<'b>>,
    /// Whom to call, where the group does not say it.
    pub who: Option<WhoView>,
}

/// An item that falls due on one day in one or several areas.
#[derive(Clone, Debug, Serialize)]
pub struct SoonView<'b> {
    /// The last day.
    pub day: NaiveDate,
    /// Title of the item.
    pub title: &'b str,
    /// The areas.
    pub areas: Names<'b>,
    /// Who sees to it, where it is one area.
    pub who: Option<String>,
}

/// An item of the page's own area.
#[derive(Clone, Debug, Serialize)]
pub struct OwnDuty<'b> {
    /// Title of the item.
    pub title: &'b str,
    /// How it is [`shown`].
    pub state: &'static str,
    /// The last day of the obligation that the state is about.
    pub due: Option<NaiveDate>,
    /// Whether that day waits for a notice of holidays.
    pub unannounced: bool,
    /// The last day of the oldest one that is overdue.
    pub overdue_since: Option<NaiveDate>,
    /// How many obligations are overdue.
    pub periods: usize,
    /// What was published last, or fulfils it.
    pub latest: Option<LatestView<'b>>,
}

/// The ledger of the area with this index, of all that it and those that lie in it owe; `None` where no catalogue
/// concerns it.
pub fn owed<'b>(board: &'b Board, index: usize, duties: &[OwedDuty<'b>]) -> Option<OwedView<'b>> {
    let area = board.areas.get(index).filter(|_| board.ledger.concerns(index))?;
    let overdue: Vec<OwedDuty<'b>> = duties.iter().filter(|one| one.is_overdue()).copied().collect();
    let groups = by_area(area, &overdue);
    let late: Vec<LateGroup<'b>> = late_groups(board, index, &groups);
    let told: usize = late.iter().map(|group| group.count).sum();
    let worst = if groups.len() < GROUPS_IN_VIEW { Vec::new() } else { counted(board, &groups) };
    let soon = soon(board, duties);
    let counts = board.ledger.counts(index);
    let (items, more_items) = items::items(board, index, duties, MOST_ITEMS);
    let file = |name: &str| encode_path(&area.page_of(name));
    Some(OwedView {
        alone: area.children.is_empty(),
        late_count: overdue.len(),
        late_areas: overdue.iter().map(|one| one.index).collect::<BTreeSet<_>>().len(),
        counts,
        done: counts.done(),
        worst,
        more_late: overdue.len() - told,
        late,
        more_soon: soon.len().saturating_sub(MOST_SOON),
        soon: soon.into_iter().take(MOST_SOON).collect(),
        days_ahead: DAYS_AHEAD,
        own: duties.iter().filter(|one| one.index == index).map(own).collect(),
        matrix: table::matrix(board, area),
        items,
        more_items,
        json: file("ledger.json"),
        csv: file("ledger.csv"),
        feed: file("due.xml"),
        postings: postings_shown(board, index).map(|_| page_address(&area.page_of("postings"))),
    })
}

/// How many items are late in the area with this index and in those that lie in it, and where that stands; `None` where
/// none is.
pub fn late_in(board: &Board, index: usize) -> Option<LateArea> {
    let overdue =
        |index: usize| board.ledger.duties(index).iter().filter(|one| one.state == DutyState::Overdue);
    let count = board.within(index).map(|index| overdue(index).count()).sum();
    let area = board.areas.get(index).filter(|_| count > 0)?;
    Some(LateArea { area: table::link_to_ledger(area), count })
}

/// Of duties, those of each of the areas that lie in one, and of it itself; the most first, then in the order of the tree.
fn by_area<'b>(area: &AreaOnBoard, duties: &[OwedDuty<'b>]) -> Vec<(Option<usize>, Vec<OwedDuty<'b>>)> {
    let mut groups: BTreeMap<Option<usize>, Vec<OwedDuty<'b>>> = BTreeMap::new();
    for one in duties {
        // An area stands after the one that it lies in, and before the next one beside that.
        let place = area.children.partition_point(|child| *child <= one.index).checked_sub(1);
        groups.entry(place.and_then(|place| area.children.get(place)).copied()).or_default().push(*one);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, duties)| Reverse(duties.len()));
    groups
}

fn counted(board: &Board, groups: &[(Option<usize>, Vec<OwedDuty<'_>>)]) -> Vec<LateArea> {
    let lying_in = groups.iter().filter_map(|(child, duties)| Some(((*child)?, duties.len())));
    lying_in
        .filter_map(|(child, count)| {
            Some(LateArea { area: table::link_to_ledger(board.areas.get(child)?), count })
        })
        .take(MOST_COUNTED)
        .collect()
}

fn late_groups<'b>(
    board: &'b Board,
    index: usize,
    groups: &[(Option<usize>, Vec<OwedDuty<'b>>)],
) -> Vec<LateGroup<'b>> {
    let most = (MOST_LINES / groups.len().max(1)).max(LEAST_LINES);
    let group = |(child, duties): &(Option<usize>, Vec<OwedDuty<'b>>)| {
        let at = child.unwrap_or(index);
        let mut shown = duties.clone();
        shown.sort_by_key(|one| one.duty.overdue_since);
        shown.truncate(most);
        let first = shown.first()?;
        let same = shown.iter().all(|one| (one.index, one.duty.who) == (first.index, first.duty.who));
        Some(LateGroup {
            area: table::link_to_ledger(board.areas.get(at)?),
            own: child.is_none(),
            count: duties.len(),
            more: duties.len() - shown.len(),
            who: who(board, first.index, first.duty.who).filter(|_| same),
            lines: shown.iter().map(|one| late_line(board, at, one, !same)).collect(),
        })
    };
    groups.iter().take(MOST_GROUPS).filter_map(group).collect()
}

fn late_line<'b>(board: &'b Board, group: usize, one: &OwedDuty<'b>, with_who: bool) -> LateLine<'b> {
    LateLine {
        area: (one.index != group).then_some(one.area.area.name.as_str()),
        title: &one.item.title.value,
        since: one.duty.overdue_since,
        periods: one.periods_overdue(),
        latest: one.latest(),
        who: who(board, one.index, one.duty.who).filter(|_| with_who),
    }
}

/// What falls due soon: for each day and title the areas.
fn soon<'b>(board: &'b Board, duties: &[OwedDuty<'b>]) -> Vec<SoonView<'b>> {
    let last = board.day.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(board.day);
    let mut lines: Vec<(NaiveDate, &'b str, Vec<OwedDuty<'b>>)> = Vec::new();
    let mut place_of: BTreeMap<(NaiveDate, &str), usize> = BTreeMap::new();
    for one in falling_due(duties, board.day, last) {
        let Some(day) = one.duty.next_due else { continue };
        let title = one.item.title.value.as_str();
        let place = *place_of.entry((day, title)).or_insert(lines.len());
        match lines.get_mut(place) {
            Some((_, _, areas)) => areas.push(one),
            None => lines.push((day, title, vec![one])),
        }
    }
    let view = |(day, title, areas): (NaiveDate, &'b str, Vec<OwedDuty<'b>>)| {
        let person = match areas.as_slice() {
            [one] => who(board, one.index, one.duty.who).and_then(|who| who.name),
            _ => None,
        };
        let areas = Names::of(board, areas.iter().map(|one| one.index), MOST_NAMES);
        SoonView { day, title, areas, who: person }
    };
    lines.into_iter().map(view).collect()
}

fn own<'b>(one: &OwedDuty<'b>) -> OwnDuty<'b> {
    OwnDuty {
        title: &one.item.title.value,
        state: shown(one.duty),
        due: one.duty.due_day(),
        unannounced: one.duty.due == Some(Due::Unannounced),
        overdue_since: one.duty.overdue_since,
        periods: one.periods_overdue(),
        latest: one.latest(),
    }
}
