//! `gongshi audit`: what to hang up, what to take down, what is late, and whom to call.

use serde_json::Value;

use crate::harness::{Board, DAY};
use crate::ledger::CATALOGUE;

const ROWS: &str = "姓名,金额\n赵一平,100.00\n";

fn village(name: &str) -> String {
    format!("name = \"{name}\"\nlevel = \"village\"\n")
}

/// A town with three villages and a catalogue.
fn town() -> Board {
    Board::small()
        .with("catalogue.toml", CATALOGUE)
        .with("liu/area.toml", village("柳村"))
        .with("qiao/area.toml", village("桥村"))
        .with("shang/area.toml", village("上村"))
}

/// A list of a village that names the item, from a day on.
fn list(start: &str) -> String {
    format!(
        "title = \"低保公示\"\nitem = \"dibao\"\nstage = \"confirmed\"\nauthority = \"云溪镇人民政府\"\n\
         table = \"a.csv\"\n[notice_period]\nstart = {start}\n"
    )
}

/// The town with this list in the first village.
fn with_list(toml: &str) -> Board {
    town().with("liu/subsidies/a.toml", toml).with("liu/subsidies/a.csv", ROWS)
}

/// What is said of an area on a day.
fn said(board: &Board, area: &str, day: &str, more: &[&str]) -> String {
    board.run(&[&["audit", area, "--date", day], more].concat()).exits(0).stdout
}

fn json(board: &Board, area: &str, day: &str, more: &[&str]) -> Value {
    serde_json::from_str(&said(board, area, day, &[&["--format", "json"], more].concat())).unwrap()
}

