//! Holidays, make-up days and working days, by the State Council's yearly notices.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use super::notice_year::{SetApart, YearNotice};

/// The built-in days; where they come from stands in `data/calendar/README.md`.
const DAYS: &str = include_str!("../../data/calendar/statutory-days.csv");
/// The built-in years, each with the address of its notice.
const NOTICES: &str = include_str!("../../data/calendar/notices.csv");

/// What kind of day a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off under the yearly notice, a weekend day inside a holiday included, with the holiday's
    /// name such as 春节.
    Holiday(&'static str),
    /// A Saturday or Sunday of which the notice says nothing.
    Weekend,
    /// Monday to Friday, of which the notice says nothing.
    WorkingDay,
    /// A Saturday or Sunday that the notice declares a working day (调休上班).
    MakeUpDay,
}

impl DayKind {
    /// Whether it is a day off.
    pub fn is_day_off(self) -> bool {
        matches!(self, Self::Holiday(_) | Self::Weekend)
    }
}

/// The answer needs a year of which no table speaks: its notice is not known, or (for lunar days) it
/// lies outside [`LunarDay::YEARS`](super::LunarDay::YEARS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownYear(pub i32);

impl fmt::Display for UnknownYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the calendar of {} is not known", self.0)
    }
}

impl std::error::Error for UnknownYear {}

/// The statutory calendar: the built-in notices, and those that a board adds or corrects.
///
/// A question about a year without a notice is refused, even about an ordinary Wednesday: nobody knows
/// yet whether it is one.
#[derive(Clone, Debug)]
pub struct StatutoryCalendar {
    notices: BTreeMap<i32, YearNotice>,
    provisional: bool,
}

impl StatutoryCalendar {
    /// The notices that come with the program.
    pub fn built_in() -> Self {
        static BUILT_IN: LazyLock<BTreeMap<i32, YearNotice>> = LazyLock::new(built_in_notices);
        Self { notices: BUILT_IN.clone(), provisional: false }
    }

    /// Adds a year, in place of the one known before.
    #[must_use]
    pub fn with_year(mut self, notice: YearNotice) -> Self {
        self.notices.insert(notice.year(), notice);
        self
    }

    /// The same calendar, which takes a year without a notice to have plain weeks instead of refusing.
    /// For plans that say they are provisional (暂定); [`known`](Self::known) still tells which days are.
    #[must_use]
    pub fn provisionally(mut self) -> Self {
        self.provisional = true;
        self
    }

    /// Whether the year has a notice.
    pub fn known(&self, year: i32) -> bool {
        self.notices.contains_key(&year)
    }

    /// The years that have a notice, in order, each with the notice's address or number as far as
    /// that is known.
    pub fn years(&self) -> impl Iterator<Item = (i32, Option<&str>)> {
        self.notices.values().map(|notice| (notice.year(), notice.source()))
    }

    /// The first year that has a notice, where `year` lies before it: such a year is not waiting for one.
    pub fn begins_after(&self, year: i32) -> Option<i32> {
        self.notices.keys().next().copied().filter(|first| year < *first)
    }

    /// What kind of day it is.
    ///
    /// # Errors
    /// When the year's notice is not known and that of a neighbouring year says nothing of the day.
    pub fn kind(&self, date: NaiveDate) -> Result<DayKind, UnknownYear> {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match self.set_apart(date) {
            Some(SetApart::Rest(holiday)) => Ok(DayKind::Holiday(holiday)),
            Some(SetApart::Work) => Ok(DayKind::MakeUpDay),
            None if !self.provisional && !self.known(date.year()) => Err(UnknownYear(date.year())),
            None if weekend => Ok(DayKind::Weekend),
            None => Ok(DayKind::WorkingDay),
        }
    }

    /// Whether people work on that day: Monday to Friday outside holidays, and make-up days.
    ///
    /// # Errors
    /// As [`kind`](Self::kind).
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, UnknownYear> {
        self.kind(date).map(|kind| !kind.is_day_off())
    }

    /// The day itself when it is a working day, else the nearest one after it.
    ///
    /// # Errors
    /// When a year on the way is not known, or the days that can be written end.
    pub fn next_working_day(&self, date: NaiveDate) -> Result<NaiveDate, UnknownYear> {
        self.nearest(date, following)
    }

    /// The day itself when it is a working day, else the nearest one before it.
    ///
    /// # Errors
    /// As [`next_working_day`](Self::next_working_day).
    pub fn previous_working_day(&self, date: NaiveDate) -> Result<NaiveDate, UnknownYear> {
        self.nearest(date, |day| day.pred_opt().ok_or(UnknownYear(day.year().saturating_sub(1))))
    }

    /// The working day that is `count` working days after `date`; the day itself for zero.
    ///
    /// # Errors
    /// As [`next_working_day`](Self::next_working_day).
    pub fn working_days_after(&self, date: NaiveDate, count: u16) -> Result<NaiveDate, UnknownYear> {
        let mut day = date;
        for _ in 0..count {
            day = self.next_working_day(following(day)?)?;
        }
        Ok(day)
    }

    /// The first working day that `step` leads to, beginning with `date` itself.
    fn nearest(
        &self,
        date: NaiveDate,
        step: impl Fn(NaiveDate) -> Result<NaiveDate, UnknownYear>,
    ) -> Result<NaiveDate, UnknownYear> {
        let mut day = date;
        while !self.is_working_day(day)? {
            day = step(day)?;
        }
        Ok(day)
    }

    /// What the notices say of a day. The notice for a year reaches into December before and January
    /// after; of two that name a day the one for the later year was issued later, and holds.
    fn set_apart(&self, date: NaiveDate) -> Option<SetApart> {
        let year = date.year();
        [year.saturating_add(1), year, year.saturating_sub(1)]
            .into_iter()
            .find_map(|year| self.notices.get(&year)?.set_apart(date))
    }
}

/// The day after.
///
/// # Errors
/// When there is none that can be written.
pub(super) fn following(day: NaiveDate) -> Result<NaiveDate, UnknownYear> {
    day.succ_opt().ok_or(UnknownYear(day.year().saturating_add(1)))
}

/// Reads the two files that are compiled in. A line that cannot be read is left out, which a test finds.
fn built_in_notices() -> BTreeMap<i32, YearNotice> {
    let mut notices = BTreeMap::new();
    for (year, source) in NOTICES.lines().skip(1).filter_map(|line| line.split_once(',')) {
        let Ok(year) = year.parse() else { continue };
        let source = Some(source).filter(|source| !source.is_empty()).map(str::to_owned);
        notices.insert(year, YearNotice::empty(year, source));
    }
    for (year, date, day) in DAYS.lines().skip(1).filter_map(built_in_day) {
        if let Some(notice) = notices.get_mut(&year) {
            notice.set(date, day);
        }
    }
    notices
}

/// One line of the built-in days: the notice's year, the day, what it is.
fn built_in_day(line: &'static str) -> Option<(i32, NaiveDate, SetApart)> {
    let mut fields = line.split(',');
    let (year, date, kind, holiday) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let day = match kind {
        "rest" | "moved" => SetApart::Rest(holiday),
        "work" => SetApart::Work,
        _ => return None,
    };
    Some((year.parse().ok()?, date.parse().ok()?, day))
}

#[cfg(test)]
mod tests;
