//! The lines of a calendar file: escaped, ended with CR LF, folded at 75 bytes (RFC 5545, 3.1 and 3.3.11).

use std::fmt::{self, Write};

/// The most bytes of a line, its end not counted.
const MOST: usize = 75;

/// Lines being written.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// Where the line begins that is being written.
    start: usize,
}

impl Lines {
    /// Writes a line whose value is no text: a date, an address, a word of the standard.
    pub(super) fn plain(&mut self, name: &str, value: impl fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{name}:{value}");
        self.end();
    }

    /// Writes a line whose values are texts, with commas between them.
    pub(super) fn texts<'t>(&mut self, name: &str, values: impl IntoIterator<Item = &'t str>) {
        self.text.push_str(name);
        for (index, value) in values.into_iter().enumerate() {
            self.text.push(if index == 0 { ':' } else { ',' });
            self.push_escaped(value);
        }
        self.end();
    }

    /// Everything written.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Line ends become `\n`, other control characters, which a calendar cannot hold, blanks.
    fn push_escaped(&mut self, value: &str) {
        let mut rest = value;
        while let Some(at) = rest.find(|c: char| matches!(c, '\\' | ';' | ',') || c.is_control()) {
            let (plain, from) = rest.split_at(at);
            let mut signs = from.chars();
            self.text.push_str(plain);
            match signs.next() {
                Some('\n') => self.text.push_str("\\n"),
                Some(sign @ ('\\' | ';' | ',')) => self.text.extend(['\\', sign]),
                _ => self.text.push(' '),
            }
            rest = signs.as_str();
        }
        self.text.push_str(rest);
    }

    /// Folds the line where it is too long, never inside a character, and ends it.
    fn end(&mut self) {
        // A line that goes on begins with a blank, which counts.
        let mut end = self.start + MOST;
        while end < self.text.len() {
            end = self.text.floor_char_boundary(end);
            self.text.insert_str(end, "\r\n ");
            end += "\r\n".len() + MOST;
        }
        self.text.push_str("\r\n");
        self.start = self.text.len();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Lines, MOST};

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(values in proptest::collection::vec("[一-三,;a\\\\\u{7}]{0,90}", 1..4)) {
            let mut lines = Lines::default();
            values.iter().for_each(|value| lines.texts("X", [value.as_str()]));
            let text = lines.into_text();
            prop_assert!(text.split("\r\n").all(|line| line.len() <= MOST));
            let unfolded = text.replace("\r\n ", "");
            let read: Vec<String> = unfolded
                .split_terminator("\r\n")
                .map(|line| line.trim_start_matches("X:").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\"))
                .collect();
            let written: Vec<String> = values.iter().map(|value| value.replace('\u{7}', " ")).collect();
            prop_assert_eq!(read, written);
        }
    }
}
