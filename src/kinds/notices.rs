//! Notices (`notices/*.md`): free text in Markdown with TOML front matter.

pub mod markdown;

use chrono::NaiveDate;

use crate::diagnostics::{FileId, Place, Problems};
use crate::privacy;
use crate::source::parse::{address_text, date, located, text, truth, unpublished_text};
use crate::source::{Fields, Located, Reading, front_matter, read_toml};

/// A notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Name of its file without the ending: its address.
    pub name: String,
    /// Title.
    pub title: String,
    /// Day it is published on; it does not exist before.
    pub date: NaiveDate,
    /// Last day before it moves to the archive.
    pub until: Option<NaiveDate>,
    /// Whether it stands before the others.
    pub pinned: bool,
    /// Whether it is a form to print: listed under 表格, in no feed.
    pub blank: bool,
    /// The catalogue item it fulfils.
    pub item: Option<Located<String>>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The text, as Markdown.
    pub body: String,
    /// Where the text starts in the decoded file.
    pub body_start: usize,
    /// The file.
    pub file: FileId,
}

/// Reads a notice.
pub fn read(file: FileId, reading: &mut Reading<'_>) -> Option<Notice> {
    let source = reading.text(file)?;
    let name = stem(reading.content.files.path(file));
    let problems = &mut reading.problems;
    let parts = front_matter::split(&source, file, problems)?;
    let table = read_toml(parts.toml, parts.toml_start, file, problems)?;
    let mut fields = Fields::new(&table, problems);
    let title = fields.required("title", text);
    let date_published = fields.required("date", date);
    let until = fields.optional("until", located(date));
    let pinned = fields.optional("pinned", truth).unwrap_or(false);
    let blank = fields.optional("blank", truth).unwrap_or(false);
    let item = fields.optional("item", located(unpublished_text));
    let aliases = fields.list("aliases", located(address_text));
    fields.finish();
    report_lines(parts.body, parts.body_start, blank, file, problems);
    markdown::report_hand_masks(parts.body, parts.body_start, file, problems);
    if let (Some(from), Some(until)) = (date_published, until) {
        super::check_order(from, until, problems);
    }
    Some(Notice {
        name,
        title: title?,
        date: date_published?,
        until: until.map(|until| until.value),
        pinned,
        blank,
        item,
        aliases,
        body: parts.body.to_owned(),
        body_start: parts.body_start,
        file,
    })
}

/// Searches the text line by line, so that a problem names its line. What a form leaves open is meant to
/// be filled in by hand.
fn report_lines(body: &str, body_start: usize, blank: bool, file: FileId, problems: &mut Problems) {
    let mut found = Problems::new();
    let mut at = body_start;
    for line in body.split_inclusive('\n') {
        let text = line.trim_end();
        privacy::report(text, Place::text(file, at..at + text.len()), &mut found);
        at += line.len();
    }
    found.drop_allowed(|problem| blank && problem.code() == privacy::TEMPLATE_LEFTOVER);
    problems.append(found);
}

/// The name of a file without folder and ending.
pub fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

impl Notice {
    /// Whether it has moved to the archive on `day`.
    pub fn is_archived(&self, day: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// Whether it exists on `day`.
    pub fn is_published(&self, day: NaiveDate) -> bool {
        self.date <= day
    }
}
