//! What clerks do every day and a program easily gets wrong: keys below the wrong header, remarks beneath a table, names
//! that another system has spelt.

use std::fs;

use crate::harness::{Board, DAY, expected};

/// A board with a list of two people.
fn with_list(rows: &str) -> Board {
    Board::small()
        .with(
            "subsidies/a.toml",
            "title = \"发放结果\"\nitem = \"临时救助\"\nstage = \"paid\"\nauthority = \"云溪镇人民政府\"\n\
             table = \"a.csv\"\n[decision]\ndate = 2026-11-20\n",
        )
        .with("subsidies/a.csv", rows)
}

/// The names that a list publishes.
fn names(board: &Board) -> Vec<String> {
    let _ = board.build().exits(0);
    let data = fs::read_to_string(board.public().join("subsidies/a/data.json")).unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let name = |row: &serde_json::Value| row["name"].as_str().unwrap().to_owned();
    data["recipients"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn a_key_below_a_header_is_told_to_stand_before_it() {
    let board = with_list("姓名,金额\n文顺,500.00\n");
    let text = fs::read_to_string(board.content().join("subsidies/a.toml")).unwrap();
    for (key, help) in [("total = \"500.00\"", "第一个 [表头] 之前"), ("totl = \"500.00\"", "total")] {
        let board = with_list("姓名,金额\n文顺,500.00\n").with("subsidies/a.toml", format!("{text}{key}\n"));
        assert_eq!(board.problems(), expected(&[("unknown-key", "subsidies/a.toml:8:1")]));
        let said = board.run(&["check", "--date", DAY, "--lang", "zh"]).exits(1).stdout;
        assert!(said.contains(help), "{said}");
    }
}

#[test]
fn a_required_key_below_a_header_is_one_mistake() {
    let board = Board::small().replacing("board.toml", "issuer", "# issuer");
    let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
    let lines = text.lines().count();
    let board = board.with("board.toml", format!("{text}\n[privacy]\nissuer = \"云溪镇人民政府\"\n"));
    let place = format!("board.toml:{}:1", lines + 3);
    assert_eq!(board.problems(), expected(&[("unknown-key", &place)]));
}

#[test]
fn old_addresses_lead_to_contacts_and_to_the_front_page_too() {
    let board = Board::small().replacing("contacts.toml", "[[contact]]", "aliases = [\"lxk\"]\n[[contact]]");
    let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
    let board = board.with("board.toml", format!("aliases = [\"old/front\"]\n{text}"));
    let _ = board.build().exits(0);
    for (page, target) in [("lxk", "../contacts/index.html"), ("old/front", "../../index.html")] {
        let html = fs::read_to_string(board.public().join(page).join("index.html")).unwrap();
        assert!(html.contains(target), "{html}");
    }
}

#[test]
fn remarks_and_signatures_beneath_a_table_are_nobody() {
    let rows =
        "序号,姓名,金额\n1,文顺,500.00\n2,孙喆,600.00\n注：本表由民政办填写,,\n填表人：王五,,审核人：李四\n";
    assert_eq!(names(&with_list(rows)), ["文*", "孙*"]);
    // Within the table it is a row like any other.
    let within = with_list("序号,姓名,金额\n1,文顺,500.00\n备注：无,,\n2,孙喆,600.00\n");
    assert!(!within.problems().is_empty());
}

#[test]
fn a_row_of_means_is_nobody_and_no_unit() {
    assert_eq!(names(&with_list("姓名,金额\n文顺,500.00\n平均,500.00\n孙喆,500.00\n")), ["文*", "孙*"]);
    let board = Board::small()
        .with(
            "results/a.toml",
            "title = \"考核结果\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"a.csv\"\n\
             [score]\nparts = [{ column = \"分\", weight = \"1\" }]\n",
        )
        .with("results/a.csv", "单位,分\n甲村,90\n乙村,80\n平均分,85\n");
    let _ = board.build().exits(0);
    let data = fs::read_to_string(board.public().join("results/a/data.json")).unwrap();
    assert!(data.contains("乙村") && !data.contains("平均"), "{data}");
}

#[test]
fn names_of_files_are_composed_whatever_system_wrote_them() {
    let decomposed = "notices/cafe\u{301}.md";
    let text = "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n见[附件](files/re\u{301}.txt)。\n";
    let board = Board::small().with(decomposed, text).with("files/re\u{301}.txt", "无\n");
    let _ = board.build().exits(0);
    let published = board.published();
    assert!(published.contains_key("notices/caf\u{e9}/index.html"), "{:?}", published.keys());
    assert!(published.contains_key("files/r\u{e9}.txt"));
    let both = board.with("notices/caf\u{e9}.md", text);
    assert_eq!(both.problems(), expected(&[("same-name", "notices/caf\u{e9}.md")]));
}

#[test]
fn a_photo_that_is_no_picture_is_refused_where_it_is_named() {
    let board = Board::small().with("photos/a.csv", "姓名,身份\n文小顺,社员\n").replacing(
        "contacts.toml",
        "name = ",
        "photo = \"photos/a.csv\"\nname = ",
    );
    let problems = board.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].0, "no-picture");
    assert!(problems[0].1.starts_with("contacts.toml:"), "{problems:?}");
}

