//! The field reader: takes the keys of a table one by one and collects every problem.
//!
//! A record is read like the contract reads: `let title = fields.required("title", text);`. Nothing stops
//! at the first fault; what is left over at the end is an unknown key.

use super::value::{Entry, Table, Value, ValueKind};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};

/// A key that nobody knows where it stands.
pub const UNKNOWN_KEY: Code = Code::error("unknown-key");
/// A key that must be there is not.
pub(crate) const MISSING_KEY: Code = Code::error("missing-key");
/// The fact that says where an unknown key belongs.
const ELSEWHERE: &str = "elsewhere";
const WRONG_TYPE: Code = Code::error("wrong-type");

/// A value that has been read, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// The keys of one table, taken one by one.
#[derive(Debug)]
pub struct Fields<'t, 'a, 'p> {
    table: &'t Table<'a>,
    taken: Vec<bool>,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl<'t, 'a, 'p> Fields<'t, 'a, 'p> {
    /// Starts reading `table`.
    pub fn new(table: &'t Table<'a>, problems: &'p mut Problems) -> Self {
        let taken = vec![false; table.entries.len()];
        Self { table, taken, known: Vec::new(), missing: Vec::new(), problems }
    }

    /// Where the table stands.
    pub fn place(&self) -> Place {
        self.table.place
    }

    /// The list of problems, for checks between fields.
    pub fn problems(&mut self) -> &mut Problems {
        self.problems
    }

    /// Takes a key that is known, and whose value shows that `meant` was meant.
    pub fn misspelt(&mut self, entry: &'t Entry<'a>, meant: &'static str) {
        for (other, taken) in self.table.entries.iter().zip(&mut self.taken) {
            *taken |= other.key_place == entry.key_place;
        }
        let problem =
            Diagnostic::new(UNKNOWN_KEY, entry.key_place).with("key", &entry.key).with("near", meant);
        self.problems.add(texts(&entry.value).into_iter().fold(problem, Diagnostic::with_unshown));
    }

    /// Takes the raw value of a key.
    pub fn take(&mut self, key: &'static str) -> Option<&'t Value<'a>> {
        self.known.push(key);
        let at = self.table.entries.iter().position(|entry| entry.key == key)?;
        if let Some(taken) = self.taken.get_mut(at) {
            *taken = true;
        }
        self.table.entries.get(at).map(|entry| &entry.value)
    }

    /// Takes a key that may be missing.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&Value<'a>, &mut Problems) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        if matches!(value.kind, ValueKind::Faulty | ValueKind::Empty) {
            return None;
        }
        parse(value, self.problems)
    }

    /// Takes a key that must be there; its absence is a problem.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&Value<'a>, &mut Problems) -> Option<T>,
    ) -> Option<T> {
        match self.take(key) {
            Some(Value { kind: ValueKind::Faulty, .. }) => None,
            Some(value) if !matches!(value.kind, ValueKind::Empty) => parse(value, self.problems),
            _ => {
                self.miss(key);
                None
            }
        }
    }

    /// Notes that a key that must be there is not. It is said at the end, if no key is left over that was meant to be it.
    pub fn miss(&mut self, key: &'static str) {
        self.missing.push(key);
    }

    /// Takes a key with one value or a list of them; missing is the same as empty. Items that cannot be
    /// read are reported and left out.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        parse: impl FnMut(&Value<'a>, &mut Problems) -> Option<T>,
    ) -> Vec<T> {
        match self.take(key) {
            Some(value) => items(value, self.problems, parse),
            None => Vec::new(),
        }
    }

    /// Takes a key that holds a table or a list of tables (`[[key]]`), each read by `parse`.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        mut parse: impl FnMut(&Table<'a>, &mut Problems) -> Option<T>,
    ) -> Vec<T> {
        self.list(key, |value, problems| match &value.kind {
            ValueKind::Table(table) => parse(table, problems),
            _ => wrong_type(value, "want-table", problems),
        })
    }

    /// Ends the reading: every key that was not taken is unknown, and those missed are missing. A key written wrong is
    /// one mistake: the one that it was meant to be is not called missing too.
    ///
    /// Returns the keys that unknown ones were likely meant to be: what they hold is not known.
    pub fn finish(self) -> Meant {
        self.finish_knowing(|_| None)
    }

    /// Ends a reading that cannot go on: what is missing is said, what nobody has come to is not called unknown, unless it
    /// was likely meant to be what is missing.
    pub fn give_up(self) {
        for key in self.missing {
            let left = self.table.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
            let meant =
                left.map(|(entry, _)| entry).find(|entry| nearest(&entry.key, [key].into_iter()).is_some());
            if let Some(entry) = meant {
                let problem = Diagnostic::new(UNKNOWN_KEY, entry.key_place).with("key", &entry.key);
                self.problems.add(problem.with("near", key));
                continue;
            }
            self.problems.add(Diagnostic::new(MISSING_KEY, self.table.place).with("key", key));
        }
    }

    /// Ends the reading; `elsewhere` says of an unknown key where it is known.
    pub fn finish_knowing(mut self, elsewhere: impl Fn(&str) -> Option<&'static str>) -> Meant {
        let mut meant = Meant::default();
        self.claim_misplaced();
        let left = self.table.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        for (Entry { key, key_place, value }, _) in left {
            let mut problem = Diagnostic::new(UNKNOWN_KEY, *key_place).with("key", key);
            if nearest(key, PUBLISHING_PHONES.into_iter()).is_some() {
                problem = texts(value).into_iter().fold(problem, Diagnostic::with_unshown);
            }
            if let Some(section) = elsewhere(key) {
                problem = problem.with(ELSEWHERE, section);
            } else if let Some(near) = nearest(key, self.known.iter().copied()) {
                problem = problem.with("near", near);
                self.missing.retain(|missing| *missing != near);
                meant.0.push(near);
            }
            self.problems.add(problem);
        }
        for key in self.missing {
            self.problems.add(Diagnostic::new(MISSING_KEY, self.table.place).with("key", key));
        }
        meant
    }
}

