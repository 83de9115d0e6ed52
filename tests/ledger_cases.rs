//! The ledger where it is hard: decisions and what tells of them, lists posted again, plans of years, catalogues above one
//! another, years without a notice. Each board's states are reckoned by hand.

use serde_json::Value;

use crate::harness::{Board, expected};

fn item(id: &str, kind: &str, level: &str, more: &str) -> String {
    format!("[[item]]\nid = \"{id}\"\ntitle = \"事项{id}\"\nkind = \"{kind}\"\nlevel = \"{level}\"\n{more}\n")
}

/// A town with the villages 柳村 and 桥村, and a catalogue.
fn town(catalogue: &str) -> Board {
    let village = |name: &str| format!("name = \"{name}\"\nlevel = \"village\"\n");
    Board::small()
        .with("catalogue.toml", catalogue)
        .with("liu/area.toml", village("柳村"))
        .with("qiao/area.toml", village("桥村"))
        .serving(&["liu", "qiao"])
}

/// A list whose notice period begins on a day.
fn list(start: &str, more: &str) -> String {
    format!(
        "title = \"低保公示\"\nstage = \"proposed\"\nauthority = \"云溪镇\"\ntable = \"rows.csv\"\n{more}\n\
         [notice_period]\nstart = {start}\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n"
    )
}

const ROWS: &str = "姓名,金额\n赵一平,100.00\n";

fn paid(day: &str, more: &str) -> String {
    format!(
        "title = \"低保发放\"\nstage = \"paid\"\nauthority = \"云溪镇\"\ntable = \"rows.csv\"\n{more}\n[decision]\ndate = {day}\n"
    )
}

