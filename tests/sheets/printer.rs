//! `gongshi print`.

use super::boards::{about, names_in, print, rows, with_list};
use super::paper::{Paper, joined};
use crate::harness::{Board, DAY};

/// Three lists: two that must be hung up on the day, one that begins later; the first is over two pages.
fn with_wall() -> Board {
    let to_hang = |name: &str, title: &str| {
        let about = about(name, title);
        about.split("[posting]").next().unwrap().to_owned()
    };
    with_list(28)
        .with("subsidies/a.toml", to_hang("a", "临时救助拟确认名单公示"))
        .with("subsidies/b.toml", to_hang("b", "第二批名单公示"))
        .with("subsidies/b.csv", rows(3))
        .with("subsidies/c.toml", to_hang("c", "以后的名单公示").replace("2026-11-18", "2026-12-01"))
        .with("subsidies/c.csv", rows(3))
        .with("subsidies/d.toml", about("d", "已经贴出的名单公示"))
        .with("subsidies/d.csv", rows(3))
}

#[test]
fn all_sheets_of_an_area_are_printed_into_a_folder() {
    let board = with_wall();
    let out = print(&board, &["."]);
    assert_eq!(
        names_in(&out),
        [
            "云溪镇-bulletin.pdf",
            "云溪镇-cards.pdf",
            "云溪镇-contacts.pdf",
            "云溪镇-large-water.pdf",
            "云溪镇-notice-water.pdf",
            "云溪镇-posting.pdf",
            "云溪镇-subsidy-a.pdf",
            "云溪镇-subsidy-b.pdf",
            "云溪镇-subsidy-d.pdf",
        ]
    );
}

#[test]
fn a_kind_and_a_folder_can_be_chosen() {
    let board = with_wall();
    let _ = board.run(&["print", ".", "--sheet", "cards", "--out", "cards", "--date", DAY]).exits(0);
    assert_eq!(names_in(&board.root().join("cards")), ["云溪镇-cards.pdf"]);
    assert!(!board.root().join("sheets").exists());
    for (kind, count) in [("notice", 2), ("subsidy", 3), ("bulletin", 1), ("contacts", 1)] {
        assert_eq!(names_in(&print(&board, &[".", "--sheet", kind])).len(), count, "{kind}");
    }
}

#[test]
fn no_sheet_is_printed_into_the_content_or_a_published_folder() {
    let board = with_wall();
    let _ = board.build().exits(0);
    for out in ["content", "content/files", "public", "public/liutang/new", "./content/../public"] {
        let run = board.run(&["print", ".", "--sheet", "cards", "--out", out, "--date", DAY]).exits(2);
        assert!(run.stderr.starts_with("错误[sheets-not-here]: "), "{out}: {}", run.stderr);
    }
    assert_eq!(board.run(&["check", "--date", DAY]).status, 0);
    let _ = board.run(&["verify", "public"]).exits(0);
}

#[test]
fn paper_can_be_chosen() {
    let board = with_wall();
    for (paper, size) in [("A4", "(A4)"), ("A3", "(A3)"), ("A2", "1190.55 x 1683.78")] {
        let out = print(&board, &[".", "--sheet", "bulletin", "--paper", paper]);
        let poster = Paper::at(out.join("云溪镇-bulletin.pdf"));
        assert!(poster.info()["Page size"].contains(size), "{}", poster.info()["Page size"]);
        assert_eq!(poster.info()["Pages"], "1", "{paper}");
    }
    let out = print(&board, &[".", "--sheet", "subsidy", "--paper", "A3"]);
    assert!(Paper::at(out.join("云溪镇-subsidy-a.pdf")).info()["Page size"].contains("(A3)"));
    // Ten cards fill an A4, whatever the board's paper.
    let out = print(&board, &[".", "--sheet", "cards", "--paper", "A3"]);
    assert!(Paper::at(out.join("云溪镇-cards.pdf")).info()["Page size"].contains("(A4)"));
}

#[test]
fn what_must_be_hung_up_today_comes_in_one_document_behind_the_list_that_says_so() {
    let board = with_wall();
    let out = print(&board, &[".", "--due"]);
    assert_eq!(names_in(&out), [format!("云溪镇-{DAY}.pdf")]);
    let paper = Paper::at(out.join(format!("云溪镇-{DAY}.pdf")));
    let pages: Vec<String> = paper.pages().iter().map(|page| joined(page)).collect();
    let list = &pages[0];
    for text in [
        "云溪镇今日张贴单",
        "今天应当贴在墙上的（5份）",
        "临时救助拟确认名单公示",
        "第二批名单公示",
        "已经贴出的名单公示",
        "第1页共1页",
    ] {
        assert!(list.contains(text), "{text}: {list}");
    }
    // Pages are counted within each sheet.
    let numbers: Vec<String> = pages
        .iter()
        .map(|page| {
            let at = page.rfind('第').unwrap();
            page[at..].chars().take_while(|c| *c != '\u{c}').collect()
        })
        .collect();
    assert_eq!(numbers, ["第1页共1页", "第1页共2页", "第2页共2页", "第1页共1页"]);
    let text = pages.concat();
    assert!(!text.contains("以后的名单"), "{text}");
    // What hangs already stands on the list only.
    let behind = pages[1..].concat();
    assert!(!behind.contains("已经贴出的名单") && !behind.contains("停水通知"), "{behind}");
    assert_eq!(paper.info()["Title"], "云溪镇今日张贴单");
}

