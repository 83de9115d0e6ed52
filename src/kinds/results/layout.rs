//! Which column of the table is what.

use rust_decimal::Decimal;

use super::scores::Part;
use super::terms::Terms;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::columns::UNDECLARED_COLUMN;
use crate::privacy;
use crate::source::tables::Heading;
use crate::source::{Located, Sheet, ValueKind, nearest, normalise_heading};

const NO_SUCH_COLUMN: Code = Code::error("no-such-column");
const NAMED_COLUMN_PRIVATE: Code = Code::error("named-column-private");
const NO_UNIT_COLUMN: Code = Code::error("no-unit-column");
const UNIT_COLUMN_UNCLEAR: Code = Code::error("unit-column-unclear");
const NO_SCORE: Code = Code::error("no-score");

/// Headings of the unit column that need not be declared.
const UNIT: [&str; 6] = ["单位", "村", "村别", "村居", "街道", "unit"];
/// Headings of the category column.
const CATEGORY: [&str; 2] = ["类别", "category"];
/// Headings of stated scores.
const SCORE: [&str; 4] = ["得分", "总分", "综合得分", "score"];
/// Headings of stated ranks.
const RANK: [&str; 2] = ["名次", "rank"];
/// Headings of stated awards.
const AWARD: [&str; 2] = ["奖金", "award"];
/// Headings of a running number, which ranks make needless.
const NUMBER: [&str; 2] = ["序号", "no"];

/// A column that the content names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its heading, as the content names it.
    pub(super) title: String,
    /// Its number in the table, from 0.
    pub(super) column: usize,
}

/// The columns of a table, by what they hold.
pub(super) struct Layout {
    pub(super) unit: Named,
    pub(super) category: Option<Named>,
    /// The columns that scores are made of, in the order the parts name them.
    pub(super) values: Vec<Named>,
    pub(super) parts: Vec<Part>,
    pub(super) extra: Vec<Named>,
    /// Stated scores.
    pub(super) scores: Vec<usize>,
    pub(super) rank: Option<usize>,
    pub(super) award: Option<usize>,
}

/// Says of a normalised heading whether it is one that the table of these terms can have; by them the header is found.
pub(super) fn known(terms: &Terms) -> impl Fn(&str) -> bool {
    let unit = if terms.unit.is_some() { &[][..] } else { &UNIT };
    let named: Vec<String> = named(terms).map(|name| normalise_heading(&name.value)).collect();
    move |heading| {
        let usual = [&CATEGORY[..], &SCORE, &RANK, &AWARD, &NUMBER];
        // A slip in a long heading is no reason not to find the header it stands in.
        let meant = |name: &&String| name.chars().count() > 2;
        is_one_of(heading, unit)
            || usual.iter().any(|names| is_one_of(heading, names))
            || named.iter().any(|name| name == heading)
            || nearest(heading, named.iter().filter(meant).map(String::as_str)).is_some()
    }
}

/// Some headings that the table should have, for a message.
pub(super) fn expected(terms: &Terms) -> String {
    let unit = terms.unit.as_ref().map_or(UNIT[0], |unit| unit.value.as_str());
    let values = terms.score.iter().flat_map(|score| &score.parts).flat_map(|part| &part.columns);
    let names = std::iter::once(unit).chain(values.map(|name| name.value.as_str()));
    names.take(6).collect::<Vec<_>>().join("、")
}

/// All headings that the terms name.
fn named(terms: &Terms) -> impl Iterator<Item = &Located<String>> {
    let values = terms.score.iter().flat_map(|score| &score.parts).flat_map(|part| &part.columns);
    terms.unit.iter().chain(&terms.within).chain(values).chain(&terms.extra)
}

fn is_one_of(heading: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(heading))
}

/// Finds the columns; `None` when one that is needed is missing or unclear. Columns that nobody declared
/// are problems, unless they are private: those are left out, and said.
pub(super) fn find(terms: &Terms, sheet: &Sheet, file: FileId, problems: &mut Problems) -> Option<Layout> {
    let mut finder = Finder { sheet, file, taken: Vec::new(), meant: Vec::new(), missing: false, problems };
    let extra = terms.extra.iter().filter(|name| !is_private(&normalise_heading(&name.value)));
    let extra: Vec<Named> = extra.filter_map(|name| finder.named(name)).collect();
    let within = terms.within.as_ref().and_then(|name| finder.named(name));
    let (values, parts) = finder.values(terms);
    let unit = match &terms.unit {
        Some(name) => finder.named(name),
        None => finder.usual_unit(),
    };
    let category = within.or_else(|| finder.usual(&CATEGORY));
    let scores = SCORE.iter().filter_map(|name| finder.usual(&[name])).map(|named| named.column).collect();
    let rank = finder.usual(&RANK).map(|named| named.column);
    let award = finder.usual(&AWARD).map(|named| named.column);
    finder.usual(&NUMBER);
    // Without the parts of the score nobody knows which columns they would have declared.
    if terms.score.is_some() {
        finder.report_others();
    }
    if finder.missing {
        return None;
    }
    Some(Layout { unit: unit?, category, values, parts, extra, scores, rank, award })
}

