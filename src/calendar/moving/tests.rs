#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::OnDayOff::{Keep, NextWorkday, PreviousWorkday, Skip};
use super::*;
use crate::calendar::tests::day;

fn on(date: &str, on_holiday: OnDayOff, on_weekend: OnDayOff) -> Result<Placement, UnknownYear> {
    placed(day(date), on_holiday, on_weekend, &StatutoryCalendar::built_in())
}

fn moved(from: &str, to: &str, because: DayKind) -> Result<Placement, UnknownYear> {
    Ok(Placement::Moved { from: day(from), to: day(to), because })
}

#[test]
fn a_holiday_goes_by_the_rule_for_holidays_its_weekend_days_too() {
    // The Sunday 2026-02-22 lies inside the Spring Festival.
    let festival = DayKind::Holiday("春节");
    assert_eq!(on("2026-02-22", Skip, Keep), Ok(Placement::Skipped { because: festival }));
    assert_eq!(on("2026-02-22", Keep, Skip), Ok(Placement::Held(day("2026-02-22"))));
    assert_eq!(on("2026-02-22", NextWorkday, Keep), moved("2026-02-22", "2026-02-24", festival));
    assert_eq!(on("2026-02-22", PreviousWorkday, Keep), moved("2026-02-22", "2026-02-14", festival));
}

#[test]
fn an_ordinary_weekend_goes_by_the_rule_for_weekends() {
    assert_eq!(on("2026-03-01", Keep, Skip), Ok(Placement::Skipped { because: DayKind::Weekend }));
    assert_eq!(on("2026-03-01", Skip, Keep), Ok(Placement::Held(day("2026-03-01"))));
    assert_eq!(on("2026-03-01", Skip, NextWorkday), moved("2026-03-01", "2026-03-02", DayKind::Weekend));
    assert_eq!(on("2026-03-01", Skip, PreviousWorkday), moved("2026-03-01", "2026-02-28", DayKind::Weekend));
}

#[test]
fn working_days_and_make_up_days_are_held() {
    for date in ["2026-03-02", "2026-05-09"] {
        assert_eq!(on(date, Skip, Skip), Ok(Placement::Held(day(date))), "{date}");
    }
}

#[test]
fn an_unknown_year_is_refused_where_the_calendar_matters() {
    assert_eq!(on("2027-03-03", Keep, Keep), Ok(Placement::Held(day("2027-03-03"))));
    assert_eq!(on("2027-03-03", Skip, Keep), Err(UnknownYear(2027)));
    assert_eq!(on("2004-01-01", PreviousWorkday, Keep), Err(UnknownYear(2003)));
}
