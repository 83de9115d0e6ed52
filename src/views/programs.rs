//! Programs and funds: what there is, on what terms, and where the money went.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::frame::{Link, encode_path};
use super::subsidies::disclosure_link;
use crate::board::{AreaOnBoard, Board, FundOnBoard, ProgramsOnBoard};
use crate::kinds::programs::{Cap, Floor, FloorBase, Inflow, MoneySource, Program};
use crate::kinds::subsidies::Stage;
use crate::values::{Figure, Yuan};

/// The page of an area's programs and funds.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramsView<'b> {
    /// Funds, the latest year first.
    pub funds: Vec<FundView<'b>>,
    /// Programs, as they are written.
    pub programs: Vec<ProgramView<'b>>,
    /// The same as JSON.
    pub json: String,
}

/// A fund in one year.
#[derive(Clone, Debug, Serialize)]
pub struct FundView<'b> {
    /// Its id.
    pub id: &'b str,
    /// Its title.
    pub title: &'b str,
    /// The year.
    pub year: i32,
    /// What was there on the first day.
    pub opening: Yuan,
    /// What has come in.
    pub inflows: &'b [Inflow],
    /// The sum of it.
    pub received: Yuan,
    /// Opening and all that has come in.
    pub available: Yuan,
    /// What has been paid.
    pub payments: Vec<PaymentView<'b>>,
    /// The sum of it.
    pub paid: Yuan,
    /// What is left.
    pub balance: Yuan,
    /// Where the money went, by program in the order of amounts, and what is left; none where there was no money.
    pub uses: Vec<UseView<'b>>,
}

/// One payment.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentView<'b> {
    /// The day.
    pub day: NaiveDate,
    /// The list.
    #[serde(flatten)]
    pub list: Link,
    /// How far that has come.
    pub stage: Stage,
    /// Title of the program.
    pub program: &'b str,
    /// Number of rows.
    pub count: u32,
    /// How much.
    pub amount: Yuan,
}

/// A part of a fund.
#[derive(Clone, Debug, Serialize)]
pub struct UseView<'b> {
    /// Title of the program; `None` for what is left.
    pub title: Option<&'b str>,
    /// How much.
    pub amount: Yuan,
    /// Of a hundred, rounded to one place.
    pub share: Figure,
}

/// A block of a program.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramView<'b> {
    /// Its id.
    pub id: &'b str,
    /// Its title.
    pub title: &'b str,
    /// On what ground.
    pub basis: Option<&'b str>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Amount for one unit.
    pub amount: Option<Yuan>,
    /// The unit.
    pub unit: Option<&'b str>,
    /// Who gets it.
    pub conditions: Option<&'b str>,
    /// Id of the fund that pays.
    pub fund: Option<&'b str>,
    /// Who pays: the title of the fund, or somebody else.
    pub payer: Option<&'b str>,
    /// Ceiling.
    pub cap: Option<Cap>,
    /// Other programs of which a household holds only one a year with this one.
    pub exclusive_with: Vec<&'b str>,
    /// Whether it stays below what somebody has paid themselves.
    pub below_own_expense: bool,
    /// What the amount must reach.
    pub floors: Vec<FloorView<'b>>,
}

/// What an amount must reach.
#[derive(Clone, Debug, Serialize)]
pub struct FloorView<'b> {
    /// What it is called.
    pub title: Option<&'b str>,
    /// Of what.
    pub base: Yuan,
    /// How many times.
    pub times: Figure,
    /// What that is.
    pub least: Figure,
    /// The same as money, where it is no more exact than that.
    pub least_money: Option<Yuan>,
}

/// The programs and funds of an area; `None` where it has none.
pub fn programs<'b>(board: &'b Board, area: &'b AreaOnBoard) -> Option<ProgramsView<'b>> {
    let ProgramsOnBoard { programs, funds, .. } = area.programs.as_ref()?;
    let path = if area.path.is_empty() {
        "programs.json".to_owned()
    } else {
        format!("{}/programs.json", area.path)
    };
    Some(ProgramsView {
        funds: funds.iter().map(|fund| fund_view(board, fund)).collect(),
        programs: programs.iter().map(|one| program_view(board, one)).collect(),
        json: encode_path(&path),
    })
}

/// All programs of a board.
fn all(board: &Board) -> impl Iterator<Item = &Program> {
    board.areas.iter().filter_map(|area| area.programs.as_ref()).flat_map(|one| &one.programs)
}

