//! When the board will next look different.

use chrono::{Days, NaiveDate};

/// Finds the first day after the board's own on which the output differs by more than the day shown.
#[derive(Debug)]
pub struct Changes {
    day: NaiveDate,
    next: Option<NaiveDate>,
}

impl Changes {
    /// Looks for the first change after `day`.
    pub fn after(day: NaiveDate) -> Self {
        Self { day, next: None }
    }

    /// The board's own day.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Something appears or changes on `day`.
    pub fn on(&mut self, day: Option<NaiveDate>) {
        let day = day.filter(|day| *day > self.day);
        self.next = [self.next, day].into_iter().flatten().min();
    }

    /// Something holds until the end of `day`, and no longer on the day after.
    pub fn day_after(&mut self, day: Option<NaiveDate>) {
        self.on(day.and_then(|day| day.checked_add_days(Days::new(1))));
    }

    /// The first change found; `None` when nothing is known to change.
    pub fn next(&self) -> Option<NaiveDate> {
        self.next
    }
}
