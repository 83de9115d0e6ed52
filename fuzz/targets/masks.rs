//! Whatever is taken for a name: its mask hides something of every given name, masked once more it stays as it is, and what is
//! shown of any text holds no private number.

#![cfg_attr(feature = "libfuzzer", no_main)]

use gongshi::privacy::{Form, NamePolicy, Search, mask, mask_private, normalise_name};

gongshi_fuzz::start!(target);

fn target(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let letters = normalise_name(text).chars().filter(|c| c.is_alphabetic()).count();
    for policy in [NamePolicy::KeepEnds, NamePolicy::KeepSurname] {
        let masked = mask(text, policy);
        assert_eq!(mask(masked.as_str(), policy), masked, "masked twice it is another");
        let shown = masked.as_str().chars().filter(|c| c.is_alphanumeric()).count();
        let most = if policy == NamePolicy::KeepEnds { 3 } else { 2 };
        assert!(shown <= most, "more is shown than the ends");
        assert!(letters == 0 || shown < letters || text.contains('*'), "the whole name is shown");
    }
    let masked = mask_private(text);
    assert_eq!(mask_private(&masked), masked, "masked twice it is another");
    let mut hits = Vec::new();
    Search::default().find(masked.as_bytes(), Form::Markdown, &mut hits);
    assert!(hits.is_empty(), "a private number is shown");
}
