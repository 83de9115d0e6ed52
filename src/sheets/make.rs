//! The sheets of all areas: put together, set by a few workers, and let out one by one.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use super::engine::{Engine, Fault, Given, Set};
use super::fonts::Fonts;
use super::notice::{self, Style};
use super::sheet::{Ground, Picture, Sheet, SheetData};
use super::{
    Made, Printed, breaks, bulletin, characters, code, contacts, posting, reception, result, subsidy,
};
use crate::board::AreaOnBoard;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};
use crate::kinds::notices::Notice;
use crate::kinds::settings::{PageLanguage, Paper};
use crate::privacy::{self, Spot};
use crate::site::{Artifact, Door, Searched, Site};
use crate::views::{SheetKind, SheetName, sheets_of};

const SHEET_FAULT: Code = Code::error("sheet-fault");

/// The most pixels on the longer side of a photo: 300 to the inch on a card board.
const MOST_OF_PHOTO: u32 = 600;

/// How many sheets the typesetter remembers parts of.
const REMEMBERED: usize = 4;

/// Sets the sheets of all areas. `done` is called after each.
///
/// # Errors
/// The first failure of the machine.
pub fn make(site: Site<'_>, door: &dyn Door, done: &(dyn Fn(usize, usize) + Sync)) -> Result<Made, Failure> {
    let mut problems = Problems::new();
    let press = Press::of(site, &mut problems);
    door.report(problems);
    let wanted = all_of(site);
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let printed = Mutex::new(Vec::new());
    let failed: Mutex<Option<Failure>> = Mutex::new(None);
    let work = || {
        while let Some((area, name)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            match press.leave(area, name, door) {
                Ok(one) => printed.lock().unwrap_or_else(PoisonError::into_inner).extend(one),
                Err(failure) => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
                    next.store(wanted.len(), Ordering::Relaxed);
                }
            }
            done(finished.fetch_add(1, Ordering::Relaxed) + 1, wanted.len());
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().clamp(1, MOST_WORKERS) {
            scope.spawn(|| {
                // The typesetter spreads its work over the pool that it finds. In one of several threads a waiting
                // worker would begin another sheet inside its own.
                match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
                    Ok(alone) => alone.install(work),
                    Err(_) => work(),
                }
            });
        }
    });
    if let Some(failure) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(failure);
    }
    let mut printed = printed.into_inner().unwrap_or_else(PoisonError::into_inner);
    printed.sort_by(|a: &Printed, b| a.path.cmp(&b.path));
    Ok(Made { sheets: printed, system_fonts: press.engine.fonts().of_machine().to_vec() })
}

/// More workers than these have nothing to do but wait for memory.
const MOST_WORKERS: usize = 8;

/// Finds what the sheets of all areas could not print, without setting them.
pub fn check(site: Site<'_>) -> Problems {
    let mut all = Problems::new();
    let press = Press::of(site, &mut all);
    let found = all_of(site).into_par_iter().map(|(area, name)| {
        let mut problems = Problems::new();
        if let Some(sheet) = press.sheet(area, &name, site.board.settings.sheets.paper) {
            press.check_characters(&sheet, &mut problems);
        }
        problems
    });
    found.collect::<Vec<_>>().into_iter().for_each(|problems| all.append(problems));
    all
}

/// Every sheet of the board, area by area.
fn all_of(site: Site<'_>) -> Vec<(&AreaOnBoard, SheetName)> {
    let of_area = |area| sheets_of(area, site.board.day).into_iter().map(move |name| (area, name));
    site.board.areas.iter().flat_map(of_area).collect()
}

/// What a sheet says, by its kind.
fn sheet_of(ground: &Ground<'_>, area: &AreaOnBoard, name: &SheetName) -> Option<Sheet> {
    match name {
        SheetName::Of(SheetKind::Contacts) => contacts::wall(ground, area),
        SheetName::Of(SheetKind::Cards) => contacts::cards(ground, area, false),
        SheetName::Of(SheetKind::ReceptionMonth) => reception::month(ground, area),
        SheetName::Of(SheetKind::ReceptionYear) => reception::year(ground, area),
        SheetName::Of(SheetKind::Bulletin) => bulletin::sheet(ground, area),
        SheetName::Of(SheetKind::Posting) => posting::sheet(ground, area),
        SheetName::Of(SheetKind::Subsidy | SheetKind::Result | SheetKind::Notice | SheetKind::Form) => None,
        SheetName::Subsidy(name) => subsidy::sheet(ground, area, area.disclosure(name)?),
        SheetName::Result(name) => {
            let result = area.results.iter().find(|one| one.result.name == *name)?;
            result::sheet(ground, area, result)
        }
        SheetName::Notice(name) => notice::sheet(ground, area, notice_of(area, name)?, Style::Official),
        SheetName::LargeNotice(name) => notice::sheet(ground, area, notice_of(area, name)?, Style::Large),
        SheetName::Form(name) => notice::sheet(ground, area, notice_of(area, name)?, Style::Form),
    }
}