/// How an item stands in an area: its state, its last day, what has been counted (on time, late, due, overdue, missed).
#[track_caller]
fn standing(board: &Board, day: &str, area: &str, id: &str) -> (String, String, [u64; 5]) {
    let _ = board.run(&["build", "--date", day]).exits(0);
    let data: Value = serde_json::from_slice(&board.published()["ledger.json"]).unwrap();
    let rows = data["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["area"] == area && row["item"] == id).unwrap();
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let counts =
        ["on_time", "late", "due", "overdue", "missed"].map(|key| row["counts"][key].as_u64().unwrap());
    (text("state"), text("due"), counts)
}

fn is(state: &str, due: &str, counts: [u64; 5]) -> (String, String, [u64; 5]) {
    (state.to_owned(), due.to_owned(), counts)
}

#[test]
fn a_decision_is_told_of_by_the_list_that_follows_it() {
    let catalogue = item("a", "subsidy", "village", "due = { within_workdays = 5 }");
    let proposed = list("2026-02-02", "item = \"a\"") + "[decision]\ndate = 2026-02-12\n";
    let board = town(&catalogue).with("liu/subsidies/p.toml", proposed).with("liu/subsidies/rows.csv", ROWS);
    assert_eq!(standing(&board, "2026-02-11", "liu", "a"), is("due", "", [0; 5]));
    // Five working days after 12 February 2026: Friday 13, Saturday 14 (worked), then after the holidays 24, 25, 26.
    assert_eq!(standing(&board, "2026-02-26", "liu", "a"), is("due", "2026-02-26", [0, 0, 1, 0, 0]));
    assert_eq!(standing(&board, "2026-02-27", "liu", "a"), is("overdue", "2026-02-26", [0, 0, 0, 1, 0]));
    // The follower need not repeat the item, and is not a second thing to tell of.
    let board = board.with("liu/subsidies/q.toml", paid("2026-03-10", "follows = \"p\""));
    assert_eq!(standing(&board, "2026-03-09", "liu", "a"), is("overdue", "2026-02-26", [0, 0, 0, 1, 0]));
    assert_eq!(standing(&board, "2026-03-10", "liu", "a"), is("done", "2026-02-26", [0, 1, 0, 0, 0]));
    // A decision that no earlier stage was posted for is told of by its own list.
    let alone = town(&catalogue).with("liu/subsidies/q.toml", paid("2026-03-10", "item = \"a\""));
    let alone = alone.with("liu/subsidies/rows.csv", ROWS);
    assert_eq!(standing(&alone, "2026-03-10", "liu", "a"), is("done", "2026-03-17", [1, 0, 0, 0, 0]));
}

#[test]
fn a_later_stage_that_was_posted_again_owes_nothing_more() {
    let catalogue = item("a", "subsidy", "village", "due = { within_workdays = 20 }");
    let confirmed =
        |start: &str, more: &str| list(start, more).replace("stage = \"proposed\"", "stage = \"confirmed\"");
    let objection = "[[objection]]\nreceived = 2026-10-14\noutcome = \"upheld\"\ndecided = 2026-10-20\nreposted = \"r\"\n";
    let board = town(&catalogue)
        .with("liu/subsidies/p.toml", list("2026-09-01", "item = \"a\"") + "[decision]\ndate = 2026-09-15\n")
        .with("liu/subsidies/q.toml", confirmed("2026-10-12", "follows = \"p\"") + objection)
        .with("liu/subsidies/r.toml", confirmed("2026-10-26", "") + "[decision]\ndate = 2026-11-05\n")
        .with("liu/subsidies/rows.csv", ROWS);
    assert_eq!(standing(&board, "2026-11-22", "liu", "a"), is("done", "2026-10-19", [1, 0, 0, 0, 0]));
}

#[test]
fn a_list_posted_again_stands_for_the_first_and_is_as_punctual() {
    let catalogue = item("a", "subsidy", "village", "due = { quarter_day = 20 }\nfrom = 2026-10-01");
    let objection = "[[objection]]\nreceived = 2026-10-14\noutcome = \"upheld\"\ndecided = 2026-11-02\nreposted = \"b\"\n";
    let board = town(&catalogue)
        .with("liu/subsidies/a.toml", list("2026-10-13", "item = \"a\"") + objection)
        // It has the item of the first, though it names none.
        .with("liu/subsidies/b.toml", list("2026-11-05", ""))
        .with("liu/subsidies/rows.csv", ROWS);
    for day in ["2026-10-31", "2026-11-04", "2026-11-06", "2026-11-19", "2026-12-31"] {
        assert_eq!(standing(&board, day, "liu", "a"), is("done", "2026-10-20", [1, 0, 0, 0, 0]), "{day}");
    }
    // It is the later one that is shown.
    let data: Value = serde_json::from_slice(&board.published()["ledger.json"]).unwrap();
    assert!(data["items"].to_string().contains("liu/subsidies/b/"), "{data}");
    // In the next quarter nothing is done by it.
    assert_eq!(standing(&board, "2027-01-06", "liu", "a"), is("due", "2027-01-20", [1, 0, 1, 0, 0]));
}

#[test]
fn a_withdrawn_list_still_fulfilled_its_period_and_stands_no_more() {
    let catalogue = item("a", "subsidy", "village", "due = { quarter_day = 20 }\nfrom = 2026-07-01")
        + &item("b", "subsidy", "village", "");
    let board = town(&catalogue)
        .with("liu/subsidies/a.toml", list("2026-07-13", "item = \"a\""))
        .with("liu/subsidies/b.toml", list("2026-07-13", "item = \"b\""))
        .with("liu/subsidies/rows.csv", ROWS);
    // The period ends on 19 July; thirty days later the rows are withdrawn.
    assert_eq!(standing(&board, "2026-08-18", "liu", "b"), is("done", "", [1, 0, 0, 0, 0]));
    assert_eq!(standing(&board, "2026-08-19", "liu", "b"), is("due", "", [0, 0, 1, 0, 0]));
    assert_eq!(standing(&board, "2026-09-30", "liu", "a"), is("done", "2026-07-20", [1, 0, 0, 0, 0]));
}

#[test]
fn a_card_that_changed_is_told_of_by_the_next_update() {
    let catalogue = item("c", "contact", "village", "due = { within_workdays = 20 }");
    let cards = |updated: &str| {
        let card = |name: &str, term: &str| format!("[[contact]]\nname = \"{name}\"\n{term}\n");
        let both =
            card("何青山", "to = 2026-05-31\nsuccessor = \"苏小兰\"") + &card("苏小兰", "from = 2026-06-01");
        let third = card("林远舟", "from = 2026-11-20");
        town(&catalogue).with("liu/contacts.toml", format!("updated = {updated}\n{both}{third}"))
    };
    // Overdue since 1 June plus 20 working days, over the Dragon Boat Festival; another card does not hide it.
    let board = cards("2026-01-10");
    assert_eq!(standing(&board, "2026-11-19", "liu", "c"), is("overdue", "2026-06-30", [0, 0, 0, 1, 0]));
    assert_eq!(standing(&board, "2026-11-20", "liu", "c"), is("overdue", "2026-06-30", [0, 0, 1, 1, 0]));
    let board = cards("[2026-01-10, 2026-07-01]");
    assert_eq!(standing(&board, "2026-11-19", "liu", "c"), is("done", "2026-06-30", [0, 1, 0, 0, 0]));
    // Of the only day that is known nobody can say that it was late.
    let board = cards("2026-07-01");
    assert_eq!(standing(&board, "2026-11-19", "liu", "c"), is("done", "2026-06-30", [1, 0, 0, 0, 0]));
}

#[test]
fn a_result_that_is_still_to_come_is_due_from_its_inspection_on() {
    let catalogue = item("r", "result", "town", "due = { within_workdays = 5 }");
    let result = "title = \"检查\"\nkind = \"ranking\"\ndate = 2026-11-20\nperiod = \"2026-10\"\ninspected = 2026-11-02\n\
                  item = \"r\"\ntable = \"r.csv\"\n[score]\nparts = [{ column = \"分\", weight = \"1\" }]\n";
    let board =
        town(&catalogue).with("results/r.toml", result).with("results/r.csv", "村,分\n柳村,90\n桥村,80\n");
    assert_eq!(standing(&board, "2026-11-01", ".", "r"), is("due", "", [0; 5]));
    assert_eq!(standing(&board, "2026-11-09", ".", "r"), is("due", "2026-11-09", [0, 0, 1, 0, 0]));
    assert_eq!(standing(&board, "2026-11-10", ".", "r"), is("overdue", "2026-11-09", [0, 0, 0, 1, 0]));
    assert_eq!(standing(&board, "2026-11-20", ".", "r"), is("done", "2026-11-09", [0, 1, 0, 0, 0]));
}

#[test]
fn the_plan_of_a_year_fulfils_that_year_alone() {
    let catalogue = item("j", "reception", "town", "due = { year_day = \"01-15\" }\nfrom = 2026-01-01");
    let plan = |from: &str, to: &str, published: &str| {
        format!(
            "title = \"接访日\"\nfrom = {from}\nto = {to}\npublished = {published}\nplace = \"一楼\"\nprovisional = true\n\
             [[session]]\nid = \"a\"\ntitle = \"接访\"\ndays = {{ weekday = \"monday\" }}\nhours = [\"09:00-11:00\"]\n\
             form = \"fixed\"\nhosts = [\"zhou\"]\n"
        )
    };
    let board = |from, to, published| town(&catalogue).with("reception.toml", plan(from, to, published));
    let next = board("2027-01-01", "2027-12-31", "2026-12-20");
    assert_eq!(standing(&next, "2026-12-31", ".", "j"), is("overdue", "2026-01-15", [0, 0, 0, 1, 0]));
    assert_eq!(standing(&next, "2027-01-01", ".", "j"), is("done", "2027-01-15", [1, 0, 0, 0, 1]));
    let long = board("2025-12-01", "2026-12-31", "2025-11-20");
    assert_eq!(standing(&long, "2026-01-20", ".", "j"), is("done", "2026-01-15", [1, 0, 0, 0, 0]));
}

#[test]
fn whoever_never_published_owes_as_much_as_whoever_did() {
    let catalogue = item("n", "notice", "village", "due = { month_day = 10 }");
    let notice = |day: &str| format!("+++\ntitle = \"账目\"\ndate = {day}\nitem = \"n\"\n+++\n收支。\n");
    let board = town(&catalogue).with("liu/notices/a.md", notice("2026-09-03"));
    assert_eq!(standing(&board, "2026-11-22", "liu", "n"), is("overdue", "2026-11-10", [1, 0, 0, 2, 0]));
    assert_eq!(standing(&board, "2026-11-22", "qiao", "n"), is("overdue", "2026-11-10", [0, 0, 0, 3, 0]));
    // A first day in the catalogue holds for all.
    let board = board.with("catalogue.toml", catalogue.clone() + "from = 2026-11-01\n");
    assert_eq!(standing(&board, "2026-11-22", "qiao", "n"), is("overdue", "2026-11-10", [0, 0, 0, 1, 0]));
    let later = board.with("catalogue.toml", catalogue + "from = 2027-03-01\n");
    assert_eq!(standing(&later, "2026-11-22", "qiao", "n"), is("due", "2027-03-10", [0; 5]));
}

#[test]
fn catalogues_hold_for_the_areas_below_and_each_level_owes_its_own() {
    let level = |name: &str, level: &str| format!("name = \"{name}\"\nlevel = \"{level}\"\n");
    let notice =
        |item: &str| format!("+++\ntitle = \"账目\"\ndate = 2026-11-05\nitem = \"{item}\"\n+++\n收支。\n");
    let monthly = "due = { month_day = 10 }\nfrom = 2026-11-01";
    let board = Board::small()
        .with("area.toml", level("云溪县", "county"))
        .with(
            "catalogue.toml",
            item("c", "notice", "county", monthly) + &item("v", "notice", "village", monthly),
        )
        .with("yun/area.toml", level("云镇", "town"))
        .with(
            "yun/catalogue.toml",
            item("t", "notice", "town", monthly) + &item("w", "notice", "village", monthly),
        )
        .with("yun/liu/area.toml", level("柳村", "village"))
        .with("shan/area.toml", level("山镇", "town"))
        .with("shan/qiao/area.toml", level("桥村", "village"))
        .with("notices/a.md", notice("c"))
        .with("yun/liu/notices/a.md", notice("w"))
        .with("yun/liu/notices/b.md", notice("v"))
        .serving(&["yun", "yun/liu", "shan", "shan/qiao"]);
    assert_eq!(board.problems(), []);
    assert_eq!(standing(&board, "2026-11-22", "yun/liu", "v").0, "done");
    assert_eq!(standing(&board, "2026-11-22", "yun/liu", "w").0, "done");
    assert_eq!(standing(&board, "2026-11-22", "shan/qiao", "v").0, "overdue");
    assert_eq!(standing(&board, "2026-11-22", "yun", "t").0, "overdue");
    let counts = |path: &str| {
        let data: Value = serde_json::from_slice(&board.published()[path]).unwrap();
        ["obligations", "on_time", "overdue"].map(|key| data["counts"][key].as_u64().unwrap())
    };
    assert_eq!(counts("ledger.json"), [5, 3, 2]);
    assert_eq!(counts("yun/ledger.json"), [3, 2, 1]);
    assert_eq!(counts("yun/liu/ledger.json"), [2, 2, 0]);
    assert_eq!(counts("shan/ledger.json"), [1, 0, 1]);
}

#[test]
fn a_year_without_a_notice_is_waited_for_and_said() {
    let catalogue = item("c", "contact", "village", "due = { within_workdays = 10 }");
    let cards = "updated = 2026-01-10\n[[contact]]\nname = \"苏小兰\"\nfrom = 2026-12-25\n";
    let board = town(&catalogue)
        .with("liu/contacts.toml", cards)
        .with("qiao/contacts.toml", "[[contact]]\nname = \"桥有根\"\n");
    let run = board.run(&["check", "--date", "2027-02-01", "--format", "json"]);
    assert_eq!(run.problems(), expected(&[("due-unannounced", "catalogue.toml:1:1")]));
    assert_eq!(standing(&board, "2027-02-01", "liu", "c"), is("due", "", [0, 0, 1, 0, 0]));
    let page = String::from_utf8(board.published()["liu/ledger/index.html"].clone()).unwrap();
    assert!(page.contains("待国务院通知"), "{page}");
    // Whoever asks what falls due is told of it, without a day.
    let said = board.run(&["audit", "liu", "--date", "2027-02-01", "--due", "30"]).exits(0).stdout;
    assert!(said.contains("快到期的：1") && said.contains("  待国务院通知  柳村  公开事项  事项c"), "{said}");
}

#[test]
fn items_that_reach_nobody_are_said() {
    let monthly = "due = { month_day = 10 }";
    let cases = [
        (item("a", "notice", "county", monthly), ("item-owed-by-nobody", "catalogue.toml:1:1")),
        (item("a", "notice", "village", "except = [\".\"]"), ("item-owed-by-nobody", "catalogue.toml:1:1")),
        (
            item("a", "notice", "town", "except = [\"liu\"]"),
            ("exception-without-effect", "catalogue.toml:6:11"),
        ),
        (item("a", "notice", "town", "role = \"联络员\""), ("item-role-unheld", "catalogue.toml:6:8")),
        (
            item("a", "notice", "town", "due = { within_workdays = 5 }"),
            ("due-without-event", "catalogue.toml:1:1"),
        ),
        (item("a", "notice", "town", "due = []"), ("wrong-type", "catalogue.toml:6:7")),
        (
            item("a", "notice", "town", "due = [{ month_day = 1 }, { month_day = 2 }]"),
            ("wrong-type", "catalogue.toml:6:7"),
        ),
        (
            item("a", "notice", "town", "") + &item("b", "notice", "town", "").replace("事项b", "事项a"),
            ("duplicate-item", "catalogue.toml:9:9"),
        ),
    ];
    for (catalogue, problem) in cases {
        assert_eq!(town(&catalogue).problems(), expected(&[problem]), "{catalogue}");
    }
    // Items of one title may be owed by two levels; each means its own.
    let two = item("a", "notice", "town", "due = { month_day = 10 }\nfrom = 2026-11-01")
        + &item("b", "notice", "village", "due = { month_day = 10 }\nfrom = 2026-11-01")
            .replace("事项b", "事项a");
    let notice = "+++\ntitle = \"账目\"\ndate = 2026-11-05\nitem = \"事项a\"\n+++\n收支。\n";
    let board = town(&two).with("liu/notices/a.md", notice);
    assert_eq!(board.problems(), []);
    assert_eq!(standing(&board, "2026-11-22", "liu", "b").0, "done");
    assert_eq!(standing(&board, "2026-11-22", ".", "a").0, "overdue");
}

#[test]
fn what_areas_below_owe_their_town_cannot_publish_for_them() {
    let catalogue = item("t", "notice", "town", "") + &item("v", "notice", "village", "");
    let notice =
        |item: &str| format!("+++\ntitle = \"账目\"\ndate = 2026-11-05\nitem = \"{item}\"\n+++\n收支。\n");
    let board = town(&catalogue).with("notices/water.md", notice("v"));
    assert_eq!(board.problems(), expected(&[("item-other-level", "notices/water.md:4:8")]));
    let part = town(&catalogue).with("liu/notices/a.md", notice("t"));
    assert_eq!(part.problems(), []);
}

#[test]
fn whom_to_call_is_the_holder_of_the_role_wherever_the_card_stands() {
    let catalogue =
        item("n", "notice", "village", "due = { month_day = 10 }\nfrom = 2026-11-01\nrole = \"联络员\"");
    let card = |name: &str, phone: &str, more: &str| {
        format!("[[contact]]\nname = \"{name}\"\nphone = \"{phone}\"\n{more}\n")
    };
    let all = card("周青禾", "0009-3780001", "serves = [\".\", \"liu\", \"qiao\"]")
        + &card("何青山", "0009-3780002", "serves = [\"liu\"]\nroles = [\"联络员\"]");
    let board = town(&catalogue).with("contacts.toml", all).with(
        "qiao/contacts.toml",
        card("桥有根", "0009-3780003", "") + &card("桥有木", "0009-3780004", "roles = [\"联络员\"]"),
    );
    let _ = board.build().exits(0);
    let data: Value = serde_json::from_slice(&board.published()["ledger.json"]).unwrap();
    let who = |area: &str| {
        let row = data["items"].as_array().unwrap().iter().find(|row| row["area"] == area).unwrap();
        row["who"].to_string()
    };
    assert!(who("liu").contains("何青山") && who("liu").contains("0009-3780002"), "{}", who("liu"));
    assert!(who("qiao").contains("桥有木"), "{}", who("qiao"));
    // Without anybody of that role it is the contact of the village; without a contact the office, then the hotline.
    let board = board.replacing("contacts.toml", "联络员", "信息员");
    let said = board.run(&["audit", "liu", "--date", "2026-11-22"]).exits(0).stdout;
    assert!(said.contains("2026-11-10  柳村  公开事项  事项n  周青禾 0009-3780001"), "{said}");
    let alone = town(&catalogue).with("contacts.toml", card("周青禾", "0009-3780001", "serves = [\".\"]"));
    let said = alone.run(&["audit", "liu", "--date", "2026-11-22"]).exits(0).stdout;
    assert!(said.contains("2026-11-10  柳村  公开事项  事项n  0009-3780000"), "{said}");
}
