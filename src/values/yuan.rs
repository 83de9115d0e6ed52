//! Money, and the exact decimals it is read from.

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::figure::Digits;

/// An amount of money in yuan, exact to the fen, between −100 and +100 billion yuan.
///
/// It can be negative (a fine among awards); where it must not be, its reader says so.
///
/// ```
/// use gongshi::values::Yuan;
/// let amount = Yuan::parse("1,025.50元").unwrap();
/// assert_eq!(amount.to_string(), "1025.50");
/// assert_eq!(amount.grouped(), "1,025.50");
/// assert!(Yuan::parse("0.005").is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Yuan {
    fen: i64,
}

/// Why a text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYuan {
    /// It is no number.
    NotANumber,
    /// It has more than two places behind the point: there is nothing smaller than a fen.
    TooPrecise,
    /// It is larger than any amount a board can hold.
    TooLarge,
}

/// The largest amount, in fen.
const LIMIT: i64 = 10_000_000_000_000;

impl Yuan {
    /// Nothing.
    pub const ZERO: Self = Self { fen: 0 };

    /// Reads an amount as people write it: `1025`, `1,025.00`, `1025.00元`, `￥1025`.
    ///
    /// # Errors
    /// When the text is no decimal number, has more than two places, or is too large.
    pub fn parse(text: &str) -> Result<Self, NotYuan> {
        if let Some(fen) = plain_fen(text) {
            return Ok(Self { fen });
        }
        let bare = text.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
        Self::from_decimal(parse_decimal(bare).ok_or(NotYuan::NotANumber)?)
    }

    /// An amount from an exact decimal.
    ///
    /// # Errors
    /// When it has more than two places or is too large.
    pub fn from_decimal(amount: Decimal) -> Result<Self, NotYuan> {
        let fen = amount.checked_mul(Decimal::ONE_HUNDRED).ok_or(NotYuan::TooLarge)?;
        if !fen.fract().is_zero() {
            return Err(NotYuan::TooPrecise);
        }
        match fen.to_i64() {
            Some(fen) if (-LIMIT..=LIMIT).contains(&fen) => Ok(Self { fen }),
            _ => Err(NotYuan::TooLarge),
        }
    }

    /// The amount as an exact decimal with two places.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.fen, 2)
    }

    /// This amount for each of `quantity` units, rounded half up to the fen once at the end.
    /// `None` when the product is too large.
    pub fn times(self, quantity: Decimal) -> Option<Self> {
        // Nearly every quantity is a whole number, of which nothing is to be rounded.
        if let Some(whole) = quantity.to_i64().filter(|_| quantity.scale() == 0) {
            let fen = self.fen.checked_mul(whole)?;
            return (-LIMIT..=LIMIT).contains(&fen).then_some(Self { fen });
        }
        let product = self.to_decimal().checked_mul(quantity)?;
        Self::from_decimal(product.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)).ok()
    }

    /// The same amount on the other side of zero.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { fen: self.fen.saturating_neg() }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.fen < 0
    }

    /// The amount with its thousands set apart: `12,300.00`.
    pub fn grouped(self) -> String {
        self.digits(true).as_str().to_owned()
    }

    fn digits(self, grouped: bool) -> Digits {
        Digits::of(self.fen.unsigned_abs(), 2, self.fen < 0, grouped)
    }
}

impl std::ops::Add for Yuan {
    type Output = Self;

    /// The sum. Amounts are bounded, so that some 900,000 of them can be added without overflow;
    /// beyond that the sum stays at the largest number.
    fn add(self, other: Self) -> Self {
        Self { fen: self.fen.saturating_add(other.fen) }
    }
}

impl std::iter::Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.digits(false).as_str())
    }
}

impl serde::Serialize for Yuan {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.digits(false).as_str())
    }
}

