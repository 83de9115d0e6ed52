//! What will begin: it stands in the content with a day that lies ahead.
//!
//! Nothing of it is published before its day; whoever prepares the wall is told of it all the same.

use chrono::NaiveDate;

use crate::kinds::AreaRecords;

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComingKind {
    /// A plan of reception days.
    Reception,
    /// A result.
    Result,
    /// A notice.
    Notice,
}

/// Something that begins on a later day.
#[derive(Clone, Debug)]
pub struct Coming {
    /// What.
    pub kind: ComingKind,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub day: NaiveDate,
}

/// The notices, results and plans of an area that begin after `day`.
pub(in crate::board) fn gather(record: &AreaRecords, day: NaiveDate) -> Vec<Coming> {
    let coming = |kind, title: &str, begins| {
        (day < begins).then(|| Coming { kind, title: title.to_owned(), day: begins })
    };
    let notices = record.notices.iter().filter(|notice| !notice.blank);
    let notices = notices.filter_map(|one| coming(ComingKind::Notice, &one.title, one.date));
    let results = record.results.iter().filter_map(|one| coming(ComingKind::Result, &one.title, one.date));
    let plans = record.reception.iter();
    let plans = plans.filter_map(|one| coming(ComingKind::Reception, &one.title, one.published.value));
    plans.chain(notices).chain(results).collect()
}
