//! A telephone number that nobody published, in text that is read: one problem, at its place, and no more at the door.

use crate::harness::{Board, expected};

/// A mobile number that is on no card.
const MOBILE: &str = "13800138000";

/// A disclosure with a 备注 column, in which the second row says `note`.
fn with_note(note: &str) -> Board {
    let about = "title = \"临时救助公示\"\nitem = \"临时救助\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\n\
        table = \"a.csv\"\n[notice_period]\nstart = 2026-11-20\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n\
        [posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-20\n";
    let rows = format!("姓名,村组,金额,备注\n文顺,一组,500.00,\n孙喆,二组,600.00,{note}\n");
    Board::small().with("subsidies/a.toml", about).with("subsidies/a.csv", rows)
}

/// A plan of reception days whose place is `place`.
fn with_reception_at(place: &str) -> Board {
    let plan = format!(
        "title = \"接访安排\"\nfrom = 2026-11-01\nto = 2026-12-31\npublished = 2026-10-08\nplace = \"{place}\"\n\
         [[session]]\nid = \"leaders\"\ntitle = \"接访日\"\ndays = {{ weekday = \"monday\" }}\nhours = [\"08:30-11:30\"]\n\
         form = \"fixed\"\nhosts = [\"zhou\"]\n"
    );
    Board::small().with("reception.toml", plan)
}

#[track_caller]
fn is_found_once(board: &Board, place: &str) {
    assert_eq!(board.problems(), expected(&[("phone-not-published", place)]));
    let run = board.run(&["check"]).exits(1);
    assert!(!run.stdout.contains(MOBILE), "{}", run.stdout);
    let run = board.build().exits(1);
    assert!(!run.stderr.contains(MOBILE), "{}", run.stderr);
    assert!(!board.public().exists());
}

#[test]
fn in_the_text_of_a_notice_it_is_found_at_its_line() {
    let board = Board::small().replacing("notices/water.md", "停水。", "停水,电话 138 0013 8000。");
    is_found_once(&board, "notices/water.md:5:1");
}

#[test]
fn in_a_note_of_a_disclosure_it_is_found_at_its_cell() {
    let board = with_note(&format!("本人电话{MOBILE}"));
    is_found_once(&board, "subsidies/a.csv:3:14");
    let said = board.build().exits(1).stderr;
    assert!(said.contains("subsidies/a.csv:3:14\n"), "{said}");
    assert!(!said.contains('^'), "a cell that is not shown is not pointed at:\n{said}");
}

#[test]
fn in_the_place_of_reception_days_it_is_found_at_its_key() {
    is_found_once(&with_reception_at(&format!("接待室,先打{MOBILE}")), "reception.toml:5:9");
}

#[test]
fn an_id_number_in_a_note_is_said_at_its_cell_and_not_again_at_the_door() {
    let board = with_note("身份证11010519491231002X");
    assert_eq!(board.problems(), expected(&[("private-content", "subsidies/a.csv:3:14")]));
}

#[test]
fn a_copy_of_a_file_is_named_by_itself() {
    let board = Board::small()
        .replacing("notices/water.md", "停水。", &format!("停水,电话 {MOBILE}。"))
        .with("files/list.txt", format!("电话 {MOBILE}\n"));
    let twice =
        [("phone-not-published", "files/list.txt:1:4"), ("phone-not-published", "notices/water.md:5:1")];
    assert_eq!(board.problems(), expected(&twice));
}

#[test]
fn numbers_that_the_board_publishes_may_stand_in_any_text() {
    // The contact's, the hotline, the one for objections; and short ones.
    let board = with_note("可打0009-3780012").replacing(
        "notices/water.md",
        "停水。",
        "停水,请打(0009)3780001、0009-3780000 或 12345。",
    );
    assert_eq!(board.problems(), []);
    let _ = board.build().exits(0);
    let allowed = with_reception_at(&format!("接待室,先打{MOBILE}")).replacing(
        "board.toml",
        "title",
        "privacy = { allow_phones = [\"138-0013-8000\"] }\ntitle",
    );
    assert_eq!(allowed.problems(), []);
}

#[test]
fn where_a_card_cannot_be_read_nobody_can_say_whose_number_it_is() {
    let board = Board::small().replacing("contacts.toml", "name = \"周青禾\"\n", "").replacing(
        "notices/water.md",
        "停水。",
        "停水,电话 0009-3780001。",
    );
    assert_eq!(board.problems(), expected(&[("missing-key", "contacts.toml:1:1")]));
}
