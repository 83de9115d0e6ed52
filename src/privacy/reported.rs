//! What was reported of private numbers while reading: judged once it is known which phones the board publishes, and
//! remembered, so that the guard does not say it again of every artifact.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::search::{Form, Kind, Search};
use super::text::PHONE_NOT_PUBLISHED;
use crate::diagnostics::{Code, Problems, Unshown};

/// The private numbers that problems at their places in the content speak of.
#[derive(Debug, Default)]
pub struct Reported {
    /// Their digits.
    numbers: BTreeSet<String>,
    /// Whether nobody can say which phones are published.
    phones_unknown: bool,
}

impl Reported {
    /// Drops the problems of phones that `published` lets pass, and takes the numbers out of the others, which nobody is to
    /// see. With `None`, what declares phones could not all be read: which phone is private is not known then, and
    /// none is spoken of. Something else is an error in that case.
    ///
    /// A phone that goes along with a problem of the code `undeclared` would be published, were that one mended: it is
    /// not spoken of either.
    pub fn judge(published: Option<&Search>, undeclared: Code, problems: &mut Problems) -> Self {
        let mut declared = BTreeSet::new();
        problems.amend(|problem| {
            if problem.code() == undeclared {
                declared.extend(problem.unshown().iter().map(|Unshown(written)| digits(written)));
            }
        });
        problems.drop_allowed(|problem| {
            let meant = |Unshown(written): &Unshown| declared.contains(&digits(written));
            let passes = |search: &Search| {
                let mut hits = Vec::new();
                for Unshown(written) in problem.unshown() {
                    search.find(written.as_bytes(), Form::Text, &mut hits);
                }
                hits.is_empty()
            };
            let is_meant = !problem.unshown().is_empty() && problem.unshown().iter().all(meant);
            problem.code() == PHONE_NOT_PUBLISHED && (is_meant || published.is_none_or(passes))
        });
        let numbers = problems.take_unshown().iter().map(|Unshown(written)| digits(written)).collect();
        Self { numbers, phones_unknown: published.is_none() }
    }

    /// Whether it is of no use to speak of a number of this kind, `written` so in an artifact that was made from what
    /// has been read.
    pub fn covers(&self, kind: Kind, written: &[u8]) -> bool {
        self.leaves_open(kind) || self.numbers.contains(&digits(&String::from_utf8_lossy(written)))
    }

    /// Whether nobody can say if a number of this kind may be published.
    pub fn leaves_open(&self, kind: Kind) -> bool {
        self.phones_unknown && kind == Kind::Phone
    }
}

/// The digits of a number, and its `X`, without what stands between them: the same for all spellings of it.
pub fn digits(written: &str) -> String {
    let kept = written.nfkc().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}
