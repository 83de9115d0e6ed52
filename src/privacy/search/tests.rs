#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::{Form, Hit, Kind, Search};
use Form::{Csv, Html, Ics, Json, Markdown, Path, Text, Xml};
use Kind::{BankCard, IdNumber, Phone};

fn find(text: &str, form: Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    Search::default().find(text.as_bytes(), form, &mut hits);
    hits
}

/// Input, its form, the kinds to be found in order.
const HOSTILE: &[(&str, Form, &[Kind])] = &[
    // ID numbers, plain
    ("11010519491231002X", Text, &[IdNumber]),
    ("11010519491231002x", Text, &[IdNumber]),
    ("440524188001010014", Text, &[IdNumber]),
    ("张三440524188001010014男", Text, &[IdNumber]),
    ("id=440524188001010014;", Text, &[IdNumber]),
    ("a3440524188001010014f", Text, &[IdNumber]),
    ("44052418800101001443", Text, &[IdNumber]),
    ("0011010519491231002Xabc", Text, &[IdNumber]),
    ("9f86d081884c7d659a2feaa0440524188001010014f00822cd15d6c15b0f00a08", Text, &[IdNumber]),
    ("440524188001010014440524188001010014", Text, &[IdNumber, IdNumber]),
    ("440524188001010014,11010519491231002X", Csv, &[IdNumber, IdNumber]),
    ("440524188001010014\n11010519491231002X", Text, &[IdNumber, IdNumber]),
    ("\"440524188001010014\"", Csv, &[IdNumber]),
    // disguised
    ("４４０５２４１８８００１０１００１４", Text, &[IdNumber]),
    ("1101051949123100２Ｘ", Text, &[IdNumber]),
    ("440524 18800101 0014", Text, &[IdNumber]),
    ("440524-18800101-0014", Text, &[IdNumber]),
    ("440524·18800101·0014", Text, &[IdNumber]),
    ("440524.18800101.0014", Text, &[IdNumber]),
    ("440524－18800101—0014", Text, &[IdNumber]),
    ("440524\u{3000}18800101\u{a0}0014", Text, &[IdNumber]),
    ("440524 1880 01 01 0014", Text, &[IdNumber]),
    ("440 524 1880 0101 0014", Text, &[IdNumber]),
    ("4405 2418 8001 0100 14", Text, &[IdNumber]),
    ("440-524-188-001-010-014", Text, &[IdNumber]),
    ("4 4 0 5 2 4 1 8 8 0 0 1 0 1 0 0 1 4", Text, &[IdNumber]),
    ("110105 19491231 002 X", Text, &[IdNumber]),
    ("11010519491231002-X", Text, &[IdNumber]),
    ("4405241880 01010014", Text, &[IdNumber]),
    ("440524\u{200b}188001\u{feff}010014", Text, &[IdNumber]),
    ("4405\u{ad}24188001010014", Text, &[IdNumber]),
    ("𝟒𝟒𝟎𝟓𝟐𝟒𝟏𝟖𝟖𝟎𝟎𝟏𝟎𝟏𝟎𝟎𝟏𝟒", Text, &[IdNumber]),
    // in HTML
    ("<td>440524188001010014</td>", Html, &[IdNumber]),
    ("440524<b>18800101</b>0014", Html, &[IdNumber]),
    ("440524<span class=\"x\" title='a>b'>18800101</span>0014", Html, &[IdNumber]),
    ("440524<wbr>18800101<WBR/>0014", Html, &[IdNumber]),
    ("440524<!-- 1 -->188001010014", Html, &[IdNumber]),
    ("44052418800101&nbsp;0014", Html, &[IdNumber]),
    ("440524&#49;88001010014", Html, &[IdNumber]),
    ("&#52;&#x34;0524188001010014", Html, &[IdNumber]),
    ("&#52&#52&#48;524188001010014", Html, &[IdNumber]),
    ("440524&#65297;88001010014", Html, &[IdNumber]),
    ("440524&zwnj;188001&shy;010014", Html, &[IdNumber]),
    ("440524   18800101\t0014", Html, &[IdNumber]),
    ("<!-- 440524188001010014 -->", Html, &[IdNumber]),
    ("<p data-id=\"440524188001010014\">", Html, &[IdNumber]),
    ("<script>var a='440524188001010014'</script>", Html, &[IdNumber]),
    ("<a href=\"?q=440524%3188001010014\">", Html, &[IdNumber]),
    ("<text>440524<tspan>18800101</tspan>0014</text>", Xml, &[IdNumber]),
    ("<w:t>440524</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>188001010014</w:t>", Xml, &[IdNumber]),
    ("**440524188001010014**", Markdown, &[IdNumber]),
    ("440524<b>188001010014</b>", Markdown, &[IdNumber]),
    // in other forms
    (r#"{"a":"\u0034\u003405\u0032\u00341880\u00301010014"}"#, Json, &[IdNumber]),
    (r#"{"a":"\u5f20440524188001010014"}"#, Json, &[IdNumber]),
    ("DESCRIPTION:440524188\r\n 001010014", Ics, &[IdNumber]),
    ("DESCRIPTION:440524188\n\t001010014", Ics, &[IdNumber]),
    ("files/440524188001010014.jpg", Path, &[IdNumber]),
    ("files/%34405241880%30101001%34.jpg", Path, &[IdNumber]),
    ("files/%EF%BC%94%EF%BC%94%EF%BC%90524188001010014.jpg", Path, &[IdNumber]),
    ("files/%E5%BC%A0440524188001010014", Path, &[IdNumber]),
    // by label
    ("身份证号：440524880101001", Text, &[IdNumber]),
    ("身份证(440524880101001)", Text, &[IdNumber]),
    ("ID No. 440524880101001", Text, &[IdNumber]),
    ("身份证号码 440524 880101 001", Text, &[IdNumber]),
    ("公民身份号码：440524188001010015", Text, &[IdNumber]),
    ("身份证：11010519491231002 1", Text, &[IdNumber]),
    ("证件号码:123456789012345678", Text, &[IdNumber]),
    ("残疾人证号 44052418800101001543", Text, &[IdNumber]),
    ("<th>身份证号</th><td class=\"n\">440524880101001</td>", Html, &[IdNumber]),
    (r#"{"id_number": "440524880101001"}"#, Json, &[IdNumber]),
    ("身<b>份</b>证&#21495;：440524880101001", Html, &[IdNumber]),
    // cards
    ("6228480402564890018", Text, &[BankCard]),
    ("6228 4804 0256 4890 018", Text, &[BankCard]),
    ("6228-4804-0256-4890-018", Text, &[BankCard]),
    ("622848 0402564890018", Text, &[BankCard]),
    ("卡：6228480402564890018 2026-11-01", Text, &[BankCard]),
    ("6228 4804 0256 4890 018 2026", Text, &[BankCard]),
    ("<td>62284804<i>0256</i>4890018</td>", Html, &[BankCard]),
    ("６２２８４８０４０２５６４８９００１８", Text, &[BankCard]),
    ("账号：80020000012345678", Text, &[BankCard]),
    ("一卡通 801234567890123", Text, &[BankCard]),
    ("开户行账号（农商行）8100 1234 5678 9012 34", Text, &[BankCard]),
    ("bank account: 123456789012", Text, &[BankCard]),
    ("身份证440524188001010014卡号6228480402564890018", Text, &[IdNumber, BankCard]),
    // phones
    ("13800138000", Text, &[Phone]),
    ("电话13800138000找我", Text, &[Phone]),
    ("Tel13800138000x", Text, &[Phone]),
    ("138 0013 8000", Text, &[Phone]),
    ("138-0013-8000", Text, &[Phone]),
    ("138.0013.8000", Text, &[Phone]),
    ("138 00138000", Text, &[Phone]),
    ("1380013-8000", Text, &[Phone]),
    ("１３８００１３８０００", Text, &[Phone]),
    ("+8613800138000", Text, &[Phone]),
    ("+86 138 0013 8000", Text, &[Phone]),
    ("86-13800138000", Text, &[Phone]),
    ("008613800138000", Text, &[Phone]),
    ("0086 138-0013-8000", Text, &[Phone]),
    ("013800138000", Text, &[Phone]),
    ("0009-3780000", Text, &[Phone]),
    ("00093780000", Text, &[Phone]),
    ("0009 3780000", Text, &[Phone]),
    ("(0009)3780000", Text, &[Phone]),
    ("(0009) 378 0000", Text, &[Phone]),
    ("（0009）3780000", Text, &[Phone]),
    ("（0009）-3780000", Text, &[Phone]),
    ("0009－３７８００００", Text, &[Phone]),
    ("0009-3780000-8001", Text, &[Phone]),
    ("0009-3780000转8001", Text, &[Phone]),
    ("010-61234567", Text, &[Phone]),
    ("010 6123 4567", Text, &[Phone]),
    ("0755-26123456", Text, &[Phone]),
    ("+86-10-61234567", Text, &[Phone]),
    ("+86 10 6123 4567", Text, &[Phone]),
    ("+86 (0009) 3780000", Text, &[Phone]),
    ("13800138000、13900139000", Text, &[Phone, Phone]),
    ("13800138000 13900139000", Text, &[Phone, Phone]),
    ("13800138000/13900139000", Text, &[Phone, Phone]),
    ("*13800138000*", Markdown, &[Phone]),
    ("1.13800138000", Text, &[Phone]),
    ("1,13800138000,2", Csv, &[Phone]),
    ("138<b>0013</b>8000", Html, &[Phone]),
    ("138&#8203;&nbsp;0013&nbsp;8000", Html, &[Phone]),
    ("<a href=\"tel:138-0013-8000\">", Html, &[Phone]),
    ("<a href=\"tel:%2B8613800138000\">", Html, &[Phone]),
    ("<a href=\"files/138%200013%208000.pdf\">", Html, &[Phone]),
    ("占比50%13800138000", Text, &[Phone]),
    ("%E5%BC%A913800138000.pdf", Path, &[Phone]),
    ("TEL:1380\r\n 0138000", Ics, &[Phone]),
    (r#""\u5f2013800138000""#, Json, &[Phone]),
    ("2026-11-01 13800138000", Text, &[Phone]),
    ("2026-11-01 138 0013 8000", Text, &[Phone]),
];

/// Input in which nothing is to be found, and its form.
const INNOCENT: &[(&str, Form)] = &[
    ("", Text),
    ("云政发〔2026〕31号", Text),
    ("2026-11-01", Text),
    ("20261101", Text),
    ("2026-11-01 2026-11-07", Text),
    ("2026-11-01至2026-11-07", Text),
    ("2026.11.01-2026.11.07", Text),
    ("2026-11-01 08:30-11:30", Text),
    ("0830-1130 1430-1730", Text),
    ("办公时间0830-1130 1430-1730", Text),
    ("0000000016 00000 n\n0009123456 00000 n", Text),
    ("凭身份证领取，联系电话3780000，2026-11-01 2026-11-07", Text),
    ("20261101T083000", Ics),
    ("DTSTART;TZID=Asia/Shanghai:20261101T083000\r\nDTEND:20261101T113000", Ics),
    ("20261101083000", Text),
    ("2026-11-01T08:30:00.000000000+08:00", Text),
    ("1,234,567.00", Text),
    ("13,800,138,000.00", Text),
    ("1025.00 1025.00 36900.00", Text),
    ("440524001002", Text),
    ("440524", Text),
    ("440524001002 440524001003", Text),
    ("91440524MA4UXXXX1B", Text),
    ("54440524MF12345678", Text),
    ("12345", Text),
    ("110 120 119", Text),
    ("12345 12316 12388", Text),
    ("400-800-1234", Text),
    ("4008001234", Text),
    ("800-810-1234", Text),
    ("95588", Text),
    ("3780000", Text),
    ("3780000/3780001", Text),
    ("37800001 37800002", Text),
    ("邮编515041", Text),
    ("138****8000", Text),
    ("4405**********0014", Text),
    ("440524********0014", Text),
    ("138,0013,8000", Csv),
    ("440524,18800101,0014", Csv),
    ("440524*188001010014", Text),
    // wrong by one rule each
    ("440524188001010015", Text),
    ("990524188001010014", Text),
    ("440524188013010014", Text),
    ("440524880101001", Text),
    ("6228480402564890019", Text),
    ("7228480402564890017", Text),
    ("80020000012345678", Text),
    ("12800138000", Text),
    ("138001380001", Text),
    ("1380013800", Text),
    ("0262-1234567", Text),
    ("026-12345678", Text),
    ("0009-378000", Text),
    // cells, items, lines
    ("<td>440524</td><td>18800101</td><td>0014</td>", Html),
    ("<li>138</li><li>0013</li><li>8000</li>", Html),
    ("440524<br>188001010014", Html),
    ("<p>440524</p><p>188001010014</p>", Html),
    ("<div>1380013</div>8000", Html),
    ("440524\n188001010014", Text),
    ("440524\n188001010014", Html),
    ("440524\t188001010014", Text),
    ("440524  188001010014", Text),
    ("138\r\n0013\r\n8000", Text),
    ("[440524,188001010014]", Json),
    (r#""440524\n188001010014""#, Json),
    ("X:440524\r\n188001010014", Ics),
    ("<c><v>138</v></c><c><v>00138000</v></c>", Xml),
    ("<w:p><w:t>440524</w:t></w:p><w:p><w:t>188001010014</w:t></w:p>", Xml),
    // digests, identifiers, drawings
    ("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Text),
    ("a13800138000bcdef0123456789abcdef0123456789abcdef0123456789abcde", Text),
    ("550e8400-e29b-41d4-a716-013800138000", Text),
    ("d=\"M12.5 3.25L13.75 4.50 138.1234 567.12\"", Html),
    ("M138.1234 5678.5 10-3", Xml),
    ("<svg viewBox=\"0 0 1024 768\"><path d=\"M130 250h1v1h-1zM138 1234v1\"/></svg>", Html),
    ("0.13800138000", Json),
    ("0.6228480402564890018", Json),
    ("[0.15915494309189535, 95.50]", Json),
    ("138 0013 8000.50", Text),
    ("#1380013", Html),
    ("rgba(13,80,138,0.5)", Html),
    ("v1.2.3-20261101.1", Text),
    ("12345678-1234", Text),
    ("1 010 20261101 500.00", Text),
    ("2024 2025 2026 2027", Text),
    ("1301 1302 1303 1304", Text),
    ("一卡通发放 2026-11-01 2026-11-30", Text),
    ("一卡通批次20261101083000", Text),
    ("身份证号须填写，2026-11-01起受理", Text),
    ("身份证 12345", Text),
    ("身份证上的名字与户口簿上的名字应当一致的人 440524880101001", Text),
    ("&#20113;&#28330;&#38215;&#25919;&#21153;&#26449;&#21153;", Html),
    (r#""\u4e91\u6eaa\u9547\u653f\u52a1\u6751\u52a1\u516c\u5f00\u680f""#, Json),
    ("%E4%BA%91%E6%BA%AA%E9%95%87%E6%94%BF%E5%8A%A1%E6%9D%91%E5%8A%A1", Path),
    ("liutang/subsidies/2026-teku/index.html", Path),
    ("width:100%;height:50%", Html),
    ("1/13800138", Text),
    ("第1380号 第0138号", Text),
    ("ISBN 978-7-5000-1234-5", Text),
    ("116.404124,39.915123", Text),
];

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
