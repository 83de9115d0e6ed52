//! The staging folder: artifacts come in, a published folder goes out.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::exchange::{self, Mode, Step, Work};
use super::failure::{cannot_read, cannot_write};
use super::lock::Lock;
use super::manifest::{self, About, Digest, FileEntry, Manifest};
use super::place::Place;
use super::{journal, tree};
use crate::diagnostics::Failure;
use crate::values::ArtifactPath;

/// A build's output until it is published. Dropped before, it is removed, and the published folder is
/// as it was.
///
/// Many workers may write at once.
#[derive(Debug)]
pub struct Staging {
    place: Place,
    tree: PathBuf,
    previous: Option<Previous>,
    written: Mutex<Vec<(ArtifactPath, FileEntry)>>,
    unchanged: AtomicUsize,
    stamps_kept: AtomicUsize,
    // Fields are dropped in their order: the folder goes before the lock.
    work: Work,
    lock: Lock,
}

/// What stands at `out` already.
#[derive(Debug)]
struct Previous {
    manifest: Manifest,
    digest: Digest,
    stamp: Option<SystemTime>,
}

/// A finished publication. What is left to do is removing the old tree, after success was reported.
#[derive(Debug)]
pub struct Published {
    files: usize,
    unchanged: usize,
    work: Work,
    _lock: Lock,
}

/// Opens a staging folder beside `out`: checks the place, takes the lock, completes or undoes what a
/// killed build left.
///
/// # Errors
/// Usage: `out-is-file`, `out-is-link`, `out-is-mount`, `out-overlaps-content`, `out-not-ours`,
/// `out-newer`, `foreign-files`. Machine: `another-build`, `cannot-lock`, `in-the-way`, `disk-full`,
/// `name-too-long`, `cannot-read`, `cannot-write`.
pub fn open(out: &Path, content: &Path) -> Result<Staging, Failure> {
    let place = Place::find(out)?;
    place.apart_from(content)?;
    place.folder()?;
    place.make_parent()?;
    let lock = Lock::take(&place.lock)?;
    journal::recover(&place)?;
    let folder = place.folder()?;
    let previous = if folder.is_some() { Previous::read(&place.out)? } else { None };
    if folder.is_some() {
        tree::refuse_foreign(&place.out, previous.as_ref().map(|previous| &previous.manifest))?;
    }
    let work = Work::make(&place)?;
    let tree = place.new_tree();
    fs::create_dir(&tree).map_err(|error| cannot_write(&tree, &error))?;
    if let Some(folder) = folder {
        fs::set_permissions(&tree, folder.permissions()).map_err(|error| cannot_write(&tree, &error))?;
    }
    Ok(Staging {
        place,
        tree,
        previous,
        written: Mutex::default(),
        unchanged: AtomicUsize::new(0),
        stamps_kept: AtomicUsize::new(0),
        work,
        lock,
    })
}

impl Previous {
    fn read(out: &Path) -> Result<Option<Self>, Failure> {
        let Some(bytes) = manifest::read_bytes(out)? else { return Ok(None) };
        let Some(manifest) = Manifest::parse(&bytes, out)? else { return Ok(None) };
        let path = out.join(manifest::NAME);
        let found = fs::symlink_metadata(&path).map_err(|error| cannot_read(&path, &error))?;
        Ok(Some(Self { manifest, digest: Digest::of(&bytes), stamp: found.modified().ok() }))
    }

    /// The time stamp to give a file whose bytes are those of the last publication.
    ///
    /// A file that was touched after the manifest was written may hold other bytes than the manifest
    /// says. With its stamp on our bytes, a synchroniser would never bring them to the server.
    fn stamp_of(&self, old: &Path, size: u64) -> Option<SystemTime> {
        let found = fs::symlink_metadata(old).ok().filter(|found| found.is_file() && found.len() == size)?;
        found.modified().ok().filter(|stamp| Some(*stamp) <= self.stamp)
    }
}

