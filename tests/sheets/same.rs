//! Equal bytes from equal content, and sheets of the last publication that are carried over.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::boards::{example, sheets_of, with_list};
use crate::harness::{Board, DAY, Run, command_with_sheets, files_below};

const SHEET: &str = "sheets/subsidy-a.pdf";

fn build(board: &Board, arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["build", "--date", DAY].iter().chain(arguments).copied().collect();
    Run::from(command_with_sheets(board.root(), &all).output().unwrap())
}

#[test]
fn processes_and_numbers_of_workers_make_no_difference() {
    let first = example().published();
    for (out, jobs) in [("one", "1"), ("seven", "7"), ("two", "2")] {
        let _ = build(example(), &["--out", out, "--jobs", jobs]).exits(0);
        let again = files_below(&example().root().join(out));
        let differ: Vec<&String> = first
            .iter()
            .filter(|(path, bytes)| again.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        assert_eq!(differ, [] as [&String; 0], "with {jobs} workers");
        assert_eq!(first.len(), again.len());
    }
}

/// Time stamps of all sheets.
fn stamps(board: &Board) -> BTreeMap<String, SystemTime> {
    let stamp = |path: String| {
        let stamp = fs::metadata(board.public().join(&path)).unwrap().modified().unwrap();
        (path, stamp)
    };
    sheets_of(board).into_iter().map(stamp).collect()
}

#[test]
fn a_second_build_leaves_sheets_as_they_were() {
    let board = with_list(5);
    let _ = board.build_with_sheets().exits(0);
    let (before, first) = (stamps(&board), board.published());
    let _ = board.build_with_sheets().exits(0);
    assert_eq!(stamps(&board), before);
    assert_eq!(board.published(), first);
    // On the next day only those that show the day are others.
    let _ = build(&board, &["--date", "2026-11-23"]).exits(2);
    let out =
        Run::from(command_with_sheets(board.root(), &["build", "--date", "2026-11-23"]).output().unwrap());
    let _ = out.exits(0);
    let after = stamps(&board);
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, stamp)| before.get(*path) != Some(stamp))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, ["sheets/bulletin.pdf", "sheets/posting.pdf"]);
}

/// Puts other bytes where a sheet was published, and into the manifest what they are: a sheet that is carried over is then
/// told from one made anew.
fn plant(board: &Board, bytes: &[u8]) {
    fs::write(board.public().join(SHEET), bytes).unwrap();
    let path = board.public().join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let start = format!("{{\"path\":\"{SHEET}\",");
    let old = manifest.lines().find(|line| line.starts_with(&start)).unwrap();
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let comma = if old.ends_with(',') { "," } else { "" };
    let new = format!("{start}\"size\":{},\"sha256\":\"{digest}\"}}{comma}", bytes.len());
    fs::write(&path, manifest.replace(old, &new)).unwrap();
}

fn is_planted(board: &Board) -> bool {
    fs::read(board.public().join(SHEET)).unwrap().starts_with(b"planted")
}

/// A published board whose list's sheet is one that no build would make.
fn planted() -> Board {
    let board = with_list(5);
    let _ = board.build_with_sheets().exits(0);
    plant(&board, b"planted for the test");
    board
}

#[test]
fn a_sheet_is_carried_over_as_long_as_nothing_it_follows_from_changes() {
    let board = planted();
    let _ = board.build_with_sheets().exits(0);
    assert!(is_planted(&board));
    // Another notice is none of its business.
    let board = board.with("notices/b.md", "+++\ntitle = \"通知\"\ndate = 2026-11-06\n+++\n内容。\n");
    let _ = board.build_with_sheets().exits(0);
    assert!(is_planted(&board));
}

#[test]
fn whatever_a_sheet_follows_from_makes_it_anew() {
    let template =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/sheets/subsidy.typ"))
            .unwrap();
    let theme = |board: Board| board.replacing("board.toml", "title", "theme = \"ours\"\ntitle");
    let font = include_bytes!("../../themes/default/fonts/GongshiSong-Bold.otf");
    let changes: [(&str, &dyn Fn(Board) -> Board); 7] = [
        ("a row", &|board| board.replacing("subsidies/a.csv", "首1尾1完", "首一尾一")),
        ("a template", &|board| {
            theme(board).with("themes/ours/sheets/subsidy.typ", format!("// Ours.\n{template}"))
        }),
        ("a word", &|board| theme(board).with("themes/ours/words/zh-Hans.toml", "sheet_seal = \"（章）\"\n")),
        ("a font", &|board| {
            let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
            let sheets = format!("{text}[sheets]\nfonts = [\"Gongshi Song\"]\n");
            board.with("fonts/song.otf", font).with("board.toml", sheets)
        }),
        ("a phone that may be shown", &|board| {
            board.replacing("board.toml", "title", "privacy = { allow_phones = [\"0009-3780999\"] }\ntitle")
        }),
        ("the paper", &|board| {
            let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
            board.with("board.toml", format!("{text}[sheets]\npaper = \"A3\"\n"))
        }),
        ("the address", &|board| board.replacing("board.toml", "gongkai.example.org", "gk.example.org")),
    ];
    for (what, change) in changes {
        let board = change(planted());
        let _ = board.build_with_sheets().exits(0);
        assert!(!is_planted(&board), "{what} was changed, and the old sheet stands");
    }
}

#[test]
fn a_sheet_that_somebody_changed_in_the_published_folder_is_made_anew() {
    let board = with_list(5);
    let _ = board.build_with_sheets().exits(0);
    let sound = fs::read(board.public().join(SHEET)).unwrap();
    fs::write(board.public().join(SHEET), [sound.as_slice(), b"planted"].concat()).unwrap();
    let _ = board.build_with_sheets().exits(0);
    assert_eq!(fs::read(board.public().join(SHEET)).unwrap(), sound);
}

#[test]
fn the_sheet_of_a_withdrawn_list_disappears() {
    let board = with_list(5);
    let _ = board.build_with_sheets().exits(0);
    assert!(board.public().join(SHEET).is_file());
    let later =
        Run::from(command_with_sheets(board.root(), &["build", "--date", "2026-12-30"]).output().unwrap());
    let _ = later.exits(0);
    assert!(!board.public().join(SHEET).exists());
    let published = board.published();
    for path in ["manifest.json", "subsidies/a/index.html"] {
        assert!(!String::from_utf8_lossy(&published[path]).contains("subsidy-a.pdf"), "{path}");
    }
}

#[test]
fn a_number_from_a_wall_finds_its_sheets() {
    let board = with_list(5);
    let _ = board.build_with_sheets().exits(0);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(board.public().join("manifest.json")).unwrap()).unwrap();
    let number = manifest["sheets"][SHEET]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!((number.chars().count(), number.chars().nth(4)), (9, Some('·')));
    let bare = number.replace('·', "");
    for typed in [number.as_str(), &bare, &bare.to_lowercase(), &number.replace('·', " ")] {
        let run = board.run(&["verify", "public", "--sheet", typed, "--lang", "zh"]).exits(0);
        assert_eq!(run.stdout.lines().next(), Some(SHEET), "{typed}");
        assert!(run.stdout.contains(DAY), "{}", run.stdout);
    }
    let run = board.run(&["verify", "public", "--sheet", "0000·0000", "--lang", "en"]).exits(1);
    assert!(run.stdout.contains("0000·0000") && !run.stdout.contains(".pdf"), "{}", run.stdout);
    let _ = board.run(&["verify", "content", "--sheet", &number]).exits(2);
}
