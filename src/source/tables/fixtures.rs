//! Minimal workbooks for tests: the parts a reader needs, with the XML of a sheet written in the test.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip archive of `parts` (name, text).
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method =
            if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX workbook of sheets: name, state (`visible`, `hidden`), and all that stands in `<worksheet>`.
pub(in crate::source) fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut list = String::new();
    let mut targets = String::new();
    let mut parts = Vec::new();
    for (number, (name, state, inner)) in sheets.iter().enumerate() {
        list +=
            &format!("<sheet name=\"{name}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>", number + 1);
        targets += &format!(
            "<Relationship Id=\"r{0}\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            number + 1
        );
        parts.push((
            format!("xl/worksheets/sheet{}.xml", number + 1),
            format!("<worksheet xmlns=\"{main}\">{inner}</worksheet>"),
        ));
    }
    parts.push((
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships><Relationship Id=\"w\" Type=\"{relation}/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts
        .push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{targets}</Relationships>")));
    // Style 1 is a date, 2 shows nothing, 3 no number; 4 is white, 5 white on blue, 6 white on white.
    parts.push((
        "xl/styles.xml".to_owned(),
        format!(
            "<styleSheet xmlns=\"{main}\">\
             <numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\";;;\"/>\
             <numFmt numFmtId=\"165\" formatCode=\"&quot;&quot;; ;\"/></numFmts>\
             <fonts count=\"2\"><font><color theme=\"1\"/></font><font><color rgb=\"FFFFFFFF\"/></font></fonts>\
             <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
             <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF0000FF\"/></patternFill></fill>\
             <fill><patternFill patternType=\"solid\"><fgColor theme=\"0\"/></patternFill></fill></fills>\
             <cellStyleXfs count=\"1\"><xf numFmtId=\"164\" fontId=\"1\"/></cellStyleXfs>\
             <cellXfs count=\"7\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>\
             <xf numFmtId=\"165\"/><xf fontId=\"1\"/><xf fontId=\"1\" fillId=\"1\"/>\
             <xf fontId=\"1\" fillId=\"2\"/></cellXfs></styleSheet>"
        ),
    ));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    archive(&parts)
}

/// `<sheetData>` of rows of cells; a cell that begins with `<` is the inside of `<c …>`, one that begins
/// with `#` is a number, an empty one is left out, and any other is text.
pub(in crate::source) fn rows(rows: &[&[&str]]) -> String {
    let mut data = String::from("<sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        data += &format!("<row r=\"{}\">", row + 1);
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let position = format!("{}{}", crate::diagnostics::column_name(column as u32), row + 1);
            data += &match (cell.strip_prefix('#'), cell.starts_with('<')) {
                (Some(number), _) => format!("<c r=\"{position}\"><v>{number}</v></c>"),
                (_, true) => cell.replace("<c", &format!("<c r=\"{position}\"")),
                _ => format!("<c r=\"{position}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        data += "</row>";
    }
    data + "</sheetData>"
}

/// An ODS workbook whose `office:spreadsheet` holds `tables`, with `styles` before it.
pub(super) fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" \
         xmlns:calcext=\"c\"><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", &content),
    ])
}

/// Cells of one ODS row: text, or the whole element where it begins with `<`.
pub(super) fn ods_row(attributes: &str, cells: &[&str]) -> String {
    let cells = cells.iter().map(|cell| match cell.starts_with('<') {
        true => (*cell).to_owned(),
        false => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
        ),
    });
    format!("<table:table-row {attributes}>{}</table:table-row>", cells.collect::<String>())
}
