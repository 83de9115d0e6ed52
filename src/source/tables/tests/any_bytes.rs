//! Whatever the bytes, reading ends in a table or in problems.

use proptest::prelude::*;

use super::*;

const FORMATS: [TableFormat; 4] = [TableFormat::Csv, TableFormat::Xlsx, TableFormat::Xls, TableFormat::Ods];

fn ends_well(format: TableFormat, bytes: &[u8]) {
    let outcome = read_as(format, bytes, None);
    assert!(
        outcome.sheet.is_some()
            || outcome.problems.iter().any(|p| p.code().severity() == crate::diagnostics::Severity::Error)
    );
    if let Some(sheet) = &outcome.sheet {
        let text = crate::source::decode::decode_lossy_again(bytes);
        for row in sheet.rows() {
            for column in 0..sheet.headings().len() + 2 {
                let value = row.cell(column);
                if let At::Text { start, end } = value.place.at {
                    assert!(text.get(start as usize..end as usize).is_some());
                }
            }
        }
    }
    for problem in &outcome.problems {
        if let Some(Place { at: at @ At::Cell { .. }, .. }) = problem.place() {
            assert!(again(bytes, format, at).is_some());
        }
    }
}

fn mutated(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn workbooks() -> Vec<(TableFormat, Vec<u8>)> {
    let table =
        format!("<table:table table:name=\"a\">{}</table:table>", fixtures::ods_row("", &["姓名", "金额"]));
    vec![
        (TableFormat::Xlsx, include_bytes!("../../../../tests/fixtures/openpyxl.xlsx").to_vec()),
        (TableFormat::Xls, include_bytes!("../../../../tests/fixtures/hidden.xls").to_vec()),
        (TableFormat::Xls, include_bytes!("../../../../tests/fixtures/merged.xls").to_vec()),
        (TableFormat::Ods, fixtures::ods("", &table)),
    ]
}

/// The XML of a sheet, pieced together at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<sheetData>",
        "</sheetData>",
        "<row>",
        "<row r=\"0\">",
        "<row r=\"3\" hidden=\"1\">",
        "</row>",
        "<c>",
        "<c r=\"B2\">",
        "<c r=\"ZZZZZZZ1\">",
        "<c r=\"A0\">",
        "<c t=\"s\">",
        "<c t=\"inlineStr\">",
        "</c>",
        "<v>1</v>",
        "<v>9e400</v>",
        "<v/>",
        "<f/>",
        "<is><t>姓名</t></is>",
        "<is><t>金额</t></is>",
        "<mergeCell ref=\"A1:B9\"/>",
        "<mergeCell ref=\"C3:A1\"/>",
        "<col min=\"0\" max=\"99999999999\" hidden=\"1\"/>",
        "<mergeCells>",
        "</mergeCells>",
        "&amp;",
        "&nope;",
        "<",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..300), csv in "[姓名金额,;\t\"\n\r 王1\u{3000}]{0,60}") {
        for format in FORMATS {
            ends_well(format, &bytes);
        }
        ends_well(TableFormat::Csv, csv.as_bytes());
        ends_well(TableFormat::Csv, format!("姓名,金额,备注\n{csv}").as_bytes());
    }

    #[test]
    fn damaged_workbooks_end_well(
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        for (format, bytes) in workbooks() {
            let mut bytes = mutated(bytes, &changes);
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            ends_well(format, &bytes);
        }
    }

    #[test]
    fn any_records_end_well(changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..8)) {
        // The stream alone is changed, so that its file stays sound.
        let bytes = include_bytes!("../../../../tests/fixtures/hidden.xls");
        let mut file = cfb::CompoundFile::open(std::io::Cursor::new(bytes.to_vec())).unwrap();
        let mut stream = Vec::new();
        std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut stream).unwrap();
        stream = mutated(stream, &changes);
        std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &stream).unwrap();
        file.flush().unwrap();
        ends_well(TableFormat::Xls, file.into_inner().get_ref());
    }

    #[test]
    fn any_sheet_ends_well(inner in pieces()) {
        ends_well(TableFormat::Xlsx, &fixtures::xlsx(&[("a", "visible", &inner)]));
        ends_well(TableFormat::Xlsx, &fixtures::xlsx(&[("a", "visible", &format!("{}{inner}", fixtures::rows(&[&["姓名", "金额"], &["王", "#1"]])))]));
    }
}
