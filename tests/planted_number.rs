//! An ID number anywhere in the content stops the build, is named by its place, and is shown nowhere.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use crate::harness::{Board, DAY, files_below};

/// GB 11643's own sample.
const NUMBER: &str = "11010519491231002X";

/// Tables of which nothing but count and total is published (`rows = "none"`): what stands in their rows
/// does not leave, and nothing has to stop.
const UNPUBLISHED: [&str; 1] = ["subsidies/2026-wujia-10.csv"];

/// A place where a clerk could paste a number: a file of the example board and a byte in it.
type Spot = (String, usize);

/// All places inside quoted values of TOML, in the text of notices, and in the cells of tables below their
/// heading.
fn spots() -> Vec<Spot> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut spots = Vec::new();
    for (path, bytes) in files_below(&content) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if UNPUBLISHED.contains(&path.as_str()) {
            continue;
        }
        let ends = match path.rsplit('.').next() {
            Some("toml") => ends_of_values(&text, 0),
            Some("md") => {
                let body = text.rfind("+++\n").unwrap() + 4;
                let mut ends = ends_of_values(&text[..body], 0);
                ends.extend(ends_of_lines(&text, body));
                ends
            }
            Some("csv") => ends_of_cells(&text),
            _ => Vec::new(),
        };
        spots.extend(ends.into_iter().map(|end| (path.clone(), end)));
    }
    spots
}

/// The end of each quoted value that stands behind a `=` or in a list; comments are no content.
fn ends_of_values(text: &str, from: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let code = line.split('#').next().unwrap();
        let quotes: Vec<usize> = code.match_indices('"').map(|(quote, _)| quote).collect();
        ends.extend(quotes.iter().skip(1).step_by(2).map(|quote| at + quote));
        at += line.len();
    }
    ends
}

fn ends_of_lines(text: &str, from: usize) -> Vec<usize> {
    let mut at = from;
    let mut ends = Vec::new();
    for line in text[from..].split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim_start().starts_with(['|', '-']) {
            ends.push(at + line.trim_end().len());
        }
        at += line.len();
    }
    ends
}

/// The end of each cell in the lines behind the first that holds no digit: the heading.
fn ends_of_cells(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut ends = Vec::new();
    let mut below = false;
    for line in text.split_inclusive('\n') {
        let row = line.trim_end();
        // Cells of a summing row are checked and not published.
        if below && !row.contains(['"', '计']) {
            ends.extend(row.match_indices(',').map(|(comma, _)| at + comma));
            ends.push(at + row.len());
        }
        below |= row.contains("姓名") || row.contains("单位") || row.contains("村") && row.contains("得分");
        at += line.len();
    }
    ends
}

/// Plants the number at a spot; says what must hold.
fn plant(spot: &Spot) -> Result<(), TestCaseError> {
    let (path, at) = spot;
    let board = Board::example();
    let mut text = std::fs::read_to_string(board.content().join(path)).unwrap();
    text.insert_str(*at, NUMBER);
    let line = text[..*at].matches('\n').count() + 1;
    let board = board.with(path, text);
    let check = board.check();
    prop_assert_eq!(check.status, 1, "{}:{} went through\n{}", path, line, check.stdout);
    let named = check.problems().iter().any(|(_, place)| place.starts_with(&format!("{path}:{line}:")));
    prop_assert!(named, "{}:{} is not named\n{}", path, line, check.stdout);
    for arguments in [&["check"][..], &["build", "--date", DAY]] {
        let run = board.run(arguments);
        prop_assert!(
            !run.stdout.contains(NUMBER) && !run.stderr.contains(NUMBER),
            "{} shows the number",
            path
        );
    }
    prop_assert!(!board.public().exists());
    Ok(())
}

#[test]
fn every_kind_of_file_has_places_to_try() {
    let endings: BTreeSet<String> =
        spots().into_iter().map(|(path, _)| path.rsplit('.').next().unwrap().to_owned()).collect();
    assert_eq!(endings.into_iter().collect::<Vec<_>>(), ["csv", "md", "toml"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_planted_id_number_stops_the_build_wherever_it_stands(which in any::<prop::sample::Index>()) {
        let spots = spots();
        plant(&spots[which.index(spots.len())])?;
    }
}
