//! Rankings: their pages and open data, on their day.

use crate::harness::{Board, DAY};

const TOML: &str = r#"title = "第三季度考核"
kind = "ranking"
date = 2026-10-08
period = "2026-Q3"
table = "q3.csv"
inspected = 2026-09-28
by = ["督查组"]
[score]
parts = [
  { column = "现场分", weight = "0.9" },
  { mean = ["市考评", "县考评"], weight = "0.1" },
]
[rank]
within = "类别"
[[award]]
ranks = [1, 2]
amount = "1000"
[[award]]
ranks = [-1, -1]
amount = "-500"
category = "村"
"#;

const CSV: &str = "单位,类别,现场分,市考评,县考评\n柳塘村,村,88,96,96\n=cmd,站所,70,70,71\n桥头村,村,88,96,96\n\
                   外村,村,95,90,91\n上坪村,村,60,60,60\n";

fn town() -> Board {
    let area = |name: &str, order| format!("name = \"{name}\"\nlevel = \"village\"\norder = {order}\n");
    Board::small()
        .with("liutang/area.toml", area("柳塘村", 2))
        .with("qiaotou/area.toml", area("桥头村", 1))
        .serving(&["liutang", "qiaotou"])
        .with("results/q3.toml", TOML)
        .with("results/q3.csv", CSV)
}

