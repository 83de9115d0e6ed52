//! What the catalogues ask of a part of the board: each item once, with its rule, its ground, and for whom it does not hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Weekday};
use serde::Serialize;

use super::duties::OwedDuty;
use crate::board::Board;
use crate::kinds::area::Level;
use crate::kinds::catalogue::{DueRule, Item, ItemKind};

/// How many names of areas stand beside an item.
const MOST_NAMES: usize = 12;

/// An item of a catalogue, or several that say the same in different catalogues.
#[derive(Clone, Debug, Serialize)]
pub struct OwedItem<'b> {
    /// Title.
    pub title: &'b str,
    /// What fulfils it.
    pub kind: ItemKind,
    /// Areas of this level owe it.
    pub level: Level,
    /// The name of the words for its rule; `always` without one.
    pub rule: &'static str,
    /// The number in these words: a day, how many days.
    pub number: Option<i64>,
    /// The month in these words.
    pub month: Option<u32>,
    /// A day of the week that the rule names, as some day of that kind.
    pub weekday: Option<NaiveDate>,
    /// The areas for which alone it holds, with those that lie in them; none where it holds for the whole page.
    pub scope: Names<'b>,
    /// Areas of the page that owe nothing of it.
    pub except: Names<'b>,
    /// Whether the area of the page itself owes nothing of it.
    pub excepted: bool,
    /// On what ground.
    pub basis: Option<&'b str>,
    /// When that was last looked up.
    pub checked: Option<NaiveDate>,
}

/// Names of areas, in the order of the tree.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Names<'b> {
    /// The first of them.
    pub names: Vec<&'b str>,
    /// How many there are.
    pub count: usize,
}

impl<'b> Names<'b> {
    /// The names of the areas with these indexes.
    pub(super) fn of(board: &'b Board, areas: impl IntoIterator<Item = usize>, most: usize) -> Self {
        let mut found = Self::default();
        for area in areas.into_iter().filter_map(|index| board.areas.get(index)) {
            found.count += 1;
            if found.names.len() < most {
                found.names.push(&area.area.name);
            }
        }
        found
    }
}

/// An item while those of all catalogues are put together.
struct Gathered<'b> {
    item: &'b Item,
    scope: BTreeSet<usize>,
    everywhere: bool,
    except: BTreeSet<usize>,
    excepted: bool,
}

/// The items that the area with this index and those that lie in it owe, or from which one of them is excepted; and how
/// many more there are than `most`.
pub(super) fn items<'b>(
    board: &'b Board,
    index: usize,
    duties: &[OwedDuty<'b>],
    most: usize,
) -> (Vec<OwedItem<'b>>, usize) {
    let Some(page) = board.areas.get(index) else { return (Vec::new(), 0) };
    let within: BTreeMap<&str, usize> = board
        .within(index)
        .filter_map(|index| board.areas.get(index).map(|area| (area.path.as_str(), index)))
        .collect();
    let owed: BTreeSet<usize> = duties.iter().map(|one| one.duty.item).collect();
    let excepts = |item: &Item| {
        let mut areas = within.values().filter_map(|index| board.areas.get(*index));
        !item.except.is_empty() && areas.any(|area| item.is_excepted_for(&area.path, area.area.level))
    };
    let shown = board.ledger.items().iter().enumerate();
    let shown = shown.filter(|(number, item)| owed.contains(number) || excepts(item)).map(|(_, item)| item);
    let mut found: Vec<Gathered<'b>> = Vec::new();
    let mut place_of: BTreeMap<String, usize> = BTreeMap::new();
    for item in shown {
        let place = *place_of.entry(what_it_says(item)).or_insert(found.len());
        if place == found.len() {
            let (scope, except) = (BTreeSet::new(), BTreeSet::new());
            found.push(Gathered { item, scope, everywhere: false, except, excepted: false });
        }
        let Some(gathered) = found.get_mut(place) else { continue };
        gathered.everywhere |= item.reaches(&page.path);
        gathered.scope.extend(within.get(item.area.as_str()));
        gathered.except.extend(item.except.iter().filter_map(|path| within.get(path.value.as_str())));
        gathered.excepted |= item.is_excepted_for(&page.path, item.level);
    }
    let more = found.len().saturating_sub(most);
    (found.iter().take(most).map(|gathered| view(board, index, gathered)).collect(), more)
}

/// All that a page says of an item; those that agree in it are one.
fn what_it_says(item: &Item) -> String {
    let Item { title, kind, level, due, basis, checked, .. } = item;
    format!("{}\n{kind:?} {level:?} {due:?} {basis:?} {checked:?}", title.value)
}

fn view<'b>(board: &'b Board, index: usize, gathered: &Gathered<'b>) -> OwedItem<'b> {
    let item = gathered.item;
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
    let scope = if gathered.everywhere { &BTreeSet::new() } else { &gathered.scope };
    let except = gathered.except.iter().copied().filter(|area| *area != index);
    OwedItem {
        title: &item.title.value,
        kind: item.kind,
        level: item.level,
        rule,
        number,
        month,
        weekday,
        scope: Names::of(board, scope.iter().copied(), MOST_NAMES),
        except: Names::of(board, except, MOST_NAMES),
        excepted: gathered.excepted,
        basis: item.basis.as_deref(),
        checked: item.checked,
    }
}

/// Some day that is this weekday, for words of weekdays.
fn some_day(weekday: Weekday) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(2026, 1, weekday)
}
