//! Attachments of every kind, with the text somewhere in them.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// The attachment that a place means, with its ending; `None` for other places.
pub fn document(place: &str, text: &str) -> Option<(&'static str, Vec<u8>)> {
    let (kind, part) = place.split_once('-').unwrap_or((place, ""));
    match kind {
        "docx" => Some(("docx", docx(part, text))),
        "xlsx" => Some(("xlsx", xlsx(part, text))),
        "pptx" => Some(("pptx", pptx(part, text))),
        "odt" => Some(("odt", odt(part, text))),
        "ods" => Some(("ods", ods(part, text))),
        "xls" => Some(("xls", super::xls::xls(part, text))),
        "pdf" => Some(("pdf", pdf(part, text))),
        "zip" => Some(("zip", zipped(part, text))),
        _ => None,
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text in `count` pieces.
fn pieces(text: &str, count: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(chars.len().div_ceil(count)).map(|piece| piece.iter().collect()).collect()
}

fn docx(part: &str, text: &str) -> Vec<u8> {
    let escaped = xml(text);
    let run = |text: &str| format!("<w:r><w:t>{}</w:t></w:r>", xml(text));
    let mut body = "<w:p><w:r><w:t>通知</w:t></w:r></w:p>".to_owned();
    let mut other = ("docProps/app.xml", "<Properties/>".to_owned());
    match part {
        "" => body = format!("<w:p>{}</w:p>", run(text)),
        "runs" => {
            let runs: String = pieces(text, 4).iter().map(|piece| run(piece)).collect();
            body = format!("<w:p>{}</w:p>", runs.replace("<w:r><w:t>", "<w:r><w:rPr><w:b/></w:rPr><w:t>"));
        }
        "prefix" => {
            let runs: String = pieces(text, 4).iter().map(|piece| run(piece)).collect();
            body = format!("<w:p>{runs}</w:p>").replace("w:", "x:");
        }
        "cell" => body = format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>", run(text)),
        "cells" => {
            let cells = pieces(text, 3)
                .iter()
                .map(|piece| format!("<w:tc><w:p>{}</w:p></w:tc>", run(piece)))
                .collect::<String>();
            body = format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
        }
        "deleted" => {
            body = format!(
                "<w:p><w:del w:author=\"a\"><w:r><w:delText>{escaped}</w:delText></w:r></w:del></w:p>"
            );
        }
        "hidden" => body = format!("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{escaped}</w:t></w:r></w:p>"),
        "textbox" => {
            body = format!(
                "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                run(text)
            );
        }
        "alt" => {
            body = format!(
                "<w:p><w:r><w:drawing><wp:docPr id=\"1\" descr=\"{escaped}\"/></w:drawing></w:r></w:p>"
            )
        }
        "comment" => {
            other = (
                "word/comments.xml",
                format!("<w:comments><w:comment><w:p>{}</w:p></w:comment></w:comments>", run(text)),
            )
        }
        "header" => other = ("word/header1.xml", format!("<w:hdr><w:p>{}</w:p></w:hdr>", run(text))),
        "footnote" => {
            other = (
                "word/footnotes.xml",
                format!("<w:footnotes><w:footnote><w:p>{}</w:p></w:footnote></w:footnotes>", run(text)),
            )
        }
        "title" => {
            other = (
                "docProps/core.xml",
                format!("<cp:coreProperties><dc:title>{escaped}</dc:title></cp:coreProperties>"),
            )
        }
        "custom" => {
            other = (
                "docProps/custom.xml",
                format!("<Properties><property><vt:lpwstr>{escaped}</vt:lpwstr></property></Properties>"),
            )
        }
        "link" => {
            other = (
                "word/_rels/document.xml.rels",
                format!(
                    "<Relationships><Relationship Target=\"https://a.example.org/{escaped}\"/></Relationships>"
                ),
            )
        }
        _ => panic!("docx has no {part}"),
    }
    let body = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
        (other.0, other.1.as_bytes()),
    ])
}

