//! The rows of a list, before and now.
//!
//! Names are masked, so that several rows may look alike: rows are compared as often as they stand there. Rows of one
//! name and group that are not the same are the same recipient with something changed, as far as anybody can see.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fact::Fact;
use super::facts::text;
use super::turn::{Detail, Unit};

/// What a row of these is.
pub(super) fn unit(rows: &[Value]) -> Unit {
    let has = |key: &str| rows.iter().any(|row| row.get(key).is_some_and(|value| !value.is_null()));
    match (has("name"), has("persons")) {
        (_, true) => Unit::Household,
        (true, false) => Unit::Person,
        (false, false) => Unit::Row,
    }
}

/// Rows that came, went, or are different. The order of rows, and the numbers that follow from it, do not count.
pub(super) fn compare(then: &[Value], now: &[Value]) -> Vec<Detail> {
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for row in then {
        *balance.entry(whole(row)).or_default() -= 1;
    }
    for row in now {
        *balance.entry(whole(row)).or_default() += 1;
    }
    let mut alike: BTreeMap<[&str; 2], Alike<'_>> = BTreeMap::new();
    for row in then {
        if take(&mut balance, row, -1) {
            alike.entry(who(row)).or_default().gone.push(text(row, "amount"));
        }
    }
    for row in now {
        if take(&mut balance, row, 1) {
            alike.entry(who(row)).or_default().come.push(text(row, "amount"));
        }
    }
    let mut sum = Sum::default();
    for one in alike.into_values() {
        sum.add(one);
    }
    let unit = unit(if now.is_empty() { then } else { now });
    if sum.added == now.len() && sum.removed == then.len() && are_shown_otherwise(then, now) {
        return vec![Detail::Fact { fact: Fact::Shown, before: None, after: None }];
    }
    [
        (sum.added, Detail::RowsAdded { rows: sum.added, unit }),
        (sum.removed, Detail::RowsRemoved { rows: sum.removed, unit }),
        (sum.amounts, Detail::Amounts { rows: sum.amounts, unit }),
        (sum.others, Detail::RowsChanged { rows: sum.others, unit }),
    ]
    .into_iter()
    .filter_map(|(rows, detail)| (rows > 0).then_some(detail))
    .collect()
}

/// Whether rows of which none can be found again are the same people all the same: with the same amounts and numbers of
/// persons, and, where both have names, with the same surnames. Their names are written otherwise, or not at all.
fn are_shown_otherwise(then: &[Value], now: &[Value]) -> bool {
    let has_names = |rows: &[Value]| rows.iter().all(|row| !text(row, "name").is_empty());
    let named = has_names(then) && has_names(now);
    let known = |row: &Value| {
        let surname = text(row, "name").chars().next().filter(|_| named);
        let figures = ["amount", "persons"].map(|key| row.get(key).map(Value::to_string));
        (surname, figures)
    };
    let sorted = |rows: &[Value]| {
        let mut all: Vec<_> = rows.iter().map(known).collect();
        all.sort_unstable();
        all
    };
    then.len() > 1 && sorted(then) == sorted(now)
}

/// Amounts of the rows of one name and group that are not the same in both.
#[derive(Default)]
struct Alike<'r> {
    gone: Vec<&'r str>,
    come: Vec<&'r str>,
}

#[derive(Default)]
struct Sum {
    added: usize,
    removed: usize,
    amounts: usize,
    others: usize,
}

impl Sum {
    fn add(&mut self, Alike { mut gone, mut come }: Alike<'_>) {
        let pairs = gone.len().min(come.len());
        self.added += come.len() - pairs;
        self.removed += gone.len() - pairs;
        // Whose amount is the same was changed in something else.
        gone.sort_unstable();
        come.sort_unstable();
        let mut same = 0;
        let mut rest = come.iter().peekable();
        for amount in &gone {
            while rest.next_if(|next| *next < amount).is_some() {}
            same += usize::from(rest.next_if(|next| *next == amount).is_some());
        }
        let others = same.min(pairs);
        self.others += others;
        self.amounts += pairs - others;
    }
}

/// A row as text, without its number.
fn whole(row: &Value) -> String {
    let cells = row.as_object().into_iter().flatten().filter(|(key, _)| *key != "number");
    cells.map(|(key, value)| format!("{key}={value};")).collect()
}

/// By what a row is known.
fn who(row: &Value) -> [&str; 2] {
    [text(row, "name"), text(row, "group")]
}

/// Takes one row out of what is left over on its side.
fn take(left: &mut BTreeMap<String, i64>, row: &Value, side: i64) -> bool {
    let Some(count) = left.get_mut(&whole(row)).filter(|count| count.signum() == side) else { return false };
    *count -= side;
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fact::Fact;
    use super::super::turn::{Detail, Unit};
    use super::compare;

    fn rows(of: &[(&str, &str)]) -> Vec<Value> {
        let rows = of.iter().enumerate();
        rows.map(
            |(at, (name, amount))| json!({"number": at, "name": name, "group": "一组", "amount": amount}),
        )
        .collect()
    }

    #[test]
    fn who_came_and_who_went_are_counted_apart() {
        let then = rows(&[("李*", "1"), ("王*", "1")]);
        let now = rows(&[("赵*", "1"), ("李*", "1"), ("钱*", "1")]);
        let unit = Unit::Person;
        let said = [Detail::RowsAdded { rows: 2, unit }, Detail::RowsRemoved { rows: 1, unit }];
        assert_eq!(compare(&then, &now), said);
        assert_eq!(compare(&now, &now), []);
    }

    #[test]
    fn names_that_are_written_otherwise_are_no_other_people() {
        let then = rows(&[("李*华", "1"), ("王*平", "2")]);
        let now = rows(&[("李**", "1"), ("王**", "2")]);
        assert_eq!(compare(&then, &now), [Detail::Fact { fact: Fact::Shown, before: None, after: None }]);
        // With other surnames, or another amount, they are.
        let all_new = rows(&[("赵*", "1"), ("钱*", "2")]);
        assert_eq!(compare(&then, &all_new).len(), 2);
        let others = rows(&[("李**", "1"), ("王**", "3")]);
        assert_eq!(compare(&then, &others).len(), 2);
    }

    #[test]
    fn rows_that_look_alike_count_as_often_as_they_stand_there() {
        let then = rows(&[("李*", "1"), ("李*", "1"), ("李*", "2")]);
        let unit = Unit::Person;
        let one_less = rows(&[("李*", "2"), ("李*", "1")]);
        assert_eq!(compare(&then, &one_less), [Detail::RowsRemoved { rows: 1, unit }]);
        let other_amount = rows(&[("李*", "1"), ("李*", "3"), ("李*", "2")]);
        assert_eq!(compare(&then, &other_amount), [Detail::Amounts { rows: 1, unit }]);
        // Which of them stands first says nothing.
        let turned = rows(&[("李*", "2"), ("李*", "1"), ("李*", "1")]);
        assert_eq!(compare(&then, &turned), []);
    }
}
