use super::*;
use fixtures::{rows, xlsx};

const HEAD: &[&str] = &["序号", "姓 名", "金额（元）"];

#[test]
fn kinds_of_cells() {
    let inner = rows(&[
        &["2026年名单公示"],
        &["姓名", "金额", "发放时间", "备注"],
        &[" 王建国 ", "#1025.0000000000002", "<c s=\"1\"><v>46327</v></c>", "<c t=\"b\"><v>1</v></c>"],
        &["李秀英", "300", "<c s=\"1\"><v>46327.5</v></c>", "#440524188001010014"],
        &["", "", "", "　"],
    ]);
    let outcome = xlsx_of(&inner);
    assert_eq!(outcome.codes(), [""; 0]);
    assert_eq!(
        outcome.rows(),
        [["王建国", "#1025", "@2026-11-01", "?true"], ["李秀英", "300", "~2026-11-01 12:00:00", "lost"]]
    );
    let sheet = outcome.sheet.unwrap();
    let row = sheet.rows().nth(1).unwrap();
    assert_eq!(row.cell(3).place.at, cell(0, 3, 3));
    assert_eq!(row.place().at, cell(0, 3, 0));
    assert_eq!(sheet.headings()[0].place.at, cell(0, 1, 0));
}

#[test]
fn hidden_rows_columns_and_sheets() {
    let data = rows(&[HEAD, &["#1", "王", "#5"], &["#2", "李", "#6"], &["#3", "赵", "#7"]]);
    let hide = |row: &str, with: &str| {
        data.replace(&format!("<row r=\"{row}\""), &format!("<row r=\"{row}\" {with}"))
    };
    for with in ["hidden=\"1\"", "hidden=\"true\"", "ht=\"0\" customHeight=\"1\""] {
        let outcome = xlsx_of(&hide("3", with));
        assert_eq!(outcome.codes(), ["hidden-row"]);
        assert_eq!((outcome.at(), outcome.fact("lines")), (cell(0, 2, 0), "3"));
        assert_eq!(outcome.rows().len(), 3);
    }
    for column in ["min=\"3\" max=\"3\" hidden=\"1\"", "min=\"3\" max=\"9\" width=\"0\" customWidth=\"1\""] {
        let outcome = xlsx_of(&format!("<cols><col {column}/></cols>{data}"));
        assert_eq!(outcome.codes(), ["hidden-column"]);
        assert_eq!((outcome.at(), outcome.fact("lines")), (cell(0, 0, 2), "C"));
    }
    let folded =
        format!("<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>{}", hide("1", "hidden=\"0\""));
    assert_eq!(xlsx_of(&folded).fact("lines"), "2-4");
    // Nothing stands in what is hidden here.
    let harmless =
        format!("<cols><col min=\"4\" max=\"16384\" hidden=\"1\"/></cols>{}", hide("9", "hidden=\"1\""));
    assert_eq!(xlsx_of(&harmless).codes(), [""; 0]);

    for state in ["hidden", "veryHidden"] {
        let book = xlsx(&[("名单", "visible", &data), ("底册", state, &rows(&[&["", "x"]]))]);
        let outcome = read_as(TableFormat::Xlsx, &book, None);
        assert_eq!(
            (outcome.codes(), outcome.fact("sheet"), outcome.at()),
            (vec!["hidden-sheet"], "底册", cell(1, 0, 1))
        );
        let book = xlsx(&[("名单", "visible", &data), ("底册", state, &rows(&[]))]);
        assert_eq!(read_as(TableFormat::Xlsx, &book, None).codes(), [""; 0]);
    }
}

