//! The schemes that streets and towns have published, with their own numbers: money in three categories, praise and
//! criticism by level, and what follows from standing first or last several times.

use crate::harness::{Board, expected, workbook};

fn rows(board: &Board, result: &str) -> Vec<serde_json::Value> {
    let data = &board.published()[&format!("results/{result}/data.json")];
    let data: serde_json::Value = serde_json::from_slice(data).unwrap();
    data["rows"].as_array().unwrap().clone()
}

/// Streets ±5,000 for the first and the last; city units +5,000 and +3,000, −5,000 and −3,000; others +3,000, +2,000 and
/// +1,000, −3,000, −2,000 and −1,000.
fn money(others: &[(&str, &str)]) -> String {
    let award = |category: &str, ranks: &str, amount: &str| {
        format!("[[award]]\nranks = {ranks}\namount = \"{amount}\"\ncategory = \"{category}\"\n")
    };
    let mut text = String::from(
        "title = \"2月创卫任务考评\"\nkind = \"ranking\"\ndate = 2026-03-02\nperiod = \"2026-02\"\ntable = \"a.csv\"\n\
         count = { \"城区街道\" = 4, \"市直单位\" = 5, \"其它单位\" = 7 }\n[score]\n\
         parts = [{ done = \"完成\", due = \"应完成\", points = \"100\" }]\n\
         adjust = [{ column = \"第一名\", points = \"2\" }, { column = \"漏报\", points = \"-2\" }, { column = \"旱厕\", points = \"-2\" }]\n\
         [rank]\nwithin = \"类别\"\n",
    );
    text += &award("城区街道", "[1, 1]", "5000");
    text += &award("城区街道", "[-1, -1]", "-5000");
    for (ranks, amount) in
        [("[1, 1]", "5000"), ("[2, 2]", "3000"), ("[-1, -1]", "-5000"), ("[-2, -2]", "-3000")]
    {
        text += &award("市直单位", ranks, amount);
    }
    for (ranks, amount) in others {
        text += &award("其它单位", ranks, amount);
    }
    text
}

const OTHERS: [(&str, &str); 6] = [
    ("[1, 1]", "3000"),
    ("[2, 2]", "2000"),
    ("[3, 3]", "1000"),
    ("[-1, -1]", "-3000"),
    ("[-2, -2]", "-2000"),
    ("[-3, -3]", "-1000"),
];

const MONEY: &str = "单位,类别,应完成,完成,第一名,漏报,旱厕,得分,奖金\n\
    东街,城区街道,30,30,1,0,0,102.00,5000\n西街,城区街道,30,29,0,0,0,96.67,\n南街,城区街道,9,8,0,0,0,88.89,\n\
    北街,城区街道,9,8,0,1,1,84.89,-5000\n\
    住建局,市直单位,7,7,0,0,0,100.00,5000\n水务局,市直单位,7,6,0,0,0,85.71,3000\n教育局,市直单位,7,5,0,0,0,71.43,\n\
    卫健局,市直单位,7,4,0,0,0,57.14,-3000\n交通局,市直单位,7,3,0,0,0,42.86,-5000\n\
    甲,其它单位,10,10,0,0,0,100.00,3000\n乙,其它单位,10,9,0,0,0,90.00,2000\n丙,其它单位,10,8,0,0,0,80.00,1000\n\
    丁,其它单位,10,7,0,0,0,70.00,\n戊,其它单位,10,6,0,0,0,60.00,-1000\n己,其它单位,10,5,0,0,0,50.00,-2000\n\
    庚,其它单位,10,4,0,0,0,40.00,-3000\n";

