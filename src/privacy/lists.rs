//! The lists that masks and search use, read once from `data/privacy/`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// The lists of the search.
pub(super) struct Lists {
    provinces: Vec<bool>,
    area_codes_3: Vec<bool>,
    area_codes_4: Vec<bool>,
    card_prefixes: Vec<Vec<u8>>,
    /// Words before an ID number, then words before a bank account.
    pub(super) labels: AhoCorasick,
    /// How many of the labels announce an ID number.
    pub(super) id_labels: usize,
}

/// The lists, read at first use.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let area_codes = include_str!("../../data/privacy/area-codes.txt");
    let id_labels: Vec<_> = lines(include_str!("../../data/privacy/id-labels.txt")).collect();
    let account_labels: Vec<_> = lines(include_str!("../../data/privacy/account-labels.txt")).collect();
    Lists {
        provinces: codes(include_str!("../../data/privacy/provinces.txt"), 2),
        area_codes_3: codes(area_codes, 3),
        area_codes_4: codes(area_codes, 4),
        card_prefixes: lines(include_str!("../../data/privacy/card-prefixes.txt"))
            .filter_map(|line| line.split_whitespace().next())
            .map(|prefix| prefix.bytes().map(|b| b.wrapping_sub(b'0')).collect())
            .collect(),
        labels: automaton(id_labels.iter().chain(&account_labels)),
        id_labels: id_labels.len(),
    }
});

impl Lists {
    /// Whether an ID number may begin with this number of two digits.
    pub(super) fn is_province(&self, code: usize) -> bool {
        self.provinces.get(code).copied().unwrap_or(false)
    }

    /// Whether `code`, written with `digits` digits (3 or 4, the leading zero included), is an area code.
    pub(super) fn is_area_code(&self, code: usize, digits: usize) -> bool {
        let list = if digits == 3 { &self.area_codes_3 } else { &self.area_codes_4 };
        list.get(code).copied().unwrap_or(false)
    }

    /// Whether a card number may begin like this; digits as values from 0 to 9.
    pub(super) fn has_card_prefix(&self, digits: impl Iterator<Item = u8> + Clone) -> bool {
        self.card_prefixes.iter().any(|prefix| {
            let mut digits = digits.clone();
            prefix.iter().all(|expected| digits.next() == Some(*expected))
        })
    }
}

/// The lines of a list without comments and empty lines.
pub(super) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Finds any of the words. The lists are a few dozen words, far from the size at which this could fail.
#[allow(clippy::expect_used)]
pub(super) fn automaton<W: AsRef<str>>(words: impl Iterator<Item = W>) -> AhoCorasick {
    let words = words.map(|word| word.as_ref().to_owned());
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a short list of words")
}

/// A table of the codes with so many digits, from lines that begin with `code` or `first-last`.
fn codes(list: &'static str, digits: usize) -> Vec<bool> {
    let mut table = vec![false; 10_000];
    for range in lines(list).filter_map(|line| line.split_whitespace().next()) {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        if first.len() != digits {
            continue;
        }
        if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) {
            table.iter_mut().take(last + 1).skip(first).for_each(|entry| *entry = true);
        }
    }
    table
}
