#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::ops::RangeInclusive;

use proptest::prelude::{any, proptest};
use tyme4rs::tyme::holiday::LegalHoliday;

use super::*;
use crate::calendar::NoticeFault;
use crate::calendar::tests::day;

/// A day of 2004 to 2026, for which everything is known.
fn known_days() -> impl Iterator<Item = NaiveDate> {
    day("2004-01-01").iter_days().take_while(|day| day.year() <= 2026)
}

fn span(from: &str, to: &str) -> RangeInclusive<NaiveDate> {
    day(from)..=day(to)
}

/// 2027 as a board might enter it. The days are invented.
fn invented_2027() -> YearNotice {
    let rest = [span("2026-12-31", "2027-01-03"), span("2027-02-05", "2027-02-12")];
    YearNotice::new(2027, Some("国办".into()), &rest, &[day("2027-01-30")]).unwrap()
}

#[test]
fn every_line_of_the_built_in_table_is_read() {
    let notices = built_in_notices();
    let read: usize = notices.values().map(|notice| notice.days().count()).sum();
    assert_eq!(read, DAYS.lines().count() - 1);
    assert_eq!(read, 774);
    assert_eq!(notices.keys().copied().collect::<Vec<_>>(), (2004..=2026).collect::<Vec<_>>());
    let without_source: Vec<i32> =
        notices.values().filter(|notice| notice.source().is_none()).map(YearNotice::year).collect();
    assert_eq!(without_source, [2005]);
}

#[test]
fn every_make_up_day_is_a_saturday_or_sunday() {
    let calendar = StatutoryCalendar::built_in();
    let made_up: Vec<NaiveDate> =
        known_days().filter(|day| calendar.kind(*day) == Ok(DayKind::MakeUpDay)).collect();
    assert_eq!(made_up.len(), 151);
    assert!(made_up.iter().all(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun)));
}

/// Whether the other table says that the day is worked, where it names the day.
fn said_elsewhere(date: NaiveDate) -> Option<bool> {
    let (year, month, day) = (date.year() as isize, date.month() as usize, date.day() as usize);
    LegalHoliday::from_ymd(year, month, day).map(|holiday| holiday.is_work())
}

#[test]
fn every_known_day_is_worked_or_not_as_the_other_table_says_but_for_two() {
    let calendar = StatutoryCalendar::built_in();
    let differing: Vec<String> = known_days()
        .filter(|day| {
            let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            calendar.is_working_day(*day).unwrap() != said_elsewhere(*day).unwrap_or(weekday)
        })
        .map(|day| day.to_string())
        .collect();
    assert_eq!(differing, ["2013-04-07", "2013-10-12"]);
    assert_eq!(calendar.kind(day("2005-12-31")), Ok(DayKind::MakeUpDay));
}

/// Where the other table counts a plain weekend to the holiday beside it, the notice does not: it says
/// 与周末连休, or names the other days only.
#[test]
fn every_holiday_is_one_in_the_other_table_too() {
    let calendar = StatutoryCalendar::built_in();
    let is_holiday = |day: NaiveDate| matches!(calendar.kind(day), Ok(DayKind::Holiday(_)));
    for day in known_days().filter(|day| is_holiday(*day)) {
        assert_eq!(said_elsewhere(day), Some(false), "{day}");
    }
    let plain = known_days().filter(|day| said_elsewhere(*day) == Some(false) && !is_holiday(*day));
    let years: std::collections::BTreeSet<i32> = plain.map(|day| day.year()).collect();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), [2014, 2015, 2016, 2017, 2018, 2024]);
}

#[test]
fn each_kind_of_day_is_known_by_name() {
    let calendar = StatutoryCalendar::built_in();
    for (date, kind) in [
        ("2026-02-16", DayKind::Holiday("春节")),
        ("2026-02-22", DayKind::Holiday("春节")),
        ("2025-10-06", DayKind::Holiday("中秋节")),
        ("2026-02-28", DayKind::MakeUpDay),
        ("2026-02-27", DayKind::WorkingDay),
        ("2026-03-01", DayKind::Weekend),
    ] {
        assert_eq!(calendar.kind(day(date)), Ok(kind), "{date}");
        assert_eq!(calendar.is_working_day(day(date)), Ok(!kind.is_day_off()), "{date}");
    }
}

#[test]
fn a_year_without_a_notice_is_refused_on_every_day() {
    let calendar = StatutoryCalendar::built_in();
    for date in ["2027-01-01", "2027-03-03", "2027-03-06", "2003-12-31"] {
        assert_eq!(calendar.kind(day(date)), Err(UnknownYear(day(date).year())), "{date}");
    }
    assert_eq!(calendar.next_working_day(day("2027-01-01")), Err(UnknownYear(2027)));
    assert_eq!(calendar.working_days_after(day("2026-12-31"), 1), Err(UnknownYear(2027)));
    assert_eq!(calendar.working_days_after(day("2026-12-31"), 0), Ok(day("2026-12-31")));
    assert!(calendar.known(2026) && !calendar.known(2027));
}

#[test]
fn a_provisional_plan_takes_an_unknown_year_to_have_plain_weeks() {
    let calendar = StatutoryCalendar::built_in().provisionally();
    assert_eq!(calendar.kind(day("2027-01-01")), Ok(DayKind::WorkingDay));
    assert_eq!(calendar.kind(day("2027-01-02")), Ok(DayKind::Weekend));
    assert_eq!(calendar.kind(day("2026-01-01")), Ok(DayKind::Holiday("元旦")));
    assert!(!calendar.known(2027));
}

