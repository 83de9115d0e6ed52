//! Whole contents with a ranking, through the public door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod bad_input;
mod exact_score;
mod other_kinds;
mod schemes;
mod sums;

use std::fs;

use super::{PublishedResult, Ranking};
use crate::diagnostics::{At, Diagnostic, Language, Problems, entry};
use crate::kinds::{self, Records};
use crate::source::Content;

/// A town with one ranking.
struct Case {
    toml: String,
    csv: String,
}

/// What came of it.
struct Outcome {
    records: Option<Records>,
    problems: Vec<Diagnostic>,
    content: Content,
    _folder: tempfile::TempDir,
}

const HEAD: &str = r#"title = "第三季度考核"
kind = "ranking"
date = 2026-10-08
period = "2026-Q3"
table = "q3.csv"
"#;

const SCORE: &str = r#"[score]
parts = [
  { column = "现场分", weight = "0.9" },
  { column = "回访分", weight = "0.1" },
]
"#;

impl Case {
    /// `head` are further keys before the first table header, `tables` all tables.
    fn new(head: &str, tables: &str, csv: &str) -> Self {
        Self { toml: format!("{HEAD}{head}\n{tables}"), csv: csv.to_owned() }
    }

    fn read(&self) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "board.toml",
            "title = \"公示栏\"\nissuer = \"云溪镇人民政府\"\nbase_url = \"https://example.org/\"\n",
        );
        write("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\n");
        write("results/q3.toml", &self.toml);
        write("results/q3.csv", &self.csv);
        let mut problems = Problems::new();
        let content = Content::open(folder.path(), &mut problems).unwrap();
        let records = kinds::read(&content, &mut problems);
        Outcome { records, problems: problems.into_sorted(), content, _folder: folder }
    }
}

impl Outcome {
    /// Code and text at the place of each problem.
    fn said(&self) -> Vec<(&'static str, String)> {
        self.problems.iter().map(|problem| (problem.code().name(), self.text_at(problem))).collect()
    }

    fn text_at(&self, problem: &Diagnostic) -> String {
        let place = problem.place().expect("a place");
        match place.at {
            At::Text { start, end } => {
                let text = String::from_utf8(self.content.files.bytes(place.file).unwrap()).unwrap();
                text[start as usize..end as usize].to_owned()
            }
            _ => self.content.files.path(place.file).to_owned(),
        }
    }

    /// What each problem says in Chinese, without help.
    fn words(&self) -> Vec<String> {
        let words = |problem: &Diagnostic| {
            let template = &entry(problem.code().name()).unwrap().words(Language::Chinese).message;
            let facts =
                ["unit", "arithmetic", "sum", "stated", "computed", "score", "rank", "rate", "part", "whole"];
            facts.iter().fold(template.clone(), |text, key| {
                text.replace(&format!("{{{key}}}"), problem.fact(key).unwrap_or_default())
            })
        };
        self.problems.iter().map(words).collect()
    }

    fn result(&self) -> &PublishedResult {
        assert_eq!(self.said(), []);
        &self.records.as_ref().expect("records").areas[0].results[0]
    }

    fn ranking(&self) -> &Ranking {
        self.result().ranking().expect("a ranking")
    }

    /// Rank, unit, score, award of all units in the order of the table.
    fn rows(&self) -> Vec<(u32, &str, String, Option<String>)> {
        let row = |unit: &'_ super::RankedUnit| {
            (unit.standing.rank, unit.score.value.to_string(), unit.award.map(|award| award.to_string()))
        };
        let units = &self.ranking().units;
        let rows = units.iter().map(|unit| (unit.name.as_str(), row(unit)));
        rows.map(|(name, (rank, score, award))| (rank, name, score, award)).collect()
    }
}

