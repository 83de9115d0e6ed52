//! The columns of one table of recipients: which are shown, which are only checked, which are dropped.

use std::collections::BTreeSet;

use super::recipients::{ShownColumns, Unit};
use super::{Named, Stage};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::columns::{RECIPIENTS, UNDECLARED_COLUMN};
use crate::privacy;
use crate::source::tables::Heading;
use crate::source::{Located, Sheet, ValueKind, nearest, normalise_heading};

const MISSING_COLUMN: Code = Code::error("missing-column");
const REASONS_REFUSED: Code = Code::error("reasons-refused");
const EXTRA_WITHOUT_COLUMN: Code = Code::warning("extra-without-column");
const EXTRA_IS_NAME: Code = Code::error("extra-is-name");

/// What headings of columns with names hold. Names are published only masked, in the columns of the contract.
const NAMES: [&str; 6] = ["姓名", "户主", "名字", "name", "householder", "applicant"];

/// Where each column of the contract stands in a table.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The leftmost column.
    pub(super) first: usize,
    pub(super) number: Option<usize>,
    pub(super) household: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) head: Option<usize>,
    pub(super) group: Option<usize>,
    pub(super) persons: Option<usize>,
    pub(super) program: Option<usize>,
    pub(super) standard: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) amount: Option<usize>,
    pub(super) own_expense: Option<usize>,
    pub(super) paid_on: Option<usize>,
    pub(super) change: Option<usize>,
    pub(super) exception: Option<usize>,
    pub(super) note: Option<usize>,
    /// Headings of the contract that a column nobody declared was likely meant to have.
    meant: Vec<String>,
    /// Columns that the disclosure declares, in the order of the table, with their headings.
    pub(super) extra: Vec<(usize, String)>,
    standard_unit: Unit,
    quantity_unit: Unit,
    amount_unit: Unit,
}

impl Layout {
    /// Sorts the columns of `sheet`. Private columns are dropped with a warning each; other columns that
    /// nobody has declared are errors.
    pub(super) fn of(
        sheet: &Sheet,
        extra: &[Located<String>],
        stage: Stage,
        problems: &mut Problems,
    ) -> Self {
        let mut layout = Self { first: sheet.headings().first().map_or(0, |h| h.column), ..Self::default() };
        let mut found = BTreeSet::new();
        for heading in sheet.headings() {
            let declared = extra.iter().find(|declared| normalise_heading(&declared.value) == heading.name);
            found.extend(declared.map(|declared| declared.place));
            if RECIPIENTS.find(&heading.name).is_some_and(|known| layout.take(known.key, heading, problems)) {
                continue;
            }
            if is_private(sheet, heading, declared.is_some()) {
                problems.add(privacy::column_dropped(&heading.written, heading.place));
            } else if let Some(declared) = declared.filter(|declared| !announces_names(&declared.value)) {
                layout.extra.push((heading.column, declared.value.clone()));
            } else if declared.is_none() {
                let near = nearest_heading(heading, extra);
                let problem = Diagnostic::new(UNDECLARED_COLUMN, heading.place);
                let problem = problem.with("heading", &heading.written);
                problems.add(near.map_or(problem.clone(), |near| problem.with("near", near)));
                layout.meant.extend(near.map(str::to_owned));
            }
        }
        for named in extra.iter().filter(|declared| announces_names(&declared.value)) {
            problems.add(Diagnostic::new(EXTRA_IS_NAME, named.place).with("heading", &named.value));
        }
        for missing in extra.iter().filter(|declared| !found.contains(&declared.place)) {
            let problem = Diagnostic::new(EXTRA_WITHOUT_COLUMN, missing.place);
            problems.add(problem.with("heading", &missing.value));
        }
        if stage == Stage::Terminating {
            layout.refuse_reasons(sheet, extra, problems);
        }
        layout
    }

    /// Notes where a column of the contract stands; `false` when it stands there already.
    fn take(&mut self, key: &str, heading: &Heading, problems: &mut Problems) -> bool {
        let slot = match key {
            "number" => &mut self.number,
            "household" => &mut self.household,
            "name" => &mut self.name,
            "head" => &mut self.head,
            "group" => &mut self.group,
            "persons" => &mut self.persons,
            "program" => &mut self.program,
            "standard" => &mut self.standard,
            "quantity" => &mut self.quantity,
            "amount" => &mut self.amount,
            "own_expense" => &mut self.own_expense,
            "paid_on" => &mut self.paid_on,
            "change" => &mut self.change,
            "exception" => &mut self.exception,
            "note" => &mut self.note,
            _ => return true,
        };
        if slot.is_some() {
            return false;
        }
        *slot = Some(heading.column);
        match key {
            "standard" => self.standard_unit = unit(heading, problems),
            "quantity" => self.quantity_unit = unit(heading, problems),
            "amount" => self.amount_unit = unit(heading, problems),
            _ => {}
        }
        true
    }