#[test]
fn cells_that_show_nothing() {
    let text = |style: u8| format!("<c s=\"{style}\" t=\"inlineStr\"><is><t>x</t></is></c>");
    let number = |style: u8| format!("<c s=\"{style}\"><v>5</v></c>");
    for (one, other, code, count) in [
        (text(2), number(2), "hidden-cell", "2"),
        (text(3), number(3), "hidden-cell", "1"),
        (text(4), number(4), "white-text", "2"),
        (text(6), text(6), "white-text", "2"),
    ] {
        let outcome = xlsx_of(&rows(&[HEAD, &["#1", "王", "#5"], &["#2", &one, &other]]));
        assert_eq!((outcome.codes(), outcome.fact("count")), (vec![code], count));
        let first = if count == "2" { 1 } else { 2 };
        assert_eq!(
            (outcome.at(), outcome.fact("cells").split('、').next()),
            (cell(0, 2, first), Some(["", "B3", "C3"][first as usize]))
        );
        assert_eq!(outcome.rows().len(), 2);
    }
    // White on blue, and styles of cells without anything in them.
    let harmless =
        xlsx_of(&rows(&[HEAD, &["#1", &text(5), &number(5)], &["<c s=\"2\"/>", "李", "<c s=\"4\"/>"]]));
    assert_eq!(harmless.codes(), [""; 0]);
}

#[test]
fn the_sheet_is_named_or_the_only_one() {
    let data = rows(&[HEAD, &["#1", "王", "#5"]]);
    let book =
        xlsx(&[("Sheet1", "visible", &rows(&[])), ("名单", "visible", &data), ("汇总表", "visible", &data)]);
    let outcome = read_as(TableFormat::Xlsx, &book, None);
    assert_eq!((outcome.codes(), outcome.fact("sheets")), (vec!["which-sheet"], "名单、汇总表"));
    let outcome = read_as(TableFormat::Xlsx, &book, Some("名单"));
    assert_eq!((outcome.codes().len(), outcome.rows().len()), (0, 1));
    let outcome = read_as(TableFormat::Xlsx, &book, Some("汇总"));
    assert_eq!((outcome.codes(), outcome.fact("near")), (vec!["no-such-sheet"], "汇总表"));
    assert_eq!(read_as(TableFormat::Xlsx, &book, Some("Sheet1")).codes(), ["empty-table"]);
    assert_eq!(xlsx_of(&rows(&[])).codes(), ["empty-table"]);
    assert_eq!(xlsx_of(&rows(&[HEAD])).codes(), ["no-rows"]);
    assert_eq!(xlsx_of(&rows(&[&["甲", "乙"], &["#1"]])).codes(), ["no-header"]);
}

#[test]
fn errors_and_formulas_without_value_once_a_column() {
    let error = "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>";
    let formula = "<c><f>A1+1</f></c>";
    let computed = "<c><f>A1+1</f><v>6</v></c>";
    let outcome =
        xlsx_of(&rows(&[HEAD, &[computed, "王", error], &["#2", "李", error], &["#3", formula, "#1"]]));
    assert_eq!(outcome.codes(), ["cell-error", "formula-without-value"]);
    assert_eq!((outcome.at(), outcome.fact("count")), (cell(0, 1, 2), "2"));
    assert!(outcome.sheet.is_none());
    assert_eq!(xlsx_of(&rows(&[HEAD, &[computed, "王", "#1"]])).rows(), [["#6", "王", "#1"]]);
}

fn merged(data: &str, areas: &[&str]) -> Outcome {
    let cells: String = areas.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    xlsx_of(&format!("{data}<mergeCells>{cells}</mergeCells>"))
}

#[test]
fn merged_text_belongs_to_each_row() {
    let data = rows(&[
        &["名单"],
        &["村组", "姓名", "金额"],
        &["一组", "王", "#1"],
        &["", "李", "#2"],
        &["二组", "赵", "#3"],
    ]);
    let outcome = merged(&data, &["A1:C1", "A3:A4"]);
    assert_eq!(outcome.codes(), [""; 0]);
    assert_eq!(outcome.rows(), [["一组", "王", "#1"], ["一组", "李", "#2"], ["二组", "赵", "#3"]]);
}

