//! The foot of every page: who published, of which day the data is, its number, how to object, where the open data is.

use crate::harness::Board;

/// The foot of a page.
fn foot(board: &Board, path: &str) -> String {
    let page = String::from_utf8(board.published()[path].clone()).unwrap();
    page.split_once("<footer").unwrap().1.to_owned()
}

/// The number of a file: the first eight digits of its SHA-256, which the manifest says in full, in two groups.
fn number_of(board: &Board, path: &str) -> String {
    let manifest: serde_json::Value = serde_json::from_slice(&board.published()["manifest.json"]).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let digest = files.iter().find(|file| file["path"] == path).unwrap()["sha256"].as_str().unwrap();
    format!("数据编号：{}·{}<", &digest[..4], &digest[4..8]).to_uppercase()
}

#[test]
fn it_names_the_file_that_its_page_shows() {
    let board = Board::example();
    let _ = board.build().exits(0);
    for (page, file) in [
        ("subsidies/2026-qiubo/index.html", "subsidies/2026-qiubo/recipients.csv"),
        ("results/2026-q3-huanjing/index.html", "results/2026-q3-huanjing/scores.csv"),
        ("reception/index.html", "reception.csv"),
        ("reception/2/index.html", "reception.csv"),
        ("liutang/contacts/index.html", "liutang/contacts.json"),
    ] {
        let foot = foot(&board, page);
        assert!(foot.contains(&number_of(&board, file)), "{page}: {foot}");
        assert!(foot.contains("数据日期："), "{page}: {foot}");
    }
}

#[test]
fn every_foot_says_who_published_and_how_to_object() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let pages = board.published().into_iter().filter(|(path, _)| path.ends_with(".html"));
    let feet = pages.filter_map(|(path, page)| {
        let page = String::from_utf8(page).unwrap();
        Some((path, page.split_once("<footer")?.1.to_owned()))
    });
    for (path, foot) in feet {
        for part in ["发布单位：云溪镇人民政府", "tel:00093780000", "data/index.html"] {
            assert!(foot.contains(part), "{path} has no {part}");
        }
    }
}

#[test]
fn without_a_hotline_it_leads_to_the_contacts() {
    let board = Board::small().replacing("board.toml", "hotline = \"0009-3780000\"\n", "");
    let _ = board.build().exits(0);
    let foot = foot(&board, "index.html");
    assert!(foot.contains("<a href=\"contacts/index.html\">对公开的内容有意见"), "{foot}");
}

#[test]
fn a_number_stays_until_the_data_changes() {
    let board = Board::example();
    let _ = board.run(&["build", "--date", "2026-11-22"]).exits(0);
    let page = "subsidies/2026-qiubo/index.html";
    let before = number_of(&board, "subsidies/2026-qiubo/recipients.csv");
    assert!(foot(&board, page).contains(&before));
    // The notice period has ended: another page, the same list.
    let _ = board.run(&["build", "--date", "2026-11-25"]).exits(0);
    assert!(foot(&board, page).contains(&before));
    let notice = "liutang/notices/2026-11-tingshui/index.html";
    let number = |foot: &str| foot.split_once("数据编号：").unwrap().1[..10].to_owned();
    let before = number(&foot(&board, notice));
    let board = board.replacing("liutang/notices/2026-11-tingshui.md", "停水", "短时停水");
    let _ = board.run(&["build", "--date", "2026-11-25"]).exits(0);
    assert_ne!(number(&foot(&board, notice)), before);
}

#[test]
fn a_list_that_is_not_shown_has_no_number() {
    let board = Board::example();
    let _ = board.build().exits(0);
    // Not begun, and withdrawn.
    for page in ["subsidies/2026-dongchun/index.html", "subsidies/2026-gaoling-h1/index.html"] {
        assert!(!foot(&board, page).contains("数据编号"), "{page}");
    }
}

#[test]
fn reception_days_are_of_the_day_the_latest_change_was_told() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let foot = foot(&board, "zhuli/reception/index.html");
    // The plan is of January; the session of 28 November was cancelled on the 20th.
    assert!(foot.contains("datetime=\"2026-11-20\""), "{foot}");
}
