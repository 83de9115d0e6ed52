//! The second, joined look: numbers broken over lines, cells, items or paragraphs, which a reader joins without thinking.
//!
//! Nothing is joined across such a border but for a warning, since figures beneath and beside each other are what a board is
//! full of. So the groups of digits that are joined must make a whole number: an ID number with a real province, date and
//! check character, or a card behind a word that announces one.

use std::ops::Range;

use super::judge::{has_card_shape, has_id_shape};
use super::label::{Label, label_before};
use super::run::Run;
use super::seen::{Eye, Seen};
use super::{Form, Hit, Kind, next_start};
use crate::privacy::lists::LISTS;

/// The fewest digits of a group but the last one: days, months and ordinals have fewer.
const SHORTEST_GROUP: usize = 3;
/// The most groups of a number that is not written digit by digit: an ID number in fours has five, and one of them cut in two.
const MOST_GROUPS: usize = 6;
/// The digits of an ID number, which is the longest but for cards of 19.
const LONGEST: usize = 19;
/// The longest tag that ends a block which is looked past.
const LONGEST_TAG: usize = 1024;

/// Digits in one, as a reader sees them.
struct Group {
    /// Where its values begin.
    first: usize,
    range: Range<usize>,
    /// Whether a border stands before it, and not merely a blank or a dash.
    is_behind_border: bool,
}

/// Groups with nothing between them but borders and blanks.
#[derive(Default)]
struct Chain {
    values: Vec<u8>,
    groups: Vec<Group>,
}

/// Adds to `hits` the ID numbers and cards that are whole only when what stands on both sides of a border is read as one. Those
/// that stand in one are none of these. The cost is linear in the input.
pub(super) fn find(raw: &[u8], form: Form, hits: &mut Vec<Hit>) {
    let eye = Eye { raw, form, percent: false };
    let mut chain = Chain::default();
    let mut at = 0;
    while let Some(start) = next_start(raw, at, form) {
        let (seen, next) = eye.look(start);
        if !matches!(seen, Seen::Digit(_)) {
            at = next;
            continue;
        }
        chain.clear();
        at = chain.read(&eye, start, hits);
    }
}

impl Chain {
    fn clear(&mut self) {
        self.values.clear();
        self.groups.clear();
    }

    /// Reads groups from the digit at `start` until something else than a border stands between them. Returns the byte
    /// from which to go on.
    fn read(&mut self, eye: &Eye<'_>, start: usize, hits: &mut Vec<Hit>) -> usize {
        let (mut at, mut is_behind_border) = (start, false);
        loop {
            let end = self.read_group(eye, at, is_behind_border);
            if let Some(hit) = self.whole(eye) {
                hits.push(hit);
                return end;
            }
            match separator(eye, end) {
                Some((next, border)) if self.values.last() != Some(&10) => {
                    (at, is_behind_border) = (next, border);
                }
                _ => return end,
            }
        }
    }

    /// Reads the digits from `start`, and a check character behind them or alone. Returns the byte after them.
    fn read_group(&mut self, eye: &Eye<'_>, start: usize, is_behind_border: bool) -> usize {
        let first = self.values.len();
        let (mut at, mut end) = (start, start);
        loop {
            let (seen, _, next) = eye.visible(at);
            match seen {
                Seen::Digit(value) => self.values.push(value),
                Seen::Ex if !self.values.is_empty() => self.values.push(10),
                _ => break,
            }
            (at, end) = (next, next);
            if seen == Seen::Ex {
                break;
            }
        }
        self.groups.push(Group { first, range: start..end, is_behind_border });
        end
    }

    /// The number that the latest groups make, if they make one.
    fn whole(&self, eye: &Eye<'_>) -> Option<Hit> {
        let end = self.values.len();
        let (mut borders, mut is_before_border) = (0, false);
        let (mut are_long, mut are_whole, mut are_single) = (true, true, true);
        for (count, group) in (1..).zip(self.groups.iter().rev()) {
            let next = self.groups.get(self.groups.len() - count + 1);
            let length = next.map_or(end, |next| next.first) - group.first;
            let is_short = count > 1 && length < SHORTEST_GROUP;
            // A border may cut a group in two.
            are_long &= !is_short || is_before_border || group.is_behind_border;
            are_whole &= !is_short;
            are_single &= length == 1;
            let digits = end - group.first;
            if digits > LONGEST || !(are_single || are_long && count <= MOST_GROUPS) {
                return None;
            }
            if borders > 0 && digits >= 16 && (are_single || are_whole || borders == 1) {
                let range = group.range.start..self.groups.last().map_or(0, |last| last.range.end);
                if let Some(kind) = self.kind(eye, group.first, range.start) {
                    return Some(Hit { kind, range });
                }
            }
            is_before_border = group.is_behind_border;
            borders += usize::from(is_before_border);
        }
        None
    }

    /// What the digits from `first` on are, the first of them at byte `at`.
    fn kind(&self, eye: &Eye<'_>, first: usize, at: usize) -> Option<Kind> {
        let values = self.values.get(first..).unwrap_or_default();
        // Most figures begin like neither.
        let may_be_id = values.len() == 18 && begins_like_id(values);
        let may_be_card = LISTS.has_card_prefix(values.iter().copied());
        if !may_be_id && !may_be_card {
            return None;
        }
        let run = Run::of(values);
        if may_be_id && has_id_shape(&run) {
            return Some(Kind::IdNumber);
        }
        let is_card =
            may_be_card && has_card_shape(&run) && matches!(label_before(eye, at), Some((Label::Account, _)));
        is_card.then_some(Kind::BankCard)
    }
}

fn begins_like_id(values: &[u8]) -> bool {
    matches!(values, [first, second, ..] if LISTS.is_province(usize::from(*first) * 10 + usize::from(*second)))
}

/// The digit, or the check character alone, behind what separates groups from `at` on, and whether a border is among it; `None`
/// where anything else stands there.
fn separator(eye: &Eye<'_>, mut at: usize) -> Option<(usize, bool)> {
    let is_text = matches!(eye.form, Form::Text | Form::Markdown);
    let (mut has_border, mut has_dash, mut is_at_line_start) = (false, false, false);
    loop {
        let (seen, from, next) = eye.visible(at);
        at = match seen {
            Seen::Digit(_) => return Some((from, has_border)),
            Seen::Ex if has_border => return Some((from, has_border)),
            Seen::Break => {
                (has_border, is_at_line_start) = (true, true);
                past_tag(eye, from, next)
            }
            Seen::Blank => next,
            // Before the end of a line it ends the line for certain.
            Seen::Other('\\') if is_text => next,
            // The mark of an item.
            Seen::Dash | Seen::Other('*' | '+') if is_text && is_at_line_start => {
                is_at_line_start = false;
                next
            }
            Seen::Other('|') if is_text => {
                has_border = true;
                next
            }
            Seen::Other(',' | ';' | '"') if eye.form == Form::Csv => {
                has_border = true;
                next
            }
            Seen::Dash if !has_dash => {
                has_dash = true;
                next
            }
            _ => return None,
        };
    }
}

/// The byte after the tag that begins at `at`, if one does: what stands in it is no text.
fn past_tag(eye: &Eye<'_>, at: usize, next: usize) -> usize {
    let rest = eye.raw.get(at..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(LONGEST_TAG)).unwrap_or(rest);
    if !rest.starts_with(b"<") {
        return next;
    }
    rest.iter().position(|byte| *byte == b'>').map_or(next, |end| at + end + 1)
}

#[cfg(test)]
mod tests;
