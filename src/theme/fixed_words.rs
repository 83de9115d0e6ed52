//! Words that a template only writes: they are put into it before it is compiled.

use super::filters::escape_with;
use super::words::Words;

/// `template` with every `{{ w.name }}` replaced by that word, escaped as the engine would.
///
/// Half of what a page writes are words, the same on all pages. To the engine each is two look-ups by name and a text to
/// be escaped. What does more with a word, such as `{{ w.name | fill(count=3) }}`, stays.
pub(super) fn put_in(template: &str, words: &Words) -> String {
    const OPEN: &str = "{{ w.";
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from)) = rest.split_once(OPEN) {
        text.push_str(before);
        let known = from.split_once(" }}").and_then(|(name, after)| Some((words.all().get(name)?, after)));
        match known.filter(|(word, _)| is_safe(word)) {
            Some((word, after)) => {
                escape_with(word, |part| text.push_str(part));
                rest = after;
            }
            None => {
                text.push_str(OPEN);
                rest = from;
            }
        }
    }
    text.push_str(rest);
    text
}

/// Whether a word can stand in a template: a brace would be code, and `{%-` takes away the blanks before it.
fn is_safe(word: &str) -> bool {
    !word.contains('{') && word.trim() == word
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::diagnostics::Problems;

    #[test]
    fn only_words_that_are_written_as_they_are_are_put_in() {
        let words = "call = \"A & B\"\nuntil = \" to \"\ncount = \"{count} rows\"\n";
        let words = Words::load(Some(words), None, &mut Problems::new()).unwrap();
        let template =
            "{{ w.call }}{{ w.call }} {{ w.until }} {{ w.count }} {{ w.call | upper }} {{ w.other }} {{ w.";
        assert_eq!(
            put_in(template, &words),
            "A &amp; BA &amp; B {{ w.until }} {{ w.count }} {{ w.call | upper }} {{ w.other }} {{ w."
        );
    }
}
