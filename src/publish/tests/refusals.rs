//! What a build refuses, and that it then leaves everything as it was.

use super::*;
use crate::publish::lock::Lock;

#[test]
fn one_build_at_a_time() {
    let board = Board::new();
    let first = board.open().unwrap();
    write_all(&first, &[("a.html", "a")]);
    assert_eq!(name_of(board.open()), "another-build");
    let published = first.publish(about()).unwrap();
    assert_eq!(name_of(board.open()), "another-build", "the old tree is still being removed");
    published.remove_old().unwrap();
    assert_eq!(contents(&board.out()), as_map(&[("a.html", "a")]));
    drop(board.open().unwrap());
}

/// The lock file is removed with the lock: whoever opened it before and locks it after must not
/// believe to hold what others take by a new file.
#[test]
fn the_lock_is_held_by_one_of_many() {
    use std::sync::atomic::{AtomicU32, Ordering};
    let board = Board::new();
    let file = board.home.path().join("lock");
    let (held, taken, doubly) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5000 {
                    let Ok(lock) = Lock::take(&file) else { continue };
                    taken.fetch_add(1, Ordering::SeqCst);
                    doubly.fetch_add(held.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                    std::thread::yield_now();
                    held.fetch_sub(1, Ordering::SeqCst);
                    drop(lock);
                }
            });
        }
    });
    assert!(taken.into_inner() > 0);
    assert_eq!(doubly.into_inner(), 0);
    assert!(!file.exists());
}

#[test]
fn a_lock_file_that_nobody_holds_is_no_obstacle() {
    let board = Board::new();
    fs::write(board.home.path().join(".public.gongshi-lock"), "").unwrap();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let board = Board::new();
    fs::create_dir_all(board.out().join("a/b")).unwrap();
    fs::write(board.out().join("a/b/mine.txt"), "mine").unwrap();
    assert_eq!(name_of(board.open()), "out-not-ours");
    fs::write(board.out().join("manifest.json"), r#"{"program":"other"}"#).unwrap();
    assert_eq!(name_of(board.open()), "out-not-ours");
    assert_eq!(contents(&board.out()), as_map(&[("a/b/mine.txt", "mine")]));
    assert_eq!(board.remains(), [""; 0]);
}

#[test]
fn an_empty_folder_is_taken() {
    let board = Board::new();
    fs::create_dir_all(board.out().join("empty")).unwrap();
    fs::write(board.out().join(".DS_Store"), "").unwrap();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
    assert_eq!(names(&board.out()), ["a.html", "manifest.json"]);
}

#[test]
fn foreign_files_stop_the_build_and_are_listed() {
    let board = Board::new();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
    fs::create_dir(board.out().join("photos")).unwrap();
    for n in 0..7 {
        fs::write(board.out().join(format!("photos/{n}.jpg")), "").unwrap();
    }
    let failure = board.open().unwrap_err();
    assert_eq!(failure.name(), "foreign-files");
    let fact = |key| failure.facts().iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str());
    let five = "photos/0.jpg, photos/1.jpg, photos/2.jpg, photos/3.jpg, photos/4.jpg";
    assert_eq!((fact("names"), fact("count"), fact("more")), (Some(five), Some("7"), Some("2")));
    name_of(Err::<(), _>(failure));
    assert_eq!(names(&board.out().join("photos")).len(), 7);
    fs::remove_dir_all(board.out().join("photos")).unwrap();
    fs::write(board.out().join("Thumbs.db"), "").unwrap();
    drop(board.open().unwrap());
}

#[test]
fn a_file_put_in_during_the_build_is_not_lost() {
    for first in [true, false] {
        let board = Board::new();
        if first {
            fs::create_dir(board.out()).unwrap();
        } else {
            board.publish(&[("a.html", "old")]).remove_old().unwrap();
        }
        let staging = board.open().unwrap();
        write_all(&staging, &[("a.html", "new")]);
        fs::write(board.out().join("mine.txt"), "mine").unwrap();
        let expected = if first { "out-not-ours" } else { "foreign-files" };
        assert_eq!(name_of(staging.publish(about())), expected);
        assert_eq!(contents(&board.out())["mine.txt"], "mine");
        assert_eq!(board.remains(), [""; 0]);
    }
}

#[test]
fn two_artifacts_of_one_path_are_a_fault() {
    let board = Board::new();
    let staging = board.open().unwrap();
    write_all(&staging, &[("a/b.html", "first"), ("c", "")]);
    for taken in ["a/b.html", "a", "a/b.html/c", "c/d/e", "manifest.json"] {
        assert_eq!(name_of(staging.write(&path(taken), b"second")), "internal-same-path", "{taken}");
    }
    staging.publish(about()).unwrap().remove_old().unwrap();
    assert_eq!(contents(&board.out()), as_map(&[("a/b.html", "first"), ("c", "")]));
}

#[test]
fn names_too_long_for_the_disk_are_said() {
    let board = Board::new();
    let staging = board.open().unwrap();
    assert_eq!(name_of(staging.write(&path(&"村".repeat(100)), b"")), "name-too-long");
}

