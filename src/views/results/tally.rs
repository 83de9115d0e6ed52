//! The page of a tally.

use serde::Serialize;

use super::common::{ResultHead, Turn, paged};
use super::trend::{self, TrendView};
use crate::board::{AreaOnBoard, Board, ResultOnBoard};
use crate::kinds::results::{Change, RateOf, Tallied, Tally};
use crate::values::Figure;
use crate::views::frame::page_address;

/// A tally.
#[derive(Clone, Debug, Serialize)]
pub struct TallyView {
    /// Title, dates.
    #[serde(flatten)]
    pub head: ResultHead,
    /// The heading of the unit column.
    pub unit_title: String,
    /// The heading of the category column.
    pub category_title: Option<String>,
    /// The headings of the counts.
    pub columns: Vec<String>,
    /// The rates: title, how they are computed, what is required.
    pub rates: Vec<RateRuleView>,
    /// The targets: column, what is required, category.
    pub targets: Vec<TargetView>,
    /// The headings of further columns.
    pub extra: Vec<String>,
    /// The rows.
    pub rows: Vec<TallyRow>,
    /// All together.
    pub total: TallyRow,
    /// The period that changes are counted from.
    pub compared_with: Option<String>,
    /// Counts and rates in the series so far.
    pub trend: Option<TrendView>,
    /// Which page this is.
    #[serde(flatten)]
    pub turn: Turn,
}

/// How a rate is computed.
#[derive(Clone, Debug, Serialize)]
pub struct RateRuleView {
    /// What it is called.
    pub title: String,
    /// `(满意 + 基本满意) ÷ 已回访`
    pub formula: String,
    /// What is required, in percent.
    pub at_least: Option<String>,
}

/// What a count must reach.
#[derive(Clone, Debug, Serialize)]
pub struct TargetView {
    /// The column.
    pub column: String,
    /// What is required.
    pub at_least: String,
    /// The category it is for.
    pub category: Option<String>,
}

/// The counts of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct TallyRow {
    /// Its name.
    pub unit: String,
    /// Its page, where it is an area of the board.
    pub address: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// The counts.
    pub counts: Vec<CountView>,
    /// The rates.
    pub rates: Vec<RateView>,
    /// Targets that are not met: the column and what is required.
    pub unmet: Vec<TargetView>,
    /// What stands in further columns.
    pub extra: Vec<String>,
}

/// A count.
#[derive(Clone, Debug, Serialize)]
pub struct CountView {
    /// Its column.
    pub title: String,
    /// The figure.
    pub figure: String,
    /// The change on the period before, with its sign.
    pub difference: Option<String>,
    /// The change in percent, with its sign.
    pub percent: Option<String>,
}

/// A rate.
#[derive(Clone, Debug, Serialize)]
pub struct RateView {
    /// What it is called.
    pub title: String,
    /// In percent; `None` of nothing. The bar is as long.
    pub percent: Option<String>,
    /// Its parts in figures: `(8 + 2) ÷ 12`.
    pub arithmetic: String,
    /// Whether it is what is required.
    pub met: Option<bool>,
}

/// The pages of a tally.
pub fn tally(board: &Board, area: &AreaOnBoard, on_board: &ResultOnBoard, tally: &Tally) -> Vec<TallyView> {
    let result = &on_board.result;
    let one = |(unit, index): (&Tallied, &Option<usize>)| {
        let of_unit = index.and_then(|index| board.areas.get(index));
        TallyRow { address: of_unit.map(|unit| page_address(&unit.path)), ..row(tally, unit) }
    };
    let rows = tally.units.iter().zip(&on_board.areas).map(one).collect();
    paged(area, result, rows, weight, |turn, rows| TallyView {
        head: ResultHead::of(area, result),
        unit_title: tally.unit_title.clone(),
        category_title: tally.category_title.clone(),
        columns: tally.columns.clone(),
        rates: rules(tally),
        targets: tally.targets.iter().map(|(target, _)| target_view(target)).collect(),
        extra: tally.extra.clone(),
        rows,
        total: row(tally, &tally.total),
        compared_with: tally.compared_with.map(|period| period.to_string()),
        trend: trend::of_tally(area, result, tally),
        turn,
    })
}

