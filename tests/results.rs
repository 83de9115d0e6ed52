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
    let board = board.with("results/a.toml", other.replace("07-08", "07-09")).with("results/b.toml", other);
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
