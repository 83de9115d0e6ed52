//! The files of a content folder, and which of them each area owns.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use walkdir::{DirEntry, WalkDir};

use super::decode::decode_table_text;
use super::excerpts::Reopened;
use super::tree;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};

const LINK_LEAVES_BOARD: Code = Code::error("link-leaves-board");
const CANNOT_READ: Code = Code::error("unreadable-file");
const NAME_NOT_UNICODE: Code = Code::error("name-not-unicode");
const SAME_NAME: Code = Code::error("same-name");

/// All files of a content folder, by path, in the order of their paths.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    /// Paths from the root with `/`; a [`FileId`] is an index into it.
    paths: Vec<String>,
    /// Files that must not be opened: links out of the folder, pipes, devices.
    faulty: BTreeSet<FileId>,
    /// Files that the system did not let be read, with its reason.
    unread: Mutex<BTreeMap<FileId, io::ErrorKind>>,
    /// The digest of each file's bytes as they were last read.
    digests: Vec<OnceLock<blake3::Hash>>,
    /// Where files stand whose names are not composed (NFC), as some systems and archives write them, by their path.
    as_named: BTreeMap<String, PathBuf>,
    /// The files opened once more to show problems.
    pub(super) reopened: Reopened,
}

impl Files {
    /// Lists the content folder. Droppings of editors and systems are left out; what cannot be opened, links that
    /// lead out of the folder, and folders where files belong are problems.
    ///
    /// # Errors
    /// When there is no such folder, or the system does not let one be listed.
    pub fn list(root: &Path, problems: &mut Problems) -> Result<Self, Failure> {
        let shown = root.display().to_string();
        let whole = fs::canonicalize(root).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => cannot_read(&shown, error.kind()),
            _ => Failure::usage("no-content-folder").with("path", &shown),
        })?;
        if !whole.is_dir() {
            return Err(Failure::usage("no-content-folder").with("path", &shown));
        }
        let listing = Listing::of(&whole);
        let Listing { mut paths, mut faults, as_named, .. } =
            listing.map_err(|(path, reason)| cannot_read(&format!("{shown}/{path}"), reason))?;
        paths.sort();
        let twice =
            paths.windows(2).filter_map(|pair| pair.first().filter(|first| pair.last() == Some(first)));
        faults.extend(twice.map(|path| (SAME_NAME, path.clone())));
        let mut deep: Vec<&str> = paths.iter().filter_map(|path| tree::folder_too_deep(path)).collect();
        deep.dedup();
        faults.extend(deep.into_iter().map(|folder| (tree::FOLDER_TOO_DEEP, folder.to_owned())));
        paths.extend(faults.iter().map(|(_, path)| path.clone()));
        paths.sort();
        paths.dedup();
        let digests = paths.iter().map(|_| OnceLock::new()).collect();
        let mut files = Self {
            faulty: BTreeSet::new(),
            unread: Mutex::default(),
            root: whole.clone(),
            paths,
            digests,
            as_named,
            reopened: Reopened::default(),
        };
        for (code, path) in faults {
            if let Some(id) = files.find(&path) {
                problems.add(Diagnostic::new(code, Place::file(id)).with("folder", folder_of(&path)));
                files.faulty.insert(id);
            }
        }
        Ok(files)
    }

    /// One file by itself, for commands that read something outside of the content. `None` when there is no such file.
    pub fn single(path: &Path) -> Option<(Self, FileId)> {
        let whole = fs::canonicalize(path).ok().filter(|whole| whole.is_file())?;
        let name = whole.file_name()?.to_str()?.to_owned();
        let files = Self {
            root: whole.parent()?.to_path_buf(),
            paths: vec![name],
            as_named: BTreeMap::new(),
            faulty: BTreeSet::new(),
            unread: Mutex::default(),
            digests: vec![OnceLock::new()],
            reopened: Reopened::default(),
        };
        Some((files, FileId(0)))
    }

    /// The folder that holds the content, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file from the root, with `/`. It may hold private text: mask before showing.
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(file.0 as usize).map_or("", String::as_str)
    }

    /// The file at `path`.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.paths.binary_search_by(|known| known.as_str().cmp(path)).ok()?;
        u32::try_from(index).ok().map(FileId)
    }

    /// All files, in the order of their paths; with those that must not be opened, which has been reported.
    pub fn all(&self) -> impl Iterator<Item = (FileId, &str)> {
        (0u32..).map(FileId).zip(self.paths.iter().map(String::as_str))
    }

    /// All files that may be opened, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &str)> {
        self.all().filter(|(file, _)| !self.faulty.contains(file))
    }

    /// Where a file stands in the system.
    fn place_of(&self, file: FileId) -> PathBuf {
        let path = self.path(file);
        self.root.join(self.as_named.get(path).map_or(Path::new(path), PathBuf::as_path))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// What the system says when it cannot be read.
    pub fn bytes(&self, file: FileId) -> io::Result<Vec<u8>> {
        if self.faulty.contains(&file) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let bytes = fs::read(self.place_of(file))?;
        if let Some(digest) = self.digests.get(file.0 as usize) {
            digest.get_or_init(|| blake3::hash(&bytes));
        }
        Ok(bytes)
    }

    /// A fingerprint of the whole content: of all paths and bytes. Files that nothing has read yet are
    /// read now.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn fingerprint(&self) -> Result<String, Failure> {
        let unread = |(file, _): &(FileId, &str)| {
            self.digests.get(file.0 as usize).is_some_and(|digest| digest.get().is_none())
        };
        for (file, path) in self.iter().filter(unread) {
            self.bytes(file).map_err(|error| match error.kind() {
                reason @ io::ErrorKind::NotFound => {
                    Failure::machine("content-changed").with("path", path).with("reason", reason)
                }
                reason => self.cannot_read(file, reason),
            })?;
        }
        let mut whole = blake3::Hasher::new();
        for (path, digest) in self.paths.iter().zip(&self.digests) {
            whole.update(&(path.len() as u64).to_le_bytes());
            whole.update(path.as_bytes());
            whole.update(digest.get().map_or(&[][..], |digest| digest.as_bytes()));
        }
        Ok(whole.finalize().to_hex().to_string())
    }

    /// The bytes of a file. `None` for one that must not be opened, which has been reported, and for one that the
    /// system does not let be read, which [`Files::all_read`] says.
    pub fn read(&self, file: FileId) -> Option<Vec<u8>> {
        if self.faulty.contains(&file) {
            return None;
        }
        let note = |error: io::Error| {
            let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
            unread.insert(file, error.kind());
        };
        self.bytes(file).map_err(note).ok()
    }

    /// The text of a file, decoded as it is read elsewhere, so that places in it are the same; `None` for a workbook or a
    /// picture.
    pub fn text_once_more(&self, file: FileId) -> Option<String> {
        decode_table_text(self.bytes(file).ok()?, file, &mut Problems::new())
    }

    /// Whether the system has let every file be read that was asked for. What was found without them means nothing.
    ///
    /// # Errors
    /// The machine's failure, with the first of the others.
    pub fn all_read(&self) -> Result<(), Failure> {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        match unread.first_key_value() {
            Some((file, reason)) => Err(self.cannot_read(*file, *reason)),
            None => Ok(()),
        }
    }

    fn cannot_read(&self, file: FileId, reason: io::ErrorKind) -> Failure {
        cannot_read(&self.root.join(self.path(file)).display().to_string(), reason)
    }
}

