//! `board.json`: the board itself, its areas, and the old addresses that lead to pages of today.

use std::collections::BTreeMap;

use serde::Serialize;

use super::data::leave_json;
use super::{Door, Site};
use crate::board::{AreaOnBoard, aliases};
use crate::diagnostics::Failure;
use crate::kinds::area::Level;

#[derive(Serialize)]
struct BoardData<'b> {
    title: &'b str,
    issuer: &'b str,
    hotline: Option<&'b str>,
    areas: Vec<AreaData<'b>>,
    /// Old addresses, each with the address of the folder that it leads to; the front page has an empty one.
    moved: BTreeMap<&'b str, String>,
}

#[derive(Serialize)]
struct AreaData<'b> {
    path: &'b str,
    name: &'b str,
    level: Level,
    address: Option<&'b str>,
    phone: Option<&'b str>,
    households: Option<u32>,
    groups: Vec<&'b str>,
}

/// Makes the open data of the board itself.
pub(super) fn make(site: Site<'_>, door: &dyn Door) -> Result<(), Failure> {
    let settings = &site.board.settings;
    let data = BoardData {
        title: &settings.title,
        issuer: &settings.issuer,
        hotline: settings.hotline.as_ref().map(|phone| phone.written()),
        areas: site.board.areas.iter().map(area).collect(),
        moved: aliases(site.board).map(|(alias, to)| (alias.value.trim_matches('/'), to)).collect(),
    };
    leave_json(&data, "board.json", Some(settings.file), door)
}

fn area(area: &AreaOnBoard) -> AreaData<'_> {
    let facts = &area.area;
    AreaData {
        path: if area.path.is_empty() { "." } else { &area.path },
        name: &facts.name,
        level: facts.level,
        address: facts.address.as_deref(),
        phone: facts.phone.as_ref().map(|phone| phone.written()),
        households: facts.households,
        groups: facts.groups.iter().map(|group| group.name.as_str()).collect(),
    }
}
