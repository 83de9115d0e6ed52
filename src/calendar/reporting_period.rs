//! The time that a published result is about: `2026`, `2026-H1`, `2026-Q3`, `2026-11`, `2026-W45` or a date.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// How long a [`ReportingPeriod`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// A calendar year.
    Year,
    /// January to June or July to December.
    Half,
    /// Three months, the first from January.
    Quarter,
    /// A calendar month.
    Month,
    /// A week from Monday to Sunday, numbered by ISO 8601.
    Week,
    /// One day.
    Day,
}

/// A year, half year, quarter, month, week or day, in the years 1 to 9999.
///
/// Ordered by its first day. `Display` writes what [`parse`](Self::parse) reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingPeriod {
    first: NaiveDate,
    last: NaiveDate,
    span: Span,
}

impl ReportingPeriod {
    /// The period of the given length that holds the day; `None` outside the years 1 to 9999.
    pub fn around(date: NaiveDate, span: Span) -> Option<Self> {
        let (year, month0) = (date.year(), date.month0());
        let months = match span {
            Span::Year => 12,
            Span::Half => 6,
            Span::Quarter => 3,
            Span::Month => 1,
            Span::Week => {
                let week = date.iso_week();
                let first = NaiveDate::from_isoywd_opt(week.year(), week.week(), Weekday::Mon)?;
                let last = first.checked_add_days(Days::new(6))?;
                return Self { first, last, span }.in_range();
            }
            Span::Day => return Self { first: date, last: date, span }.in_range(),
        };
        let first = NaiveDate::from_ymd_opt(year, month0 - month0 % months + 1, 1)?;
        let last = first.checked_add_months(Months::new(months))?.pred_opt()?;
        Self { first, last, span }.in_range()
    }

    /// Reads a period as the content writes it; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let year = i32::try_from(number(year, 4)?).ok()?;
        let in_month = |month: u32, span| Self::around(NaiveDate::from_ymd_opt(year, month, 1)?, span);
        if !text.contains('-') {
            return in_month(1, Span::Year);
        }
        if let Some(half) = rest.strip_prefix('H') {
            return in_month(number(half, 1).filter(|half| (1..=2).contains(half))? * 6 - 5, Span::Half);
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            let quarter = number(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
            return in_month(quarter * 3 - 2, Span::Quarter);
        }
        if let Some(week) = rest.strip_prefix('W') {
            let monday = NaiveDate::from_isoywd_opt(year, number(week, 2)?, Weekday::Mon)?;
            return Self::around(monday, Span::Week);
        }
        match rest.split_once('-') {
            None => in_month(number(rest, 2)?, Span::Month),
            Some((month, day)) => {
                let date = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)?;
                Self::around(date, Span::Day)
            }
        }
    }

    /// How long it is.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Its year; of a week, the year the week is counted in.
    pub fn year(&self) -> i32 {
        if self.span == Span::Week { self.first.iso_week().year() } else { self.first.year() }
    }

    /// Its number in the year: 1–2 for halves, 1–4, 1–12, 1–53 for weeks; `None` for a year or a day.
    pub fn number(&self) -> Option<u32> {
        match self.span {
            Span::Half => Some(self.first.month0() / 6 + 1),
            Span::Quarter => Some(self.first.month0() / 3 + 1),
            Span::Month => Some(self.first.month()),
            Span::Week => Some(self.first.iso_week().week()),
            Span::Year | Span::Day => None,
        }
    }

    /// Its first day.
    pub fn first_day(&self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last_day(&self) -> NaiveDate {
        self.last
    }

    /// The period of the same length before it; `None` before the year 1.
    pub fn previous(&self) -> Option<Self> {
        Self::around(self.first.pred_opt()?, self.span)
    }

    /// Whether the day lies in it.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Whether the whole of the other period lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        self.contains(other.first) && self.contains(other.last)
    }

    fn in_range(self) -> Option<Self> {
        (1..=9999).contains(&self.year()).then_some(self)
    }
}

impl fmt::Display for ReportingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year())?;
        match (self.span, self.number()) {
            (Span::Half, Some(number)) => write!(f, "-H{number}"),
            (Span::Quarter, Some(number)) => write!(f, "-Q{number}"),
            (Span::Week, Some(number)) => write!(f, "-W{number:02}"),
            (Span::Month, Some(number)) => write!(f, "-{number:02}"),
            (Span::Day, _) => write!(f, "-{:02}-{:02}", self.first.month(), self.first.day()),
            _ => Ok(()),
        }
    }
}

/// A number written with exactly so many ASCII digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;
