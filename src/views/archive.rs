//! Everything that an area has published and that is still kept, newest first.

use serde::Serialize;

use super::notice::{NoticeLink, notice_link};
use super::results::{ResultLink, result_link};
use super::subsidies::{DisclosureLink, disclosure_link};
use crate::board::AreaOnBoard;

/// The archive of an area.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveView {
    /// Disclosures, newest first, withdrawn ones too.
    pub disclosures: Vec<DisclosureLink>,
    /// Results, newest first.
    pub results: Vec<ResultLink>,
    /// Notices, newest first.
    pub notices: Vec<NoticeLink>,
    /// Forms to print.
    pub forms: Vec<NoticeLink>,
}

/// The archive of an area.
pub fn archive(area: &AreaOnBoard) -> ArchiveView {
    let mut notices: Vec<NoticeLink> =
        area.notices.iter().filter(|notice| !notice.blank).map(|notice| notice_link(area, notice)).collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.date));
    let forms =
        area.notices.iter().filter(|notice| notice.blank).map(|notice| notice_link(area, notice)).collect();
    let results = area.results.iter().map(|on_board| result_link(area, &on_board.result)).collect();
    let disclosures = area.subsidies.iter().map(|disclosure| disclosure_link(area, disclosure)).collect();
    ArchiveView { disclosures, results, notices, forms }
}
