//! Which column of the table is what.

use rust_decimal::Decimal;

use super::finder::{self, CATEGORY, Finder, NUMBER, Named, UNIT, is_one_of};
use super::parts::{PartFrom, RowsAre};
use super::scores::{Part, PartSource};
use super::terms::Terms;
use crate::diagnostics::{Code, FileId, Problems};
use crate::kinds::columns::is_in_yuan;
use crate::source::{Located, Sheet, normalise_heading};

const NO_SCORE: Code = Code::error("no-score");
const NO_ITEM_COLUMN: Code = Code::error("no-item-column");

/// Headings of stated scores.
const SCORE: [&str; 4] = ["得分", "总分", "综合得分", "score"];
/// Headings of stated ranks.
const RANK: [&str; 2] = ["名次", "rank"];
/// Headings of stated awards.
pub(super) const AWARD: [&str; 2] = ["奖金", "award"];
/// Headings of stated bands.
pub(super) const BAND: [&str; 3] = ["等次", "等级", "band"];
/// Headings of items of work: what it is, its points, how much is due and done of it.
const ITEM: [(&str, &str); 4] = [("事项", "item"), ("分值", "points"), ("应完成", "due"), ("完成", "done")];
/// The columns of a table, by what they hold.
pub(super) struct Layout {
    pub(super) unit: Named,
    pub(super) category: Option<Named>,
    /// The columns that scores are made of, in the order the parts name them.
    pub(super) values: Vec<Named>,
    pub(super) parts: Vec<Part>,
    /// Whether scores are taken as the table states them.
    pub(super) as_stated: bool,
    /// The series that parts are taken from, with the least number of publications.
    pub(super) series: Vec<(Located<String>, Option<u32>)>,
    /// The yes-or-no columns that bands require.
    pub(super) requires: Vec<Named>,
    /// Whether it is not known what rows are, after an error.
    pub(super) rows_unknown: bool,
    /// The columns of items of work: what, points, due, done.
    pub(super) items: Option<[Named; 4]>,
    pub(super) extra: Vec<Named>,
    /// Stated scores.
    pub(super) scores: Vec<usize>,
    pub(super) rank: Option<usize>,
    pub(super) award: Option<usize>,
    pub(super) band: Option<usize>,
}

impl Layout {
    /// A layout without any column but these, as a survey has it.
    pub(super) fn of_units(unit: Named, category: Option<Named>, requires: Vec<Named>) -> Self {
        Self {
            unit,
            category,
            values: Vec::new(),
            parts: Vec::new(),
            as_stated: false,
            series: Vec::new(),
            requires,
            rows_unknown: false,
            items: None,
            extra: Vec::new(),
            scores: Vec::new(),
            rank: None,
            award: None,
            band: None,
        }
    }
}

/// Says of a normalised heading whether it is one that the table of these terms can have.
pub(super) fn known(terms: &Terms) -> impl Fn(&str) -> bool {
    let mut usual = [&CATEGORY[..], &SCORE, &RANK, &AWARD, &BAND, &NUMBER].concat();
    if terms.head.unit.is_none() {
        usual.extend(UNIT);
    }
    if terms.score.as_ref().is_some_and(|score| score.rows == RowsAre::Items) {
        usual.extend(ITEM.iter().flat_map(|(chinese, english)| [*chinese, *english]));
    }
    let named: Vec<&str> = named(terms).map(|name| name.value.as_str()).collect();
    finder::knows(usual, named.into_iter())
}

/// Some headings that the table should have, for a message.
pub(super) fn expected(terms: &Terms) -> String {
    let unit = terms.head.unit.as_ref().map_or(UNIT[0], |unit| unit.value.as_str());
    let values = terms.score.iter().flat_map(|score| &score.parts).flat_map(|part| part.from.columns());
    let names = std::iter::once(unit).chain(values.map(|name| name.value.as_str()));
    names.take(6).collect::<Vec<_>>().join("、")
}

/// All headings that the terms name.
fn named(terms: &Terms) -> impl Iterator<Item = &Located<String>> {
    let values = terms.score.iter().flat_map(|score| &score.parts).flat_map(|part| part.from.columns());
    let required = terms.bands.iter().flatten().filter_map(|band| band.requires.as_ref());
    terms.head.unit.iter().chain(&terms.within).chain(values).chain(required).chain(&terms.head.extra)
}

/// Whether a heading is one of stated scores.
pub(super) fn is_score(heading: &str) -> bool {
    is_one_of(&normalise_heading(heading), &SCORE)
}

