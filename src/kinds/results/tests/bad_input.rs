//! Each slip of a clerk is one problem at its place.

use super::{Case, SCORE};

/// The problems of a ranking: code and text at the place of each.
fn said(head: &str, tables: &str, csv: &str) -> Vec<(&'static str, String)> {
    Case::new(head, tables, csv).read().said()
}

fn one(code: &'static str, text: &str) -> Vec<(&'static str, String)> {
    vec![(code, text.to_owned())]
}

#[test]
fn a_wrong_score_shows_its_sum_once() {
    let csv = "村,现场分,回访分,得分,名次,奖金\n柳塘村,88,96,88.08,2,\n桥头村,88,90,88.2,1,300\n";
    let award = "[[award]]\nranks = [1, 1]\namount = \"300\"\n";
    let outcome = Case::new("", &format!("{SCORE}{award}"), csv).read();
    // The wrong rank and award follow from it.
    assert_eq!(outcome.said(), one("score-differs", "88.08"));
    assert_eq!(outcome.words(), ["“柳塘村”的得分：0.9 × 88 + 0.1 × 96 = 88.80，表里写的是88.08"]);
}

#[test]
fn a_score_wrong_by_a_hundredth() {
    let csv = "村,现场分,回访分,得分\n柳塘村,88,96,88.81\n";
    assert_eq!(said("", SCORE, csv), one("score-differs", "88.81"));
}

#[test]
fn a_wrong_rank() {
    let csv = "村,现场分,回访分,名次\n柳塘村,88,96,1\n桥头村,88,96,2\n";
    let outcome = Case::new("", SCORE, csv).read();
    assert_eq!(outcome.said(), one("rank-differs", "2"));
    assert_eq!(outcome.words(), ["“桥头村”得分88.80，排第1名，表里写的是第2名"]);
}

#[test]
fn weights_left_out() {
    let none = SCORE.replace(", weight = \"0.9\"", "").replace(", weight = \"0.1\"", "");
    let csv = "村,现场分,回访分,得分\n柳塘村,88,96,88.80\n";
    let outcome = Case::new("", &none, csv).read();
    assert_eq!(outcome.said(), one("score-differs", "88.80"));
    assert_eq!(outcome.words(), ["“柳塘村”的得分：88 + 96 = 184.00，表里写的是88.80"]);
    let one_left_out = SCORE.replace(", weight = \"0.1\"", "");
    let csv = "村,现场分,回访分\n柳塘村,88,96\n";
    assert_eq!(said("", &one_left_out, csv), one("weight-left-out", "{ column = \"回访分\" }"));
}

#[test]
fn an_unknown_column_has_a_neighbour() {
    let outcome = Case::new("", SCORE, "村,现场份,回访分\n柳塘村,88,96\n").read();
    assert_eq!(outcome.said(), one("no-such-column", "\"现场分\""));
    assert_eq!(outcome.problems[0].fact("near"), Some("现场份"));
}

#[test]
fn columns_that_nobody_declared() {
    let csv = "村,现场分,回访分,等第,联系电话,备注\n柳塘村,88,96,优秀,0009-3780000,\n";
    let expected = [
        ("undeclared-column", "等第"),
        ("private-column-dropped", "联系电话"),
        ("undeclared-column", "备注"),
    ];
    assert_eq!(said("", SCORE, csv), expected.map(|(code, text)| (code, text.to_owned())));
}

