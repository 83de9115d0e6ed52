//! Slips in tables: headings, sums, means, rows.

use crate::harness::Board;
use crate::slips::{RANKING, SCORE, has_only, list, ranking, said, says};

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
