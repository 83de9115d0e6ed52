//! What a person sees at a byte of a file: tags, entities and escapes undone, character by character.

use super::Form;

/// The longest inline tag or comment that is looked past, in bytes. It bounds the work on files made to be slow.
const LONGEST_TAG: usize = 1024;

/// What stands at a place, as far as identifiers are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A digit, from 0 to 9.
    Digit(u8),
    /// `X` in any spelling: the check character for ten.
    Ex,
    /// One blank.
    Blank,
    /// A dash of any length.
    Dash,
    /// A dot on the line or in the middle.
    Dot,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Nothing that is seen: an inline tag, a zero-width character, the fold of a line.
    Nothing,
    /// Any other character.
    Other(char),
    /// The end of a line, a cell, a block.
    Break,
    /// The end of the input.
    End,
}

/// Reads raw bytes as a person would see them.
#[derive(Clone, Copy)]
pub(super) struct Eye<'a> {
    pub(super) raw: &'a [u8],
    pub(super) form: Form,
    /// Whether `%31` is read as `1`.
    pub(super) percent: bool,
}

impl Eye<'_> {
    /// What is seen at `at` or behind what cannot be seen there; its first byte, and the byte after it.
    #[inline]
    pub(super) fn visible(&self, mut at: usize) -> (Seen, usize, usize) {
        loop {
            let (seen, next) = self.look(at);
            if seen != Seen::Nothing {
                return (seen, at, next);
            }
            at = next;
        }
    }

    /// What stands at `at`, and the byte after it (always later than `at`, but at the end).
    #[inline]
    pub(super) fn look(&self, at: usize) -> (Seen, usize) {
        let Some(&byte) = self.raw.get(at) else { return (Seen::End, at) };
        match byte {
            b'0'..=b'9' => (Seen::Digit(byte - b'0'), at + 1),
            b'<' if self.form.has_tags() => self.tag(at),
            b'&' if self.form.has_tags() => self.entity(at),
            b'\\' if self.form == Form::Json => self.escape(at),
            b'%' if self.percent => match self.percent_char(at) {
                Some((c, next)) => (of_char(c), next),
                None => (Seen::Other('%'), at + 1),
            },
            b'\r' | b'\n' => self.line_end(at),
            b'\t' if self.form == Form::Html => (Seen::Blank, at + 1),
            0..=0x7f => (of_char(char::from(byte)), at + 1),
            _ => match self.char_at(at) {
                Some(c) => (of_char(c), at + c.len_utf8()),
                None => (Seen::Other(char::REPLACEMENT_CHARACTER), at + 1),
            },
        }
    }

    fn from(&self, at: usize) -> &[u8] {
        self.raw.get(at..).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let bytes = self.raw.get(at..self.raw.len().min(at + 4))?;
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
        };
        valid.chars().next()
    }

    /// A line end; in a calendar file a line end before a blank is only a fold.
    fn line_end(&self, at: usize) -> (Seen, usize) {
        if self.form == Form::Ics {
            match self.from(at) {
                [b'\r', b'\n', b' ' | b'\t', ..] => return (Seen::Nothing, at + 3),
                [b'\n', b' ' | b'\t', ..] => return (Seen::Nothing, at + 2),
                _ => {}
            }
        }
        (Seen::Break, at + 1)
    }

    fn tag(&self, at: usize) -> (Seen, usize) {
        let rest = self.from(at);
        let rest = rest.get(..rest.len().min(LONGEST_TAG)).unwrap_or(rest);
        if rest.starts_with(b"<!--") {
            return match rest.windows(3).position(|end| end == b"-->") {
                Some(end) => (Seen::Nothing, at + end + 3),
                None => (Seen::Break, at + 1),
            };
        }
        let after = rest.get(1..).unwrap_or_default();
        let name = after.strip_prefix(b"/").unwrap_or(after);
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            let is_markup = matches!(name.first(), Some(b'!' | b'?' | b'>'));
            return (if is_markup { Seen::Break } else { Seen::Other('<') }, at + 1);
        }
        let length =
            name.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-')).count();
        if !is_inline(name.get(..length).unwrap_or_default(), self.form) {
            return (Seen::Break, at + 1);
        }
        match tag_end(rest) {
            Some(end) => (Seen::Nothing, at + end),
            None => (Seen::Break, at + 1),
        }
    }

    fn entity(&self, at: usize) -> (Seen, usize) {
        let body = self.from(at + 1);
        let body = body.get(..body.len().min(24)).unwrap_or(body);
        if let Some(number) = body.strip_prefix(b"#") {
            let (digits, radix) = match number {
                [b'x' | b'X', hex @ ..] => (hex, 16),
                _ => (number, 10),
            };
            let count = digits.iter().take_while(|b| char::from(**b).is_digit(radix)).count();
            let code = std::str::from_utf8(digits.get(..count).unwrap_or_default()).unwrap_or_default();
            let c = u32::from_str_radix(code, radix).ok().and_then(char::from_u32);
            let Some(c) = c else { return (Seen::Other('&'), at + 1) };
            let end = at + 2 + usize::from(radix == 16) + count;
            let has_end = self.raw.get(end) == Some(&b';');
            return (of_char(c), end + usize::from(has_end));
        }
        let length = body.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        match named(body.get(..length).unwrap_or_default()) {
            Some(seen) => {
                let end = at + 1 + length;
                (seen, end + usize::from(self.raw.get(end) == Some(&b';')))
            }
            None if body.starts_with(b"nbsp") => (Seen::Blank, at + 5),
            None => (Seen::Other('&'), at + 1),
        }
    }

    /// A backslash in JSON (or TOML, which has the same escapes and `\U` besides).
    fn escape(&self, at: usize) -> (Seen, usize) {
        let length = match self.raw.get(at + 1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            Some(b'n' | b'r' | b't') => return (Seen::Break, at + 2),
            Some(byte) if byte.is_ascii() => return (Seen::Other('\\'), at + 2),
            _ => return (Seen::Other('\\'), at + 1),
        };
        let code = self.raw.get(at + 2..at + 2 + length).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
            Some(code) => {
                let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                (of_char(c), at + 2 + length)
            }
            None => (Seen::Other('\\'), at + 1),
        }
    }

    /// The character written as `%E5%BC%A0` at `at`.
    pub(super) fn percent_char(&self, at: usize) -> Option<(char, usize)> {
        let first = self.percent_byte(at)?;
        let length = match first {
            0..=0x7f => return Some((char::from(first), at + 3)),
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let mut bytes = [0; 4];
        for (index, byte) in bytes.iter_mut().take(length).enumerate() {
            *byte = self.percent_byte(at + 3 * index)?;
        }
        let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
        Some((text.chars().next()?, at + 3 * length))
    }

    fn percent_byte(&self, at: usize) -> Option<u8> {
        let Some([b'%', high, low]) = self.raw.get(at..at + 3) else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
        Some(digit(*high)? * 16 + digit(*low)?)
    }
}

