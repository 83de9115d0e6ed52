//! Two renames that were begun, and what the next command makes of them.
//!
//! Between the renames no folder stands at `out`; both trees are whole in the hidden folder. The
//! journal is written before the first of them and names the new tree by its manifest.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::failure::cannot_write;
use super::manifest::{self, Digest};
use super::place::Place;
use crate::diagnostics::Failure;

#[derive(Serialize, Deserialize)]
struct Journal {
    /// SHA-256 of the new tree's manifest.
    new_manifest: String,
}

/// Says that two renames begin.
pub(super) fn write(place: &Place, new_manifest: Digest) -> Result<(), Failure> {
    let path = place.journal();
    let journal = Journal { new_manifest: new_manifest.to_string() };
    let bytes = serde_json::to_vec(&journal).map_err(std::io::Error::from);
    bytes.and_then(|bytes| fs::write(&path, bytes)).map_err(|error| cannot_write(&path, &error))
}

/// Completes or undoes two renames of a killed build, so that a site stands at `out` again. Nothing is
/// removed. The caller holds the lock.
pub(super) fn recover(place: &Place) -> Result<(), Failure> {
    let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    // Only between the renames is there an old tree and nothing in its place.
    if fs::symlink_metadata(&place.out).is_ok() || !is_folder(&place.work) || !is_folder(&place.old_tree()) {
        return Ok(());
    }
    let whole = if new_tree_is_whole(place) { place.new_tree() } else { place.old_tree() };
    fs::rename(&whole, &place.out).map_err(|error| cannot_write(&place.out, &error))
}

fn new_tree_is_whole(place: &Place) -> bool {
    let said =
        fs::read(place.journal()).ok().and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok());
    let found = manifest::read_bytes(&place.new_tree()).ok().flatten().map(|bytes| Digest::of(&bytes));
    matches!((said, found), (Some(said), Some(found)) if said.new_manifest == found.to_string())
}