#[test]
fn with_nothing_to_hang_the_list_says_so() {
    let board = Board::small().without("contacts.toml").without("notices/water.md");
    let out = print(&board, &[".", "--due"]);
    let paper = Paper::at(out.join(format!("云溪镇-{DAY}.pdf")));
    assert_eq!(paper.pages().len(), 1);
    assert!(joined(&paper.text()).contains("今天应当贴在墙上的（0份）没有。"), "{}", paper.text());
}

#[test]
fn every_household_has_a_card_when_that_is_wished_for() {
    let groups = "groups = [ { name = \"一组\", households = 9 }, { name = \"二组\", households = 14 } ]\n";
    let board = Board::small()
        .with("liutang/area.toml", format!("name = \"柳塘村\"\nlevel = \"village\"\nhouseholds = 23\n{groups}"))
        .with(
            "liutang/contacts.toml",
            "[[contact]]\nname = \"秦牧云\"\nposition = \"网格员\"\nphone = \"0009-3780203\"\nserves = [\"liutang/一组\"]\n\
             [[contact]]\nname = \"潘秀禾\"\nposition = \"网格员\"\nphone = \"0009-3780204\"\nserves = [\"liutang/二组\"]\n",
        );
    let count = |out: &std::path::Path| {
        let text = Paper::at(out.join("liutang-cards.pdf")).text();
        (text.matches("秦牧云").count(), text.matches("潘秀禾").count())
    };
    assert_eq!(count(&print(&board, &["liutang", "--sheet", "cards"])), (1, 1));
    let out = print(&board, &["liutang", "--sheet", "cards", "--copies", "households"]);
    assert_eq!(count(&out), (9, 14));
    assert_eq!(Paper::at(out.join("liutang-cards.pdf")).info()["Pages"], "3");
    let codes = Paper::at(out.join("liutang-cards.pdf")).codes(3);
    assert_eq!(codes, ["https://gongkai.example.org/liutang/contacts/"; 3]);
}

#[test]
fn more_cards_than_a_document_holds_are_refused() {
    let board =
        Board::small().with("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\nhouseholds = 10000000\n");
    let cards = ["print", ".", "--sheet", "cards", "--copies", "households", "--date", DAY, "--lang", "en"];
    let run = board.run(&cards).exits(2);
    assert!(run.stderr.contains("10000000 contact cards"), "{}", run.stderr);
    assert!(!board.root().join("sheets").exists());
}

#[test]
fn files_are_named_by_areas_whatever_these_are_called() {
    let board = Board::small().replacing("area.toml", "\"云溪镇\"", "'城关镇/街道 \"新区\"'");
    let out = print(&board, &[".", "--sheet", "cards"]);
    assert_eq!(names_in(&out), ["城关镇-街道-新区-cards.pdf"]);
}

#[test]
fn an_area_that_does_not_exist_is_wrong_usage() {
    let board = Board::small();
    let run = board.run(&["print", "liutang", "--date", DAY, "--lang", "en"]).exits(2);
    assert!(run.stderr.contains("liutang"), "{}", run.stderr);
    let _ = board.run(&["print", ".", "--sheet", "poster", "--date", DAY]).exits(2);
    let _ = board.run(&["print", ".", "--sheet", "cards", "--due", "--date", DAY]).exits(2);
    assert!(!board.root().join("sheets").exists());
}

#[test]
fn where_there_is_nothing_to_print_that_is_said() {
    let board = Board::small();
    let run =
        board.run(&["print", ".", "--sheet", "reception-month", "--date", DAY, "--lang", "en"]).exits(0);
    assert_eq!(run.stdout, "there is nothing of this to print\n");
    assert!(!board.root().join("sheets").exists());
}

#[test]
fn a_faulty_board_is_not_printed() {
    let board = with_wall().replacing("subsidies/a.toml", "basis", "bases");
    let run = board.run(&["print", ".", "--date", DAY, "--lang", "en"]).exits(1);
    assert!(run.stderr.contains("unknown-key"), "{}", run.stderr);
    assert!(!board.root().join("sheets").exists());
}
