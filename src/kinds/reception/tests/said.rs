//! What is said of plans that cannot be, or are odd.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::{Fixture, one, plan, plan_of, problems_of, town};
use crate::views;

#[test]
fn days_that_cannot_be_are_said_where_they_stand() {
    for (days, code, at) in [
        ("{ weekday = \"funday\" }", "bad-weekday", "\"funday\""),
        ("{ dates = [2026-02-30] }", "bad-date", "2026-02-30"),
        ("{ weekday = \"monday\", nth = 6 }", "not-in-month", "6"),
        ("{ weekday = \"monday\", nth = 0 }", "not-in-month", "0"),
        ("{ month_day = -32 }", "not-in-month", "-32"),
        ("{ lunar_ending = [12] }", "number-out-of-range", "12"),
        ("{ branch = [\"猫\"] }", "bad-branch", "\"猫\""),
        ("{ weekday = [] }", "empty-list", "[]"),
        ("{ nth = 1 }", "missing-key", "{ nth = 1 }"),
        ("{ every = 5 }", "missing-key", "{ every = 5 }"),
        ("{ every = 0, from = 2026-02-01 }", "number-out-of-range", "0"),
        (
            "{ month_day = 15, weekday = \"monday\" }",
            "two-day-rules",
            "{ month_day = 15, weekday = \"monday\" }",
        ),
        (
            "{ weekday = \"mon\", nth = 1, not_nth = 2 }",
            "two-day-rules",
            "{ weekday = \"mon\", nth = 1, not_nth = 2 }",
        ),
        ("{ month_day = 15, nth = 1 }", "unknown-key", "nth"),
        ("{}", "no-day-rule", "{}"),
        ("{ except = [2026-03-01] }", "no-day-rule", "{ except = [2026-03-01] }"),
        ("{ workdays = false }", "no-day-rule", "{ workdays = false }"),
        ("{ weekdays = \"monday\" }", "unknown-key", "weekdays"),
        ("\"monday\"", "wrong-type", "\"monday\""),
    ] {
        assert_eq!(one(&format!("days = {days}")), (code, at.to_owned()), "{days}");
    }
    assert_eq!(problems_of("title = \"x\"")[0].code, "missing-key");
}

#[test]
fn hours_that_cannot_be_are_said_where_they_stand() {
    for (hours, code, at) in [
        ("[\"25:00\"]", "bad-hours", "\"25:00\""),
        ("[\"25:00-26:00\"]", "bad-hours", "\"25:00-26:00\""),
        ("[\"上午\"]", "bad-hours", "\"上午\""),
        ("[\"11:30-08:30\"]", "hours-reversed", "\"11:30-08:30\""),
        ("[\"08:30-11:30\", \"11:00-12:00\"]", "hours-overlap", "\"11:00-12:00\""),
        ("[]", "empty-list", "[]"),
    ] {
        assert_eq!(
            one(&format!("days = {{ month_day = 4 }}\nhours = {hours}")),
            (code, at.to_owned()),
            "{hours}"
        );
    }
    let board = town(&plan("days = { month_day = 4 }\nhours = \"8：30—11:30\"")).board("2026-01-10");
    assert_eq!(views::reception_sessions(&board, &board.areas[0])[0].hours, ["08:30-11:30"]);
}

#[test]
fn hosts_forms_and_places_are_checked() {
    let days = "days = { month_day = 4 }\n";
    for (line, code, at) in [
        ("hosts = []", "empty-list", "[]"),
        ("hosts = [\"zhuo\"]", "unknown-contact", "\"zhuo\""),
        ("hosts = [\"zhou\", \"su\", { id = \"zhou\" }]", "host-twice", "\"zhou\""),
        ("hosts = [{ topic = \"x\" }]", "missing-key", "{ topic = \"x\" }"),
        ("form = \"fixd\"", "not-a-choice", "\"fixd\""),
        ("form = [\"fixed\", \"视频接访\"]", "not-a-choice", "\"视频接访\""),
        ("on_holiday = \"next\"", "not-a-choice", "\"next\""),
        ("registration = \"x\"", "unknown-key", "registration"),
    ] {
        let text = plan(&format!("{days}{line}"));
        let problems = town(&text).problems();
        assert_eq!(problems.len(), 1, "{line}: {problems:?}");
        assert_eq!((problems[0].code, problems[0].at.as_str()), (code, at), "{line}");
    }
    let video = town(&plan(&format!("{days}form = [\"video\", \"fixed\"]"))).board("2026-01-10");
    let forms = &views::reception_sessions(&video, &video.areas[0])[0].forms;
    assert_eq!(forms[0].words, Some("视频接访"));
    assert_eq!((forms[1].key, forms[1].words), ("fixed", None));
    let nowhere = town(&plan(days).replace("place = \"一楼接待室\"\n", "")).problems();
    assert_eq!(nowhere[0].code, "session-without-place");
}

