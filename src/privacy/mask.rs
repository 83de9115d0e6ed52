//! Masks private numbers in excerpts and paths that are shown to the clerk.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::search::{Form, Hit, Search};

/// A search that lets no phone pass.
pub(super) static NOTHING_PUBLISHED: LazyLock<Search> = LazyLock::new(Search::default);

/// `text` with every digit (and the check character `X`) of an ID number, a card or a phone replaced by `*`. All
/// phones count, published or not. Tags, entities and escapes of content files are seen through.
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
    let is_private = |at: usize| hits.iter().any(|Hit { range, .. }| range.contains(&at));
    let is_digit = |c: char| c.is_numeric() || matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ');
    let masked: String =
        text.char_indices().map(|(at, c)| if is_digit(c) && is_private(at) { '*' } else { c }).collect();
    (masked != text).then_some(masked)
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
            ("files/身份证440524188001010014.jpg", "files/身份证******************.jpg"),
        ];
        for (text, masked) in cases {
            assert_eq!(mask_private(text), masked);
        }
        for text in ["", "云政发〔2026〕31号", "2026-11-01 1,025.00"] {
            assert!(matches!(mask_private(text), std::borrow::Cow::Borrowed(same) if same == text));
        }
    }

    proptest! {
        #[test]
        fn no_digit_of_a_mobile_is_left(number in "1[3-9][0-9]{9}", before in "[张三：, ]{0,5}", after in "[李四；, ]{0,5}") {
            let masked = mask_private(&format!("{before}{number}{after}")).into_owned();
            prop_assert_eq!(masked, format!("{}{}{}", before, "*".repeat(11), after));
        }
    }
}