#[test]
fn a_ranking_is_computed() {
    let csv = "村,现场分,回访分,得分,名次\n柳塘村,88,96,88.80,2\n桥头村,88,96,88.8,2\n外村,95,90,94.5,1\n";
    let outcome = Case::new("count = 3\nby = [\"督查组\"]\ninspected = 2026-09-28", SCORE, csv).read();
    let rows: Vec<_> = outcome.rows().into_iter().map(|(rank, unit, score, _)| (rank, unit, score)).collect();
    let expected = [(2, "柳塘村", "88.80"), (2, "桥头村", "88.80"), (1, "外村", "94.50")];
    assert_eq!(rows, expected.map(|(rank, unit, score)| (rank, unit, score.to_owned())));
    let ranking = outcome.ranking();
    assert_eq!(ranking.formula(), "0.9 × 现场分 + 0.1 × 回访分");
    assert_eq!(ranking.arithmetic(&ranking.units[2]), "0.9 × 95 + 0.1 × 90");
    assert_eq!(ranking.ranked_with(&ranking.units[0]), 3);
}

#[test]
fn categories_are_ranked_apart() {
    let tables = r#"[score]
places = 0
[rank]
ties = "dense"
within = "类别"
[[award]]
ranks = [1, 1]
amount = "1500"
category = "站所"
[[award]]
ranks = [-1, -1]
amount = "-500"
category = "村"
"#;
    let csv = "单位,类别,得分,奖金\n民政办,站所,90,1500\n柳塘村,村,80,\n司法所,站所,90,1500.00\n桥头村,村,70.5,-500\n\
               上坪村,村,80,/\n";
    let outcome = Case::new("count = { \"站所\" = 2, \"村\" = 3 }", tables, csv).read();
    let expected = [
        (1, "民政办", "90", Some("1500.00")),
        (1, "柳塘村", "80", None),
        (1, "司法所", "90", Some("1500.00")),
        (2, "桥头村", "71", Some("-500.00")),
        (1, "上坪村", "80", None),
    ];
    let expected =
        expected.map(|(rank, unit, score, award)| (rank, unit, score.to_owned(), award.map(str::to_owned)));
    assert_eq!(outcome.rows(), expected);
    assert_eq!(outcome.ranking().categories, ["站所", "村"]);
    // The scores are the table's own: no column repeats them.
    assert!(outcome.ranking().shown_columns().is_empty());
}

#[test]
fn totals_are_checked_and_not_listed() {
    let csv = "单位,现场分,回访分,得分\n甲,90,80,89\n乙,80,80,80\n小计,170,160,169\n丙,70,70,70\n小计,70,70,\n\
               合 计,240,230,239.00\n";
    let outcome = Case::new("", SCORE, csv).read();
    assert_eq!(outcome.rows().len(), 3);
    let wrong = csv.replace("239.00", "293");
    let outcome = Case::new("", SCORE, &wrong).read();
    assert_eq!(outcome.said(), [("column-sum-differs", "293".to_owned())]);
}

#[test]
fn a_column_that_nobody_filled_states_nothing() {
    let outcome = Case::new("", SCORE, "村,现场分,回访分,得分,名次\n柳塘村,88,96,,\n").read();
    assert_eq!(outcome.rows(), [(1, "柳塘村", "88.80".to_owned(), None)]);
}

#[test]
fn further_columns_are_published_as_they_are_declared() {
    let csv = "序号,村,现场分,回访分,存在问题\n1,柳塘村,88,96,路边堆放杂物\n";
    let outcome = Case::new("extra = [\"存在问题\"]", SCORE, csv).read();
    let ranking = outcome.ranking();
    assert_eq!(ranking.extra, ["存在问题"]);
    assert_eq!(ranking.units[0].extra, ["路边堆放杂物"]);
}

#[test]
fn a_private_column_that_the_content_names_is_an_error() {
    let unit = Case::new("unit = \"家庭住址\"", SCORE, "家庭住址,现场分,回访分\n柳塘,88,96\n").read();
    assert_eq!(unit.said(), [("named-column-private", "\"家庭住址\"".to_owned())]);
    let within = format!("{SCORE}[rank]\nwithin = \"残疾类别\"\n");
    let within = Case::new("", &within, "村,残疾类别,现场分,回访分\n柳塘村,甲,88,96\n").read();
    assert_eq!(within.said(), [("named-column-private", "\"残疾类别\"".to_owned())]);
}