#[test]
fn content_and_published_folder_lie_apart() {
    let board = Board::new();
    let content = board.content();
    for (out, content) in [
        (content.clone(), content.clone()),
        (content.join("public"), content.clone()),
        (content.join("not/yet/public"), content.clone()),
        (content.join("../content/x"), content.clone()),
        (board.home.path().to_owned(), content.clone()),
        (board.out(), board.home.path().join(".public.gongshi-staging/content")),
    ] {
        assert_eq!(name_of(open(&out, &content)), "out-overlaps-content", "{}", out.display());
    }
    assert_eq!(names(&content), [""; 0]);
    // A name that only begins the same is another folder.
    drop(open(&board.home.path().join("content2"), &content).unwrap());
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_seen_through() {
    use std::os::unix::fs::symlink;
    let board = Board::new();
    let elsewhere = board.home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, board.out()).unwrap();
    assert_eq!(name_of(board.open()), "out-is-link");
    fs::remove_file(board.out()).unwrap();
    symlink(board.content(), board.out()).unwrap();
    assert_eq!(name_of(board.open()), "out-overlaps-content");
    fs::remove_file(board.out()).unwrap();
    symlink(board.content(), board.home.path().join("link")).unwrap();
    let through = board.home.path().join("link/public");
    assert_eq!(name_of(open(&through, &board.content())), "out-overlaps-content");

    // Nothing behind a link in the old tree, or in remains, is ever touched.
    fs::write(elsewhere.join("mine.txt"), "mine").unwrap();
    board.publish(&[("a.html", "a")]).remove_old().unwrap();
    symlink(&elsewhere, board.out().join("files")).unwrap();
    assert_eq!(name_of(board.open()), "foreign-files");
    fs::remove_file(board.out().join("files")).unwrap();
    fs::remove_file(board.out().join("a.html")).unwrap();
    symlink(elsewhere.join("mine.txt"), board.out().join("a.html")).unwrap();
    assert_eq!(name_of(board.open()), "foreign-files");
    fs::remove_file(board.out().join("a.html")).unwrap();
    let work = board.home.path().join(".public.gongshi-staging");
    fs::create_dir(&work).unwrap();
    symlink(&elsewhere, work.join("new")).unwrap();
    drop(board.open().unwrap());
    symlink(&elsewhere, &work).unwrap();
    assert_eq!(name_of(board.open()), "in-the-way");
    assert_eq!(contents(&elsewhere), as_map(&[("mine.txt", "mine")]));
}

#[test]
fn a_file_is_no_place_for_a_site() {
    let board = Board::new();
    fs::write(board.out(), "mine").unwrap();
    assert_eq!(name_of(board.open()), "out-is-file");
    assert_eq!(name_of(open(&board.out().join("deeper/public"), &board.content())), "out-is-file");
    assert_eq!(fs::read_to_string(board.out()).unwrap(), "mine");
}

#[test]
fn folders_above_are_made() {
    let board = Board::new();
    let out = board.home.path().join("a/b/public");
    let staging = open(&out, &board.content()).unwrap();
    write_all(&staging, &[("a.html", "a")]);
    staging.publish(about()).unwrap().remove_old().unwrap();
    assert_eq!(names(&out), ["a.html", "manifest.json"]);
}

/// Needs the right to mount: says so and passes where there is none.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_mount_point_are_said() {
    let board = Board::new();
    let disk = board.home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        std::process::Command::new(program)
            .args(arguments)
            .arg(&disk)
            .output()
            .is_ok_and(|o| o.status.success())
    };
    if !run("mount", &["-t", "tmpfs", "-o", "size=256k", "none"]) {
        eprintln!("skipped: no right to mount");
        return;
    }
    let checked = std::panic::catch_unwind(|| {
        assert_eq!(name_of(open(&disk, &board.content())), "out-is-mount");
        let out = disk.join("public");
        let staging = open(&out, &board.content()).unwrap();
        write_all(&staging, &[("a.html", "old")]);
        staging.publish(about()).unwrap().remove_old().unwrap();
        let staging = open(&out, &board.content()).unwrap();
        write_all(&staging, &[("a.html", "new")]);
        assert_eq!(name_of(staging.write(&path("big.pdf"), &vec![0; 1 << 20])), "disk-full");
        drop(staging);
        assert_eq!(contents(&out), as_map(&[("a.html", "old")]));
        assert_eq!(names(&disk), ["public"]);
    });
    let unmounted = run("umount", &[]);
    assert!(checked.is_ok() && unmounted);
}

/// The superuser may write everywhere: says so and passes then.
#[cfg(unix)]
#[test]
fn a_place_without_permission_is_said() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: the superuser may write everywhere");
        return;
    }
    let board = Board::new();
    fs::set_permissions(board.home.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let result = board.open();
    fs::set_permissions(board.home.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(name_of(result), "cannot-write");
}

/// Whoever runs the tests: here nobody can write.
#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nothing_can_be_made_is_said() {
    assert_eq!(
        name_of(open(Path::new("/proc/gongshi/public"), Board::new().content().as_path())),
        "cannot-write"
    );
}
