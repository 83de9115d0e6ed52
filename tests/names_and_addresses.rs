//! A private number in a name or an address is said once and has a place, though it stands in everything below.

use crate::harness::{Board, expected};

const MOBILE: &str = "13912345678";
const ID: &str = "370284196203174422";

#[track_caller]
fn is_said_once(board: &Board, code: &str, place: &str) {
    assert_eq!(board.problems(), expected(&[(code, place)]));
    let said = board.build().exits(1).stderr;
    assert!(!said.contains(&MOBILE[3..7]) && !said.contains(&ID[6..10]), "{said}");
}

fn with_village_in(folder: &str) -> Board {
    Board::small()
        .with(&format!("{folder}/area.toml"), "name = \"柳塘村\"\nlevel = \"village\"\n")
        .with(&format!("{folder}/contacts.toml"), "[[contact]]\nname = \"何青山\"\n")
        .with(&format!("{folder}/notices/a.md"), "+++\ntitle = \"停水\"\ndate = 2026-11-05\n+++\n停水。\n")
}

#[test]
fn in_the_name_of_a_folder() {
    // Its digits are not shown in the path either.
    is_said_once(&with_village_in(MOBILE), "phone-not-published", "***********/area.toml");
    is_said_once(&with_village_in(ID), "private-output", "******************/area.toml");
    let said = with_village_in(ID).build().exits(1).stderr;
    assert!(said.contains("号码在文件或文件夹的名字里"), "{said}");
}

#[test]
fn in_the_name_of_an_attachment() {
    let board = Board::small().with(&format!("files/{MOBILE}.txt"), "通知");
    is_said_once(&board, "phone-not-published", "files/***********.txt");
}

#[test]
fn in_the_address_of_the_board() {
    let base = |number: &str| {
        let address = format!("https://a.example.org/{number}/");
        let board = std::fs::read_to_string(Board::small().content().join("board.toml")).unwrap();
        let line = board.lines().find(|line| line.starts_with("base_url")).unwrap().to_owned();
        Board::small().replacing("board.toml", &line, &format!("base_url = \"{address}\""))
    };
    is_said_once(&base(MOBILE), "phone-not-published", "board.toml:3:12");
    is_said_once(&base(ID), "private-content", "board.toml:3:12");
}

#[test]
fn in_an_old_address() {
    let old = |number: &str| {
        Board::small().replacing("notices/water.md", "date =", &format!("aliases = [\"a/{number}\"]\ndate ="))
    };
    is_said_once(&old(MOBILE), "phone-not-published", "notices/water.md:3:12");
    is_said_once(&old(ID), "private-content", "notices/water.md:3:12");
}

#[test]
fn what_stands_on_a_page_alone_is_said_with_the_line_of_the_page() {
    let board = Board::small()
        .replacing("board.toml", "title", "theme = \"own\"\ntitle")
        .with("themes/own/words/zh-Hans.toml", format!("hotline = \"监督电话 {MOBILE}\"\n"));
    let said = board.build().exits(1).stderr;
    assert!(said.contains("在要发布的“index.html”里"), "{said}");
    assert!(said.contains("在那个要发布的文件的第"), "{said}");
}