/// The kinds of the lines of a list.
fn kinds(data: &Value, list: &str) -> Vec<String> {
    let lines = data[list].as_array().unwrap().iter();
    lines.map(|line| line["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_lists_of_the_morning_are_printed_for_people_and_tools() {
    let board = with_list(&list("2026-11-20"));
    let table = said(&board, ".", DAY, &[]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines,
        [
            "该张贴的：1",
            "  2026-11-20  柳村  名单  低保公示 （贴到2026-11-26）  0009-3780000",
            "该取下的：0",
            "逾期的：1",
            "  2026-07-20  桥村  公开事项  农村低保 （2期没有公开）  0009-3780000",
            "各地区：",
            "  柳村  逾期0  该张贴1  该取下0",
            "  桥村  逾期1  该张贴0  该取下0",
            "云溪镇 2026-11-22：应公开5件，已公开1件，逾期2件",
        ]
    );
    let english = said(&board, "qiao", DAY, &["--lang", "en"]);
    assert!(
        english.starts_with(
            "To hang up: 0\nTo take down: 0\nLate: 1\n  2026-07-20  桥村  item  农村低保 (2 periods)  0009-3780000"
        ),
        "{english}"
    );
    // A village has no areas to count.
    assert!(!english.contains("By area"));
    let data = json(&board, ".", DAY, &[]);
    assert_eq!((&data["late"][0]["area"], &data["late"][0]["periods"]), (&"qiao".into(), &2.into()));
    assert_eq!(data["hang_up"][0]["page"], "liu/subsidies/a/index.html");
    assert_eq!(data["areas"][2]["late"], 1);
    let csv = said(&board, ".", DAY, &["--format", "csv"]);
    let row =
        "late,qiao,桥村,公开事项,农村低保,,,2026-07-20,,0009-3780000,qiao/ledger/index.html,（2期没有公开）";
    assert!(csv.contains(row), "{csv}");
}

#[test]
fn what_lies_ahead_stands_under_headings_of_its_own() {
    let notice = "+++\ntitle = \"停电\"\ndate = 2026-11-25\n+++\n停电。\n";
    let board = with_list(&list("2026-11-20"))
        .with("qiao/subsidies/b.toml", list("2026-11-24").replace("a.csv", "b.csv"))
        .with("qiao/subsidies/b.csv", ROWS)
        .with("liu/notices/power.md", notice)
        .without("notices/water.md");
    let ahead = said(&board, ".", DAY, &["--due", "5"]);
    for heading in ["该张贴的：1\n", "该取下的：0\n", "以后几天要张贴的：2\n", "以后几天要取下的：1\n"]
    {
        assert!(ahead.contains(heading), "{heading}{ahead}");
    }
    assert!(ahead.contains("\n  2026-11-24  桥村  名单  低保公示 （贴到2026-11-30）"), "{ahead}");
    assert!(ahead.contains("\n  2026-11-25  柳村  公告  停电"), "{ahead}");
    assert!(ahead.contains("\n  2026-11-27  柳村  名单  低保公示"), "{ahead}");
    // What no day makes due is owed at any time, and stands last.
    assert!(ahead.contains("快到期的：1\n  随时  云溪镇  公开事项  用水通知"), "{ahead}");
    let today = said(&board, ".", DAY, &[]);
    assert!(!today.contains("停电") && !today.contains("用水通知") && !today.contains("以后"), "{today}");
    // Nothing of what begins later is published.
    let _ = board.build().exits(0);
    let published = board.published().into_values();
    assert!(
        published
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .all(|text| !text.contains("停电"))
    );
}

#[test]
fn what_is_late_fails_the_morning_only_when_asked_to() {
    let board = town();
    let _ = board.run(&["audit", "--date", DAY]).exits(0);
    let _ = board.run(&["audit", "--strict", "--date", DAY]).exits(1);
    let _ = board.run(&["audit", "nowhere", "--date", DAY]).exits(2);
    let wrong = town().with("liu/area.toml", "name = \"柳村\"\nlevel = \"hamlet\"\n");
    let failed = wrong.run(&["audit", "--date", DAY]).exits(1);
    assert!(failed.stderr.contains("逾期的可能算错") && !failed.stderr.contains("接访"), "{}", failed.stderr);
    let help = board.run(&["audit", "--help"]).exits(0).stdout;
    assert!(help.contains("audit --strict") && help.contains("0–366"), "{help}");
}

#[test]
fn a_warning_is_no_lateness() {
    let board = Board::small()
        .with("notices/raw.md", "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n<b>停</b>水。\n");
    let _ = board.run(&["check", "--strict", "--date", DAY]).exits(1);
    let _ = board.run(&["audit", "--strict", "--date", DAY]).exits(0);
}

#[test]
fn days_ahead_out_of_range_are_refused_with_the_range() {
    for days in ["400", "-1", "x"] {
        let run = Board::small().run(&["audit", "--due", days]).exits(2);
        assert!(run.stderr.contains("0–366"), "{days}: {}", run.stderr);
    }
    let _ = Board::small().run(&["audit", "--due", "366", "--date", DAY]).exits(0);
}

#[test]
fn objections_steps_and_postings_that_are_late_have_lines() {
    let toml = list("2026-10-12")
        + "[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n\
           [[step]]\ntitle = \"县级抽查\"\nreceived = 2026-10-20\nwithin_workdays = 10\n\
           [[objection]]\nreceived = 2026-10-14\n";
    let toml = toml.replace("confirmed", "proposed");
    let board = with_list(&toml);
    let late = said(&board, "liu", DAY, &[]);
    let lines: Vec<&str> = late.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(
        lines,
        [
            "  2026-10-12  柳村  没有张贴记录  低保公示             民政办 0009-3780012",
            "  2026-10-28  柳村  异议没有答复  低保公示             民政办 0009-3780012",
            "  2026-11-03  柳村  步骤没有办    低保公示 · 县级抽查  民政办 0009-3780012",
        ]
    );
    // Decided and done, they are late no more.
    let done = toml
        .replace(
            "received = 2026-10-14\n",
            "received = 2026-10-14\noutcome = \"rejected\"\ndecided = 2026-10-20\n",
        )
        .replace("received = 2026-10-20\n", "received = 2026-10-20\non = 2026-10-30\n");
    assert_eq!(kinds(&json(&with_list(&done), "liu", DAY, &[]), "late"), ["posting"]);
}

#[test]
fn an_upheld_objection_without_a_new_list_is_late_until_there_is_one() {
    let upheld = "[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-09\n";
    let posting = "[posting]\nplace = \"公开栏\"\nby = \"zhou\"\non = 2026-11-02\noff = 2026-11-08\n";
    let toml = list("2026-11-02") + posting + upheld;
    let board = with_list(&toml);
    let late = |board: &Board, day: &str| kinds(&json(board, "liu", day, &[]), "late");
    assert_eq!(late(&board, "2026-11-09"), Vec::<String>::new());
    for day in ["2026-11-10", "2027-11-10"] {
        assert!(late(&board, day).contains(&"upheld".to_owned()), "{day}");
    }
    let line = "2026-11-09  柳村  异议成立没有重新公示  低保公示  周青禾 0009-3780001";
    assert!(said(&board, "liu", "2026-11-10", &[]).contains(line));
    // The new list is announced, and then stands there.
    let again = list("2026-11-12") + &posting.replace("11-02", "11-12").replace("off = 2026-11-08\n", "");
    let board = with_list(&(toml + "reposted = \"b\"\n")).with("liu/subsidies/b.toml", again);
    for day in ["2026-11-10", "2026-11-11", "2026-11-12"] {
        assert_eq!(late(&board, day), Vec::<String>::new(), "{day}");
    }
}

#[test]
fn whoever_can_be_called_is_named() {
    let call = |board: &Board, path: &str, name: &str| {
        let data = json(board, path, DAY, &[]);
        let who = &data[name][0]["who"];
        [&who["name"], &who["phone"]].map(|text| text.as_str().unwrap_or("-").to_owned()).join(" ")
    };
    let card = |id: &str, name: &str, phone: &str| {
        format!("[[contact]]\nid = \"{id}\"\nname = \"{name}\"\nphone = \"{phone}\"\n")
    };
    let nobody = card("zhou", "周青禾", "0009-3780001");
    // Nobody of the village: the hotline; its own office; somebody of the town who serves it; its own people.
    let board = with_list(&list("2026-11-20")).with("contacts.toml", &nobody);
    assert_eq!(call(&board, "liu", "hang_up"), "- 0009-3780000");
    let board = board.with("liu/area.toml", village("柳村") + "phone = \"0009-3780200\"\n");
    assert_eq!(call(&board, "liu", "hang_up"), "- 0009-3780200");
    let board =
        board.with("contacts.toml", nobody + &card("he", "何青山", "0009-3780002") + "serves = [\"liu\"]\n");
    assert_eq!(call(&board, "liu", "hang_up"), "何青山 0009-3780002");
    let own = card("su", "苏小兰", "0009-3780201") + &card("lin", "林远舟", "0009-3780202");
    let board = board.with("liu/contacts.toml", &own);
    assert_eq!(call(&board, "liu", "hang_up"), "苏小兰 0009-3780201");
    let board = board.with("liu/contacts.toml", own + "[[team]]\ntitle = \"工作站\"\nhead = \"lin\"\n");
    assert_eq!(call(&board, "liu", "hang_up"), "林远舟 0009-3780202");
    // Of a list those who take objections, and before them whoever hung it up or followed them.
    let objections = "[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n";
    let board = board.with("liu/subsidies/a.toml", list("2026-11-20") + objections);
    assert_eq!(call(&board, "liu", "hang_up"), "民政办 0009-3780012");
    let posting = "[posting]\nplace = \"公开栏\"\nby = \"su\"\non = 2026-11-02\n";
    let board = board.with("liu/subsidies/a.toml", list("2026-11-02") + objections + posting);
    assert_eq!(call(&board, "liu", "take_down"), "苏小兰 0009-3780201");
    let board = board.replacing(
        "liu/contacts.toml",
        "0009-3780201\"\n",
        "0009-3780201\"\nto = 2026-11-20\nsuccessor = \"lin\"\n",
    );
    assert_eq!(call(&board, "liu", "take_down"), "林远舟 0009-3780202");
}

#[test]
fn areas_of_one_name_are_told_apart_and_counties_read_town_by_town() {
    let town = |name: &str| format!("name = \"{name}\"\nlevel = \"town\"\n");
    let board = Board::small()
        .with("area.toml", "name = \"云县\"\nlevel = \"county\"\n")
        .with("catalogue.toml", CATALOGUE.replace("except = [\"shang\"]\n", ""))
        .with("dong/area.toml", town("东镇") + "order = 1\n")
        .with("xi/area.toml", town("西镇") + "order = 2\n")
        .with("dong/shi/area.toml", village("石村"))
        .with("xi/shi/area.toml", village("石村"))
        .with("xi/lin/area.toml", village("林村"))
        .with("dong/shi/subsidies/a.toml", list("2026-10-12"))
        .with("dong/shi/subsidies/a.csv", ROWS);
    let all = said(&board, ".", DAY, &[]);
    let lines: Vec<&str> = all.lines().collect();
    // The record of a list of October is late less long than what the other town owes since July, and stands before it.
    let at = |part: &str| {
        lines.iter().position(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {all}"))
    };
    assert!(at("石村（dong/shi）  没有张贴记录") < at("  林村"));
    assert!(at("石村（xi/shi）    公开事项") < at("各地区："));
    assert_eq!(
        lines[at("各地区：") + 1..][..2],
        ["  东镇  逾期1  该张贴0  该取下0", "  西镇  逾期2  该张贴0  该取下0"]
    );
    assert!(said(&board, "xi", DAY, &[]).contains("  林村"));
}

#[test]
fn old_cards_are_collected_for_thirty_days() {
    let left = "[[contact]]\nname = \"何青山\"\nto = 2026-11-01\nsuccessor = \"zhou\"\n\
                [[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nphone = \"0009-3780001\"\nserves = [\".\"]\n";
    let board = town().with("contacts.toml", left);
    let cards = |day: &str| kinds(&json(&board, ".", day, &[]), "take_down").contains(&"card".to_owned());
    for (day, expected) in
        [("2026-11-01", false), ("2026-11-02", true), ("2026-12-01", true), ("2026-12-02", false)]
    {
        assert_eq!(cards(day), expected, "{day}");
    }
    assert!(
        said(&board, ".", "2026-11-02", &[])
            .contains("2026-11-02  云溪镇  旧联系卡  何青山  周青禾 0009-3780001")
    );
}

#[test]
fn what_is_new_is_to_be_hung_up_for_a_week() {
    let board = Board::small();
    let hung = |day: &str| kinds(&json(&board, ".", day, &[]), "hang_up").len();
    for (day, expected) in [("2026-11-04", 0), ("2026-11-05", 1), ("2026-11-11", 1), ("2026-11-12", 0)] {
        assert_eq!(hung(day), expected, "{day}");
    }
    assert!(said(&board, ".", "2026-11-09", &[]).contains("  2026-11-05  云溪镇  公告  停水通知"));
}

#[test]
fn a_list_that_hangs_after_its_withdrawal_is_said() {
    let posted = "[posting]\nplace = \"公开栏\"\nby = \"zhou\"\non = 2026-07-01\n";
    let down = |posting: &str| said(&with_list(&(list("2026-07-01") + posting)), "liu", DAY, &[]);
    let hangs = down(posted);
    assert!(hangs.contains("  2026-07-08  柳村  名单  低保公示 （名单已撤下，按记录还挂着）"), "{hangs}");
    assert!(!down(&format!("{posted}off = 2026-07-08\n")).contains("挂着"));
}
