//! Facts of the field, checked by hand against notices and almanacs, that cross several parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::NaiveDate;

/// A day written as `2026-02-17`.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test's day")
}
