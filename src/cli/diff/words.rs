//! Differences in words.

use chrono::NaiveDate;

use super::facts;
use crate::diagnostics::{Language, say, word};
use crate::publish::{Detail, Fact, Said, Standing, TurnKind, Unit};
use crate::values::Yuan;

/// How many days or names a line holds; of more it says how many there are.
pub(super) const MOST_NAMED: usize = 3;

/// Names one after the other; where there are more than these, that is said.
pub(super) fn joined(names: Vec<String>, of: usize, language: Language) -> String {
    let shown = names.len();
    let two = |first: String, second: String| {
        say("say-diff-list", language, &[("first", first), ("second", second)])
    };
    let names = names.into_iter().reduce(two).unwrap_or_default();
    if of > shown { say("say-diff-etc", language, &[("names", names)]) } else { names }
}

/// What a thing is, by the name of the word.
pub(super) fn kind(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::Board => "say-kind-board",
        TurnKind::Area => "say-kind-area",
        TurnKind::Ledger => "say-kind-ledger",
        TurnKind::Duty => "say-audit-item",
        TurnKind::List => "say-audit-list",
        TurnKind::Result => "say-audit-result",
        TurnKind::Notice => "say-audit-notice",
        TurnKind::Program => "say-kind-program",
        TurnKind::Fund => "say-kind-fund",
        TurnKind::Contact => "say-audit-contacts",
        TurnKind::Team => "say-kind-team",
        TurnKind::Reception => "say-audit-reception",
        TurnKind::Attachment => "say-kind-attachment",
        TurnKind::Picture => "say-kind-picture",
        TurnKind::Page => "say-kind-page",
    }
}

