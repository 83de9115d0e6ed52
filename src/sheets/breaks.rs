//! Places where a text without blanks may break, so that it does not run out of its cell or off the page.

use serde_json::Value;

/// Allows a line to end here; nothing is seen of it (UAX #14).
const BREAK: char = '\u{200B}';
/// A run of letters and marks without any place to break that is longer than these gets some: no word of a language that
/// boards are written in is.
const LONGEST_WORD: usize = 20;
/// After how many characters of such a run.
const PIECE: usize = 10;

/// Lets all texts in the data break.
pub(super) fn allow(data: &mut Value) {
    match data {
        Value::String(text) => {
            if let Some(broken) = broken(text) {
                *text = broken;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(allow),
        Value::Object(fields) => fields.values_mut().for_each(allow),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with places to break; `None` where it needs none.
fn broken(text: &str) -> Option<String> {
    let mut broken = String::new();
    let mut rest = text;
    let mut is_same = true;
    while let Some(start) = rest.find(|c: char| !breaks_by_itself(c)) {
        let (before, run) = rest.split_at(start);
        let (run, after) = run.split_at(run.find(breaks_by_itself).unwrap_or(run.len()));
        broken.push_str(before);
        if run.chars().count() > LONGEST_WORD {
            is_same = false;
            for (at, character) in run.chars().enumerate() {
                broken.extend((at > 0 && at % PIECE == 0).then_some(BREAK));
                broken.push(character);
            }
        } else {
            broken.push_str(run);
        }
        rest = after;
    }
    broken.push_str(rest);
    (!is_same).then_some(broken)
}

/// Whether a line may end before and behind a character without help: at blanks, between Chinese characters.
fn breaks_by_itself(character: char) -> bool {
    character.is_whitespace() || character == BREAK || u32::from(character) >= 0x2E80
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn only_runs_that_no_word_is_as_long_as_may_break() {
        for text in ["", "柳塘村", "administration of the county", "0009-3780012", "云政发〔2026〕31号"]
        {
            assert_eq!(broken(text), None, "{text}");
        }
        assert_eq!(
            broken("见abcdefghijklmnopqrstuvwxyz和x").as_deref(),
            Some("见abcdefghij\u{200b}klmnopqrst\u{200b}uvwxyz和x")
        );
    }
}
