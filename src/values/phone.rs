//! Telephone numbers that are published.

use std::fmt;

/// A telephone number as it is written on the board, with its digits for dialling and comparing.
///
/// It has 3 to 20 digits. Two spellings of a number (`0009-3780001`, `(0009) 3780001`) have the same
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
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let written = text.trim();
        let (number, extension) = written.split_once('转').map_or((written, ""), |(n, e)| (n, e.trim()));
        let fits =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')' | '（' | '）' | '—' | '－');
        let number = number.strip_prefix('+').unwrap_or(number);
        if !number.chars().all(fits) || !extension.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        (3..=20).contains(&digits.len()).then(|| Self { written: written.to_owned(), digits })
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
