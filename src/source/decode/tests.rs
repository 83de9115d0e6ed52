#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::diagnostics::At;

const FILE: FileId = FileId(0);

fn table(bytes: &[u8]) -> (Option<String>, Vec<&'static str>) {
    let mut problems = Problems::new();
    let text = decode_table_text(bytes.to_vec(), FILE, &mut problems);
    (text, problems.into_sorted().iter().map(|d| d.code().name()).collect())
}

fn utf8(bytes: &[u8]) -> (Option<String>, Vec<Diagnostic>) {
    let mut problems = Problems::new();
    let text = decode_utf8(bytes.to_vec(), FILE, &mut problems);
    (text, problems.into_sorted())
}

#[test]
fn utf8_with_mark_and_any_line_end() {
    let bytes = "\u{FEFF}姓名,金额\r\n王,1\r李,2\n".as_bytes();
    let text = "姓名,金额\n王,1\n李,2\n";
    assert_eq!(table(bytes), (Some(text.to_owned()), vec![]));
    assert_eq!(utf8(bytes), (Some(text.to_owned()), vec![]));
    assert_eq!(utf8(b""), (Some(String::new()), vec![]));
}

#[test]
fn gb18030_is_read_and_said_even_with_rare_characters() {
    let text = "姓名,金额\n𬍤㛃,1\n䶮,2\n";
    let bytes = GB18030.encode(text).0.into_owned();
    assert_eq!(table(&bytes), (Some(text.to_owned()), vec!["assumed-encoding"]));
    assert_eq!(decode_lossy_again(&bytes), text);
}

#[test]
fn utf16_with_mark_is_read_and_said() {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend("姓名\t金额\r\n".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(table(&bytes), (Some("姓名\t金额\n".to_owned()), vec!["assumed-encoding"]));
}

#[test]
fn big5_is_suspected() {
    let bytes = BIG5.encode("姓名,金額,備註\n陳大文,一百元,測試這個編碼的問題\n").0.into_owned();
    assert_eq!(table(&bytes).1, ["maybe-big5"]);
}

#[test]
fn a_mixture_is_refused() {
    let mut bytes = "\u{FEFF}姓名,".as_bytes().to_vec();
    bytes.extend(GB18030.encode("金额").0.iter());
    assert_eq!(table(&bytes), (None, vec!["unknown-encoding"]));
}

#[test]
fn a_nul_is_no_text() {
    assert_eq!(table(b"a,\0b"), (None, vec!["binary-file"]));
    assert_eq!(utf8(b"a\0").1[0].code().name(), "binary-file");
}

#[test]
fn the_bad_spot_is_pointed_at() {
    let bytes = b"title = \"\xD4\xC6\xCF\xAA\"\n";
    let (text, problems) = utf8(bytes);
    assert_eq!(text, None);
    assert_eq!(problems[0].code().name(), "not-utf8");
    let Some(Place { at: At::Text { start, end }, .. }) = problems[0].place() else { panic!("no place") };
    assert_eq!(&decode_lossy_again(bytes)[start as usize..end as usize], "云");

    let (_, problems) = utf8(b"\xEF\xBB\xBFa = \"\xE4\xBA\x91\"\r\n\xFFb");
    let Some(Place { at: At::Text { start, end }, .. }) = problems[0].place() else { panic!("no place") };
    assert_eq!((start, end), (10, 13));
}

proptest! {
    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let (text, _) = table(&bytes);
        if let Some(text) = text {
            prop_assert_eq!(text, decode_lossy_again(&bytes));
        }
        let (_, problems) = utf8(&bytes);
        for problem in problems {
            if let Some(Place { at: At::Text { start, end }, .. }) = problem.place() {
                prop_assert!(decode_lossy_again(&bytes).get(start as usize..end as usize).is_some());
            }
        }
    }
}
