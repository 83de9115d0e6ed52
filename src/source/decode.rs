//! From the bytes of a text file to text: UTF-8 everywhere, GB18030 in tables too.
//!
//! Decoded text has no byte order mark and ends its lines with `\n`; every place in a text file
//! counts bytes of this text.

use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const NOT_UTF8: Code = Code::error("not-utf8");
const BINARY_FILE: Code = Code::error("binary-file");
const UNKNOWN_ENCODING: Code = Code::error("unknown-encoding");
const ASSUMED_ENCODING: Code = Code::warning("assumed-encoding");
const MAYBE_BIG5: Code = Code::warning("maybe-big5");

/// How the text of a file was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// GB18030, of which GBK and GB 2312 are parts: what Excel in China writes.
    Gb18030,
    /// UTF-16 with a byte order mark: Excel's "Unicode text".
    Utf16,
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16 => "UTF-16",
        }
    }
}

/// Decodes a file that must be UTF-8 (TOML, Markdown).
///
/// `None` after an error: `not-utf8`, or `binary-file` where it holds a NUL.
pub fn decode_utf8(bytes: Vec<u8>, file: FileId, problems: &mut Problems) -> Option<String> {
    if bytes.contains(&0) {
        problems.add(Diagnostic::new(BINARY_FILE, Place::file(file)));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(normalise(text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let place = place_of_fault(error.as_bytes(), good, file);
            problems.add(Diagnostic::new(NOT_UTF8, place));
            None
        }
    }
}

/// Decodes a table of text (CSV): by its byte order mark, else as strict UTF-8, else as strict GB18030,
/// which is said.
///
/// GB18030 must come last: most short Chinese strings of UTF-8 are valid GB18030 as well.
/// `None` after an error: `unknown-encoding` or `binary-file`.
pub fn decode_table_text(bytes: Vec<u8>, file: FileId, problems: &mut Problems) -> Option<String> {
    let Ok((text, encoding)) = decode(&bytes) else {
        let code = if bytes.contains(&0) { BINARY_FILE } else { UNKNOWN_ENCODING };
        problems.add(Diagnostic::new(code, Place::file(file)));
        return None;
    };
    if text.contains('\0') {
        problems.add(Diagnostic::new(BINARY_FILE, Place::file(file)));
        return None;
    }
    if encoding == Encoding::Gb18030 && looks_like_big5(&bytes) {
        problems.add(Diagnostic::new(MAYBE_BIG5, Place::file(file)));
    } else if encoding != Encoding::Utf8 {
        let said = Diagnostic::new(ASSUMED_ENCODING, Place::file(file)).with("encoding", encoding.name());
        problems.add(said);
    }
    Some(text)
}

/// The text in which the places of a file's problems count, decoded once more to show a line.
///
/// What cannot be decoded is replaced by U+FFFD; an offset of a problem may then lie beyond the text.
pub fn decode_lossy_again(bytes: &[u8]) -> String {
    match decode(bytes) {
        Ok((text, _)) => text,
        Err(()) => normalise(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn decode(bytes: &[u8]) -> Result<(String, Encoding), ()> {
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, rest)),
        _ => None,
    };
    if let Some((encoding, rest)) = wide {
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or(())?;
        return Ok((normalise(text.into_owned()), Encoding::Utf16));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((normalise(text.to_owned()), Encoding::Utf8));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or(())?;
    Ok((normalise(text.into_owned()), Encoding::Gb18030))
}

/// Removes the byte order mark and makes every line end `\n`.
fn normalise(mut text: String) -> String {
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The character at which a file stops being UTF-8, as [`decode_lossy_again`] will show it; `good` bytes
/// before it are UTF-8. Where those hold more than ASCII, the same line may read differently in
/// GB18030, and only the file is named.
fn place_of_fault(bytes: &[u8], good: usize, file: FileId) -> Place {
    let before = bytes.get(..good).unwrap_or_default();
    let again = decode_lossy_again(bytes);
    let lossy = decode(bytes).is_err();
    let Some(prefix) = std::str::from_utf8(before).ok().filter(|text| lossy || text.is_ascii()) else {
        return Place::file(file);
    };
    let start = normalise(prefix.to_owned()).len();
    let length = again.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Place::text(file, start..start + length)
}

/// Whether bytes that are valid GB18030 are more likely Big5.
///
/// In Big5 some two fifths of all characters have a second byte below 0x80; in GB 2312 none has, and in
/// GBK only rare characters do.
fn looks_like_big5(bytes: &[u8]) -> bool {
    let (mut pairs, mut low) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let Some(&second) = after.first().filter(|_| first >= 0x80) else {
            rest = after;
            continue;
        };
        if second.is_ascii_digit() {
            rest = after.get(3..).unwrap_or_default();
            continue;
        }
        pairs += 1;
        low += usize::from((0x40..=0x7E).contains(&second));
        rest = after.get(1..).unwrap_or_default();
    }
    low >= 2 && low * 6 > pairs && BIG5.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

#[cfg(test)]
mod tests;
