//! Lists posted again, steps, later stages: what of it is possible, and what a day knows of it.

use super::{Desk, HEAD, OBJECTIONS, PERIOD, POSTING, ROWS, day, expect};
use crate::board::{DisclosureOnBoard, Due};
use crate::kinds::subsidies::State;

/// A sound list with more of a history.
fn desk(more: &str) -> Desk {
    Desk::of(&format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}{more}"), ROWS)
}

const UPHELD: &str =
    "[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-09\nreposted = \"b\"\n";

/// A second list, begun on `start`, with more keys at its top.
fn second(start: &str, more: &str) -> String {
    let at = |text: &str| text.replace("2026-11-01", start);
    format!("{HEAD}{more}{}{OBJECTIONS}{}", at(PERIOD), at(POSTING))
}

fn both_on(desk: &Desk, today: &str) -> (DisclosureOnBoard, DisclosureOnBoard) {
    let (_, board, problems) = desk.open(today);
    assert_eq!(problems, []);
    let mut lists = board.unwrap().areas.remove(0).subsidies;
    lists.sort_by(|a, b| a.name.cmp(&b.name));
    let second = lists.pop().unwrap();
    (lists.pop().unwrap(), second)
}

#[test]
fn an_upheld_objection_ends_in_a_new_list_linked_both_ways() {
    let desk = desk(UPHELD);
    desk.put("subsidies/b.toml", &second("2026-11-12", ""));
    let states = [
        ("2026-11-02", State::Open, State::Upcoming),
        ("2026-11-03", State::Reviewing, State::Upcoming),
        ("2026-11-11", State::Reviewing, State::Upcoming),
        ("2026-11-12", State::Superseded, State::Open),
        ("2026-12-07", State::Superseded, State::Closed),
        ("2026-12-08", State::Withdrawn, State::Closed),
    ];
    for (today, old, new) in states {
        let (a, b) = both_on(&desk, today);
        assert_eq!((a.state, b.state), (old, new), "{today}");
        let known = today >= "2026-11-12";
        assert_eq!(a.links.reposted_to.is_some(), known, "{today}");
        assert_eq!(b.links.reposts, ["a"]);
        assert_eq!(a.recipients.is_empty(), old == State::Withdrawn, "{today}");
    }
}

#[test]
fn a_list_cannot_be_posted_again_in_any_way() {
    expect(&desk(UPHELD), &[("unknown-disclosure", "\"b\"")]);
    expect(&desk(&UPHELD.replace("\"b\"", "\"a\"")), &[("reposted-to-itself", "\"a\"")]);
    let with = |more: &str, start: &str, change: &dyn Fn(String) -> String| {
        let desk = desk(more);
        desk.put("subsidies/b.toml", &change(second(start, "")));
        desk
    };
    let same = |toml: String| toml;
    expect(&with(UPHELD, "2026-11-08", &same), &[("reposted-before-decided", "\"b\"")]);
    let ending = |toml: String| toml.replace("proposed", "terminating");
    let rows = "姓名\n张小明\n";
    let other = with(UPHELD, "2026-11-12", &ending);
    other.put("subsidies/a.csv", rows);
    expect(&other, &[("reposted-other-stage", "\"b\"")]);
    let rejected = UPHELD.replace("upheld", "rejected");
    expect(&with(&rejected, "2026-11-12", &same), &[("reposted-not-upheld", "\"b\"")]);
}

#[test]
fn a_list_that_could_not_be_read_is_not_called_unknown() {
    let desk = desk(UPHELD);
    desk.put("subsidies/b.toml", "title = \n");
    assert!(desk.problems().iter().all(|(code, _)| *code != "unknown-disclosure"));
}

#[test]
fn a_decision_while_an_objection_is_open_is_said() {
    let decision = "[decision]\ndate = 2026-11-10\n";
    let pending = "[[objection]]\nreceived = 2026-11-03\n";
    let early = desk(&format!("{pending}{decision}"));
    assert_eq!(early.problems_on("2026-11-09"), [], "a decision does not exist before its day");
    assert_eq!(early.problems_on("2026-11-10"), [("decided-under-review", "2026-11-10".to_owned())]);
    let answered = "[[objection]]\nreceived = 2026-11-03\noutcome = \"rejected\"\ndecided = 2026-11-10\n";
    assert_eq!(desk(&format!("{answered}{decision}")).problems_on("2026-11-10"), []);
    let later = "[[objection]]\nreceived = 2026-11-11\n";
    assert_eq!(desk(&format!("{later}{decision}")).problems_on("2026-11-11"), []);
}

