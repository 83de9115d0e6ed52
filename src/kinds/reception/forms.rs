//! Forms of reception: the contract's, and those that a board names itself.

use crate::diagnostics::{Diagnostic, Problems};
use crate::source::parse::{NOT_A_CHOICE, unpublished_text};
use crate::source::{Value, nearest};

/// The forms that every board knows; their words are the theme's.
pub const FORMS: [&str; 8] =
    ["fixed", "appointment", "outreach", "follow-up", "random", "thematic", "on-site", "meeting"];

/// Reads a form: one of [`FORMS`], or one of the board's `own` (key and words). Where the board's own
/// are not known, because `board.toml` cannot be read, any is taken.
pub(super) fn form<'a>(
    own: Option<&[(String, String)]>,
) -> impl Fn(&Value<'a>, &mut Problems) -> Option<String> {
    move |value, problems| {
        let written = unpublished_text(value, problems)?;
        let Some(own) = own else { return Some(written) };
        let mut names: Vec<&str> = FORMS.to_vec();
        names.extend(own.iter().map(|(key, _)| key.as_str()));
        if names.contains(&written.as_str()) {
            return Some(written);
        }
        let problem = Diagnostic::new(NOT_A_CHOICE, value.place).with("text", &written);
        let mut problem = problem.with("choices", names.join(", "));
        // Chinese words are near no key, but the board may well have written its own form out.
        let meant = own.iter().find(|(_, words)| *words == written).map(|(key, _)| key.as_str());
        if let Some(near) = meant.or_else(|| nearest(&written, names.iter().copied())) {
            problem = problem.with("near", near);
        }
        problems.add(problem);
        None
    }
}
