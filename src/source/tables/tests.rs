#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr
)]

mod any_bytes;
mod csv;
mod ods;
mod workbook;
mod xls;

use super::*;
use crate::diagnostics::At;
use crate::source::ValueKind;

const FILE: FileId = FileId(7);
const KNOWN: [&str; 9] = ["序号", "姓名", "村组", "金额", "标准", "发放时间", "备注", "身份证号", "name"];

/// What reading gives: the rows as text, and the problems.
struct Outcome {
    sheet: Option<Sheet>,
    problems: Vec<Diagnostic>,
}

fn read_as(format: TableFormat, bytes: &[u8], sheet: Option<&str>) -> Outcome {
    let known = |name: &str| KNOWN.contains(&name);
    let options = ReadOptions { sheet, known: &known, likely: &|_| false, expected: "姓名、金额" };
    let mut problems = Problems::new();
    let sheet = read(bytes.to_vec(), format, &options, FILE, &mut problems);
    Outcome { sheet, problems: problems.into_sorted() }
}

/// Sheet and text at a place of a workbook opened once more.
fn again(bytes: &[u8], format: TableFormat, at: At) -> Option<(String, String)> {
    let table = Again::of_workbook(bytes, format, &|name| KNOWN.contains(&name))?;
    table.cell(at).map(|(sheet, text)| (sheet.to_owned(), text))
}

fn csv_of(text: &str) -> Outcome {
    read_as(TableFormat::Csv, text.as_bytes(), None)
}

fn xlsx_of(inner: &str) -> Outcome {
    read_as(TableFormat::Xlsx, &fixtures::xlsx(&[("名单", "visible", inner)]), None)
}

impl Outcome {
    fn codes(&self) -> Vec<&'static str> {
        self.problems.iter().map(|problem| problem.code().name()).collect()
    }

    fn fact(&self, key: &str) -> &str {
        self.problems[0].fact(key).unwrap()
    }

    fn at(&self) -> At {
        self.problems[0].place().unwrap().at
    }

    /// The cells of all rows below headings, by the names of their kinds.
    fn rows(&self) -> Vec<Vec<String>> {
        let sheet = self.sheet.as_ref().expect("a sheet");
        let cells = |row: Row<'_>| sheet.headings().iter().map(|h| shown(&row.cell(h.column).kind)).collect();
        sheet.rows().map(cells).collect()
    }

    fn names(&self) -> Vec<&str> {
        self.sheet.as_ref().expect("a sheet").headings().iter().map(|h| h.name.as_str()).collect()
    }
}

fn shown(kind: &ValueKind<'_>) -> String {
    match kind {
        ValueKind::Empty => String::new(),
        ValueKind::Text(text) => text.to_string(),
        ValueKind::Number(number) => format!("#{number}"),
        ValueKind::Date(date) => format!("@{date}"),
        ValueKind::Bool(value) => format!("?{value}"),
        ValueKind::LostDigits => "lost".to_owned(),
        ValueKind::OtherTime(time) => format!("~{time}"),
        other => format!("{other:?}"),
    }
}

fn cell(sheet: u16, row: u32, column: u32) -> At {
    At::Cell { sheet, row, column }
}

#[test]
fn headings_are_compared_without_blanks_units_and_width() {
    for (written, name) in [
        ("姓 名", "姓名"),
        ("姓\n名", "姓名"),
        ("　姓名\u{A0}", "姓名"),
        ("金额（元）", "金额"),
        ("金额(元/月)", "金额"),
        ("ＩＤ", "ID"),
        ("（一）得分", "得分"),
        ("村(居)", "村"),
        ("（元）", "(元)"),
        ("金额（元", "金额(元"),
    ] {
        assert_eq!(normalise_heading(written), name);
    }
}

#[test]
fn files_of_another_format_than_named_are_refused() {
    let book = fixtures::xlsx(&[("名单", "visible", &fixtures::rows(&[&["姓名", "金额"], &["王", "#1"]]))]);
    let compound = include_bytes!("../../../tests/fixtures/plain.xls");
    let page = b"\xEF\xBB\xBF\n<HTML><table><tr><td>1</td></tr></table></HTML>";
    for (format, bytes, found) in [
        (TableFormat::Csv, &book[..], "XLSX"),
        (TableFormat::Csv, &compound[..], "XLS"),
        (TableFormat::Xls, &page[..], "HTML"),
        (TableFormat::Xls, "姓名\t金额\n王\t1\n".as_bytes(), "CSV"),
        (TableFormat::Xlsx, &compound[..], "XLS"),
        (TableFormat::Ods, &book[..], "XLSX"),
    ] {
        let outcome = read_as(format, bytes, None);
        assert_eq!(outcome.codes(), ["wrong-format"], "{format:?}");
        assert_eq!(outcome.fact("found"), found);
    }
}

/// Every code of these modules has its words, with just the facts that the code gives.
#[test]
fn problems_have_words_in_both_languages() {
    let text = include_str!("../../../messages/tables.toml");
    let entries: std::collections::BTreeMap<String, crate::diagnostics::Entry> =
        toml::from_str(text).unwrap();
    for (code, entry) in &entries {
        for words in [&entry.zh, &entry.en] {
            assert!(!words.message.is_empty() && !words.help.is_empty() && !words.page.is_empty(), "{code}");
        }
    }
    assert_eq!(entries.len(), 29);
}
