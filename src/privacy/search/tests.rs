#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod cases;
mod contexts;

use proptest::prelude::*;

use super::{Form, Hit, Kind, Search};
use Form::{Csv, Html, Ics, Json, Markdown, Path, Text, Xml};
use Kind::IdNumber;
use cases::{HOSTILE, INNOCENT};

fn find(text: &str, form: Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    Search::default().find(text.as_bytes(), form, &mut hits);
    hits
}

#[test]
fn finds_every_disguise() {
    for (text, form, kinds) in HOSTILE {
        let found: Vec<Kind> = find(text, *form).iter().map(|hit| hit.kind).collect();
        assert_eq!(&found, kinds, "{form:?}: {text}");
    }
    assert!(HOSTILE.len() >= 80);
}

#[test]
fn passes_what_is_innocent() {
    for (text, form) in INNOCENT {
        assert_eq!(find(text, *form), [], "{form:?}: {text}");
    }
    assert!(INNOCENT.len() >= 80);
}

#[test]
fn a_hit_covers_its_digits() {
    let text = "卡 <b>440524</b>-18800101-0014。";
    let hit = find(text, Html).pop().unwrap();
    assert_eq!(&text[hit.range], "440524</b>-18800101-0014");
}

#[test]
fn published_phones_pass_in_any_spelling() {
    let search = Search::new(["0009-3780000转8001", "138 0013 8000", "值班室（010）61234567"]);
    let innocent = [
        "(0009)3780000",
        "00093780000",
        "0009 378 0000",
        "0009-3780000-12",
        "+8613800138000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86-10-61234567",
        "010 6123-4567",
        "+86 9 3780000",
    ];
    for text in innocent {
        let mut hits = Vec::new();
        search.find(text.as_bytes(), Text, &mut hits);
        assert_eq!(hits, [], "{text}");
    }
    for text in ["0009-3780001", "13800138001", "021-61234567", "0009-37800001"] {
        let mut hits = Vec::new();
        search.find(text.as_bytes(), Text, &mut hits);
        assert_eq!(hits.len(), 1, "{text}");
    }
}

#[test]
fn one_search_serves_all_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Search>();
}

#[test]
fn adds_to_the_hits_that_are_there() {
    let search = Search::default();
    let mut hits = Vec::new();
    search.find(b"13800138000", Text, &mut hits);
    search.find(b"13900139000", Text, &mut hits);
    assert_eq!(hits.len(), 2);
}

#[test]
fn what_stands_in_a_tag_between_two_digits_is_searched_too() {
    for text in [
        "1<a href=\"?440524188001010014\">2</a>",
        "1<!-- 440524188001010014 -->2",
        "1<b title='440524188001010014'><i lang='440524188001010014'>2",
        "1<!-- <b title=\"1<i title='440524188001010014'>2\"> -->2",
        "12345678901234567<!-- 440524188001010014 -->x",
        "44052418800<span title=\"13800138000\">1010014</span>",
    ] {
        let count = text.matches("440524188001010014").count().max(1);
        assert_eq!(find(text, Html).len(), count, "{text}");
        let masked = crate::privacy::mask_private(text);
        assert!(!masked.contains("4405") && !masked.contains("1380"), "{masked}");
    }
}

/// Tags that are not closed, each read with the percent signs undone and as they are: twice the time for each.
#[test]
fn tags_within_tags_take_no_time_that_doubles() {
    let text = "\u{1}0</b%0</b u0</b%0</j <a<u5</b>0</b%\u{1}0<b 10</b".repeat(40);
    for form in [Html, Xml, Markdown] {
        let start = std::time::Instant::now();
        find(&text, form);
        assert!(start.elapsed().as_secs() < 5, "{form:?}");
    }
}

#[test]
fn long_runs_are_searched_to_the_end() {
    let mut text = "9".repeat(10_000);
    text.push_str("440524188001010014");
    assert_eq!(find(&text, Text).len(), 1);
    let joined = vec!["440524188001010014"; 1_000].join("-");
    assert_eq!(find(&joined, Text).len(), 1_000);
    // The border of a piece is no border of a number.
    assert_eq!(find(&format!("{}13800138000", "2".repeat(4096)), Text), []);
}

#[test]
fn time_is_linear_in_the_input() {
    let slow = [
        "1<b>",
        "1<b ",
        "1<!--",
        "%31",
        "1%31 ",
        "&#49;",
        "1-",
        "62 ",
        "1(",
        "1\u{ad}",
        "\\u0031",
        "1 <b> ",
        "111122223333 ",
        "1<b%1<b title=",
        "0</b%0</b u5</b>",
        "1<!--%1<!-- 12345 -->",
    ];
    for piece in slow {
        let text = piece.repeat(400_000 / piece.len());
        for form in [Html, Json, Text, Ics] {
            let start = std::time::Instant::now();
            find(&text, form);
            // Some 0.1 s at most; three and more where every place looks at all that follow.
            assert!(start.elapsed().as_secs() < 2, "{piece:?} {form:?}");
        }
    }
}

/// Any valid ID number.
fn id_number() -> impl Strategy<Value = String> {
    let provinces = prop::sample::select(vec![11, 21, 37, 44, 53, 65, 71, 82]);
    (provinces, 0..10_000_u32, 1850..2100_u32, 1..=12_u32, 1..=28_u32, 0..1000_u32).prop_map(
        |(province, region, year, month, day, number)| {
            let body = format!("{province}{region:04}{year}{month:02}{day:02}{number:03}");
            // The check makes the weighted sum one, modulo eleven; weights are powers of two.
            let sum = body.chars().fold(0, |sum, c| (sum + c.to_digit(10).unwrap()) * 2 % 11);
            let check = (12 - sum) % 11;
            format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
        },
    )
}

