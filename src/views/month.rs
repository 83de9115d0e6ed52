//! Reception days as calendar sheets: a table a month, weeks from Monday.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::board::{AreaOnBoard, Board};
use crate::calendar::{DayKind, LunarDay};
use crate::kinds::reception::rota::Session;

/// How many months a page shows: with the list beneath it, more would make it too heavy.
const MOST_MONTHS: usize = 3;

/// One month.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// The month as the contract writes it: `2026-11`.
    pub period: String,
    /// Its weeks, each of seven days from Monday; `None` is a day of another month.
    pub weeks: Vec<Vec<Option<DayView>>>,
}

/// One day of a month.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// Day of the month.
    pub day: u32,
    /// The lunar day, or the lunar month on its first day; `None` where tables do not agree.
    pub lunar: Option<String>,
    /// Name of the holiday that it is a day off for.
    pub holiday: Option<&'static str>,
    /// Whether it is a Saturday or Sunday on which offices work.
    pub make_up: bool,
    /// Who receives visitors, and who would have.
    pub hosts: Vec<HostView>,
    /// How its sessions stand: the best of them.
    pub state: DayState,
}

/// How the sessions of a day stand on the day of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayState {
    /// There is none, or all are cancelled.
    None,
    /// They are over.
    Past,
    /// It is the nearest day on which somebody receives.
    Next,
    /// Somebody receives later.
    Ahead,
}

/// Somebody who receives visitors on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostView {
    /// Name.
    pub name: String,
    /// Whether the session may still change.
    pub provisional: bool,
    /// Whether it is cancelled.
    pub cancelled: bool,
}

/// The months with sessions ahead, from that of the next session on; their past sessions stand in them too.
///
/// The day of the board is not marked, so that the page changes only when a session is past. The day of the next one is.
pub fn months(board: &Board, area: &AreaOnBoard) -> Vec<MonthView> {
    let ahead = area.reception.from_day(board.day);
    let (Some((_, next)), Some((_, last))) = (ahead.first(), ahead.last()) else { return Vec::new() };
    let following = |first: &NaiveDate| first.checked_add_months(Months::new(1));
    std::iter::successors(next.date.with_day(1), following)
        .take_while(|first| *first <= last.date)
        .take(MOST_MONTHS)
        .map(|first| month(board, area, first))
        .collect()
}

/// The month that begins on `first`.
pub fn month(board: &Board, area: &AreaOnBoard, first: NaiveDate) -> MonthView {
    let days = first.iter_days().take_while(|day| (day.year(), day.month()) == (first.year(), first.month()));
    let blanks = std::iter::repeat_n(None, first.weekday().num_days_from_monday() as usize);
    let mut cells: Vec<Option<DayView>> =
        blanks.chain(days.map(|date| Some(day(board, area, date)))).collect();
    cells.resize(cells.len().next_multiple_of(7), None);
    MonthView {
        period: first.format("%Y-%m").to_string(),
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

fn day(board: &Board, area: &AreaOnBoard, date: NaiveDate) -> DayView {
    let kind = board.calendar.kind(date).ok();
    let next = area.reception.from_day(board.day).iter().find(|(_, session)| !session.is_cancelled());
    let after = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let from = area.reception.from_day(date);
    let sessions = from.get(..from.len() - area.reception.from_day(after).len()).unwrap_or_default();
    let host = |(_, session): &(usize, Session)| {
        let name = board.people.get(session.host)?.card.name.clone();
        Some(HostView { name, provisional: session.provisional, cancelled: session.is_cancelled() })
    };
    let mut hosts: Vec<HostView> = sessions.iter().filter_map(host).collect();
    let state = if sessions.iter().all(|(_, session)| session.is_cancelled()) {
        DayState::None
    } else if date < board.day {
        DayState::Past
    } else if next.is_some_and(|(_, session)| session.date == date) {
        DayState::Next
    } else {
        DayState::Ahead
    };
    // Morning and afternoon of the same host are one day to a visitor.
    hosts.dedup();
    DayView {
        day: date.day(),
        lunar: LunarDay::of(date).map(|lunar| match lunar.day() {
            1 => lunar.month_name(),
            _ => lunar.day_name().to_owned(),
        }),
        holiday: kind.and_then(|kind| match kind {
            DayKind::Holiday(name) => Some(name),
            _ => None,
        }),
        make_up: kind == Some(DayKind::MakeUpDay),
        hosts,
        state,
    }
}
