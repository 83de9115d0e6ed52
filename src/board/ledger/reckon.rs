//! Which obligations there are by a day, and what fulfils each: rule, facts and day alone.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::calendar::StatutoryCalendar;
use crate::kinds::catalogue::{DuePeriod, DueRule};

/// Obligations are looked back at for so many months before the period that runs.
const MONTHS_BACK: u32 = 12;

/// A publication that may fulfil an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The day it was published.
    pub day: NaiveDate,
    /// The first day of what it is about, where it may be published before that: a plan of the year, in December.
    pub about: Option<NaiveDate>,
    /// The day on which what it tells of came about or changed.
    pub since: Option<NaiveDate>,
    /// Whether it still stands: not withdrawn, not in the archive.
    pub stands: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// By when; `None` for what must stand at any time.
    pub rule: Option<DueRule>,
    /// The first day from which it is owed.
    pub from: Option<NaiveDate>,
    /// Whether facts of earlier days are not kept, so that nothing can be said of the periods before the first one.
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

/// One obligation: an area, an item, and a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The last day on which it is on time; `None` where it has none, or the State Council's notice for a year that it
    /// needs is not known.
    pub due: Option<NaiveDate>,
    /// How it stands.
    pub met: Met,
    /// Which of the facts fulfils it.
    pub by: Option<usize>,
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
}

/// Reckons what an area owes of an item by `day`. Facts of later days are not considered; they come in the order of days.
pub fn reckon(terms: Terms, facts: &[Fact], day: NaiveDate, calendar: &StatutoryCalendar) -> Reckoned {
    let known = facts.get(..facts.partition_point(|fact| fact.day <= day)).unwrap_or_default();
    match terms.rule {
        None => standing(known),
        Some(DueRule::WithinWorkdays(days)) => after_events(days, terms, facts, day, calendar),
        Some(rule) => by_periods(rule, terms, known, day),
    }
}

/// What must stand at any time: the latest that does fulfils it.
fn standing(known: &[Fact]) -> Reckoned {
    let by = known.iter().rposition(|fact| fact.stands);
    let met = if by.is_some() { Met::Done } else { Met::Due };
    Reckoned { obligations: vec![Obligation { due: None, met, by }], ..Reckoned::default() }
}

/// One obligation for each thing that came about, from `from` on, in this year or the one before.
fn after_events(
    days: u16,
    terms: Terms,
    facts: &[Fact],
    day: NaiveDate,
    calendar: &StatutoryCalendar,
) -> Reckoned {
    let first = NaiveDate::from_ymd_opt(day.year() - 1, 1, 1).max(terms.from);
    let mut reckoned = Reckoned::default();
    for (index, fact) in facts.iter().enumerate() {
        let Some(since) =
            fact.since.filter(|since| *since <= day && first.is_none_or(|first| first <= *since))
        else {
            continue;
        };
        let due = calendar.working_days_after(since, days).ok();
        let published = fact.day <= day;
        let met = met(published.then_some(fact.day), due, day);
        reckoned.obligations.push(Obligation { due, met, by: published.then_some(index) });
    }
    reckoned.obligations.sort_by_key(|one| (one.due.is_none(), one.due));
    let waiting = reckoned.obligations.iter().filter(|one| one.met == Met::Due);
    reckoned.next_due = waiting.filter_map(|one| one.due).min();
    let new_year = NaiveDate::from_ymd_opt(day.year() + 1, 1, 1);
    reckoned.turns = [reckoned.next_due.and_then(|due| due.succ_opt()), new_year].into_iter().flatten().min();
    reckoned
}

/// One obligation for each period.
fn by_periods(rule: DueRule, terms: Terms, known: &[Fact], day: NaiveDate) -> Reckoned {
    let mut reckoned = Reckoned::default();
    let Some(running) = rule.period_around(day) else { return reckoned };
    let mut periods = Periods { rule, next: rule.period_around(first_day(terms, known, running.first, day)) };
    let owed = |period: &DuePeriod| terms.from.is_none_or(|from| from <= period.due);
    for period in periods.by_ref().take_while(|period| period.first <= day).filter(owed) {
        let by = earliest_fitting(known, period);
        let published = by.and_then(|by| known.get(by)).map(|fact| fact.day);
        reckoned.obligations.push(Obligation {
            due: Some(period.due),
            met: met(published, Some(period.due), day),
            by,
        });
    }
    // What was missed before something later is over: nobody can publish it in its time any more.
    let mut later_is_met = false;
    for obligation in reckoned.obligations.iter_mut().rev() {
        later_is_met |= obligation.by.is_some();
        if later_is_met && obligation.met == Met::Overdue {
            obligation.met = Met::Missed;
        }
    }
    let waits = reckoned.obligations.last().filter(|last| last.met == Met::Due).and_then(|last| last.due);
    let following = Periods { rule, next: after(rule, running) }
        .find(|period| owed(period) && earliest_fitting(known, *period).is_none());
    reckoned.next_due = waits.or(following.map(|period| period.due));
    let over = waits.and_then(|due| due.succ_opt());
    reckoned.turns = over.or(after(rule, running).map(|next| next.first));
    reckoned
}

/// How something published on a day, or not, stands to its last day.
fn met(published: Option<NaiveDate>, due: Option<NaiveDate>, day: NaiveDate) -> Met {
    match (published, due) {
        (Some(published), Some(due)) if due < published => Met::Late,
        (Some(_), _) => Met::Done,
        (None, Some(due)) if due < day => Met::Overdue,
        (None, _) => Met::Due,
    }
}

/// The day in whose period obligations begin: `from`; without it that of the first fact, or the day itself. Where earlier
/// facts are not kept, never before the first one; `running` is the first day of the period that runs.
fn first_day(terms: Terms, known: &[Fact], running: NaiveDate, day: NaiveDate) -> NaiveDate {
    let evidence = known.first().map(|fact| fact.day);
    let begins = match (terms.from, evidence) {
        (Some(from), Some(first)) if terms.forgets => from.max(first),
        (Some(from), _) => from,
        (None, evidence) => evidence.unwrap_or(day),
    };
    let earliest = running.checked_sub_months(Months::new(MONTHS_BACK));
    earliest.map_or(begins, |earliest| begins.max(earliest))
}

/// The earliest fact that fits a period: published in it, or before it about something that begins in it.
fn earliest_fitting(known: &[Fact], period: DuePeriod) -> Option<usize> {
    let within = |day: NaiveDate| period.first <= day && day <= period.last;
    let at = known.partition_point(|fact| fact.day < period.first);
    let early = known.iter().take(at).position(|fact| fact.about.is_some_and(within));
    early.or_else(|| known.get(at).filter(|fact| within(fact.day)).map(|_| at))
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
