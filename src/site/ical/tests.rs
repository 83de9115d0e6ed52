#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;

use super::of_area;
use crate::diagnostics::Problems;
use crate::kinds::reception::fixtures::{Fixture, plan, plan_of};
use crate::site::Site;
use crate::{theme, views};

/// The calendar files of the areas of a fixture, in their order.
fn calendars(fixture: &Fixture, day: &str) -> Vec<String> {
    let board = fixture.board(day);
    let content = fixture.content();
    let theme = theme::load(&content, &board.settings, &mut Problems::new()).unwrap();
    let site = Site { board: &board, files: &content.files, theme: &theme, with_sheets: false };
    board.areas.iter().map(|area| of_area(&views::reception_sessions(&board, area), area, site)).collect()
}

fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn an_event_says_all_that_must_be_published() {
    let rule = "days = { dates = [2026-02-03] }\nhosts = [\"zhou\"]\nform = [\"fixed\", \"video\"]\ntopic = \"补贴,低保;其他\"\n\
        hours = [\"08:30-11:30\", \"14:30-17:00\"]";
    let fixture = Fixture::new(&[("reception.toml", &plan(rule))]);
    let text = calendars(&fixture, "2026-01-10").remove(0);
    let lines = unfolded(&text);
    let first = lines.iter().position(|line| line == "BEGIN:VEVENT").unwrap();
    let last = lines.iter().position(|line| line == "END:VEVENT").unwrap();
    let expected = [
        "BEGIN:VEVENT",
        "UID:leaders.2026-02-03@gongkai.example.org/yunxi",
        "DTSTAMP:20260104T160000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Asia/Shanghai:20260203T083000",
        "DTEND;TZID=Asia/Shanghai:20260203T113000",
        "SUMMARY:轮流接访：周青禾",
        "LOCATION:一楼接待室",
        "DESCRIPTION:接访人：周青禾\\n职务：副书记\\n分管工作：群众工作\\n形式：定点接访、视频接访\\n内容：补贴\\,低保\\;其他\\n联系电话：0009-3780001\\n农历：腊月十六",
        "CATEGORIES:定点接访,视频接访",
        "URL:https://gongkai.example.org/yunxi/reception/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ];
    assert_eq!(lines[first..=last], expected);
    assert!(lines.contains(&"UID:leaders.2026-02-03#2@gongkai.example.org/yunxi".to_owned()));
    assert!(lines.contains(&"DTSTART;TZID=Asia/Shanghai:20260203T143000".to_owned()));
}

#[test]
fn a_calendar_keeps_to_the_form_and_says_the_same_every_day() {
    let long = plan(
        "days = { workdays = true }\ntopic = \"一个很长很长的题目，要折好几行才写得下，而且不能在汉字中间断开，再长一点\"",
    );
    let village = plan("days = { month_day = [4, 14] }\nid = \"leaders\"\nhours = [\"18:00-19:00\"]");
    let fixture = Fixture::new(&[("reception.toml", &long), ("liutang/reception.toml", &village)]);
    let texts = calendars(&fixture, "2026-01-10");
    assert_eq!(texts, calendars(&fixture, "2026-09-10"));
    let mut uids = BTreeSet::new();
    for text in &texts {
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
        let mut open = Vec::new();
        for line in unfolded(text) {
            if let Some(name) = line.strip_prefix("BEGIN:") {
                open.push(name.to_owned());
            } else if let Some(name) = line.strip_prefix("END:") {
                assert_eq!(open.pop().as_deref(), Some(name));
            } else if line.starts_with("UID:") {
                assert_eq!(open.last().map(String::as_str), Some("VEVENT"));
                assert!(uids.insert(line));
            }
        }
        assert!(open.is_empty());
    }
    let events: usize = texts.iter().map(|text| text.matches("BEGIN:VEVENT").count()).sum();
    assert_eq!(uids.len(), events);
}

#[test]
fn no_two_events_of_a_board_have_one_name() {
    let spans = "hours = [\"08:30-11:30\", \"14:30-17:00\"]";
    let root = plan(&format!("days = {{ month_day = 4 }}\nhosts = [\"zhou\"]\n{spans}"));
    let other = plan("days = { month_day = 4 }\nhosts = [\"su\"]");
    let area = |name: &str| format!("name = \"{name}\"\nlevel = \"village\"\nphone = \"0009-3780203\"\n");
    // The villages are called like the second span of a day, and like a village in a village.
    let fixture = Fixture::new(&[
        ("reception.toml", &root),
        ("2/area.toml", &area("二村")),
        ("2/reception.toml", &other.replace("08:30-11:30", "18:00-18:30")),
        ("a/area.toml", &area("甲村")),
        ("a/b/area.toml", &area("乙村")),
        ("a/b/reception.toml", &other.replace("08:30-11:30", "19:00-19:30")),
        ("a.b/area.toml", &area("丙村")),
        ("a.b/reception.toml", &other.replace("08:30-11:30", "20:00-20:30")),
        ("2/contacts.toml", "[[contact]]\nname = \"何青山\"\nserves = [\"2\", \"a\", \"a/b\", \"a.b\"]\n"),
    ]);
    let texts = calendars(&fixture, "2026-01-10");
    assert!(texts[0].contains("\r\nUID:leaders.2026-02-04#2@gongkai.example.org/yunxi\r\n"), "{}", texts[0]);
    let uids: Vec<String> =
        texts.iter().flat_map(|text| unfolded(text)).filter(|line| line.starts_with("UID:")).collect();
    assert!(uids.len() > 20, "{uids:?}");
    assert_eq!(uids.iter().collect::<BTreeSet<_>>().len(), uids.len(), "{uids:?}");
}

#[test]
fn signs_in_ids_are_escaped() {
    let fixture = Fixture::new(&[(
        "reception.toml",
        &plan("id = 'a,b;c\\d'\ndays = { dates = [2026-02-03] }\nhosts = [\"zhou\"]"),
    )]);
    let text = calendars(&fixture, "2026-01-10").remove(0);
    assert!(text.contains("\r\nUID:a\\,b\\;c\\\\d.2026-02-03@gongkai.example.org/yunxi\r\n"), "{text}");
}

#[test]
fn provisional_sessions_are_tentative_and_an_area_without_any_has_a_calendar_too() {
    let lines = "from = 2029-02-01\nto = 2029-02-28\npublished = 2026-01-05\nprovisional = true\n";
    let fixture = Fixture::new(&[("reception.toml", &plan_of(lines, "days = { month_day = 5 }"))]);
    let texts = calendars(&fixture, "2026-01-10");
    assert!(texts[0].contains("\r\nSTATUS:TENTATIVE\r\n"));
    assert!(texts[0].contains("\r\nSUMMARY:轮流接访：周青禾 (暂定)\r\n"));
    assert!(texts[1].contains("BEGIN:VTIMEZONE") && !texts[1].contains("BEGIN:VEVENT"));
}
