//! Notices.

use chrono::NaiveDate;
use serde::Serialize;

use super::frame::page_address;
use crate::board::AreaOnBoard;
use crate::kinds::notices::Notice;

/// A notice in a list.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeLink {
    /// Title.
    pub title: String,
    /// Its page.
    pub address: String,
    /// Day of publication.
    pub date: NaiveDate,
    /// Last day it holds.
    pub until: Option<NaiveDate>,
    /// Whether it stands before the others.
    pub pinned: bool,
}

/// The page of a notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Title, dates.
    #[serde(flatten)]
    pub link: NoticeLink,
    /// The text as HTML that only the program has made.
    pub body: String,
    /// Whether it is a form to print.
    pub blank: bool,
}

/// A notice in a list.
pub fn notice_link(area: &AreaOnBoard, notice: &Notice) -> NoticeLink {
    NoticeLink {
        title: notice.title.clone(),
        address: page_address(&area.page("notices", &notice.name)),
        date: notice.date,
        until: notice.until,
        pinned: notice.pinned,
    }
}

/// The page of a notice whose text is `body`.
pub fn notice(area: &AreaOnBoard, notice: &Notice, body: String) -> NoticeView {
    NoticeView { link: notice_link(area, notice), body, blank: notice.blank }
}