#[test]
fn money_in_three_categories_ranked_apart() {
    let board = Board::small().with("results/a.toml", money(&OTHERS)).with("results/a.csv", MONEY);
    let _ = board.build().exits(0);
    let sum: i64 = rows(&board, "a")
        .iter()
        .filter_map(|row| row["award"].as_str())
        .map(|award| award.trim_end_matches(".00").parse::<i64>().unwrap())
        .sum();
    assert_eq!(sum, 0, "as much is given as is taken");
    // The published table lacks the second reward of the others: a hole is refused.
    let hole: Vec<_> = OTHERS.iter().copied().filter(|(ranks, _)| *ranks != "[2, 2]").collect();
    let found = board.with("results/a.toml", money(&hole)).problems();
    assert_eq!(found[0].0, "award-hole", "{found:?}");
}

/// Weekly checks and a monthly one; in each ±1, 2, 3 and 4 points for praise and criticism by the district, the city, the
/// province and the state, booked where they fell.
#[test]
fn praise_and_criticism_by_level() {
    let levels = ["区", "市", "省", "国家"];
    let adjust: Vec<String> = levels
        .iter()
        .zip(1..)
        .flat_map(|(level, points)| {
            [("表扬", points), ("批评", -points)].map(|(what, points): (&str, i32)| {
                format!("{{ column = \"{level}级{what}\", points = \"{points}\" }}")
            })
        })
        .collect();
    let toml = |period: &str, day: &str| {
        format!(
            "title = \"社区考评\"\nkind = \"ranking\"\ndate = {day}\nperiod = \"{period}\"\ntable = \"{period}.csv\"\n\
             [score]\nparts = [{{ column = \"检查分\", weight = \"1\" }}]\nadjust = [{}]\n",
            adjust.join(", ")
        )
    };
    let heading: String = levels.iter().map(|level| format!(",{level}级表扬,{level}级批评")).collect();
    let csv = |rows: &str| format!("单位,检查分{heading},得分\n{rows}");
    let board = Board::small()
        .with("results/2026-W45.toml", toml("2026-W45", "2026-11-09"))
        .with("results/2026-W45.csv", csv("东社区,90,1,0,0,0,0,0,0,0,91\n西社区,90,0,0,0,1,0,0,0,0,88\n"))
        .with("results/2026-10.toml", toml("2026-10", "2026-11-02"))
        .with("results/2026-10.csv", csv("东社区,88.5,2,1,1,0,1,0,1,0,98.5\n西社区,92,0,0,0,0,0,1,0,1,85\n"));
    let _ = board.build().exits(0);
    let scores = |result: &str| -> Vec<_> {
        rows(&board, result)
            .iter()
            .map(|row| (row["unit"].clone(), row["score"].clone(), row["rank"].clone()))
            .collect()
    };
    let row = |unit: &str, score: &str, rank: u32| (unit.into(), score.into(), rank.into());
    assert_eq!(scores("2026-W45"), [row("东社区", "91.00", 1), row("西社区", "88.00", 2)]);
    assert_eq!(scores("2026-10"), [row("东社区", "98.50", 1), row("西社区", "85.00", 2)]);
}

/// Months of one series of seven units; `ranks` gives for each month the units from the first to the last.
fn months(streaks: &str, orders: &[&str]) -> Board {
    (1..).zip(orders).fold(Board::small(), |board, (month, order)| {
        let toml = format!(
            "title = \"{month}月考评\"\nkind = \"ranking\"\ndate = 2026-{month:02}-28\nperiod = \"2026-{month:02}\"\n\
             table = \"m{month}.csv\"\nseries = \"考评\"\n{streaks}"
        );
        let rows: String = order.chars().zip(0..).map(|(unit, place)| format!("{unit},{}\n", 99 - place)).collect();
        let board = board.with(&format!("results/m{month}.toml"), toml);
        board.with(&format!("results/m{month}.csv"), format!("单位,得分\n{rows}"))
    })
}

/// What follows for each unit in the month, from the first to the last.
fn follows(board: &Board, month: u32) -> Vec<String> {
    let all = rows(board, &format!("m{month}"));
    all.iter().map(|row| row["streak"].as_str().unwrap_or("").to_owned()).collect()
}

