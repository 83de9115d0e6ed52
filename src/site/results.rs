//! Pages and open data of results.

use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site, within};
use crate::board::{AreaOnBoard, ResultOnBoard};
use crate::diagnostics::Failure;
use crate::kinds::results::Ranking;
use crate::privacy::Form;
use crate::theme::Words;
use crate::views::{self, UnitView};

#[derive(Serialize)]
struct ResultData<'r> {
    title: &'r str,
    kind: &'static str,
    period: String,
    date: chrono::NaiveDate,
    /// How scores are made; `None` where they are taken as stated.
    formula: Option<String>,
    rows: Vec<RowData>,
}

#[derive(Serialize)]
struct RowData {
    unit: String,
    category: Option<String>,
    score: String,
    rank: u32,
    band: Option<String>,
    award: Option<String>,
    /// What the score is made of, by column.
    parts: serde_json::Map<String, serde_json::Value>,
    /// What stands in further columns.
    extra: serde_json::Map<String, serde_json::Value>,
}

/// Makes the pages, `data.json` and `scores.csv` of all results of an area.
pub(super) fn make(
    site: Site<'_>,
    area: &AreaOnBoard,
    pages: &mut Pages<'_, '_>,
    door: &dyn Door,
) -> Result<(), Failure> {
    for on_board in &area.results {
        let result = &on_board.result;
        let folder = area.page("results", &result.name);
        let (title, origin) = (result.title.as_str(), Some(result.file));
        let views = views::ranking(site.board, area, on_board);
        for view in &views {
            let folder = views::folder_of_page(&folder, view.paging.number);
            let template = "ranking.html";
            pages.leave(&Page { template, folder: &folder, title, view, origin, noindex: false })?;
        }
        // The pages hold all rows in their order, and making them costs more than taking them apart.
        let tables = views.into_iter().flat_map(|view| view.tables);
        let rows: Vec<UnitView> = tables.flat_map(|table| table.rows).collect();
        let csv = scores(&result.ranking, &rows, &site.theme.words);
        let path = within(&folder, "scores.csv");
        door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
        leave_json(&data(on_board, rows), &within(&folder, "data.json"), origin, door)?;
    }
    Ok(())
}

fn data(on_board: &ResultOnBoard, rows: Vec<UnitView>) -> ResultData<'_> {
    let result = &on_board.result;
    let ranking = &result.ranking;
    let row = |row: UnitView| RowData {
        unit: row.unit,
        category: row.category,
        score: row.score,
        rank: row.rank,
        band: None,
        award: row.award,
        parts: by_title(ranking.shown_columns(), row.values),
        extra: by_title(&ranking.extra, row.extra),
    };
    ResultData {
        title: &result.title,
        kind: "ranking",
        period: result.period.to_string(),
        date: result.date,
        formula: (!ranking.as_stated).then(|| ranking.formula()),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn by_title(titles: &[String], cells: Vec<String>) -> serde_json::Map<String, serde_json::Value> {
    titles.iter().cloned().zip(cells.into_iter().map(serde_json::Value::String)).collect()
}

/// The rows as CSV: rank, unit, score, what it is made of, award, in the words of the board's language
/// and of its table.
fn scores(ranking: &Ranking, rows: &[UnitView], words: &Words) -> Vec<u8> {
    let has_awards = !ranking.awards.is_empty();
    let mut headings: Vec<&str> = Vec::new();
    headings.extend(ranking.category_title.as_deref());
    headings.extend([words.get("rank"), &ranking.unit_title, words.get("score")]);
    headings.extend(ranking.shown_columns().iter().chain(&ranking.extra).map(String::as_str));
    headings.extend(has_awards.then(|| words.get("award_yuan")));
    let row = |row: &UnitView| {
        let mut cells: Vec<String> = Vec::with_capacity(headings.len());
        cells.extend(ranking.category_title.is_some().then(|| row.category.clone().unwrap_or_default()));
        cells.extend([row.rank.to_string(), row.unit.clone(), row.score.clone()]);
        cells.extend(row.values.iter().chain(&row.extra).cloned());
        cells.extend(has_awards.then(|| row.award.clone().unwrap_or_default()));
        cells
    };
    to_csv(&headings, rows.iter().map(row))
}
