#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::TextFaultKind::{self, Broken, Label, Leftover, MaskedIdentifier};
use super::{find_faults, report};
use crate::diagnostics::{Excerpt, Excerpts, FileId, Language, Place, Problems, show};
use crate::privacy::{column_dropped, mask_private};

#[test]
fn finds_faults_with_their_words() {
    let cases: &[(&str, TextFaultKind, &str)] = &[
        ("名\u{fffd}单", Broken, "\u{fffd}"),
        ("张\u{e863}", Broken, "\u{e863}"),
        ("锟斤拷锟", Broken, "锟斤拷"),
        ("钉子户张某", Label, "钉子户"),
        ("长期缠访", Label, "缠访"),
        ("重点人员", Label, "重点人员"),
        ("20xx年度", Leftover, "20xx"),
        ("20XX年", Leftover, "20XX"),
        ("xx镇人民政府", Leftover, "xx"),
        ("XX村", Leftover, "XX"),
        ("×××同志", Leftover, "×××"),
        ("时间：待定", Leftover, "待定"),
        ("联系人：***", Leftover, "***"),
        ("经办人____", Leftover, "____"),
        ("__年__月", Leftover, "__"),
        ("TODO", Leftover, "TODO"),
        ("4405**********0014", MaskedIdentifier, "4405**********0014"),
        ("电话138****5678", MaskedIdentifier, "138****5678"),
        ("138xxxx5678", MaskedIdentifier, "138xxxx5678"),
        ("尾号****0014", MaskedIdentifier, "****0014"),
        ("440524********", MaskedIdentifier, "440524********"),
    ];
    for (text, kind, word) in cases {
        let faults = find_faults(text);
        let first = faults.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((first.kind, &text[first.range.clone()]), (*kind, *word), "{text}");
    }
}

#[test]
fn leaves_clean_text() {
    let clean = [
        "",
        "张*明",
        "李*",
        "张**",
        "张***",
        "买**·**逊",
        "2026年11月1日",
        "3×4=12",
        "500元×2人",
        "XXL号",
        "extra",
        "Max 20",
        "第_条",
        "snake_case",
        "大小为20x30",
        "1920x1080",
        "11010519491231002X",
        "**重点**工作",
        "客户子女",
        "methodology",
        "𬍤䶮",
        "确定",
        "待遇定期发放",
        "访问",
        "100%",
        "A*B*C",
        "*注",
        "* 注：",
        "①②",
    ];
    for text in clean {
        assert_eq!(find_faults(text), [], "{text}");
    }
}

#[test]
fn one_mistake_is_one_fault() {
    assert_eq!(find_faults("20xx年").len(), 1);
    assert_eq!(find_faults("20××年").len(), 1);
    assert_eq!(find_faults("钉子户、缠访").len(), 2);
}

struct Nowhere;

impl Excerpts for Nowhere {
    fn path(&self, _: FileId) -> String {
        "a.toml".to_owned()
    }
    fn excerpt(&self, _: Place) -> Option<Excerpt> {
        None
    }
    fn mask(&self, text: &str) -> String {
        mask_private(text).into_owned()
    }
}

fn reported(text: &str) -> Vec<String> {
    let mut problems = Problems::new();
    report(text, Place::file(FileId(0)), &mut problems);
    problems.into_sorted().iter().map(|d| show(d, Language::Chinese, &Nowhere).to_text(false)).collect()
}

#[test]
fn says_what_is_wrong_without_the_number() {
    let all = "钉子户\u{fffd}\u{fffd}20xx年138****5678身份证440524188001010014卡号6228480402564890018电话13800138000";
    let said = reported(all);
    assert_eq!(said.len(), 7, "{said:#?}");
    let text = said.join("\n");
    assert!(text.contains("18位") && text.contains("19位") && text.contains("“钉子户”"), "{text}");
    assert!(!text.contains("440524") && !text.contains("6228") && !text.contains("13800138000"), "{text}");
    assert!(!text.contains("private-content]: private-content"), "{text}");
    assert_eq!(reported("排查重点人员").len(), 1);
    // Which phones are published is known later.
    assert_eq!(reported("电话13800138000").len(), 1);
}

#[test]
fn every_code_has_its_words() {
    let place = Place::file(FileId(0));
    let mut problems = Problems::new();
    report("待定 锟斤拷 缠访 138****5678 440524188001010014", place, &mut problems);
    problems.add(column_dropped("身份证号", place));
    let list = problems.into_sorted();
    assert_eq!(list.len(), 6);
    for diagnostic in &list {
        for language in [Language::Chinese, Language::English] {
            let shown = show(diagnostic, language, &Nowhere);
            assert_ne!(shown.message, shown.code);
            assert!(shown.help.is_some(), "{}", shown.code);
            assert!(crate::diagnostics::explain(shown.code, language).is_some(), "{}", shown.code);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_checked(text in "([*_x×0-9张a]|待定|20xx|\\PC){0,40}") {
        for fault in find_faults(&text) {
            prop_assert!(text.get(fault.range).is_some_and(|word| !word.is_empty()));
        }
    }

    #[test]
    fn masked_names_are_no_faults(name in "[\u{4e00}-\u{9fa5}]{2,6}") {
        let masked = crate::privacy::mask(&name, crate::privacy::NamePolicy::KeepSurname);
        prop_assert!(find_faults(masked.as_str()).iter().all(|fault| fault.kind == Label));
    }
}
