#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::{any, prop_assert_eq, proptest};

use super::*;
use crate::calendar::tests::{day, days, planned};

/// The days of November 2026 that a rule means. The month begins on a Sunday and has no holiday.
fn november(rule: DayRule) -> Vec<u32> {
    let days = planned(&PlannedDays::of(rule), day("2026-11-01"), day("2026-11-30"));
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
    let days_of_2026 = planned(&fifth, day("2026-01-01"), day("2026-12-31"));
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
fn the_part_of_a_rule_that_means_a_day_is_told() {
    let calendar = StatutoryCalendar::built_in();
    let part = |rule: DayRule, date: &str| rule.part_for(day(date), &calendar).unwrap();
    let weekdays = |days: &[Weekday], which| DayRule::Weekday { days: days.to_vec(), which };
    let both = |which| weekdays(&[Weekday::Mon, Weekday::Fri], which);
    // 2026-02-16 is a Monday, the third of its month, and 腊月廿九.
    for (rule, left) in [
        (DayRule::LunarEnding(vec![3, 6, 9]), DayRule::LunarEnding(vec![9])),
        (DayRule::LunarDay(vec![29, 1]), DayRule::LunarDay(vec![29])),
        (DayRule::MonthDay(vec![16, 1, -13, -1]), DayRule::MonthDay(vec![16, -13])),
        (DayRule::DayEnding(vec![1, 6]), DayRule::DayEnding(vec![6])),
        (both(Which::All), mondays(Which::All)),
        (both(Which::Nth(vec![1, 3])), mondays(Which::Nth(vec![3]))),
        (both(Which::NotNth(vec![1, 2])), mondays(Which::NotNth(vec![1, 2]))),
        (every(7, "2026-02-02"), every(7, "2026-02-02")),
        (DayRule::Dates(days(2026, &["02-15", "02-16"])), DayRule::Dates(days(2026, &["02-16"]))),
    ] {
        assert_eq!(part(rule.clone(), "2026-02-16"), Some(left));
        assert_eq!(part(rule, "2026-02-18"), None);
    }
}

#[test]
fn days_that_months_do_not_have_are_missing() {
    let missing = |rule: DayRule, from: &str, to: &str| -> Vec<(i8, String)> {
        let missing = rule.missing(day(from), day(to));
        missing.iter().map(|missing| (missing.number, missing.nearest.format("%m-%d").to_string())).collect()
    };
    let on = |days: &[i8]| DayRule::MonthDay(days.to_vec());
    let short = ["02-28", "04-30", "06-30", "09-30", "11-30"].map(|date| (31, date.to_owned()));
    assert_eq!(missing(on(&[31]), "2026-01-01", "2026-12-31"), short);
    assert_eq!(
        missing(on(&[31]), "2026-02-15", "2026-04-29"),
        short[..1],
        "a day that lies outside is not missed"
    );
    assert_eq!(missing(on(&[15, 28, -1, -28]), "2026-01-01", "2026-12-31"), []);
    let february = [(29, "02-28".to_owned()), (-30, "02-01".to_owned())];
    assert_eq!(missing(on(&[29, -30]), "2026-01-01", "2026-12-31"), february);
    assert_eq!(missing(on(&[29]), "2028-01-01", "2028-12-31"), [], "a leap year");
    let lunar = missing(DayRule::LunarDay(vec![1, 30]), "2026-01-01", "2026-12-31");
    let ends = ["02-16", "04-16", "06-14", "07-13", "09-10", "10-09"];
    assert_eq!(lunar, ends.map(|date| (30, date.to_owned())), "腊月 to 八月, those of 29 days");
    assert_eq!(missing(DayRule::LunarDay(vec![29]), "2026-01-01", "2026-12-31"), []);
}

#[test]
fn exceptions_and_additions_stand_on_top_of_the_rule() {
    let plan = PlannedDays {
        rule: mondays(Which::All),
        except: days(2026, &["11-09", "11-10"]).into_iter().collect(),
        also: days(2026, &["11-11", "11-16", "12-02"]).into_iter().collect(),
    };
    let calendar = StatutoryCalendar::built_in();
    let found = planned(&plan, day("2026-11-01"), day("2026-11-30"));
    assert_eq!(found, days(2026, &["11-02", "11-11", "11-16", "11-23", "11-30"]));
    assert_eq!(plan.between(day("2026-11-30"), day("2026-11-01"), &calendar), Ok(Vec::new()));
    let of = |date: &str| plan.meaning(day(&format!("2026-11-{date}")), &calendar).unwrap();
    assert_eq!(of("02"), Meaning::Rule(mondays(Which::All)));
    assert_eq!(of("09"), Meaning::Except(mondays(Which::All)));
    assert_eq!(
        [of("11"), of("16")],
        [Meaning::Also, Meaning::Also],
        "named one by one, be it a day of the rule"
    );
    assert_eq!([of("10"), of("12")], [Meaning::Nothing, Meaning::Nothing], "nothing to leave out");
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
        let from = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        let to = from + chrono::Months::new(1) - chrono::Days::new(1);
        let found = |which| {
            let days = vec![Weekday::try_from(weekday).unwrap()];
            planned(&PlannedDays::of(DayRule::Weekday { days, which }), from, to)
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
                let _ = rule.missing(date, date);
                let _ = PlannedDays::of(rule).between(date, date, &calendar);
            }
        }
    }
}
