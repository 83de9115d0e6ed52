//! Bad input of every kind: a clear problem at the right place, the contract's exit status, nothing
//! published.

use std::fs;

use crate::harness::{Board, expected};

/// The one problem that `check` finds, and that `build` publishes nothing then.
#[track_caller]
fn stops(board: &Board, code: &str, place: &str) {
    assert_eq!(board.problems(), expected(&[(code, place)]));
    let _ = board.check().exits(1);
    let _ = board.build().exits(1);
    assert!(!board.public().exists(), "something was published");
}

#[test]
fn a_sound_board_has_no_problems() {
    let board = Board::small();
    assert_eq!(board.problems(), []);
    let _ = board.build().exits(0);
    let _ = board.run(&["verify", "public"]).exits(0);
}

#[test]
fn broken_toml_names_the_line() {
    stops(&Board::small().replacing("area.toml", "\"town\"", "\"town"), "toml-syntax", "area.toml:2:14");
    stops(&Board::small().with("area.toml", "[name\n"), "toml-syntax", "area.toml:1:6");
}

#[test]
fn a_chinese_key_without_quotes_has_its_own_words() {
    stops(
        &Board::small().with("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\n级别 = \"town\"\n"),
        "chinese-key",
        "area.toml:3:1",
    );
}

#[test]
fn a_telephone_without_quotes_is_no_wrong_date() {
    let unquoted = |phone: &str| Board::small().replacing("board.toml", "\"0009-3780000\"", phone);
    stops(&unquoted("0009-3780000"), "unquoted-text", "board.toml:4:11");
    stops(&unquoted("09003780003 # 监督电话"), "unquoted-text", "board.toml:4:11");
    stops(&unquoted("2026-11-31"), "bad-date", "board.toml:4:11");
}

#[test]
fn a_copy_that_nothing_refers_to_is_named() {
    let notice = "+++\ntitle = \"通知\"\ndate = 2026-11-20\n+++\n请打0009-3780000。\n";
    let board = Board::small().with("contacts - 副本.toml", "").with("notices/a.md", notice);
    assert_eq!(board.problems(), expected(&[("unused-file", "contacts - 副本.toml")]));
}

#[test]
fn binary_toml_is_refused() {
    stops(&Board::small().with("area.toml", [0x89, b'P', b'N', b'G', 0, 0, 1]), "binary-file", "area.toml");
}

#[test]
fn toml_in_another_encoding_is_refused() {
    let (gbk, ..) = encoding_rs::GBK.encode("name = \"云溪镇\"\n");
    stops(&Board::small().with("area.toml", gbk), "not-utf8", "area.toml:1:9");
}

#[test]
fn a_line_of_five_megabytes_is_read_and_shown_cut() {
    let line = format!("name = \"云溪镇\"\nlevel = \"town\"\nlevle = \"{}\"\n", "长".repeat(5_000_000 / 3));
    let board = Board::small().with("area.toml", line);
    assert_eq!(board.problems(), expected(&[("unknown-key", "area.toml:3:1")]));
    let run = board.run(&["check"]).exits(1);
    assert!(run.stdout.len() < 2000, "{} bytes were printed", run.stdout.len());
}

#[test]
fn a_board_without_board_toml_says_so() {
    let board = Board::small();
    fs::remove_file(board.content().join("board.toml")).unwrap();
    stops(&board, "no-board-file", "");
}

#[test]
fn an_empty_folder_is_no_board() {
    let board = Board::empty();
    assert_eq!(board.problems(), expected(&[("no-area-file", ""), ("no-board-file", "")]));
    let _ = board.build().exits(1);
}

#[test]
fn no_folder_at_all_is_wrong_usage() {
    let board = Board::empty();
    let run = board.run(&["check", "nowhere"]).exits(2);
    assert!(run.stderr.contains("no-content-folder"), "{}", run.stderr);
}

#[test]
fn an_id_is_given_once() {
    let board = Board::small().with("contacts/more.toml", "[[contact]]\nid = \"zhou\"\nname = \"何青山\"\n");
    stops(&board, "duplicate-id", "contacts/more.toml:2:6");
}

#[test]
fn a_reference_to_nobody_suggests_somebody() {
    let board = Board::small().with("contacts/team.toml", "[[team]]\ntitle = \"工作站\"\nhead = \"zhuo\"\n");
    stops(&board, "unknown-contact", "contacts/team.toml:3:8");
    assert!(board.run(&["check", "--lang", "en"]).stdout.contains("zhou"));
}

#[test]
fn a_table_without_rows_is_a_problem() {
    stops(&Board::small().with("contacts/more.csv", ""), "empty-table", "contacts/more.csv");
    stops(&Board::small().with("contacts/more.csv", "姓名,职务\n"), "no-rows", "contacts/more.csv:1:1");
}

