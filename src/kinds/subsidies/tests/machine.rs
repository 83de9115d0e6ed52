//! The states of a list, as a table: each state, each event, the days around each boundary.

use proptest::prelude::*;

use super::{Desk, HEAD, OBJECTIONS, POSTING, day};
use crate::kinds::subsidies::State;

const ROWS: &str = "姓名,金额\n张小明,1.00\n";

/// A list posted on 1 November for seven days, with more of a life; a second one beside it where it is posted again.
fn list(life: &str) -> Desk {
    let toml = format!("{HEAD}[notice_period]\nstart = 2026-11-01\n{OBJECTIONS}{POSTING}{life}");
    let desk = Desk::of(&toml, ROWS);
    if life.contains("reposted") {
        let again = toml.replace(life, "").replace("2026-11-01", "2026-11-12");
        desk.put("subsidies/b.toml", &again);
    }
    desk
}

/// The state of the list called `a` on a day.
fn state(desk: &Desk, today: &str) -> State {
    let board = desk.open(today).1.unwrap();
    board.areas[0].disclosure("a").unwrap().state
}

/// A state from a day on, until the next one.
type Turns = &'static [(&'static str, State)];

const OBJECTED: &str = "[[objection]]\nreceived = 2026-11-05\n";

/// Every life of a list that can be, and the day of each turn of it; before the first it is upcoming.
const LIVES: [(&str, &str, Turns); 10] = [
    (
        "nothing happens",
        "",
        &[("2026-11-01", State::Open), ("2026-11-08", State::Closed), ("2026-12-08", State::Withdrawn)],
    ),
    (
        "decided on the last day",
        "[decision]\ndate = 2026-11-07\n",
        &[("2026-11-01", State::Open), ("2026-11-08", State::Confirmed), ("2026-12-08", State::Withdrawn)],
    ),
    (
        "decided later",
        "[decision]\ndate = 2026-11-20\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-08", State::Closed),
            ("2026-11-20", State::Confirmed),
            ("2026-12-21", State::Withdrawn),
        ],
    ),
    (
        "decided after the withdrawal",
        "[decision]\ndate = 2026-12-20\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-08", State::Closed),
            ("2026-12-08", State::Withdrawn),
            ("2026-12-20", State::Confirmed),
            ("2027-01-20", State::Withdrawn),
        ],
    ),
    (
        "objected to, and never answered",
        OBJECTED,
        &[("2026-11-01", State::Open), ("2026-11-05", State::Reviewing)],
    ),
    (
        "an objection rejected within the period",
        "[[objection]]\nreceived = 2026-11-05\noutcome = \"rejected\"\ndecided = 2026-11-06\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-05", State::Reviewing),
            ("2026-11-06", State::Open),
            ("2026-11-08", State::Closed),
            ("2026-12-08", State::Withdrawn),
        ],
    ),
    (
        "an objection rejected after the withdrawal would have been due",
        "[[objection]]\nreceived = 2026-11-07\noutcome = \"rejected\"\ndecided = 2026-12-10\n",
        &[("2026-11-01", State::Open), ("2026-11-07", State::Reviewing), ("2026-12-10", State::Withdrawn)],
    ),
    (
        "an objection on the last day, rejected after it",
        "[[objection]]\nreceived = 2026-11-07\noutcome = \"rejected\"\ndecided = 2026-11-10\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-07", State::Reviewing),
            ("2026-11-10", State::Closed),
            ("2026-12-08", State::Withdrawn),
        ],
    ),
    (
        "objected to, rejected, decided",
        "[[objection]]\nreceived = 2026-11-03\noutcome = \"rejected\"\ndecided = 2026-11-10\n\
         [decision]\ndate = 2026-11-12\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-03", State::Reviewing),
            ("2026-11-10", State::Closed),
            ("2026-11-12", State::Confirmed),
            ("2026-12-13", State::Withdrawn),
        ],
    ),
    (
        "an objection upheld, and the list posted again",
        "[[objection]]\nreceived = 2026-11-05\noutcome = \"upheld\"\ndecided = 2026-11-09\nreposted = \"b\"\n",
        &[
            ("2026-11-01", State::Open),
            ("2026-11-05", State::Reviewing),
            ("2026-11-12", State::Superseded),
            ("2026-12-08", State::Withdrawn),
        ],
    ),
];

#[test]
fn every_life_turns_on_its_days_and_on_no_other() {
    for (life, toml, turns) in LIVES {
        let desk = list(toml);
        let mut before = State::Upcoming;
        for (turn, after) in turns {
            let eve = day(turn).pred_opt().unwrap().to_string();
            assert_eq!(state(&desk, &eve), before, "{life}: the day before {turn}");
            assert_eq!(state(&desk, turn), *after, "{life}: {turn}");
            before = *after;
        }
        assert_eq!(state(&desk, "2030-01-01"), before, "{life}: at last");
    }
}

