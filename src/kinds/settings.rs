//! `board.toml`: what holds for the whole board.

use std::num::NonZeroU16;

use serde::Serialize;

use crate::calendar::{CountingUnit, FirstDay, NoticePeriodTerms};
use crate::diagnostics::{Code, Diagnostic, FileId, Problems};
use crate::privacy::NamePolicy;
use crate::source::parse::{address_text, located, one_of, phone, text, truth, unpublished_text, whole};
use crate::source::{Fields, Located, Table, Value, ValueKind};
use crate::values::Phone;

const BAD_BASE_URL: Code = Code::error("bad-base-url");

/// The settings of a board.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `board.toml`, for problems of the board as a whole.
    pub file: FileId,
    /// Name of the board.
    pub title: String,
    /// Who publishes it.
    pub issuer: String,
    /// Where it is published, with `/` at its end.
    pub base_url: String,
    /// Supervision hotline, shown on every page.
    pub hotline: Option<Phone>,
    /// Language of the pages.
    pub language: PageLanguage,
    /// Name of the theme.
    pub theme: Located<String>,
    /// What may be shown.
    pub privacy: PrivacySettings,
    /// Terms of notice periods that a disclosure does not set itself.
    pub notice_period: NoticePeriodTerms,
    /// Further forms of reception: key and words.
    pub forms: Vec<(String, String)>,
    /// Old addresses of the front page.
    pub aliases: Vec<Located<String>>,
    /// Roles whose holders must serve somebody.
    pub paired_roles: Vec<Located<String>>,
    /// What each station must have.
    pub stations: Option<Stations>,
    /// How sheets are printed.
    pub sheets: SheetSettings,
}

/// What stations must have by their uniform standard (七有).
#[derive(Clone, Debug)]
pub struct Stations {
    /// The end of the title of a team that is a station.
    pub title: Located<String>,
    /// What it must have.
    pub has: Vec<String>,
}

/// What the table `[contacts]` asks for.
#[derive(Debug, Default)]
struct OfContacts {
    paired: Vec<Located<String>>,
    stations: Option<Stations>,
}

/// How sheets are printed.
#[derive(Clone, Debug, Default)]
pub struct SheetSettings {
    /// The paper in the board's printer.
    pub paper: Paper,
    /// Families of fonts that go before the built-in ones.
    pub fonts: Vec<Located<String>>,
    /// Whether they may be fonts of the machine.
    pub system_fonts: bool,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 × 297 mm
    #[default]
    A4,
    /// 297 × 420 mm
    A3,
    /// 420 × 594 mm
    A2,
}

impl Paper {
    /// How it is written, in `board.toml` and on the command line.
    pub const WRITTEN: [(&'static str, Self); 3] = [("A4", Self::A4), ("A3", Self::A3), ("A2", Self::A2)];
}

/// Language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageLanguage {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl PageLanguage {
    /// The tag of the language, also the name of its file of words.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-Hans",
            Self::English => "en",
        }
    }
}

/// `[privacy]` of `board.toml`.
#[derive(Clone, Debug)]
pub struct PrivacySettings {
    /// How names of recipients are masked.
    pub names: NamePolicy,
    /// Days after the end of a notice period (or the decision, if later) when rows are withdrawn; 0 is never.
    pub withdraw_after: u32,
    /// Numbers that may appear besides those published by origin.
    pub allow_phones: Vec<Phone>,
    /// Attachments that cannot be searched and are published all the same, as paths from the root.
    pub trust: Vec<Located<String>>,
    /// Words that may stand in a file although they have no place beside a name.
    pub allow_words: Vec<AllowedWord>,
}

/// A word that may stand in a file.
#[derive(Clone, Debug)]
pub struct AllowedWord {
    /// Path from the root.
    pub file: Located<String>,
    /// The word.
    pub word: String,
}

/// Reads `board.toml`; `None` when a required key is missing or wrong.
pub fn read(table: &Table<'_>, file: FileId, problems: &mut Problems) -> Option<Settings> {
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let issuer = fields.required("issuer", text);
    let base_url = fields.required("base_url", base_url);
    let hotline = fields.optional("hotline", phone);
    let language = fields.optional("language", one_of(&LANGUAGES));
    let theme = fields.optional("theme", located(unpublished_text));
    let aliases = fields.list("aliases", located(address_text));
    let privacy = fields.tables("privacy", |table, problems| Some(privacy(table, problems))).pop();
    let notice_period =
        fields.tables("notice_period", |table, problems| Some(terms(table, DEFAULT_TERMS, problems))).pop();
    let forms = fields.optional("forms", forms).unwrap_or_default();
    let of_contacts = fields.tables("contacts", of_contacts).pop().unwrap_or_default();
    let sheets = fields.tables("sheets", |table, problems| Some(sheets(table, problems))).pop();
    fields.finish();
    let place = table.place;
    Some(Settings {
        file,
        title: title?,
        issuer: issuer?,
        base_url: base_url?,
        hotline,
        language: language.unwrap_or(PageLanguage::Chinese),
        theme: theme.unwrap_or(Located { value: "default".to_owned(), place }),
        privacy: privacy.unwrap_or_default(),
        notice_period: notice_period.unwrap_or(DEFAULT_TERMS),
        forms,
        aliases,
        paired_roles: of_contacts.paired,
        stations: of_contacts.stations,
        sheets: sheets.unwrap_or_default(),
    })
}

