//! Telephone numbers that are published.

use std::fmt;

/// A telephone number as it is written on the board, with its digits for dialling and comparing.
///
/// It has as many digits as such a number can have: a landline 10 to 12 with its area code, a mobile 11, a
/// local number at most 8, a short number 3 to 6. Two spellings of a number (`0009-3780001`, `(0009) 3780001`) have the same
/// digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phone {
    written: String,
    digits: String,
}

impl Phone {
    /// Reads a number: digits, a leading `+`, blanks, dashes, brackets, and an extension behind 转.
    /// `None` when the text is no telephone number.
    ///
    /// ```
    /// use gongshi::values::Phone;
    /// assert_eq!(Phone::parse("(0009) 3780001").unwrap().digits(), "00093780001");
    /// assert!(Phone::parse("请打村委会").is_none());
    /// assert!(Phone::parse("00093780-1").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let written = text.trim();
        let (number, extension) = written.split_once('转').map_or((written, ""), |(n, e)| (n, e.trim()));
        let fits =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')' | '（' | '）' | '—' | '－');
        let international = number.starts_with('+');
        let number = number.strip_prefix('+').unwrap_or(number);
        if !number.chars().all(fits) || !extension.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let is_possible = match (international, digits.as_str()) {
            (true, _) => (8..=15).contains(&digits.len()),
            (false, landline) if landline.starts_with('0') => (10..=12).contains(&landline.len()),
            (false, mobile) if mobile.starts_with('1') => {
                (3..=6).contains(&mobile.len()) || mobile.len() == 11
            }
            (false, other) => {
                (3..=8).contains(&other.len()) || other.len() == 10 && other.starts_with(['4', '8'])
            }
        };
        is_possible.then(|| Self { written: written.to_owned(), digits })
    }

    /// The number as it is written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The digits without an extension, as a telephone dials them.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl serde::Serialize for Phone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}
