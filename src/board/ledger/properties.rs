//! Laws of the ledger, over random calendars.

use chrono::{Datelike, Days, NaiveDate, Weekday};
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
    let about = prop::option::of((0u64..60, 0u64..400));
    let one = (0u64..1100, about, any::<bool>()).prop_map(|(published, about, stands)| Fact {
        day: plus(published),
        about: about.map(|(after, length)| (plus(published + after), plus(published + after + length))),
        stands,
    });
    prop::collection::vec(one, 0..12).prop_map(|mut facts| {
        facts.sort_by_key(|fact| fact.day);
        facts
    })
}

/// Facts, and what came about: each told of by one of them, not before it, or by none yet.
fn any_evidence() -> impl Strategy<Value = (Vec<Fact>, Vec<Event>)> {
    let events = prop::collection::vec((0u64..1100, any::<prop::sample::Index>(), any::<bool>()), 0..8);
    (any_facts(), events).prop_map(|(facts, events)| {
        let told = |since: NaiveDate, index: &prop::sample::Index| {
            let later: Vec<usize> = (0..facts.len()).filter(|fact| since <= facts[*fact].day).collect();
            (!later.is_empty()).then(|| later[index.index(later.len())])
        };
        let event = |(since, index, told_of): &(u64, prop::sample::Index, bool)| {
            let since = plus(*since);
            Event { since, by: told(since, index).filter(|_| *told_of) }
        };
        let events = events.iter().map(event).collect();
        (facts, events)
    })
}

fn any_terms() -> impl Strategy<Value = Terms> {
    (any_rule(), prop::option::of(0u64..1000), prop::option::of(0u64..1000), any::<bool>()).prop_map(
        |(rule, from, first, forgets)| Terms { rule, from: from.map(plus), first: first.map(plus), forgets },
    )
}

fn calendar() -> StatutoryCalendar {
    StatutoryCalendar::built_in().provisionally()
}

proptest! {
    #[test]
    fn nothing_is_both_due_and_overdue(terms in any_terms(), (facts, events) in any_evidence(), today in 0u64..1100) {
        let today = plus(today);
        let reckoned = reckon(terms, &facts, &events, today, &calendar());
        for one in &reckoned.obligations {
            let due = one.due_day();
            match one.met {
                Met::Due => prop_assert!(one.by.is_none() && due.is_none_or(|due| today <= due)),
                Met::Overdue | Met::Missed => prop_assert!(one.by.is_none() && due.unwrap() < today),
                Met::Done | Met::Late => {
                    let fact = facts[one.by.unwrap()];
                    prop_assert!(fact.day <= today);
                    let late = due.is_some_and(|due| due < fact.day);
                    // Of the first fact that is kept nobody knows whether it was the first.
                    prop_assert_eq!(one.met == Met::Late, late && !(terms.forgets && one.by == Some(0)));
                }
            }
        }
        // Of one area and one item there is one state, and it is not late where something later was published.
        let (made, _) = duty(0, reckoned.clone());
        let overdue = reckoned.obligations.iter().any(|one| one.met == Met::Overdue);
        prop_assert_eq!(made.state == DutyState::Overdue, overdue);
        prop_assert_eq!(made.overdue_since.is_some(), overdue);
        prop_assert!(reckoned.turns.is_none_or(|turns| today < turns));
    }

    #[test]
    fn another_day_never_undoes_what_is_fulfilled(
        terms in any_terms(), (facts, events) in any_evidence(), today in 0u64..1100, later in 1u64..200,
    ) {
        let before = reckon(terms, &facts, &events, plus(today), &calendar());
        let after = reckon(terms, &facts, &events, plus(today + later), &calendar());
        // Of what must stand at any time the latest counts; of the others each period keeps what fulfils it.
        for one in before.obligations.iter().filter(|one| one.by.is_some() && one.due.is_some()) {
            if let Some(same) = after.obligations.iter().find(|same| same.due == one.due && same.by == one.by) {
                prop_assert_eq!(same.met, one.met);
            } else if let Some(DueRule::WithinWorkdays(_)) = terms.rule {
                // Only by age does one leave the ledger: it came about before the year before.
                prop_assert!(one.due_day().unwrap().year() < plus(today + later).year());
            } else {
                let oldest = after.obligations.iter().filter_map(Obligation::due_day).min();
                prop_assert!(oldest.is_none_or(|oldest| one.due_day().unwrap() < oldest), "{:?} {:?}", before, after);
            }
        }
        let was_done = before.obligations.first().is_some_and(|one| one.met == Met::Done);
        if terms.rule.is_none() && was_done {
            prop_assert_eq!(after.obligations[0].met, Met::Done);
        }
    }

    #[test]
    fn until_the_day_it_turns_nothing_changes_but_by_facts(
        terms in any_terms(), (facts, events) in any_evidence(), today in 0u64..1100,
    ) {
        let known: Vec<Fact> = facts.into_iter().filter(|fact| fact.day <= plus(today)).collect();
        let now = reckon(terms, &known, &events, plus(today), &calendar());
        for next in 1..10 {
            let day = plus(today + next);
            let then = reckon(terms, &known, &events, day, &calendar());
            let same = then.obligations == now.obligations && then.next_due == now.next_due;
            if now.turns.is_some_and(|turns| turns <= day) {
                // And on that day it does change.
                prop_assert!(now.turns != Some(day) || !same, "{:?} {:?}", now, then);
                break;
            }
            prop_assert!(same, "{:?} {:?}", now, then);
        }
    }

    #[test]
    fn there_are_as_many_obligations_as_periods(from in 0u64..700, length in 0u64..360, month_day in 1i32..=28) {
        // A rule for each month, looked at over less than a year: the months whose day is not before the first one.
        let (first, today) = (plus(from), plus(from + length));
        let rule = DueRule::MonthDay(month_day);
        let terms = Terms { rule: Some(rule), from: Some(first), ..Terms::default() };
        let reckoned = reckon(terms, &[], &[], today, &calendar());
        let mut expected = Vec::new();
        let mut period = rule.period_around(first).unwrap();
        while period.first <= today {
            if first <= period.due {
                expected.push(period.due);
            }
            period = rule.period_around(period.last.succ_opt().unwrap()).unwrap();
        }
        let found: Vec<NaiveDate> = reckoned.obligations.iter().filter_map(Obligation::due_day).collect();
        prop_assert_eq!(found, expected);
    }
}

