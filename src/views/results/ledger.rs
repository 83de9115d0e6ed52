//! The page of a ledger.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::common::{ResultHead, Turn, paged};
use crate::board::{AreaOnBoard, Board, ResultOnBoard};
use crate::kinds::results::{Ledger, LedgerItem, Satisfied, Step};
use crate::views::frame::encode_path;

/// A ledger.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerView {
    /// Title, dates.
    #[serde(flatten)]
    pub head: ResultHead,
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
    /// Which page this is.
    #[serde(flatten)]
    pub turn: Turn,
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
    let (result, day) = (&on_board.result, board.day);
    let progress = ledger.progress(day);
    let step = |(step, count, percent): &(Step, u64, Option<Decimal>)| StepView {
        step: *step,
        count: *count,
        percent: percent.map(|percent| percent.to_string()),
    };
    let steps: Vec<StepView> = progress.steps.iter().map(step).collect();
    let known = ledger.items.iter().zip(&on_board.pages).filter(|(item, _)| item.exists(day));
    let items = known.map(|(item, page)| item_view(item, page.as_deref(), day)).collect();
    paged(area, result, items, weight, |turn, items| LedgerView {
        head: ResultHead::of(area, result),
        total: progress.total,
        steps: steps.clone(),
        overdue: progress.overdue,
        late: progress.late,
        satisfied: progress.satisfied.clone(),
        satisfaction: progress.satisfaction.map(|percent| percent.to_string()),
        extra: ledger.extra.clone(),
        items,
        turn,
    })
}

/// What a row weighs on the page, in bytes.
fn weight(item: &ItemView) -> usize {
    let texts = [&item.number, &item.matter, &item.unit, &item.person].map(|text| text.len());
    let extra = item.extra.iter().map(|text| text.len() + 60).sum::<usize>();
    texts.iter().sum::<usize>() + extra + item.steps.len() * 120 + 700
}

fn item_view(item: &LedgerItem, page: Option<&str>, day: NaiveDate) -> ItemView {
    let on = item.on(day);
    ItemView {
        number: item.number.clone(),
        matter: item.matter.clone(),
        unit: item.unit.clone(),
        person: item.person.clone(),
        deadline: item.deadline,
        received: item.received,
        steps: item.steps_done(day).collect(),
        step: on.step,
        overdue: on.overdue,
        late: on.late,
        page: page.map(encode_path),
        satisfied: item.satisfied_on(day),
        extra: item.extra.clone(),
    }
}
