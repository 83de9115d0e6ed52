//! AREA: an area as it is typed.

use unicode_normalization::UnicodeNormalization;

use crate::board::{AreaOnBoard, Board};
use crate::diagnostics::Failure;
use crate::source::nearest;

/// Up to so many areas are all named to who typed none of them.
const NAMED_AT_MOST: usize = 20;

/// The root area, as it is typed.
const ROOT: &str = ".";

/// Finds the area at a path from the board's root; `.` is the root. Blanks around it, `\\`, a `./` before it and a
/// `/` behind it, as shells add them, make no difference.
///
/// # Errors
/// When there is none; the failure names the nearest one.
pub(super) fn find<'b>(board: &'b Board, typed: &str) -> Result<&'b AreaOnBoard, Failure> {
    let path: String = typed.trim().replace('\\', "/").nfc().collect();
    let path = path.strip_prefix("./").unwrap_or(&path).trim_end_matches('/');
    let wanted = if path == ROOT { "" } else { path };
    let areas = &board.areas;
    if let Some(area) = areas.iter().find(|area| area.path == wanted) {
        return Ok(area);
    }
    let mut failure = Failure::usage("no-such-area").with("area", typed);
    if let Some(near) = near(areas, wanted) {
        failure = failure.with("near", as_typed(near)).with("name", &near.area.name);
    }
    if areas.len() <= NAMED_AT_MOST {
        let all: Vec<&str> = areas.iter().map(as_typed).collect();
        failure = failure.with("areas", all.join("  "));
    }
    Err(failure)
}

/// The path of an area, as it is typed.
pub(super) fn as_typed(area: &AreaOnBoard) -> &str {
    if area.path.is_empty() { ROOT } else { &area.path }
}

/// The area that was meant: by its name, by the last part of its path, else by what is written alike.
fn near<'b>(areas: &'b [AreaOnBoard], written: &str) -> Option<&'b AreaOnBoard> {
    let named = |name: &str| areas.iter().find(|area| area.area.name == name);
    let last = |area: &&AreaOnBoard| !written.is_empty() && area.path.rsplit('/').next() == Some(written);
    let by_path = || {
        let path = nearest(written, areas.iter().map(|area| area.path.as_str()))?;
        areas.iter().find(|area| area.path == path)
    };
    let by_name = || named(nearest(written, areas.iter().map(|area| area.area.name.as_str()))?);
    named(written).or_else(|| areas.iter().find(last)).or_else(by_path).or_else(by_name)
}
