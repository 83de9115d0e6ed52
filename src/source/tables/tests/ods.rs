use super::*;
use fixtures::{ods, ods_row};

fn ods_of(styles: &str, table: &str) -> Outcome {
    let table = format!("<table:table table:name=\"名单\">{table}</table:table>");
    read_as(TableFormat::Ods, &ods(styles, &table), None)
}

fn number(value: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>x</text:p></table:table-cell>"
    )
}

#[test]
fn kinds_of_cells_and_repetitions() {
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-01\"/>";
    let empty = "<table:table-cell table:number-columns-repeated=\"2\"/>";
    let note = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>批注</text:p>\
                </office:annotation><text:p>甲&amp;乙<text:s text:c=\"2\"/>丙</text:p><text:p>&#x4E01;</text:p></table:table-cell>";
    let table = [
        ods_row("table:number-rows-repeated=\"3\"", &[empty]),
        ods_row("", &["姓名", "金额", "发放时间", "备注", "身份证号"]),
        ods_row("", &["王建国", &number("1025.5"), date, note, &number("440524188001010014")]),
        ods_row("table:number-rows-repeated=\"2\"", &["李秀英", empty, "同上"]),
        ods_row(
            "table:number-rows-repeated=\"1048000\"",
            &["<table:table-cell table:number-columns-repeated=\"16384\"/>"],
        ),
    ];
    let outcome = ods_of("", &table.concat());
    assert_eq!(outcome.codes(), [""; 0]);
    assert_eq!(
        outcome.rows(),
        [
            ["王建国", "#1025.5", "@2026-11-01", "甲&乙  丙\n丁", "lost"],
            ["李秀英", "", "", "同上", ""],
            ["李秀英", "", "", "同上", ""]
        ]
    );
    assert_eq!(outcome.sheet.unwrap().rows().nth(2).unwrap().place().at, cell(0, 6, 0));
}

#[test]
fn hidden_rows_columns_and_sheets() {
    let head = ods_row("", &["姓名", "金额"]);
    let hidden =
        |attributes| format!("{head}{}{}", ods_row("", &["王", "1"]), ods_row(attributes, &["李", "2"]));
    for attributes in
        ["table:visibility=\"collapse\"", "table:visibility=\"filter\"", "table:style-name=\"flat\""]
    {
        let styles = "<style:style style:name=\"flat\"><style:table-row-properties style:row-height=\"0cm\"/></style:style>";
        let outcome = ods_of(styles, &hidden(attributes));
        assert_eq!((outcome.codes(), outcome.at()), (vec!["hidden-row"], cell(0, 2, 0)));
    }
    let columns = "<table:table-column/><table:table-column table:visibility=\"collapse\"/>";
    let outcome = ods_of("", &format!("{columns}{}", hidden("")));
    assert_eq!((outcome.codes(), outcome.at()), (vec!["hidden-column"], cell(0, 0, 1)));
    let group = format!(
        "{}<table:table-row-group table:display=\"false\">{}</table:table-row-group>",
        hidden(""),
        ods_row("", &["赵"])
    );
    assert_eq!(ods_of("", &group).fact("lines"), "4");

    let styles =
        "<style:style style:name=\"off\"><style:table-properties table:display=\"false\"/></style:style>";
    let tables = format!(
        "<table:table table:name=\"名单\">{}</table:table>\
         <table:table table:name=\"底册\" table:style-name=\"off\">{head}</table:table>",
        hidden("")
    );
    let outcome = read_as(TableFormat::Ods, &ods(styles, &tables), None);
    assert_eq!((outcome.codes(), outcome.fact("sheet")), (vec!["hidden-sheet"], "底册"));
}

#[test]
fn merged_cells_formulas_and_limits() {
    let spanned = "<table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>一组</text:p></table:table-cell>";
    let covered = "<table:covered-table-cell/>";
    let head = ods_row("", &["村组", "姓名"]);
    let outcome =
        ods_of("", &format!("{head}{}{}", ods_row("", &[spanned, "王"]), ods_row("", &[covered, "李"])));
    assert_eq!(outcome.rows(), [["一组", "王"], ["一组", "李"]]);
    let formula = "<table:table-cell table:formula=\"of:=1+1\"/>";
    assert_eq!(
        ods_of("", &format!("{head}{}", ods_row("", &["一组", formula]))).codes(),
        ["formula-without-value"]
    );
    let error = "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>";
    assert_eq!(ods_of("", &format!("{head}{}", ods_row("", &["一组", error]))).codes(), ["cell-error"]);
    let many = ods_row(
        "table:number-rows-repeated=\"1048576\"",
        &["<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>"],
    );
    assert_eq!(ods_of("", &many).codes(), ["table-too-large"]);
}

#[test]
fn a_password_is_said() {
    let locked = fixtures::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
        ),
        ("content.xml", "unreadable"),
    ]);
    assert_eq!(read_as(TableFormat::Ods, &locked, None).codes(), ["protected-workbook"]);
}