fn cannot_read(path: &str, reason: io::ErrorKind) -> Failure {
    Failure::machine("cannot-read").with("path", path).with("reason", reason)
}

struct Listing<'a> {
    whole: &'a Path,
    paths: Vec<String>,
    faults: Vec<(Code, String)>,
    /// Where files stand whose names are not composed.
    as_named: BTreeMap<String, PathBuf>,
}

/// The path and the reason of what cannot be listed.
type Unlisted = (String, io::ErrorKind);

impl<'a> Listing<'a> {
    /// Gathers what is below `whole`, several of its folders at a time.
    fn of(whole: &'a Path) -> Result<Self, Unlisted> {
        let mut top = Self::new(whole);
        let mut folders = Vec::new();
        top.walk(WalkDir::new(whole).max_depth(1), |folder| folders.push(folder))?;
        let below = |folder: &PathBuf| {
            let mut below = Self::new(whole);
            below.walk(WalkDir::new(folder), |_| ()).map(|()| below)
        };
        let all: Vec<Result<Self, Unlisted>> = folders.par_iter().map(below).collect();
        for below in all {
            let Self { paths, faults, as_named, .. } = below?;
            top.paths.extend(paths);
            top.faults.extend(faults);
            top.as_named.extend(as_named);
        }
        Ok(top)
    }

