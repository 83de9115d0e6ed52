//! `gongshi reception`: the sessions of an area in the terminal, and why its days are sessions or are none.

use crate::harness::{Board, Run};

/// A town with three rules, and a village without a plan.
const PLAN: &str = "title = \"2026年接访日\"\nfrom = 2026-02-01\nto = 2026-12-31\npublished = 2026-01-05\nplace = \"一楼接待室\"\n
[[session]]\nid = \"leaders\"\ntitle = \"镇领导轮流接访日\"\ndays = { lunar_ending = [3, 6, 9], except = [2026-02-13] }
hours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"zhou\", \"su\"]\n
[[session]]\nid = \"secretary\"\ntitle = \"书记接访日\"\ndays = { weekday = \"monday\", nth = [1, -1], also = [2026-04-08] }
on_holiday = \"next-workday\"\nhours = [\"08:30-11:30\", \"14:30-17:00\"]\nform = \"fixed\"\nhosts = [\"he\"]\nplace = \"三楼会议室\"\n
[[session]]\nid = \"market\"\ntitle = \"圩日接访\"\ndays = { day_ending = [4, 7] }
on_holiday = \"next-workday\"\nhours = [\"14:00-15:00\"]\nform = \"on-site\"\nhosts = [\"zhou\"]\n";

const CARDS: &str =
    "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\nserves = [\"liutang\"]\n
[[contact]]\nid = \"su\"\nname = \"欧阳苏\"\nposition = \"镇长\"\nduties = \"全面工作\"\n
[[contact]]\nid = \"he\"\nname = \"贺山\"\nposition = \"书记\"\nduties = \"全面工作\"\n";

fn town() -> Board {
    Board::small()
        .with("contacts.toml", CARDS)
        .with("reception.toml", PLAN)
        .with("liutang/area.toml", "name = \"柳塘村\"\nlevel = \"village\"\n")
}

/// What the command says of the town, asked on a day of January.
fn asked(arguments: &[&str]) -> Run {
    let date = if arguments.contains(&"--date") { &[][..] } else { &["--date", "2026-01-20"] };
    town().run(&[&["reception"], date, arguments].concat())
}

#[track_caller]
fn says(arguments: &[&str], expected: &str) {
    assert_eq!(asked(arguments).exits(0).stdout.trim_end(), expected.trim());
}

#[test]
fn sessions_stand_in_columns_one_a_line() {
    let days = [".", "--from", "2026-03-30", "--to", "2026-04-08"];
    says(
        &[&days[..], &["--lang", "zh"]].concat(),
        "
2026-03-30 星期一 二月十二 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室
2026-03-31 星期二 二月十三 08:30-11:30             镇领导轮流接访日 欧阳苏 镇长
2026-04-03 星期五 二月十六 08:30-11:30             镇领导轮流接访日 周青禾 副书记
2026-04-07 星期二 二月二十 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室 （由2026-04-06改期）
2026-04-07 星期二 二月二十 14:00-15:00             圩日接访         周青禾 副书记
2026-04-08 星期三 二月廿一 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室
地点：一楼接待室；在别处的，行末 @ 后面写明
云溪镇：2026-03-30到2026-04-08接访6次",
    );
    says(
        &[&days[..], &["--lang", "en"]].concat(),
        "
2026-03-30 Mon 二月十二 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室
2026-03-31 Tue 二月十三 08:30-11:30             镇领导轮流接访日 欧阳苏 镇长
2026-04-03 Fri 二月十六 08:30-11:30             镇领导轮流接访日 周青禾 副书记
2026-04-07 Tue 二月二十 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室 (moved from 2026-04-06)
2026-04-07 Tue 二月二十 14:00-15:00             圩日接访         周青禾 副书记
2026-04-08 Wed 二月廿一 08:30-11:30 14:30-17:00 书记接访日       贺山   书记 @三楼会议室
place: 一楼接待室, or as given behind @
云溪镇, 2026-03-30 to 2026-04-08: sessions: 6",
    );
}

#[test]
fn the_list_goes_from_the_day_of_the_board_to_the_end_of_its_plans() {
    let said = asked(&[".", "--date", "2026-02-06"]).exits(0).stdout;
    let sessions: Vec<&str> = said.lines().filter(|line| line.starts_with("2026-")).collect();
    assert!(sessions[0].starts_with("2026-02-06 星期五 腊月十九 "), "today's too: {}", sessions[0]);
    assert!(sessions.last().unwrap().starts_with("2026-12-31 "), "{said}");
    assert!(said.ends_with(&format!("云溪镇：2026-02-06到2026-12-31接访{}次\n", sessions.len())), "{said}");
}

