//! Lists of subsidies, one after the other: no two of them are held at once.

use serde_json::Value;

use super::fact::Fact;
use super::facts::{date, facts, list, retitled, same, text};
use super::pair::{Found, Pair, Spot, What, came_or_went, title_of};
use super::rows;
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;
use crate::values::Yuan;

/// What else stands at the head of a list.
const KNOWN: [(&str, Fact); 14] = [
    ("stage", Fact::Stage),
    ("item", Fact::Item),
    ("program", Fact::Program),
    ("authority", Fact::Authority),
    ("basis", Fact::Basis),
    ("edition", Fact::Edition),
    ("objections_to/to", Fact::ObjectionsTo),
    ("objections_to/phone", Fact::ObjectionsPhone),
    ("objections_to/place", Fact::ObjectionsPlace),
    ("follows", Fact::Links),
    ("followed_by", Fact::Links),
    ("reposts", Fact::Links),
    ("reposted_to", Fact::Links),
    ("units", Fact::Unit),
];

/// Compares the lists of all areas.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    for spot in pair.spots(What::List) {
        if pair.is_unchanged(&spot) && spot.moved().is_none() {
            continue;
        }
        let Some([then, now]) = pair.read(&spot, "recipients", found)? else { continue };
        let details = details(pair, &spot, then.as_ref(), now.as_ref());
        let title = title_of(then.as_ref(), now.as_ref());
        pair.note(found, (&spot.area, TurnKind::List), title, &spot.address, details);
    }
    Ok(())
}

fn details(pair: &Pair, spot: &Spot<'_>, then: Option<&Value>, now: Option<&Value>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let Some(now) = now else { return details };
    if let Some(then) = then {
        details.extend(spot.moved());
        details.extend(retitled(then, now));
        if text(then, "state") != text(now, "state") {
            let (before, after) = (text(then, "state").to_owned(), text(now, "state").to_owned());
            details.push(Detail::State { before, after });
        }
        let period = |one: &Value| {
            Some([date(one.get("notice_period")?, "start")?, date(one.get("notice_period")?, "end")?])
        };
        let (before, after) = (period(then), period(now));
        details.extend((before != after).then_some(Detail::Period { before, after }));
        details.extend(facts(then, now, &KNOWN).into_iter().map(without_names));
        details.extend(objections(list(then, "objections"), list(now, "objections")));
        details.extend(steps(list(then, "steps"), list(now, "steps")));
        details.extend(posting(then, now));
        details.extend(decision(then, now));
    }
    details.extend(figures(then, now));
    let unsaid = |then: &&Value| details.is_empty() && !same(then, now, pair.exact);
    details.extend(then.filter(unsaid).map(|_| Detail::Content));
    details
}

/// Names of files, which say nothing to people, are left out.
fn without_names(detail: Detail) -> Detail {
    match detail {
        Detail::Fact { fact: Fact::Links, .. } => {
            Detail::Fact { fact: Fact::Links, before: None, after: None }
        }
        other => other,
    }
}

/// Rows, or their number where they are not shown, and the total. Rows that are withdrawn are no change of rows, nor are
/// those that appear on the first day.
fn figures(then: Option<&Value>, now: &Value) -> Vec<Detail> {
    let count = |one: &Value| one.get("count").and_then(Value::as_u64);
    let total = |one: &Value| Yuan::parse(text(one, "total")).ok();
    let rows_of = |one| list(one, "recipients");
    let (before, after) = (then.map_or(&[][..], rows_of), rows_of(now));
    let mut details = Vec::new();
    match (then.and_then(count), count(now)) {
        (None, Some(rows)) => details.push(Detail::Count { rows, unit: rows::unit(after) }),
        _ if !before.is_empty() && !after.is_empty() => details.extend(rows::compare(before, after)),
        (Some(before), Some(after)) if before != after => details.push(Detail::Counted { before, after }),
        // Neither withdrawn, superseded nor still to come: the rows are not published any more, or are so now.
        _ if before.is_empty() != after.is_empty() && is_told(then) && is_told(Some(now)) => {
            details.push(Detail::Fact { fact: Fact::Shown, before: None, after: None });
        }
        _ => {}
    }
    // Before its first day nothing is known of a list.
    let known = then.filter(|then| count(then).is_some());
    details.extend(known.into_iter().flat_map(|then| facts(then, now, &[("households", Fact::Households)])));
    let (before, after) = (then.and_then(total), total(now));
    if before != after {
        details.push(Detail::Total { before, after });
    }
    details
}

/// Whether a list is in a state in which its rows are published.
fn is_told(list: Option<&Value>) -> bool {
    let state = list.map(|list| text(list, "state")).unwrap_or_default();
    !matches!(state, "" | "upcoming" | "superseded" | "withdrawn")
}

