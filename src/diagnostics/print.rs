//! How a problem looks on a terminal.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::catalogue::{Language, entry, fill};
use super::{At, Code, Diagnostic, Fact, FileId, Place, Severity, column_name};

/// Gives back what stood in the content, masked, so that a problem can be shown with its line.
pub trait Excerpts {
    /// The path of a file from the content folder, with `/`, private text masked.
    fn path(&self, file: FileId) -> String;

    /// What stands at `place`, private text masked; `None` when there is nothing to show.
    fn excerpt(&self, place: Place) -> Option<Excerpt>;

    /// `text` with private content masked and cut to a length that a line can hold.
    fn mask(&self, text: &str) -> String;
}

/// A piece of content to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Line in the file, from 1 (0 for a cell of a workbook).
    pub line: usize,
    /// Column of the place in its line, in characters from 1 (0 for a cell of a workbook).
    pub column: usize,
    /// The line's text, or the cell's.
    pub text: String,
    /// The range of bytes of `text` to point at.
    pub marked: std::ops::Range<usize>,
    /// Name of the sheet, for a cell of a workbook.
    pub sheet: Option<String>,
}

/// A problem in words, ready to be printed or written as JSON.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Shown {
    /// Name of the problem.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// File, from the content folder.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Cell of a workbook, such as `D4`.
    pub cell: Option<String>,
    /// What to do, a line each, joined by line feeds.
    pub help: Option<String>,
    #[serde(skip)]
    excerpt: Option<Excerpt>,
    /// The words for the severity and for help, in the reader's language.
    #[serde(skip)]
    labels: [String; 2],
}

/// Puts a problem into words.
pub fn show(diagnostic: &Diagnostic, language: Language, content: &dyn Excerpts) -> Shown {
    let Code { name, severity } = diagnostic.code;
    let place = diagnostic.place;
    let excerpt = place.and_then(|place| content.excerpt(place));
    let (message, help) = words_of(name, language, &|fact| match fact {
        "other" => diagnostic.other.map(|place| place_in_words(place, content)),
        _ => diagnostic.facts.iter().find(|(key, _)| *key == fact).map(|(_, value)| match value {
            Fact::Text(text) => content.mask(text),
            Fact::Word(entry) => word(entry, language),
        }),
    });
    let in_text = matches!(place, Some(Place { at: At::Text { .. }, .. }));
    Shown {
        code: name,
        severity: match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message,
        file: place.map(|place| content.path(place.file)),
        line: excerpt.as_ref().filter(|_| in_text).map(|excerpt| excerpt.line),
        column: excerpt.as_ref().filter(|_| in_text).map(|excerpt| excerpt.column),
        sheet: excerpt.as_ref().and_then(|excerpt| excerpt.sheet.clone()),
        cell: place.and_then(|place| cell_name(place.at)),
        help: (!help.is_empty()).then(|| help.join("\n")),
        excerpt,
        labels: [word(label_of(severity), language), word("say-help", language)],
    }
}

fn label_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "say-error",
        Severity::Warning => "say-warning",
    }
}

/// The message and the help lines of an entry, facts filled in. An entry that is missing or lacks a
/// fact is shown by its bare name, so that nothing is lost.
pub(super) fn words_of(
    name: &str,
    language: Language,
    fact: &dyn Fn(&str) -> Option<String>,
) -> (String, Vec<String>) {
    let Some(words) = entry(name).map(|entry| entry.words(language)) else {
        return (name.to_owned(), Vec::new());
    };
    let message = fill(&words.message, fact).unwrap_or_else(|| name.to_owned());
    let help = words.help.iter().filter_map(|line| fill(line, fact)).collect();
    (message, help)
}

/// The message of an entry with its facts filled in: what a command says.
pub fn say(name: &str, language: Language, facts: &[(&str, String)]) -> String {
    words_of(name, language, &|fact| {
        facts.iter().find(|(key, _)| *key == fact).map(|(_, value)| value.clone())
    })
    .0
}

/// The message of an entry that needs no facts.
pub fn word(name: &str, language: Language) -> String {
    words_of(name, language, &|_| None).0
}

