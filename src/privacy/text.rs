//! Checks of published text: what was broken on the way, forgotten in a template, or has no place on a board.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::columns::may_hold_number;
use super::joins::report_hand_masks;
use super::lists::{automaton, lines};
use super::mask::NOTHING_PUBLISHED;
use super::search::{Form, Hit, Kind};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};

/// A value that would be published holds an ID number or a bank account.
pub const PRIVATE_CONTENT: Code = Code::error("private-content");
/// Something that would be published holds a telephone number that the board declares nowhere.
pub const PHONE_NOT_PUBLISHED: Code = Code::error("phone-not-published");
/// Characters were broken on the way (U+FFFD, 锟斤拷) or exist on one computer only (private use).
pub const BROKEN_CHARACTERS: Code = Code::error("broken-characters");
/// A word that has no place beside a name (钉子户, 缠访 …).
pub const LABEL_BESIDE_NAME: Code = Code::error("label-beside-name");
/// Something of a template was not filled in (20xx, 待定, ____).
pub const TEMPLATE_LEFTOVER: Code = Code::warning("template-leftover");
/// An ID number, account or phone of which digits are hidden and others shown.
pub const MASKED_IDENTIFIER: Code = Code::warning("masked-identifier");

/// What is wrong with a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextFaultKind {
    /// U+FFFD, 锟斤拷, or a private-use character.
    Broken,
    /// A word with no place beside a name. The text alone does not tell whether a name is near.
    Label,
    /// Something of a template.
    Leftover,
    /// A half-hidden number.
    MaskedIdentifier,
}

impl TextFaultKind {
    /// The problem that is reported, with its severity.
    pub fn code(self) -> Code {
        match self {
            Self::Broken => BROKEN_CHARACTERS,
            Self::Label => LABEL_BESIDE_NAME,
            Self::Leftover => TEMPLATE_LEFTOVER,
            Self::MaskedIdentifier => MASKED_IDENTIFIER,
        }
    }
}

/// One fault of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFault {
    /// What is wrong.
    pub kind: TextFaultKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// The faults of a text as it was written by the clerk, in its order. Masks made by this program must not be in it:
/// one `*` or two beside a character are taken for a name, three alone for a gap in a template.
pub fn find_faults(text: &str) -> Vec<TextFault> {
    let mut faults = Vec::new();
    let suspicion = Suspicion::of(text);
    if suspicion.broken {
        broken(text, &mut faults);
    }
    words(text, &mut faults);
    if suspicion.signs {
        signs(text, &mut faults);
    }
    faults.sort_by_key(|fault| (fault.range.start, fault.kind));
    // "20xx" and the "xx" in it are one mistake.
    faults.dedup_by(|later, earlier| later.kind == earlier.kind && later.range.start < earlier.range.end);
    faults
}

/// Reports the faults of a text that would be published, and private numbers in it, each kind of fault once.
///
/// `place` is the text's. Words that the board allows in this file (`[privacy] allow_words`) are reported too: the settings
/// are known only when `board.toml` has been read, and drop those problems then. So are phones that the board publishes:
/// which they are is known when all of it has been read, and [`Reported`](super::Reported) drops their problems.
pub fn report(text: &str, place: Place, problems: &mut Problems) {
    let hits = hits(text);
    report_phones(text, &hits, place, problems);
    report_papers(text, &hits, place, problems);
    report_faults(text, place, problems);
}

/// Like [`report`] of a text that is no Markdown: names masked by hand too, whose stars are emphasis there.
pub fn report_plain(text: &str, place: Place, problems: &mut Problems) {
    report(text, place, problems);
    report_hand_masks(text, place, problems);
}

/// Like [`report`] of a text that should be a figure: an amount may look like a telephone number.
pub fn report_figure(text: &str, place: Place, problems: &mut Problems) {
    report_numbers(text, place, problems);
    report_faults(text, place, problems);
}

