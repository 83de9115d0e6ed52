//! Where a build writes: the published folder, and the hidden names beside it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::failure::{cannot_read, cannot_write};
use crate::diagnostics::Failure;

/// The published folder and what may stand beside it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The published folder, every link before its last name resolved. It need not exist.
    pub(super) out: PathBuf,
    /// The folder it stands in.
    pub(super) parent: PathBuf,
    /// The hidden folder of a running or killed build.
    pub(super) work: PathBuf,
    /// The lock file.
    pub(super) lock: PathBuf,
}

impl Place {
    /// Resolves `out`. Nothing is made or changed.
    ///
    /// # Errors
    /// `out-is-mount` for the root of the file system, `out-is-file` when a file stands where a folder
    /// is needed, `cannot-read`.
    pub(super) fn find(out: &Path) -> Result<Self, Failure> {
        let whole = std::path::absolute(out).map_err(|error| cannot_read(out, &error))?;
        // `..` at the end hides the name that the hidden ones are made of.
        let whole = if whole.file_name().is_some() { whole } else { resolve(&whole)? };
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(Failure::usage("out-is-mount").with("path", out.display()));
        };
        let parent = resolve(parent)?;
        Ok(Self {
            out: parent.join(name),
            work: parent.join(hidden(name, ".gongshi-staging")),
            lock: parent.join(hidden(name, ".gongshi-lock")),
            parent,
        })
    }

    /// The tree being written; after a one-step exchange the old one.
    pub(super) fn new_tree(&self) -> PathBuf {
        self.work.join("new")
    }

    /// The old tree, after the first of two renames.
    pub(super) fn old_tree(&self) -> PathBuf {
        self.work.join("old")
    }

    /// The journal of two renames.
    pub(super) fn journal(&self) -> PathBuf {
        self.work.join("journal.json")
    }

    /// Refuses a published folder inside the content or around it: the next build would read what this
    /// one wrote, or remove what it read.
    pub(super) fn apart_from(&self, content: &Path) -> Result<(), Failure> {
        let content = resolve(&std::path::absolute(content).map_err(|error| cannot_read(content, &error))?)?;
        // The same folder may be spelt otherwise where capitals do not count, and a link may lead into
        // the content.
        let target = self.out.canonicalize().unwrap_or_else(|_| self.out.clone());
        let overlaps = |out: &Path| out.starts_with(&content) || content.starts_with(out);
        if overlaps(&self.out) || overlaps(&target) || content.starts_with(&self.work) {
            return Err(Failure::usage("out-overlaps-content")
                .with("path", self.out.display())
                .with("content", content.display()));
        }
        Ok(())
    }

    /// What stands at `out`: a folder's metadata, or `None` for nothing.
    ///
    /// # Errors
    /// `out-is-link`, `out-is-file`, `out-is-mount`: places that cannot be exchanged.
    pub(super) fn folder(&self) -> Result<Option<Metadata>, Failure> {
        let refuse = |name| Err(Failure::usage(name).with("path", self.out.display()));
        match fs::symlink_metadata(&self.out) {
            Ok(found) if found.is_symlink() => refuse("out-is-link"),
            Ok(found) if !found.is_dir() => refuse("out-is-file"),
            Ok(found) if is_mount(&self.out, &found, &self.parent) => refuse("out-is-mount"),
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(cannot_read(&self.out, &error)),
        }
    }

    /// Makes the folders above `out`.
    pub(super) fn make_parent(&self) -> Result<(), Failure> {
        fs::create_dir_all(&self.parent).map_err(|error| cannot_write(&self.parent, &error))
    }
}

/// `.NAME` and an ending: derived, so that remains of a killed build are found again.
fn hidden(name: &OsStr, ending: &str) -> OsString {
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(ending);
    hidden
}

/// The absolute path with all links resolved, of which the last names need not exist yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Failure> {
    let mut missing: Vec<&OsStr> = Vec::new();
    let mut here = path;
    loop {
        match here.canonicalize() {
            Ok(found) if missing.is_empty() || found.is_dir() => {
                return Ok(missing.iter().rev().fold(found, |path, name| path.join(name)));
            }
            Ok(found) => return Err(Failure::usage("out-is-file").with("path", found.display())),
            Err(error) => match (error.kind(), here.file_name(), here.parent()) {
                (ErrorKind::NotFound | ErrorKind::NotADirectory, Some(name), Some(parent)) => {
                    missing.push(name);
                    here = parent;
                }
                _ => return Err(cannot_read(here, &error)),
            },
        }
    }
}

#[cfg(target_os = "linux")]
fn is_mount(path: &Path, _found: &Metadata, _parent: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    // Device numbers would miss a folder mounted on its own file system and mistake a subvolume. What
    // an old kernel does not tell shows when the folders are exchanged.
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount(_path: &Path, found: &Metadata, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(parent).is_ok_and(|parent| parent.dev() != found.dev())
}

#[cfg(not(unix))]
fn is_mount(_path: &Path, _found: &Metadata, _parent: &Path) -> bool {
    false
}
