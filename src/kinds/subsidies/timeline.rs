//! What a disclosure is on a day: its state, and the facts that exist by then.

use chrono::{Days, NaiveDate};
use serde::Serialize;

/// The state of a disclosure on a day. On each day it has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its time is over: the rows are gone from every output.
    Withdrawn,
    /// An objection was upheld, and a new disclosure stands in its place.
    Superseded,
    /// An objection is pending, or upheld and not answered by a new disclosure.
    Reviewing,
    /// The notice period has not begun: no rows yet.
    Upcoming,
    /// Objections are taken.
    Open,
    /// Decided.
    Confirmed,
    /// The period is over, and nothing is decided.
    Closed,
}

/// The days in which objections are taken, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

/// What became of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Not decided yet.
    Pending,
    /// Without ground.
    Rejected,
    /// With ground.
    Upheld,
}

/// An objection. A decided one has the day of its decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The day it came in.
    pub received: NaiveDate,
    /// What became of it, from `decided` on.
    pub outcome: Outcome,
    /// The day it was decided.
    pub decided: Option<NaiveDate>,
    /// The first day of the disclosure that an upheld one has ended in.
    pub reposted: Option<NaiveDate>,
}

/// The days of one step on the way to a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepDays {
    /// The day the matter came in.
    pub received: Option<NaiveDate>,
    /// The day the step was done.
    pub done: Option<NaiveDate>,
}

/// All days on which the meaning of a disclosure turns. At least one of `period` and `decision` is there.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The notice period.
    pub period: Option<Period>,
    /// The day of the decision.
    pub decision: Option<NaiveDate>,
    /// Objections.
    pub objections: Vec<Objection>,
    /// Steps on the way to the decision.
    pub steps: Vec<StepDays>,
    /// When it was hung up.
    pub posted: Option<NaiveDate>,
    /// When it was taken down.
    pub taken_down: Option<NaiveDate>,
    /// Days after the end of the period (or the decision, if later) when rows are withdrawn; 0 is never.
    pub withdraw_after: u32,
}

/// What holds on one day: everything on a disclosure's page that turns with the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its state.
    pub state: State,
    /// Whether objections are taken on the day; also while one is being reviewed.
    pub accepting: bool,
    /// Objections received by then, with what was known of them.
    pub objections: Vec<Objection>,
    /// The steps, each with what was known of it by then.
    pub steps: Vec<StepDays>,
    /// Whether it has been decided.
    pub decided: bool,
    /// Whether it has been hung up.
    pub posted: bool,
    /// Whether it has been taken down again.
    pub taken_down: bool,
}

impl Status {
    /// Whether rows may be shown.
    pub fn shows_rows(&self) -> bool {
        !matches!(self.state, State::Upcoming | State::Withdrawn)
    }
}

impl Objection {
    /// The objection as it was known on `day`; `None` before it was received.
    pub fn known_on(self, day: NaiveDate) -> Option<Self> {
        let decided = self.decided.filter(|decided| *decided <= day);
        let outcome = if decided.is_some() { self.outcome } else { Outcome::Pending };
        let reposted = self.reposted.filter(|reposted| *reposted <= day && outcome == Outcome::Upheld);
        (self.received <= day).then_some(Self { received: self.received, outcome, decided, reposted })
    }

    /// Whether the matter is open: nothing is decided, or a new disclosure is still to come.
    fn under_review(&self) -> bool {
        match self.outcome {
            Outcome::Pending => true,
            Outcome::Rejected => false,
            Outcome::Upheld => self.reposted.is_none(),
        }
    }
}

impl StepDays {
    /// The step as it was known on `day`.
    fn known_on(self, day: NaiveDate) -> Self {
        let by_then = |fact: Option<NaiveDate>| fact.filter(|fact| *fact <= day);
        Self { received: by_then(self.received), done: by_then(self.done) }
    }
}

impl Timeline {
    /// What holds on `day`. Facts of later days are not considered.
    pub fn on(&self, day: NaiveDate) -> Status {
        let by_then = |fact: Option<NaiveDate>| fact.is_some_and(|fact| fact <= day);
        let objections: Vec<_> = self.objections.iter().filter_map(|one| one.known_on(day)).collect();
        Status {
            state: self.state(day, &objections),
            accepting: self.period.is_some_and(|period| period.start <= day && day <= period.end),
            objections,
            steps: self.steps.iter().map(|step| step.known_on(day)).collect(),
            decided: by_then(self.decision),
            posted: by_then(self.posted),
            taken_down: by_then(self.taken_down),
        }
    }

    /// The first state of the contract's list that holds on `day`.
    fn state(&self, day: NaiveDate, objections: &[Objection]) -> State {
        let under_review = objections.iter().any(Objection::under_review);
        let superseded = objections.iter().any(|objection| objection.reposted.is_some());
        let decision = self.decision.filter(|decision| *decision <= day);
        if !under_review && self.last_day_shown(decision).is_some_and(|last| last < day) {
            State::Withdrawn
        } else if superseded {
            State::Superseded
        } else if under_review {
            State::Reviewing
        } else if self.begins().is_none_or(|first| day < first) {
            State::Upcoming
        } else if self.period.is_some_and(|period| day <= period.end) {
            State::Open
        } else if decision.is_some() {
            State::Confirmed
        } else {
            State::Closed
        }
    }

    /// The first day with rows: the start of the period; of a list without one the day of its decision.
    pub fn begins(&self) -> Option<NaiveDate> {
        self.period.map(|period| period.start).or(self.decision)
    }

    /// The last day before rows are withdrawn as it is known on `day`; `None` when they stay, and while something is
    /// under review.
    pub fn shown_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut known = self.objections.iter().filter_map(|one| one.known_on(day));
        let decision = self.decision.filter(|decision| *decision <= day);
        if known.any(|one| one.under_review()) { None } else { self.last_day_shown(decision) }
    }

    /// The last day before rows are withdrawn, with the decision as far as it is known.
    fn last_day_shown(&self, decision: Option<NaiveDate>) -> Option<NaiveDate> {
        if self.withdraw_after == 0 {
            return None;
        }
        let over = self.period.map(|period| period.end).max(decision);
        over?.checked_add_days(Days::new(self.withdraw_after.into()))
    }

    /// The first day after `day` on which something else holds.
    pub fn next_change(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.turning_days().into_iter().filter(|turn| *turn > day).collect();
        days.sort_unstable();
        days.dedup();
        let before = self.on(day);
        days.into_iter().find(|turn| self.on(*turn) != before)
    }

    /// All days on which something may turn.
    fn turning_days(&self) -> Vec<NaiveDate> {
        let after = |day: NaiveDate| day.checked_add_days(Days::new(1));
        let end = self.period.map(|period| period.end);
        let shown = [self.last_day_shown(None), self.last_day_shown(self.decision)];
        let turns = [self.begins(), end.and_then(after), self.decision, self.posted, self.taken_down];
        let objections =
            self.objections.iter().flat_map(|one| [Some(one.received), one.decided, one.reposted]);
        let steps = self.steps.iter().flat_map(|step| [step.received, step.done]);
        turns
            .into_iter()
            .chain(shown.into_iter().map(|last| last.and_then(after)))
            .chain(objections)
            .chain(steps)
            .flatten()
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;
