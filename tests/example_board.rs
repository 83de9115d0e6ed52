//! The example board: a demo, a test, and the source of the documentation's examples.

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

/// Whether a path is the page of an area, which shows the day.
fn is_area_page(board: &Board, path: &str) -> bool {
    path.strip_suffix("index.html")
        .is_some_and(|folder| board.content().join(folder).join("area.toml").exists())
}