#[test]
fn each_fact_that_must_be_published_is_asked_for() {
    let whole = plan("days = { month_day = 4 }");
    assert_eq!(town(&whole).problems(), []);
    for (fact, code, at) in [
        ("hours = [\"08:30-11:30\"]\n", "missing-key", "[[session]]"),
        ("form = \"fixed\"\n", "missing-key", "[[session]]"),
        ("hosts = [\"zhou\", \"su\"]\n", "missing-key", "[[session]]"),
        ("place = \"一楼接待室\"\n", "session-without-place", "[[session]]"),
    ] {
        let found = town(&whole.replace(fact, "")).problems();
        let found: Vec<_> = found.iter().map(|one| (one.code, one.at.as_str())).collect();
        assert_eq!(found, [(code, at)], "{fact}");
    }
    let card =
        "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\n";
    let su = card.replace("zhou", "su").replace("周青禾", "苏晓岚");
    for (fact, code) in [
        ("name = \"周青禾\"\n", "missing-key"),
        ("position = \"副书记\"\n", "host-lacks-fact"),
        ("duties = \"群众工作\"\n", "host-lacks-fact"),
    ] {
        let contacts = format!("{}{su}", card.replace(fact, ""));
        let found = Fixture::new(&[("contacts.toml", &contacts), ("reception.toml", &whole)]).problems();
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [code], "{fact}");
    }
}

#[test]
fn a_plan_of_ten_years_has_the_sessions_of_each_of_its_years() {
    let lines = "from = 2017-01-01\nto = 2026-12-31\npublished = 2016-12-01\n";
    let in_2026 = |on_weekend: &str| {
        let rule = format!("days = {{ lunar_ending = [3, 6, 9] }}\non_weekend = \"{on_weekend}\"");
        let board = town(&plan_of(lines, &rule)).board("2026-12-31");
        let all = views::reception_sessions(&board, &board.areas[0]);
        assert!(all.len() > 700 && all.is_sorted_by(|a, b| a.date < b.date));
        all.iter().filter(|session| session.date.to_string().starts_with("2026")).count()
    };
    assert_eq!((in_2026("keep"), in_2026("skip")), (101, 75));
}

#[test]
fn a_host_has_position_and_duties() {
    let contacts = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\n\
        [[contact]]\nid = \"su\"\nname = \"苏晓岚\"\nposition = \"镇长\"\nduties = \"全面工作\"\n";
    let fixture = Fixture::new(&[
        ("contacts.toml", contacts),
        ("reception.toml", &plan("days = { month_day = [4, 5] }")),
    ]);
    let problems = fixture.problems();
    assert_eq!(problems.len(), 1, "once, not for each session: {problems:?}");
    assert_eq!(problems[0].code, "host-lacks-fact");
    assert!(problems[0].facts.contains("duties"));
    assert_eq!(problems[0].other.as_deref(), Some("\"zhou\""));
}

