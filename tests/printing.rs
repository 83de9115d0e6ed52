//! What a person sees: whole texts, marks under the right characters, both languages.

use crate::harness::{Board, DAY};

/// What `check` prints of a board with one problem.
fn printed(board: &Board, lang: &str) -> String {
    board.run(&["check", "--date", DAY, "--lang", lang]).exits(1).stdout
}

#[test]
fn a_mark_stands_under_the_right_chinese_character() {
    let board = Board::small().replacing(
        "contacts.toml",
        "serves = [\".\"]",
        "serves = [\"全镇群众\", \"柳塘/一组\"]",
    );
    assert_eq!(
        printed(&board, "zh"),
        "错误[unknown-place]: 没有“柳塘/一组”这个地区或村民小组\n \
         --> contacts.toml:7:19\n  \
         |\n\
         7 | serves = [\"全镇群众\", \"柳塘/一组\"]\n  \
         |                       ^^^^^^^^^^^\n  \
         |\n  \
         = 办法: 地区写文件夹的路径，小组写在后面，如“liutang/一组”；“.”指整个公示栏所在的镇\n\n\
         共1个错误，0个警告\n"
    );
}

#[test]
fn english_says_the_same_beside_it() {
    let board = Board::small().replacing("area.toml", "level", "levle");
    let text = printed(&board, "en");
    assert!(text.starts_with("error["), "{text}");
    assert!(text.contains("did you mean “level”?"), "{text}");
    assert!(!text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"云溪镇".contains(c)), "{text}");
}

#[test]
fn the_locale_chooses_the_language_when_nobody_asks() {
    let board = Board::small().replacing("area.toml", "level", "levle");
    let run = |locale: &str| {
        let mut command = crate::harness::command(board.root(), &["check", "--date", DAY]);
        String::from_utf8(command.env("LC_ALL", locale).output().unwrap().stdout).unwrap()
    };
    assert!(run("en_GB.UTF-8").starts_with("error["));
    assert!(run("zh_CN.UTF-8").starts_with("错误["));
    assert!(run("C").starts_with("错误["));
}

#[test]
fn json_has_a_line_for_each_problem() {
    let board = Board::small().replacing("area.toml", "level", "levle");
    let run = board.check().exits(1);
    for line in run.stdout.lines() {
        let problem: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["code", "severity", "message", "file", "line", "column", "sheet", "cell", "help"] {
            assert!(problem.get(key).is_some(), "{key} is not in {line}");
        }
    }
}

#[test]
fn a_build_says_what_it_built_and_when_it_will_change() {
    let board = Board::small().replacing(
        "notices/water.md",
        "date = 2026-11-05",
        "date = 2026-11-05\nuntil = 2026-12-03",
    );
    let run = board.run(&["build", "--date", DAY, "--lang", "zh"]).exits(0);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains("public") && run.stdout.contains("2026-12-04"), "{}", run.stdout);
    let run = board.run(&["build", "--date", DAY, "--quiet"]).exits(0);
    assert!(run.stdout.is_empty() && run.stderr.is_empty());
}

#[test]
fn every_command_answers_help_and_wrong_usage() {
    let board = Board::empty();
    let _ = board.run(&["--version"]).exits(0);
    let _ = board.run(&["build", "--help"]).exits(0);
    let _ = board.run(&["completions", "bash"]).exits(0);
    let _ = board.run(&["explain", "total-differs"]).exits(0);
    for wrong in [
        &["biuld"][..],
        &["build", "--date", "2026-02-30"],
        &["check", "--jobs", "100000"],
        &["explain", "x"],
    ] {
        let _ = board.run(wrong).exits(2);
    }
}

#[test]
fn a_new_board_can_be_built() {
    let board = Board::empty();
    let _ = board.run(&["new", "town"]).exits(0);
    let _ = board.run(&["check", "town/content", "--date", DAY]).exits(0);
    let _ = board.run(&["new", "town"]).exits(2);
}
