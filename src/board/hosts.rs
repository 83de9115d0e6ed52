//! Who receives when, over all areas of a board.

use crate::kinds::people::PersonId;
use crate::kinds::reception::rota::Session;
use crate::kinds::reception::swaps::Change;

use super::addresses::join;
use super::{AreaOnBoard, Board};

/// The sessions of each host, wherever on the board they are held.
#[derive(Debug, Default)]
pub struct Hosts {
    /// Host, area and index of the session in the area, in this order.
    sessions: Vec<(PersonId, usize, usize)>,
}

impl Hosts {
    /// Gathers the sessions of all areas. One that was swapped is of both: who receives, and whose turn it was.
    pub(super) fn gather(areas: &[AreaOnBoard]) -> Self {
        let mut sessions = Vec::new();
        for (area, on_board) in areas.iter().enumerate() {
            for (index, (_, session)) in on_board.reception.sessions.iter().enumerate() {
                sessions.extend(hosts_of(session).map(|host| (host, area, index)));
            }
        }
        sessions.sort_unstable();
        Self { sessions }
    }

    /// All who receive or should have received, each once.
    pub fn all(&self) -> impl Iterator<Item = PersonId> {
        self.behind(|_| false)
    }

    /// Those who stand behind all that `is_before` holds for, each once.
    fn behind(&self, is_before: impl Fn(PersonId) -> bool) -> impl Iterator<Item = PersonId> {
        let first = |at: usize| self.sessions.get(at).map(|(host, ..)| *host);
        let start = self.sessions.partition_point(|(host, ..)| is_before(*host));
        std::iter::successors(first(start), move |host| {
            first(self.sessions.partition_point(|(other, ..)| other <= host))
        })
    }

    /// The sessions of a host: index of the area, and of the session in it.
    pub fn sessions_of(&self, host: PersonId) -> impl Iterator<Item = (usize, usize)> {
        let from = self.sessions.partition_point(|(other, ..)| *other < host);
        let own = self.sessions.get(from..).unwrap_or_default();
        own.iter().take_while(move |(other, ..)| *other == host).map(|(_, area, index)| (*area, *index))
    }
}

/// Who receives, and whose turn it was.
fn hosts_of(session: &Session) -> impl Iterator<Item = PersonId> {
    let before = match session.change {
        Some(Change::Swapped { instead_of, .. }) => Some(instead_of),
        _ => None,
    };
    [Some(session.host), before].into_iter().flatten()
}

impl Board {
    /// The hosts whose cards stand in the area with this index.
    pub fn hosts_at_home(&self, area: usize) -> impl Iterator<Item = PersonId> {
        let home = |host: PersonId| self.people.get(host).map(|person| person.area);
        // Cards are gathered one area after the other, so people stand in the order of their areas.
        self.hosts
            .behind(move |host| home(host) < Some(area))
            .take_while(move |host| home(*host) == Some(area))
    }

    /// The id under which a contact stands in open data; empty for nobody.
    pub fn published_id(&self, person: PersonId) -> String {
        let home = self.people.get(person).and_then(|person| self.areas.get(person.area));
        self.people.published_id(person, home.map(|home| home.path.as_str()).unwrap_or_default())
    }

    /// The path of a host's calendar file: in the area of their card. `None` for nobody.
    pub fn host_calendar(&self, host: PersonId) -> Option<String> {
        let home = self.areas.get(self.people.get(host)?.area)?;
        let name = self.published_id(host).replace('/', ".");
        Some(join(&home.path, &format!("reception/hosts/{name}.ics")))
    }
}
