//! What areas must disclose (`catalogue.toml`): items with a level, a rule for their days, and their legal basis.
//!
//! A catalogue holds for its area and for all that lie in it. Where one holds, `item` of a list, a result or a notice
//! names one of its items; elsewhere it is free text.
//!
//! - [`read`]: all catalogues of a board
//! - [`DueRule`]: by when something is due, period by period
//! - `items`: what `item` of lists, results and notices refers to
//! - `reach`: items that nobody owes, and exceptions without effect

mod due;
mod items;
mod reach;
mod read;

use std::collections::BTreeMap;
use std::ops::Bound;

use chrono::NaiveDate;
use serde::Serialize;

pub use due::{DuePeriod, DueRule};
pub use read::read;

use super::area::Level;
use crate::diagnostics::Place;
use crate::source::Located;

/// All catalogues of a board.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The items, file by file.
    pub items: Vec<Item>,
    /// The areas that have a catalogue, by path, with the indexes of its items.
    areas: BTreeMap<String, Vec<usize>>,
    /// Whether some file or item could not be read, so that no item can be called unknown.
    incomplete: bool,
}

/// Something that areas must disclose.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: Located<String>,
    /// Path of the area whose file it stands in.
    pub area: String,
    /// Title.
    pub title: Located<String>,
    /// What fulfils it.
    pub kind: ItemKind,
    /// Areas of this level owe it.
    pub level: Level,
    /// By when; `None` for what must be there at any time.
    pub due: Option<DueRule>,
    /// The first day from which it is owed. Without one it is owed from the period in which some area first published it;
    /// where none has, of the periods the one that runs.
    pub from: Option<NaiveDate>,
    /// Paths of areas that owe nothing of it, nor do those that lie in them.
    pub except: Vec<Located<String>>,
    /// The role of the contact in each area who sees to it.
    pub role: Option<Located<String>>,
    /// On what ground.
    pub basis: Option<String>,
    /// When somebody last looked the ground up.
    pub checked: Option<NaiveDate>,
    /// Where it is written.
    pub place: Place,
}

/// What fulfils an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// `updated` of contacts.
    Contact,
    /// `published` of a plan of reception days.
    Reception,
    /// A list of a subsidy that names it.
    Subsidy,
    /// A result that names it.
    Result,
    /// A notice that names it.
    Notice,
}

impl Catalogue {
    /// Whether the board has no catalogue.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Whether a catalogue holds for the area at `path`.
    pub fn holds_for(&self, path: &str) -> bool {
        line_of(path).any(|above| self.areas.contains_key(above))
    }

    /// Whether a catalogue holds for the area at `path` or for one that lies in it: then it has a ledger.
    pub fn concerns(&self, path: &str) -> bool {
        let from_here =
            self.areas.range::<str, _>((Bound::Included(path), Bound::Unbounded)).map(|(area, _)| area);
        self.holds_for(path)
            || from_here.take_while(|area| area.starts_with(path)).any(|area| lies_in(area, path))
    }

    /// The indexes of the items that hold for the area at `path`, whatever level owes them: those of the areas above first.
    pub fn items_for(&self, path: &str) -> impl Iterator<Item = usize> {
        line_of(path).filter_map(|above| self.areas.get(above)).flatten().copied()
    }

    /// The items that the area at `path`, of this level, owes, with their indexes.
    pub fn owed_by(&self, path: &str, level: Level) -> impl Iterator<Item = (usize, &Item)> {
        let items = self.items_for(path).filter_map(|index| Some((index, self.items.get(index)?)));
        items.filter(move |(_, item)| item.is_owed_by(path, level))
    }

    /// The index of the item that `written`, an id or a title, means in an area at `path` of this level. Of several items of
    /// one title it is the one that areas of this level owe.
    pub fn find(&self, written: &str, path: &str, level: Level) -> Option<usize> {
        let items = || self.items_for(path).filter_map(|index| Some((index, self.items.get(index)?)));
        let by_id = items().find(|(_, item)| item.id.value == written);
        let titled = || items().filter(|(_, item)| item.title.value == written);
        let found =
            by_id.or_else(|| titled().find(|(_, item)| item.level == level)).or_else(|| titled().next());
        found.map(|(index, _)| index)
    }
}

impl Item {
    /// Whether its catalogue holds for the area at `path`.
    pub fn reaches(&self, path: &str) -> bool {
        lies_in(path, &self.area)
    }

    /// Whether facts can tell when what it is about came about: that is known of decisions, results and cards alone.
    pub fn has_events(&self) -> bool {
        matches!(self.kind, ItemKind::Contact | ItemKind::Subsidy | ItemKind::Result)
    }

    /// Whether the area at `path`, of this level, owes it.
    pub fn is_owed_by(&self, path: &str, level: Level) -> bool {
        self.level == level
            && lies_in(path, &self.area)
            && !self.except.iter().any(|excepted| lies_in(path, &excepted.value))
    }

    /// Whether the area at `path` would owe it, but for an exception.
    pub fn is_excepted_for(&self, path: &str, level: Level) -> bool {
        self.level == level && lies_in(path, &self.area) && !self.is_owed_by(path, level)
    }
}

/// The paths of an area and of all around it, the topmost first.
fn line_of(path: &str) -> impl Iterator<Item = &str> {
    let around = path.match_indices('/').filter_map(|(slash, _)| path.get(..slash));
    let own = (!path.is_empty()).then_some(path);
    std::iter::once("").chain(around).chain(own)
}

/// Whether the area at `path` is that at `above` or lies in it.
fn lies_in(path: &str, above: &str) -> bool {
    above.is_empty() || path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
