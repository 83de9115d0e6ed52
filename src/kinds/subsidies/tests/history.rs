//! What happens to a disclosure, day by day.

use super::{Desk, HEAD, OBJECTIONS, PERIOD, POSTING, ROWS, day, expect};
use crate::board::Due;
use crate::kinds::subsidies::{Outcome, State};

#[test]
fn the_end_of_the_period_is_computed() {
    let toml = |period: &str| format!("{HEAD}[notice_period]\n{period}{OBJECTIONS}{POSTING}");
    let disclosure = Desk::of(&toml("start = 2026-11-01\nend = 2026-11-07\n"), ROWS).on("2026-11-03");
    assert_eq!(disclosure.period.unwrap().end, day("2026-11-07"));
    let terms = "start = 2026-09-24\nfirst_day = \"next\"\nroll = true\n";
    let late = Desk::of(&toml(terms).replace("on = 2026-11-01", "on = 2026-09-24"), ROWS).on("2026-09-25");
    assert_eq!(late.period.unwrap().end, day("2026-10-08"));
    let wrong = Desk::of(&toml("start = 2026-11-01\nend = 2026-11-08\n"), ROWS);
    expect(&wrong, &[("period-end-differs", "2026-11-08")]);
    let unknown = Desk::of(&toml("start = 2999-12-28\nunit = \"working\"\n"), ROWS);
    expect(&unknown, &[("period-needs-year", "2999-12-28")]);
    let rolled = Desk::of(&toml("start = 2999-12-28\nroll = true\n"), ROWS);
    expect(&rolled, &[("period-needs-year", "2999-12-28")]);
    expect(&Desk::of(&toml("start = 2999-12-28\n"), ROWS), &[]);
}

#[test]
fn a_history_that_cannot_have_been_is_an_error() {
    let sound = format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}");
    let desk = |more: &str| Desk::of(&format!("{sound}{more}"), ROWS);
    let objection = |days: &str| desk(&format!("[[objection]]\n{days}"));
    expect(&desk("[decision]\ndate = 2026-11-06\n"), &[("decision-before-end", "2026-11-06")]);
    expect(&desk("[decision]\ndate = 2026-11-07\n"), &[]);
    expect(&objection("received = 2026-10-31\n"), &[("objection-before-start", "2026-10-31")]);
    expect(
        &objection("received = 2026-11-05\noutcome = \"upheld\"\ndecided = 2026-11-04\n"),
        &[("decided-before-received", "2026-11-04")],
    );
    expect(
        &objection("received = 2026-11-05\ndecided = 2026-11-06\n"),
        &[("decided-but-pending", "2026-11-06")],
    );
    assert_eq!(objection("received = 2026-11-05\noutcome = \"upheld\"\n").problems()[0].0, "missing-key");
    expect(&desk("off = 2026-10-31\n"), &[("dates-reversed", "2026-10-31")]);
    expect(&desk("").with_contact("\"zhu\""), &[("unknown-contact", "\"zhu\"")]);
}

impl Desk {
    fn with_contact(self, by: &str) -> Self {
        let path = self.folder.path().join("subsidies/a.toml");
        let toml = std::fs::read_to_string(&path).unwrap().replace("\"zhou\"", by);
        std::fs::write(path, toml).unwrap();
        self
    }
}

#[test]
fn rows_exist_from_the_start_until_the_withdrawal() {
    let more = "[[objection]]\nreceived = 2026-11-05\noutcome = \"rejected\"\ndecided = 2026-11-06\n\
        [decision]\ndate = 2026-11-20\ndocument = \"云政发〔2026〕31号\"\n";
    let desk = Desk::of(&format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}{more}"), ROWS);
    let upcoming = desk.on("2026-10-31");
    assert_eq!((upcoming.state, upcoming.figures, upcoming.recipients.len()), (State::Upcoming, None, 0));
    assert!(upcoming.posting.is_none() && upcoming.decision.is_none() && upcoming.objections.is_empty());
    assert!(!format!("{upcoming:?}").contains("张*明"));

    let reviewing = desk.on("2026-11-05");
    assert_eq!(
        (reviewing.state, reviewing.accepting, reviewing.recipients.len()),
        (State::Reviewing, true, 2)
    );
    assert_eq!(reviewing.objections[0].objection.outcome, Outcome::Pending);
    assert_eq!(reviewing.objections[0].due, Some(Due::Day(day("2026-11-19"))));
    assert!(reviewing.decision.is_none());

    let confirmed = desk.on("2026-12-20");
    assert_eq!((confirmed.state, confirmed.recipients.len()), (State::Confirmed, 2));
    let decision = confirmed.decision.unwrap();
    assert_eq!(decision.effective, Some(day("2026-12-01")));

    let withdrawn = desk.on("2026-12-21");
    assert_eq!((withdrawn.state, withdrawn.recipients.len()), (State::Withdrawn, 0));
    assert_eq!(withdrawn.figures.unwrap().count, 2);
    assert!(!format!("{withdrawn:?}").contains("张*明"));
}

#[test]
fn every_day_on_which_something_changes_is_announced() {
    let more = "off = 2026-11-10\n[[objection]]\nreceived = 2026-11-05\noutcome = \"rejected\"\n\
        decided = 2026-11-12\n[decision]\ndate = 2026-11-20\n";
    let desk = Desk::of(&format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}{more}"), ROWS);
    let mut today = "2026-10-01".to_owned();
    let mut announced = Vec::new();
    while let Some(next) = desk.open(&today).1.unwrap().next_change {
        today = next.to_string();
        announced.push(today.clone());
    }
    let expected =
        ["2026-11-01", "2026-11-05", "2026-11-08", "2026-11-10", "2026-11-12", "2026-11-20", "2026-12-21"];
    assert_eq!(announced, expected);
}

#[test]
fn a_list_that_hangs_nowhere_is_said_once_it_is_open() {
    let desk = Desk::of(&format!("{HEAD}{PERIOD}{OBJECTIONS}"), ROWS);
    assert_eq!(desk.problems_on("2026-10-31"), []);
    let missing = [("posting-missing", "2026-11-01".to_owned())];
    assert_eq!(desk.problems_on("2026-11-01"), missing);
    assert_eq!(desk.problems_on("2027-11-01"), []);
}
