//! `gongshi check`

use super::arguments::{Check, Common, Format};
use super::print::{Printer, Stream};
use super::{DONE, PROBLEMS};
use crate::diagnostics::{Diagnostic, Failure, Severity};

/// Prints every problem on standard output; writes nothing.
pub(super) fn run(check: &Check, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let checked = crate::check_against(&check.content, common.day(), check.against.as_deref())?;
    match check.format {
        Format::Json => printer.problems_as_json(&checked.problems, &checked.content.files),
        Format::Text => printer.problems(&checked.problems, &checked.content.files, Stream::Out),
    }
    if checked.problems.is_empty() && check.format == Format::Text {
        printer.say("say-no-problems", &[]);
    }
    Ok(status(&checked.problems, common.strict))
}

/// The exit status that problems lead to.
pub(super) fn status(problems: &[Diagnostic], strict: bool) -> u8 {
    let stops = |problem: &Diagnostic| strict || problem.code().severity() == Severity::Error;
    if problems.iter().any(stops) { PROBLEMS } else { DONE }
}
