//! Killed at any moment, the old site or the new one stands whole.

use std::cell::RefCell;

use super::*;
use crate::publish::verify;

const OLD: &[(&str, &str)] =
    &[("index.html", "old"), ("liutang/index.html", "old village"), ("gone.html", "x")];
const NEW: &[(&str, &str)] =
    &[("index.html", "new"), ("liutang/index.html", "new village"), ("柳塘/a.html", "y")];

/// What a build killed now would leave: everything as it is, but nobody holding the lock.
fn photograph(home: &Path) -> Board {
    let copy = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(home).min_depth(1) {
        let entry = entry.unwrap();
        let to = copy.path().join(entry.path().strip_prefix(home).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    Board { home: copy }
}

/// A photograph after every step of a publication of `NEW`, with or without `OLD` before it.
fn photographs(mode: Mode, with_old: bool) -> Vec<(Step, Board)> {
    let board = Board::new();
    if with_old {
        board.publish(OLD).remove_old().unwrap();
    }
    let taken = RefCell::new(Vec::new());
    let staging = board.open().unwrap();
    write_all(&staging, NEW);
    let published = staging
        .publish_by(about(), mode, &|step| taken.borrow_mut().push((step, photograph(board.home.path()))))
        .unwrap();
    published.remove_old().unwrap();
    assert_eq!(contents(&board.out()), as_map(NEW));
    assert_eq!(board.remains(), [""; 0]);
    taken.into_inner()
}

fn whole(board: &Board) -> &'static str {
    let found = contents(&board.out());
    assert_eq!(verify(&board.out()).unwrap(), []);
    if found == as_map(OLD) {
        "old"
    } else if found == as_map(NEW) {
        "new"
    } else {
        panic!("neither stands: {found:?}")
    }
}

#[test]
fn one_step_leaves_the_old_or_the_new_at_every_moment() {
    let taken = photographs(Mode::OneStep, true);
    let steps: Vec<_> = taken.iter().map(|(step, board)| (*step, whole(board))).collect();
    assert_eq!(steps, [(Step::ManifestWritten, "old"), (Step::Exchanged, "new")]);
    for (_, board) in taken {
        let before = whole(&board);
        drop(board.open().unwrap());
        assert_eq!(whole(&board), before);
        assert_eq!(board.remains(), [""; 0]);
    }
}

#[test]
fn two_renames_are_completed_by_the_next_build() {
    let taken = photographs(Mode::TwoRenames, true);
    let steps: Vec<_> = taken.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [Step::ManifestWritten, Step::JournalWritten, Step::OldAway, Step::Exchanged]);
    for (step, board) in taken {
        assert_eq!(board.out().exists(), step != Step::OldAway);
        let staging = board.open().unwrap();
        let expected = if step < Step::OldAway { "old" } else { "new" };
        assert_eq!(whole(&board), expected, "{step:?}");
        drop(staging);
        assert_eq!(board.remains(), [""; 0]);
    }
}

#[test]
fn two_renames_are_undone_when_the_new_tree_is_not_the_one_of_the_journal() {
    for spoil in ["journal.json", "new/manifest.json"] {
        let taken = photographs(Mode::TwoRenames, true);
        let (_, board) = taken.into_iter().find(|(step, _)| *step == Step::OldAway).unwrap();
        fs::write(board.home.path().join(".public.gongshi-staging").join(spoil), "{").unwrap();
        drop(board.open().unwrap());
        assert_eq!(whole(&board), "old", "{spoil}");
    }
}

#[test]
fn verify_completes_two_renames_too() {
    let taken = photographs(Mode::TwoRenames, true);
    let (_, board) = taken.into_iter().find(|(step, _)| *step == Step::OldAway).unwrap();
    assert_eq!(verify(&board.out()).unwrap(), []);
    assert_eq!(whole(&board), "new");
}

#[test]
fn a_place_taken_between_two_renames_loses_nothing() {
    let taken = photographs(Mode::TwoRenames, true);
    let (_, board) = taken.into_iter().find(|(step, _)| *step == Step::OldAway).unwrap();
    fs::create_dir(board.out()).unwrap();
    fs::write(board.out().join("mine.txt"), "mine").unwrap();
    assert_eq!(name_of(board.open()), "out-not-ours");
    assert_eq!(contents(&board.out()), as_map(&[("mine.txt", "mine")]));
    assert_eq!(contents(&board.home.path().join(".public.gongshi-staging/old")).len(), OLD.len());
}

#[test]
fn the_first_publication_stands_whole_or_not_at_all() {
    for mode in [Mode::OneStep, Mode::TwoRenames] {
        for (step, board) in photographs(mode, false) {
            assert_eq!(board.out().exists(), step == Step::Exchanged);
            drop(board.open().unwrap());
            assert_eq!(board.out().exists(), step == Step::Exchanged);
            assert_eq!(board.remains(), [""; 0]);
        }
    }
}

#[test]
fn killed_while_writing_the_old_site_stands_and_the_next_build_clears_up() {
    let board = Board::new();
    board.publish(OLD).remove_old().unwrap();
    let staging = board.open().unwrap();
    write_all(&staging, &NEW[..2]);
    let killed = photograph(board.home.path());
    assert_eq!(whole(&killed), "old");
    killed.publish(NEW).remove_old().unwrap();
    assert_eq!(whole(&killed), "new");
    assert_eq!(killed.remains(), [""; 0]);
}

#[test]
fn an_abandoned_build_leaves_no_trace() {
    let board = Board::new();
    board.publish(OLD).remove_old().unwrap();
    let staging = board.open().unwrap();
    write_all(&staging, NEW);
    drop(staging);
    assert_eq!(whole(&board), "old");
    assert_eq!(board.remains(), [""; 0]);
}

#[test]
fn a_failed_second_rename_brings_the_old_site_back() {
    let board = Board::new();
    board.publish(OLD).remove_old().unwrap();
    let staging = board.open().unwrap();
    write_all(&staging, NEW);
    let work = board.home.path().join(".public.gongshi-staging");
    let result = staging.publish_by(about(), Mode::TwoRenames, &|step| {
        if step == Step::OldAway {
            fs::rename(work.join("new"), work.join("elsewhere")).unwrap();
        }
    });
    assert_eq!(name_of(result), "cannot-write");
    assert_eq!(whole(&board), "old");
    assert_eq!(board.remains(), [""; 0]);
}
