//! Which obligations there are by a day, and what fulfils each: rule, facts and day alone.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::board::Due;
use crate::calendar::StatutoryCalendar;
use crate::kinds::catalogue::{DuePeriod, DueRule};

/// Obligations are looked back at for so many months before the period that runs.
const MONTHS_BACK: u32 = 12;

/// Where as many periods to come are fulfilled already, by a plan of many years, no next one is looked for.
const PERIODS_AHEAD: usize = 120;

/// A publication that may fulfil an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The day it was published.
    pub day: NaiveDate,
    /// The first and the last day that it is about, where it holds for these and no others: a plan of reception days.
    pub about: Option<(NaiveDate, NaiveDate)>,
    /// Whether it still stands: not withdrawn, not in the archive, not over.
    pub stands: bool,
}

/// Something that came about or changed, and must be published so many working days later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day on which it did.
    pub since: NaiveDate,
    /// Which of the facts tells of it.
    pub by: Option<usize>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// By when; `None` for what must stand at any time.
    pub rule: Option<DueRule>,
    /// The first day from which it is owed, by the catalogue.
    pub from: Option<NaiveDate>,
    /// Where the catalogue names none, the first day for which some area of the board has published it.
    pub first: Option<NaiveDate>,
    /// Whether facts of earlier days are not kept: nothing can be said of the periods before the first one, nor whether that
    /// one was the first of its period.
    pub forgets: bool,
}

/// How an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Met {
    /// Fulfilled by its last day.
    Done,
    /// Fulfilled after it.
    Late,
    /// Not fulfilled, and its last day has not passed.
    Due,
    /// Not fulfilled, and its last day has passed.
    Overdue,
    /// Not fulfilled in its time; something of a later period has been published since.
    Missed,
}

/// One obligation: an area, an item, and a period or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The last day on which it is on time; `None` for what must stand at any time.
    pub due: Option<Due>,
    /// How it stands.
    pub met: Met,
    /// Which of the facts fulfils it.
    pub by: Option<usize>,
}

impl Obligation {
    /// The last day on which it is on time, where there is one and it can be told.
    pub fn due_day(&self) -> Option<NaiveDate> {
        self.due.and_then(Due::day)
    }
}

/// What is owed by a day, and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// The obligations, the oldest first.
    pub obligations: Vec<Obligation>,
    /// The last day of the first one that is not fulfilled and not overdue, whether it has begun or not.
    pub next_due: Option<NaiveDate>,
    /// The first day after the board's own on which this changes by the calendar alone.
    pub turns: Option<NaiveDate>,
    /// The first year whose notice of holidays a deadline needs and the calendar lacks.
    pub unannounced: Option<i32>,
}

/// Reckons what an area owes of an item by `day`. Facts and events of later days are not considered; facts come in the order
/// of days.
pub fn reckon(
    terms: Terms,
    facts: &[Fact],
    events: &[Event],
    day: NaiveDate,
    calendar: &StatutoryCalendar,
) -> Reckoned {
    let known = facts.get(..facts.partition_point(|fact| fact.day <= day)).unwrap_or_default();
    match terms.rule {
        None => standing(terms, known, day),
        Some(DueRule::WithinWorkdays(days)) => after_events(days, terms, known, events, day, calendar),
        Some(rule) => by_periods(rule, terms, known, day),
    }
}

/// What must stand at any time: the latest that does fulfils it. Nobody has said by when, so it is never overdue.
fn standing(terms: Terms, known: &[Fact], day: NaiveDate) -> Reckoned {
    if let Some(from) = terms.from.filter(|from| day < *from) {
        return Reckoned { turns: Some(from), ..Reckoned::default() };
    }
    let by = known.iter().rposition(|fact| fact.stands);
    let met = if by.is_some() { Met::Done } else { Met::Due };
    Reckoned { obligations: vec![Obligation { due: None, met, by }], ..Reckoned::default() }
}

/// One obligation for each thing that came about, from `from` on, in this year or the one before; earlier ones while nobody
/// has told of them.
fn after_events(
    days: u16,
    terms: Terms,
    known: &[Fact],
    events: &[Event],
    day: NaiveDate,
    calendar: &StatutoryCalendar,
) -> Reckoned {
    let mut reckoned = Reckoned::default();
    let owed = |event: &&Event| terms.from.is_none_or(|from| from <= event.since);
    let mut drops = false;
    for event in events.iter().filter(owed) {
        if day < event.since {
            reckoned.turns = [reckoned.turns, Some(event.since)].into_iter().flatten().min();
            continue;
        }
        let by = event.by.filter(|by| *by < known.len());
        if by.is_some() && event.since.year() < day.year() - 1 {
            continue;
        }
        drops |= by.is_some() && event.since.year() < day.year();
        let due = match calendar.working_days_after(event.since, days) {
            Ok(due) => Due::Day(due),
            Err(unknown) => {
                reckoned.unannounced = [reckoned.unannounced, Some(unknown.0)].into_iter().flatten().min();
                Due::Unannounced
            }
        };
        let met = met(by, due.day(), terms, known, day);
        reckoned.obligations.push(Obligation { due: Some(due), met, by });
    }
    reckoned.obligations.sort_by_key(|one| (one.due_day().is_none(), one.due_day()));
    let waiting = reckoned.obligations.iter().filter(|one| one.met == Met::Due);
    reckoned.next_due = waiting.filter_map(Obligation::due_day).min();
    let new_year = NaiveDate::from_ymd_opt(day.year() + 1, 1, 1).filter(|_| drops);
    let over = reckoned.next_due.and_then(|due| due.succ_opt());
    reckoned.turns = [reckoned.turns, over, new_year].into_iter().flatten().min();
    reckoned
}

