//! `days`: which days a session rule means.

use std::num::NonZeroU16;

use chrono::{NaiveDate, Weekday};

use crate::calendar::{Branch, DayRule, PlannedDays, Which, parse_weekday};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{date, decimal, located, truth, unpublished_text, whole};
use crate::source::{Fields, Located, Table, Value, ValueKind, items, nearest, wrong_type};

const NO_DAY_RULE: Code = Code::error("no-day-rule");
const TWO_DAY_RULES: Code = Code::error("two-day-rules");
pub(in crate::kinds) const EMPTY_LIST: Code = Code::error("empty-list");
const BAD_WEEKDAY: Code = Code::error("bad-weekday");
const BAD_BRANCH: Code = Code::error("bad-branch");
const NOT_IN_MONTH: Code = Code::error("not-in-month");

/// The keys of which `days` has exactly one.
const RULES: [&str; 9] = [
    "weekday",
    "month_day",
    "lunar_day",
    "lunar_ending",
    "day_ending",
    "every",
    "branch",
    "workdays",
    "dates",
];

/// Weekdays as the reference writes them, for "did you mean".
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The days of a rule, with the places of those that are named one by one.
#[derive(Clone, Debug)]
pub struct RuleDays {
    /// The rule with its exceptions.
    pub planned: PlannedDays,
    /// The dates of `dates` and `also`.
    pub named: Vec<Located<NaiveDate>>,
    /// The dates of `except`.
    pub except: Vec<Located<NaiveDate>>,
    /// Where `days` is written.
    pub place: Place,
}

impl RuleDays {
    /// Adds exceptions that stand beside `days` instead of inside it.
    pub(super) fn and(mut self, except: Vec<Located<NaiveDate>>, also: Vec<Located<NaiveDate>>) -> Self {
        self.planned.except.extend(except.iter().map(|day| day.value));
        self.planned.also.extend(also.iter().map(|day| day.value));
        self.except.extend(except);
        self.named.extend(also);
        self
    }
}

/// Reads `days = { … }`.
pub(super) fn days(value: &Value<'_>, problems: &mut Problems) -> Option<RuleDays> {
    let ValueKind::Table(table) = &value.kind else {
        return wrong_type(value, "want-table", problems);
    };
    let before = problems.len();
    let mut fields = Fields::new(table, problems);
    let except = fields.list("except", located(date));
    let also = fields.list("also", located(date));
    let keys = rules_in(table);
    let rule = match keys.as_slice() {
        [one] => rule(one, &mut fields),
        _ => None,
    };
    for key in RULES {
        // Known here, whether or not it is there: for "did you mean", and so that a second rule is not unknown.
        fields.take(key);
    }
    fields.finish_knowing(elsewhere);
    match keys.as_slice() {
        [_] => {}
        [first, second, ..] => {
            let problem = Diagnostic::new(TWO_DAY_RULES, value.place);
            problems.add(problem.with("first", first).with("second", second));
        }
        [] if problems.len() == before => problems.add(Diagnostic::new(NO_DAY_RULE, value.place)),
        [] => {}
    }
    let (rule, dates) = rule?;
    let days =
        RuleDays { planned: PlannedDays::of(rule), named: dates, except: Vec::new(), place: value.place };
    Some(days.and(except, also))
}

/// The rules that a table holds. `nth` alone still says that weekdays are meant, and `from` a cycle.
fn rules_in(table: &Table<'_>) -> Vec<&'static str> {
    let has = |key: &str| table.entries.iter().any(|entry| entry.key == key);
    let mut keys: Vec<&'static str> = RULES.into_iter().filter(|key| has(key)).collect();
    if keys.is_empty() && (has("nth") || has("not_nth")) {
        keys.push("weekday");
    } else if keys.is_empty() && has("from") {
        keys.push("every");
    }
    keys
}

/// Where a key that `days` does not know belongs.
fn elsewhere(key: &str) -> Option<&'static str> {
    match key {
        "nth" | "not_nth" => Some("days = { weekday = … }"),
        "from" => Some("days = { every = … }"),
        "on_holiday" | "on_weekend" | "hours" | "form" | "hosts" | "with" | "topic" | "place" => {
            Some("[[session]]")
        }
        _ => None,
    }
}

/// A rule, and the dates it names one by one.
type Rule = (DayRule, Vec<Located<NaiveDate>>);

