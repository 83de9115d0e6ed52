//! What a published folder holds.

use std::fs::{File, FileTimes};
use std::time::{Duration, SystemTime};

use super::*;
use crate::publish::{Difference, Differs, Digest, Manifest, verify};

fn stamp(file: &Path) -> SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

/// Makes a published folder an hour old.
fn age(board: &Board) -> SystemTime {
    let then = stamp(&board.out().join("manifest.json")) - Duration::from_secs(3600);
    for name in contents(&board.out()).keys().map(String::as_str).chain(["manifest.json"]) {
        let file = File::options().write(true).open(board.out().join(name)).unwrap();
        file.set_times(FileTimes::new().set_modified(then)).unwrap();
    }
    then
}

#[test]
fn publishes_what_was_written() {
    let board = Board::new();
    let files = [("index.html", "一"), ("柳塘村/公告/停水/index.html", "二"), ("assets/a.css", "")];
    let published = board.publish(&files);
    assert_eq!((published.files(), published.unchanged()), (3, 0));
    published.remove_old().unwrap();
    assert_eq!(contents(&board.out()), as_map(&files));
    assert_eq!(board.remains(), [""; 0]);
    assert_eq!(verify(&board.out()).unwrap(), []);
}

#[test]
fn the_manifest_is_as_documented() {
    let board = Board::new();
    board.publish(&[("b\".html", "b"), ("a/c.html", ""), ("a.html", "abc")]).remove_old().unwrap();
    let text = fs::read_to_string(board.out().join("manifest.json")).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"program":"gongshi","format":1,"version":"0.1.0","date":"2026-11-05","content":"f00d","#,
            r#""next_change":"2026-11-08","rows":{"a":[1]},"files":["#,
            "\n",
            r#"{"path":"a.html","size":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},"#,
            "\n",
            r#"{"path":"a/c.html","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"#,
            "\n",
            r#"{"path":"b\".html","size":1,"sha256":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"}"#,
            "\n]}\n",
        )
    );
    let manifest = Manifest::read(&board.out()).unwrap().unwrap();
    assert_eq!(manifest.to_bytes(), text.as_bytes());
    assert_eq!(manifest.files[&path("a.html")].sha256, Digest::of(b"abc"));
    assert_eq!(manifest.next_change, about().next_change);
    assert_eq!(manifest.extra.keys().collect::<Vec<_>>(), ["rows"]);
}

#[test]
fn the_order_of_writing_does_not_show() {
    let texts: Vec<_> =
        (0..200).map(|n| (format!("area{}/page{n}.html", n % 7), format!("text {n}"))).collect();
    let manifest = |threads: usize| {
        let board = Board::new();
        let staging = board.open().unwrap();
        std::thread::scope(|scope| {
            for worker in 0..threads {
                let (staging, texts) = (&staging, &texts);
                scope.spawn(move || {
                    for (name, text) in texts.iter().rev().skip(worker).step_by(threads) {
                        staging.write(&path(name), text.as_bytes()).unwrap();
                    }
                });
            }
        });
        staging.publish(about()).unwrap().remove_old().unwrap();
        fs::read(board.out().join("manifest.json")).unwrap()
    };
    let one = manifest(1);
    assert_eq!(one, manifest(4));
    assert_eq!(one, manifest(7));
}

#[test]
fn unchanged_files_keep_their_stamps_and_changed_ones_do_not() {
    let board = Board::new();
    board.publish(&[("same.html", "same"), ("changed.html", "one")]).remove_old().unwrap();
    let then = age(&board);
    let published = board.publish(&[("same.html", "same"), ("changed.html", "two"), ("new.html", "")]);
    assert_eq!((published.files(), published.unchanged()), (3, 1));
    published.remove_old().unwrap();
    assert_eq!(stamp(&board.out().join("same.html")), then);
    for name in ["changed.html", "new.html", "manifest.json"] {
        assert!(stamp(&board.out().join(name)) > then, "{name}");
    }
}

#[test]
fn a_publication_of_the_same_bytes_changes_no_stamp() {
    let board = Board::new();
    let files = [("a.html", "a"), ("b/c.html", "c")];
    board.publish(&files).remove_old().unwrap();
    let then = age(&board);
    board.publish(&files).remove_old().unwrap();
    for name in ["a.html", "b/c.html", "manifest.json"] {
        assert_eq!(stamp(&board.out().join(name)), then, "{name}");
    }
}

