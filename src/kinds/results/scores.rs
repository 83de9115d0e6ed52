//! The score of a unit: its parts, each with a weight, added up and rounded once.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::exact::Exact;
use crate::values::Figure;

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What its value counts: a weight, or the points of what is done in full.
    pub factor: Decimal,
    /// What its value is taken from.
    pub from: PartSource,
}

/// What the value of a part is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartSource {
    /// Columns, as indexes into the values of a unit: one, or several whose mean it is.
    Columns(Vec<usize>),
    /// What is done of what is due, as indexes into the values of a unit.
    Ratio {
        /// Done.
        done: usize,
        /// Due.
        due: usize,
    },
    /// The mean of a unit's scores in another series, as an index into [`Inputs::series`].
    Series(usize),
    /// The sum over a unit's items of work: points by what is done of what is due.
    Items,
}

/// An item of work of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub title: String,
    /// The points for all of it.
    pub points: Decimal,
    /// How much is done.
    pub done: Decimal,
    /// How much is due.
    pub due: Decimal,
}

/// What the score of one unit is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inputs<'u> {
    /// What stands in the columns.
    pub values: &'u [Decimal],
    /// Its scores in other series.
    pub series: &'u [Vec<Decimal>],
    /// Its items of work.
    pub items: &'u [Item],
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

/// One summand of a score.
struct Term<T> {
    factor: Decimal,
    form: Form<T>,
}

enum Form<T> {
    /// One operand, or the mean of several.
    Mean(Vec<T>),
    Ratio(T, T),
}

