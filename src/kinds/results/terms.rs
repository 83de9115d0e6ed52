//! What the TOML of a result says, before its table is read.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::awards::{self, Award};
use super::standings::Ties;
use crate::calendar::{ReportingPeriod, Span};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{date, decimal, located, one_of, text, unpublished_text, whole};
use crate::source::{Fields, Located, Table, Value, ValueKind};

const BAD_PERIOD: Code = Code::error("bad-period");
const PERIOD_AHEAD: Code = Code::warning("period-ahead");
const PART_FORM: Code = Code::error("part-form");
const WEIGHT_LEFT_OUT: Code = Code::warning("weight-left-out");
const BOUNDS_REVERSED: Code = Code::error("bounds-reversed");

/// The kinds of result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ranking,
    Survey,
    Tally,
    Ledger,
}

impl Kind {
    /// Its name in the contract.
    pub(super) fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

const KINDS: [(&str, Kind); 4] =
    [("ranking", Kind::Ranking), ("survey", Kind::Survey), ("tally", Kind::Tally), ("ledger", Kind::Ledger)];

const TIES: [(&str, Ties); 2] = [("competition", Ties::Competition), ("dense", Ties::Dense)];

/// The most places behind the point of a score.
const MOST_PLACES: u32 = 6;
/// The most units of a result.
pub(super) const MOST_UNITS: u32 = 10_000_000;

/// The file as it is written; a part that could not be read is missing and has been reported.
pub(super) struct Terms {
    pub(super) title: Option<String>,
    pub(super) date: Option<NaiveDate>,
    pub(super) period: Option<ReportingPeriod>,
    pub(super) table: Option<Located<String>>,
    pub(super) sheet: Option<String>,
    pub(super) item: Option<Located<String>>,
    pub(super) series: Option<Located<String>>,
    pub(super) count: Option<Count>,
    pub(super) inspected: Option<NaiveDate>,
    pub(super) by: Vec<String>,
    pub(super) unit: Option<Located<String>>,
    pub(super) extra: Vec<Located<String>>,
    pub(super) aliases: Vec<Located<String>>,
    /// `None` after an error: the scores cannot be computed.
    pub(super) score: Option<ScoreTerms>,
    pub(super) ties: Ties,
    pub(super) within: Option<Located<String>>,
    /// `None` after an error.
    pub(super) awards: Option<Vec<Award>>,
}

/// How many units there are, as declared.
pub(super) enum Count {
    All(Located<u32>),
    ByCategory(Vec<(Located<String>, u32)>),
}

/// `[score]`
#[derive(Default)]
pub(super) struct ScoreTerms {
    pub(super) places: Option<u32>,
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) parts: Vec<WrittenPart>,
}

/// A part of the score: the columns it is taken from, by their headings.
pub(super) struct WrittenPart {
    pub(super) columns: Vec<Located<String>>,
    pub(super) weight: Option<Decimal>,
    place: Place,
}

/// Reads `kind`; `None` after an error.
pub(super) fn kind(fields: &mut Fields<'_, '_, '_>) -> Option<Located<Kind>> {
    fields.required("kind", located(one_of(&KINDS)))
}

/// Reads everything but `kind`.
pub(super) fn read(mut fields: Fields<'_, '_, '_>) -> Terms {
    let title = fields.required("title", text);
    let date_published = fields.required("date", located(date));
    let period = fields.required("period", located(period));
    let table = fields.required("table", located(unpublished_text));
    let sheet = fields.optional("sheet", unpublished_text);
    let item = fields.optional("item", located(unpublished_text));
    let series = fields.optional("series", located(unpublished_text));
    let count = fields.optional("count", count);
    let inspected = fields.optional("inspected", date);
    let by = fields.list("by", text);
    let unit = fields.optional("unit", located(text));
    let extra = fields.list("extra", located(text));
    let aliases = fields.list("aliases", located(unpublished_text));
    let score = if_sound(&mut fields, |fields| fields.tables("score", score).pop().unwrap_or_default());
    let (ties, within) = fields.tables("rank", rank).pop().unwrap_or_default();
    let awards = if_sound(&mut fields, |fields| {
        let awards = fields.tables("award", awards::read);
        awards::check_ranges(&awards, fields.problems());
        awards
    });
    if let (Some(inspected), Some(published)) = (inspected, date_published) {
        super::super::check_order(inspected, published, fields.problems());
    }
    check_period(period, date_published, fields.problems());
    check_weights(score.as_ref(), fields.problems());
    fields.finish_knowing(known_outside(TOP));
    Terms {
        title,
        date: date_published.map(|date| date.value),
        period: period.map(|period| period.value),
        table,
        sheet,
        item,
        series,
        count,
        inspected,
        by,
        unit,
        extra,
        aliases,
        score,
        ties,
        within,
        awards,
    }
}

/// What `read` reads; `None` when it reported a problem.
fn if_sound<'t, 'a, 'p, T>(
    fields: &mut Fields<'t, 'a, 'p>,
    read: impl FnOnce(&mut Fields<'t, 'a, 'p>) -> T,
) -> Option<T> {
    let before = fields.problems().len();
    let result = read(fields);
    (fields.problems().len() == before).then_some(result)
}

