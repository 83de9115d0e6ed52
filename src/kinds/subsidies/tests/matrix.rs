//! Each state and each event: what state comes of it, or which problem says that it cannot be.

use chrono::{Days, NaiveDate};

use super::{Desk, HEAD, OBJECTIONS, day};
use crate::board::Board;
use crate::diagnostics::{Diagnostic, Severity};
use crate::kinds::subsidies::State;

const ROWS: &str = "姓名,金额\n张小明,1.00\n";
const POSTED: &str = "[posting]\non = 2026-11-01\n";
const PENDING: &str = "[[objection]]\nreceived = 2026-11-03\n";
const DECIDED: &str = "[decision]\ndate = 2026-11-10\n";
const REPOSTED: &str =
    "[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-09\nreposted = \"b\"\n";

/// A list posted from 1 to 7 November, with more of a life, on a day well inside a state.
const STATES: [(State, &str, &str); 7] = [
    (State::Upcoming, "", "2026-10-30"),
    (State::Open, "", "2026-11-04"),
    (State::Reviewing, PENDING, "2026-11-10"),
    (State::Closed, "", "2026-11-11"),
    (State::Confirmed, DECIDED, "2026-11-15"),
    (State::Superseded, REPOSTED, "2026-11-15"),
    (State::Withdrawn, "", "2026-12-20"),
];

/// What happens to a list on the day.
#[derive(Clone, Copy, Debug)]
enum Event {
    Nothing,
    /// An objection comes in.
    Objected,
    /// An objection of the day before is rejected.
    Rejected,
    /// An objection of the day before is upheld.
    Upheld,
    /// After an objection of two days before, upheld the day before, the list is posted again.
    Reposted,
    Decided,
    /// A step on the way to the decision is done.
    Stepped,
    HungUp,
    TakenDown,
    /// The same money is paid, in a later list.
    Followed,
    /// The rows are changed, and the period starts again.
    NewEdition,
}

/// What comes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comes {
    /// The state the day before, and on the day and after.
    To(State, State),
    /// It cannot be.
    Refused(&'static str),
}

use Comes::{Refused, To};
use State::{Closed, Confirmed, Open, Reviewing, Superseded, Upcoming, Withdrawn};

/// For each event what comes of it in each of the states, in their order.
const MATRIX: [(Event, [Comes; 7]); 11] = [
    (
        Event::Nothing,
        [
            To(Upcoming, Upcoming),
            To(Open, Open),
            To(Reviewing, Reviewing),
            To(Closed, Closed),
            To(Confirmed, Confirmed),
            To(Superseded, Superseded),
            To(Withdrawn, Withdrawn),
        ],
    ),
    (
        Event::Objected,
        [
            Refused("objection-before-start"),
            To(Open, Reviewing),
            To(Reviewing, Reviewing),
            To(Closed, Reviewing),
            To(Confirmed, Reviewing),
            To(Superseded, Superseded),
            To(Withdrawn, Reviewing),
        ],
    ),
    (
        Event::Rejected,
        [
            Refused("objection-before-start"),
            To(Reviewing, Open),
            To(Reviewing, Reviewing),
            To(Reviewing, Closed),
            To(Reviewing, Confirmed),
            To(Superseded, Superseded),
            To(Reviewing, Withdrawn),
        ],
    ),
    (
        Event::Upheld,
        [
            Refused("objection-before-start"),
            To(Reviewing, Reviewing),
            To(Reviewing, Reviewing),
            To(Reviewing, Reviewing),
            To(Reviewing, Reviewing),
            To(Superseded, Superseded),
            To(Reviewing, Reviewing),
        ],
    ),
    (
        Event::Reposted,
        [
            Refused("objection-before-start"),
            To(Reviewing, Superseded),
            To(Reviewing, Superseded),
            To(Reviewing, Superseded),
            To(Reviewing, Superseded),
            To(Superseded, Superseded),
            To(Reviewing, Withdrawn),
        ],
    ),
    (
        Event::Decided,
        [
            Refused("decision-before-end"),
            Refused("decision-before-end"),
            To(Reviewing, Reviewing),
            To(Closed, Confirmed),
            Refused("duplicate-key"),
            Refused("decided-though-reposted"),
            To(Withdrawn, Confirmed),
        ],
    ),
    (
        Event::Stepped,
        [
            To(Upcoming, Upcoming),
            To(Open, Open),
            To(Reviewing, Reviewing),
            To(Closed, Closed),
            Refused("step-after-decision"),
            To(Superseded, Superseded),
            To(Withdrawn, Withdrawn),
        ],
    ),
    (
        Event::HungUp,
        [
            To(Upcoming, Upcoming),
            To(Open, Open),
            To(Reviewing, Reviewing),
            To(Closed, Closed),
            To(Confirmed, Confirmed),
            To(Superseded, Superseded),
            To(Withdrawn, Withdrawn),
        ],
    ),
    (
        Event::TakenDown,
        [
            Refused("dates-reversed"),
            To(Open, Open),
            To(Reviewing, Reviewing),
            To(Closed, Closed),
            To(Confirmed, Confirmed),
            To(Superseded, Superseded),
            To(Withdrawn, Withdrawn),
        ],
    ),
    (
        Event::Followed,
        [
            Refused("follows-before-end"),
            Refused("follows-before-end"),
            To(Reviewing, Reviewing),
            To(Closed, Closed),
            To(Confirmed, Confirmed),
            Refused("follows-reposted"),
            To(Withdrawn, Withdrawn),
        ],
    ),
    (
        Event::NewEdition,
        [
            To(Upcoming, Open),
            To(Upcoming, Open),
            Refused("objection-before-start"),
            To(Upcoming, Open),
            Refused("decision-before-end"),
            Refused("objection-before-start"),
            To(Upcoming, Open),
        ],
    ),
];

