//! The typesetter: a template and data in, pages out, then a PDF.
//!
//! Data reaches a template as a file of data and is never pasted into markup, so that a name like `#eval` or `*` prints as
//! itself. Whatever is not given to a job does not exist for it: nothing is read from disk, no package is downloaded, and
//! there is no clock.

use std::collections::BTreeMap;
use std::ops::Range;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fonts::Fonts;
use crate::theme::Text;

/// The template that every sheet starts from; it calls the one of the kind.
const MAIN: &str = "main.typ";
/// Where a template finds its data.
const DATA: &str = "data.json";
/// Where it finds the words of the board's language.
const WORDS: &str = "words.json";

/// The templates and fonts that all sheets share.
pub(super) struct Engine {
    library: LazyHash<Library>,
    fonts: Fonts,
    main: FileId,
    data: FileId,
    sources: Vec<(FileId, Source)>,
    words: (FileId, Bytes),
    digest: blake3::Hash,
}

/// What one sheet is made of.
pub(super) struct Given<'s> {
    /// Its data, as JSON.
    pub data: &'s [u8],
    /// Its pictures, by the name that the data calls them.
    pub pictures: &'s [(String, Vec<u8>)],
    /// What the document is, told from other documents.
    pub ident: &'s str,
}

/// A fault of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The template and the bytes in it; `None` where the engine does not say.
    pub place: Option<(String, Range<usize>)>,
    /// What is wrong, in the engine's words.
    pub message: String,
}

/// A sheet that has been set.
pub(super) struct Set {
    /// The document.
    pub pdf: Vec<u8>,
    /// What each page says, a line for each piece of text.
    pub pages: Vec<String>,
    /// Characters that the fonts cannot print, in the order they were met.
    pub missing: Vec<char>,
}

impl Engine {
    /// An engine over templates by name, words as JSON, and fonts.
    pub(super) fn new(templates: &BTreeMap<String, Text>, words: Vec<u8>, fonts: Fonts) -> Self {
        let mut digest = blake3::Hasher::new();
        digest.update(fonts.digest().as_bytes());
        digest.update(&words);
        let mut sources = Vec::new();
        for (name, (text, _)) in templates {
            digest.update(name.as_bytes());
            digest.update(blake3::hash(text.as_bytes()).as_bytes());
            sources.extend(file(name).map(|id| (id, Source::new(id, text.clone()))));
        }
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            main: well_known(MAIN),
            data: well_known(DATA),
            sources,
            words: (well_known(WORDS), Bytes::new(words)),
            digest: digest.finalize(),
        }
    }

    /// A digest of all that its sheets share: templates, words, fonts.
    pub(super) fn digest(&self) -> blake3::Hash {
        self.digest
    }

    /// The fonts.
    pub(super) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Sets one sheet.
    ///
    /// # Errors
    /// The faults of the templates.
    pub(super) fn set(&self, given: &Given<'_>) -> Result<Set, Vec<Fault>> {
        let pictures = given.pictures.iter();
        let job = Job {
            engine: self,
            data: Bytes::new(given.data.to_vec()),
            pictures: pictures
                .filter_map(|(name, bytes)| Some((file(name)?, Bytes::new(bytes.clone()))))
                .collect(),
        };
        let document: PagedDocument = typst::compile(&job).output.map_err(|faults| job.faults(&faults))?;
        let mut pages = Vec::new();
        let mut missing = Vec::new();
        for page in document.pages() {
            let mut text = String::new();
            read(&page.frame, &mut text, &mut missing);
            pages.push(text);
        }
        if !missing.is_empty() {
            return Ok(Set { pdf: Vec::new(), pages, missing });
        }
        let pdf = typst_pdf::pdf(&document, &options(given.ident)).map_err(|faults| job.faults(&faults))?;
        Ok(Set { pdf, pages, missing })
    }
}

/// Tagged for readers aloud (PDF/UA-1). No time stamp: the same sheet is the same bytes on any day.
fn options(ident: &str) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(format!("gongshi {}", crate::VERSION))),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default(),
        ..PdfOptions::default()
    }
}

/// The id of a file in the engine's own folder; `None` for a name that leads out of it. The same names serve all sheets,
/// because ids are never given back and there are 65,535 of them.
fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/{name}")).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

#[expect(clippy::expect_used, reason = "the names are written in this file, and every sheet asks for them")]
fn well_known(name: &str) -> FileId {
    file(name).expect("a plain name")
}

/// Adds what a frame says to `text`, and the characters that have no glyph to `missing`.
fn read(frame: &Frame, text: &mut String, missing: &mut Vec<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => read(&group.frame, text, missing),
            FrameItem::Text(run) => {
                text.push_str(&run.text);
                text.push('\n');
                let without = run.glyphs.iter().filter(|glyph| glyph.id == 0);
                missing.extend(
                    without.flat_map(|glyph| run.text.get(glyph.range()).unwrap_or_default().chars()),
                );
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

/// One sheet being set: the only things that exist for its templates.
struct Job<'e> {
    engine: &'e Engine,
    data: Bytes,
    pictures: Vec<(FileId, Bytes)>,
}

impl Job<'_> {
    fn faults(&self, faults: &EcoVec<SourceDiagnostic>) -> Vec<Fault> {
        faults.iter().map(|fault| self.fault(fault)).collect()
    }

    fn fault(&self, fault: &SourceDiagnostic) -> Fault {
        let place = fault.span.id().zip(self.range(fault.span));
        let place = place.map(|(id, range)| (id.vpath().get_without_slash().to_owned(), range));
        Fault { place, message: fault.message.to_string() }
    }
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.engine.fonts.book()
    }

    fn main(&self) -> FileId {
        self.engine.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        named(&self.engine.sources, id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.engine.data {
            return Ok(self.data.clone());
        }
        let (words, text) = &self.engine.words;
        if id == *words {
            return Ok(text.clone());
        }
        named(&self.pictures, id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn named<T: Clone>(files: &[(FileId, T)], id: FileId) -> FileResult<T> {
    let found = files.iter().find(|(known, _)| *known == id).map(|(_, file)| file.clone());
    found.ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
}
