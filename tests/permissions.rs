//! What the system does not let the program read is the machine's fault: exit status 3, with the path, and what was
//! published stays.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::harness::{Board, DAY, run_without_privileges};

/// Takes away every permission for something in the content folder.
fn lock(board: &Board, path: &str) {
    fs::set_permissions(board.content().join(path), fs::Permissions::from_mode(0o000)).unwrap();
}

/// Builds, locks, and builds again.
#[track_caller]
fn stays(board: &Board, locked: &str) {
    let build = ["build", "--date", DAY];
    let _ = run_without_privileges(board, &build).exits(0);
    let before = board.published();
    lock(board, locked);
    let run = run_without_privileges(board, &build).exits(3);
    assert!(run.stderr.contains("cannot-read") && run.stderr.contains(locked), "{}", run.stderr);
    assert_eq!(before, board.published());
    let _ = run_without_privileges(board, &["verify", "public"]).exits(0);
    // So that the folder can be removed.
    fs::set_permissions(board.content().join(locked), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_may_not_be_read_is_the_machines_fault() {
    for path in ["board.toml", "contacts.toml", "notices/water.md"] {
        stays(&Board::small(), path);
    }
    stays(&Board::small().with("files/a.txt", "甲\n"), "files/a.txt");
    // Nothing reads it, but the fingerprint of the content.
    stays(&Board::small().with("stray.txt", "甲\n"), "stray.txt");
}

#[test]
fn a_folder_that_may_not_be_listed_is_the_machines_fault() {
    stays(&Board::small(), "notices");
    stays(&Board::small(), "");
}

#[test]
fn check_says_the_same() {
    let board = Board::small();
    lock(&board, "notices/water.md");
    let run = run_without_privileges(&board, &["check", "--date", DAY]).exits(3);
    assert!(run.stderr.contains("notices/water.md"), "{}", run.stderr);
}
