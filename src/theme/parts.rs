//! The parts of a theme before they are put together: the built-in files, replaced one by one by the board's own.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::{Content, decode_utf8};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

const UNUSED_THEME_FILE: Code = Code::warning("unused-theme-file");

/// The component whose style stands before all others: the rest is written with its names.
const TOKENS: &str = "tokens";
/// The style sheet that all pages load.
const STYLE: &str = "board.css";

/// A text of a theme, and the board's own file that it stands in.
pub type Text = (String, Option<FileId>);

/// What a theme is made of.
#[derive(Default)]
pub(super) struct Parts {
    /// Templates by name: `area.html`.
    pub templates: BTreeMap<String, Text>,
    /// Files of words by name: `zh-Hans.toml`.
    pub words: BTreeMap<String, Text>,
    /// Styles by component.
    styles: BTreeMap<String, Text>,
    /// Templates of sheets by name: `subsidy.typ`.
    pub sheets: BTreeMap<String, Text>,
    /// Files published as they are, by name.
    assets: BTreeMap<String, Vec<u8>>,
}

/// What a file of a theme is, by its path inside it.
enum Role<'p> {
    Template(&'p str),
    Style(&'p str),
    Words(&'p str),
    Asset(&'p str),
    Sheet(&'p str),
    /// It tells people what a component is for.
    Readme,
}

impl<'p> Role<'p> {
    /// `components/card/card.html` and `templates/card.html` are both the template `card.html`.
    fn of(inside: &'p str) -> Option<Self> {
        let (folder, rest) = inside.split_once('/')?;
        match folder {
            "templates" => Some(Self::Template(rest)),
            "words" => Some(Self::Words(rest)),
            "static" => Some(Self::Asset(rest)),
            "sheets" if rest.ends_with(".typ") => Some(Self::Sheet(rest)),
            "sheets" => (rest == "README.md").then_some(Self::Readme),
            "components" => {
                let (component, file) = rest.split_once('/')?;
                match file.strip_prefix(component) {
                    Some(".html") => Some(Self::Template(file)),
                    Some(".css") => Some(Self::Style(component)),
                    _ => (file == "README.md").then_some(Self::Readme),
                }
            }
            _ => None,
        }
    }
}

impl Parts {
    /// The parts of the theme in the binary.
    pub(super) fn built_in() -> Self {
        let mut parts = Self::default();
        parts.add_folder(&BUILT_IN);
        parts
    }

    fn add_folder(&mut self, folder: &Dir<'_>) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(below) => self.add_folder(below),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    let text = || (file.contents_utf8().unwrap_or_default().to_owned(), None);
                    match Role::of(&path) {
                        Some(Role::Template(name)) => drop(self.templates.insert(name.to_owned(), text())),
                        Some(Role::Style(name)) => drop(self.styles.insert(name.to_owned(), text())),
                        Some(Role::Words(name)) => drop(self.words.insert(name.to_owned(), text())),
                        Some(Role::Sheet(name)) => drop(self.sheets.insert(name.to_owned(), text())),
                        Some(Role::Asset(name)) => {
                            drop(self.assets.insert(name.to_owned(), file.contents().to_vec()));
                        }
                        Some(Role::Readme) | None => {}
                    }
                }
            }
        }
    }

    /// Puts a file of the board's own theme in the place of the built-in one.
    pub(super) fn overlay(&mut self, file: FileId, inside: &str, content: &Content, problems: &mut Problems) {
        let Some(role) = Role::of(inside) else {
            problems.add(Diagnostic::new(UNUSED_THEME_FILE, Place::file(file)));
            return;
        };
        let Some(bytes) = content.files.read(file) else { return };
        let (texts, name) = match role {
            Role::Template(name) => (&mut self.templates, name),
            Role::Style(name) => (&mut self.styles, name),
            Role::Words(name) => (&mut self.words, name),
            Role::Sheet(name) => (&mut self.sheets, name),
            Role::Asset(name) => {
                self.assets.insert(name.to_owned(), bytes);
                return;
            }
            Role::Readme => return,
        };
        let text = decode_utf8(bytes, file, problems);
        texts.extend(text.map(|text| (name.to_owned(), (text, Some(file)))));
    }

    /// The files to publish. The styles of all components are one file, the tokens first, the others by
    /// name; a `static/board.css` of the board's own stands in for all of them, and styles of its own
    /// components beside it would never be seen, which is said.
    pub(super) fn assets(&mut self, problems: &mut Problems) -> BTreeMap<String, Vec<u8>> {
        let mut assets = std::mem::take(&mut self.assets);
        if assets.contains_key(STYLE) {
            let own = self.styles.values().filter_map(|(_, file)| *file);
            own.for_each(|file| problems.add(Diagnostic::new(UNUSED_THEME_FILE, Place::file(file))));
        } else {
            assets.insert(STYLE.to_owned(), self.joined_styles().into_bytes());
        }
        assets
    }

    fn joined_styles(&self) -> String {
        let first = self.styles.get_key_value(TOKENS);
        let others = self.styles.iter().filter(|(name, _)| *name != TOKENS);
        first.into_iter().chain(others).map(|(_, (text, _))| text.trim_end().to_owned() + "\n").collect()
    }
}

/// The built-in words of a language: `zh-Hans.toml`.
pub(super) fn built_in_words(file: &str) -> Option<&'static str> {
    BUILT_IN.get_file(format!("words/{file}")).and_then(|file| file.contents_utf8())
}
