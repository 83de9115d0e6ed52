//! A result as JSON.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::board::ResultOnBoard;
use crate::kinds::results::{
    Body, Item, Ledger, LedgerItem, RankedUnit, Ranking, Satisfied, Step, Survey, Tallied, Tally,
};
use crate::values::{Figure, Yuan};

/// What is published of a result.
#[derive(Serialize)]
pub(super) struct ResultData<'r> {
    title: &'r str,
    kind: &'static str,
    period: String,
    date: NaiveDate,
    /// How scores are made; `None` where they are taken as stated, or there are none.
    formula: Option<String>,
    rows: Rows<'r>,
    /// All units of a tally together.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<TallyRow<'r>>,
}

/// The rows, each made when it is written.
struct Rows<'r>(&'r ResultOnBoard, NaiveDate);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(on_board, day) = self;
        match &on_board.result.body {
            Body::Ranking(ranking) => {
                serializer.collect_seq(on_board.units().map(|(unit, _)| row(ranking, unit, None)))
            }
            Body::Survey(survey) => {
                let ranking = &survey.ranking;
                serializer.collect_seq(on_board.units().map(|(unit, _)| row(ranking, unit, Some(survey))))
            }
            Body::Tally(tally) => {
                serializer.collect_seq(tally.units.iter().map(|unit| tally_row(tally, unit)))
            }
            Body::Ledger(ledger) => {
                let items = ledger.items.iter().zip(&on_board.pages).filter(|(item, _)| item.exists(*day));
                serializer
                    .collect_seq(items.map(|(item, page)| ledger_row(ledger, item, page.as_deref(), *day)))
            }
        }
    }
}

#[derive(Serialize)]
struct Row<'r> {
    unit: &'r str,
    category: Option<&'r str>,
    score: Figure,
    rank: u32,
    band: Option<&'r str>,
    award: Option<Yuan>,
    /// What follows from its ranks in several publications.
    streak: Option<&'r str>,
    /// What the score is made of, by column.
    parts: ByTitle<'r, Figure>,
    /// Items of work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemRow<'r>>,
    /// What groups give to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupRow<'r>>,
    /// What stands in further columns.
    extra: ByTitle<'r, &'r str>,
}

#[derive(Serialize)]
struct ItemRow<'r> {
    title: &'r str,
    points: Figure,
    done: Figure,
    due: Figure,
}

#[derive(Serialize)]
struct GroupRow<'r> {
    title: &'r str,
    score: Figure,
    valid: u64,
}

#[derive(Serialize)]
struct TallyRow<'r> {
    unit: Option<&'r str>,
    category: Option<&'r str>,
    counts: ByTitle<'r, Figure>,
    /// In percent, by title; null of nothing.
    rates: Vec<RateRow<'r>>,
    /// The changes on the period before, by column.
    changes: ByTitle<'r, Option<ChangeRow>>,
    /// Columns whose target is not met.
    unmet: Vec<&'r str>,
    extra: ByTitle<'r, &'r str>,
}

#[derive(Serialize)]
struct RateRow<'r> {
    title: &'r str,
    percent: Option<Figure>,
    met: Option<bool>,
}

#[derive(Serialize)]
struct ChangeRow {
    base: Figure,
    difference: Figure,
    percent: Option<Figure>,
}

#[derive(Serialize)]
struct LedgerRow<'r> {
    number: &'r str,
    matter: &'r str,
    unit: &'r str,
    person: &'r str,
    deadline: Option<NaiveDate>,
    received: Option<NaiveDate>,
    solved: Option<NaiveDate>,
    answered: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    publicised: Option<NaiveDate>,
    page: Option<&'r str>,
    satisfied: Option<Satisfied>,
    overdue: bool,
    late: bool,
    extra: ByTitle<'r, &'r str>,
}

/// Cells by the headings of their columns.
struct ByTitle<'r, T> {
    titles: &'r [String],
    cells: Vec<T>,
}

impl<T: Serialize> Serialize for ByTitle<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.titles.iter().zip(&self.cells))
    }
}

