use super::*;
use encoding_rs::GB18030;

fn text_at(text: &str, at: At) -> &str {
    let At::Text { start, end } = at else { panic!("no text") };
    &text[start as usize..end as usize]
}

#[test]
fn titles_and_blank_rows_are_skipped_in_every_encoding_and_line_end() {
    let text = "2026年名单公示,,\n\n序号,姓 名,金额（元）\n1,王建国,\"1,025.00\"\n,,\n2,　𬍤㛃䶮　,300\n";
    let rows = [["1", "王建国", "1,025.00"], ["2", "𬍤㛃䶮", "300"]];
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{FEFF}{text}").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        GB18030.encode(text).0.into_owned(),
        text.replace('"', "")
            .replace("1,025.00", "1；025.00")
            .replace(',', ";")
            .replace('；', ",")
            .into_bytes(),
        text.replace('"', "")
            .replace("1,025.00", "1；025.00")
            .replace(',', "\t")
            .replace('；', ",")
            .into_bytes(),
    ] {
        let outcome = read_as(TableFormat::Csv, &bytes, None);
        assert!(outcome.codes().iter().all(|code| *code == "assumed-encoding"), "{:?}", outcome.codes());
        assert_eq!(outcome.names(), ["序号", "姓名", "金额"]);
        assert_eq!(outcome.rows(), rows);
    }
}

#[test]
fn places_are_ranges_of_the_decoded_text() {
    let text = "\u{FEFF}姓名,备注,金额\r\n王建国,\"说\"\"好\"\"\r\n了\", 5 \r\n";
    let decoded = "姓名,备注,金额\n王建国,\"说\"\"好\"\"\n了\", 5 \n";
    let outcome = csv_of(text);
    assert_eq!(outcome.rows(), [["王建国", "说\"好\"\n了", "5"]]);
    let sheet = outcome.sheet.unwrap();
    let row = sheet.rows().next().unwrap();
    assert_eq!(text_at(decoded, row.cell(0).place.at), "王建国");
    assert_eq!(text_at(decoded, row.cell(1).place.at), "说\"\"好\"\"\n了");
    assert_eq!(text_at(decoded, row.cell(2).place.at), "5");
    assert_eq!(text_at(decoded, row.place().at), "王建国,\"说\"\"好\"\"\n了\", 5 ");
    assert_eq!(text_at(decoded, sheet.headings()[1].place.at), "备注");
    assert_eq!(sheet.column("金额"), Some(2));
    assert!(!row.is_blank());
}

#[test]
fn twenty_six_columns_and_short_rows() {
    let headings: Vec<String> = (0..26).map(|n| format!("栏{n}")).collect();
    let text = format!("姓名,金额,{}\n王,1\n李,2,{}\n", headings.join(","), vec!["x"; 26].join(","));
    let outcome = csv_of(&text);
    assert_eq!(outcome.names().len(), 28);
    let rows = outcome.rows();
    assert_eq!((rows[0][2].as_str(), rows[1][27].as_str()), ("", "x"));
    let sheet = outcome.sheet.unwrap();
    let row = sheet.rows().next().unwrap();
    let (At::Text { end, .. }, missing) = (row.place().at, row.cell(20).place) else { panic!("no text") };
    assert_eq!(missing.at, At::Text { start: end, end });
}

#[test]
fn a_row_with_more_cells_than_headings_is_an_error() {
    let outcome = csv_of("姓名,金额\n王,1,025.00\n李,2,,\n");
    assert_eq!(outcome.codes(), ["row-too-long"]);
    assert_eq!((outcome.fact("cells"), outcome.fact("headings")), ("3", "2"));
    assert!(outcome.sheet.is_none());
}

#[test]
fn a_quote_without_fellow_is_pointed_at() {
    for text in [
        "姓名,金额\n\"王,1\n李,2\n",
        "姓名,金额\n\"王,1\n李,\"2\n",
        "姓名,金额\n\"王\"建国,1\n",
        "姓名,\"金额\n",
    ] {
        let outcome = csv_of(text);
        let codes = outcome.codes();
        assert!(codes == ["unclosed-quote"] || codes == ["no-header"] || codes == ["no-rows"], "{codes:?}");
        assert!(outcome.sheet.is_none());
        if let At::Text { .. } = outcome.at() {
            assert_eq!(text_at(text, outcome.at()), "\"");
        }
    }
    assert_eq!(csv_of("姓名,金额\n\"王,1\n李,2\n").codes(), ["unclosed-quote"]);
    assert_eq!(csv_of("姓名,金额\n王\"五\",1\n").rows(), [["王\"五\"", "1"]]);
}

#[test]
fn faults_of_the_header() {
    let outcome = csv_of("甲,乙\n1,2\n");
    assert_eq!((outcome.codes(), outcome.fact("expected")), (vec!["no-header"], "姓名、金额"));
    assert_eq!(csv_of("").codes(), ["empty-table"]);
    assert_eq!(csv_of(" \n　\n").codes(), ["empty-table"]);
    assert_eq!(csv_of("名单\n姓名,金额\n,\n").codes(), ["no-rows"]);

    let outcome = csv_of("姓名,金额,金额（元）\n王,1,2\n");
    assert_eq!((outcome.codes(), outcome.fact("heading")), (vec!["duplicate-heading"], "金额"));
    assert!(outcome.problems[0].other().is_some());

    let outcome = csv_of("姓名,,金额,\n王,x,1,\n李,y,2,z\n");
    assert_eq!(outcome.codes(), ["no-heading", "no-heading"]);
    assert_eq!(outcome.rows().len(), 2);
}

#[test]
fn a_second_header_is_an_error() {
    let text = "姓名,补助,,备注\n,标准,金额,\n王,1,2,\n";
    let outcome = csv_of(text);
    assert_eq!(outcome.codes(), ["second-header"]);
    assert_eq!(text_at(text, outcome.at()), "标准");

    let mut text = String::from("姓名,金额\n");
    text += &"王,1\n".repeat(30);
    text += "姓名,金额\n李,2\n";
    assert_eq!(csv_of(&text).codes(), ["second-header"]);
}

#[test]
fn a_table_of_one_column_and_a_known_heading_among_others() {
    assert_eq!(csv_of("名单\n姓名\n王\n李\n").rows(), [["王"], ["李"]]);
    assert_eq!(csv_of("姓名,甲\n王,李\n").codes(), ["no-header"]);
    assert_eq!(csv_of("name,金额,甲\n王,1,x\n").names(), ["name", "金额", "甲"]);
}

/// Prints the cost of a cell; run with `--ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measure() {
    use std::fmt::Write;
    let mut text = String::from("序号,姓名,村组,标准,数量,金额,发放时间,备注\n");
    for n in 0..100_000 {
        writeln!(text, "{n},王建国,柳塘村一组,205.00,5,1025.00,2026-11-01,").unwrap();
    }
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let outcome = csv_of(&text);
        let read = start.elapsed();
        let sheet = outcome.sheet.unwrap();
        let cells = |row: Row<'_>| (0..8).filter(|c| matches!(row.cell(*c).kind, ValueKind::Text(_))).count();
        let count: usize = sheet.rows().map(cells).sum();
        let all = start.elapsed();
        eprintln!(
            "{count} cells: read {} ns a cell, with access {}",
            read.as_nanos() / 800_000,
            all.as_nanos() / 800_000
        );
    }
}
