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
    let files = files_below(&theme().join("components")).into_iter();
    for (_, bytes) in files.filter(|(path, _)| path.ends_with(".html")) {
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
fn words_whose_names_are_put_together_exist() {
    let states = ["upcoming", "open", "reviewing", "superseded", "closed", "confirmed", "withdrawn"];
    let stages = ["proposed", "terminating", "confirmed", "paid"].map(|stage| format!("stage_{stage}"));
    let caps = ["person", "household", "once", "month", "year"].map(|cap| format!("cap_{cap}"));
    let forms = ["fixed", "appointment", "outreach", "follow-up", "random", "thematic", "on-site", "meeting"];
    let names = states.map(|state| format!("tag_{state}")).into_iter();
    let known = words("zh-Hans");
    let names = names.chain(stages).chain(caps);
    for name in names.chain(forms.map(|form| format!("form_{form}"))) {
        assert!(known.contains_key(&name), "{name}");
    }
    for (name, count) in
        [("weekdays", 7), ("weekdays_short", 7), ("months", 12), ("quarters", 4), ("halves", 2)]
    {
        for language in ["zh-Hans", "en"] {
            assert_eq!(words(language)[name].split(' ').count(), count, "{name} in {language}");
        }
    }
}

#[test]
fn a_board_can_be_in_english() {
    let board = Board::small().replacing("board.toml", "title", "language = \"en\"\ntitle");
    let _ = board.build().exits(0);
    let page = String::from_utf8(board.published()["index.html"].clone()).unwrap();
    assert!(page.contains("lang=\"en\"") && page.contains("22 November 2026"), "{page}");
}

/// The small board with a theme of its own.
fn themed() -> Board {
    Board::small().replacing("board.toml", "title", "theme = \"ours\"\ntitle")
}

#[test]
fn a_boards_own_components_and_words_replace_the_built_in_ones_one_by_one() {
    let board = themed()
        .with("themes/ours/components/lost/lost.html", "{{ w.lost_title }}")
        .with("themes/ours/components/card/card.css", ".card { color: black; }")
        .with("themes/ours/components/zebra/zebra.css", ".zebra { color: white; }")
        .with("themes/ours/components/zebra/README.md", "Stripes.")
        .with("themes/ours/words/zh-Hans.toml", "lost_title = \"找不到\"\n")
        .with("themes/ours/static/seal.txt", "seal");
    assert_eq!(board.problems(), []);
    let _ = board.build().exits(0);
    let published = board.published();
    assert_eq!(published["404.html"], "找不到".as_bytes());
    assert_eq!(published["assets/seal.txt"], b"seal");
    assert!(published.contains_key("contacts/index.html"));
    let style = String::from_utf8(published["assets/board.css"].clone()).unwrap();
    let built_in = fs::read_to_string(theme().join("components/card/card.css")).unwrap();
    let base = fs::read_to_string(theme().join("components/base/base.css")).unwrap();
    assert!(!style.contains(built_in.trim()) && style.contains(base.trim()));
    let tokens = fs::read_to_string(theme().join("components/tokens/tokens.css")).unwrap();
    // The tokens stand first, the others by name.
    let places = [tokens.trim(), base.trim(), ".card { color: black; }", ".zebra { color: white; }"];
    let places = places.map(|part| style.find(part).unwrap_or_else(|| panic!("no {part}")));
    assert_eq!(places[0], 0);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_theme_with_templates_and_one_style_sheet_works_too() {
    let board = themed()
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
fn files_that_a_theme_does_not_use_are_named() {
    let board = themed()
        .with("themes/ours/components/card/cards.css", "")
        .with("themes/ours/components/card.css", "")
        .with("themes/ours/stray.txt", "");
    let place = |path: &'static str| ("unused-theme-file", path);
    let strays = [
        place("themes/ours/components/card.css"),
        place("themes/ours/components/card/cards.css"),
        place("themes/ours/stray.txt"),
    ];
    assert_eq!(board.problems(), expected(&strays));
    let board = themed()
        .with("themes/ours/components/card/card.css", ".card { color: black; }")
        .with("themes/ours/static/board.css", "body { color: black; }");
    assert_eq!(board.problems(), expected(&[place("themes/ours/components/card/card.css")]));
}

#[test]
fn faults_of_a_boards_own_theme_have_places() {
    let board = Board::small().replacing("board.toml", "title", "theme = \"ours\"\ntitle");
    assert_eq!(board.problems(), expected(&[("no-such-theme", "board.toml:1:9")]));
    let broken = |text: &str, code: &str, place: &str| {
        for path in ["themes/ours/templates/lost.html", "themes/ours/components/lost/lost.html"] {
            let place = format!("{path}{place}");
            assert_eq!(themed().with(path, text).problems(), expected(&[(code, &place)]), "{text}");
        }
    };
    broken("<p>\n{% if %}", "theme-fault", ":2:7");
    broken("<p>\n{{ page_of }}", "theme-fault", ":2:4");
    broken("<p>\n{{ frame.naem }}", "theme-fault", ":2:10");
    broken("<p>\n{{ frame.day | dat }}", "theme-fault", ":2:16");
    broken("<p>\n{{ w.lost_titel }}", "no-such-word", ":2:6");
    // Where no page comes by, too; not in text, not in comments, not in quotations, not in other names.
    broken("w.x {# w.x #}\n{% if false %}{{ w.lost_titel }}{% endif %}{{ 'w.x' }}", "no-such-word", ":2:20");
    let board = themed()
        .with("themes/ours/templates/lost.html", "{{ frame.day | dat }}\n{{<phon number={1} />}}")
        .with("themes/ours/templates/moved.html", "{{ w.moved is blue }}");
    let places = [
        ("theme-fault", "themes/ours/templates/lost.html:1:16"),
        ("theme-fault", "themes/ours/templates/lost.html:2:3"),
        ("theme-fault", "themes/ours/templates/moved.html:1:15"),
    ];
    assert_eq!(board.problems(), expected(&places));
    let board = themed().with("themes/ours/templates/lost.html", "{% extends \"bas.html\" %}");
    assert_eq!(board.problems(), expected(&[("theme-fault", "themes/ours/templates/lost.html")]));
    let component = "{% component phone(number, verb=\"\") %}\n{{ number.digitz }}{% endcomponent phone %}";
    let board = themed().with("themes/ours/components/phone/phone.html", component);
    let place = "themes/ours/components/phone/phone.html:2:11";
    assert_eq!(board.problems(), expected(&[("theme-fault", place)]));
}

#[test]
fn every_page_leads_to_its_areas_open_data_and_all_of_it_is_there() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let published = board.published();
    for (path, bytes) in published.iter().filter(|(path, _)| path.ends_with("/index.html")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let folder = Path::new(path).parent().unwrap();
        let link = |href: &str| {
            // Links climb and then name a file of the site.
            let up = href.matches("../").count();
            folder.ancestors().nth(up).unwrap().join(href.trim_start_matches("../"))
        };
        let hrefs = text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let mut to_data = 0;
        for href in hrefs.filter(|href| href.starts_with("../")) {
            let target = link(href).to_string_lossy().into_owned();
            to_data += usize::from(target.ends_with("data/index.html"));
            assert!(!target.contains('%') && published.contains_key(&target), "{path} leads to {target}");
        }
        // A page at an old address leads to the new one only.
        assert!(to_data > 0 || text.contains("http-equiv=\"refresh\""), "{path} does not lead to open data");
    }
    let root = String::from_utf8(published["data/index.html"].clone()).unwrap();
    for file in
        ["contacts.json", "reception.ics", "feed.xml", "manifest.json", "recipients.csv", "scores.csv"]
    {
        assert!(root.contains(&format!("{file}\"")), "{file}");
    }
}

/// The examples of a document: the path in a line of its own and a colon, then the file.
fn examples(document: &str) -> Vec<(&str, &str)> {
    let parts = document.split("\n`themes/").skip(1);
    parts
        .map(|part| {
            let (path, rest) = part.split_once("`:\n\n```").unwrap();
            let text = rest.split_once('\n').unwrap().1.split_once("\n```").unwrap().0;
            (path, text)
        })
        .collect()
}

#[test]
fn the_examples_of_the_document_on_themes_are_true() {
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes.md")).unwrap();
    let examples = examples(&document);
    assert_eq!(examples.len(), 5);
    let board =
        examples.iter().fold(themed(), |board, (path, text)| board.with(&format!("themes/{path}"), text));
    assert_eq!(board.problems(), []);
    let _ = board.build_with_sheets().exits(0);
    let published = board.published();
    assert!(published["sheets/bulletin.pdf"].starts_with(b"%PDF"));
    let text = |path: &str| String::from_utf8(published[path].clone()).unwrap();
    assert!(text("index.html").contains("村务监督电话"));
    let style = text("assets/board.css");
    assert!(style.rfind("--seal: #14532d").unwrap() > style.rfind("--seal: #000").unwrap());
    assert!(style.contains(".card { border-top"));
    assert!(text("404.html").contains("打电话") && !text("404.html").contains("class=\"answer\""));
}

/// The colours of the tokens in light and in dark.
fn colours() -> [BTreeMap<String, [f64; 3]>; 2] {
    let text = fs::read_to_string(theme().join("components/tokens/tokens.css")).unwrap();
    let mut blocks = text.split("@media");
    let colours_of = |block: &str| -> BTreeMap<String, [f64; 3]> {
        let pairs = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
        pairs.map(|(name, colour)| (name.to_owned(), channels(colour.trim_end_matches(';')))).collect()
    };
    let light = colours_of(blocks.next().unwrap());
    let mut dark = light.clone();
    dark.extend(colours_of(blocks.find(|block| block.contains("color-scheme: dark")).unwrap()));
    [light, dark]
}

fn channels(colour: &str) -> [f64; 3] {
    let digits: Vec<u32> = colour.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    let step = digits.len() / 3;
    [0, 1, 2].map(|at| f64::from(digits[at * step] * 16 + digits[at * step + step - 1]) / 255.0)
}

/// How bright a colour is, by WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn text_stands_out_from_what_it_stands_on() {
    let pairs = [
        ("ink", &["paper", "wash", "seal-wash"][..]),
        ("muted", &["paper", "wash", "seal-wash"]),
        ("link", &["paper", "wash", "seal-wash"]),
        ("seal-ink", &["paper", "wash", "seal-wash"]),
        ("open", &["open-wash"]),
        ("late", &["late-wash"]),
        ("on-button", &["button"]),
        ("on-focus", &["focus"]),
    ];
    for colours in colours() {
        for (text, grounds) in pairs {
            for ground in grounds {
                let mut both = [luminance(colours[text]), luminance(colours[*ground])];
                both.sort_by(f64::total_cmp);
                let contrast = (both[1] + 0.05) / (both[0] + 0.05);
                assert!(contrast >= 7.0, "{text} on {ground}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn colours_and_sizes_stand_in_the_tokens_only() {
    for (path, bytes) in files_below(&theme().join("components")) {
        let text = String::from_utf8(bytes).unwrap();
        let folder = path.split('/').next().unwrap();
        if path.ends_with(".css") && folder != "tokens" {
            for line in text.lines() {
                let raw =
                    line.split('#').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_hexdigit()));
                assert!(!raw && !line.contains("rgb("), "{path} has a colour of its own: {line}");
                assert!(!line.contains("font-size: ") || line.contains("font-size: var("), "{path}: {line}");
            }
        }
        if let Some(name) = path.strip_suffix(".html") {
            assert_eq!(name, format!("{folder}/{folder}"), "a template is called like its folder");
        }
        assert!(
            theme().join("components").join(folder).join("README.md").exists(),
            "{folder} has no README.md"
        );
    }
}
