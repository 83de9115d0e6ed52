//! The example board: a demo, a test, and the source of the documentation's examples.

use std::collections::BTreeMap;

use crate::harness::{Board, DAY};

#[test]
fn it_builds_without_errors_and_is_whole() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let _ = board.run(&["verify", "public"]).exits(0);
    let pages = board.published().into_keys().filter(|path| path.ends_with("index.html")).count();
    assert!(pages >= 90, "only {pages} pages");
}

#[test]
fn no_page_is_heavy_and_none_leads_or_loads_from_elsewhere() {
    let board = Board::example();
    let _ = board.build().exits(0);
    for (path, bytes) in board.published().iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(bytes.len() <= 100_000, "{path} weighs {} bytes", bytes.len());
        let text = String::from_utf8(bytes.clone()).unwrap();
        for (at, _) in text.match_indices("://") {
            let before = &text[at.saturating_sub(60)..at];
            assert!(before.contains("rel=\"canonical\""), "{path}: {before}");
        }
    }
}

#[test]
fn it_builds_on_the_first_of_every_month_for_years() {
    let board = Board::example();
    for year in 2026..=2030 {
        for month in 1..=12 {
            let day = format!("{year}-{month:02}-01");
            let _ = board.run(&["build", "--quiet", "--date", &day]).exits(0);
        }
    }
}

#[test]
fn the_next_change_is_told_truly() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let manifest = |board: &Board| -> serde_json::Value {
        serde_json::from_slice(&board.published()["manifest.json"]).unwrap()
    };
    let next: chrono::NaiveDate = manifest(&board)["next_change"].as_str().unwrap().parse().unwrap();
    assert!(next > DAY.parse().unwrap());
    let shows_day = |path: &str| path == "manifest.json" || is_area_page(&board, path);
    let before = board.published();
    let day_before = next.pred_opt().unwrap().to_string();
    let _ = board.run(&["build", "--date", &day_before]).exits(0);
    for (path, bytes) in board.published() {
        assert!(shows_day(&path) || before[&path] == bytes, "{path} changed before {next}");
    }
    let _ = board.run(&["build", "--date", &next.to_string()]).exits(0);
    let after = board.published();
    assert!(
        after.iter().any(|(path, bytes)| !shows_day(path) && before.get(path) != Some(bytes)),
        "nothing changed"
    );
}

#[test]
fn every_day_that_looks_different_is_told_the_day_before() {
    let board = Board::example();
    let (mut quiet, mut told) = (0, 0);
    // A month with holidays, and one in which lists open and close.
    let spans = [("2026-02-08", 20), ("2026-05-18", 20)];
    let days =
        spans.map(|(first, count)| first.parse::<chrono::NaiveDate>().unwrap().iter_days().take(count));
    let mut before: Option<(BTreeMap<String, String>, String)> = None;
    for day in days.into_iter().flatten() {
        let _ = board.run(&["build", "--quiet", "--date", &day.to_string()]).exits(0);
        let mut published = board.published();
        let manifest: serde_json::Value =
            serde_json::from_slice(&published.remove("manifest.json").unwrap()).unwrap();
        let now: BTreeMap<String, String> = published
            .into_iter()
            .map(|(path, bytes)| (path, without_day(&String::from_utf8_lossy(&bytes), day)))
            .collect();
        let starts = spans.iter().any(|(first, _)| *first == day.to_string());
        if let Some((then, announced)) = before.filter(|_| !starts) {
            let differing: Vec<&String> =
                now.keys().chain(then.keys()).filter(|path| now.get(*path) != then.get(*path)).collect();
            if announced == day.to_string() {
                told += 1;
                assert!(!differing.is_empty(), "{day} was announced, and nothing differs");
            } else {
                quiet += 1;
                assert!(differing.is_empty(), "{day}: {announced} was announced, and {differing:?} differ");
            }
        }
        before = Some((now, manifest["next_change"].as_str().unwrap_or_default().to_owned()));
    }
    assert!(told > 10 && quiet > 10, "{told} days told, {quiet} quiet");
}

/// A file without the day that it shows.
fn without_day(text: &str, day: chrono::NaiveDate) -> String {
    let shown = format!("datetime=\"{day}\"");
    let mut parts = text.split("<p class=\"day\">");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (line, after) = part.split_once("</p>").unwrap_or((part, ""));
        rest.push_str(if line.contains(&shown) { "" } else { line });
        rest.push_str(after);
    }
    rest.replace(&format!("\"as_of\":\"{day}\""), "")
}

/// Whether a path is the page of an area, which shows the day.
fn is_area_page(board: &Board, path: &str) -> bool {
    path.strip_suffix("index.html")
        .is_some_and(|folder| board.content().join(folder).join("area.toml").exists())
}
