//! Two published folders, and what has come, changed or gone between them.
//!
//! Only open data are compared: what is private is in neither folder. The manifests say which files to look at.

mod snapshot;

use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostics::Failure;
use crate::values::Yuan;
use snapshot::{Contact, List, Notice, Published, Sessions, Snapshot};

/// What has become of one thing on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Path of its area; empty for the root.
    pub area: String,
    /// Name of the area.
    pub area_name: String,
    /// What it is.
    pub kind: TurnKind,
    /// Its title, or the name of a contact.
    pub title: String,
    /// What is different, one by one.
    pub details: Vec<Detail>,
}

/// What can come, change and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TurnKind {
    /// A list of a subsidy.
    List,
    /// A result.
    Result,
    /// A notice.
    Notice,
    /// A contact.
    Contact,
    /// Sessions of reception.
    Reception,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is called otherwise; the title before.
    Retitled(String),
    /// Its state, by the names of open data.
    State(String, String),
    /// So many rows more, or fewer.
    Rows(i64),
    /// So many rows, of which nothing was known before.
    Count(u64),
    /// Its total.
    Total(Option<Yuan>, Option<Yuan>),
    /// Its period.
    Period(NaiveDate, NaiveDate),
    /// Some of its rows, or its text, are different.
    Content,
    /// The telephone.
    Phone(Option<String>, Option<String>),
    /// The position.
    Position(Option<String>, Option<String>),
    /// So many sessions more.
    SessionsAdded(usize),
    /// So many sessions fewer.
    SessionsRemoved(usize),
    /// Who receives on a day.
    Host(NaiveDate, String, String),
    /// A session is cancelled.
    Cancelled(NaiveDate),
    /// Time or place of a session.
    Moved(NaiveDate),
}

/// Compares two published folders: what has come, changed or gone from `old` to `new`, by area and kind.
///
/// # Errors
/// `not-published` (usage) when one is no folder published by this program; `cannot-read`.
pub fn diff(old: &Path, new: &Path) -> Result<(NaiveDate, NaiveDate, Vec<Turn>), Failure> {
    let (old, new) = (Snapshot::read(old)?, Snapshot::read(new)?);
    let mut turns = Vec::new();
    compare(TurnKind::List, &old, &new, |one| &one.lists, list, &mut turns);
    compare(TurnKind::Result, &old, &new, |one| &one.results, published, &mut turns);
    compare(TurnKind::Notice, &old, &new, |one| &one.notices, notice, &mut turns);
    compare(TurnKind::Contact, &old, &new, |one| &one.contacts, contact, &mut turns);
    compare(TurnKind::Reception, &old, &new, |one| &one.sessions, sessions, &mut turns);
    turns.sort_by(|a, b| (&a.area, a.kind, &a.title).cmp(&(&b.area, b.kind, &b.title)));
    Ok((old.date, new.date, turns))
}

/// A thing in a snapshot, found by its area and a name of its own.
type Named<T> = std::collections::BTreeMap<(String, String), T>;

/// Compares everything of one kind; `differences` says of one thing before and after what is different.
fn compare<T: snapshot::Titled>(
    kind: TurnKind,
    old: &Snapshot,
    new: &Snapshot,
    of: impl Fn(&Snapshot) -> &Named<T>,
    differences: impl Fn(Option<&T>, Option<&T>) -> Vec<Detail>,
    turns: &mut Vec<Turn>,
) {
    let (before, after) = (of(old), of(new));
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(gone) {
        let (then, now) = (before.get(key), after.get(key));
        let details = differences(then, now);
        let Some(one) = now.or(then).filter(|_| !details.is_empty()) else { continue };
        let (area, _) = key;
        let names = if new.areas.contains_key(area) { &new.areas } else { &old.areas };
        turns.push(Turn {
            area: area.clone(),
            area_name: names.get(area).cloned().unwrap_or_else(|| area.clone()),
            kind,
            title: one.title().to_owned(),
            details,
        });
    }
}

