//! A number is found whatever stands around it.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{any_form, disguised, find, id_number};
use crate::privacy::Kind;

/// What can stand before and behind a number, whole or broken off.
fn surroundings() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "柳塘村",
        "低保金",
        "电话",
        "：",
        "，",
        "（",
        "）",
        "、",
        "abc",
        "x",
        "X",
        "http://a.example.org/",
        "2026-11-22",
        "500.00",
        "1",
        "12",
        "0009-3780000",
        "２０２６",
        "0.",
        "+86",
        "No.",
        "#",
        "\u{200b}",
        "\u{3000}",
        " ",
        "-",
        "·",
        "\n",
        "\r\n ",
        "\t",
        ",",
        "\"",
        "'",
        "|",
        "- ",
        "<b>",
        "</b>",
        "<span title=\"a",
        "\">",
        "<td>",
        "</td>",
        "<p class=\"a1\">",
        "<br>",
        "<!-- 注 -->",
        "<!--",
        "-->",
        "<",
        ">",
        "&nbsp;",
        "&#50;",
        "&#x",
        "&",
        "\\u0031",
        "\\n",
        "\\",
        "%31",
        "%E5%BC%A0",
        "%",
        "9f86d081884c7d659a2feaa0",
        "*",
        "_",
        "/",
        "=",
        "𝟒",
        "Ⅹ",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat()), "\\PC{0,24}",]
}

/// A card of a Chinese bank, of 16 or 19 digits.
fn card() -> impl Strategy<Value = String> {
    let prefixes = prop::sample::select(vec!["622848", "622202", "621700"]);
    (prefixes, prop::sample::select(vec![9_usize, 12]), any::<u64>()).prop_map(|(prefix, count, number)| {
        let body = format!("{prefix}{:0count$}", number % 10_u64.pow(u32::try_from(count).unwrap()));
        let sum: u32 = (body.bytes().rev().map(|digit| u32::from(digit - b'0')).enumerate())
            .map(|(index, value)| if index % 2 == 0 { value * 2 / 10 + value * 2 % 10 } else { value })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    })
}

fn number() -> impl Strategy<Value = (String, Kind)> {
    prop_oneof![
        id_number().prop_map(|number| (number, Kind::IdNumber)),
        card().prop_map(|number| (number, Kind::BankCard)),
        "1[3-9][0-9]{9}".prop_map(|number| (number, Kind::Phone)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        rng_seed: RngSeed::Fixed(11_643),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_planted_number_is_found_in_any_context(
        before in surroundings(),
        after in surroundings(),
        (number, kind) in number(),
        disguises in prop::collection::vec(0_u8..12, 19),
        form in any_form(),
    ) {
        let planted: String =
            number.chars().zip(&disguises).map(|(c, disguise)| disguised(c, *disguise, form)).collect();
        // Something that cannot be part of the number stands on both sides.
        let text = format!("{before}号，{planted}，号{after}");
        let start = before.len() + "号，".len();
        let own = start..start + planted.len();
        let is_own = |hit: &super::Hit| {
            hit.kind == kind && own.start <= hit.range.start && hit.range.end <= own.end
        };
        // What stands around it may be one too, such as the telephone in the list above.
        prop_assert!(find(&text, form).iter().any(is_own), "{:?} {:?}: {:?}", form, kind, text);
    }
}
