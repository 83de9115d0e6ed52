//! What becomes of a planned day that is a day off.

use chrono::NaiveDate;

use super::{DayKind, StatutoryCalendar, UnknownYear};

/// What a plan says about days off (`on_holiday`, `on_weekend`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnDayOff {
    /// The day falls away.
    Skip,
    /// The day is held all the same.
    Keep,
    /// The day moves to the nearest working day after it.
    NextWorkday,
    /// The day moves to the nearest working day before it.
    PreviousWorkday,
}

/// What became of a planned day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It is held on its own day.
    Held(NaiveDate),
    /// It falls away.
    Skipped {
        /// What the day is.
        because: DayKind,
    },
    /// It is held on a working day instead.
    Moved {
        /// The day planned.
        from: NaiveDate,
        /// The day on which it is held.
        to: NaiveDate,
        /// What the day planned is.
        because: DayKind,
    },
}

/// Places a planned day: a holiday by `on_holiday`, an ordinary Saturday or Sunday by `on_weekend`, a
/// working day as it is. Where both are kept the calendar is not asked.
///
/// # Errors
/// When the notice of the day's year, or of a year on the way to a working day, is not known.
pub fn placed(
    day: NaiveDate,
    on_holiday: OnDayOff,
    on_weekend: OnDayOff,
    calendar: &StatutoryCalendar,
) -> Result<Placement, UnknownYear> {
    if (on_holiday, on_weekend) == (OnDayOff::Keep, OnDayOff::Keep) {
        return Ok(Placement::Held(day));
    }
    let kind = calendar.kind(day)?;
    let choice = match kind {
        DayKind::Holiday(_) => on_holiday,
        DayKind::Weekend => on_weekend,
        DayKind::WorkingDay | DayKind::MakeUpDay => OnDayOff::Keep,
    };
    let moved = |to| Placement::Moved { from: day, to, because: kind };
    Ok(match choice {
        OnDayOff::Keep => Placement::Held(day),
        OnDayOff::Skip => Placement::Skipped { because: kind },
        OnDayOff::NextWorkday => moved(calendar.next_working_day(day)?),
        OnDayOff::PreviousWorkday => moved(calendar.previous_working_day(day)?),
    })
}

#[cfg(test)]
mod tests;
