//! Which file of the content folder is what: the reserved names, and the areas that folders are.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{Files, folder_of};
use crate::diagnostics::{Code, Failure, FileId, Problems};

/// A folder has the name of a file that is read.
pub(super) const FOLDER_FOR_FILE: Code = Code::error("folder-for-file");
/// Files lie one folder deeper than they are read.
pub(super) const FOLDER_TOO_DEEP: Code = Code::error("folder-too-deep");

/// Endings of tables, in lower case.
const TABLE_ENDINGS: [&str; 4] = ["csv", "xlsx", "xls", "ods"];

/// A content folder: its files, and the areas they belong to.
#[derive(Debug)]
pub struct Content {
    /// All files.
    pub files: Files,
    /// `board.toml`.
    pub board: Option<FileId>,
    /// `holidays.toml`.
    pub holidays: Option<FileId>,
    /// The areas: the root first, then each folder's areas by name, parents before children.
    pub areas: Vec<AreaFolder>,
    /// Files below `themes/`.
    pub themes: Vec<FileId>,
}

/// The files of one area.
#[derive(Debug, Default)]
pub struct AreaFolder {
    /// Path from the root with `/`; empty for the root area.
    pub path: String,
    /// Index of the area it lies in; `None` for the root.
    pub parent: Option<usize>,
    /// `area.toml`.
    pub area: Option<FileId>,
    /// `contacts.toml`, a table of that name, or the files in `contacts/`.
    pub contacts: Vec<FileId>,
    /// `reception.toml` or the files in `reception/`.
    pub reception: Vec<FileId>,
    /// `programs.toml`.
    pub programs: Option<FileId>,
    /// `catalogue.toml`.
    pub catalogue: Option<FileId>,
    /// `subsidies/*.toml`.
    pub subsidies: Vec<FileId>,
    /// `results/*.toml`.
    pub results: Vec<FileId>,
    /// `notices/*.md`.
    pub notices: Vec<FileId>,
    /// Everything in `files/`, published after the guard.
    pub attachments: Vec<FileId>,
    /// Files that are published only when something refers to them: tables, photos, and whatever has
    /// strayed here.
    pub others: Vec<FileId>,
}

/// What a file is, by its path inside its area.
enum Role {
    Area,
    Contacts,
    Reception,
    Programs,
    Catalogue,
    Subsidy,
    Result,
    Notice,
    Attachment,
    Other,
}

impl Content {
    /// Lists a content folder and sorts its files.
    ///
    /// # Errors
    /// When there is no such folder, or the system does not let one be listed.
    pub fn open(root: &Path, problems: &mut Problems) -> Result<Self, Failure> {
        let files = Files::list(root, problems)?;
        let mut content = Self { board: None, holidays: None, areas: Vec::new(), themes: Vec::new(), files };
        content.sort();
        Ok(content)
    }

    fn sort(&mut self) {
        let mut areas: BTreeMap<String, AreaFolder> = BTreeMap::new();
        areas.insert(String::new(), AreaFolder::default());
        for (id, path) in self.files.all() {
            match path {
                "board.toml" => self.board = Some(id),
                "holidays.toml" => self.holidays = Some(id),
                _ if path.starts_with("themes/") => self.themes.push(id),
                _ if path.starts_with("fonts/") => {}
                _ => {
                    let (area, inside) = split_area(path);
                    found_area(&mut areas, area).take(id, inside);
                }
            }
        }
        self.areas = in_order(areas);
    }
}

/// The entry of an area, made together with the areas it lies in.
fn found_area<'m>(areas: &'m mut BTreeMap<String, AreaFolder>, path: &str) -> &'m mut AreaFolder {
    let mut parent = folder_of(path);
    while !parent.is_empty() && !areas.contains_key(parent) {
        areas.insert(parent.to_owned(), AreaFolder { path: parent.to_owned(), ..AreaFolder::default() });
        parent = folder_of(parent);
    }
    areas
        .entry(path.to_owned())
        .or_insert_with(|| AreaFolder { path: path.to_owned(), ..AreaFolder::default() })
}

/// Parents before children, siblings by name; each knows its parent's index.
fn in_order(areas: BTreeMap<String, AreaFolder>) -> Vec<AreaFolder> {
    let mut sorted: Vec<AreaFolder> = areas.into_values().collect();
    sorted.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    let index: BTreeMap<String, usize> =
        sorted.iter().enumerate().map(|(index, area)| (area.path.clone(), index)).collect();
    for area in &mut sorted {
        area.parent = (!area.path.is_empty()).then(|| index.get(folder_of(&area.path)).copied()).flatten();
    }
    sorted
}

