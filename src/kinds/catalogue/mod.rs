//! What areas must disclose (`catalogue.toml`): items with a level, a rule for their days, and their legal basis.
//!
//! A catalogue holds for its area and for all that lie in it. Where one holds, `item` of a list, a result or a notice
//! names one of its items; elsewhere it is free text.
//!
//! - [`read`]: all catalogues of a board
//! - [`DueRule`]: by when something is due, period by period

mod due;
mod items;
mod read;

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
    /// Paths of the areas that have a catalogue.
    areas: Vec<String>,
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
    pub title: String,
    /// What fulfils it.
    pub kind: ItemKind,
    /// Areas of this level owe it.
    pub level: Level,
    /// By when; `None` for what must be there at any time.
    pub due: Option<DueRule>,
    /// The first day from which it is owed. Without one an area owes it from the period in which it first published it,
    /// and the one that runs.
    pub from: Option<NaiveDate>,
    /// Paths of areas that owe nothing of it, nor do those that lie in them.
    pub except: Vec<String>,
    /// The role of the contact in each area who sees to it.
    pub role: Option<String>,
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
        self.areas.iter().any(|area| lies_in(path, area))
    }

    /// The items that hold for the area at `path`, whatever level owes them.
    pub fn items_for(&self, path: &str) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| lies_in(path, &item.area))
    }

    /// The item that `written`, an id or a title, means in the area at `path`.
    pub fn find(&self, written: &str, path: &str) -> Option<&Item> {
        let by_id = self.items_for(path).find(|item| item.id.value == written);
        by_id.or_else(|| self.items_for(path).find(|item| item.title == written))
    }
}

impl Item {
    /// Whether its catalogue holds for the area at `path`.
    pub fn holds_for(&self, path: &str) -> bool {
        lies_in(path, &self.area)
    }

    /// Whether the area at `path`, of this level, owes it.
    pub fn is_owed_by(&self, path: &str, level: Level) -> bool {
        self.level == level
            && lies_in(path, &self.area)
            && !self.except.iter().any(|excepted| lies_in(path, excepted))
    }

    /// Whether the area at `path` would owe it, but for an exception.
    pub fn is_excepted_for(&self, path: &str, level: Level) -> bool {
        self.level == level && lies_in(path, &self.area) && !self.is_owed_by(path, level)
    }

    /// Whether `written` means it.
    pub fn is_meant_by(&self, written: &str) -> bool {
        self.id.value == written || self.title == written
    }
}

/// Whether the area at `path` is that at `above` or lies in it.
fn lies_in(path: &str, above: &str) -> bool {
    above.is_empty() || path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
