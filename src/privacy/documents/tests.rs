#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Document, Sealed, Spot};
use crate::privacy::Search;

/// An ID number that belongs to nobody, the bank card is one of a series for tests.
const ID: &str = "11010519491231002X";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts in which a private number is found, each once.
fn found(name: &str, bytes: &[u8]) -> Result<Vec<Spot>, Sealed> {
    let document = Document::open(name, bytes)?;
    let search = Search::default();
    let mut spots = Vec::new();
    for piece in &document.pieces {
        let mut hits = Vec::new();
        search.find(&piece.bytes, piece.form, &mut hits);
        if !hits.is_empty() && !spots.contains(&piece.spot) {
            spots.push(piece.spot.clone());
        }
    }
    Ok(spots)
}

fn part(name: &str) -> Spot {
    Spot::Part(name.to_owned())
}

fn docx(body: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text.as_bytes())])
}

#[test]
fn runs_of_a_paragraph_belong_together_and_cells_do_not() {
    let runs = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>110105</w:t></w:r><w:proofErr w:type=\"a\"/><w:r><w:t>19491231</w:t></w:r>\
        <w:r><w:t>002X</w:t></w:r></w:p>";
    assert_eq!(found("a.docx", &docx(runs)), Ok(vec![part("word/document.xml")]));
    let cells = "<w:tc><w:p><w:r><w:t>1101051949</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1231002X</w:t></w:r></w:p></w:tc>";
    assert_eq!(found("a.docx", &docx(cells)), Ok(vec![]));
}