fn xlsx(part: &str, text: &str) -> Vec<u8> {
    let escaped = xml(text);
    let mut strings = "<sst><si><t>通知</t></si></sst>".to_owned();
    let mut sheet = "<c r=\"A1\" t=\"s\"><v>0</v></c>".to_owned();
    let mut book = "<sheet name=\"Sheet1\" sheetId=\"1\"/>".to_owned();
    let mut other = ("docProps/app.xml", "<Properties/>".to_owned());
    match part {
        "" | "hidden" => strings = format!("<sst><si><t>{escaped}</t></si></sst>"),
        "runs" => {
            let runs: String = pieces(text, 3)
                .iter()
                .map(|piece| format!("<r><rPr><b/></rPr><t>{}</t></r>", xml(piece)))
                .collect();
            strings = format!("<sst><si>{runs}</si></sst>");
        }
        "inline" => sheet = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{escaped}</t></is></c>"),
        "number" => sheet = format!("<c r=\"A1\"><v>{escaped}</v></c>"),
        "formula" => sheet = format!("<c r=\"A1\" t=\"str\"><f>\"{escaped}\"</f><v>x</v></c>"),
        "cells" => {
            sheet = pieces(text, 3)
                .iter()
                .map(|piece| format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", xml(piece)))
                .collect();
        }
        "name" => book = format!("<sheet name=\"{escaped}\" sheetId=\"1\"/>"),
        "defined" => {
            book += &format!(
                "</sheets><definedNames><definedName name=\"a\">\"{escaped}\"</definedName></definedNames><sheets>"
            )
        }
        "comment" => {
            other = (
                "xl/comments1.xml",
                format!(
                    "<comments><commentList><comment ref=\"A1\"><text><t>{escaped}</t></text></comment></commentList></comments>"
                ),
            )
        }
        "author" => {
            other = (
                "docProps/core.xml",
                format!("<cp:coreProperties><dc:creator>{escaped}</dc:creator></cp:coreProperties>"),
            )
        }
        _ => panic!("xlsx has no {part}"),
    }
    if part == "hidden" {
        book = book.replace("sheetId", "state=\"veryHidden\" sheetId");
    }
    let sheet = format!("<worksheet><sheetData><row r=\"1\">{sheet}</row></sheetData></worksheet>");
    let book = format!("<workbook><sheets>{book}</sheets></workbook>");
    archive(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (other.0, other.1.as_bytes()),
    ])
}

fn pptx(part: &str, text: &str) -> Vec<u8> {
    let slide = |text: &str| {
        format!("<p:sld><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sld>", xml(text))
    };
    let (shown, notes) = match part {
        "" => (slide(text), slide("通知")),
        "notes" => (slide("通知"), slide(text)),
        "runs" => {
            let runs: String = pieces(text, 3)
                .iter()
                .map(|piece| format!("<a:r><a:rPr b=\"1\"/><a:t>{}</a:t></a:r>", xml(piece)))
                .collect();
            (format!("<p:sld><a:p>{runs}</a:p></p:sld>"), slide("通知"))
        }
        _ => panic!("pptx has no {part}"),
    };
    archive(&[
        ("ppt/slides/slide1.xml", shown.as_bytes()),
        ("ppt/notesSlides/notesSlide1.xml", notes.as_bytes()),
    ])
}