fn notice_of<'b>(area: &'b AreaOnBoard, name: &str) -> Option<&'b Notice> {
    area.notices.iter().find(|notice| notice.name == name)
}

/// The typesetter with all that its sheets share.
pub(super) struct Press<'b> {
    site: Site<'b>,
    engine: Engine,
    /// A digest of templates, words and fonts, of the versions, and of what the guard lets pass.
    shared: blake3::Hash,
}

/// What the templates are given: the sheets of one document, and what they share.
#[derive(Serialize)]
struct Whole<'s> {
    title: &'s str,
    author: &'s str,
    fonts: Families<'s>,
    language: Language<'s>,
    sheets: &'s [SheetData],
}

#[derive(Serialize)]
struct Families<'s> {
    text: Vec<&'s str>,
    title: Vec<&'s str>,
}

#[derive(Serialize)]
struct Language<'s> {
    lang: &'s str,
    region: Option<&'s str>,
}

/// A document before it is set.
pub(super) struct Document {
    data: Vec<u8>,
    pictures: Vec<(String, Vec<u8>)>,
    /// What is in the codes to scan, and all texts, for the search.
    texts: Vec<String>,
}

impl<'b> Press<'b> {
    /// The typesetter of a board.
    pub(super) fn of(site: Site<'b>, problems: &mut Problems) -> Self {
        let words = serde_json::to_vec(site.theme.words.all()).unwrap_or_default();
        let fonts = Fonts::of(&site.board.settings.sheets, site.files, problems);
        let engine = Engine::new(&site.theme.sheets, words, fonts);
        let mut shared = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            shared.update(&(part.len() as u64).to_le_bytes());
            shared.update(part);
        };
        add(crate::VERSION.as_bytes());
        add(engine.digest().as_bytes());
        let mut phones: Vec<&str> = site.board.published_phones().collect();
        phones.sort_unstable();
        phones.into_iter().for_each(|phone| add(phone.as_bytes()));
        let shared = shared.finalize();
        Self { site, engine, shared }
    }

    /// What a sheet says; `None` where there is nothing to print.
    pub(super) fn sheet(&self, area: &AreaOnBoard, name: &SheetName, paper: Paper) -> Option<Sheet> {
        sheet_of(&Ground::of(self.site, paper), area, name)
    }

    /// Reports what the fonts cannot print.
    pub(super) fn check_characters(&self, sheet: &Sheet, problems: &mut Problems) {
        let data = serde_json::to_value(&sheet.data).unwrap_or_default();
        characters::report(&data, &sheet.places(), self.engine.fonts(), self.site.files, problems);
    }

    /// Puts sheets together in one document.
    pub(super) fn document(&self, title: &str, sheets: Vec<Sheet>) -> Document {
        let mut texts = Vec::new();
        let mut pictures: Vec<(String, Vec<u8>)> = Vec::new();
        let mut data = Vec::new();
        for mut sheet in sheets {
            for picture in &sheet.pictures.0 {
                let name = match picture {
                    Picture::Code(url) => {
                        texts.push(url.clone());
                        let name = format!("picture-{}.svg", pictures.len());
                        pictures.push((name.clone(), code::svg(url)));
                        name
                    }
                    // One that cannot be shown has been reported where it is published.
                    Picture::Photo(file) => self.photo(*file).map_or_else(String::new, |bytes| {
                        let name = format!("picture-{}", pictures.len());
                        pictures.push((name.clone(), bytes));
                        name
                    }),
                };
                sheet.data.pictures.push(name);
            }
            data.push(sheet.data);
        }
        let fonts = self.engine.fonts();
        let settings = &self.site.board.settings;
        let (lang, region) = match settings.language {
            PageLanguage::Chinese => ("zh", Some("cn")),
            PageLanguage::English => ("en", None),
        };
        let whole = Whole {
            title,
            author: &settings.issuer,
            fonts: Families { text: fonts.of_text(), title: fonts.of_titles() },
            language: Language { lang, region },
            sheets: &data,
        };
        let mut value = serde_json::to_value(&whole).unwrap_or_default();
        characters::collect(&value, &mut |text| texts.push(text.to_owned()));
        if let Some(sheets) = value.get_mut("sheets") {
            breaks::allow(sheets);
        }
        Document { data: serde_json::to_vec(&value).unwrap_or_default(), pictures, texts }
    }

    fn photo(&self, file: FileId) -> Option<Vec<u8>> {
        privacy::published_picture(self.site.files.read(file)?, MOST_OF_PHOTO).ok()
    }

    /// What a document follows from: equal keys, equal bytes.
    fn key(&self, document: &Document) -> String {
        let mut key = blake3::Hasher::new();
        key.update(self.shared.as_bytes());
        key.update(&document.data);
        for (_, bytes) in &document.pictures {
            key.update(&(bytes.len() as u64).to_le_bytes());
            key.update(bytes);
        }
        key.finalize().to_hex().chars().take(32).collect()
    }

    /// Makes one sheet and lets it leave, or the one of the last publication where it would be the same.
    fn leave(
        &self,
        area: &AreaOnBoard,
        name: &SheetName,
        door: &dyn Door,
    ) -> Result<Option<Printed>, Failure> {
        let mut problems = Problems::new();
        let Some(sheet) = self.sheet(area, name, self.site.board.settings.sheets.paper) else {
            return Ok(None);
        };
        self.check_characters(&sheet, &mut problems);
        if problems.has_errors() {
            door.report(problems);
            return Ok(None);
        }
        let (path, origin, fingerprint) = (sheet.path.clone(), sheet.origin, sheet.fingerprint);
        let places = sheet.places();
        let title = sheet.data.title.clone();
        let document = self.document(&title, vec![sheet]);
        let key = self.key(&document);
        if let Some(bytes) = door.kept(&path, &key) {
            // It was searched when it was made, for the same phones: they are part of the key.
            door.leave(Artifact { path: &path, bytes: &bytes, searched: Searched::Nothing, origin })?;
            return Ok(Some(Printed { path, key, fingerprint }));
        }
        let set = self.set(&document, &path, &places, &mut problems);
        door.report(problems);
        let Some(set) = set else { return Ok(None) };
        let seen = set.seen(document.texts);
        door.leave(Artifact { path: &path, bytes: &set.pdf, searched: Searched::Document(&seen), origin })?;
        Ok(Some(Printed { path, key, fingerprint }))
    }

    /// Sets sheets as one document and lets it leave under a name.
    pub(super) fn leave_as(
        &self,
        name: &str,
        title: &str,
        sheets: Vec<Sheet>,
        door: &dyn Door,
    ) -> Result<(), Failure> {
        let mut problems = Problems::new();
        sheets.iter().for_each(|sheet| self.check_characters(sheet, &mut problems));
        let origin = sheets.first().and_then(|sheet| sheet.origin);
        let places: Vec<FileId> = sheets.iter().flat_map(Sheet::places).collect();
        let set = if problems.has_errors() {
            None
        } else {
            let document = self.document(title, sheets);
            self.set(&document, name, &places, &mut problems).map(|set| (set.seen(document.texts), set))
        };
        door.report(problems);
        let Some((seen, set)) = set else { return Ok(()) };
        door.leave(Artifact { path: name, bytes: &set.pdf, searched: Searched::Document(&seen), origin })
    }

    /// Sets a document; faults of templates and characters without a glyph are problems.
    pub(super) fn set(
        &self,
        document: &Document,
        ident: &str,
        places: &[FileId],
        problems: &mut Problems,
    ) -> Option<Set> {
        let given = Given { data: &document.data, pictures: &document.pictures, ident };
        let set = self.engine.set(&given);
        typst::comemo::evict(REMEMBERED);
        match set {
            Ok(set) if set.missing.is_empty() => Some(set),
            Ok(set) => {
                let missing: BTreeSet<char> = set.missing.into_iter().collect();
                characters::report_all(missing, places, self.site.files, problems);
                None
            }
            Err(faults) => {
                faults.into_iter().for_each(|fault| problems.add(self.fault(fault, ident)));
                None
            }
        }
    }

    /// A fault of a template, in the board's own file where it stands in one.
    fn fault(&self, fault: Fault, path: &str) -> Diagnostic {
        let own = fault.place.as_ref().and_then(|(name, range)| {
            let (_, file) = self.site.theme.sheets.get(name)?;
            Some(Place::text((*file)?, range.clone()))
        });
        let diagnostic = own.map_or_else(
            || Diagnostic::of_the_board(SHEET_FAULT),
            |place| Diagnostic::new(SHEET_FAULT, place),
        );
        diagnostic.with("detail", fault.message).with("path", path)
    }
}

impl Set {
    /// What a person could read on the sheet or scan from it: what the pages say, and `texts`, each in one piece, because a
    /// line on paper may break where a text does not.
    fn seen(&self, texts: Vec<String>) -> privacy::Document {
        let page = |(number, text): (usize, &String)| (Spot::Page(number + 1), text.clone());
        let pages = self.pages.iter().enumerate().map(page);
        let texts = texts.into_iter().map(|text| (Spot::Page(1), text));
        privacy::Document::of_texts(pages.chain(texts))
    }
}
