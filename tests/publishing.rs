//! Publishing: all or nothing, the same bytes always, nobody else's files touched.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::harness::{Board, DAY, command, files_below};

#[test]
fn the_number_of_threads_changes_no_byte() {
    let board = Board::example();
    let _ = board.run(&["build", "--date", DAY, "--jobs", "1"]).exits(0);
    let one = board.published();
    for (jobs, locale) in [("2", "C"), ("7", "zh_CN.GB18030")] {
        fs::remove_dir_all(board.public()).unwrap();
        let mut again = command(board.root(), &["build", "--date", DAY, "--jobs", jobs]);
        assert!(again.env("LC_ALL", locale).env("TZ", "America/New_York").output().unwrap().status.success());
        assert_eq!(one.keys().collect::<Vec<_>>(), board.published().keys().collect::<Vec<_>>());
        for (path, bytes) in board.published() {
            assert!(one[&path] == bytes, "{path} differs with {jobs} threads");
        }
    }
}

#[test]
fn on_the_next_day_only_what_shows_the_day_differs() {
    let board = Board::small();
    let _ = board.build().exits(0);
    let before = board.published();
    let _ = board.run(&["build", "--date", "2026-11-23"]).exits(0);
    let changed: Vec<_> = board
        .published()
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .map(|(p, _)| p)
        .collect();
    assert_eq!(changed, ["index.html", "manifest.json"]);
}

#[test]
fn a_fault_leaves_what_was_published_untouched() {
    let board = Board::small();
    let _ = board.build().exits(0);
    let before = board.published();
    let board = board.replacing("area.toml", "level", "levle");
    let run = board.build().exits(1);
    assert!(run.stdout.contains("public"), "{}", run.stdout);
    assert_eq!(before, board.published());
    let _ = board.run(&["verify", "public"]).exits(0);
}

#[test]
fn a_warning_stops_only_a_strict_build() {
    let board = Board::small().with("stray.txt", "x");
    let _ = board.run(&["build", "--strict", "--date", DAY]).exits(1);
    assert!(!board.public().exists());
    let _ = board.build().exits(0);
}

#[test]
fn verify_finds_every_difference() {
    let board = Board::small();
    let _ = board.build().exits(0);
    fs::write(board.public().join("index.html"), "other").unwrap();
    fs::remove_file(board.public().join("feed.xml")).unwrap();
    fs::write(board.public().join("new.txt"), "x").unwrap();
    let run = board.run(&["verify", "public", "--lang", "en"]).exits(1);
    for name in ["index.html", "feed.xml", "new.txt"] {
        assert_eq!(run.stdout.lines().filter(|line| line.contains(name)).count(), 1, "{}", run.stdout);
    }
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let board = Board::small();
    fs::create_dir(board.public()).unwrap();
    fs::write(board.public().join("thesis.doc"), "years of work").unwrap();
    let run = board.build().exits(2);
    assert!(run.stderr.contains("out-not-ours"), "{}", run.stderr);
    assert_eq!(fs::read(board.public().join("thesis.doc")).unwrap(), b"years of work");
}

#[test]
fn a_foreign_file_in_ours_stops_the_build_and_is_named() {
    let board = Board::small();
    let _ = board.build().exits(0);
    fs::write(board.public().join("google123.html"), "x").unwrap();
    let run = board.build().exits(2);
    assert!(run.stderr.contains("google123.html"), "{}", run.stderr);
}

#[test]
fn content_and_output_do_not_lie_in_each_other() {
    let board = Board::small();
    for out in ["content/public", "content", "."] {
        let run = board.run(&["build", "--date", DAY, "--out", out]).exits(2);
        assert!(run.stderr.contains("out-overlaps-content"), "{out}: {}", run.stderr);
    }
}

#[test]
fn an_output_folder_that_cannot_be_written_is_the_machines_fault() {
    let board = Board::small();
    fs::write(board.root().join("file"), "x").unwrap();
    let run = board.run(&["build", "--date", DAY, "--out", "file/public"]).exits(3);
    assert!(run.stderr.contains("[cannot-"), "{}", run.stderr);
}

#[test]
fn a_full_disk_publishes_nothing_and_loses_nothing() {
    let board = Board::example();
    let disk = board.root().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=100k", "tmpfs"])
        .arg(&disk)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("skipped: only root can make a small disk");
        return;
    }
    let run = board.run(&["build", "--date", DAY, "--out", "disk/public"]);
    let left = files_below(&disk);
    let _ = std::process::Command::new("umount").arg(&disk).status();
    let run = run.exits(3);
    assert!(run.stderr.contains("disk-full"), "{}", run.stderr);
    assert!(left.is_empty(), "{:?}", left.keys());
}

#[test]
fn two_builds_at_once_do_not_meet() {
    let board = Board::small();
    let held = gongshi::publish::open(&board.public(), &board.content()).unwrap();
    let run = board.build().exits(3);
    assert!(run.stderr.contains("another-build"), "{}", run.stderr);
    drop(held);
    let _ = board.build().exits(0);
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_lock_is_not_followed() {
    let board = Board::small();
    std::os::unix::fs::symlink(board.root().join("elsewhere"), board.root().join(".public.gongshi-lock"))
        .unwrap();
    let run = board.build().exits(3);
    assert!(run.stderr.contains("in-the-way"), "{}", run.stderr);
    assert!(!board.root().join("elsewhere").exists());
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let board = Board::example();
    let _ = board.build().exits(0);
    for attempt in 0..40u64 {
        let day = if attempt % 2 == 0 { "2026-11-23" } else { DAY };
        let mut build = command(board.root(), &["build", "--quiet", "--date", day]);
        let mut child = build.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(attempt * 900));
        let _ = child.kill();
        let _ = child.wait();
        let _ = board.run(&["verify", "public"]).exits(0);
    }
    let _ = board.build().exits(0);
    let beside: Vec<_> = fs::read_dir(board.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(beside.iter().all(|name| !name.contains("staging")), "{beside:?}");
}

#[test]
fn the_page_of_an_area_says_last_days_and_is_true_on_days_without_a_build() {
    let board = Board::small()
        .with(
            "subsidies/a.toml",
            "title = \"低保公示\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\ntable = \"a.csv\"\n\
             [notice_period]\nstart = 2026-11-20\ndays = 7\n\
             [objections]\nto = \"民政办\"\nphone = \"0009-3780001\"\nplace = \"镇政府\"\n",
        )
        .with("subsidies/a.csv", "姓名,金额\n赵一平,100.00\n");
    let on = |day: &str| {
        let _ = board.run(&["build", "--date", day]).exits(0);
        let page = String::from_utf8(board.published()["index.html"].clone()).unwrap();
        page.lines().filter(|line| !line.starts_with("<p class=\"day\">")).collect::<Vec<_>>().join("\n")
    };
    let page = on("2026-11-22");
    assert!(page.contains("公示中 · 至11月26日") && !page.contains("还剩"), "{page}");
    assert_eq!(page, on("2026-11-23"), "a day that is no change of the board");
}