    /// A list of those whose benefit ends gives no reasons: neither remarks nor columns of one's own.
    fn refuse_reasons(&self, sheet: &Sheet, extra: &[Located<String>], problems: &mut Problems) {
        let note = sheet.headings().iter().find(|heading| Some(heading.column) == self.note);
        if let Some(note) = note {
            problems.add(Diagnostic::new(REASONS_REFUSED, note.place).with("heading", &note.written));
        }
        for declared in extra {
            problems.add(Diagnostic::new(REASONS_REFUSED, declared.place).with("heading", &declared.value));
        }
    }

    /// Says which columns are missing: whom the rows are about and, where money is at stake, how much.
    pub(super) fn require(&self, named: Named, money: bool, table: FileId, problems: &mut Problems) {
        let usual = |key: &str| RECIPIENTS.usual_heading(key);
        // One of them may be there, its heading misspelt: that has been said.
        let mut need = |keys: &[&'static str]| {
            let is_meant = |key: &&str| self.meant.iter().any(|meant| meant == usual(key));
            if let (Some(first), false) = (keys.first(), keys.iter().any(is_meant)) {
                let problem = Diagnostic::new(MISSING_COLUMN, Place::file(table));
                problems.add(problem.with("column", usual(first)));
            }
        };
        if named == Named::Person && self.name.is_none() && self.head.is_none() {
            need(&["name", "head"]);
        }
        if money && !self.has_money() {
            need(&["amount", "standard", "quantity"]);
        }
    }

    /// Whether amounts stand in the table, or follow from standard and quantity.
    pub(super) fn has_money(&self) -> bool {
        self.amount.is_some() || (self.standard.is_some() && self.quantity.is_some())
    }

    /// The columns that are shown.
    pub(super) fn shown(&self, named: Named) -> ShownColumns {
        let who = named != Named::Number;
        ShownColumns {
            number: self.number.is_some() || named != Named::Person,
            name: match named {
                Named::Person => true,
                Named::Head => self.head.is_some(),
                Named::Number => false,
            },
            group: who && self.group.is_some(),
            persons: who && self.persons.is_some(),
            program: who && self.program.is_some(),
            standard: self.standard.map(|_| self.standard_unit.clone()),
            quantity: self.quantity.map(|_| self.quantity_unit.clone()),
            amount: self.has_money().then(|| self.amount_unit.clone()),
            paid_on: self.paid_on.is_some(),
            change: self.change.is_some(),
            exception: self.exception.is_some(),
            note: self.note.is_some(),
            extra: self.extra.iter().map(|(_, heading)| heading.clone()).collect(),
        }
    }
}

/// Whether a column is private: by its heading even when it is declared, by its content when it is not.
/// (Private content in a column that is declared is an error where it stands.)
fn is_private(sheet: &Sheet, heading: &Heading, declared: bool) -> bool {
    privacy::private_heading(&heading.name).is_some()
        || !declared && sheet.rows().any(|row| holds_private(&row.cell(heading.column).kind))
}

/// Whether a cell holds an ID number, a card or a phone; a number that has lost digits was most likely one.
pub(super) fn holds_private(cell: &ValueKind<'_>) -> bool {
    match cell {
        ValueKind::LostDigits => true,
        ValueKind::Text(text) | ValueKind::Number(text) => privacy::private_content(text).is_some(),
        _ => false,
    }
}

/// Whether a heading announces names of people.
fn announces_names(heading: &str) -> bool {
    let heading = normalise_heading(heading).to_lowercase();
    NAMES.iter().any(|name| heading.contains(name))
}

/// The heading that one that nobody declared was likely meant to be.
fn nearest_heading<'e>(heading: &Heading, extra: &'e [Located<String>]) -> Option<&'e str> {
    let mut known: Vec<&'e str> = RECIPIENTS.usual().collect();
    known.extend(extra.iter().map(|declared| declared.value.as_str()));
    nearest(&heading.name, known.into_iter())
}

/// What stands in brackets behind a heading.
fn unit(heading: &Heading, problems: &mut Problems) -> Unit {
    let written = &heading.written;
    let inside = written
        .split_once(['(', '（', '[', '【'])
        .and_then(|(_, rest)| rest.split_once([')', '）', ']', '】']))
        .map_or("", |(inside, _)| inside.trim());
    privacy::report(inside, heading.place, problems);
    inside.to_owned()
}
