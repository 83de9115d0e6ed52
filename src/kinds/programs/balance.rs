//! The balance of funds: opening + what came in − what was paid, never negative, and carried into the next year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Fund, Payments, Programs};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::values::Yuan;

const FUND_OVERDRAWN: Code = Code::error("fund-overdrawn");
const OPENING_DIFFERS: Code = Code::error("opening-differs");
const FUND_YEAR_MISSING: Code = Code::warning("fund-year-missing");

/// One change of a balance.
struct Move {
    day: NaiveDate,
    amount: Yuan,
    place: Option<Place>,
}

impl Programs {
    /// What a fund has in hand on the first day of its year, as it is known on `day`: as stated, or what the year
    /// before has left.
    pub fn opening(&self, fund: &Fund, payments: &Payments, day: NaiveDate) -> Yuan {
        let before = || self.fund(&fund.id.value, fund.year - 1);
        let stated = fund.opening.map(|opening| opening.value);
        stated.or_else(|| Some(self.closing(before()?, payments, day))).unwrap_or_default()
    }

    /// What a fund has left at the end of its year, as it is known on `day`.
    fn closing(&self, fund: &Fund, payments: &Payments, day: NaiveDate) -> Yuan {
        let moves = moves(fund, payments).into_iter().filter(|one| one.day <= day);
        self.opening(fund, payments, day) + moves.map(|one| one.amount).sum()
    }

    /// Checks that no fund is overdrawn on any day, that a year opens with what the year before has left, and that
    /// the fund of a payment has a block for its year.
    pub fn check_balances(&self, payments: &Payments, problems: &mut Problems) {
        for fund in &self.funds {
            self.check_opening(fund, payments, problems);
            let mut balance = self.opening(fund, payments, NaiveDate::MAX);
            for one in moves(fund, payments) {
                let before = balance;
                balance = balance + one.amount;
                if let Some(place) = one.place.filter(|_| balance.is_negative()) {
                    let problem = Diagnostic::new(FUND_OVERDRAWN, place).and(fund.id.place);
                    let problem = problem.with("fund", &fund.title).with("day", one.day);
                    let problem = problem.with("before", before.grouped());
                    let problem = problem.with("amount", one.amount.negated().grouped());
                    problems.add(problem.with("after", balance.grouped()));
                    break;
                }
            }
        }
        let mut said = BTreeSet::new();
        for payment in &payments.list {
            let year = payment.day.year();
            let known = self.fund(&payment.fund, year).is_some();
            // A fund that is nowhere has been reported.
            let elsewhere = self.funds.iter().any(|fund| fund.id.value == payment.fund);
            if !known && elsewhere && said.insert((&payment.fund, year)) {
                let problem = Diagnostic::new(FUND_YEAR_MISSING, payment.place);
                problems.add(problem.with("fund", &payment.fund).with("year", year));
            }
        }
    }

    fn check_opening(&self, fund: &Fund, payments: &Payments, problems: &mut Problems) {
        let Some(before) = self.fund(&fund.id.value, fund.year - 1) else { return };
        let (Some(opening), closing) = (fund.opening, self.closing(before, payments, NaiveDate::MAX)) else {
            return;
        };
        if opening.value != closing {
            let problem = Diagnostic::new(OPENING_DIFFERS, opening.place).and(before.id.place);
            let problem = problem.with("year", before.year).with("stated", opening.value.grouped());
            problems.add(problem.with("computed", closing.grouped()));
        }
    }
}

/// All that comes and goes in the year of a fund, in the order of days, what comes before what goes.
fn moves(fund: &Fund, payments: &Payments) -> Vec<Move> {
    let came = fund.inflows.iter().map(|one| Move { day: one.on, amount: one.amount, place: None });
    let of_fund = payments.list.iter().filter(|one| one.fund == fund.id.value);
    let went = of_fund.flat_map(|one| {
        let paid = Move { day: one.day, amount: one.amount.negated(), place: Some(one.place) };
        let back = one.until.map(|day| Move { day, amount: one.amount, place: None });
        std::iter::once(paid).chain(back)
    });
    let mut moves: Vec<Move> = came.chain(went).filter(|one| one.day.year() == fund.year).collect();
    moves.sort_by_key(|one| (one.day, one.place.is_some()));
    moves
}
