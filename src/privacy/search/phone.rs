//! The shapes of mobiles and fixed lines.

use super::judge::is_date;
use super::run::{Gap, Run};
use super::seen::Eye;
use crate::privacy::lists::LISTS;

/// A phone by value: its digits behind a leading one, without the country's code and the extension.
pub(super) struct Phone {
    pub(super) value: u64,
    /// Number of digits it takes up in the run.
    pub(super) count: usize,
}

/// The phone that begins with the group at `start`.
pub(super) fn phone_at(eye: &Eye<'_>, run: &Run, start: usize) -> Option<Phone> {
    [0, 1, 2, 4].iter().find_map(|&length| {
        let prefix = match (length, run.number(start, length)) {
            (0, _) => Prefix::None,
            (1, 0) => Prefix::Zero,
            (2, 86) | (4, 86) => Prefix::Country,
            _ => return None,
        };
        if prefix == Prefix::Zero && run.gap(start + 1) == Gap::Dot {
            return None;
        }
        // The prefix itself has no gaps.
        if (1..length).any(|index| run.gap(start + index) != Gap::None) {
            return None;
        }
        let local = start + length;
        let bare = if mobile_at(run, local) {
            Some((11, mobile_value(run, local)))
        } else {
            fixed_line_at(eye, run, start, local, prefix)
        };
        bare.map(|(count, value)| Phone { value, count: length + count })
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    None,
    Zero,
    Country,
}

fn mobile_value(run: &Run, start: usize) -> u64 {
    100_000_000_000 + run.number(start, 11)
}

fn mobile_at(run: &Run, start: usize) -> bool {
    // 138 1234 5678, 138 12345678, (138)12345678; with dashes or dots also 1381234-5678, 1381-2345-678, 138-123-45678.
    const SHAPES: [u32; 3] = [0, 1 << 3 | 1 << 7, 1 << 3];
    const DASHED: [u32; 4] = [1 << 7, 1 << 4 | 1 << 8, 1 << 3 | 1 << 6, 1 << 4];
    if run.value(start) != 1 || !(3..=9).contains(&run.value(start + 1)) || start + 11 > run.len() {
        return false;
    }
    let gaps = run.gaps(start, 11);
    let has = |gap| (1..11).any(|index| run.gap(start + index) == gap);
    let has_blank = has(Gap::Blank);
    // 1398.7654321 is a figure.
    let is_figure = gaps.count_ones() == 1 && has(Gap::Dot);
    run.ends(start + 11)
        && run.is_plain(start, 11, Some(3))
        && !is_figure
        && (SHAPES.contains(&gaps) || is_spelt_out(gaps) || !has_blank && DASHED.contains(&gaps))
        && !(has_blank && is_decimal_after(run, start + 11))
}

/// Whether every digit stands alone, as in boxes.
fn is_spelt_out(gaps: u32) -> bool {
    gaps == 0b111_1111_1110
}

/// Whether the number that ends before `end` goes on with one or two decimals: then blanks stand between numbers.
fn is_decimal_after(run: &Run, end: usize) -> bool {
    run.gap(end) == Gap::Dot && (run.ends(end + 1) || end + 2 <= run.len() && run.ends(end + 2))
}

/// A fixed line whose area code begins at `local`; a zero may be missing behind the country's code.
fn fixed_line_at(
    eye: &Eye<'_>,
    run: &Run,
    start: usize,
    local: usize,
    prefix: Prefix,
) -> Option<(usize, u64)> {
    let is_abroad = match prefix {
        Prefix::None => false,
        Prefix::Zero => return None,
        Prefix::Country => {
            let is_marked =
                run.value(start) == 0 || run.gap(local) == Gap::Dash || has_plus(eye.raw, run, start);
            if !is_marked {
                return None;
            }
            run.value(local) != 0
        }
    };
    if !is_abroad && run.value(local) != 0 {
        return None;
    }
    for (area, number) in [(3, 8), (4, 7), (4, 8)] {
        let area_digits = area - usize::from(is_abroad);
        let count = area_digits + number;
        let code = run.number(local, area_digits);
        let is_code = usize::try_from(code).is_ok_and(|code| LISTS.is_area_code(code, area));
        if is_code && is_fixed_line(run, local, area_digits, number) {
            let power = if area + number == 11 { 100_000_000_000 } else { 1_000_000_000_000 };
            return Some((count, power + run.number(local, count)));
        }
    }
    None
}

fn is_fixed_line(run: &Run, start: usize, area: usize, number: usize) -> bool {
    let count = area + number;
    if start + count > run.len() || !run.ends(start + count) || !run.is_plain(start, count, Some(area)) {
        return false;
    }
    let gaps = run.gaps(start, count);
    let after_area = 1 << area;
    let inner = gaps & !after_area;
    // A number in two groups begins with 2 or more, as real ones do, or has dashes all along: 0830-1130 1430 are hours.
    let is_split = inner == 1 << (area + number - 4) || inner == 1 << (area + 4);
    let is_dashed = (start + area + 1..start + count).any(|index| run.gap(index) == Gap::Dash);
    let is_shape = inner == 0 || is_split && (run.value(start + area) > 1 || is_dashed);
    // 010 20261101 in a row of a list is a number and a day.
    let year = run.number(start + area, 4);
    let is_day = number == 8
        && run.gap(start + area) == Gap::Blank
        && (1900..2100).contains(&year)
        && is_date(year, run.number(start + area + 4, 2), run.number(start + area + 6, 2));
    is_shape && !is_day
}

/// Whether `+` stands before the group at `start` (also full-width, or as in an address).
fn has_plus(raw: &[u8], run: &Run, start: usize) -> bool {
    let before = raw.get(..run.range(start, 1).start).unwrap_or_default();
    [b"+".as_slice(), "＋".as_bytes(), b"%2B", b"%2b", b"&#43;"].iter().any(|plus| before.ends_with(plus))
}
