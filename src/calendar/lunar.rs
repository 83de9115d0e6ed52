//! The traditional Chinese calendar: lunar months and days, and the twelve-branch cycle of days.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::ChineseTraditional;

use super::words;

/// A day of the lunar calendar, such as 2026's 十月十四.
///
/// `Display` gives month and day without the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDay {
    year: i32,
    month: u8,
    leap: bool,
    day: u8,
}

impl LunarDay {
    /// The first and last Gregorian year that [`LunarDay::of`] answers for.
    ///
    /// Tables disagree on some days of thirteen years, all before 1958 but 2057.
    pub const YEARS: (i32, i32) = (1900, 2100);

    /// The lunar day of a Gregorian one; `None` outside [`LunarDay::YEARS`].
    pub fn of(date: NaiveDate) -> Option<Self> {
        if !(Self::YEARS.0..=Self::YEARS.1).contains(&date.year()) {
            return None;
        }
        let month = u8::try_from(date.month()).ok()?;
        let day = u8::try_from(date.day()).ok()?;
        let gregorian = Date::try_new_iso(date.year(), month, day).ok()?;
        let lunar = gregorian.to_calendar(ChineseTraditional::new());
        Some(Self {
            year: lunar.cyclic_year().related_iso,
            month: lunar.month().number(),
            leap: lunar.month().to_input().is_leap(),
            day: lunar.day_of_month().0,
        })
    }

    /// The Gregorian year in which this lunar year begins.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1–12; a leap month has the number of the one before it.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Whether the month is a leap month (闰月).
    pub fn leap(self) -> bool {
        self.leap
    }

    /// The day of the month, 1–30.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The name of the day, 初一 to 三十.
    pub fn day_name(self) -> &'static str {
        Self::name_of_day(self.day)
    }

    /// The name of the day with this number, 1–30; empty for any other.
    pub fn name_of_day(number: u8) -> &'static str {
        name(&words::LUNAR_DAYS, number)
    }

    /// The name of the month, 正月 to 腊月, a leap month as 闰六月.
    pub fn month_name(self) -> String {
        let leap = if self.leap { words::LEAP } else { "" };
        format!("{leap}{}", name(&words::LUNAR_MONTHS, self.month))
    }
}

impl fmt::Display for LunarDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.month_name(), self.day_name())
    }
}

/// The name of a number that counts from one.
fn name<'a>(names: &[&'a str], number: u8) -> &'a str {
    names.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or_default()
}

/// One of the twelve branches (地支) by which days are counted, as market days in the south-west are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch(u8);

impl Branch {
    /// Reads 子, 丑, … 亥; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let index = words::BRANCHES.iter().position(|name| *name == text.trim())?;
        u8::try_from(index).ok().map(Self)
    }

    /// The branch of a day in the sexagenary cycle, which runs unbroken through all calendars.
    pub fn of(date: NaiveDate) -> Self {
        // Day 1 of the Common Era, 0001-01-01, is a 卯 day, the fourth of the cycle.
        let index = date.num_days_from_ce().rem_euclid(12) + 2;
        Self(u8::try_from(index.rem_euclid(12)).unwrap_or_default())
    }

    /// Its character.
    pub fn name(self) -> &'static str {
        words::BRANCHES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
