//! Which column of a survey's table is what.

use crate::diagnostics::{Code, Diagnostic, FileId, Problems};
use crate::kinds::results::finder::{self, CATEGORY, Finder, NUMBER, Named, UNIT};
use crate::kinds::results::layout::{AWARD, BAND, required, stated_awards};
use crate::kinds::results::terms::Terms;
use crate::source::{Sheet, normalise_heading};

const NO_GROUP_COLUMN: Code = Code::error("no-group-column");
const NO_ANSWERS: Code = Code::error("no-answers");
const ANSWER_OUTSIDE: Code = Code::error("answer-outside");

const GROUP: [&str; 4] = ["群体", "对象", "组别", "group"];
const INDICATOR: [&str; 2] = ["指标", "indicator"];
const UNKNOWN: [&str; 2] = ["不了解", "unknown"];
/// Headings of what a group's score is stated to be.
const SCORE: [&str; 2] = ["得分", "score"];
/// Headings of what the total is stated to be.
const TOTAL: [&str; 3] = ["总分", "综合得分", "total"];
const RANK: [&str; 2] = ["名次", "rank"];
/// Headings of how many were asked, which is the sum of the row.
const SAMPLE: [&str; 2] = ["样本数", "sample"];

/// The columns, by what they hold.
pub(super) struct Columns {
    pub(super) unit: Named,
    pub(super) category: Option<Named>,
    pub(super) group: Named,
    pub(super) indicator: Option<Named>,
    /// By answer, 0 to 10; an answer without a column was given by nobody.
    pub(super) answers: [Option<usize>; 11],
    pub(super) unknown: Option<usize>,
    pub(super) sample: Option<usize>,
    pub(super) score: Option<usize>,
    pub(super) total: Option<usize>,
    pub(super) rank: Option<usize>,
    pub(super) band: Option<usize>,
    pub(super) award: Option<usize>,
    pub(super) requires: Vec<Named>,
}

/// Says of a heading whether a survey's table can have it.
pub(super) fn known(terms: &Terms) -> impl Fn(&str) -> bool {
    let mut usual =
        [&GROUP[..], &INDICATOR, &UNKNOWN, &SCORE, &TOTAL, &RANK, &BAND, &AWARD, &SAMPLE, &CATEGORY, &NUMBER]
            .concat();
    if terms.head.unit.is_none() {
        usual.extend(UNIT);
    }
    let required = terms.bands.iter().flatten().filter_map(|band| band.requires.as_ref());
    let named = terms.head.unit.iter().chain(&terms.within).chain(required);
    let named: Vec<&str> = named.map(|name| name.value.as_str()).collect();
    let known = finder::knows(usual, named.into_iter());
    // Answers are no sign of a header: counts below them look the same.
    move |heading| heading.ends_with('分') && answer(heading).is_some() || known(heading)
}

/// The answer that a heading means: `7` or `7分`.
fn answer(heading: &str) -> Option<usize> {
    let digits = heading.strip_suffix('分').unwrap_or(heading);
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// Finds the columns; `None` when one that is needed is missing.
pub(super) fn find(terms: &Terms, sheet: &Sheet, file: FileId, problems: &mut Problems) -> Option<Columns> {
    let mut finder = Finder::new(sheet, file, problems);
    let within = terms.within.as_ref().and_then(|name| finder.named(name));
    let requires = required(&mut finder, terms);
    let group = finder.usual(&GROUP);
    if group.is_none() {
        finder.miss(NO_GROUP_COLUMN, "column", GROUP[0]);
    }
    let unit = finder.unit(terms.head.unit.as_ref());
    let category = within.or_else(|| finder.usual(&CATEGORY));
    let indicator = finder.usual(&INDICATOR);
    let mut answers = [None; 11];
    for heading in sheet.headings() {
        let Some(answer) = answer(&heading.name) else { continue };
        finder.take(heading.column);
        match answers.get_mut(answer) {
            Some(slot) => *slot = Some(heading.column),
            None => {
                let problem = Diagnostic::new(ANSWER_OUTSIDE, heading.place);
                finder.problems.add(problem.with("answer", &heading.written));
                finder.missing = true;
            }
        }
    }
    if answers.iter().all(Option::is_none) {
        finder.miss(NO_ANSWERS, "column", "0、1、…、10");
    }
    let mut column = |names: &[&str]| finder.usual(names).map(|named| named.column);
    let (unknown, sample, score) = (column(&UNKNOWN), column(&SAMPLE), column(&SCORE));
    let (total, rank, band) = (column(&TOTAL), column(&RANK), column(&BAND));
    column(&NUMBER);
    let award = stated_awards(&mut finder);
    finder.report_others();
    if finder.missing {
        return None;
    }
    let (unit, group) = (unit?, group?);
    Some(Columns {
        unit,
        category,
        group,
        indicator,
        answers,
        unknown,
        sample,
        score,
        total,
        rank,
        band,
        award,
        requires,
    })
}

/// A name as the content's groups are compared.
pub(super) fn same(written: &str, title: &str) -> bool {
    written == title || normalise_heading(written) == normalise_heading(title)
}
