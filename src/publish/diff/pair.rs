//! Two published folders side by side: which file of the one is which of the other.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::text;
use super::folder::Folder;
use super::turn::{Detail, Turn, TurnKind};
use crate::diagnostics::Failure;

/// Two published folders.
pub(super) struct Pair {
    pub(super) old: Folder,
    pub(super) new: Folder,
    /// Whether both are by the same version of the program, and so say everything with the same keys.
    pub(super) exact: bool,
    /// Old addresses with those of today.
    moved: BTreeMap<String, String>,
}

/// A kind of file of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    List,
    Result,
    Notices,
    Contacts,
    Reception,
    Programs,
}

/// One file of open data in the two folders.
pub(super) struct Spot<'p> {
    /// Path of its area as it is now.
    pub(super) area: String,
    /// Address as it is now: of the list, the result or the area.
    pub(super) address: String,
    pub(super) old: Option<&'p str>,
    pub(super) new: Option<&'p str>,
    /// Where it stood before, unless only its area has moved.
    pub(super) renamed: Option<String>,
}

/// What is found on the way.
#[derive(Default)]
pub(super) struct Found {
    pub(super) turns: Vec<Turn>,
    /// Files that say things in another way, so that they cannot be compared.
    pub(super) uncompared: Vec<String>,
    /// Ids of contacts with a line of their own.
    pub(super) contacts: Vec<String>,
}

impl Pair {
    pub(super) fn new(old: Folder, new: Folder) -> Self {
        let moved = new.board.as_ref().and_then(|board| board.get("moved")).and_then(Value::as_object);
        let moved = moved.into_iter().flatten();
        let moved = moved.filter_map(|(from, to)| Some((from.clone(), to.as_str()?.to_owned()))).collect();
        let exact = old.manifest.version == new.manifest.version;
        Self { old, new, exact, moved }
    }

    /// Where an area of the old folder stands now: itself, or an area above it, may have been renamed.
    pub(super) fn area_now(&self, area: &str) -> String {
        if self.new.areas.contains_key(area) {
            return area.to_owned();
        }
        let above = area.match_indices('/').map(|(at, _)| at).chain([area.len()]).rev();
        for at in above {
            let Some((above, below)) = area.split_at_checked(at) else { continue };
            if let Some(now) = self.moved.get(above).filter(|now| self.new.areas.contains_key(*now)) {
                return format!("{now}{below}");
            }
        }
        area.to_owned()
    }

    /// Where a page of an area of the old folder stands now.
    pub(super) fn page_now(&self, area: &str, rest: &str) -> String {
        let before = join(area, rest);
        let unmoved = || join(&self.area_now(area), rest);
        self.moved.get(&before).cloned().unwrap_or_else(unmoved)
    }

    /// The address before of what stood at `rest` in an area and stands at `address` now; none where only the area has
    /// moved, which has a line of its own.
    pub(super) fn renamed(&self, area: &str, rest: &str, address: &str) -> Option<String> {
        (join(&self.area_now(area), rest) != address).then(|| join(area, rest))
    }

    /// Whether an address only leads to another.
    pub(super) fn is_old_address(&self, address: &str) -> bool {
        self.moved.contains_key(address)
    }

    /// The name of an area by its path of today.
    pub(super) fn area_name(&self, area: &str) -> String {
        let named = self.new.areas.get(area).or_else(|| self.old.areas.get(area));
        named.cloned().unwrap_or_else(|| area.to_owned())
    }

