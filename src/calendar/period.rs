//! Notice periods (公示期): the days in which objections are taken.

use std::num::NonZeroU16;

use chrono::{Datelike, Days, NaiveDate};

use super::statutory::{StatutoryCalendar, UnknownYear, following};

/// What a notice period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountingUnit {
    /// Every day (自然日).
    CalendarDays,
    /// Working days only (工作日).
    WorkingDays,
}

/// Whether the day of posting is the first of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FirstDay {
    /// It is: seven days from 1 November end on 7 November.
    Counts,
    /// Counting starts the day after, as in article 201 of the Civil Code.
    Next,
}

/// How a notice period is counted. Laws and practice differ, so a board states all four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoticePeriodTerms {
    /// How many days.
    pub days: NonZeroU16,
    /// Which days.
    pub unit: CountingUnit,
    /// From when on.
    pub first_day: FirstDay,
    /// Whether an end on a day off moves to the next working day, as in article 203 of the Civil Code.
    /// A period in working days never ends on one.
    pub roll: bool,
}

impl NoticePeriodTerms {
    /// The last day on which an objection is taken, for a list posted on `start`.
    ///
    /// # Errors
    /// When the notice of a needed year is not known. Calendar days that do not roll need none.
    pub fn last_day(&self, start: NaiveDate, calendar: &StatutoryCalendar) -> Result<NaiveDate, UnknownYear> {
        let first = match self.first_day {
            FirstDay::Counts => start,
            FirstDay::Next => following(start)?,
        };
        let further = self.days.get() - 1;
        match self.unit {
            CountingUnit::WorkingDays => {
                calendar.working_days_after(calendar.next_working_day(first)?, further)
            }
            CountingUnit::CalendarDays => {
                let end = days_after(first, further)?;
                if self.roll { calendar.next_working_day(end) } else { Ok(end) }
            }
        }
    }
}

/// The day `count` days after.
fn days_after(day: NaiveDate, count: u16) -> Result<NaiveDate, UnknownYear> {
    day.checked_add_days(Days::new(count.into())).ok_or_else(|| UnknownYear(NaiveDate::MAX.year() + 1))
}

#[cfg(test)]
mod tests;
