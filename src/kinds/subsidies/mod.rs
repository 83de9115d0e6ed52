//! Disclosures of subsidies and assistance (`subsidies/*.toml`, each with a table of recipients beside it).
//!
//! - [`read_all`]: the disclosures of an area with their rows, checked and linked
//! - [`Recipients`]: the rows as they may be shown; what is only checked goes no further than the reading
//! - [`Timeline`]: what state a disclosure has on a day, and which facts exist by then

mod alike;
mod cells;
mod claims;
mod hand_masked;
mod history;
mod layout;
mod limits;
mod links;
mod money;
mod read;
mod recipients;
mod repeated;
mod rows;
mod steps;
mod summaries;
mod timeline;

use chrono::NaiveDate;
use serde::Serialize;

pub use claims::Outlay;
pub use history::{Decision, ObjectionsTo, Posting, StatedObjection, StatedPeriod};
pub(crate) use limits::check as check_limits;
pub use links::{Later, Links};
pub use read::{Ground, read_all};
pub use recipients::{Change, Recipient, Recipients, ShownColumn, ShownColumns, Unit};
pub use steps::Step;
pub use timeline::{Objection, Outcome, Period, State, Status, StepDays, Timeline};

use crate::diagnostics::FileId;
use crate::source::Located;
use crate::values::Yuan;

/// How far the decision about a list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 拟确认: benefits are to be granted.
    Proposed,
    /// 拟终止: benefits are to end.
    Terminating,
    /// 已确认
    Confirmed,
    /// 已发放
    Paid,
}

impl Stage {
    /// Whether objections are asked for, so that a notice period and where to object are needed.
    pub fn asks_for_objections(self) -> bool {
        matches!(self, Self::Proposed | Self::Terminating)
    }

    /// In how many working days after its receipt an objection is decided (民发〔2021〕43号); `None` where
    /// the list asks for none.
    pub fn working_days_to_decide(self) -> Option<u16> {
        match self {
            Self::Proposed => Some(10),
            Self::Terminating => Some(15),
            Self::Confirmed | Self::Paid => None,
        }
    }
}

/// How the rows of a disclosure are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the recipient's masked name; in a table without 姓名 by the head of household's.
    Person,
    /// `minor = true`: by the head of household's masked name, or a number.
    Head,
    /// `sensitive = true`: by a number. Village group and number of persons are not shown either: in a
    /// small village they tell who it is.
    Number,
}

/// How the rows that are not cancelled stand to the list before (变化). A row that says nothing is in neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Rows that are kept (保留).
    pub kept: u32,
    /// Rows that have been added (新增).
    pub added: u32,
}

/// What the rows of a disclosure come to. Cancelled rows count in `cancelled` alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows that are not cancelled.
    pub count: u32,
    /// Rows that are.
    pub cancelled: u32,
    /// How the others stand to the list before, where the table says it.
    pub changes: Option<Changed>,
    /// Sum of all amounts; `None` for a list without money.
    pub total: Option<Yuan>,
    /// Different households: counted where the table has their keys, else as stated.
    pub households: Option<u32>,
}

/// A disclosure, before any day is chosen.
#[derive(Debug)]
pub struct Disclosure {
    /// Name of its file without the ending: its address.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The table of its rows, where there is one.
    pub table: Option<FileId>,
    /// Title.
    pub title: String,
    /// What it is about: an item of the catalogue, or free text.
    pub item: Option<Located<String>>,
    /// How far it has come.
    pub stage: Stage,
    /// Who decides.
    pub authority: String,
    /// On what ground.
    pub basis: Option<String>,
    /// Raised when rows change while the period runs; where none is written, the place is the file's.
    pub edition: Located<u32>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The notice period, its end still to be computed.
    pub period: Option<StatedPeriod>,
    /// Where to object.
    pub objections_to: Option<ObjectionsTo>,
    /// The record that it hung on the wall.
    pub posting: Option<Posting>,
    /// Objections.
    pub objections: Vec<StatedObjection>,
    /// Steps on the way to the decision.
    pub steps: Vec<Step>,
    /// The earlier stage of the same money, as it is written.
    pub follows: Option<Located<String>>,
    /// What it has to do with others of its area.
    pub links: Links,
    /// The program of all rows that name none themselves, as it is written.
    pub program: Option<Located<String>>,
    /// What its rows take for programs of the board.
    pub outlays: Vec<Outlay>,
    /// The latest day on which a row says it was paid.
    pub last_paid: Option<Located<NaiveDate>>,
    /// What its rows say that only limits need, until these are checked.
    claims: Vec<claims::Claim>,
    /// The decision.
    pub decision: Option<Decision>,
    /// What the rows come to.
    pub figures: Figures,
    /// The rows that may be shown; none where `rows = "none"`.
    pub recipients: Recipients,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
pub(crate) mod tests;
