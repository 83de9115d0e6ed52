//! `[score]`: what a score is made of, as it is written.

use rust_decimal::Decimal;

use super::head::known_outside;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{decimal, located, one_of, text, whole};
use crate::source::{Fields, Located, Table};

const PART_FORM: Code = Code::error("part-form");
const WEIGHT_LEFT_OUT: Code = Code::warning("weight-left-out");
const BOUNDS_REVERSED: Code = Code::error("bounds-reversed");
const ITEMS_WITH_PARTS: Code = Code::error("items-with-parts");
const ADJUST_WITHOUT_PARTS: Code = Code::error("adjust-without-parts");
const SERIES_MEAN: Code = Code::error("series-mean");

/// The most places behind the point of a score.
pub(super) const MOST_PLACES: u32 = 6;

/// What the rows of a ranking are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RowsAre {
    /// One for each unit.
    #[default]
    Units,
    /// One for each item of work of a unit.
    Items,
}

const ROWS: [(&str, RowsAre); 2] = [("units", RowsAre::Units), ("items", RowsAre::Items)];

/// How the score of a group of a survey is made of several indicators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// The mean of the indicators' means.
    #[default]
    Means,
    /// The mean of all answers together.
    Pooled,
}

const POOLING: [(&str, Pooling); 2] = [("means", Pooling::Means), ("pooled", Pooling::Pooled)];

/// `[score]`
#[derive(Default)]
pub(super) struct ScoreTerms {
    pub(super) places: Option<u32>,
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) rows: RowsAre,
    /// The parts, adjustments behind them.
    pub(super) parts: Vec<WrittenPart>,
    pub(super) items: Pooling,
}

/// A part of the score.
pub(super) struct WrittenPart {
    pub(super) from: PartFrom,
    /// What its value counts: weight or points.
    pub(super) factor: Option<Decimal>,
    pub(super) place: Place,
}

/// What a part is taken from, by the headings of columns.
pub(super) enum PartFrom {
    /// One column, or the mean of several.
    Columns(Vec<Located<String>>),
    /// What is done of what is due.
    Ratio { done: Located<String>, due: Located<String> },
    /// The mean of the scores in another series' publications.
    Series { series: Located<String>, at_least: Option<u32> },
}

impl PartFrom {
    /// The columns that it names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Located<String>> {
        let (list, pair) = match self {
            Self::Columns(columns) => (columns.as_slice(), [None, None]),
            Self::Ratio { done, due } => (&[][..], [Some(done), Some(due)]),
            Self::Series { .. } => (&[][..], [None, None]),
        };
        list.iter().chain(pair.into_iter().flatten())
    }
}

/// `[score]` of a ranking.
pub(super) fn read(table: &Table<'_>, problems: &mut Problems) -> Option<ScoreTerms> {
    let mut fields = Fields::new(table, problems);
    let places = fields.optional("places", whole(0, MOST_PLACES));
    let min = fields.optional("min", decimal);
    let max = fields.optional("max", located(decimal));
    let rows = fields.optional("rows", located(one_of(&ROWS)));
    let mut parts = fields.tables("parts", part);
    let adjust = fields.tables("adjust", adjustment);
    fields.finish_knowing(known_outside("[score]"));
    if let (Some(min), Some(max)) = (min, max)
        && max.value < min
    {
        let problem = Diagnostic::new(BOUNDS_REVERSED, max.place);
        problems.add(problem.with("min", min).with("max", max.value));
    }
    let of_items = rows.filter(|rows| rows.value == RowsAre::Items);
    if let (Some(items), Some(_)) = (of_items, parts.first()) {
        problems.add(Diagnostic::new(ITEMS_WITH_PARTS, items.place));
    }
    if let (None, true, Some(first)) = (of_items, parts.is_empty(), adjust.first()) {
        problems.add(Diagnostic::new(ADJUST_WITHOUT_PARTS, first.place));
    }
    parts.extend(adjust);
    let rows = rows.map(|rows| rows.value).unwrap_or_default();
    Some(ScoreTerms { places, min, max: max.map(|max| max.value), rows, parts, items: Pooling::Means })
}

/// `[score]` of a survey.
pub(super) fn read_of_survey(table: &Table<'_>, problems: &mut Problems) -> Option<ScoreTerms> {
    let mut fields = Fields::new(table, problems);
    let places = fields.optional("places", whole(0, MOST_PLACES));
    let items = fields.optional("items", one_of(&POOLING)).unwrap_or_default();
    fields.finish_knowing(known_outside("[score]"));
    Some(ScoreTerms { places, items, ..ScoreTerms::default() })
}

/// One of `[score] parts`.
fn part(table: &Table<'_>, problems: &mut Problems) -> Option<WrittenPart> {
    let before = problems.len();
    let is_series = table.entries.iter().any(|entry| entry.key == "series");
    let mut fields = Fields::new(table, problems);
    let column = fields.optional("column", located(text));
    let mean = fields.list("mean", located(text));
    let done = fields.optional("done", located(text));
    let due = fields.optional("due", located(text));
    let series = fields.optional("series", located(text));
    let at_least = if is_series { fields.optional("at_least", whole(1, 1000)) } else { None };
    let weight = fields.optional("weight", decimal);
    let points = fields.optional("points", decimal);
    fields.finish_knowing(known_outside("[score] parts"));
    let from = match (column, mean.as_slice(), done, due, series) {
        (Some(column), [], None, None, None) if points.is_none() => Some(PartFrom::Columns(vec![column])),
        (None, [_, ..], None, None, None) if points.is_none() => Some(PartFrom::Columns(mean)),
        (None, [], Some(done), Some(due), None) if weight.is_none() && points.is_some() => {
            Some(PartFrom::Ratio { done, due })
        }
        (None, [of], None, None, Some(series)) if points.is_none() => {
            if !super::layout::is_score(&of.value) {
                problems.add(Diagnostic::new(SERIES_MEAN, of.place).with("text", &of.value));
            }
            Some(PartFrom::Series { series, at_least })
        }
        _ => None,
    };
    // A key that is unknown here may be the form that was meant.
    if from.is_none() && problems.len() == before {
        problems.add(Diagnostic::new(PART_FORM, table.place));
    }
    Some(WrittenPart { from: from?, factor: weight.or(points), place: table.place })
}

/// One of `[score] adjust`: so many points for each time.
fn adjustment(table: &Table<'_>, problems: &mut Problems) -> Option<WrittenPart> {
    let mut fields = Fields::new(table, problems);
    let column = fields.required("column", located(text));
    let points = fields.required("points", decimal);
    fields.finish_knowing(known_outside("[score] adjust"));
    Some(WrittenPart { from: PartFrom::Columns(vec![column?]), factor: Some(points?), place: table.place })
}

/// Where weights are shares of a whole, one that is not written may have been forgotten; it counts as 1.
pub(super) fn check_weights(parts: &[WrittenPart], problems: &mut Problems) {
    let is_share = |part: &WrittenPart| {
        let weighed = !matches!(part.from, PartFrom::Ratio { .. });
        weighed && part.factor.is_some_and(|weight| weight > Decimal::ZERO && weight < Decimal::ONE)
    };
    if parts.iter().any(is_share) {
        for part in parts.iter().filter(|part| part.factor.is_none()) {
            let mut columns: Vec<&str> = part.from.columns().map(|column| column.value.as_str()).collect();
            if let PartFrom::Series { series, .. } = &part.from {
                columns.push(&series.value);
            }
            let problem = Diagnostic::new(WEIGHT_LEFT_OUT, part.place);
            problems.add(problem.with("columns", columns.join("、")));
        }
    }
}
