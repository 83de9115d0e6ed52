use proptest::prelude::*;

use super::*;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day").checked_add_days(Days::new(number)).expect("a day")
}

/// 1 to 7 November in the numbers of these tests: start 10, end 16.
fn seven_days() -> Timeline {
    Timeline {
        period: Some(Period { start: day(10), end: day(16) }),
        withdraw_after: 30,
        ..Timeline::default()
    }
}

fn state(timeline: &Timeline, number: u64) -> State {
    timeline.on(day(number)).state
}

#[test]
fn a_period_opens_on_its_first_day_and_closes_after_its_last() {
    let timeline = seven_days();
    let states = [(9, State::Upcoming), (10, State::Open), (16, State::Open), (17, State::Closed)];
    for (number, expected) in states {
        assert_eq!(state(&timeline, number), expected, "day {number}");
    }
    assert_eq!(state(&timeline, 46), State::Closed);
    assert_eq!(state(&timeline, 47), State::Withdrawn);
}

#[test]
fn rows_stay_for_thirty_days_after_the_decision_if_it_is_later() {
    let timeline = Timeline { decision: Some(day(20)), ..seven_days() };
    assert_eq!(state(&timeline, 19), State::Closed);
    assert_eq!(state(&timeline, 20), State::Confirmed);
    assert_eq!(state(&timeline, 50), State::Confirmed);
    assert_eq!(state(&timeline, 51), State::Withdrawn);
}

#[test]
fn zero_days_is_never_withdrawn() {
    let timeline = Timeline { withdraw_after: 0, ..seven_days() };
    assert_eq!(state(&timeline, 20_000), State::Closed);
}

#[test]
fn a_list_without_a_period_is_confirmed_from_its_decision_on() {
    let timeline = Timeline { decision: Some(day(20)), withdraw_after: 30, ..Timeline::default() };
    assert_eq!(state(&timeline, 19), State::Upcoming);
    assert_eq!(state(&timeline, 20), State::Confirmed);
    assert_eq!(state(&timeline, 51), State::Withdrawn);
}

#[test]
fn what_is_under_review_is_neither_open_nor_withdrawn() {
    let pending = Objection { received: day(12), outcome: Outcome::Pending, decided: None, reposted: None };
    let timeline = Timeline { objections: vec![pending], ..seven_days() };
    assert_eq!(state(&timeline, 11), State::Open);
    assert_eq!(state(&timeline, 12), State::Reviewing);
    assert!(timeline.on(day(12)).accepting);
    assert_eq!(state(&timeline, 500), State::Reviewing);

    let rejected = Objection { outcome: Outcome::Rejected, decided: Some(day(14)), ..pending };
    let timeline = Timeline { objections: vec![rejected], ..seven_days() };
    assert_eq!(state(&timeline, 13), State::Reviewing);
    assert_eq!(state(&timeline, 14), State::Open);
    assert_eq!(state(&timeline, 47), State::Withdrawn);

    let upheld = Objection { outcome: Outcome::Upheld, ..rejected };
    let timeline = Timeline { objections: vec![upheld], ..seven_days() };
    assert_eq!(state(&timeline, 14), State::Reviewing);
    assert_eq!(state(&timeline, 500), State::Reviewing);

    let reposted = Objection { reposted: Some(day(20)), ..upheld };
    let timeline = Timeline { objections: vec![reposted], ..seven_days() };
    let states =
        [(19, State::Reviewing), (20, State::Superseded), (46, State::Superseded), (47, State::Withdrawn)];
    for (number, expected) in states {
        assert_eq!(state(&timeline, number), expected, "day {number}");
    }
}

#[test]
fn an_outcome_is_not_known_before_its_day() {
    let upheld =
        Objection { received: day(12), outcome: Outcome::Upheld, decided: Some(day(20)), reposted: None };
    let timeline = Timeline { objections: vec![upheld], ..seven_days() };
    assert_eq!(timeline.on(day(11)).objections, []);
    let before = Objection { outcome: Outcome::Pending, decided: None, ..upheld };
    assert_eq!(timeline.on(day(19)).objections, [before]);
    assert_eq!(timeline.on(day(20)).objections, [upheld]);
}

prop_compose! {
    fn objection()(
        received in 0u64..60,
        decided in proptest::option::of(0u64..40),
        upheld: bool,
        reposted in proptest::option::of(0u64..20),
    ) -> Objection {
        let outcome = match decided {
            None => Outcome::Pending,
            Some(_) if upheld => Outcome::Upheld,
            Some(_) => Outcome::Rejected,
        };
        let again = decided.zip(reposted).filter(|_| outcome == Outcome::Upheld);
        Objection {
            received: day(received),
            outcome,
            decided: decided.map(|after| day(received + after)),
            reposted: again.map(|(after, more)| day(received + after + more)),
        }
    }
}

