#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod oracle;
mod said;

use super::fixtures::{Fixture, Found, plan, plan_of};
use crate::board::Board;
use crate::views;

/// Date and host of each session, as `02-03 zhou`, with `<02-01` where it was moved.
pub(super) fn sessions(board: &Board) -> Vec<String> {
    let area = &board.areas[0];
    let shown = |session: views::SessionView| {
        let moved = session.moved_from.map(|from| from.format("<%m-%d").to_string()).unwrap_or_default();
        format!("{} {}{moved}", session.date.format("%m-%d"), session.host)
    };
    views::reception_sessions(board, area).into_iter().map(shown).collect()
}

pub(super) fn town(reception: &str) -> Fixture {
    Fixture::new(&[("reception.toml", reception)])
}

fn problems_of(session: &str) -> Vec<Found> {
    town(&plan(session)).problems()
}

/// The one problem of a session, as code and the text it points at.
#[track_caller]
fn one(session: &str) -> (&'static str, String) {
    let problems = problems_of(session);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let Found { code, at, .. } = problems[0].clone();
    (code, at)
}

#[test]
fn lunar_days_without_holidays_are_taken_in_turn() {
    let fixture = town(&plan("days = { lunar_ending = [3, 6, 9] }"));
    let all = sessions(&fixture.board("2026-01-10"));
    assert_eq!(
        all[..9],
        [
            "02-03 zhou",
            "02-06 su",
            "02-10 zhou",
            "02-13 su",
            "02-25 zhou",
            "03-01 su",
            "03-04 zhou",
            "03-07 su",
            "03-11 zhou"
        ]
    );
    // 101 in the whole year, of which 9 lie in January.
    assert_eq!(all.len(), 92);
}

#[test]
fn moved_days_take_their_turn_and_skipped_ones_none() {
    let first_monday = "days = { weekday = \"monday\", nth = 1 }\n";
    let skipped = town(&plan(&format!("{first_monday}on_weekend = \"skip\"")));
    assert_eq!(
        sessions(&skipped.board("2026-01-10"))[..4],
        ["02-02 zhou", "03-02 su", "06-01 zhou", "07-06 su"],
        "04-06 and 05-04 are holidays"
    );
    let moved = town(&plan(&format!("{first_monday}on_holiday = \"next-workday\"")));
    assert_eq!(
        sessions(&moved.board("2026-01-10"))[..5],
        ["02-02 zhou", "03-02 su", "04-07 zhou<04-06", "05-06 su<05-04", "06-01 zhou"]
    );
    let earlier = town(&plan(&format!("{first_monday}on_holiday = \"previous-workday\"")));
    assert_eq!(sessions(&earlier.board("2026-01-10"))[2..4], ["04-03 zhou<04-06", "04-30 su<05-04"]);
}

#[test]
fn a_day_that_moves_onto_a_session_falls_away_and_takes_no_turn() {
    let lines = "from = 2026-04-01\nto = 2026-05-31\npublished = 2026-01-05\n";
    let rule = "days = { dates = [2026-04-04, 2026-04-10, 2026-04-07] }\non_holiday = \"next-workday\"";
    let fixture = town(&plan_of(lines, rule));
    let problems = fixture.problems();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "moved-onto-session");
    let (board, _) = fixture.resolve("2026-01-10");
    assert_eq!(sessions(&board.unwrap()), ["04-07 zhou", "04-10 su"]);
}

#[test]
fn exceptions_stand_inside_days_or_beside_them() {
    let inside = "days = { weekday = \"monday\", nth = 2, except = [2026-03-09], also = [2026-03-10] }";
    let beside = "days = { weekday = \"monday\", nth = 2 }\nexcept = [2026-03-09]\nalso = [2026-03-10]";
    let expected = ["02-09 zhou", "03-10 su", "04-13 zhou"];
    for rule in [inside, beside] {
        let all = sessions(&town(&plan(rule)).board("2026-01-10"));
        assert_eq!(all[..3], expected, "{rule}");
    }
}

#[test]
fn every_rule_of_the_reference_is_read() {
    for (rule, first) in [
        ("weekday = [\"tue\", \"周四\"]", "02-03"),
        ("weekday = \"monday\", nth = -1", "03-30"),
        ("weekday = \"monday\", nth = [2, 4]", "02-09"),
        ("weekday = \"monday\", not_nth = 1", "02-09"),
        ("month_day = 15", "03-15"),
        ("month_day = [8, 25]", "02-08"),
        ("month_day = -1", "02-28"),
        ("lunar_day = [1, 15]", "02-02"),
        ("day_ending = [1, 6]", "02-01"),
        ("every = 5, from = 2026-01-03", "02-02"),
        ("branch = [\"子\", \"午\"]", "02-01"),
        ("workdays = true", "02-02"),
        ("dates = [2026-02-04, 2026-02-02]", "02-02"),
    ] {
        let all = sessions(&town(&plan(&format!("days = {{ {rule} }}"))).board("2026-01-10"));
        assert_eq!(all[0], format!("{first} zhou"), "{rule}");
    }
}