    /// All files of a kind, by their address of today.
    pub(super) fn spots(&self, what: What) -> Vec<Spot<'_>> {
        let mut spots: BTreeMap<String, Spot<'_>> = BTreeMap::new();
        for path in self.new.manifest.files.keys() {
            let Some((area, rest)) = of_kind(path.as_str(), what) else { continue };
            let (area, address) = (area.to_owned(), join(area, rest));
            let spot =
                Spot { area, address: address.clone(), old: None, new: Some(path.as_str()), renamed: None };
            spots.insert(address, spot);
        }
        for path in self.old.manifest.files.keys() {
            let Some((area, rest)) = of_kind(path.as_str(), what) else { continue };
            let address = if rest.is_empty() { self.area_now(area) } else { self.page_now(area, rest) };
            let spot = spots.entry(address.clone()).or_insert_with(|| {
                let area = area_of(&address, rest).map_or_else(|| self.area_now(area), str::to_owned);
                Spot { area, address, old: None, new: None, renamed: None }
            });
            spot.renamed = self.renamed(area, rest, &spot.address);
            spot.old = Some(path.as_str());
        }
        spots.into_values().collect()
    }

    /// Whether a file has the same bytes in both folders.
    pub(super) fn is_unchanged(&self, spot: &Spot<'_>) -> bool {
        let before = spot.old.and_then(|path| self.old.entry(path));
        before.is_some() && before == spot.new.and_then(|path| self.new.entry(path))
    }

    /// What a file says in the two folders; `None`, and noted, where one says it in a way that cannot be compared: it
    /// lacks `key`.
    pub(super) fn read(
        &self,
        spot: &Spot<'_>,
        key: &str,
        found: &mut Found,
    ) -> Result<Option<[Option<Value>; 2]>, Failure> {
        let mut both = [None, None];
        for ((folder, path), into) in
            [(&self.old, spot.old), (&self.new, spot.new)].into_iter().zip(&mut both)
        {
            let Some(path) = path else { continue };
            *into = folder.json(path)?.filter(|value| value.get(key).is_some());
            if into.is_none() {
                found.uncompared.push(path.to_owned());
                return Ok(None);
            }
        }
        Ok(Some(both))
    }

    /// The same of a file that every area has: where an area was there and its file was not, an earlier version did not
    /// write it, and nothing is known.
    pub(super) fn read_of_area(
        &self,
        spot: &Spot<'_>,
        key: &str,
        found: &mut Found,
    ) -> Result<Option<[Option<Value>; 2]>, Failure> {
        let was_there = self.old.areas.keys().any(|area| self.area_now(area) == spot.area);
        let lacks = (spot.old.is_none() && was_there)
            || (spot.new.is_none() && self.new.areas.contains_key(&spot.area));
        if lacks {
            found.uncompared.extend(spot.new.or(spot.old).map(str::to_owned));
            return Ok(None);
        }
        self.read(spot, key, found)
    }

    /// Notes what has become of something, where anything has.
    pub(super) fn note(
        &self,
        found: &mut Found,
        (area, kind): (&str, TurnKind),
        title: &str,
        address: &str,
        details: Vec<Detail>,
    ) {
        if details.is_empty() {
            return;
        }
        found.turns.push(Turn {
            area: if area.is_empty() { ".".to_owned() } else { area.to_owned() },
            area_name: self.area_name(area),
            kind,
            title: title.to_owned(),
            address: address.to_owned(),
            details,
        });
    }
}

impl Spot<'_> {
    /// That it stands elsewhere than before.
    pub(super) fn moved(&self) -> Option<Detail> {
        self.renamed.clone().map(|before| Detail::Address { before })
    }
}

/// That something has come or gone; `None` where it was there and still is.
pub(super) fn came_or_went<T, N>(then: Option<T>, now: Option<N>) -> Option<Detail> {
    match (then, now) {
        (None, Some(_)) => Some(Detail::Added),
        (Some(_), None) => Some(Detail::Removed),
        _ => None,
    }
}

/// The title of something that was or is there.
pub(super) fn title_of<'v>(then: Option<&'v Value>, now: Option<&'v Value>) -> &'v str {
    now.or(then).map_or("", |one| text(one, "title"))
}

pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

/// The area of the page at `address`, which stands in it as the folder of a kind and a name.
fn area_of<'a>(address: &'a str, rest: &str) -> Option<&'a str> {
    let kind = rest.split('/').next().filter(|kind| !kind.is_empty())?;
    let (above, _) = address.rsplit_once('/')?;
    let area = above.strip_suffix(kind)?;
    (area.is_empty() || area.ends_with('/')).then(|| area.trim_end_matches('/'))
}

/// The area of a file of this kind, and the way from there to what it tells of; `None` for other files.
fn of_kind(path: &str, what: What) -> Option<(&str, &str)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let of_page = |kind: &str| {
        let (above, _) = folder.rsplit_once('/')?;
        let area = above.strip_suffix(kind)?;
        let starts = area.is_empty() || area.ends_with('/');
        let rest = starts.then(|| folder.get(area.len()..)).flatten()?;
        Some((area.trim_end_matches('/'), rest))
    };
    let (area, rest) = match (what, name) {
        (What::Notices, "notices.json")
        | (What::Contacts, "contacts.json")
        | (What::Reception, "reception.json")
        | (What::Programs, "programs.json") => (folder, ""),
        (What::List, "data.json") => of_page("subsidies")?,
        (What::Result, "data.json") => of_page("results")?,
        _ => return None,
    };
    // Among the attachments there may be files of any name.
    let attached = folder.split('/').any(|part| matches!(part, "files" | "photos" | "assets"));
    (!attached).then_some((area, rest))
}
