//! Tells which digits of a run are an ID number, a bank card or a phone.

use std::collections::BTreeSet;
use std::ops::Range;

use super::label::{CHARACTERS as LABEL_REACH, Label, label_before};
use super::phone::{Phone, phone_at};
use super::run::{Gap, Run};
use super::seen::Eye;
use super::{Hit, Kind};
use crate::privacy::lists::LISTS;

/// The fewest digits of anything that is looked for: a mobile, or a fixed line with its area code.
pub(in crate::privacy) const SHORTEST: usize = 11;

/// The most digits of an account that a label announces: those of rural banks have up to 28.
const LONGEST_ACCOUNT: usize = 30;

/// Judges runs and collects what is found.
pub(super) struct Judge<'a> {
    pub(super) published: &'a BTreeSet<u64>,
    pub(super) hits: &'a mut Vec<Hit>,
    /// The value of every phone found that is not published.
    pub(super) phones: &'a mut BTreeSet<u64>,
    /// The first hit of this input.
    pub(super) first: usize,
}

impl Judge<'_> {
    /// Adds what the run holds: ID numbers before cards before phones, since one ID number in ten passes for a card.
    pub(super) fn judge(&mut self, eye: &Eye<'_>, run: &Run) {
        if run.len() < SHORTEST {
            return;
        }
        self.id_numbers(run);
        if run.len() >= 12 {
            self.labelled(eye, run);
            self.cards(run);
        }
        self.phones(eye, run);
    }

    fn id_numbers(&mut self, run: &Run) {
        let mut start = 0;
        while start + 18 <= run.len() {
            if is_id_at(run, start) {
                self.add(Kind::IdNumber, run.range(start, 18));
                start += 18;
            } else {
                start += 1;
            }
        }
    }

    /// Numbers that are private only by the words before them.
    fn labelled(&mut self, eye: &Eye<'_>, run: &Run) {
        // Looked for only once a run holds something that a label would make private.
        let mut label = None;
        let mut start = 0;
        while start + 12 <= run.len().min(LABEL_REACH + 12) {
            let found = if run.begins(start) { self.labelled_at(eye, run, start, &mut label) } else { 0 };
            start += found.max(1);
        }
    }

    /// Looks at the groups that begin at `start`; returns the number of digits of what was found.
    fn labelled_at(
        &mut self,
        eye: &Eye<'_>,
        run: &Run,
        start: usize,
        label: &mut Option<Option<(Label, usize)>>,
    ) -> usize {
        for count in
            (12..=LONGEST_ACCOUNT.min(run.len() - start)).rev().filter(|count| run.ends(start + count))
        {
            let may_be_id = may_be_labelled_id(run, start, count);
            let may_be_account = may_be_labelled_account(run, start, count);
            if !may_be_id && !may_be_account || self.is_taken(Kind::BankCard, &run.range(start, count)) {
                continue;
            }
            let label = label.get_or_insert_with(|| label_before(eye, run.range(0, 1).start));
            let kind = match label {
                Some((_, distance)) if *distance + start > LABEL_REACH => return 0,
                Some((Label::IdNumber, _)) if may_be_id => Kind::IdNumber,
                Some((Label::Account, _)) if may_be_account => Kind::BankCard,
                _ => continue,
            };
            self.add(kind, run.range(start, count));
            return count;
        }
        0
    }

    fn cards(&mut self, run: &Run) {
        for start in 0..run.len().saturating_sub(15) {
            if !run.begins(start) || is_fraction(run, start) {
                continue;
            }
            let found = (16..=19).rev().find(|count| is_card(run, start, *count));
            if let Some(count) = found {
                self.add(Kind::BankCard, run.range(start, count));
            }
        }
    }

    fn phones(&mut self, eye: &Eye<'_>, run: &Run) {
        let mut start = 0;
        while start + SHORTEST <= run.len() {
            let phone =
                if run.begins(start) && !is_fraction(run, start) { phone_at(eye, run, start) } else { None };
            let Some(Phone { value, count }) = phone else {
                start += 1;
                continue;
            };
            let range = run.range(start, count);
            if !self.published.contains(&value) && !is_in_digest(eye.raw, &range) {
                self.phones.insert(value);
                self.add(Kind::Phone, range);
            }
            start += count;
        }
    }

    /// Whether something as grave has been found there. What is less grave gives way: where percent signs are undone, what
    /// looked like a phone can turn out to be a part of an ID number.
    fn is_taken(&self, kind: Kind, range: &Range<usize>) -> bool {
        let latest = self.latest();
        self.hits.get(latest..).unwrap_or_default().iter().any(|hit| touches(hit, range) && hit.kind <= kind)
    }

    /// The first of the hits that can touch a new one: a run is read at most twice and its pieces overlap by 64 digits.
    fn latest(&self) -> usize {
        self.first.max(self.hits.len().saturating_sub(16))
    }

    fn add(&mut self, kind: Kind, range: Range<usize>) {
        if !self.is_taken(kind, &range) {
            let graver = self.hits.split_off(self.latest());
            self.hits.extend(graver.into_iter().filter(|hit| !touches(hit, &range)));
            self.hits.push(Hit { kind, range });
        }
    }
}

