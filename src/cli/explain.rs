//! `gongshi explain`

use super::DONE;
use super::arguments::Explain;
use super::print::Printer;
use crate::diagnostics::{Failure, catalogue, explain};
use crate::source::nearest;

/// Prints the help page of a problem.
pub(super) fn run(command: &Explain, printer: &Printer) -> Result<u8, Failure> {
    let Some(page) = explain(&command.code, printer.language()) else {
        let mut failure = Failure::usage("no-such-code").with("code", &command.code);
        let known = catalogue().iter().filter(|(_, entry)| !entry.zh.page.is_empty());
        if let Some(near) = nearest(&command.code, known.map(|(name, _)| name.as_str())) {
            failure = failure.with("near", near);
        }
        return Err(failure);
    };
    printer.line(&format!("{}\n\n{}", command.code, page.trim()));
    Ok(DONE)
}