#[test]
fn every_part_is_searched_shown_or_not() {
    for (name, path, text) in [
        ("a.docx", "word/comments.xml", format!("<c><p><t>{ID}</t></p></c>")),
        ("a.docx", "word/document.xml", format!("<d><p><del><r><delText>{ID}</delText></r></del></p></d>")),
        ("a.docx", "word/footer1.xml", format!("<f><p><t>{ID}</t></p></f>")),
        (
            "a.docx",
            "docProps/custom.xml",
            format!("<Properties><property><lpwstr>{ID}</lpwstr></property></Properties>"),
        ),
        (
            "a.docx",
            "word/_rels/document.xml.rels",
            format!("<R><Relationship Target=\"http://x/{ID}\"/></R>"),
        ),
        (
            "a.xlsx",
            "xl/sharedStrings.xml",
            format!("<sst><si><r><t>{}</t></r><r><t>{}</t></r></si></sst>", &ID[..7], &ID[7..]),
        ),
        (
            "a.xlsx",
            "xl/worksheets/sheet9.xml",
            format!("<sheet><row><c t=\"inlineStr\"><is><t>{ID}</t></is></c></row></sheet>"),
        ),
        (
            "a.pptx",
            "ppt/notesSlides/notesSlide1.xml",
            format!("<p:n><a:p><a:r><a:t>{ID}</a:t></a:r></a:p></p:n>"),
        ),
        (
            "a.odt",
            "content.xml",
            format!("<o><text:p>{}<text:span>{}</text:span></text:p></o>", &ID[..9], &ID[9..]),
        ),
        ("a.ods", "content.xml", format!("<o><table:table-cell office:string-value=\"{ID}\"/></o>")),
        ("a.docx", "word/document.xml", format!("<d><p><t>&#49;{}</t></p></d>", &ID[1..])),
        ("a.zip", "list.csv", format!("1,{ID}\n")),
    ] {
        assert_eq!(found(name, &zip(&[(path, text.as_bytes())])), Ok(vec![part(path)]), "{path}");
    }
    let (gbk, ..) = encoding_rs::GB18030.encode("身份证");
    let text = [&*gbk, ID.as_bytes()].concat();
    assert_eq!(found("a.zip", &zip(&[("b.txt", &text)])), Ok(vec![part("b.txt")]));
    let name = format!("{ID}.txt");
    assert_eq!(found("a.zip", &zip(&[(&name, b"x")])), Ok(vec![part(&name)]));
    let inner = zip(&[("c.txt", ID.as_bytes())]);
    assert_eq!(found("a.zip", &zip(&[("b.zip", &inner)])), Ok(vec![part("c.txt")]));
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(ID.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(found("a.zip", &zip(&[("b.txt", &utf16)])), Ok(vec![part("b.txt")]));
}

#[test]
fn what_cannot_be_searched_is_sealed() {
    for (name, bytes, sealed) in [
        ("a.doc", b"x".to_vec(), Sealed::UnknownKind),
        ("a", b"x".to_vec(), Sealed::UnknownKind),
        ("a.docx", b"no archive".to_vec(), Sealed::Broken),
        ("a.pdf", b"%PDF-1.4 and nothing".to_vec(), Sealed::Broken),
        ("a.xls", b"no workbook".to_vec(), Sealed::Broken),
        ("a.docx", zip(&[("word/vbaProject.bin", b"x")]), Sealed::Part(part("word/vbaProject.bin"))),
        ("a.zip", zip(&[("run.exe", b"MZ")]), Sealed::Part(part("run.exe"))),
        (
            "a.docx",
            zip(&[("word/document.xml", b"<!DOCTYPE d [<!ENTITY a \"1\">]><d>&a;</d>")]),
            Sealed::Part(part("word/document.xml")),
        ),
        (
            "a.docx",
            zip(&[("word/document.xml", b"<d>&unknown;</d>")]),
            Sealed::Part(part("word/document.xml")),
        ),
    ] {
        assert_eq!(found(name, &bytes), Err(sealed), "{name}");
    }
    let mut nested = zip(&[("a.txt", b"x")]);
    for _ in 0..4 {
        nested = zip(&[("a.zip", &nested)]);
    }
    assert_eq!(found("a.zip", &nested), Err(Sealed::TooLarge));
    let bomb = zip(&[("a.txt", &vec![b' '; super::MOST_TEXT + 1])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(found("a.zip", &bomb), Err(Sealed::TooLarge));
}

#[test]
fn pictures_are_counted() {
    let document =
        Document::open("a.docx", &zip(&[("word/media/image1.png", b"x"), ("docProps/thumbnail.jpeg", b"x")]));
    assert_eq!(document.unwrap().pictures, 1);
}

/// A PDF with these content and information dictionary, written by hand.
fn pdf(content: &str, info: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /I 7 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< {info} >>"),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
            .to_owned(),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!(
        "trailer << /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend(trailer.bytes());
    bytes
}

#[test]
fn pages_of_a_pdf_are_read_as_they_are_seen() {
    // Set in three pieces with kerning between them, in white.
    let pieces = "BT 1 1 1 rg /F 12 Tf 72 700 Td [(110105) 10 (19491231)] TJ (002X) Tj ET";
    assert_eq!(found("a.pdf", &pdf(pieces, "")), Ok(vec![Spot::Page(1)]));
    let apart = "BT /F 12 Tf 72 700 Td (1101051949) Tj 0 -20 Td (1231002X) Tj ET";
    assert_eq!(found("a.pdf", &pdf(apart, "")), Ok(vec![]));
    let invisible = format!("BT 3 Tr /F 12 Tf 72 700 Td ({ID}) Tj ET");
    assert!(found("a.pdf", &pdf(&invisible, "")).unwrap().contains(&Spot::Page(1)));
    let clean = pdf("BT /F 12 Tf 72 700 Td (2026-11-01) Tj ET", "");
    assert_eq!(found("a.pdf", &clean), Ok(vec![]));
}

#[test]
fn what_a_pdf_says_outside_of_its_pages_is_searched_too() {
    let text = "BT /F 12 Tf 72 700 Td (clean) Tj ET";
    let plain = format!("/Title ({ID})");
    let utf16: String =
        [0xFEFF].into_iter().chain(ID.encode_utf16()).map(|unit| format!("{unit:04X}")).collect();
    for info in [plain, format!("/Subject <{utf16}>")] {
        assert_eq!(found("a.pdf", &pdf(text, &info)), Ok(vec![part("a.pdf")]), "{info}");
    }
}

#[test]
fn scans_and_letters_that_nobody_can_tell_are_sealed() {
    assert_eq!(found("a.pdf", &pdf("/I Do", "")), Err(Sealed::Scanned(Spot::Page(1))));
    let composite = pdf("BT /F 12 Tf 72 700 Td <00010002> Tj ET", "");
    let composite = String::from_utf8(composite).unwrap().replace(
        "/Subtype /Type1 /BaseFont /Helvetica >>",
        "/Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>",
    );
    assert_eq!(found("a.pdf", composite.as_bytes()), Err(Sealed::Unreadable(Spot::Page(1))));
}
