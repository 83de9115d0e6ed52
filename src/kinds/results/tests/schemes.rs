//! The schemes that towns publish, recomputed with their own numbers.

use super::{Case, Outcome};
use crate::kinds::results::{Body, Survey, Tally};

fn tally(outcome: &Outcome) -> &Tally {
    match &outcome.result().body {
        Body::Tally(tally) => tally,
        other => panic!("no tally: {other:?}"),
    }
}

fn survey(outcome: &Outcome) -> &Survey {
    match &outcome.result().body {
        Body::Survey(survey) => survey,
        other => panic!("no survey: {other:?}"),
    }
}

const BANDS: &str = r#"
[[band]]
title = "优秀"
at_least = "90"
top = 3
requires = "通过验收"
[[band]]
title = "良好"
at_least = "80"
requires = "通过验收"
[[band]]
title = "合格"
at_least = "60"
requires = "通过验收"
[[band]]
title = "不合格"
"#;

/// Four inspections and their mean, deductions for bulletins, bands that ask for rank and acceptance.
#[test]
fn yearly_inspections_with_deductions_and_bands() {
    let score = r#"[score]
max = "100"
min = "0"
parts = [ { mean = ["一", "二", "三", "四"], weight = "1" } ]
adjust = [
  { column = "市批评", points = "-2" },
  { column = "简报", points = "-1" },
]
"#;
    let csv = "村,一,二,三,四,市批评,简报,通过验收,得分,名次,等次\n\
               甲,98,97,96,97,0,0,是,97,1,优秀\n乙,96,96,96,96,0,0,是,96,2,优秀\n丙,96,95,95,95,0,0,是,95.25,3,优秀\n\
               丁,94,95,95,94,0,1,是,93.5,4,良好\n戊,92,92,94,94,0,1,是,92,5,良好\n己,88,87,86,87,1,0,否,85,6,不合格\n\
               庚,60,61,60,61,0,0,是,60.5,7,合格\n";
    let outcome = Case::new("", &format!("{score}{BANDS}"), csv).read();
    let ranking = outcome.ranking();
    let bands: Vec<_> = ranking.units.iter().map(|unit| unit.band.as_deref().unwrap()).collect();
    assert_eq!(bands, ["优秀", "优秀", "优秀", "良好", "良好", "不合格", "合格"]);
    assert_eq!(ranking.arithmetic(&ranking.units[4]), "(92 + 92 + 94 + 94) ÷ 4 − 2 × 0 − 1");
    assert_eq!(ranking.formula(), "(一 + 二 + 三 + 四) ÷ 4 − 2 × 市批评 − 简报");
}

/// Points by what is done of what is due, with points for first places and against omissions.
#[test]
fn completion_ratio_with_bonus_and_penalty() {
    let score = r#"[score]
parts = [
  { done = "已改厕", due = "应改厕", points = "60" },
  { done = "已修路", due = "应修路", points = "40" },
]
adjust = [
  { column = "第一名", points = "2" },
  { column = "漏报", points = "-2" },
]
[rank]
within = "类别"
"#;
    let csv = "单位,类别,应改厕,已改厕,应修路,已修路,第一名,漏报,得分\n\
               城关街道,街道,300,290,9,8,1,0,95.56\n城西街道,街道,300,100,9,9,0,3,54.00\n水务局,市直,7,7,3,1,0,0,73.33\n";
    let outcome = Case::new("", score, csv).read();
    let ranking = outcome.ranking();
    let sums: Vec<_> = ranking.units.iter().map(|unit| ranking.arithmetic(unit)).collect();
    assert_eq!(sums[0], "60 × 290 ÷ 300 + 40 × 8 ÷ 9 + 2 × 1 − 2 × 0");
    let ranks: Vec<_> = ranking.units.iter().map(|unit| unit.standing.rank).collect();
    assert_eq!(ranks, [1, 2, 1]);
}

