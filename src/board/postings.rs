//! The record that a list hung on the wall, held against the days for which it had to hang.

use chrono::NaiveDate;
use serde::Serialize;

use super::{AreaOnBoard, DisclosureOnBoard, PostingOnBoard, Record};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::subsidies::{Disclosure, Outcome, Period, State};

const POSTING_MISSING: Code = Code::warning("posting-missing");
const POSTING_OUTDATED: Code = Code::warning("posting-outdated");
const POSTING_SHORT: Code = Code::warning("posting-short");
const POSTING_INCOMPLETE: Code = Code::warning("posting-incomplete");

/// What the record says of a list that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PostingState {
    /// It hangs.
    Hangs,
    /// It hung as long as it had to, and was taken down.
    Taken,
    /// Nobody has written that it hung.
    Missing,
    /// The record is that of an earlier edition.
    Outdated,
    /// It was taken down, and hung for fewer days than it had to.
    Short,
    /// It hangs, and should have been taken down.
    Overstays,
    /// It hangs, and its rows are withdrawn from everywhere else.
    Withdrawn,
}

/// What the record of a list comes to. Nothing of it turns with the day alone, except where the list itself turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// What it says.
    pub state: PostingState,
    /// The days through which it had to hang; `None` for a list without a notice period, of which no number is asked.
    pub asked: Option<Period>,
    /// On how many of these it hung, of a list without a notice period on how many at all; `None` while it hangs and
    /// must hang, and where there is no record. The day on which it was taken down counts: that is done in the evening.
    pub days: Option<i64>,
    /// Whether it hung too late, or was taken down too early.
    pub short: bool,
    /// Whether it need not hang any more, so that what lacks cannot be made up for.
    pub over: bool,
}

/// The number of days from one to another, both included; none where they are reversed.
fn count(first: NaiveDate, last: NaiveDate) -> i64 {
    ((last - first).num_days() + 1).max(0)
}

impl Posted {
    /// The number of days for which it had to hang.
    pub fn days_asked(&self) -> Option<i64> {
        self.asked.map(|asked| count(asked.start, asked.end))
    }

    /// Whether it lacks what cannot be made up for: it hung for too few days, or nobody has written that it hung.
    pub(super) fn lacks_for_good(&self) -> bool {
        self.is_unrecorded() || self.over && self.short
    }

    /// Whether it lacks something for good, or the list hangs though it should not.
    pub fn is_amiss(&self) -> bool {
        self.lacks_for_good() || matches!(self.state, PostingState::Overstays | PostingState::Withdrawn)
    }

    /// Whether the evidence that it hung is missing for good.
    pub fn is_unrecorded(&self) -> bool {
        self.over && matches!(self.state, PostingState::Missing | PostingState::Outdated)
    }
}

impl AreaOnBoard {
    /// The lists of this area that have begun, each with what its record comes to.
    pub fn postings(&self) -> impl Iterator<Item = (&DisclosureOnBoard, Posted)> {
        self.subsidies.iter().filter_map(|list| Some((list, list.posted()?)))
    }
}

impl DisclosureOnBoard {
    /// What the record of the posting comes to; `None` before the list begins.
    pub fn posted(&self) -> Option<Posted> {
        let begins = self.begins.filter(|_| self.state != State::Upcoming)?;
        let (asked, over) = (self.asked(), self.hangs_until().is_none());
        let without = |state| Posted { state, asked, days: None, short: false, over };
        let record = self.posting.as_ref().and_then(|posting| Some((posting, posting.on?)));
        let Some((posting, on)) = record else { return Some(without(PostingState::Missing)) };
        if self.edition.value > 1 && on < begins {
            return Some(without(PostingState::Outdated));
        }
        let late = asked.is_some_and(|asked| asked.start < on && asked.start <= asked.end);
        let early = asked.zip(posting.off).is_some_and(|(asked, off)| off < asked.end);
        let last = match (asked, posting.off) {
            (Some(asked), Some(off)) => Some(asked.end.min(off)),
            (Some(asked), None) => over.then_some(asked.end),
            (None, off) => off,
        };
        let days = last.map(|last| count(asked.map_or(on, |asked| asked.start.max(on)), last));
        let short = late || early;
        let state = match posting.off {
            Some(_) if short => PostingState::Short,
            Some(_) => PostingState::Taken,
            None if self.down_since().is_none() => PostingState::Hangs,
            None if self.state == State::Withdrawn => PostingState::Withdrawn,
            None => PostingState::Overstays,
        };
        Some(Posted { state, asked, days, short, over })
    }

    /// What the record says of a list that must hang on the day; `None` where it need not, or has hung long enough.
    pub(super) fn record_now(&self) -> Option<Record> {
        let (posted, until) = (self.posted()?, self.hangs_until()?);
        match posted.state {
            // Taken down on its last day, or a list of which no number of days is asked.
            PostingState::Taken => None,
            PostingState::Missing => Some(Record::Missing),
            PostingState::Outdated => Some(Record::Outdated),
            PostingState::Short => {
                let off = self.posting.as_ref().and_then(|posting| posting.off)?;
                until.is_none_or(|until| off < until).then_some(Record::Early)
            }
            PostingState::Hangs | PostingState::Overstays | PostingState::Withdrawn => Some(Record::Hangs),
        }
    }

