#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use crate::kinds::reception::fixtures::{Fixture, plan_of};

const YEAR: &str = "from = 2026-01-01\nto = 2026-12-31\npublished = 2025-12-20\n";

/// A plan of the whole year in which zhou and su receive in turn on these days, with a quota.
fn town(days: &str, quota: &str) -> Fixture {
    let lines = format!("days = {{ dates = [{days}] }}\non_holiday = \"keep\"");
    let reception = format!("{}[[quota]]\n{quota}\n", plan_of(YEAR, &lines));
    Fixture::new(&[("reception.toml", &reception)])
}

/// Code, place and the windows named by each problem.
fn problems(days: &str, quota: &str) -> Vec<(&'static str, String)> {
    let found = town(days, quota).problems();
    found.into_iter().map(|found| (found.code, found.facts)).collect()
}

/// Six days for each of two hosts, in January alone.
const JANUARY: &str = "2026-01-04, 2026-01-05, 2026-01-06, 2026-01-07, 2026-01-08, 2026-01-09, 2026-01-12, 2026-01-13, 2026-01-14, \
    2026-01-15, 2026-01-16, 2026-01-19";

#[test]
fn six_in_january_meet_the_year_and_not_every_second_month() {
    assert_eq!(problems(JANUARY, "hosts = [\"zhou\", \"su\"]\nat_least = 6\nevery = \"year\""), []);
    let found = problems(JANUARY, "hosts = [\"zhou\", \"su\"]\nat_least = 1\nevery = \"2 months\"");
    assert_eq!(found.len(), 2, "each of them: {found:?}");
    for (code, facts) in found {
        assert_eq!(code, "quota-unmet");
        assert!(facts.contains("2026-03-01..2026-04-30: 0") && facts.contains("\"5\""), "{facts}");
    }
}

#[test]
fn windows_partly_outside_the_plan_are_not_judged() {
    let lines = "days = { dates = [2026-03-04, 2026-05-06] }";
    let plan = plan_of("from = 2026-02-01\nto = 2026-06-15\npublished = 2026-01-05\n", lines);
    let with = |quota: &str| {
        let fixture = Fixture::new(&[("reception.toml", &format!("{plan}[[quota]]\n{quota}\n"))]);
        fixture.problems().into_iter().map(|found| found.code).collect::<Vec<_>>()
    };
    // March and April are zhou's, May and June are not whole.
    assert_eq!(with("hosts = [\"zhou\"]\nat_least = 1\nevery = \"2 months\""), [] as [&str; 0]);
    assert_eq!(with("hosts = [\"su\"]\nat_least = 1\nevery = \"2 months\""), ["quota-unmet"]);
    assert_eq!(with("hosts = [\"zhou\"]\nat_least = 1\nevery = \"year\""), ["quota-never-judged"]);
}

#[test]
fn a_session_has_a_quota_of_its_own() {
    let days = "2026-01-05, 2026-04-07, 2026-07-06";
    assert_eq!(problems(days, "session = \"leaders\"\nat_least = 1\nevery = \"6 months\""), []);
    let found = problems(days, "session = \"leaders\"\nat_least = 1\nevery = \"quarter\"");
    assert_eq!(found.len(), 1);
    assert!(found[0].1.contains("轮流接访") && found[0].1.contains("2026-10-01..2026-12-31: 0"), "{found:?}");
}

#[test]
fn swaps_count_for_whoever_receives_and_cancellations_for_nobody() {
    let days = "2026-01-05, 2026-04-07";
    let quota = "hosts = [\"su\"]\nat_least = 1\nevery = \"year\"";
    let swap = |what: &str| {
        format!("{quota}\n[[swap]]\nsession = \"leaders\"\ndate = 2026-04-07\ntold = 2026-01-05\n{what}")
    };
    assert_eq!(problems(days, quota), []);
    let codes =
        |what: &str| problems(days, &swap(what)).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes("by = \"zhou\""), ["quota-unmet"]);
    assert_eq!(codes("cancel = true\nreason = \"停电\""), ["quota-unmet", "session-cancelled"]);
}

