//! The words before a number that say what it is.

use super::seen::{Eye, Seen};
use crate::privacy::lists::LISTS;

/// How far before a number its label is looked for, in bytes of the file (tags between them included).
const BYTES: usize = 240;
/// How many visible characters may stand between the label and the number.
pub(super) const CHARACTERS: usize = 12;

/// What the words before a number announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    IdNumber,
    Account,
}

/// The nearest label before the byte `at` and the number of visible characters between them, at most 12. The label may
/// stand in the cell or the line before: what would be an innocent number alone is none beside the words that announce it.
pub(super) fn label_before(eye: &Eye<'_>, at: usize) -> Option<(Label, usize)> {
    let mut position = at.saturating_sub(BYTES);
    // Not in the middle of a character.
    while position < at && eye.raw.get(position).is_some_and(|b| (0x80..0xc0).contains(b)) {
        position += 1;
    }
    let mut before = String::new();
    while position < at {
        let (seen, next) = eye.look(position);
        match seen {
            Seen::Other(c) => before.extend(c.to_lowercase()),
            Seen::Digit(_) => before.push('0'),
            Seen::Ex => before.push('x'),
            Seen::Open | Seen::Close => before.push('('),
            Seen::Dash | Seen::Dot | Seen::Blank | Seen::Nothing | Seen::Break | Seen::End => {}
        }
        // A block's tag is looked past as a whole, its attributes are not text.
        position = match seen {
            Seen::Break if eye.raw.get(position) == Some(&b'<') => block_end(eye, position, at),
            _ => next,
        };
    }
    let found = LISTS.labels.find_overlapping_iter(&before).max_by_key(|found| found.end())?;
    let distance = before.get(found.end()..)?.chars().count();
    let kind = if found.pattern().as_usize() < LISTS.id_labels { Label::IdNumber } else { Label::Account };
    Some((kind, distance)).filter(|_| distance <= CHARACTERS)
}

fn block_end(eye: &Eye<'_>, start: usize, limit: usize) -> usize {
    let tag = eye.raw.get(start..limit).unwrap_or_default();
    start + tag.iter().position(|b| *b == b'>').map_or(1, |end| end + 1)
}