#[test]
fn a_table_with_two_headers_is_refused() {
    let board = Board::small().with("contacts/more.csv", "姓名,职务\n姓名,职务\n何青山,干部\n");
    stops(&board, "second-header", "contacts/more.csv:2:1");
}

#[test]
fn a_table_of_no_known_encoding_is_refused() {
    stops(
        &Board::small().with("contacts/more.csv", b"\xff\xff\xff,\xff\n"),
        "unknown-encoding",
        "contacts/more.csv",
    );
}

#[test]
fn a_day_that_does_not_exist_is_shown() {
    let board = Board::small().replacing("notices/water.md", "2026-11-05", "2026-02-30");
    stops(&board, "bad-date", "notices/water.md:3:8");
}

#[test]
fn all_problems_of_all_files_come_in_one_run() {
    let board = Board::small()
        .replacing("board.toml", "title", "titel")
        .replacing("area.toml", "level", "levle")
        .replacing("contacts.toml", "phone", "telephone")
        .replacing("notices/water.md", "date =", "dat =");
    let codes: Vec<_> = board.problems().into_iter().map(|(code, place)| format!("{place} {code}")).collect();
    assert_eq!(
        codes,
        [
            "area.toml:2:1 unknown-key",
            "board.toml:1:1 unknown-key",
            "contacts.toml:6:1 unknown-key",
            "notices/water.md:3:1 unknown-key",
        ]
    );
}

