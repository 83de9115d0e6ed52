//! What must never get out, and what must never be stopped: cases written by hand, each built as a board of its own.
//!
//! A case is a record of a data file (`README.md` says how); nothing of the program's own search is used to judge it.

mod case;
mod documents;
mod pictures;
mod places;
mod xls;

use std::path::Path;

use chrono::NaiveDate;
use gongshi::diagnostics::{Diagnostic, Language, Severity, show};
use rayon::prelude::*;

use crate::harness::{Board, files_below};
use case::{Case, Expected};

/// The problems that say of a private number that it is one.
const FOUND: [&str; 5] =
    ["private-content", "private-output", "phone-not-published", "private-household-key", "lost-digits"];

/// What became of a case.
struct Outcome {
    problems: Vec<Diagnostic>,
    /// Everything that is said of them, in both languages.
    said: String,
    published: bool,
}

fn build(board: &Board) -> Outcome {
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let asked = gongshi::Asked { day, strict: false, sheets: false };
    let built = gongshi::build(&board.content(), &board.public(), asked, &|_, _| ()).unwrap();
    let languages = [Language::Chinese, Language::English];
    let said = languages.iter().flat_map(|language| {
        built.problems.iter().map(|problem| show(problem, *language, &built.content.files).to_text(false))
    });
    Outcome {
        said: said.collect::<Vec<_>>().join("\n"),
        published: built.published.is_some(),
        problems: built.problems,
    }
}

/// What is wrong with a case at one of its places; nothing where it is as expected.
fn fault(case: &Case, board: Board, place: &str) -> Option<String> {
    let board = places::put(board, place, &case.text);
    let outcome = build(&board);
    let codes: Vec<&str> = outcome.problems.iter().map(|problem| problem.code().name()).collect();
    let is_error = |problem: &&Diagnostic| problem.code().severity() == Severity::Error;
    let errors: Vec<&str> =
        outcome.problems.iter().filter(is_error).map(|problem| problem.code().name()).collect();
    let wrong = match case.expected {
        Expected::Stopped if outcome.published => Some("got out".to_owned()),
        Expected::Stopped if !errors.iter().all(|code| FOUND.contains(code)) => {
            Some(format!("stopped for another reason: {errors:?}"))
        }
        Expected::Stopped => case.shown_digits(&outcome.said).map(|digits| format!("says {digits}")),
        Expected::Passes if !outcome.published => Some(format!("stopped: {errors:?}")),
        Expected::Passes => None,
        Expected::Silent => (!codes.is_empty()).then(|| format!("said {codes:?}")),
        Expected::Removed if !outcome.published => Some(format!("stopped: {errors:?}")),
        Expected::Removed => still_there(&board.public(), case),
        Expected::Said(ref code) if !codes.contains(&code.as_str()) => Some(format!("said {codes:?}")),
        // The halves of a number are shown as little as the whole.
        Expected::Said(ref code) if code == "split-number" => {
            case.shown_digits(&outcome.said).map(|digits| format!("says {digits}"))
        }
        Expected::Said(_) => None,
    };
    wrong.map(|wrong| format!("{} at {place}: {wrong}\n    {}\n    {:?}", case.place, case.why, case.text))
}

/// The published file in which something of the case still stands.
fn still_there(public: &Path, case: &Case) -> Option<String> {
    let is_in = |bytes: &[u8]| {
        case.gone.iter().any(|gone| bytes.windows(gone.len()).any(|window| window == gone.as_bytes()))
    };
    assert!(!case.gone.is_empty(), "{} names nothing that is to be gone", case.place);
    let files = files_below(public);
    files.into_iter().find(|(_, bytes)| is_in(bytes)).map(|(path, _)| format!("still in {path}"))
}

/// Runs all cases of a folder; returns how many there are.
#[track_caller]
fn run(folder: &str, board: fn() -> Board) -> usize {
    let cases = case::read(folder);
    let each: Vec<(&Case, &str)> =
        cases.iter().flat_map(|case| case.places.iter().map(move |place| (case, place.as_str()))).collect();
    let faults: Vec<String> =
        each.par_iter().filter_map(|(case, place)| fault(case, board(), place)).collect();
    let count = each.len();
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
    count
}

#[test]
fn no_hostile_case_gets_out() {
    let count = run("hostile", Board::small);
    eprintln!("hostile cases, none of which gets out: {count}");
    assert!(count >= 300, "only {count} cases");
}

#[test]
fn no_innocent_case_is_stopped() {
    let count = run("innocent", Board::small);
    eprintln!("innocent cases, none of which is stopped: {count}");
    assert!(count >= 300, "only {count} cases");
}

#[test]
fn what_somebody_who_has_not_seen_the_guard_wrote_comes_out_as_they_expect() {
    let count = run("blind", places::supposed);
    eprintln!("blind cases: {count}");
    assert!(count >= 80, "only {count} cases");
}