/// Where the keys of results are known, by table.
const KEYS: [(&str, &[&str]); 4] = [
    (
        TOP,
        &[
            "title",
            "kind",
            "date",
            "period",
            "table",
            "sheet",
            "item",
            "series",
            "count",
            "inspected",
            "by",
            "unit",
            "extra",
            "aliases",
        ],
    ),
    ("[score]", &["places", "min", "max", "parts"]),
    ("[rank]", &["ties", "within"]),
    ("[[award]]", &["ranks", "amount", "category"]),
];

/// The keys before the first table header.
pub(super) const TOP: &str = "title, kind, date …";

/// Of a key that is unknown in the table called `here`: the table that knows it.
pub(super) fn known_outside(here: &'static str) -> impl Fn(&str) -> Option<&'static str> {
    move |key| {
        KEYS.iter().find(|(table, keys)| *table != here && keys.contains(&key)).map(|(table, _)| *table)
    }
}

fn period(value: &Value<'_>, problems: &mut Problems) -> Option<ReportingPeriod> {
    let written = match &value.kind {
        ValueKind::Date(day) => return ReportingPeriod::around(*day, Span::Day),
        _ => unpublished_text(value, problems)?,
    };
    let period = ReportingPeriod::parse(&written);
    if period.is_none() {
        problems.add(Diagnostic::new(BAD_PERIOD, value.place).with("text", written));
    }
    period
}

/// A result is not published before its period has begun.
fn check_period(
    period: Option<Located<ReportingPeriod>>,
    published: Option<Located<NaiveDate>>,
    problems: &mut Problems,
) {
    let (Some(period), Some(published)) = (period, published) else { return };
    if published.value < period.value.first_day() {
        let problem = Diagnostic::new(PERIOD_AHEAD, period.place).with("period", period.value);
        problems.add(problem.with("date", published.value).and(published.place));
    }
}

fn count(value: &Value<'_>, problems: &mut Problems) -> Option<Count> {
    match &value.kind {
        ValueKind::Table(table) => {
            let mut counts = Vec::with_capacity(table.entries.len());
            for entry in &table.entries {
                let category = Located { value: entry.key.trim().to_owned(), place: entry.key_place };
                counts.extend(number_of_units(&entry.value, problems).map(|number| (category, number)));
            }
            Some(Count::ByCategory(counts))
        }
        _ => located(number_of_units)(value, problems).map(Count::All),
    }
}

fn number_of_units(value: &Value<'_>, problems: &mut Problems) -> Option<u32> {
    whole(0, MOST_UNITS)(value, problems)
}

fn score(table: &Table<'_>, problems: &mut Problems) -> Option<ScoreTerms> {
    let mut fields = Fields::new(table, problems);
    let places = fields.optional("places", whole(0, MOST_PLACES));
    let min = fields.optional("min", decimal);
    let max = fields.optional("max", located(decimal));
    let parts = fields.tables("parts", part);
    fields.finish_knowing(known_outside("[score]"));
    if let (Some(min), Some(max)) = (min, max)
        && max.value < min
    {
        let problem = Diagnostic::new(BOUNDS_REVERSED, max.place);
        problems.add(problem.with("min", min).with("max", max.value));
    }
    Some(ScoreTerms { places, min, max: max.map(|max| max.value), parts })
}

/// One of `[score] parts`: a column, or the mean of several.
fn part(table: &Table<'_>, problems: &mut Problems) -> Option<WrittenPart> {
    let before = problems.len();
    let mut fields = Fields::new(table, problems);
    let column = fields.optional("column", located(text));
    let mean = fields.list("mean", located(text));
    let weight = fields.optional("weight", decimal);
    fields.finish_knowing(known_outside("parts"));
    let columns: Vec<Located<String>> = match (column, mean.is_empty()) {
        (Some(column), true) => vec![column],
        (None, false) => mean,
        _ => {
            // A key that is unknown here may be the form that was meant.
            if problems.len() == before {
                problems.add(Diagnostic::new(PART_FORM, table.place));
            }
            return None;
        }
    };
    Some(WrittenPart { columns, weight, place: table.place })
}

/// Where weights are shares of a whole, one that is not written may have been forgotten; it counts as 1.
fn check_weights(score: Option<&ScoreTerms>, problems: &mut Problems) {
    let parts = score.map(|score| score.parts.as_slice()).unwrap_or_default();
    let is_share = |weight: Decimal| weight > Decimal::ZERO && weight < Decimal::ONE;
    if parts.iter().any(|part| part.weight.is_some_and(is_share)) {
        for part in parts.iter().filter(|part| part.weight.is_none()) {
            let columns: Vec<&str> = part.columns.iter().map(|column| column.value.as_str()).collect();
            let problem = Diagnostic::new(WEIGHT_LEFT_OUT, part.place);
            problems.add(problem.with("columns", columns.join("、")));
        }
    }
}

fn rank(table: &Table<'_>, problems: &mut Problems) -> Option<(Ties, Option<Located<String>>)> {
    let mut fields = Fields::new(table, problems);
    let ties = fields.optional("ties", one_of(&TIES)).unwrap_or_default();
    let within = fields.optional("within", located(text));
    fields.finish_knowing(known_outside("[rank]"));
    Some((ties, within))
}
