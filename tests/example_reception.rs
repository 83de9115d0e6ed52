//! Every reception day of the example board is as in a list that was worked out without the program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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

/// All plans of the example board.
fn plans() -> Vec<toml::Table> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = walkdir::WalkDir::new(content).into_iter().map(|entry| entry.unwrap().into_path());
    let is_plan = |path: &PathBuf| {
        let is_in = path.parent().is_some_and(|parent| parent.ends_with("reception"));
        path.ends_with("reception.toml") || is_in && path.extension().is_some_and(|ending| ending == "toml")
    };
    files.filter(is_plan).map(|path| std::fs::read_to_string(path).unwrap().parse().unwrap()).collect()
}

#[test]
fn every_rule_and_every_setting_is_in_use() {
    let plans = plans();
    let list = |plan: &toml::Table, key: &str| -> Vec<toml::Value> {
        plan.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let of = |key: &str| -> Vec<toml::Value> { plans.iter().flat_map(|plan| list(plan, key)).collect() };
    let keys = |value: &toml::Value| value.as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let texts = |value: Option<&toml::Value>| -> Vec<String> {
        match value {
            Some(toml::Value::Array(list)) => {
                list.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
            }
            Some(one) => vec![one.as_str().unwrap().to_owned()],
            None => Vec::new(),
        }
    };
    let (sessions, swaps, quotas) = (of("session"), of("swap"), of("quota"));
    let days: BTreeSet<String> = sessions.iter().flat_map(|session| keys(&session["days"])).collect();
    let rules = [
        "branch",
        "dates",
        "day_ending",
        "every",
        "lunar_day",
        "lunar_ending",
        "month_day",
        "weekday",
        "workdays",
    ];
    for key in rules.into_iter().chain(["nth", "not_nth", "except", "also"]) {
        assert!(days.contains(key), "no rule has {key}");
    }
    let forms: BTreeSet<String> = sessions.iter().flat_map(|session| texts(session.get("form"))).collect();
    for form in
        ["fixed", "appointment", "outreach", "follow-up", "random", "thematic", "on-site", "meeting", "video"]
    {
        assert!(forms.contains(form), "no session is {form}");
    }
    let off = |key: &str| -> BTreeSet<String> {
        sessions.iter().flat_map(|session| texts(session.get(key))).collect()
    };
    let moves = ["keep", "next-workday", "previous-workday", "skip"].map(str::to_owned);
    assert_eq!(
        [off("on_holiday"), off("on_weekend")],
        [BTreeSet::from(moves.clone()), BTreeSet::from(moves)]
    );
    let in_use: BTreeSet<String> = swaps.iter().chain(&quotas).flat_map(keys).collect();
    for key in ["by", "host", "cancel", "reason", "told", "hosts", "session", "at_least", "every"] {
        assert!(in_use.contains(key), "no swap and no quota has {key}");
    }
    let hosts: BTreeSet<String> = sessions
        .iter()
        .flat_map(|s| s["hosts"].as_array().unwrap().iter())
        .filter_map(toml::Value::as_table)
        .flat_map(|host| host.keys().cloned())
        .collect();
    assert!(hosts.contains("topic") && hosts.contains("with"), "{hosts:?}");
    assert!(plans.iter().any(|plan| plan.get("provisional").is_some_and(|yes| yes.as_bool() == Some(true))));
}
