//! What each area owes, as the root's ledger knows it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fact::{Fact, Said};
use super::facts::{date, list, retitled, said, text};
use super::pair::{Found, Pair, came_or_went, join};
use super::turn::{Detail, Standing, TurnKind};
use crate::diagnostics::Failure;

/// The file of what all areas owe.
const FILE: &str = "ledger.json";

/// Compares the ledgers. Titles of items are put in place of their ids in what was found so far.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    if pair.old.entry(FILE) == pair.new.entry(FILE) && pair.old.entry(FILE).is_none() {
        return Ok(());
    }
    let [then, now] = [pair.old.json(FILE)?, pair.new.json(FILE)?];
    if [&then, &now].into_iter().flatten().any(|ledger| ledger.get("items").is_none()) {
        found.uncompared.push(FILE.to_owned());
        return Ok(());
    }
    if then.is_some() != now.is_some() {
        // One line, and not one for each area and item.
        let details = came_or_went(then, now).into_iter().collect();
        pair.note(found, ("", TurnKind::Ledger), "", "ledger", details);
        return Ok(());
    }
    let rows = |ledger: &Option<Value>, area_now: &dyn Fn(&str) -> String| {
        let mut rows = BTreeMap::new();
        for row in ledger.iter().flat_map(|ledger| list(ledger, "items")) {
            let area = Some(text(row, "area")).filter(|area| *area != ".").unwrap_or_default();
            rows.insert((area_now(area), text(row, "item").to_owned()), row.clone());
        }
        rows
    };
    let (before, after) = (rows(&then, &|area| pair.area_now(area)), rows(&now, &str::to_owned));
    let titles: BTreeMap<&str, &str> =
        before.values().chain(after.values()).map(|row| (text(row, "item"), text(row, "title"))).collect();
    name_items(&titles, found);
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (then, now) = (before.get(key), after.get(key));
        let Some(row) = now.or(then) else { continue };
        let details = details(then, now);
        let (area, _) = key;
        pair.note(found, (area, TurnKind::Duty), text(row, "title"), &join(area, "ledger"), details);
    }
    Ok(())
}

fn details(then: Option<&Value>, now: Option<&Value>) -> Vec<Detail> {
    let Some((then, now)) = then.zip(now) else {
        let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
        details.extend(now.map(|now| Detail::Standing { before: None, after: Some(standing(now)) }));
        return details;
    };
    let mut details: Vec<Detail> = retitled(then, now).into_iter().collect();
    let (before, after) = (standing(then), standing(now));
    if before.state == after.state && after.state == "done" {
        let another = |key: &str, fact| {
            let (before, after) = (then.get(key)?, now.get(key)?);
            (before != after).then(|| Detail::Fact { fact, before: said(before), after: said(after) })
        };
        let fulfilled_on = another("fulfilled_on", Fact::Date);
        if before.due != after.due && fulfilled_on.is_some() {
            details.push(Detail::FulfilledAgain { due: after.due, late: after.late });
        } else if before.late != after.late {
            details.push(Detail::Standing { before: Some(before), after: Some(after) });
        } else {
            details.extend(another("due", Fact::Deadline).or(fulfilled_on));
        }
    } else if before != after {
        details.push(Detail::Standing { before: Some(before), after: Some(after) });
    }
    details
}

fn standing(row: &Value) -> Standing {
    Standing {
        state: text(row, "state").to_owned(),
        due: date(row, "due"),
        overdue_since: date(row, "overdue_since"),
        late: row.get("late").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// Puts titles in place of ids, which nobody reads.
fn name_items(titles: &BTreeMap<&str, &str>, found: &mut Found) {
    let name = |said: &mut Option<Said>| {
        if let Some(Said::One(id)) = said
            && let Some(title) = titles.get(id.as_str())
        {
            *id = (*title).to_owned();
        }
    };
    for detail in found.turns.iter_mut().flat_map(|turn| &mut turn.details) {
        if let Detail::Fact { fact: Fact::Item, before, after } = detail {
            name(before);
            name(after);
        }
    }
}