/// That something has come or gone; `None` where it was there and still is.
fn came_or_went<T>(then: Option<&T>, now: Option<&T>) -> Option<Detail> {
    match (then, now) {
        (None, Some(_)) => Some(Detail::Added),
        (Some(_), None) => Some(Detail::Removed),
        _ => None,
    }
}

fn retitled(then: &str, now: &str) -> Option<Detail> {
    (then != now).then(|| Detail::Retitled(then.to_owned()))
}

fn list(then: Option<&List>, now: Option<&List>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let Some(now) = now else { return details };
    let (count, total) = (then.and_then(|then| then.count), then.and_then(|then| then.total));
    if let Some(then) = then {
        details.extend(retitled(&then.title, &now.title));
        if then.state != now.state {
            details.push(Detail::State(then.state.clone(), now.state.clone()));
        }
        if let Some(period) = now.period.filter(|period| then.period.is_some_and(|then| then != *period)) {
            details.push(Detail::Period(period.0, period.1));
        }
    }
    match (count, now.count) {
        (Some(before), Some(after)) if before != after => {
            details
                .push(Detail::Rows(i64::try_from(after).unwrap_or(0) - i64::try_from(before).unwrap_or(0)));
        }
        (None, Some(after)) => details.push(Detail::Count(after)),
        _ => {}
    }
    if total != now.total && now.total.is_some() {
        details.push(Detail::Total(total, now.total));
    }
    // Rows that are withdrawn are no change of rows, nor are those that appear on the first day.
    let shown = then.filter(|then| !then.rows.is_empty() && !now.rows.is_empty());
    let told = details.iter().any(|one| matches!(one, Detail::Rows(_) | Detail::Total(..)));
    if shown.is_some_and(|then| then.rows != now.rows) && !told {
        details.push(Detail::Content);
    }
    details
}

fn published(then: Option<&Published>, now: Option<&Published>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    if let Some((then, now)) = then.zip(now) {
        details.extend(retitled(&then.title, &now.title));
        details.extend((then.content != now.content).then_some(Detail::Content));
    }
    details
}

fn notice(then: Option<&Notice>, now: Option<&Notice>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    if let Some((then, now)) = then.zip(now) {
        details.extend(retitled(&then.title, &now.title));
        details.extend((then.fingerprint != now.fingerprint).then_some(Detail::Content));
    }
    details
}

fn contact(then: Option<&Contact>, now: Option<&Contact>) -> Vec<Detail> {
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    if let Some((then, now)) = then.zip(now) {
        details.extend(retitled(&then.name, &now.name));
        if then.phone != now.phone {
            details.push(Detail::Phone(then.phone.clone(), now.phone.clone()));
        }
        if then.position != now.position {
            details.push(Detail::Position(then.position.clone(), now.position.clone()));
        }
        if details.is_empty() && then != now {
            details.push(Detail::Content);
        }
    }
    details
}

fn sessions(then: Option<&Sessions>, now: Option<&Sessions>) -> Vec<Detail> {
    let empty = Sessions::default();
    let (then, now) = (then.unwrap_or(&empty), now.unwrap_or(&empty));
    let mut details = Vec::new();
    let missing = |one: &Sessions, other: &Sessions| {
        one.days.keys().filter(|key| !other.days.contains_key(*key)).count()
    };
    let (added, removed) = (missing(now, then), missing(then, now));
    details.extend((added > 0).then_some(Detail::SessionsAdded(added)));
    details.extend((removed > 0).then_some(Detail::SessionsRemoved(removed)));
    for (key, after) in &now.days {
        let Some(before) = then.days.get(key) else { continue };
        let (day, _) = key;
        if after.cancelled && !before.cancelled {
            details.push(Detail::Cancelled(*day));
        } else if before.host != after.host {
            details.push(Detail::Host(*day, before.host.clone(), after.host.clone()));
        } else if before != after {
            details.push(Detail::Moved(*day));
        }
    }
    details
}
