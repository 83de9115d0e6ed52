//! Obligations counted, area by area and upwards.

use serde::Serialize;

use super::{Duty, Met};
use crate::board::AreaOnBoard;

/// Obligations counted. They are all of them: done on time or late, due, overdue or missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub obligations: usize,
    /// Fulfilled in time.
    pub on_time: usize,
    /// Fulfilled too late.
    pub late: usize,
    /// Not fulfilled and not late.
    pub due: usize,
    /// Not fulfilled and late.
    pub overdue: usize,
    /// Not fulfilled, and something later has been.
    pub missed: usize,
}

/// What each area and those that lie in it owe. Areas come before those that lie in them.
pub(super) fn roll_up(duties: &[Vec<Duty>], areas: &[AreaOnBoard]) -> Vec<Counts> {
    let mut counts: Vec<Counts> = duties.iter().map(count).collect();
    for index in (0..counts.len()).rev() {
        let own = counts.get(index).copied().unwrap_or_default();
        let parent = areas.get(index).and_then(|area| area.parent);
        if let Some(above) = parent.and_then(|parent| counts.get_mut(parent)) {
            above.add(own);
        }
    }
    counts
}

/// The obligations of some duties, counted.
pub fn count<'d>(duties: impl IntoIterator<Item = &'d Duty>) -> Counts {
    let mut counts = Counts::default();
    for obligation in duties.into_iter().flat_map(|duty| &duty.obligations) {
        counts.obligations += 1;
        match obligation.met {
            Met::Done => counts.on_time += 1,
            Met::Late => counts.late += 1,
            Met::Due => counts.due += 1,
            Met::Overdue => counts.overdue += 1,
            Met::Missed => counts.missed += 1,
        }
    }
    counts
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.obligations += other.obligations;
        self.on_time += other.on_time;
        self.late += other.late;
        self.due += other.due;
        self.overdue += other.overdue;
        self.missed += other.missed;
    }

    /// How many have been fulfilled, in time or not.
    pub fn done(self) -> usize {
        self.on_time + self.late
    }
}
