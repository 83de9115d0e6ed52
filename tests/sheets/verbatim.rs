//! What content says is printed as it is written: nothing in it is markup, and what cannot be printed is said.

use std::fs;

use super::boards::{about, print, rows, with_list};
use super::paper::{Paper, assert_within, joined};
use crate::harness::{Board, DAY, expected};
use crate::import::workbook;

/// What would mean something in a template, between letters that end each.
const MARKS: &str = "甲#eval(1)乙*a*丙$x$丁@a戊<b>己\\u{41}庚[x]辛//壬\"q\"癸--子~丑_u_寅`r`卯";

/// The same where a backslash and a star are marks of the notice's own.
const MARKED_DOWN: &str =
    "甲#eval(1)乙\\*a\\*丙$x$丁@a戊&lt;b>己\\\\u{41}庚\\[x]辛//壬\"q\"癸--子~丑\\_u\\_寅\\`r\\`卯";

/// The small board with marks in every field that a sheet shows.
fn with_marks() -> Board {
    let head = format!(
        "title = '公开栏{MARKS}'\nissuer = '发布{MARKS}'\nbase_url = 'https://gongkai.example.org/'\n"
    );
    let contact = format!(
        "[[contact]]\nid = 'zhou'\nname = '姓名{MARKS}'\nposition = '职务{MARKS}'\norganisation = '单位{MARKS}'\n\
         duties = '分管{MARKS}'\nphone = '0009-3780001'\nserves = ['联系{}']\n\
         [[team]]\ntitle = '队名{MARKS}'\nhead = 'zhou'\noffice = '办公{MARKS}'\nmailbox = '信箱{MARKS}'\n",
        // With a slash it would be a place of the board.
        MARKS.replace('/', "")
    );
    let session = format!(
        "title = '安排{MARKS}'\nfrom = 2026-11-01\nto = 2026-12-31\npublished = 2026-10-05\nplace = '地点{MARKS}'\n\
         registration = '登记{MARKS}'\n[[session]]\nid = 'a'\ntitle = '接访{MARKS}'\ndays = {{ month_day = 25 }}\n\
         hours = ['08:30-11:30']\nform = 'fixed'\nhosts = ['zhou']\n"
    );
    let list = about("a", "x").replace("\"x\"", &format!("'名单{MARKS}'"));
    let list = list.replace("\"云溪镇人民政府\"", &format!("'机关{MARKS}'"));
    let list = list.replace("\"临时救助办法\"", &format!("'依据{MARKS}'"));
    let list = list.replace("\"云溪镇民政办\"", &format!("'受理{MARKS}'"));
    let list = list.replace("\"镇政府二楼203室\"", &format!("'房间{MARKS}'"));
    let quoted = MARKS.replace('"', "\"\"");
    let result = format!(
        "title = '结果{MARKS}'\nkind = 'ranking'\ndate = 2026-11-10\nperiod = '2026-10'\ntable = 'r.csv'\nby = ['检查{MARKS}']\n"
    );
    Board::small()
        .with("board.toml", head)
        .with("area.toml", format!("name = '镇{MARKS}'\nlevel = 'town'\n"))
        .with("contacts.toml", contact)
        .with("reception.toml", session)
        .with("subsidies/a.toml", list.replace("table =", "extra = ['类别']\ntable ="))
        .with("subsidies/a.csv", format!("姓名,村组,金额,备注,类别\n李一山,\"组{quoted}\",10.00,\"备注{quoted}\",\"类别{quoted}\"\n"))
        .with("results/r.toml", result)
        .with("results/r.csv", format!("村,得分\n\"村{quoted}\",95\n柳塘村,90\n"))
        .with("notices/water.md", format!("+++\ntitle = '通知{MARKS}'\ndate = 2026-11-05\n+++\n正文{MARKED_DOWN}\n\n- 条目{MARKED_DOWN}\n\n| 表头{MARKED_DOWN} | b |\n|---|---|\n| 表格{MARKED_DOWN} | c |\n"))
}

#[test]
fn marks_of_the_template_language_print_as_themselves() {
    let board = with_marks();
    let out = print(&board, &["."]);
    let marks = joined(MARKS);
    for (kind, fields) in [
        ("contacts", &["镇", "姓名", "职务", "分管", "队名", "办公", "信箱"][..]),
        // What is too long for a card is cut off.
        ("cards", &["分管"]),
        ("reception-month", &["地点", "姓名"]),
        ("reception-year", &["登记"]),
        ("subsidy-a", &["名单", "机关", "依据", "受理", "房间", "组", "备注", "类别"]),
        ("result-r", &["结果", "村", "检查"]),
        ("notice-water", &["通知", "正文", "条目", "表头", "表格"]),
        ("large-water", &["通知", "正文", "条目", "表头", "表格"]),
        ("bulletin", &["镇", "姓名", "地点", "名单", "通知", "结果"]),
        ("posting", &["镇", "名单"]),
    ] {
        let name = crate::harness::files_below(&out)
            .into_keys()
            .find(|name| name.ends_with(&format!("-{kind}.pdf")))
            .unwrap();
        let paper = Paper::at(out.join(name));
        let text = joined(&paper.text());
        for field in fields {
            assert!(
                text.contains(&format!("{field}{marks}")),
                "{field} is not on {kind} as it is written: {text}"
            );
        }
        assert_within(kind, &paper);
    }
}

