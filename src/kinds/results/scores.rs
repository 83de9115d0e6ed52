//! The score of a unit: its parts, each with a weight, added up and rounded once.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::exact::Exact;
use crate::values::Figure;

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What its value counts.
    pub weight: Decimal,
    /// The columns it is taken from, as indexes into the values of a unit: one, or several whose mean it is.
    pub columns: Vec<usize>,
}

/// How scores are made of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scoring {
    /// The parts.
    pub parts: Vec<Part>,
    /// Places behind the point.
    pub places: u32,
    /// The least score.
    pub min: Option<Decimal>,
    /// The highest score.
    pub max: Option<Decimal>,
}

/// A score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// As it is published: within the bounds, rounded.
    pub value: Decimal,
    /// What the parts come to, rounded, where a bound has cut it.
    pub uncut: Option<Decimal>,
    /// Before it was rounded.
    exact: Exact,
}

impl Scoring {
    /// The score that `values` make; `None` when the numbers are too long to compute with.
    pub fn score(&self, values: &[Decimal]) -> Option<Score> {
        let mut sum = Exact::ZERO;
        for part in &self.parts {
            sum = sum.plus(part.value(values)?)?;
        }
        let exact = self.cut(sum)?;
        let value = exact.rounded(self.places)?;
        let uncut = sum.rounded(self.places)?;
        Some(Score { value, uncut: (uncut != value).then_some(uncut), exact })
    }

    fn cut(&self, score: Exact) -> Option<Exact> {
        let mut cut = score;
        if let Some(max) = self.max.map(Exact::from)
            && cut.compare(max)?.is_gt()
        {
            cut = max;
        }
        if let Some(min) = self.min.map(Exact::from)
            && cut.compare(min)?.is_lt()
        {
            cut = min;
        }
        Some(cut)
    }

    /// The sum in signs of arithmetic, `operand` naming each column:
    /// `0.9 × 88 + 0.1 × (95 + 97) ÷ 2`.
    pub fn arithmetic(&self, operand: impl Fn(usize) -> String) -> String {
        let mut sum = String::new();
        for part in &self.parts {
            let minus = part.weight.is_sign_negative() && !part.weight.is_zero();
            sum.push_str(match (sum.is_empty(), minus) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            });
            part.push_arithmetic(&mut sum, &operand);
        }
        sum
    }
}

impl Part {
    fn value(&self, values: &[Decimal]) -> Option<Exact> {
        let mut sum = Exact::ZERO;
        for column in &self.columns {
            sum = sum.plus(Exact::from(*values.get(*column)?))?;
        }
        sum.over(self.columns.len())?.times(Exact::from(self.weight))
    }

    fn push_arithmetic(&self, sum: &mut String, operand: &impl Fn(usize) -> String) {
        let weight = self.weight.abs().normalize();
        if weight != Decimal::ONE {
            // Writing to a string cannot fail.
            let _ = write!(sum, "{} × ", Figure(weight));
        }
        if let [only] = self.columns.as_slice() {
            sum.push_str(&operand(*only));
            return;
        }
        sum.push('(');
        for (index, column) in self.columns.iter().enumerate() {
            sum.push_str(if index == 0 { "" } else { " + " });
            sum.push_str(&operand(*column));
        }
        let _ = write!(sum, ") ÷ {}", self.columns.len());
    }
}

impl Score {
    /// Whether a score that somebody wrote is this one: the published one, or with more places the exact
    /// one at those places, as a spreadsheet keeps it.
    pub fn agrees(&self, stated: Decimal) -> bool {
        let precise = stated.normalize();
        stated == self.value
            || precise.scale() > self.value.scale() && self.exact.rounded(precise.scale()) == Some(precise)
    }
}

/// A number as an operand: a negative one stands in brackets.
pub fn operand(number: Decimal) -> String {
    let figure = Figure(number);
    if number.is_sign_negative() && !number.is_zero() { format!("({figure})") } else { figure.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;

    fn scoring() -> Scoring {
        let part = |weight, columns: &[usize]| Part { weight, columns: columns.to_vec() };
        Scoring {
            parts: vec![
                part(Decimal::new(9, 1), &[0]),
                part(Decimal::new(1, 1), &[1, 2, 3]),
                part(-Decimal::ONE, &[4]),
            ],
            places: 2,
            min: Some(Decimal::ZERO),
            max: Some(Decimal::ONE_HUNDRED),
        }
    }

    fn values(tenths: [i64; 5]) -> Vec<Decimal> {
        tenths.map(|tenth| Decimal::new(tenth, 1)).to_vec()
    }

    #[test]
    fn the_sum_is_written_as_people_write_it() {
        let values = values([880, 960, 950, 970, -5]);
        let shown = scoring().arithmetic(|column| operand(values[column]));
        assert_eq!(shown, "0.9 × 88.0 + 0.1 × (96.0 + 95.0 + 97.0) ÷ 3 − (-0.5)");
    }

    #[test]
    fn a_score_outside_the_bounds_is_cut() {
        let high = scoring().score(&values([1100, 960, 960, 960, 0])).unwrap();
        assert_eq!((high.value.to_string(), high.uncut), ("100.00".into(), Some(Decimal::new(10860, 2))));
        let low = scoring().score(&values([0, 0, 0, 0, 10])).unwrap();
        assert_eq!((low.value.to_string(), low.uncut), ("0.00".into(), Some(Decimal::new(-100, 2))));
        assert_eq!(scoring().score(&values([900, 960, 960, 960, 0])).unwrap().uncut, None);
    }

    #[test]
    fn a_stated_score_may_be_more_precise_but_not_another() {
        let score = scoring().score(&values([880, 960, 950, 961, 0])).unwrap();
        assert_eq!(score.value.to_string(), "88.77");
        for (stated, agrees) in [
            (Decimal::new(8877, 2), true),
            (Decimal::new(88_770, 3), true),
            (Decimal::new(88_770_000_000_001, 12), false),
            (Decimal::new(88_771, 3), false),
            (Decimal::new(888, 1), false),
        ] {
            assert_eq!(score.agrees(stated), agrees, "{stated}");
        }
        let third = scoring().score(&values([880, 960, 950, 960, 0])).unwrap();
        assert!(third.agrees(Decimal::new(887_666_666_666_667, 13)));
    }

    #[test]
    fn numbers_too_long_are_refused() {
        let mut long = vec![Decimal::MAX; 5];
        long[4] = Decimal::ZERO;
        assert_eq!(Scoring { max: None, ..scoring() }.score(&long), None);
    }

    proptest! {
        #[test]
        fn a_score_is_rounded_once(tenths in prop::array::uniform5(0i64..1000)) {
            let scoring = Scoring { min: None, max: None, ..scoring() };
            let score = scoring.score(&values(tenths)).unwrap();
            // In units of 1/300: 0.9 a/10 = 27a, 0.1 (b + c + d)/30 = (b + c + d), − e/10 = −30e.
            let [a, b, c, d, e] = tenths;
            let exact = Decimal::from(27 * a + (b + c + d) - 30 * e);
            let distance = (score.value * Decimal::from(300) - exact).abs();
            prop_assert!(distance * Decimal::TWO <= Decimal::from(3));
            prop_assert_eq!(score.uncut, None);
        }
    }
}
