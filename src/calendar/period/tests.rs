#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::{prop_assert, proptest};

use super::CountingUnit::{CalendarDays, WorkingDays};
use super::*;
use crate::calendar::tests::day;

fn terms(days: u16, unit: CountingUnit, first_day: FirstDay, roll: bool) -> NoticePeriodTerms {
    NoticePeriodTerms { days: NonZeroU16::new(days).unwrap(), unit, first_day, roll }
}

/// The last day when counting starts the day after posting.
fn ends(start: &str, days: u16, unit: CountingUnit, roll: bool) -> Result<NaiveDate, UnknownYear> {
    terms(days, unit, FirstDay::Next, roll).last_day(day(start), &StatutoryCalendar::built_in())
}

#[test]
fn periods_that_meet_holidays_and_make_up_days() {
    for (start, days, unit, roll, end) in [
        ("2026-02-09", 7, CalendarDays, false, "2026-02-16"),
        ("2026-02-09", 7, CalendarDays, true, "2026-02-24"),
        ("2026-02-09", 7, WorkingDays, false, "2026-02-25"),
        ("2026-09-24", 7, CalendarDays, false, "2026-10-01"),
        ("2026-09-24", 7, CalendarDays, true, "2026-10-08"),
        ("2026-09-24", 7, WorkingDays, true, "2026-10-12"),
        ("2026-09-24", 10, WorkingDays, false, "2026-10-15"),
        ("2026-09-24", 15, WorkingDays, false, "2026-10-22"),
        ("2026-04-27", 7, CalendarDays, false, "2026-05-04"),
        ("2026-04-27", 7, CalendarDays, true, "2026-05-06"),
        ("2026-04-27", 7, WorkingDays, false, "2026-05-09"),
    ] {
        assert_eq!(ends(start, days, unit, roll), Ok(day(end)), "{start} {days} {unit:?} {roll}");
    }
}

#[test]
fn the_first_day_may_count() {
    let calendar = StatutoryCalendar::built_in();
    let week = |unit, start| terms(7, unit, FirstDay::Counts, false).last_day(day(start), &calendar);
    assert_eq!(week(CalendarDays, "2026-11-01"), Ok(day("2026-11-07")));
    // 1 November 2026 is a Sunday: seven working days from it are 2–6, 9 and 10.
    assert_eq!(week(WorkingDays, "2026-11-01"), Ok(day("2026-11-10")));
    let one = terms(1, CalendarDays, FirstDay::Counts, false);
    assert_eq!(one.last_day(day("2026-11-01"), &calendar), Ok(day("2026-11-01")));
}

#[test]
fn a_period_that_needs_2027_is_refused() {
    assert_eq!(ends("2026-12-28", 7, WorkingDays, false), Err(UnknownYear(2027)));
    assert_eq!(ends("2026-12-28", 7, CalendarDays, true), Err(UnknownYear(2027)));
    assert_eq!(ends("2026-12-28", 7, CalendarDays, false), Ok(day("2027-01-04")));
    assert_eq!(ends("2026-12-28", 3, WorkingDays, false), Ok(day("2026-12-31")));
}

#[test]
fn the_end_of_all_time_is_refused() {
    let calendar = StatutoryCalendar::built_in();
    for first_day in [FirstDay::Counts, FirstDay::Next] {
        let terms = terms(7, CalendarDays, first_day, false);
        assert_eq!(terms.last_day(NaiveDate::MAX, &calendar), Err(UnknownYear(NaiveDate::MAX.year() + 1)));
    }
    assert!(terms(7, WorkingDays, FirstDay::Next, true).last_day(NaiveDate::MIN, &calendar).is_err());
}

proptest! {
    #[test]
    fn later_starts_and_longer_periods_never_end_earlier(
        offset in 0u64..8000, later in 0u64..40, days in 1u16..60, more in 0u16..20,
        working: bool, counts: bool, roll: bool,
    ) {
        let calendar = StatutoryCalendar::built_in();
        let unit = if working { WorkingDays } else { CalendarDays };
        let first_day = if counts { FirstDay::Counts } else { FirstDay::Next };
        let start = day("2004-01-01") + Days::new(offset);
        let last_day = |days, start| terms(days, unit, first_day, roll).last_day(start, &calendar);
        if let (Ok(end), Ok(end_later), Ok(end_longer)) = (
            last_day(days, start),
            last_day(days, start + Days::new(later)),
            last_day(days + more, start),
        ) {
            prop_assert!(start <= end && end <= end_later && end <= end_longer);
            prop_assert!(!(working || roll) || calendar.is_working_day(end) == Ok(true));
        }
    }
}
