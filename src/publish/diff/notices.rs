//! Notices.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fact::Fact;
use super::facts::{date, facts, list, retitled, same, text};
use super::pair::{Found, Pair, What, came_or_went, join, title_of};
use super::turn::{Detail, TurnKind};
use crate::diagnostics::Failure;

const KNOWN: [(&str, Fact); 5] = [
    ("date", Fact::Date),
    ("until", Fact::Until),
    ("blank", Fact::Blank),
    ("item", Fact::Item),
    ("pinned", Fact::Pinned),
];

/// A notice in the two folders: its area now, its page before where it was renamed, and what is known of it.
#[derive(Default)]
struct Notice {
    area: String,
    before: Option<String>,
    then: Option<Value>,
    now: Option<Value>,
}

/// Compares the notices of all areas.
pub(super) fn compare(pair: &Pair, found: &mut Found) -> Result<(), Failure> {
    let mut notices: BTreeMap<String, Notice> = BTreeMap::new();
    let same_day = pair.old.manifest.date == pair.new.manifest.date;
    for spot in pair.spots(What::Notices) {
        // Days alone send a notice to the archive.
        if pair.is_unchanged(&spot) && spot.moved().is_none() && same_day {
            continue;
        }
        let Some([then, now]) = pair.read_of_area(&spot, "notices", found)? else { continue };
        for notice in now.iter().flat_map(|now| list(now, "notices")) {
            let page = join(&spot.area, &page(notice));
            let entry = notices.entry(page).or_default();
            entry.area.clone_from(&spot.area);
            entry.now = Some(notice.clone());
        }
        let folder = spot.old.and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
        for notice in then.iter().flat_map(|then| list(then, "notices")) {
            let address = pair.page_now(folder, &page(notice));
            let renamed = pair.renamed(folder, &page(notice), &address);
            let entry = notices.entry(address).or_default();
            if entry.now.is_none() {
                entry.area.clone_from(&spot.area);
            }
            entry.before = renamed;
            entry.then = Some(notice.clone());
        }
    }
    for (address, notice) in notices {
        let details = details(pair, &notice);
        let title = title_of(notice.then.as_ref(), notice.now.as_ref());
        pair.note(found, (&notice.area, TurnKind::Notice), title, &address, details);
    }
    Ok(())
}

/// The page of a notice in its area.
fn page(notice: &Value) -> String {
    join("notices", text(notice, "name"))
}

fn details(pair: &Pair, notice: &Notice) -> Vec<Detail> {
    let (then, now) = (notice.then.as_ref(), notice.now.as_ref());
    let mut details: Vec<Detail> = came_or_went(then, now).into_iter().collect();
    let Some((then, now)) = then.zip(now) else { return details };
    let before = notice.before.clone();
    details.extend(before.map(|before| Detail::Address { before }));
    details.extend(retitled(then, now));
    details.extend(facts(then, now, &KNOWN));
    let until = date(now, "until");
    let holds = |notice: &Value, day| date(notice, "until").is_none_or(|until| day <= until);
    if holds(then, pair.old.manifest.date) && !holds(now, pair.new.manifest.date) {
        details.extend(until.map(|until| Detail::Archived { until }));
    }
    let text_differs = match (then.get("text"), now.get("text")) {
        (Some(then), Some(now)) => then != now,
        // The fingerprint of a whole notice is that of its title and days too.
        _ => details.is_empty() && then.get("fingerprint") != now.get("fingerprint"),
    };
    // A renamed file is another notice to the list, and says the same.
    let unsaid = details.is_empty() && !same(then, now, pair.exact);
    if text_differs || unsaid {
        details.push(Detail::Content);
    }
    details
}
