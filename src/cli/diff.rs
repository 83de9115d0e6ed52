//! `gongshi diff`: two published folders, in the board's words.

use super::DONE;
use super::arguments::Diff;
use super::print::Printer;
use crate::diagnostics::{Failure, Language, say, word};
use crate::publish::{self, Detail, Turn, TurnKind};
use crate::values::Yuan;

/// Prints what has come, changed and gone from the first folder to the second, a line for each thing.
pub(super) fn run(asked: &Diff, printer: &Printer) -> Result<u8, Failure> {
    let (from, to, turns) = publish::diff(&asked.old, &asked.new)?;
    let language = printer.language();
    for turn in &turns {
        printer.line(&line(turn, language));
    }
    let facts = [("from", from.to_string()), ("to", to.to_string()), ("count", turns.len().to_string())];
    printer.say(if turns.is_empty() { "say-diff-same" } else { "say-diff-count" }, &facts);
    Ok(DONE)
}

fn line(turn: &Turn, language: Language) -> String {
    let details: Vec<String> =
        turn.details.iter().map(|detail| in_words(detail, turn.kind, language)).collect();
    let two = |first: String, second: String| {
        say("say-diff-and", language, &[("first", first), ("second", second)])
    };
    let details = details.into_iter().reduce(two).unwrap_or_default();
    // Most titles begin with the name of their area, which is not said twice.
    let name = &turn.area_name;
    let title = turn.title.strip_prefix(name.as_str()).unwrap_or(&turn.title);
    let facts = [
        ("area", name.clone()),
        ("kind", word(kind_word(turn.kind), language)),
        ("title", title.replace(char::is_control, " ")),
        ("details", details),
    ];
    say("say-diff-line", language, &facts)
}

fn kind_word(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::List => "say-audit-list",
        TurnKind::Result => "say-audit-result",
        TurnKind::Notice => "say-audit-notice",
        TurnKind::Contact => "say-audit-contacts",
        TurnKind::Reception => "say-audit-reception",
    }
}

fn in_words(detail: &Detail, kind: TurnKind, language: Language) -> String {
    let say = |entry: &str, facts: &[(&str, String)]| say(entry, language, facts);
    let none = || word("say-diff-none", language);
    let changed = |entry: &str, before: Option<String>, after: Option<String>| {
        let facts = [("before", before.unwrap_or_else(none)), ("after", after.unwrap_or_else(none))];
        say(entry, &facts)
    };
    match detail {
        Detail::Added => word("say-diff-added", language),
        Detail::Removed => word("say-diff-removed", language),
        Detail::Retitled(before) => say("say-diff-retitled", &[("before", before.clone())]),
        Detail::State(before, after) => {
            changed("say-diff-state", Some(state(before, language)), Some(state(after, language)))
        }
        Detail::Rows(more) if *more > 0 => say("say-diff-more", &[("count", more.to_string())]),
        Detail::Rows(fewer) => say("say-diff-fewer", &[("count", fewer.unsigned_abs().to_string())]),
        Detail::Count(count) => say("say-diff-rows", &[("count", count.to_string())]),
        Detail::Total(None, Some(total)) => say("say-diff-total", &[("total", total.grouped())]),
        Detail::Total(before, after) => {
            changed("say-diff-total-changed", before.map(Yuan::grouped), after.map(Yuan::grouped))
        }
        Detail::Period(start, end) => {
            say("say-diff-period", &[("start", start.to_string()), ("end", end.to_string())])
        }
        Detail::Content if kind == TurnKind::Notice => word("say-diff-text", language),
        Detail::Content => word("say-diff-content", language),
        Detail::Phone(before, after) => changed("say-diff-phone", before.clone(), after.clone()),
        Detail::Position(before, after) => changed("say-diff-position", before.clone(), after.clone()),
        Detail::SessionsAdded(count) => say("say-diff-sessions-more", &[("count", count.to_string())]),
        Detail::SessionsRemoved(count) => say("say-diff-sessions-fewer", &[("count", count.to_string())]),
        Detail::Host(day, before, after) => {
            let facts = [("day", day.to_string()), ("before", before.clone()), ("after", after.clone())];
            say("say-diff-host", &facts)
        }
        Detail::Cancelled(day) => say("say-diff-cancelled", &[("day", day.to_string())]),
        Detail::Moved(day) => say("say-diff-moved", &[("day", day.to_string())]),
    }
}

/// A state of a list in words, by its name in open data.
fn state(name: &str, language: Language) -> String {
    let entry = match name {
        "upcoming" => "say-state-upcoming",
        "open" => "say-state-open",
        "reviewing" => "say-state-reviewing",
        "closed" => "say-state-closed",
        "confirmed" => "say-state-confirmed",
        "superseded" => "say-state-superseded",
        "withdrawn" => "say-state-withdrawn",
        other => return other.to_owned(),
    };
    word(entry, language)
}
