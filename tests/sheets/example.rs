//! The sheets of the example board.

use super::boards::{example, page, sheet, sheets_of};
use super::paper::{assert_within, joined};

/// A sheet of each kind, with texts that it holds in this order.
const KINDS: [(&str, &[&str]); 12] = [
    (
        "liutang/sheets/contacts.pdf",
        &["柳塘村公示栏", "联系牌", "有事请打下面的电话", "秦牧云", "0009-3780203"],
    ),
    ("liutang/sheets/cards.pdf", &["柳塘村联系卡", "秦牧云"]),
    ("liutang/sheets/reception-month.pdf", &["2026年11月接访日", "星期一", "星期日"]),
    ("liutang/sheets/reception-year.pdf", &["柳塘村2026年接访安排", "随到随接，不用预约", "08:30-11:30"]),
    (
        "sheets/subsidy-2026-teku-q4.pdf",
        &[
            "云溪镇公示栏",
            "2026年第四季度特困人员救助供养拟确认名单公示",
            "2026年11月18日至11月24日公示，共7天",
            "0009-3780012",
            "gongkai.example.org/yunxi/subsidies/2026-teku-q4/",
            "序号姓名村组",
            "熊*财",
            "余*林",
            "合计：10笔",
            "30,600.00",
            "1,020.00×3=3,060.00",
            "云溪镇人民政府2026年11月18日（盖章）",
            "第1页共1页",
        ],
    ),
    ("sheets/result-2026-q3-xuncha.pdf", &["2026年第三季度村庄巡查总评", "名次", "并列"]),
    ("sheets/result-2026-manyidu.pdf", &["满意度", "名次", "很满意"]),
    ("sheets/result-2026-zhenggai.pdf", &["办理进度", "编号"]),
    ("liutang/sheets/notice-2026-11-tingshui.pdf", &["柳塘村", "—1—"]),
    ("liutang/sheets/large-2026-11-tingshui.pdf", &["柳塘村公示栏"]),
    ("sheets/form-laifang-dengji.pdf", &["云溪镇公示栏", "表格"]),
    ("sheets/bulletin.pdf", &["云溪镇公示栏", "2026年11月22日星期日"]),
];

#[test]
fn every_kind_has_its_text_in_order() {
    for (path, texts) in KINDS {
        let said = joined(&sheet(example(), path).text());
        let mut rest = said.as_str();
        for text in texts {
            let at =
                rest.find(text).unwrap_or_else(|| panic!("{path}: {text} is not in what follows: {rest}"));
            rest = &rest[at + text.len()..];
        }
    }
}

#[test]
fn every_sheet_is_tagged_and_has_a_title_and_a_language() {
    let board = example();
    let all = sheets_of(board);
    assert!(all.len() > 100, "{}", all.len());
    for path in &all {
        let info = sheet(board, path).info();
        assert_eq!(info["Tagged"], "yes", "{path}");
        assert!(info["Title"].chars().count() > 4, "{path}: {}", info["Title"]);
        assert_eq!(info["Author"], "云溪镇人民政府", "{path}");
        let bytes = std::fs::read(board.public().join(path)).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(has("/Lang(zh-CN)") && has("<pdfuaid:part>1</pdfuaid:part>"), "{path}");
        // The same sheet is the same bytes on any day.
        assert!(!has("/CreationDate") && !has("/ModDate"), "{path}");
    }
}

#[test]
fn heads_of_columns_are_heads_for_readers_aloud_too() {
    for (path, columns) in [("sheets/subsidy-2026-teku-q4.pdf", 7), ("liutang/sheets/reception-month.pdf", 7)]
    {
        let structure = sheet(example(), path).structure();
        assert_eq!(structure.matches("TH <").count(), columns, "{path}: {structure}");
        assert_eq!(structure.matches("/Scope /Column").count(), columns, "{path}");
        assert!(structure.contains("H1"), "{path}");
    }
    // What is set in columns to look at is no table.
    for path in ["sheets/bulletin.pdf", "sheets/contacts.pdf", "sheets/cards.pdf"] {
        assert!(!sheet(example(), path).structure().contains("Table"), "{path}");
    }
}

