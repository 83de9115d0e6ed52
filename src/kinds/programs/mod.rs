//! Subsidy programs and funds (`programs.toml`): standards, ceilings, conditions, and the money that is there.
//!
//! - [`read`]: all files of a board, checked against each other
//! - [`Programs`]: which block of a program is in force on a day
//! - [`Payments`]: what lists have taken from funds, each chain once

mod balance;
mod payments;
mod read;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;

pub use payments::{Payment, Payments};
pub use read::read;
pub(crate) use read::{UNKNOWN_PROGRAM, unknown};

use crate::diagnostics::Place;
use crate::source::Located;
use crate::values::Yuan;

/// All programs and funds of a board.
#[derive(Debug, Default)]
pub struct Programs {
    /// Programs, block by block.
    pub programs: Vec<Program>,
    /// Funds, year by year.
    pub funds: Vec<Fund>,
    /// Whether every file could be read, so that what is not found is unknown.
    complete: bool,
    /// Whether there is any file.
    declared: bool,
}

/// One block of a program: what holds from a day on.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its id. Blocks that share one come one after the other.
    pub id: Located<String>,
    /// Path of the area whose file it stands in.
    pub area: String,
    /// Title.
    pub title: String,
    /// On what ground.
    pub basis: Option<String>,
    /// First day.
    pub from: Located<NaiveDate>,
    /// Last day; without one it holds until the next block.
    pub to: Option<NaiveDate>,
    /// Amount for one unit.
    pub amount: Option<Located<Yuan>>,
    /// The unit: 元/人/月.
    pub unit: Option<String>,
    /// Who gets it.
    pub conditions: Option<String>,
    /// Where the money comes from.
    pub source: Option<MoneySource>,
    /// Ceiling.
    pub cap: Option<Cap>,
    /// A group of programs of which a household holds one a year.
    pub exclusive: Option<String>,
    /// Whether what a person gets in a year stays below what they have paid themselves.
    pub below_own_expense: bool,
    /// What the amount must reach.
    pub floors: Vec<Floor>,
    /// Month and day on which its year starts.
    pub year_starts: (u32, u32),
}

/// Where money comes from.
#[derive(Clone, Debug)]
pub enum MoneySource {
    /// A fund of the board, by its id.
    Fund(Located<String>),
    /// Somebody else.
    Payer(String),
}

/// A ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cap {
    /// For whom.
    pub per: Per,
    /// How often.
    pub every: Every,
    /// How much at most.
    pub amount: Yuan,
}

/// For whom a ceiling holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Each person.
    Person,
    /// Each household.
    Household,
}

/// How often the amount of a ceiling can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// Once and for all.
    Once,
    /// In each month.
    Month,
    /// In each year of the program.
    Year,
}

/// What the amount of a program must reach: a figure or another program, a number of times.
#[derive(Clone, Debug)]
pub struct Floor {
    /// What it is called.
    pub title: Option<String>,
    /// Of what.
    pub base: FloorBase,
    /// How many times.
    pub times: Decimal,
    /// Where it is written.
    pub place: Place,
}

/// What a floor is reckoned from.
#[derive(Clone, Debug)]
pub enum FloorBase {
    /// A figure.
    Amount(Yuan),
    /// The amount of another program.
    Program(Located<String>),
}

/// A fund in one year.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Its id. Each year has a block.
    pub id: Located<String>,
    /// Path of the area whose file it stands in.
    pub area: String,
    /// Title.
    pub title: String,
    /// The year.
    pub year: i32,
    /// What was there on the first day; without one what the year before has left.
    pub opening: Option<Located<Yuan>>,
    /// What came in.
    pub inflows: Vec<Inflow>,
}

/// Money that came into a fund.
#[derive(Clone, Debug, Serialize)]
pub struct Inflow {
    /// The day.
    pub on: NaiveDate,
    /// From whom.
    pub from: String,
    /// How much.
    pub amount: Yuan,
    /// What for.
    pub purpose: Option<String>,
}

/// What a written program turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'p> {
    /// The program with this id.
    Program(&'p str),
    /// Free text: the board has no programs.
    FreeText,
    /// Nothing, and the board has programs.
    Unknown,
}

impl Programs {
    /// What `written`, an id or a title, means.
    pub fn find(&self, written: &str) -> Found<'_> {
        let known = self.programs.iter().find(|one| one.id.value == written || one.title == written);
        match known {
            Some(program) => Found::Program(&program.id.value),
            None if self.declared && self.complete => Found::Unknown,
            None => Found::FreeText,
        }
    }

    /// Ids and titles, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.programs.iter().flat_map(|one| [one.id.value.as_str(), one.title.as_str()])
    }

    /// Whether some file could not be read, which has been reported.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The block of a program that is in force on `day`.
    pub fn in_force(&self, id: &str, day: NaiveDate) -> Option<&Program> {
        let begun = self.programs.iter().filter(|one| one.id.value == id && one.from.value <= day);
        let latest = begun.max_by_key(|one| one.from.value);
        latest.filter(|one| one.to.is_none_or(|to| day <= to))
    }

    /// The block that says most of a program today: in force, or the nearest.
    pub fn shown(&self, id: &str, day: NaiveDate) -> Option<&Program> {
        self.in_force(id, day).or_else(|| self.programs.iter().rev().find(|one| one.id.value == id))
    }

    /// The fund with an id in a year.
    pub fn fund(&self, id: &str, year: i32) -> Option<&Fund> {
        self.funds.iter().find(|fund| fund.id.value == id && fund.year == year)
    }

    /// Whether an area has programs or funds of its own.
    pub fn has_area(&self, path: &str) -> bool {
        self.programs.iter().any(|one| one.area == path) || self.funds.iter().any(|one| one.area == path)
    }
}

impl Program {
    /// The year of the program that a day belongs to, by the calendar year in which it starts.
    pub fn year_of(&self, day: NaiveDate) -> i32 {
        day.year() - i32::from((day.month(), day.day()) < self.year_starts)
    }

    /// The fund that pays.
    pub fn fund(&self) -> Option<&str> {
        match &self.source {
            Some(MoneySource::Fund(fund)) => Some(&fund.value),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