#[test]
fn a_successor_takes_over_the_turns() {
    let contacts = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\n\
        to = 2026-02-28\nsuccessor = \"su\"\n\
        [[contact]]\nid = \"su\"\nname = \"苏晓岚\"\nposition = \"镇长\"\nduties = \"全面工作\"\n";
    let reception = plan("days = { month_day = [4, 24] }\nhosts = [\"zhou\"]\non_holiday = \"keep\"");
    let fixture = Fixture::new(&[("contacts.toml", contacts), ("reception.toml", &reception)]);
    assert_eq!(sessions(&fixture.board("2026-01-10"))[..3], ["02-04 zhou", "02-24 zhou", "03-04 su"]);
    let retired = contacts.replace("successor = \"su\"\n", "");
    let fixture = Fixture::new(&[("contacts.toml", &retired), ("reception.toml", &reception)]);
    let problems = fixture.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((problems[0].code, problems[0].at.as_str()), ("host-not-in-office", "\"zhou\""));
    assert!(problems[0].facts.contains("2026-03-04"));
}

#[test]
fn topics_and_departments_of_a_host_come_to_those_of_the_rule() {
    let rule = "days = { month_day = 4 }\ntopic = \"农业\"\nwith = [\"司法所\"]\n\
        hosts = [\"zhou\", { id = \"su\", topic = \"民政\", with = [\"民政办\", \"司法所\"] }]";
    let board = town(&plan(rule)).board("2026-01-10");
    let all = views::reception_sessions(&board, &board.areas[0]);
    assert_eq!((all[0].topic, &all[0].with[..]), (Some("农业"), &["司法所"][..]));
    assert_eq!(all[1].topic, Some("民政"));
    assert_eq!(all[1].with, ["司法所", "民政办"]);
}

#[test]
fn a_plan_does_not_exist_before_it_is_published_and_changes_when_a_session_passes() {
    let fixture = town(&plan("days = { dates = [2026-02-02, 2026-03-03] }"));
    let changes = |day: &str| fixture.board(day).next_change.map(|day| day.to_string()).unwrap_or_default();
    assert!(fixture.board("2026-01-04").areas[0].reception.sessions.is_empty());
    assert_eq!(changes("2026-01-04"), "2026-01-05");
    assert_eq!(fixture.board("2026-01-05").areas[0].reception.sessions.len(), 2, "they lie ahead");
    assert_eq!(changes("2026-01-05"), "2026-02-03");
    assert_eq!(changes("2026-02-02"), "2026-02-03");
    assert_eq!(changes("2026-02-03"), "2026-03-04");
    assert_eq!(changes("2026-03-04"), "2027-01-01", "the plan ends");
}

#[test]
fn the_next_session_is_ones_own_or_that_of_the_area_above() {
    let town_plan = plan("days = { dates = [2026-02-02, 2026-03-03] }\nhosts = [\"zhou\"]");
    let village = plan("days = { dates = [2026-02-05] }\nhosts = [\"su\"]");
    let fixture = Fixture::new(&[("reception.toml", &town_plan), ("liutang/reception.toml", &village)]);
    let next = |day: &str| {
        let board = fixture.board(day);
        let next = views::next_session(&board, &board.areas[1]);
        next.map(|next| (next.date.to_string(), next.elsewhere.map(|link| link.address)))
    };
    assert_eq!(next("2026-01-10"), Some(("2026-02-05".to_owned(), None)));
    assert_eq!(next("2026-02-05"), Some(("2026-02-05".to_owned(), None)), "until the day is over");
    assert_eq!(next("2026-02-06"), Some(("2026-03-03".to_owned(), Some("reception/index.html".to_owned()))));
    assert_eq!(next("2026-03-04"), None);
    let board = fixture.board("2026-01-10");
    let own = views::next_session(&board, &board.areas[1]).unwrap();
    assert_eq!(own.phone.unwrap().written, "0009-3780203", "the office, where the host has no number");
    assert!(views::reception(&board, &board.areas[1], 0)[0].above.is_none());
    let alone = town(&town_plan).board("2026-01-10");
    let view = &views::reception(&alone, &alone.areas[1], 0)[0];
    assert_eq!(view.above.as_ref().unwrap().address, "reception/index.html");
}

