//! Rows that add up others, or state their means: which rows those are, and whether the figures are theirs.

use std::ops::Range;

use rust_decimal::Decimal;

use super::exact::Exact;
use super::layout::Layout;
use super::ranking::Computed;
use super::rows::{Rows, UnitRow};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::{Located, Sheet, Summing};

pub(super) const COLUMN_SUM_DIFFERS: Code = Code::error("column-sum-differs");
const COLUMN_MEAN_DIFFERS: Code = Code::error("column-mean-differs");

/// What a row that is no unit states of those that are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Summed {
    /// Their sum.
    Sum(Summing),
    /// Their mean.
    Mean,
}

impl Summed {
    /// The ranges of units that each row may be about: one of a sum, and of a mean also the units since the row before.
    /// `rows` are such rows in the order of the table, with how many units stand above each; there are `units`.
    pub(super) fn ranges(rows: &[(usize, Self)], units: usize) -> Vec<Vec<Range<usize>>> {
        let is_part = |row: &&(usize, Self)| row.1 == Self::Sum(Summing::Part);
        // Subtotals stand above what they add up when nothing stands above the first.
        let parts_lead = rows.iter().find(is_part).is_some_and(|(above, _)| *above == 0);
        let mut behind = rows.iter().filter(is_part).skip(1).map(|(above, _)| *above);
        let (mut last_part, mut last) = (0, 0);
        let mut ranges = Vec::with_capacity(rows.len());
        for (above, of) in rows {
            let whole = if *above == 0 { 0..units } else { 0..*above };
            let first = match of {
                Self::Sum(Summing::Part) if parts_lead => *above..behind.next().unwrap_or(units),
                Self::Sum(Summing::Part) => std::mem::replace(&mut last_part, *above)..*above,
                Self::Sum(Summing::Whole) | Self::Mean => whole,
            };
            let since = last..*above;
            let also = (*of == Self::Mean && last > 0 && !since.is_empty()).then_some(since);
            ranges.push(std::iter::once(first).chain(also).collect());
            last = *above;
        }
        ranges
    }

    /// Compares a stated figure with those it may be about, each the cells of a range; cells that are `None` cannot be
    /// added. A mean is compared at its own digits.
    pub(super) fn check<I: Iterator<Item = Option<Decimal>>>(
        self,
        stated: &Located<Decimal>,
        column: &str,
        cells: impl Iterator<Item = I>,
        problems: &mut Problems,
    ) {
        let mut computed = Vec::new();
        for cells in cells {
            let cells: Option<Vec<Decimal>> = cells.collect();
            computed.extend(cells.and_then(|cells| self.of(&cells, stated.value.scale())));
        }
        let Some(first) = computed.first().filter(|_| !computed.contains(&stated.value)) else { return };
        let code = if self == Self::Mean { COLUMN_MEAN_DIFFERS } else { COLUMN_SUM_DIFFERS };
        let problem = Diagnostic::new(code, stated.place).with("column", column);
        problems.add(problem.with("stated", stated.value).with("computed", first));
    }

    /// The figure of these cells; `None` when it is too long, or there are none for a mean.
    fn of(self, cells: &[Decimal], places: u32) -> Option<Decimal> {
        if let Self::Sum(_) = self {
            return cells.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(*cell));
        }
        let sum = cells.iter().try_fold(Exact::ZERO, |sum, cell| sum.plus(Exact::from(*cell)))?;
        sum.over(cells.len())?.rounded(places)
    }
}

/// Compares the rows of a ranking that add up others, or state their means.
pub(super) fn check_totals(
    rows: &Rows,
    computed: &[Computed],
    layout: &Layout,
    sheet: &Sheet,
    problems: &mut Problems,
) {
    let placed: Vec<(usize, Summed)> = rows.totals.iter().map(|total| (total.above, total.of)).collect();
    for (total, ranges) in rows.totals.iter().zip(Summed::ranges(&placed, rows.units.len())) {
        for (column, stated) in &total.stated {
            let value = layout.values.iter().position(|named| named.column == *column);
            let cell = |(unit, computed): (&UnitRow, &Computed)| match value {
                Some(value) => unit.values.as_ref()?.get(value).copied(),
                None if layout.award == Some(*column) => {
                    Some(computed.award.map_or(Decimal::ZERO, |award| award.to_decimal()))
                }
                None => Some(computed.score.value),
            };
            let cells = |range: &Range<usize>| {
                let units = rows.units.iter().zip(computed).skip(range.start).take(range.len());
                units.map(cell).collect::<Vec<_>>().into_iter()
            };
            let heading = sheet.headings().iter().find(|heading| heading.column == *column);
            let heading = heading.map_or("", |heading| heading.written.as_str());
            total.of.check(stated, heading, ranges.iter().map(cells), problems);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Summed, Summing};

    #[test]
    fn sums_stand_below_what_they_add_up_or_above_it() {
        let (part, whole, mean) = (Summed::Sum(Summing::Part), Summed::Sum(Summing::Whole), Summed::Mean);
        let shown = |rows: &[(usize, Summed)]| {
            let ranges = Summed::ranges(rows, 5).into_iter();
            let row = |ranges: Vec<std::ops::Range<usize>>| {
                ranges.iter().map(|range| format!("{range:?}")).collect::<Vec<_>>().join(" ")
            };
            ranges.map(row).collect::<Vec<_>>().join(", ")
        };
        for (rows, expected) in [
            (vec![(2, part), (5, part), (5, whole)], "0..2, 2..5, 0..5"),
            (vec![(0, part), (2, part), (5, whole)], "0..2, 2..5, 0..5"),
            (vec![(0, whole), (0, part), (3, part)], "0..5, 0..3, 3..5"),
            (vec![(0, mean), (5, mean)], "0..5, 0..5"),
            (vec![(2, part), (5, mean)], "0..2, 0..5 2..5"),
            (vec![(2, mean), (2, part), (5, part), (5, mean)], "0..2, 0..2, 2..5, 0..5"),
        ] {
            assert_eq!(shown(&rows), expected, "{rows:?}");
        }
    }
}
