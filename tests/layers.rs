//! The repository checks itself: modules use only what stands below them, and nothing unfinished is left.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules, lowest first. `diagnostics` and `calendar` do not know each other; a module uses only what
/// stands before it.
const LAYERS: [&str; 15] = [
    "values",
    "diagnostics",
    "calendar",
    "privacy",
    "source",
    "kinds",
    "board",
    "views",
    "theme",
    "site",
    "sheets",
    "publish",
    "lib",
    "cli",
    "main",
];

fn sources() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).sort_by_file_name();
    files
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter(|path| !is_test(path))
        .collect()
}

/// Whether a file holds tests only; those may look at everything.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| {
        ["tests", "tests.rs", "properties.rs", "oracle.rs", "fixtures.rs"]
            .iter()
            .any(|name| part.as_os_str() == *name)
    })
}

/// The module that a source file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let rank = |module: &str| LAYERS.iter().position(|layer| *layer == module);
    let mut faults = Vec::new();
    for path in sources() {
        let module = module_of(&path);
        let own = rank(&module).unwrap_or_else(|| panic!("{module} has no layer"));
        for line in fs::read_to_string(&path).unwrap().lines() {
            for part in line.split("crate::").skip(1) {
                let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rank(&used).is_some_and(|used| used > own) {
                    faults.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_unfinished_is_left() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        for mark in ["todo!", "unimplemented!", "dbg!", "FIXME"] {
            assert!(!text.contains(mark), "{} holds {mark}", path.display());
        }
    }
}

#[test]
fn no_text_for_readers_stands_in_the_code() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // Templates hold markup and words by name; their text is the theme's words.
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/components");
    let files = walkdir::WalkDir::new(themes).into_iter().map(|entry| entry.unwrap().into_path());
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains(chinese), "{} holds Chinese text", path.display());
    }
}
