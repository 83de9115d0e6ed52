//! Finds the columns of a result's table by their headings.

use super::head::Head;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::columns::UNDECLARED_COLUMN;
use crate::privacy;
use crate::source::tables::{Heading, ReadOptions};
use crate::source::{Located, Reading, Sheet, ValueKind, nearest, normalise_heading};

const NO_SUCH_COLUMN: Code = Code::error("no-such-column");
const NAMED_COLUMN_PRIVATE: Code = Code::error("named-column-private");
const NO_UNIT_COLUMN: Code = Code::error("no-unit-column");
const UNIT_COLUMN_UNCLEAR: Code = Code::error("unit-column-unclear");

/// Headings of the unit column that need not be declared.
pub(super) const UNIT: [&str; 6] = ["单位", "村", "村别", "村居", "街道", "unit"];
/// Headings of the category column.
pub(super) const CATEGORY: [&str; 2] = ["类别", "category"];
/// Headings of a running number, which ranks make needless.
pub(super) const NUMBER: [&str; 2] = ["序号", "no"];

/// So many headings of a table are named in a problem.
const MOST_NAMED: usize = 12;

/// A column that the content names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its heading, as the content names it.
    pub(super) title: String,
    /// Its number in the table, from 0.
    pub(super) column: usize,
}

/// Says of a normalised heading whether it is one of the `usual` ones or of those that the content names; by them the
/// header is found.
pub(super) fn knows<'n>(
    usual: Vec<&'static str>,
    named: impl Iterator<Item = &'n str>,
) -> impl Fn(&str) -> bool {
    let named: Vec<String> = named.map(normalise_heading).collect();
    move |heading| {
        // A slip in a long heading is no reason not to find the header it stands in.
        let meant = |name: &&String| name.chars().count() > 2;
        is_one_of(heading, &usual)
            || named.iter().any(|name| name == heading)
            || nearest(heading, named.iter().filter(meant).map(String::as_str)).is_some()
    }
}

/// Reads the table of a result, whose header has `known` headings; `expected` are some of them. In a table of units no
/// heading is private, so that any may have been meant as a known one.
pub(super) fn sheet(
    file: FileId,
    head: &Head,
    known: &dyn Fn(&str) -> bool,
    expected: &str,
    reading: &mut Reading<'_>,
) -> Option<Sheet> {
    let sheet = head.sheet.as_deref();
    reading.sheet(file, &ReadOptions { sheet, known, likely: &|_| true, expected })
}

pub(super) fn is_one_of(heading: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(heading))
}

/// Takes the columns of a table one by one.
pub(super) struct Finder<'s, 'p> {
    pub(super) sheet: &'s Sheet,
    file: FileId,
    taken: Vec<usize>,
    /// Columns that a name which was not found was likely meant for: they are not reported again.
    meant: Vec<usize>,
    /// Whether the content names a column that no heading is like: any that nobody declared may be it.
    unmet: bool,
    /// The usual headings that were looked for and not found.
    missed: Vec<String>,
    /// Whether a column that is needed was not found, which has been reported.
    pub(super) missing: bool,
    pub(super) problems: &'p mut Problems,
}

impl<'s, 'p> Finder<'s, 'p> {
    pub(super) fn new(sheet: &'s Sheet, file: FileId, problems: &'p mut Problems) -> Self {
        Self {
            sheet,
            file,
            taken: Vec::new(),
            meant: Vec::new(),
            unmet: false,
            missed: Vec::new(),
            missing: false,
            problems,
        }
    }