fn title_of<'b>(board: &'b Board, id: &str, day: NaiveDate) -> &'b str {
    let blocks = || all(board).filter(|one| one.id.value == id);
    let held = blocks().filter(|one| one.from.value <= day).max_by_key(|one| one.from.value);
    held.or_else(|| blocks().next()).map_or("", |one| one.title.as_str())
}

fn fund_view<'b>(board: &'b Board, fund: &'b FundOnBoard) -> FundView<'b> {
    let payments = fund.payments.iter().filter_map(|payment| {
        let area = board.areas.iter().find(|area| area.path == payment.area)?;
        let disclosure = area.disclosure(&payment.disclosure)?;
        Some(PaymentView {
            day: payment.day,
            list: Link { text: disclosure.title.clone(), address: disclosure_link(area, disclosure).address },
            stage: disclosure.stage,
            program: title_of(board, &payment.program, payment.day),
            count: payment.count,
            amount: payment.amount,
        })
    });
    let available = fund.opening + fund.received();
    FundView {
        id: &fund.id,
        title: &fund.title,
        year: fund.year,
        opening: fund.opening,
        inflows: &fund.inflows,
        received: fund.received(),
        available,
        payments: payments.collect(),
        paid: fund.paid(),
        balance: fund.balance,
        uses: uses(board, fund, available),
    }
}

/// The parts of a fund by program, the largest first, and what is left.
fn uses<'b>(board: &'b Board, fund: &'b FundOnBoard, available: Yuan) -> Vec<UseView<'b>> {
    let mut sums: Vec<(&str, Yuan)> = Vec::new();
    for payment in &fund.payments {
        match sums.iter_mut().find(|(id, _)| *id == payment.program) {
            Some((_, sum)) => *sum = *sum + payment.amount,
            None => sums.push((&payment.program, payment.amount)),
        }
    }
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let part = |title, amount: Yuan| {
        let share = (amount.to_decimal() * Decimal::ONE_HUNDRED).checked_div(available.to_decimal())?;
        let share = Figure(share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero));
        Some(UseView { title, amount, share })
    };
    let used = sums.into_iter().map(|(id, sum)| part(Some(title_of(board, id, board.day)), sum));
    used.chain([part(None, fund.balance)]).flatten().collect()
}

fn program_view<'b>(board: &'b Board, program: &'b Program) -> ProgramView<'b> {
    let fund = program.fund();
    let title_of_fund = |id: &str| {
        let areas = board.areas.iter().filter_map(|area| area.programs.as_ref());
        areas.flat_map(|one| &one.funds).find(|fund| fund.id == id).map(|fund| fund.title.as_str())
    };
    let mut exclusive_with: Vec<&str> = Vec::new();
    for other in all(board).filter(|one| one.exclusive.is_some() && one.exclusive == program.exclusive) {
        if other.id.value != program.id.value && !exclusive_with.contains(&other.title.as_str()) {
            exclusive_with.push(&other.title);
        }
    }
    ProgramView {
        id: &program.id.value,
        title: &program.title,
        basis: program.basis.as_deref(),
        from: program.from.value,
        to: program.to,
        amount: program.amount.map(|amount| amount.value),
        unit: program.unit.as_deref(),
        conditions: program.conditions.as_deref(),
        fund,
        payer: match &program.source {
            Some(MoneySource::Payer(payer)) => Some(payer),
            _ => fund.and_then(title_of_fund),
        },
        cap: program.cap,
        exclusive_with,
        below_own_expense: program.below_own_expense,
        floors: program.floors.iter().filter_map(|floor| floor_view(board, program, floor)).collect(),
    }
}

fn floor_view<'b>(board: &'b Board, program: &Program, floor: &'b Floor) -> Option<FloorView<'b>> {
    let (base, title) = match &floor.base {
        FloorBase::Amount(base) => (*base, floor.title.as_deref()),
        FloorBase::Program(id) => {
            let begun = all(board).filter(|one| one.id.value == id.value);
            let begun = begun.filter(|one| one.from.value <= program.from.value);
            let block = begun.max_by_key(|one| one.from.value)?;
            (block.amount?.value, floor.title.as_deref().or(Some(&block.title)))
        }
    };
    let least = Figure(base.to_decimal().checked_mul(floor.times)?.normalize());
    let least_money = Yuan::parse(&least.to_string()).ok();
    Some(FloorView { title, base, times: Figure(floor.times), least, least_money })
}