#[test]
fn what_was_posted_again_is_neither_decided_nor_followed() {
    let with = |decided: &str| {
        let desk = desk(&format!("{UPHELD}{decided}"));
        desk.put("subsidies/b.toml", &second("2026-11-12", ""));
        desk
    };
    expect(&with("[decision]\ndate = 2026-11-12\n"), &[("decided-though-reposted", "2026-11-12")]);
    assert_eq!(
        with("[decision]\ndate = 2026-11-11\n").problems_on("2026-11-12"),
        [("decided-under-review", "2026-11-11".to_owned())]
    );
    let followed = with("");
    let paid = HEAD.replace("proposed", "paid");
    let later = |of: &str| format!("{paid}follows = \"{of}\"\n[decision]\ndate = 2026-11-20\n");
    followed.put("subsidies/c.toml", &later("a"));
    expect(&followed, &[("follows-reposted", "\"a\"")]);
    assert_eq!(followed.open("2026-11-20").2[0].fact("new"), Some("b"));
    followed.put("subsidies/c.toml", &later("b"));
    expect(&followed, &[]);
}

#[test]
fn a_later_stage_while_an_objection_is_open_is_said() {
    let desk = desk("[[objection]]\nreceived = 2026-11-03\n");
    let paid = HEAD.replace("proposed", "paid");
    desk.put("subsidies/b.toml", &format!("{paid}follows = \"a\"\n[decision]\ndate = 2026-11-10\n"));
    assert_eq!(desk.problems_on("2026-11-09"), []);
    assert_eq!(desk.problems_on("2026-11-10"), [("decided-under-review", "2026-11-10".to_owned())]);
}

#[test]
fn a_list_hangs_through_its_whole_period() {
    let with = |on: &str, more: &str| {
        let posting = POSTING.replace("2026-11-01", on);
        Desk::of(&format!("{HEAD}{PERIOD}{OBJECTIONS}{posting}{more}"), ROWS)
    };
    assert_eq!(
        with("2026-11-02", "").problems_on("2026-11-02"),
        [("posting-short", "2026-11-02".to_owned())]
    );
    assert_eq!(
        with("2026-11-02", "").problems_on("2026-11-01"),
        [("posting-missing", "2026-11-01".to_owned())]
    );
    expect(&with("2026-10-31", "off = 2026-11-07\n"), &[]);
    let early = with("2026-11-01", "off = 2026-11-06\n");
    assert_eq!(early.problems_on("2026-11-05"), []);
    assert_eq!(early.problems_on("2026-11-06"), [("posting-short", "2026-11-06".to_owned())]);
}

#[test]
fn objections_are_due_within_working_days_of_the_stage() {
    for (stage, due) in [("proposed", "2026-11-17"), ("terminating", "2026-11-24")] {
        let toml = format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}[[objection]]\nreceived = 2026-11-03\n");
        let desk = Desk::of(&toml.replace("proposed", stage), "姓名\n张小明\n");
        let on = |today: &str| desk.on(today).objections[0];
        assert_eq!((on(due).due, on(due).overdue), (Some(Due::Day(day(due))), false));
        let after = day(due).succ_opt().unwrap().to_string();
        assert!(on(&after).overdue);
        assert_eq!(desk.open(due).1.unwrap().next_change, Some(day(&after)), "{stage}");
    }
    // The golden facts of the Civil Code: the day of the receipt does not count.
    for (stage, due) in [("proposed", "2026-10-15"), ("terminating", "2026-10-22")] {
        let toml = format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}[[objection]]\nreceived = 2026-11-24\n");
        let toml = toml.replace("2026-11-01", "2026-09-20").replace("2026-11-24", "2026-09-24");
        let desk = Desk::of(&toml.replace("proposed", stage), "姓名\n张小明\n");
        assert_eq!(desk.on("2026-09-24").objections[0].due, Some(Due::Day(day(due))), "{stage}");
    }
    let late = "[[objection]]\nreceived = 2026-11-03\noutcome = \"rejected\"\ndecided = 2026-11-18\n";
    expect(&desk(late), &[("objection-decided-late", "2026-11-03")]);
    expect(&desk(&late.replace("11-18", "11-17")), &[]);
}

