//! Slips of the pen: each is said once, at its place, in words that say what to do.

use crate::harness::{Board, DAY, expected};

pub const LIST: &str = "title = \"发放结果\"\nitem = \"临时救助\"\nstage = \"paid\"\nauthority = \"云溪镇人民政府\"\n\
                    table = \"a.csv\"\n[decision]\ndate = 2026-11-20\n";
pub const RANKING: &str =
    "title = \"考核结果\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"a.csv\"\n";
pub const SCORE: &str = "[score]\nparts = [{ column = \"分\", weight = \"1\" }]\n";

pub fn list(rows: &str) -> Board {
    Board::small().with("subsidies/a.toml", LIST).with("subsidies/a.csv", rows)
}

pub fn ranking(toml: &str, rows: &str) -> Board {
    Board::small().with("results/a.toml", format!("{RANKING}{toml}")).with("results/a.csv", rows)
}

#[track_caller]
pub fn has_only(board: &Board, code: &str, place: &str) {
    assert_eq!(board.problems(), expected(&[(code, place)]));
}

/// What `check` says to people, in Chinese.
pub fn said(board: &Board) -> String {
    board.run(&["check", "--date", DAY, "--lang", "zh"]).stdout
}

#[track_caller]
pub fn says(board: &Board, words: &str) {
    let said = said(board);
    assert!(said.contains(words), "{said}");
}

/// A village of one group, served by a contact.
fn with_village(board: Board) -> Board {
    board
        .with("liutang/area.toml", "name = \"柳塘村\"\nlevel = \"village\"\ngroups = [{ name = \"一组\" }]\n")
        .replacing("contacts.toml", "serves = [\".\"]", "serves = [\".\", \"liutang/一组\"]")
}

#[test]
fn an_unknown_group_says_how_many_rows_name_it() {
    let rows = "姓名,村组,金额\n文顺,柳塘村二组,500.00\n孙喆,柳塘村三组,500.00\n李白,柳塘村三组,500.00\n";
    let board = with_village(list(rows));
    let two = [("unknown-group", "subsidies/a.csv:2:4"), ("unknown-group", "subsidies/a.csv:3:4")];
    assert_eq!(board.problems(), expected(&two));
    assert_eq!(said(&board).matches("同样写的还有").count(), 1);
    says(&board, "同样写的还有1行");
}

#[test]
fn groups_under_a_misspelt_key_are_not_unknown_elsewhere() {
    let board = with_village(list("姓名,村组,金额\n文顺,柳塘村一组,500.00\n"));
    assert_eq!(board.problems(), []);
    let board = board.replacing("liutang/area.toml", "groups =", "group =");
    has_only(&board, "unknown-key", "liutang/area.toml:3:1");
}

#[test]
fn phones_under_a_misspelt_key_are_not_private_elsewhere() {
    for (file, key, line, number) in
        [("board.toml", "hotline", 4, "0009-3780000"), ("contacts.toml", "phone", 6, "0009-3780001")]
    {
        let notice = format!("+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n请打{number}。\n");
        let board = Board::small().with("notices/a.md", notice);
        assert_eq!(board.problems(), []);
        let misspelt = key.get(..key.len() - 1).unwrap();
        let board = board.replacing(file, key, misspelt);
        has_only(&board, "unknown-key", &format!("{file}:{line}:1"));
        assert!(!said(&board).contains(number));
        // Any other number is as private as before.
        let other =
            board.with("notices/b.md", "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n请打0009-3789999。\n");
        let two =
            [("unknown-key", format!("{file}:{line}:1")), ("phone-not-published", "notices/b.md:5:1".into())];
        let mut two = two.map(|(code, place)| (code.to_owned(), place)).to_vec();
        two.sort_by(|one, next| one.1.cmp(&next.1));
        assert_eq!(other.problems(), two);
    }
}

