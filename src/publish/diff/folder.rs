//! A published folder as it is compared: its manifest, and files that are as they were published.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use super::facts::{list, text};
use crate::diagnostics::Failure;
use crate::publish::failure::cannot_read;
use crate::publish::manifest::{self, FileEntry, Manifest};
use crate::values::ArtifactPath;

/// A published folder.
pub(super) struct Folder {
    dir: PathBuf,
    /// What it says of itself.
    pub(super) manifest: Manifest,
    /// `board.json`; none in what an earlier version published.
    pub(super) board: Option<Value>,
    /// Names of areas by path (empty for the root).
    pub(super) areas: BTreeMap<String, String>,
    /// Paths of areas in the order of the board.
    pub(super) order: Vec<String>,
}

impl Folder {
    /// Opens a published folder.
    ///
    /// # Errors
    /// As for [`diff`](super::diff).
    pub(super) fn open(dir: &Path) -> Result<Self, Failure> {
        let refuse = |failure: Failure| Err(failure.with("path", dir.display()));
        match fs::metadata(dir) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return refuse(Failure::usage("no-folder-there"));
            }
            Err(error) => return Err(cannot_read(dir, &error)),
            Ok(found) if !found.is_dir() => return refuse(Failure::usage("not-published")),
            Ok(_) => {}
        }
        let manifest = match Manifest::read(dir) {
            Ok(Some(manifest)) => manifest,
            Ok(None) if manifest::read_bytes(dir)?.is_some_and(|bytes| manifest::is_damaged(&bytes)) => {
                return refuse(Failure::usage("broken-manifest"));
            }
            Ok(None) => return refuse(Failure::usage("not-published")),
            Err(failure) if failure.name() == "out-newer" => {
                return refuse(Failure::usage("folder-newer"));
            }
            Err(failure) => return Err(failure),
        };
        let files: Vec<_> = manifest.files.iter().collect();
        let differs = |(path, entry): &(&ArtifactPath, &FileEntry)| read(dir, path.as_str(), entry).err();
        if let Some(failure) = files.par_iter().find_map_first(differs) {
            return Err(failure);
        }
        let mut folder =
            Self { dir: dir.to_owned(), manifest, board: None, areas: BTreeMap::new(), order: Vec::new() };
        folder.board = folder.json("board.json")?.filter(|board| board.get("areas").is_some());
        folder.name_areas()?;
        Ok(folder)
    }

    fn name_areas(&mut self) -> Result<(), Failure> {
        let mut named = Vec::new();
        if let Some(board) = &self.board {
            named.extend(list(board, "areas").iter().map(path_and_name));
        } else {
            let of_areas = |path: &&ArtifactPath| path.name() == "notices.json";
            for path in self.manifest.files.keys().filter(of_areas) {
                let notices = self.json(path.as_str())?;
                named.extend(notices.as_ref().and_then(|notices| notices.get("area")).map(path_and_name));
            }
        }
        self.order = named.iter().map(|(path, _)| path.clone()).collect();
        self.areas = named.into_iter().collect();
        Ok(())
    }

    /// What the manifest says of a file.
    pub(super) fn entry(&self, path: &str) -> Option<&FileEntry> {
        self.manifest.files.get(path)
    }

    /// A file of open data; `None` where the manifest names none, or it is no JSON.
    pub(super) fn json(&self, path: &str) -> Result<Option<Value>, Failure> {
        Ok(self.bytes(path)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// A file as it was published; `None` where the manifest names none.
    ///
    /// # Errors
    /// `published-file-missing`, `published-file-changed` (usage) where the folder is not as it was published;
    /// `cannot-read`.
    pub(super) fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let Some(entry) = self.entry(path) else { return Ok(None) };
        read(&self.dir, path, entry).map(Some)
    }
}

/// A file of a folder, if it is as the manifest says. Links are not followed: none is published.
fn read(dir: &Path, path: &str, entry: &FileEntry) -> Result<Vec<u8>, Failure> {
    let file = dir.join(path);
    let damaged = |name| Failure::usage(name).with("path", dir.display()).with("file", path);
    let is_missing = |error: &Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    match fs::symlink_metadata(&file) {
        Ok(found) if !found.is_file() => return Err(damaged("published-file-changed")),
        Err(error) if is_missing(&error) => return Err(damaged("published-file-missing")),
        _ => {}
    }
    match fs::read(&file) {
        Ok(bytes) if FileEntry::of(&bytes) == *entry => Ok(bytes),
        Ok(_) => Err(damaged("published-file-changed")),
        Err(error) if is_missing(&error) => Err(damaged("published-file-missing")),
        Err(error) => Err(cannot_read(&file, &error)),
    }
}

/// The path of an area as folders have it, and its name.
fn path_and_name(area: &Value) -> (String, String) {
    let path = text(area, "path");
    (if path == "." { String::new() } else { path.to_owned() }, text(area, "name").to_owned())
}