#[test]
fn three_times_among_the_first_three_or_last() {
    let streaks = "[[streak]]\nranks = [1, 3]\ntimes = 3\ntitle = \"表扬\"\n\
                   [[streak]]\nranks = [-1, -1]\ntimes = 3\ntitle = \"公开检讨，取消评奖资格\"\n";
    let board = months(streaks, &["甲乙丙丁戊己庚", "丁甲乙丙己戊庚", "甲丁戊己乙丙庚", "乙甲丁戊丙己庚"]);
    let _ = board.build().exits(0);
    let none = |_: u32| vec![String::new(); 7];
    assert_eq!((follows(&board, 1), follows(&board, 2)), (none(1), none(2)));
    // 甲 was among the first three in three months; 丁 is for the second time only; 庚 was last three times.
    assert_eq!(follows(&board, 3), ["表扬", "", "", "", "", "", "公开检讨，取消评奖资格"]);
    // 乙 and 丁 reach three, not in a row; 戊 does not.
    assert_eq!(follows(&board, 4), ["表扬", "表扬", "表扬", "", "", "", "公开检讨，取消评奖资格"]);
}

#[test]
fn the_last_three_of_each_month() {
    let streaks = "[[streak]]\nranks = [-3, -1]\ntimes = 1\ntitle = \"通报批评\"\n\
                   [[streak]]\nranks = [-3, -1]\ntimes = 2\nconsecutive = true\ntitle = \"警告\"\n\
                   [[streak]]\nranks = [-3, -1]\ntimes = 3\ntitle = \"追究责任\"\n";
    let board = months(streaks, &["甲乙丙丁戊己庚", "甲乙戊丙丁己庚", "甲己乙丙戊丁庚", "甲乙丙庚丁戊己"]);
    let _ = board.build().exits(0);
    assert_eq!(follows(&board, 1)[4..], ["通报批评", "通报批评", "通报批评"]);
    // 丁 for the first time; 己 and 庚 twice in a row.
    assert_eq!(follows(&board, 2)[4..], ["通报批评", "警告", "警告"]);
    // 戊 for the second time, not in a row; 丁 twice in a row; 庚 for the third time.
    assert_eq!(follows(&board, 3)[4..], ["通报批评", "警告", "追究责任"]);
    // 丁, 戊 and 己 for the third time; 庚 is not among them this month.
    assert_eq!(follows(&board, 4)[3..], ["", "追究责任", "追究责任", "追究责任"]);
}

const SURVEY: &str = "title = \"满意度测评\"\nkind = \"survey\"\ndate = 2026-11-02\nperiod = \"2026-10\"\n\
    [[group]]\ntitle = \"群众\"\nweight = \"0.7\"\nsample = 10\n[[group]]\ntitle = \"企业\"\nweight = \"0.3\"\nsample = 4\n\
    [[band]]\ntitle = \"优秀\"\nat_least = \"80\"\n[[band]]\ntitle = \"一般\"\n\
    [[award]]\nranks = [1, 1]\namount = \"3000\"\n";

#[test]
fn bands_and_awards_that_a_survey_states_are_verified() {
    let toml = SURVEY.replacen("period = \"2026-10\"\n", "period = \"2026-10\"\ntable = \"s.csv\"\n", 1);
    let csv = "单位,群体,0,7,10,不了解,名次,等次,奖金\n甲,群众,0,4,5,1,1,优秀,3000\n甲,企业,0,2,2,0,,,\n\
               乙,群众,4,4,1,1,2,一般,\n乙,企业,0,2,2,0,2,一般,/\n";
    let board = |csv: &str| Board::small().with("results/s.toml", &toml).with("results/s.csv", csv);
    assert_eq!(board(csv).problems(), []);
    for (old, new, code, place) in [
        ("5,1,1,优秀", "5,1,1,一般", "band-differs", "results/s.csv:2:16"),
        ("3000\n", "300\n", "award-differs", "results/s.csv:2:19"),
        ("优秀,3000", "优秀,", "award-not-stated", "results/s.csv:2:1"),
        ("2,一般,\n", "2,一般,100\n", "award-differs", "results/s.csv:4:19"),
        ("0,2,一般,/", "0,1,一般,/", "survey-stated-apart", "results/s.csv:5:14"),
    ] {
        let found = board(&csv.replace(old, new)).problems();
        assert_eq!(found, expected(&[(code, place)]), "{new}");
    }
    let other = board(&csv.replace("奖金", "奖金（万元）").replace("3000", "0.3")).problems();
    assert_eq!(other[0].0, "other-unit");
}