fn report_faults(text: &str, place: Place, problems: &mut Problems) {
    let mut said = Vec::new();
    for TextFault { kind, range } in find_faults(text) {
        let word = text.get(range).unwrap_or_default();
        let names_word = matches!(kind, TextFaultKind::Label | TextFaultKind::Leftover);
        if said.contains(&(kind, if names_word { word } else { "" })) {
            continue;
        }
        said.push((kind, if names_word { word } else { "" }));
        let problem = Diagnostic::new(kind.code(), place);
        problems.add(if names_word { problem.with("word", word) } else { problem });
    }
}

/// Reports ID numbers and accounts in a text that is used and not shown, such as an id or a path: they have no
/// place in content at all.
pub fn report_numbers(text: &str, place: Place, problems: &mut Problems) {
    report_papers(text, &hits(text), place, problems);
}

/// Like [`report_numbers`] of a text that stands in addresses of what is published: phones too.
pub fn report_address(text: &str, place: Place, problems: &mut Problems) {
    let hits = hits(text);
    report_phones(text, &hits, place, problems);
    report_papers(text, &hits, place, problems);
}

fn report_phones(text: &str, hits: &[Hit], place: Place, problems: &mut Problems) {
    for hit in hits.iter().filter(|hit| hit.kind == Kind::Phone) {
        problems.add(Diagnostic::new(PHONE_NOT_PUBLISHED, place).with_unshown(written(text, hit)));
    }
}

/// Reports ID numbers and accounts, each kind once. The number of digits is told by a fact named after the kind: the
/// message has a line for each.
fn report_papers(text: &str, hits: &[Hit], place: Place, problems: &mut Problems) {
    for (kind, fact) in [(Kind::IdNumber, "id_number"), (Kind::BankCard, "bank_card")] {
        let mut found = hits.iter().filter(|hit| hit.kind == kind).map(|hit| written(text, hit)).peekable();
        if let Some(first) = found.peek() {
            let length = first.chars().filter(|c| c.is_alphanumeric()).count();
            let problem = Diagnostic::new(PRIVATE_CONTENT, place).with(fact, length);
            problems.add(found.fold(problem, |problem, written| problem.with_unshown(written)));
        }
    }
}

/// What a first look finds in a text: nearly every text of a board has neither.
#[derive(Default)]
struct Suspicion {
    /// A broken character may be in it.
    broken: bool,
    /// A run of signs may be in it.
    signs: bool,
}

impl Suspicion {
    fn of(text: &str) -> Self {
        let (mut suspicion, mut before) = (Self::default(), '\0');
        for c in text.chars() {
            match c {
                '*' | '_' | 'x' | 'X' => suspicion.signs |= c == before,
                '×' | '＊' | '●' | '＿' | '╳' | '✕' | '∗' | 'ｘ' | 'Ｘ' => {
                    suspicion.signs = true
                }
                '锟' => suspicion.broken = true,
                _ => suspicion.broken |= is_broken(c),
            }
            before = c;
        }
        suspicion
    }
}

/// Besides characters that were lost, those that no page and no feed can hold.
fn is_broken(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    is_control
        || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// The private numbers in a text; all phones count as private.
fn hits(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    if may_hold_number(text) {
        NOTHING_PUBLISHED.find(text.as_bytes(), Form::Text, &mut hits);
    }
    hits
}

fn written<'t>(text: &'t str, hit: &Hit) -> &'t str {
    text.get(hit.range.clone()).unwrap_or_default()
}

fn broken(text: &str, faults: &mut Vec<TextFault>) {
    let single = text.char_indices().filter(|(_, c)| is_broken(*c)).map(|(at, c)| at..at + c.len_utf8());
    let words = text.match_indices("锟斤拷").map(|(at, word)| at..at + word.len());
    faults.extend(single.chain(words).map(|range| TextFault { kind: TextFaultKind::Broken, range }));
}

struct Words {
    automaton: AhoCorasick,
    labels: usize,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let labels: Vec<_> = lines(include_str!("../../data/privacy/labels.txt"))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let leftovers = lines(include_str!("../../data/privacy/leftovers.txt"));
    Words { labels: labels.len(), automaton: automaton(labels.into_iter().chain(leftovers)) }
});

