//! `gongshi verify`

use super::arguments::Verify;
use super::print::Printer;
use super::{DONE, PROBLEMS};
use crate::diagnostics::Failure;
use crate::privacy;
use crate::publish::{self, Differs, Manifest};

/// Compares a published folder with its manifest and prints every difference.
pub(super) fn run(verify: &Verify, printer: &Printer) -> Result<u8, Failure> {
    if let Some(number) = &verify.sheet {
        return find_sheet(verify, number, printer);
    }
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

/// Names the sheets whose data have a number: what hangs with it on a wall says the same as the board.
fn find_sheet(verify: &Verify, number: &str, printer: &Printer) -> Result<u8, Failure> {
    let shown = verify.dir.display().to_string();
    let manifest =
        Manifest::read(&verify.dir)?.ok_or_else(|| Failure::usage("not-published").with("path", &shown))?;
    let found = manifest.sheets_with(number);
    for path in &found {
        printer.line(path);
    }
    let facts = [
        ("number", number.to_owned()),
        ("date", manifest.date.to_string()),
        ("count", found.len().to_string()),
    ];
    printer.say(if found.is_empty() { "say-no-such-sheet" } else { "say-sheet-found" }, &facts);
    Ok(if found.is_empty() { PROBLEMS } else { DONE })
}