/// One character in a disguise that a person does not see.
fn disguised(c: char, disguise: u8, form: Form) -> String {
    let code = u32::from(c);
    match (disguise, form) {
        (0, _) => char::from_u32(code + 0xfee0).unwrap().to_string(),
        (1, Html | Xml | Markdown) => format!("&#{code};"),
        (2, Html | Xml | Markdown) => format!("&#x{code:x};"),
        (3, Html | Xml | Markdown) => format!("<b>{c}</b>"),
        (4, Html | Xml | Markdown) => format!("{c}<span a=\"b\">"),
        (1..=4, Json) => format!("\\u{code:04x}"),
        (1..=4, Ics) => format!("{c}\r\n "),
        (1..=4, Path) => format!("%{code:02X}"),
        (5, _) => format!("{c}\u{200b}"),
        _ => c.to_string(),
    }
}

fn any_form() -> impl Strategy<Value = Form> {
    prop::sample::select(vec![Html, Xml, Json, Csv, Ics, Text, Markdown, Path])
}

#[test]
fn what_looks_like_a_phone_before_its_percent_signs_are_undone_is_an_id_number() {
    let hits = find("１141-1318-5001-010%30-09", Path);
    assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [IdNumber]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_id_number_is_found_in_any_disguise(
        id in id_number(),
        disguises in prop::collection::vec(0_u8..12, 18),
        gaps in prop::sample::select(vec![vec![], vec![6, 14], vec![6], vec![14], vec![4, 8, 12, 16], vec![9]]),
        gap in prop::sample::select(vec![" ", "-", "\u{3000}", "·", "–"]),
        form in any_form(),
    ) {
        let mut text = "姓名：张三，".to_owned();
        for (index, (c, disguise)) in id.chars().zip(&disguises).enumerate() {
            if gaps.contains(&index) {
                text.push_str(gap);
            }
            text.push_str(&disguised(c, *disguise, form));
        }
        text.push_str("，男");
        let hits = find(&text, form);
        prop_assert_eq!(hits.len(), 1, "{}", text);
        prop_assert_eq!(hits[0].kind, IdNumber);
        // A fold is no part of the lines that are shown to the clerk.
        if form != Ics {
            let masked = crate::privacy::mask_private(&text);
            prop_assert!(!masked.contains(char::is_numeric), "{} {}", text, masked);
        }
    }

    #[test]
    fn any_mobile_is_found(number in "1[3-9][0-9]{9}", before in "[^0-9０-９]{0,3}", form in any_form()) {
        prop_assume!(!before.contains(['%', '\\', '&', '<', '+', '-', '.']) && !before.chars().any(char::is_numeric));
        let text = format!("{before}{number}人");
        prop_assert_eq!(find(&text, form).len(), 1, "{}", text);
    }

    #[test]
    fn any_input_gives_ranges_within_it(text in "([0-9０-９Xx%&#;<>/b\\\\u(){}+ .\\-\r\n\u{200b}]|[1-9]{4}|138|62|\\PC){0,80}", form in any_form()) {
        let hits = find(&text, form);
        for hit in &hits {
            prop_assert!(text.get(hit.range.clone()).is_some());
        }
        prop_assert!(hits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    }

    #[test]
    fn any_bytes_are_searched(bytes in prop::collection::vec(any::<u8>(), 0..200), form in any_form()) {
        let mut hits = Vec::new();
        Search::default().find(&bytes, form, &mut hits);
        prop_assert!(hits.iter().all(|hit| bytes.get(hit.range.clone()).is_some()));
    }
}

/// Run with `cargo test --release search_speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
#[allow(clippy::print_stdout)]
fn search_speed() {
    use std::fmt::Write;

    let mut table = String::new();
    let mut prose = String::new();
    for row in 0_u32.. {
        let (yuan, group) = (row * 7919 % 90_000, ["一组", "二组", "老屋组"][row as usize % 3]);
        writeln!(
            table,
            "<tr>\n<td class=\"num\">{row}</td><td>张*明</td><td>柳塘村{group}</td><td>高龄津贴</td>\
             <td class=\"num\">{yuan}.00</td><td class=\"num\">{},{:03}.50</td><td>2026-11-{:02}</td></tr>",
            row % 90,
            yuan % 1000,
            row % 28 + 1
        )
        .unwrap();
        writeln!(
            prose,
            "<p>根据《云溪镇帮扶办法》（云镇帮扶〔2026〕{}号）的规定，经村民代表会议评议、镇人民政府审核，现将拟确认名单予以公示，\
             公示期自2026年11月1日至7日，联系电话：<a href=\"tel:0009-3780000\">0009-3780000</a>。</p>",
            row % 300
        )
        .unwrap();
        if table.len() > 5_000_000 {
            break;
        }
    }
    let search = Search::new(["0009-3780000"]);
    for (name, page) in [("table", &table), ("prose", &prose)] {
        let mut hits = Vec::new();
        let start = std::time::Instant::now();
        for _ in 0..50_000_000 / page.len() {
            search.find(page.as_bytes(), Html, &mut hits);
        }
        let megabytes = (50_000_000 / page.len() * page.len()) as f64 / 1e6;
        println!("{name}: {:.0} MB/s", megabytes / start.elapsed().as_secs_f64());
        assert_eq!(hits, []);
    }
}
