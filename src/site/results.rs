//! Pages and open data of results.

mod csv;
mod data;
mod table;

use chrono::NaiveDate;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::{Artifact, Door, Searched, Site, within};
use crate::board::{AreaOnBoard, ResultOnBoard};
use crate::diagnostics::Failure;
use crate::kinds::results::{Body, Ranking};
use crate::privacy::Form;
use crate::theme::Words;
use crate::values::Fingerprint;
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
        let words = &site.theme.words;
        let (title, origin) = (result.title.as_str(), Some(result.file));
        let rows = result_csv(on_board, site.board.day, words);
        let fingerprint = Fingerprint::of(&rows);
        match &result.body {
            Body::Ranking(ranking) => {
                ranking_pages(site, area, on_board, ranking, ("ranking.html", fingerprint), pages)?;
            }
            Body::Survey(survey) => {
                ranking_pages(site, area, on_board, &survey.ranking, ("survey.html", fingerprint), pages)?;
                leave_csv(&csv::of_answers(survey, words), &within(&folder, "answers.csv"), on_board, door)?;
            }
            Body::Tally(tally) => {
                for view in views::tally(site.board, area, on_board, tally) {
                    let folder = views::folder_of_page(&folder, view.turn.paging.number);
                    let page = Page::open("tally.html", &folder, title, &view, origin);
                    pages.leave(&page.showing(Some(fingerprint)))?;
                }
            }
            Body::Ledger(ledger) => {
                for view in views::ledger(site.board, area, on_board, ledger) {
                    let folder = views::folder_of_page(&folder, view.turn.paging.number);
                    let page = Page::open("ledger.html", &folder, title, &view, origin);
                    pages.leave(&page.showing(Some(fingerprint)))?;
                }
            }
        }
        leave_csv(&rows, &within(&folder, "scores.csv"), on_board, door)?;
        leave_json(&data::of(on_board, site.board.day), &within(&folder, "data.json"), origin, door)?;
    }
    Ok(())
}

/// The rows of a result as they are published in CSV; those of a ledger as they are on `day`.
pub fn result_csv(on_board: &ResultOnBoard, day: NaiveDate, words: &Words) -> Vec<u8> {
    match &on_board.result.body {
        Body::Ranking(ranking) => csv::of_ranking(on_board, ranking, words),
        Body::Survey(survey) => csv::of_ranking(on_board, &survey.ranking, words),
        Body::Tally(tally) => csv::of_tally(tally, words),
        Body::Ledger(ledger) => csv::of_ledger(ledger, day, words),
    }
}

fn ranking_pages(
    site: Site<'_>,
    area: &AreaOnBoard,
    on_board: &ResultOnBoard,
    ranking: &Ranking,
    (template, fingerprint): (&'static str, Fingerprint),
    pages: &mut Pages<'_, '_>,
) -> Result<(), Failure> {
    let result = &on_board.result;
    let folder = area.page("results", &result.name);
    let table = table::of(ranking, &site.theme.words);
    for view in views::ranking(site.board, area, on_board, ranking, table.weight()) {
        let folder = views::folder_of_page(&folder, view.turn.paging.number);
        let view = table.page(&view, &views::root_from(&folder));
        let page = Page::open(template, &folder, &result.title, &view, Some(result.file));
        pages.leave(&page.showing(Some(fingerprint)))?;
    }
    Ok(())
}

fn leave_csv(bytes: &[u8], path: &str, on_board: &ResultOnBoard, door: &dyn Door) -> Result<(), Failure> {
    let (searched, origin) = (Searched::Bytes(Form::Csv), Some(on_board.result.file));
    door.leave(Artifact { path, bytes, searched, origin })
}
