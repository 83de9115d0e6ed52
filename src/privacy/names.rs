//! Masks of recipients' names. A full name is turned into a [`MaskedName`] while reading and goes no further.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

/// How much of a recipient's name is published (`[privacy] names`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamePolicy {
    /// `李*`, `张*明`, `欧阳*`, `欧阳*娜`, `买**·**逊`.
    #[default]
    KeepEnds,
    /// `李*`, `张**`, `欧阳*`.
    KeepSurname,
    /// As it is written.
    Full,
}

/// A name as it may be published. Only [`mask`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct MaskedName(Box<str>);

impl MaskedName {
    /// The masked name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MaskedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masks a name: one `*` for each hidden character, dots between the parts of a name kept.
///
/// Where the contract is silent:
/// - a name of one character is hidden whole: what stands there would be the whole name;
/// - of a name of two parts or more with a dot, keep-surname keeps the first character only;
/// - a two-character surname counts as one only where a given name follows (`司马` alone is `司*`);
/// - `王氏` is `王*` like any other name of two characters;
/// - Latin names keep the first letter and, under keep-ends, the last one: `John Smith` is `J*** ****h`;
/// - what stands in brackets (`张明（大）`) is left out: it may be anything, and rarely is a name;
/// - a digit or a sign is hidden and counts for no character of the name: `张-明` is `张**`.
///
/// [`NamePolicy::Full`] shows the name as it is written, blanks inside a Chinese name removed.
pub fn mask(name: &str, policy: NamePolicy) -> MaskedName {
    let name = normalise_name(name);
    if policy == NamePolicy::Full {
        return MaskedName(name.into());
    }
    let outside = without_brackets(&name);
    let bare = normalise_name(&outside);
    let all: Vec<char> = bare.chars().collect();
    // A blank beside a dot separates nothing more: J. Smith has two parts.
    let is_dot =
        |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(|c| *c != ' ' && is_kept_sign(*c));
    let is_idle = |at: usize| is_dot(at.checked_sub(1)) || is_dot(Some(at + 1));
    let chars: Vec<char> =
        (0..).zip(&all).filter(|(at, c)| **c != ' ' || !is_idle(*at)).map(|(_, c)| *c).collect();
    let letters = chars.iter().filter(|c| !is_kept_sign(**c)).count();
    let is_latin = chars.iter().any(char::is_ascii_alphabetic);
    let has_parts = chars.iter().any(|c| is_kept_sign(*c));
    // A sign between the characters of a name (张-明) is none of them.
    let named = chars.iter().filter(|c| c.is_alphabetic() || **c == '*').count();
    let surname = if has_parts || is_latin { 1 } else { surname_length(&bare, named) };
    // The ends are kept only where something between them stays hidden.
    let keeps_last = policy == NamePolicy::KeepEnds && named > surname + 1;
    let mut index = 0;
    let masked = chars.iter().map(|&c| {
        if is_kept_sign(c) {
            return if c == ' ' { ' ' } else { '·' };
        }
        index += 1;
        let is_shown = named > 1 && (index <= surname || keeps_last && index == letters);
        if is_shown && c.is_alphabetic() { c } else { '*' }
    });
    MaskedName(masked.collect::<String>().into())
}

/// A name without blanks at its ends, without what cannot be seen, and without blanks between Chinese characters
/// (`李　明` is `李明`); blanks between Latin words become one. Two spellings of one name come out the same.
pub fn normalise_name(name: &str) -> Cow<'_, str> {
    let is_clean = |c: char| !c.is_whitespace() && !is_unseen(c);
    if name.chars().all(is_clean) {
        return Cow::Borrowed(name);
    }
    let mut normal = String::with_capacity(name.len());
    let mut has_blank = false;
    for c in name.chars().filter(|c| !is_unseen(*c)) {
        if c.is_whitespace() {
            has_blank = true;
            continue;
        }
        if has_blank && c.is_ascii() && normal.ends_with(|before: char| before.is_ascii()) {
            normal.push(' ');
        }
        has_blank = false;
        normal.push(c);
    }
    Cow::Owned(normal)
}

/// Zero-width characters and variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Signs between the parts of a name.
fn is_kept_sign(c: char) -> bool {
    matches!(c, ' ' | '·' | '•' | '‧' | '・' | '．' | '.' | '∙' | '⋅')
}

fn without_brackets(name: &str) -> Cow<'_, str> {
    const OPEN: [char; 5] = ['(', '（', '[', '［', '【'];
    const CLOSE: [char; 5] = [')', '）', ']', '］', '】'];
    if !name.contains(OPEN) {
        return Cow::Borrowed(name);
    }
    let mut depth = 0_usize;
    let outside = name.chars().filter(|c| {
        if OPEN.contains(c) {
            depth += 1;
            return false;
        }
        if CLOSE.contains(c) {
            depth = depth.saturating_sub(1);
            return false;
        }
        depth == 0
    });
    Cow::Owned(outside.collect::<String>().trim().to_owned())
}

fn surname_length(name: &str, letters: usize) -> usize {
    /// Surnames of two characters, sorted.
    static COMPOUND: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let lines = super::lists::lines(include_str!("../../data/privacy/surnames.txt"));
        let mut surnames: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        surnames.sort_unstable();
        surnames
    });
    if letters <= 2 {
        return 1;
    }
    let end = name.char_indices().nth(2).map_or(name.len(), |(end, _)| end);
    let is_compound = name.get(..end).is_some_and(|start| COMPOUND.binary_search(&start).is_ok());
    if is_compound { 2 } else { 1 }
}

#[cfg(test)]
mod tests;
