//! Slips of the pen: each is said once, at its place, in words that say what to do.

use crate::harness::{Board, DAY, expected};

const LIST: &str = "title = \"发放结果\"\nitem = \"临时救助\"\nstage = \"paid\"\nauthority = \"云溪镇人民政府\"\n\
                    table = \"a.csv\"\n[decision]\ndate = 2026-11-20\n";
const RANKING: &str =
    "title = \"考核结果\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"a.csv\"\n";
const SCORE: &str = "[score]\nparts = [{ column = \"分\", weight = \"1\" }]\n";

fn list(rows: &str) -> Board {
    Board::small().with("subsidies/a.toml", LIST).with("subsidies/a.csv", rows)
}

fn ranking(toml: &str, rows: &str) -> Board {
    Board::small().with("results/a.toml", format!("{RANKING}{toml}")).with("results/a.csv", rows)
}

#[track_caller]
fn has_only(board: &Board, code: &str, place: &str) {
    assert_eq!(board.problems(), expected(&[(code, place)]));
}

/// What `check` says to people, in Chinese.
fn said(board: &Board) -> String {
    board.run(&["check", "--date", DAY, "--lang", "zh"]).stdout
}

#[track_caller]
fn says(board: &Board, words: &str) {
    let said = said(board);
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_slip_in_the_score_is_no_missing_header() {
    let broken = "[score]\nplacs = 2\nparts = [{ column = \"分\", weight = \"1\" }]\n";
    has_only(&ranking(broken, "单位,分\n甲村,90\n乙村,80\n"), "unknown-key", "results/a.toml:7:1");
}

#[test]
fn a_part_that_names_no_column_is_told_the_columns() {
    let board = ranking(&SCORE.replace("\"分\"", "\"现场分\""), "单位,现场份\n甲村,90\n乙村,80\n");
    has_only(&board, "no-such-column", "results/a.toml:7:21");
    says(&board, "是不是想写“现场份”？");
    let board = ranking(&SCORE.replace("\"分\"", "\"现场分\""), "单位,总成绩\n甲村,90\n乙村,80\n");
    has_only(&board, "no-such-column", "results/a.toml:7:21");
    says(&board, "单位、总成绩");
}

#[test]
fn a_table_without_any_known_heading_has_no_header() {
    has_only(&ranking(SCORE, "甲村,90\n乙村,80\n"), "no-header", "results/a.csv");
    has_only(&list("文顺,500.00\n孙喆,No\n"), "no-header", "subsidies/a.csv");
}

#[test]
fn the_unit_column_misspelt_is_one_mistake() {
    let board = ranking(SCORE, "单伟,分\n甲村,90\n乙村,80\n");
    has_only(&board, "no-unit-column", "results/a.csv:1:1");
    says(&board, "是不是想写“单位”？");
}

#[test]
fn sums_may_stand_above_what_they_add_up() {
    assert_eq!(ranking(SCORE, "单位,分\n合计,170\n甲村,90\n乙村,80\n").problems(), []);
    let wrong = ranking(SCORE, "单位,分\n合计,171\n甲村,90\n乙村,80\n");
    has_only(&wrong, "column-sum-differs", "results/a.csv:2:4");
    let parts = "单位,分\n东片小计,170\n甲村,90\n乙村,80\n西片小计,60\n丙村,60\n";
    assert_eq!(ranking(SCORE, parts).problems(), []);
    let wrong = ranking(SCORE, &parts.replace("西片小计,60", "西片小计,61"));
    has_only(&wrong, "column-sum-differs", "results/a.csv:5:6");
}

#[test]
fn a_wrong_mean_is_said_like_a_wrong_sum() {
    let rows = |mean: &str| format!("单位,分\n甲村,90\n乙村,81\n平均,{mean}\n");
    for right in ["85.5", "86", "85.50", ""] {
        assert_eq!(ranking(SCORE, &rows(right)).problems(), [], "{right}");
    }
    has_only(&ranking(SCORE, &rows("85.4")), "column-mean-differs", "results/a.csv:4:4");
    // Of all above, or of those since the subtotal.
    let apart = |mean: &str| format!("单位,分\n甲村,90\n东片小计,90\n乙村,80\n丙村,70\n平均分,{mean}\n");
    for right in ["75", "80"] {
        assert_eq!(ranking(SCORE, &apart(right)).problems(), [], "{right}");
    }
    has_only(&ranking(SCORE, &apart("78")), "column-mean-differs", "results/a.csv:6:5");
    let paid = |mean: &str| list(&format!("姓名,金额\n文顺,500.00\n孙喆,501.00\n平均,{mean}\n"));
    assert_eq!(paid("500.50").problems(), []);
    has_only(&paid("500.05"), "mean-differs", "subsidies/a.csv:4:4");
    let tally = "title = \"回访统计\"\nkind = \"tally\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"a.csv\"\ncounts = [\"件数\"]\n";
    let tally = |mean: &str| {
        let rows = format!("单位,件数\n甲村,3\n乙村,4\n平均,{mean}\n");
        Board::small().with("results/a.toml", tally).with("results/a.csv", rows)
    };
    assert_eq!(tally("3.5").problems(), []);
    has_only(&tally("3.4"), "column-mean-differs", "results/a.csv:4:4");
}

#[test]
fn awards_in_another_unit_than_yuan_are_refused() {
    let award = format!("{SCORE}[[award]]\nranks = [1, 1]\namount = \"5000\"\n");
    let board = ranking(&award, "单位,分,奖金（万元）\n甲村,90,0.5\n乙村,80,\n");
    has_only(&board, "other-unit", "results/a.csv:1:6");
    assert_eq!(ranking(&award, "单位,分,奖金（元）\n甲村,90,5000\n乙村,80,\n").problems(), []);
}

#[test]
fn a_misspelt_heading_is_one_mistake() {
    let board = list("性名,金额\n文顺,500.00\n");
    has_only(&board, "undeclared-column", "subsidies/a.csv:1:1");
    says(&board, "是不是想写“姓名”？");
    assert!(!said(&board).contains("文顺"));
    has_only(&list("姓名,全额\n文顺,500.00\n"), "undeclared-column", "subsidies/a.csv:1:4");
    let both = list("姓名,村组\n文顺,一组\n");
    has_only(&both, "missing-column", "subsidies/a.csv");
}

#[test]
fn a_row_that_one_household_has_twice_is_said() {
    let board = list("序号,户号,姓名,金额\n1,01,文顺,500.00\n2,01,文顺,500.00\n");
    has_only(&board, "row-repeated", "subsidies/a.csv:3:6");
    for other in ["2,01,文顺,600.00", "2,02,文小顺,500.00", "2,01,文小顺,500.00"] {
        let board = list(&format!("序号,户号,姓名,金额\n1,01,文顺,500.00\n{other}\n"));
        assert_eq!(board.problems(), [], "{other}");
    }
}

#[test]
fn a_payment_made_on_a_day_to_come_is_said() {
    let board = list("姓名,金额,发放时间\n文顺,500.00,2026-11-20\n孙喆,600.00,2026-12-25\n");
    has_only(&board, "paid-later", "subsidies/a.csv:3:11");
    let sound = list("姓名,金额,发放时间\n文顺,500.00,2026-11-22\n");
    assert_eq!(sound.problems(), []);
    // A list that begins later is measured by its own day.
    let rows = "姓名,金额,发放时间\n文顺,500.00,2026-12-25\n";
    let later = list(rows).replacing("subsidies/a.toml", "2026-11-20", "2026-12-25");
    assert_eq!(later.problems(), []);
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
fn a_heading_of_contacts_misspelt_is_one_mistake() {
    let cards = |heading: &str| {
        let board = Board::small();
        std::fs::remove_file(board.content().join("contacts.toml")).unwrap();
        let notice = "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n请打0009-3780001。\n";
        let rows = "周青禾,副书记,0009-3780001,.\n何岸,书记,0009-3780002,.\n";
        board.with("contacts.csv", format!("{heading}\n{rows}")).with("notices/a.md", notice)
    };
    assert_eq!(cards("姓名,职务,联系电话,联系范围").problems(), []);
    let name = cards("性名,职务,联系电话,联系范围");
    has_only(&name, "unknown-key", "contacts.csv:1:1");
    says(&name, "是不是想写“姓名”？");
    has_only(&cards("姓名,职务,联系电活,联系范围"), "unknown-key", "contacts.csv:1:7");
}

#[test]
fn a_heading_of_a_ledger_or_of_items_misspelt_is_one_mistake() {
    let ledger = Board::small()
        .with("results/a.toml", RANKING.replace("ranking", "ledger"))
        .with("results/a.csv", "编号,事相,责任单位,解决日\n1,路灯,村建办,\n");
    has_only(&ledger, "no-ledger-column", "results/a.csv:1:4");
    says(&ledger, "“事相”是不是要写成“事项”？");
    let items = ranking("[score]\nrows = \"items\"\n", "单位,事项,分植,应完成,完成\n甲,改厕,60,3,2\n");
    has_only(&items, "no-item-column", "results/a.csv:1:7");
}

#[test]
fn a_kind_misspelt_is_told_the_key() {
    let toml = RANKING.replace("kind =", "knd =");
    let board = Board::small().with("results/a.toml", toml).with("results/a.csv", "单位,得分\n甲村,90\n");
    has_only(&board, "unknown-key", "results/a.toml:2:1");
}

#[test]
fn the_word_of_a_sum_may_stand_below_the_running_number() {
    let rows = |sum: &str| format!("序号,单位,分\n1,甲村,90\n2,乙村,80\n合计,,{sum}\n");
    assert_eq!(ranking(SCORE, &rows("170")).problems(), []);
    has_only(&ranking(SCORE, &rows("171")), "column-sum-differs", "results/a.csv:4:5");
}

#[test]
fn a_heading_of_one_character_is_not_taken_for_any_other() {
    let board = ranking(SCORE, "第三季度考核表,\n村,成绩\n甲村,90\n");
    has_only(&board, "no-such-column", "results/a.toml:7:21");
    says(&board, "表里有这些列：村、成绩");
}
