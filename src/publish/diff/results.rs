//! Results, one after the other, by their units.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fact::Fact;
use super::facts::{facts, list, retitled, same, text};
use super::pair::{Found, Pair, Spot, What, came_or_went, title_of};
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;

const KNOWN: [(&str, Fact); 3] = [("period", Fact::Period), ("date", Fact::Date), ("formula", Fact::Formula)];

/// What is said of units whose row is different; the last holds what else stands in it.
const OF_UNITS: [(&[&str], Fact); 6] = [
    (&["rank"], Fact::Rank),
    (&["band"], Fact::Band),
    (&["award"], Fact::Award),
    (&["streak"], Fact::Streak),
    (&["score"], Fact::Score),
    (&["solved", "answered", "closed", "publicised", "satisfied", "overdue", "late"], Fact::Progress),
];

/// Compares the results of all areas.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    for spot in pair.spots(What::Result) {
        if pair.is_unchanged(&spot) && spot.moved().is_none() {
            continue;
        }
        let Some([then, now]) = pair.read(&spot, "rows", found)? else { continue };
        let (then, now) = (then.as_ref(), now.as_ref());
        let details = details(pair, &spot, then, now);
        pair.note(found, (&spot.area, TurnKind::Result), title_of(then, now), &spot.address, details);
    }
    Ok(())
}

fn details(pair: &Pair, spot: &Spot<'_>, then: Option<&Value>, now: Option<&Value>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    if let Some((then, now)) = then.zip(now) {
        details.extend(spot.moved());
        details.extend(retitled(then, now));
        details.extend(facts(then, now, &KNOWN));
        details.extend(units(list(then, "rows"), list(now, "rows"), pair.exact));
        if details.is_empty() && !same(then, now, pair.exact) {
            details.push(Detail::Content);
        }
    }
    details
}

fn units(then: &[Value], now: &[Value], exact: bool) -> Vec<Detail> {
    let by_unit = |rows| -> BTreeMap<[String; 2], &Value> {
        <[Value]>::iter(rows).map(|row| (key(row), row)).collect()
    };
    let (before, after) = (by_unit(then), by_unit(now));
    let missing = |rows: &[Value], from: &BTreeMap<_, _>| -> Vec<String> {
        rows.iter().filter(|row| !from.contains_key(&key(row))).map(name).collect()
    };
    let (added, removed) = (missing(now, &before), missing(then, &after));
    let mut details = Vec::new();
    details.extend((!added.is_empty()).then_some(Detail::UnitsAdded { units: added }));
    details.extend((!removed.is_empty()).then_some(Detail::UnitsRemoved { units: removed }));
    let mut changed: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for row in now {
        let Some(was) = before.get(&key(row)).filter(|was| !same(was, row, exact)) else { continue };
        let differs = |keys: &[&str]| keys.iter().any(|key| was.get(key) != row.get(key));
        let mut said = OF_UNITS.iter().enumerate().filter(|(_, (keys, _))| differs(keys)).peekable();
        if said.peek().is_none() {
            changed.entry(OF_UNITS.len()).or_default().push(name(row));
        }
        for (at, _) in said {
            changed.entry(at).or_default().push(name(row));
        }
    }
    details.extend(changed.into_iter().map(|(at, units)| {
        let fact = OF_UNITS.get(at).map_or(Fact::Figures, |(_, fact)| *fact);
        Detail::Units { fact, units }
    }));
    details
}

/// By what a row is known: its number in a ledger, otherwise its unit and category.
fn key(row: &Value) -> [String; 2] {
    match text(row, "number") {
        "" => [text(row, "unit").to_owned(), text(row, "category").to_owned()],
        number => [number.to_owned(), String::new()],
    }
}

/// What people call it.
fn name(row: &Value) -> String {
    let matter = text(row, "matter");
    if matter.is_empty() { text(row, "unit") } else { matter }.to_owned()
}
