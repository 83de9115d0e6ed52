//! Facts of the field, checked by hand against notices and almanacs, that cross several parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::{Datelike, NaiveDate, Weekday};

use super::*;

/// A day written as `2026-02-17`.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test's day")
}

/// Days of one year written as `02-17`.
pub(super) fn days(year: i32, texts: &[&str]) -> Vec<NaiveDate> {
    texts.iter().map(|text| day(&format!("{year}-{text}"))).collect()
}

/// The days of a plan from `from` to `to`, those left out apart.
pub(super) fn planned(plan: &PlannedDays, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let days = plan.between(from, to, &StatutoryCalendar::built_in()).unwrap();
    let is_planned = |meaning: &Meaning| matches!(meaning, Meaning::Rule(_) | Meaning::Also);
    days.into_iter().filter(|(_, meaning)| is_planned(meaning)).map(|(date, _)| date).collect()
}

fn three_six_nine(year: i32) -> Vec<NaiveDate> {
    let rule = PlannedDays::of(DayRule::LunarEnding(vec![3, 6, 9]));
    planned(&rule, day(&format!("{year}-01-01")), day(&format!("{year}-12-31")))
}

#[test]
fn lunar_three_six_nine_days_are_as_many_as_almanacs_say() {
    let counts: Vec<usize> = (2024..=2027).map(|year| three_six_nine(year).len()).collect();
    assert_eq!(counts, [111, 111, 112, 111]);
}

#[test]
fn lunar_three_six_nine_days_of_two_months_of_2026() {
    let in_month = |month| three_six_nine(2026).into_iter().filter(|day| day.month() == month).collect();
    let february: Vec<_> = in_month(2);
    let march: Vec<_> = in_month(3);
    assert_eq!(
        february,
        days(2026, &["02-03", "02-06", "02-10", "02-13", "02-16", "02-19", "02-22", "02-25"])
    );
    let expected =
        ["01", "04", "07", "11", "14", "17", "21", "24", "27", "31"].map(|day| format!("03-{day}"));
    assert_eq!(march, days(2026, &expected.each_ref().map(String::as_str)));
}

#[test]
fn holidays_and_weekends_take_their_days_from_the_schedule_of_2026() {
    let calendar = StatutoryCalendar::built_in();
    let planned = three_six_nine(2026);
    let skipped = |on_weekend| -> Vec<NaiveDate> {
        let falls_away = |day: &&NaiveDate| {
            matches!(placed(**day, OnDayOff::Skip, on_weekend, &calendar).unwrap(), Placement::Skipped { .. })
        };
        planned.iter().filter(falls_away).copied().collect()
    };
    let holidays = skipped(OnDayOff::Keep);
    let expected =
        ["01-01", "02-16", "02-19", "02-22", "04-06", "05-02", "05-05", "06-20", "09-26", "10-03", "10-06"];
    assert_eq!(holidays, days(2026, &expected));
    assert_eq!(planned.len() - holidays.len(), 101);
    assert_eq!(planned.len() - skipped(OnDayOff::Skip).len(), 75);
    assert!(!skipped(OnDayOff::Skip).contains(&day("2026-05-09")), "a make-up Saturday is worked");
}

#[test]
fn first_mondays_that_are_days_off() {
    let calendar = StatutoryCalendar::built_in();
    let first_monday = DayRule::Weekday { days: vec![Weekday::Mon], which: Which::Nth(vec![1]) };
    let off = |year: i32| -> Vec<NaiveDate> {
        let (from, to) = (day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
        let mondays = planned(&PlannedDays::of(first_monday.clone()), from, to);
        assert_eq!(mondays.len(), 12);
        mondays.into_iter().filter(|day| calendar.kind(*day).unwrap().is_day_off()).collect()
    };
    assert_eq!(off(2026), days(2026, &["04-06", "05-04", "10-05"]));
    assert_eq!(off(2025), days(2025, &["02-03", "05-05", "06-02", "10-06"]));
}

#[test]
fn fifteenths_and_last_days_of_2026() {
    let calendar = StatutoryCalendar::built_in();
    let on = |wanted: i8| {
        let rule = PlannedDays::of(DayRule::MonthDay(vec![wanted]));
        planned(&rule, day("2026-01-01"), day("2026-12-31"))
    };
    let off = |days: Vec<NaiveDate>| -> Vec<NaiveDate> {
        days.into_iter().filter(|day| !calendar.is_working_day(*day).unwrap()).collect()
    };
    assert_eq!(off(on(15)).len(), 4);
    assert_eq!(off(on(-1)), days(2026, &["01-31", "05-31", "10-31"]));
    assert_eq!(calendar.kind(day("2026-02-28")), Ok(DayKind::MakeUpDay));
}