#[test]
fn answers_whose_headings_a_workbook_keeps_as_numbers_are_read() {
    let toml = SURVEY.replacen("period = \"2026-10\"\n", "period = \"2026-10\"\ntable = \"s.xlsx\"\n", 1);
    let table = "| 单位 | 群体 | 0 | 5 | 7 | 10 | 不了解 |\n|---|---|---|---|---|---|---|\n\
                 | 甲 | 群众 | 0 | 0 | 4 | 5 | 1 |\n| 甲 | 企业 | 0 | 1 | 1 | 2 | 0 |\n";
    let board = Board::small().with("results/s.toml", &toml).with("results/s.xlsx", workbook(table));
    let _ = board.build().exits(0);
    // 10 × (4 × 7 + 5 × 10) ÷ 9 and 10 × (5 + 7 + 20) ÷ 4.
    let row = &rows(&board, "s")[0];
    assert_eq!(
        (row["groups"][0]["score"].as_str(), row["groups"][1]["score"].as_str()),
        (Some("86.67"), Some("80.00"))
    );
    // A table with nothing but numbers and the two columns that say whom it is about.
    let few = table
        .replace(" | 不了解 |", " |")
        .replace("|---|---|---|---|---|---|---|", "|---|---|---|---|---|---|");
    let few = few.replace(" | 5 | 1 |", " | 6 |").replace(" | 2 | 0 |", " | 2 |");
    let board = board.with("results/s.xlsx", workbook(&few));
    assert_eq!(board.problems(), []);
}

#[test]
fn a_ranking_of_thirty_three_villages_opens_each_sum_and_is_light() {
    let toml = "title = \"考核结果\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"v.csv\"\ncount = 33\n\
        series = \"考核\"\n[score]\nparts = [{ mean = [\"七月\", \"八月\", \"九月\"], weight = \"0.9\" }, { column = \"回访\", weight = \"0.1\" }]\n";
    let rows: String = (0..33u32)
        .map(|at| {
            format!(
                "第{at}村民委员会,{},{},{},{}\n",
                60 + at,
                99 - at,
                61 + (at * 7) % 38,
                70 + (at * 11) % 30
            )
        })
        .collect();
    let csv =
        format!("村,七月,八月,九月,回访\n第0村民委员会,88,91,94,96\n{}", rows.split_once('\n').unwrap().1);
    let board = Board::small().with("results/v.toml", toml).with("results/v.csv", &csv);
    let board = (1..3).fold(board, |board, quarter| {
        let earlier = toml
            .replace("-Q3", &format!("-Q{quarter}"))
            .replace("2026-10", &format!("2026-0{}", quarter * 3 + 1));
        let board = board
            .with(&format!("results/v{quarter}.toml"), earlier.replace("v.csv", &format!("v{quarter}.csv")));
        board.with(&format!("results/v{quarter}.csv"), &csv)
    });
    let _ = board.build().exits(0);
    let page = &board.published()["results/v/index.html"];
    assert!(page.len() < 100_000, "{} bytes", page.len());
    assert!(!board.published().contains_key("results/v/2/index.html"));
    let page = std::str::from_utf8(page).unwrap();
    assert_eq!(page.matches("<details class=\"sum\"><summary>").count(), 33);
    assert!(page.contains("<p>0.9 × (88 + 91 + 94) ÷ 3 + 0.1 × 96 = 91.50</p></details>"), "{page}");
}
