//! Numbers written out in figures.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// A decimal number, shown as its own type shows it: all its places, no commas. In data it is a text, so that nobody
/// reads it as a floating-point number.
///
/// ```
/// use gongshi::values::Figure;
/// use rust_decimal::Decimal;
/// assert_eq!(Figure(Decimal::new(-880, 1)).to_string(), "-88.0");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure(pub Decimal);

impl Figure {
    /// Its digits; `None` for more of them than a board ever has.
    fn digits(self) -> Option<Digits> {
        let number = u64::try_from(self.0.mantissa().unsigned_abs()).ok()?;
        let scale = Some(self.0.scale()).filter(|scale| *scale <= 18)?;
        Some(Digits::of(number, scale, self.0.is_sign_negative(), false))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.digits() {
            Some(digits) => f.write_str(digits.as_str()),
            None => self.0.fmt(f),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.digits() {
            Some(digits) => serializer.serialize_str(digits.as_str()),
            None => serializer.collect_str(&self.0),
        }
    }
}

/// A number written out. Boards have millions of them, and the formatting of the libraries is made for more than they
/// need.
pub(super) struct Digits {
    bytes: [u8; Self::MOST],
    start: usize,
}

impl Digits {
    /// More than the longest number has: sign, twenty digits, commas, point.
    const MOST: usize = 32;

    /// `number` with its last `places` digits (18 at most) behind the point; `grouped` sets its thousands apart.
    pub(super) fn of(number: u64, places: u32, negative: bool, grouped: bool) -> Self {
        let mut digits = Self { bytes: [0; Self::MOST], start: Self::MOST };
        let mut rest = number;
        for place in 0.. {
            if place == places && place > 0 {
                digits.push(b'.');
            } else if place > places && rest == 0 {
                break;
            }
            if grouped && place > places && (place - places).is_multiple_of(3) {
                digits.push(b',');
            }
            digits.push(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        if negative {
            digits.push(b'-');
        }
        digits
    }

    /// Writes before what is written already.
    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }

    /// What is written.
    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_figure_is_shown_like_the_number(mantissa: i64, high: i64, scale in 0u32..=28, negative: bool) {
            for mantissa in [i128::from(mantissa), i128::from(mantissa % 10_000), i128::from(high) << 31, 0] {
                let mut number = Decimal::from_i128_with_scale(mantissa, scale);
                prop_assert_eq!(Figure(number).to_string(), number.to_string());
                number.set_sign_negative(negative);
                prop_assert_eq!(Figure(number).to_string(), number.to_string());
                let (data, text) = (serde_json::to_value(Figure(number)), number.to_string());
                prop_assert_eq!(data.ok(), Some(serde_json::Value::from(text)));
            }
        }
    }
}
