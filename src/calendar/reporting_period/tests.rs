#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::calendar::tests::day;

fn period(text: &str) -> ReportingPeriod {
    ReportingPeriod::parse(text).unwrap_or_else(|| panic!("{text} is a period"))
}

#[test]
fn a_period_knows_its_days_and_the_one_before() {
    for (text, span, first, last, previous) in [
        ("2026", Span::Year, "2026-01-01", "2026-12-31", "2025"),
        ("2026-H1", Span::Half, "2026-01-01", "2026-06-30", "2025-H2"),
        ("2026-Q3", Span::Quarter, "2026-07-01", "2026-09-30", "2026-Q2"),
        ("2026-Q1", Span::Quarter, "2026-01-01", "2026-03-31", "2025-Q4"),
        ("2024-02", Span::Month, "2024-02-01", "2024-02-29", "2024-01"),
        ("2026-12", Span::Month, "2026-12-01", "2026-12-31", "2026-11"),
        ("2026-W45", Span::Week, "2026-11-02", "2026-11-08", "2026-W44"),
        ("2026-W01", Span::Week, "2025-12-29", "2026-01-04", "2025-W52"),
        ("2026-W53", Span::Week, "2026-12-28", "2027-01-03", "2026-W52"),
        ("2026-11-03", Span::Day, "2026-11-03", "2026-11-03", "2026-11-02"),
    ] {
        let period = period(text);
        assert_eq!(period.span(), span, "{text}");
        assert_eq!((period.first_day(), period.last_day()), (day(first), day(last)), "{text}");
        assert_eq!(period.previous().unwrap().to_string(), previous);
        assert_eq!(period.to_string(), text);
    }
}

#[test]
fn what_is_no_period_is_refused() {
    for text in [
        "",
        "26",
        "2026-",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-H0",
        "2026-H3",
        "2026-Q0",
        "2026-Q5",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-W5",
        "2026-02-30",
        "2026-11-03-1",
        "0000",
        "2026-q3",
        "+026",
        "２０２６",
        "2026-Q９",
        "2026年",
        "9999-H9",
    ] {
        assert_eq!(ReportingPeriod::parse(text), None, "{text}");
    }
}

#[test]
fn a_period_covers_the_shorter_ones_inside_it() {
    let quarter = period("2026-Q3");
    assert!(quarter.contains(day("2026-09-30")) && !quarter.contains(day("2026-10-01")));
    assert!(quarter.covers(&period("2026-08")) && quarter.covers(&quarter));
    assert!(!quarter.covers(&period("2026-W40")), "it ends in October");
    assert_eq!((quarter.year(), quarter.number()), (2026, Some(3)));
    assert_eq!(period("0001").previous(), None);
}

proptest! {
    #[test]
    fn writing_and_reading_a_period_gives_it_back(number in any::<i32>(), near in 0i32..3_652_000) {
        for days in [number, near] {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
            for span in [Span::Year, Span::Half, Span::Quarter, Span::Month, Span::Week, Span::Day] {
                let Some(period) = ReportingPeriod::around(date, span) else { continue };
                prop_assert!(period.contains(date));
                prop_assert_eq!(ReportingPeriod::parse(&period.to_string()), Some(period));
                if let Some(previous) = period.previous() {
                    prop_assert_eq!(previous.last_day().succ_opt(), Some(period.first_day()));
                }
            }
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,12}", year in "[0-9]{4}-[HQW0-9-]{0,7}") {
        let _ = (ReportingPeriod::parse(&text), ReportingPeriod::parse(&year));
    }
}
