//! Names that somebody has masked before, in another way than the board does.

use crate::diagnostics::{Diagnostic, Place, Problems};
use crate::privacy::{self, MASK_DIFFERS, NamePolicy};

/// Such names of one table: they are many or none, and said once.
#[derive(Debug, Default)]
pub(super) struct HandMasked {
    count: usize,
    /// The first of them, and where it stands.
    first: Option<(String, Place)>,
}

impl HandMasked {
    /// Notes a name as it is written. What is published of it is masked by the board all the same.
    pub(super) fn note(&mut self, name: &str, policy: NamePolicy, place: Place) {
        let name = privacy::normalise_name(name);
        if privacy::is_masked_by_hand(&name) && privacy::shows_more(&name, policy) {
            self.count += 1;
            self.first.get_or_insert_with(|| (name.into_owned(), place));
        }
    }

    /// Says how many there are, at the first of them.
    pub(super) fn report(&self, problems: &mut Problems) {
        if let Some((name, place)) = &self.first {
            problems.add(Diagnostic::new(MASK_DIFFERS, *place).with("count", self.count).with_unshown(name));
        }
    }
}
