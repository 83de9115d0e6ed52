//! What `item` of lists, results and notices refers to.

use super::{Catalogue, ItemKind};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::AreaRecords;
use crate::kinds::area::Level;
use crate::source::{Located, nearest};

const UNKNOWN_ITEM: Code = Code::error("unknown-item");
const ITEM_OTHER_LEVEL: Code = Code::warning("item-other-level");
const ITEM_OTHER_KIND: Code = Code::warning("item-other-kind");

impl Catalogue {
    /// Checks every `item` of areas for which a catalogue holds.
    pub(in crate::kinds) fn check_items(&self, areas: &[AreaRecords], problems: &mut Problems) {
        for area in areas.iter().filter(|area| self.holds_for(&area.path)) {
            let Some(level) = area.area.as_ref().map(|described| described.level) else { continue };
            let notices = area.notices.iter().map(|one| (&one.item, ItemKind::Notice));
            let results = area.results.iter().map(|one| (&one.item, ItemKind::Result));
            let lists = area.subsidies.iter().map(|one| (&one.item, ItemKind::Subsidy));
            for (item, kind) in notices.chain(results).chain(lists) {
                if let Some(written) = item {
                    self.fault(written, kind, (&area.path, level))
                        .into_iter()
                        .for_each(|fault| problems.add(fault));
                }
            }
        }
    }

    /// What is wrong with an `item` of something of this kind in an area.
    fn fault(
        &self,
        written: &Located<String>,
        kind: ItemKind,
        (path, level): (&str, Level),
    ) -> Option<Diagnostic> {
        let found = self.find(&written.value, path, level).and_then(|index| self.items.get(index));
        match found {
            Some(item) if item.kind != kind => {
                let problem =
                    Diagnostic::new(ITEM_OTHER_KIND, written.place).with("title", &item.title.value);
                let problem = problem.with_word("wanted", kind_word(item.kind));
                Some(problem.with_word("found", kind_word(kind)).and(item.place))
            }
            // A village may publish its part of what its town owes.
            Some(item) if item.level != level && rank(level) <= rank(item.level) => {
                let problem =
                    Diagnostic::new(ITEM_OTHER_LEVEL, written.place).with("title", &item.title.value);
                Some(problem.with_word("level", level_word(item.level)).and(item.place))
            }
            Some(_) => None,
            None if self.incomplete => None,
            None => {
                let problem = Diagnostic::new(UNKNOWN_ITEM, written.place).with("id", &written.value);
                let items = self.items_for(path).filter_map(|index| self.items.get(index));
                let known = items.flat_map(|item| [item.id.value.as_str(), &item.title.value]);
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

/// How far from the top a level is.
fn rank(level: Level) -> u8 {
    match level {
        Level::County => 0,
        Level::Town => 1,
        Level::Village | Level::Community => 2,
    }
}

/// The word for a level of areas.
pub(super) fn level_word(level: Level) -> &'static str {
    match level {
        Level::County => "level-county",
        Level::Town => "level-town",
        Level::Village => "level-village",
        Level::Community => "level-community",
    }
}
