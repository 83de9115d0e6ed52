//! The guard at the door: searches everything that leaves, and lets only what is clean be staged.

use std::sync::{Mutex, PoisonError};

use super::Staging;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};
use crate::privacy::{Form, Kind, Search};
use crate::site::{Artifact, Door};
use crate::values::ArtifactPath;

const PRIVATE_OUTPUT: Code = Code::error("private-output");
const PHONE_NOT_PUBLISHED: Code = Code::error("phone-not-published");
const NAME_IMPOSSIBLE: Code = Code::error("bad-address");

/// Searches artifacts and hands the clean ones to the staging folder; without one it only searches, as a
/// check without publishing does.
pub struct Guard<'s> {
    search: Search,
    staging: Option<&'s Staging>,
    problems: Mutex<Problems>,
}

impl<'s> Guard<'s> {
    /// A guard that lets clean artifacts into `staging`.
    pub fn new(search: Search, staging: Option<&'s Staging>) -> Self {
        Self { search, staging, problems: Mutex::new(Problems::new()) }
    }

    /// What was found.
    pub fn into_problems(self) -> Problems {
        self.problems.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, problem: Diagnostic) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).add(problem);
    }

    /// Whether the artifact and its name are clean; what is not is noted.
    fn is_clean(&self, artifact: &Artifact<'_>) -> bool {
        let mut hits = Vec::new();
        self.search.find(artifact.path.as_bytes(), Form::Path, &mut hits);
        let in_name = hits.len();
        if let Some(form) = artifact.form {
            self.search.find(artifact.bytes, form, &mut hits);
        }
        for (index, hit) in hits.iter().enumerate() {
            let code = if hit.kind == Kind::Phone { PHONE_NOT_PUBLISHED } else { PRIVATE_OUTPUT };
            let problem = at(artifact.origin, code).with("path", artifact.path);
            let problem = problem.with_word("kind", kind_in_words(hit.kind));
            self.add(if index < in_name {
                problem
            } else {
                problem.with("line", line_of(artifact.bytes, hit.range.start))
            });
        }
        hits.is_empty()
    }
}

/// The line, from 1, that a byte stands in.
fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
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
        let path = match ArtifactPath::parse(artifact.path) {
            Ok(path) if path.fits() => path,
            _ => {
                self.add(at(artifact.origin, NAME_IMPOSSIBLE).with("address", artifact.path));
                return Ok(());
            }
        };
        match self.staging {
            Some(staging) if clean => staging.write(&path, artifact.bytes),
            _ => Ok(()),
        }
    }

    fn report(&self, problems: Problems) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).append(problems);
    }
}
