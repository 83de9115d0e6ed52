//! Programs and funds on the day: what came in, what was paid, what is left.

use chrono::{Datelike, NaiveDate};

use super::Changes;
use crate::diagnostics::FileId;
use crate::kinds::programs::{Fund, Inflow, Payment, Payments, Program, Programs};
use crate::values::Yuan;

/// The programs and funds of one area on the day.
#[derive(Debug)]
pub struct ProgramsOnBoard {
    /// Their file.
    pub file: FileId,
    /// Programs, block by block, as they are written.
    pub programs: Vec<Program>,
    /// Funds whose year has begun, the latest year first.
    pub funds: Vec<FundOnBoard>,
}

/// A fund in one year, as far as the day knows.
#[derive(Debug)]
pub struct FundOnBoard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The year.
    pub year: i32,
    /// What was there on the first day.
    pub opening: Yuan,
    /// What has come in, by day.
    pub inflows: Vec<Inflow>,
    /// What has been paid, by day; of lists of the same money the latest.
    pub payments: Vec<Payment>,
    /// Opening and what has come in, less what has been paid.
    pub balance: Yuan,
}

impl FundOnBoard {
    /// All that has come in.
    pub fn received(&self) -> Yuan {
        self.inflows.iter().map(|inflow| inflow.amount).sum()
    }

    /// All that has been paid.
    pub fn paid(&self) -> Yuan {
        self.payments.iter().map(|payment| payment.amount).sum()
    }
}

/// The programs and funds of the area at `path` on the day; `None` where it has none.
pub(super) fn resolve(
    path: &str,
    programs: &Programs,
    payments: &Payments,
    changes: &mut Changes,
) -> Option<ProgramsOnBoard> {
    let own: Vec<Program> = programs.programs.iter().filter(|one| one.area == path).cloned().collect();
    let funds: Vec<&Fund> = programs.funds.iter().filter(|one| one.area == path).collect();
    let first = own.first().map(|one| one.id.place).or_else(|| funds.first().map(|one| one.id.place));
    let file = first?.file;
    let mut on_board = Vec::new();
    for fund in funds {
        changes.on(NaiveDate::from_ymd_opt(fund.year, 1, 1));
        if fund.year <= changes.day().year() {
            on_board.push(fund_on(fund, programs, payments, changes));
        }
    }
    on_board.sort_by_key(|fund: &FundOnBoard| std::cmp::Reverse(fund.year));
    Some(ProgramsOnBoard { file, programs: own, funds: on_board })
}

fn fund_on(fund: &Fund, programs: &Programs, payments: &Payments, changes: &mut Changes) -> FundOnBoard {
    let day = changes.day();
    let mut inflows: Vec<Inflow> = Vec::new();
    for inflow in &fund.inflows {
        changes.on(Some(inflow.on));
        if inflow.on <= day {
            inflows.push(inflow.clone());
        }
    }
    inflows.sort_by_key(|inflow| inflow.on);
    let mut counted = Vec::new();
    let of_fund = |one: &&Payment| one.fund == fund.id.value && one.day.year() == fund.year;
    for payment in payments.list.iter().filter(of_fund) {
        changes.on(Some(payment.day));
        changes.on(payment.until);
        if payment.counts_on(day) {
            counted.push(payment.clone());
        }
    }
    let mut on_board = FundOnBoard {
        id: fund.id.value.clone(),
        title: fund.title.clone(),
        year: fund.year,
        opening: programs.opening(fund, payments, day),
        inflows,
        payments: counted,
        balance: Yuan::ZERO,
    };
    on_board.balance = on_board.opening + on_board.received() + on_board.paid().negated();
    on_board
}
