//! Rows that nobody can tell apart once their names are masked.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Place, Problems};

const ROWS_LOOK_ALIKE: Code = Code::warning("rows-look-alike");

/// The rows so far by what is shown of whom they are about: masked name and group.
#[derive(Debug, Default)]
pub(super) struct Alike {
    seen: BTreeMap<(String, u32), Seen>,
}

#[derive(Debug)]
struct Seen {
    first: Place,
    household: Option<u32>,
    said: bool,
}

impl Alike {
    /// Notes a row; where the group does not tell it from one before, that is said once for each such name:
    /// nothing more is disclosed. Rows of one household may look alike, and so may rows that show no name.
    pub(super) fn note(
        &mut self,
        name: &str,
        group: u32,
        household: Option<u32>,
        place: Place,
        problems: &mut Problems,
    ) {
        if name.is_empty() {
            return;
        }
        let seen = self.seen.entry((name.to_owned(), group));
        let seen = seen.or_insert(Seen { first: place, household, said: true });
        if seen.first == place {
            seen.said = false;
            return;
        }
        let one_household = household.is_some() && household == seen.household;
        if !one_household && !seen.said {
            seen.said = true;
            problems.add(Diagnostic::new(ROWS_LOOK_ALIKE, place).and(seen.first));
        }
    }
}
