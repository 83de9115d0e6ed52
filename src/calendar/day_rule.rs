//! Which days a rule means: weekdays, days of the month, lunar days, market days.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use chrono::{Datelike, Months, NaiveDate, Weekday};

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
    /// The part of the rule that means this day: the same rule with those of its weekdays, numbers and dates
    /// that do, so that of lunar days ending in 3, 6 and 9 those ending in 9 are left on a 廿九. `None` when the
    /// rule does not mean the day.
    ///
    /// # Errors
    /// When the rule goes by working days or lunar days and the day's year is not known.
    pub fn part_for(
        &self,
        date: NaiveDate,
        calendar: &StatutoryCalendar,
    ) -> Result<Option<Self>, UnknownYear> {
        Ok(match self {
            Self::Weekday { days, which } => {
                let day = date.weekday();
                let which = if days.contains(&day) { which.part_for(date) } else { None };
                which.map(|which| Self::Weekday { days: vec![day], which })
            }
            Self::MonthDay(days) => {
                let (day, from_end) = days_of_month(date);
                those(days, |wanted| wanted == day || wanted == from_end).map(Self::MonthDay)
            }
            Self::LunarDay(days) => {
                let day = lunar(date)?.day();
                those(days, |wanted| wanted == day).map(Self::LunarDay)
            }
            Self::LunarEnding(digits) => {
                let ending = lunar(date)?.day() % 10;
                those(digits, |digit| digit == ending).map(Self::LunarEnding)
            }
            Self::DayEnding(digits) => {
                those(digits, |digit| u32::from(digit) == date.day() % 10).map(Self::DayEnding)
            }
            Self::Every { days, from } => {
                let since = date.signed_duration_since(*from).num_days();
                (since >= 0 && since % i64::from(days.get()) == 0).then(|| self.clone())
            }
            Self::Branch(branches) => {
                let own = Branch::of(date);
                those(branches, |branch| branch == own).map(Self::Branch)
            }
            Self::Workdays => calendar.is_working_day(date)?.then_some(Self::Workdays),
            Self::Dates(dates) => dates.contains(&date).then(|| Self::Dates(vec![date])),
        })
    }

    /// Whether the rule means this day.
    ///
    /// # Errors
    /// As [`part_for`](Self::part_for).
    pub fn matches(&self, date: NaiveDate, calendar: &StatutoryCalendar) -> Result<bool, UnknownYear> {
        Ok(self.part_for(date, calendar)?.is_some())
    }

    /// The days that the rule names by their number and that some months between `from` and `to` do not have:
    /// a 31st, or the 30th of a lunar month of 29 days. Days that would lie outside are not missed.
    pub fn missing(&self, from: NaiveDate, to: NaiveDate) -> Vec<MissingDay> {
        match self {
            Self::MonthDay(days) => missing_in_months(days, from, to),
            Self::LunarDay(days) if days.contains(&LONG_LUNAR_MONTH) => missing_in_lunar_months(from, to),
            _ => Vec::new(),
        }
    }
}

/// A day that a rule names and a month does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingDay {
    /// Its number, as the rule names it.
    pub number: i8,
    /// The day of the month that comes nearest to it: the last, or the first where it counts from the end.
    pub nearest: NaiveDate,
}

/// Days of a long lunar month; a short one has a day less.
const LONG_LUNAR_MONTH: u8 = 30;

fn missing_in_months(days: &[i8], from: NaiveDate, to: NaiveDate) -> Vec<MissingDay> {
    let following = |first: &NaiveDate| first.checked_add_months(Months::new(1));
    let months = std::iter::successors(from.with_day(1), following).take_while(|first| *first <= to);
    let mut missing = Vec::new();
    for first in months {
        let length = first.num_days_in_month();
        let last = first.with_day(u32::from(length)).unwrap_or(first);
        for number in days.iter().filter(|number| number.unsigned_abs() > length) {
            let nearest = if *number > 0 { last } else { first };
            if (from..=to).contains(&nearest) {
                missing.push(MissingDay { number: *number, nearest });
            }
        }
    }
    missing
}

fn missing_in_lunar_months(from: NaiveDate, to: NaiveDate) -> Vec<MissingDay> {
    let number = i8::try_from(LONG_LUNAR_MONTH).unwrap_or(i8::MAX);
    let day_of = |date| LunarDay::of(date).map(LunarDay::day);
    let ends_short = |date: &NaiveDate| {
        day_of(*date) == Some(LONG_LUNAR_MONTH - 1) && date.succ_opt().and_then(day_of) == Some(1)
    };
    let days = from.iter_days().take_while(|date| *date <= to);
    days.filter(ends_short).map(|nearest| MissingDay { number, nearest }).collect()
}

impl Which {
    /// The part that means a day of the right weekday; `None` when none does.
    fn part_for(&self, date: NaiveDate) -> Option<Self> {
        let (day, from_end) = days_of_month(date);
        let (nth, from_last) = ((day - 1) / 7 + 1, (from_end + 1) / 7 - 1);
        let named = |list: &[i8]| those(list, |wanted| wanted == nth || wanted == from_last);
        match self {
            Self::All => Some(Self::All),
            Self::Nth(list) => named(list).map(Self::Nth),
            Self::NotNth(list) => named(list).is_none().then(|| self.clone()),
        }
    }
}

/// Those of `all` that are meant; `None` when there are none.
fn those<T: Copy>(all: &[T], is_meant: impl Fn(T) -> bool) -> Option<Vec<T>> {
    let those: Vec<T> = all.iter().copied().filter(|one| is_meant(*one)).collect();
    (!those.is_empty()).then_some(those)
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

    /// What the plan means by this day.
    ///
    /// # Errors
    /// As [`DayRule::part_for`], for days that are not named one by one.
    pub fn meaning(&self, date: NaiveDate, calendar: &StatutoryCalendar) -> Result<Meaning, UnknownYear> {
        if self.also.contains(&date) {
            return Ok(Meaning::Also);
        }
        if self.except.contains(&date) {
            // A day that is left out does not need a year that is known.
            let part = self.rule.part_for(date, calendar).ok().flatten();
            return Ok(part.map_or(Meaning::Nothing, Meaning::Except));
        }
        Ok(self.rule.part_for(date, calendar)?.map_or(Meaning::Nothing, Meaning::Rule))
    }

    /// The days from `from` to `to`, both included, of which the plan means something, in order; none when `to`
    /// is the earlier.
    ///
    /// # Errors
    /// As [`meaning`](Self::meaning), for the first such day.
    pub fn between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        calendar: &StatutoryCalendar,
    ) -> Result<Vec<(NaiveDate, Meaning)>, UnknownYear> {
        let mut days = Vec::new();
        for day in from.iter_days().take_while(|day| *day <= to) {
            match self.meaning(day, calendar)? {
                Meaning::Nothing => {}
                meaning => days.push((day, meaning)),
            }
        }
        Ok(days)
    }
}

/// What a plan means by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing: it is none of its days.
    Nothing,
    /// It is a day of the rule, by this part of it.
    Rule(DayRule),
    /// It is named besides the rule (`also`).
    Also,
    /// It is a day of the rule, by this part of it, and left out (`except`).
    Except(DayRule),
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
