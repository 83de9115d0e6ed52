//! Which days a rule means: weekdays, days of the month, lunar days, market days.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Branch, LunarDay, StatutoryCalendar, UnknownYear};

/// A rule for recurring days; each form is one form of `days` in the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayRule {
    /// These weekdays, all or some of a month's.
    Weekday {
        /// The weekdays.
        days: Vec<Weekday>,
        /// Which of the month's.
        which: Which,
    },
    /// These days of the month; negative ones count from its end, -1 being the last.
    MonthDay(Vec<i8>),
    /// These days of the lunar month, leap months included.
    LunarDay(Vec<u8>),
    /// The days of the lunar month whose number ends in one of these digits.
    LunarEnding(Vec<u8>),
    /// The days of the month whose number ends in one of these digits.
    DayEnding(Vec<u8>),
    /// Every so many days, beginning with `from`.
    Every {
        /// The length of the cycle.
        days: NonZeroU16,
        /// Its first day; there is none before.
        from: NaiveDate,
    },
    /// The days of these branches.
    Branch(Vec<Branch>),
    /// Every working day.
    Workdays,
    /// Exactly these.
    Dates(Vec<NaiveDate>),
}

/// Which of a month's Mondays (or other weekdays).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// These: 1 is the first, -1 the last. A fifth that a month lacks does not occur in it.
    Nth(Vec<i8>),
    /// All but these.
    NotNth(Vec<i8>),
}

impl DayRule {
    /// Whether the rule means this day.
    ///
    /// # Errors
    /// When the rule goes by working days or lunar days and the day's year is not known.
    pub fn matches(&self, date: NaiveDate, calendar: &StatutoryCalendar) -> Result<bool, UnknownYear> {
        Ok(match self {
            Self::Weekday { days, which } => days.contains(&date.weekday()) && which.contains(date),
            Self::MonthDay(days) => {
                let (day, from_end) = days_of_month(date);
                days.iter().any(|wanted| *wanted == day || *wanted == from_end)
            }
            Self::LunarDay(days) => days.contains(&lunar(date)?.day()),
            Self::LunarEnding(digits) => digits.contains(&(lunar(date)?.day() % 10)),
            Self::DayEnding(digits) => digits.iter().any(|digit| u32::from(*digit) == date.day() % 10),
            Self::Every { days, from } => {
                let since = date.signed_duration_since(*from).num_days();
                since >= 0 && since % i64::from(days.get()) == 0
            }
            Self::Branch(branches) => branches.contains(&Branch::of(date)),
            Self::Workdays => calendar.is_working_day(date)?,
            Self::Dates(dates) => dates.contains(&date),
        })
    }
}

impl Which {
    fn contains(&self, date: NaiveDate) -> bool {
        let (day, from_end) = days_of_month(date);
        let (nth, from_last) = ((day - 1) / 7 + 1, (from_end + 1) / 7 - 1);
        let named = |list: &[i8]| list.iter().any(|wanted| *wanted == nth || *wanted == from_last);
        match self {
            Self::All => true,
            Self::Nth(list) => named(list),
            Self::NotNth(list) => !named(list),
        }
    }
}

/// The days that a plan means: a rule, with exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDays {
    /// The rule.
    pub rule: DayRule,
    /// Days that the rule means and the plan does not.
    pub except: BTreeSet<NaiveDate>,
    /// Days that the plan means besides; they hold over `except`.
    pub also: BTreeSet<NaiveDate>,
}

impl PlannedDays {
    /// The days meant by the rule alone.
    pub fn of(rule: DayRule) -> Self {
        Self { rule, except: BTreeSet::new(), also: BTreeSet::new() }
    }

    /// Whether the plan means this day.
    ///
    /// # Errors
    /// As [`DayRule::matches`], for days that are not named one by one.
    pub fn matches(&self, date: NaiveDate, calendar: &StatutoryCalendar) -> Result<bool, UnknownYear> {
        if self.also.contains(&date) {
            return Ok(true);
        }
        if self.except.contains(&date) {
            return Ok(false);
        }
        self.rule.matches(date, calendar)
    }

    /// The days from `from` to `to`, both included, in order; none when `to` is the earlier.
    ///
    /// # Errors
    /// As [`matches`](Self::matches), for the first such day.
    pub fn between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        calendar: &StatutoryCalendar,
    ) -> Result<Vec<NaiveDate>, UnknownYear> {
        let mut days = Vec::new();
        for day in from.iter_days().take_while(|day| *day <= to) {
            if self.matches(day, calendar)? {
                days.push(day);
            }
        }
        Ok(days)
    }
}

/// The lunar day, or the year for which there is none.
fn lunar(date: NaiveDate) -> Result<LunarDay, UnknownYear> {
    LunarDay::of(date).ok_or(UnknownYear(date.year()))
}

/// The number of a day in its month from the beginning (1…31) and from the end (-1…-31).
fn days_of_month(date: NaiveDate) -> (i8, i8) {
    let day = i8::try_from(date.day()).unwrap_or(i8::MAX);
    let length = i8::try_from(date.num_days_in_month()).unwrap_or(i8::MAX);
    (day, day - length - 1)
}

#[cfg(test)]
mod tests;
