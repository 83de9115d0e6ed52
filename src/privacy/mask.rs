//! Masks private numbers in excerpts and paths that are shown to the clerk.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::search::{Form, Hit, SHORTEST, Search};

/// A search that lets no phone pass.
pub(super) static NOTHING_PUBLISHED: LazyLock<Search> = LazyLock::new(Search::default);

/// `text` with every digit (and the check character `X`) of an ID number, a card or a phone replaced by `*`. All
/// phones count, published or not, and so does every other run of 11 digits and more: a card or a phone may have been
/// pasted behind a figure. Tags, entities and escapes of content files are seen through.
pub fn mask_private(text: &str) -> Cow<'_, str> {
    let mut masked = Cow::Borrowed(text);
    // What stands beside a number that is hidden now may be one by itself: every round hides at least one digit.
    while let Some(more) = masked_once(&masked) {
        masked = Cow::Owned(more);
    }
    masked
}

/// The text with the numbers hidden that stand in it; `None` when nothing has to be hidden.
fn masked_once(text: &str) -> Option<String> {
    let mut hits = Vec::new();
    for form in [Form::Markdown, Form::Json] {
        // Without an escape the second form sees nothing else than the first.
        if form == Form::Markdown || text.contains('\\') {
            NOTHING_PUBLISHED.find(text.as_bytes(), form, &mut hits);
        }
    }
    let mut long = long_runs(text).peekable();
    if hits.is_empty() && long.peek().is_none() {
        return None;
    }
    let long: Vec<Range<usize>> = long.collect();
    let is_private = |at: usize| {
        long.iter().any(|range| range.contains(&at))
            || hits.iter().any(|Hit { range, .. }| range.contains(&at))
    };
    let is_digit = |c: char| c.is_numeric() || matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ');
    let masked: String =
        text.char_indices().map(|(at, c)| if is_digit(c) && is_private(at) { '*' } else { c }).collect();
    (masked != text).then_some(masked)
}

/// Runs of digits as long as the shortest private number; what cannot be seen between digits does not end one.
fn long_runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part =
        |c: char| c.is_numeric() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let starts = text.char_indices().filter(move |(at, c)| {
        is_part(*c) && !text.get(..*at).and_then(|before| before.chars().next_back()).is_some_and(is_part)
    });
    let runs = starts.map(move |(start, _)| {
        let rest = text.get(start..).unwrap_or_default();
        start..start + rest.find(|c| !is_part(c)).unwrap_or(rest.len())
    });
    let digits = move |run: &Range<usize>| {
        text.get(run.clone()).unwrap_or_default().chars().filter(|c| c.is_numeric()).count()
    };
    runs.filter(move |run| digits(run) >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::mask_private;

    #[test]
    fn masks_digits_and_nothing_else() {
        let cases = [
            ("张三,440524188001010014,500.00", "张三,******************,500.00"),
            ("11010519491231002X", "******************"),
            ("卡 6228 4804 0256 4890 018 元", "卡 **** **** **** **** *** 元"),
            ("电话０００９－３７８００００", "电话****－*******"),
            (
                r#"x = "\u0034\u003405\u003241880010\u003100\u00314" "#,
                r#"x = "\u****\u******\u************\u******\u*****" "#,
            ),
            ("126228480402564890018,1", "*********************,1"),
            ("12139\u{200b}87654321", "*****\u{200b}********"),
            ("files/身份证440524188001010014.jpg", "files/身份证******************.jpg"),
        ];
        for (text, masked) in cases {
            assert_eq!(mask_private(text), masked);
        }
        for text in ["", "云政发〔2026〕31号", "2026-11-01 1,025.00"] {
            assert!(matches!(mask_private(text), std::borrow::Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn what_is_left_beside_a_hidden_number_is_hidden_too() {
        assert_eq!(mask_private("44052418800101001413800138000"), "*".repeat(29));
    }

    proptest! {
        #[test]
        fn what_is_masked_is_masked_to_itself(text in "([0-9０-９Xx%&#;<>/b\\\\u(){}+ .\\-\n]|440524188001010014|13800138000|\\PC){0,40}") {
            let masked = mask_private(&text).into_owned();
            prop_assert_eq!(mask_private(&masked), masked.as_str());
        }

        #[test]
        fn no_digit_of_a_mobile_is_left(number in "1[3-9][0-9]{9}", before in "[张三：, ]{0,5}", after in "[李四；, ]{0,5}") {
            let masked = mask_private(&format!("{before}{number}{after}")).into_owned();
            prop_assert_eq!(masked, format!("{}{}{}", before, "*".repeat(11), after));
        }
    }
}