/// Heart-to-heart talks each month, evening classes twice a month, an assembly each quarter, two lectures a year.
#[test]
fn meetings_go_by_the_same_rules_and_duties() {
    let meetings = [
        ("talk", "weekday = \"sat\", nth = 2", "on_holiday = \"next-workday\"", 1, "month"),
        ("class", "weekday = \"wed\", nth = [2, 4]", "on_holiday = \"previous-workday\"", 2, "month"),
        ("assembly", "dates = [2026-03-20, 2026-06-26, 2026-09-18, 2026-12-18]", "", 1, "quarter"),
        ("lecture", "dates = [2026-05-12, 2026-11-10]", "", 2, "year"),
    ];
    let mut reception = "title = \"2026年会议安排\"\nplace = \"文化大院\"\n".to_owned() + YEAR;
    for (id, days, off, ..) in meetings {
        reception += &format!(
            "[[session]]\nid = \"{id}\"\ntitle = \"会议\"\ndays = {{ {days} }}\n{off}\nhours = [\"18:30-20:00\"]\n\
             form = \"meeting\"\nhosts = [\"zhou\", \"su\"]\n"
        );
    }
    for (id, .., at_least, every) in meetings {
        reception += &format!("[[quota]]\nsession = \"{id}\"\nat_least = {at_least}\nevery = \"{every}\"\n");
    }
    assert_eq!(Fixture::new(&[("reception.toml", &reception)]).problems(), []);
    for (more, less) in
        [(", 2026-12-18", ""), (", 2026-11-10", ""), ("nth = [2, 4]", "nth = 2"), ("nth = 2 ", "nth = 5 ")]
    {
        let found = Fixture::new(&[("reception.toml", &reception.replace(more, less))]).problems();
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["quota-unmet"], "{more}");
    }
}

#[test]
fn a_successor_meets_the_duty_of_the_office() {
    let contacts = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\n\
        to = 2026-02-28\nsuccessor = \"su\"\n\
        [[contact]]\nid = \"su\"\nname = \"苏晓岚\"\nposition = \"镇长\"\nduties = \"全面工作\"\n";
    let lines = "days = { month_day = 4 }\nhosts = [\"zhou\"]\non_holiday = \"keep\"";
    let quota = "[[quota]]\nhosts = [\"zhou\"]\nat_least = 1\nevery = \"month\"\n";
    let reception = format!("{}{quota}", plan_of(YEAR, lines));
    let fixture = Fixture::new(&[("contacts.toml", contacts), ("reception.toml", &reception)]);
    assert_eq!(fixture.problems(), []);
}

#[test]
fn a_quota_nobody_can_meet_is_said_with_what_there_is() {
    let found = problems(JANUARY, "hosts = [\"zhou\"]\nat_least = 40\nevery = \"month\"");
    assert_eq!(found.len(), 1);
    assert!(found[0].1.contains("2026-01-01..2026-01-31: 6") && found[0].1.contains('…'), "{found:?}");
}

#[test]
fn quotas_that_mean_nothing_are_refused() {
    for (quota, code) in [
        ("at_least = 1\nevery = \"year\"", "quota-of-nobody"),
        ("hosts = []\nat_least = 1\nevery = \"year\"", "quota-of-nobody"),
        ("hosts = [\"zhou\"]\nsession = \"leaders\"\nat_least = 1\nevery = \"year\"", "quota-of-both"),
        ("hosts = [\"zhou\"]\nat_least = 0\nevery = \"year\"", "number-out-of-range"),
        ("hosts = [\"zhou\"]\nat_least = 1\nevery = \"5 months\"", "bad-interval"),
        ("hosts = [\"zhou\"]\nat_least = 1\nevery = \"每月\"", "bad-interval"),
        ("hosts = [\"nobody\"]\nat_least = 1\nevery = \"year\"", "unknown-contact"),
        ("session = \"nothing\"\nat_least = 1\nevery = \"year\"", "unknown-session"),
        ("hosts = [\"zhou\"]\nevery = \"year\"", "missing-key"),
    ] {
        let found = problems(JANUARY, quota);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{quota}: {found:?}");
    }
}
