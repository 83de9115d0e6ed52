//! `gongshi print`

use super::area;
use super::arguments::{Common, Print};
use super::check::status;
use super::print::{Printer, Stream};
use crate::Asked;
use crate::diagnostics::Failure;
use crate::sheets::Wish;

/// Sets the sheets of one area and writes them; names each file on a line of standard output.
pub(super) fn run(print: &Print, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let asked = Asked { day: common.day(), strict: common.strict, sheets: true };
    let wish = Wish {
        kind: print.sheet,
        paper: print.paper.map(Into::into),
        due: print.due,
        for_households: print.copies.is_some(),
    };
    let find = |board: &crate::board::Board| {
        let found = area::find(board, &print.area)?;
        Ok(board.areas.iter().position(|area| area.path == found.path).unwrap_or_default())
    };
    let printed = crate::print(&print.content, &print.out, asked, &find, wish)?;
    printer.problems(&printed.problems, &printed.content.files, Stream::Err);
    let Some(files) = printed.files else {
        printer.say("say-nothing-printed", &[]);
        return Ok(status(&printed.problems, common.strict));
    };
    if files.is_empty() {
        printer.say("say-no-sheets", &[]);
        return Ok(status(&printed.problems, common.strict));
    }
    for file in &files {
        printer.line(&file.display().to_string());
    }
    printer
        .say("say-printed", &[("count", files.len().to_string()), ("out", print.out.display().to_string())]);
    Ok(status(&printed.problems, common.strict))
}