fn published(days: &[&str]) -> Vec<Fact> {
    days.iter().map(|text| Fact { day: day(text), about: None, stands: true }).collect()
}

fn met_by(rule: DueRule, from: &str, days: &[&str], today: &str) -> Vec<(String, Met)> {
    let terms = Terms { rule: Some(rule), from: Some(day(from)), ..Terms::default() };
    let reckoned = reckon(terms, &published(days), &[], day(today), &calendar());
    reckoned.obligations.iter().map(|one| (one.due_day().unwrap().to_string(), one.met)).collect()
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
fn without_a_day_in_the_catalogue_it_is_owed_from_the_first_publication_of_any_area() {
    let dues = |first: Option<&str>, days: &[&str], today: &str| -> Vec<String> {
        let terms = Terms { rule: Some(DueRule::MonthDay(10)), first: first.map(day), ..Terms::default() };
        let reckoned = reckon(terms, &published(days), &[], day(today), &calendar());
        reckoned.obligations.iter().map(|one| one.due_day().unwrap().to_string()).collect()
    };
    assert_eq!(dues(None, &[], "2026-11-22"), ["2026-11-10"]);
    let three = ["2026-09-10", "2026-10-10", "2026-11-10"];
    assert_eq!(dues(Some("2026-09-03"), &["2026-09-03"], "2026-11-22"), three);
    // Whoever never published owes as much as whoever did.
    assert_eq!(dues(Some("2026-09-03"), &[], "2026-11-22"), three);
}

#[test]
fn a_plan_counts_for_the_days_that_it_is_about() {
    let plan = |published: &str, from: &str, to: &str| Fact {
        day: day(published),
        about: Some((day(from), day(to))),
        stands: true,
    };
    let met = |rule, facts: &[Fact], today: &str| -> Vec<(String, Met)> {
        let terms = Terms { rule: Some(rule), from: Some(day("2026-01-01")), ..Terms::default() };
        let reckoned = reckon(terms, facts, &[], day(today), &calendar());
        reckoned.obligations.iter().map(|one| (one.due_day().unwrap().to_string(), one.met)).collect()
    };
    let year = DueRule::YearDay(1, 15);
    let early = plan("2025-12-28", "2026-01-01", "2026-12-31");
    assert_eq!(met(year, &[early], "2026-11-22"), expected(&[("2026-01-15", Met::Done)]));
    // The plan of the next year does nothing for this one.
    let next = plan("2026-12-20", "2027-01-01", "2027-12-31");
    assert_eq!(met(year, &[next], "2026-12-31"), expected(&[("2026-01-15", Met::Overdue)]));
    assert_eq!(met(year, &[next], "2027-01-01")[1], ("2027-01-15".to_owned(), Met::Done));
    // One that began in the year before holds still.
    let long = plan("2025-11-20", "2025-12-01", "2026-12-31");
    assert_eq!(met(year, &[long], "2026-11-22"), expected(&[("2026-01-15", Met::Done)]));
    let quarters =
        met(DueRule::QuarterDay(20), &[plan("2026-01-05", "2026-02-01", "2026-06-30")], "2026-07-21");
    let states: Vec<Met> = quarters.iter().map(|(_, met)| *met).collect();
    assert_eq!(states, [Met::Done, Met::Done, Met::Overdue]);
}

#[test]
fn what_came_about_is_owed_until_it_is_told() {
    let terms = Terms { rule: Some(DueRule::WithinWorkdays(20)), ..Terms::default() };
    let facts = published(&["2026-03-02"]);
    let waiting = [Event { since: day("2026-02-12"), by: None }];
    let told = [Event { since: day("2026-02-12"), by: Some(0) }];
    let met = |events: &[Event], today: &str| {
        let reckoned = reckon(terms, &facts, events, day(today), &StatutoryCalendar::built_in());
        reckoned.obligations.iter().map(|one| one.met).collect::<Vec<_>>()
    };
    // 20 working days after 12 February 2026, over the Spring Festival and its shifted Saturdays.
    assert_eq!(met(&waiting, "2026-02-11"), []);
    assert_eq!(met(&waiting, "2026-03-18"), [Met::Due]);
    assert_eq!(met(&waiting, "2026-03-19"), [Met::Overdue]);
    assert_eq!(met(&told, "2026-03-01"), [Met::Due]);
    assert_eq!(met(&told, "2026-03-02"), [Met::Done]);
    // What nobody has told of does not leave the ledger by age.
    assert_eq!(met(&waiting, "2029-01-01"), [Met::Overdue]);
    assert_eq!(met(&told, "2028-01-01"), []);
}

#[test]
fn a_deadline_in_a_year_without_a_notice_is_told_by_nobody() {
    let terms = Terms { rule: Some(DueRule::WithinWorkdays(20)), ..Terms::default() };
    let waiting = Event { since: day("2026-12-28"), by: None };
    let reckoned = reckon(terms, &[], &[waiting], day("2027-06-30"), &StatutoryCalendar::built_in());
    let expected = Obligation { due: Some(Due::Unannounced), met: Met::Due, by: None };
    assert_eq!((reckoned.obligations, reckoned.unannounced), (vec![expected], Some(2027)));
}

#[test]
fn what_must_stand_is_owed_from_its_first_day_and_never_late() {
    let terms = Terms { from: Some(day("2026-03-01")), ..Terms::default() };
    let at = |facts: &[Fact], today: &str| reckon(terms, facts, &[], day(today), &calendar());
    assert_eq!(at(&[], "2026-02-28").obligations, []);
    assert_eq!(at(&[], "2026-02-28").turns, Some(day("2026-03-01")));
    assert_eq!(at(&[], "2028-01-01").obligations[0].met, Met::Due);
    assert_eq!(at(&published(&["2026-01-05"]), "2028-01-01").obligations[0].met, Met::Done);
    let over = Fact { stands: false, ..published(&["2026-01-05"])[0] };
    assert_eq!(at(&[over], "2028-01-01").obligations[0].met, Met::Due);
}

#[test]
fn of_a_day_that_may_not_have_been_the_first_nobody_says_late() {
    let terms = Terms {
        rule: Some(DueRule::MonthDay(10)),
        from: Some(day("2026-01-01")),
        first: None,
        forgets: true,
    };
    let facts = published(&["2026-10-12", "2026-11-12"]);
    let reckoned = reckon(terms, &facts, &[], day("2026-11-22"), &calendar());
    let states: Vec<Met> = reckoned.obligations.iter().map(|one| one.met).collect();
    assert_eq!(states, [Met::Done, Met::Late]);
}