    fn new(whole: &'a Path) -> Self {
        Self { whole, paths: Vec::new(), faults: Vec::new(), as_named: BTreeMap::new() }
    }

    /// Gathers what `walk` meets, but for its start; `found` hears of the folders.
    fn walk(&mut self, walk: WalkDir, mut found: impl FnMut(PathBuf)) -> Result<(), Unlisted> {
        let kept = |entry: &DirEntry| !is_dropping(&entry.file_name().to_string_lossy());
        let mut walk = walk.min_depth(1).into_iter().filter_entry(kept);
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    let path = self.path_from_root(entry.path());
                    if tree::is_name_of_file(&path) {
                        self.faults.push((tree::FOLDER_FOR_FILE, path));
                        walk.skip_current_dir();
                    } else {
                        found(entry.into_path());
                    }
                }
                Ok(entry) => self.take(entry.path(), entry.file_type()),
                Err(error) => {
                    let path = error.path().map(|path| self.path_from_root(path)).unwrap_or_default();
                    return Err((path, error.io_error().map_or(io::ErrorKind::Other, io::Error::kind)));
                }
            }
        }
        Ok(())
    }

    /// The path as it is written everywhere else: composed, with `/`.
    fn path_from_root(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.whole).unwrap_or(path);
        let plain = path.to_str().filter(|_| std::path::MAIN_SEPARATOR == '/').map(str::to_owned);
        let whole = plain.unwrap_or_else(|| {
            path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        });
        composed(whole)
    }

    fn take(&mut self, path: &Path, kind: fs::FileType) {
        let name = self.path_from_root(path);
        if path.file_name().is_some_and(|name| name.to_str().is_none()) {
            self.faults.push((NAME_NOT_UNICODE, name));
        } else if !kind.is_file() && !kind.is_symlink() {
            // A pipe or a device would keep the reader waiting for ever.
            self.faults.push((CANNOT_READ, name));
        } else if kind.is_symlink() && !self.stays_inside(path) {
            self.faults.push((LINK_LEAVES_BOARD, name));
        } else {
            let from_root = path.strip_prefix(self.whole).unwrap_or(path);
            if Path::new(&name) != from_root {
                self.as_named.insert(name.clone(), from_root.to_owned());
            }
            self.paths.push(name);
        }
    }

    /// Whether a link ends at a file of this folder. A link to a folder does not count: it could nest
    /// without end.
    fn stays_inside(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|target| target.starts_with(self.whole) && target.is_file())
    }
}

/// Whether a name is one that editors and systems leave behind.
fn is_dropping(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with(".~lock")
        || name.ends_with('~')
        || matches!(
            name,
            ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".git" | ".gitignore" | ".gitattributes" | ".gitkeep"
        )
        || Path::new(name).extension().is_some_and(|ending| {
            ["swp", "swo", "tmp", "bak"].iter().any(|known| ending.eq_ignore_ascii_case(known))
        })
}

/// Resolves `relative` as it is written in a file of `folder` (both from the root, with `/`).
/// `None` when it leaves the board.
pub fn resolve(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.contains('\\') || relative.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(composed(parts.join("/")))
}

/// A path with its characters composed (NFC): one name has one spelling.
fn composed(path: String) -> String {
    if is_nfc_quick(path.chars()) == IsNormalized::Yes { path } else { path.nfc().collect() }
}

/// The folder of a path; empty for a file at the root.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Files that something refers to; the others of the content are reported as unused.
#[derive(Debug, Default)]
pub struct Used(BTreeSet<FileId>);

impl Used {
    /// Notes that a file is referred to.
    pub fn note(&mut self, file: FileId) {
        self.0.insert(file);
    }

    /// Takes over all notes of another list.
    pub fn append(&mut self, mut other: Used) {
        self.0.append(&mut other.0);
    }

    /// Whether a file is referred to.
    pub fn contains(&self, file: FileId) -> bool {
        self.0.contains(&file)
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn a_path_stays_inside_the_board_or_is_refused() {
        assert_eq!(resolve("liutang/subsidies", "../files/a.csv").as_deref(), Some("liutang/files/a.csv"));
        assert_eq!(resolve("", "a.csv").as_deref(), Some("a.csv"));
        for outside in ["../../../a.csv", "/etc/passwd", "C:\\a.csv", "..\\a.csv"] {
            assert_eq!(resolve("liutang/subsidies", outside), None, "{outside}");
        }
    }
}