#[test]
fn award_ranges_leave_no_hole_and_do_not_overlap() {
    let csv = "村,得分\n柳塘村,88\n";
    let awards = |ranks: &[&str]| {
        let award = |ranks: &&str| format!("[[award]]\nranks = {ranks}\namount = \"100\"\n");
        said("", &ranks.iter().map(award).collect::<String>(), csv)
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    assert_eq!(awards(&["[1, 1]", "[3, 3]"]), ["award-hole"]);
    assert_eq!(awards(&["[2, 3]"]), ["award-hole"]);
    assert_eq!(awards(&["[1, 1]", "[-3, -2]"]), ["award-hole"]);
    assert_eq!(awards(&["[1, 2]", "[2, 3]"]), ["award-overlap"]);
    assert_eq!(awards(&["[-1, -1]", "[-2, -1]"]), ["award-overlap"]);
    assert_eq!(awards(&["[4, 4]", "[1, 3]", "[-2, -2]"]), ["award-hole"]);
    assert_eq!(awards(&["[1, -1]"]), ["award-ranks"]);
    assert_eq!(awards(&["[3, 1]"]), ["award-ranks"]);
    assert_eq!(awards(&["[0, 1]"]), ["award-ranks"]);
    assert_eq!(awards(&["1"]), ["award-ranks"]);
    // The only unit is the first and the last.
    assert_eq!(awards(&["[1, 1]", "[-1, -1]"]), ["award-twice"]);
}

#[test]
fn an_award_for_a_category_needs_ranks_by_category() {
    let award = "[[award]]\nranks = [1, 1]\namount = \"100\"\ncategory = \"站\"\n";
    let csv = "村,类别,得分\n柳塘村,村,88\n";
    assert_eq!(said("", award, csv), one("award-category", "\"站\""));
    let within = format!("[rank]\nwithin = \"类别\"\n{award}");
    assert_eq!(said("", &within, csv), one("unknown-category", "\"站\""));
}

#[test]
fn stated_awards_follow_the_rules() {
    let award = "[[award]]\nranks = [1, 1]\namount = \"100\"\n";
    let csv = "村,得分,奖金\n柳塘村,88,110\n桥头村,80,50\n";
    let expected = [("award-differs", "110"), ("award-differs", "50")];
    assert_eq!(said("", award, csv), expected.map(|(code, text)| (code, text.to_owned())));
    let csv = "村,得分,奖金\n柳塘村,88,—\n桥头村,80,0\n";
    assert_eq!(said("", award, csv), one("award-not-stated", "—"));
    assert_eq!(said("", "", "村,得分,奖金\n柳塘村,88,100\n桥头村,80,50\n"), one("no-award-rules", "100"));
}

#[test]
fn a_unit_stands_once_and_has_a_name() {
    assert_eq!(said("", "", "村,得分\n柳塘村,88\n柳 塘村,90\n"), one("duplicate-unit", "柳 塘村"));
    assert_eq!(said("", "", "村,得分\n柳塘村,88\n,90\n"), one("unit-missing", ",90"));
}

#[test]
fn a_score_is_a_number_and_never_left_out() {
    let csv = "村,现场分,回访分,名次\n柳塘村,,96,1\n桥头村,缺考,90,2\n";
    let expected = [("score-missing", ""), ("bad-number", "缺考")];
    assert_eq!(said("", SCORE, csv), expected.map(|(code, text)| (code, text.to_owned())));
    let csv = "村,现场分,回访分,得分\n柳塘村,88,96,88.8\n桥头村,88,96,\n";
    assert_eq!(said("", SCORE, csv), one("stated-missing", ""));
}

#[test]
fn an_empty_table() {
    assert_eq!(said("", SCORE, ""), one("empty-table", "results/q3.csv"));
    assert_eq!(said("", SCORE, "村,现场分,回访分\n"), one("no-rows", "村"));
    assert_eq!(
        said("count = 1", "", "村,得分\n合计,5\n"),
        [("column-sum-differs", "5".into()), ("units-differ", "1".into())]
    );
}

#[test]
fn there_are_as_many_units_as_declared() {
    let csv = "村,类别,得分\n柳塘村,村,88\n桥头村,村,80\n社区甲,社区,70\n";
    assert_eq!(said("count = 4", "", csv), one("units-differ", "4"));
    assert_eq!(said("count = { \"村\" = 3, \"社区\" = 1 }", "", csv), one("category-units-differ", "\"村\""));
    assert_eq!(said("count = { \"村\" = 2 }", "", csv), one("category-not-counted", "社区甲"));
    assert_eq!(
        said("count = { \"村\" = 2, \"社\" = 1, \"社区\" = 1 }", "", csv),
        one("unknown-category", "\"社\"")
    );
    assert_eq!(
        said("count = { \"村\" = 1 }", "", "村,得分\n柳塘村,88\n"),
        one("no-category-column", "\"村\"")
    );
}

#[test]
fn a_score_outside_the_bounds_is_said() {
    let bounds = SCORE.replace("[score]", "[score]\nmax = \"100\"\nmin = \"0\"");
    let csv = "村,现场分,回访分,得分\n柳塘村,110,96,100\n";
    assert_eq!(said("", &bounds, csv), one("score-cut", "柳塘村"));
    let reversed = SCORE.replace("[score]", "[score]\nmax = \"0\"\nmin = \"100\"");
    assert_eq!(said("", &reversed, csv), one("bounds-reversed", "\"0\""));
}

#[test]
fn the_unit_column_is_found_or_named() {
    let csv = "小组,得分\n一组,88\n";
    assert_eq!(said("", "", csv), one("no-unit-column", "小组"));
    assert_eq!(said("", "", "小组,成绩\n一组,88\n"), one("no-header", "results/q3.csv"));
    assert_eq!(said("unit = \"小组\"", "", csv), []);
    assert_eq!(said("", "", "小组,类别,得分\n一组,村,88\n"), one("no-unit-column", "小组"));
    assert_eq!(said("", "", "单位,村,得分\n甲,乙,88\n"), one("unit-column-unclear", "村"));
    assert_eq!(said("", "[rank]\nwithin = \"街道\"", "单位,街道,得分\n甲,乙,88\n"), []);
    assert_eq!(said("", "", "村,名次\n柳塘村,1\n"), one("no-score", "村"));
}

#[test]
fn keys_of_other_features_and_tables_are_unknown() {
    let csv = "村,得分\n柳塘村,88\n";
    let tables = "[score]\ncount = 1\n[[group]]\ntitle = \"群众\"\n";
    let outcome = Case::new("", tables, csv).read();
    let codes: Vec<_> = outcome.said();
    let expected = ["count", "group"].map(|key| ("unknown-key", key.to_owned()));
    assert_eq!(codes, expected);
    assert!(outcome.problems[0].facts().iter().any(|(name, _)| *name == "elsewhere"));
    let part = "[score]\nparts = [ { done = \"完成数\", points = \"40\" } ]\n";
    assert_eq!(said("", part, csv)[0].0, "part-form");
    let part = "[score]\nparts = [ { weight = \"1\" } ]\n";
    assert_eq!(said("", part, csv), one("part-form", "{ weight = \"1\" }"));
}

#[test]
fn dates_are_in_order() {
    let csv = "村,得分\n柳塘村,88\n";
    assert_eq!(said("inspected = 2026-10-09", "", csv)[0].0, "inspected-later");
    let mut case = Case::new("", "", csv);
    case.toml = case.toml.replace("2026-Q3", "2027-Q3");
    assert_eq!(case.read().said(), one("period-ahead", "\"2027-Q3\""));
    case.toml = case.toml.replace("2027-Q3", "2027-Q5");
    assert_eq!(case.read().said(), one("bad-period", "\"2027-Q5\""));
}

#[test]
fn what_is_done_lies_within_what_is_due() {
    let score = "[score]\nparts = [ { done = \"完成\", due = \"应完成\", points = \"100\" } ]\n";
    let csv = |row: &str| said("", score, &format!("村,应完成,完成\n{row}\n"));
    assert_eq!(csv("甲,10,11"), one("done-outside-due", "11"));
    assert_eq!(csv("甲,10,-1"), one("done-outside-due", "-1"));
    assert_eq!(csv("甲,0,0"), one("due-zero", "0"));
    assert_eq!(csv("甲,10,"), one("score-missing", ""));
}

#[test]
fn bands_can_be_reached() {
    let csv = "村,得分\n甲,88\n";
    let bands = |bands: &[&str]| {
        let band = |(index, band): (usize, &&str)| format!("[[band]]\ntitle = \"{index}\"\n{band}\n");
        let tables: String = bands.iter().enumerate().map(band).collect();
        said("", &format!("[score]\nmax = \"100\"\n{tables}"), csv)
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(bands(&["at_least = \"90\"", "at_least = \"80\"", ""]), none);
    assert_eq!(bands(&["at_least = \"80\"", "at_least = \"90\""]), ["band-never"]);
    assert_eq!(bands(&["", "at_least = \"90\""]), ["band-never"]);
    assert_eq!(bands(&["at_least = \"80\"", "at_least = \"90\"\ntop = 3"]), ["band-never"]);
    assert_eq!(bands(&["at_least = \"80\"\ntop = 2", "at_least = \"90\"\ntop = 3"]), none);
    assert_eq!(bands(&["at_least = \"101\""]), ["band-out-of-bounds"]);
}

#[test]
fn stated_bands_follow_the_rules() {
    let bands = "[[band]]\ntitle = \"良好\"\nat_least = \"80\"\nrequires = \"验收\"\n";
    let csv = "村,验收,得分,等次\n甲,是,88,良好\n乙,否,90,/\n丙,是,70,\n";
    assert_eq!(said("", bands, csv), []);
    assert_eq!(said("", bands, &csv.replace("乙,否,90,/", "乙,否,90,良好")), one("band-differs", "良好"));
    assert_eq!(said("", bands, &csv.replace("乙,否", "乙,")), one("required-empty", ""));
    assert_eq!(said("", bands, &csv.replace("验收,得分", "验,得分"))[0].0, "no-such-column");
    assert_eq!(said("", "", "村,得分,等次\n甲,88,良好\n"), one("band-differs", "良好"));
}

#[test]
fn items_of_work_are_written_whole() {
    let score = "[score]\nrows = \"items\"\n";
    let csv = "村,类别,事项,分值,应完成,完成\n甲,东,改厕,60,30,29\n甲,东,修路,40,9,8\n";
    assert_eq!(said("", score, csv), []);
    assert_eq!(said("", score, &csv.replace("修路", "改厕")), one("item-twice", "甲"));
    assert_eq!(said("", score, &csv.replace("甲,东,修", "甲,西,修")), one("category-changes", "甲"));
    assert_eq!(said("", score, &csv.replace(",9,8", ",9,10")), one("done-outside-due", "10"));
    assert_eq!(said("", score, &csv.replace(",分值", ",分"))[0].0, "no-item-column");
    let parts = "[score]\nrows = \"items\"\nparts = [ { column = \"分值\" } ]\n";
    assert_eq!(said("", parts, csv)[0].0, "items-with-parts");
    let stated =
        csv.replace(",完成\n", ",完成,得分\n").replace(",29\n", ",29,58\n").replace(",8\n", ",8,35.6\n");
    assert_eq!(said("", score, &stated), one("item-score-differs", "35.6"));
    let adjust = "[score]\nadjust = [ { column = \"通报\", points = \"-2\" } ]\n";
    assert_eq!(said("", adjust, "村,通报,得分\n甲,1,88\n")[0].0, "adjust-without-parts");
}

#[test]
fn streaks_and_series_need_publications() {
    let csv = "村,得分\n甲,88\n";
    let streak = "[[streak]]\nranks = [-1, -1]\ntimes = 2\ntitle = \"警告\"\n";
    assert_eq!(said("", streak, csv)[0].0, "streak-without-series");
    let part = "[score]\nparts = [ { series = \"检查\", mean = \"得分\" } ]\n";
    assert_eq!(said("", part, "村,名次\n甲,1\n"), one("series-empty", "\"检查\""));
    let part = "[score]\nparts = [ { series = \"检查\", mean = \"名次\" } ]\n";
    assert_eq!(said("", part, "村,名次\n甲,1\n")[0].0, "series-mean");
}