#[test]
fn a_path_that_leaves_the_board_is_refused() {
    let board = Board::small().replacing("contacts.toml", "phone =", "photo = \"../../secret.png\"\nphone =");
    stops(&board, "path-leaves-board", "contacts.toml:6:9");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_board_is_refused() {
    let board = Board::small();
    fs::write(board.root().join("secret.md"), "+++\ntitle = \"密\"\ndate = 2026-11-01\n+++\n").unwrap();
    std::os::unix::fs::symlink(board.root().join("secret.md"), board.content().join("notices/link.md"))
        .unwrap();
    stops(&board, "link-leaves-board", "notices/link.md");
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_keep_anybody_waiting() {
    let board = Board::small();
    for path in ["files/pipe", "notices/pipe.md"] {
        fs::create_dir_all(board.content().join("files")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(board.content().join(path)).status().unwrap();
        assert!(made.success());
    }
    assert_eq!(
        board.problems(),
        expected(&[("unreadable-file", "files/pipe"), ("unreadable-file", "notices/pipe.md")])
    );
}

#[test]
fn a_folder_where_a_file_belongs_is_named_once() {
    for path in ["holidays.toml", "notices/dir.md", "programs.toml", "liutang/reception.toml", "contacts.csv"]
    {
        let village = "name = \"柳塘村\"\nlevel = \"village\"\n";
        let board = Board::small().with("liutang/area.toml", village).serving(&["liutang"]);
        fs::create_dir_all(board.content().join(path)).unwrap();
        stops(&board, "folder-for-file", path);
        // What lies in it is not looked at.
        stops(&board.with(&format!("{path}/a.toml"), "x = 1\n"), "folder-for-file", path);
    }
    let board = Board::small();
    fs::remove_file(board.content().join("board.toml")).unwrap();
    fs::create_dir(board.content().join("board.toml")).unwrap();
    stops(&board, "folder-for-file", "board.toml");
}

#[test]
fn a_folder_one_level_too_deep_is_named_once() {
    for (file, folder) in [
        ("subsidies/2026/a.toml", "subsidies/2026"),
        ("liutang/notices/2026/11/a.md", "liutang/notices/2026"),
        ("contacts/old/b.xlsx", "contacts/old"),
    ] {
        let board = Board::small()
            .with("liutang/area.toml", "name = \"柳塘村\"\nlevel = \"village\"\n")
            .serving(&["liutang"])
            .with(file, "x = 1\n");
        stops(&board, "folder-too-deep", folder);
        let another = file.replace("/a.", "/b.").replace("b.xlsx", "a.csv");
        stops(&board.with(&another, "x = 1\n"), "folder-too-deep", folder);
    }
    // Folders of attachments, and of tables that something beside them names.
    let board = Board::small().with("files/2026/a.txt", "甲\n");
    assert_eq!(board.problems(), []);
}

#[test]
fn two_files_cannot_have_one_address() {
    let board = Board::small().with("notices/Water.md", "+++\ntitle = \"甲\"\ndate = 2026-11-01\n+++\n");
    stops(&board, "same-address", "notices/Water.md");
}

#[test]
fn an_old_address_cannot_stand_where_something_else_does() {
    for alias in
        ["contacts", "notices/water", "notices/water/data.json", "assets/board.css", "../x", "a//b", ""]
    {
        let board =
            Board::small().replacing("area.toml", "level", &format!("aliases = [\"{alias}\"]\nlevel"));
        let problems = board.problems();
        assert_eq!(problems.len(), 1, "{alias}: {problems:?}");
        assert_eq!(board.check().status, 1);
    }
    let board =
        Board::small().replacing("area.toml", "level", "aliases = [\"old/place\", \"old.html\"]\nlevel");
    let _ = board.build().exits(0);
    let published = board.published();
    let moved = String::from_utf8(published["old/place/index.html"].clone()).unwrap();
    assert!(moved.contains("url=../../index.html"), "{moved}");
    assert!(published.contains_key("old.html"));
}

#[test]
fn what_looks_like_markup_is_shown_as_it_is() {
    let board = Board::small().replacing("contacts.toml", "周青禾", "<script>alert(1)</script>");
    let _ = board.build().exits(0);
    let page = String::from_utf8(board.published()["contacts/index.html"].clone()).unwrap();
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;"), "{page}");
}

#[test]
fn an_id_number_in_a_text_stops_and_is_not_shown() {
    let board = Board::small().replacing("notices/water.md", "停水。", "停水,联系 11010519491231002X。");
    assert_eq!(board.problems(), expected(&[("private-content", "notices/water.md:5:1")]));
    let run = board.run(&["check"]).exits(1);
    assert!(!run.stdout.contains("110105"), "{}", run.stdout);
    let _ = board.build().exits(1);
    assert!(!board.public().exists());
}

#[test]
fn a_name_has_letters() {
    let about = "title = \"发放结果\"\nitem = \"临时救助\"\nstage = \"paid\"\nauthority = \"云溪镇人民政府\"\n\
        table = \"a.csv\"\n[decision]\ndate = 2026-11-20\n";
    let with = |name: &str| {
        let rows = format!("姓名,村组,金额\n文顺,一组,500.00\n{name},二组,600.00\n");
        Board::small().with("subsidies/a.toml", about).with("subsidies/a.csv", rows)
    };
    assert_eq!(with("买买提·吐逊").problems(), []);
    for number in ["7", "600.00", "2026-11-01", "**", "***", "13800138000", "0009-3780000", "-"] {
        stops(&with(number), "name-without-letters", "subsidies/a.csv:3:1");
    }
    // Of what is worse only that is said.
    stops(&with("440524188001010014"), "private-content", "subsidies/a.csv:3:1");
    // The same for whoever names the row.
    let head = with("7").replacing("subsidies/a.toml", "table", "minor = true\ntable");
    stops(&head.replacing("subsidies/a.csv", "姓名", "户主"), "name-without-letters", "subsidies/a.csv:3:1");
}

#[test]
fn an_attachment_that_cannot_be_searched_is_refused_unless_trusted() {
    let board = Board::small().with("files/plan.pdf", "%PDF-1.7");
    stops(&board, "attachment-not-searchable", "files/plan.pdf");
    let trusted = board.replacing("board.toml", "title", "privacy = { trust = [\"files/plan.pdf\"] }\ntitle");
    let _ = trusted.build().exits(0);
    assert!(trusted.published().contains_key("files/plan.pdf"));
}

#[test]
fn an_attachment_is_searched_whatever_its_encoding() {
    let text = "户主,身份证号\n李大明,440524188001010014\n";
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (gbk, ..) =
        encoding_rs::GB18030.encode("户主,身份证号\n李大明,４４０５２４１８８００１０１００１４\n");
    for bytes in [text.as_bytes().to_vec(), utf16, gbk.into_owned()] {
        let board = Board::small().with("files/list.csv", bytes);
        assert_eq!(board.problems(), expected(&[("private-output", "files/list.csv:2:5")]));
        let run = board.run(&["check"]).exits(1);
        assert!(!run.stdout.contains("李大明") && !run.stdout.contains("4405"), "{}", run.stdout);
    }
    let board = Board::small().with("files/list.txt", b"PK\x03\x04 and so on");
    assert_eq!(board.problems(), expected(&[("attachment-not-searchable", "files/list.txt")]));
}

#[test]
fn a_private_file_name_is_neither_published_nor_shown() {
    let board = Board::small().with("files/11010519491231002X.txt", "名单\n");
    let run = board.check().exits(1);
    assert!(run.stdout.contains("private-output"), "{}", run.stdout);
    assert!(!run.stdout.contains("11010519491231002X"), "{}", run.stdout);
}