/// The fen of an amount that is written plainly (`1025`, `1025.50`), as nearly all of the many are; `None` for
/// any other, which is not said to be wrong by that.
fn plain_fen(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
    let plain =
        matches!(whole.len(), 1..=10) && fraction.len() == 2 && is_digits(whole) && is_digits(fraction);
    plain.then(|| Some(whole.parse::<i64>().ok()? * 100 + fraction.parse::<i64>().ok()?)).flatten()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads an exact decimal number: digits (also full-width), one point, a sign, commas between groups of
/// three. No exponent, no blanks inside. `None` when it is no such number.
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    // Nearly all of the many numbers are whole and short.
    if text.len() <= 9 && is_digits(text) {
        return text.parse::<u32>().ok().map(Decimal::from);
    }
    if let Some((whole, fraction)) = text.split_once('.')
        && [whole, fraction].iter().all(|part| matches!(part.len(), 1..=9) && is_digits(part))
    {
        let number = whole.parse::<i64>().ok()? * 10_i64.pow(fraction.len() as u32);
        return Some(Decimal::new(number + fraction.parse::<i64>().ok()?, fraction.len() as u32));
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.trim().chars() {
        plain.push(match character {
            '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0'))?,
            '．' => '.',
            '，' => ',',
            '－' | '−' => '-',
            '0'..='9' | '.' | ',' | '-' | '+' => character,
            _ => return None,
        });
    }
    let unsigned = plain.trim_start_matches(['-', '+']);
    if unsigned.len() + 1 < plain.len() || !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let well_grouped = !whole.contains(',')
        || whole.split(',').enumerate().all(|(index, group)| match index {
            0 => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        });
    let well_ended = fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    if !well_grouped || !well_ended {
        return None;
    }
    Decimal::from_str(plain.replace(',', "").trim_start_matches('+')).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_clerks_write() {
        for (text, shown) in [
            ("1025", "1025.00"),
            (" 1,025.5 元", "1025.50"),
            ("￥0.01", "0.01"),
            ("-30", "-30.00"),
            ("１２", "12.00"),
        ] {
            assert_eq!(Yuan::parse(text).map(|y| y.to_string()), Ok(shown.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["", "元", "1 025", "1,02", "1.2.3", "--1", "12O", "1e3", ".5", "5.", "1,0000"] {
            assert_eq!(Yuan::parse(text), Err(NotYuan::NotANumber), "{text}");
        }
        assert_eq!(Yuan::parse("1.005"), Err(NotYuan::TooPrecise));
        assert_eq!(Yuan::parse("100000000001"), Err(NotYuan::TooLarge));
    }

    #[test]
    fn rounds_a_product_half_up() {
        let standard = Yuan::parse("72.35").expect("an amount");
        let quantity = parse_decimal("3.30").expect("a number");
        assert_eq!(standard.times(quantity).map(|y| y.to_string()).as_deref(), Some("238.76"));
    }

    proptest! {
        #[test]
        fn plain_decimals_are_those_of_the_crate(whole in "[0-9]{1,10}", fraction in "[0-9]{1,10}") {
            let text = format!("{whole}.{fraction}");
            let read = parse_decimal(&text).map(|read| (read, read.scale()));
            let expected = text.parse::<Decimal>().ok().map(|number| (number, number.scale()));
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn what_is_shown_is_read_again(fen in -LIMIT..=LIMIT) {
            let amount = Yuan { fen };
            prop_assert_eq!(Yuan::parse(&amount.to_string()), Ok(amount));
            prop_assert_eq!(Yuan::parse(&amount.grouped()), Ok(amount));
        }

        #[test]
        fn plainly_written_amounts_are_read_like_all_others(text in "[0-9]{0,12}([.][0-9]{0,3})?") {
            let read = parse_decimal(&text).ok_or(NotYuan::NotANumber).and_then(Yuan::from_decimal);
            prop_assert_eq!(Yuan::parse(&text), read);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = Yuan::parse(&text);
        }
    }
}
