//! Whom to call about something in an area.

use chrono::NaiveDate;

use super::{AreaOnBoard, Board, DisclosureOnBoard};
use crate::kinds::people::{People, PersonId};
use crate::kinds::places::Serves;
use crate::values::Phone;

/// Whom to call. At least one of the two is there.
#[derive(Clone, Copy, Debug)]
pub struct ToCall<'b> {
    /// The name of somebody or of an office; `None` where it is only known that somebody answers there.
    pub name: Option<&'b str>,
    /// Telephone.
    pub phone: Option<&'b Phone>,
}

impl Board {
    /// Whom to call about something in the area with this index: `named` or their successor where one of them is in
    /// office, else whoever sees to things in the area, else the area's office, else the board's hotline. Somebody without
    /// a telephone is called at that of the office or of the hotline. `None` where nothing of that is known.
    ///
    /// Whoever sees to things in an area is the head of its first team, else the first of its cards, else somebody of
    /// elsewhere who serves the area or a group in it.
    pub fn to_call(&self, area: usize, named: Option<PersonId>) -> Option<ToCall<'_>> {
        let office = self.areas.get(area).and_then(|area| area.area.phone.as_ref());
        let office = office.or(self.settings.hotline.as_ref());
        let named = named.and_then(|named| self.people.in_office(named, self.day));
        let whoever = || self.see_to_it.get(area).copied().flatten();
        match named.or_else(whoever).and_then(|id| self.people.get(id)) {
            Some(person) => {
                let card = &person.card;
                Some(ToCall { name: Some(&card.name), phone: card.phone.as_ref().or(office) })
            }
            None => office.map(|phone| ToCall { name: None, phone: Some(phone) }),
        }
    }

    /// Whom to call about a list of the area with this index: whoever hung it up, else those who take objections to it,
    /// else as [`Board::to_call`] says.
    pub fn to_call_about<'b>(&'b self, area: usize, list: &'b DisclosureOnBoard) -> Option<ToCall<'b>> {
        let by = list.posting.as_ref().and_then(|posting| posting.by);
        if by.is_some_and(|by| self.people.in_office(by, self.day).is_some()) {
            return self.to_call(area, by);
        }
        let to = list.objections_to.as_ref().and_then(|to| Some((to.to.as_str(), to.phone.as_ref()?)));
        match to {
            Some((name, phone)) => Some(ToCall { name: Some(name), phone: Some(phone) }),
            None => self.to_call(area, None),
        }
    }
}

/// Who sees to things in each area, by its index.
pub(super) fn see_to_it(areas: &[AreaOnBoard], people: &People, day: NaiveDate) -> Vec<Option<PersonId>> {
    let mut serving: Vec<Option<PersonId>> = vec![None; areas.len()];
    let mut serving_a_group = serving.clone();
    for card in areas.iter().flat_map(|area| &area.cards) {
        for serves in &card.serves {
            let (list, area) = match serves {
                Serves::Area(area) => (&mut serving, *area),
                Serves::Group(group) => (&mut serving_a_group, group.area),
                Serves::Text(_) => continue,
            };
            if let Some(slot) = list.get_mut(area) {
                slot.get_or_insert(card.person);
            }
        }
    }
    let elsewhere = serving.into_iter().zip(serving_a_group).map(|(area, group)| area.or(group));
    let both = areas.iter().zip(elsewhere);
    both.map(|(area, elsewhere)| {
        let head = area.teams.iter().find_map(|team| team.head);
        let head = head.filter(|head| people.in_office(*head, day).is_some());
        head.or_else(|| area.cards.first().map(|card| card.person)).or(elsewhere)
    })
    .collect()
}
