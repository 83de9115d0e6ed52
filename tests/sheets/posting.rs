//! The posting list of the day says what `gongshi audit` says.

use super::boards::{about, names_in, print, rows};
use super::paper::{Paper, joined};
use crate::harness::{Board, DAY};

/// A list of each kind of record, a new notice and an old one, and the card of somebody who has left.
fn board() -> Board {
    let posting =
        |on: &str, more: &str| format!("[posting]\nplace = \"公开栏\"\nby = \"zhou\"\non = {on}\n{more}");
    let list = |name: &str, title: &str, record: &str| {
        let about = about(name, title);
        let head = about.split("[posting]").next().unwrap().to_owned();
        (format!("subsidies/{name}.toml"), format!("{head}{record}"))
    };
    let lists = [
        list("a", "没有记录的名单", ""),
        list("b", "提前取下的名单", &posting("2026-11-18", "off = 2026-11-20\n")),
        list("c", "换了一版的名单", &posting("2026-11-10", "")),
        list("d", "已经贴出的名单", &posting("2026-11-18", "")),
    ];
    let contacts = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nphone = \"0009-3780001\"\nserves = [\".\"]\n\
                    [[contact]]\nname = \"何青山\"\nto = 2026-11-01\nsuccessor = \"zhou\"\n";
    let board = lists.into_iter().fold(Board::small(), |board, (path, text)| board.with(&path, text));
    let board = ["a", "b", "c", "d"]
        .iter()
        .fold(board, |board, name| board.with(&format!("subsidies/{name}.csv"), rows(2)));
    board
        .replacing("subsidies/c.toml", "table", "edition = 2\ntable")
        .with("contacts.toml", contacts)
        .with("notices/new.md", "+++\ntitle = \"新的通知\"\ndate = 2026-11-17\n+++\n开会。\n")
}

#[test]
fn the_posting_list_says_what_the_audit_says() {
    let board = board();
    let said = board.run(&["audit", ".", "--date", DAY]).exits(0).stdout;
    for line in [
        "该张贴的：4",
        "没有记录的名单 （贴到2026-11-24）",
        "提前取下的名单 （贴到2026-11-24） （提前取下了）",
        "换了一版的名单 （贴到2026-11-24） （张贴记录是旧的一版）",
        "2026-11-17  云溪镇  公告  新的通知",
        "2026-11-02  云溪镇  旧联系卡  何青山",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let paper = Paper::at(print(&board, &[".", "--sheet", "posting"]).join("云溪镇-posting.pdf"));
    let sheet = joined(&paper.text());
    for text in [
        "还没有张贴记录",
        "提前取下了，要再贴上",
        "贴的是旧的一版，换上新的",
        "已有张贴记录",
        "11月17日起，新的",
        "何青山的旧联系卡，收回",
    ] {
        assert!(sheet.contains(text), "{text}: {sheet}");
    }
    // The notice of the 5th hangs, and is new no more.
    assert!(sheet.contains("停水通知") && !sheet.contains("11月5日起"), "{sheet}");
    // And what is printed for the day is what both call for.
    let out = print(&board, &[".", "--due"]);
    assert_eq!(names_in(&out), [format!("云溪镇-{DAY}.pdf")]);
    let pages = Paper::at(out.join(format!("云溪镇-{DAY}.pdf"))).pages();
    let behind: String = pages.iter().skip(1).map(|page| joined(page)).collect();
    for title in ["没有记录的名单", "提前取下的名单", "换了一版的名单", "新的通知"] {
        assert!(behind.contains(title), "{title}");
    }
    assert!(!behind.contains("已经贴出的名单") && !behind.contains("停水通知"));
}

#[test]
fn on_the_evening_of_its_last_day_a_list_may_come_down() {
    let taken =
        board().replacing("subsidies/d.toml", "on = 2026-11-18\n", "on = 2026-11-18\noff = 2026-11-24\n");
    let print = |board: &Board| {
        let run = board.run(&["print", ".", "--sheet", "posting", "--date", "2026-11-24"]);
        let _ = run.exits(0);
        joined(&Paper::at(board.root().join("sheets/云溪镇-posting.pdf")).text())
    };
    let sheet = print(&taken);
    assert!(!sheet.contains("已经贴出的名单"), "{sheet}");
    let said = taken.run(&["audit", ".", "--date", "2026-11-24"]).exits(0).stdout;
    assert!(!said.contains("已经贴出的名单"), "{said}");
}