#[test]
fn a_notice_of_the_board_adds_a_year() {
    let calendar = StatutoryCalendar::built_in().with_year(invented_2027());
    assert_eq!(calendar.kind(day("2027-01-01")), Ok(DayKind::Holiday("元旦")));
    assert_eq!(calendar.kind(day("2026-12-31")), Ok(DayKind::Holiday("元旦")), "it reaches back");
    assert_eq!(calendar.kind(day("2027-02-12")), Ok(DayKind::Holiday("春节")));
    assert_eq!(calendar.kind(day("2027-01-30")), Ok(DayKind::MakeUpDay));
    assert_eq!(calendar.kind(day("2027-01-31")), Ok(DayKind::Weekend));
    assert_eq!(calendar.years().last(), Some((2027, Some("国办"))));
}

#[test]
fn a_notice_of_the_board_replaces_the_whole_year() {
    let other = YearNotice::new(2026, None, &[span("2026-10-01", "2026-10-07")], &[]).unwrap();
    let calendar = StatutoryCalendar::built_in().with_year(other);
    assert_eq!(calendar.kind(day("2026-02-17")), Ok(DayKind::WorkingDay));
    assert_eq!(calendar.kind(day("2026-10-07")), Ok(DayKind::Holiday("国庆节")));
    assert_eq!(calendar.years().filter(|(year, _)| *year == 2026).count(), 1);
}

#[test]
fn of_two_notices_that_name_a_day_the_later_holds() {
    let earlier = YearNotice::new(2026, None, &[], &[day("2026-12-26")]).unwrap();
    let later = YearNotice::new(2027, None, &[span("2026-12-26", "2027-01-01")], &[]).unwrap();
    let calendar = StatutoryCalendar::built_in().with_year(later).with_year(earlier);
    assert_eq!(calendar.kind(day("2026-12-26")), Ok(DayKind::Holiday("元旦")));
}

#[test]
fn all_faults_of_a_notice_are_named() {
    let rest = [
        span("2027-01-03", "2027-01-01"),
        span("2026-10-01", "2026-10-07"),
        span("2027-02-05", "2027-02-13"),
        span("2027-10-01", "2072-10-07"),
        span("2027-05-01", "2027-06-01"),
        span("2027-05-01", "2027-05-31"),
    ];
    let workdays = [day("2027-01-29"), day("2027-02-13"), day("2028-02-05"), day("2027-02-20")];
    assert_eq!(
        YearNotice::new(2027, None, &rest, &workdays),
        Err(vec![
            NoticeFault::Reversed { from: day("2027-01-03"), to: day("2027-01-01") },
            NoticeFault::OutsideYear(day("2026-10-01")),
            NoticeFault::OutsideYear(day("2072-10-07")),
            NoticeFault::TooLong { from: day("2027-05-01"), to: day("2027-06-01") },
            NoticeFault::WorkedAnyway(day("2027-01-29")),
            NoticeFault::RestAndWork(day("2027-02-13")),
            NoticeFault::OutsideYear(day("2028-02-05")),
        ])
    );
}

/// The built-in table carries names; ranges of a board do not. Both must call a day the same, since 2008,
/// when 中秋节 and others became holidays, but for the holiday that came only once and for a day in lieu
/// that a plain Sunday parts from its holiday.
#[test]
fn ranges_are_named_as_the_built_in_days_are() {
    for (year, notice) in built_in_notices().split_off(&2008) {
        let off: Vec<(NaiveDate, &str)> = notice
            .days()
            .filter_map(|(date, day)| match day {
                SetApart::Rest(name) => Some((date, name)),
                SetApart::Work => None,
            })
            .collect();
        let ranges: Vec<RangeInclusive<NaiveDate>> = off
            .chunk_by(|before, after| before.0.succ_opt() == Some(after.0))
            .map(|run| run[0].0..=run[run.len() - 1].0)
            .collect();
        let named = YearNotice::new(year, None, &ranges, &[]).unwrap();
        for (date, name) in off {
            let alone = name == "抗战胜利纪念日" || date == day("2015-06-22");
            let expected = if alone { "节假日" } else { name };
            assert_eq!(named.set_apart(date), Some(SetApart::Rest(expected)), "{date}");
        }
    }
}

#[test]
fn the_nearest_working_day_in_either_direction() {
    let calendar = StatutoryCalendar::built_in();
    for (date, before, after) in [
        ("2026-02-17", "2026-02-14", "2026-02-24"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("2026-03-01", "2026-02-28", "2026-03-02"),
        ("2026-10-04", "2026-09-30", "2026-10-08"),
    ] {
        assert_eq!(calendar.previous_working_day(day(date)), Ok(day(before)), "{date}");
        assert_eq!(calendar.next_working_day(day(date)), Ok(day(after)), "{date}");
    }
}

#[test]
fn the_ends_of_all_time_are_refused_and_do_not_panic() {
    let plain = StatutoryCalendar::built_in().provisionally();
    // Both ends may be days off, from which the way leads out of what can be written.
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(StatutoryCalendar::built_in().kind(end), Err(UnknownYear(end.year())));
        let _ = (plain.next_working_day(end), plain.previous_working_day(end));
    }
    assert!(plain.working_days_after(NaiveDate::MAX, 1).is_err());
}

proptest! {
    #[test]
    fn no_notice_panics(year in any::<i32>(), from in 0i32..900, length in -3i32..900, work in 0i32..900) {
        let date = |offset: i32| NaiveDate::from_ymd_opt(year.clamp(-200_000, 200_000), 1, 1).unwrap()
            + chrono::Days::new(offset.unsigned_abs().into());
        let _ = YearNotice::new(year, None, &[date(from)..=date(from + length)], &[date(work)]);
    }
}
