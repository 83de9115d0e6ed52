//! The lists of a board against those of a published folder: what is open is not changed in silence.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::failure::cannot_read;
use super::manifest::Manifest;
use crate::board::{Board, DisclosureOnBoard};
use crate::diagnostics::{Code, Diagnostic, Failure, Place, Problems};
use crate::site;

const CHANGED_WHILE_OPEN: Code = Code::error("changed-while-open");
const EDITION_WITHOUT_START: Code = Code::error("edition-without-start");
const EDITION_LOWERED: Code = Code::error("edition-lowered");
const OPEN_LIST_REMOVED: Code = Code::error("open-list-removed");

/// What a published list says that is compared.
#[derive(Debug, Deserialize)]
struct Published {
    title: String,
    state: String,
    #[serde(default = "first_edition")]
    edition: u32,
    notice_period: Option<PublishedPeriod>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct PublishedPeriod {
    start: NaiveDate,
    end: NaiveDate,
}

fn first_edition() -> u32 {
    1
}

/// What of a list must stay as it is while the list is open.
const KEPT: [&str; 5] = ["recipients", "count", "cancelled", "households", "total"];

/// Compares every list that is open in the folder `dir` with the same list of `board`. Only what is published is
/// looked at: masked rows.
///
/// # Errors
/// `not-published` (usage) when `dir` is no folder published by this program; `out-newer`; `cannot-read`.
pub fn compare_open_lists(board: &Board, dir: &Path, problems: &mut Problems) -> Result<(), Failure> {
    let manifest =
        Manifest::read(dir)?.ok_or_else(|| Failure::usage("not-published").with("path", dir.display()))?;
    for path in manifest.files.keys() {
        let Some((area, name)) = list_at(path.as_str()) else { continue };
        let file = dir.join(path.as_str());
        let bytes = fs::read(&file).map_err(|error| cannot_read(&file, &error))?;
        // What an older program wrote in another shape says nothing that could be compared.
        let Ok(published) = serde_json::from_slice::<Published>(&bytes) else { continue };
        if !published.is_open(board.day) {
            continue;
        }
        let areas = board.areas.iter().filter(|one| one.path == area);
        match areas.filter_map(|area| area.disclosure(name)).next() {
            Some(list) => compare(&published, list, problems),
            None => {
                let problem = Diagnostic::of_the_board(OPEN_LIST_REMOVED).with("title", &published.title);
                problems.add(problem.with("path", format!("{}subsidies/{name}.toml", folder(area))));
            }
        }
    }
    Ok(())
}

/// The area and the name of the list whose data stand at `path`.
fn list_at(path: &str) -> Option<(&str, &str)> {
    let folder = path.strip_suffix("/data.json")?;
    let (above, name) = folder.rsplit_once('/')?;
    let area = above.strip_suffix("subsidies")?;
    (area.is_empty() || area.ends_with('/')).then(|| (area.trim_end_matches('/'), name))
}

fn folder(area: &str) -> String {
    if area.is_empty() { String::new() } else { format!("{area}/") }
}

impl Published {
    /// Whether its rows were there to be objected to, and still are on `day`.
    fn is_open(&self, day: NaiveDate) -> bool {
        let shown = matches!(self.state.as_str(), "open" | "reviewing");
        shown && self.notice_period.is_some_and(|period| day <= period.end)
    }
}

fn compare(published: &Published, list: &DisclosureOnBoard, problems: &mut Problems) {
    let period = list.period.map(|period| PublishedPeriod { start: period.start, end: period.end });
    let edition = list.edition;
    if edition.value < published.edition {
        let problem = Diagnostic::new(EDITION_LOWERED, edition.place).with("edition", edition.value);
        problems.add(problem.with("published", published.edition));
        return;
    }
    if edition.value > published.edition {
        let starts_again =
            period.zip(published.notice_period).is_some_and(|(now, then)| now.start > then.start);
        if !starts_again {
            let start = published.notice_period.map(|period| period.start.to_string()).unwrap_or_default();
            problems.add(Diagnostic::new(EDITION_WITHOUT_START, edition.place).with("start", start));
        }
        return;
    }
    let data = site::disclosure_data(list);
    // What a column shows may have come with a later version; what both know is compared.
    let same = |key: &str| match (published.rest.get(key), data.get(key)) {
        (Some(then), Some(now)) => then == now,
        _ => true,
    };
    if period != published.notice_period || !KEPT.iter().all(|key| same(key)) {
        let next = edition.value + 1;
        problems.add(changed(edition.place, next, published, &data));
    }
}

fn changed(place: Place, next: u32, published: &Published, data: &Value) -> Diagnostic {
    let rows = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
    let (then, now) = (published.rest.get("recipients"), data.get("recipients"));
    let pairs = then.and_then(Value::as_array).zip(now.and_then(Value::as_array));
    let differing = pairs.map_or(0, |(then, now)| {
        let common = then.iter().zip(now).filter(|(then, now)| then != now).count();
        common + then.len().abs_diff(now.len())
    });
    let problem = Diagnostic::new(CHANGED_WHILE_OPEN, place).with("next", next);
    problem.with("rows", differing).with("before", rows(then)).with("after", rows(now))
}