/// The result as it is on the board.
pub(super) fn of(on_board: &ResultOnBoard, day: NaiveDate) -> ResultData<'_> {
    let result = &on_board.result;
    let computed = result.ranking().filter(|ranking| !ranking.as_stated);
    ResultData {
        title: &result.title,
        kind: result.kind(),
        period: result.period.to_string(),
        date: result.date,
        formula: computed.map(Ranking::formula),
        rows: Rows(on_board, day),
        total: match &result.body {
            Body::Tally(tally) => Some(tally_row(tally, &tally.total)),
            _ => None,
        },
    }
}

fn texts<'r>(titles: &'r [String], cells: &'r [String]) -> ByTitle<'r, &'r str> {
    ByTitle { titles, cells: cells.iter().map(String::as_str).collect() }
}

fn row<'r>(ranking: &'r Ranking, unit: &'r RankedUnit, survey: Option<&'r Survey>) -> Row<'r> {
    let values = ranking.shown_values(unit).iter().copied().map(Figure);
    let item = |item: &'r Item| ItemRow {
        title: &item.title,
        points: Figure(item.points),
        done: Figure(item.done),
        due: Figure(item.due),
    };
    let groups = survey.iter().flat_map(|survey| &survey.groups);
    let scores = unit.surveyed.iter().flat_map(|surveyed| &surveyed.groups);
    Row {
        unit: &unit.name,
        category: ranking.category_of(unit),
        score: Figure(unit.score.value),
        rank: unit.standing.rank,
        band: unit.band.as_deref(),
        award: unit.award,
        streak: unit.streak.as_deref(),
        parts: ByTitle { titles: ranking.shown_columns(), cells: values.collect() },
        items: unit.items.iter().map(item).collect(),
        groups: groups
            .zip(scores)
            .map(|(group, score)| GroupRow {
                title: &group.title,
                score: Figure(score.score),
                valid: score.valid,
            })
            .collect(),
        extra: texts(&ranking.extra, &unit.extra),
    }
}

fn tally_row<'r>(tally: &'r Tally, unit: &'r Tallied) -> TallyRow<'r> {
    let category = unit.category.and_then(|category| tally.categories.get(category));
    let rates = tally.rates.iter().zip(&unit.rates).map(|(rule, rate)| RateRow {
        title: &rule.title,
        percent: rate.map(|rate| Figure(rate.percent)),
        met: rate.and_then(|rate| rate.met),
    });
    let changes = unit.changes.iter().map(|change| {
        change.map(|change| ChangeRow {
            base: Figure(change.base),
            difference: Figure(change.difference),
            percent: change.percent.map(Figure),
        })
    });
    let unmet = tally.targets.iter().zip(&unit.met).filter(|(_, met)| **met == Some(false));
    TallyRow {
        unit: Some(unit.name.as_str()).filter(|name| !name.is_empty()),
        category: category.map(String::as_str),
        counts: ByTitle { titles: &tally.columns, cells: unit.counts.iter().copied().map(Figure).collect() },
        rates: rates.collect(),
        changes: ByTitle { titles: &tally.columns, cells: changes.collect() },
        unmet: unmet.map(|((target, _), _)| target.column.value.as_str()).collect(),
        extra: texts(&tally.extra, &unit.extra),
    }
}

fn ledger_row<'r>(
    ledger: &'r Ledger,
    item: &'r LedgerItem,
    page: Option<&'r str>,
    day: NaiveDate,
) -> LedgerRow<'r> {
    let on = item.on(day);
    LedgerRow {
        number: &item.number,
        matter: &item.matter,
        unit: &item.unit,
        person: &item.person,
        deadline: item.deadline,
        received: item.received,
        solved: item.done(Step::Solved, day),
        answered: item.done(Step::Answered, day),
        closed: item.done(Step::Closed, day),
        publicised: item.done(Step::Publicised, day),
        page,
        satisfied: item.satisfied_on(day),
        overdue: on.overdue,
        late: on.late,
        extra: texts(&ledger.extra, &item.extra),
    }
}
