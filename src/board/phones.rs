//! The telephone numbers that a board publishes, by where they come from.

use super::Board;
use crate::values::Phone;

impl Board {
    /// All numbers that may appear: the hotline, areas, contacts (past ones too), teams, places for
    /// objections, and those that the settings allow.
    pub fn published_phones(&self) -> impl Iterator<Item = &str> {
        let settings = self.settings.hotline.iter().chain(&self.settings.privacy.allow_phones);
        let people = self.people.iter().filter_map(|(_, person)| person.card.phone.as_ref());
        let areas = self.areas.iter().flat_map(|area| {
            area.area.phone.iter().chain(area.teams.iter().filter_map(|team| team.team.phone.as_ref()))
        });
        let objections = self.areas.iter().flat_map(|area| {
            area.subsidies.iter().filter_map(|disclosure| disclosure.objections_to.as_ref()?.phone.as_ref())
        });
        settings.chain(people).chain(areas).chain(objections).map(Phone::written)
    }
}
