//! Whatever the bytes of a table, reading ends in rows or in an error, soon, and every place can be shown again.
//!
//! The first byte says how the others become a file: as they are, or as the part of a sound workbook that holds the cells,
//! since chance makes no archive.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::io::{Cursor, Read, Write};

use gongshi::diagnostics::{At, FileId, Place, Problems, Severity};
use gongshi::source::tables::{self, Again, ReadOptions, TableFormat};
use zip::write::{SimpleFileOptions, ZipWriter};

gongshi_fuzz::start!(target);

fn target(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let (format, bytes) = match kind % 7 {
        0 => (TableFormat::Csv, rest.to_vec()),
        1 => (TableFormat::Xlsx, rest.to_vec()),
        2 => (TableFormat::Xls, rest.to_vec()),
        3 => (TableFormat::Ods, rest.to_vec()),
        4 => (TableFormat::Xlsx, xlsx(rest)),
        5 => (TableFormat::Ods, ods(rest)),
        _ => (TableFormat::Xls, xls(rest)),
    };
    let known = |name: &str| ["姓名", "村组", "金额", "发放时间", "身份证号"].contains(&name);
    let options = ReadOptions { sheet: None, known: &known, likely: &known, expected: "姓名、金额" };
    let mut problems = Problems::new();
    let sheet = tables::read(bytes.clone(), format, &options, FileId(0), &mut problems);
    let problems = problems.into_sorted();
    let says_why = problems.iter().any(|problem| problem.code().severity() == Severity::Error);
    assert!(sheet.is_some() || says_why, "no table and no error");
    for row in sheet.iter().flat_map(|sheet| sheet.rows()) {
        for column in 0..=row_width(&sheet) {
            let _ = row.cell(column);
        }
    }
    let cells = problems.iter().filter_map(|problem| match problem.place() {
        Some(Place { at: at @ At::Cell { .. }, .. }) => Some(at),
        _ => None,
    });
    for at in cells.take(3) {
        let again = Again::of_workbook(&bytes, format, &known);
        assert!(again.is_some_and(|again| again.cell(at).is_some()), "a place that cannot be shown");
    }
}

fn row_width(sheet: &Option<tables::Sheet>) -> usize {
    sheet.as_ref().map_or(0, |sheet| sheet.headings().len())
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options)
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .expect("an archive in memory");
    }
    zip.finish().expect("an archive in memory").into_inner()
}

/// A workbook whose only sheet is `sheet`.
fn xlsx(sheet: &[u8]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATIONS}\">\
         <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    archive(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn ods(content: &[u8]) -> Vec<u8> {
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}

/// A sound compound file whose workbook stream is `stream`.
fn xls(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file in memory");
    file.create_stream("/Workbook").and_then(|mut to| to.write_all(stream)).expect("a file in memory");
    file.flush().expect("a file in memory");
    let mut bytes = Vec::new();
    Cursor::new(file.into_inner().into_inner()).read_to_end(&mut bytes).expect("bytes in memory");
    bytes
}