#[test]
fn chinese_punctuation_is_one_mistake_that_says_what_to_type() {
    let title = "title = \"云溪镇公开栏\"";
    for (old, new, column, sign) in [
        (title, "title ＝ \"云溪镇公开栏\"", 7, "＝"),
        (title, "title：\"云溪镇公开栏\"", 6, "："),
        (title, "title = “云溪镇公开栏”", 9, "“"),
        (title, "title = \"云溪镇公开栏”", 16, "”"),
        (title, "title = ‘云溪镇公开栏’", 9, "‘"),
        (title, "aliases = [\"a\"，\"b\"]\ntitle = \"云溪镇公开栏\"", 15, "，"),
        (title, "aliases = [1，2]\ntitle = \"云溪镇公开栏\"", 13, "，"),
        (title, "aliases = 【\"a\"】\ntitle = \"云溪镇公开栏\"", 11, "【"),
    ] {
        let board = Board::small().replacing("board.toml", old, new);
        has_only(&board, "chinese-punctuation", &format!("board.toml:1:{column}"));
        says(&board, &format!("这里打了中文的“{sign}”"));
    }
    // Two lines are two mistakes, and a key in Chinese is one more.
    let board = Board::small().replacing("board.toml", title, "标题 = “云溪镇公开栏”");
    let two = [("chinese-key", "board.toml:1:1"), ("chinese-punctuation", "board.toml:1:6")];
    assert_eq!(board.problems(), expected(&two));
    let board = Board::small().replacing("board.toml", title, "title = “甲”\nissuer ＝ “乙”\naliases = [");
    let found = board.problems();
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn settings_that_name_nothing_are_said() {
    let small = std::fs::read_to_string(Board::small().content().join("board.toml")).unwrap();
    let board = |lines: &str| Board::small().with("board.toml", format!("{small}{lines}\n"));
    has_only(&board("[contacts]\npaired = [\"服务员\"]"), "role-unheld", "board.toml:6:11");
    has_only(&board("[privacy]\ntrust = [\"files/x.pdf\"]"), "exception-without-file", "board.toml:6:10");
    let words = |file: &str, word: &str| {
        board(&format!("[privacy]\nallow_words = [{{ file = \"{file}\", word = \"{word}\" }}]"))
    };
    has_only(&words("notices/watr.md", "钉子户"), "exception-without-file", "board.toml:6:25");
    says(&words("notices/watr.md", "钉子户"), "notices/water.md");
    has_only(&words("notices/water.md", "钉子户"), "allowed-word-unused", "board.toml:6:25");
    let used = words("notices/water.md", "钉子户").replacing("notices/water.md", "因管道检修", "钉子户");
    assert_eq!(used.problems(), []);
    let held = board("[contacts]\npaired = [\"服务员\"]").replacing(
        "contacts.toml",
        "serves",
        "roles = [\"服务员\"]\nserves",
    );
    assert_eq!(held.problems(), []);
}

#[test]
fn objection_and_objections_confused_are_one_mistake() {
    let proposed = "title = \"公示\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\ntable = \"a.csv\"\n\
        [notice_period]\nstart = 2026-12-01\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n";
    let board = |toml: &str| {
        let notice = "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n请打0009-3780012。\n";
        let board = Board::small().with("subsidies/a.toml", toml).with("notices/a.md", notice);
        board.with("subsidies/a.csv", "姓名,金额\n文顺,500.00\n")
    };
    assert_eq!(board(proposed).problems(), []);
    has_only(&board(&proposed.replace("[objections]", "[objection]")), "unknown-key", "subsidies/a.toml:7:2");
    let told = format!("{proposed}[[objection]]\nreceived = 2026-12-02\n");
    assert_eq!(board(&told).problems(), []);
    let confused = told.replace("[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n", "");
    let confused = confused.replace("[[objection]]", "[[objections]]");
    let found = board(&confused).problems();
    assert_eq!(
        found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["phone-not-published", "unknown-key"]
    );
}

#[test]
fn a_circle_of_successors_is_one_mistake() {
    let card = |id: &str, to: &str, next: &str| {
        format!(
            "[[contact]]\nid = \"{id}\"\nname = \"{id}\"\nto = {to}\nsuccessor = \"{next}\"\nserves = [\".\"]\n"
        )
    };
    let cards = [card("a", "2026-12-01", "b"), card("b", "2026-12-02", "c"), card("c", "2026-12-03", "a")];
    has_only(
        &Board::small().with("contacts.toml", cards.concat()),
        "succession-in-a-circle",
        "contacts.toml:5:13",
    );
}

#[test]
fn an_inspection_after_its_publication_is_said_in_its_own_words() {
    let board = ranking(&format!("inspected = 2026-10-20\n{SCORE}"), "单位,分\n甲村,90\n");
    has_only(&board, "inspected-later", "results/a.toml:6:13");
}

#[test]
fn a_folder_is_no_table_and_no_toml_is_suggested() {
    let board = list("姓名,金额\n文顺,500.00\n").replacing("subsidies/a.toml", "\"a.csv\"", "\"b\"");
    let board = board.with("subsidies/b/x.csv", "姓名,金额\n文顺,500.00\n");
    let said = said(&board);
    assert!(
        said.contains("“b”是文件夹，要写到里面的文件，例如 x.csv") && !said.contains("a.toml”？"),
        "{said}"
    );
    let board = Board::small().with("subsidies/a.toml", LIST);
    has_only(&board, "no-such-file", "subsidies/a.toml:5:9");
    assert!(!board.run(&["check", "--date", DAY, "--lang", "zh"]).stdout.contains("是不是"));
}

#[test]
fn a_year_before_the_calendar_is_not_waited_for() {
    let plan = "title = \"接访安排\"\nfrom = 2003-11-01\nto = 2003-12-31\npublished = 2003-10-08\nplace = \"接待室\"\n\
        [[session]]\nid = \"leaders\"\ntitle = \"接访日\"\ndays = { weekday = \"monday\" }\n\
        hours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"zhou\"]\n";
    let board = Board::small().with("reception.toml", plan);
    says(&board, "从2004年开始");
    let said = said(&board.with("reception.toml", plan.replace("2003-", "2027-")));
    assert!(said.contains("2027年的国务院通知出来后") && !said.contains("2004"), "{said}");
}

#[test]
fn a_column_declared_twice_is_said_in_lists_and_results() {
    let board = list("姓名,金额,类\n文顺,500.00,甲\n").replacing(
        "subsidies/a.toml",
        "[decision]",
        "extra = [\"类\", \"类\"]\n[decision]",
    );
    has_only(&board, "extra-twice", "subsidies/a.toml:6:15");
    let board = ranking(&format!("extra = [\"类\", \"类\"]\n{SCORE}"), "单位,分,类\n甲村,90,甲\n");
    has_only(&board, "extra-twice", "results/a.toml:6:15");
}

#[test]
fn addresses_that_some_systems_take_for_one_collide() {
    let text = "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n甲。\n";
    let board = Board::small().with("notices/straße.md", text).with("notices/STRASSE.md", text);
    assert_eq!(board.problems().len(), 1);
    assert_eq!(board.problems()[0].0, "same-address");
}

#[test]
fn a_damaged_manifest_is_not_called_missing() {
    let board = Board::small();
    let _ = board.build().exits(0);
    let manifest = board.public().join("manifest.json");
    std::fs::write(&manifest, "{\"program\":").unwrap();
    let said = board.run(&["verify", "public"]).exits(2).stderr;
    assert!(said.contains("broken-manifest"), "{said}");
    std::fs::remove_file(manifest).unwrap();
    let said = board.run(&["verify", "public"]).exits(2).stderr;
    assert!(said.contains("not-published"), "{said}");
}

#[test]
fn how_many_jobs_there_may_be_is_said() {
    for jobs in ["0", "257"] {
        let said = Board::small().run(&["check", "--jobs", jobs]).exits(2).stderr;
        assert!(said.contains("1–256"), "{said}");
    }
}

#[test]
fn a_gap_in_a_template_is_said_once() {
    for (file, old, new) in [
        ("contacts.toml", "name = \"周青禾\"", "name = \"***\""),
        ("contacts.toml", "副书记", "***"),
        ("notices/water.md", "停水通知", "***"),
        ("notices/water.md", "因管道检修", "联系人***"),
        ("area.toml", "name = \"云溪镇\"", "name = \"***\""),
        ("contacts.toml", "serves = [\".\"]", "serves = [\"***\"]"),
        ("notices/water.md", "因管道检修", "联系人张***"),
        ("board.toml", "issuer = \"云溪镇人民政府\"", "issuer = \"***\""),
    ] {
        let board = Board::small().replacing(file, old, new);
        let found = board.problems();
        assert!(found.len() <= 1, "{file} {new}: {found:?}");
    }
    for rows in ["姓名,金额\n***,500.00\n", "姓名,金额\n张***,500.00\n", "姓名,村组,金额\n文顺,***,500.00\n"]
    {
        let found = list(rows).problems();
        assert!(found.len() <= 1, "{rows}: {found:?}");
    }
    let found = ranking(SCORE, "单位,分\n***,90\n").problems();
    assert!(found.len() <= 1, "{found:?}");
    let found = ranking(
        "by = [\"***\"]\n[score]\nparts = [{ column = \"分\", weight = \"1\" }]\n",
        "单位,分\n甲,90\n",
    )
    .problems();
    assert!(found.len() <= 1, "{found:?}");
}

#[test]
fn a_kind_misspelt_is_told_the_key() {
    let toml = RANKING.replace("kind =", "knd =");
    let board = Board::small().with("results/a.toml", toml).with("results/a.csv", "单位,得分\n甲村,90\n");
    has_only(&board, "unknown-key", "results/a.toml:2:1");
}
