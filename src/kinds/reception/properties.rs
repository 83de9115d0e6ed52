//! What holds of the sessions of any rule.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;

use super::fixtures::{Fixture, plan, plan_of};
use super::tests::{sessions, town};
use crate::calendar::DayKind;
use crate::views;

/// The plan of the example board's town.
const PLAN: &str = include_str!("../../../content/reception.toml");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sessions_lie_in_the_plan_each_day_once_and_turns_go_round(
        days in proptest::collection::btree_set(1u32..=28, 1..6),
        on_holiday in prop::sample::select(vec!["skip", "keep", "next-workday", "previous-workday"]),
        on_weekend in prop::sample::select(vec!["skip", "keep", "next-workday", "previous-workday"]),
    ) {
        let rule = format!("days = {{ month_day = {days:?} }}\non_holiday = \"{on_holiday}\"\non_weekend = \"{on_weekend}\"")
            .replace(['{', '}'], "|").replacen('|', "{", 1);
        let rule = rule.replacen('|', "[", 1).replacen('|', "]", 1).replacen('|', "}", 1);
        let (board, _) = town(&plan(&rule)).resolve("2026-01-10");
        let board = board.unwrap();
        let all = views::reception_sessions(&board, &board.areas[0]);
        prop_assert!(!all.is_empty());
        prop_assert!(all.is_sorted_by(|a, b| a.date < b.date), "in order, and no day twice");
        let mut planned: Vec<_> = all.iter().map(|s| (s.moved_from.unwrap_or(s.date), s.host.as_str())).collect();
        planned.sort();
        for (at, (_, host)) in planned.iter().enumerate() {
            prop_assert_eq!(*host, ["zhou", "su"][at % 2]);
        }
        let plan = &board.areas[0].reception.plans[0];
        prop_assert!(all.iter().all(|s| (plan.from.value..=plan.to.value).contains(&s.date)));
        for session in all.iter().filter(|session| session.moved_from.is_some()) {
            prop_assert!(board.calendar.is_working_day(session.date).unwrap());
        }
    }

    #[test]
    fn the_months_together_are_the_year_and_every_day_is_the_rules(
        rule in prop::sample::select(vec![
            "weekday = [\"tue\", \"thu\"]", "weekday = \"mon\", nth = [1, -1]", "weekday = \"mon\", not_nth = 1",
            "month_day = [15, -1, 31]", "lunar_day = [1, 15, 30]", "lunar_ending = [3, 6, 9]", "day_ending = [1, 6]",
            "every = 5, from = 2026-01-03", "branch = [\"子\", \"午\"]", "workdays = true",
        ]),
        on_holiday in prop::sample::select(vec!["skip", "keep"]),
        on_weekend in prop::sample::select(vec!["skip", "keep"]),
    ) {
        let session = format!("days = {{ {rule} }}\non_holiday = \"{on_holiday}\"\non_weekend = \"{on_weekend}\"");
        let dates = |from: NaiveDate, to: NaiveDate| -> Vec<NaiveDate> {
            let lines = format!("from = {from}\nto = {to}\npublished = 2025-12-20\n");
            let board = town(&plan_of(&lines, &session)).resolve("2026-01-01").0.unwrap();
            let all = views::reception_sessions(&board, &board.areas[0]);
            all.into_iter().map(|session| session.date).collect()
        };
        let day = |month: u32| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Months::new(month);
        let year = dates(day(0), day(12) - Days::new(1));
        let months: Vec<NaiveDate> =
            (0..12).flat_map(|month| dates(day(month), day(month + 1) - Days::new(1))).collect();
        prop_assert_eq!(&year, &months);
        let calendar = crate::calendar::StatutoryCalendar::built_in();
        for date in year {
            let kind = calendar.kind(date).unwrap();
            prop_assert!(on_holiday == "keep" || !matches!(kind, DayKind::Holiday(_)), "{} is a holiday", date);
            prop_assert!(on_weekend == "keep" || kind != DayKind::Weekend, "{} is a weekend", date);
        }
    }

    #[test]
    fn a_longer_plan_and_a_later_swap_leave_every_turn_as_it_was(until in 40u64..300) {
        let first = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let turns = |to: NaiveDate| {
            let lines = format!("from = {first}\nto = {to}\npublished = 2026-01-05\n");
            let board = town(&plan_of(&lines, "days = { lunar_ending = [3, 6, 9] }")).board("2026-01-10");
            sessions(&board)
        };
        let (short, long) = (turns(first + Days::new(until)), turns(first + Days::new(330)));
        prop_assert_eq!(&short[..], &long[..short.len()]);
        let of = |host: &str| short.iter().filter(|session| session.ends_with(host)).count();
        prop_assert!(of("zhou").abs_diff(of("su")) <= 1);
    }

    #[test]
    fn no_text_makes_the_reader_fall(text in "\\PC{0,80}", date in "[0-9]{4}-[0-9]{2}-[0-9]{2}", number in any::<i64>()) {
        for plan in [
            text.clone(),
            plan(&format!("days = {{ weekday = \"mon\", nth = {number} }}")),
            plan(&format!("days = {{ every = {number}, from = {date} }}")),
            plan_of(&format!("from = {date}\nto = {date}\npublished = {date}\nprovisional = true\n"),
                "days = { workdays = true }\non_holiday = \"next-workday\"\non_weekend = \"previous-workday\""),
            plan_of(&format!("from = {date}\nto = {date}\npublished = {date}\nprovisional = true\n"), "days = { lunar_day = 1 }"),
        ] {
            town(&plan).resolve("2026-01-10");
        }
    }

    #[test]
    fn no_slip_of_the_pen_makes_the_reader_fall(
        at in any::<prop::sample::Index>(), cut in 0usize..24, put in "[\\PC\n]{0,12}", number in any::<i64>(),
    ) {
        let slipped = |text: &str, put: &str| -> String {
            let at = at.index(text.chars().count());
            text.chars().take(at).chain(put.chars()).chain(text.chars().skip(at + cut)).collect()
        };
        let holidays = "[[year]]\nyear = 2027\nrest = [\"2027-01-01..2027-01-03\", 2027-04-05]\nworkdays = [2027-01-30]\n";
        for put in [put, number.to_string()] {
            let (reception, holidays) = (slipped(PLAN, &put), slipped(holidays, &put));
            Fixture::new(&[("reception.toml", &reception), ("holidays.toml", &holidays)]).resolve("2026-06-10");
        }
    }
}
