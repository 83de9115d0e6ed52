//! A short fingerprint of data, for people to compare.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// The first eight digits of the SHA-256 of a file: `7F3A·91C2`.
///
/// Two people can compare it at a glance, on the wall and on the screen, and whoever has the file can work it out. It
/// tells versions of a list apart; that nobody could make another file with the same one is not promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 4]);

impl Fingerprint {
    /// The fingerprint of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let [first, second, third, fourth, ..]: [u8; 32] = Sha256::digest(bytes).into();
        Self([first, second, third, fourth])
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth] = self.0;
        write!(formatter, "{first:02X}{second:02X}·{third:02X}{fourth:02X}")
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn it_is_the_start_of_the_sha_256() {
        // FIPS 180-4: the SHA-256 of "abc" is ba7816bf 8f01cfea …
        assert_eq!(Fingerprint::of(b"abc").to_string(), "BA78·16BF");
    }
}
