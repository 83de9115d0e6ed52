//! The documents in `docs/` are true: their examples build, the output they quote is the program's, and what they
//! name exists.

mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gongshi::diagnostics::catalogue;

use crate::harness::{Board, DAY, command};
use shown::{Shown, marks};

const REFERENCE: &str = "docs/reference.md";

/// Documents that run the program, with the language it speaks in them.
const HANDBOOKS: [(&str, &str); 2] = [("docs/zh/shouce.md", "zh"), ("docs/en/handbook.md", "en")];

/// What a reference example needs around it and does not show.
const AROUND: [(&str, &str); 2] = [
    (
        "board.toml",
        "title = \"云溪镇公开栏\"\nissuer = \"云溪镇人民政府\"\nbase_url = \"https://gongkai.example.org/\"\n",
    ),
    ("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\n"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// README and everything in `docs/`, by path.
fn documents() -> BTreeMap<String, String> {
    let walk = walkdir::WalkDir::new(root().join("docs")).into_iter().map(Result::unwrap);
    let docs = walk.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|e| e == "md"));
    let paths = docs.map(|path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
    paths.chain(["README.md".to_owned()]).map(|path| (path.clone(), text_of(&path))).collect()
}

/// What a run says, without the time that it took.
fn without_seconds(said: &str) -> String {
    let is_time = |word: &str| word.parse::<f32>().is_ok() && word.contains('.');
    let line = |line: &str| -> String {
        if !line.contains("public") {
            return line.to_owned();
        }
        line.split_inclusive(|c: char| !c.is_ascii_digit() && c != '.')
            .map(|piece| {
                let number = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
                if is_time(number) { piece.replacen(number, "0.0", 1) } else { piece.to_owned() }
            })
            .collect()
    };
    said.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_handbooks_show_boards_that_build_and_what_the_program_says() {
    for (path, language) in HANDBOOKS {
        let document = text_of(path);
        let mut shown = Shown::default();
        let mut for_once: Option<Shown> = None;
        for mark in marks(&document) {
            match mark.kind {
                "instead" => for_once.get_or_insert_with(|| shown.clone()).replace(mark.argument),
                "output" | "list" => {
                    let board = for_once.take().unwrap_or_else(|| shown.clone()).board();
                    let mut arguments: Vec<&str> = mark.argument.split(' ').collect();
                    arguments.extend(["--date", DAY, "--lang", language]);
                    let run = board.run(&arguments);
                    let problems = if mark.kind == "list" { "" } else { &run.stderr };
                    let said = without_seconds(&format!("{}{problems}", run.stdout));
                    assert_eq!(said, without_seconds(&mark.block), "{path}, line {}", mark.line);
                }
                _ => shown.take(&mark),
            }
        }
        let _ = shown.board().build().exits(0);
    }
}

#[test]
fn every_example_of_the_reference_builds_without_a_problem() {
    let reference = text_of(REFERENCE);
    let mut examples = 0;
    for section in reference.split("\n## ") {
        let title = section.lines().next().unwrap_or_default();
        let mut shown = Shown::default();
        marks(section).iter().for_each(|mark| shown.take(mark));
        if shown.0.is_empty() {
            continue;
        }
        for (path, text) in AROUND {
            shown.0.entry(path.to_owned()).or_insert_with(|| text.to_owned());
        }
        // An example without contacts has one for all of its areas.
        if !shown.0.keys().any(|path| path.starts_with("contacts")) {
            let villages: Vec<&str> =
                shown.0.keys().filter_map(|path| path.strip_suffix("/area.toml")).collect();
            let card = format!("[[contact]]\nname = \"叶知秋\"\nserves = {villages:?}\n");
            shown.0.insert("contacts.toml".to_owned(), card);
        }
        let board = shown.board();
        assert_eq!(board.problems(), [], "{title}");
        let _ = board.build().exits(0);
        examples += 1;
    }
    assert!(examples >= 8, "only {examples} sections have examples");
}

/// A plan of March 2026 with one rule.
fn plan_of_march(days: &str) -> String {
    format!(
        "title = \"接访日\"\nfrom = 2026-03-01\nto = 2026-03-31\npublished = 2026-02-20\nplace = \"一楼\"\n\
         [[session]]\nid = \"a\"\ntitle = \"接访\"\ndays = {days}\nhours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"zhou\"]\n"
    )
}

#[test]
fn every_day_rule_of_the_reference_means_the_days_beside_it() {
    let card =
        "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\n";
    let reference = text_of(REFERENCE);
    let mut rules = 0;
    let section = reference.split("\n## ").find(|section| section.starts_with("接访 ")).unwrap();
    for row in section.lines().filter(|line| line.starts_with("| `{ ")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let rule = cells[0].trim_start_matches("| ").trim_matches('`');
        let days: Vec<u32> = cells[2].split(", ").map(|day| day.parse().unwrap()).collect();
        let board = Board::small().with("contacts.toml", card).with("reception.toml", plan_of_march(rule));
        let _ = board.build().exits(0);
        let data: serde_json::Value = serde_json::from_slice(&board.published()["reception.json"]).unwrap();
        let dates = data["sessions"].as_array().unwrap().iter().map(|one| one["date"].as_str().unwrap());
        let found: Vec<u32> =
            dates.map(|date| date.strip_prefix("2026-03-").unwrap().parse().unwrap()).collect();
        assert_eq!(found, days, "{rule}");
        rules += 1;
    }
    assert!(rules >= 15, "only {rules} rules");
}

/// Everything in backticks.
fn code_spans(document: &str) -> impl Iterator<Item = &str> {
    document.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The words of letters, digits, `_` and `-` in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).filter(|word| !word.is_empty())
}

#[test]
fn the_reference_names_every_key_that_is_read() {
    let reference = text_of(REFERENCE);
    let named: BTreeSet<&str> = code_spans(&reference).flat_map(words).collect();
    let openers = ["required(", "optional(", "list(", "tables(", "take(", "some_of(&mut fields, "]
        .map(|o| format!("{o}\""));
    let mut keys = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root().join("src/kinds")).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let source = fs::read_to_string(entry.path()).unwrap();
        for opener in &openers {
            let found = source.split(opener.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
            keys.extend(found.map(str::to_owned));
        }
    }
    assert!(keys.len() > 80, "found only {}", keys.len());
    let missing: Vec<_> = keys.iter().filter(|key| !named.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "not in {REFERENCE}: {missing:?}");
}

