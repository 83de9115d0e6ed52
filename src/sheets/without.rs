//! A program compiled without the typesetter: it makes no sheets, and says so where some are asked for.

use super::{Made, Wish};
use crate::board::AreaOnBoard;
use crate::diagnostics::{Failure, Problems};
use crate::site::{Door, Site};

/// Makes none.
///
/// # Errors
/// Never.
pub fn make(_: Site<'_>, _: &dyn Door, _: &(dyn Fn(usize, usize) + Sync)) -> Result<Made, Failure> {
    Ok(Made::default())
}

/// Finds nothing.
pub fn check(_: Site<'_>) -> Problems {
    Problems::new()
}

/// Cannot.
///
/// # Errors
/// Always: `no-typesetter`.
pub fn print(_: Site<'_>, _: &AreaOnBoard, _: Wish, _: &dyn Door) -> Result<(), Failure> {
    Err(Failure::usage("no-typesetter"))
}
