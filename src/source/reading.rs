//! Reading the files of one area.

use super::decode::decode_utf8;
use super::fields::{Located, nearest};
use super::files::{Used, folder_of, resolve};
use super::tables::{self, ReadOptions, Sheet, TableFormat};
use super::tree::{AreaFolder, Content};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const LEAVES_BOARD: Code = Code::error("path-leaves-board");
const NO_TABLE: Code = Code::error("no-table-format");
const NO_SUCH_FILE: Code = Code::error("no-such-file");
/// What stands where a picture belongs is none that the program can read.
pub const NO_PICTURE: Code = Code::error("no-picture");

/// Whether a file is a picture by its ending: only these can be freed of metadata.
pub fn is_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["png", "jpg", "jpeg"].contains(&ending.as_str()))
}

/// The reading of one area: what is read from, and what is found on the way.
///
/// Areas are read side by side, each into a list of its own.
#[derive(Debug)]
pub struct Reading<'c> {
    /// The content folder.
    pub content: &'c Content,
    /// The area's files.
    pub folder: &'c AreaFolder,
    /// Problems found.
    pub problems: Problems,
    /// Files referred to.
    pub used: Used,
}

impl<'c> Reading<'c> {
    /// Starts reading `folder`.
    pub fn new(content: &'c Content, folder: &'c AreaFolder) -> Self {
        Self { content, folder, problems: Problems::new(), used: Used::default() }
    }

    /// The decoded text of a TOML or Markdown file.
    pub fn text(&mut self, file: FileId) -> Option<String> {
        let bytes = self.content.files.read(file)?;
        decode_utf8(bytes, file, &mut self.problems)
    }

    /// The rows of a table.
    pub fn sheet(&mut self, file: FileId, options: &ReadOptions<'_>) -> Option<Sheet> {
        let path = self.content.files.path(file);
        let ending = path.rsplit('.').next().unwrap_or_default();
        let Some(format) = TableFormat::from_extension(ending) else {
            self.problems.add(Diagnostic::new(NO_TABLE, Place::file(file)));
            return None;
        };
        let bytes = self.content.files.read(file)?;
        tables::read(bytes, format, options, file, &mut self.problems)
    }

    fn in_area(&mut self, written: &Located<String>) -> Option<FileId> {
        self.refer(&self.folder.path, written)
    }

    /// The picture that `written` means, as a path from the area's folder. Whether it is one is seen by its ending here,
    /// and by its bytes when it leaves.
    pub fn picture(&mut self, written: &Located<String>) -> Option<FileId> {
        let file = self.in_area(written)?;
        if !is_picture(self.content.files.path(file)) {
            self.problems.add(Diagnostic::new(NO_PICTURE, written.place));
            return None;
        }
        Some(file)
    }

    /// The file that `written` means, when it is a path from the folder of the file it is written in
    /// (a table beside its TOML).
    pub fn beside(&mut self, written: &Located<String>) -> Option<FileId> {
        self.refer(folder_of(self.content.files.path(written.place.file)), written)
    }

    fn refer(&mut self, folder: &str, written: &Located<String>) -> Option<FileId> {
        let files = &self.content.files;
        let Some(path) = resolve(folder, &written.value) else {
            self.problems.add(Diagnostic::new(LEAVES_BOARD, written.place).with("path", &written.value));
            return None;
        };
        let found = files.find(&path);
        match found {
            Some(file) => self.used.note(file),
            None => {
                let here = folder_of(&path);
                // Neither a table nor a picture is written in these.
                let is_text = |known: &str| known.ends_with(".toml") || known.ends_with(".md");
                let fitting = || files.iter().map(|(_, known)| known).filter(|known| !is_text(known));
                let within = if path.is_empty() { String::new() } else { format!("{path}/") };
                let mut problem = Diagnostic::new(NO_SUCH_FILE, written.place).with("path", &written.value);
                if files.iter().any(|(_, known)| known.starts_with(&within)) {
                    let inside = fitting()
                        .find(|known| known.strip_prefix(&within).is_some_and(|rest| !rest.contains('/')));
                    let inside = inside.and_then(|known| known.strip_prefix(&within)).unwrap_or("….xlsx");
                    problem = problem.with("inside", inside);
                } else if let Some(near) = nearest(&path, fitting().filter(|known| folder_of(known) == here))
                {
                    problem = problem.with("near", near.rsplit('/').next().unwrap_or(near));
                }
                self.problems.add(problem);
            }
        }
        found
    }
}