#[test]
fn plans_are_checked_as_a_whole() {
    let rule = "days = { month_day = 4 }";
    let check = |lines: &str, expected: &[(&str, &str)]| {
        let problems = town(&plan_of(lines, rule)).problems();
        let found: Vec<_> = problems.iter().map(|p| (p.code, p.at.as_str())).collect();
        assert_eq!(found, expected, "{lines}");
    };
    check(
        "from = 2026-03-01\nto = 2026-02-01\npublished = 2026-01-05\n",
        &[("dates-reversed", "2026-02-01")],
    );
    check("from = 2026-03-01\nto = 9999-02-01\npublished = 2026-01-05\n", &[("plan-too-long", "9999-02-01")]);
    check(
        "from = 2026-02-01\nto = 2026-02-28\npublished = 2026-02-04\n",
        &[("plan-published-late", "2026-02-04")],
    );
    check("from = 2026-02-01\nto = 2026-02-28\npublished = 2026-02-03\n", &[]);
    check(
        "from = 2026-02-05\nto = 2026-02-28\npublished = 2026-01-05\n",
        &[("rule-without-days", "{ month_day = 4 }")],
    );
    check("from = 2026-02-01\nto = 2026-02-28\n", &[("missing-key", "reception.toml")]);
    let twice = plan(rule)
        + &plan("days = { month_day = 5 }")
            .split_once("[[session]]")
            .map(|(_, s)| format!("[[session]]{s}"))
            .unwrap();
    let problems = town(&twice).problems();
    assert_eq!((problems[0].code, problems.len()), ("duplicate-session", 1));
}

#[test]
fn dates_written_one_by_one_that_do_nothing_are_said() {
    for (rule, code, at) in [
        ("{ dates = [2026-02-04, 2027-02-04] }", "date-outside-plan", "2027-02-04"),
        ("{ dates = [2026-02-04, 2026-10-01] }", "named-day-skipped", "2026-10-01"),
        ("{ month_day = 4, except = [2026-03-05] }", "except-without-effect", "2026-03-05"),
    ] {
        assert_eq!(one(&format!("days = {rule}")), (code, at.to_owned()), "{rule}");
    }
    let out = "days = { dates = [2026-12-30, 2026-02-07] }\non_weekend = \"next-workday\"";
    let lines = "from = 2026-02-01\nto = 2026-02-08\npublished = 2026-01-05\n";
    let codes: Vec<_> = town(&plan_of(lines, out)).problems().into_iter().map(|p| p.code).collect();
    assert_eq!(codes, ["moved-out-of-plan", "date-outside-plan"]);
    let onto = "days = { weekday = \"sat\", nth = 1, except = [2026-03-09] }\nalso = [2026-03-08]\non_weekend = \"next-workday\"";
    let codes: Vec<_> = problems_of(onto).into_iter().map(|p| p.code).collect();
    assert_eq!(codes, ["moved-onto-session", "except-without-effect", "moved-onto-exception"]);
}

#[test]
fn months_that_do_not_have_the_day_are_said_once() {
    let facts = |rule: &str| -> Vec<(&'static str, String)> {
        let problems = problems_of(&format!("days = {{ {rule} }}"));
        problems.into_iter().map(|problem| (problem.code, problem.facts)).collect()
    };
    let months = facts("month_day = [15, 31]");
    assert_eq!(months.len(), 1, "{months:?}");
    assert_eq!(months[0].0, "months-without-day");
    for fact in ["\"31\"", "\"5\"", "\"2026-02, 2026-04, 2026-06, 2026-09, 2026-11\""] {
        assert!(months[0].1.contains(fact), "{fact}: {}", months[0].1);
    }
    let both = facts("month_day = [30, 31]");
    assert!(both[0].1.contains("\"30, 31\"") && both[0].1.contains("\"5\""), "{both:?}");
    let lunar = facts("lunar_day = [1, 30]");
    assert_eq!(lunar.len(), 1, "{lunar:?}");
    assert_eq!(lunar[0].0, "lunar-months-without-day");
    assert!(lunar[0].1.contains("\"腊月, 二月, 四月, 五月, 七月, 八月\""), "{lunar:?}");
    for sound in [
        "month_day = [8, 28, -1]",
        "lunar_day = [1, 15]",
        "lunar_ending = [0]",
        "day_ending = [1]",
        "dates = [2026-03-31]",
    ] {
        assert_eq!(facts(sound), [], "{sound}");
    }
    let also = "also = [2026-02-28, 2026-04-30, 2026-06-30, 2026-09-29, 2026-12-01]";
    assert_eq!(facts(&format!("month_day = 31, {also}")), [], "other days are named for them");
}
