#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::NamePolicy::{Full, KeepEnds, KeepSurname};
use super::{mask, normalise_name};

#[test]
fn masks_by_policy() {
    // name, keep-ends, keep-surname
    let cases = [
        ("李明", "李*", "李*"),
        ("张晓明", "张*明", "张**"),
        ("张王晓明", "张**明", "张***"),
        ("欧阳娜", "欧阳*", "欧阳*"),
        ("欧阳娜娜", "欧阳*娜", "欧阳**"),
        ("司马", "司*", "司*"),
        ("买买提·艾克逊", "买**·**逊", "买**·***"),
        ("买买提•艾克逊", "买**·**逊", "买**·***"),
        ("阿·买", "阿·*", "阿·*"),
        ("李", "*", "*"),
        ("", "", ""),
        ("李　明", "李*", "李*"),
        (" 李 明 ", "李*", "李*"),
        ("张\u{200b}晓明", "张*明", "张**"),
        ("王氏", "王*", "王*"),
        ("张王氏", "张*氏", "张**"),
        ("张明（大）", "张*", "张*"),
        ("张晓明(户主)", "张*明", "张**"),
        ("张明（", "张*", "张*"),
        ("John Smith", "J*** ****h", "J*** *****"),
        ("John  Smith", "J*** ****h", "J*** *****"),
        ("John (大) Smith", "J*** ****h", "J*** *****"),
        ("J. Smith", "J·****h", "J·*****"),
        ("张明2", "张**", "张**"),
        ("张*明", "张*明", "张**"),
        ("𬍤䶮", "𬍤*", "𬍤*"),
        ("张𬍤喆", "张*喆", "张**"),
        ("张-明", "张**", "张**"),
        ("张、明", "张**", "张**"),
        ("欧阳/娜", "欧阳**", "欧阳**"),
        ("张-晓明", "张**明", "张***"),
        ("李1", "**", "**"),
        ("欧阳12", "欧***", "欧***"),
        ("Ƭ]娜", "Ƭ**", "Ƭ**"),
        ("张三13800138000", "张************", "张************"),
    ];
    for (name, ends, surname) in cases {
        assert_eq!(mask(name, KeepEnds).as_str(), ends, "{name}");
        assert_eq!(mask(name, KeepSurname).as_str(), surname, "{name}");
    }
    assert_eq!(mask("李　明", Full).to_string(), "李明");
    assert_eq!(mask("张明（大）", Full).to_string(), "张明（大）");
}

#[test]
fn one_name_has_one_spelling() {
    assert_eq!(normalise_name(" 李　明\u{200b} "), normalise_name("李明"));
    assert_eq!(normalise_name("John \t Smith"), "John Smith");
}

proptest! {
    #[test]
    fn something_is_always_hidden(name in "[\u{4e00}-\u{9fa5}]{1,6}") {
        for policy in [KeepEnds, KeepSurname] {
            let masked = mask(&name, policy);
            prop_assert!(masked.as_str().contains('*'));
            prop_assert_eq!(masked.as_str().chars().count(), name.chars().count());
        }
    }

    #[test]
    fn a_mask_is_masked_to_itself(name in "(欧阳|诸葛|司马)?[\u{4e00}-\u{9fa5}]{1,6}(·[\u{4e00}-\u{9fa5}]{1,4})?(（大）)?|[A-Z][a-z]{0,6}( [A-Z][a-z]{0,6})?") {
        for policy in [KeepEnds, KeepSurname, Full] {
            let masked = mask(&name, policy);
            prop_assert_eq!(&mask(masked.as_str(), policy), &masked);
        }
    }

    #[test]
    fn any_text_is_masked_to_itself_and_never_shown_whole(name in "\\PC{0,20}|(欧阳)?[张明晓欧阳a-c*.· （）()/、1-]{0,8}") {
        let letters = normalise_name(&name).chars().filter(|c| c.is_alphabetic()).count();
        for policy in [KeepEnds, KeepSurname] {
            let masked = mask(&name, policy);
            prop_assert_eq!(&mask(masked.as_str(), policy), &masked);
            let shown = masked.as_str().chars().filter(|c| c.is_alphabetic()).count();
            prop_assert!(letters == 0 || shown < letters || name.contains('*'), "{} is {}", name, masked);
        }
    }
}
