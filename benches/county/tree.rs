//! The published files in memory, and the program that only writes them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use walkdir::WalkDir;

use crate::Outcome;
use crate::process::{Cost, cpu_of_this_process};

/// Bytes that a file or folder takes up at least in memory.
const BLOCK: u64 = 4096;

/// Everything in a folder.
pub(crate) struct Tree {
    /// Folders, each after the one that holds it.
    folders: Vec<PathBuf>,
    /// Files with their bytes, in the order of their folders.
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Tree {
    /// Reads a whole folder.
    pub(crate) fn read(root: &Path) -> Outcome<Self> {
        let mut tree = Self { folders: Vec::new(), files: Vec::new() };
        for entry in WalkDir::new(root).min_depth(1).sort_by_file_name() {
            let entry = entry?;
            let path = entry.path().strip_prefix(root)?.to_path_buf();
            if entry.file_type().is_dir() {
                tree.folders.push(path);
            } else {
                tree.files.push((path, fs::read(entry.path())?));
            }
        }
        Ok(tree)
    }

    /// Number of files.
    pub(crate) fn files(&self) -> usize {
        self.files.len()
    }

    /// Number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.files.iter().filter(|(path, _)| path.ends_with("index.html")).count()
    }

    /// Bytes of all files.
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, bytes)| bytes.len() as u64).sum()
    }

    /// Bytes that the tree takes up in a memory-backed folder.
    pub(crate) fn room(&self) -> u64 {
        let blocks: u64 = self.files.iter().map(|(_, bytes)| (bytes.len() as u64).div_ceil(BLOCK)).sum();
        blocks * BLOCK + (self.folders.len() + self.files.len()) as u64 * 1024
    }

    /// Writes the tree to the new folder `root` and says what that cost: each folder is made once, each file
    /// is one create and one write.
    pub(crate) fn write(&self, root: &Path, threads: usize) -> Outcome<Cost> {
        let before = cpu_of_this_process()?;
        let start = Instant::now();
        self.write_all(root, threads)?;
        let wall = start.elapsed();
        Ok(Cost { wall, cpu: cpu_of_this_process()?.saturating_sub(before) })
    }

    fn write_all(&self, root: &Path, threads: usize) -> io::Result<()> {
        fs::create_dir(root)?;
        for folder in &self.folders {
            fs::create_dir(root.join(folder))?;
        }
        if threads < 2 {
            return write_files(&self.files, root);
        }
        let share = self.files.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let workers: Vec<_> =
                self.files.chunks(share).map(|files| scope.spawn(|| write_files(files, root))).collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().unwrap_or_else(|_| Err(io::Error::other("a writer failed")))
            })
        })
    }
}

fn write_files(files: &[(PathBuf, Vec<u8>)], root: &Path) -> io::Result<()> {
    files.iter().try_for_each(|(path, bytes)| File::create_new(root.join(path))?.write_all(bytes))
}
