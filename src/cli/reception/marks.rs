//! What is special about a session, as it is marked behind its line.

use chrono::NaiveDate;

use super::words::in_a_line;
use crate::diagnostics::{Language, say, word};
use crate::views::SessionView;

/// The marks of a session; none where it is as planned. That it was moved is a mark of its own, since a reason
/// says that anyway.
pub(super) fn marks(session: &SessionView<'_>, language: Language) -> Vec<String> {
    let told = ("date", session.told.map(|told| told.to_string()).unwrap_or_default());
    let cancelled = session
        .cancelled
        .map(|reason| say("say-cancelled", language, &[("reason", in_a_line(reason)), told.clone()]));
    let swapped = session.swapped_from.as_ref().map(|from| {
        let facts = [("from", in_a_line(from.name)), ("by", in_a_line(session.host_name)), told.clone()];
        say("say-swapped", language, &facts)
    });
    let provisional = session.provisional.then(|| word("say-provisional", language));
    [cancelled, swapped, provisional].into_iter().flatten().collect()
}

/// The mark of a session that was moved.
pub(super) fn moved(session: &SessionView<'_>, language: Language) -> Option<String> {
    let mark = |from: NaiveDate| say("say-moved-from", language, &[("date", from.to_string())]);
    session.moved_from.map(mark)
}