#[test]
fn every_planned_day_has_its_reason() {
    let days = [".", "--explain", "--from", "2026-02-13", "--to", "2026-02-17"];
    says(
        &[&days[..], &["--lang", "zh"]].concat(),
        "
镇领导轮流接访日（leaders）：农历逢三、六、九；节假日跳过，周末照常
  2026-02-13 星期五 腊月廿六：农历逢六——写在 except 里，不接访
  2026-02-16 星期一 腊月廿九：农历逢九——春节假期，跳过
书记接访日（secretary）：每月第1个、最后一个星期一；节假日改到后一个工作日，周末照常
  这段时间没有这条规则的日子
圩日接访（market）：公历逢四、七；节假日改到后一个工作日，周末照常
  2026-02-14 星期六 腊月廿七：公历逢四——调休上班，接访，第3次，轮到周青禾
  2026-02-17 星期二 正月初一：公历逢七——春节假期，改到2026-02-24 星期二，那天已有接访，不另办",
    );
    says(
        &[&days[..], &["--lang", "en"]].concat(),
        "
镇领导轮流接访日 (leaders): lunar day ends in 3, 6, 9; holidays skipped, weekends kept
  2026-02-13 Fri 腊月廿六: lunar day ends in 6; named in except, no session
  2026-02-16 Mon 腊月廿九: lunar day ends in 9; Spring Festival, skipped
书记接访日 (secretary): 1st, last Mon of the month; holidays moved to the next working day, weekends kept
  no day of this rule in these days
圩日接访 (market): day of the month ends in 4, 7; holidays moved to the next working day, weekends kept
  2026-02-14 Sat 腊月廿七: day of the month ends in 4; make-up working day, held, turn 3: 周青禾
  2026-02-17 Tue 正月初一: day of the month ends in 7; Spring Festival, would move to 2026-02-24 Tue, which has a session already: falls away",
    );
}

#[test]
fn of_one_single_day_every_rule_says_something() {
    says(
        &[".", "--explain", "--from", "2026-04-07", "--to", "2026-04-07"],
        "
镇领导轮流接访日（leaders）：农历逢三、六、九；节假日跳过，周末照常
  2026-04-07 星期二 二月二十：不是“农历逢三、六、九”，不接访
书记接访日（secretary）：每月第1个、最后一个星期一；节假日改到后一个工作日，周末照常
  2026-04-06 星期一 二月十九：每月第1个星期一——清明节假期，改到2026-04-07 星期二，第5次，轮到贺山
圩日接访（market）：公历逢四、七；节假日改到后一个工作日，周末照常
  2026-04-04 星期六 二月十七：公历逢四——清明节假期，改到2026-04-07 星期二，那天已有接访，不另办
  2026-04-07 星期二 二月二十：公历逢七——接访，第12次，轮到周青禾",
    );
    let outside = asked(&[".", "--explain", "--from", "2027-01-04", "--to", "2027-01-04"]).exits(0).stdout;
    let said = "  2027-01-04 星期一 十一月廿七：不在安排的起止（2026-02-01到2026-12-31）以内";
    assert_eq!(outside.lines().filter(|line| line.starts_with("  ")).collect::<Vec<_>>(), [said; 3]);
}

#[test]
fn every_form_of_rule_has_its_words() {
    for (days, zh, en) in [
        ("weekday = [\"tue\", \"thu\"]", "星期二、星期四", "Tue, Thu"),
        ("weekday = \"wed\", nth = [2, -2]", "每月第2个、倒数第2个星期三", "2nd, 2nd last Wed of the month"),
        (
            "weekday = \"mon\", not_nth = -1",
            "星期一（每月最后一个除外）",
            "Mon, but not the last of the month",
        ),
        (
            "month_day = [8, -1, -3]",
            "每月8日、最后一天、倒数第3天",
            "each month: day 8, last day, day 3 from the end",
        ),
        ("lunar_day = [1, 15]", "农历初一、十五", "lunar day 1, 15"),
        ("lunar_ending = [0, 5]", "农历逢十、五", "lunar day ends in 0, 5"),
        ("day_ending = 6", "公历逢六", "day of the month ends in 6"),
        ("every = 5, from = 2026-02-03", "从2026-02-03起每5天一次", "one day in 5, from 2026-02-03 on"),
        ("branch = [\"子\", \"午\"]", "逢子、午日", "子, 午 of the twelve branches"),
        ("workdays = true", "工作日", "working day"),
        ("dates = [2026-02-03, 2026-03-04]", "逐个写明的日子", "one of the dates named"),
    ] {
        let board = town().replacing("reception.toml", "day_ending = [4, 7]", days).replacing(
            "reception.toml",
            "14:00-15:00\"]",
            "14:00-15:00\"]\non_weekend = \"skip\"",
        );
        let day = ["--from", "2026-02-01", "--to", "2026-02-01", "--date", "2026-01-20", "--explain"];
        let heading = |language| {
            let run = board.run(&[&["reception", ".", "--lang", language][..], &day].concat()).exits(0);
            run.stdout.lines().find(|line| line.starts_with("圩日接访")).unwrap_or_default().to_owned()
        };
        let off = "节假日改到后一个工作日，周末跳过";
        assert_eq!(heading("zh"), format!("圩日接访（market）：{zh}；{off}"));
        let off = "holidays moved to the next working day, weekends skipped";
        assert_eq!(heading("en"), format!("圩日接访 (market): {en}; {off}"));
    }
}