/// Finds the columns; `None` when one that is needed is missing or unclear. Columns that nobody declared
/// are problems, unless they are private: those are left out, and said.
pub(super) fn find(terms: &Terms, sheet: &Sheet, file: FileId, problems: &mut Problems) -> Option<Layout> {
    let mut finder = Finder::new(sheet, file, problems);
    let extra = finder.extra(&terms.head.extra);
    let within = terms.within.as_ref().and_then(|name| finder.named(name));
    let (values, parts, series) = values(&mut finder, terms);
    let requires = required(&mut finder, terms);
    let unit = finder.unit(terms.head.unit.as_ref());
    let category = within.or_else(|| finder.usual(&CATEGORY));
    let of_items = terms.score.as_ref().is_some_and(|score| score.rows == RowsAre::Items);
    let items = if of_items { items(&mut finder) } else { None };
    let scores = SCORE.iter().filter_map(|name| finder.usual(&[name])).map(|named| named.column).collect();
    let (mut rank, mut award, mut band) = (None, None, None);
    // Of a unit with several rows none says these of the whole.
    if !of_items {
        rank = finder.usual(&RANK).map(|named| named.column);
        award = stated_awards(&mut finder);
        band = finder.usual(&BAND).map(|named| named.column);
    }
    finder.usual(&NUMBER);
    // Without the parts of the score nobody knows which columns they would have declared.
    if terms.score.is_some() && terms.bands.is_some() {
        finder.report_others();
    }
    if finder.missing {
        return None;
    }
    let unit = unit?;
    let as_stated = terms.score.as_ref().is_some_and(|score| !of_items && score.parts.is_empty());
    Some(Layout {
        unit,
        category,
        values,
        parts,
        as_stated,
        series,
        requires,
        rows_unknown: terms.score.is_none(),
        items,
        extra,
        scores,
        rank,
        award,
        band,
    })
}

/// The column of stated awards, which are yuan.
pub(super) fn stated_awards(finder: &mut Finder<'_, '_>) -> Option<usize> {
    let column = finder.usual(&AWARD)?.column;
    let heading = finder.sheet.headings().iter().find(|heading| heading.column == column)?;
    is_in_yuan(heading, finder.problems).then_some(column)
}

/// The columns that parts name, the parts over them, and the series they name.
type FoundParts = (Vec<Named>, Vec<Part>, Vec<(Located<String>, Option<u32>)>);

/// The columns that the parts of the score name, each once, and the parts over them. Without any part
/// the score is the one that the table states.
fn values(finder: &mut Finder<'_, '_>, terms: &Terms) -> FoundParts {
    let (mut values, mut parts, mut series) = (Vec::new(), Vec::new(), Vec::new());
    let Some(score) = &terms.score else { return (values, parts, series) };
    if score.rows == RowsAre::Items {
        parts.push(Part { factor: Decimal::ONE, from: PartSource::Items });
    } else if score.parts.is_empty() {
        match finder.usual(&SCORE) {
            Some(stated) => values.push(stated),
            None => finder.miss(NO_SCORE, "column", SCORE[0]),
        }
        let from = PartSource::Columns((0..values.len()).collect());
        return (values, vec![Part { factor: Decimal::ONE, from }], series);
    }
    for part in &score.parts {
        let mut index = |name: &Located<String>| index_of(&mut values, name, finder);
        let from = match &part.from {
            PartFrom::Columns(columns) => {
                Some(PartSource::Columns(columns.iter().filter_map(&mut index).collect()))
            }
            PartFrom::Ratio { done, due } => {
                let (done, due) = (index(done), index(due));
                done.zip(due).map(|(done, due)| PartSource::Ratio { done, due })
            }
            PartFrom::Series { series: named, at_least } => {
                series.push((named.clone(), *at_least));
                Some(PartSource::Series(series.len() - 1))
            }
        };
        parts.extend(from.map(|from| Part { factor: part.factor.unwrap_or(Decimal::ONE), from }));
    }
    (values, parts, series)
}

/// The index of a column among the values, where it is put if it is not there yet.
fn index_of(values: &mut Vec<Named>, name: &Located<String>, finder: &mut Finder<'_, '_>) -> Option<usize> {
    let heading = normalise_heading(&name.value);
    let known = values.iter().position(|value| normalise_heading(&value.title) == heading);
    known.or_else(|| {
        values.push(finder.named(name)?);
        Some(values.len() - 1)
    })
}

/// The yes-or-no columns that bands require, each once.
pub(super) fn required(finder: &mut Finder<'_, '_>, terms: &Terms) -> Vec<Named> {
    let mut required: Vec<Named> = Vec::new();
    for name in terms.bands.iter().flatten().filter_map(|band| band.requires.as_ref()) {
        if !required.iter().any(|known| known.title == name.value) {
            required.extend(finder.named(name));
        }
    }
    required
}

/// The columns of items of work.
fn items(finder: &mut Finder<'_, '_>) -> Option<[Named; 4]> {
    let [what, points, due, done] = ITEM.map(|(chinese, english)| {
        let found = finder.usual(&[chinese, english]);
        if found.is_none() {
            finder.miss(NO_ITEM_COLUMN, "column", chinese);
        }
        found
    });
    Some([what?, points?, due?, done?])
}