/// The byte after a tag that begins at the first byte of `rest`; `>` within quotes does not end it.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (index, &byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(index + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether text runs on through a tag of this name.
fn is_inline(name: &[u8], form: Form) -> bool {
    if let Some(office) = name.strip_prefix(b"w:").or_else(|| name.strip_prefix(b"a:")) {
        // Word and slides: everything but what ends a paragraph or a cell.
        let is_block = matches!(
            office,
            b"p" | b"tc" | b"tr" | b"br" | b"cr" | b"tab" | b"tbl" | b"txBody" | b"tblGrid" | b"gridCol"
        );
        return form == Form::Xml && !is_block;
    }
    let mut lower = [0; 10];
    let Some(lower) = lower.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match &*lower {
        b"a" | b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"cite" | b"code" | b"data"
        | b"del" | b"dfn" | b"em" | b"font" | b"i" | b"ins" | b"kbd" | b"label" | b"mark" | b"nobr"
        | b"output" | b"q" | b"s" | b"samp" | b"small" | b"span" | b"strike" | b"strong" | b"sub"
        | b"sup" | b"time" | b"tspan" | b"tt" | b"u" | b"var" | b"wbr" => true,
        // Runs of text in the shared strings of a workbook, and in OpenDocument.
        b"r" | b"t" | b"rpr" | b"sz" | b"rfont" | b"text:span" => form == Form::Xml,
        _ => false,
    }
}

/// What a named entity shows, for the names that can stand inside an identifier.
fn named(name: &[u8]) -> Option<Seen> {
    Some(match name {
        b"nbsp" | b"ensp" | b"emsp" | b"emsp13" | b"emsp14" | b"thinsp" | b"hairsp" | b"numsp"
        | b"puncsp" | b"NonBreakingSpace" | b"ThinSpace" | b"Tab" => Seen::Blank,
        b"shy" | b"zwnj" | b"zwj" | b"lrm" | b"rlm" | b"ZeroWidthSpace" | b"NoBreak" => Seen::Nothing,
        b"ndash" | b"mdash" | b"hyphen" | b"dash" | b"minus" | b"horbar" => Seen::Dash,
        b"middot" | b"centerdot" | b"period" | b"bull" => Seen::Dot,
        b"lpar" => Seen::Open,
        b"rpar" => Seen::Close,
        b"NewLine" => Seen::Break,
        _ => return None,
    })
}

/// What a character is to an identifier.
#[inline]
pub(super) fn of_char(c: char) -> Seen {
    match c {
        '0'..='9' => Seen::Digit(value(c, '0')),
        '\u{ff10}'..='\u{ff19}' => Seen::Digit(value(c, '\u{ff10}')),
        // Bold, double-struck and other mathematical digits, five sets of ten.
        '\u{1d7ce}'..='\u{1d7ff}' => Seen::Digit(value(c, '\u{1d7ce}') % 10),
        'X' | 'x' | 'Ｘ' | 'ｘ' | 'Ⅹ' | 'ⅹ' => Seen::Ex,
        ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Seen::Blank,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2500}' => {
            Seen::Dash
        }
        '.' | '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{30fb}' | '\u{ff0e}' => Seen::Dot,
        '(' | '（' => Seen::Open,
        ')' | '）' => Seen::Close,
        '\u{ad}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{20e3}' => Seen::Nothing,
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\0' => Seen::Break,
        _ => Seen::Other(c),
    }
}

fn value(c: char, zero: char) -> u8 {
    u8::try_from(u32::from(c).saturating_sub(u32::from(zero))).unwrap_or(0)
}
