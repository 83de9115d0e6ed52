//! The record that lists hung on the wall: one place that says where, how long, and by whom.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use serde_json::Value;

use crate::harness::{Board, DAY};

const ROWS: &str = "姓名,金额\n赵一平,100.00\n钱二妹,100.00\n";

/// Published files by their paths.
type Files = BTreeMap<String, Vec<u8>>;

/// A list with a period from `start`, and what else is said of it.
fn list(title: &str, start: &str, more: &str) -> String {
    format!(
        "title = \"{title}\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\ntable = \"a.csv\"\n\
         [notice_period]\nstart = {start}\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n{more}"
    )
}

/// A posting from `on`.
fn posting(on: &str) -> String {
    format!("[posting]\nplace = \"村口公开栏\"\nby = \"zhou\"\nwitness = \"监督委员会\"\non = {on}\n")
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(40, 30).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A town with a village.
fn town() -> Board {
    Board::small()
        .with("liu/area.toml", "name = \"柳村\"\nlevel = \"village\"\n")
        .with("liu/subsidies/a.csv", ROWS)
        .with("subsidies/a.csv", ROWS)
}

/// One list of each kind that a record comes to on 22 November.
fn every_state() -> Board {
    let short = posting("2026-11-03") + "off = 2026-11-09\n";
    let withdrawn = posting("2026-08-01") + "photo = \"photos/p.jpg\"\n";
    let upheld = "[[objection]]\nreceived = 2026-11-10\noutcome = \"upheld\"\ndecided = 2026-11-12\nreposted = \"again\"\n";
    let replaced = posting("2026-11-09") + "off = 2026-11-14\n" + upheld;
    let ending = list("终止名单", "2026-11-01", &(posting("2026-11-01") + "off = 2026-11-08\n"));
    town()
        .with("liu/photos/p.jpg", picture())
        .with("liu/subsidies/hangs.toml", list("贴着的", "2026-11-20", &posting("2026-11-20")))
        .with("liu/subsidies/ending.toml", ending.replace("proposed", "terminating"))
        .with("liu/subsidies/ending-none.toml", list("没记的", "2026-11-01", ""))
        .with("liu/subsidies/waits.toml", list("还没贴的", "2026-11-21", ""))
        .with("liu/subsidies/short.toml", list("短的", "2026-11-03", &short))
        .with("liu/subsidies/overstays.toml", list("没取的", "2026-11-05", &posting("2026-11-05")))
        .with("liu/subsidies/withdrawn.toml", list("撤下的", "2026-08-01", &withdrawn))
        .with("liu/subsidies/first.toml", list("原来的", "2026-11-09", &replaced))
        .with("liu/subsidies/again.toml", list("重新公示的", "2026-11-14", &posting("2026-11-14")))
        .with(
            "liu/subsidies/edition.toml",
            list("第二版的", "2026-11-18", &posting("2026-11-10")).replace("table", "edition = 2\ntable"),
        )
        .with(
            "subsidies/secret.toml",
            list(
                "敏感的",
                "2026-11-02",
                &(posting("2026-11-02") + "off = 2026-11-08\nphoto = \"photos/p.jpg\"\n"),
            )
            .replace("table", "sensitive = true\ntable"),
        )
        .with("photos/p.jpg", picture())
        .with("liu/subsidies/later.toml", list("以后的", "2026-12-01", ""))
}

fn text(published: &Files, path: &str) -> String {
    String::from_utf8(published[path].clone()).unwrap()
}

#[test]
fn one_page_says_where_how_long_and_by_whom() {
    let board = every_state();
    let _ = board.build().exits(0);
    let published = board.published();
    let data: Value = serde_json::from_slice(&published["postings.json"]).unwrap();
    let rows = data["postings"].as_array().unwrap();
    let said: BTreeMap<&str, String> = rows
        .iter()
        .map(|row| {
            let number = |key: &str| row[key].as_i64().map_or("-".to_owned(), |days| days.to_string());
            let state = row["state"].as_str().unwrap();
            (row["title"].as_str().unwrap(), format!("{state} {}/{}", number("days"), number("days_asked")))
        })
        .collect();
    let expected = [
        ("贴着的", "hangs -/7"),
        ("终止名单", "taken 7/7"),
        ("没记的", "missing -/7"),
        ("还没贴的", "missing -/7"),
        ("短的", "taken 7/7"),
        ("没取的", "overstays 7/7"),
        ("撤下的", "withdrawn 7/7"),
        ("原来的", "taken 5/5"),
        ("重新公示的", "overstays 7/7"),
        ("第二版的", "outdated -/7"),
        ("敏感的", "taken 7/7"),
    ];
    assert_eq!(said, expected.map(|(title, state)| (title, state.to_owned())).into());
    let row = rows.iter().find(|row| row["title"] == "敏感的").unwrap();
    assert_eq!(
        [&row["area"], &row["place"], &row["by"], &row["witness"], &row["on"], &row["off"], &row["photo"]],
        [".", "村口公开栏", "周青禾", "监督委员会", "2026-11-02", "2026-11-08", "photos/p.jpg"]
    );
    // The picture of a withdrawn list is withdrawn with it.
    let withdrawn = rows.iter().find(|row| row["title"] == "撤下的").unwrap();
    assert_eq!((&withdrawn["photo"], &withdrawn["pictured"]), (&Value::Null, &Value::Bool(true)));
    let csv = text(&published, "postings.csv");
    assert!(csv.contains("柳村,没记的,没有记录,,,,,,,7,"), "{csv}");
    assert!(csv.contains(
        "云溪镇,敏感的,取下了,村口公开栏,周青禾,监督委员会,2026-11-02,2026-11-08,7,7,photos/p.jpg"
    ));
    let page = text(&published, "postings/index.html");
    for word in [
        "贴着",
        "取下了",
        "没有记录",
        "还没有记录",
        "撤下后还挂着",
        "该取下，还挂着",
        "记录是旧一版的",
        "7天，应贴7天",
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(page.contains("共11份名单，4份有问题"), "{page}");
    assert!(page.contains("noindex"));
    // What lacks stands first.
    assert!(page.find(">没记的<").unwrap() < page.find(">贴着的<").unwrap());
    // The way there: from the area's page and from its open data.
    assert!(text(&published, "liu/index.html").contains("href=\"../liu/postings/index.html\""));
    assert!(text(&published, "liu/data/index.html").contains("liu/postings.csv"));
    let own = text(&published, "liu/postings/index.html");
    assert!(own.contains("共10份名单") && !own.contains("敏感的"));
    // Nobody who gets anything is named, masked or not.
    for (path, bytes) in published.iter().filter(|(path, _)| path.contains("postings")) {
        let text = String::from_utf8_lossy(bytes);
        for name in ["赵", "钱", "*", "以后的"] {
            assert!(!text.contains(name), "{path} holds {name}");
        }
    }
}

#[test]
fn the_page_of_a_list_says_that_it_hung_too_short_or_without_a_record() {
    let board = every_state()
        .with(
            "liu/subsidies/early.toml",
            list("早取的", "2026-11-03", &(posting("2026-11-03") + "off = 2026-11-06\n")),
        )
        .with(
            "liu/subsidies/late.toml",
            list("晚贴的", "2026-11-03", &(posting("2026-11-05") + "off = 2026-11-10\n")),
        );
    let _ = board.build().exits(0);
    let published = board.published();
    let page = |name: &str| text(&published, &format!("liu/subsidies/{name}/index.html"));
    assert!(page("ending-none").contains("<dd>没有张贴记录</dd>"));
    assert!(page("early").contains("<dd>张贴时间不足，4天，应贴7天</dd>"), "{}", page("early"));
    assert!(page("late").contains("<dd>张贴时间不足，5天，应贴7天</dd>"));
    for sound in ["ending", "waits", "hangs", "short", "first"] {
        assert!(!page(sound).contains("没有张贴记录") && !page(sound).contains("张贴时间不足"), "{sound}");
    }
    let data: Value = serde_json::from_slice(&published["liu/subsidies/early/data.json"]).unwrap();
    assert_eq!((&data["posting"]["state"], &data["posting"]["days"]), (&"short".into(), &4.into()));
    assert_eq!(data["posting"]["place"], "村口公开栏");
    // A record of days that have not come is none yet.
    let ahead = list("名单", "2026-11-20", &posting("2026-11-25"));
    let board = town().with("liu/subsidies/ahead.toml", ahead);
    let _ = board.build().exits(0);
    let data: Value = serde_json::from_slice(&board.published()["liu/subsidies/ahead/data.json"]).unwrap();
    assert_eq!((&data["posting"]["state"], &data["posting"]["place"]), (&"missing".into(), &Value::Null));
}

#[test]
fn a_board_without_lists_has_no_page_of_postings() {
    let board = town();
    let _ = board.build().exits(0);
    assert!(board.published().keys().all(|path| !path.contains("postings")));
    // One that has not begun is none yet.
    let board = town().with("subsidies/a.toml", list("名单", "2026-12-01", ""));
    let _ = board.build().exits(0);
    assert!(board.published().keys().all(|path| !path.contains("postings")));
}

#[test]
fn many_lists_make_no_heavy_page() {
    let title = "2026年度农村特困人员救助供养拟确认名单公示（第批）";
    let board = (0..150).fold(town(), |board, number| {
        let text =
            list(&format!("{title}{number}"), "2026-11-01", &(posting("2026-11-01") + "off = 2026-11-08\n"));
        board.with(&format!("liu/subsidies/l{number}.toml"), text)
    });
    let board = board.with("liu/subsidies/none.toml", list("没有记录的名单", "2026-10-01", ""));
    let _ = board.build().exits(0);
    let published = board.published();
    let page = text(&published, "postings/index.html");
    assert!(page.len() <= 100_000, "{}", page.len());
    assert!(page.contains("没有记录的名单") && page.contains("还有71份"));
    let data: Value = serde_json::from_slice(&published["postings.json"]).unwrap();
    assert_eq!(data["postings"].as_array().unwrap().len(), 151);
}

#[test]
fn what_is_published_of_postings_changes_only_on_days_that_are_announced() {
    let board = every_state();
    // The board's day stands on these, whatever else is there.
    let shows_the_day = |path: &str| matches!(path, "manifest.json" | "index.html" | "liu/index.html");
    let mut before: Option<(Files, Option<String>)> = None;
    let first: chrono::NaiveDate = "2026-10-30".parse().unwrap();
    for day in first.iter_days().take(70) {
        let _ = board.run(&["build", "--quiet", "--date", &day.to_string()]).exits(0);
        let published = board.published();
        let manifest: Value = serde_json::from_slice(&published["manifest.json"]).unwrap();
        let next = manifest["next_change"].as_str().map(str::to_owned);
        let bytes: Files = published.into_iter().filter(|(path, _)| !shows_the_day(path)).collect();
        if let Some((old, announced)) = before {
            let announced = announced.as_deref() == Some(&*day.to_string());
            assert!(announced || old == bytes, "{day} was not announced");
        }
        before = Some((bytes, next));
    }
}

#[test]
fn the_names_of_the_page_belong_to_the_program() {
    let board = town().with("postings/area.toml", "name = \"桥村\"\nlevel = \"village\"\n");
    let problems = board.problems();
    assert!(problems.iter().any(|(code, _)| code == "same-address"), "{problems:?}");
    let _ = board.run(&["build", "--date", DAY]).exits(1);
}

#[test]
fn what_should_hang_now_and_does_not_is_counted_in_front() {
    let board = town()
        .with("liu/subsidies/a.toml", list("甲", DAY, ""))
        .with("liu/subsidies/b.toml", list("乙", "2026-11-20", &posting("2026-11-20")));
    let _ = board.build().exits(0);
    let page = String::from_utf8(board.published()["liu/postings/index.html"].clone()).unwrap();
    assert!(
        page.contains("共2份名单，没有发现问题") && page.contains("1份现在应当贴着，记录上没有贴"),
        "{page}"
    );
    assert!(page.find("甲").unwrap() < page.find("乙").unwrap());
}

#[test]
fn the_page_counts_to_hang_what_the_audit_lists_to_hang() {
    // Hung two days late, and taken down on the evening of its last day: too few days, and nothing to hang up again.
    let late = posting("2026-11-18") + "off = 2026-11-22\n";
    let early = posting("2026-11-18") + "off = 2026-11-20\n";
    for (start, record, count) in [("2026-11-16", &late, 0), ("2026-11-18", &early, 1)] {
        let board = town().with("liu/subsidies/a.toml", list("甲", start, record));
        let _ = board.build().exits(0);
        let page = String::from_utf8(board.published()["liu/postings/index.html"].clone()).unwrap();
        let said = board.run(&["audit", "liu", "--date", DAY]).exits(0).stdout;
        assert!(said.starts_with(&format!("该张贴的：{count}\n")), "{said}");
        assert_eq!(page.matches("1份现在应当贴着").count(), count, "{start}");
    }
}
