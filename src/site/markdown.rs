//! The text of a notice as it stands on its page.

use super::Site;
use crate::board::AreaOnBoard;
use crate::kinds::notices::Notice;
use crate::kinds::notices::markdown::{self, Destination};
use crate::views;

/// The text as HTML, with links from the page in `folder`.
pub(super) fn to_html(notice: &Notice, area: &AreaOnBoard, site: Site<'_>, folder: &str) -> String {
    let root = views::root_from(folder);
    markdown::to_html(&notice.body, &|link| match site.board.targets.find(&area.path, link) {
        Destination::Inside(path) => {
            let (path, anchor) = path.find('#').map_or((path.as_str(), ""), |at| path.split_at(at));
            Destination::Inside(format!("{root}{}{anchor}", views::encode_path(path)))
        }
        other => other,
    })
}