fn touches(hit: &Hit, range: &Range<usize>) -> bool {
    hit.range.start < range.end && range.start < hit.range.end
}

/// Whether the digits of a run, and no others, make an ID number.
pub(super) fn has_id_shape(run: &Run) -> bool {
    run.len() == 18 && has_province(run, 0) && is_id_number(run, 0)
}

/// Whether the digits of a run, and no others, make a bank card.
pub(super) fn has_card_shape(run: &Run) -> bool {
    (16..=19).contains(&run.len()) && is_card(run, 0, run.len())
}

fn has_province(run: &Run, start: usize) -> bool {
    LISTS.is_province(usize::from(run.value(start)) * 10 + usize::from(run.value(start + 1)))
}

fn is_id_at(run: &Run, start: usize) -> bool {
    has_province(run, start)
        && (is_id_number(run, start) && is_id_spelling(run, start) || is_cut_id_number(run, start))
}

/// An ID number of which a spreadsheet has kept 15 digits: the others are zeros, and the check character is lost. A day since
/// 2020 is that of a serial number, not of a birth.
fn is_cut_id_number(run: &Run, start: usize) -> bool {
    let is_whole = run.begins(start) && run.ends(start + 18) && run.gaps(start, 18) == 0;
    let year = run.number(start + 6, 4);
    is_whole
        && run.number(start + 15, 3) == 0
        && (1900..2020).contains(&year)
        && is_date(year, run.number(start + 10, 2), run.number(start + 12, 2))
}

/// Birth date and check character of GB 11643.
fn is_id_number(run: &Run, start: usize) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [u8; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    let year = run.number(start + 6, 4);
    if !(1850..=2099).contains(&year) || !is_date(year, run.number(start + 10, 2), run.number(start + 12, 2))
    {
        return false;
    }
    let sum =
        WEIGHTS.iter().zip(start..).map(|(weight, index)| weight * u32::from(run.value(index))).sum::<u32>();
    let has_ten = (start..start + 17).any(|index| run.value(index) > 9);
    !has_ten && CHECKS.get(sum as usize % 11) == Some(&run.value(start + 17))
}

pub(super) fn is_date(year: u64, month: u64, day: u64) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Without gaps an ID number may stand inside a longer run; with gaps it begins with a group.
fn is_id_spelling(run: &Run, start: usize) -> bool {
    let gaps = run.gaps(start, 18);
    gaps == 0 || run.begins(start) && run.is_plain(start, 18, None) && is_id_shape(gaps, 18)
}

/// Groups of the usual shape: by region, birth date, number and check; all of one size; or two groups.
fn is_id_shape(gaps: u32, count: usize) -> bool {
    const PARTS: u32 = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 12 | 1 << 14 | 1 << 17;
    gaps & !PARTS == 0 || is_even(gaps, count) || gaps.count_ones() == 1
}

