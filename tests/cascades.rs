//! One mistake, one problem: what follows from it elsewhere is not said.

use crate::harness::{Board, DAY, expected};

/// A board on which a team, a posting and a successor name the one contact.
fn with_references() -> Board {
    Board::small()
        .with(
            "contacts/team.toml",
            "[[team]]\ntitle = \"工作站\"\nhead = \"zhou\"\nmembers = [\"zhou\", \"周青禾\"]\n",
        )
        .with(
            "reception.toml",
            "title = \"接访安排\"\nfrom = 2026-11-01\nto = 2026-12-31\npublished = 2026-10-08\nplace = \"接待室\"\n\
             [[session]]\nid = \"leaders\"\ntitle = \"接访日\"\ndays = { weekday = \"monday\" }\n\
             hours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"zhou\"]\n",
        )
        .replacing("contacts/team.toml", ", \"周青禾\"", "")
}

/// A board with a village of one group, which the town's contact serves and a list of the town names.
fn with_village() -> Board {
    let village = "name = \"柳塘村\"\nlevel = \"village\"\ngroups = [{ name = \"一组\" }]\n";
    let other = "name = \"桥头村\"\nlevel = \"village\"\ngroups = [{ name = \"新屋组\" }]\n";
    let list = "title = \"发放结果\"\nitem = \"临时救助\"\nstage = \"paid\"\nauthority = \"云溪镇人民政府\"\n\
        table = \"a.csv\"\n[decision]\ndate = 2026-11-20\n";
    Board::small()
        .replacing(
            "contacts.toml",
            "serves = [\".\"]",
            "serves = [\".\", \"liutang\", \"liutang/一组\", \"qiaotou/新屋组\"]",
        )
        .with("liutang/area.toml", village)
        .with("qiaotou/area.toml", other)
        .with("subsidies/a.toml", list)
        .with("subsidies/a.csv", "姓名,村组,金额\n文顺,柳塘村一组,500.00\n孙喆,桥头村新屋组,600.00\n")
}

#[track_caller]
fn has_only(board: &Board, code: &str, place: &str) {
    assert_eq!(board.problems(), expected(&[(code, place)]));
}

#[test]
fn the_boards_without_mistakes_have_no_problems() {
    assert_eq!(with_references().problems(), []);
    assert_eq!(with_village().problems(), []);
}

#[test]
fn nobody_is_unknown_while_a_file_of_contacts_cannot_be_read() {
    let broken = with_references().replacing("contacts.toml", "id =", "id ");
    assert_eq!(broken.problems().len(), 1, "{:?}", broken.problems());
    let (gbk, ..) = encoding_rs::GBK.encode("[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\n");
    has_only(&with_references().with("contacts.toml", gbk), "not-utf8", "contacts.toml:3:9");
    // Nor has a plan too few sessions when it is not known who holds them.
    let plan = std::fs::read_to_string(broken.content().join("reception.toml")).unwrap();
    let plan = plan
        + "[[swap]]\nsession = \"leaders\"\ndate = 2026-11-30\ncancel = true\nreason = \"停电\"\ntold = 2026-11-20\n\
           [[quota]]\nsession = \"leaders\"\nat_least = 1\nevery = \"month\"\n";
    let (sound, broken) =
        (with_references().with("reception.toml", &plan), broken.with("reception.toml", &plan));
    assert_eq!(sound.problems(), expected(&[("session-cancelled", "reception.toml:16:10")]));
    assert_eq!(broken.problems().len(), 1, "{:?}", broken.problems());
    let table = with_references();
    std::fs::remove_file(table.content().join("contacts.toml")).unwrap();
    has_only(&table.with("contacts.csv", "姓名,姓名\n"), "duplicate-heading", "contacts.csv:1:4");
}

#[cfg(unix)]
#[test]
fn nobody_is_unknown_while_the_contacts_are_a_link_out_of_the_board() {
    let board = with_references();
    let (file, outside) = (board.content().join("contacts.toml"), board.root().join("contacts.toml"));
    std::fs::rename(&file, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &file).unwrap();
    has_only(&board, "link-leaves-board", "contacts.toml");
}

#[test]
fn a_card_without_id_and_name_could_be_anybodys() {
    let board = with_references().replacing("contacts.toml", "id = \"zhou\"\nname = \"周青禾\"\n", "");
    has_only(&board, "missing-key", "contacts.toml:1:1");
}

#[test]
fn a_contact_who_is_really_unknown_is_still_named() {
    let board = with_references().replacing("contacts/team.toml", "head = \"zhou\"", "head = \"zhuo\"");
    has_only(&board, "unknown-contact", "contacts/team.toml:3:8");
}

#[test]
fn groups_are_not_called_unserved_while_contacts_cannot_be_read() {
    let broken = with_village().replacing("contacts.toml", "id =", "id ");
    assert_eq!(broken.problems().len(), 1, "{:?}", broken.problems());
}

#[test]
fn a_misspelt_required_key_is_one_mistake() {
    has_only(
        &Board::small().replacing("notices/water.md", "title", "titel"),
        "unknown-key",
        "notices/water.md:2:1",
    );
    has_only(&Board::small().replacing("contacts.toml", "name", "nmae"), "unknown-key", "contacts.toml:3:1");
    let list = with_village().replacing("subsidies/a.toml", "stage", "stgae");
    has_only(&list, "unknown-key", "subsidies/a.toml:3:1");
    // A table that must be there, too.
    let proposed = with_village().replacing("subsidies/a.toml", "\"paid\"", "\"proposed\"").replacing(
        "subsidies/a.toml",
        "[decision]\ndate = 2026-11-20",
        "[notice_perod]\nstart = 2026-12-01\n[objections]\nto = \"民政办\"",
    );
    has_only(&proposed, "unknown-key", "subsidies/a.toml:6:2");
}

#[test]
fn a_key_that_is_missing_and_another_that_is_unknown_are_two_mistakes() {
    let board = Board::small().replacing("notices/water.md", "title = ", "colour = ");
    let two = [("missing-key", "notices/water.md"), ("unknown-key", "notices/water.md:2:1")];
    assert_eq!(board.problems(), expected(&two));
}

#[test]
fn an_area_that_cannot_be_read_is_not_unknown_elsewhere() {
    for broken in
        ["name = \"柳塘村\"\nlevel = \"vilage\"\ngroups = [{ name = \"一组\" }]\n", "level = \"village\"\n"]
    {
        let problems = with_village().with("liutang/area.toml", broken).problems();
        assert!(problems.len() == 1 && problems[0].1.starts_with("liutang/area.toml"), "{problems:?}");
    }
    let syntax = with_village().with("liutang/area.toml", "name = \"柳塘村\n");
    has_only(&syntax, "toml-syntax", "liutang/area.toml:1:12");
    // Without any area.toml.
    let missing =
        with_village().with("liutang/notices/a.md", "+++\ntitle = \"甲\"\ndate = 2026-11-01\n+++\n甲。\n");
    std::fs::remove_file(missing.content().join("liutang/area.toml")).unwrap();
    has_only(&missing, "no-area-file", "");
    let run = missing.run(&["build", "--date", DAY]).exits(1);
    assert!(!run.stderr.contains("unknown-"), "{}", run.stderr);
}