    /// Notes that something is missing in the table, and says it at its header; where a heading was likely meant to be
    /// it, there.
    pub(super) fn miss(&mut self, code: Code, fact: &'static str, value: &str) {
        self.missing = true;
        let free = |heading: &&Heading| {
            !self.taken.contains(&heading.column) && !self.meant.contains(&heading.column)
        };
        let mut free = self.sheet.headings().iter().filter(free);
        let slip = free.find(|heading| nearest(&heading.name, [value].into_iter()).is_some());
        let problem = Diagnostic::new(code, slip.map_or(self.header_place(), |heading| heading.place));
        let problem = problem.with(fact, value);
        self.problems.add(match slip {
            Some(heading) => problem.with("near", &heading.written),
            None => problem,
        });
        self.meant.extend(slip.map(|heading| heading.column));
    }

    /// The further columns that the content declares; private ones stay undeclared.
    pub(super) fn extra(&mut self, names: &[Located<String>]) -> Vec<Named> {
        let names = names.iter().filter(|name| !is_private(&normalise_heading(&name.value)));
        names.filter_map(|name| self.named(name)).collect()
    }

    /// Takes a column that is known by more than its heading.
    pub(super) fn take(&mut self, column: usize) {
        self.taken.push(column);
    }

    /// The unit column: the one that the content names, or the one with a usual heading.
    pub(super) fn unit(&mut self, name: Option<&Located<String>>) -> Option<Named> {
        match name {
            Some(name) => self.named(name),
            None => self.usual_unit(),
        }
    }

    /// A column that the content names. A private one is an error: it would be published.
    pub(super) fn named(&mut self, name: &Located<String>) -> Option<Named> {
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
        } else {
            self.unmet = true;
            let written: Vec<&str> =
                headings.iter().take(MOST_NAMED).map(|heading| heading.written.as_str()).collect();
            problem = problem.with("headings", written.join("、"));
        }
        self.problems.add(problem);
        None
    }

    /// The first of the usual headings whose column is not taken.
    pub(super) fn usual(&mut self, names: &[&str]) -> Option<Named> {
        let free =
            |heading: &&Heading| is_one_of(&heading.name, names) && !self.taken.contains(&heading.column);
        let Some(heading) = self.sheet.headings().iter().find(free) else {
            self.missed
                .extend(names.iter().filter(|name| name.chars().count() > 1).map(|name| (*name).to_owned()));
            return None;
        };
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
                self.report_no_unit();
                self.missing = true;
            }
            _ => {}
        }
        unit
    }

    /// Says that there is no unit column, and which heading may have been meant to be it.
    fn report_no_unit(&mut self) {
        let long = UNIT.into_iter().filter(|name| name.chars().count() > 1);
        let free = |heading: &&Heading| {
            !self.taken.contains(&heading.column) && !is_one_of(&heading.name, &CATEGORY)
        };
        let mut others = self.sheet.headings().iter().filter(free);
        let slip = others.find_map(|heading| Some((heading, nearest(&heading.name, long.clone())?)));
        self.problems.add(match slip {
            Some((heading, near)) => {
                self.meant.push(heading.column);
                Diagnostic::new(NO_UNIT_COLUMN, heading.place).with("near", near)
            }
            None => {
                self.unmet = true;
                Diagnostic::new(NO_UNIT_COLUMN, self.header_place())
            }
        });
    }

    /// Says which columns nobody declared, or leaves them out where they are private, and says that.
    pub(super) fn report_others(&mut self) {
        for heading in self.sheet.headings() {
            let column = heading.column;
            if self.taken.contains(&column) || self.meant.contains(&column) {
                continue;
            }
            if is_private(&heading.name) || holds_private(self.sheet, column) {
                self.problems.add(privacy::column_dropped(&heading.written, heading.place));
            } else if !self.unmet {
                let problem = Diagnostic::new(UNDECLARED_COLUMN, heading.place);
                let problem = problem.with("heading", &heading.written);
                let near = nearest(&heading.name, self.missed.iter().map(String::as_str));
                self.problems.add(near.map_or(problem.clone(), |near| problem.with("near", near)));
            }
        }
    }

    /// The header, for what is missing in it.
    pub(super) fn header_place(&self) -> Place {
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
