//! What is special about a session, as it is marked behind its line.

use chrono::NaiveDate;

use crate::diagnostics::{Language, say, word};
use crate::views::SessionView;

/// The marks of a session; none where it is as planned. That it was moved is a mark of its own, since a reason
/// says that anyway.
pub(super) fn marks(session: &SessionView<'_>, language: Language) -> Vec<String> {
    let provisional = session.provisional.then(|| word("say-provisional", language));
    [provisional].into_iter().flatten().collect()
}

/// The mark of a session that was moved.
pub(super) fn moved(session: &SessionView<'_>, language: Language) -> Option<String> {
    let mark = |from: NaiveDate| say("say-moved-from", language, &[("date", from.to_string())]);
    session.moved_from.map(mark)
}