/// A character that no built-in font has.
const RARE: char = '㙓';

#[test]
fn a_character_that_cannot_be_printed_is_said_with_its_place() {
    let list = || with_list(3);
    let cases: [(&str, Board, &str); 8] = [
        ("a name", Board::small().replacing("contacts.toml", "周青禾", "周青㙓"), "contacts.toml:3:11"),
        ("a position", Board::small().replacing("contacts.toml", "副书记", "㙓书记"), "contacts.toml:4:13"),
        (
            "a title",
            list().replacing("subsidies/a.toml", "临时救助拟", "临㙓救助拟"),
            "subsidies/a.toml:1:11",
        ),
        ("a remark", list().replacing("subsidies/a.csv", "首2尾2完", "首2㙓"), "subsidies/a.csv:3:27"),
        ("a notice", Board::small().replacing("notices/water.md", "管道", "管㙓"), "notices/water.md:5:3"),
        (
            "its title",
            Board::small().replacing("notices/water.md", "停水通知", "停水㙓知"),
            "notices/water.md:2:12",
        ),
        ("an area", Board::small().replacing("area.toml", "云溪镇", "云㙓镇"), "area.toml:1:10"),
        (
            "a row of a workbook",
            list()
                .replacing("subsidies/a.toml", "a.csv", "a.xlsx")
                .with("subsidies/a.xlsx", workbook(&[&["姓名", "金额", "备注"], &["李一山", "10", "有㙓"]]))
                .without("subsidies/a.csv"),
            "subsidies/a.xlsx",
        ),
    ];
    for (what, board, place) in cases {
        assert_eq!(board.problems(), expected(&[("unprintable-character", place)]), "{what}");
        let run = board.build_with_sheets().exits(1);
        assert!(
            run.stderr.contains("unprintable-character") && run.stderr.contains("U+3653"),
            "{}",
            run.stderr
        );
        assert!(!board.public().exists(), "{what}");
        // Pages can be published without it.
        let _ = board.build().exits(0);
    }
}

#[test]
fn one_character_is_said_once_for_each_place_that_has_it() {
    let board = Board::small().replacing("contacts.toml", "周青禾", "周青㙓").replacing(
        "notices/water.md",
        "管道",
        "管㙓㙓",
    );
    assert_eq!(
        board.problems(),
        expected(&[
            ("unprintable-character", "contacts.toml:3:11"),
            ("unprintable-character", "notices/water.md:5:3")
        ])
    );
}

#[test]
fn the_boards_own_font_prints_what_the_built_in_ones_cannot() {
    let Some(font) = a_font_with(RARE) else {
        panic!("no font of this machine has {RARE}: run tests/sheets/setup, which installs fonts-noto-cjk")
    };
    let board = Board::small().replacing("contacts.toml", "周青禾", "周青㙓");
    let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
    let board = board
        .with("board.toml", format!("{text}[sheets]\nfonts = [\"Noto Sans CJK SC\"]\n"))
        .with("fonts/ours.ttc", font);
    assert_eq!(board.problems(), []);
    let out = print(&board, &[".", "--sheet", "contacts"]);
    let paper = Paper::at(out.join("云溪镇-contacts.pdf"));
    assert!(joined(&paper.text()).contains("周青㙓"), "{}", paper.text());
    // The machine's fonts are used when that is said, with a warning.
    let board = board.without("fonts/ours.ttc").replacing(
        "board.toml",
        "[sheets]\n",
        "[sheets]\nsystem_fonts = true\n",
    );
    assert_eq!(board.problems(), expected(&[("font-of-machine", "board.toml:7:10")]));
    let run = board.run(&["print", ".", "--sheet", "contacts", "--date", DAY]).exits(0);
    assert!(run.stderr.contains("font-of-machine"), "{}", run.stderr);
}

/// A font of this machine that has a character.
fn a_font_with(character: char) -> Option<Vec<u8>> {
    let list = std::process::Command::new("fc-list")
        .args([&format!(":charset={:x}:family=Noto Sans CJK SC:style=Regular", u32::from(character)), "file"])
        .output()
        .ok()?;
    let list = String::from_utf8(list.stdout).ok()?;
    let path = list.lines().next()?.trim().trim_end_matches(':').to_owned();
    fs::read(path).ok()
}

#[test]
fn rows_of_lists_are_not_shown_beside_an_unprintable_character() {
    let board = with_list(3).with("subsidies/a.csv", rows(3).replace("首2尾2完", "有㙓"));
    let run = board.run(&["check", "--date", DAY]).exits(1);
    assert!(run.stdout.contains('㙓') && !run.stdout.contains("孙三木"), "{}", run.stdout);
}
