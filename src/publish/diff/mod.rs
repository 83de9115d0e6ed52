//! Two published folders, and what has come, changed or gone between them.
//!
//! # Steps
//! The manifests say which files are the same; of the others the open data are compared, kind by kind and file by file,
//! and at the end the text of those pages of which nothing was told. What is private is in neither folder.

mod areas;
mod contacts;
mod fact;
mod facts;
mod files;
mod folder;
mod lists;
mod notices;
mod owed;
mod pages;
mod pair;
mod programs;
mod results;
mod rows;
mod sessions;
mod turn;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostics::Failure;
use folder::Folder;
use pair::{Found, Pair};

pub use fact::{Fact, Said};
pub use turn::{Detail, Standing, Turn, TurnKind, Unit};

/// What has come, changed or gone from one published folder to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The day that the first folder shows.
    pub from: NaiveDate,
    /// The day that the second folder shows.
    pub to: NaiveDate,
    /// What has become of what, by area in the order of the board, then by kind and title.
    pub turns: Vec<Turn>,
    /// Names that several areas have.
    pub ambiguous_areas: BTreeSet<String>,
    /// Whether both are by the same version of the program; otherwise words that stand on every page may differ too.
    pub same_version: bool,
    /// Files that another version of the program wrote in another way, or not at all, so that they were not compared.
    pub uncompared: Vec<String>,
}

/// Compares two published folders: what has come, changed or gone from `old` to `new`.
///
/// # Errors
/// Usage: `no-folder-there`; `not-published` when one is no folder published by this program; `broken-manifest`;
/// `folder-newer` when a later version published it; `published-file-missing` and `published-file-changed` when a file is
/// not as its manifest says. The machine: `cannot-read`.
pub fn diff(old: &Path, new: &Path) -> Result<Comparison, Failure> {
    let pair = Pair::new(Folder::open(old)?, Folder::open(new)?);
    let mut found = Found::default();
    areas::compare(&pair, &mut found);
    lists::compare(&pair, &mut found)?;
    results::compare(&pair, &mut found)?;
    notices::compare(&pair, &mut found)?;
    programs::compare(&pair, &mut found)?;
    contacts::compare(&pair, &mut found)?;
    sessions::compare(&pair, &mut found)?;
    files::compare(&pair, &mut found);
    owed::compare(&pair, &mut found)?;
    pages::compare(&pair, &mut found)?;
    let Found { mut turns, mut uncompared, .. } = found;
    let place = |area: &str| {
        let path = if area == "." { "" } else { area };
        pair.new.order.iter().position(|one| one == path).unwrap_or(usize::MAX)
    };
    turns.sort_by_cached_key(|turn| {
        (place(&turn.area), turn.area.clone(), turn.kind, turn.title.clone(), turn.address.clone())
    });
    uncompared.sort();
    uncompared.dedup();
    Ok(Comparison {
        from: pair.old.manifest.date,
        to: pair.new.manifest.date,
        turns,
        ambiguous_areas: ambiguous(&pair),
        same_version: pair.exact,
        uncompared,
    })
}

/// Names that several areas of a folder have.
fn ambiguous(pair: &Pair) -> BTreeSet<String> {
    let mut ambiguous = BTreeSet::new();
    for folder in [&pair.old, &pair.new] {
        let mut seen = BTreeSet::new();
        ambiguous.extend(folder.areas.values().filter(|name| !seen.insert(*name)).cloned());
    }
    ambiguous
}
