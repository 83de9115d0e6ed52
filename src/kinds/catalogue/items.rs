//! What `item` of lists, results and notices refers to.

use super::{Catalogue, ItemKind};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::AreaRecords;
use crate::source::{Located, nearest};

const UNKNOWN_ITEM: Code = Code::error("unknown-item");
const ITEM_OTHER_KIND: Code = Code::warning("item-other-kind");

impl Catalogue {
    /// Checks every `item` of areas for which a catalogue holds.
    pub(in crate::kinds) fn check_items(&self, areas: &[AreaRecords], problems: &mut Problems) {
        for area in areas.iter().filter(|area| self.holds_for(&area.path)) {
            let notices = area.notices.iter().map(|one| (&one.item, ItemKind::Notice));
            let results = area.results.iter().map(|one| (&one.item, ItemKind::Result));
            let lists = area.subsidies.iter().map(|one| (&one.item, ItemKind::Subsidy));
            for (item, kind) in notices.chain(results).chain(lists) {
                if let Some(written) = item {
                    self.fault(written, kind, &area.path).into_iter().for_each(|fault| problems.add(fault));
                }
            }
        }
    }

    /// What is wrong with an `item` of something of this kind in the area at `path`.
    fn fault(&self, written: &Located<String>, kind: ItemKind, path: &str) -> Option<Diagnostic> {
        match self.find(&written.value, path) {
            Some(item) if item.kind == kind => None,
            Some(item) => {
                let problem = Diagnostic::new(ITEM_OTHER_KIND, written.place).with("title", &item.title);
                let problem = problem.with_word("wanted", kind_word(item.kind));
                Some(problem.with_word("found", kind_word(kind)).and(item.place))
            }
            None if self.incomplete => None,
            None => {
                let problem = Diagnostic::new(UNKNOWN_ITEM, written.place).with("id", &written.value);
                let known = self.items_for(path).flat_map(|item| [item.id.value.as_str(), &item.title]);
                Some(match nearest(&written.value, known) {
                    Some(near) => problem.with("near", near),
                    None => problem,
                })
            }
        }
    }
}

/// The word for a kind of item.
fn kind_word(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Contact => "kind-contacts",
        ItemKind::Reception => "kind-reception",
        ItemKind::Subsidy => "kind-list",
        ItemKind::Result => "kind-result",
        ItemKind::Notice => "kind-notice",
    }
}