/// Takes the columns of a table one by one.
struct Finder<'s, 'p> {
    sheet: &'s Sheet,
    file: FileId,
    taken: Vec<usize>,
    /// Columns that a name which was not found was likely meant for: they are not reported again.
    meant: Vec<usize>,
    /// Whether a column that is needed was not found, which has been reported.
    missing: bool,
    problems: &'p mut Problems,
}

impl Finder<'_, '_> {
    /// A column that the content names. A private one is an error: it would be published.
    fn named(&mut self, name: &Located<String>) -> Option<Named> {
        let heading = normalise_heading(&name.value);
        if is_private(&heading) {
            self.missing = true;
            self.meant.extend(self.sheet.column(&heading));
            let problem = Diagnostic::new(NAMED_COLUMN_PRIVATE, name.place);
            self.problems.add(problem.with("column", &name.value));
            return None;
        }
        if let Some(column) = self.sheet.column(&heading) {
            self.taken.push(column);
            return Some(Named { title: name.value.clone(), column });
        }
        self.missing = true;
        let mut problem = Diagnostic::new(NO_SUCH_COLUMN, name.place).with("column", &name.value);
        let headings = self.sheet.headings();
        if let Some(near) = nearest(&heading, headings.iter().map(|heading| heading.name.as_str())) {
            self.meant.extend(self.sheet.column(near));
            problem = problem.with("near", near);
        }
        self.problems.add(problem);
        None
    }

    /// The first of the usual headings whose column is not taken.
    fn usual(&mut self, names: &[&str]) -> Option<Named> {
        let free =
            |heading: &&Heading| is_one_of(&heading.name, names) && !self.taken.contains(&heading.column);
        let heading = self.sheet.headings().iter().find(free)?;
        self.taken.push(heading.column);
        Some(Named { title: heading.name.clone(), column: heading.column })
    }

    fn usual_unit(&mut self) -> Option<Named> {
        let unit = self.usual(&UNIT);
        let other = self.usual(&UNIT);
        let place_of = |named: &Named| {
            let heading = self.sheet.headings().iter().find(|heading| heading.column == named.column);
            heading.map(|heading| heading.place)
        };
        match (&unit, &other) {
            (Some(first), Some(other)) => {
                let (first_place, other_place) = (place_of(first)?, place_of(other)?);
                let problem = Diagnostic::new(UNIT_COLUMN_UNCLEAR, other_place).with("first", &first.title);
                self.problems.add(problem.with("second", &other.title).and(first_place));
                self.missing = true;
            }
            (None, _) => {
                self.problems.add(Diagnostic::new(NO_UNIT_COLUMN, self.header_place()));
                self.missing = true;
            }
            _ => {}
        }
        unit
    }

    /// The columns that the parts of the score name, each once, and the parts over them. Without any part
    /// the score is the one that the table states.
    fn values(&mut self, terms: &Terms) -> (Vec<Named>, Vec<Part>) {
        let mut values: Vec<Named> = Vec::new();
        let Some(score) = &terms.score else { return (values, Vec::new()) };
        if score.parts.is_empty() {
            match self.usual(&SCORE) {
                Some(stated) => values.push(stated),
                None => {
                    self.problems.add(Diagnostic::new(NO_SCORE, self.header_place()));
                    self.missing = true;
                }
            }
            let columns = (0..values.len()).collect();
            return (values, vec![Part { weight: Decimal::ONE, columns }]);
        }
        let mut parts = Vec::with_capacity(score.parts.len());
        for part in &score.parts {
            let columns = part.columns.iter().filter_map(|name| {
                let heading = normalise_heading(&name.value);
                let known = values.iter().position(|value| normalise_heading(&value.title) == heading);
                known.or_else(|| {
                    values.push(self.named(name)?);
                    Some(values.len() - 1)
                })
            });
            parts.push(Part { weight: part.weight.unwrap_or(Decimal::ONE), columns: columns.collect() });
        }
        (values, parts)
    }

    fn report_others(&mut self) {
        for heading in self.sheet.headings() {
            let column = heading.column;
            if self.taken.contains(&column) || self.meant.contains(&column) {
                continue;
            }
            if is_private(&heading.name) || holds_private(self.sheet, column) {
                self.problems.add(privacy::column_dropped(&heading.written, heading.place));
            } else {
                let problem = Diagnostic::new(UNDECLARED_COLUMN, heading.place);
                self.problems.add(problem.with("heading", &heading.written));
            }
        }
    }

    /// The header, for what is missing in it.
    fn header_place(&self) -> Place {
        self.sheet.headings().first().map_or(Place::file(self.file), |heading| heading.place)
    }
}

fn is_private(heading: &str) -> bool {
    privacy::private_heading(heading).is_some()
}

/// Whether a cell of the column holds what must not be published. A number that has lost digits was an
/// ID number or an account.
fn holds_private(sheet: &Sheet, column: usize) -> bool {
    sheet.rows().any(|row| match row.cell(column).kind {
        ValueKind::LostDigits => true,
        ValueKind::Text(text) | ValueKind::Number(text) => privacy::private_content(&text).is_some(),
        _ => false,
    })
}
