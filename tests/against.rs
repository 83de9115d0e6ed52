//! `check --against`: what has been published and is open is not changed in silence.

use crate::harness::{Board, DAY, Run, expected};

const LIST: &str = "title = \"救助公示\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nedition = 1\n\n\
    [notice_period]\nstart = 2026-11-18\n\n[objections]\nto = \"民政办\"\n\n[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-18\n";
const ROWS: &str = "姓名,金额\n张小明,300.00\n李红,700.00\n";
const FILE: &str = "subsidies/a.toml";
const TABLE: &str = "subsidies/a.csv";

/// A board with one open list, published.
fn published() -> Board {
    let board = Board::small().with(FILE, LIST).with(TABLE, ROWS);
    let _ = board.build().exits(0);
    board
}

fn against(board: &Board, day: &str) -> Run {
    board.run(&["check", "--against", "public", "--format", "json", "--date", day])
}

#[track_caller]
fn finds(board: &Board, day: &str, problems: &[(&str, &str)]) {
    assert_eq!(against(board, day).problems(), expected(problems));
}

#[test]
fn what_is_the_same_is_no_problem() {
    let board = published();
    finds(&board, DAY, &[]);
    finds(&board, "2026-11-24", &[]);
    // What does not reach the page is no change.
    finds(&board.with(TABLE, "姓名,金额\n张大明,300.00\n李红,700.00\n"), DAY, &[]);
}

#[test]
fn a_row_changed_while_the_list_is_open_needs_a_new_edition_and_start() {
    let changed = ROWS.replace("300.00", "310.00");
    let board = published().with(TABLE, &changed);
    finds(&board, DAY, &[("changed-while-open", "subsidies/a.toml:5:11")]);
    finds(&board, "2026-11-24", &[("changed-while-open", "subsidies/a.toml:5:11")]);
    finds(&board, "2026-11-25", &[]);
    let board = board.replacing(FILE, "edition = 1", "edition = 2");
    finds(&board, DAY, &[("edition-without-start", "subsidies/a.toml:5:11")]);
    let board = board.replacing(FILE, "start = 2026-11-18", "start = 2026-11-22");
    let board = board.replacing(FILE, "on = 2026-11-18", "on = 2026-11-22");
    finds(&board, DAY, &[]);
    let _ = board.build().exits(0);
    let board = board.replacing(FILE, "edition = 2", "edition = 1");
    finds(&board, DAY, &[("edition-lowered", "subsidies/a.toml:5:11")]);
}

#[test]
fn every_change_that_readers_see_counts() {
    for rows in [
        "姓名,金额\n张小明,300.00\n",
        "姓名,金额\n李红,700.00\n张小明,300.00\n",
        "姓名,金额\n张小鸣,300.00\n李红,700.00\n",
    ] {
        finds(&published().with(TABLE, rows), DAY, &[("changed-while-open", "subsidies/a.toml:5:11")]);
    }
    let shorter = published().replacing(FILE, "start = 2026-11-18", "start = 2026-11-18\ndays = 6");
    finds(&shorter, DAY, &[("changed-while-open", "subsidies/a.toml:5:11")]);
    let without = published().replacing(FILE, "edition = 1\n", "").with(TABLE, "姓名,金额\n王五一,1\n");
    finds(&without, DAY, &[("changed-while-open", "subsidies/a.toml")]);
}

#[test]
fn an_open_list_does_not_vanish() {
    let board = published();
    for path in [FILE, TABLE] {
        std::fs::remove_file(board.content().join(path)).unwrap();
    }
    finds(&board, DAY, &[("open-list-removed", "")]);
    finds(&board, "2026-11-25", &[]);
}

#[test]
fn a_list_that_has_not_begun_may_still_change() {
    let later = LIST.replace("2026-11-18", "2026-11-23");
    let board = Board::small().with(FILE, &later).with(TABLE, ROWS);
    let _ = board.build().exits(0);
    finds(&board.with(TABLE, "姓名,金额\n王五一,1\n"), DAY, &[]);
}

#[test]
fn only_a_published_folder_can_be_compared() {
    let board = published();
    let run = board.run(&["check", "--against", "content", "--date", DAY]);
    assert_eq!(run.status, 2, "{}", run.stderr);
}
