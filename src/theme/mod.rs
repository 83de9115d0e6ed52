//! The look: the built-in theme in the binary, overlaid by the board's own `themes/NAME`.
//!
//! A theme has `templates/` (Tera), `words/` (one TOML file a language) and `static/` (published under
//! `assets/`). It is read at the door like content and compiled once, before the first page.

mod filters;
mod words;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::Tera;

pub use filters::escape_with;
pub use words::Words;

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::settings::Settings;
use crate::source::{Content, decode_utf8};
use crate::views::PhoneView;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

const NO_SUCH_THEME: Code = Code::error("no-such-theme");
const THEME_FAULT: Code = Code::error("theme-fault");
const UNUSED_THEME_FILE: Code = Code::warning("unused-theme-file");

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The words, for what is not made from a template.
    pub words: Words,
    /// Files published under `assets/`, by name.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Files of the board's own theme by template name, for faults that show while rendering.
    own: BTreeMap<String, FileId>,
}

/// The parts of a theme before they are put together: the built-in files, replaced one by one.
#[derive(Default)]
struct Parts {
    templates: BTreeMap<String, (String, Option<FileId>)>,
    words: BTreeMap<String, (String, Option<FileId>)>,
    assets: BTreeMap<String, Vec<u8>>,
}

/// Loads the theme that the settings name; faults in the board's own files are problems.
pub fn load(content: &Content, settings: &Settings, problems: &mut Problems) -> Option<Theme> {
    let mut parts = Parts::built_in();
    let own = own_files(content, &settings.theme.value);
    if settings.theme.value != "default" && own.is_empty() {
        let problem = Diagnostic::new(NO_SUCH_THEME, settings.theme.place);
        problems.add(problem.with("name", &settings.theme.value));
        return None;
    }
    for (file, inside) in own {
        parts.overlay(file, inside, content, problems);
    }
    parts.compile(settings, problems)
}

/// The board's own files of a theme, with their paths inside it.
fn own_files<'c>(content: &'c Content, name: &str) -> Vec<(FileId, &'c str)> {
    let folder = format!("themes/{name}/");
    let inside = |file: &FileId| Some((*file, content.files.path(*file).strip_prefix(&folder)?));
    content.themes.iter().filter_map(inside).collect()
}

impl Parts {
    fn built_in() -> Self {
        let mut parts = Self::default();
        for (folder, file) in BUILT_IN.dirs().flat_map(|dir| dir.files().map(move |file| (dir.path(), file)))
        {
            let name = file.path().strip_prefix(folder).unwrap_or(file.path()).to_string_lossy().into_owned();
            match (folder.to_string_lossy().as_ref(), file.contents_utf8()) {
                ("templates", Some(text)) => drop(parts.templates.insert(name, (text.to_owned(), None))),
                ("words", Some(text)) => drop(parts.words.insert(name, (text.to_owned(), None))),
                ("static", _) => drop(parts.assets.insert(name, file.contents().to_vec())),
                _ => {}
            }
        }
        parts
    }

    fn overlay(&mut self, file: FileId, inside: &str, content: &Content, problems: &mut Problems) {
        let Some(bytes) = content.files.read(file) else { return };
        let text = |problems: &mut Problems| decode_utf8(bytes.clone(), file, problems);
        if let Some(name) = inside.strip_prefix("templates/") {
            self.templates.extend(text(problems).map(|text| (name.to_owned(), (text, Some(file)))));
        } else if let Some(name) = inside.strip_prefix("words/") {
            self.words.extend(text(problems).map(|text| (name.to_owned(), (text, Some(file)))));
        } else if let Some(name) = inside.strip_prefix("static/") {
            self.assets.insert(name.to_owned(), bytes);
        } else {
            problems.add(Diagnostic::new(UNUSED_THEME_FILE, Place::file(file)));
        }
    }

    fn compile(self, settings: &Settings, problems: &mut Problems) -> Option<Theme> {
        let Self { templates, words, assets } = self;
        let language = format!("{}.toml", settings.language.tag());
        let built_in = BUILT_IN.get_file(format!("words/{language}")).and_then(|file| file.contents_utf8());
        let words = Words::load(built_in, words.get(&language), problems)?;
        let own = templates.iter().filter_map(|(name, (_, file))| Some((name.clone(), (*file)?))).collect();
        let mut theme = Theme { tera: Tera::new(), words, assets, own };
        filters::register(&mut theme.tera, &theme.words);
        theme.tera.set_escape_fn(filters::escape);
        let globals = theme.tera.global_context();
        globals.insert("w", theme.words.all());
        globals.insert("language", settings.language.tag());
        globals.insert("board", &BoardWords::of(settings));
        let sources = templates.iter().map(|(name, (text, _))| (name.as_str(), text.as_str()));
        match theme.tera.add_raw_templates(sources) {
            Ok(()) => Some(theme),
            Err(error) => {
                problems.add(theme.fault(&error));
                None
            }
        }
    }
}

/// What every page says of the board.
#[derive(Serialize)]
struct BoardWords<'s> {
    title: &'s str,
    issuer: &'s str,
    hotline: Option<PhoneView>,
}

impl<'s> BoardWords<'s> {
    fn of(settings: &'s Settings) -> Self {
        let Settings { title, issuer, hotline, .. } = settings;
        Self { title, issuer, hotline: hotline.as_ref().map(PhoneView::from) }
    }
}

impl Theme {
    /// Renders a page into `html`, behind what it holds; a fault of a template is a problem.
    ///
    /// # Errors
    /// The problem, at the place in the board's own template where there is one.
    pub fn render(
        &self,
        template: &str,
        context: &tera::Context,
        html: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        self.tera.render_to(template, context, html).map_err(|error| self.fault(&error))
    }

    /// What the template engine complains of, as a problem with a place.
    fn fault(&self, error: &tera::Error) -> Diagnostic {
        let (name, range, message) = match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                (report.filename().to_owned(), Some(report.span().range.clone()), report.message().to_owned())
            }
            _ => (String::new(), None, error.to_string()),
        };
        let diagnostic = match (self.own.get(&name), range) {
            (Some(file), Some(range)) => Diagnostic::new(THEME_FAULT, Place::text(*file, range)),
            (Some(file), None) => Diagnostic::new(THEME_FAULT, Place::file(*file)),
            (None, _) => Diagnostic::of_the_board(THEME_FAULT),
        };
        diagnostic.with("template", name).with("detail", message)
    }
}
