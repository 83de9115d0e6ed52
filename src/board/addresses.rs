//! Every page has an address of its own.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::{AreaOnBoard, Board};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::people::PersonId;
use crate::source::{Files, Located};
use crate::values::ArtifactPath;

const SAME_ADDRESS: Code = Code::error("same-address");
/// An address cannot be one, or names no file that can be published.
pub(crate) const BAD_ADDRESS: Code = Code::error("bad-address");
const BAD_ALIAS: Code = Code::error("bad-alias");

/// Names in the published folder that belong to the program, in every area.
const OWN_NAMES: [&str; 29] = [
    "index.html",
    "404.html",
    "robots.txt",
    "sitemap.xml",
    "feed.xml",
    "board.json",
    "contacts.json",
    "reception.json",
    "reception.ics",
    "reception.csv",
    "ledger.json",
    "ledger.csv",
    "due.xml",
    "postings.json",
    "postings.csv",
    "notices.json",
    "programs.json",
    "manifest.json",
    "contacts",
    "reception",
    "ledger",
    "postings",
    "programs",
    "archive",
    "data",
    "sheets",
    "assets",
    "files",
    "photos",
];

/// The longest name of a file or folder that common file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Two things that want the same address (after case folding) are a problem, and so is an address that
/// cannot be one.
pub(super) fn check(board: &Board, files: &Files, problems: &mut Problems) {
    let areas = board.areas.iter().map(|area| folded(&area.path)).collect();
    let mut addresses = Addresses { areas, taken: BTreeMap::new(), files, problems };
    for area in &board.areas {
        addresses.take_area(area);
    }
    for host in board.hosts.all() {
        addresses.take_calendar(board, host);
    }
    for (alias, _) in aliases(board) {
        addresses.take_alias(alias);
    }
}

/// All old addresses with the page each leads to.
pub fn aliases(board: &Board) -> impl Iterator<Item = (&Located<String>, String)> {
    let front = board.settings.aliases.iter().map(|alias| (alias, String::new()));
    let of_areas = board.areas.iter().flat_map(|area| {
        let contacts = area.contacts_aliases.iter().map(|alias| (alias, join(&area.path, "contacts")));
        let own = area.area.aliases.iter().map(|alias| (alias, area.path.clone()));
        let notices = area.notices.iter().flat_map(|notice| {
            notice.aliases.iter().map(|alias| (alias, area.page("notices", &notice.name)))
        });
        let results = area.results.iter().flat_map(|on_board| {
            let result = &on_board.result;
            result.aliases.iter().map(|alias| (alias, area.page("results", &result.name)))
        });
        let plans = area.reception.plans.iter().flat_map(|plan| &plan.aliases);
        let reception = plans.map(|alias| (alias, join(&area.path, "reception")));
        let subsidies = area.subsidies.iter().flat_map(|disclosure| {
            disclosure.aliases.iter().map(|alias| (alias, area.page("subsidies", &disclosure.name)))
        });
        own.chain(contacts).chain(notices).chain(subsidies).chain(results).chain(reception)
    });
    front.chain(of_areas)
}

struct Addresses<'b> {
    /// Folded addresses of areas, below which other things may stand.
    areas: BTreeSet<String>,
    /// Folded addresses with the file that took each.
    taken: BTreeMap<String, FileId>,
    files: &'b Files,
    problems: &'b mut Problems,
}

impl Addresses<'_> {
    fn take_area(&mut self, area: &AreaOnBoard) {
        if !area.path.is_empty() {
            self.take(&area.path, area.area.file);
        }
        for notice in &area.notices {
            self.take(&area.page("notices", &notice.name), notice.file);
        }
        for result in area.results.iter().map(|on_board| &on_board.result) {
            self.take(&area.page("results", &result.name), result.file);
        }
        for disclosure in &area.subsidies {
            self.take(&area.page("subsidies", &disclosure.name), disclosure.file);
        }
        for file in &area.attachments {
            self.take(self.files.path(*file), *file);
        }
    }

    /// The calendar file of a host is named by their id.
    fn take_calendar(&mut self, board: &Board, host: PersonId) {
        let (Some(person), Some(address)) = (board.people.get(host), board.host_calendar(host)) else {
            return;
        };
        let place = person.card.id.as_ref().map_or(person.card.place, |id| id.place);
        let code = if !is_possible(&address) || ArtifactPath::parse(&address).is_err() {
            BAD_ADDRESS
        } else if self.taken.insert(folded(&address), place.file).is_some() {
            SAME_ADDRESS
        } else {
            return;
        };
        self.problems.add(Diagnostic::new(code, place).with("address", address));
    }

    fn take(&mut self, address: &str, file: FileId) {
        if !is_possible(address) {
            self.problems.add(Diagnostic::new(BAD_ADDRESS, Place::file(file)).with("address", address));
            return;
        }
        let folded = folded(address);
        let is_own = self.is_own(&folded);
        let problem = || Diagnostic::new(SAME_ADDRESS, Place::file(file)).with("address", address);
        match self.taken.insert(folded, file) {
            Some(first) if first != file => self.problems.add(problem().and(Place::file(first))),
            None if is_own => self.problems.add(problem()),
            _ => {}
        }
    }

    /// Whether a folded address belongs to the program: one of its names in an area.
    fn is_own(&self, folded: &str) -> bool {
        let (area, name) = folded.rsplit_once('/').unwrap_or(("", folded));
        OWN_NAMES.contains(&name) && self.areas.contains(area)
    }

    fn take_alias(&mut self, alias: &Located<String>) {
        let address = alias.value.trim_matches('/');
        let sound = !address.is_empty() && is_possible(address) && !address.contains(['?', '#', '\\', ':']);
        if !sound || address.split('/').any(|part| matches!(part, "" | "." | "..")) {
            self.problems.add(Diagnostic::new(BAD_ALIAS, alias.place).with("address", &alias.value));
            return;
        }
        // Below the folder of a page or of files stand their data and further pages.
        let is_taken = |folded: &String| self.taken.contains_key(folded) || self.is_own(folded);
        let below_a_page = address
            .match_indices('/')
            .filter_map(|(at, _)| address.get(..at).map(folded))
            .any(|above| !self.areas.contains(&above) && is_taken(&above));
        let folded = folded(address);
        let taken = is_taken(&folded);
        self.taken.insert(folded, alias.place.file);
        if taken || below_a_page {
            self.problems.add(Diagnostic::new(SAME_ADDRESS, alias.place).with("address", address));
        }
    }
}

/// Whether all parts of an address can be names of files.
fn is_possible(address: &str) -> bool {
    address.split('/').all(|part| {
        part.len() <= LONGEST_NAME
            && !part.starts_with('.')
            && !part.ends_with([' ', '.'])
            && !part
                .chars()
                .any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    })
}

/// An address as file systems that ignore case and composition see it.
fn folded(address: &str) -> String {
    if address.is_ascii() {
        return address.to_ascii_lowercase();
    }
    // Capitals first: ß and ſ are the same as SS and S to some.
    address.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

impl AreaOnBoard {
    /// The address of a page of this area: the folder that holds its `index.html`.
    pub fn page(&self, kind: &str, name: &str) -> String {
        let above = if self.path.is_empty() { "" } else { "/" };
        [&self.path, above, kind, "/", name].concat()
    }

    /// The address of the only page of a kind: `liutang/contacts`.
    pub fn page_of(&self, kind: &str) -> String {
        join(&self.path, kind)
    }
}