#[test]
fn a_poster_is_one_page() {
    for path in sheets_of(example()).iter().filter(|path| path.ends_with("/bulletin.pdf")) {
        assert_eq!(sheet(example(), path).info()["Pages"], "1", "{path}");
    }
}

#[test]
fn no_word_of_any_sheet_runs_out_of_its_page_or_covers_another() {
    for path in sheets_of(example()) {
        assert_within(&path, &sheet(example(), &path));
    }
}

#[test]
fn a_code_leads_to_the_page_whose_number_the_sheet_bears() {
    let board = example();
    let mut numbered = 0;
    for path in [
        "sheets/subsidy-2026-teku-q4.pdf",
        "sheets/result-2026-q3-xuncha.pdf",
        "sheets/notice-2026-11-weixu.pdf",
        "sheets/large-2026-11-weixu.pdf",
        "sheets/form-laifang-dengji.pdf",
        "liutang/sheets/contacts.pdf",
        "liutang/sheets/cards.pdf",
        "liutang/sheets/reception-month.pdf",
        "liutang/sheets/reception-year.pdf",
        "liutang/sheets/bulletin.pdf",
        "liutang/sheets/posting.pdf",
    ] {
        let paper = sheet(board, path);
        let codes = paper.codes(1);
        let Some(first) = codes.first() else { panic!("{path} has no code") };
        assert!(codes.iter().all(|code| code == first), "{path}: {codes:?}");
        let folder = first.strip_prefix("https://gongkai.example.org/yunxi/").unwrap();
        let html = page(board, &format!("{folder}index.html"));
        let text = joined(&paper.text());
        if let Some((_, after)) = text.split_once("数据编号：") {
            let number: String = after.chars().take(9).collect();
            assert!(html.contains(&number), "{number} of {path} is not on {folder}");
            numbered += 1;
        }
    }
    assert_eq!(numbered, 9);
}

#[test]
fn pages_link_their_sheets_and_without_sheets_there_are_neither() {
    let board = example();
    for (page_path, link) in [
        ("subsidies/2026-teku-q4/index.html", "../sheets/subsidy-2026-teku-q4.pdf"),
        ("liutang/contacts/index.html", "../liutang/sheets/cards.pdf"),
        ("liutang/index.html", "../liutang/sheets/bulletin.pdf"),
        ("notices/laifang-dengji/index.html", "../sheets/form-laifang-dengji.pdf"),
    ] {
        assert!(page(board, page_path).contains(&format!("{link}\"")), "{page_path}");
    }
    // Every link to a sheet leads to one.
    for (path, bytes) in board.published().iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for link in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            if link.contains("sheets/") && link.ends_with(".pdf") && link.starts_with("../") {
                let target = board.public().join(path).parent().unwrap().join(link);
                assert!(target.is_file(), "{path} links {link}");
            }
        }
    }
    let without = crate::harness::Board::small();
    let _ = without.build().exits(0);
    let published = without.published();
    assert!(published.keys().all(|path| !path.ends_with(".pdf")));
    assert!(published.values().all(|bytes| !String::from_utf8_lossy(bytes).contains(".pdf")));
}

#[test]
fn lists_that_begin_later_or_were_withdrawn_have_no_sheet() {
    let board = example();
    let sheets = sheets_of(board);
    let (mut upcoming, mut withdrawn) = (0, 0);
    for (path, bytes) in board.published() {
        let Some(folder) = path.strip_suffix("/data.json").filter(|folder| folder.contains("subsidies/"))
        else {
            continue;
        };
        let data: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let hidden = match data["state"].as_str().unwrap() {
            "upcoming" => &mut upcoming,
            "withdrawn" | "superseded" => &mut withdrawn,
            _ => continue,
        };
        *hidden += 1;
        let (area, name) = folder.split_once("subsidies/").unwrap();
        let sheet = format!("{area}sheets/subsidy-{name}.pdf");
        assert!(!sheets.contains(&sheet), "{sheet}");
        assert!(!page(board, &format!("{folder}/index.html")).contains(".pdf"), "{folder}");
        assert!(!page(board, "manifest.json").contains(&sheet));
    }
    assert!(upcoming > 0 && withdrawn > 0, "{upcoming} {withdrawn}");
}
