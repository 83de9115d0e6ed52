//! Attachments and photos: published as they are, without metadata, and only where they can be searched.

use std::path::Path;

use super::{Artifact, Door, Searched, Site};
use crate::board::AreaOnBoard;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};
use crate::kinds::notices::markdown;
use crate::privacy::{self, Document, Form, Sealed, Spot, Unfit};
use crate::source::decode::decode_table_text;
use crate::source::{NO_PICTURE, is_picture};
use crate::views::small_picture;

const NOT_SEARCHABLE: Code = Code::error("attachment-not-searchable");
const PICTURE_NOT_SEARCHED: Code = Code::warning("picture-not-searched");
const PICTURE_TOO_LARGE: Code = Code::error("picture-too-large");

/// The most pixels on the longer side of a portrait: cards show it 160 high, on fine screens with three for one.
const MOST_OF_PORTRAIT: u32 = 480;
/// The same of a picture of a list on the wall, which is as wide as its page.
const MOST_OF_POSTING: u32 = 1600;
/// The same of the small picture of it that its page shows, which leads to the other.
const MOST_ON_PAGE: u32 = 960;
/// The same of a picture among the attachments, which may be a map or a plan.
const MOST_ATTACHED: u32 = 2400;

/// What is known of a file by its ending.
enum Nature {
    /// Text that can be searched.
    Text(Form),
    /// A picture whose metadata can be stripped.
    Picture,
    /// Something that is opened to be searched.
    Document,
}

/// Lets the attachments of an area, and the photos on its cards, leave.
pub(super) fn make(site: Site<'_>, area: &AreaOnBoard, door: &dyn Door) -> Result<(), Failure> {
    let photos = area.cards.iter().filter_map(|card| site.board.people.get(card.person)?.card.photo);
    let postings: Vec<FileId> = super::subsidies::photos(area).collect();
    let shown = photos.chain(postings.iter().copied());
    let mut files: Vec<FileId> = area.attachments.iter().copied().chain(shown).collect();
    files.sort();
    files.dedup();
    let mut small = postings.clone();
    small.sort();
    small.dedup();
    small.into_iter().try_for_each(|file| leave_small(site, file, door))?;
    files.into_iter().try_for_each(|file| {
        let attached = area.attachments.contains(&file);
        let most_pixels = match postings.contains(&file) {
            _ if attached => MOST_ATTACHED,
            true => MOST_OF_POSTING,
            false => MOST_OF_PORTRAIT,
        };
        leave(site, file, attached, most_pixels, door)
    })
}

/// Lets the small picture leave that a page shows. What is wrong with the picture is said of the large one.
fn leave_small(site: Site<'_>, file: FileId, door: &dyn Door) -> Result<(), Failure> {
    let made = site.files.read(file).and_then(|bytes| privacy::published_picture(bytes, MOST_ON_PAGE).ok());
    let Some(bytes) = made else { return Ok(()) };
    let path = small_picture(site.files.path(file));
    door.leave(Artifact { path: &path, bytes: &bytes, searched: Searched::Nothing, origin: Some(file) })
}

/// Lets one file leave, a picture with at most so many pixels on its longer side. A picture that is `attached` may be of a paper with text on it, unlike a portrait.
fn leave(
    site: Site<'_>,
    file: FileId,
    attached: bool,
    most_pixels: u32,
    door: &dyn Door,
) -> Result<(), Failure> {
    let mut problems = Problems::new();
    let path = site.files.path(file);
    let origin = Some(file);
    let place = Place::file(file);
    if let Some(bytes) = site.files.read(file) {
        let trusted = site.board.settings.privacy.trust.iter().any(|trusted| trusted.value == path);
        match nature(path) {
            Nature::Text(form) => match readable(&bytes, file) {
                Some(text) => {
                    let shown = (form == Form::Markdown).then(|| markdown::rendered(&text));
                    let searched = match &shown {
                        Some(shown) => Searched::Marked(&text, shown),
                        None => Searched::Copy(form, &text),
                    };
                    door.leave(Artifact { path, bytes: &bytes, searched, origin })?;
                }
                None => problems.add(sealed_because(Diagnostic::new(NOT_SEARCHABLE, place), &Sealed::Broken)),
            },
            Nature::Picture => match privacy::published_picture(bytes, most_pixels) {
                Ok(bytes) => {
                    if attached && !trusted {
                        problems.add(Diagnostic::new(PICTURE_NOT_SEARCHED, place).with("count", 1));
                    }
                    door.leave(Artifact { path, bytes: &bytes, searched: Searched::Nothing, origin })?
                }
                Err(Unfit::NoPicture) => problems.add(Diagnostic::new(NO_PICTURE, place)),
                Err(Unfit::TooLarge) => problems.add(Diagnostic::new(PICTURE_TOO_LARGE, place)),
            },
            Nature::Document if trusted => {
                door.leave(Artifact { path, bytes: &bytes, searched: Searched::Nothing, origin })?
            }
            Nature::Document => match Document::open(path, &bytes) {
                Ok(document) => {
                    if document.pictures > 0 {
                        let problem = Diagnostic::new(PICTURE_NOT_SEARCHED, place);
                        problems.add(problem.with("count", document.pictures));
                    }
                    let searched = Searched::Document(&document);
                    door.leave(Artifact { path, bytes: &bytes, searched, origin })?;
                }
                Err(sealed) => problems.add(sealed_because(Diagnostic::new(NOT_SEARCHABLE, place), &sealed)),
            },
        }
    }
    door.report(problems);
    Ok(())
}

/// The text of an attachment, whatever its encoding; `None` when it is none that can be read, and so none
/// that can be searched. Problems of decoding are not the board's: the file is published as it is.
fn readable(bytes: &[u8], file: FileId) -> Option<String> {
    let mut unsaid = Problems::new();
    let text = decode_table_text(bytes.to_vec(), file, &mut unsaid)?;
    let is_archive = ["PK\u{3}\u{4}", "%PDF-", "{\\rtf"].iter().any(|mark| text.starts_with(mark));
    (!is_archive).then_some(text)
}

/// A problem with the reason why a document cannot be searched.
fn sealed_because(problem: Diagnostic, sealed: &Sealed) -> Diagnostic {
    let word = match sealed {
        Sealed::UnknownKind => "sealed-kind",
        Sealed::Broken => "sealed-broken",
        Sealed::Protected => "sealed-protected",
        Sealed::TooLarge => "sealed-large",
        Sealed::Part(_) => "sealed-part",
        Sealed::Scanned(_) => "sealed-scanned",
        Sealed::Unreadable(_) => "sealed-letters",
        Sealed::Layers => "sealed-layers",
    };
    let problem = problem.with_word("why", word);
    match sealed {
        Sealed::Part(spot) | Sealed::Scanned(spot) | Sealed::Unreadable(spot) => match spot {
            Spot::Part(part) => problem.with("part", part),
            Spot::Page(page) => problem.with("page", page),
        },
        _ => problem,
    }
}

fn nature(path: &str) -> Nature {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("csv") => Nature::Text(Form::Csv),
        Some("md") => Nature::Text(Form::Markdown),
        Some("txt") => Nature::Text(Form::Text),
        _ if is_picture(path) => Nature::Picture,
        _ => Nature::Document,
    }
}