/// Keys that unknown ones were likely meant to be.
#[derive(Clone, Debug, Default)]
pub struct Meant(Vec<&'static str>);

impl Meant {
    /// Whether `key` was likely meant.
    pub fn includes(&self, key: &str) -> bool {
        self.0.contains(&key)
    }
}

/// Keys whose telephones are published by design: where one is misspelt, its numbers go along unshown with the problem, so
/// that they are not called private everywhere else.
const PUBLISHING_PHONES: [&str; 3] = ["hotline", "phone", "allow_phones"];

/// The texts of a value.
fn texts<'v>(value: &'v Value<'_>) -> Vec<&'v str> {
    match &value.kind {
        ValueKind::Text(text) => vec![text],
        ValueKind::List(list) => list.iter().flat_map(texts).collect(),
        ValueKind::Table(table) => table.entries.iter().flat_map(|entry| texts(&entry.value)).collect(),
        _ => Vec::new(),
    }
}

impl Fields<'_, '_, '_> {
    /// A key of the file written below a header lands in that table, which does not know it: says where it belongs.
    /// It is not missing then.
    fn claim_misplaced(&mut self) {
        let file = self.table.place.file;
        if self.table.place != Place::file(file) {
            return;
        }
        let Self { known, missing, problems, .. } = self;
        problems.amend(|problem| {
            if problem.code() != UNKNOWN_KEY || problem.place().is_none_or(|place| place.file != file) {
                return;
            }
            let Some(key) = problem.fact("key").map(str::to_owned) else { return };
            if known.contains(&key.as_str()) {
                missing.retain(|missing| *missing != key);
                problem.set_word(ELSEWHERE, "top-of-file");
            } else if problem.facts().iter().all(|(name, _)| *name == "key")
                && let Some(near) = nearest(&key, known.iter().copied())
            {
                missing.retain(|missing| *missing != near);
                problem.set_text("near", near);
                problem.set_word(ELSEWHERE, "top-of-file");
            }
        });
    }
}

/// The values of a list, or the one value that stands instead of it.
pub fn items<'a, T>(
    value: &Value<'a>,
    problems: &mut Problems,
    mut parse: impl FnMut(&Value<'a>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    match &value.kind {
        ValueKind::Faulty | ValueKind::Empty => Vec::new(),
        ValueKind::List(list) => list
            .iter()
            .filter(|item| !matches!(item.kind, ValueKind::Faulty))
            .filter_map(|item| parse(item, problems))
            .collect(),
        _ => parse(value, problems).into_iter().collect(),
    }
}

/// Says that a value is of the wrong type; `wanted` is the entry of the message files that names the type.
pub fn wrong_type<T>(value: &Value<'_>, wanted: &'static str, problems: &mut Problems) -> Option<T> {
    problems.add(Diagnostic::new(WRONG_TYPE, value.place).with_word("wanted", wanted));
    None
}

/// The known word nearest to `written`, when it is near enough to have been meant.
pub fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let most = |word: &str| word.chars().count().div_ceil(3);
    // To measure a distance costs far more than to see that too much of the word is missing.
    let letters: Vec<char> = written.chars().collect();
    let missing = |word: &str| word.chars().filter(|c| !letters.contains(c)).count();
    known
        .filter(|word| missing(word) <= most(word))
        .map(|word| (strsim::damerau_levenshtein(written, word), word))
        // Of a word of one letter nothing would be left.
        .filter(|(distance, word)| *distance <= most(word) && *distance < word.chars().count())
        .min()
        .map(|(_, word)| word)
}
