//! The header of a table: which row it is, and what its headings mean.

use unicode_normalization::UnicodeNormalization;

use super::ReadOptions;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const NO_HEADER: Code = Code::error("no-header");
const DUPLICATE_HEADING: Code = Code::error("duplicate-heading");
const NO_HEADING: Code = Code::error("no-heading");
const SECOND_HEADER: Code = Code::error("second-header");

/// The header is looked for in so many rows that are not blank.
pub(super) const SEARCHED_ROWS: usize = 50;
/// A header of two levels has its second row among so many rows after the first.
const LEVELS: usize = 2;

/// A heading of a table.
#[derive(Clone, Debug)]
pub struct Heading {
    /// As it is compared: after [`normalise_heading`].
    pub name: String,
    /// As it is written.
    pub written: String,
    /// Where it stands.
    pub place: Place,
    /// The column, from 0.
    pub column: usize,
}

/// A cell of a row that may be the header: its column, its text, its place.
pub(super) struct Candidate<'a> {
    pub(super) column: usize,
    pub(super) text: &'a str,
    pub(super) place: Place,
}

/// A heading as it is compared: after NFKC, without blanks and bracketed units.
///
/// A heading that is all bracket keeps its text.
///
/// ```
/// use gongshi::source::tables::normalise_heading;
/// assert_eq!(normalise_heading("姓 名"), "姓名");
/// assert_eq!(normalise_heading("金额（元）"), "金额");
/// ```
pub fn normalise_heading(heading: &str) -> String {
    if is_plain(heading) {
        return heading.to_owned();
    }
    let composed: String = heading.nfkc().filter(|c| !is_blank(*c)).collect();
    let mut bare = String::with_capacity(composed.len());
    let mut rest = composed.as_str();
    while let Some(start) = rest.find(['(', '[', '【', '〔']) {
        let (before, bracket) = rest.split_at(start);
        let Some((_, after)) = bracket.split_once([')', ']', '】', '〕']) else { break };
        bare.push_str(before);
        rest = after;
    }
    bare.push_str(rest);
    if bare.is_empty() { composed } else { bare }
}

/// Whether a text has only Chinese characters and ASCII signs without blanks and brackets: NFKC leaves those as they
/// are. So is nearly every cell, amounts and dates included.
pub fn is_plain(text: &str) -> bool {
    let is_bracket = |c: char| matches!(c, '(' | ')' | '[' | ']');
    text.chars().all(|c| c.is_ascii_graphic() && !is_bracket(c) || matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

/// Whether a character takes part in no comparison: white space (also full-width and no-break), and
/// the invisible characters that web pages leave in copied cells.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// How sure it must be that a row is the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// At least two of its headings are known, or all it has.
    Certainly,
    /// One of its headings is known, and another may have been meant as a known one.
    Likely,
}

impl Sure {
    /// The order in which they are looked for: no row is guessed to be the header where one certainly is.
    pub(super) const IN_ORDER: [Self; 2] = [Self::Certainly, Self::Likely];
}

/// Whether the row of `cells` (the nonblank ones) is a header.
pub(super) fn is_header<'a>(
    cells: impl IntoIterator<Item = &'a str>,
    options: &ReadOptions<'_>,
    sure: Sure,
) -> bool {
    let (mut all, mut known, mut likely, mut figures) = (0, 0, 0, false);
    for cell in cells {
        let heading = normalise_heading(cell);
        // In the row of somebody it may be an answer.
        let ambiguous = sure == Sure::Likely && heading.eq_ignore_ascii_case("no");
        let is_known = !ambiguous && (options.known)(&heading);
        all += 1;
        known += usize::from(is_known);
        likely += usize::from(!is_known && sure == Sure::Likely && (options.likely)(&heading));
        figures |= !heading.chars().any(char::is_alphabetic);
    }
    match sure {
        Sure::Certainly => known >= 2 || (known == 1 && all == 1),
        Sure::Likely => known >= 1 && known + likely >= 2 && !figures,
    }
}

