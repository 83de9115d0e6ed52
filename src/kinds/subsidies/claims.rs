//! What rows say that limits need and that is never shown: who, which household, how much they have paid themselves.
//!
//! Names and keys are kept as fingerprints, which tell whether two are the same and nothing else, and no longer than
//! the limits are checked.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::cells::{cell_text, read_cell};
use super::layout::Layout;
use crate::diagnostics::{Place, Problems};
use crate::kinds::programs::{Found, Program, Programs};
use crate::kinds::programs::{UNKNOWN_PROGRAM, unknown};
use crate::privacy;
use crate::source::{Located, Row};
use crate::values::Yuan;

/// A name or key, of which only sameness can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fingerprint([u8; 12]);

impl Fingerprint {
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hash = blake3::Hasher::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        let mut kept = [0; 12];
        for (kept, byte) in kept.iter_mut().zip(hash.finalize().as_bytes()) {
            *kept = *byte;
        }
        Self(kept)
    }
}

/// One row, as limits see it.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Id of the program.
    pub(crate) program: String,
    /// Who; `None` in a row without a name.
    pub(crate) person: Option<Fingerprint>,
    /// Which household.
    pub(crate) household: Option<Fingerprint>,
    /// How much.
    pub(crate) amount: Yuan,
    /// The day that it belongs to.
    pub(crate) day: NaiveDate,
    /// What they have paid themselves.
    pub(crate) own_expense: Option<Yuan>,
    /// Whether an exception has been approved.
    pub(crate) exempt: bool,
    /// The cell that problems point at.
    pub(crate) place: Place,
}

/// What rows take for one program, by the day of payment where the rows say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlay {
    /// Id of the program.
    pub program: String,
    /// The day of payment.
    pub paid_on: Option<NaiveDate>,
    /// Sum of the amounts.
    pub amount: Yuan,
    /// Number of rows.
    pub count: u32,
}

/// What a disclosure says for all its rows.
pub(super) struct Common<'c> {
    /// The programs of the board.
    pub(super) programs: &'c Programs,
    /// The program of all rows that name none themselves.
    pub(super) program: Option<&'c Located<String>>,
    /// The day that rows without a day of payment belong to: the decision, else the start.
    pub(super) day: Option<NaiveDate>,
}

/// The programs of the rows of one table.
#[derive(Default)]
pub(super) struct OfRows {
    /// Programs of which something has been said.
    said: BTreeSet<String>,
    pub(super) claims: Vec<Claim>,
    pub(super) outlays: Vec<Outlay>,
}

impl OfRows {
    /// The program of a row, and what is shown of it: its title, or what is written where the board has no programs.
    /// One that nobody knows is said once.
    pub(super) fn program<'c>(
        &mut self,
        written: &str,
        place: Place,
        common: &Common<'c>,
        problems: &mut Problems,
    ) -> (Option<&'c str>, Option<&'c str>) {
        let wanted =
            if written.is_empty() { common.program.map(|one| one.value.as_str()) } else { Some(written) };
        let Some(wanted) = wanted else { return (None, None) };
        match common.programs.find(wanted) {
            Found::Program(id) => {
                let shown = common.day.and_then(|day| common.programs.shown(id, day));
                (Some(id), shown.map(|program| program.title.as_str()))
            }
            Found::FreeText => (None, None),
            Found::Unknown => {
                // The one that the whole list names is looked at where it is written.
                if !written.is_empty() && self.said.insert(written.to_owned()) {
                    let names = common.programs.names();
                    let problem =
                        unknown(UNKNOWN_PROGRAM, &Located { value: written.to_owned(), place }, names);
                    // What stands in the cell may have slipped there from another column.
                    problems.add(problem.without_facts(&["id"]));
                }
                (None, None)
            }
        }
    }

    /// Notes that something was said of a program; false when it was said before.
    pub(super) fn note_once(&mut self, program: &str) -> bool {
        self.said.insert(program.to_owned())
    }

    /// Adds the money of a row.
    pub(super) fn spend(&mut self, program: &str, paid_on: Option<NaiveDate>, amount: Yuan) {
        let same = |outlay: &&mut Outlay| outlay.paid_on == paid_on && outlay.program == program;
        match self.outlays.iter_mut().find(same) {
            Some(outlay) => {
                outlay.amount = outlay.amount + amount;
                outlay.count += 1;
            }
            None => {
                self.outlays.push(Outlay { program: program.to_owned(), paid_on, amount, count: 1 });
            }
        }
    }
}

/// Whether a program sets limits that rows are compared with.
pub(super) fn has_limits(program: &Program) -> bool {
    program.cap.is_some() || program.exclusive.is_some() || program.below_own_expense
}

/// Who a row is about: the full name with the household, or with the group where that is not known.
pub(super) fn person(row: &Row<'_>, layout: &Layout, household: Option<Fingerprint>) -> Option<Fingerprint> {
    // What is wrong with these cells is said where they are read to be shown.
    let mut unsaid = Problems::new();
    let mut text =
        |column: Option<usize>| cell_text(&row.cell(column?), &mut unsaid).map(|text| text.trim().to_owned());
    let name = text(layout.name).or_else(|| text(layout.head))?;
    let name = privacy::normalise_name(&name);
    let beside = match household {
        Some(Fingerprint(key)) => key.iter().map(|byte| format!("{byte:02x}")).collect(),
        None => text(layout.group).unwrap_or_default(),
    };
    Some(Fingerprint::of(&[&name, &beside]))
}

/// Whether a cell says that an exception has been approved.
pub(super) fn is_exempt(row: &Row<'_>, layout: &Layout, problems: &mut Problems) -> bool {
    read_cell(row, layout.exception, crate::source::parse::text, problems).value().is_some()
}