/// One obligation for each period.
fn by_periods(rule: DueRule, terms: Terms, known: &[Fact], day: NaiveDate) -> Reckoned {
    let mut reckoned = Reckoned::default();
    let Some(running) = rule.period_around(day) else { return reckoned };
    let begins = first_day(terms, known, running.first, day);
    let periods = Periods { rule, next: rule.period_around(begins) };
    let owed = |period: &DuePeriod| terms.from.is_none_or(|from| from <= period.due);
    for period in periods.take_while(|period| period.first <= day).filter(owed) {
        let by = earliest_fitting(known, period);
        let met = met(by, Some(period.due), terms, known, day);
        reckoned.obligations.push(Obligation { due: Some(Due::Day(period.due)), met, by });
    }
    // What was missed before something later is over: nobody can publish it in its time any more.
    let mut later_is_met = false;
    for obligation in reckoned.obligations.iter_mut().rev() {
        later_is_met |= obligation.by.is_some();
        if later_is_met && obligation.met == Met::Overdue {
            obligation.met = Met::Missed;
        }
    }
    let waits = reckoned.obligations.last().filter(|last| last.met == Met::Due).and_then(Obligation::due_day);
    let next = if running.last < begins { rule.period_around(begins) } else { after(rule, running) };
    let mut following = Periods { rule, next }.filter(owed).take(PERIODS_AHEAD).peekable();
    let next_begins = following.peek().map(|period| period.first);
    let coming = following.find(|period| earliest_fitting(known, *period).is_none());
    reckoned.next_due = waits.or(coming.map(|period| period.due));
    reckoned.turns = waits.and_then(|due| due.succ_opt()).or(next_begins);
    reckoned
}

/// How what one of the facts fulfils, or none yet, stands to its last day. Of the first fact that is kept nobody knows whether
/// it was the first: it is not called late.
fn met(by: Option<usize>, due: Option<NaiveDate>, terms: Terms, known: &[Fact], day: NaiveDate) -> Met {
    let published = by.and_then(|by| known.get(by)).map(|fact| fact.day);
    match (published, due) {
        (Some(published), Some(due)) if due < published && !(terms.forgets && by == Some(0)) => Met::Late,
        (Some(_), _) => Met::Done,
        (None, Some(due)) if due < day => Met::Overdue,
        (None, _) => Met::Due,
    }
}

impl Fact {
    /// The first day for which it counts.
    pub fn counts_from(&self) -> NaiveDate {
        self.about.map_or(self.day, |(first, _)| first.max(self.day))
    }

    /// Whether it fits a period: published in it, or by its end about days of it.
    fn fits(&self, period: DuePeriod) -> bool {
        match self.about {
            Some((first, last)) => self.day <= period.last && first <= period.last && period.first <= last,
            None => period.first <= self.day && self.day <= period.last,
        }
    }
}

/// The day in whose period obligations begin: `from`; without it the first one for which some area published it, or the day
/// itself. Where earlier facts are not kept, never before the first one; `running` is the first day of the period that runs.
fn first_day(terms: Terms, known: &[Fact], running: NaiveDate, day: NaiveDate) -> NaiveDate {
    let begins = terms.from.or(terms.first).unwrap_or(day);
    let kept = known.first().filter(|_| terms.forgets).map(|fact| fact.day);
    let earliest = running.checked_sub_months(Months::new(MONTHS_BACK));
    [Some(begins), kept, earliest].into_iter().flatten().max().unwrap_or(begins)
}

/// The earliest fact that fits a period.
fn earliest_fitting(known: &[Fact], period: DuePeriod) -> Option<usize> {
    known.iter().position(|fact| fact.fits(period))
}

fn after(rule: DueRule, period: DuePeriod) -> Option<DuePeriod> {
    rule.period_around(period.last.succ_opt()?)
}

/// Periods one after the other.
struct Periods {
    rule: DueRule,
    next: Option<DuePeriod>,
}

impl Iterator for Periods {
    type Item = DuePeriod;

    fn next(&mut self) -> Option<DuePeriod> {
        let period = self.next?;
        self.next = after(self.rule, period);
        Some(period)
    }
}
