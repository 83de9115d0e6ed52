//! The page of a ledger.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ResultLink, neighbours, result_link};
use crate::board::{AreaOnBoard, Board, ResultOnBoard};
use crate::kinds::results::{Ledger, LedgerItem, Satisfied, Step};
use crate::views::frame::encode_path;
use crate::views::paging::{Page, split_by_weight};

/// A ledger.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerView {
    /// Title, dates.
    #[serde(flatten)]
    pub link: ResultLink,
    /// When was looked.
    pub inspected: Option<NaiveDate>,
    /// Who looked.
    pub by: Vec<String>,
    /// How many problems there are.
    pub total: u64,
    /// How many have got to each step.
    pub steps: Vec<StepView>,
    /// How many are past their deadline and not solved.
    pub overdue: u64,
    /// How many were solved after it.
    pub late: u64,
    /// What those say who brought them up, with how many of them.
    pub satisfied: Vec<(Satisfied, u64)>,
    /// How many percent of those asked are satisfied or fairly satisfied.
    pub satisfaction: Option<String>,
    /// The headings of further columns.
    pub extra: Vec<String>,
    /// The problems.
    pub items: Vec<ItemView>,
    /// The result as JSON.
    pub data: String,
    /// The rows as CSV.
    pub scores: String,
    /// Which page this is.
    pub paging: Page,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// How many problems have got to a step.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    /// The step.
    pub step: Step,
    /// How many.
    pub count: u64,
    /// How many percent of all; the bar is as long.
    pub percent: Option<String>,
}

/// A problem as it is on the day.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub matter: String,
    /// Who has to solve it.
    pub unit: String,
    /// Who there.
    pub person: String,
    /// By when.
    pub deadline: Option<NaiveDate>,
    /// When it was taken in.
    pub received: Option<NaiveDate>,
    /// The steps done, with their days.
    pub steps: Vec<(Step, NaiveDate)>,
    /// The last step done; `None` when it is not solved.
    pub step: Option<Step>,
    /// Whether its deadline has passed and it is not solved.
    pub overdue: bool,
    /// Whether it was solved after its deadline.
    pub late: bool,
    /// Where it was publicised, from the site's root.
    pub page: Option<String>,
    /// What whoever brought it up says.
    pub satisfied: Option<Satisfied>,
    /// What stands in further columns.
    pub extra: Vec<String>,
}

/// The pages of a ledger.
pub fn ledger(
    board: &Board,
    area: &AreaOnBoard,
    on_board: &ResultOnBoard,
    ledger: &Ledger,
) -> Vec<LedgerView> {
    let whole = whole(board, area, on_board, ledger);
    let folder = area.page("results", &on_board.result.name);
    let pages = split_by_weight(whole.items.clone(), weight);
    let view = |(paging, items): (Page, Vec<ItemView>)| {
        let [previous, next] = neighbours(&folder, paging);
        LedgerView { items, paging, previous, next, ..whole.clone() }
    };
    pages.into_iter().map(view).collect()
}

/// What a row weighs on the page, in bytes.
fn weight(item: &ItemView) -> usize {
    let texts = [&item.number, &item.matter, &item.unit, &item.person].map(|text| text.len());
    let extra = item.extra.iter().map(|text| text.len() + 60).sum::<usize>();
    texts.iter().sum::<usize>() + extra + item.steps.len() * 120 + 700
}

fn whole(board: &Board, area: &AreaOnBoard, on_board: &ResultOnBoard, ledger: &Ledger) -> LedgerView {
    let result = &on_board.result;
    let folder = area.page("results", &result.name);
    let within = |name: &str| encode_path(&format!("{folder}/{name}"));
    let progress = ledger.progress(board.day);
    let steps = progress.steps.iter().map(|(step, count, percent)| StepView {
        step: *step,
        count: *count,
        percent: percent.map(|percent| percent.to_string()),
    });
    let items = ledger.items.iter().zip(&on_board.pages);
    LedgerView {
        link: result_link(area, result),
        inspected: result.inspected,
        by: result.by.clone(),
        total: progress.total,
        steps: steps.collect(),
        overdue: progress.overdue,
        late: progress.late,
        satisfied: progress.satisfied,
        satisfaction: progress.satisfaction.map(|percent| percent.to_string()),
        extra: ledger.extra.clone(),
        items: items
            .filter(|(item, _)| item.exists(board.day))
            .map(|(item, page)| item_view(item, page.as_deref(), board.day))
            .collect(),
        data: within("data.json"),
        scores: within("scores.csv"),
        paging: Page { number: 1, count: 1 },
        previous: None,
        next: None,
    }
}

fn item_view(item: &LedgerItem, page: Option<&str>, day: NaiveDate) -> ItemView {
    let all = [Step::Solved, Step::Answered, Step::Closed, Step::Publicised];
    let on = item.on(day);
    ItemView {
        number: item.number.clone(),
        matter: item.matter.clone(),
        unit: item.unit.clone(),
        person: item.person.clone(),
        deadline: item.deadline,
        received: item.received,
        steps: all.iter().filter_map(|step| Some((*step, item.done(*step, day)?))).collect(),
        step: on.step,
        overdue: on.overdue,
        late: on.late,
        page: page.map(encode_path),
        satisfied: item.satisfied_on(day),
        extra: item.extra.clone(),
    }
}
