//! Everything that the content says, read and checked, before any day is chosen.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::area::Area;
use super::catalogue::Catalogue;
use super::contacts::Contacts;
use super::notices::Notice;
use super::programs::{Payments, Programs};
use super::reception::Plan;
use super::results::PublishedResult;
use super::settings::Settings;
use super::subsidies::Disclosure;
use super::{
    area, catalogue, contacts, holidays, notices, programs, raw, reception, results, settings, subsidies,
};
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems, Unshown};
use crate::privacy::{self, LABEL_BESIDE_NAME, MASK_DIFFERS, PHONE_NOT_PUBLISHED};
use crate::source::{AreaFolder, Content, Located, Reading, Used, nearest, read_toml};

const NO_BOARD_FILE: Code = Code::error("no-board-file");
const NO_AREA_FILE: Code = Code::error("no-area-file");
const UNUSED_FILE: Code = Code::warning("unused-file");
const EXCEPTION_WITHOUT_FILE: Code = Code::warning("exception-without-file");
const ALLOWED_WORD_UNUSED: Code = Code::warning("allowed-word-unused");

/// The records of a board.
#[derive(Debug)]
pub struct Records {
    /// `board.toml`.
    pub settings: Settings,
    /// Holidays and working days, with the board's own corrections.
    pub calendar: StatutoryCalendar,
    /// Subsidy programs and funds.
    pub programs: Programs,
    /// What areas must disclose.
    pub catalogue: Catalogue,
    /// What lists have taken from funds.
    pub payments: Payments,
    /// The areas, in the order of [`Content::areas`].
    pub areas: Vec<AreaRecords>,
}

/// The records of one area.
#[derive(Debug)]
pub struct AreaRecords {
    /// Path from the root; empty for the root area.
    pub path: String,
    /// Index of the area it lies in.
    pub parent: Option<usize>,
    /// What `area.toml` says; `None` when it is missing or wrong, which has been reported.
    pub area: Option<Area>,
    /// Contacts and teams.
    pub contacts: Contacts,
    /// Notices.
    pub notices: Vec<Notice>,
    /// Results.
    pub results: Vec<PublishedResult>,
    /// Plans of reception days.
    pub reception: Vec<Plan>,
    /// Disclosures of subsidies, by the names of their files.
    pub subsidies: Vec<Disclosure>,
    /// Files that are published as they are.
    pub attachments: Vec<FileId>,
    /// Whether everything was read that declares a telephone to be published.
    pub knows_phones: bool,
}

impl Records {
    /// Whether all telephones that the board publishes are known.
    pub fn know_phones(&self) -> bool {
        self.areas.iter().all(|area| area.knows_phones)
    }
}

/// Reads the whole content. `None` when `board.toml` cannot be used; the areas are read all the same, so
/// that their problems are said too.
pub fn read(content: &Content, problems: &mut Problems) -> Option<Records> {
    let (settings, mut used) = read_settings(content, problems);
    let calendar = read_calendar(content, problems);
    let programs = programs::read(content, problems);
    let catalogue = catalogue::read(content, problems);
    let read_one = |folder| read_area(content, folder, settings.as_ref(), &programs);
    let results: Vec<_> = content.areas.par_iter().map(read_one).collect();
    let mut areas = Vec::with_capacity(results.len());
    for (records, found, files) in results {
        problems.append(found);
        used.append(files);
        areas.push(records);
    }
    subsidies::check_limits(areas.iter_mut().flat_map(|area| &mut area.subsidies), &programs, problems);
    catalogue.check_items(&areas, problems);
    catalogue.check_reach(&areas, problems);
    let payments = Payments::gather(&areas, &programs);
    programs.check_balances(&payments, problems);
    // Files that cannot be read may refer to others: those are not called unused then. Telephones are no such fault, and
    // which of them are published is not known yet.
    if !problems.has_errors_besides(PHONE_NOT_PUBLISHED) {
        report_unused(content, &used, problems);
    }
    let settings = settings?;
    check_exceptions(&settings, content, problems);
    problems.drop_allowed(|problem| allowed_word(problem, &settings, content).is_some());
    problems.drop_allowed(|problem| is_masked_alike(problem, &settings));
    Some(Records { settings, calendar, programs, catalogue, payments, areas })
}

fn read_settings(content: &Content, problems: &mut Problems) -> (Option<Settings>, Used) {
    let Some(file) = content.board else {
        problems.add(Diagnostic::of_the_board(NO_BOARD_FILE));
        return (None, Used::default());
    };
    let root = AreaFolder::default();
    let mut reading = Reading::new(content, &root);
    let source = reading.text(file);
    let table = source.as_deref().and_then(|source| read_toml(source, 0, file, &mut reading.problems));
    let settings = table.and_then(|table| settings::read(&table, file, &mut reading.problems));
    problems.append(reading.problems);
    (settings, reading.used)
}