/// `file:line:column`, `file!sheet!D4`, or just the file.
fn place_in_words(place: Place, content: &dyn Excerpts) -> String {
    let path = content.path(place.file);
    match (content.excerpt(place), cell_name(place.at)) {
        (Some(Excerpt { sheet: Some(sheet), .. }), Some(cell)) => format!("{path}!{sheet}!{cell}"),
        (_, Some(cell)) => format!("{path}!{cell}"),
        (Some(excerpt), None) if excerpt.line > 0 => format!("{path}:{}:{}", excerpt.line, excerpt.column),
        _ => path,
    }
}

fn cell_name(at: At) -> Option<String> {
    match at {
        At::Cell { row, column, .. } => Some(format!("{}{}", column_name(column), u64::from(row) + 1)),
        At::File | At::Text { .. } => None,
    }
}

impl Shown {
    /// The problem as lines for a terminal, with colours or without. The line is shown with a mark under the
    /// place; a cell of a workbook stands behind its name.
    pub fn to_text(&self, colours: bool) -> String {
        let [severity, help_label] = &self.labels;
        let level = if self.severity == "error" { Level::ERROR } else { Level::WARNING };
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        let origin = self.origin();
        let title = level.with_name(severity.as_str()).primary_title(&self.message).id(self.code);
        let mut group = annotate_snippets::Group::with_title(title);
        match (&self.excerpt, &origin) {
            (Some(excerpt), Some(file))
                if self.cell.is_none() && excerpt.text.is_empty() && excerpt.line > 0 =>
            {
                // What stands there is not for anybody's eyes; a mark under nothing would only puzzle.
                let origin = annotate_snippets::Origin::path(file.as_str());
                group = group.element(origin.line(excerpt.line).char_column(excerpt.column));
            }
            (Some(excerpt), Some(file)) if self.cell.is_none() => {
                let snippet = Snippet::source(excerpt.text.as_str())
                    .line_start(excerpt.line.max(1))
                    .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()));
                let before = excerpt.text.get(..excerpt.marked.start).unwrap_or_default();
                group = if before.chars().count() + 1 == excerpt.column {
                    group.element(snippet.path(file.as_str()))
                } else {
                    // The line is cut, or only a cell of it is shown: line and column are the file's own.
                    let origin = annotate_snippets::Origin::path(file.as_str());
                    group.element(origin.line(excerpt.line).char_column(excerpt.column)).element(snippet)
                };
            }
            (_, Some(file)) => group = group.element(annotate_snippets::Origin::path(file.as_str())),
            (_, None) => {}
        }
        let help = self.help.clone().unwrap_or_default();
        for line in help.lines() {
            group = group.element(Level::HELP.with_name(help_label.as_str()).message(line));
        }
        // Between a place and a line of another file's name stands a mark; here the file is the same.
        let text = renderer.render(&[group]);
        text.lines().filter(|line| line.trim() != ":::").collect::<Vec<_>>().join("\n")
    }

    /// The path; for a workbook with sheet, cell and what stands in it.
    fn origin(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        let shown =
            self.excerpt.as_ref().map(|excerpt| excerpt.text.as_str()).filter(|text| !text.is_empty());
        let behind = shown.map(|text| format!(" | {text}")).unwrap_or_default();
        Some(match (&self.sheet, &self.cell) {
            (Some(sheet), Some(cell)) => format!("{file}!{sheet}!{cell}{behind}"),
            (None, Some(cell)) => format!("{file}!{cell}{behind}"),
            _ => file.clone(),
        })
    }
}

impl super::Failure {
    /// The failure in words: what happened, and what to do. `mask` hides private text in the facts, such as
    /// names of files.
    pub fn to_text(&self, language: Language, mask: impl Fn(&str) -> String) -> String {
        let (message, help) = words_of(self.name(), language, &|fact| {
            self.facts().iter().find(|(key, _)| *key == fact).map(|(_, value)| mask(value))
        });
        let mut text = format!("{}[{}]: {message}", word("say-error", language), self.name());
        for line in help {
            text.push_str(&format!("\n  = {}: {line}", word("say-help", language)));
        }
        text
    }
}