fn objections(then: &[Value], now: &[Value]) -> Vec<Detail> {
    let mut details = Vec::new();
    for (at, one) in now.iter().enumerate() {
        let (before, Some(received)) = (then.get(at), date(one, "received")) else { continue };
        let outcome = |one: &Value| text(one, "outcome").to_owned();
        let said = before.map(outcome);
        if said.as_ref() != Some(&outcome(one)) {
            details.push(Detail::Objection { received, before: said, after: outcome(one) });
        } else if became(before, one, "overdue") {
            details.push(Detail::ObjectionOverdue { received, due: date(one, "due") });
        } else if before
            .is_some_and(|before| ["received", "decided"].iter().any(|key| before.get(key) != one.get(key)))
        {
            details.push(CHANGED_OBJECTIONS);
        }
    }
    details.extend((then.len() > now.len()).then_some(CHANGED_OBJECTIONS));
    details.dedup();
    details
}

const CHANGED_OBJECTIONS: Detail = Detail::Fact { fact: Fact::Objections, before: None, after: None };
const CHANGED_STEPS: Detail = Detail::Fact { fact: Fact::Steps, before: None, after: None };

/// Whether something is true now and was not, as far as that is known.
fn became(then: Option<&Value>, now: &Value, key: &str) -> bool {
    let is = |one: &Value| one.get(key).and_then(Value::as_bool);
    then.and_then(is) == Some(false) && is(now) == Some(true)
}

fn steps(then: &[Value], now: &[Value]) -> Vec<Detail> {
    let of = |all: &[Value], one: &Value| {
        all.iter().find(|other| text(other, "title") == text(one, "title")).cloned()
    };
    let mut details = Vec::new();
    for one in now {
        let (before, title) = (of(then, one), text(one, "title").to_owned());
        let on = date(one, "on");
        if before.as_ref().is_none_or(|before| date(before, "on") != on) {
            details.push(Detail::Step { title, on });
        } else if became(before.as_ref(), one, "late") {
            details.push(Detail::StepOverdue { title, due: date(one, "due") });
        } else if before.is_some_and(|before| {
            ["by", "received", "sampled"].iter().any(|key| before.get(key) != one.get(key))
        }) {
            details.push(CHANGED_STEPS);
        }
    }
    details.extend(then.iter().any(|one| of(now, one).is_none()).then_some(CHANGED_STEPS));
    details
}

/// That the list was hung up or taken down, or that the record says something else.
fn posting(then: &Value, now: &Value) -> Vec<Detail> {
    /// What of a record is said with its values.
    const KNOWN: [(&str, Fact); 5] = [
        ("on", Fact::PostedOn),
        ("place", Fact::PostedPlace),
        ("by", Fact::PostedBy),
        ("witness", Fact::PostedWitness),
        ("off", Fact::PostedOff),
    ];

    let Some((before, after)) = then.get("posting").zip(now.get("posting")) else { return Vec::new() };
    let place = || said_text(after, "place");
    match (date(before, "on"), date(after, "on"), date(before, "off"), date(after, "off")) {
        (None, Some(on), _, None) => vec![Detail::Posted { on, place: place() }],
        (None, Some(on), _, Some(off)) => {
            vec![Detail::Posted { on, place: place() }, Detail::TakenDown { on: off }]
        }
        (Some(on), Some(same), None, Some(off)) if on == same => vec![Detail::TakenDown { on: off }],
        _ => {
            let pictured = [before, after].map(|one| one.get("pictured").and_then(Value::as_bool));
            let changed = matches!(pictured, [Some(before), Some(after)] if before != after);
            let picture = Detail::Fact { fact: Fact::Pictured, before: None, after: None };
            facts(before, after, &KNOWN).into_iter().chain(changed.then_some(picture)).collect()
        }
    }
}

/// The text of a key; none where it is empty.
fn said_text(value: &Value, key: &str) -> Option<String> {
    Some(text(value, key).to_owned()).filter(|text| !text.is_empty())
}

/// That the decision was taken, or says something else.
fn decision(then: &Value, now: &Value) -> Vec<Detail> {
    /// What of a decision is said with its values.
    const KNOWN: [(&str, Fact); 3] =
        [("date", Fact::DecisionDate), ("document", Fact::Document), ("effective", Fact::Effective)];

    let Some((before, after)) = then.get("decision").zip(now.get("decision")) else { return Vec::new() };
    match (date(before, "date"), date(after, "date")) {
        (None, Some(date)) => vec![Detail::Decision { date, document: said_text(after, "document") }],
        (Some(_), None) => vec![Detail::Fact { fact: Fact::Decision, before: None, after: None }],
        _ => facts(before, after, &KNOWN),
    }
}
