//! Hostile files take bounded time and memory: a line of five megabytes, archives that unpack to gigabytes, broken PDFs.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::harness::Board;

/// Longer than any of these takes where the machine is busy and nothing is optimised; what is not bounded takes minutes.
const BEARABLE: Duration = Duration::from_secs(120);

#[track_caller]
fn ends(board: &Board, status: i32, code: &str) {
    let start = Instant::now();
    let run = board.run(&["check", "--format", "json"]).exits(status);
    let took = start.elapsed();
    assert!(took < BEARABLE, "took {took:?}");
    assert!(code.is_empty() || run.stdout.contains(code), "{}", run.stdout);
    assert!(run.stdout.len() < 20_000, "{} bytes were said", run.stdout.len());
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_line_of_five_megabytes() {
    for piece in ["1", "身份证", "139 1234 ", "<b>1</b>", "张*"] {
        let line = piece.repeat(5_000_000 / piece.len());
        ends(&Board::small().with("files/a.csv", &line), 0, "");
    }
    ends(&Board::small().with("files/a.md", "张*".repeat(1_250_000)), 0, "");
}

#[test]
fn an_archive_that_unpacks_to_too_much() {
    let blank = vec![b' '; 80 << 20];
    let bomb = zip(&[("a.txt", &blank)]);
    assert!(bomb.len() < 1 << 20);
    ends(&Board::small().with("files/a.zip", &bomb), 1, "attachment-not-searchable");
    // Each part is bearable, all of them together are not.
    let some = vec![b' '; 8 << 20];
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), some.as_slice())).collect();
    ends(&Board::small().with("files/a.zip", zip(&parts)), 1, "attachment-not-searchable");
    let book = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &blank)]);
    ends(&Board::small().with("files/a.xlsx", &book), 1, "attachment-not-searchable");
    let mut nested = zip(&[("a.txt", b"x")]);
    for _ in 0..8 {
        nested = zip(&[("a.zip", &nested)]);
    }
    ends(&Board::small().with("files/a.zip", &nested), 1, "attachment-not-searchable");
}

/// A PDF of these objects.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        text += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    (text + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n").into_bytes()
}

#[test]
fn a_pdf_whose_parts_hold_each_other() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>";
    let draws = "<< /Length 4 >>\nstream\n/F Do\nendstream";
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream";
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    let loops: [&[&str]; 3] = [
        &[catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
        &[catalog, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /Parent 2 0 R >>", page, draws, form],
        &["<< /Type /Catalog /Pages 1 0 R >>"],
    ];
    for objects in loops {
        let start = Instant::now();
        let run = Board::small().with("files/a.pdf", pdf(objects)).run(&["check", "--format", "json"]);
        assert!(run.status <= 1 && start.elapsed() < BEARABLE, "{} {:?}", run.status, start.elapsed());
    }
}
