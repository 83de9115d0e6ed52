//! Facts in open data, before and now.
//!
//! A fact is compared where both folders know its key: what a later version of the program came to publish is no change
//! of the board.

use chrono::NaiveDate;
use serde_json::Value;

use super::fact::{Fact, Said};
use super::turn::Detail;

/// The facts that are different, in the order of `known`: a path of keys with `/`, and what stands there.
pub(super) fn facts(then: &Value, now: &Value, known: &[(&str, Fact)]) -> Vec<Detail> {
    let mut details = Vec::new();
    for (path, fact) in known {
        let Some((before, after)) = at(then, path).zip(at(now, path)).filter(|(then, now)| then != now)
        else {
            continue;
        };
        let detail = Detail::Fact { fact: *fact, before: said(before), after: said(after) };
        // Several keys may make up one fact.
        if !details.contains(&detail) {
            details.push(detail);
        }
    }
    details
}

/// What stands at a path of keys. Nothing at all has nothing at each of its keys.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/').try_fold(value, |value, key| if value.is_null() { Some(value) } else { value.get(key) })
}

/// A value that can be said; none of several parts.
pub(super) fn said(value: &Value) -> Option<Said> {
    match value {
        Value::String(text) => Some(text).filter(|text| !text.is_empty()).cloned().map(Said::One),
        Value::Bool(_) | Value::Number(_) => Some(Said::One(value.to_string())),
        Value::Array(all) => {
            let texts: Option<Vec<String>> = all.iter().map(|one| one.as_str().map(str::to_owned)).collect();
            texts.filter(|texts| !texts.is_empty()).map(Said::Many)
        }
        Value::Null | Value::Object(_) => None,
    }
}

/// That the title is another.
pub(super) fn retitled(then: &Value, now: &Value) -> Option<Detail> {
    let (before, after) = (text(then, "title"), text(now, "title"));
    (before != after).then(|| Detail::Retitled { before: before.to_owned() })
}

/// Whether two values say the same; where the folders are not by the same version, as far as both have a key.
pub(super) fn same(then: &Value, now: &Value, exact: bool) -> bool {
    match (then, now) {
        (Value::Object(before), Value::Object(after)) => {
            (!exact || before.len() == after.len())
                && before
                    .iter()
                    .all(|(key, value)| after.get(key).map_or(!exact, |now| same(value, now, exact)))
        }
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len() && before.iter().zip(after).all(|(then, now)| same(then, now, exact))
        }
        _ => then == now,
    }
}

/// The text of a key; empty where there is none.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The day of a key.
pub(super) fn date(value: &Value, key: &str) -> Option<NaiveDate> {
    text(value, key).parse().ok()
}

/// The elements of a key.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