/// One difference.
pub(super) fn of(detail: &Detail, kind: TurnKind, language: Language) -> String {
    let say = |entry: &str, facts: &[(&str, String)]| say(entry, language, facts);
    let word = |entry: &str| word(entry, language);
    let count = |rows: &dyn ToString| ("count", rows.to_string());
    match detail {
        Detail::Added if kind == TurnKind::Duty => word("say-diff-owed"),
        Detail::Removed if kind == TurnKind::Duty => word("say-diff-owed-no-more"),
        Detail::Added => word("say-diff-added"),
        Detail::Removed => word("say-diff-removed"),
        Detail::Retitled { before } => say("say-diff-retitled", &[("before", before.clone())]),
        Detail::Address { before } => say("say-diff-address", &[("before", before.clone())]),
        Detail::CameFrom { area } => say("say-diff-came-from", &[("area", area.clone())]),
        Detail::State { before, after } => {
            let [before, after] = [before, after].map(|name| facts::state(name, language));
            say("say-diff-state", &[("before", before), ("after", after)])
        }
        Detail::Fact { fact, before, after } => {
            fact_in_words(*fact, before.as_ref(), after.as_ref(), language)
        }
        Detail::Count { rows, unit } => say(one_of(*unit, ROWS), &[count(rows)]),
        Detail::Counted { before, after } => {
            say("say-diff-counted", &[("before", before.to_string()), ("after", after.to_string())])
        }
        Detail::RowsAdded { rows, unit } => say(one_of(*unit, ADDED), &[count(rows)]),
        Detail::RowsRemoved { rows, unit } => say(one_of(*unit, REMOVED), &[count(rows)]),
        Detail::Amounts { rows, unit } => say(one_of(*unit, AMOUNTS), &[count(rows)]),
        Detail::RowsChanged { rows, unit } => say(one_of(*unit, CHANGED), &[count(rows)]),
        Detail::Total { before: None, after: Some(total) } => {
            say("say-diff-total", &[("total", total.grouped())])
        }
        Detail::Total { before, after } => {
            let money = |one: &Option<Yuan>| one.map_or_else(|| word("say-diff-none"), Yuan::grouped);
            say("say-diff-total-changed", &[("before", money(before)), ("after", money(after))])
        }
        Detail::Period { before, after } => period(before.as_ref(), after.as_ref(), language),
        Detail::Objection { received, before, after } => {
            let day = ("day", received.to_string());
            let outcome = ("outcome", facts::outcome(after, language));
            let entry = if before.is_some() { "say-diff-objection" } else { "say-diff-objection-new" };
            say(entry, &[day, outcome])
        }
        Detail::Step { title, on: Some(day) } => {
            say("say-diff-step", &[("title", title.clone()), ("day", day.to_string())])
        }
        Detail::Step { title, on: None } => say("say-diff-step-begun", &[("title", title.clone())]),
        Detail::ObjectionOverdue { received, due } => say(
            "say-diff-objection-overdue",
            &[("day", received.to_string()), ("due", day_or_none(*due, language))],
        ),
        Detail::StepOverdue { title, due } => {
            say("say-diff-step-overdue", &[("title", title.clone()), ("due", day_or_none(*due, language))])
        }
        Detail::Posted { on, place: Some(place) } => {
            say("say-diff-posted-at", &[("day", on.to_string()), ("place", place.clone())])
        }
        Detail::Posted { on, place: None } => say("say-diff-posted", &[("day", on.to_string())]),
        Detail::TakenDown { on } => say("say-diff-taken-down", &[("day", on.to_string())]),
        Detail::Decision { date, document: Some(document) } => {
            say("say-diff-decided-by", &[("day", date.to_string()), ("document", document.clone())])
        }
        Detail::Decision { date, document: None } => say("say-diff-decided", &[("day", date.to_string())]),
        Detail::Inflow { on, from, amount } => say(
            "say-diff-inflow",
            &[("day", on.to_string()), ("from", from.clone()), ("amount", amount.grouped())],
        ),
        Detail::Payments { count: lists, amount } => {
            say("say-diff-payments", &[count(lists), ("amount", amount.grouped())])
        }
        Detail::Archived { until } => say("say-diff-archived", &[("day", until.to_string())]),
        Detail::Content if kind == TurnKind::Notice => word("say-diff-text"),
        Detail::Content => word("say-diff-content"),
        Detail::SessionsAdded { .. }
        | Detail::SessionsRemoved { .. }
        | Detail::Sessions { .. }
        | Detail::Cancelled { .. }
        | Detail::Restored { .. }
        | Detail::Moved { .. } => of_sessions(detail, language),
        Detail::UnitsAdded { units } => {
            say("say-diff-units-more", &[("units", units_in_words(units, language))])
        }
        Detail::UnitsRemoved { units } => {
            say("say-diff-units-fewer", &[("units", units_in_words(units, language))])
        }
        Detail::Units { fact, units } => {
            let fact = word(facts::name(*fact));
            say("say-diff-units", &[("units", units_in_words(units, language)), ("fact", fact)])
        }
        Detail::Standing { before: Some(before), after: Some(after) } => {
            let [before, after] = [before, after].map(|one| standing(one, language));
            say("say-diff-state", &[("before", before), ("after", after)])
        }
        Detail::Standing { before, after } => {
            after.as_ref().or(before.as_ref()).map(|one| standing(one, language)).unwrap_or_default()
        }
        Detail::FulfilledAgain { late: true, .. } => word("say-diff-again-late"),
        Detail::FulfilledAgain { .. } => word("say-diff-again"),
    }
}

/// One difference of sessions; nothing of other differences.
fn of_sessions(detail: &Detail, language: Language) -> String {
    let say = |entry: &str, facts: &[(&str, String)]| say(entry, language, facts);
    let count = |rows: &dyn ToString| ("count", rows.to_string());
    let days = |days: &[NaiveDate]| ("days", days_in_words(days, language));
    match detail {
        Detail::SessionsAdded { days } => {
            say("say-diff-sessions-more", &[count(&days.len()), ("days", first_days(days, language))])
        }
        Detail::SessionsRemoved { days } => {
            say("say-diff-sessions-fewer", &[count(&days.len()), ("days", first_days(days, language))])
        }
        Detail::Sessions { fact: Fact::Host, before: Some(before), after: Some(after), days: all } => {
            let [before, after] = [before, after].map(|name| facts::value(Fact::Host, Some(name), language));
            say("say-diff-host", &[days(all), ("before", before), ("after", after)])
        }
        Detail::Sessions { fact, before, after, days: all } => {
            let change = fact_in_words(*fact, before.as_ref(), after.as_ref(), language);
            say("say-diff-sessions", &[days(all), ("change", change)])
        }
        Detail::Cancelled { days: all } => say("say-diff-cancelled", &[days(all)]),
        Detail::Restored { days: all } => say("say-diff-restored", &[days(all)]),
        Detail::Moved { before, after } => {
            say("say-diff-moved", &[("before", before.to_string()), ("after", after.to_string())])
        }
        _ => String::new(),
    }
}

