//! The moment of publication: the new tree takes the place of the old one.

use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::failure::cannot_write;
use super::journal;
use super::manifest::Digest;
use super::place::Place;
use crate::diagnostics::Failure;

/// How the trees change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// In one step where system and file system have it, otherwise as below.
    OneStep,
    /// By two renames with a journal.
    TwoRenames,
}

/// The moments between which a build can be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The new tree is whole, with its manifest.
    ManifestWritten,
    /// The journal is there; nothing has moved.
    JournalWritten,
    /// The old tree is away, the new one not there yet.
    OldAway,
    /// The new tree stands.
    Exchanged,
}

/// The hidden folder. Dropped, it is removed with all it holds, unless told to keep it.
#[derive(Debug)]
pub(super) struct Work {
    path: PathBuf,
    /// Whether dropping leaves the folder: it holds the only site there is, or is gone already.
    keep: bool,
}

impl Work {
    /// Makes the folder; whatever a killed build left there is removed first.
    pub(super) fn make(place: &Place) -> Result<Self, Failure> {
        let path = place.work.clone();
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => remove(&path)?,
            Ok(_) => return Err(Failure::machine("in-the-way").with("path", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(cannot_write(&path, &error)),
        }
        make_private(&path).map_err(|error| cannot_write(&path, &error))?;
        Ok(Self { path, keep: false })
    }

    /// Removes the folder and the tree that was replaced, several folders at a time.
    pub(super) fn remove_trees(mut self) -> Result<(), Failure> {
        // What fails here fails again below, and is said there.
        for tree in fs::read_dir(&self.path).into_iter().flatten().flatten().filter(is_folder) {
            let inside: Vec<_> = fs::read_dir(tree.path()).into_iter().flatten().flatten().collect();
            inside.into_par_iter().filter(is_folder).for_each(|folder| {
                let _ = fs::remove_dir_all(folder.path());
            });
        }
        let removed = remove(&self.path);
        self.keep = true;
        removed
    }
}

/// Whether it is a folder and not a link to one.
fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir())
}

impl Drop for Work {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_dir_all(path).map_err(|error| cannot_write(path, &error))
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// Puts the new tree at `out`; the old one, if any, is in the hidden folder afterwards. On failure the
/// old one stands. `passed` hears of every step.
pub(super) fn put_in_place(
    place: &Place,
    work: &mut Work,
    new_manifest: Digest,
    mode: Mode,
    passed: &dyn Fn(Step),
) -> Result<(), Failure> {
    if place.folder()?.is_none() {
        fs::rename(place.new_tree(), &place.out).map_err(|error| refused(place, &error))?;
    } else if mode == Mode::TwoRenames
        || !in_one_step(&place.new_tree(), &place.out).map_err(|e| refused(place, &e))?
    {
        two_renames(place, work, new_manifest, passed)?;
    }
    passed(Step::Exchanged);
    Ok(())
}

fn two_renames(
    place: &Place,
    work: &mut Work,
    new_manifest: Digest,
    passed: &dyn Fn(Step),
) -> Result<(), Failure> {
    journal::write(place, new_manifest)?;
    passed(Step::JournalWritten);
    fs::rename(&place.out, place.old_tree()).map_err(|error| refused(place, &error))?;
    // From here the old site is in the hidden folder only: whatever happens, that must not be removed.
    work.keep = true;
    passed(Step::OldAway);
    let renamed = fs::rename(place.new_tree(), &place.out);
    if let Err(error) = renamed {
        work.keep = fs::rename(place.old_tree(), &place.out).is_err();
        return Err(refused(place, &error));
    }
    work.keep = false;
    Ok(())
}

/// A mount point, or a folder from below in a layered file system, cannot be renamed.
fn refused(place: &Place, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => {
            Failure::usage("out-is-mount").with("path", place.out.display())
        }
        _ => cannot_write(&place.out, error),
    }
}

/// Whether the two folders were exchanged; `false` where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn in_one_step(new: &Path, out: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn in_one_step(_new: &Path, _out: &Path) -> io::Result<bool> {
    Ok(false)
}
