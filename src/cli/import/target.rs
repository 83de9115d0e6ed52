//! Where an imported table goes, and the writing of it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::Table;
use crate::cli::arguments::{Import, Kind};
use crate::diagnostics::{Failure, Problems};
use crate::kinds::area::{self, Area};
use crate::privacy;
use crate::source::{AreaFolder, Content, Reading, nearest};

/// Files that an import writes.
pub(super) struct Target {
    /// The area, where its `area.toml` can be read.
    pub(super) area: Option<Area>,
    /// Whether the workbook lies in the content folder.
    pub(super) is_from_content: bool,
    kind: Kind,
    title: String,
    table: PathBuf,
    /// The TOML beside the table, for tables that need one.
    about: Option<PathBuf>,
}

impl Target {
    /// The files of an import; none of them is there yet.
    ///
    /// # Errors
    /// When there is no such area, the name is none for a file, or a file of the name is there.
    pub(super) fn find(import: &Import) -> Result<Self, Failure> {
        let mut unsaid = Problems::new();
        let content = Content::open(&import.content, &mut unsaid)?;
        let folder = area_folder(&content, &import.into)?;
        let area = folder.area.and_then(|file| area::read(file, &mut Reading::new(&content, folder)));
        let name = name_of(import)?;
        let inside = match import.kind {
            Kind::Contacts => "contacts".to_owned(),
            Kind::Recipients => format!("subsidies/{name}"),
            Kind::Scores => format!("results/{name}"),
        };
        let path = |ending: &str| import.content.join(&folder.path).join(format!("{inside}.{ending}"));
        let about = (import.kind != Kind::Contacts).then(|| path("toml"));
        let table = path("csv");
        for path in about.iter().chain([&table]) {
            if path.exists() {
                return Err(Failure::usage("import-exists").with("path", path.display()));
            }
        }
        let real = fs::canonicalize(&import.file).ok();
        let is_from_content = real.is_some_and(|file| file.starts_with(content.files.root()));
        Ok(Self { area, is_from_content, kind: import.kind, title: stem(&import.file), table, about })
    }

    /// Writes the table, and the TOML beside it; returns their paths as they are shown.
    ///
    /// # Errors
    /// When a file cannot be made; none is left behind then.
    pub(super) fn write(&self, table: &Table) -> Result<Vec<String>, Failure> {
        create(&self.table, &csv(table).map_err(|error| cannot_write(&self.table, &error))?)?;
        if let Some(about) = &self.about
            && let Err(failure) = create(about, self.about(table).as_bytes())
        {
            // Half an import would be taken for a whole one.
            let _ = fs::remove_file(&self.table);
            return Err(failure);
        }
        Ok([&self.table].into_iter().chain(&self.about).map(|path| path.display().to_string()).collect())
    }

    fn about(&self, table: &Table) -> String {
        let form = match self.kind {
            Kind::Scores => include_str!("../../../data/import/result.toml"),
            Kind::Contacts | Kind::Recipients => include_str!("../../../data/import/subsidy.toml"),
        };
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let extra: Vec<String> = table.columns.extra().map(quoted).collect();
        let file = self.table.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        form.replace("{title}", &quoted(&self.title))
            .replace("{table}", &quoted(file))
            .replace("{extra}", &format!("[{}]", extra.join(", ")))
    }
}

/// The table as a spreadsheet opens it by a double click.
fn csv(table: &Table) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(table.columns.kept.iter().map(|kept| &kept.heading))?;
    for row in &table.rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Makes a file that is not there yet.
fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let make = || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
    };
    make().map_err(|error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::usage("import-exists").with("path", path.display()),
        _ => cannot_write(path, &error),
    })
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::machine("import-cannot-write").with("path", path.display()).with("reason", error.kind())
}

fn area_folder<'c>(content: &'c Content, typed: &str) -> Result<&'c AreaFolder, Failure> {
    let path: String = typed.trim().replace('\\', "/").nfc().collect();
    let path = path.strip_prefix("./").unwrap_or(&path).trim_end_matches('/');
    let wanted = if path == "." { "" } else { path };
    if let Some(folder) = content.areas.iter().find(|folder| folder.path == wanted) {
        return Ok(folder);
    }
    let failure = Failure::usage("no-such-area").with("area", typed);
    let paths = || content.areas.iter().map(|folder| folder.path.as_str());
    // Its name stands in its file, which may have faults of its own: the path says enough.
    Err(match nearest(wanted, paths()) {
        Some(near) => failure.with("near", near).with("name", near),
        None => failure,
    })
}

/// The name of the files, which becomes an address.
fn name_of(import: &Import) -> Result<String, Failure> {
    let name = import.name.clone().unwrap_or_else(|| stem(&import.file));
    let is_bad =
        |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let fits = !name.is_empty() && !name.starts_with('.') && !name.contains(is_bad) && name.len() <= 200;
    if fits && privacy::private_content(&name).is_none() {
        return Ok(name);
    }
    Err(Failure::usage("import-bad-name").with("name", name))
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().trim().nfc().collect()).unwrap_or_default()
}
