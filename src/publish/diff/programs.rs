//! Programs of subsidies and the funds that pay them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fact::Fact;
use super::facts::{date, facts, list, retitled, same, text};
use super::pair::{Found, Pair, What, came_or_went, join, title_of};
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;
use crate::values::Yuan;

const OF_PROGRAMS: [(&str, Fact); 11] = [
    ("amount", Fact::Amount),
    ("unit", Fact::Unit),
    ("basis", Fact::Basis),
    ("to", Fact::To),
    ("conditions", Fact::Conditions),
    ("fund", Fact::Fund),
    ("payer", Fact::Payer),
    ("cap", Fact::Cap),
    ("exclusive_with", Fact::Exclusive),
    ("below_own_expense", Fact::OwnExpense),
    ("floors", Fact::Floors),
];

/// Compares the programs and funds of all areas. Several blocks of one program are told apart by their first day, the
/// accounts of a fund by their year.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    for spot in pair.spots(What::Programs) {
        if pair.is_unchanged(&spot) {
            continue;
        }
        let Some(both) = pair.read(&spot, "programs", found)? else { continue };
        let address = join(&spot.area, "programs");
        for (kind, name, second) in
            [(TurnKind::Program, "programs", "from"), (TurnKind::Fund, "funds", "year")]
        {
            let [then, now] = both.each_ref().map(|one| {
                let all = one.as_ref().map_or(&[][..], |one| list(one, name));
                all.iter().map(|one| (key(one, second), one)).collect::<BTreeMap<_, _>>()
            });
            let keys: BTreeSet<_> = then.keys().chain(now.keys()).collect();
            for key in keys {
                let (then, now) = (then.get(key).copied(), now.get(key).copied());
                let details = details(kind, then, now, pair.exact);
                let title = title_of(then, now);
                let (_, year) = key;
                let title = match kind {
                    TurnKind::Fund => format!("{title} {year}"),
                    _ => title.to_owned(),
                };
                pair.note(found, (&spot.area, kind), &title, &address, details);
            }
        }
    }
    Ok(())
}

fn key(one: &Value, second: &str) -> (String, String) {
    let second = one.get(second).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    (text(one, "id").to_owned(), second.unwrap_or_default())
}

fn details(kind: TurnKind, then: Option<&Value>, now: Option<&Value>, exact: bool) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let Some((then, now)) = then.zip(now) else { return details };
    details.extend(retitled(then, now));
    if kind == TurnKind::Fund {
        details.extend(facts(then, now, &[("opening", Fact::Opening)]));
        details.extend(inflows(list(then, "inflows"), list(now, "inflows")));
        details.extend(payments(list(then, "payments"), list(now, "payments")));
        details.extend(facts(then, now, &[("balance", Fact::Balance)]));
    } else {
        details.extend(facts(then, now, &OF_PROGRAMS));
    }
    if details.is_empty() && !same(then, now, exact) {
        details.push(Detail::Content);
    }
    details
}

fn inflows(then: &[Value], now: &[Value]) -> Vec<Detail> {
    let new = now.iter().filter(|one| !then.contains(one)).filter_map(|one| {
        let amount = Yuan::parse(text(one, "amount")).ok()?;
        Some(Detail::Inflow { on: date(one, "on")?, from: text(one, "from").to_owned(), amount })
    });
    let gone = then.iter().any(|one| !now.contains(one));
    let gone = gone.then_some(Detail::Fact { fact: Fact::Inflows, before: None, after: None });
    new.chain(gone).collect()
}

/// Payments by the page of their list and their program.
fn payments(then: &[Value], now: &[Value]) -> Vec<Detail> {
    let of = |all: &[Value], payment: &Value| {
        let is_it = |one: &&Value| ["page", "program"].iter().all(|key| one.get(key) == payment.get(key));
        all.iter().find(is_it).cloned()
    };
    let new: Vec<&Value> = now.iter().filter(|one| of(then, one).is_none()).collect();
    let amount = new.iter().filter_map(|one| Yuan::parse(text(one, "amount")).ok()).sum();
    let changed = then.iter().any(|one| of(now, one).as_ref() != Some(one));
    let count = new.len();
    let new = (count > 0).then_some(Detail::Payments { count, amount });
    let changed = changed.then_some(Detail::Fact { fact: Fact::Payments, before: None, after: None });
    new.into_iter().chain(changed).collect()
}
