//! The look: the built-in theme in the binary, overlaid by the board's own `themes/NAME`.
//!
//! A theme has `components/` (a folder each with a Tera template, a style and a README), `words/` (one TOML file
//! a language) and `static/` (published under `assets/`); a board's own may keep templates in `templates/` too.
//! It is read at the door like content and compiled once, before the first page.

mod faults;
mod filters;
mod fixed_words;
mod parts;
mod unknown_words;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Tera;

pub use filters::escape_with;
use parts::Parts;
pub use parts::Text;
pub use words::Words;

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::settings::Settings;
use crate::source::Content;
use crate::views::PhoneView;

const NO_SUCH_THEME: Code = Code::error("no-such-theme");
const NO_SUCH_WORD: Code = Code::error("no-such-word");

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The words, for what is not made from a template.
    pub words: Words,
    /// Templates of sheets, by name.
    pub sheets: BTreeMap<String, Text>,
    /// Files published under `assets/`, by name.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The board's own templates, for faults that show while rendering.
    own: faults::OwnTemplates,
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
    fn compile(mut self, settings: &Settings, problems: &mut Problems) -> Option<Theme> {
        let language = format!("{}.toml", settings.language.tag());
        let assets = self.assets(problems);
        let Self { templates, words, sheets, .. } = self;
        let words = Words::load(parts::built_in_words(&language), words.get(&language), problems)?;
        for (text, file) in templates.values() {
            let Some(file) = file else { continue };
            for (range, word) in unknown_words::unknown_words(text, &words) {
                problems.add(Diagnostic::new(NO_SUCH_WORD, Place::text(*file, range)).with("word", word));
            }
        }
        let own = templates
            .iter()
            .filter_map(|(name, (text, file))| Some((name.clone(), (text.clone(), (*file)?))))
            .collect();
        let mut theme = Theme { tera: Tera::new(), words, sheets, assets, own };
        filters::register(&mut theme.tera, &theme.words);
        theme.tera.set_escape_fn(filters::escape);
        let globals = theme.tera.global_context();
        globals.insert("w", theme.words.all());
        globals.insert("language", settings.language.tag());
        globals.insert("board", &BoardWords::of(settings));
        // The board's own templates stay as they are: the engine says where in them a fault is.
        let source = |(text, file): &parts::Text| match file {
            Some(_) => text.clone(),
            None => fixed_words::put_in(text, &theme.words),
        };
        let sources: Vec<_> = templates.iter().map(|(name, text)| (name.as_str(), source(text))).collect();
        match theme.tera.add_raw_templates(sources) {
            Ok(()) => Some(theme),
            Err(error) => {
                faults::faults(&error, &theme.own).into_iter().for_each(|fault| problems.add(fault));
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
        let rendered = self.tera.render_to(template, context, html);
        rendered.map_err(|error| faults::first_fault(&error, &self.own))
    }
}
