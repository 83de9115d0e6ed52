#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::{any, prop_assert_eq, proptest};

use super::*;
use crate::calendar::tests::{day, days};

/// The days of November 2026 that a rule means. The month begins on a Sunday and has no holiday.
fn november(rule: DayRule) -> Vec<u32> {
    let calendar = StatutoryCalendar::built_in();
    let days = PlannedDays::of(rule).between(day("2026-11-01"), day("2026-11-30"), &calendar).unwrap();
    days.iter().map(NaiveDate::day).collect()
}

fn mondays(which: Which) -> DayRule {
    DayRule::Weekday { days: vec![Weekday::Mon], which }
}

fn every(days: u16, from: &str) -> DayRule {
    DayRule::Every { days: NonZeroU16::new(days).unwrap(), from: day(from) }
}

#[test]
fn each_form_of_rule_means_its_days() {
    let tuesday_thursday = DayRule::Weekday { days: vec![Weekday::Tue, Weekday::Thu], which: Which::All };
    assert_eq!(november(tuesday_thursday), [3, 5, 10, 12, 17, 19, 24, 26]);
    assert_eq!(november(mondays(Which::Nth(vec![1]))), [2]);
    assert_eq!(november(mondays(Which::Nth(vec![-1]))), [30]);
    let last_tuesday = DayRule::Weekday { days: vec![Weekday::Tue], which: Which::Nth(vec![-1]) };
    assert_eq!(november(last_tuesday), [24], "the seventh day from the end");
    assert_eq!(november(mondays(Which::Nth(vec![-2, 2]))), [9, 23]);
    assert_eq!(november(mondays(Which::NotNth(vec![1]))), [9, 16, 23, 30]);
    assert_eq!(november(mondays(Which::NotNth(vec![-1, 2]))), [2, 16, 23]);
    assert_eq!(november(DayRule::MonthDay(vec![25, 8, 31, -1])), [8, 25, 30]);
    assert_eq!(november(DayRule::LunarDay(vec![1, 15])), [9, 23]);
    assert_eq!(november(DayRule::DayEnding(vec![1, 6])), [1, 6, 11, 16, 21, 26]);
    assert_eq!(november(DayRule::DayEnding(vec![0])), [10, 20, 30]);
    assert_eq!(november(every(5, "2026-11-03")), [3, 8, 13, 18, 23, 28]);
    assert_eq!(november(every(7, "2026-10-31")), [7, 14, 21, 28]);
    let workdays: Vec<u32> = (1..=30).filter(|day| !matches!(day % 7, 0 | 1)).collect();
    assert_eq!(november(DayRule::Workdays), workdays);
    let dates = days(2026, &["11-04", "11-02", "11-04", "12-01"]);
    assert_eq!(november(DayRule::Dates(dates)), [2, 4]);
}

#[test]
fn a_fifth_weekday_that_the_month_lacks_does_not_occur() {
    let fifth = PlannedDays::of(mondays(Which::Nth(vec![5])));
    let calendar = StatutoryCalendar::built_in();
    let days_of_2026 = fifth.between(day("2026-01-01"), day("2026-12-31"), &calendar).unwrap();
    assert_eq!(days_of_2026, days(2026, &["03-30", "06-29", "08-31", "11-30"]));
}

#[test]
fn branches_return_every_twelve_days() {
    let rule = DayRule::Branch(vec![Branch::parse("子").unwrap(), Branch::parse("午").unwrap()]);
    let found = november(rule);
    assert_eq!(found.len(), 5);
    assert!(found.windows(2).all(|pair| pair[1] - pair[0] == 6));
}

#[test]
fn exceptions_and_additions_stand_on_top_of_the_rule() {
    let plan = PlannedDays {
        rule: mondays(Which::All),
        except: days(2026, &["11-09", "11-10"]).into_iter().collect(),
        also: days(2026, &["11-11", "11-16", "12-02"]).into_iter().collect(),
    };
    let calendar = StatutoryCalendar::built_in();
    let found = plan.between(day("2026-11-01"), day("2026-11-30"), &calendar).unwrap();
    assert_eq!(found, days(2026, &["11-02", "11-11", "11-16", "11-23", "11-30"]));
    assert_eq!(plan.between(day("2026-11-30"), day("2026-11-01"), &calendar), Ok(Vec::new()));
}

#[test]
fn only_rules_that_need_a_table_refuse_an_unknown_year() {
    let calendar = StatutoryCalendar::built_in();
    let at = |rule: DayRule, date| rule.matches(day(date), &calendar);
    assert_eq!(at(DayRule::Workdays, "2027-03-03"), Err(UnknownYear(2027)));
    assert_eq!(at(DayRule::LunarEnding(vec![3]), "2101-03-03"), Err(UnknownYear(2101)));
    assert_eq!(at(DayRule::LunarDay(vec![1]), "2027-02-06"), Ok(true));
    assert_eq!(at(DayRule::DayEnding(vec![3]), "2101-03-03"), Ok(true));
}

proptest! {
    #[test]
    fn nth_and_not_nth_part_a_months_weekdays(
        year in 1i32..9999, month in 1u32..=12, weekday in 0u8..7,
        list in proptest::collection::vec(-6i8..=6, 0..4),
    ) {
        let calendar = StatutoryCalendar::built_in();
        let from = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        let to = from + chrono::Months::new(1) - chrono::Days::new(1);
        let found = |which| {
            let days = vec![Weekday::try_from(weekday).unwrap()];
            PlannedDays::of(DayRule::Weekday { days, which }).between(from, to, &calendar).unwrap()
        };
        let (those, others) = (found(Which::Nth(list.clone())), found(Which::NotNth(list)));
        let mut both = [those, others].concat();
        both.sort();
        prop_assert_eq!(both, found(Which::All));
    }

    #[test]
    fn no_day_and_no_number_panics(
        number in any::<i32>(), small in any::<i8>(), digit in any::<u8>(), cycle in any::<NonZeroU16>(),
    ) {
        let calendar = StatutoryCalendar::built_in();
        let any_day = NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(NaiveDate::MIN);
        for date in [NaiveDate::MIN, NaiveDate::MAX, any_day] {
            for rule in [
                mondays(Which::Nth(vec![small])),
                DayRule::MonthDay(vec![small]),
                DayRule::LunarDay(vec![digit]),
                DayRule::LunarEnding(vec![digit]),
                DayRule::DayEnding(vec![digit]),
                DayRule::Every { days: cycle, from: any_day },
                DayRule::Workdays,
            ] {
                let _ = rule.matches(date, &calendar);
                let _ = PlannedDays::of(rule).between(date, date, &calendar);
            }
        }
    }
}