#[test]
fn a_result_without_a_period_stands_from_its_decision_on() {
    for (stage, days) in [("paid", 30), ("confirmed", 30), ("paid", 1), ("paid", 0)] {
        let toml = format!(
            "title = \"发放\"\nstage = \"{stage}\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n[decision]\ndate = 2026-11-10\n"
        );
        let desk = Desk::of(&toml, ROWS);
        desk.add_to("board.toml", &format!("[privacy]\nwithdraw_after = {days}\n"));
        assert_eq!(state(&desk, "2026-11-09"), State::Upcoming);
        assert_eq!(state(&desk, "2026-11-10"), State::Confirmed);
        let last = day("2026-11-10") + chrono::Duration::days(days);
        assert_eq!(state(&desk, &last.to_string()), State::Confirmed, "{days} days");
        let after = if days == 0 { State::Confirmed } else { State::Withdrawn };
        assert_eq!(state(&desk, &last.succ_opt().unwrap().to_string()), after, "{days} days");
    }
}

/// How a period is counted, and its last day: the golden facts of the Civil Code, and of the board's own terms.
const PERIODS: [(&str, &str, &str); 12] = [
    ("2026-02-09", "first_day = \"next\"", "2026-02-16"),
    ("2026-02-09", "first_day = \"next\"\nroll = true", "2026-02-24"),
    ("2026-02-09", "first_day = \"next\"\nunit = \"working\"", "2026-02-25"),
    ("2026-09-24", "first_day = \"next\"", "2026-10-01"),
    ("2026-09-24", "first_day = \"next\"\nroll = true", "2026-10-08"),
    ("2026-09-24", "first_day = \"next\"\nunit = \"working\"", "2026-10-12"),
    ("2026-09-24", "first_day = \"next\"\nunit = \"working\"\ndays = 10", "2026-10-15"),
    ("2026-09-24", "first_day = \"next\"\nunit = \"working\"\ndays = 15", "2026-10-22"),
    ("2026-04-27", "first_day = \"next\"", "2026-05-04"),
    ("2026-04-27", "first_day = \"next\"\nroll = true", "2026-05-06"),
    ("2026-04-27", "first_day = \"next\"\nunit = \"working\"", "2026-05-09"),
    ("2026-11-01", "first_day = \"counts\"", "2026-11-07"),
];

#[test]
fn a_list_is_open_through_its_last_day_however_it_is_counted() {
    for (start, terms, end) in PERIODS {
        let toml = format!("{HEAD}[notice_period]\nstart = {start}\n{terms}\n{OBJECTIONS}");
        let desk = Desk::of(&toml, ROWS);
        let around = |day: chrono::NaiveDate| [day.pred_opt().unwrap(), day, day.succ_opt().unwrap()];
        let states = |days: [chrono::NaiveDate; 3]| days.map(|day| state(&desk, &day.to_string()));
        let started = states(around(day(start)));
        assert_eq!(started, [State::Upcoming, State::Open, State::Open], "{start} {terms}");
        let ended = states(around(day(end)));
        assert_eq!(ended, [State::Open, State::Open, State::Closed], "{start} {terms}");
    }
}

/// How far a state is on the way.
fn rank(state: State) -> u8 {
    match state {
        State::Upcoming => 0,
        State::Open => 1,
        State::Closed => 2,
        State::Confirmed | State::Superseded => 3,
        State::Withdrawn => 4,
        State::Reviewing => u8::MAX,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    // A decision so late that the rows were gone shows them once more, by the rule of the withdrawal itself.
    fn without_an_objection_no_state_goes_back(decided in proptest::option::of(6i64..36), days in 1u32..20) {
        let start = day("2026-11-01");
        let decision = decided.map(|after| start + chrono::Duration::days(after.clamp(i64::from(days) - 1, i64::from(days) + 29)));
        let decision = decision.map(|date| format!("[decision]\ndate = {date}\n")).unwrap_or_default();
        let toml = format!("{HEAD}[notice_period]\nstart = {start}\ndays = {days}\n{OBJECTIONS}{POSTING}{decision}");
        let desk = Desk::of(&toml, ROWS);
        let mut before = 0;
        for after in -1..90 {
            let today = start + chrono::Duration::days(after);
            let now = rank(state(&desk, &today.to_string()));
            prop_assert!(before <= now, "on {}", today);
            before = now;
        }
    }

    #[test]
    fn the_parts_are_the_total_whatever_the_order_of_the_rows(
        rows in proptest::collection::vec((0u32..1_000_000, 0u8..3), 1..12),
        seed in 0usize..1000,
    ) {
        let change = |which: u8| ["保留", "新增", "取消"][usize::from(which)];
        let written = |(fen, which): &(u32, u8)| {
            let amount = if *which == 2 { String::new() } else { format!("{}.{:02}", fen / 100, fen % 100) };
            format!("张小明,{amount},{}\n", change(*which))
        };
        let total: u64 = rows.iter().filter(|(_, which)| *which != 2).map(|(fen, _)| u64::from(*fen)).sum();
        let count = rows.iter().filter(|(_, which)| *which != 2).count();
        let mut turned = rows.clone();
        turned.rotate_left(seed % rows.len());
        turned.swap(0, seed % rows.len());
        for rows in [rows, turned] {
            let table: String = rows.iter().map(written).collect();
            let head = format!("total = \"{}.{:02}\"\ncount = {count}\n", total / 100, total % 100);
            let desk = Desk::with(&head, &format!("姓名,金额,变化\n{table}"));
            let problems = desk.problems_on("2026-11-03");
            prop_assert!(problems.iter().all(|(code, _)| *code == "rows-look-alike"), "{:?}", problems);
        }
    }
}
