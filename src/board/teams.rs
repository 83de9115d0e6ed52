//! Teams with the people who are in office on the day.

use chrono::NaiveDate;

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::contacts::Team;
use crate::kinds::people::{People, PersonId};
use crate::source::Located;

const NOBODY_IN_OFFICE: Code = Code::warning("nobody-in-office");

/// A team on the day.
#[derive(Debug)]
pub struct TeamOnBoard {
    /// What is said of it.
    pub team: Team,
    /// Its head; `None` when neither they nor a successor is in office.
    pub head: Option<PersonId>,
    /// Its deputies in office.
    pub deputies: Vec<PersonId>,
    /// Its members in office.
    pub members: Vec<PersonId>,
}

/// Finds the people of a team. Those who are unknown, or out of office without a successor, are left out,
/// which is reported.
pub(super) fn resolve(team: Team, people: &People, day: NaiveDate, problems: &mut Problems) -> TeamOnBoard {
    let mut in_office = |named: &Located<String>| {
        let first = people.find(named, problems)?;
        let now = people.in_office(first, day);
        if now.is_none() {
            problems.add(Diagnostic::new(NOBODY_IN_OFFICE, named.place).with("id", &named.value));
        }
        now
    };
    let head = in_office(&team.head);
    let deputies = team.deputies.iter().filter_map(&mut in_office).collect();
    let mut members: Vec<PersonId> = Vec::new();
    // Whoever follows one member may be another.
    for member in team.members.iter().filter_map(&mut in_office) {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    TeamOnBoard { team, head, deputies, members }
}
