//! A result as JSON.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::board::ResultOnBoard;
use crate::kinds::results::{RankedUnit, Ranking};
use crate::values::{Figure, Yuan};

/// What is published of a result.
#[derive(Serialize)]
pub(super) struct ResultData<'r> {
    title: &'r str,
    kind: &'static str,
    period: String,
    date: NaiveDate,
    /// How scores are made; `None` where they are taken as stated.
    formula: Option<String>,
    rows: Rows<'r>,
}

/// The rows, each made when it is written.
struct Rows<'r>(&'r ResultOnBoard);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ranking = &self.0.result.ranking;
        serializer.collect_seq(self.0.units().map(|(unit, _)| row(ranking, unit)))
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
    /// What the score is made of, by column.
    parts: ByTitle<'r, Figure>,
    /// What stands in further columns.
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
pub(super) fn of(on_board: &ResultOnBoard) -> ResultData<'_> {
    let result = &on_board.result;
    ResultData {
        title: &result.title,
        kind: "ranking",
        period: result.period.to_string(),
        date: result.date,
        formula: (!result.ranking.as_stated).then(|| result.ranking.formula()),
        rows: Rows(on_board),
    }
}

fn row<'r>(ranking: &'r Ranking, unit: &'r RankedUnit) -> Row<'r> {
    let values = ranking.shown_values(unit).iter().copied().map(Figure);
    Row {
        unit: &unit.name,
        category: ranking.category_of(unit),
        score: Figure(unit.score.value),
        rank: unit.standing.rank,
        band: None,
        award: unit.award,
        parts: ByTitle { titles: ranking.shown_columns(), cells: values.collect() },
        extra: ByTitle { titles: &ranking.extra, cells: unit.extra.iter().map(String::as_str).collect() },
    }
}