/// The words for people, households and rows.
type OfUnits = [&'static str; 3];

const ROWS: OfUnits = ["say-diff-people", "say-diff-households", "say-diff-rows"];
const ADDED: OfUnits = ["say-diff-people-added", "say-diff-households-added", "say-diff-rows-added"];
const REMOVED: OfUnits = ["say-diff-people-removed", "say-diff-households-removed", "say-diff-rows-removed"];
const AMOUNTS: OfUnits = ["say-diff-people-amounts", "say-diff-households-amounts", "say-diff-rows-amounts"];
const CHANGED: OfUnits = ["say-diff-people-changed", "say-diff-households-changed", "say-diff-rows-changed"];

fn one_of(unit: Unit, [person, household, row]: OfUnits) -> &'static str {
    match unit {
        Unit::Person => person,
        Unit::Household => household,
        Unit::Row => row,
    }
}

/// A fact with its values, as far as they can be said and are short enough for a line.
fn fact_in_words(fact: Fact, before: Option<&Said>, after: Option<&Said>, language: Language) -> String {
    /// The most characters of a value that stand in a line.
    const LONGEST: usize = 40;

    let name = ("fact", word(facts::name(fact), language));
    let [old, new] = [before, after].map(|value| facts::value(fact, value, language));
    let long = old.chars().count().max(new.chars().count()) > LONGEST;
    if long || (before.is_none() && after.is_none()) {
        return say("say-diff-fact-changed", language, &[name]);
    }
    say("say-diff-fact", language, &[name, ("before", old), ("after", new)])
}

fn day_or_none(day: Option<NaiveDate>, language: Language) -> String {
    day.map_or_else(|| word("say-diff-none", language), |day| day.to_string())
}

/// The first days of several, where their number is said beside it.
fn first_days(days: &[NaiveDate], language: Language) -> String {
    joined(days.iter().take(MOST_NAMED).map(NaiveDate::to_string).collect(), days.len(), language)
}

fn days_in_words(days: &[NaiveDate], language: Language) -> String {
    let names = first_days(days, language);
    if days.len() > MOST_NAMED {
        return say("say-diff-days", language, &[("days", names), ("count", days.len().to_string())]);
    }
    names
}

fn units_in_words(units: &[String], language: Language) -> String {
    let names = joined(units.iter().take(MOST_NAMED).cloned().collect(), units.len(), language);
    if units.len() > MOST_NAMED {
        return say("say-diff-of-all", language, &[("names", names), ("count", units.len().to_string())]);
    }
    names
}

fn period(before: Option<&[NaiveDate; 2]>, after: Option<&[NaiveDate; 2]>, language: Language) -> String {
    let Some([start, end]) = after else { return word("say-diff-period-gone", language) };
    let entry = if before.is_some() { "say-diff-period" } else { "say-diff-period-new" };
    say(entry, language, &[("start", start.to_string()), ("end", end.to_string())])
}

fn standing(one: &Standing, language: Language) -> String {
    let day = |day: NaiveDate| [("day", day.to_string())];
    match (one.state.as_str(), one.due, one.overdue_since) {
        ("done", ..) if one.late => word("say-standing-late", language),
        ("done", ..) => word("say-standing-done", language),
        ("overdue", _, Some(since)) => say("say-standing-overdue-since", language, &day(since)),
        ("overdue", ..) => word("say-standing-overdue", language),
        (_, Some(due), _) => say("say-standing-due-by", language, &day(due)),
        _ => word("say-standing-due", language),
    }
}