fn rule(key: &'static str, fields: &mut Fields<'_, '_, '_>) -> Option<Rule> {
    let rule = match key {
        "weekday" => weekdays(fields)?,
        "month_day" => DayRule::MonthDay(all(fields, key, in_month(31))?),
        "lunar_day" => DayRule::LunarDay(all(fields, key, small(1, 30))?),
        "lunar_ending" => DayRule::LunarEnding(all(fields, key, small(0, 9))?),
        "day_ending" => DayRule::DayEnding(all(fields, key, small(0, 9))?),
        "every" => every(fields)?,
        "branch" => DayRule::Branch(all(fields, key, branch)?),
        "workdays" => workdays(fields)?,
        _ => {
            let dates = all(fields, key, located(date))?;
            return Some((DayRule::Dates(dates.iter().map(|day| day.value).collect()), dates));
        }
    };
    Some((rule, Vec::new()))
}

fn weekdays(fields: &mut Fields<'_, '_, '_>) -> Option<DayRule> {
    let place = fields.place();
    // Said here when it is missing although `nth` is there.
    fields.required("weekday", |_, _| Some(()));
    let days = all(fields, "weekday", weekday);
    let nth = fields.take("nth").map(|value| list_of(value, "nth", fields.problems(), in_month(5)));
    let not_nth =
        fields.take("not_nth").map(|value| list_of(value, "not_nth", fields.problems(), in_month(5)));
    let which = match (nth, not_nth) {
        (None, None) => Which::All,
        (Some(nth), None) => Which::Nth(nth?),
        (None, Some(not_nth)) => Which::NotNth(not_nth?),
        (Some(_), Some(_)) => {
            let problem = Diagnostic::new(TWO_DAY_RULES, place);
            fields.problems().add(problem.with("first", "nth").with("second", "not_nth"));
            return None;
        }
    };
    Some(DayRule::Weekday { days: days?, which })
}

fn every(fields: &mut Fields<'_, '_, '_>) -> Option<DayRule> {
    let days = fields.required("every", whole(1, 366));
    let from = fields.required("from", date);
    Some(DayRule::Every { days: NonZeroU16::new(u16::try_from(days?).ok()?)?, from: from? })
}

fn workdays(fields: &mut Fields<'_, '_, '_>) -> Option<DayRule> {
    let place = fields.place();
    let holds = fields.optional("workdays", truth)?;
    if !holds {
        fields.problems().add(Diagnostic::new(NO_DAY_RULE, place));
    }
    holds.then_some(DayRule::Workdays)
}

/// All values of a key; `None` when there are none or one of them cannot be read, which is said.
fn all<'a, T>(
    fields: &mut Fields<'_, 'a, '_>,
    key: &'static str,
    parse: impl FnMut(&Value<'a>, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    let value = fields.take(key)?;
    list_of(value, key, fields.problems(), parse)
}

/// One value or a list of them; `None` when the list is empty or one of them cannot be read, which is said.
pub(super) fn list_of<'a, T>(
    value: &Value<'a>,
    key: &'static str,
    problems: &mut Problems,
    parse: impl FnMut(&Value<'a>, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    let written = match &value.kind {
        ValueKind::List(list) => list.len(),
        _ => 1,
    };
    if written == 0 {
        problems.add(Diagnostic::new(EMPTY_LIST, value.place).with("key", key));
        return None;
    }
    let found = items(value, problems, parse);
    (found.len() == written).then_some(found)
}

fn weekday(value: &Value<'_>, problems: &mut Problems) -> Option<Weekday> {
    let written = unpublished_text(value, problems)?;
    let day = parse_weekday(&written);
    if day.is_none() {
        let mut problem = Diagnostic::new(BAD_WEEKDAY, value.place).with("text", &written);
        if let Some(near) = nearest(&written.to_lowercase(), WEEKDAYS.into_iter()) {
            problem = problem.with("near", near);
        }
        problems.add(problem);
    }
    day
}

fn branch(value: &Value<'_>, problems: &mut Problems) -> Option<Branch> {
    let written = unpublished_text(value, problems)?;
    let branch = Branch::parse(&written);
    if branch.is_none() {
        problems.add(Diagnostic::new(BAD_BRANCH, value.place).with("text", &written));
    }
    branch
}

/// A whole number from `least` to `most`, both below 128.
fn small<'a>(least: u32, most: u32) -> impl Fn(&Value<'a>, &mut Problems) -> Option<u8> {
    move |value, problems| whole(least, most)(value, problems).and_then(|number| u8::try_from(number).ok())
}

/// A number that counts from the beginning of a month (1 to `most`) or from its end (-1 to -`most`).
fn in_month<'a>(most: i8) -> impl Fn(&Value<'a>, &mut Problems) -> Option<i8> {
    move |value, problems| {
        let number = decimal(value, problems)?;
        let whole = number.fract().is_zero().then(|| i8::try_from(number).ok()).flatten();
        let fitting = whole.filter(|whole| *whole != 0 && (-most..=most).contains(whole));
        if fitting.is_none() {
            problems
                .add(Diagnostic::new(NOT_IN_MONTH, value.place).with("number", number).with("most", most));
        }
        fitting
    }
}
