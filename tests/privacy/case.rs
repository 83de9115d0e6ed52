//! The records of the data files.

use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

/// The fewest digits of a private number.
const SHORTEST: usize = 11;

/// What is to become of a case.
pub enum Expected {
    /// Nothing is published, and no digits of the number are shown.
    Stopped,
    /// It is published.
    Passes,
    /// It is published, and nothing is said of it.
    Silent,
    /// The board is published without it.
    Removed,
    /// A problem of this name is said.
    Said(String),
}

/// One record.
pub struct Case {
    /// File and line.
    pub place: String,
    pub expected: Expected,
    /// Where on a board the text is put, each a case of its own.
    pub places: Vec<String>,
    pub why: String,
    pub text: String,
    /// What no published file may hold.
    pub gone: Vec<String>,
    is_phone: bool,
}

/// All cases of a folder beside this file.
pub fn read(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/privacy").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt"));
    texts
        .flat_map(|file| {
            let name = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
            records(&name, &fs::read_to_string(file).unwrap())
        })
        .collect()
}

fn records(file: &str, text: &str) -> Vec<Case> {
    let (mut cases, mut lines, mut first) = (Vec::new(), Vec::new(), 1);
    for (number, line) in text.lines().chain(["---"]).enumerate() {
        if line == "---" {
            if lines.iter().any(|line: &&str| !line.trim().is_empty() && !line.starts_with('#')) {
                cases.push(record(&format!("{file}:{first}"), &lines));
            }
            lines.clear();
            first = number + 2;
        } else {
            lines.push(line);
        }
    }
    cases
}

fn record(place: &str, lines: &[&str]) -> Case {
    let mut case = Case {
        place: place.to_owned(),
        expected: Expected::Passes,
        places: Vec::new(),
        why: String::new(),
        text: String::new(),
        gone: Vec::new(),
        is_phone: false,
    };
    let mut has_expectation = false;
    for (index, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':').unwrap_or_else(|| panic!("{place}: no key in {line:?}"));
        match key {
            "expect" => {
                has_expectation = true;
                case.expected = match value.trim() {
                    "stopped" => Expected::Stopped,
                    "passes" => Expected::Passes,
                    "removed" => Expected::Removed,
                    "silent" => Expected::Silent,
                    other => Expected::Said(other.strip_prefix("said ").expect(place).to_owned()),
                }
            }
            "place" => case.places = value.split_whitespace().map(str::to_owned).collect(),
            "why" => case.why = value.trim().to_owned(),
            "gone" => case.gone.push(value.trim().to_owned()),
            "kind" => case.is_phone = value.trim() == "phone",
            "text" => {
                let first = value.strip_prefix(' ').or((!value.is_empty()).then_some(value));
                let lines = first.into_iter().chain(lines[index + 1..].iter().copied());
                case.text = decoded(&lines.collect::<Vec<_>>().join("\n"));
                break;
            }
            _ => panic!("{place}: unknown key {key:?}"),
        }
    }
    assert!(has_expectation && !case.places.is_empty() && !case.text.is_empty(), "{place} is not whole");
    case
}

/// The text with `\u{200B}` and `\\` undone.
fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        decoded.push_str(before);
        rest = match after.strip_prefix("u{").and_then(|after| after.split_once('}')) {
            Some((hex, after)) => {
                decoded.push(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect(hex));
                after
            }
            None => {
                decoded.push('\\');
                after.strip_prefix('\\').unwrap_or(after)
            }
        };
    }
    decoded + rest
}

impl Case {
    /// Four digits of the case's numbers in one that are `said`; such as could be a year or an address are none.
    ///
    /// Where a number stands in one, the other figures of the text are no secret; the extension of a telephone neither.
    pub fn shown_digits(&self, said: &str) -> Option<String> {
        let folded: String = self.text.nfkc().collect();
        let usual = ["2026", "0009", "0000"];
        let runs = folded.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= SHORTEST);
        let mut numbers: Vec<String> = runs.map(str::to_owned).collect();
        let stands_alone = !numbers.is_empty();
        if !stands_alone && !self.is_phone {
            numbers.push(folded.chars().filter(char::is_ascii_digit).collect());
        }
        let others: Vec<&str> =
            folded.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4).collect();
        let windows = numbers.iter().flat_map(|number| (4..=number.len()).map(|end| &number[end - 4..end]));
        let is_secret = |four: &&str| !(usual.contains(four) || stands_alone && others.contains(four));
        windows.filter(is_secret).find(|four| said.contains(*four)).map(str::to_owned)
    }
}
