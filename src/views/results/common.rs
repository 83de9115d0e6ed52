//! What the pages of every result have in common: who published what when, and their order.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ResultLink, result_link};
use crate::board::AreaOnBoard;
use crate::kinds::results::PublishedResult;
use crate::views::frame::{encode_path, page_address};
use crate::views::paging::{Page, split_by_weight};

/// What stands on all pages of a result, whatever its kind.
#[derive(Clone, Debug, Serialize)]
pub struct ResultHead {
    /// Title, dates.
    #[serde(flatten)]
    pub link: ResultLink,
    /// When was looked.
    pub inspected: Option<NaiveDate>,
    /// Who looked.
    pub by: Vec<String>,
    /// The result as JSON.
    pub data: String,
    /// The rows as CSV.
    pub scores: String,
}

impl ResultHead {
    /// The head of a result of `area`.
    pub(super) fn of(area: &AreaOnBoard, result: &PublishedResult) -> Self {
        Self {
            link: result_link(area, result),
            inspected: result.inspected,
            by: result.by.clone(),
            data: within(area, result, "data.json"),
            scores: within(area, result, "scores.csv"),
        }
    }
}

/// The address of a file beside the first page of a result.
pub(super) fn within(area: &AreaOnBoard, result: &PublishedResult, name: &str) -> String {
    encode_path(&format!("{}/{name}", area.page("results", &result.name)))
}

/// Which page of several one is.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// Its number, and how many there are.
    pub paging: Page,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Turn {
    /// One of the pages whose first is in `folder`.
    fn of(folder: &str, paging: Page) -> Self {
        let address = |number: usize| page_address(&folder_of_page(folder, number));
        let previous = (paging.number > 1).then(|| address(paging.number - 1));
        let next = (paging.number < paging.count).then(|| address(paging.number + 1));
        Self { paging, previous, next }
    }
}

/// The folder of one page of a list whose first page is in `folder`.
pub fn folder_of_page(folder: &str, number: usize) -> String {
    if number <= 1 { folder.to_owned() } else { format!("{folder}/{number}") }
}

/// Splits the rows of a result into pages, each made by `view`; `weight` is what a row weighs on a page, in bytes.
pub(super) fn paged<T, V>(
    area: &AreaOnBoard,
    result: &PublishedResult,
    rows: Vec<T>,
    weight: impl Fn(&T) -> usize,
    view: impl Fn(Turn, Vec<T>) -> V,
) -> Vec<V> {
    let folder = area.page("results", &result.name);
    let pages = split_by_weight(rows, weight).into_iter();
    pages.map(|(paging, rows)| view(Turn::of(&folder, paging), rows)).collect()
}
