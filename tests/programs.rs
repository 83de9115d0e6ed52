//! Programs and funds as they are published, and the lives of lists on the example board.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::{Board, DAY};

fn json(board: &Board, path: &str) -> Value {
    serde_json::from_slice(&board.published()[path]).unwrap()
}

/// An amount in fen.
fn fen(amount: &Value) -> i64 {
    let text = amount.as_str().unwrap();
    text.replace('.', "").parse().unwrap_or_else(|_| panic!("{text}"))
}

#[test]
fn the_funds_of_the_example_add_up_and_their_page_says_so() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let data = json(&board, "programs.json");
    let fund = data["funds"].as_array().unwrap().iter().find(|fund| fund["id"] == "help-fund").unwrap();
    let sum = |list: &Value| list.as_array().unwrap().iter().map(|one| fen(&one["amount"])).sum::<i64>();
    let available = fen(&fund["opening"]) + sum(&fund["inflows"]);
    assert_eq!(available, 8_400_000, "50,000 and the 34,000 carried over");
    assert_eq!(fen(&fund["balance"]), available - sum(&fund["payments"]));
    // The uses that the sources name: care for the disabled, employment, health, education, visits at a feast.
    let mut uses: BTreeMap<&str, i64> = BTreeMap::new();
    for payment in fund["payments"].as_array().unwrap() {
        *uses.entry(payment["program"].as_str().unwrap()).or_default() += fen(&payment["amount"]);
    }
    let expected = [
        ("长期服药补助", 900_000),
        ("住院一次性补助", 400_000),
        ("大病慢病补助", 600_000),
        ("家庭医生签约补助", 12_000),
        ("零就业家庭就业奖补", 300_000),
        ("教育补助（镇级）", 750_000),
        ("困难群众慰问", 300_000),
    ];
    assert_eq!(uses, BTreeMap::from(expected));
    assert_eq!(available - uses.values().sum::<i64>(), 5_138_000);
    let page = String::from_utf8(board.published()["programs/index.html"].clone()).unwrap();
    for shown in [
        "余额51,380.00元",
        "84,000.00 − 32,620.00 = 51,380.00元",
        "每户每年不超过2,000.00元",
        "1580.00 × 0.60",
        "3,700.00 × 1.5 = 5,550.00",
    ] {
        let shown = shown.replace("1580.00", "1,580.00");
        assert!(page.contains(&shown), "{shown}");
    }
    assert!(page.contains("<rect class=\"part\" width=\"10.7\" height=\"1\"/>"));
    assert!(!page.contains("style=") && !page.contains("<script"));
    // Every payment leads to its list.
    for payment in fund["payments"].as_array().unwrap() {
        let list = payment["page"].as_str().unwrap();
        assert!(board.published().contains_key(list), "{list}");
    }
}

#[test]
fn what_limits_are_checked_by_leaves_nowhere() {
    let board = Board::example();
    let _ = board.build().exits(0);
    for (path, bytes) in board.published() {
        let text = String::from_utf8_lossy(&bytes);
        for hidden in ["YX-201", "YX-303", "15200.00", "15,200.00", "伍桂兰", "自费支出（元）"] {
            assert!(!text.contains(hidden), "{hidden} in {path}");
        }
    }
}

#[test]
fn a_disclosure_of_the_example_is_in_each_state_on_its_day() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let lists = board
        .published()
        .into_iter()
        .filter(|(path, _)| path.contains("subsidies/") && path.ends_with("data.json"));
    let states: BTreeSet<String> = lists
        .map(|(_, bytes)| {
            serde_json::from_slice::<Value>(&bytes).unwrap()["state"].as_str().unwrap().to_owned()
        })
        .collect();
    let all = ["closed", "confirmed", "open", "reviewing", "superseded", "upcoming", "withdrawn"];
    assert_eq!(states, BTreeSet::from(all.map(str::to_owned)), "on {DAY}");
}

#[test]
fn a_board_without_programs_has_no_page_of_them() {
    let board = Board::small();
    let _ = board.build().exits(0);
    assert!(board.published().keys().all(|path| !path.contains("programs")));
    let index = String::from_utf8(board.published()["index.html"].clone()).unwrap();
    assert!(!index.contains("programs/"));
}
