//! `gongshi diff`: what has changed on the board between two publications, in the board's words.

use crate::harness::{Board, DAY};

const LIST: &str = "\
title = \"柳村2026年低保名单\"
item = \"低保\"
stage = \"confirmed\"
authority = \"云溪镇人民政府\"
table = \"a.csv\"
[notice_period]
start = 2026-11-20
";

const RECEPTION: &str = "\
title = \"接访安排\"
from = 2026-10-01
to = 2026-12-31
published = 2026-09-20
place = \"接待室\"
[[session]]
id = \"a\"
title = \"轮流接访\"
days = { weekday = \"monday\" }
hours = [\"08:30-11:30\"]
form = \"fixed\"
hosts = [\"zhou\"]
";

/// A town with a village that has a list and a notice.
pub fn village() -> Board {
    Board::small()
        .with("liu/area.toml", "name = \"柳村\"\nlevel = \"village\"\nphone = \"0009-3780200\"\n")
        .with("liu/subsidies/a.toml", LIST)
        .with("liu/subsidies/a.csv", "姓名,金额\n赵一平,36900.00\n")
        .with("liu/notices/b.md", "+++\ntitle = \"停电\"\ndate = 2026-11-05\n+++\n停电。\n")
}

/// Publishes the board as it is, then as it is afterwards; what is said of the change, line by line.
pub fn said(before: Board, change: impl FnOnce(Board) -> Board) -> Vec<String> {
    let _ = before.run(&["build", "--date", DAY, "--out", "old"]).exits(0);
    let after = change(before);
    let _ = after.run(&["build", "--date", DAY, "--out", "new"]).exits(0);
    lines(&after, &["diff", "old", "new"])
}

fn lines(board: &Board, arguments: &[&str]) -> Vec<String> {
    board.run(arguments).exits(0).stdout.lines().map(str::to_owned).collect()
}

/// The line that counts `count` changes on one day.
fn in_all(count: usize) -> String {
    format!("{DAY}到{DAY}，共{count}处变化")
}

/// Expects these lines, and then their number.
#[track_caller]
fn expect(said: &[String], lines: &[&str]) {
    let count = in_all(lines.len());
    let expected: Vec<&str> = lines.iter().copied().chain([count.as_str()]).collect();
    assert_eq!(said, expected);
}

#[test]
fn what_came_changed_and_went_is_said_in_the_boards_words() {
    let said = said(village(), |board| {
        board
            .with("liu/subsidies/a.csv", "姓名,金额\n赵一平,36900.00\n钱二,4100\n孙三,4100\n李四,4100\n")
            .with("liu/notices/b.md", "+++\ntitle = \"停电\"\ndate = 2026-11-05\n+++\n不停电。\n")
            .with("notices/new.md", "+++\ntitle = \"开会\"\ndate = 2026-11-22\n+++\n开会。\n")
            .replacing("contacts.toml", "0009-3780001", "0009-3780002")
            .without("notices/water.md")
    });
    expect(
        &said,
        &[
            "云溪镇 停水通知：不在公示栏上了",
            "云溪镇 开会：新公布",
            "云溪镇 周青禾：电话0009-3780001 → 0009-3780002",
            "柳村 2026年低保名单：新增3人，合计36,900.00 → 49,200.00",
            "柳村 停电：内容有改动",
        ],
    );
}

#[test]
fn what_only_time_changes_is_said_too() {
    let board = village().with(
        "notices/old.md",
        "+++\ntitle = \"赶集\"\ndate = 2026-11-05\nuntil = 2026-11-30\n+++\n赶集。\n",
    );
    for (day, out) in [("2026-11-19", "a"), ("2026-11-22", "b"), ("2026-12-31", "c")] {
        let _ = board.run(&["build", "--date", day, "--out", out]).exits(0);
    }
    assert_eq!(
        lines(&board, &["diff", "a", "b"]),
        ["柳村 2026年低保名单：即将公示 → 公示中，1人，合计36,900.00", "2026-11-19到2026-11-22，共1处变化"]
    );
    assert_eq!(
        lines(&board, &["diff", "b", "c", "--lang", "en"]),
        [
            "云溪镇 赶集: held until 2026-11-30, now in the archive",
            "柳村 2026年低保名单: open → withdrawn",
            "2 changes from 2026-11-22 to 2026-12-31"
        ]
    );
    let same = lines(&board, &["diff", "a", "a"]);
    assert_eq!(same, ["2026-11-19到2026-11-19，没有变化"]);
    let one = lines(&board, &["diff", "a", "b", "--lang", "en"]);
    assert_eq!(one.last().unwrap(), "1 change from 2026-11-19 to 2026-11-22");
}

#[test]
fn what_became_late_and_what_was_met_stands_first() {
    let item = "[[item]]\nid = \"caiwu\"\ntitle = \"集体财务\"\nkind = \"notice\"\nlevel = \"village\"\n\
                due = { quarter_day = 20 }\nfrom = 2026-10-01\n";
    let notice = "+++\ntitle = \"收支\"\ndate = 2026-10-22\nitem = \"caiwu\"\n+++\n收支。\n";
    let board =
        village().with("catalogue.toml", item).replacing("liu/subsidies/a.toml", "item = \"低保\"\n", "");
    let _ = board.run(&["build", "--date", "2026-10-14", "--out", "a"]).exits(0);
    let _ = board.run(&["build", "--date", "2026-10-21", "--out", "b"]).exits(0);
    let board = board.with("liu/notices/c.md", notice);
    let _ = board.run(&["build", "--date", "2026-10-28", "--out", "c"]).exits(0);
    assert_eq!(
        lines(&board, &["diff", "a", "b"])[0],
        "柳村 集体财务（公开事项）：应于2026-10-20前公开 → 逾期（2026-10-20到期）"
    );
    let met = lines(&board, &["diff", "b", "c"]);
    assert_eq!(met[0], "柳村 集体财务（公开事项）：逾期（2026-10-20到期） → 已公开，迟了");
    // One more village owes it, one no longer.
    let board = board.with("qiao/area.toml", "name = \"桥村\"\nlevel = \"village\"\n").replacing(
        "catalogue.toml",
        "from = ",
        "except = [\"liu\"]\nfrom = ",
    );
    let _ = board.run(&["build", "--date", "2026-10-28", "--out", "d"]).exits(0);
    assert_eq!(
        lines(&board, &["diff", "c", "d"])[..3],
        [
            "柳村 集体财务（公开事项）：不用公开了",
            "桥村：新公布",
            "桥村 集体财务（公开事项）：新列入公开目录，逾期（2026-10-20到期）",
        ]
    );
}

#[test]
fn rows_that_came_and_went_are_counted_apart() {
    let table = |rows: &str| format!("姓名,村组,金额\n{rows}");
    let before = table("赵一平,一组,100\n钱二,一组,100\n孙三,二组,100\n");
    let after = table("周四,一组,100\n孙三,二组,120\n钱二,一组,100\n吴五,二组,100\n");
    let said =
        said(village().with("liu/subsidies/a.csv", before), |board| board.with("liu/subsidies/a.csv", after));
    expect(&said, &["柳村 2026年低保名单：新增2人，减少1人，1人金额有变，合计300.00 → 420.00"]);
    assert!(!said.concat().contains('周'));
}

#[test]
fn rows_that_are_shown_otherwise_are_no_other_people() {
    let rows = "姓名,金额\n赵一平,100\n欧阳小兰,200\n";
    let with_rows = || village().with("liu/subsidies/a.csv", rows);
    let shown = "柳村 2026年低保名单：名单上公布的内容（列、姓名的写法）有改动";
    let masked = said(with_rows(), |board| {
        let settings = std::fs::read_to_string(board.content().join("board.toml")).unwrap();
        board.with("board.toml", settings + "[privacy]\nnames = \"keep-surname\"\n")
    });
    expect(&masked, &[shown]);
    for more in ["sensitive = true", "rows = \"none\""] {
        let hidden = said(with_rows(), |board| {
            board.replacing("liu/subsidies/a.toml", "table =", &format!("{more}\ntable ="))
        });
        expect(&hidden, &[shown]);
    }
}

#[test]
fn a_plan_by_another_title_and_a_contact_by_another_id_are_the_same() {
    let before = village().with("reception.toml", RECEPTION);
    let said = said(before, |board| {
        board
            .replacing("reception.toml", "title = \"接访安排\"", "title = \"第四季度接访安排\"")
            .replacing("reception.toml", "\"zhou\"", "\"zhou-qinghe\"")
            .replacing("contacts.toml", "\"zhou\"", "\"zhou-qinghe\"")
    });
    let person = "云溪镇 周青禾：编号zhou → zhou-qinghe";
    expect(&said, &[person, "云溪镇 第四季度接访安排：原来叫“接访安排”"]);
}

#[test]
fn another_deadline_is_no_new_publication() {
    let catalogue = |day: u32| {
        format!(
            "[[item]]\nid = \"低保\"\ntitle = \"农村低保\"\nkind = \"subsidy\"\nlevel = \"village\"\n\
             due = {{ month_day = {day} }}\nfrom = 2026-11-01\n"
        )
    };
    let before = village().with("catalogue.toml", catalogue(25));
    let said = said(before, |board| board.with("catalogue.toml", catalogue(28)));
    expect(&said, &["柳村 农村低保（公开事项）：期限2026-11-25 → 2026-11-28"]);
}

#[test]
fn the_head_of_a_list_is_compared_too() {
    let said = said(village(), |board| {
        board
            .replacing("liu/subsidies/a.toml", "云溪镇人民政府", "云溪镇民政办")
            .replacing("liu/subsidies/a.toml", "item = \"低保\"", "item = \"临时救助\"\nedition = 2")
            .replacing("liu/subsidies/a.toml", "confirmed", "paid")
            .with(
                "liu/subsidies/a.toml",
                std::fs::read_to_string(village().content().join("liu/subsidies/a.toml"))
                    .unwrap()
                    .replace("云溪镇人民政府", "云溪镇民政办")
                    .replace("item = \"低保\"", "item = \"临时救助\"\nedition = 2")
                    .replace("confirmed", "paid")
                    .replace("2026-11-20", "2026-11-21")
                    + "[posting]\nplace = \"公开栏\"\non = 2026-11-21\n",
            )
    });
    expect(
        &said,
        &["柳村 2026年低保名单：公示期改为2026-11-21至2026-11-27，阶段已确认 → 已发放，\
           公开事项低保 → 临时救助，公示单位云溪镇人民政府 → 云溪镇民政办，版次1 → 2，2026-11-21张贴在公开栏"],
    );
}

#[test]
fn objections_steps_and_decisions_are_said() {
    let proposed = LIST.replace("confirmed", "proposed").replace("2026-11-20", "2026-11-10")
        + "[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n";
    let later = format!(
        "{proposed}[[objection]]\nreceived = 2026-11-12\noutcome = \"rejected\"\ndecided = 2026-11-17\n\
         [[step]]\ntitle = \"县级抽查\"\nreceived = 2026-11-17\non = 2026-11-18\n\
         [decision]\ndate = 2026-11-20\ndocument = \"云政发〔2026〕31号\"\n"
    );
    let said = said(village().with("liu/subsidies/a.toml", proposed), |board| {
        board.with("liu/subsidies/a.toml", later.replace("0009-3780012", "0009-3780013"))
    });
    expect(
        &said,
        &["柳村 2026年低保名单：公示期满 → 已确认，受理异议的电话0009-3780012 → 0009-3780013，\
           2026-11-12收到异议：不成立，县级抽查（2026-11-18），2026-11-20作出决定（云政发〔2026〕31号）"],
    );
}

#[test]
fn sessions_are_told_apart_by_their_day_and_changes_said_once() {
    let board = || village().with("reception.toml", RECEPTION);
    let change = |old: &'static str, new: &'static str| {
        said(board(), move |board| board.replacing("reception.toml", old, new))
    };
    expect(
        &change("08:30-11:30", "09:00-11:30"),
        &["云溪镇 轮流接访：2026-10-12、2026-10-19、2026-10-26等12次时间08:30-11:30 → 09:00-11:30"],
    );
    expect(
        &change("\"接待室\"", "\"一楼接待室\""),
        &["云溪镇 轮流接访：2026-10-12、2026-10-19、2026-10-26等12次地点接待室 → 一楼接待室"],
    );
    expect(
        &change("\"fixed\"", "\"on-site\"\ntopic = \"民政\""),
        &["云溪镇 轮流接访：2026-10-12、2026-10-19、2026-10-26等12次接访形式定点接访 → 现场接访，\
           2026-10-12、2026-10-19、2026-10-26等12次主题无 → 民政"],
    );
    // One more in the afternoon leaves that of the morning as it is.
    expect(
        &change("{ weekday = \"monday\" }", "{ weekday = \"monday\", also = [2026-12-01] }"),
        &["云溪镇 轮流接访：新增1次接访（2026-12-01）"],
    );
    expect(
        &change("to = 2026-12-31", "to = 2026-12-20"),
        &[
            "云溪镇 接访安排：截止日期2026-12-31 → 2026-12-20",
            "云溪镇 轮流接访：减少2次接访（2026-12-21、2026-12-28）",
        ],
    );
}

#[test]
fn a_cancelled_session_and_its_return_are_said() {
    let cancelled = format!(
        "{RECEPTION}[[swap]]\nsession = \"a\"\ndate = 2026-12-07\ncancel = true\nreason = \"开会\"\ntold = 2026-11-20\n"
    );
    let board = || village().with("reception.toml", RECEPTION);
    let there = said(board(), |board| board.with("reception.toml", &cancelled));
    expect(&there, &["云溪镇 轮流接访：2026-12-07取消"]);
    let back =
        said(board().with("reception.toml", &cancelled), |board| board.with("reception.toml", RECEPTION));
    expect(&back, &["云溪镇 轮流接访：2026-12-07恢复，不取消了"]);
}

#[test]
fn programs_and_funds_are_compared() {
    let programs = "[[program]]\nid = \"edu\"\ntitle = \"教育补助\"\nfrom = 2026-01-01\namount = \"500.00\"\nunit = \"元/年\"\n\
                    [[fund]]\nid = \"help\"\ntitle = \"帮扶基金\"\nyear = 2026\nopening = \"1000.00\"\n";
    let inflow = "[[fund.inflow]]\non = 2026-03-01\nfrom = \"镇财政\"\namount = \"50000.00\"\n";
    let board = village().with("programs.toml", programs).replacing(
        "liu/subsidies/a.toml",
        "item",
        "program = \"edu\"\nitem",
    );
    let said = said(board, |board| {
        let changed = programs.replace("500.00", "600.00").replace("unit =", "conditions = \"在校\"\nunit =");
        board.with("programs.toml", changed + inflow)
    });
    expect(
        &said,
        &[
            "云溪镇 教育补助（补贴项目）：标准500.00 → 600.00，条件无 → 在校",
            "云溪镇 帮扶基金 2026：2026-03-01收入50,000.00（镇财政），余额1,000.00 → 51,000.00",
        ],
    );
}

#[test]
fn the_board_its_areas_teams_and_files_are_compared() {
    let team =
        "[[team]]\ntitle = \"工作站\"\nhead = \"zhou\"\nphone = \"0009-3780233\"\nhas = [\"公示牌\"]\n";
    let contacts = std::fs::read_to_string(village().content().join("contacts.toml")).unwrap();
    let board = village()
        .with("contacts.toml", format!("{contacts}{team}"))
        .with("files/a.txt", "甲")
        .with("files/b.txt", "乙");
    let said = said(board, |board| {
        board
            .replacing("board.toml", "0009-3780000", "0009-3780009")
            .replacing("liu/area.toml", "0009-3780200", "0009-3780201")
            .replacing("contacts.toml", "工作站", "群众工作站")
            .replacing("contacts.toml", "0009-3780233", "0009-3780234")
            .with("files/a.txt", "甲甲")
            .without("files/b.txt")
            .with("files/c.txt", "乙")
    });
    expect(
        &said,
        &[
            "云溪镇 云溪镇公开栏（公示栏）：监督电话0009-3780000 → 0009-3780009",
            "云溪镇 群众工作站（队伍）：原来叫“工作站”，电话0009-3780233 → 0009-3780234",
            "云溪镇 a.txt（附件）：内容有改动",
            "云溪镇 c.txt（附件）：改了地址，原来是files/b.txt",
            "柳村：电话0009-3780200 → 0009-3780201",
        ],
    );
}

#[test]
fn results_are_compared_by_their_units() {
    let head = "title = \"第三季度考核\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"q3.csv\"\n";
    let table = |rows: &str| format!("村,得分\n{rows}");
    let board = village()
        .with("results/q3.toml", head)
        .with("results/q3.csv", table("柳村,95.00\n桥村,94.00\n麦村,93.00\n坪村,92.00\n"));
    let said = said(board, |board| {
        board.with("results/q3.csv", table("柳村,94.00\n桥村,95.00\n坪村,92.00\n竹村,91.00\n"))
    });
    expect(&said, &["云溪镇 第三季度考核：新增竹村，减少麦村，桥村、柳村、坪村名次有变，桥村、柳村得分有变"]);
}

#[test]
fn an_objection_that_waits_too_long_is_said() {
    let list = LIST.replace("confirmed", "proposed").replace("2026-11-20", "2026-10-10")
        + "[objections]\nto = \"民政办\"\n[[objection]]\nreceived = 2026-10-12\noutcome = \"pending\"\n";
    let board = village().with("liu/subsidies/a.toml", list);
    for (day, out) in [("2026-10-20", "a"), ("2026-10-30", "b")] {
        let _ = board.run(&["build", "--date", day, "--out", out]).exits(0);
    }
    let said = lines(&board, &["diff", "a", "b"]);
    assert_eq!(said[0], "柳村 2026年低保名单：2026-10-12的异议超过期限没有答复（2026-10-26到期）");
}

#[test]
fn how_many_came_to_a_list_without_rows_is_a_number_before_and_after() {
    let list = LIST.replace("table", "rows = \"none\"\ntable");
    let said = said(village().with("liu/subsidies/a.toml", list), |board| {
        board.with("liu/subsidies/a.csv", "姓名,金额\n赵一平,100\n钱二,100\n")
    });
    expect(&said, &["柳村 2026年低保名单：1笔 → 2笔，合计36,900.00 → 200.00"]);
}