prop_compose! {
    fn timeline()(
        period in proptest::option::of((0u64..40, 0u64..20)),
        decision in 0u64..80,
        has_decision: bool,
        objections in proptest::collection::vec(objection(), 0..3),
        steps in proptest::collection::vec((0u64..80, 0u64..20), 0..3),
        posted in proptest::option::of((0u64..60, 0u64..20)),
        withdraw_after in prop_oneof![Just(0u32), 1u32..40],
    ) -> Timeline {
        let has_decision = has_decision || period.is_none();
        Timeline {
            period: period.map(|(start, more)| Period { start: day(start), end: day(start + more) }),
            decision: has_decision.then(|| day(decision)),
            objections,
            steps: steps
                .into_iter()
                .map(|(received, more)| StepDays { received: Some(day(received)), done: Some(day(received + more)) })
                .collect(),
            posted: posted.map(|(on, _)| day(on)),
            taken_down: posted.map(|(on, more)| day(on + more)),
            withdraw_after,
        }
    }
}

/// How far a state is on the way, apart from reviews.
fn on_the_way(state: State) -> u8 {
    match state {
        State::Upcoming => 0,
        State::Open => 1,
        State::Closed | State::Reviewing => 2,
        State::Confirmed => 3,
        State::Superseded => 4,
        State::Withdrawn => 5,
    }
}

/// The contract's list, written down once more: each condition for itself, the first that holds.
fn by_the_contract(timeline: &Timeline, today: NaiveDate) -> State {
    let decision = timeline.decision.filter(|day| *day <= today);
    let under_review = timeline.objections.iter().any(|one| {
        let known = one.decided.is_some_and(|day| day <= today);
        let again = known && one.reposted.is_some_and(|day| day <= today);
        one.received <= today && !(known && one.outcome == Outcome::Rejected) && !again
    });
    let superseded = timeline.objections.iter().any(|one| one.reposted.is_some_and(|day| day <= today));
    let later = timeline.period.map(|period| period.end).max(decision);
    let days_over = later.map(|later| (today - later).num_days());
    let first = timeline.period.map_or(timeline.decision, |period| Some(period.start));
    let holds = [
        (
            State::Withdrawn,
            timeline.withdraw_after > 0
                && !under_review
                && days_over.is_some_and(|days| days > i64::from(timeline.withdraw_after)),
        ),
        (State::Superseded, superseded),
        (State::Reviewing, under_review),
        (State::Upcoming, first.is_none_or(|first| today < first)),
        (State::Open, timeline.period.is_some_and(|period| (period.start..=period.end).contains(&today))),
        (State::Confirmed, decision.is_some()),
        (State::Closed, true),
    ];
    holds.into_iter().find(|(_, holds)| *holds).map(|(state, _)| state).expect("one holds")
}

proptest! {
    #[test]
    fn each_day_has_the_first_state_that_holds(timeline in timeline(), number in 0u64..200) {
        prop_assert_eq!(state(&timeline, number), by_the_contract(&timeline, day(number)));
    }

    #[test]
    // A decision so late that the rows were gone shows them once more, by the rule of the withdrawal itself.
    fn only_an_objection_turns_a_state_back(timeline in timeline(), number in 0u64..200) {
        let (before, after, today) = (state(&timeline, number), state(&timeline, number + 1), day(number + 1));
        let objections = &timeline.objections;
        match (before, after) {
            (State::Reviewing, State::Reviewing) => {}
            (_, State::Reviewing) => prop_assert!(objections.iter().any(|one| one.received == today)),
            (State::Reviewing, _) => prop_assert!(
                objections.iter().any(|one| one.decided == Some(today) || one.reposted == Some(today))
            ),
            (State::Withdrawn, _) if timeline.decision == Some(today) => {}
            _ => prop_assert!(on_the_way(before) <= on_the_way(after), "{:?} to {:?}", before, after),
        }
    }

    #[test]
    fn rows_are_shown_in_neither_the_first_nor_the_last_state(timeline in timeline(), number in 0u64..200) {
        let status = timeline.on(day(number));
        let hidden = matches!(status.state, State::Upcoming | State::Withdrawn);
        prop_assert_eq!(status.shows_rows(), !hidden);
        prop_assert!(timeline.withdraw_after > 0 || status.state != State::Withdrawn);
    }

    #[test]
    fn the_next_change_is_the_first_day_that_differs(timeline in timeline(), number in 0u64..150) {
        let before = timeline.on(day(number));
        let first = (number + 1..400).map(day).find(|day| timeline.on(*day) != before);
        prop_assert_eq!(timeline.next_change(day(number)), first);
    }

    #[test]
    fn nothing_is_known_before_its_day(timeline in timeline(), number in 0u64..150) {
        let today = day(number);
        let mut forgetful = timeline.clone();
        forgetful.objections.retain(|one| one.received <= today);
        for one in &mut forgetful.objections {
            if one.decided.is_some_and(|day| day > today) {
                *one = Objection { outcome: Outcome::Pending, decided: None, ..*one };
            }
            one.reposted = one.reposted.filter(|day| *day <= today);
        }
        if forgetful.period.is_some() {
            forgetful.decision = forgetful.decision.filter(|day| *day <= today);
        }
        for step in &mut forgetful.steps {
            *step = step.known_on(today);
        }
        forgetful.posted = forgetful.posted.filter(|day| *day <= today);
        forgetful.taken_down = forgetful.taken_down.filter(|day| *day <= today);
        prop_assert_eq!(forgetful.on(today), timeline.on(today));
    }
}
