//! Lists over several pages.

use super::boards::{about, names_in, print, rows, sheet, with_list};
use super::paper::{Paper, assert_within, joined};
use crate::harness::Board;

const TITLE: &str = "临时救助拟确认名单公示";

/// Asserts what holds for every sheet of a list of `count` rows; gives the number of its pages.
#[track_caller]
fn assert_sound(paper: &Paper, title: &str, count: usize) -> usize {
    let pages: Vec<String> = paper.pages().iter().map(|page| joined(page)).collect();
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("第{}页共{}页", index + 1, pages.len())), "{count} rows: {page}");
        assert!(page.contains("姓名村组标准"), "{count} rows, page {}: {page}", index + 1);
        assert_eq!(page.contains(&format!("续表：{title}")), index > 0, "{count} rows: {page}");
        for number in 1..=count {
            let (start, end) =
                (page.contains(&format!("首{number}中")), page.contains(&format!("尾{number}完")));
            assert!(number % 4 != 0 || start == end, "row {number} of {count} is broken: {page}");
        }
    }
    let last = pages.last().unwrap();
    for number in count.saturating_sub(1).max(1)..=count {
        assert!(
            last.contains(&format!("首{number}")),
            "row {number} of {count} is not with the total: {last}"
        );
    }
    let total = format!("合计：{count}笔");
    assert_eq!(pages.iter().filter(|page| page.contains(&total)).count(), 1, "{count} rows");
    for text in [total.as_str(), "云溪镇人民政府2026年11月18日", "（盖章）"] {
        assert!(last.contains(text), "{count} rows: {text} is not on the last page: {last}");
    }
    pages.len()
}

#[test]
fn three_hundred_rows_have_heads_and_numbers_on_every_page() {
    let board = with_list(300);
    let _ = board.build_with_sheets().exits(0);
    let paper = sheet(&board, "sheets/subsidy-a.pdf");
    let pages = assert_sound(&paper, TITLE, 300);
    assert!(pages > 8, "{pages}");
    assert_within("300 rows", &paper);
    // Every row once, in order.
    let text = paper.text();
    let mut at = 0;
    for number in 1..=300 {
        at += text[at..].find(&format!("首{number}")).unwrap_or_else(|| panic!("row {number} is missing"));
    }
    assert!(paper.structure().matches("TBody").count() == 1);
}

#[test]
fn no_page_holds_a_signature_alone() {
    let numbers: Vec<usize> = (1..=60).collect();
    let board = numbers.iter().fold(Board::small(), |board, count| {
        let name = format!("n{count}");
        board
            .with(&format!("subsidies/{name}.toml"), about(&name, &format!("{TITLE}第{count}批")))
            .with(&format!("subsidies/{name}.csv"), rows(*count))
    });
    let out = print(&board, &[".", "--sheet", "subsidy"]);
    assert_eq!(names_in(&out).len(), numbers.len());
    let mut pages = Vec::new();
    for count in numbers {
        let paper = Paper::at(out.join(format!("云溪镇-subsidy-n{count}.pdf")));
        pages.push(assert_sound(&paper, &format!("{TITLE}第{count}批"), count));
        if count % 7 == 0 {
            assert_within(&format!("{count} rows"), &paper);
        }
    }
    // More rows never need fewer pages, and the counts cross the end of a page more than once.
    assert!(pages.is_sorted(), "{pages:?}");
    assert!(pages.first() == Some(&1) && pages.last() >= Some(&3), "{pages:?}");
}

#[test]
fn two_thousand_rows_are_printed() {
    let board = with_list(2000);
    let out = print(&board, &[".", "--sheet", "subsidy"]);
    let paper = Paper::at(out.join("云溪镇-subsidy-a.pdf"));
    let pages = paper.pages();
    assert!(pages.len() > 60, "{}", pages.len());
    let last = joined(pages.last().unwrap());
    assert!(last.contains("首2000") && last.contains("合计：2000笔") && last.contains("40,000.00"), "{last}");
}

#[test]
fn what_is_copied_from_a_sheet_has_no_blanks_put_in() {
    let table = "姓名,金额,备注\n李一山,190.00,95元/亩\n钱二水,190.00,2026年11月\n孙三木,190.00,3G网络A座\n";
    let board = with_list(1).with("subsidies/a.csv", table);
    let out = print(&board, &[".", "--sheet", "subsidy"]);
    let paper = Paper::at(out.join("云溪镇-subsidy-a.pdf"));
    for text in [paper.text(), paper.layout()] {
        for part in ["95元/亩", "2026年11月\n", "3G网络A座", "2026年11月18日至11月24日公示，共7天"]
        {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
