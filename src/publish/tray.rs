//! The tray of the printer: sheets that the guard has let pass, written into a folder of their own.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Guard;
use super::failure::cannot_write;
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
        let mut draft =
            tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot_write(&path, &error))?;
        draft.write_all(bytes).map_err(|error| cannot_write(&path, &error))?;
        readable(draft.path());
        draft.persist(&path).map_err(|error| cannot_write(&path, &error.error))?;
        Ok(path)
    };
    files.iter().map(write).collect()
}

/// Lets others open what was written, as any new file: drafts are their writer's alone.
fn readable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Without it the sheet is there all the same.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}
