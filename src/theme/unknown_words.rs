//! Words that a board's own template asks for and that do not exist, also where no page has come by yet.

use std::ops::Range;

use super::words::Words;

/// The words (`w.name`) in the code of a template that there are none of, each with its bytes.
pub(super) fn unknown_words<'t>(template: &'t str, words: &Words) -> Vec<(Range<usize>, &'t str)> {
    let mut unknown = Vec::new();
    for (from, code) in codes(template) {
        for (at, _) in code.match_indices("w.") {
            let (before, after) = code.split_at(at);
            let name = name_at_start(after.get(2..).unwrap_or_default());
            let is_another_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
            if is_another_name || is_in_quotes(before) || name.is_empty() || words.all().contains_key(name) {
                continue;
            }
            let start = from + at + 2;
            unknown.push((start..start + name.len(), name));
        }
    }
    unknown
}

/// What stands between `{{ }}` and `{% %}`, with the place where it begins.
fn codes(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = template;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find('{')?;
            let from = open + 2;
            let end = match rest.as_bytes().get(open + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    rest = rest.get(open + 1..)?;
                    continue;
                }
            };
            let is_comment = end == "#}";
            let inside = rest.get(from..)?;
            let code = inside.get(..inside.find(end).unwrap_or(inside.len()))?;
            let begins = template.len() - inside.len();
            rest = inside.get(code.len()..)?;
            if !is_comment {
                return Some((begins, code));
            }
        }
    })
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether a quotation is open at the end of `code`.
fn is_in_quotes(code: &str) -> bool {
    let mut open = None;
    for sign in code.chars().filter(|c| matches!(c, '"' | '\'' | '`')) {
        open = match open {
            None => Some(sign),
            Some(quote) if quote == sign => None,
            other => other,
        };
    }
    open.is_some()
}
