//! What `gongshi diff` makes of the folders themselves: damaged, missing, by other versions, renamed things, names.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::diff::{said, village};
use crate::harness::{Board, DAY, Run};

fn published(board: &Board, out: &str) {
    let _ = board.run(&["build", "--date", DAY, "--out", out]).exits(0);
}

/// A board published as `old` and, the same, as `new`.
fn twice() -> Board {
    let board = village();
    published(&board, "old");
    published(&board, "new");
    board
}

/// Changes a published file, and its line in the manifest with it: as if the program had written it so.
pub fn rewrite(board: &Board, folder: &str, file: &str, change: impl Fn(&str) -> String) {
    let path = board.root().join(folder).join(file);
    let before = fs::read(&path).unwrap();
    let after = change(std::str::from_utf8(&before).unwrap());
    let line = |bytes: &[u8]| {
        let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("\"path\":\"{file}\",\"size\":{},\"sha256\":\"{hex}\"", bytes.len())
    };
    let manifest = board.root().join(folder).join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains(&line(&before)), "{file} is not in the manifest");
    fs::write(manifest, text.replace(&line(&before), &line(after.as_bytes()))).unwrap();
    fs::write(path, after).unwrap();
}

fn diff(board: &Board) -> Run {
    board.run(&["diff", "old", "new"])
}

#[test]
fn a_damaged_folder_is_not_compared() {
    let board = twice().replacing("contacts.toml", "0009-3780001", "0009-3780002");
    published(&board, "new");
    let file = board.root().join("new/contacts.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, &text[..text.len() / 2]).unwrap();
    let run = diff(&board).exits(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("“new”和发布的时候不一样，被改过：contacts.json"), "{}", run.stderr);
    assert!(run.stderr.contains("gongshi verify new"), "{}", run.stderr);
    fs::remove_file(&file).unwrap();
    let run = diff(&board).exits(2);
    assert!(run.stderr.contains("“new”和发布的时候不一样，缺少：contacts.json"), "{}", run.stderr);
    // What verify says of the same folder.
    let verified = board.run(&["verify", "new"]).exits(1).stdout;
    assert!(verified.contains("缺少：contacts.json"), "{verified}");
    fs::write(board.root().join("new/manifest.json"), "{\"program\":\"gongshi\",").unwrap();
    assert!(diff(&board).exits(2).stderr.contains("broken-manifest"));
}

#[test]
fn a_file_that_is_the_same_in_both_manifests_is_looked_at_too() {
    let board = twice();
    published(&board, "new");
    for file in ["index.html", "notices/water/index.html", "contacts.json"] {
        let path = board.root().join("new").join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, [&bytes[..], b" "].concat()).unwrap();
        let run = diff(&board).exits(2);
        assert!(run.stderr.contains(&format!("被改过：{file}")), "{}", run.stderr);
        fs::write(&path, bytes).unwrap();
    }
    let _ = diff(&board).exits(0);
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    let board = twice();
    for arguments in [["diff", "nowhere", "new"], ["diff", "old", "nowhere"]] {
        let run = board.run(&arguments).exits(2);
        assert!(run.stderr.contains("没有“nowhere”这个文件夹"), "{}", run.stderr);
        assert!(!run.stderr.contains("--out"), "{}", run.stderr);
    }
    let run = board.run(&["diff", "old", "content"]).exits(2);
    assert!(run.stderr.contains("not-published") && !run.stderr.contains("--out"), "{}", run.stderr);
    let run = board.run(&["diff", "old", "content/board.toml"]).exits(2);
    assert!(run.stderr.contains("not-published"), "{}", run.stderr);
}