#[test]
fn merged_cells_that_nobody_can_attribute() {
    let data =
        rows(&[&["村组", "姓名", "金额"], &["一组", "王", "#1"], &["", "李", ""], &["合计", "", "#1"]]);
    for (areas, codes) in [
        (&["C2:C3"][..], &["merged-cells"][..]),
        (&["B1:C1"], &["merged-header"]),
        (&["A1:A1", "A4:B4"], &[]),
        (&["A2:B2"], &["merged-cells"]),
        (&["C1:F1"], &[]),
        (&["A4:C4"], &["merged-cells"]),
    ] {
        assert_eq!(merged(&data, areas).codes(), codes, "{areas:?}");
    }
    assert_eq!(merged(&data, &["C2:C3"]).at(), cell(0, 1, 2));
}

#[test]
fn faults_shared_with_csv() {
    let data = rows(&[&["姓名", "", "金额"], &["王", "x", "#1"], &["李", "y", "#2", "z"]]);
    assert_eq!(xlsx_of(&data).codes(), ["no-heading", "no-heading"]);
    let data = rows(&[&["姓名", "金额", "金额"], &["王", "#1"]]);
    assert_eq!(xlsx_of(&data).codes(), ["duplicate-heading"]);
    let data = rows(&[&["姓名", "备注", "补助"], &["", "", "标准", "金额"], &["王", "", "#1", "#2"]]);
    assert_eq!(xlsx_of(&data).codes(), ["second-header"]);
}

#[test]
fn damaged_and_hostile_files() {
    let broken = |bytes: &[u8]| read_as(TableFormat::Xlsx, bytes, None).codes();
    let book = xlsx(&[("名单", "visible", &rows(&[HEAD]))]);
    assert_eq!(broken(b""), ["broken-workbook"]);
    assert_eq!(broken(b"PK\x03\x04rest"), ["broken-workbook"]);
    assert_eq!(broken(&book[..book.len() / 2]), ["broken-workbook"]);
    // Two parts of one name but for case, of which one hides a row and the other is read.
    let twice = fixtures::archive(&[("_rels/.rels", ""), ("_RELS/.rels", "")]);
    assert_eq!(broken(&twice), ["broken-workbook"]);
    let strings = "<sst uniqueCount=\"999999999999\"></sst>";
    let rels =
        "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let greedy = fixtures::archive(&[("_rels/.rels", rels), ("xl/sharedStrings.xml", strings)]);
    assert_eq!(broken(&greedy), ["table-too-large"]);
    let bomb = " ".repeat(MOST_PART_BYTES as usize + 1);
    assert_eq!(broken(&fixtures::archive(&[("xl/styles.xml", &bomb)])), ["table-too-large"]);
    // Two cells at the corners of a sheet: no room is made for those between them.
    let far = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
               <row r=\"1048576\"><c r=\"XFD1048576\"><f>1</f><v>1</v></c></row></sheetData>";
    assert_eq!(xlsx_of(far).codes(), ["no-header"]);
}

#[test]
fn a_file_of_openpyxl() {
    let bytes = include_bytes!("../../../../tests/fixtures/openpyxl.xlsx");
    let outcome = read_as(TableFormat::Xlsx, bytes, None);
    assert_eq!(outcome.codes(), ["hidden-column", "hidden-row", "hidden-sheet"]);
    assert_eq!(
        outcome.rows(),
        [
            ["一组", "王建国", "#1025", "@2026-11-01"],
            ["一组", "李秀英", "#0.5", "@2026-11-02"],
            ["二组", "欧阳娜", "#12300", "@2026-11-03"],
            ["二组", "买买提·吐逊", "300", "@2026-11-04"],
        ]
    );
    let formulas = include_bytes!("../../../../tests/fixtures/formula.xlsx");
    let outcome = read_as(TableFormat::Xlsx, formulas, None);
    assert_eq!((outcome.codes(), outcome.fact("count")), (vec!["formula-without-value"], "2"));
    let shown = again(bytes, TableFormat::Xlsx, cell(0, 2, 2));
    assert_eq!(shown, Some(("名单".to_owned(), "1025".to_owned())));
    assert_eq!(again(bytes, TableFormat::Xlsx, cell(1, 0, 0)).unwrap().0, "底册");
    assert_eq!(again(bytes, TableFormat::Xlsx, cell(9, 0, 0)), None);
}
