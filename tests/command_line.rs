//! What is typed wrong is said in the reader's language, by the name of the option, with exit status 2.

use crate::harness::{Board, Run, command};

/// The first line of what is said, and the rest.
#[track_caller]
fn said(arguments: &[&str]) -> (String, String) {
    let board = Board::small();
    let run = board.run(arguments).exits(2);
    assert_eq!(run.stdout, "");
    assert!(!board.public().exists());
    let (first, rest) = run.stderr.split_once('\n').unwrap_or((&run.stderr, ""));
    (first.to_owned(), rest.to_owned())
}

#[test]
fn a_day_is_written_in_one_way() {
    for day in ["2026-1-1", "2026-01-1", "26-01-01", "+2026-01-01", "2026/01/01", "2026-02-30", "今天", ""]
    {
        let (first, rest) = said(&["build", "--date", day]);
        assert!(first.starts_with("错误[not-a-day]: ") && first.contains("--date"), "{day}: {first}");
        assert!(rest.contains("2026-11-22"), "{day}: {rest}");
        let (first, _) = said(&["check", &format!("--date={day}"), "--lang", "en"]);
        assert!(first.starts_with("error[not-a-day]: ") && first.contains("--date"), "{day}: {first}");
    }
    let _ = Board::small().run(&["build", "--date", "2026-01-01"]).exits(0);
}

#[test]
fn wrong_usage_is_said_in_chinese_first() {
    let cases: [(&[&str], &str, &str); 9] = [
        (&["build", "--ouf", "x"], "unexpected-argument", "--ouf"),
        (&["build", "a", "b"], "unexpected-argument", "“b”"),
        (&["biuld"], "unknown-command", "biuld"),
        (&["build", "--out"], "value-missing", "--out"),
        (&["check", "--format", "xml"], "bad-value", "--format"),
        (&["check", "--jobs", "many"], "bad-value", "--jobs"),
        (&["check", "--jobs", "0"], "bad-value", "--jobs"),
        (&["new"], "argument-missing", "DIR"),
        (&["build", "--date", "2026-01-01", "--date", "2026-01-02"], "given-twice", "--date"),
    ];
    for (arguments, code, named) in cases {
        let (first, rest) = said(arguments);
        assert!(first.starts_with(&format!("错误[{code}]: ")) && first.contains(named), "{first}");
        for english in ["error", "Usage", "For more", "tip", "invalid", "unexpected argument '"] {
            assert!(!rest.contains(english), "{rest}");
        }
        let mut in_english = vec!["--lang=en"];
        in_english.extend(arguments);
        let (first, rest) = said(&in_english);
        assert!(first.starts_with(&format!("error[{code}]: ")) && first.contains(named), "{first}");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!first.contains(is_chinese) && !rest.contains(is_chinese), "{first}{rest}");
    }
}

#[test]
fn near_words_are_suggested() {
    assert!(said(&["build", "--strict=yes"]).1.contains("--strict"));
    assert!(said(&["build", "--dat", "2026-01-01"]).1.contains("--date"));
    assert!(said(&["biuld"]).1.contains("build"));
    assert!(said(&["check", "--format", "jsn"]).1.contains("json"));
}

#[test]
fn the_locale_chooses_the_language_of_wrong_usage_too() {
    let board = Board::small();
    let run = |locale: &str| {
        let mut command = command(board.root(), &["build", "--nothing"]);
        Run::from(command.env("LANG", locale).output().unwrap()).exits(2).stderr
    };
    assert!(run("en_US.UTF-8").starts_with("error["));
    assert!(run("zh_CN.UTF-8").starts_with("错误["));
}

#[test]
fn help_and_version_are_no_errors() {
    let board = Board::small();
    for arguments in [&["--help"][..], &["help", "build"], &["--version"], &["build", "-h"]] {
        let run = board.run(arguments).exits(0);
        assert!(!run.stdout.is_empty() && run.stderr.is_empty());
    }
    // Without any command the help is what is said.
    let run = board.run(&[]).exits(2);
    assert!(run.stderr.contains("build"), "{}", run.stderr);
}
