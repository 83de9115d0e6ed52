//! Content that is sound and hard to set, and faults of what sheets are made with.

use std::fs;

use super::boards::{about, names_in, print, rows, with_list};
use super::paper::{MM, Paper, assert_within, joined};
use crate::harness::{Board, DAY, expected};

/// All sheets of the root area, each within its paper.
#[track_caller]
fn printed(board: &Board) -> std::path::PathBuf {
    let out = print(board, &["."]);
    for name in names_in(&out) {
        assert_within(&name, &Paper::at(out.join(&name)));
    }
    out
}

#[test]
fn a_long_position_stays_on_its_card() {
    let position = "县委派驻乡村振兴指导工作组成员兼村党支部第一书记兼驻村工作队队长兼河长兼路长兼林长兼校外辅导员兼安全生产专管员代理";
    assert_eq!(position.chars().count(), 57);
    let position = format!("{position}等三职");
    let board = Board::small().replacing("contacts.toml", "副书记", &position).replacing(
        "contacts.toml",
        "群众工作",
        &format!("{position}{position}"),
    );
    let text = fs::read_to_string(board.content().join("contacts.toml")).unwrap();
    let others: String = (1..12)
        .map(|number| {
            text.replace("zhou", &format!("z{number}"))
                .replace(
                    "周青禾",
                    &format!("周{}禾", "一二三四五六七八九十百".chars().nth(number - 1).unwrap()),
                )
                .replace("3780001", &format!("37800{:02}", number + 10))
        })
        .collect();
    let board = board.with("contacts.toml", format!("{text}{others}"));
    let out = printed(&board);
    let cards = Paper::at(out.join("云溪镇-cards.pdf"));
    // What does not fit is cut off, which is marked.
    let text = joined(&cards.text());
    assert!(text.contains(&position.chars().take(24).collect::<String>()) && text.contains('…'), "{text}");
    assert_eq!(cards.words().len(), 2);
    for page in cards.words() {
        for word in page.words {
            // Between where it is cut and the words is room for a hand that cuts.
            let within = |at: f64, first: f64, size: f64| (at - first * MM).rem_euclid(size * MM);
            let (top, bottom) = (within(word.top, 13.5, 54.0), within(word.bottom, 13.5, 54.0));
            assert!(top < bottom && top > 2.0 * MM && bottom < 52.5 * MM, "{word:?}");
            let (left, right) = (within(word.left, 15.0, 90.0), within(word.right, 15.0, 90.0));
            assert!(left < right && left > 2.0 * MM && right < 88.0 * MM, "{word:?}");
        }
    }
    assert!(joined(&Paper::at(out.join("云溪镇-contacts.pdf")).text()).contains(&position));
}

#[test]
fn a_long_title_is_set_in_several_lines_on_every_sheet_that_shows_it() {
    let title = "关于2026年第四季度城乡最低生活保障对象、特困人员、临时救助对象和重度残疾人护理补贴、困难残疾人生活补贴拟确认名单以及发放标准调整情况的公示（第二次公示，含2026年第三季度补发名单）";
    let board = with_list(60).with("subsidies/a.toml", about("a", title)).replacing(
        "notices/water.md",
        "停水通知",
        title,
    );
    let out = printed(&board);
    for name in ["subsidy-a", "notice-water", "large-water", "bulletin", "posting"] {
        let paper = Paper::at(out.join(format!("云溪镇-{name}.pdf")));
        assert!(joined(&paper.text()).contains(title), "{name}: {}", paper.text());
    }
}

#[test]
fn words_without_a_place_to_break_stay_within_the_page() {
    let long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    let board = with_list(3)
        .with("subsidies/a.csv", rows(3).replace("首2尾2完", &format!("{long}{long}")))
        .replacing("contacts.toml", "周青禾", long)
        .replacing("notices/water.md", "停水通知", &format!("{long}{long}"))
        .replacing("notices/water.md", "因管道检修", &format!("{long}{long}{long}"));
    let _ = printed(&board);
}

#[test]
fn a_list_of_which_only_count_and_total_are_published_is_one_page() {
    let board = Board::small()
        .with(
            "subsidies/a.toml",
            about("a", "只公布合计的名单").replace(
                "table = \"a.csv\"",
                "rows = \"none\"\ncount = 3\ntotal = \"60.00\"\ntable = \"a.csv\"",
            ),
        )
        .with("subsidies/a.csv", rows(3));
    let out = printed(&board);
    let paper = Paper::at(out.join("云溪镇-subsidy-a.pdf"));
    let text = joined(&paper.text());
    for part in ["只公布合计的名单", "60.00", "云溪镇人民政府2026年11月18日（盖章）", "第1页共1页"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("柳塘村"), "{text}");
}

#[test]
fn a_list_without_rows_is_a_problem_of_the_table() {
    let board = Board::small()
        .with("subsidies/a.toml", about("a", "名单公示"))
        .with("subsidies/a.csv", "姓名,金额\n");
    assert_eq!(board.problems(), expected(&[("no-rows", "subsidies/a.csv:1:1")]));
    let _ = board.build_with_sheets().exits(1);
}