#[test]
fn steps_come_in_their_order_and_before_the_decision() {
    let step = |days: &str| format!("[[step]]\ntitle = \"抽查\"\n{days}");
    let two = |first: &str, second: &str| desk(&format!("{}{}", step(first), step(second)));
    expect(&two("on = 2026-11-09\n", "on = 2026-11-09\n"), &[]);
    expect(&two("on = 2026-11-10\n", "on = 2026-11-09\n"), &[("steps-out-of-order", "2026-11-09")]);
    let decided = format!("{}[decision]\ndate = 2026-11-10\n", step("on = 2026-11-11\n"));
    expect(&desk(&decided), &[("step-after-decision", "2026-11-11")]);
    expect(&desk(&step("received = 2026-11-10\non = 2026-11-09\n")), &[("dates-reversed", "2026-11-09")]);
    assert_eq!(desk(&step("")).problems()[0].0, "missing-key");
    assert_eq!(desk(&step("on = 2026-11-09\nwithin_workdays = 3\n")).problems()[0].0, "missing-key");
    assert_eq!(desk(&step("on = 2026-11-09\nsampled_least = 30\n")).problems()[0].0, "missing-key");
}

#[test]
fn steps_have_working_days_and_samples() {
    let step = |more: &str| desk(&format!("[[step]]\ntitle = \"县级抽查\"\nreceived = 2026-11-10\n{more}"));
    let on_time = step("on = 2026-11-24\nwithin_workdays = 10\nsampled = 1\nsampled_least = \"30\"\n");
    expect(&on_time, &[]);
    expect(&step("on = 2026-11-25\nwithin_workdays = 10\n"), &[("step-late", "2026-11-25")]);
    expect(&step("on = 2026-11-12\nsampled = 1\nsampled_least = 51\n"), &[("sampled-too-few", "1")]);
    expect(&step("on = 2026-11-12\nsampled = 3\n"), &[("sampled-too-many", "3")]);
    expect(&step("sampled = 1\nsampled_least = 101\n"), &[("number-out-of-range", "101")]);

    assert!(on_time.on("2026-11-09").steps.is_empty());
    let under_way = on_time.on("2026-11-10").steps.remove(0);
    assert_eq!(
        (under_way.done, under_way.due, under_way.sampled),
        (None, Some(Due::Day(day("2026-11-24"))), None)
    );
    let done = on_time.on("2026-11-24").steps.remove(0);
    assert_eq!((done.done, done.late, done.sampled), (Some(day("2026-11-24")), false, Some(1)));
    assert!(step("within_workdays = 10\n").on("2026-11-25").steps[0].late);
}

#[test]
fn a_later_stage_follows_an_earlier_one_once() {
    let with = |later: &str| {
        let desk = desk("");
        desk.put("subsidies/b.toml", later);
        desk
    };
    let paid = |more: &str, date: &str| {
        let head = HEAD.replace("proposed", "paid");
        format!("{head}follows = \"a\"\n{more}[decision]\ndate = {date}\n")
    };
    let (a, b) = both_on(&with(&paid("", "2026-11-20")), "2026-11-20");
    assert_eq!(b.links.follows.as_deref(), Some("a"));
    assert_eq!(a.links.followed_by.unwrap().name, "b");
    let (a, _) = both_on(&with(&paid("", "2026-11-20")), "2026-11-19");
    assert_eq!(a.links.followed_by, None, "nothing is known before its day");

    expect(&with(&paid("", "2026-11-06")), &[("follows-before-end", "\"a\"")]);
    expect(&with(&paid("", "2026-11-20").replace("\"a\"", "\"c\"")), &[("unknown-disclosure", "\"c\"")]);
    expect(&with(&second("2026-11-20", "follows = \"a\"\n")), &[("stage-not-later", "\"a\"")]);
    expect(&with(&paid("", "2026-11-20").replace("\"a\"", "\"b\"")), &[("stage-not-later", "\"b\"")]);
    let twice = with(&paid("", "2026-11-20"));
    twice.put("subsidies/c.toml", &paid("", "2026-11-21"));
    expect(&twice, &[("followed-twice", "\"a\"")]);
}

#[test]
fn benefits_that_end_taper_off() {
    let ending = |more: &str| {
        let toml = format!("{HEAD}{PERIOD}{OBJECTIONS}{POSTING}{more}").replace("proposed", "terminating");
        Desk::of(&toml, "姓名\n张小明\n")
    };
    let decided = "[decision]\ndate = 2026-12-31\ntaper_months = 12\n";
    let decision = ending(decided).on("2026-12-31").decision.unwrap();
    assert_eq!(decision.effective, Some(day("2028-01-01")));
    expect(&desk("[decision]\ndate = 2026-11-10\ntaper_months = 1\n"), &[("taper-without-end", "1")]);
    let desk = ending("");
    let confirmed = HEAD.replace("proposed", "confirmed");
    desk.put(
        "subsidies/b.toml",
        &format!("{confirmed}follows = \"a\"\n{}", decided.replace("12-31", "11-30")),
    );
    let (_, b) = both_on(&desk, "2026-11-30");
    assert!(b.links.ends);
    assert_eq!(b.decision.unwrap().effective, Some(day("2027-12-01")));
}
