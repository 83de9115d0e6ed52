//! Programs and funds: their page, and the same as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::pages::{Page, Pages};
use super::{Door, Site, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::kinds::programs::{Cap, Inflow};
use crate::kinds::subsidies::Stage;
use crate::values::{Figure, Yuan};
use crate::views;

#[derive(Serialize)]
struct ProgramsData<'v> {
    programs: Vec<ProgramData<'v>>,
    funds: Vec<FundData<'v>>,
}

#[derive(Serialize)]
struct ProgramData<'v> {
    id: &'v str,
    title: &'v str,
    basis: Option<&'v str>,
    from: NaiveDate,
    to: Option<NaiveDate>,
    amount: Option<Yuan>,
    unit: Option<&'v str>,
    conditions: Option<&'v str>,
    fund: Option<&'v str>,
    payer: Option<&'v str>,
    cap: Option<Cap>,
    exclusive_with: &'v [&'v str],
    below_own_expense: bool,
    floors: Vec<FloorData<'v>>,
}

#[derive(Serialize)]
struct FloorData<'v> {
    title: Option<&'v str>,
    base: Yuan,
    times: Figure,
    least: Figure,
}

#[derive(Serialize)]
struct FundData<'v> {
    id: &'v str,
    title: &'v str,
    year: i32,
    opening: Yuan,
    inflows: &'v [Inflow],
    payments: Vec<PaymentData<'v>>,
    balance: Yuan,
}

#[derive(Serialize)]
struct PaymentData<'v> {
    date: NaiveDate,
    title: &'v str,
    page: &'v str,
    stage: Stage,
    program: &'v str,
    count: u32,
    amount: Yuan,
}

/// Makes the page and the open data of an area's programs and funds, where it has any.
pub(super) fn make(
    site: Site<'_>,
    area: &AreaOnBoard,
    pages: &mut Pages<'_, '_>,
    door: &dyn Door,
) -> Result<(), Failure> {
    let origin = area.programs.as_ref().map(|programs| programs.file);
    let Some(view) = views::programs(site.board, area) else { return Ok(()) };
    let folder = within(&area.path, "programs");
    pages.leave(&Page::open("programs.html", &folder, &area.area.name, &view, origin))?;
    let data = ProgramsData {
        programs: view.programs.iter().map(program).collect(),
        funds: view.funds.iter().map(fund).collect(),
    };
    leave_json(&data, &within(&area.path, "programs.json"), origin, door)
}

fn program<'v>(view: &'v views::ProgramView<'v>) -> ProgramData<'v> {
    let floors = view.floors.iter();
    ProgramData {
        id: view.id,
        title: view.title,
        basis: view.basis,
        from: view.from,
        to: view.to,
        amount: view.amount,
        unit: view.unit,
        conditions: view.conditions,
        fund: view.fund,
        payer: view.payer.filter(|_| view.fund.is_none()),
        cap: view.cap,
        exclusive_with: &view.exclusive_with,
        below_own_expense: view.below_own_expense,
        floors: floors
            .map(|floor| FloorData {
                title: floor.title,
                base: floor.base,
                times: floor.times,
                least: floor.least,
            })
            .collect(),
    }
}

fn fund<'v>(view: &'v views::FundView<'v>) -> FundData<'v> {
    let payments = view.payments.iter().map(|payment| PaymentData {
        date: payment.day,
        title: &payment.list.text,
        page: &payment.list.address,
        stage: payment.stage,
        program: payment.program,
        count: payment.count,
        amount: payment.amount,
    });
    FundData {
        id: view.id,
        title: view.title,
        year: view.year,
        opening: view.opening,
        inflows: view.inflows,
        payments: payments.collect(),
        balance: view.balance,
    }
}
