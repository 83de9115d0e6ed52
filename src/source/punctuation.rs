//! Chinese punctuation where TOML wants ASCII: the input method was on while signs were typed.

use std::ops::Range;

/// A sign, where it stands, and what is to be typed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) range: Range<usize>,
    pub(super) written: char,
    pub(super) meant: char,
}

/// Signs of Chinese text, and those of TOML that stand on the same keys.
const SIGNS: [(char, char); 25] = [
    ('＝', '='),
    ('：', '='),
    ('，', ','),
    ('、', ','),
    ('“', '"'),
    ('”', '"'),
    ('„', '"'),
    ('＂', '"'),
    ('‘', '"'),
    ('’', '"'),
    ('＇', '"'),
    ('「', '"'),
    ('」', '"'),
    ('［', '['),
    ('］', ']'),
    ('【', '['),
    ('】', ']'),
    ('〔', '['),
    ('〕', ']'),
    ('｛', '{'),
    ('｝', '}'),
    ('＃', '#'),
    ('．', '.'),
    ('。', '.'),
    ('－', '-'),
];

/// The first such sign of each line that stands outside of texts and comments; a quotation mark also where it was to close a
/// text.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line_has_one = |slips: &[Slip]| {
            let last = slips.last().map(|slip| slip.range.end);
            last.is_some_and(|end| !text.get(end..at).unwrap_or_default().contains('\n'))
        };
        let (length, found) = match rest.as_bytes() {
            [b'#', ..] => (line(rest).len(), None),
            [b'"', b'"', b'"', ..] => (quoted_lines(rest, "\"\"\""), None),
            [b'\'', b'\'', b'\'', ..] => (quoted_lines(rest, "'''"), None),
            [quote @ (b'"' | b'\''), ..] => quoted(rest, char::from(*quote)),
            _ => {
                let sign = rest.chars().next().unwrap_or_default();
                (sign.len_utf8(), slip(sign).map(|meant| (0, sign, meant)))
            }
        };
        if let Some((from, written, meant)) = found.filter(|_| !line_has_one(&slips)) {
            let start = at + from;
            slips.push(Slip { range: start..start + written.len_utf8(), written, meant });
        }
        at += length;
    }
    slips
}

fn slip(sign: char) -> Option<char> {
    SIGNS.iter().find(|(written, _)| *written == sign).map(|(_, meant)| *meant)
}

fn line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// The length of a text over several lines, or of all that is left where nothing closes it.
fn quoted_lines(text: &str, quotes: &str) -> usize {
    let inside = text.get(quotes.len()..).unwrap_or_default();
    inside.find(quotes).map_or(text.len(), |end| end + 2 * quotes.len())
}

/// The length of a text in its line; where nothing closes it, with the last Chinese quotation mark, which was to do so.
fn quoted(text: &str, quote: char) -> (usize, Option<(usize, char, char)>) {
    let line = line(text);
    let mut escaped = false;
    for (at, sign) in line.char_indices().skip(1) {
        if sign == quote && !escaped {
            return (at + 1, None);
        }
        escaped = quote == '"' && sign == '\\' && !escaped;
    }
    let closing = line.char_indices().rev().find(|(_, sign)| slip(*sign) == Some('"'));
    (line.len(), closing.map(|(at, sign)| (at, sign, '"')))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::slips;

    #[test]
    fn signs_are_found_outside_of_texts_and_comments() {
        for (text, found) in [
            ("a ＝ \"，\"", "＝="),
            ("a = [\"一，二\"，\"三\"]", "，,"),
            ("a = “一，二”", "“\""),
            ("a = \"一，二”", "”\""),
            ("a = \"一\\\"” # ，", "”\""),
            ("a = \"一\" # ＝ ，", ""),
            ("a = \"\"\"\n，\n\"\"\"\nb ＝ 1", "＝="),
            ("a ＝ 1\nb ＝ “”\n", "＝=＝="),
            ("【objections】", "【["),
            ("a = '，'", ""),
        ] {
            let shown: String = slips(text).iter().flat_map(|slip| [slip.written, slip.meant]).collect();
            assert_eq!(shown, found, "{text}");
            assert!(
                slips(text)
                    .iter()
                    .all(|slip| text.get(slip.range.clone()) == Some(&slip.written.to_string()))
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_through(text in "[a=\"'#\\\\\n，“”＝【]{0,40}") {
            let found = slips(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        }
    }
}