/// The number of the one header among the first rows, each given as its nonblank cells; `None` where no row
/// or several could be it.
pub(super) fn only_header<'a, R: IntoIterator<Item = &'a str>>(
    rows: impl Iterator<Item = R>,
    options: &ReadOptions<'_>,
) -> Option<usize> {
    let found = rows.take(SEARCHED_ROWS).enumerate();
    let mut found = found.filter_map(|(at, row)| is_header(row, options, Sure::Certainly).then_some(at));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Says that no header was found.
pub(super) fn none_found(place: Place, options: &ReadOptions<'_>, problems: &mut Problems) {
    problems.add(Diagnostic::new(NO_HEADER, place).with("expected", options.expected));
}

/// The headings of the header row; `None` where one stands twice, for then no cell is certain.
pub(super) fn headings(cells: &[Candidate<'_>], problems: &mut Problems) -> Option<Vec<Heading>> {
    let mut headings: Vec<Heading> = Vec::with_capacity(cells.len());
    let mut sound = true;
    for &Candidate { column, text, place } in cells {
        let name = normalise_heading(text);
        if let Some(first) = headings.iter().find(|heading| heading.name == name) {
            let duplicate = Diagnostic::new(DUPLICATE_HEADING, place).with("heading", &name);
            problems.add(duplicate.and(first.place));
            sound = false;
            continue;
        }
        headings.push(Heading { name, written: text.to_owned(), place, column });
    }
    sound.then_some(headings)
}

/// Finds what is wrong with the rows below a header, row by row.
pub(super) struct Watch<'a> {
    options: &'a ReadOptions<'a>,
    written: Vec<Option<&'a str>>,
    rows: usize,
    bare_columns: Vec<usize>,
    seen_second: bool,
}

impl<'a> Watch<'a> {
    pub(super) fn new(headings: &'a [Heading], options: &'a ReadOptions<'a>) -> Self {
        let width = headings.last().map_or(0, |heading| heading.column + 1);
        let mut written = vec![None; width];
        for heading in headings {
            if let Some(slot) = written.get_mut(heading.column) {
                *slot = Some(heading.written.as_str());
            }
        }
        Self { options, written, rows: 0, bare_columns: Vec::new(), seen_second: false }
    }

    /// Whether a column has a heading.
    pub(super) fn has_heading(&self, column: usize) -> bool {
        self.written.get(column).is_some_and(Option::is_some)
    }

    /// Says that a nonblank cell stands below no heading, once for its column. After a second header it
    /// is the fault of that one.
    pub(super) fn bare(&mut self, column: usize, place: Place, problems: &mut Problems) {
        if !self.seen_second && !self.bare_columns.contains(&column) {
            self.bare_columns.push(column);
            problems.add(Diagnostic::new(NO_HEADING, place));
        }
    }

    /// Whether the next row, of these nonblank text cells (column and text), is a header once more.
    /// The rows just below the header may be the second level of it; further down, only the header
    /// repeated for each printed page is found, which is a comparison a cell.
    pub(super) fn is_second<'b>(&mut self, cells: impl Iterator<Item = (usize, &'b str)> + Clone) -> bool {
        self.rows += 1;
        // A number may equal the heading above it by chance: counts of answers stand below 0 to 10.
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let repeats =
            |(column, text): (usize, &str)| self.written.get(column) == Some(&Some(text)) && !is_number(text);
        let known = |text: &str| (self.options.known)(&normalise_heading(text));
        let second = cells.clone().filter(|cell| repeats(*cell)).nth(1).is_some()
            || (self.rows <= LEVELS && cells.filter(|(_, text)| known(text)).nth(1).is_some());
        self.seen_second |= second;
        second
    }
}

/// Says that a second header row stands at `place`; the first one began at `first`.
pub(super) fn second(place: Place, first: Place, problems: &mut Problems) {
    problems.add(Diagnostic::new(SECOND_HEADER, place).and(first));
}

/// A table has a header and nothing below it that counts.
pub(crate) const NO_ROWS: Code = Code::error("no-rows");

/// `empty-table` or `no-rows`, at the file or at the header.
pub(super) fn nothing(header: Option<Place>, file: FileId, problems: &mut Problems) {
    const EMPTY_TABLE: Code = Code::error("empty-table");
    problems.add(match header {
        None => Diagnostic::new(EMPTY_TABLE, Place::file(file)),
        Some(place) => Diagnostic::new(NO_ROWS, place),
    });
}
