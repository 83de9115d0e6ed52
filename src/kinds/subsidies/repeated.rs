//! Rows of one household that are the same in every cell: most likely one was entered twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::claims::Fingerprint;
use super::layout::Layout;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::{Row, Sheet, ValueKind};

const ROW_REPEATED: Code = Code::warning("row-repeated");

/// The rows so far by a fingerprint of all their cells but the number.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    /// The columns that tell rows apart; none where the table has no households: then rows that look alike are said.
    columns: Vec<usize>,
    household: usize,
    seen: BTreeMap<Fingerprint, Place>,
}

impl Repeated {
    pub(super) fn of(sheet: &Sheet, layout: &Layout) -> Self {
        let Some(household) = layout.household else { return Self::default() };
        let columns = sheet.headings().iter().map(|heading| heading.column);
        let columns = columns.filter(|column| Some(*column) != layout.number).collect();
        Self { columns, household, seen: BTreeMap::new() }
    }

    /// Notes a row; `place` is its name's.
    pub(super) fn note(&mut self, row: &Row<'_>, place: Place, problems: &mut Problems) {
        if self.columns.is_empty() || row.cell(self.household).kind.is_empty() {
            return;
        }
        let kinds: Vec<ValueKind<'_>> = self.columns.iter().map(|column| row.cell(*column).kind).collect();
        let cells: Vec<Cow<'_, str>> = kinds.iter().map(written).collect();
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        let first = *self.seen.entry(Fingerprint::of(&cells)).or_insert(place);
        if first != place {
            problems.add(Diagnostic::new(ROW_REPEATED, place).and(first));
        }
    }
}

/// A cell as text, to tell whether two are the same.
fn written<'v>(kind: &'v ValueKind<'_>) -> Cow<'v, str> {
    match kind {
        ValueKind::Text(text) | ValueKind::Number(text) => Cow::Borrowed(text),
        other => Cow::Owned(format!("{other:?}")),
    }
}