fn read_calendar(content: &Content, problems: &mut Problems) -> StatutoryCalendar {
    let built_in = StatutoryCalendar::built_in();
    let Some(file) = content.holidays else { return built_in };
    let root = AreaFolder::default();
    let mut reading = Reading::new(content, &root);
    let calendar = holidays::read(file, built_in, &mut reading);
    problems.append(reading.problems);
    calendar
}

fn read_area(
    content: &Content,
    folder: &AreaFolder,
    settings: Option<&Settings>,
    programs: &Programs,
) -> (AreaRecords, Problems, Used) {
    let mut reading = Reading::new(content, folder);
    let area = match folder.area {
        Some(file) => area::read(file, &mut reading),
        None => {
            let shown = if folder.path.is_empty() { "." } else { &folder.path };
            reading.problems.add(Diagnostic::of_the_board(NO_AREA_FILE).with("path", shown));
            None
        }
    };
    let contacts = contacts::read(&mut reading);
    let notices = folder.notices.iter().filter_map(|file| notices::read(*file, &mut reading)).collect();
    let results = results::read(&mut reading);
    let forms = settings.map(|settings| settings.forms.as_slice());
    let reception = reception::read(&mut reading, forms);
    let ground = subsidies::Ground { area: area.as_ref(), settings, programs };
    let subsidies = subsidies::read_all(&folder.subsidies, ground, &mut reading);
    let knows_phones = area.is_some() && contacts.is_complete() && subsidies.len() == folder.subsidies.len();
    let records = AreaRecords {
        path: folder.path.clone(),
        parent: folder.parent,
        area,
        contacts,
        notices,
        results,
        reception,
        subsidies,
        attachments: folder.attachments.clone(),
        knows_phones,
    };
    (records, reading.problems, reading.used)
}

/// A file that nothing refers to is not published, and said.
fn report_unused(content: &Content, used: &Used, problems: &mut Problems) {
    for (area, file) in
        content.areas.iter().flat_map(|area| area.others.iter().map(move |file| (area, *file)))
    {
        if !used.contains(file) {
            let unused = || Diagnostic::new(UNUSED_FILE, Place::file(file));
            problems.add(raw::problem(content, area, file).unwrap_or_else(unused));
        }
    }
}

/// Whether a name masked by hand shows nothing that the board's own masks hide.
fn is_masked_alike(problem: &Diagnostic, settings: &Settings) -> bool {
    let policy = settings.privacy.names;
    let shows_more = |Unshown(written): &Unshown| privacy::shows_more(written, policy);
    problem.code() == MASK_DIFFERS && !problem.unshown().iter().any(shows_more)
}

/// Which of `[privacy] allow_words` names the file and the word of a problem.
fn allowed_word(problem: &Diagnostic, settings: &Settings, content: &Content) -> Option<usize> {
    let place = problem.place().filter(|_| problem.code() == LABEL_BESIDE_NAME)?;
    let path = content.files.path(place.file);
    let word = problem.fact("word").unwrap_or_default();
    settings.privacy.allow_words.iter().position(|allowed| allowed.file.value == path && allowed.word == word)
}

/// Exceptions that `[privacy]` makes for nothing: a path or a word misspelt would leave what was meant to be excused.
fn check_exceptions(settings: &Settings, content: &Content, problems: &mut Problems) {
    let mut used = BTreeSet::new();
    problems.amend(|problem| used.extend(allowed_word(problem, settings, content)));
    let missing = |path: &Located<String>| {
        let known = content.files.iter().map(|(_, known)| known);
        let problem = Diagnostic::new(EXCEPTION_WITHOUT_FILE, path.place).with("path", &path.value);
        nearest(&path.value, known).map_or(problem.clone(), |near| problem.with("near", near))
    };
    for path in &settings.privacy.trust {
        if content.files.find(&path.value).is_none() {
            problems.add(missing(path));
        }
    }
    for (index, allowed) in settings.privacy.allow_words.iter().enumerate() {
        if content.files.find(&allowed.file.value).is_none() {
            problems.add(missing(&allowed.file));
        } else if !used.contains(&index) {
            let problem = Diagnostic::new(ALLOWED_WORD_UNUSED, allowed.file.place);
            problems.add(problem.with("word", &allowed.word).with("path", &allowed.file.value));
        }
    }
}
