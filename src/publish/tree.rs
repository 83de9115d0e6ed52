//! What stands in a published folder. Links are seen, never followed.

use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::failure::cannot_read;
use super::manifest::{self, Manifest};
use crate::diagnostics::Failure;

/// How many files that are not ours a failure names.
const NAMED: usize = 5;

/// Calls `each` with everything in `folder` that is no folder: its path from there with `/`, in NFC,
/// and what it is. Stops when `each` says `false`.
///
/// A published folder has about as many folders as files, and opening them is what takes time: all of
/// one depth are listed side by side. What vanishes meanwhile is not there.
pub(super) fn walk(folder: &Path, mut each: impl FnMut(String, FileType) -> bool) -> Result<(), Failure> {
    let mut level = vec![(folder.to_owned(), String::new())];
    while !level.is_empty() {
        let listed: Vec<_> =
            level.par_iter().map(|(path, inside)| list(path, inside)).collect::<Result<_, Failure>>()?;
        level.clear();
        for (name, kind, folder) in listed.into_iter().flatten() {
            match folder {
                Some(path) => level.push((path, name)),
                None if each(name, kind) => {}
                None => return Ok(()),
            }
        }
    }
    Ok(())
}

/// What stands in one folder: its path from where the walk began, what it is, and its path if it is a folder.
fn list(path: &Path, inside: &str) -> Result<Vec<(String, FileType, Option<PathBuf>)>, Failure> {
    let failed = |error| cannot_read(path, &error);
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let slash = if inside.is_empty() { "" } else { "/" };
    entries
        .map(|entry| {
            let entry = entry.map_err(failed)?;
            let name = format!("{inside}{slash}{}", entry.file_name().to_string_lossy());
            // Some file systems give names back in another normal form than the one they were made in.
            let name = if is_nfc(&name) { name } else { name.nfc().collect() };
            let kind = entry.file_type().map_err(failed)?;
            Ok((name, kind, kind.is_dir().then(|| entry.path())))
        })
        .collect()
}

/// Whether a published folder wrote `path` itself.
pub(super) fn is_ours(path: &str, kind: FileType, manifest: &Manifest) -> bool {
    kind.is_file() && (path == manifest::NAME || manifest.files.contains_key(path))
}

/// Refuses a folder that holds files of somebody else, since an exchange would remove them. What file
/// managers and office programs drop into every folder they show is nobody's.
///
/// # Errors
/// `out-not-ours` without a manifest, `foreign-files` with one.
pub(super) fn refuse_foreign(folder: &Path, manifest: Option<&Manifest>) -> Result<(), Failure> {
    let mut foreign = Vec::new();
    walk(folder, |path, kind| {
        if !is_dropping(&path) && !manifest.is_some_and(|manifest| is_ours(&path, kind, manifest)) {
            foreign.push(path);
        }
        manifest.is_some() || foreign.is_empty()
    })?;
    foreign.sort_unstable();
    let Some(first) = foreign.first() else { return Ok(()) };
    if manifest.is_none() {
        return Err(Failure::usage("out-not-ours").with("path", folder.display()).with("example", first));
    }
    let names: Vec<_> = foreign.iter().take(NAMED).map(String::as_str).collect();
    let failure = Failure::usage("foreign-files")
        .with("path", folder.display())
        .with("count", foreign.len())
        .with("names", names.join(", "));
    Err(if foreign.len() > NAMED { failure.with("more", foreign.len() - NAMED) } else { failure })
}

fn is_dropping(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini") || name.starts_with("~$")
}
