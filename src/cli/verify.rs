//! `gongshi verify`

use super::arguments::Verify;
use super::print::Printer;
use super::{DONE, PROBLEMS};
use crate::diagnostics::Failure;
use crate::privacy;
use crate::publish::{self, Differs};

/// Compares a published folder with its manifest and prints every difference.
pub(super) fn run(verify: &Verify, printer: &Printer) -> Result<u8, Failure> {
    let differences = publish::verify(&verify.dir)?;
    for difference in &differences {
        let entry = match difference.how {
            Differs::Missing => "say-file-missing",
            Differs::Changed => "say-file-changed",
            Differs::Foreign => "say-file-foreign",
        };
        let path = privacy::mask_private(&difference.path).into_owned();
        printer.line(&crate::diagnostics::say(entry, printer.language(), &[("path", path)]));
    }
    if differences.is_empty() {
        printer.say("say-whole", &[("path", verify.dir.display().to_string())]);
        return Ok(DONE);
    }
    printer.say("say-not-whole", &[("count", differences.len().to_string())]);
    Ok(PROBLEMS)
}
