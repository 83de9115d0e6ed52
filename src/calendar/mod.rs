//! Days: what kind of day one is, which days a rule means, when a period ends.
//!
//! The day type everywhere is [`chrono::NaiveDate`], in Beijing time. Nothing here asks a clock, and
//! nothing is predicted: a year whose holidays are not announced is an [`UnknownYear`], to be said.
//!
//! - [`StatutoryCalendar`]: holidays, make-up days and working days, from the State Council's notices
//! - [`LunarDay`], [`Branch`]: the traditional calendar
//! - [`PlannedDays`], [`DayRule`]: which days a rule means; [`placed`]: what becomes of one that is a day off
//! - [`Interval`]: the windows of the calendar in which something is due
//! - [`NoticePeriodTerms`]: when a notice period ends
//! - [`ReportingPeriod`]: the year, quarter, month, week or day that a result is about

mod day_rule;
mod interval;
mod lunar;
mod moving;
mod notice_year;
mod period;
mod reporting_period;
mod statutory;
mod weekday;
mod words;

#[cfg(test)]
mod tests;

pub use day_rule::{DayRule, Meaning, MissingDay, PlannedDays, Which};
pub use interval::Interval;
pub use lunar::{Branch, LunarDay};
pub use moving::{OnDayOff, Placement, placed};
pub use notice_year::{NoticeFault, YearNotice};
pub use period::{CountingUnit, FirstDay, NoticePeriodTerms};
pub use reporting_period::{ReportingPeriod, Span};
pub use statutory::{DayKind, StatutoryCalendar, UnknownYear};
pub use weekday::parse_weekday;