fn odt(part: &str, text: &str) -> Vec<u8> {
    let escaped = xml(text);
    let (mut body, mut meta) = ("<text:p>通知</text:p>".to_owned(), "x".to_owned());
    match part {
        "" => body = format!("<text:p>{escaped}</text:p>"),
        "runs" => {
            let runs: String = pieces(text, 3)
                .iter()
                .map(|piece| format!("<text:span>{}</text:span>", xml(piece)))
                .collect();
            body = format!("<text:p>{runs}</text:p>");
        }
        "meta" => meta = escaped,
        _ => panic!("odt has no {part}"),
    }
    let content = format!("<office:document-content xmlns:text=\"t\">{body}</office:document-content>");
    let meta = format!(
        "<office:document-meta><office:meta><dc:subject>{meta}</dc:subject></office:meta></office:document-meta>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

fn ods(part: &str, text: &str) -> Vec<u8> {
    let escaped = xml(text);
    let cell = match part {
        "" => format!("<table:table-cell><text:p>{escaped}</text:p></table:table-cell>"),
        "value" => {
            format!("<table:table-cell office:value=\"{escaped}\"><text:p>…</text:p></table:table-cell>")
        }
        "note" => format!(
            "<table:table-cell><office:annotation><text:p>{escaped}</text:p></office:annotation></table:table-cell>"
        ),
        _ => panic!("ods has no {part}"),
    };
    let content = format!(
        "<office:document-content xmlns:text=\"t\"><table:table><table:table-row>{cell}</table:table-row></table:table></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn zipped(part: &str, text: &str) -> Vec<u8> {
    match part {
        "" | "txt" => archive(&[("a.txt", text.as_bytes())]),
        "csv" => archive(&[("a.csv", &encoding_rs::GB18030.encode(text).0)]),
        "wide" => {
            let wide: Vec<u8> =
                [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            archive(&[("a.txt", &wide)])
        }
        "name" => archive(&[(&format!("{text}.txt"), b"x")]),
        "folder" => archive(&[(&format!("{text}/a.txt"), b"x")]),
        "html" => archive(&[("a.html", format!("<p title=\"{}\">x</p>", xml(text)).as_bytes())]),
        "json" => archive(&[("a.json", format!("{{\"a\":\"{}\"}}", text.replace('"', "\\\"")).as_bytes())]),
        "raw-html" => archive(&[("a.html", text.as_bytes())]),
        "raw-json" => archive(&[("a.json", text.as_bytes())]),
        "ics" => archive(&[("a.ics", text.replace('\n', "\r\n").as_bytes())]),
        "zip" => archive(&[("b.zip", &archive(&[("a.txt", text.as_bytes())]))]),
        "docx" => archive(&[("b.docx", &docx("comment", text))]),
        "comment" => {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            writer.start_file("a.txt", SimpleFileOptions::default()).unwrap();
            writer.write_all(b"x").unwrap();
            writer.set_comment(text).unwrap();
            writer.finish().unwrap().into_inner()
        }
        _ => panic!("zip has no {part}"),
    }
}

fn pdf(part: &str, text: &str) -> Vec<u8> {
    assert!(text.is_ascii(), "the font of this PDF has plain letters only: {text:?}");
    let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let at = "BT /F 12 Tf 72 700 Td";
    let page = |inside: String| format!("{at} {inside} ET");
    let clean = page("(clean) Tj".to_owned());
    let (content, info) = match part {
        "" => (page(format!("({escaped}) Tj")), String::new()),
        "white" => (page(format!("1 1 1 rg ({escaped}) Tj")), String::new()),
        "invisible" => (page(format!("3 Tr ({escaped}) Tj")), String::new()),
        "kerned" => {
            let array: String = pieces(text, 5).iter().map(|piece| format!("({piece}) 12 ")).collect();
            (page(format!("[{array}] TJ")), String::new())
        }
        "hex" => {
            let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
            (page(format!("<{hex}> Tj")), String::new())
        }
        "title" => (clean, format!("/Title ({escaped})")),
        "keywords" => {
            let hex: String =
                [0xFEFF].into_iter().chain(text.encode_utf16()).map(|unit| format!("{unit:04X}")).collect();
            (clean, format!("/Keywords <{hex}>"))
        }
        _ => panic!("pdf has no {part}"),
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(
        format!("{table}trailer << /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    bytes
}
