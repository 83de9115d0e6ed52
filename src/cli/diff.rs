//! `gongshi diff`: two published folders, in the board's words.

mod facts;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use super::DONE;
use super::arguments::{Diff, Format};
use super::print::Printer;
use crate::diagnostics::{Failure, Language, say, word};
use crate::privacy;
use crate::publish::{self, Comparison, Turn, TurnKind};

/// Prints what has come, changed and gone from the first folder to the second, a line for each thing.
pub(super) fn run(asked: &Diff, printer: &Printer) -> Result<u8, Failure> {
    let comparison = publish::diff(&asked.old, &asked.new)?;
    let Comparison { from, to, turns, uncompared, .. } = &comparison;
    let days = [("from", from.to_string()), ("to", to.to_string())];
    if from > to {
        printer.note("say-diff-reversed", &days);
    }
    let lines = Lines::new(&comparison, printer.language());
    if asked.format == Format::Json {
        for turn in turns {
            // A struct of strings and numbers always has a JSON form.
            let said = Said { turn, text: lines.line(turn) };
            printer.line(&serde_json::to_string(&said).unwrap_or_default());
        }
        note_uncompared(uncompared, printer);
        return Ok(DONE);
    }
    let (pages, things): (Vec<&Turn>, Vec<&Turn>) =
        turns.iter().partition(|turn| turn.kind == TurnKind::Page);
    for turn in &things {
        printer.line(&lines.line(turn));
    }
    if !pages.is_empty() {
        printer.line(&lines.other_pages(&pages));
        if !comparison.same_version {
            printer.note("say-diff-versions", &[]);
        }
    }
    note_uncompared(uncompared, printer);
    let [from, to] = days;
    let summary = match (turns.len(), uncompared.is_empty()) {
        (0, true) => "say-diff-same",
        (0, false) => "say-diff-same-otherwise",
        (1, _) => "say-diff-one",
        _ => "say-diff-count",
    };
    printer.say(summary, &[from, to, ("count", turns.len().to_string())]);
    Ok(DONE)
}

/// Says which files were not compared: nothing is known of them, whether the rest has changed or not.
fn note_uncompared(files: &[String], printer: &Printer) {
    const MOST_NAMED: usize = 3;
    if files.is_empty() {
        return;
    }
    let named = files.iter().take(MOST_NAMED).map(|file| privacy::mask_private(file).into_owned()).collect();
    let facts = [
        ("count", files.len().to_string()),
        ("files", printable(&words::joined(named, files.len(), printer.language()))),
    ];
    printer.note("say-diff-uncompared", &facts);
}

/// What tools get of one thing: the same as people, and the line that people get.
#[derive(Serialize)]
struct Said<'t> {
    #[serde(flatten)]
    turn: &'t Turn,
    text: String,
}

/// Writes lines, of which no two look as if they were of the same thing.
struct Lines<'c> {
    comparison: &'c Comparison,
    /// Of each area and title the kinds and addresses that have it.
    alike: BTreeMap<[&'c str; 2], Vec<(TurnKind, &'c str)>>,
    language: Language,
}

impl<'c> Lines<'c> {
    fn new(comparison: &'c Comparison, language: Language) -> Self {
        let mut alike: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for turn in &comparison.turns {
            let key = [turn.area.as_str(), without_area(&turn.title, &turn.area_name)];
            alike.entry(key).or_default().push((turn.kind, turn.address.as_str()));
        }
        Self { comparison, alike, language }
    }

    fn line(&self, turn: &Turn) -> String {
        let details = turn.details.iter().map(|detail| words::of(detail, turn.kind, self.language));
        let two = |first: String, second: String| {
            say("say-diff-and", self.language, &[("first", first), ("second", second)])
        };
        let details = details.reduce(two).unwrap_or_default();
        let area = self.area(turn);
        let line = match turn.kind {
            TurnKind::Area => {
                say("say-diff-line-area", self.language, &[("area", area), ("details", details)])
            }
            _ => {
                let facts = [("area", area), ("title", self.title(turn)), ("details", details)];
                say("say-diff-line", self.language, &facts)
            }
        };
        printable(&line)
    }

    /// The name of the area; with its path where there are several of that name.
    fn area(&self, turn: &Turn) -> String {
        if self.comparison.ambiguous_areas.contains(&turn.area_name) {
            return self.bracketed(turn.area_name.clone(), turn.area.clone());
        }
        turn.area_name.clone()
    }

    /// The title; with what it is where that is not plain, and with its address where even that has another.
    fn title(&self, turn: &Turn) -> String {
        if turn.title.is_empty() {
            return word(words::kind(turn.kind), self.language);
        }
        let title = without_area(&turn.title, &turn.area_name);
        let alike = self.alike.get(&[turn.area.as_str(), title]).map_or(&[][..], Vec::as_slice);
        let others = |same_kind: bool| {
            alike.iter().any(|(kind, address)| {
                (*kind == turn.kind) == same_kind && (*kind != turn.kind || *address != turn.address)
            })
        };
        let plain = matches!(
            turn.kind,
            TurnKind::List
                | TurnKind::Result
                | TurnKind::Notice
                | TurnKind::Contact
                | TurnKind::Reception
                | TurnKind::Fund
        );
        let title = title.to_owned();
        let title = if plain && !others(false) {
            title
        } else {
            self.bracketed(title, word(words::kind(turn.kind), self.language))
        };
        if others(true) { self.bracketed(title, turn.address.clone()) } else { title }
    }

    fn bracketed(&self, name: String, what: String) -> String {
        say("say-diff-bracketed", self.language, &[("name", name), ("what", what)])
    }

    /// The line on pages of which nothing else is known.
    fn other_pages(&self, pages: &[&Turn]) -> String {
        let addresses = pages
            .iter()
            .take(words::MOST_NAMED)
            .map(|page| self.bracketed(page.title.clone(), page.address.clone()))
            .collect();
        let facts = [
            ("count", pages.len().to_string()),
            ("pages", words::joined(addresses, pages.len(), self.language)),
        ];
        let entry = if pages.len() == 1 { "say-diff-one-page" } else { "say-diff-pages" };
        printable(&say(entry, self.language, &facts))
    }
}

/// A title without the name of its area, with which many begin, where what follows is a year or a number: anything else
/// may be one word with it.
fn without_area<'t>(title: &'t str, area: &str) -> &'t str {
    let rest = title.strip_prefix(area).map(str::trim_start);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(title)
}

/// A line that does to a terminal nothing but stand there: content, and whoever changed a folder, may have put marks into
/// it that move the cursor or turn the direction of writing.
fn printable(line: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    line.replace(acts, " ")
}