    /// Whether it must hang on the day, and by its record does not.
    pub fn is_to_hang(&self) -> bool {
        self.record_now().is_some_and(|record| record != Record::Hangs)
    }

    /// The days of its notice period; those before the list that stands in its place began, where there is one.
    fn asked(&self) -> Option<Period> {
        let Period { start, end } = self.period?;
        let replaced = self.links.reposted_to.as_ref().and_then(|later| later.begins.pred_opt());
        Some(Period { start, end: replaced.map_or(end, |replaced| replaced.min(end)) })
    }

    /// Whether by the record something of it hangs, be it an earlier edition.
    pub(super) fn is_on_the_wall(&self) -> bool {
        self.posting.as_ref().is_some_and(|posting| posting.off.is_none())
    }

    /// The last day on which it must hang; `None` when it need not.
    pub(super) fn hangs_until(&self) -> Option<Option<NaiveDate>> {
        match (self.state, self.period) {
            (State::Open | State::Reviewing, Some(period)) if self.accepting => Some(Some(period.end)),
            (State::Confirmed | State::Reviewing, None) => Some(self.shown_until),
            _ => None,
        }
    }

    /// The first day on which it may not hang any more: after the period and after the last review. `None` before.
    pub(super) fn down_since(&self) -> Option<NaiveDate> {
        match self.state {
            State::Upcoming | State::Reviewing => None,
            _ if self.hangs_until().is_some() => None,
            State::Superseded => self.links.reposted_to.as_ref().map(|later| later.begins),
            _ => {
                let last = self.period.map(|period| period.end).or(self.shown_until);
                let reviewed = self.objections.iter().filter_map(|known| match known.objection.outcome {
                    Outcome::Upheld => known.objection.reposted,
                    _ => known.objection.decided,
                });
                reviewed.chain(last.and_then(|last| last.succ_opt())).max()
            }
        }
    }
}

/// Where the content speaks of the posting of a list, and what its record lacks.
pub(super) struct Written {
    start: Place,
    on: Option<Place>,
    off: Option<Place>,
    lacks: Vec<&'static str>,
}

impl Written {
    /// Of a list as it was read.
    pub(super) fn of(list: &Disclosure) -> Self {
        let period = list.period.as_ref().map(|period| period.start.place);
        let decided = list.decision.as_ref().map(|decision| decision.date.place);
        let posting = list.posting.as_ref();
        // What makes a record: where, and by whom. A witness and a picture are wished for.
        let lacks = posting.map(|posting| {
            let parts = [("place", posting.place.is_none()), ("by", posting.by.is_none())];
            parts.into_iter().filter_map(|(key, lacks)| lacks.then_some(key)).collect()
        });
        Self {
            start: period.or(decided).unwrap_or(Place::file(list.file)),
            on: posting.and_then(|posting| Some(posting.on?.place)),
            off: posting.and_then(|posting| Some(posting.off?.place)),
            lacks: lacks.unwrap_or_default(),
        }
    }

    /// Says what is wrong with the record of a list for as long as its rows are shown; after that the audit and the page
    /// of postings say it.
    pub(super) fn warn(&self, list: &DisclosureOnBoard, problems: &mut Problems) {
        let Some(posted) = list.posted().filter(|_| list.state != State::Withdrawn) else { return };
        let Some(begins) = list.begins else { return };
        match (posted.state, self.on) {
            // A list that takes no objections is public by its page; that it should hang, the audit says.
            (PostingState::Missing, _) if list.period.is_some() => {
                problems.add(Diagnostic::new(POSTING_MISSING, self.start).with("start", begins));
            }
            (PostingState::Outdated, Some(on)) => {
                let problem = Diagnostic::new(POSTING_OUTDATED, on).with("start", begins);
                problems.add(problem.with("edition", list.edition.value));
            }
            _ => {}
        }
        if let Some(posting) = &list.posting {
            self.warn_of_days(posting, &posted, problems);
        }
        if let (false, Some(on), true) = (self.lacks.is_empty(), self.on, list.posting.is_some()) {
            problems.add(Diagnostic::new(POSTING_INCOMPLETE, on).with("lacks", self.lacks.join(", ")));
        }
    }

    fn warn_of_days(&self, posting: &PostingOnBoard, posted: &Posted, problems: &mut Problems) {
        let (Some(asked), Some(on)) = (posted.asked.filter(|_| posted.short), posting.on) else { return };
        let late = asked.start < on;
        // One that was taken down before it was hung up has been reported.
        if !late && posting.off.is_some_and(|off| off < on) {
            return;
        }
        let (day, place, what) = match posting.off {
            Some(off) if !late => (off, self.off, "say-taken-down"),
            _ => (on, self.on, "say-hung-up"),
        };
        let Some(place) = place else { return };
        let problem = Diagnostic::new(POSTING_SHORT, place).with("day", day).with_word("what", what);
        problems.add(problem.with("start", asked.start).with("end", asked.end));
    }
}