#[test]
fn a_day_off_that_is_kept_is_named() {
    let board = town().replacing("reception.toml", "on_holiday = \"next-workday\"", "on_holiday = \"keep\"");
    let of = |day: &str| {
        let run =
            board.run(&["reception", ".", "--explain", "--from", day, "--to", day, "--date", "2026-01-20"]);
        run.exits(0).stdout
    };
    let weekend = "2026-03-01 星期日 正月十三：农历逢三——周末，照常接访，第5次，轮到周青禾\n";
    assert!(of("2026-03-01").contains(weekend), "{}", of("2026-03-01"));
    let holiday = "2026-05-04 星期一 三月十八：每月第1个星期一——劳动节假期，照常接访，第8次，轮到贺山\n";
    assert!(of("2026-05-04").contains(holiday), "{}", of("2026-05-04"));
}

#[test]
fn the_sessions_listed_are_the_days_explained_as_held() {
    let board = Board::example();
    let run = |area: &str, more: &[&str]| {
        let days = ["--from", "2026-01-01", "--to", "2026-12-31", "--quiet", "--date", "2026-11-22"];
        board.run(&[&["reception", area][..], &days, more].concat()).exits(0).stdout
    };
    for area in [".", "liutang", "qiaotou", "shangping", "zhuli", "mailong"] {
        let listed = run(area, &[]).lines().filter(|line| line.starts_with("2026-")).count();
        let explained = run(area, &["--explain"]);
        let held = explained.lines().filter(|line| line.contains("轮到")).count();
        assert_eq!(listed, held, "{area}");
        assert!(listed > 20, "{area}: {listed}");
    }
}

#[test]
fn sessions_of_a_year_without_a_notice_are_marked() {
    let board = town().replacing("reception.toml", "2026-12-31", "2027-01-31").replacing(
        "reception.toml",
        "place =",
        "provisional = true\nplace =",
    );
    let run = board.run(&["reception", ".", "--date", "2026-12-30"]).exits(0);
    let marked = |line: &&str| line.ends_with("（暂定）");
    let (marked, certain): (Vec<&str>, Vec<&str>) = run.stdout.lines().partition(marked);
    assert!(!marked.is_empty() && marked.iter().all(|line| line.starts_with("2027-")), "{}", run.stdout);
    assert!(!certain.iter().any(|line| line.starts_with("2027-")), "{}", run.stdout);
    let day = ["--explain", "--from", "2027-01-04", "--to", "2027-01-04"];
    let run = board.run(&[&["reception", ".", "--date", "2026-12-30"][..], &day].concat()).exits(0);
    assert_eq!(run.stdout.matches("（暂定）").count(), 2, "{}", run.stdout);
}

#[test]
fn it_is_said_when_there_is_nothing_to_list() {
    says(&[".", "--from", "2026-04-11", "--to", "2026-04-12"], "云溪镇：2026-04-11到2026-04-12没有接访");
    let over = "云溪镇的接访安排到2026-12-31为止，以后的还没有；以前的用 --from 写明从哪天看起";
    says(&[".", "--date", "2027-01-01"], over);
    says(&[".", "--from", "2027-01-01"], over);
    says(&[".", "--date", "2026-01-04"], "云溪镇到2026-01-04没有公布接访安排");
    says(&["liutang"], "柳塘村到2026-01-20没有公布接访安排\n上一级云溪镇有：gongshi reception .");
    says(&["liutang", "--quiet"], "");
}

#[test]
fn an_unknown_area_is_wrong_usage_and_the_nearest_one_is_named() {
    for (typed, meant) in
        [("liutan", "liutang（柳塘村）"), ("柳塘", "liutang（柳塘村）"), ("云溪镇", ".（云溪镇）")]
    {
        let run = asked(&[typed]).exits(2);
        assert!(
            run.stderr.starts_with(&format!("错误[no-such-area]: 没有“{typed}”这个地区\n")),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(meant), "{}", run.stderr);
        assert_eq!(run.stdout, "");
    }
    let run = asked(&["xyz", "--lang", "en"]).exits(2);
    assert!(
        !run.stderr.contains("did you mean") && run.stderr.contains("there are: .  liutang"),
        "{}",
        run.stderr
    );
    for same in ["liutang/", "./liutang", " liutang "] {
        assert!(asked(&[same]).exits(0).stdout.starts_with("柳塘村"));
    }
}

