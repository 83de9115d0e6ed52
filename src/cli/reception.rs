//! `gongshi reception`: the sessions of an area in the terminal, or the reasons of its days.

mod list;
mod marks;
mod reasons;
mod rules;
mod words;

use chrono::NaiveDate;

use super::arguments::{Common, Reception};
use super::check::status;
use super::print::{Printer, Stream};
use super::{DONE, area};
use crate::board::{AreaOnBoard, Board};
use crate::diagnostics::Failure;
use crate::views;

/// Prints the sessions of an area on standard output, its problems on standard error. The list of a board with
/// errors could be wrong and is not printed.
pub(super) fn run(asked: &Reception, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let day = common.day();
    let looked = crate::look(&asked.content, day)?;
    let found =
        looked.board.as_ref().map(|board| Ok((board, area::find(board, &asked.area)?))).transpose()?;
    let status = status(&looked.problems, common.strict);
    let span = found.map(|(_, area)| Span::asked(asked, area, day)).transpose()?;
    printer.problems(&looked.problems, &looked.content.files, Stream::Err);
    let (Some((board, area)), Some(span), DONE) = (found, span, status) else {
        printer.note("say-not-listed", &[]);
        return Ok(status);
    };
    if area.reception.plans.is_empty() {
        say_no_plan(board, area, printer);
    } else if span.is_over() {
        printer.say("say-plans-over", &[("area", area.area.name.clone()), ("last", span.to.to_string())]);
    } else if asked.explain {
        reasons::print(&views::explain_days(board, area, span.from, span.to), span, printer);
    } else {
        list::print(board, area, span, printer);
    }
    Ok(DONE)
}

/// The days that are asked for.
#[derive(Clone, Copy)]
struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    /// The days as typed; else from the board's day to the end of the area's plans.
    ///
    /// # Errors
    /// When the last day, as it was typed, comes before the first.
    fn asked(asked: &Reception, area: &AreaOnBoard, day: NaiveDate) -> Result<Self, Failure> {
        let from = asked.from.unwrap_or(day);
        if let Some(to) = asked.to.filter(|to| *to < from) {
            return Err(Failure::usage("from-after-to").with("from", from).with("to", to));
        }
        let last = area.reception.plans.iter().map(|plan| plan.to.value).max();
        Ok(Self { from, to: asked.to.or(last).unwrap_or(from) })
    }

    /// Whether all plans end before the first day.
    fn is_over(self) -> bool {
        self.to < self.from
    }

    fn covers(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// Says that an area has no plan, and which area above it has one.
fn say_no_plan(board: &Board, area: &AreaOnBoard, printer: &Printer) {
    let name = area.area.name.clone();
    let parent = |area: &&AreaOnBoard| area.parent.and_then(|parent| board.areas.get(parent));
    let mut line_above = std::iter::successors(Some(area), parent).take(board.areas.len());
    printer.say("say-no-plan", &[("area", name), ("date", board.day.to_string())]);
    if let Some(above) = line_above.find(|area| !area.reception.plans.is_empty()) {
        let facts = [("area", above.area.name.clone()), ("path", area::as_typed(above).to_owned())];
        printer.say("say-plan-above", &facts);
    }
}