impl Scoring {
    /// The score of a unit; `None` when the numbers are too long to compute with.
    pub fn score(&self, inputs: Inputs<'_>) -> Option<Score> {
        let mut sum = Exact::ZERO;
        for term in self.terms(inputs)? {
            sum = sum.plus(term.value()?)?;
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

    fn terms(&self, inputs: Inputs<'_>) -> Option<Vec<Term<Decimal>>> {
        let mut terms = Vec::with_capacity(self.parts.len());
        let value = |column: &usize| inputs.values.get(*column).copied();
        for Part { factor, from } in &self.parts {
            let form = match from {
                PartSource::Columns(columns) => Form::Mean(columns.iter().map(value).collect::<Option<_>>()?),
                PartSource::Ratio { done, due } => Form::Ratio(value(done)?, value(due)?),
                PartSource::Series(index) => Form::Mean(inputs.series.get(*index)?.clone()),
                PartSource::Items => {
                    let item =
                        |item: &Item| Term { factor: item.points, form: Form::Ratio(item.done, item.due) };
                    terms.extend(inputs.items.iter().map(item));
                    continue;
                }
            };
            terms.push(Term { factor: *factor, form });
        }
        Some(terms)
    }

    /// The sum of a unit in signs of arithmetic: `0.9 × 88 + 0.1 × (95 + 97) ÷ 2`.
    pub fn arithmetic(&self, inputs: Inputs<'_>) -> String {
        written(&self.terms(inputs).unwrap_or_default(), |number| operand(*number))
    }

    /// The sum with the names of what it is made of. `columns` are the headings of the values, `series` those of
    /// the scores in other series, `items` the headings of points, done and due.
    pub fn formula(&self, columns: &[String], series: &[String], items: &[String; 3]) -> String {
        let named = |column: &usize| columns.get(*column).cloned().unwrap_or_default();
        let term = |Part { factor, from }: &Part| {
            let form = match from {
                PartSource::Columns(columns) => Form::Mean(columns.iter().map(named).collect()),
                PartSource::Ratio { done, due } => Form::Ratio(named(done), named(due)),
                PartSource::Series(index) => {
                    Form::Mean(vec![series.get(*index).cloned().unwrap_or_default()])
                }
                PartSource::Items => {
                    let [points, done, due] = items;
                    Form::Mean(vec![format!("Σ({points} × {done} ÷ {due})")])
                }
            };
            Term { factor: *factor, form }
        };
        written(&self.parts.iter().map(term).collect::<Vec<_>>(), String::clone)
    }
}

impl Term<Decimal> {
    fn value(&self) -> Option<Exact> {
        let value = match &self.form {
            Form::Mean(values) => {
                let mut sum = Exact::ZERO;
                for value in values {
                    sum = sum.plus(Exact::from(*value))?;
                }
                sum.over(values.len())?
            }
            Form::Ratio(done, due) => Exact::from(*done).divided_by(Exact::from(*due))?,
        };
        value.times(Exact::from(self.factor))
    }
}

/// A sum in signs of arithmetic.
fn written<T>(terms: &[Term<T>], operand: impl Fn(&T) -> String) -> String {
    let mut sum = String::new();
    for term in terms {
        let minus = term.factor.is_sign_negative() && !term.factor.is_zero();
        sum.push_str(match (sum.is_empty(), minus) {
            (true, false) => "",
            (true, true) => "−",
            (false, false) => " + ",
            (false, true) => " − ",
        });
        let factor = term.factor.abs().normalize();
        if factor != Decimal::ONE {
            // Writing to a string cannot fail.
            let _ = write!(sum, "{} × ", Figure(factor));
        }
        match &term.form {
            Form::Ratio(done, due) => {
                let _ = write!(sum, "{} ÷ {}", operand(done), operand(due));
            }
            Form::Mean(values) => match values.as_slice() {
                [only] => sum.push_str(&operand(only)),
                several => {
                    let operands: Vec<String> = several.iter().map(&operand).collect();
                    let _ = write!(sum, "({}) ÷ {}", operands.join(" + "), several.len());
                }
            },
        }
    }
    sum
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
        let part = |factor, columns: &[usize]| Part { factor, from: PartSource::Columns(columns.to_vec()) };
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

    fn of(values: &[Decimal]) -> Inputs<'_> {
        Inputs { values, ..Inputs::default() }
    }

    #[test]
    fn the_sum_is_written_as_people_write_it() {
        let values = values([880, 960, 950, 970, -5]);
        let shown = scoring().arithmetic(of(&values));
        assert_eq!(shown, "0.9 × 88.0 + 0.1 × (96.0 + 95.0 + 97.0) ÷ 3 − (-0.5)");
    }

    #[test]
    fn a_score_outside_the_bounds_is_cut() {
        let high = scoring().score(of(&values([1100, 960, 960, 960, 0]))).unwrap();
        assert_eq!((high.value.to_string(), high.uncut), ("100.00".into(), Some(Decimal::new(10860, 2))));
        let low = scoring().score(of(&values([0, 0, 0, 0, 10]))).unwrap();
        assert_eq!((low.value.to_string(), low.uncut), ("0.00".into(), Some(Decimal::new(-100, 2))));
        assert_eq!(scoring().score(of(&values([900, 960, 960, 960, 0]))).unwrap().uncut, None);
    }

    #[test]
    fn a_stated_score_may_be_more_precise_but_not_another() {
        let score = scoring().score(of(&values([880, 960, 950, 961, 0]))).unwrap();
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
        let third = scoring().score(of(&values([880, 960, 950, 960, 0]))).unwrap();
        assert!(third.agrees(Decimal::new(887_666_666_666_667, 13)));
    }

    #[test]
    fn numbers_too_long_are_refused() {
        let mut long = vec![Decimal::MAX; 5];
        long[4] = Decimal::ZERO;
        assert_eq!(Scoring { max: None, ..scoring() }.score(of(&long)), None);
    }

    proptest! {
        #[test]
        fn a_score_is_rounded_once(tenths in prop::array::uniform5(0i64..1000)) {
            let scoring = Scoring { min: None, max: None, ..scoring() };
            let score = scoring.score(of(&values(tenths))).unwrap();
            // In units of 1/300: 0.9 a/10 = 27a, 0.1 (b + c + d)/30 = (b + c + d), − e/10 = −30e.
            let [a, b, c, d, e] = tenths;
            let exact = Decimal::from(27 * a + (b + c + d) - 30 * e);
            let distance = (score.value * Decimal::from(300) - exact).abs();
            prop_assert!(distance * Decimal::TWO <= Decimal::from(3));
            prop_assert_eq!(score.uncut, None);
        }
    }
}