#[test]
fn whoever_has_an_id_and_is_called_by_name_is_told_the_id() {
    let board = Board::small().with(
        "contacts/team.toml",
        "[[team]]\ntitle = \"工作站\"\nhead = \"周青禾\"\nmembers = [\"zhou\"]\n",
    );
    assert_eq!(board.problems(), expected(&[("unknown-contact", "contacts/team.toml:3:8")]));
    let said = board.run(&["check", "--date", DAY, "--lang", "zh"]).exits(1).stdout;
    assert!(said.contains("zhou") && !said.contains("请先在 contacts 里写上这个人"), "{said}");
}

#[test]
fn control_characters_are_refused() {
    let board = Board::small().replacing("notices/water.md", "title = \"", "title = \"\\u0001");
    let problems = board.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].0, "broken-characters");
}

#[test]
fn a_line_break_of_html_breaks_the_line_and_other_tags_are_said_once() {
    let text = |body: &str| format!("+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n{body}\n");
    let board = Board::small().with("notices/a.md", text("电话110<br>12345<br/>119"));
    assert_eq!(board.problems(), []);
    let _ = board.build().exits(0);
    let html = fs::read_to_string(board.public().join("notices/a/index.html")).unwrap();
    assert!(html.contains("电话110<br />\n12345<br />\n119"), "{html}");
    let board = board.with("notices/a.md", text("<b>粗</b>\n\n<div>\n三行\n</div>"));
    let dropped = ("html-dropped", "notices/a.md:5:1");
    assert_eq!(board.problems(), expected(&[dropped, ("html-dropped", "notices/a.md:7:1")]));
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_full_disk_swallows_is_no_success() {
    let board = Board::small();
    for arguments in [&["completions", "bash"][..], &["explain", "total-differs"], &["build", "--date", DAY]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = crate::harness::command(board.root(), arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot-print"), "{arguments:?}");
    }
}

#[test]
fn money_in_another_unit_than_yuan_is_refused() {
    for heading in ["金额（万元）", "金额(角)", "金额（单位：万元）"] {
        let board = with_list(&format!("姓名,{heading}\n文顺,1.5\n"));
        assert_eq!(board.problems(), expected(&[("other-unit", "subsidies/a.csv:1:4")]), "{heading}");
    }
    for heading in ["金额（元）", "金额(元/月)", "金额"] {
        assert_eq!(with_list(&format!("姓名,{heading}\n文顺,1.5\n")).problems(), [], "{heading}");
    }
}

#[test]
fn a_table_of_contacts_may_count_its_rows() {
    let board = Board::small().with("contacts.csv", "序号,姓名,联系范围\n1,何岸,.\n");
    fs::remove_file(board.content().join("contacts.toml")).unwrap();
    assert_eq!(board.problems(), []);
}

#[test]
fn a_picture_in_a_notice_is_one_of_the_board() {
    let text = |body: &str| format!("+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n{body}\n");
    let board = Board::small().with("notices/a.md", text("![图](https://elsewhere.example/x.png)"));
    assert_eq!(board.problems(), expected(&[("picture-elsewhere", "notices/a.md:5:1")]));
    let board = board.with("files/x.txt", "无\n").with("notices/a.md", text("![图](files/x.txt)"));
    assert_eq!(board.problems(), expected(&[("no-picture", "notices/a.md:5:1")]));
}

#[test]
fn a_result_of_no_kind_is_no_silent_nothing() {
    let result = "title = \"考核结果\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"a.csv\"\n";
    let board = Board::small().with("results/a.toml", result).with("results/a.csv", "单位,分\n甲村,90\n");
    assert_eq!(board.problems(), expected(&[("missing-key", "results/a.toml")]));
    let board = board.with("results/a.toml", format!("kind = \"rankin\"\n{result}"));
    assert_eq!(board.problems().len(), 1, "{:?}", board.problems());
}
