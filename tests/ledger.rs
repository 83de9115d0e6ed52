//! The catalogue of what must be disclosed, and the ledger of what has been.

use serde_json::Value;

use crate::harness::{Board, DAY, expected};

/// Lists of villages each quarter, one of them excepted, and a notice of the town at any time.
pub const CATALOGUE: &str = "\
[[item]]
id = \"dibao\"
title = \"农村低保\"
kind = \"subsidy\"
level = \"village\"
due = { quarter_day = 20 }
from = 2026-07-01
except = [\"shang\"]
basis = \"《村务公开办法》\"
checked = 2026-01-05

[[item]]
id = \"water\"
title = \"用水通知\"
kind = \"notice\"
level = \"town\"
";

/// A town with three villages and a catalogue.
fn town() -> Board {
    let village = |name: &str| format!("name = \"{name}\"\nlevel = \"village\"\n");
    Board::small()
        .with("catalogue.toml", CATALOGUE)
        .with("liu/area.toml", village("柳村"))
        .with("qiao/area.toml", village("桥村"))
        .with("shang/area.toml", village("上村"))
        .serving(&["liu", "qiao", "shang"])
}

#[test]
fn an_item_that_the_catalogue_lacks_is_an_error_with_what_may_have_been_meant() {
    let board = town().with(
        "notices/water.md",
        "+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"watre\"\n+++\n停水。\n",
    );
    assert_eq!(board.problems(), expected(&[("unknown-item", "notices/water.md:4:8")]));
    assert!(board.check().stdout.contains("water"));
    // Without a catalogue it is free text.
    let free = Board::small().with(
        "notices/water.md",
        "+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"watre\"\n+++\n停水。\n",
    );
    assert_eq!(free.problems(), []);
}

#[test]
fn an_item_is_named_by_id_or_title_and_of_its_own_kind() {
    let notice = |item: &str| {
        format!("+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"{item}\"\n+++\n停水。\n")
    };
    for item in ["water", "用水通知"] {
        assert_eq!(town().with("notices/water.md", notice(item)).problems(), [], "{item}");
    }
    let other = town().with("notices/water.md", notice("dibao"));
    assert_eq!(other.problems(), expected(&[("item-other-kind", "notices/water.md:4:8")]));
}

#[test]
fn slips_in_a_catalogue_are_said_where_they_stand() {
    for (old, new, code, place) in [
        (
            "due = { quarter_day = 20 }",
            "due = { quarter_day = 20, month_day = 1 }",
            "bad-due",
            "catalogue.toml:6:7",
        ),
        ("due = { quarter_day = 20 }", "due = {}", "bad-due", "catalogue.toml:6:7"),
        ("due = { quarter_day = 20 }", "due = { year_day = \"3月\" }", "bad-due", "catalogue.toml:6:20"),
        ("[\"shang\"]", "[\"shagn\"]", "unknown-exception", "catalogue.toml:8:11"),
        ("id = \"water\"", "id = \"dibao\"", "duplicate-item", "catalogue.toml:13:6"),
        ("kind = \"notice\"", "kind = \"notices\"", "not-a-choice", "catalogue.toml:15:8"),
        ("due = { quarter_day", "due = { quarter_dya", "unknown-key", "catalogue.toml:6:9"),
    ] {
        let board = town().replacing("catalogue.toml", old, new);
        assert_eq!(board.problems(), expected(&[(code, place)]), "{new}");
    }
    // A catalogue of a village cannot take up an id of the town's.
    let twice = town().with(
        "liu/catalogue.toml",
        "[[item]]\nid = \"dibao\"\ntitle = \"低保\"\nkind = \"subsidy\"\nlevel = \"village\"\n",
    );
    assert_eq!(twice.problems(), expected(&[("duplicate-item", "liu/catalogue.toml:2:6")]));
}

/// A list of a village that names the item, from a day on.
fn list(start: &str) -> String {
    format!(
        "title = \"低保公示\"\nitem = \"dibao\"\nstage = \"confirmed\"\nauthority = \"云溪镇人民政府\"\n\
         table = \"a.csv\"\n[notice_period]\nstart = {start}\n"
    )
}

const ROWS: &str = "姓名,金额\n赵一平,100.00\n";

fn json(board: &Board, path: &str) -> Value {
    serde_json::from_slice(&board.published()[path]).unwrap()
}

fn text(board: &Board, path: &str) -> String {
    String::from_utf8(board.published()[path].clone()).unwrap()
}

/// Of an item in an area: state, due, and what fulfils it.
fn standing(board: &Board, area: &str, item: &str) -> Option<(String, String, String)> {
    let data = json(board, "ledger.json");
    let rows = data["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["area"] == area && row["item"] == item)?;
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    Some((text("state"), text("due"), text("fulfilled_by")))
}

fn is(state: &str, due: &str, by: &str) -> Option<(String, String, String)> {
    Some((state.to_owned(), due.to_owned(), by.to_owned()))
}

#[test]
fn the_ledger_says_what_is_done_late_due_and_excepted() {
    let board = town().with("liu/subsidies/a.toml", list("2026-10-13")).with("liu/subsidies/a.csv", ROWS);
    let _ = board.build().exits(0);
    assert_eq!(json(&board, "ledger.json")["as_of"], DAY);
    let page = "liu/subsidies/a/index.html";
    assert_eq!(standing(&board, "liu", "dibao"), is("done", "2026-10-20", page));
    assert_eq!(standing(&board, "qiao", "dibao"), is("overdue", "2026-10-20", ""));
    assert_eq!(standing(&board, "shang", "dibao"), None);
    assert_eq!(standing(&board, ".", "water"), is("due", "", ""));
    // Of the village two obligations have come: July to September was missed.
    let own = json(&board, "liu/ledger.json");
    assert_eq!(own["items"][0]["periods"][0]["state"], "missed");
    assert_eq!(own["items"][0]["periods"][1]["state"], "done");
    let counts = &json(&board, "ledger.json")["counts"];
    assert_eq!(
        [&counts["obligations"], &counts["missed"], &counts["overdue"]].map(Value::as_u64),
        [5, 1, 2].map(Some)
    );
    assert!(
        text(&board, "ledger.csv")
            .contains("桥村,qiao,农村低保,dibao,逾期未公开,2026-10-20,2026-07-20,2,2027-01-20")
    );
    let page = text(&board, "ledger/index.html");
    assert!(page.contains("1项逾期没有公开，涉及1个地区") && page.contains("不用公开"));
    assert!(text(&board, "index.html").contains("ledger/index.html"));
}

#[test]
fn a_board_without_a_catalogue_has_no_ledger() {
    let board = Board::small();
    let _ = board.build().exits(0);
    assert!(board.published().keys().all(|path| !path.contains("ledger") && !path.contains("due.xml")));
}

#[test]
fn what_falls_due_is_announced_for_fourteen_days() {
    let board = town().replacing("catalogue.toml", "{ quarter_day = 20 }", "{ year_day = \"12-06\" }");
    let announced = |day: &str| {
        let _ = board.run(&["build", "--date", day]).exits(0);
        text(&board, "due.xml").matches("<entry>").count()
    };
    assert_eq!(announced("2026-11-21"), 0);
    assert_eq!(announced("2026-11-22"), 2);
    assert_eq!(announced("2026-12-06"), 2);
    assert_eq!(announced("2026-12-07"), 0);
    // The manifest knows the days on which that changes.
    let _ = board.run(&["build", "--date", "2026-11-21"]).exits(0);
    assert_eq!(json(&board, "manifest.json")["next_change"], "2026-11-22");
}

#[test]
fn the_ledger_of_the_example_board_is_the_same_for_people_and_tools() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let data = json(&board, "ledger.json");
    let rows = data["items"].as_array().unwrap();
    let with = |state: &str| rows.iter().filter(|row| row["state"] == state).count();
    assert!(with("done") > 20 && with("due") > 3 && with("overdue") == 4, "{data}");
    assert!(rows.iter().any(|row| row["late"] == true));
    let counts = |key: &str| data["counts"][key].as_u64().unwrap();
    let all = ["on_time", "late", "due", "overdue", "missed"].map(counts).iter().sum::<u64>();
    assert_eq!(counts("obligations"), all);
    // What fulfils an item is there to be read.
    for row in rows.iter().filter(|row| row["state"] == "done") {
        let by = row["fulfilled_by"].as_str().unwrap();
        assert!(board.published().contains_key(by), "{by}");
    }
    let page = text(&board, "ledger/index.html");
    for shown in ["4项逾期没有公开，涉及3个地区", "沈望舒", "0009-3780501", "不用公开"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("style=") && !page.contains("<script"));
}

#[test]
fn stations_successors_and_withdrawn_lists_on_the_wall_are_watched() {
    let team = "\n[[team]]\ntitle = \"柳村工作站\"\nhead = \"zhou\"\nhas = [\"公示牌\"]\n";
    let contacts = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nserves = [\".\", \"liu\", \"qiao\", \"shang\"]\n\
                    [[contact]]\nname = \"何青山\"\nserves = [\"liu\"]\nto = 2026-11-01\n";
    let settings = |station: &str| {
        let text = "title = \"公开栏\"\nissuer = \"云溪镇\"\nbase_url = \"https://gongkai.example.org/\"\n";
        format!("{text}[contacts]\nstation = \"{station}\"\nstation_has = [\"公示牌\", \"意见箱\"]\n")
    };
    let board = town().with("contacts.toml", format!("{contacts}{team}"));
    let left = ("left-without-successor", "contacts.toml:5:1");
    let watched = board.with("board.toml", settings("工作站"));
    assert_eq!(watched.problems(), expected(&[left, ("station-lacks", "contacts.toml:10:1")]));
    assert!(watched.check().stdout.contains("意见箱"));
    // The printed card is to be collected.
    let said = watched.run(&["audit", "--date", DAY]).exits(0).stdout;
    assert!(said.contains("2026-11-02  云溪镇  旧联系卡  何青山"), "{said}");
    let misspelt = watched.with("board.toml", settings("工作占"));
    assert_eq!(misspelt.problems(), expected(&[("station-unknown", "board.toml:5:11"), left]));
}

#[test]
fn a_supervisors_morning_is_what_the_handbooks_show() {
    let board = Board::example();
    for (day, out) in [("2026-11-15", "public-1115"), (DAY, "public")] {
        let _ = board.run(&["build", "--date", day, "--out", out]).exits(0);
    }
    for (path, language) in [("docs/zh/shouce.md", "zh"), ("docs/en/handbook.md", "en")] {
        let late = board.run(&["audit", "--date", DAY, "--lang", language]).exits(0).stdout;
        let changed = board.run(&["diff", "public-1115", "public", "--lang", language]).exits(0).stdout;
        let said: Vec<&str> = late.lines().chain(changed.lines()).collect();
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let document = std::fs::read_to_string(file).unwrap();
        let shown = document.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let ends = ["应公开", "处变化", "obligations met", "changes from"];
        let is_of_the_morning = |block: &&str| ends.iter().any(|end| block.contains(end));
        let shown: Vec<&str> = shown.filter(is_of_the_morning).flat_map(str::lines).collect();
        assert!(shown.len() >= 8, "{path}");
        // Each line is said, and after the one before it.
        let mut from = 0;
        for line in shown {
            let found = said[from..].iter().position(|one| *one == line);
            from += found.unwrap_or_else(|| panic!("{path} shows {line:?}, which is not said there")) + 1;
        }
    }
}
