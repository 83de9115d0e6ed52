//! Laws of the ledger, over random calendars.

use chrono::{Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::*;
use crate::kinds::catalogue::DueRule;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plus(days: u64) -> NaiveDate {
    day("2024-01-01").checked_add_days(Days::new(days)).unwrap()
}

fn any_rule() -> impl Strategy<Value = Option<DueRule>> {
    prop_oneof![
        (1..=31u32).prop_map(DueRule::QuarterDay),
        (1..=31i32).prop_map(DueRule::MonthDay),
        Just(DueRule::MonthDay(-1)),
        Just(DueRule::Weekday(Weekday::Fri)),
        Just(DueRule::QuarterEnd),
        (1..=12u32, 1..=28u32).prop_map(|(month, day)| DueRule::YearDay(month, day)),
        (1..=30u16).prop_map(DueRule::WithinWorkdays),
    ]
    .prop_map(Some)
    .boxed()
    .prop_union(Just(None).boxed())
}

fn any_facts() -> impl Strategy<Value = Vec<Fact>> {
    let one = (0u64..1100, prop::option::of(0u64..60), prop::option::of(0u64..40)).prop_map(
        |(published, about, since)| Fact {
            day: plus(published),
            about: about.map(|after| plus(published + after)),
            since: since.map(|before| plus(published.saturating_sub(before))),
            stands: true,
        },
    );
    prop::collection::vec(one, 0..12).prop_map(|mut facts| {
        facts.sort_by_key(|fact| fact.day);
        facts
    })
}

fn terms(rule: Option<DueRule>, from: Option<u64>) -> Terms {
    Terms { rule, from: from.map(plus), forgets: false }
}

fn calendar() -> StatutoryCalendar {
    StatutoryCalendar::built_in().provisionally()
}

proptest! {
    #[test]
    fn nothing_is_both_due_and_overdue(
        rule in any_rule(), facts in any_facts(), from in prop::option::of(0u64..1000), today in 0u64..1100,
    ) {
        let today = plus(today);
        let reckoned = reckon(terms(rule, from), &facts, today, &calendar());
        for one in &reckoned.obligations {
            match one.met {
                Met::Due => prop_assert!(one.by.is_none() && one.due.is_none_or(|due| today <= due)),
                Met::Overdue | Met::Missed => prop_assert!(one.by.is_none() && one.due.unwrap() < today),
                Met::Done | Met::Late => {
                    let fact = facts[one.by.unwrap()];
                    prop_assert!(fact.day <= today);
                    prop_assert_eq!(one.met == Met::Late, one.due.is_some_and(|due| due < fact.day));
                }
            }
        }
        // Of one area and one item there is one state, and it is not late where something later was published.
        let made = duty(0, reckoned.clone(), None).duty;
        let overdue = reckoned.obligations.iter().any(|one| one.met == Met::Overdue);
        prop_assert_eq!(made.state == DutyState::Overdue, overdue);
        prop_assert_eq!(made.overdue_since.is_some(), overdue);
        prop_assert!(reckoned.turns.is_none_or(|turns| today < turns));
    }

    #[test]
    fn another_day_never_undoes_what_is_fulfilled(
        rule in any_rule(), facts in any_facts(), from in prop::option::of(0u64..1000),
        today in 0u64..1100, later in 1u64..200,
    ) {
        let before = reckon(terms(rule, from), &facts, plus(today), &calendar());
        let after = reckon(terms(rule, from), &facts, plus(today + later), &calendar());
        // Of what must stand at any time the latest counts; of the others each period keeps what fulfils it.
        for one in before.obligations.iter().filter(|one| one.by.is_some() && one.due.is_some()) {
            if let Some(same) = after.obligations.iter().find(|same| same.due == one.due && same.by == one.by) {
                prop_assert_eq!(same.met, one.met);
            } else {
                // Only by age does one leave the ledger.
                let oldest = after.obligations.iter().filter_map(|one| one.due).min();
                prop_assert!(oldest.is_none_or(|oldest| one.due.unwrap() < oldest), "{:?} {:?}", before, after);
            }
        }
        if rule.is_none() && before.obligations[0].met == Met::Done {
            prop_assert_eq!(after.obligations[0].met, Met::Done);
        }
    }

    #[test]
    fn until_the_day_it_turns_nothing_changes_but_by_facts(
        rule in any_rule(), from in prop::option::of(0u64..1000), facts in any_facts(), today in 0u64..1100,
    ) {
        let known: Vec<Fact> = facts.into_iter().filter(|fact| fact.day <= plus(today)).collect();
        let now = reckon(terms(rule, from), &known, plus(today), &calendar());
        for next in 1..10 {
            let day = plus(today + next);
            if now.turns.is_some_and(|turns| turns <= day) {
                break;
            }
            let then = reckon(terms(rule, from), &known, day, &calendar());
            prop_assert_eq!(&then.obligations, &now.obligations);
            prop_assert_eq!(then.next_due, now.next_due);
        }
    }

    #[test]
    fn there_are_as_many_obligations_as_periods(from in 0u64..700, length in 0u64..360, month_day in 1i32..=28) {
        // A rule for each month, looked at over less than a year: the months whose day is not before the first one.
        let (first, today) = (plus(from), plus(from + length));
        let rule = DueRule::MonthDay(month_day);
        let reckoned = reckon(terms(Some(rule), Some(from)), &[], today, &calendar());
        let mut expected = Vec::new();
        let mut period = rule.period_around(first).unwrap();
        while period.first <= today {
            if first <= period.due {
                expected.push(period.due);
            }
            period = rule.period_around(period.last.succ_opt().unwrap()).unwrap();
        }
        let found: Vec<NaiveDate> = reckoned.obligations.iter().filter_map(|one| one.due).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn obligations_are_all_counted_once(
        made in prop::collection::vec((any_rule(), any_facts(), prop::option::of(0u64..1000)), 0..6),
        today in 0u64..1100,
    ) {
        let duties: Vec<Duty> = made
            .into_iter()
            .map(|(rule, facts, from)| {
                duty(0, reckon(terms(rule, from), &facts, plus(today), &calendar()), None).duty
            })
            .collect();
        let counts = count(&duties);
        let all: usize = duties.iter().map(|duty| duty.obligations.len()).sum();
        prop_assert_eq!(counts.obligations, all);
        prop_assert_eq!(counts.done() + counts.due + counts.overdue + counts.missed, all);
    }
}

fn published(days: &[&str]) -> Vec<Fact> {
    days.iter().map(|text| Fact { day: day(text), about: None, since: None, stands: true }).collect()
}

fn met_by(rule: DueRule, from: &str, days: &[&str], today: &str) -> Vec<(String, Met)> {
    let terms = Terms { rule: Some(rule), from: Some(day(from)), forgets: false };
    let reckoned = reckon(terms, &published(days), day(today), &calendar());
    reckoned.obligations.iter().map(|one| (one.due.unwrap().to_string(), one.met)).collect()
}

fn expected(pairs: &[(&str, Met)]) -> Vec<(String, Met)> {
    pairs.iter().map(|(due, met)| ((*due).to_owned(), *met)).collect()
}

#[test]
fn a_quarter_is_due_overdue_done_late_and_missed() {
    let rule = DueRule::QuarterDay(20);
    let at = |days: &[&str], today| met_by(rule, "2026-07-01", days, today);
    assert_eq!(at(&[], "2026-07-20"), expected(&[("2026-07-20", Met::Due)]));
    assert_eq!(at(&[], "2026-07-21"), expected(&[("2026-07-20", Met::Overdue)]));
    assert_eq!(at(&["2026-08-01"], "2026-09-30"), expected(&[("2026-07-20", Met::Late)]));
    // A new quarter asks anew, and what is late stays so until something is published.
    assert_eq!(at(&[], "2026-10-01"), expected(&[("2026-07-20", Met::Overdue), ("2026-10-20", Met::Due)]));
    let late_and_done = expected(&[("2026-07-20", Met::Missed), ("2026-10-20", Met::Done)]);
    assert_eq!(at(&["2026-10-20"], "2026-11-22"), late_and_done);
}

#[test]
fn without_a_first_day_an_area_owes_from_what_it_first_published() {
    let terms = Terms { rule: Some(DueRule::MonthDay(10)), from: None, forgets: false };
    let dues = |days: &[&str]| -> Vec<String> {
        let reckoned = reckon(terms, &published(days), day("2026-11-22"), &calendar());
        reckoned.obligations.iter().map(|one| one.due.unwrap().to_string()).collect()
    };
    assert_eq!(dues(&[]), ["2026-11-10"]);
    assert_eq!(dues(&["2026-09-03"]), ["2026-09-10", "2026-10-10", "2026-11-10"]);
}

#[test]
fn a_plan_may_be_published_before_its_year_begins() {
    let plan = Fact { day: day("2025-12-28"), about: Some(day("2026-01-01")), since: None, stands: true };
    let terms = Terms { rule: Some(DueRule::YearDay(1, 15)), from: Some(day("2026-01-01")), forgets: false };
    let reckoned = reckon(terms, &[plan], day("2026-11-22"), &calendar());
    assert_eq!(
        reckoned.obligations,
        [Obligation { due: Some(day("2026-01-15")), met: Met::Done, by: Some(0) }]
    );
    assert_eq!(reckoned.next_due, Some(day("2027-01-15")));
}

#[test]
fn a_deadline_in_a_year_without_a_notice_is_told_by_nobody() {
    let terms = Terms { rule: Some(DueRule::WithinWorkdays(20)), from: None, forgets: false };
    let waiting = Fact { day: NaiveDate::MAX, about: None, since: Some(day("2026-12-28")), stands: true };
    let reckoned = reckon(terms, &[waiting], day("2026-12-30"), &StatutoryCalendar::built_in());
    assert_eq!(reckoned.obligations, [Obligation { due: None, met: Met::Due, by: None }]);
}