/// A black picture of so many pixels, in a small file.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_photo_that_is_no_picture_or_far_too_large_is_a_problem() {
    let board = Board::small().replacing("contacts.toml", "phone =", "photo = \"photos/zhou.png\"\nphone =");
    for (what, bytes, code) in [
        ("no picture", b"once upon a time".to_vec(), "no-picture"),
        ("72 megapixels", picture(9_000, 8_000), "picture-too-large"),
    ] {
        let board = Board::small()
            .replacing("contacts.toml", "phone =", "photo = \"photos/zhou.png\"\nphone =")
            .with("photos/zhou.png", bytes);
        let codes: Vec<String> = board.problems().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [code], "{what}");
        let _ = board.build_with_sheets().exits(1);
        assert!(!board.public().exists());
    }
    let board = board.with("photos/zhou.png", picture(10_000, 5_000));
    let out = printed(&board);
    let sheet = fs::read(out.join("云溪镇-contacts.pdf")).unwrap();
    // Made smaller for the card, and told to who cannot see it.
    assert!(sheet.len() < 200_000, "{}", sheet.len());
    assert!(Paper::at(out.join("云溪镇-contacts.pdf")).structure().matches("Figure").count() >= 2);
}

/// The small board with a theme of its own.
fn themed(path: &str, text: &str) -> Board {
    with_list(3)
        .replacing("board.toml", "title", "theme = \"ours\"\ntitle")
        .with(&format!("themes/ours/sheets/{path}"), text)
}

#[test]
fn a_fault_in_a_template_has_its_place() {
    for (text, place) in [
        ("#let subsidy(sheet, k) = [\n#nothing-of-this\n]\n", "themes/ours/sheets/subsidy.typ:2:2"),
        ("#let subsidy(sheet, k) = {\n  let a = (\n}\n", "themes/ours/sheets/subsidy.typ:2:11"),
        (
            "// 一个坏模板\n#let subsidy(sheet, k) = {\n  let 变 = sheet.no-such-fact\n}\n",
            "themes/ours/sheets/subsidy.typ:3:17",
        ),
    ] {
        let board = themed("subsidy.typ", text);
        let run = board.build_with_sheets().exits(1);
        assert!(run.stderr.contains("sheet-fault") && run.stderr.contains(place), "{}", run.stderr);
        assert!(!board.public().exists());
        let run = board.run(&["print", ".", "--sheet", "subsidy", "--date", DAY]).exits(1);
        assert!(run.stderr.contains("sheet-fault") && run.stderr.contains(place), "{}", run.stderr);
        // Without sheets the board can be published.
        let _ = board.build().exits(0);
    }
}

#[test]
fn a_template_reads_nothing_but_its_data() {
    for (call, _) in [
        ("read(\"/etc/passwd\")", ()),
        ("read(\"../../../board.toml\")", ()),
        ("image(\"/content/photos/a.png\")", ()),
    ] {
        let board = themed("subsidy.typ", &format!("#let subsidy(sheet, k) = [#{call}]\n"));
        let run = board.build_with_sheets().exits(1);
        assert!(run.stderr.contains("sheet-fault"), "{call}: {}", run.stderr);
    }
    let board = themed("subsidy.typ", "#import \"@preview/tablex:0.0.8\": x\n#let subsidy(sheet, k) = []\n");
    assert!(board.build_with_sheets().exits(1).stderr.contains("sheet-fault"));
    // There is no clock.
    let board = themed("subsidy.typ", "#let subsidy(sheet, k) = [#datetime.today().display()]\n");
    assert!(board.build_with_sheets().exits(1).stderr.contains("sheet-fault"));
}

#[test]
fn a_font_that_does_not_exist_is_named() {
    for settings in ["fonts = [\"Kai of Nowhere\"]", "fonts = [\"Kai of Nowhere\"]\nsystem_fonts = true"] {
        let board = Board::small();
        let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
        let board = board.with("board.toml", format!("{text}[sheets]\n{settings}\n"));
        assert_eq!(board.problems(), expected(&[("no-such-font", "board.toml:6:10")]));
        let run = board.build_with_sheets().exits(1);
        assert!(run.stderr.contains("Kai of Nowhere"), "{}", run.stderr);
        assert!(!board.public().exists());
    }
    // A file that is no font is none of the families.
    let board = Board::small().with("fonts/kai.ttf", "no font");
    let text = fs::read_to_string(board.content().join("board.toml")).unwrap();
    let board = board.with("board.toml", format!("{text}[sheets]\nfonts = [\"Kai\"]\n"));
    assert_eq!(board.problems(), expected(&[("no-such-font", "board.toml:6:10")]));
}

#[test]
fn what_a_template_puts_on_the_paper_passes_the_guard() {
    // The number stands in no file: the template puts it together.
    let parts = "\"110105\" + \"19491231\" + \"002X\"";
    for body in [
        format!("[#({parts})]"),
        format!("text(fill: white, size: 1pt, {parts})"),
        format!("table(columns: 1, table.header[a], ({parts}))"),
    ] {
        let board = themed("subsidy.typ", &format!("#let subsidy(sheet, k) = {body}\n"));
        let run = board.build_with_sheets().exits(1);
        assert!(
            run.stderr.contains("private-output") && run.stderr.contains("sheets/subsidy-a.pdf"),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("19491231"), "{}", run.stderr);
        assert!(!board.public().exists());
        let run = board.run(&["print", ".", "--date", DAY]).exits(1);
        assert!(run.stderr.contains("private-output"), "{}", run.stderr);
        assert!(!board.root().join("sheets").exists());
    }
    // A telephone that the board does not publish is held back too.
    let board = themed("subsidy.typ", "#let subsidy(sheet, k) = [#(\"0009-3780\" + \"999\")]\n");
    assert!(board.build_with_sheets().exits(1).stderr.contains("phone-not-published"));
}
