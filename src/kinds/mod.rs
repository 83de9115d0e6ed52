//! What a board can hold: one file or folder per kind, with its fields, its checks and its meaning on a day.

pub mod area;
pub mod catalogue;
pub mod columns;
pub mod contacts;
pub mod holidays;
pub mod notices;
pub mod people;
pub mod places;
pub mod programs;
mod raw;
pub mod reception;
mod records;
pub mod results;
pub mod settings;
pub mod subsidies;

use chrono::NaiveDate;

pub use records::{AreaRecords, Records, read};

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::Located;

const DATES_REVERSED: Code = Code::error("dates-reversed");

/// A period does not end before it begins.
fn check_order(from: NaiveDate, to: Located<NaiveDate>, problems: &mut Problems) {
    if to.value < from {
        problems.add(Diagnostic::new(DATES_REVERSED, to.place).with("from", from).with("to", to.value));
    }
}
