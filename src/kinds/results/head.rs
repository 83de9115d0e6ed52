//! What the TOML of every result says, whatever its kind.

use chrono::NaiveDate;

use crate::calendar::{ReportingPeriod, Span};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::columns::declared_extra;
use crate::source::parse::{address_text, date, located, one_of, text, unpublished_text, whole};
use crate::source::{Fields, Located, Value, ValueKind};

const BAD_PERIOD: Code = Code::error("bad-period");
const INSPECTED_LATER: Code = Code::error("inspected-later");
const PERIOD_AHEAD: Code = Code::warning("period-ahead");

/// The kinds of result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ranking,
    Survey,
    Tally,
    Ledger,
}

const KINDS: [(&str, Kind); 4] =
    [("ranking", Kind::Ranking), ("survey", Kind::Survey), ("tally", Kind::Tally), ("ledger", Kind::Ledger)];

/// The most units of a result.
pub(super) const MOST_UNITS: u32 = 10_000_000;

/// The keys that all kinds have; one that could not be read is missing and has been reported.
pub(super) struct Head {
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
}

/// How many units there are, as declared.
pub(super) enum Count {
    All(Located<u32>),
    ByCategory(Vec<(Located<String>, u32)>),
}

/// Reads `kind`; `None` after an error.
pub(super) fn kind(fields: &mut Fields<'_, '_, '_>) -> Option<Kind> {
    fields.required("kind", one_of(&KINDS))
}

/// Reads `table` alone.
pub(super) fn table(fields: &mut Fields<'_, '_, '_>) -> Option<Located<String>> {
    fields.optional("table", located(unpublished_text))
}

/// Reads what all kinds have.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>) -> Head {
    let title = fields.required("title", text);
    let published = fields.required("date", located(date));
    let period = fields.required("period", located(period));
    let inspected = fields.optional("inspected", located(date));
    let head = Head {
        title,
        date: published.map(|date| date.value),
        period: period.map(|period| period.value),
        table: fields.required("table", located(unpublished_text)),
        sheet: fields.optional("sheet", unpublished_text),
        item: fields.optional("item", located(unpublished_text)),
        series: fields.optional("series", located(text)),
        count: fields.optional("count", count),
        inspected: inspected.map(|date| date.value),
        by: fields.list("by", text),
        unit: fields.optional("unit", located(text)),
        extra: declared_extra(fields),
        aliases: fields.list("aliases", located(address_text)),
    };
    if let (Some(inspected), Some(published)) = (inspected, published)
        && published.value < inspected.value
    {
        let problem = Diagnostic::new(INSPECTED_LATER, inspected.place).with("inspected", inspected.value);
        fields.problems().add(problem.with("date", published.value).and(published.place));
    }
    check_period(period, published, fields.problems());
    head
}

/// What `read` reads; `None` when it reported a problem.
pub(super) fn if_sound<'t, 'a, 'p, T>(
    fields: &mut Fields<'t, 'a, 'p>,
    read: impl FnOnce(&mut Fields<'t, 'a, 'p>) -> T,
) -> Option<T> {
    let before = fields.problems().len();
    let result = read(fields);
    (fields.problems().len() == before).then_some(result)
}

/// Where the keys of results are known, by table.
const KEYS: [(&str, &[&str]); 10] = [
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
    ("[score]", &["places", "min", "max", "rows", "parts", "adjust", "items"]),
    ("[score] parts", &["column", "mean", "weight", "done", "due", "points"]),
    ("[rank]", &["ties", "within"]),
    ("[[band]]", &["top", "requires"]),
    ("[[award]]", &["ranks", "amount", "category"]),
    ("[[streak]]", &["times", "consecutive", "horizon"]),
    ("[[group]]", &["sample"]),
    ("[[rate]]", &["of", "over"]),
    ("[[target]]", &["at_least"]),
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