/// Splits a path into the area's folder and the rest: folders are areas up to the first reserved name.
fn split_area(path: &str) -> (&str, &str) {
    let mut at = 0;
    for part in path.split('/') {
        let is_last = at + part.len() == path.len();
        if is_last || is_reserved_folder(part) {
            break;
        }
        at += part.len() + 1;
    }
    let area = path.get(..at.saturating_sub(1)).unwrap_or_default();
    (area, path.get(at..).unwrap_or_default())
}

/// Names of folders that are no areas.
pub fn is_reserved_folder(name: &str) -> bool {
    matches!(
        name,
        "contacts"
            | "reception"
            | "subsidies"
            | "results"
            | "notices"
            | "files"
            | "photos"
            | "themes"
            | "fonts"
    )
}

impl AreaFolder {
    fn take(&mut self, id: FileId, inside: &str) {
        match role_of(inside) {
            Role::Area => self.area = Some(id),
            Role::Contacts => self.contacts.push(id),
            Role::Reception => self.reception.push(id),
            Role::Programs => self.programs = Some(id),
            Role::Catalogue => self.catalogue = Some(id),
            Role::Subsidy => self.subsidies.push(id),
            Role::Result => self.results.push(id),
            Role::Notice => self.notices.push(id),
            Role::Attachment => self.attachments.push(id),
            Role::Other => self.others.push(id),
        }
    }
}

/// Whether the table at `path` is read as contacts, whose names are published.
pub(super) fn is_contacts_table(path: &str) -> bool {
    let (_, inside) = split_area(path);
    let ending = inside.rsplit('.').next().unwrap_or_default();
    TABLE_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        && matches!(role_of(inside), Role::Contacts)
}

/// Whether something at `path` would be read as a file, so that no folder belongs there.
pub(super) fn is_name_of_file(path: &str) -> bool {
    let (_, inside) = split_area(path);
    matches!(path, "board.toml" | "holidays.toml") || is_read(inside)
}

/// The folder that holds the file at `path` one level too deep: what lies in `subsidies/2026/` is not read.
pub(super) fn folder_too_deep(path: &str) -> Option<&str> {
    let (_, inside) = split_area(path);
    let (kind, below) = inside.split_once('/')?;
    let (folder, _) = below.split_once('/')?;
    let name = below.rsplit('/').next()?;
    let start = path.len() - inside.len();
    let end = start + kind.len() + 1 + folder.len();
    if is_read(&format!("{kind}/{name}")) { path.get(..end) } else { None }
}

/// Whether the file at `inside` its area is read by itself.
fn is_read(inside: &str) -> bool {
    !matches!(role_of(inside), Role::Attachment | Role::Other)
}

fn role_of(inside: &str) -> Role {
    let (folder, name) = inside.rsplit_once('/').map_or(("", inside), |(folder, name)| (folder, name));
    let (stem, ending) =
        name.rsplit_once('.').map_or((name, String::new()), |(s, e)| (s, e.to_ascii_lowercase()));
    let is_table = TABLE_ENDINGS.contains(&ending.as_str());
    match (folder, stem, ending.as_str()) {
        ("", "area", "toml") => Role::Area,
        ("", "contacts", "toml") | ("contacts", _, "toml") => Role::Contacts,
        ("", "contacts", _) | ("contacts", _, _) if is_table => Role::Contacts,
        ("", "reception", "toml") | ("reception", _, "toml") => Role::Reception,
        ("", "programs", "toml") => Role::Programs,
        ("", "catalogue", "toml") => Role::Catalogue,
        ("subsidies", _, "toml") => Role::Subsidy,
        ("results", _, "toml") => Role::Result,
        ("notices", _, "md") => Role::Notice,
        (folder, _, _) if folder == "files" || folder.starts_with("files/") => Role::Attachment,
        _ => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::split_area;

    #[test]
    fn folders_are_areas_up_to_the_first_reserved_name() {
        for (path, expected) in [
            ("area.toml", ("", "area.toml")),
            ("liutang/area.toml", ("liutang", "area.toml")),
            ("a/b/c/subsidies/x.toml", ("a/b/c", "subsidies/x.toml")),
            ("notices/2026/x.md", ("", "notices/2026/x.md")),
            ("files/a/b.csv", ("", "files/a/b.csv")),
        ] {
            assert_eq!(split_area(path), expected, "{path}");
        }
    }
}