/// The same by items of work, a row each.
#[test]
fn items_of_work_are_summed_for_each_unit() {
    let tables = "[score]\nrows = \"items\"\nadjust = [ { column = \"通报\", points = \"-2\" } ]\n";
    let csv = "村,类别,事项,分值,应完成,完成,通报,得分\n柳塘村,平原,改厕,60,30,29,0,58\n桥头村,平原,改厕,60,9,6,0,40\n\
               柳塘村,平原,入户路,40,9,8,1,35.56\n桥头村,平原,入户路,40,4,4,0,40\n合计,,,,52,47,1,\n";
    let outcome = Case::new("count = 2", tables, csv).read();
    let ranking = outcome.ranking();
    let scores: Vec<_> = ranking.units.iter().map(|unit| unit.score.value.to_string()).collect();
    assert_eq!(scores, ["91.56", "80.00"]);
    assert_eq!(ranking.arithmetic(&ranking.units[0]), "60 × 29 ÷ 30 + 40 × 8 ÷ 9 − 2 × 1");
    assert_eq!(ranking.formula(), "Σ(分值 × 完成 ÷ 应完成) − 2 × 通报");
}

/// Four groups, 65/5/20/10 percent, 1,400/20/580/15 people: 2,015.
#[test]
fn satisfaction_of_four_groups() {
    let groups: String =
        [("群众", "0.65", 1400), ("代表", "0.05", 20), ("服务对象", "0.20", 580), ("领导", "0.10", 15)]
            .iter()
            .map(|(title, weight, sample)| {
                format!("[[group]]\ntitle = \"{title}\"\nweight = \"{weight}\"\nsample = {sample}\n")
            })
            .collect();
    let csv = "单位,群体,0,2,5,8,10,不了解,得分,总分,名次\n民政局,群众,10,40,150,700,400,100,80.23,80.57,1\n\
               民政局,代表,0,1,3,10,5,1,77.37,,\n民政局,服务对象,4,10,70,280,210,6,82.06,,\n\
               民政局,领导,0,0,2,8,4,1,81.43,,\n";
    let mut case = Case::new("", &groups, csv);
    case.toml = case.toml.replace("ranking", "survey");
    let outcome = case.read();
    let survey = survey(&outcome);
    assert_eq!(survey.groups.iter().map(|group| group.sample).sum::<u32>(), 2015);
    let unit = &survey.ranking.units[0];
    let surveyed = unit.surveyed.as_ref().unwrap();
    let scores: Vec<_> = surveyed.groups.iter().map(|group| (group.score.to_string(), group.valid)).collect();
    // 10 × (40 × 2 + 150 × 5 + 700 × 8 + 400 × 10) ÷ 1300 = 80.23
    assert_eq!(scores[0], ("80.23".to_owned(), 1300));
    assert_eq!(unit.score.value.to_string(), "80.57");
    let all = surveyed.all();
    // 0 is very dissatisfied, 10 very satisfied; 108 do not know.
    assert_eq!((all.within(0, 0), all.within(10, 10), all.unknown), (14, 619, 108));
}

/// Disputes found and resolved: 3,852 of 4,569 is 84.3 %, not 97 %.
#[test]
fn a_rate_that_its_own_counts_contradict_is_refused() {
    let rate = "[[rate]]\ntitle = \"化解率\"\nof = [\"化解\"]\nover = \"排查\"\nat_least = \"80\"\n";
    let case = |stated: &str| {
        let mut case = Case::new("", rate, &format!("单位,排查,化解,化解率\n全县,4569,3852,{stated}\n"));
        case.toml = case.toml.replace("ranking", "tally");
        case.read()
    };
    let refused = case("97%");
    assert_eq!(refused.said(), [("rate-differs", "97%".to_owned())]);
    assert_eq!(refused.words(), ["“全县”的“化解率”：3852 ÷ 4569 = 84.3%，写的是97%"]);
    for stated in ["84%", "84.3%", "84.31%", "84.3", ""] {
        let outcome = case(stated);
        let rate = tally(&outcome).units[0].rates[0].unwrap();
        assert_eq!((rate.percent.to_string(), rate.met), ("84.3".to_owned(), Some(true)));
    }
}
