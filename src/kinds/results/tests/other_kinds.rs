//! Slips in surveys, tallies and ledgers: each is one problem at its place.

use super::Case;

fn said(kind: &str, head: &str, tables: &str, csv: &str) -> Vec<(&'static str, String)> {
    let mut case = Case::new(head, tables, csv);
    case.toml = case.toml.replace("ranking", kind);
    case.read().said()
}

fn one(code: &'static str, text: &str) -> Vec<(&'static str, String)> {
    vec![(code, text.to_owned())]
}

const GROUPS: &str = "[[group]]\ntitle = \"群众\"\nweight = \"0.7\"\nsample = 10\n[[group]]\ntitle = \"企业\"\nweight = \"0.3\"\nsample = 4\n";

#[test]
fn slips_in_surveys() {
    let csv = "单位,群体,0,7,10,不了解\n甲,群众,1,4,4,1\n甲,企业,,2,2,\n";
    assert_eq!(said("survey", "", GROUPS, csv), []);
    assert_eq!(said("survey", "", &GROUPS.replace("0.3", "0.31"), csv)[0].0, "weights-sum");
    assert_eq!(said("survey", "", &GROUPS.replace("0.3", "0"), csv)[0].0, "weight-not-positive");
    assert_eq!(said("survey", "", "", csv)[0].0, "no-groups");
    assert_eq!(said("survey", "", &GROUPS.replace("企业", "群众"), csv)[0].0, "group-twice");
    let eleven = csv.replace(",10,", ",11,");
    assert_eq!(said("survey", "", GROUPS, &eleven), one("answer-outside", "11"));
    let few = csv.replace("1,4,4,1", "1,4,3,1");
    assert_eq!(said("survey", "", GROUPS, &few), one("sample-differs", "甲,群众,1,4,3,1"));
    let many = csv.replace("1,4,4,1", "1,4,4,2");
    assert_eq!(said("survey", "", GROUPS, &many), one("sample-differs", "甲,群众,1,4,4,2"));
    assert_eq!(
        said("survey", "", GROUPS, &csv.replace("企业", "企业家")),
        one("unknown-survey-group", "企业家")
    );
    let twice = format!("{csv}甲,企业,,2,2,\n");
    assert_eq!(said("survey", "", GROUPS, &twice)[0].0, "survey-row-twice");
    assert_eq!(
        said("survey", "", GROUPS, "单位,群体,0,7,10,不了解\n甲,群众,1,4,4,1\n")[0].0,
        "survey-row-missing"
    );
    let nobody = csv.replace("甲,企业,,2,2,", "甲,企业,,,,4");
    assert_eq!(said("survey", "", GROUPS, &nobody)[0].0, "no-valid-answers");
    let stated = "单位,群体,0,7,10,不了解,得分\n甲,群众,1,4,4,1,75.56\n甲,企业,,2,2,,85.01\n";
    assert_eq!(said("survey", "", GROUPS, stated), one("group-score-differs", "85.01"));
    let total = "单位,群体,0,7,10,不了解,总分\n甲,群众,1,4,4,1,78.40\n甲,企业,,2,2,,78.39\n";
    assert_eq!(said("survey", "", GROUPS, total), one("score-differs", "78.40"));
    assert_eq!(said("survey", "", GROUPS, "单位,群体,不了解\n甲,群众,10\n")[0].0, "no-answers");
    assert_eq!(said("survey", "", GROUPS, "单位,不了解,0,10\n甲,0,1,9\n")[0].0, "no-group-column");
}

#[test]
fn slips_in_tallies() {
    let rate = "[[rate]]\ntitle = \"回访率\"\nof = [\"已回访\"]\nover = \"办结\"\nat_least = \"100\"\n";
    let csv = "村,办结,已回访,回访率\n甲,4,3,75%\n合计,4,3,75%\n";
    assert_eq!(said("tally", "", rate, csv), []);
    assert_eq!(said("tally", "", rate, &csv.replace("甲,4,3", "甲,4,5"))[0].0, "rate-over-whole");
    let wrong = csv.replace("合计,4,3", "合计,4,4");
    assert_eq!(said("tally", "", rate, &wrong), one("column-sum-differs", "4"));
    assert_eq!(said("tally", "", rate, &csv.replace("甲,4,3,75%", "甲,4,3,76%")), one("rate-differs", "76%"));
    assert_eq!(said("tally", "", rate, &csv.replace("甲,4,3", "甲,4,")), one("score-missing", ""));
    assert_eq!(said("tally", "", rate, &csv.replace("甲,4,3", "甲,4,-3")), one("count-negative", "-3"));
    assert_eq!(
        said("tally", "", rate, &csv.replace("甲,4,3,75%", "甲,4,3,约七成")),
        one("bad-percent", "约七成")
    );
    let none = "村,办结,已回访,回访率\n甲,0,0,100%\n";
    assert_eq!(said("tally", "", rate, none), one("rate-differs", "100%"));
    assert_eq!(said("tally", "", "", "村,类别\n甲,东\n")[0].0, "nothing-counted");
    let change = "村,办结,已回访,较上期\n甲,4,3,-31%\n";
    assert_eq!(said("tally", "series = \"回访\"", rate, change), one("change-without-base", "-31%"));
    assert_eq!(said("tally", "count = 2", rate, csv), one("units-differ", "2"));
}

#[test]
fn slips_in_ledgers() {
    let head = "编号,事项,责任单位,责任人,期限,受理日,解决日,答复日,销号日,公示日,公示页,满意\n";
    let row = |row: &str| said("ledger", "", "", &format!("{head}{row}\n"));
    assert_eq!(row("1,路灯不亮,村建办,李明,2026-09-30,2026-09-01,2026-09-10,2026-09-11,,,,是"), []);
    let hole = row("1,路灯不亮,村建办,李明,2026-09-30,2026-09-01,,2026-09-11,,,,是");
    assert_eq!(hole, one("step-missing", "2026-09-11"));
    let reversed = row("1,路灯不亮,村建办,李明,2026-09-30,2026-09-01,2026-09-12,2026-09-11,,,,");
    assert_eq!(reversed, one("steps-reversed", "2026-09-11"));
    let early = row("1,路灯不亮,村建办,李明,2026-09-30,2026-09-13,2026-09-12,,,,,");
    assert_eq!(early, one("steps-reversed", "2026-09-12"));
    let page = row("1,路灯不亮,村建办,李明,,,2026-09-10,2026-09-11,2026-09-12,2026-09-13,,是");
    assert_eq!(page, one("public-page-missing", "2026-09-13"));
    assert_eq!(row("1,路灯不亮,,李明,,,,,,,,")[0].0, "ledger-cell-missing");
    assert_eq!(row("1,路灯不亮,村建办,李明,,,,,,,,很好"), one("not-a-choice", "很好"));
    assert_eq!(row("1,甲,乙,,,,,,,,,\n1,丙,丁,,,,,,,,,"), one("ledger-number-twice", "1"));
    let named =
        said("ledger", "extra = [\"反映人\"]", "", "编号,事项,责任单位,解决日,反映人\n1,甲,乙,,李明\n");
    assert_eq!(named, one("petitioner-column", "反映人"));
    assert_eq!(said("ledger", "", "", "编号,事项,解决日\n1,甲,\n")[0].0, "no-ledger-column");
}