fn written(head: &str, start: NaiveDate, rest: &str) -> String {
    format!("{HEAD}{head}[notice_period]\nstart = {start}\n{OBJECTIONS}{rest}")
}

/// The board on which `event` happens on `today` to a list that has the life `base`.
fn desk(base: &str, today: NaiveDate, event: Event) -> Desk {
    let ago = |days: u64| today - Days::new(days);
    let objection = |received: NaiveDate, outcome: &str, decided: NaiveDate| {
        format!("[[objection]]\nreceived = {received}\noutcome = \"{outcome}\"\ndecided = {decided}\n")
    };
    let (mut head, mut start, mut posting) = ("", day("2026-11-01"), POSTED.to_owned());
    let more = match event {
        Event::Nothing | Event::Followed => String::new(),
        Event::Objected => format!("[[objection]]\nreceived = {today}\n"),
        Event::Rejected => objection(ago(1), "rejected", today),
        Event::Upheld => objection(ago(1), "upheld", today),
        Event::Reposted => objection(ago(2), "upheld", ago(1)) + "reposted = \"again\"\n",
        Event::Decided => format!("[decision]\ndate = {today}\n"),
        Event::Stepped => format!("[[step]]\ntitle = \"抽查\"\non = {today}\n"),
        Event::HungUp => {
            posting = format!("[posting]\non = {today}\n");
            String::new()
        }
        Event::TakenDown => {
            posting = format!("{POSTED}off = {today}\n");
            String::new()
        }
        Event::NewEdition => {
            (head, start) = ("edition = 2\n", today);
            String::new()
        }
    };
    let desk = Desk::of(&written(head, start, &format!("{posting}{more}{base}")), ROWS);
    if base.contains("reposted") {
        desk.put("subsidies/b.toml", &written("", day("2026-11-12"), POSTED));
    }
    if matches!(event, Event::Reposted) {
        desk.put("subsidies/again.toml", &written("", today, POSTED));
    }
    if matches!(event, Event::Followed) {
        let paid = HEAD.replace("proposed", "paid");
        desk.put("subsidies/paid.toml", &format!("{paid}follows = \"a\"\n[decision]\ndate = {today}\n"));
    }
    desk
}

fn errors(problems: &[Diagnostic]) -> Vec<&'static str> {
    let errors = problems.iter().filter(|one| one.code().severity() == Severity::Error);
    errors.map(|one| one.code().name()).collect()
}

fn state_of(board: &Board) -> State {
    board.areas[0].disclosure("a").unwrap().state
}

#[test]
fn each_event_in_each_state_leads_where_it_should_or_is_refused() {
    for (event, row) in MATRIX {
        for ((state, base, today), expected) in STATES.into_iter().zip(row) {
            let today = day(today);
            let desk = desk(base, today, event);
            let open = |day: NaiveDate| {
                let (_, board, problems) = desk.open(&day.to_string());
                (board, errors(&problems))
            };
            let (board, found) = open(today);
            let (before, on, after) = match expected {
                Refused(code) => {
                    assert!(found.contains(&code), "{event:?} while {state:?}: {found:?}");
                    continue;
                }
                To(before, then) => (before, then, then),
            };
            assert!(found.is_empty(), "{event:?} while {state:?}: {found:?}");
            let states = [
                state_of(&open(today - Days::new(1)).0.unwrap()),
                state_of(&board.unwrap()),
                state_of(&open(today + Days::new(1)).0.unwrap()),
            ];
            assert_eq!(states, [before, on, after], "{event:?} while {state:?}, the days around {today}");
        }
    }
}
