//! The tray of the printer: sheets that the guard has let pass, written into a folder of their own.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::failure::{cannot_read, cannot_write};
use super::place::resolve;
use super::{Guard, Manifest};
use crate::diagnostics::{Failure, Problems};
use crate::site::{Artifact, Door};

/// Gathers what leaves, until it is known that all of it may.
pub struct Tray<'s> {
    guard: Guard<'s>,
    files: Mutex<Vec<(String, Vec<u8>)>>,
}

impl<'s> Tray<'s> {
    /// An empty tray behind a guard.
    pub fn behind(guard: Guard<'s>) -> Self {
        Self { guard, files: Mutex::default() }
    }

    /// What was found, and the files by name.
    pub fn empty(self) -> (Problems, Vec<(String, Vec<u8>)>) {
        (self.guard.into_problems(), self.files.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Door for Tray<'_> {
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure> {
        self.guard.leave(artifact)?;
        let file = (artifact.path.to_owned(), artifact.bytes.to_vec());
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        Ok(())
    }

    fn report(&self, problems: Problems) {
        self.guard.report(problems);
    }
}

/// Checks that printed files may stand in a folder: not in the content, of which they would be read as a part, and not in a
/// published folder, which the next build would refuse to replace.
///
/// # Errors
/// `sheets-not-here` (usage); `cannot-read`.
pub fn may_hold_sheets(folder: &Path, content: &Path) -> Result<(), Failure> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| cannot_read(path, &error));
    let (folder, content) = (resolve(&absolute(folder)?)?, resolve(&absolute(content)?)?);
    let is_published = |above: &Path| Manifest::read(above).is_ok_and(|manifest| manifest.is_some());
    if folder.starts_with(&content) || folder.ancestors().any(is_published) {
        return Err(Failure::usage("sheets-not-here").with("path", folder.display()));
    }
    Ok(())
}

/// Writes files into a folder, each whole or not at all; one of the same name is replaced. Gives their paths.
///
/// # Errors
/// `cannot-write`, `disk-full`, `name-too-long`.
pub fn write_sheets(files: &[(String, Vec<u8>)], folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let write = |(name, bytes): &(String, Vec<u8>)| {
        let path = folder.join(name);
        let mut draft = draft_in(folder).map_err(|error| cannot_write(&path, &error))?;
        draft.write_all(bytes).map_err(|error| cannot_write(&path, &error))?;
        draft.persist(&path).map_err(|error| cannot_write(&path, &error.error))?;
        Ok(path)
    };
    files.iter().map(write).collect()
}

/// A new file with the mode that the user's umask gives to any; drafts would be their writer's alone otherwise.
fn draft_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut draft = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        draft.permissions(fs::Permissions::from_mode(0o666));
    }
    draft.tempfile_in(folder)
}
