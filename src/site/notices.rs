//! Notices as open data: what there is, and the fingerprint of each, so that a change can be told.

use chrono::NaiveDate;
use serde::Serialize;

use super::data::leave_json;
use super::{Door, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::kinds::area::Level;
use crate::values::Fingerprint;

#[derive(Serialize)]
struct NoticesData<'b> {
    area: AreaData<'b>,
    notices: Vec<NoticeData<'b>>,
}

/// The area, which no other file of open data tells of.
#[derive(Serialize)]
struct AreaData<'b> {
    path: &'b str,
    name: &'b str,
    level: Level,
}

#[derive(Serialize)]
struct NoticeData<'b> {
    name: &'b str,
    title: &'b str,
    date: NaiveDate,
    until: Option<NaiveDate>,
    blank: bool,
    item: Option<&'b str>,
    pinned: bool,
    fingerprint: Fingerprint,
    /// That of the text alone.
    text: Fingerprint,
}

/// Makes the open data of an area's notices, of which these are the fingerprints: of each as a whole, and of its text.
pub(super) fn make(
    area: &AreaOnBoard,
    fingerprints: &[[Fingerprint; 2]],
    door: &dyn Door,
) -> Result<(), Failure> {
    let notices = area.notices.iter().zip(fingerprints).map(|(notice, [fingerprint, text])| NoticeData {
        name: &notice.name,
        title: &notice.title,
        date: notice.date,
        until: notice.until,
        blank: notice.blank,
        item: notice.item.as_ref().map(|item| item.value.as_str()),
        pinned: notice.pinned,
        fingerprint: *fingerprint,
        text: *text,
    });
    let data = NoticesData {
        area: AreaData {
            path: if area.path.is_empty() { "." } else { &area.path },
            name: &area.area.name,
            level: area.area.level,
        },
        notices: notices.collect(),
    };
    leave_json(&data, &within(&area.path, "notices.json"), Some(area.area.file), door)
}