impl Staging {
    /// Writes one artifact, which has passed the guard.
    ///
    /// A file whose bytes are those of the last publication gets its time stamp.
    ///
    /// # Errors
    /// `internal-same-path` when an artifact of that path was written before, and never overwrites;
    /// `disk-full`, `name-too-long`, `cannot-write`.
    pub fn write(&self, path: &ArtifactPath, bytes: &[u8]) -> Result<(), Failure> {
        if path.as_str() == manifest::NAME {
            return Err(same_path(path.as_str()));
        }
        let entry = FileEntry::of(bytes);
        let stamp = self.old_stamp(path, entry);
        self.create(path.as_str(), bytes, stamp)?;
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), entry));
        Ok(())
    }

    /// What the folder that will be replaced says of itself.
    pub fn previous(&self) -> Option<&Manifest> {
        self.previous.as_ref().map(|previous| &previous.manifest)
    }

    /// The bytes of a sheet in the folder that will be replaced, where its manifest says that it was made from what `key`
    /// stands for, and names these bytes.
    pub fn kept_sheet(&self, path: &str, key: &str) -> Option<Vec<u8>> {
        let manifest = self.previous()?;
        if manifest.sheet(path)?.key != key {
            return None;
        }
        let entry = manifest.files.get(&ArtifactPath::parse(path).ok()?)?;
        let bytes = fs::read(self.place.out.join(path)).ok()?;
        (FileEntry::of(&bytes) == *entry).then_some(bytes)
    }

    /// Writes the manifest and puts the new tree in the place of the old one.
    ///
    /// # Errors
    /// `foreign-files` or `out-not-ours` when something was put into the folder meanwhile;
    /// `out-is-mount`, `disk-full`, `cannot-write`. The old tree stands then.
    pub fn publish(self, about: About) -> Result<Published, Failure> {
        self.publish_by(about, Mode::OneStep, &|_| {})
    }

    pub(super) fn publish_by(
        mut self,
        about: About,
        mode: Mode,
        passed: &dyn Fn(Step),
    ) -> Result<Published, Failure> {
        let written = std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        let files = written.len();
        let manifest = Manifest::new(about, written.into_iter().collect::<BTreeMap<_, _>>());
        let bytes = manifest.to_bytes();
        let digest = Digest::of(&bytes);
        self.create(manifest::NAME, &bytes, self.manifest_stamp(digest, files))?;
        passed(Step::ManifestWritten);
        // A build can take minutes, time enough for somebody to put a file where it would be lost.
        tree::refuse_foreign(&self.place.out, self.previous())?;
        exchange::put_in_place(&self.place, &mut self.work, digest, mode, passed)?;
        Ok(Published { files, unchanged: self.unchanged.into_inner(), work: self.work, _lock: self.lock })
    }

    fn old_stamp(&self, path: &ArtifactPath, entry: FileEntry) -> Option<SystemTime> {
        let previous = self.previous.as_ref()?;
        if previous.manifest.files.get(path) != Some(&entry) {
            return None;
        }
        self.unchanged.fetch_add(1, Ordering::Relaxed);
        let stamp = previous.stamp_of(&self.place.out.join(path.as_str()), entry.size)?;
        self.stamps_kept.fetch_add(1, Ordering::Relaxed);
        Some(stamp)
    }

    /// The manifest keeps its stamp only when all files did: it must not be older than any of them, or
    /// the next build would take the younger ones for touched.
    fn manifest_stamp(&self, digest: Digest, files: usize) -> Option<SystemTime> {
        let previous = self.previous.as_ref()?;
        let same = previous.digest == digest && self.stamps_kept.load(Ordering::Relaxed) == files;
        previous.stamp.filter(|_| same)
    }

    /// One create and one write. A page is the first file of its folder, which is made before; for any other file it is
    /// made when the file cannot be created for want of it.
    fn create(&self, path: &str, bytes: &[u8], stamp: Option<SystemTime>) -> Result<(), Failure> {
        let whole = self.tree.join(path);
        let failed = |error: io::Error| match error.kind() {
            // A file where a folder is needed, or the other way round, is the same fault.
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => same_path(path),
            _ => cannot_write(&whole, &error),
        };
        let folder = whole.parent().unwrap_or(&self.tree);
        if path.ends_with("/index.html") {
            // Whatever is wrong with the folder shows when the file is created.
            let _ = fs::create_dir_all(folder);
        }
        let mut file = match File::create_new(&whole) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(failed)?;
                File::create_new(&whole).map_err(failed)?
            }
            created => created.map_err(failed)?,
        };
        file.write_all(bytes).map_err(failed)?;
        if let Some(stamp) = stamp {
            file.set_times(FileTimes::new().set_modified(stamp)).map_err(failed)?;
        }
        Ok(())
    }
}

fn same_path(path: &str) -> Failure {
    Failure::machine("internal-same-path").with("path", path)
}

impl Published {
    /// Number of files published, without the manifest.
    pub fn files(&self) -> usize {
        self.files
    }

    /// How many of them hold the same bytes as in the publication before.
    pub fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// Removes the old tree and gives the lock back. Call it once success was reported: it takes as
    /// long as a good part of a build. Dropping does the same and says nothing.
    ///
    /// # Errors
    /// `cannot-write`: the site is published all the same, and the next build removes what is left.
    pub fn remove_old(self) -> Result<(), Failure> {
        self.work.remove_trees()
    }
}
