//! Items and exceptions that reach nobody, and rules that ask what nothing can tell: slips that would stay unseen, because
//! nothing is late.

use std::collections::BTreeSet;

use super::items::level_word;
use super::{Catalogue, DueRule, Item, lies_in};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::AreaRecords;

const ITEM_OWED_BY_NOBODY: Code = Code::warning("item-owed-by-nobody");
const EXCEPTION_WITHOUT_EFFECT: Code = Code::warning("exception-without-effect");
const ITEM_ROLE_UNHELD: Code = Code::warning("item-role-unheld");
const DUE_WITHOUT_EVENT: Code = Code::warning("due-without-event");

impl Catalogue {
    /// Checks that each item is owed by some area, that each exception spares one, that its days can be told, and that
    /// somebody has its role.
    pub(in crate::kinds) fn check_reach(&self, areas: &[AreaRecords], problems: &mut Problems) {
        let all_cards = areas.iter().all(|area| area.contacts.has_all_cards());
        let cards = areas.iter().flat_map(|area| &area.contacts.cards);
        let roles: BTreeSet<&str> = cards.flat_map(|card| card.roles.iter().map(String::as_str)).collect();
        // An area that could not be read may be of any level.
        let all_areas = areas.iter().all(|area| area.area.is_some());
        for item in &self.items {
            if all_areas {
                check_areas(item, areas, problems);
            }
            if matches!(item.due, Some(DueRule::WithinWorkdays(_))) && !item.has_events() {
                problems.add(Diagnostic::new(DUE_WITHOUT_EVENT, item.place).with("title", &item.title.value));
            }
            if let Some(role) =
                item.role.as_ref().filter(|role| all_cards && !roles.contains(role.value.as_str()))
            {
                problems.add(Diagnostic::new(ITEM_ROLE_UNHELD, role.place).with("role", &role.value));
            }
        }
    }
}

fn check_areas(item: &Item, areas: &[AreaRecords], problems: &mut Problems) {
    let of_level = |area: &&AreaRecords| {
        area.area.as_ref().is_some_and(|described| described.level == item.level)
            && lies_in(&area.path, &item.area)
    };
    let reached: Vec<&AreaRecords> = areas.iter().filter(of_level).collect();
    let is_excepted = |area: &&AreaRecords| item.is_excepted_for(&area.path, item.level);
    if reached.iter().all(is_excepted) {
        let problem = Diagnostic::new(ITEM_OWED_BY_NOBODY, item.place).with("title", &item.title.value);
        problems.add(problem.with_word("level", level_word(item.level)));
        return;
    }
    for except in &item.except {
        if !reached.iter().any(|area| lies_in(&area.path, &except.value)) {
            let problem = Diagnostic::new(EXCEPTION_WITHOUT_EFFECT, except.place).with("path", &except.value);
            problems.add(problem.with("title", &item.title.value).with_word("level", level_word(item.level)));
        }
    }
}
