//! The code names problems, `messages/*.toml` says them: this holds the two together.
//!
//! The source is read as text, so that a name counts even where no test reaches it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gongshi::diagnostics::{Entry, Words, catalogue};

/// What stands before the name of a problem or failure, each of which needs a help page.
const PROBLEM: [&str; 5] =
    ["Code::error(", "Code::warning(", "Failure::usage(", "Failure::machine(", "refuse("];

/// How names of words and lines begin, wherever they stand in the source.
const WORD: [&str; 3] = ["say-", "want-", "kind-"];

/// What the source names.
#[derive(Default)]
struct Named {
    /// Problems and failures, with the file of each.
    problems: BTreeMap<String, PathBuf>,
    /// Words and lines that a command says, with the file of each.
    words: BTreeMap<String, PathBuf>,
    /// Everything in quotation marks that could be a name.
    literals: BTreeSet<String>,
}

/// The source without its tests, file by file.
fn sources() -> Vec<(PathBuf, String)> {
    let is_test = |file: &PathBuf| {
        file.components().any(|part| part.as_os_str() == "tests") || file.ends_with("tests.rs")
    };
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).expect("source is readable");
        let code = without_tests(&text).to_owned();
        (file, code)
    };
    files_below(&root().join("src"), "rs").into_iter().filter(|file| !is_test(file)).map(read).collect()
}

fn named() -> Named {
    let mut named = Named::default();
    for (file, code) in sources() {
        for opener in PROBLEM {
            for name in names_after(&code, opener) {
                named.problems.insert(name, file.clone());
            }
        }
        for literal in literals(&code) {
            if WORD.iter().any(|prefix| literal.starts_with(prefix)) {
                named.words.insert(literal.clone(), file.clone());
            }
            named.literals.insert(literal);
        }
        // The entry of `with_word("fact", "entry")` is a word whatever it is called.
        for call in code.split("with_word(").skip(1) {
            let call = call.split(')').next().unwrap_or_default();
            if let Some(name) = call.split_once(',').and_then(|(_, entry)| name_at_start(entry)) {
                named.words.insert(name, file.clone());
            }
        }
    }
    named
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files: Vec<PathBuf> = walk
        .map(|entry| entry.expect("folder is readable").into_path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    assert!(!files.is_empty(), "no .{ending} in {}", folder.display());
    files
}

/// The text before an inline module of tests.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests {").and_then(|at| text.get(..at)).unwrap_or(text)
}

fn names_after(code: &str, opener: &str) -> Vec<String> {
    code.split(opener).skip(1).filter_map(name_at_start).collect()
}

/// The name in quotation marks with which `code` starts, blanks apart.
fn name_at_start(code: &str) -> Option<String> {
    let (name, _) = code.trim_start().strip_prefix('"')?.split_once('"')?;
    is_name(name).then(|| name.to_owned())
}

/// Every name in quotation marks. Pieces between any two marks are looked at, so that no text of the code
/// can put the count of marks out of step.
fn literals(code: &str) -> Vec<String> {
    code.split('"').filter(|piece| is_name(piece)).map(str::to_owned).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Each message file with its tables.
fn message_files() -> Vec<(PathBuf, toml::Table)> {
    files_below(&root().join("messages"), "toml")
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("messages are readable");
            let table = text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
            (path, table)
        })
        .collect()
}

