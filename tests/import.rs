//! `gongshi import`: a clean table out of a clerk's workbook.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::harness::{Board, DAY, Run};

/// A workbook of one sheet; numbers are numbers, `d:46327` is a day by Excel's count, all else is text.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |at: String, value: &str| match value.strip_prefix("d:") {
        Some(day) => format!("<c r=\"{at}\" s=\"1\"><v>{day}</v></c>"),
        None if value.parse::<f64>().is_ok() => format!("<c r=\"{at}\"><v>{value}</v></c>"),
        None => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
    };
    let row = |(number, row): (usize, &&[&str])| {
        let filled = row.iter().zip('A'..).filter(|(value, _)| !value.is_empty());
        let cells: String =
            filled.map(|(value, column)| cell(format!("{column}{}", number + 1), value)).collect();
        format!("<row r=\"{}\">{cells}</row>", number + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"w\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What a clerk has: titles above the header, papers, accounts and telephones beside the names.
const ROSTER: [&[&str]; 6] = [
    &["云溪镇柳塘村2026年临时救助人员名单"],
    &["填报单位：柳塘村", "", "", "", "", "", "", "2026年11月"],
    &[
        "序号",
        "姓 名",
        "身份证号码",
        "所在村组",
        "补助金额（元）",
        "发放日期",
        "银行卡号",
        "联系电话",
        "救助类别",
        "家庭情况",
    ],
    &[
        "1",
        "文　顺",
        "440883198307294422",
        "第一村民小组",
        "1,025.00元",
        "d:46327",
        "6217001234567890122",
        "13912345678",
        "临时",
        "独居",
    ],
    &[
        "2",
        "孙喆",
        "37028419620317107X",
        "柳塘村2组",
        "500",
        "2026年11月5日",
        "6212261234567898",
        "139 1234 5679",
        "临时",
        "离异",
    ],
    &["合计", "", "", "", "1525", "", "", "", "", ""],
];

fn board() -> Board {
    let area =
        "name = \"柳塘村\"\nlevel = \"village\"\ngroups = [{ name = \"一组\" }, { name = \"二组\" }]\n";
    let serves = "serves = [\".\", \"liutang/一组\", \"liutang/二组\"]";
    let board = Board::small().with("liutang/area.toml", area);
    board.replacing("contacts.toml", "serves = [\".\"]", serves)
}

fn with_workbook(name: &str, bytes: &[u8]) -> Board {
    let board = board();
    fs::write(board.root().join(name), bytes).unwrap();
    board
}

fn import(board: &Board, more: &[&str]) -> Run {
    let mut arguments =
        vec!["import", "名单.xlsx", "--as", "recipients", "--into", "liutang", "--name", "linshi"];
    arguments.extend(more);
    board.run(&arguments)
}

fn text(board: &Board, path: &str) -> String {
    fs::read_to_string(board.content().join(path)).unwrap()
}

#[test]
fn a_clerks_workbook_becomes_a_clean_table_and_the_toml_beside_it() {
    let board = with_workbook("名单.xlsx", &workbook(&ROSTER));
    let run = import(&board, &["--keep", "救助类别"]).exits(0);
    assert_eq!(
        text(&board, "liutang/subsidies/linshi.csv"),
        "\u{feff}序号,姓名,村组,金额（元）,发放时间,救助类别\r\n1,文顺,一组,1025.00,2026-11-01,临时\r\n\
         2,孙喆,二组,500.00,2026-11-05,临时\r\n合计,,,1525.00,,\r\n"
    );
    let about = text(&board, "liutang/subsidies/linshi.toml");
    for line in ["title     = \"名单\"", "table     = \"linshi.csv\"", "extra     = [\"救助类别\"]"] {
        assert!(about.contains(line), "{about}");
    }
    for column in ["身份证号码", "银行卡号", "联系电话", "家庭情况"] {
        assert!(run.stderr.contains(column), "{column} is not said:\n{}", run.stderr);
    }
    for private in ["4408", "3702", "6217", "1391", "独居"] {
        assert!(!run.stdout.contains(private) && !run.stderr.contains(private), "{private} is said");
    }
    assert!(run.stdout.contains("共3行"), "{}", run.stdout);
}

#[test]
fn what_was_imported_is_published_once_the_rest_is_filled_in() {
    let board = with_workbook("名单.xlsx", &workbook(&ROSTER));
    let _ = import(&board, &["--keep", "救助类别"]).exits(0);
    let _ = board.run(&["check", "--date", DAY]).exits(1);
    let filled = text(&board, "liutang/subsidies/linshi.toml").replace("\n# ", "\n");
    let board = board.with(
        "liutang/subsidies/linshi.toml",
        filled.split_once("\ntitle").map(|(_, rest)| format!("title{rest}")).unwrap(),
    );
    let _ = board.build().exits(0);
    let published = board.published();
    let rows = String::from_utf8(published["liutang/subsidies/linshi/recipients.csv"].clone()).unwrap();
    assert!(rows.contains("文*") && rows.contains("1025.00"), "{rows}");
    for (path, bytes) in published {
        for private in
            ["440883198307294422", "37028419620317107X", "6217001234567890122", "13912345678", "孙喆", "离异"]
        {
            assert!(
                !bytes.windows(private.len()).any(|window| window == private.as_bytes()),
                "{private} in {path}"
            );
        }
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let board = with_workbook("名单.xlsx", &workbook(&ROSTER)).with("liutang/subsidies/linshi.toml", "mine");
    let run = import(&board, &[]).exits(2);
    assert!(run.stderr.contains("import-exists") && run.stderr.contains("linshi.toml"), "{}", run.stderr);
    assert_eq!(text(&board, "liutang/subsidies/linshi.toml"), "mine");
    assert!(!board.content().join("liutang/subsidies/linshi.csv").exists());
}

#[test]
fn private_columns_are_dropped_whatever_is_asked_for_and_whatever_they_are_called() {
    let rows: [&[&str]; 3] = [
        &["姓名", "村组", "金额", "编码", "身份证号"],
        &["文顺", "一组", "500", "440883198307294422", "440883198307294422"],
        &["孙喆", "二组", "600", "37028419620317107X", "37028419620317107X"],
    ];
    let board = with_workbook("名单.xlsx", &workbook(&rows));
    let _ = import(&board, &["--keep", "编码", "--keep", "身份证号"]).exits(0);
    assert!(
        text(&board, "liutang/subsidies/linshi.csv")
            .starts_with("\u{feff}姓名,村组,金额\r\n文顺,一组,500.00")
    );
}

#[test]
fn a_number_in_a_column_that_is_kept_stops_the_import() {
    let rows: [&[&str]; 2] = [&["姓名", "金额", "备注"], &["文顺", "500", "身份证440883198307294422"]];
    let board = with_workbook("名单.xlsx", &workbook(&rows));
    let run = import(&board, &[]).exits(1);
    assert!(run.stderr.contains("private-content") && run.stderr.contains("C2"), "{}", run.stderr);
    assert!(!run.stderr.contains("4408"), "{}", run.stderr);
    assert!(!board.content().join("liutang/subsidies").exists());
}

#[test]
fn what_is_unclear_stays_as_it_is_and_is_said() {
    let rows: [&[&str]; 2] =
        [&["姓名", "村组", "标准", "发放时间"], &["文顺", "外村", "300元/月", "2026年11月"]];
    let board = with_workbook("名单.xlsx", &workbook(&rows));
    let run = import(&board, &[]).exits(0);
    assert_eq!(run.stderr.matches("import-cell-unclear").count(), 3, "{}", run.stderr);
    assert!(text(&board, "liutang/subsidies/linshi.csv").contains("文顺,外村,300元/月,2026年11月"));
    let _ = import(&board, &["--name", "two", "--strict"]);
    assert!(!board.content().join("liutang/subsidies/two.csv").exists());
}

#[test]
fn contacts_keep_their_telephones_and_nothing_private() {
    let rows: [&[&str]; 3] = [
        &["联系卡"],
        &["姓名", "职务", "手机", "包联范围", "身份证号"],
        &["何青山", "网格员", "139 1234 5678", "liutang/一组", "440883198307294422"],
    ];
    let board = with_workbook("卡.xlsx", &workbook(&rows));
    let _ = board.run(&["import", "卡.xlsx", "--as", "contacts", "--into", "liutang"]).exits(0);
    assert_eq!(
        text(&board, "liutang/contacts.csv"),
        "\u{feff}姓名,职务,联系电话,联系范围\r\n何青山,网格员,139 1234 5678,liutang/一组\r\n"
    );
    assert_eq!(board.problems(), []);
}

#[test]
fn scores_keep_every_column_but_private_ones() {
    let rows: [&[&str]; 3] = [
        &["村", "现场分", "得分", "负责人电话"],
        &["柳塘村", "95.5", "95.5", "13912345678"],
        &["桥头村", "90", "90", "13812345678"],
    ];
    let board = with_workbook("q3.xlsx", &workbook(&rows));
    let _ = board.run(&["import", "q3.xlsx", "--as", "scores", "--into", "."]).exits(0);
    assert_eq!(
        text(&board, "results/q3.csv"),
        "\u{feff}村,现场分,得分\r\n柳塘村,95.5,95.5\r\n桥头村,90,90\r\n"
    );
    assert!(text(&board, "results/q3.toml").contains("kind   = \"ranking\""));
}

#[test]
fn what_is_typed_wrong_is_said() {
    let board = with_workbook("名单.xlsx", &workbook(&ROSTER));
    let cases: [(&[&str], &str); 5] = [
        (&["import", "无.xlsx", "--as", "recipients", "--into", "liutang"], "import-no-file"),
        (&["import", "名单.docx", "--as", "recipients", "--into", "liutang"], "import-no-table"),
        (&["import", "名单.xlsx", "--as", "recipients", "--into", "liutan"], "no-such-area"),
        (&["import", "名单.xlsx", "--as", "recipients", "--into", ".", "--name", "a/b"], "import-bad-name"),
        (
            &["import", "名单.xlsx", "--as", "recipients", "--into", ".", "--name", "13912345678"],
            "import-bad-name",
        ),
    ];
    for (arguments, code) in cases {
        let run = board.run(arguments).exits(2);
        assert!(run.stderr.contains(&format!("错误[{code}]")), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_raw_workbook_in_the_content_folder_is_told_to_move_out() {
    let board = board().with("liutang/名单.xlsx", workbook(&ROSTER));
    assert_eq!(board.problems(), crate::harness::expected(&[("raw-workbook", "liutang/名单.xlsx")]));
    let inside = board.content().join("liutang/名单.xlsx");
    let run =
        board.run(&["import", inside.to_str().unwrap(), "--as", "recipients", "--into", "liutang"]).exits(0);
    assert!(run.stdout.contains("移出去"), "{}", run.stdout);
    assert!(Path::exists(&board.content().join("liutang/subsidies/名单.csv")));
}
