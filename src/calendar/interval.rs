//! Spans that divide the calendar evenly: weeks, or whole months of a year.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// How often something is due: once a window of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Weeks from Monday to Sunday.
    Week,
    /// So many months, counted from January: 1, 2, 3, 4, 6 or 12.
    Months(u8),
}

impl Interval {
    /// Reads `week`, `month`, `quarter`, `year` or `N months`; `None` for anything else, and for a number of months that
    /// does not divide a year.
    ///
    /// ```
    /// use gongshi::calendar::Interval;
    /// assert_eq!(Interval::parse("quarter"), Some(Interval::Months(3)));
    /// assert_eq!(Interval::parse("2 months"), Some(Interval::Months(2)));
    /// assert_eq!(Interval::parse("5 months"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "week" => Some(Self::Week),
            "month" => Some(Self::Months(1)),
            "quarter" => Some(Self::Months(3)),
            "year" => Some(Self::Months(12)),
            other => {
                let months = other.strip_suffix("months").or(other.strip_suffix("month"))?;
                let months: u8 = months.trim().parse().ok()?;
                [1, 2, 3, 4, 6, 12].contains(&months).then_some(Self::Months(months))
            }
        }
    }

    /// The windows that lie wholly in `first..=last`, as first and last day of each.
    pub fn windows_in(
        self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
        let end = move |start: NaiveDate| self.after(start).and_then(|next| next.pred_opt());
        std::iter::successors(self.start_of(first), move |start| self.after(*start))
            .skip_while(move |start| *start < first)
            .map_while(move |start| Some((start, end(start)?)))
            .take_while(move |(_, end)| *end <= last)
    }

    /// The first day of the window that holds `day`.
    fn start_of(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => Some(day.week(Weekday::Mon).first_day()),
            Self::Months(months) => {
                let into = day.month0() % u32::from(months.max(1));
                day.with_day(1)?.checked_sub_months(Months::new(into))
            }
        }
    }

    /// The first day of the window after the one that begins on `start`.
    fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Months(months) => start.checked_add_months(Months::new(u32::from(months.max(1)))),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn windows(every: &str, first: &str, last: &str) -> Vec<String> {
        let every = Interval::parse(every).unwrap();
        let windows = every.windows_in(first.parse().unwrap(), last.parse().unwrap());
        windows.map(|(first, last)| format!("{first}..{last}")).collect()
    }

    #[test]
    fn windows_are_those_of_the_calendar_and_whole() {
        assert_eq!(
            windows("2 months", "2026-02-01", "2026-07-15"),
            ["2026-03-01..2026-04-30", "2026-05-01..2026-06-30"]
        );
        assert_eq!(windows("week", "2026-11-03", "2026-11-15"), ["2026-11-09..2026-11-15"]);
        assert_eq!(windows("year", "2026-01-01", "2026-12-31"), ["2026-01-01..2026-12-31"]);
        assert_eq!(windows("year", "2026-01-02", "2027-12-30"), [] as [&str; 0]);
        assert_eq!(windows("quarter", "2025-12-31", "2026-03-31"), ["2026-01-01..2026-03-31"]);
    }

    #[test]
    fn only_what_divides_a_year_is_an_interval() {
        for text in ["", "months", "0 months", "5 months", "13 months", "-2 months", "day", "2 weeks", "每月"]
        {
            assert_eq!(Interval::parse(text), None, "{text:?}");
        }
    }
}