/// Both languages of an entry.
fn languages(entry: &Entry) -> [(&'static str, &Words); 2] {
    [("zh", &entry.zh), ("en", &entry.en)]
}

/// The facts that a template names, doubled braces apart.
fn placeholders(template: &str) -> BTreeSet<String> {
    let plain = template.replace("{{", "").replace("}}", "");
    plain
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Fails with all faults at once.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn everything_the_code_names_has_words() {
    let named = named();
    assert!(named.problems.len() > 50 && named.words.len() > 10, "the source was not read");
    let mut faults = Vec::new();
    for (name, file) in named.problems.iter().chain(&named.words) {
        let Some(entry) = catalogue().get(name) else {
            faults.push(format!("{name} has no entry ({})", file.display()));
            continue;
        };
        for (language, words) in languages(entry) {
            if words.message.trim().is_empty() {
                faults.push(format!("{name}.{language} has no message"));
            }
            if named.problems.contains_key(name) && words.page.trim().is_empty() {
                faults.push(format!("{name}.{language} has no page"));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_code_is_declared_once() {
    let mut declared: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut faults = Vec::new();
    for (file, code) in sources() {
        for name in ["Code::error(", "Code::warning("].iter().flat_map(|opener| names_after(&code, opener)) {
            if let Some(first) = declared.insert(name.clone(), file.clone()) {
                faults.push(format!("{name} is declared in {} and {}", first.display(), file.display()));
            }
        }
    }
    assert!(declared.len() > 50, "the source was not read");
    none(&faults);
}

#[test]
fn every_entry_is_used() {
    let named = named();
    let unused: Vec<String> = catalogue()
        .keys()
        .filter(|name| !named.literals.contains(*name))
        .map(|name| format!("{name} is used nowhere in src"))
        .collect();
    none(&unused);
}

#[test]
fn no_file_or_entry_is_dropped_and_none_stands_twice() {
    let mut home: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, table) in message_files() {
        for name in table.keys() {
            if let Some(first) = home.insert(name.clone(), path.clone()) {
                faults.push(format!("{name} stands in {} and {}", first.display(), path.display()));
            }
            if !catalogue().contains_key(name) {
                faults.push(format!("{name} of {} is not in the catalogue", path.display()));
            }
        }
    }
    none(&faults);
    assert_eq!(home.len(), catalogue().len());
}

#[test]
fn both_languages_name_the_same_facts() {
    let faults: Vec<String> = catalogue()
        .iter()
        .filter(|(_, entry)| placeholders(&entry.zh.message) != placeholders(&entry.en.message))
        .map(|(name, entry)| format!("{name}: “{}” and “{}”", entry.zh.message, entry.en.message))
        .collect();
    none(&faults);
}

#[test]
fn messages_are_written_alike() {
    let mut faults = Vec::new();
    for (name, entry) in catalogue() {
        for (language, words) in languages(entry) {
            let message = &words.message;
            if message.ends_with(['。', '.', '！', '!']) || message.trim() != message {
                faults.push(format!("{name}.{language} ends its message with a stop or blank: {message}"));
            }
            for text in words.help.iter().chain([message]) {
                if text.contains('\n') {
                    faults.push(format!("{name}.{language} has a line break in: {text}"));
                }
                faults
                    .extend(braces_fault(text).map(|fault| format!("{name}.{language}: {fault} in: {text}")));
            }
        }
        for text in entry.zh.help.iter().chain([&entry.zh.message, &prose(&entry.zh.page)]) {
            faults.extend(
                text.lines()
                    .filter(|line| has_half_width_comma(line))
                    .map(|line| format!("{name}.zh has a half-width comma: {line}")),
            );
        }
    }
    none(&faults);
}

/// What keeps a template from being filled: the catalogue shows the bare name then.
fn braces_fault(template: &str) -> Option<&'static str> {
    let plain = template.replace("{{", "").replace("}}", "");
    let mut pieces = plain.split('{');
    if pieces.next().is_some_and(|before| before.contains('}')) {
        return Some("a } without {");
    }
    pieces
        .any(|piece| {
            let name = piece.split_once('}');
            !name.is_some_and(|(name, rest)| {
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                    && !rest.contains('}')
            })
        })
        .then_some("braces that hold no fact")
}

/// A page without its examples: fenced blocks and code within a line.
fn prose(page: &str) -> String {
    page.split("```")
        .step_by(2)
        .flat_map(str::lines)
        .map(|line| line.split('`').step_by(2).collect::<String>() + "\n")
        .collect()
}

fn has_half_width_comma(line: &str) -> bool {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    line.chars().zip(line.chars().skip(1)).any(|(before, c)| c == ',' && chinese(before))
}