fn words(text: &str, faults: &mut Vec<TextFault>) {
    for found in WORDS.automaton.find_iter(text) {
        let kind = if found.pattern().as_usize() < WORDS.labels {
            TextFaultKind::Label
        } else {
            TextFaultKind::Leftover
        };
        let range = found.range();
        // TODO, TBD and 20xx are words of their own, no parts of longer ones.
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = touches(text.get(..range.start).and_then(|before| before.chars().next_back()));
        let after = touches(text.get(range.end..).and_then(|after| after.chars().next()));
        let is_latin = text.get(range.clone()).is_some_and(|word| word.is_ascii());
        if !(is_latin && (before || after)) {
            faults.push(TextFault { kind, range });
        }
    }
}

/// What a sign can be to a gap or a mask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit,
    Star,
    Cross,
    Letter,
    Line,
    Other,
}

fn sign_of(c: char) -> Sign {
    match c {
        '0'..='9' | '０'..='９' => Sign::Digit,
        '*' | '＊' | '●' | '∗' => Sign::Star,
        '×' | '╳' | '✕' => Sign::Cross,
        'x' | 'X' | 'ｘ' | 'Ｘ' => Sign::Letter,
        '_' | '＿' => Sign::Line,
        _ => Sign::Other,
    }
}

struct Stretch {
    sign: Sign,
    count: usize,
    range: Range<usize>,
}

/// Finds runs of `*`, `×`, `x` and `_`, and judges them by what stands beside them.
fn signs(text: &str, faults: &mut Vec<TextFault>) {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, c) in text.char_indices() {
        let (sign, range) = (sign_of(c), at..at + c.len_utf8());
        match stretches.last_mut().filter(|last| last.sign == sign && sign != Sign::Other) {
            Some(last) => {
                last.count += 1;
                last.range.end = range.end;
            }
            None => stretches.push(Stretch { sign, count: 1, range }),
        }
    }
    for (index, stretch) in stretches.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| stretches.get(index));
        let after = stretches.get(index + 1);
        if let Some((kind, range)) = judge(text, before, stretch, after) {
            faults.push(TextFault { kind, range });
        }
    }
}

fn judge(
    text: &str,
    before: Option<&Stretch>,
    stretch: &Stretch,
    after: Option<&Stretch>,
) -> Option<(TextFaultKind, Range<usize>)> {
    let digits = |side: Option<&Stretch>| side.filter(|s| s.sign == Sign::Digit).map_or(0, |s| s.count);
    let (left, right) = (digits(before), digits(after));
    let whole = || {
        let start = before.filter(|_| left > 0).map_or(stretch.range.start, |s| s.range.start);
        start..after.filter(|_| right > 0).map_or(stretch.range.end, |s| s.range.end)
    };
    // 138****5678, 4405**********, ****0014; with x or × only between digits.
    let is_masked = match stretch.sign {
        Sign::Star => {
            stretch.count >= 3 && left >= 3 && right >= 2 || stretch.count >= 4 && (left >= 3 || right >= 3)
        }
        Sign::Cross | Sign::Letter => stretch.count >= 3 && left >= 3 && right >= 2,
        Sign::Digit | Sign::Line | Sign::Other => false,
    };
    if is_masked {
        return Some((TextFaultKind::MaskedIdentifier, whole()));
    }
    let char_of = |side: Option<&Stretch>| text.get(side?.range.clone())?.chars().next();
    let is_word = |side| char_of(side).is_some_and(char::is_alphanumeric);
    let is_leftover = match stretch.sign {
        // 张*** is a name; *** alone is a gap.
        Sign::Star => stretch.count >= 3 && !is_word(before) && !is_word(after),
        Sign::Cross => stretch.count >= 2,
        // xx镇, XX村民小组; not XXL, and not the X of an ID number.
        Sign::Letter => {
            let is_chinese = char_of(after).is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            let is_latin = char_of(before).is_some_and(|c| c.is_ascii_alphanumeric());
            stretch.count >= 2 && is_chinese && !is_latin
        }
        Sign::Line => {
            stretch.count >= 3
                || stretch.count == 2 && char_of(after).is_some_and(|c| "年月日元人".contains(c))
        }
        Sign::Digit | Sign::Other => false,
    };
    is_leftover.then(|| (TextFaultKind::Leftover, stretch.range.clone()))
}

#[cfg(test)]
mod tests;
