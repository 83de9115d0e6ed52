//! By when something is due, and in which areas.

use chrono::{Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn each_rule_names_one_day_of_its_period() {
    for (rule, around, first, last, due) in [
        (DueRule::QuarterDay(20), "2026-11-22", "2026-10-01", "2026-12-31", "2026-10-20"),
        (DueRule::QuarterDay(31), "2026-06-30", "2026-04-01", "2026-06-30", "2026-04-30"),
        (DueRule::MonthDay(10), "2026-11-22", "2026-11-01", "2026-11-30", "2026-11-10"),
        (DueRule::MonthDay(31), "2026-02-03", "2026-02-01", "2026-02-28", "2026-02-28"),
        (DueRule::MonthDay(-1), "2028-02-03", "2028-02-01", "2028-02-29", "2028-02-29"),
        (DueRule::MonthDay(-31), "2026-02-03", "2026-02-01", "2026-02-28", "2026-02-01"),
        (DueRule::Weekday(Weekday::Fri), "2026-11-22", "2026-11-16", "2026-11-22", "2026-11-20"),
        (DueRule::QuarterEnd, "2026-11-22", "2026-10-01", "2026-12-31", "2026-12-31"),
        (DueRule::YearDay(3, 31), "2026-11-22", "2026-01-01", "2026-12-31", "2026-03-31"),
        (DueRule::YearDay(2, 29), "2026-11-22", "2026-01-01", "2026-12-31", "2026-02-28"),
    ] {
        let period = rule.period_around(day(around)).unwrap();
        assert_eq!(period, DuePeriod { first: day(first), last: day(last), due: day(due) }, "{rule:?}");
    }
    assert_eq!(DueRule::WithinWorkdays(20).period_around(day("2026-11-22")), None);
}

fn any_rule() -> impl Strategy<Value = DueRule> {
    prop_oneof![
        (1..=31u32).prop_map(DueRule::QuarterDay),
        (1..=31i32, any::<bool>()).prop_map(|(wanted, end)| DueRule::MonthDay(if end {
            -wanted
        } else {
            wanted
        })),
        Just(DueRule::Weekday(Weekday::Fri)),
        Just(DueRule::QuarterEnd),
        (1..=12u32, 1..=28u32).prop_map(|(month, wanted)| DueRule::YearDay(month, wanted)),
    ]
}

proptest! {
    #[test]
    fn periods_cover_every_day_once_and_hold_the_day_that_is_due(rule in any_rule(), offset in 0u64..4000) {
        let around = day("2020-01-01").checked_add_days(Days::new(offset)).unwrap();
        let period = rule.period_around(around).unwrap();
        prop_assert!(period.first <= around && around <= period.last);
        prop_assert!(period.first <= period.due && period.due <= period.last);
        let next = rule.period_around(period.last.succ_opt().unwrap()).unwrap();
        prop_assert_eq!(next.first, period.last.succ_opt().unwrap());
    }
}

#[test]
fn an_area_lies_in_itself_and_in_those_around_it() {
    assert!(lies_in("a/b", "") && lies_in("a/b", "a") && lies_in("a/b", "a/b"));
    assert!(!lies_in("ab", "a") && !lies_in("a", "a/b") && !lies_in("", "a"));
}

#[test]
fn the_line_of_an_area_leads_from_the_root_to_itself() {
    assert_eq!(line_of("").collect::<Vec<_>>(), [""]);
    assert_eq!(line_of("a/b").collect::<Vec<_>>(), ["", "a", "a/b"]);
}
