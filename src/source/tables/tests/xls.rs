use std::io::Write;

use super::*;

/// A number format as it stands in `plain.xls`.
const FORMAT: &[u8] = b"yyyy-mm-dd";

fn xls(bytes: &[u8]) -> Outcome {
    read_as(TableFormat::Xls, bytes, None)
}

/// A compound file with one stream.
fn compound(name: &str, data: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(data).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn files_of_xlwt() {
    let outcome = xls(include_bytes!("../../../../tests/fixtures/plain.xls"));
    assert_eq!(outcome.codes(), [""; 0]);
    assert_eq!(outcome.names(), ["序号", "姓名", "金额", "发放时间"]);
    assert_eq!(
        outcome.rows(),
        [
            ["#1", "王建国", "#1025", "@2026-11-01"],
            ["#2", "李秀英", "#0.5", "@2026-11-02"],
            ["#3", "欧阳娜", "#12300", "@2026-11-03"]
        ]
    );
    let bytes = include_bytes!("../../../../tests/fixtures/hidden.xls");
    let outcome = xls(bytes);
    assert_eq!(outcome.codes(), ["hidden-column", "hidden-row", "hidden-sheet"]);
    assert_eq!(outcome.fact("lines"), "C");
    assert_eq!(outcome.problems[1].place().unwrap().at, cell(0, 3, 0));
    assert_eq!(again(bytes, TableFormat::Xls, cell(0, 3, 1)), Some(("名单".to_owned(), "李秀英".to_owned())));

    let outcome = xls(include_bytes!("../../../../tests/fixtures/merged.xls"));
    assert_eq!((outcome.codes(), outcome.at()), (vec!["merged-cells"], cell(0, 1, 2)));
    let outcome = xls(include_bytes!("../../../../tests/fixtures/lost.xls"));
    assert_eq!((outcome.codes(), outcome.at()), (vec!["formula-without-value"], cell(0, 1, 2)));
}

#[test]
fn cells_that_show_nothing() {
    // The one number format of its own that this file has: dates, which stand in D.
    let mut bytes = include_bytes!("../../../../tests/fixtures/plain.xls").to_vec();
    let formats: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(FORMAT)).collect();
    assert_eq!(formats.len(), 1);
    bytes[formats[0]..formats[0] + FORMAT.len()].copy_from_slice(b";;;       ");
    let outcome = xls(&bytes);
    assert_eq!((outcome.codes(), outcome.at()), (vec!["hidden-cell"], cell(0, 2, 3)));
    assert_eq!(outcome.fact("cells"), "D3、D4、D5");
}

#[test]
fn passwords_are_said() {
    let encrypted = compound("/EncryptedPackage", b"secret");
    assert_eq!(read_as(TableFormat::Xlsx, &encrypted, None).codes(), ["protected-workbook"]);
    let records = [0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, 2, 0, 1, 0];
    assert_eq!(xls(&compound("/Workbook", &records)).codes(), ["protected-workbook"]);
}

#[test]
fn cells_at_the_corners_of_a_sheet_are_too_many() {
    let mut records = vec![0x09, 0x08, 4, 0, 0, 6, 5, 0];
    let sheet = records.len() as u32 + 4 + 8 + 4;
    records.extend([0x85, 0, 8, 0]);
    records.extend(sheet.to_le_bytes());
    records.extend([0, 0, 1, b'S', 0x0A, 0, 0, 0]);
    records.extend([0x09, 0x08, 4, 0, 0, 6, 0x10, 0]);
    for corner in [0_u16, 0xFFFF] {
        records.extend([0x03, 0x02, 14, 0]);
        records.extend(corner.to_le_bytes());
        records.extend(corner.to_le_bytes());
        records.extend([0; 10]);
    }
    records.extend([0x0A, 0, 0, 0]);
    assert_eq!(xls(&compound("/Workbook", &records)).codes(), ["table-too-large"]);
    assert_eq!(xls(&compound("/Other", b"x")).codes(), ["broken-workbook"]);
}