#[test]
fn days_that_run_backwards_are_wrong_usage() {
    for days in [&["--from", "2026-03-02", "--to", "2026-03-01"][..], &["--to", "2026-01-19"]] {
        let run = asked(&[&["."], days].concat()).exits(2);
        assert!(run.stderr.starts_with("错误[from-after-to]: "), "{}", run.stderr);
    }
    let run = asked(&[".", "--from", "2026-3-1"]).exits(2);
    assert!(run.stderr.starts_with("错误[not-a-day]: --from "), "{}", run.stderr);
}

#[test]
fn with_errors_nothing_is_listed_and_warnings_stand_apart() {
    let warned = asked(&["."]).exits(0);
    assert!(warned.stderr.starts_with("警告[moved-onto-session]: "), "{}", warned.stderr);
    assert!(warned.stdout.starts_with("2026-02-02 ") && !warned.stdout.contains("警告"), "{}", warned.stdout);
    let strict = asked(&[".", "--strict"]).exits(1);
    assert_eq!(strict.stdout, "");
    let broken = town().replacing("reception.toml", "\"zhou\", \"su\"", "\"zhuo\", \"su\"");
    let run = broken.run(&["reception", ".", "--date", "2026-01-20"]).exits(1);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.starts_with("错误[unknown-contact]: "), "{}", run.stderr);
    assert!(run.stderr.ends_with("没有列出\n"), "{}", run.stderr);
    let quiet = broken.run(&["reception", ".", "--date", "2026-01-20", "--quiet"]).exits(1);
    assert!(
        quiet.stderr.contains("unknown-contact") && !quiet.stderr.contains("没有列出"),
        "{}",
        quiet.stderr
    );
}

#[test]
fn what_a_terminal_would_obey_is_left_out() {
    let escape = town().replacing("reception.toml", "圩日接访", "圩日\\u001b[31m接访");
    let run = escape.run(&["reception", ".", "--date", "2026-01-20"]).exits(1);
    assert!(run.stderr.contains("broken-characters") && !run.stderr.contains('\u{1b}'), "{}", run.stderr);
    let board = town().replacing("reception.toml", "圩日接访", "圩日\\n接访");
    for more in [&[][..], &["--explain"]] {
        let run = board.run(&[&["reception", ".", "--date", "2026-01-20"], more].concat()).exits(0);
        assert!(run.stdout.contains("圩日 接访"), "{}", run.stdout);
    }
}

#[test]
fn another_content_folder_can_be_named() {
    let board = town();
    std::fs::rename(board.content(), board.root().join("board")).unwrap();
    let run = board.run(&["reception", ".", "--content", "board", "--date", "2026-01-20"]).exits(0);
    assert!(run.stdout.contains("2026-02-02"));
    let missing = board.run(&["reception", "."]).exits(2);
    assert!(missing.stderr.starts_with("错误[no-content-folder]"), "{}", missing.stderr);
}

#[test]
fn swaps_and_cancellations_are_marked_with_whose_turn_it_was() {
    let changes = "[[swap]]\nsession = \"leaders\"\ndate = 2026-03-31\nhost = \"su\"\nby = \"he\"\ntold = 2026-03-20\n
[[swap]]\nsession = \"leaders\"\ndate = 2026-04-03\ncancel = true\nreason = \"全镇防汛演练\"\ntold = 2026-03-20\n";
    let board = town().with("reception.toml", format!("{PLAN}\n{changes}"));
    let span = [".", "--from", "2026-03-31", "--to", "2026-04-03", "--lang", "zh"];
    let asked = |day: &str, more: &[&str]| {
        let run = board.run(&[&["reception", "--date", day][..], &span, more].concat());
        run.exits(0).stdout.trim_end().to_owned()
    };
    assert_eq!(
        asked("2026-03-20", &[]),
        "2026-03-31 星期二 二月十三 08:30-11:30 镇领导轮流接访日 贺山   书记 （调班：原定欧阳苏，由贺山接访；2026-03-20告知）
2026-04-03 星期五 二月十六 08:30-11:30 镇领导轮流接访日 周青禾 副书记 （取消：全镇防汛演练；2026-03-20告知）
地点：一楼接待室
云溪镇：2026-03-31到2026-04-03接访1次"
    );
    let explained = asked("2026-03-20", &["--explain"]);
    assert!(explained.contains("轮到欧阳苏 （调班：原定欧阳苏，由贺山接访"), "{explained}");
    assert!(!asked("2026-03-19", &[]).contains("调班"), "not before it is told");
}