/// Whether all groups have one size, but for a shorter last one.
fn is_even(gaps: u32, count: usize) -> bool {
    let size = gaps.trailing_zeros() as usize;
    gaps != 0 && (1..count).all(|bit| (gaps >> bit & 1 == 1) == (bit % size == 0))
}

/// 18 characters, 15 with a real province and date, or the 20 of a disability certificate.
fn may_be_labelled_id(run: &Run, start: usize, count: usize) -> bool {
    let gaps = run.gaps(start, count);
    if gaps != 0 && !(run.is_plain(start, count, None) && is_id_shape(gaps, count)) {
        return false;
    }
    match count {
        15 => {
            let year = 1900 + run.number(start + 6, 2);
            has_province(run, start) && is_date(year, run.number(start + 8, 2), run.number(start + 10, 2))
        }
        18 | 20 => true,
        _ => false,
    }
}

/// 12 digits and more, whole or in fours, that are no date with a time or a number behind it.
fn may_be_labelled_account(run: &Run, start: usize, count: usize) -> bool {
    let gaps = run.gaps(start, count);
    let is_shape = gaps == 0 || run.is_plain(start, count, None) && is_fours(gaps, count);
    let starts_with_date = count <= 14
        && (1900..2100).contains(&run.number(start, 4))
        && is_date(run.number(start, 4), run.number(start + 4, 2), run.number(start + 6, 2));
    is_shape && !starts_with_date && run.value(start + count - 1) < 10
}

fn is_fours(gaps: u32, count: usize) -> bool {
    gaps.trailing_zeros() == 4 && is_even(gaps, count)
}

fn is_card(run: &Run, start: usize, count: usize) -> bool {
    const BY_ISSUER: [u32; 3] = [1 << 6, 1 << 6 | 1 << 10 | 1 << 14, 1 << 6 | 1 << 10 | 1 << 14 | 1 << 18];
    if start + count > run.len() || !run.ends(start + count) || run.value(start + count - 1) > 9 {
        return false;
    }
    let gaps = run.gaps(start, count);
    let is_shape =
        gaps == 0 || is_fours(gaps, count) || gaps == 1 << 8 || gaps == 1 << 16 || BY_ISSUER.contains(&gaps);
    is_shape
        && run.is_plain(start, count, None)
        && LISTS.has_card_prefix((start..start + count).map(|index| run.value(index)))
        && passes_luhn(run, start, count)
}

fn passes_luhn(run: &Run, start: usize, count: usize) -> bool {
    let sum = (0..count).fold(0_u32, |sum, index| {
        let value = u32::from(run.value(start + count - 1 - index));
        sum + if index % 2 == 0 { value } else { value * 2 / 10 + value * 2 % 10 }
    });
    sum.is_multiple_of(10)
}

/// Whether the group at `start` is the fraction of a number such as `0.13800138000`.
fn is_fraction(run: &Run, start: usize) -> bool {
    start > 0 && run.gap(start) == Gap::Dot && run.value(start - 1) == 0 && run.begins(start - 1) && {
        let before = start.checked_sub(1).map_or(Gap::None, |zero| run.gap(zero));
        matches!(before, Gap::None | Gap::Blank)
    }
}

/// Whether the bytes stand in a digest or a UUID: 32 or more hexadecimal characters in one, with a letter among them.
fn is_in_digest(raw: &[u8], range: &Range<usize>) -> bool {
    let is_part = |b: &&u8| b.is_ascii_hexdigit() || **b == b'-';
    let before = raw.get(..range.start).unwrap_or_default().iter().rev().take(64).take_while(is_part);
    let after = raw.get(range.end..).unwrap_or_default().iter().take(64).take_while(is_part);
    let own = raw.get(range.clone()).unwrap_or_default().iter();
    let (mut characters, mut has_letter) = (0, false);
    for byte in before.chain(own).chain(after) {
        characters += usize::from(byte.is_ascii_hexdigit());
        has_letter |= byte.is_ascii_alphabetic();
    }
    characters >= 32 && has_letter
}