#[test]
fn the_reference_names_every_heading_of_cards_and_recipients() {
    use gongshi::kinds::columns::{CONTACTS, RECIPIENTS};
    let reference = text_of(REFERENCE);
    let cells: BTreeSet<&str> = reference
        .lines()
        .filter(|line| line.starts_with('|'))
        .flat_map(|line| line.split(['|', ' ', '、', '`']))
        .collect();
    for heading in CONTACTS.usual().chain(RECIPIENTS.usual()) {
        assert!(cells.contains(heading), "{heading} is not in {REFERENCE}");
    }
}

#[test]
fn every_problem_that_documents_name_exists_and_the_reference_names_every_problem() {
    let mut named = BTreeSet::new();
    for (path, document) in documents() {
        let mut in_codes = false;
        for line in document.lines() {
            // Tables whose last or first column holds codes, and quoted output.
            if line.starts_with('|') && (line.contains("代号")) {
                in_codes = true;
            } else if !line.starts_with('|') {
                in_codes = false;
            }
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            let column =
                if path == REFERENCE || path == "docs/guard.md" { cells.last() } else { cells.first() };
            if let (true, Some(cell)) = (in_codes, column) {
                named.extend(code_spans(cell).map(|code| (path.clone(), code.to_owned())));
            }
            for start in ["错误[", "警告[", "error[", "warning["] {
                let codes = line.split(start).skip(1).filter_map(|rest| rest.split(']').next());
                named.extend(codes.map(|code| (path.clone(), code.to_owned())));
            }
            let explained = line.split("gongshi explain ").skip(1).filter_map(|rest| words(rest).next());
            named.extend(
                explained.filter(|code| code.contains('-')).map(|code| (path.clone(), code.to_owned())),
            );
        }
    }
    for (path, code) in &named {
        assert!(catalogue().contains_key(code.as_str()), "{path} names {code}, which does not exist");
    }
    let reference = text_of(REFERENCE);
    let in_reference: BTreeSet<&str> = code_spans(&reference).collect();
    let problems = problems_of_content();
    let missing: Vec<_> = problems.iter().filter(|code| !in_reference.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "not in {REFERENCE}: {missing:?}");
}

/// The names of all problems that content can have.
fn problems_of_content() -> BTreeSet<String> {
    let mut problems = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let source = fs::read_to_string(entry.path()).unwrap();
        for opener in ["Code::error(\"", "Code::warning(\""] {
            let found = source.split(opener).skip(1).filter_map(|rest| rest.split('"').next());
            problems.extend(found.filter(|name| catalogue().contains_key(*name)).map(str::to_owned));
        }
    }
    problems
}

#[test]
fn every_command_and_option_that_documents_name_exists() {
    let help = |arguments: &[&str]| {
        let output = command(root(), arguments).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    };
    for (path, document) in documents() {
        // Prose between commands is no command: look at code only.
        let fenced = document.split("```").skip(1).step_by(2).flat_map(str::lines);
        let spans = code_spans(&document);
        let lines = fenced.chain(spans).filter_map(|code| code.trim().strip_prefix("gongshi "));
        for line in lines {
            let line = line.split(['#', '>', '|', '&']).next().unwrap_or_default();
            let mut words = line.split_whitespace();
            let Some(first) = words.next() else { continue };
            let (subcommand, page) = if first.starts_with("--") {
                (first, help(&["--help"]))
            } else {
                (first, help(&[first, "--help"]))
            };
            let page = page.unwrap_or_else(|| panic!("{path}: there is no `gongshi {subcommand}`"));
            for option in line.split_whitespace().filter(|word| word.starts_with("--")) {
                assert!(page.contains(option), "{path}: `gongshi {line}` has no {option}");
            }
        }
    }
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    for (path, document) in documents() {
        let folder = root().join(&path).parent().map(Path::to_path_buf).unwrap_or_default();
        let own = document.split("```").step_by(2).collect::<String>();
        // What an example in backticks shows is no link of the document.
        let own: String =
            own.lines().map(|line| line.split('`').step_by(2).collect::<String>() + "\n").collect();
        for link in own.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with("tel:") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { root().join(&path) } else { folder.join(file) };
            assert!(target.exists(), "{path} links {link}, which is not there");
            if !heading.is_empty() {
                assert!(has_heading(&target, heading), "{path} links {link}, a heading that is not there");
            }
        }
    }
}

fn has_heading(file: &Path, wanted: &str) -> bool {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == wanted)
}
