//! Exact fractions: what a score is before it is rounded.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// A fraction in lowest terms, so that a mean by three is as exact as a sum. Whatever does not fit into
/// 128 bits is refused, never rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    numerator: i128,
    /// Above zero.
    denominator: i128,
}

impl Exact {
    /// Nothing.
    pub(super) const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The sum; `None` when it does not fit.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let here = self.numerator.checked_mul(other.denominator)?;
        let there = other.numerator.checked_mul(self.denominator)?;
        Self::reduced(here.checked_add(there)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The product; `None` when it does not fit.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.numerator)?;
        Self::reduced(numerator, self.denominator.checked_mul(other.denominator)?)
    }

    /// The part for each of `count`; `None` for none of them, or when it does not fit.
    pub(super) fn over(self, count: usize) -> Option<Self> {
        let count = i128::try_from(count).ok()?;
        Self::reduced(self.numerator, self.denominator.checked_mul(count)?)
    }

    /// The quotient; `None` for nothing to divide by, or when it does not fit.
    pub(super) fn divided_by(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.denominator)?;
        let denominator = self.denominator.checked_mul(other.numerator)?;
        if denominator < 0 {
            return Self::reduced(numerator.checked_neg()?, denominator.checked_neg()?);
        }
        Self::reduced(numerator, denominator)
    }

    /// The difference; `None` when it does not fit.
    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { numerator: other.numerator.checked_neg()?, ..other })
    }

    /// Rounded half up (away from zero) to `places` behind the point, all of which the result shows.
    /// `None` when it does not fit.
    pub(super) fn rounded(self, places: u32) -> Option<Decimal> {
        let scaled = self.numerator.abs().checked_mul(10i128.checked_pow(places)?)?;
        let halves = scaled.checked_mul(2)?.checked_add(self.denominator)?;
        let rounded = halves / self.denominator.checked_mul(2)?;
        let signed = if self.numerator < 0 { -rounded } else { rounded };
        Decimal::try_from_i128_with_scale(signed, places).ok()
    }

    /// How it compares; `None` when that does not fit.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let here = self.numerator.checked_mul(other.denominator)?;
        Some(here.cmp(&other.numerator.checked_mul(self.denominator)?))
    }

    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let common = common_divisor(numerator.checked_abs()?, denominator);
        Some(Self { numerator: numerator / common, denominator: denominator / common })
    }
}

/// How many percent `part` is of `whole`, rounded to one place; `None` of nothing.
pub(super) fn percent(part: u64, whole: u64) -> Option<Decimal> {
    let share = Exact::from(Decimal::from(part)).divided_by(Exact::from(Decimal::from(whole)))?;
    share.times(Exact::from(Decimal::ONE_HUNDRED))?.rounded(1)
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        let number = number.normalize();
        let denominator = 10i128.pow(number.scale());
        Self::reduced(number.mantissa(), denominator)
            .unwrap_or(Self { numerator: number.mantissa(), denominator })
    }
}

/// The greatest common divisor of two numbers, the second above zero.
fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::Exact;
    use rust_decimal::Decimal;

    #[test]
    fn a_mean_by_three_is_rounded_once() {
        let sum = Exact::from(Decimal::new(275, 1));
        let mean = sum.over(3).and_then(|mean| mean.times(Exact::from(Decimal::TEN)));
        let shown = mean.and_then(|mean| mean.rounded(2)).map(|score| score.to_string());
        assert_eq!(shown.as_deref(), Some("91.67"));
        assert_eq!(sum.over(0), None);
    }

    proptest! {
        /// Twice the distance between the fraction and its rounded value never exceeds one unit of the
        /// last place; at just half a unit, the value lies farther from zero.
        #[test]
        fn rounding_moves_by_half_a_unit_at_most(
            numerator in -1_000_000_000_000i64..1_000_000_000_000, count in 1usize..60, places in 0u32..6,
        ) {
            let exact = Exact::from(Decimal::new(numerator, 3)).over(count).unwrap();
            let rounded = exact.rounded(places).unwrap();
            prop_assert_eq!(rounded.scale(), places);
            // All in units of the last place, times 1000 × count: whole numbers.
            let denominator = 1000 * count as i128;
            let distance = rounded.mantissa() * denominator - i128::from(numerator) * 10i128.pow(places);
            prop_assert!(2 * distance.abs() <= denominator);
            if 2 * distance.abs() == denominator {
                prop_assert_eq!(distance.signum(), i128::from(numerator).signum());
            }
        }
    }
}
