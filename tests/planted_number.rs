//! An ID number anywhere in the content stops the build, is named by its place, and is shown nowhere.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::harness::{Board, DAY, files_below};

/// GB 11643's own sample.
const NUMBER: &str = "11010519491231002X";

/// Tables of which nothing but count and total is published (`rows = "none"`): what stands in their rows
/// does not leave, and nothing has to stop.
const UNPUBLISHED: [&str; 1] = ["subsidies/2026-wujia-10.csv"];

/// Sensitive lists: names are not read, and nothing of them leaves.
const NAMELESS: [&str; 1] = ["subsidies/2026-yiliao.csv"];

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
            Some("csv") => {
                ends_of_cells(&text, if NAMELESS.contains(&path.as_str()) { Some("姓名") } else { None })
            }
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

/// The end of each cell below the heading, but for those of one column.
fn ends_of_cells(text: &str, but: Option<&str>) -> Vec<usize> {
    let mut at = 0;
    let mut ends = Vec::new();
    let mut below = false;
    let mut passed = None;
    for line in text.split_inclusive('\n') {
        let row = line.trim_end();
        // Cells of a summing row are checked and not published.
        if below && !row.contains(['"', '计']) {
            let commas = row.match_indices(',').map(|(comma, _)| comma);
            let cells = commas.chain([row.len()]).enumerate();
            ends.extend(cells.filter(|(column, _)| Some(*column) != passed).map(|(_, end)| at + end));
        }
        if !below {
            passed = row.split(',').position(|heading| Some(heading) == but);
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

/// Four characters of a number in one that stand nowhere in the example board, so that nothing else can have shown them.
fn telling(number: &str) -> Vec<String> {
    static BOARD: LazyLock<String> = LazyLock::new(|| {
        let files = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
        files.iter().map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
    });
    let fours = (4..=number.len()).map(|end| number[end - 4..end].to_owned());
    fours.filter(|four| !BOARD.contains(four.as_str())).collect()
}

/// Plants a number, in one of the ways in which a clerk could have written it, and asserts that no command shows four
/// characters of it in one.
fn is_never_shown(spot: &Spot, number: &str, writing: u8) -> Result<(), TestCaseError> {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap();
    let planted = match writing {
        0 => number.to_owned(),
        1 => number.chars().map(wide).collect(),
        2 => format!("{}\u{200B}{}", &number[..7], &number[7..]),
        3 => format!("电话{number}，已核"),
        _ => format!("{number}{number}"),
    };
    let (path, at) = spot;
    let board = Board::example();
    let mut text = std::fs::read_to_string(board.content().join(path)).unwrap();
    text.insert_str(*at, &planted);
    let board = board.with(path, text);
    for arguments in [
        &["check", "--date", DAY][..],
        &["check", "--date", DAY, "--format", "json", "--lang", "en"],
        &["build", "--date", DAY, "--lang", "en"],
    ] {
        let run = board.run(arguments);
        let said: String = format!("{}{}", run.stdout, run.stderr).nfkc().collect();
        for four in telling(number) {
            prop_assert!(
                !said.contains(&four),
                "{:?} shows {} of {} in {}\n{}",
                arguments,
                four,
                number,
                path,
                said
            );
        }
    }
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

/// ID numbers of both ends of GB 11643, cards of two lengths, mobiles, a fixed line.
const NUMBERS: [&str; 7] = [
    NUMBER,
    "370284196203174422",
    "6228480402564890018",
    "6222021234567890128",
    "13987654321",
    "19176543218",
    "087165127834",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_four_characters_of_a_planted_number_are_shown(
        which in any::<prop::sample::Index>(),
        number in prop::sample::select(&NUMBERS[..]),
        writing in 0_u8..5,
    ) {
        let spots = spots();
        is_never_shown(&spots[which.index(spots.len())], number, writing)?;
    }
}
