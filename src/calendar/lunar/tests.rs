#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::{any, proptest};
use tyme4rs::tyme::solar::SolarDay;

use super::*;
use crate::calendar::tests::day;

fn lunar(text: &str) -> LunarDay {
    LunarDay::of(day(text)).unwrap()
}

#[test]
fn lunar_days_are_those_of_the_almanac() {
    for (date, expected) in [
        ("2026-02-17", "正月初一"),
        ("2025-07-25", "闰六月初一"),
        ("2033-12-22", "闰十一月初一"),
        ("2034-02-19", "正月初一"),
        ("2026-02-16", "腊月廿九"),
        ("2026-05-09", "三月廿三"),
        ("2026-09-25", "八月十五"),
    ] {
        assert_eq!(lunar(date).to_string(), expected, "{date}");
    }
}

#[test]
fn a_lunar_year_begins_at_its_first_month() {
    assert_eq!((lunar("2026-02-16").year(), lunar("2026-02-17").year()), (2025, 2026));
    let leap = lunar("2025-07-25");
    assert_eq!((leap.month(), leap.leap(), leap.day(), leap.day_name()), (6, true, 1, "初一"));
    assert_eq!(leap.month_name(), "闰六月");
}

#[test]
fn lunar_days_end_where_the_tables_end() {
    assert_eq!(LunarDay::of(day("1899-12-31")), None);
    assert_eq!(LunarDay::of(day("2101-01-01")), None);
    assert!(LunarDay::of(day("1900-01-01")).is_some() && LunarDay::of(day("2100-12-31")).is_some());
}

#[test]
fn lunar_days_and_branches_agree_with_another_library_from_1990_to_2050() {
    for date in day("1990-01-01").iter_days().take_while(|date| date.year() <= 2050) {
        let other = SolarDay::from_ymd(date.year() as isize, date.month() as usize, date.day() as usize);
        let theirs = other.get_lunar_day();
        let ours = LunarDay::of(date).unwrap();
        let month = isize::from(ours.month()) * if ours.leap() { -1 } else { 1 };
        assert_eq!(
            (ours.year() as isize, month, usize::from(ours.day())),
            (theirs.get_year(), theirs.get_month(), theirs.get_day()),
            "{date}"
        );
        let cycle = theirs.get_sixty_cycle().to_string();
        assert!(cycle.ends_with(Branch::of(date).name()), "{date} is {cycle}");
    }
}

#[test]
fn the_cycle_of_branches_is_fixed_by_two_known_days() {
    // 1949-10-01 is a 甲子 day, 2000-01-01 a 戊午 one.
    assert_eq!(Branch::of(day("1949-10-01")), Branch::parse("子").unwrap());
    assert_eq!(Branch::of(day("2000-01-01")).to_string(), "午");
    assert_eq!(Branch::parse("甲"), None);
    assert_eq!(Branch::parse(""), None);
}

proptest! {
    #[test]
    fn any_day_has_a_branch_and_none_panics(days in any::<i32>()) {
        let extremes = [Some(NaiveDate::MIN), Some(NaiveDate::MAX), NaiveDate::from_num_days_from_ce_opt(days)];
        for date in extremes.into_iter().flatten() {
            assert!(Branch::parse(Branch::of(date).name()).is_some());
            let _ = LunarDay::of(date);
        }
    }
}