const LANGUAGES: [(&str, PageLanguage); 2] =
    [("zh-Hans", PageLanguage::Chinese), ("en", PageLanguage::English)];

const NAME_POLICIES: [(&str, NamePolicy); 3] = [
    ("keep-ends", NamePolicy::KeepEnds),
    ("keep-surname", NamePolicy::KeepSurname),
    ("full", NamePolicy::Full),
];

const UNITS: [(&str, CountingUnit); 2] =
    [("calendar", CountingUnit::CalendarDays), ("working", CountingUnit::WorkingDays)];

const FIRST_DAYS: [(&str, FirstDay); 2] = [("counts", FirstDay::Counts), ("next", FirstDay::Next)];

/// Seven calendar days of which the first counts, ending on whatever day that is.
pub(super) const DEFAULT_TERMS: NoticePeriodTerms = NoticePeriodTerms {
    days: SEVEN,
    unit: CountingUnit::CalendarDays,
    first_day: FirstDay::Counts,
    roll: false,
};

const SEVEN: NonZeroU16 = NonZeroU16::MIN.saturating_add(6);

impl Default for PrivacySettings {
    fn default() -> Self {
        Self {
            names: NamePolicy::KeepEnds,
            withdraw_after: 30,
            allow_phones: Vec::new(),
            trust: Vec::new(),
            allow_words: Vec::new(),
        }
    }
}

fn privacy(table: &Table<'_>, problems: &mut Problems) -> PrivacySettings {
    let mut fields = Fields::new(table, problems);
    let standard = PrivacySettings::default();
    let settings = PrivacySettings {
        names: fields.optional("names", one_of(&NAME_POLICIES)).unwrap_or(standard.names),
        withdraw_after: fields
            .optional("withdraw_after", whole(0, 36_500))
            .unwrap_or(standard.withdraw_after),
        allow_phones: fields.list("allow_phones", phone),
        trust: fields.list("trust", located(unpublished_text)),
        allow_words: fields.tables("allow_words", allowed_word),
    };
    fields.finish();
    settings
}

fn allowed_word(table: &Table<'_>, problems: &mut Problems) -> Option<AllowedWord> {
    let mut fields = Fields::new(table, problems);
    let file = fields.required("file", located(unpublished_text));
    let word = fields.required("word", unpublished_text);
    fields.finish();
    Some(AllowedWord { file: file?, word: word? })
}

/// The terms of a notice period in `table`, each missing one taken from `standard`; leaves the other keys
/// of the table to the caller by taking only its own.
pub fn take_terms(fields: &mut Fields<'_, '_, '_>, standard: NoticePeriodTerms) -> NoticePeriodTerms {
    NoticePeriodTerms {
        days: fields
            .optional("days", whole(1, 3650))
            .and_then(|days| u16::try_from(days).ok().and_then(NonZeroU16::new))
            .unwrap_or(standard.days),
        unit: fields.optional("unit", one_of(&UNITS)).unwrap_or(standard.unit),
        first_day: fields.optional("first_day", one_of(&FIRST_DAYS)).unwrap_or(standard.first_day),
        roll: fields.optional("roll", truth).unwrap_or(standard.roll),
    }
}

fn terms(table: &Table<'_>, standard: NoticePeriodTerms, problems: &mut Problems) -> NoticePeriodTerms {
    let mut fields = Fields::new(table, problems);
    let terms = take_terms(&mut fields, standard);
    fields.finish();
    terms
}

fn forms(value: &Value<'_>, problems: &mut Problems) -> Option<Vec<(String, String)>> {
    let ValueKind::Table(table) = &value.kind else {
        return crate::source::wrong_type(value, "want-table", problems);
    };
    let entries = &table.entries;
    Some(entries.iter().filter_map(|e| Some((e.key.to_string(), text(&e.value, problems)?))).collect())
}

fn of_contacts(table: &Table<'_>, problems: &mut Problems) -> Option<OfContacts> {
    let mut fields = Fields::new(table, problems);
    let paired = fields.list("paired", located(unpublished_text));
    let has = fields.list("station_has", unpublished_text);
    // What stations must have says nothing without what a station is.
    let title = if has.is_empty() {
        fields.optional("station", located(unpublished_text))
    } else {
        fields.required("station", located(unpublished_text))
    };
    fields.finish();
    Some(OfContacts { paired, stations: title.map(|title| Stations { title, has }) })
}

fn sheets(table: &Table<'_>, problems: &mut Problems) -> SheetSettings {
    let mut fields = Fields::new(table, problems);
    let paper = fields.optional("paper", one_of(&Paper::WRITTEN)).unwrap_or_default();
    let fonts = fields.list("fonts", located(unpublished_text));
    let system_fonts = fields.optional("system_fonts", truth).unwrap_or(false);
    fields.finish();
    SheetSettings { paper, fonts, system_fonts }
}

/// An address of the web, with a `/` at its end.
fn base_url(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let written = address_text(value, problems)?;
    let host = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let sound = host.is_some_and(|host| {
        !host.is_empty()
            && !host.starts_with('/')
            && host
                .bytes()
                .all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'?' | b'#' | b'\\'))
    });
    if !sound {
        problems.add(Diagnostic::new(BAD_BASE_URL, value.place).with("text", &written));
        return None;
    }
    Some(if written.ends_with('/') { written } else { written + "/" })
}
