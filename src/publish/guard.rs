//! The guard at the door: searches everything that leaves, and lets only what is clean be staged.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::Staging;
use crate::board::BAD_ADDRESS;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems, Unshown};
use crate::privacy::{Form, Hit, Kind, PHONE_NOT_PUBLISHED, Reported, Search, Spot, digits};
use crate::site::{Artifact, Door, Searched};
use crate::values::ArtifactPath;

const PRIVATE_OUTPUT: Code = Code::error("private-output");
const SPLIT_NUMBER: Code = Code::warning("split-number");

/// Searches artifacts and hands the clean ones to the staging folder; without one it only searches, as a
/// check without publishing does.
pub struct Guard<'s> {
    search: Search,
    staging: Option<&'s Staging>,
    reported: Option<&'s Reported>,
    problems: Mutex<Problems>,
    split: Mutex<SplitNumbers>,
    /// Numbers in names of files and folders, which stand in every address below and in every page that links there.
    names: Mutex<BTreeMap<(Kind, String), Diagnostic>>,
}

/// Numbers that are whole only when joined, by kind and digits: one stands on several pages and is said of once, of the
/// page that is deepest in the tree, since it shows the least besides.
type SplitNumbers = BTreeMap<(Kind, Vec<u8>), (Reverse<usize>, Diagnostic)>;

impl<'s> Guard<'s> {
    /// A guard that lets clean artifacts into `staging`.
    pub fn new(search: Search, staging: Option<&'s Staging>) -> Self {
        let (problems, split, names) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { search, staging, reported: None, problems, split, names }
    }

    /// The guard that knows what has been `reported` already: it does not pass either, only nothing is said of it.
    #[must_use]
    pub fn knowing(self, reported: &'s Reported) -> Self {
        Self { reported: Some(reported), ..self }
    }

    /// What was found.
    pub fn into_problems(self) -> Problems {
        let mut problems = self.problems.into_inner().unwrap_or_else(PoisonError::into_inner);
        let names = self.names.into_inner().unwrap_or_else(PoisonError::into_inner);
        let numbers: BTreeSet<&String> = names.keys().map(|(_, number)| number).collect();
        problems
            .drop_allowed(|problem| problem.unshown().iter().any(|Unshown(number)| numbers.contains(number)));
        problems.take_unshown();
        names.into_values().for_each(|problem| problems.add(problem));
        let split = self.split.into_inner().unwrap_or_else(PoisonError::into_inner);
        split.into_values().for_each(|(_, problem)| problems.add(problem));
        problems
    }

    fn add(&self, problem: Diagnostic) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).add(problem);
    }

    /// Whether nobody can say if the number may be published.
    fn leaves_open(&self, hit: &Hit) -> bool {
        self.reported.is_some_and(|reported| reported.leaves_open(hit.kind))
    }

    /// Whether the artifact and its name are clean; what is not is noted.
    fn is_clean(&self, artifact: &Artifact<'_>) -> bool {
        let mut hits = Vec::new();
        self.search.find(artifact.path.as_bytes(), Form::Path, &mut hits);
        for hit in hits.iter().filter(|hit| !self.leaves_open(hit)) {
            self.note_name(artifact, hit);
        }
        let in_name = hits.len();
        let mut said = BTreeMap::new();
        match artifact.searched {
            Searched::Bytes(form) => {
                hits.clear();
                self.search.find(artifact.bytes, form, &mut hits);
                let mut lines = Lines { bytes: artifact.bytes, at: 0, line: 1 };
                let is_said = |hit: &Hit| {
                    let written = artifact.bytes.get(hit.range.clone()).unwrap_or_default();
                    self.reported.is_some_and(|reported| reported.covers(hit.kind, written))
                };
                for hit in hits.iter().filter(|hit| !is_said(hit)) {
                    let problem = found(hit.kind, at(artifact.origin, code_of(hit.kind)), artifact.path);
                    let problem = problem.with_unshown(&number(artifact.bytes, hit));
                    self.add(problem.with("line", lines.of(hit.range.start)));
                }
            }
            Searched::Copy(form, text) => self.search_copy(form, text, artifact, &mut hits),
            Searched::Marked(text, shown) => {
                self.search_copy(Form::Markdown, text, artifact, &mut hits);
                if hits.is_empty() {
                    self.search.find(shown.as_bytes(), Form::Html, &mut hits);
                    // Where in the file it stands the rendering does not tell.
                    for hit in hits.iter().filter(|hit| !self.leaves_open(hit)) {
                        self.add(found(hit.kind, at(artifact.origin, code_of(hit.kind)), artifact.path));
                    }
                }
            }
            Searched::Document(document) => {
                let mut found_in = 0;
                for piece in &document.pieces {
                    hits.clear();
                    self.search.find(&piece.bytes, piece.form, &mut hits);
                    found_in += hits.len();
                    // A number stands in several readings of a part: once is enough.
                    if let Some(hit) = hits.iter().find(|hit| !self.leaves_open(hit)) {
                        let problem = found(hit.kind, at(artifact.origin, code_of(hit.kind)), artifact.path);
                        said.insert((hit.kind, &piece.spot), at_spot(problem, &piece.spot));
                    }
                }
                said.into_values().for_each(|problem| self.add(problem));
                return in_name == 0 && found_in == 0;
            }
            Searched::Nothing => hits.clear(),
        }
        in_name == 0 && hits.is_empty()
    }
}