#[test]
fn a_year_without_a_notice_is_an_error_unless_the_plan_is_provisional() {
    let lines = "from = 2026-12-01\nto = 2029-02-28\npublished = 2026-01-05\n";
    let rule = "days = { month_day = 2 }\non_holiday = \"keep\"";
    let problems = town(&plan_of(lines, rule)).problems();
    let codes: Vec<_> = problems.iter().map(|p| (p.code, p.at.as_str())).collect();
    assert_eq!(codes, [("session-year-unknown", "2029-02-28"); 3], "one for each year");
    let lines = format!("{lines}provisional = true\n");
    let board = town(&plan_of(&lines, rule)).board("2026-01-10");
    let all = views::reception_sessions(&board, &board.areas[0]);
    assert_eq!(all.iter().map(|s| s.provisional).collect::<Vec<_>>()[..3], [false, true, true]);
    // The board's own notice makes them certain, and takes the holiday out.
    let holidays = "[[year]]\nyear = 2027\nrest = [\"2027-01-01..2027-01-03\"]\n";
    let reception =
        plan_of("from = 2027-01-01\nto = 2027-02-28\npublished = 2026-01-05\n", "days = { month_day = 2 }");
    let fixture = Fixture::new(&[("holidays.toml", holidays), ("reception.toml", &reception)]);
    assert_eq!(sessions(&fixture.board("2026-01-10")), ["02-02 zhou"]);
}

#[test]
fn nobody_receives_in_two_places_at_once() {
    let town_plan =
        plan("days = { dates = [2026-02-02, 2026-02-03] }\nhosts = [\"su\"]\nhours = [\"08:30-11:30\"]");
    let later = plan("days = { dates = [2026-02-02] }\nhosts = [\"su\"]\nhours = [\"11:30-12:00\"]");
    let fixture = Fixture::new(&[("reception.toml", &town_plan), ("liutang/reception.toml", &later)]);
    assert_eq!(fixture.problems(), [], "one begins when the other ends");
    let same = later.replace("\"11:30-12:00\"", "\"07:00-07:30\", \"11:00-12:00\"");
    let fixture = Fixture::new(&[("reception.toml", &town_plan), ("liutang/reception.toml", &same)]);
    let problems = fixture.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((problems[0].code, problems[0].at.as_str()), ("two-places-at-once", "\"su\""));
    assert_eq!(problems[0].other.as_deref(), Some("\"su\""));
}

#[test]
fn each_rule_that_wants_somebody_twice_is_said_once() {
    let more = |id: &str, hours: &str| {
        plan(&format!(
            "id = \"{id}\"\ndays = {{ weekday = \"mon\" }}\nhosts = [\"su\"]\nhours = [\"{hours}\"]"
        ))
    };
    let files = ["a", "b", "c", "d"].map(|id| format!("reception/{id}.toml"));
    let hours = ["08:30-11:30", "08:30-11:30", "09:00-12:00", "11:30-12:30"];
    let texts: Vec<String> = files.iter().zip(hours).map(|(file, hours)| more(file, hours)).collect();
    let plans: Vec<(&str, &str)> =
        files.iter().zip(&texts).map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let found = Fixture::new(&plans).problems();
    let codes: Vec<_> = found.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["two-places-at-once"; 3], "not once for each pair, nor for each Monday: {found:?}");
}

#[test]
fn a_plan_that_was_copied_is_one_mistake() {
    let text = plan("days = { month_day = 4 }");
    let found = Fixture::new(&[("reception/a.toml", &text), ("reception/b.toml", &text)]).problems();
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["duplicate-session"], "{found:?}");
    let other = Fixture::new(&[("reception.toml", &text), ("liutang/reception.toml", &text)]).problems();
    assert_eq!(other.len(), 2, "another area may use the id, but not the people: {other:?}");
}

#[test]
fn a_full_year_of_workdays_stands_on_pages_of_their_own() {
    let board = town(&plan("days = { workdays = true }")).board("2026-06-10");
    let pages = views::reception(&board, &board.areas[0], 300);
    assert!(pages.len() > 1);
    assert_eq!(pages[1].folder, "reception/2");
    assert_eq!(pages[0].pages[1].address, "reception/2/index.html");
    let rows: usize = pages.iter().map(|page| page.upcoming.len() + page.past.len()).sum();
    assert_eq!(rows, board.areas[0].reception.sessions.len());
    assert_eq!(pages[0].upcoming[0].date.to_string(), "2026-06-10");
    assert!(pages[1].next.is_none());
}
