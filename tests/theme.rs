//! The look: every word in both languages, and a board's own templates, styles and words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::harness::{Board, expected, files_below};

fn theme() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")
}

fn words(language: &str) -> BTreeMap<String, String> {
    toml::from_str(&fs::read_to_string(theme().join(format!("words/{language}.toml"))).unwrap()).unwrap()
}

/// The names of words that templates use: `w.name`.
fn used() -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for bytes in files_below(&theme().join("templates")).into_values() {
        let text = String::from_utf8(bytes).unwrap();
        for (at, _) in text.match_indices("w.") {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let name: String =
                text[at + 2..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !before.is_alphanumeric() && before != '_' && before != '/' && !name.is_empty() {
                used.insert(name);
            }
        }
    }
    used
}

#[test]
fn both_languages_have_the_same_words() {
    let (chinese, english) = (words("zh-Hans"), words("en"));
    assert_eq!(chinese.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    let places = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).map(|part| part.split('}').next().unwrap().to_owned()).collect()
    };
    for (name, word) in &chinese {
        assert!(!word.is_empty(), "{name} is empty");
        assert_eq!(places(word), places(&english[name]), "{name}");
    }
}

#[test]
fn every_word_of_a_template_exists() {
    let known: BTreeSet<String> = words("zh-Hans").into_keys().collect();
    assert_eq!(used().difference(&known).collect::<Vec<_>>(), [] as [&String; 0]);
}

#[test]
fn a_board_can_be_in_english() {
    let board = Board::small().replacing("board.toml", "title", "language = \"en\"\ntitle");
    let _ = board.build().exits(0);
    let page = String::from_utf8(board.published()["index.html"].clone()).unwrap();
    assert!(page.contains("lang=\"en\"") && page.contains("22 November 2026"), "{page}");
}

#[test]
fn a_boards_own_template_style_and_word_replace_the_built_in_ones() {
    let board = Board::small()
        .replacing("board.toml", "title", "theme = \"ours\"\ntitle")
        .with("themes/ours/templates/lost.html", "{{ w.lost_title }}")
        .with("themes/ours/static/board.css", "body { color: black; }")
        .with("themes/ours/words/zh-Hans.toml", "lost_title = \"找不到\"\n");
    let _ = board.build().exits(0);
    let published = board.published();
    assert_eq!(published["404.html"], "找不到".as_bytes());
    assert_eq!(published["assets/board.css"], b"body { color: black; }");
    assert!(published.contains_key("contacts/index.html"));
}

#[test]
fn faults_of_a_boards_own_theme_have_places() {
    let board = Board::small().replacing("board.toml", "title", "theme = \"ours\"\ntitle");
    assert_eq!(board.problems(), expected(&[("no-such-theme", "board.toml:1:9")]));
    let broken = |text: &str, place: &str| {
        let board = Board::small()
            .replacing("board.toml", "title", "theme = \"ours\"\ntitle")
            .with("themes/ours/templates/lost.html", text);
        assert_eq!(board.problems(), expected(&[("theme-fault", place)]), "{text}");
    };
    broken("<p>\n{% if %}", "themes/ours/templates/lost.html:2:7");
    broken("<p>\n{{ w.lost_titel }}", "themes/ours/templates/lost.html:2:6");
    broken("<p>\n{{ page_of }}", "themes/ours/templates/lost.html:2:4");
}
