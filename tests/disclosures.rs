//! Every mistake in a disclosure, its table or the programs: one problem each, with the very line and column.

mod mistakes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mistakes::{Change, HISTORIES, MONEY, SOUND, TABLES};

use crate::harness::{Board, expected};

fn with(changes: &[Change]) -> Board {
    let board = SOUND.iter().fold(Board::small(), |board, (path, text)| board.with(path, text));
    changes.iter().fold(board, |board, (path, from, to)| {
        if !from.is_empty() {
            return board.replacing(path, from, to);
        }
        let before = fs::read_to_string(board.content().join(path)).unwrap_or_default();
        board.with(path, before + to)
    })
}

#[test]
fn the_sound_board_is_sound() {
    assert_eq!(with(&[]).problems(), []);
}

#[test]
fn every_mistake_is_one_problem_at_its_place() {
    let mut faults = Vec::new();
    for (code, place, changes) in [HISTORIES, TABLES, MONEY].into_iter().flatten() {
        let (found, wanted) = (with(changes).problems(), expected(&[(code, place)]));
        if found != wanted {
            faults.push(format!("{code}: {found:?}, not at {place}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_code_of_disclosures_and_programs_is_without_its_mistake() {
    let made: BTreeSet<&str> =
        [HISTORIES, TABLES, MONEY].into_iter().flatten().map(|(code, ..)| *code).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut declared = BTreeSet::new();
    for folder in ["kinds/subsidies", "kinds/programs", "board/subsidies"] {
        let files = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        for file in files
            .chain(["board/subsidies.rs", "board/postings.rs"].map(|file| root.join(file)))
            .filter(|file| file.is_file())
        {
            let text = fs::read_to_string(file).unwrap();
            for opener in ["Code::error(\"", "Code::warning(\""] {
                declared.extend(
                    text.split(opener).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
                );
            }
        }
    }
    assert!(declared.len() > 50, "the source was not read");
    let missing: Vec<_> = declared.iter().filter(|code| !made.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