/// A synchroniser compares size and stamp: with the stamp of the tampered file, the right bytes would
/// never reach the server.
#[test]
fn a_file_touched_after_publication_gets_a_new_stamp() {
    let board = Board::new();
    board.publish(&[("a.html", "right"), ("b.html", "b")]).remove_old().unwrap();
    age(&board);
    fs::write(board.out().join("a.html"), "wrong").unwrap();
    let tampered = stamp(&board.out().join("a.html"));
    std::thread::sleep(Duration::from_millis(20));
    board.publish(&[("a.html", "right"), ("b.html", "b")]).remove_old().unwrap();
    assert_eq!(contents(&board.out())["a.html"], "right");
    let renewed = stamp(&board.out().join("a.html"));
    assert!(renewed > tampered);
    // And keeps it from then on.
    board.publish(&[("a.html", "right"), ("b.html", "b")]).remove_old().unwrap();
    assert_eq!(stamp(&board.out().join("a.html")), renewed);
}

#[test]
fn verify_finds_what_is_missing_changed_or_foreign() {
    let board = Board::new();
    let names = ["a.html", "b.html", "c.html", "d.html", "e/f.html"];
    board.publish(&names.map(|name| (name, "text"))).remove_old().unwrap();
    let out = board.out();
    fs::remove_file(out.join("a.html")).unwrap();
    fs::write(out.join("b.html"), "tExt").unwrap();
    fs::write(out.join("c.html"), "longer text").unwrap();
    fs::write(out.join("更多.html"), "").unwrap();
    fs::create_dir(out.join("empty")).unwrap();
    let mut expected = vec![
        ("a.html", Differs::Missing),
        ("b.html", Differs::Changed),
        ("c.html", Differs::Changed),
        ("更多.html", Differs::Foreign),
    ];
    #[cfg(unix)]
    {
        // Links are as good as strangers, even where they lead to the right bytes.
        use std::os::unix::fs::symlink;
        fs::rename(out.join("d.html"), board.home.path().join("d.html")).unwrap();
        symlink(board.home.path().join("d.html"), out.join("d.html")).unwrap();
        fs::rename(out.join("e"), board.home.path().join("e")).unwrap();
        symlink(board.home.path().join("e"), out.join("e")).unwrap();
        expected.insert(3, ("d.html", Differs::Changed));
        expected.insert(4, ("e", Differs::Foreign));
        expected.insert(5, ("e/f.html", Differs::Missing));
    }
    let expected: Vec<_> =
        expected.into_iter().map(|(path, how)| Difference { path: path.to_owned(), how }).collect();
    assert_eq!(verify(&out).unwrap(), expected);
}

#[test]
fn verify_wants_a_published_folder() {
    let board = Board::new();
    assert_eq!(name_of(verify(&board.out())), "not-published");
    assert_eq!(name_of(verify(&board.content())), "not-published");
    fs::write(board.content().join("manifest.json"), r#"{"name":"an app","icons":[]}"#).unwrap();
    assert_eq!(name_of(verify(&board.content())), "not-published");
    fs::write(board.content().join("manifest.json"), r#"{"program":"gongshi","format":2,"files":{}}"#)
        .unwrap();
    assert_eq!(name_of(verify(&board.content())), "out-newer");
}

#[test]
fn a_manifest_that_names_files_elsewhere_is_not_ours() {
    let board = Board::new();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
    let manifest = board.out().join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("a.html", "../../etc/passwd")).unwrap();
    assert_eq!(Manifest::read(&board.out()), Ok(None));
    assert_eq!(name_of(board.open()), "out-not-ours");
}

#[cfg(unix)]
#[test]
fn staging_is_private_and_the_published_folder_is_not() {
    use std::os::unix::fs::PermissionsExt;
    let board = Board::new();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let plain = board.home.path().join("plain");
    fs::create_dir(&plain).unwrap();
    let staging = board.open().unwrap();
    write_all(&staging, &[("a/b.html", "")]);
    assert_eq!(mode(board.home.path().join(".public.gongshi-staging")), 0o700);
    staging.publish(about()).unwrap().remove_old().unwrap();
    // What the umask gives to any folder.
    assert_eq!(mode(board.out()), mode(plain.clone()));
    assert_eq!(mode(board.out().join("a")), mode(plain));
    fs::set_permissions(board.out(), fs::Permissions::from_mode(0o750)).unwrap();
    board.publish(&[("a/b.html", "")]).remove_old().unwrap();
    assert_eq!(mode(board.out()), 0o750);
}

#[cfg(unix)]
#[test]
fn nothing_is_linked() {
    use std::os::unix::fs::MetadataExt;
    let board = Board::new();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
    let kept = File::open(board.out().join("a.html")).unwrap();
    let published = board.publish(&[("a.html", "a")]);
    let new = fs::metadata(board.out().join("a.html")).unwrap();
    assert_ne!(new.ino(), kept.metadata().unwrap().ino());
    assert_eq!(new.nlink(), 1);
    published.remove_old().unwrap();
}
