//! A run of digits as a person sees it, with the gaps between its groups.

use std::ops::Range;

use super::Form;
use super::judge::SHORTEST;
use super::seen::{Eye, Seen};

/// The most digits held at once; a longer run is judged in pieces that overlap.
const MOST: usize = 4096;
/// The digits that two pieces share; more than the longest identifier has.
const OVERLAP: usize = 64;

/// What stands before a digit, between it and the digit before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Blank,
    Dash,
    Dot,
    Open,
    Close,
}

/// One digit; `X` has the value 10.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub(super) value: u8,
    pub(super) gap: Gap,
    start: usize,
    end: usize,
}

/// A run of digits.
#[derive(Default)]
pub(super) struct Run {
    pub(super) digits: Vec<Digit>,
    /// Whether digits before this piece belong to it.
    continued: bool,
    /// Whether digits after this piece belong to it.
    cut: bool,
    /// Whether a percent sign stopped the run, which may hide further digits.
    pub(super) met_percent: bool,
    /// What was looked past between two digits, of all runs read so far, where a number has room in it.
    pub(super) looked_past: Vec<Range<usize>>,
}

impl Run {
    /// A whole run of these digits without gaps, which stands nowhere.
    pub(super) fn of(values: &[u8]) -> Self {
        let digit = |value: &u8| Digit { value: *value, gap: Gap::None, start: 0, end: 0 };
        Self { digits: values.iter().map(digit).collect(), ..Self::default() }
    }

    /// Reads the run that begins with the digit at `start`, or its next piece. Returns the byte after its last digit.
    pub(super) fn read(&mut self, eye: &Eye<'_>, start: usize, continued: bool) -> usize {
        self.digits.clear();
        self.continued = continued;
        self.cut = false;
        self.met_percent = false;
        let (mut at, mut end, mut gap) = (start, start, Gap::None);
        loop {
            let (seen, from, next) = eye.visible(at);
            match seen {
                Seen::Digit(value) => {
                    self.note_looked_past(eye, end..from);
                    self.digits.push(Digit { value, gap, start: from, end: next });
                    (at, end, gap) = (next, next, Gap::None);
                    if self.digits.len() == MOST {
                        self.cut = true;
                        return end;
                    }
                }
                Seen::Ex if self.digits.len() >= 17 => {
                    self.note_looked_past(eye, end..from);
                    self.digits.push(Digit { value: 10, gap, start: from, end: next });
                    return next;
                }
                _ => match read_gap(eye, seen, next) {
                    Ok((found, next)) => (gap, at) = (found, next),
                    Err(stop) => {
                        self.met_percent = stop == Seen::Other('%');
                        return end;
                    }
                },
            }
        }
    }

    fn note_looked_past(&mut self, eye: &Eye<'_>, range: Range<usize>) {
        if range.len() >= SHORTEST && eye.form.has_tags() {
            self.looked_past.push(range);
        }
    }

    /// Where the next piece begins, when this one was cut.
    pub(super) fn next_piece(&self) -> Option<usize> {
        let first = self.digits.len().checked_sub(OVERLAP)?;
        self.digits.get(first).filter(|_| self.cut).map(|digit| digit.start)
    }

    /// Number of digits.
    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }

    /// The value of a digit; 255 beyond the end.
    pub(super) fn value(&self, index: usize) -> u8 {
        self.digits.get(index).map_or(255, |digit| digit.value)
    }

    /// The number that `count` digits make (at most 18 of them).
    pub(super) fn number(&self, start: usize, count: usize) -> u64 {
        (start..start + count).fold(0, |number, index| number * 10 + u64::from(self.value(index)))
    }

    /// What stands before a digit.
    pub(super) fn gap(&self, index: usize) -> Gap {
        self.digits.get(index).map_or(Gap::None, |digit| digit.gap)
    }

    /// Whether a group begins at `index`.
    pub(super) fn begins(&self, index: usize) -> bool {
        if index == 0 { !self.continued } else { self.gap(index) != Gap::None }
    }

    /// Whether a group ends before `index`.
    pub(super) fn ends(&self, index: usize) -> bool {
        if index == self.len() { !self.cut } else { self.gap(index) != Gap::None }
    }

    /// The inner gaps of `count` digits (fewer than 32): bit 4 is a gap between the fourth and the fifth.
    pub(super) fn gaps(&self, start: usize, count: usize) -> u32 {
        let inner = self.digits.iter().skip(start + 1).take(count.saturating_sub(1));
        inner.zip(1_u32..).fold(0, |gaps, (digit, bit)| gaps | u32::from(digit.gap != Gap::None) << bit)
    }

    /// Whether all inner gaps are blanks and dashes, or all are dots; `close_at` may be a closing bracket.
    pub(super) fn is_plain(&self, start: usize, count: usize, close_at: Option<usize>) -> bool {
        let (mut dots, mut others) = (false, false);
        for index in start + 1..start + count {
            match self.gap(index) {
                Gap::None => {}
                Gap::Blank | Gap::Dash => others = true,
                Gap::Dot => dots = true,
                Gap::Close if close_at == Some(index - start) => {}
                Gap::Open | Gap::Close => return false,
            }
        }
        !(dots && others)
    }

    /// The raw bytes of `count` digits.
    pub(super) fn range(&self, start: usize, count: usize) -> Range<usize> {
        let first = self.digits.get(start).map_or(0, |digit| digit.start);
        let last = self.digits.get((start + count).saturating_sub(1)).map_or(first, |digit| digit.end);
        first..last
    }
}

/// The gap that begins with `seen`, and the place of the digit after it: one blank, dash, dot or bracket, with at most
/// a blank on either side. What separates is the error.
fn read_gap(eye: &Eye<'_>, mut seen: Seen, mut next: usize) -> Result<(Gap, usize), Seen> {
    let (mut mark, mut blanks) = (Gap::None, 0);
    let mut after_blank = false;
    loop {
        let new = match seen {
            // A browser shows several blanks as one; elsewhere two of them are a column.
            Seen::Blank => {
                blanks += usize::from(!(after_blank && eye.form == Form::Html));
                Gap::Blank
            }
            Seen::Dash => Gap::Dash,
            Seen::Dot => Gap::Dot,
            Seen::Open => Gap::Open,
            Seen::Close => Gap::Close,
            _ => return Err(seen),
        };
        after_blank = new == Gap::Blank;
        mark = match (mark, new) {
            (_, Gap::Blank) => mark,
            (Gap::None, _) => new,
            (Gap::Close, Gap::Dash) => Gap::Close,
            (Gap::Dash, Gap::Open) => Gap::Open,
            _ => return Err(seen),
        };
        if blanks > if mark == Gap::None { 1 } else { 2 } {
            return Err(seen);
        }
        let (after, from, to) = eye.visible(next);
        if matches!(after, Seen::Digit(_) | Seen::Ex) {
            return Ok((if mark == Gap::None { Gap::Blank } else { mark }, from));
        }
        (seen, next) = (after, to);
    }
}
