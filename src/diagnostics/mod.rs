//! Problems of the content, as data: a code, a place, the facts of the case.
//!
//! A problem is never thrown: every step adds to one [`Problems`] and goes on, so that one run names
//! all of them. What a problem *says* stands in `messages/*.toml`, in Chinese and English; a code in
//! the source and its entry there are held together by a test.

use std::collections::BTreeSet;

mod catalogue;
mod failure;
mod place;
mod print;

pub use catalogue::{Entry, Language, Words, catalogue, entry, explain};
pub use failure::{Cause, Failure};
pub use place::{At, FileId, Place, column_name};
pub use print::{Excerpt, Excerpts, Shown, say, show, word};

/// Whether a problem stops the publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What would be published is false, unlawful, private, or cannot be read: nothing is published.
    Error,
    /// Something is missing, late or odd, but what is published is true.
    Warning,
}

/// The name of a kind of problem, such as `unknown-key`, with its severity.
///
/// Codes are declared as constants beside the rule that finds the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

impl Code {
    /// A problem that stops the publication.
    pub const fn error(name: &'static str) -> Self {
        Self { name, severity: Severity::Error }
    }

    /// A problem that is said and does not stop the publication (unless `--strict`).
    pub const fn warning(name: &'static str) -> Self {
        Self { name, severity: Severity::Warning }
    }

    /// The name, as given to `gongshi explain`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Error or warning.
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

/// Something that a message names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Text from the content or a figure; masked before it is shown.
    Text(String),
    /// An entry of the message files, shown in the reader's language.
    Word(&'static str),
}

/// Private text that a later step must know of a problem, and that is shown nowhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unshown(pub String);

impl std::fmt::Debug for Unshown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unshown")
    }
}

/// One problem: what, where, and the facts its message needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    place: Option<Place>,
    code: Code,
    facts: Vec<(&'static str, Fact)>,
    other: Option<Place>,
    unshown: Vec<Unshown>,
}

impl Diagnostic {
    /// A problem at `place`.
    pub fn new(code: Code, place: Place) -> Self {
        Self { place: Some(place), code, facts: Vec::new(), other: None, unshown: Vec::new() }
    }

    /// A problem of the board as a whole, at no file of the content.
    pub fn of_the_board(code: Code) -> Self {
        Self { place: None, code, facts: Vec::new(), other: None, unshown: Vec::new() }
    }

    /// Adds a fact that the message names as `{key}`. Its text is masked before it is shown.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.facts.push((key, Fact::Text(value.to_string())));
        self
    }

    /// Adds a fact whose words stand in the message files under `entry`.
    #[must_use]
    pub fn with_word(mut self, key: &'static str, entry: &'static str) -> Self {
        self.facts.push((key, Fact::Word(entry)));
        self
    }

    /// Takes words of the message files for the fact called `key`.
    pub fn set_word(&mut self, key: &'static str, entry: &'static str) {
        self.set(key, Fact::Word(entry));
    }

    /// Takes a text for the fact called `key`.
    pub fn set_text(&mut self, key: &'static str, text: &str) {
        self.set(key, Fact::Text(text.to_owned()));
    }

    fn set(&mut self, key: &'static str, fact: Fact) {
        self.facts.retain(|(old, _)| *old != key);
        self.facts.push((key, fact));
    }

    /// Adds private text that a later step must know.
    #[must_use]
    pub fn with_unshown(mut self, text: &str) -> Self {
        self.unshown.push(Unshown(text.to_owned()));
        self
    }

    /// Adds a second place, such as where an id was first used; the message names it as `{other}`.
    #[must_use]
    pub fn and(mut self, other: Place) -> Self {
        self.other = Some(other);
        self
    }

    /// Takes away the facts called `names`: what is written in a cell that may hold private text. Help lines
    /// that name them are left out then.
    #[must_use]
    pub fn without_facts(mut self, names: &[&str]) -> Self {
        self.facts.retain(|(key, _)| !names.contains(key));
        self
    }

    /// The kind of problem.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Where it stands; `None` for the board as a whole.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The facts, in the order they were added. They may hold private text: mask before showing.
    pub fn facts(&self) -> &[(&'static str, Fact)] {
        &self.facts
    }

    /// The text of the fact called `name`.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(key, _)| *key == name).and_then(|(_, fact)| match fact {
            Fact::Text(text) => Some(text.as_str()),
            Fact::Word(_) => None,
        })
    }

    /// The private text that goes along, as long as no step has taken it away.
    pub fn unshown(&self) -> &[Unshown] {
        &self.unshown
    }

    /// The second place.
    pub fn other(&self) -> Option<Place> {
        self.other
    }
}

/// The list that every step adds to.
#[derive(Debug, Default)]
pub struct Problems {
    list: Vec<Diagnostic>,
}

impl Problems {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes over all problems of another list.
    pub fn append(&mut self, other: Problems) {
        self.list.extend(other.list);
    }

    /// Takes over what was found in the output. An error in the output that comes from a file in which an
    /// error was found on the way in is most likely the same one and is not said twice.
    pub fn append_found_outside(&mut self, found: Problems) {
        let faulty: BTreeSet<FileId> = self
            .list
            .iter()
            .filter(|d| d.code.severity == Severity::Error)
            .filter_map(|d| Some(d.place?.file))
            .collect();
        let is_new = |d: &Diagnostic| !d.place.is_some_and(|place| faulty.contains(&place.file));
        self.list.extend(found.list.into_iter().filter(is_new));
    }

    /// Whether a problem stops the publication.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.code.severity == Severity::Error)
    }

    /// Whether a problem of another code than this stops the publication.
    pub fn has_errors_besides(&self, code: Code) -> bool {
        self.list.iter().any(|d| d.code.severity == Severity::Error && d.code != code)
    }

    /// Drops the problems that the board's own settings allow.
    pub fn drop_allowed(&mut self, allowed: impl Fn(&Diagnostic) -> bool) {
        self.list.retain(|diagnostic| !allowed(diagnostic));
    }

    /// Says more of problems that are known already.
    pub fn amend(&mut self, amended: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().for_each(amended);
    }

    /// Takes what nobody is shown out of all problems.
    pub fn take_unshown(&mut self) -> Vec<Unshown> {
        self.list.iter_mut().flat_map(|diagnostic| diagnostic.unshown.drain(..)).collect()
    }

    /// Number of problems so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All problems in the order of files and places, each once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort();
        self.list.dedup();
        self.list
    }
}
