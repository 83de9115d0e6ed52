//! All contacts of a board, found by id or by a name that only one of them has.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::contacts::{Contact, Contacts};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::{Located, nearest};

const DUPLICATE_ID: Code = Code::error("duplicate-id");
const UNKNOWN_CONTACT: Code = Code::error("unknown-contact");
const AMBIGUOUS_CONTACT: Code = Code::error("ambiguous-contact");
const SUCCESSOR_WITHOUT_END: Code = Code::error("successor-without-end");
const SUCCESSION_IN_A_CIRCLE: Code = Code::error("succession-in-a-circle");

/// One contact of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonId(u32);

/// All contacts of a board.
#[derive(Debug, Default)]
pub struct People {
    people: Vec<Person>,
    /// By id; a name without an id of its own counts as one, with everybody who has it.
    by_id: BTreeMap<String, Vec<PersonId>>,
    /// Ids of cards that could not be read.
    broken: BTreeSet<String>,
    /// Whether a file could not be read, so that nobody can be called unknown.
    unread: bool,
    /// Whether a card could not be read.
    lacks_cards: bool,
}

/// One contact, with the area whose folder holds the card.
#[derive(Debug)]
pub struct Person {
    /// Index of the area.
    pub area: usize,
    /// The card.
    pub card: Contact,
    /// Who follows.
    pub successor: Option<PersonId>,
}

impl People {
    /// Takes the cards out of the contacts of all areas; ids that are not unique and successors that do
    /// not exist are problems.
    pub fn gather<'r>(areas: impl Iterator<Item = &'r mut Contacts>, problems: &mut Problems) -> Self {
        let mut people = Self::default();
        for (area, contacts) in areas.enumerate() {
            people.unread |= contacts.unread;
            people.lacks_cards |= !contacts.has_all_cards();
            people.broken.extend(contacts.broken.drain(..));
            for card in contacts.cards.drain(..) {
                people.add(area, card, problems);
            }
        }
        people.link_successors(problems);
        people
    }

    fn add(&mut self, area: usize, card: Contact, problems: &mut Problems) {
        let Ok(index) = u32::try_from(self.people.len()) else { return };
        let key = card.id.as_ref().map_or_else(|| card.name.clone(), |id| id.value.clone());
        let same = self.by_id.entry(key).or_default();
        let first = same
            .iter()
            .find_map(|first| self.people.get(first.0 as usize).and_then(|first| first.card.id.as_ref()));
        if let (Some(id), Some(first)) = (&card.id, first) {
            let problem = Diagnostic::new(DUPLICATE_ID, id.place);
            problems.add(problem.with("id", &id.value).and(first.place));
        }
        same.push(PersonId(index));
        self.people.push(Person { area, card, successor: None });
    }

    fn link_successors(&mut self, problems: &mut Problems) {
        let successors: Vec<_> = self
            .iter()
            .map(|(_, person)| {
                let named = person.card.successor.as_ref()?;
                if person.card.to.is_none() {
                    problems.add(Diagnostic::new(SUCCESSOR_WITHOUT_END, named.place));
                }
                self.find(named, problems)
            })
            .collect();
        for (person, successor) in self.people.iter_mut().zip(successors) {
            person.successor = successor;
        }
        let mut said = BTreeSet::new();
        for (id, person) in self.iter() {
            let circular = self.line_of(id).skip(1).any(|next| next == id);
            // A circle is one mistake, whoever it goes through.
            if let (true, false, Some(named)) = (circular, said.contains(&id), &person.card.successor) {
                said.extend(self.line_of(id));
                problems.add(
                    Diagnostic::new(SUCCESSION_IN_A_CIRCLE, named.place).with("name", &person.card.name),
                );
            }
        }
    }

    /// The contact that `named` means; a reference to nobody or to several is a problem. A reference to a
    /// card that could not be read is none: that has been reported. It may be any where a file could not be read.
    pub fn find(&self, named: &Located<String>, problems: &mut Problems) -> Option<PersonId> {
        if let Some(one) = self.known(&named.value) {
            return Some(one);
        }
        match self.by_id.get(&named.value).map(Vec::as_slice) {
            Some([_, ..]) => {
                problems.add(Diagnostic::new(AMBIGUOUS_CONTACT, named.place).with("id", &named.value));
                None
            }
            _ if self.unread || self.broken.contains(&named.value) => None,
            _ => {
                let problem = Diagnostic::new(UNKNOWN_CONTACT, named.place).with("id", &named.value);
                let near = nearest(&named.value, self.by_id.keys().map(String::as_str));
                problems.add(match (self.id_of(&named.value), near) {
                    (Some(id), _) => problem.with("own_id", id),
                    (None, Some(near)) => problem.with("near", near),
                    (None, None) => problem.with("nobody", &named.value),
                });
                None
            }
        }
    }

    /// The id of the one contact of this name who has an id.
    fn id_of(&self, name: &str) -> Option<&str> {
        let mut same = self.people.iter().filter(|person| person.card.name == name);
        let id = same.next()?.card.id.as_ref()?;
        same.next().is_none().then_some(id.value.as_str())
    }

    /// The one contact of this id, or of this name without an id; `None` for nobody or several.
    pub fn known(&self, id: &str) -> Option<PersonId> {
        match self.by_id.get(id).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    /// A contact. Ids come from this list alone, so there is one for each.
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.people.get(id.0 as usize)
    }

    /// Whether every card of the board could be read.
    pub fn has_all_cards(&self) -> bool {
        !self.lacks_cards
    }

    /// All contacts, in the order of areas and files.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0u32..).map(PersonId).zip(&self.people)
    }

    /// A contact, their successor, and so on; each once.
    pub fn line_of(&self, first: PersonId) -> impl Iterator<Item = PersonId> {
        let successor = |id: &PersonId| self.get(*id).and_then(|person| person.successor);
        std::iter::successors(Some(first), successor).take(self.people.len() + 1)
    }

    /// Who holds the office of `first` on `day`: they themselves or a successor; `None` when nobody does.
    pub fn in_office(&self, first: PersonId, day: NaiveDate) -> Option<PersonId> {
        self.line_of(first).find(|id| self.get(*id).is_some_and(|person| person.card.in_office(day)))
    }

    /// The id under which a contact is published: their own, their name when nobody else has it, else the
    /// name with the area's path before it.
    pub fn published_id(&self, id: PersonId, area_path: &str) -> String {
        let Some(person) = self.get(id) else { return String::new() };
        match &person.card.id {
            Some(id) => id.value.clone(),
            None if self.by_id.get(&person.card.name).is_some_and(|same| same.len() == 1) => {
                person.card.name.clone()
            }
            None => format!("{area_path}/{}", person.card.name),
        }
    }
}
