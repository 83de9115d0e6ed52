//! What lists have taken from funds: each with its day, and of a chain only its latest stage.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Programs;
use crate::diagnostics::{FileId, Place};
use crate::kinds::AreaRecords;
use crate::kinds::subsidies::{Disclosure, Stage};
use crate::values::Yuan;

/// What one list has taken from a fund on one day for one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Id of the fund.
    pub fund: String,
    /// Id of the program.
    pub program: String,
    /// The day.
    pub day: NaiveDate,
    /// The day from which another list stands for the same money.
    pub until: Option<NaiveDate>,
    /// How much.
    pub amount: Yuan,
    /// For how many rows.
    pub count: u32,
    /// Path of the area of the list.
    pub area: String,
    /// Name of the list.
    pub disclosure: String,
    /// Where a problem of it stands.
    pub place: Place,
}

/// All payments of a board, by day.
#[derive(Clone, Debug, Default)]
pub struct Payments {
    /// The payments.
    pub list: Vec<Payment>,
}

impl Payment {
    /// Whether it counts on `day`.
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.day <= day && self.until.is_none_or(|until| day < until)
    }
}

impl Payments {
    /// Gathers the payments of all lists: what is paid or decided. What is only proposed is not paid yet.
    pub fn gather(areas: &[AreaRecords], programs: &Programs) -> Self {
        let mut list = Vec::new();
        for area in areas {
            for disclosure in &area.subsidies {
                let until = stands_until(disclosure, &area.subsidies);
                list.extend(of(disclosure, until, &area.path, programs));
            }
        }
        list.sort_by(|a, b| {
            (a.day, &a.area, &a.disclosure, &a.program).cmp(&(b.day, &b.area, &b.disclosure, &b.program))
        });
        Self { list }
    }
}

/// The day from which a later list of its area stands for the money of a list: its first day, or that of the first
/// payment that it tells of, which may lie before.
fn stands_until(disclosure: &Disclosure, lists: &[Disclosure]) -> Option<NaiveDate> {
    let links = &disclosure.links;
    let later = [&links.followed_by, &links.reposted_to].into_iter().flatten();
    let days = later.flat_map(|later| {
        let list = lists.iter().find(|one| one.name == later.name);
        let paid = list.into_iter().flat_map(|one| &one.outlays).filter_map(|outlay| outlay.paid_on);
        paid.chain([later.begins])
    });
    days.min()
}

fn of(disclosure: &Disclosure, until: Option<NaiveDate>, area: &str, programs: &Programs) -> Vec<Payment> {
    let decided = disclosure.decision.as_ref().map(|decision| decision.date.value);
    let standing = match disclosure.stage {
        Stage::Terminating => return Vec::new(),
        Stage::Proposed => decided,
        Stage::Confirmed | Stage::Paid => decided.or(disclosure.begins()),
    };
    let Some(standing) = standing else { return Vec::new() };
    let mut sums: BTreeMap<(&str, &str, NaiveDate), (Yuan, u32)> = BTreeMap::new();
    for outlay in &disclosure.outlays {
        let day = outlay.paid_on.unwrap_or(standing);
        let fund = programs.in_force(&outlay.program, day).and_then(|program| program.fund());
        let Some(fund) = fund.filter(|_| until.is_none_or(|until| day < until)) else { continue };
        let sum = sums.entry((fund, &outlay.program, day)).or_default();
        *sum = (sum.0 + outlay.amount, sum.1 + outlay.count);
    }
    let payment = |((fund, program, day), (amount, count)): ((&str, &str, NaiveDate), (Yuan, u32))| Payment {
        fund: fund.to_owned(),
        program: program.to_owned(),
        day,
        until,
        amount,
        count,
        area: area.to_owned(),
        disclosure: disclosure.name.clone(),
        place: place_of(disclosure, disclosure.file),
    };
    sums.into_iter().map(payment).collect()
}

fn place_of(disclosure: &Disclosure, file: FileId) -> Place {
    disclosure.program.as_ref().map_or(Place::file(file), |program| program.place)
}
