//! One yearly notice: the days it sets apart, checked.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use super::{LunarDay, words};

/// Days that no holiday exceeds: the longest yet, 春节 of 2020, had ten. A slip in the month of a range makes it longer.
const LONGEST_HOLIDAY: i64 = 31;
/// From this day of December on the notice for the year after may speak.
const FIRST_OF_LAST_WEEK: u32 = 25;

/// What a notice says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetApart {
    /// A day off, with the holiday's name.
    Rest(&'static str),
    /// A Saturday or Sunday that is worked.
    Work,
}

/// The State Council's notice for one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearNotice {
    year: i32,
    source: Option<String>,
    days: BTreeMap<NaiveDate, SetApart>,
}

/// What cannot be right in a notice as somebody copied it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeFault {
    /// A range of days off ends before it begins.
    Reversed {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// A range of days off longer than any holiday is.
    TooLong {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
    /// A day neither in the year, nor in December before it, nor in January after it.
    OutsideYear(NaiveDate),
    /// A make-up working day that is no Saturday or Sunday.
    WorkedAnyway(NaiveDate),
    /// A day that is both off and worked.
    RestAndWork(NaiveDate),
}

impl YearNotice {
    /// The notice for `year`: its number or address, the ranges of days off (weekend days inside a
    /// holiday included), and the weekend days that are worked. Each range is named after the yearly
    /// holiday it contains.
    ///
    /// # Errors
    /// All faults, in the order of the days as given.
    pub fn new(
        year: i32,
        source: Option<String>,
        rest: &[RangeInclusive<NaiveDate>],
        workdays: &[NaiveDate],
    ) -> Result<Self, Vec<NoticeFault>> {
        let mut notice = Self::empty(year, source);
        let mut faults = Vec::new();
        for range in rest {
            match notice.range_fault(range) {
                Some(fault) => faults.push(fault),
                None => notice.rest(range),
            }
        }
        for &date in workdays {
            match notice.workday_fault(date) {
                Some(fault) => faults.push(fault),
                None => notice.set(date, SetApart::Work),
            }
        }
        if faults.is_empty() { Ok(notice) } else { Err(faults) }
    }

    /// A notice that sets no day apart yet.
    pub(super) fn empty(year: i32, source: Option<String>) -> Self {
        Self { year, source, days: BTreeMap::new() }
    }

    /// Sets a day apart.
    pub(super) fn set(&mut self, date: NaiveDate, day: SetApart) {
        self.days.insert(date, day);
    }

    /// What it says of a day.
    pub(super) fn set_apart(&self, date: NaiveDate) -> Option<SetApart> {
        self.days.get(&date).copied()
    }

    /// The days it sets apart, in order.
    #[cfg(test)]
    pub(super) fn days(&self) -> impl Iterator<Item = (NaiveDate, SetApart)> {
        self.days.iter().map(|(date, day)| (*date, *day))
    }

    /// The year it is for.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Its number or address.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    fn rest(&mut self, range: &RangeInclusive<NaiveDate>) {
        for date in days_of(range) {
            self.set(date, SetApart::Rest(holiday_name(range, date)));
        }
    }

    fn range_fault(&self, range: &RangeInclusive<NaiveDate>) -> Option<NoticeFault> {
        let (from, to) = (*range.start(), *range.end());
        if from > to {
            return Some(NoticeFault::Reversed { from, to });
        }
        if let Some(outside) = [from, to].into_iter().find(|date| !self.reaches(*date)) {
            return Some(NoticeFault::OutsideYear(outside));
        }
        (to.signed_duration_since(from).num_days() >= LONGEST_HOLIDAY)
            .then_some(NoticeFault::TooLong { from, to })
    }

    fn workday_fault(&self, date: NaiveDate) -> Option<NoticeFault> {
        if !self.reaches(date) {
            Some(NoticeFault::OutsideYear(date))
        } else if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            Some(NoticeFault::WorkedAnyway(date))
        } else if self.set_apart(date).is_some_and(|day| day != SetApart::Work) {
            Some(NoticeFault::RestAndWork(date))
        } else {
            None
        }
    }

    /// Whether a notice for this year may speak of the day: those of New Year often lie in the last week before, and no
    /// notice since 2004 has gone beyond its own December.
    fn reaches(&self, date: NaiveDate) -> bool {
        let year = i64::from(date.year());
        let own = i64::from(self.year);
        year == own || (year == own - 1 && date.month() == 12 && date.day() >= FIRST_OF_LAST_WEEK)
    }
}

/// The name of a day off inside a range: the day's own holiday, else the range's.
fn holiday_name(range: &RangeInclusive<NaiveDate>, date: NaiveDate) -> &'static str {
    holiday_on(date)
        .or_else(|| days_of(range).filter_map(holiday_on).max_by_key(|name| *name == words::NATIONAL_DAY))
        .unwrap_or(words::OTHER_HOLIDAY)
}

/// The yearly holiday whose very day this is. 清明 falls on one of three days and is off on each.
fn holiday_on(date: NaiveDate) -> Option<&'static str> {
    match (date.month(), date.day()) {
        (1, 1) => return Some(words::NEW_YEAR),
        (4, 4..=6) => return Some(words::QINGMING),
        (5, 1) => return Some(words::LABOUR_DAY),
        (10, 1) => return Some(words::NATIONAL_DAY),
        _ => {}
    }
    let lunar = LunarDay::of(date).filter(|lunar| !lunar.leap())?;
    match (lunar.month(), lunar.day()) {
        (1, 1) => Some(words::SPRING_FESTIVAL),
        (5, 5) => Some(words::DRAGON_BOAT),
        (8, 15) => Some(words::MID_AUTUMN),
        _ => None,
    }
}

/// The days of a range.
fn days_of(range: &RangeInclusive<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let last = *range.end();
    range.start().iter_days().take_while(move |day| *day <= last)
}
