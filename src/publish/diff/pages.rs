//! Pages whose text is different although nothing else tells of it.
//!
//! Open data do not hold every word of every page. What is not there is found by the text that people read, so that
//! “nothing has changed” is never said of a page that reads otherwise. Frames and looks are left out: they come with the
//! theme and the version of the program.

use std::collections::BTreeSet;

use super::pair::{Found, Pair};
use super::turn::{Detail, Turn, TurnKind};
use crate::diagnostics::Failure;

/// Looks at all pages that are in both folders, and notes those that have changed and are not told of.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    let told: BTreeSet<String> =
        found.turns.iter().filter(|turn| tells_pages(turn)).map(|turn| turn.address.clone()).collect();
    let is_told = |path: &str| {
        path.match_indices('/').any(|(at, _)| path.get(..at).is_some_and(|above| told.contains(above)))
    };
    // What shows the day, or what other pages say, is read only where neither can be the reason.
    let same_day = pair.old.manifest.date == pair.new.manifest.date;
    let mut otherwise = Vec::new();
    for (path, entry) in &pair.new.manifest.files {
        let path = path.as_str();
        let differs = pair.old.entry(path).is_some_and(|before| before != entry);
        if !differs || !path.ends_with(".html") || is_attached(path) || is_of_contacts(path) {
            continue;
        }
        let folder = path.strip_suffix("/index.html").unwrap_or(path);
        if !(is_own_page(path) || same_day && !found.turns.iter().any(|turn| may_explain(turn, path)))
            || is_told(path)
            || pair.is_old_address(folder)
        {
            continue;
        }
        let [then, now] =
            [pair.old.bytes(path)?, pair.new.bytes(path)?].map(|bytes| bytes.unwrap_or_default());
        if text_of(&then) == text_of(&now) {
            continue;
        }
        otherwise.push((area_of(pair, path), heading(&now), folder));
    }
    for (area, title, folder) in otherwise {
        pair.note(found, (area, TurnKind::Page), &title, folder, vec![Detail::Content]);
    }
    Ok(())
}

/// Whether what is said of something explains the text of all pages below its address. An area stands on every page
/// below it by its name alone.
fn tells_pages(turn: &Turn) -> bool {
    let is_area = matches!(turn.kind, TurnKind::Board | TurnKind::Area);
    !is_area || turn.details.iter().any(|detail| matches!(detail, Detail::Retitled { .. }))
}

/// Whether what is said of something may be why a page reads otherwise that puts together what stands elsewhere.
fn may_explain(turn: &Turn, path: &str) -> bool {
    use TurnKind::{Contact, Duty, Fund, Ledger, List, Program, Reception};

    let is = |kinds: &[TurnKind]| kinds.contains(&turn.kind);
    // Lists, results and notices stand there by their titles.
    let is_title = |detail: &Detail| {
        matches!(detail, Detail::Added | Detail::Removed | Detail::Retitled { .. } | Detail::Address { .. })
    };
    let names = turn.details.iter().any(is_title);
    match path.split('/').find(|part| matches!(*part, "ledger" | "reception" | "programs")) {
        Some("ledger") => is(&[Duty, Ledger, Contact]) || names,
        Some("reception") => is(&[Reception, Contact]) || turn.kind <= TurnKind::Area,
        Some(_) => is(&[Program, Fund, List]) || names,
        None => true,
    }
}

/// Whether a page tells of one thing and shows no day: others put together what stands elsewhere.
fn is_own_page(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "subsidies" | "results" | "notices"))
}

fn is_attached(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "files" | "photos"))
}

/// Whether a page shows contacts. Their data say all that stands there, but for the day on which the list was looked
/// through, which is no change of the board.
fn is_of_contacts(path: &str) -> bool {
    path.ends_with("contacts/index.html")
}

fn area_of<'p>(pair: &Pair, path: &'p str) -> &'p str {
    let ends = path.match_indices('/').map(|(at, _)| at).rev();
    let areas = ends.filter_map(|at| path.get(..at));
    areas.into_iter().find(|area| pair.new.areas.contains_key(*area)).unwrap_or_default()
}

/// What people read of a page: its main part without tags, blanks drawn together.
fn text_of(html: &[u8]) -> String {
    let html = String::from_utf8_lossy(html);
    let main = html.split_once("<main").map_or(&*html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    without_tags(main.split_once('>').map_or(main, |(_, rest)| rest))
}

/// The heading of a page.
fn heading(html: &[u8]) -> String {
    let html = String::from_utf8_lossy(html);
    let rest = html.split_once("<h1").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(_, rest)| rest);
    without_tags(rest.split_once("</h1>").map_or("", |(heading, _)| heading))
}

fn without_tags(html: &str) -> String {
    let mut pieces = html.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    let text = pieces.fold(first, |mut text, piece| {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        text
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
