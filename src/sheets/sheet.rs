//! A sheet before it is set: what stands on it, as data for its template.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::title;
use crate::board::{AreaOnBoard, Board};
use crate::diagnostics::FileId;
use crate::kinds::settings::Paper;
use crate::site::Site;
use crate::source::Files;
use crate::theme::Words;
use crate::values::Fingerprint;
use crate::views::{SheetKind, SheetName, web_address};

/// Where who publishes is written.
const SETTINGS: &str = "board.toml";

/// What sheets are made from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'b> {
    /// Board, content and theme.
    pub site: Site<'b>,
    /// The board.
    pub board: &'b Board,
    /// Its words.
    pub words: &'b Words,
    /// The content, for photos.
    pub files: &'b Files,
    /// The paper that is wished for.
    pub paper: Paper,
}

/// One sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its file, from the root of the published folder.
    pub path: String,
    /// The content it is mainly made from.
    pub origin: Option<FileId>,
    /// Further content that it shows: a table of recipients, those who are named.
    pub sources: Vec<FileId>,
    /// The fingerprint of its data, which its page shows too.
    pub fingerprint: Option<Fingerprint>,
    /// What its template is given.
    pub data: SheetData,
    /// Its pictures, which the data name by their numbers.
    pub pictures: Pictures,
}

/// The pictures of a sheet.
#[derive(Debug, Default)]
pub(super) struct Pictures(pub Vec<Picture>);

/// A picture on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// A code that leads to this address.
    Code(String),
    /// A photo.
    Photo(FileId),
}

impl Pictures {
    /// Adds a picture; gives its number.
    pub(super) fn add(&mut self, picture: Picture) -> usize {
        if let Some(known) = self.0.iter().position(|known| *known == picture) {
            return known;
        }
        self.0.push(picture);
        self.0.len() - 1
    }
}

/// What a template is given, the same for all kinds but `body`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SheetData {
    /// Names the template.
    pub kind: SheetKind,
    /// Size of the paper.
    pub paper: Paper,
    /// Whether the long side lies at the bottom.
    pub flipped: bool,
    /// Title, in one line.
    pub title: String,
    /// The same in lines broken by sense.
    pub lines: Vec<String>,
    /// How large it is set: 1, or less where it would be too many lines.
    pub title_scale: f64,
    /// Whose board it hangs on.
    pub board: String,
    /// What kind of sheet it is, in words.
    pub label: String,
    /// Address of its page, to scan.
    pub qr: Option<Qr>,
    /// Who published it, the day and the number of its data.
    pub foot: Vec<String>,
    /// Who signs, and the day beneath; with place for the seal.
    pub signed: Option<Signed>,
    /// Names of the pictures, by number; known once the sheet is part of a document.
    pub pictures: Vec<String>,
    /// What only this kind has.
    #[serde(flatten)]
    pub body: Value,
}

/// A code to scan.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Qr {
    /// Number of the picture.
    pub picture: usize,
    /// The address as people type it.
    pub address: String,
    /// What it is, for readers aloud.
    pub alt: String,
}

/// Columns of text in a cell of its own width are at most so wide, in letters. One with more shares what room is left, or it
/// would leave none to the others.
const MOST_OF_NARROW: usize = 24;

/// Whether a text is too long for a column of its own width.
pub(super) fn is_long(text: &str) -> bool {
    text.width() > MOST_OF_NARROW
}

/// A column of a table that runs over pages.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Column {
    /// Its heading.
    pub title: String,
    /// `left`, `center`, `right`.
    pub align: &'static str,
    /// Whether it takes what room is left.
    pub wide: bool,
}

/// How a table stands on its sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    /// Whether the sheet lies.
    pub flipped: bool,
    /// Size of the rows, in points on A4.
    pub size: f64,
}

/// What a table can be wide on a sheet that stands and on one that lies, in millimetres of an A4.
const ROOM: [f64; 2] = [176.0, 263.0];
/// Size of rows that people read from a wall, and the least there is, in points.
const SIZES: [f64; 2] = [14.0, 12.0];
/// A point in millimetres.
const POINT: f64 = 25.4 / 72.0;
/// What lies between two columns, in millimetres.
const BETWEEN: f64 = 3.2;
/// A column that takes what room is left breaks its lines; it needs so many characters all the same.
const LEAST_OF_WIDE: usize = 8;