impl Guard<'_> {
    /// Notes the numbers of a clean artifact that are whole only when lines or cells are joined. What is made for programs is
    /// not looked at: it holds what the pages hold.
    fn note_split(&self, artifact: &Artifact<'_>) {
        match artifact.searched {
            Searched::Bytes(Form::Html) => self.note_split_in(Form::Html, artifact.bytes, artifact, None),
            Searched::Copy(form, text) => self.note_split_in(form, text.as_bytes(), artifact, None),
            Searched::Marked(text, shown) => {
                self.note_split_in(Form::Markdown, text.as_bytes(), artifact, None);
                self.note_split_in(Form::Html, shown.as_bytes(), artifact, Some(None));
            }
            Searched::Document(document) => {
                for piece in &document.pieces {
                    self.note_split_in(piece.form, &piece.bytes, artifact, Some(Some(&piece.spot)));
                }
            }
            Searched::Bytes(_) | Searched::Nothing => {}
        }
    }

    /// The same of one text; its `spot` is said where the lines of the text are not those of a file that can be opened.
    fn note_split_in(&self, form: Form, text: &[u8], artifact: &Artifact<'_>, spot: Option<Option<&Spot>>) {
        let mut hits = Vec::new();
        Search::find_split(text, form, &mut hits);
        let mut lines = Lines { bytes: text, at: 0, line: 1 };
        for Hit { kind, range } in hits {
            // Without an excerpt: nobody is to be shown half of the number.
            let problem = found(kind, at(artifact.origin, SPLIT_NUMBER), artifact.path);
            let problem = match spot {
                None => problem.with("line", lines.of(range.start)),
                Some(Some(spot)) => at_spot(problem, spot),
                Some(None) => problem,
            };
            let digits = text.get(range).unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit());
            let new = (Reverse(artifact.path.len()), problem);
            let mut split = self.split.lock().unwrap_or_else(PoisonError::into_inner);
            let known = split.entry((kind, digits.copied().collect())).or_insert_with(|| new.clone());
            *known = new.min(known.clone());
        }
    }

    /// Searches the text of a copy; what is found has a place in the file that it is a copy of.
    fn search_copy(&self, form: Form, text: &str, artifact: &Artifact<'_>, hits: &mut Vec<Hit>) {
        hits.clear();
        self.search.find(text.as_bytes(), form, hits);
        for hit in hits.iter().filter(|hit| !self.leaves_open(hit)) {
            let code = code_of(hit.kind);
            let problem = match artifact.origin {
                Some(file) => Diagnostic::new(code, Place::text(file, hit.range.clone())),
                None => Diagnostic::of_the_board(code),
            };
            let problem = found(hit.kind, problem, artifact.path);
            self.add(problem.with_unshown(&number(text.as_bytes(), hit)));
        }
    }

    /// Notes a number in the name of an artifact: once, at the first of the files that it comes from.
    fn note_name(&self, artifact: &Artifact<'_>, hit: &Hit) {
        let problem = found(hit.kind, at(artifact.origin, code_of(hit.kind)), artifact.path);
        let problem = problem.with_word("where", "private-in-name");
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            names.entry((hit.kind, number(artifact.path.as_bytes(), hit))).or_insert_with(|| problem.clone());
        // What has no place comes last.
        let rank = |problem: &Diagnostic| (problem.place().is_none(), problem.clone());
        if rank(&problem) < rank(known) {
            *known = problem;
        }
    }
}

/// The digits of a hit.
fn number(bytes: &[u8], hit: &Hit) -> String {
    digits(&String::from_utf8_lossy(bytes.get(hit.range.clone()).unwrap_or_default()))
}

/// A problem of an opened document, with the part or page it is about.
fn at_spot(problem: Diagnostic, spot: &Spot) -> Diagnostic {
    match spot {
        Spot::Part(part) => problem.with("part", part),
        Spot::Page(page) => problem.with("page", page),
    }
}

fn code_of(kind: Kind) -> Code {
    if kind == Kind::Phone { PHONE_NOT_PUBLISHED } else { PRIVATE_OUTPUT }
}

fn found(kind: Kind, problem: Diagnostic, path: &str) -> Diagnostic {
    problem.with("path", path).with_word("kind", kind_in_words(kind))
}

/// Counts lines on from the last place that was asked for.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line, from 1, that the byte `to` stands in; asked for in ascending order.
    fn of(&mut self, to: usize) -> usize {
        let passed = self.bytes.get(self.at..to).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = to.max(self.at);
        self.line
    }
}

fn at(origin: Option<FileId>, code: Code) -> Diagnostic {
    origin.map_or(Diagnostic::of_the_board(code), |file| Diagnostic::new(code, Place::file(file)))
}

fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::IdNumber => "kind-id-number",
        Kind::BankCard => "kind-bank-card",
        Kind::Phone => "kind-phone",
    }
}

impl Door for Guard<'_> {
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure> {
        let clean = self.is_clean(&artifact);
        if clean {
            self.note_split(&artifact);
        }
        let path = match ArtifactPath::parse(artifact.path) {
            Ok(path) if path.fits() => path,
            _ => {
                self.add(at(artifact.origin, BAD_ADDRESS).with("address", artifact.path));
                return Ok(());
            }
        };
        match self.staging {
            Some(staging) if clean => staging.write(&path, artifact.bytes),
            _ => Ok(()),
        }
    }

    fn kept(&self, path: &str, key: &str) -> Option<Vec<u8>> {
        self.staging?.kept_sheet(path, key)
    }

    fn report(&self, problems: Problems) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).append(problems);
    }
}
