//! The board itself and its areas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fact::Fact;
use super::facts::{facts, list, retitled, text};
use super::pair::{Found, Pair, came_or_went};
use super::turn::{Detail, TurnKind};

const OF_BOARD: [(&str, Fact); 2] = [("issuer", Fact::Issuer), ("hotline", Fact::Hotline)];

const OF_AREAS: [(&str, Fact); 5] = [
    ("level", Fact::Level),
    ("address", Fact::Address),
    ("phone", Fact::Phone),
    ("households", Fact::Households),
    ("groups", Fact::Groups),
];

/// Compares what is known of the board and of each area.
pub(super) fn compare(pair: &Pair, found: &mut Found) {
    let (Some(then), Some(now)) = (&pair.old.board, &pair.new.board) else {
        found.uncompared.push("board.json".to_owned());
        return;
    };
    let mut details: Vec<Detail> = retitled(then, now).into_iter().collect();
    details.extend(facts(then, now, &OF_BOARD));
    pair.note(found, ("", TurnKind::Board), text(now, "title"), "", details);
    let path =
        |area: &Value| Some(text(area, "path")).filter(|path| *path != ".").unwrap_or_default().to_owned();
    let before: BTreeMap<String, (String, &Value)> =
        list(then, "areas").iter().map(|area| (pair.area_now(&path(area)), (path(area), area))).collect();
    let after: BTreeMap<String, &Value> = list(now, "areas").iter().map(|area| (path(area), area)).collect();
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for path in paths {
        let (then, now) = (before.get(path), after.get(path).copied());
        let mut details: Vec<Detail> = came_or_went(then, now.as_ref()).into_iter().collect();
        if let Some(((address, then), now)) = then.zip(now) {
            let moved = address != path;
            details.extend(moved.then(|| Detail::Address { before: address.clone() }));
            let (before, after) = (text(then, "name"), text(now, "name"));
            details.extend((before != after).then(|| Detail::Retitled { before: before.to_owned() }));
            details.extend(facts(then, now, &OF_AREAS));
        }
        pair.note(found, (path, TurnKind::Area), &pair.area_name(path), path, details);
    }
}