/// How a table fits on its sheet: standing if it can, lying if it must, smaller only where that is not enough. Columns are
/// their headings, whether they take what room is left, and the width of their longest cell in half characters; `more` is what
/// else stands in the table, in millimetres.
pub(super) fn fit<'c>(columns: impl Iterator<Item = (&'c str, bool, usize)>, more: f64) -> Fit {
    let needed = columns.map(|(heading, wide, longest)| {
        let longest = longest.max(half_characters(heading));
        if wide { longest.min(LEAST_OF_WIDE * 2) } else { longest }
    });
    let (count, characters) =
        needed.fold((0.0, 0.0), |(count, sum), half| (count + 1.0, sum + half as f64 / 2.0));
    let [high, wide] = ROOM;
    let [usual, least] = SIZES;
    let fits = |size: f64, room: f64| characters * size * POINT + count * BETWEEN + more <= room;
    Fit {
        flipped: !fits(usual, high),
        size: if fits(usual, high) || fits(usual, wide) { usual } else { least },
    }
}

/// How wide a text is, in half characters.
pub(super) fn half_characters(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

/// Who signs a sheet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Signed {
    /// Who.
    pub by: String,
    /// The day, in words.
    pub day: String,
}

/// What differs between the kinds, to make a sheet of.
pub(super) struct Draft {
    /// Its name.
    pub name: SheetName,
    /// Whether the long side lies at the bottom.
    pub flipped: bool,
    /// Title.
    pub title: String,
    /// Key of the words that say what kind it is.
    pub label: &'static str,
    /// The folder of the page that it belongs to.
    pub page: String,
    /// The day of its data; of the build where it changes daily.
    pub day: Option<NaiveDate>,
    /// The number of its data.
    pub fingerprint: Option<Fingerprint>,
    /// Who signs it: the authority, and the day.
    pub signed: Option<(String, NaiveDate)>,
    /// The content it is mainly made from.
    pub origin: Option<FileId>,
    /// Further content.
    pub sources: Vec<FileId>,
    /// Its pictures.
    pub pictures: Pictures,
    /// What only this kind has.
    pub body: Value,
}

impl<'b> Ground<'b> {
    /// The ground of a site, on some paper.
    pub(super) fn of(site: Site<'b>, paper: Paper) -> Self {
        let Site { board, files, theme, .. } = site;
        Self { site, board, words: &theme.words, files, paper }
    }

    /// Puts the frame around what is the sheet's own.
    pub(super) fn sheet(&self, area: &AreaOnBoard, draft: Draft) -> Sheet {
        let Draft {
            name,
            flipped,
            title,
            label,
            page,
            day,
            fingerprint,
            signed,
            origin,
            mut sources,
            mut pictures,
            body,
        } = draft;
        let settings = &self.board.settings;
        // Every sheet names its area and who publishes.
        sources.extend([Some(area.area.file), self.files.find(SETTINGS)].into_iter().flatten());
        let issuer = Some(settings.issuer.clone());
        let day = day.map(|day| self.words.date(day));
        let number = fingerprint.map(|number| format!("{}{number}", self.words.get("data_number")));
        let (lines, title_scale) =
            title::set(&title, self.words, if flipped { title::ON_WIDE } else { title::ON_HIGH });
        let data = SheetData {
            kind: name.kind(),
            paper: self.paper,
            flipped,
            lines,
            title_scale,
            title,
            board: self.words.fill("board_of_area", &[("area", area.area.name.clone())]),
            label: self.words.get(label).to_owned(),
            qr: Some(self.qr(&page, &mut pictures)),
            foot: [issuer, day, number].into_iter().flatten().collect(),
            signed: signed.map(|(by, day)| Signed { by, day: self.words.date(day) }),
            pictures: Vec::new(),
            body,
        };
        Sheet { path: name.path(&area.path), origin, sources, fingerprint, data, pictures }
    }

    /// The code that leads to the page in `folder`.
    pub(super) fn qr(&self, folder: &str, pictures: &mut Pictures) -> Qr {
        let url = web_address(&self.board.settings.base_url, folder);
        let address = url.split_once("://").map_or(url.as_str(), |(_, address)| address).to_owned();
        Qr {
            picture: pictures.add(Picture::Code(url)),
            address,
            alt: self.words.get("sheet_code").to_owned(),
        }
    }
}

impl Sheet {
    /// The files that hold what it says, the likeliest first.
    pub(super) fn places(&self) -> Vec<FileId> {
        self.origin.into_iter().chain(self.sources.iter().copied()).collect()
    }
}
