//! Every reception day of the example board is as in a list that was worked out without the program.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::Board;

const LIST: &str = include_str!("fixtures/reception-2026.txt");

/// Area, rule, date, lunar day, host, whose turn it was, the day planned, and whether it is cancelled.
type Session = (String, String, String, String, String, Option<String>, Option<String>, bool);

/// The sessions of the list, and the days of rules on which it says that there is none.
fn listed() -> (BTreeSet<Session>, BTreeSet<(String, String, String)>) {
    let (mut sessions, mut none) = (BTreeSet::new(), BTreeSet::new());
    let mut block: Option<(String, String)> = None;
    for line in LIST.lines() {
        if let Some((names, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let (area, rule) = names.split_once(' ').unwrap();
            block = Some((area.to_owned(), rule.to_owned()));
            continue;
        }
        let Some((area, rule)) = block.clone().filter(|_| !line.is_empty()) else { continue };
        let (day, reason) = line.split_once(" # ").unwrap_or((line, ""));
        let [date, lunar, who] = day.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if who == "-" {
            assert!(!reason.is_empty(), "{line}: no reason");
            assert!(none.insert((area, rule, date.to_owned())), "{line}: twice");
            continue;
        }
        let host = who.trim_matches(['(', ')']);
        let said = |mark: &str, end: &str| {
            let found = reason.split('，').find_map(|one| one.strip_prefix(mark)?.strip_suffix(end));
            found.map(str::to_owned)
        };
        let session = (
            area,
            rule,
            date.to_owned(),
            lunar.to_owned(),
            host.to_owned(),
            said("原定", ""),
            said("由", "改期"),
            who != host,
        );
        assert!(sessions.insert(session), "{line}: twice");
    }
    (sessions, none)
}

/// The sessions of the built board.
fn computed() -> BTreeSet<Session> {
    let board = Board::example();
    let _ = board.build().exits(0);
    let published = board.published();
    let mut sessions = BTreeSet::new();
    for (path, bytes) in published.iter().filter(|(path, _)| path.ends_with("reception.json")) {
        let area = path.strip_suffix("reception.json").unwrap().trim_end_matches('/');
        let area = if area.is_empty() { "." } else { area };
        let data: Value = serde_json::from_slice(bytes).unwrap();
        for session in data["sessions"].as_array().unwrap() {
            let text = |key: &str| session[key].as_str().map(str::to_owned);
            let sure = |key: &str| text(key).unwrap();
            let one = (
                area.to_owned(),
                sure("rule"),
                sure("date"),
                sure("lunar"),
                sure("host"),
                text("swapped_from"),
                text("moved_from"),
                session["cancelled"].as_bool().unwrap(),
            );
            assert!(sessions.insert(one), "{path}: {session} stands there twice");
        }
    }
    sessions
}

#[test]
fn every_reception_day_is_as_worked_out_by_hand() {
    let (listed, none) = listed();
    let computed = computed();
    let only = |one: &BTreeSet<Session>, other: &BTreeSet<Session>| -> Vec<String> {
        one.difference(other).map(|session| format!("{session:?}")).collect()
    };
    assert_eq!(only(&computed, &listed), [] as [&str; 0], "computed and not in the list");
    assert_eq!(only(&listed, &computed), [] as [&str; 0], "in the list and not computed");
    assert!(
        computed.len() > 800 && none.len() > 60,
        "{} sessions, {} days without",
        computed.len(),
        none.len()
    );
    for (area, rule, date, ..) in &computed {
        let day = (area.clone(), rule.clone(), date.clone());
        assert!(!none.contains(&day), "{day:?} should have none");
    }
}
