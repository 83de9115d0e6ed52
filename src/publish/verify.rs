//! A published folder against its manifest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use rayon::prelude::*;

use super::failure::cannot_read;
use super::lock::Lock;
use super::manifest::{self, Digest, FileEntry, Manifest};
use super::place::Place;
use super::{journal, tree};
use crate::diagnostics::Failure;

/// One difference between a published folder and its manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The file's path in the folder, with `/`.
    pub path: String,
    /// How it differs.
    pub how: Differs,
}

/// How a file differs from what the manifest says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// The manifest names it, and it is not there.
    Missing,
    /// It holds other bytes, or is no plain file.
    Changed,
    /// It is there, and the manifest does not name it.
    Foreign,
}

/// Compares a published folder with its manifest; every file is read. Links are not followed.
///
/// A publication by two renames that was killed between them is completed or undone first.
///
/// # Errors
/// `not-published` (usage) when `dir` is no folder published by this program; `broken-manifest` when its manifest is
/// none of this program's; `out-newer`; `cannot-read`.
pub fn verify(dir: &Path) -> Result<Vec<Difference>, Failure> {
    if fs::symlink_metadata(dir).is_err() {
        recover(dir)?;
    }
    let Some(manifest) = Manifest::read(dir)? else {
        let damaged = manifest::read_bytes(dir)?.is_some_and(|bytes| manifest::is_damaged(&bytes));
        let failure =
            if damaged { Failure::usage("broken-manifest") } else { Failure::usage("not-published") };
        return Err(failure.with("path", dir.display()));
    };
    let mut found = BTreeMap::new();
    tree::walk(dir, |path, kind| {
        found.insert(path, kind.is_file());
        true
    })?;
    found.remove(manifest::NAME);
    let foreign = found
        .keys()
        .filter(|path| !manifest.files.contains_key(path.as_str()))
        .map(|path| Difference { path: path.clone(), how: Differs::Foreign });
    let mut differences: Vec<_> = foreign.collect();
    let files: Vec<_> = manifest.files.iter().collect();
    let compared: Result<Vec<_>, Failure> = files
        .into_par_iter()
        .filter_map(|(path, entry)| {
            let how = match found.get(path.as_str()) {
                None => Ok(Some(Differs::Missing)),
                Some(false) => Ok(Some(Differs::Changed)),
                Some(true) => compare(&dir.join(path.as_str()), *entry),
            };
            how.map(|how| how.map(|how| Difference { path: path.to_string(), how })).transpose()
        })
        .collect();
    differences.append(&mut compared?);
    differences.sort_unstable();
    Ok(differences)
}

fn compare(path: &Path, entry: FileEntry) -> Result<Option<Differs>, Failure> {
    let failed = |error: std::io::Error| cannot_read(path, &error);
    let mut file = File::open(path).map_err(failed)?;
    let same = file.metadata().map_err(failed)?.len() == entry.size
        && Digest::of_reader(&mut file).map_err(failed)? == entry.sha256;
    Ok((!same).then_some(Differs::Changed))
}

fn recover(dir: &Path) -> Result<(), Failure> {
    let place = Place::find(dir)?;
    if fs::symlink_metadata(&place.work).is_err() {
        return Ok(());
    }
    let _lock = Lock::take(&place.lock)?;
    journal::recover(&place)
}
