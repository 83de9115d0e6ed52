//! Pages and open data of results.

mod data;
mod table;

use std::borrow::Cow;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::spreadsheet::to_csv;
use super::{Artifact, Door, Searched, Site, within};
use crate::board::{AreaOnBoard, ResultOnBoard};
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::theme::Words;
use crate::values::{Figure, Fingerprint};
use crate::views;

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
        let table = table::of(&result.ranking, &site.theme.words);
        let csv = scores(on_board, &site.theme.words);
        let fingerprint = Some(Fingerprint::of(&csv));
        for view in views::ranking(site.board, area, on_board, table.weight()) {
            let folder = views::folder_of_page(&folder, view.paging.number);
            let view = table.page(&view, &views::root_from(&folder));
            pages.leave(&Page::open("ranking.html", &folder, title, &view, origin).showing(fingerprint))?;
        }
        let path = within(&folder, "scores.csv");
        door.leave(Artifact { path: &path, bytes: &csv, searched: Searched::Bytes(Form::Csv), origin })?;
        leave_json(&data::of(on_board), &within(&folder, "data.json"), origin, door)?;
    }
    Ok(())
}

/// The rows as CSV: rank, unit, score, what it is made of, award, in the words of the board's language
/// and of its table.
fn scores(on_board: &ResultOnBoard, words: &Words) -> Vec<u8> {
    let ranking = &on_board.result.ranking;
    let has_awards = !ranking.awards.is_empty();
    let mut headings: Vec<&str> = Vec::new();
    headings.extend(ranking.category_title.as_deref());
    headings.extend([words.get("rank"), &ranking.unit_title, words.get("score")]);
    headings.extend(ranking.shown_columns().iter().chain(&ranking.extra).map(String::as_str));
    headings.extend(has_awards.then(|| words.get("award_yuan")));
    let rows = on_board.units().map(|(unit, _)| {
        let mut cells: Vec<Cow<'_, str>> = Vec::with_capacity(headings.len());
        let category = ranking.category_of(unit).unwrap_or_default();
        cells.extend(ranking.category_title.is_some().then(|| category.into()));
        cells.push(unit.standing.rank.to_string().into());
        cells.push(unit.name.as_str().into());
        cells.push(Figure(unit.score.value).to_string().into());
        cells.extend(ranking.shown_values(unit).iter().map(|value| Figure(*value).to_string().into()));
        cells.extend(unit.extra.iter().map(|cell| cell.as_str().into()));
        let award = unit.award.map(|award| award.to_string()).unwrap_or_default();
        cells.extend(has_awards.then(|| award.into()));
        cells
    });
    to_csv(&headings, rows)
}