/// What a row weighs on the page, in bytes: its cells with their tags, counts and rates twice, once with the sum.
fn weight(row: &TallyRow) -> usize {
    let cells = row.counts.iter().map(|count| count.title.len() + 140).sum::<usize>();
    let rates =
        row.rates.iter().map(|rate| 2 * rate.title.len() + 2 * rate.arithmetic.len() + 390).sum::<usize>();
    let extra = row.extra.iter().map(|text| text.len() + 60).sum::<usize>();
    cells + rates + extra + row.unmet.len() * 120 + 2 * row.unit.len() + 160
}

fn rules(tally: &Tally) -> Vec<RateRuleView> {
    let rule = |rule: &crate::kinds::results::RateRule| {
        let of: Vec<&str> = rule.of.iter().map(|column| column.value.as_str()).collect();
        RateRuleView {
            title: rule.title.clone(),
            formula: format!("{} ÷ {}", sum(&of), rule.over.value),
            at_least: rule.at_least.map(|least| least.normalize().to_string()),
        }
    };
    tally.rates.iter().map(rule).collect()
}

/// A sum of names or figures, in brackets where there are several.
fn sum<T: AsRef<str>>(of: &[T]) -> String {
    match of {
        [only] => only.as_ref().to_owned(),
        several => format!("({})", several.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" + ")),
    }
}

fn target_view(target: &crate::kinds::results::Target) -> TargetView {
    TargetView {
        column: target.column.value.clone(),
        at_least: target.at_least.normalize().to_string(),
        category: target.category.as_ref().map(|category| category.value.clone()),
    }
}

fn row(tally: &Tally, unit: &Tallied) -> TallyRow {
    let count_of = |title: &str| {
        let index = tally.columns.iter().position(|known| compared(known, title));
        index
            .and_then(|index| unit.counts.get(index))
            .map(|count| Figure(*count).to_string())
            .unwrap_or_default()
    };
    let rate = |(rule, rate): (&crate::kinds::results::RateRule, &Option<RateOf>)| {
        let of: Vec<String> = rule.of.iter().map(|column| count_of(&column.value)).collect();
        RateView {
            title: rule.title.clone(),
            percent: rate.map(|rate| Figure(rate.percent).to_string()),
            arithmetic: format!("{} ÷ {}", sum(&of), count_of(&rule.over.value)),
            met: rate.and_then(|rate| rate.met),
        }
    };
    let unmet = tally.targets.iter().zip(&unit.met).filter(|(_, met)| **met == Some(false));
    let counts = tally.columns.iter().zip(&unit.counts).zip(&unit.changes);
    let category = unit.category.and_then(|category| tally.categories.get(category));
    TallyRow {
        unit: unit.name.clone(),
        address: None,
        category: category.cloned(),
        counts: counts.map(|((title, count), change)| count_view(title, *count, change.as_ref())).collect(),
        rates: tally.rates.iter().zip(&unit.rates).map(rate).collect(),
        unmet: unmet.map(|((target, _), _)| target_view(target)).collect(),
        extra: unit.extra.clone(),
    }
}

fn compared(one: &str, other: &str) -> bool {
    crate::source::normalise_heading(one) == crate::source::normalise_heading(other)
}

fn count_view(title: &str, count: rust_decimal::Decimal, change: Option<&Change>) -> CountView {
    let signed = |number: rust_decimal::Decimal| {
        let sign = if number > rust_decimal::Decimal::ZERO { "+" } else { "" };
        format!("{sign}{}", Figure(number))
    };
    CountView {
        title: title.to_owned(),
        figure: Figure(count).to_string(),
        difference: change.map(|change| signed(change.difference)),
        percent: change.and_then(|change| change.percent).map(signed),
    }
}
