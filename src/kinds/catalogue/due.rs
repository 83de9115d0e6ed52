//! By when something is due.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::calendar::{ReportingPeriod, Span};

/// By when an item is due: one day in each period, or so many working days after something has come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// This day of the first month of each quarter.
    QuarterDay(u32),
    /// This day of each month; negative ones count from its end, -1 being the last.
    MonthDay(i32),
    /// This day of each week.
    Weekday(Weekday),
    /// The last day of each quarter.
    QuarterEnd,
    /// This month and day of each year.
    YearDay(u32, u32),
    /// So many working days after it has come about.
    WithinWorkdays(u16),
}

/// A period in which something is due once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuePeriod {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The last day on which it is on time.
    pub due: NaiveDate,
}

impl DueRule {
    /// The period that `day` lies in. `None` for working days, which have no periods, and where the days that can be
    /// written end. A day that a month does not have is its last one.
    pub fn period_around(self, day: NaiveDate) -> Option<DuePeriod> {
        let span = match self {
            Self::QuarterDay(_) | Self::QuarterEnd => Span::Quarter,
            Self::MonthDay(_) => Span::Month,
            Self::Weekday(_) => Span::Week,
            Self::YearDay(..) => Span::Year,
            Self::WithinWorkdays(_) => return None,
        };
        let period = ReportingPeriod::around(day, span)?;
        let (first, last) = (period.first_day(), period.last_day());
        let due = match self {
            Self::QuarterDay(wanted) => day_of_month(first, wanted)?,
            Self::MonthDay(wanted) => match u32::try_from(wanted) {
                Ok(wanted) => day_of_month(first, wanted)?,
                Err(_) => last.checked_sub_days(Days::new(u64::from(wanted.unsigned_abs()) - 1))?.max(first),
            },
            Self::Weekday(weekday) => {
                first.checked_add_days(Days::new(u64::from(weekday.num_days_from_monday())))?
            }
            Self::YearDay(month, wanted) => day_of_month(first.with_month(month)?, wanted)?,
            Self::QuarterEnd | Self::WithinWorkdays(_) => last,
        };
        Some(DuePeriod { first, last, due })
    }
}

/// A day of the month that begins with `first`; its last one where it has no such day.
fn day_of_month(first: NaiveDate, day: u32) -> Option<NaiveDate> {
    let length = u32::from(first.num_days_in_month());
    first.with_day(day.clamp(1, length))
}