#[test]
fn what_another_version_wrote_otherwise_is_not_compared_and_not_gone() {
    let board = twice();
    rewrite(&board, "old", "contacts.json", |_| "{\"people\":[]}\n".to_owned());
    let run = diff(&board).exits(0);
    assert_eq!(run.stdout, format!("{DAY}到{DAY}，其余没有变化\n"));
    assert!(
        run.stderr.contains("1个数据文件没有比") && run.stderr.contains("contacts.json"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_key_that_another_version_does_not_know_is_no_change() {
    let board = twice();
    rewrite(&board, "old", "liu/subsidies/a/data.json", |text| text.replace("\"edition\":1,", ""));
    let said = diff(&board).exits(0).stdout;
    assert!(said.starts_with("柳村 2026年低保名单：内容有改动\n"), "{said}");
    let manifest = board.root().join("old/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"version\":\"", "\"version\":\"0.")).unwrap();
    assert_eq!(diff(&board).exits(0).stdout, format!("{DAY}到{DAY}，没有变化\n"));
}

#[test]
fn a_page_that_reads_otherwise_is_counted_when_nothing_tells_why() {
    let board = twice();
    let page = "liu/subsidies/a/index.html";
    rewrite(&board, "new", page, |html| html.replace("云溪镇人民政府", "云溪镇民政办"));
    let said = diff(&board).exits(0).stdout;
    assert_eq!(
        said,
        format!("另有1个网页的内容有改动：柳村2026年低保名单（liu/subsidies/a）\n{DAY}到{DAY}，共1处变化\n")
    );
    let manifest = board.root().join("old/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"version\":\"", "\"version\":\"0.")).unwrap();
    assert!(diff(&board).exits(0).stderr.contains("程序版本不同"));
    // The frame and the marks around the words are the theme's.
    let board = twice();
    rewrite(&board, "new", page, |html| {
        html.replace("<main ", "<main class=\"new\" ").replace("<footer", "<p>页脚</p><footer")
    });
    assert_eq!(diff(&board).exits(0).stdout, format!("{DAY}到{DAY}，没有变化\n"));
}

#[test]
fn marks_that_act_on_a_terminal_are_taken_out_of_a_line() {
    let board = twice();
    let change = |text: &str| {
        text.replace("副书记", "书\\u001b[2J记\\u202e").replace("周青禾", "周\\u009b青\\u000d禾")
    };
    rewrite(&board, "new", "contacts.json", change);
    rewrite(&board, "new", "board.json", |text| text.replace("云溪镇\",\"level", "云\\u001b溪镇\",\"level"));
    let said = diff(&board).exits(0).stdout;
    assert!(said.contains("职务副书记 → 书 [2J记 "), "{said:?}");
    assert!(!said.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')), "{said:?}");
}

#[test]
fn a_title_keeps_what_is_one_word_with_the_name_of_its_area() {
    let notice = |title: &str| format!("+++\ntitle = \"{title}\"\ndate = 2026-11-05\n+++\n字。\n");
    let lines = said(village(), |board| {
        board
            .with("liu/notices/c.md", notice("柳村民小组长补贴"))
            .with("liu/notices/d.md", notice("柳村"))
            .with("liu/notices/e.md", notice("柳村2026年收支"))
    });
    assert_eq!(lines[..3], ["柳村 柳村：新公布", "柳村 2026年收支：新公布", "柳村 柳村民小组长补贴：新公布"]);
}

#[test]
fn things_and_areas_of_one_name_are_told_apart() {
    let notice = |title: &str| format!("+++\ntitle = \"{title}\"\ndate = 2026-11-05\n+++\n字。\n");
    let board = village().with("qiao/area.toml", "name = \"柳村\"\nlevel = \"village\"\n");
    let lines = said(board, |board| {
        board
            .replacing("liu/subsidies/a.toml", "2026年低保名单", "收支")
            .with("liu/notices/c.md", notice("柳村收支"))
            .with("qiao/notices/c.md", notice("开会"))
            .with("qiao/notices/d.md", notice("开会"))
    });
    assert_eq!(
        lines[..4],
        [
            "柳村（liu） 柳村收支（名单）：原来叫“柳村2026年低保名单”",
            "柳村（liu） 柳村收支（公告）：新公布",
            "柳村（qiao） 开会（qiao/notices/c）：新公布",
            "柳村（qiao） 开会（qiao/notices/d）：新公布",
        ]
    );
}

#[test]
fn what_was_renamed_is_one_line_and_neither_gone_nor_new() {
    let alias = |board: Board, from: &str, to: &str, after: &str, line: &str| {
        let text = fs::read_to_string(board.content().join(from)).unwrap();
        board.without(from).with(to, text.replacen(after, &format!("{after}{line}"), 1))
    };
    let lines = said(village(), |board| {
        let board = alias(
            board,
            "liu/subsidies/a.toml",
            "liu/subsidies/dibao.toml",
            "",
            "aliases = [\"liu/subsidies/a\"]\n",
        );
        let old = "date = 2026-11-05\n";
        alias(board, "liu/notices/b.md", "liu/notices/power.md", old, "aliases = [\"liu/notices/b\"]\n")
    });
    assert_eq!(
        lines[..2],
        ["柳村 2026年低保名单：改了地址，原来是liu/subsidies/a", "柳村 停电：改了地址，原来是liu/notices/b"]
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn an_area_whose_folder_was_renamed_is_the_same_area() {
    let board = village().with("liu/contacts.toml", "[[contact]]\nname = \"何青山\"\nserves = [\"liu\"]\n");
    published(&board, "old");
    fs::rename(board.content().join("liu"), board.content().join("liucun")).unwrap();
    let area = "name = \"柳村\"\nlevel = \"village\"\nphone = \"0009-3780200\"\naliases = [\"liu\"]\n";
    let board =
        board.with("liucun/area.toml", area).replacing("liucun/contacts.toml", "[\"liu\"]", "[\"liucun\"]");
    published(&board, "new");
    let said = diff(&board).exits(0).stdout;
    assert_eq!(said.lines().next().unwrap(), "柳村：改了地址，原来是liu", "{said}");
    let others: Vec<&str> =
        said.lines().filter(|line| line.contains("新公布") || line.contains("不在")).collect();
    assert!(others.is_empty(), "{said}");
}

#[test]
fn a_contact_in_another_area_has_moved_there() {
    let card = "[[contact]]\nid = \"he\"\nname = \"何青山\"\nserves = [\".\"]\n";
    let board = village().with("liu/contacts.toml", card);
    let own = fs::read_to_string(board.content().join("contacts.toml")).unwrap();
    let lines = said(board, |board| board.without("liu/contacts.toml").with("contacts.toml", own + card));
    assert_eq!(lines[0], "云溪镇 何青山：从柳村调来");
    assert_eq!(lines.len(), 2);
}

#[test]
fn days_in_reverse_are_said() {
    let board = village();
    for (day, out) in [("2026-11-22", "old"), ("2026-11-19", "new")] {
        let _ = board.run(&["build", "--date", day, "--out", out]).exits(0);
    }
    let run = diff(&board).exits(0);
    assert!(run.stderr.contains("注意：前一个文件夹是2026-11-22的"), "{}", run.stderr);
    assert!(run.stdout.contains("公示中 → 即将公示"), "{}", run.stdout);
}

#[test]
fn tools_get_the_same_as_people() {
    let board = twice().with("liu/subsidies/a.csv", "姓名,金额\n赵一平,36900.00\n钱二,4100\n");
    published(&board, "new");
    let text = diff(&board).exits(0).stdout;
    let json = board.run(&["diff", "old", "new", "--format", "json"]).exits(0).stdout;
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    assert_eq!(text.lines().next().unwrap(), line["text"]);
    assert_eq!((&line["area"], &line["kind"]), (&Value::from("liu"), &Value::from("list")));
    assert_eq!(line["address"], "liu/subsidies/a");
    assert_eq!(line["details"][0]["what"], "rows-added");
    assert_eq!(line["details"][1]["after"], "41000.00");
    assert!(Path::new(&board.root().join("new").join("liu/subsidies/a/index.html")).exists());
}

#[test]
fn the_day_on_which_contacts_were_looked_through_is_no_change() {
    let own = fs::read_to_string(village().content().join("contacts.toml")).unwrap();
    let board = village().with("contacts.toml", format!("updated = 2026-11-01\n{own}"));
    let lines = said(board, |board| board.with("contacts.toml", format!("updated = 2026-11-20\n{own}")));
    assert_eq!(lines, [format!("{DAY}到{DAY}，没有变化")]);
}

#[test]
fn a_first_catalogue_is_one_line() {
    let item = "[[item]]\nid = \"a\"\ntitle = \"甲\"\nkind = \"notice\"\nlevel = \"village\"\n";
    let board = village().replacing("liu/subsidies/a.toml", "item = \"低保\"\n", "");
    let lines = said(board, |board| board.with("catalogue.toml", item));
    assert_eq!(lines[0], "云溪镇 公开台账：新公布");
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_page_that_reads_otherwise_is_counted_beside_changes_that_do_not_explain_it() {
    let item = "[[item]]\nid = \"低保\"\ntitle = \"低保\"\nkind = \"subsidy\"\nlevel = \"village\"\nbasis = \"旧办法\"\n";
    let board = village().with("catalogue.toml", format!("{item}checked = 2026-01-05\n"));
    let lines = said(board, |board| {
        board
            .replacing("liu/subsidies/a.toml", "云溪镇人民政府", "云溪镇民政办")
            .with("catalogue.toml", format!("{item}checked = 2026-06-05\n"))
    });
    assert_eq!(
        lines[..2],
        [
            "柳村 2026年低保名单：公示单位云溪镇人民政府 → 云溪镇民政办",
            "另有2个网页的内容有改动：云溪镇公开台账（ledger）、柳村公开台账（liu/ledger）",
        ]
    );
}