#[test]
fn open_data_stands_by_category_rank_and_order_of_areas() {
    let board = town();
    let _ = board.build().exits(0);
    let published = board.published();
    let data: serde_json::Value = serde_json::from_slice(&published["results/q3/data.json"]).unwrap();
    for (key, value) in
        [("title", "第三季度考核"), ("kind", "ranking"), ("period", "2026-Q3"), ("date", "2026-10-08")]
    {
        assert_eq!(data[key], value);
    }
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let rows: Vec<_> = data["rows"].as_array().unwrap().iter().collect();
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            (text(&row["unit"]).unwrap(), text(&row["category"]).unwrap(), text(&row["score"]).unwrap())
        })
        .collect();
    let expected = [
        ("外村", "村", "94.55"),
        ("桥头村", "村", "88.80"),
        ("柳塘村", "村", "88.80"),
        ("上坪村", "村", "60.00"),
        ("=cmd", "站所", "70.05"),
    ];
    assert_eq!(shown, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    let ranks: Vec<_> = rows.iter().map(|row| row["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, [1, 2, 2, 4, 1]);
    let awards: Vec<_> = rows.iter().map(|row| text(&row["award"])).collect();
    let expected = [Some("1000.00"), Some("1000.00"), Some("1000.00"), Some("-500.00"), Some("1000.00")];
    assert_eq!(awards, expected.map(|award| award.map(str::to_owned)));
    assert!(rows.iter().all(|row| row["band"].is_null()));
    let csv = String::from_utf8(published["results/q3/scores.csv"].clone()).unwrap();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("\u{feff}类别,名次,单位,得分,现场分,市考评,县考评,奖金（元）"));
    assert_eq!(lines.next(), Some("村,1,外村,94.55,95,90,91,1000.00"));
    assert_eq!(lines.last(), Some("站所,1,'=cmd,70.05,70,70,71,1000.00"));
}

#[test]
fn a_page_says_the_period_the_ranks_and_how_they_are_computed() {
    let board = town();
    let _ = board.build().exits(0);
    let page = String::from_utf8(board.published()["results/q3/index.html"].clone()).unwrap();
    for expected in [
        "2026年第三季度村排名",
        "<a href=\"../../qiaotou/index.html\">桥头村</a>",
        "得分 = 0.9 × 现场分 + 0.1 × (市考评 + 县考评) ÷ 2",
        "桥头村：0.9 × 88 + 0.1 × (96 + 96) ÷ 2 = 88.80",
        "-500.00",
        "href=\"../../results/q3/scores.csv\"",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn a_result_exists_from_its_day_on() {
    let board = town();
    let _ = board.run(&["build", "--date", "2026-10-07"]).exits(0);
    let published = board.published();
    assert!(!published.keys().any(|path| path.starts_with("results/")));
    let manifest: serde_json::Value = serde_json::from_slice(&published["manifest.json"]).unwrap();
    assert_eq!(manifest["next_change"], "2026-10-08");
    let _ = board.run(&["build", "--date", "2026-10-08"]).exits(0);
    assert!(board.published().contains_key("results/q3/index.html"));
}

#[test]
fn a_wrong_score_stops_the_publication_at_its_cell() {
    let csv = CSV.replace("县考评\n", "县考评,得分\n").replace("96,96\n", "96,96,88.80\n");
    let csv = csv
        .replace("70,71\n", "70,71,70.05\n")
        .replace("90,91\n", "90,91,94.45\n")
        .replace("60,60\n", "60,60,60\n");
    let board = town().with("results/q3.csv", csv);
    assert_eq!(board.problems(), [("score-differs".to_owned(), "results/q3.csv:5:15".to_owned())]);
    let _ = board.run(&["build", "--date", DAY]).exits(1);
    assert!(!board.public().exists());
}

#[test]
fn a_long_ranking_is_split_into_pages_that_open_on_a_cheap_phone() {
    let rows: String = (0..1200).map(|unit| format!("单位第{unit}号,村,{unit},90,90\n")).collect();
    let board = town().with("results/q3.csv", format!("单位,类别,现场分,市考评,县考评\n{rows}"));
    let _ = board.build().exits(0);
    let published = board.published();
    let pages: Vec<_> = published
        .iter()
        .filter(|(path, _)| path.starts_with("results/q3/") && path.ends_with("/index.html"))
        .collect();
    assert!(pages.len() > 5);
    assert!(pages.iter().all(|(_, bytes)| bytes.len() <= 100_000));
    let rows: usize = pages
        .iter()
        .map(|(_, page)| String::from_utf8_lossy(page).matches("<th scope=\"row\">").count())
        .sum();
    assert_eq!(rows, 1200);
}

#[test]
fn a_village_knows_its_rank_in_the_latest_results_of_the_town() {
    let older =
        TOML.replace("2026-Q3", "2026-Q2").replace("2026-10-08", "2026-07-08").replace("第三", "第二");
    let older = older.replace("2026-09-28", "2026-06-28");
    let other = older.replace("table =", "series = \"甲\"\ntable =");
    let board = town().with("results/q2.toml", older.replace("table =", "item = \"乙\"\ntable ="));
    let board = board
        .with("results/a.toml", other.replace("07-08", "07-09"))
        .with("results/b.toml", other.replace("2026-Q2", "2026-Q1"));
    let mut problems = gongshi::diagnostics::Problems::new();
    let content = gongshi::source::Content::open(&board.content(), &mut problems).unwrap();
    let records = gongshi::kinds::read(&content, &mut problems).unwrap();
    let day = DAY.parse().unwrap();
    let board = gongshi::board::resolve(records, &content.files, day, &mut problems).unwrap();
    assert!(problems.into_sorted().is_empty());
    let village = board.areas.iter().find(|area| area.path == "liutang").unwrap();
    let latest = gongshi::views::latest_results(&board, village);
    let shown: Vec<_> =
        latest.iter().map(|result| (result.link.address.as_str(), &result.link.period)).collect();
    // Of the series that has two, only the newer one.
    assert_eq!(
        shown,
        [
            ("results/q3/index.html", &"2026-Q3".to_owned()),
            ("results/a/index.html", &"2026-Q2".to_owned()),
            ("results/q2/index.html", &"2026-Q2".to_owned()),
        ]
    );
    let own = latest[0].own.as_ref().unwrap();
    assert_eq!((own.rank, own.sharing, own.of, own.score.as_str()), (2, 2, 4, "88.80"));
    assert_eq!((own.category.as_deref(), own.award.as_deref()), (Some("村"), Some("1000.00")));
    let town = gongshi::views::latest_results(&board, &board.areas[0]);
    assert_eq!(town.len(), 4);
    assert!(town.iter().all(|result| result.own.is_none() && result.publisher.is_none()));
}

const SURVEY: &str = "title = \"满意度测评\"\nkind = \"survey\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"p.csv\"\nunit = \"单位\"\n\
    [[group]]\ntitle = \"群众\"\nweight = \"0.7\"\nsample = 10\n[[group]]\ntitle = \"企业\"\nweight = \"0.3\"\nsample = 4\n";

fn json(board: &Board, path: &str) -> serde_json::Value {
    serde_json::from_slice(&board.published()[path]).unwrap()
}

fn page(board: &Board, path: &str) -> String {
    String::from_utf8(board.published()[path].clone()).unwrap()
}

/// Every bar of a page with the figure before it, as the widths and figures they have.
fn bars(page: &str) -> Vec<(String, String)> {
    let bar = |piece: &str| piece.split('"').next().unwrap().to_owned();
    let figure = |before: &str| {
        let is_figure = |c: char| c.is_ascii_digit() || c == '.';
        let text = before.trim_end_matches('%');
        text[text.trim_end_matches(is_figure).len()..].to_owned()
    };
    page.split("<svg class=\"bar\"")
        .collect::<Vec<_>>()
        .windows(2)
        .map(|pair| (figure(pair[0]), bar(pair[1].split("rect width=\"").nth(1).unwrap())))
        .collect()
}

#[test]
fn a_survey_shows_its_groups_and_how_satisfied_people_are() {
    let csv = "单位,群体,0,7,10,不了解\n甲,群众,1,4,4,1\n甲,企业,,2,2,\n乙,群众,0,5,5,0\n乙,企业,0,2,2,0\n";
    let board = Board::small().with("results/p.toml", SURVEY).with("results/p.csv", csv);
    let _ = board.build().exits(0);
    let data = json(&board, "results/p/data.json");
    assert_eq!((&data["kind"], &data["rows"][1]["unit"]), (&"survey".into(), &"甲".into()));
    assert_eq!(data["rows"][1]["score"], "78.39");
    let groups = &data["rows"][1]["groups"];
    assert_eq!(groups[0], serde_json::json!({ "title": "群众", "score": "75.56", "valid": 9 }));
    let page = page(&board, "results/p/index.html");
    for expected in ["0.7 × 75.56 + 0.3 × 85.00 = 78.39", "满意度", "有效回答27个，“不了解”1个不计入平均分。"]
    {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    // 13 of 27 are very satisfied.
    let bars = bars(&page);
    assert!(bars.contains(&("48.1".to_owned(), "48.1".to_owned())), "{bars:?}");
    // Bars are as long as the figures beside them say, scores being of 100.
    let tenths = |text: &String| (text.parse::<f64>().unwrap() * 10.0).round();
    assert!(bars.iter().all(|(figure, width)| tenths(figure) == tenths(width)), "{bars:?}");
    let answers = String::from_utf8(board.published()["results/p/answers.csv"].clone()).unwrap();
    assert!(answers.contains("甲,群众,,1,0,0,0,0,0,0,4,0,0,4,1"), "{answers}");
}

const TALLY: &str = "title = \"回访情况\"\nkind = \"tally\"\ndate = 2026-10-08\nperiod = \"2026-09\"\ntable = \"t.csv\"\nseries = \"回访\"\n\
    [[rate]]\ntitle = \"满意率\"\nof = [\"满意\", \"基本满意\"]\nover = \"已回访\"\nat_least = \"95\"\n\
    [[target]]\ncolumn = \"已回访\"\nat_least = 3\n";

#[test]
fn a_tally_computes_rates_targets_and_changes() {
    let before = TALLY.replace("2026-09", "2026-08").replace("10-08", "09-08").replace("t.csv", "b.csv");
    let board = Board::small()
        .with("results/b.toml", before)
        .with("results/b.csv", "村,已回访,满意,基本满意\n甲,10,8,2\n乙,4,3,0\n")
        .with("results/t.toml", TALLY)
        .with("results/t.csv", "村,已回访,满意,基本满意,较上期,满意率\n甲,7,5,1,-30%,85.7%\n乙,2,2,0,-2,100%\n合计,9,7,1,,88.9%\n");
    let _ = board.build().exits(0);
    let data = json(&board, "results/t/data.json");
    let first = &data["rows"][0];
    assert_eq!(first["rates"][0], serde_json::json!({ "title": "满意率", "percent": "85.7", "met": false }));
    assert_eq!(
        first["changes"]["已回访"],
        serde_json::json!({ "base": "10", "difference": "-3", "percent": "-30.0" })
    );
    assert_eq!(data["rows"][1]["unmet"], serde_json::json!(["已回访"]));
    assert_eq!(data["total"]["counts"]["已回访"], "9");
    let page = page(&board, "results/t/index.html");
    for expected in ["满意率 88.9%", "(7 + 1) ÷ 9", "未达95%", "已回访未达3", "较上期-5（-35.7%）"]
    {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    // The line says what the cells say.
    assert!(page.contains("aria-label=\"已回访的变化：2026年8月 14、2026年9月 9\""), "{page}");
    assert!(bars(&page).iter().all(|(figure, width)| figure == width));
}

#[test]
fn a_town_counts_what_its_villages_count() {
    let area = |name: &str| format!("name = \"{name}\"\nlevel = \"village\"\n");
    let board = |town: &str| {
        Board::small()
            .with("liutang/area.toml", area("柳塘村"))
            .serving(&["liutang"])
            .with("liutang/results/t.toml", TALLY)
            .with("liutang/results/t.csv", "单位,已回访,满意,基本满意\n一组,3,3,0\n二组,4,3,1\n")
            .with("results/t.toml", TALLY)
            .with("results/t.csv", town)
    };
    assert_eq!(board("村,已回访,满意,基本满意\n柳塘村,7,6,1\n").problems(), []);
    let wrong = board("村,已回访,满意,基本满意\n柳塘村,8,6,1\n").problems();
    assert_eq!(wrong, [("tally-sum-differs".to_owned(), "results/t.csv:2:1".to_owned())]);
    let whole = board("单位,已回访,满意,基本满意\n入户组,8,6,1\n").problems();
    assert_eq!(whole, [("tally-sum-differs".to_owned(), "results/t.csv:2:1".to_owned())]);
}

const LEDGER: &str =
    "title = \"整改台账\"\nkind = \"ledger\"\ndate = 2026-09-30\nperiod = \"2026\"\ntable = \"l.csv\"\n";

#[test]
fn a_ledger_shows_what_is_true_on_the_day() {
    let csv = "编号,事项,责任单位,责任人,期限,受理日,解决日,答复日,销号日,公示日,公示页,满意\n\
               1,路灯不亮,村建办,李明,2026-09-20,2026-09-01,2026-09-22,2026-09-23,2026-09-24,2026-09-28,notices/a.md,是\n\
               2,水渠漏水,农服中心,,2026-10-20,2026-09-10,2026-10-25,2026-10-26,,,,否\n\
               3,桥栏松动,村建办,,2026-12-20,2026-10-10,,,,,,\n";
    let notice = "+++\ntitle = \"整改公示\"\ndate = 2026-09-28\n+++\n已修好。\n";
    let board =
        Board::small().with("results/l.toml", LEDGER).with("results/l.csv", csv).with("notices/a.md", notice);
    let _ = board.run(&["build", "--date", "2026-10-05"]).exits(0);
    assert_eq!(json(&board, "results/l/data.json")["rows"].as_array().unwrap().len(), 2);
    assert_eq!(json(&board, "manifest.json")["next_change"], "2026-10-10");
    let _ = board.run(&["build", "--date", "2026-10-21"]).exits(0);
    let data = json(&board, "results/l/data.json");
    assert_eq!(data["rows"][0]["page"], "notices/a/index.html");
    assert_eq!((&data["rows"][0]["late"], &data["rows"][1]["overdue"]), (&true.into(), &true.into()));
    assert_eq!(data["rows"][1]["solved"], serde_json::Value::Null);
    let shown = page(&board, "results/l/index.html");
    for expected in [
        "共3件",
        "逾期未解决1件",
        "逾期后才解决1件",
        "100.0%（满意和基本满意，占已回访的）",
        "href=\"../../notices/a/index.html\"",
    ] {
        assert!(shown.contains(expected), "{expected} is not in\n{shown}");
    }
    assert!(bars(&shown).contains(&("33.3".to_owned(), "33.3".to_owned())));
    let _ = board.run(&["build", "--date", "2026-10-26"]).exits(0);
    assert_eq!(json(&board, "results/l/data.json")["rows"][1]["overdue"], false);
    let nowhere = board.with("results/l.csv", csv.replace("notices/a.md", "notices/b.md"));
    assert_eq!(nowhere.problems()[0].0, "public-page-nowhere");
}

/// A year of monthly inspections: the year's score is the mean of them, and who is last twice in a row is warned.
fn year() -> Board {
    let month = |month: u32, scores: [u32; 3]| {
        let toml = format!(
            "title = \"{month}月检查\"\nkind = \"ranking\"\ndate = 2026-{month:02}-28\nperiod = \"2026-{month:02}\"\ntable = \"m{month}.csv\"\n\
             series = \"检查\"\n[[streak]]\nranks = [-1, -1]\ntimes = 1\ntitle = \"通报\"\n[[streak]]\nranks = [-1, -1]\ntimes = 2\n\
             consecutive = true\ntitle = \"警告\"\n[[streak]]\nranks = [-1, -1]\ntimes = 3\ntitle = \"问责\"\n"
        );
        let [a, b, c] = scores;
        (toml, format!("单位,得分\n甲,{a}\n乙,{b}\n丙,{c}\n"))
    };
    let months = [(1, [90, 80, 70]), (2, [90, 80, 75]), (3, [90, 70, 80]), (4, [90, 85, 80])];
    let with = |board: Board, (number, scores): (u32, [u32; 3])| {
        let (toml, csv) = month(number, scores);
        board.with(&format!("results/m{number}.toml"), toml).with(&format!("results/m{number}.csv"), csv)
    };
    months.into_iter().fold(Board::small(), with)
}

#[test]
fn streaks_are_found_in_the_publications_before() {
    let board = year();
    let _ = board.build().exits(0);
    let streaks = |month: u32| -> Vec<Option<String>> {
        let data = json(&board, &format!("results/m{month}/data.json"));
        data["rows"].as_array().unwrap().iter().map(|row| row["streak"].as_str().map(str::to_owned)).collect()
    };
    let last = |title: &str| vec![None, None, Some(title.to_owned())];
    assert_eq!(streaks(1), last("通报"));
    assert_eq!(streaks(2), last("警告"));
    // 乙 for the first time.
    assert_eq!(streaks(3), last("通报"));
    // 丙 for the third time, not in a row.
    assert_eq!(streaks(4), last("问责"));
    let page = page(&board, "results/m4/index.html");
    assert!(
        page.contains(
            "aria-label=\"丙的变化：2026年1月 70.00、2026年2月 75.00、2026年3月 80.00、2026年4月 80.00\""
        ),
        "{page}"
    );
}

#[test]
fn a_years_score_is_the_mean_of_its_publications() {
    let toml = "title = \"年度\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026\"\ntable = \"y.csv\"\n[score]\n\
                parts = [ { series = \"检查\", mean = \"得分\", at_least = 4, weight = \"1\" } ]\n";
    let csv = "单位,得分\n甲,90\n乙,78.75\n丙,76.25\n";
    let board = year().with("results/y.toml", toml).with("results/y.csv", csv);
    let _ = board.build().exits(0);
    let shown = page(&board, "results/y/index.html");
    assert!(shown.contains("乙：(80.00 + 80.00 + 70.00 + 85.00) ÷ 4 = 78.75"), "{shown}");
    let board = board.with("results/y.csv", format!("{csv}丁,80\n"));
    assert_eq!(board.problems(), [("series-too-few".to_owned(), "results/y.csv:5:1".to_owned())]);
    let twice = year();
    let again = std::fs::read_to_string(twice.content().join("results/m4.toml")).unwrap();
    let twice = twice.with("results/z.toml", again);
    assert_eq!(twice.problems()[0].0, "series-period-twice");
}

#[test]
fn a_unit_that_is_no_area_is_said_where_areas_are_meant() {
    let toml = TOML.replace("within = \"类别\"\n", "").replace("category = \"村\"\n", "");
    let csv = |units: [&str; 3]| {
        let rows = units.map(|unit| format!("{unit},88,96,96\n")).concat();
        format!("村,现场分,市考评,县考评\n{rows}")
    };
    let one_slip =
        town().with("results/q3.toml", &toml).with("results/q3.csv", csv(["柳塘村", "桥头村", "上平村"]));
    assert_eq!(
        one_slip.problems().last(),
        Some(&("unit-no-area".to_owned(), "results/q3.csv:4:1".to_owned()))
    );
    // Where few of them are on the board, nobody meant all of them to be.
    let few = town().with("results/q3.toml", &toml).with("results/q3.csv", csv(["柳塘村", "甲村", "乙村"]));
    assert!(few.problems().iter().all(|(code, _)| code != "unit-no-area"));
}
