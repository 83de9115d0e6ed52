//! The areas and village groups of a board, found by path and by name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::area::Area;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::{Located, nearest};

const UNKNOWN_PLACE: Code = Code::error("unknown-place");

/// Whom a contact serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serves {
    /// An area as a whole.
    Area(usize),
    /// A village group.
    Group(GroupRef),
    /// Somebody in words.
    Text(String),
}

/// A village group of the board.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRef {
    /// Index of its area.
    pub area: usize,
    /// Its name.
    pub name: String,
}

/// All areas of a board with their groups.
#[derive(Debug)]
pub struct Places {
    by_path: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    areas: Vec<PlaceNames>,
    /// All that can be written, made when the first reference leads nowhere.
    paths: OnceLock<Vec<String>>,
}

#[derive(Debug)]
struct PlaceNames {
    parent: Option<usize>,
    /// The index behind the last area that lies in it.
    end: usize,
    name: String,
    groups: Vec<String>,
    /// Whether it is described, its groups too; without that nobody knows what is in it.
    is_read: bool,
}

impl Places {
    /// Gathers the areas: path, index of the parent, description (missing when it could not be read). They come
    /// in the order of the tree: each area is followed by those that lie in it.
    pub fn gather<'r>(areas: impl Iterator<Item = (&'r str, Option<usize>, Option<&'r Area>)>) -> Self {
        let mut places = Self {
            by_path: BTreeMap::new(),
            by_name: BTreeMap::new(),
            areas: Vec::new(),
            paths: OnceLock::new(),
        };
        for (index, (path, parent, area)) in areas.enumerate() {
            places.by_path.insert(path.to_owned(), index);
            if let Some(area) = area {
                places.by_name.entry(area.name.clone()).or_default().push(index);
            }
            places.areas.push(PlaceNames {
                parent,
                end: index + 1,
                name: area.map(|area| area.name.clone()).unwrap_or_default(),
                groups: area
                    .map(|area| area.groups.iter().map(|g| g.name.clone()).collect())
                    .unwrap_or_default(),
                is_read: area.is_some_and(|area| !area.groups_unread),
            });
            let mut around = parent;
            while let Some(above) = around.filter(|above| *above < index) {
                let Some(area) = places.areas.get_mut(above) else { break };
                area.end = index + 1;
                around = area.parent.filter(|next| *next < above);
            }
        }
        places
    }

    /// Whom `written` means: a path from the board's root (`.`, `liutang`, `liutang/一组`) or free Chinese
    /// text. What looks like a path and leads nowhere is a problem, except below an area that could not be read:
    /// that has been reported.
    pub fn serves(&self, written: &Located<String>, problems: &mut Problems) -> Option<Serves> {
        let path = written.value.trim_end_matches('/');
        if let Some(area) = self.area(path) {
            return Some(Serves::Area(area));
        }
        if let Some((area, group)) =
            path.rsplit_once('/').and_then(|(area, group)| Some((self.area(area)?, group)))
        {
            if self.has_group(area, group) {
                return Some(Serves::Group(GroupRef { area, name: group.to_owned() }));
            }
            if !self.areas.get(area).is_some_and(|area| area.is_read) {
                return None;
            }
        } else if !path.contains('/') && !path.is_ascii() {
            return Some(Serves::Text(written.value.clone()));
        }
        // A gap in a template is said as one.
        if path.contains("***") {
            return None;
        }
        let mut problem = Diagnostic::new(UNKNOWN_PLACE, written.place).with("path", path);
        let known = self.paths.get_or_init(|| self.all_paths());
        if let Some(near) = nearest(path, known.iter().map(String::as_str)) {
            problem = problem.with("near", near);
        }
        problems.add(problem);
        None
    }

    /// The area at a path from the root; `.` is the root.
    pub fn area(&self, path: &str) -> Option<usize> {
        self.by_path.get(if path == "." { "" } else { path }).copied()
    }

    /// The area that `name` means in a list of the area `from`: one of those that lie in it, before those
    /// that lie in the areas around it; of several, the one nearest below. `None` when no area or no single
    /// one has that name.
    pub fn area_named(&self, from: usize, name: &str) -> Option<usize> {
        let named = self.by_name.get(name)?;
        let mut scopes = self.with_those_above(from);
        scopes.find_map(|scope| {
            let depth = |area: &usize| self.with_those_above(*area).position(|above| above == scope);
            let mut found: Vec<(usize, usize)> =
                named.iter().filter_map(|area| Some((depth(area)?, *area))).collect();
            found.sort_unstable();
            match found.as_slice() {
                [] => None,
                [(first, _), (second, _), ..] if first == second => Some(None),
                [(_, area), ..] => Some(Some(*area)),
            }
        })?
    }

    /// Whether an area has a group of that name.
    pub fn has_group(&self, area: usize, name: &str) -> bool {
        self.areas.get(area).is_some_and(|area| area.groups.iter().any(|group| group == name))
    }

    /// Whether an area, or one that lies in it, lists its groups, and all of those could be read: only then can a
    /// group be called unknown.
    pub fn knows_groups(&self, area: usize) -> bool {
        self.within(area).any(|(_, names)| !names.groups.is_empty())
            && self.within(area).all(|(_, names)| names.is_read)
    }

    /// The group that 村组 in a table of `area` means: one of its own by name, or one of an area that lies
    /// in it with that area's name before it (`柳塘村一组`). The area's own name may stand before its own.
    pub fn group(&self, area: usize, written: &str) -> Option<GroupRef> {
        self.within(area).find_map(|(index, names)| {
            let rest = match written.strip_prefix(names.name.as_str()) {
                Some(rest) if !names.name.is_empty() => rest,
                _ if index == area => written,
                _ => return None,
            };
            let name = names.groups.iter().find(|group| group.as_str() == rest.trim())?;
            Some(GroupRef { area: index, name: name.clone() })
        })
    }

    /// All groups as they can be written in a table of `area`.
    pub fn group_names(&self, area: usize) -> Vec<String> {
        let names_of = |(index, names): (usize, &PlaceNames)| {
            let before = if index == area { "" } else { names.name.as_str() };
            names.groups.iter().map(|group| format!("{before}{group}")).collect::<Vec<_>>()
        };
        self.within(area).flat_map(names_of).collect()
    }

    /// An area and all that lie in it.
    fn within(&self, area: usize) -> impl Iterator<Item = (usize, &PlaceNames)> {
        let end = self.areas.get(area).map_or(area, |names| names.end);
        self.areas.iter().enumerate().take(end).skip(area)
    }

    /// An area, the one it lies in, and so on up to the root.
    fn with_those_above(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |index: &usize| self.areas.get(*index).and_then(|area| area.parent);
        std::iter::successors(Some(index), parent).take(self.areas.len())
    }

    fn all_paths(&self) -> Vec<String> {
        let groups_of = |(path, index): (&String, &usize)| {
            let groups = self.areas.get(*index).map(|area| area.groups.as_slice()).unwrap_or_default();
            groups.iter().map(|group| format!("{path}/{group}")).collect::<Vec<_>>()
        };
        self.by_path.keys().cloned().chain(self.by_path.iter().flat_map(groups_of)).collect()
    }
}
