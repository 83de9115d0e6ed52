//! `gongshi new`

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use super::DONE;
use super::arguments::New;
use super::print::Printer;
use crate::diagnostics::Failure;

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// Makes a folder with the example board in `content/`, ready to be built.
pub(super) fn run(new: &New, printer: &Printer) -> Result<u8, Failure> {
    let shown = new.dir.display().to_string();
    match fs::read_dir(&new.dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Failure::usage("new-not-empty").with("path", shown));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Failure::usage("new-not-empty").with("path", shown));
        }
        Err(error) => return Err(cannot_write(&new.dir, &error)),
    }
    write_all(&EXAMPLE, &new.dir.join("content"))?;
    printer.say("say-new", &[("path", shown)]);
    Ok(DONE)
}

fn write_all(folder: &Dir<'_>, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| cannot_write(to, &error))?;
    for entry in folder.entries() {
        let path = to.join(entry.path().file_name().unwrap_or_default());
        match entry {
            DirEntry::Dir(inner) => write_all(inner, &path)?,
            DirEntry::File(file) => {
                fs::write(&path, file.contents()).map_err(|error| cannot_write(&path, &error))?;
            }
        }
    }
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::machine("new-cannot-write").with("path", path.display()).with("reason", error.kind())
}
