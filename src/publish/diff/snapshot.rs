//! What a published folder says in its open data.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use super::Named;
use crate::diagnostics::Failure;
use crate::publish::Manifest;
use crate::publish::failure::cannot_read;
use crate::values::Yuan;

/// Everything that is compared of one folder.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// The day that it shows.
    pub(super) date: NaiveDate,
    /// Names of areas by path.
    pub(super) areas: BTreeMap<String, String>,
    pub(super) lists: Named<List>,
    pub(super) results: Named<Published>,
    pub(super) notices: Named<Notice>,
    pub(super) contacts: Named<Contact>,
    pub(super) sessions: Named<Sessions>,
}

/// Something with a title.
pub(super) trait Titled {
    fn title(&self) -> &str;
}

#[derive(Debug)]
pub(super) struct List {
    pub(super) title: String,
    pub(super) state: String,
    pub(super) count: Option<u64>,
    pub(super) total: Option<Yuan>,
    pub(super) period: Option<(NaiveDate, NaiveDate)>,
    pub(super) rows: Vec<Value>,
}

#[derive(Debug)]
pub(super) struct Published {
    pub(super) title: String,
    pub(super) content: Value,
}

#[derive(Debug)]
pub(super) struct Notice {
    pub(super) title: String,
    pub(super) fingerprint: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contact {
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) position: Option<String>,
    pub(super) rest: Value,
}

/// The sessions of one rule, by day.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    title: String,
    pub(super) days: BTreeMap<(NaiveDate, String), Session>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) host: String,
    pub(super) cancelled: bool,
    pub(super) hours: Value,
    pub(super) place: Value,
}

impl Titled for List {
    fn title(&self) -> &str {
        &self.title
    }
}

impl Titled for Published {
    fn title(&self) -> &str {
        &self.title
    }
}

impl Titled for Notice {
    fn title(&self) -> &str {
        &self.title
    }
}

impl Titled for Contact {
    fn title(&self) -> &str {
        &self.name
    }
}

impl Titled for Sessions {
    fn title(&self) -> &str {
        &self.title
    }
}

impl Snapshot {
    /// Reads the open data that the manifest of a folder names. What an older program wrote in another shape says
    /// nothing that could be compared.
    pub(super) fn read(dir: &Path) -> Result<Self, Failure> {
        let missing = || Failure::usage("not-published").with("path", dir.display());
        let manifest = Manifest::read(dir)?.ok_or_else(missing)?;
        let mut snapshot = Self {
            date: manifest.date,
            areas: BTreeMap::new(),
            lists: Named::new(),
            results: Named::new(),
            notices: Named::new(),
            contacts: Named::new(),
            sessions: Named::new(),
        };
        for path in manifest.files.keys() {
            let Some(place) = place_of(path.as_str()) else { continue };
            let file = dir.join(path.as_str());
            let bytes = fs::read(&file).map_err(|error| cannot_read(&file, &error))?;
            if let Ok(value) = serde_json::from_slice::<Value>(&bytes) {
                snapshot.take(place, &value);
            }
        }
        Ok(snapshot)
    }

    fn take(&mut self, (area, what): (&str, What<'_>), value: &Value) {
        let key = |name: &str| (area.to_owned(), name.to_owned());
        match what {
            What::List(name) => {
                self.lists.insert(key(name), list(value));
            }
            What::Result(name) => {
                let rows = |key: &str| value.get(key).cloned().unwrap_or_default();
                let content = Value::Array(["date", "period", "rows", "total"].map(rows).to_vec());
                self.results.insert(key(name), Published { title: text(value, "title"), content });
            }
            What::Notices => {
                if let Some(name) = value.get("area").map(|area| text(area, "name")) {
                    self.areas.insert(area.to_owned(), name);
                }
                for one in list_of(value, "notices") {
                    let notice =
                        Notice { title: text(one, "title"), fingerprint: optional(one, "fingerprint") };
                    self.notices.insert(key(&text(one, "name")), notice);
                }
            }
            What::Contacts => {
                for one in list_of(value, "contacts") {
                    let contact = Contact {
                        name: text(one, "name"),
                        phone: optional(one, "phone"),
                        position: optional(one, "position"),
                        rest: one.clone(),
                    };
                    self.contacts.insert(key(&text(one, "id")), contact);
                }
            }
            What::Reception => {
                for one in list_of(value, "sessions") {
                    let Some(day) = date(one, "date") else { continue };
                    let sessions = self.sessions.entry(key(&text(one, "rule"))).or_default();
                    sessions.title = text(one, "title");
                    let hours = one.get("hours").cloned().unwrap_or_default();
                    let session = Session {
                        host: text(one, "host_name"),
                        cancelled: one.get("cancelled").and_then(Value::as_bool).unwrap_or(false),
                        place: one.get("place").cloned().unwrap_or_default(),
                        hours: hours.clone(),
                    };
                    // A rule may have two sessions on a day: the first hours tell them apart.
                    sessions.days.insert((day, hours.to_string()), session);
                }
            }
        }
    }
}

/// A file of open data.
#[derive(Clone, Copy, Debug)]
enum What<'p> {
    List(&'p str),
    Result(&'p str),
    Notices,
    Contacts,
    Reception,
}

/// The area and the kind of the open data at `path`; `None` for other files.
fn place_of(path: &str) -> Option<(&str, What<'_>)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "notices.json" => return Some((folder, What::Notices)),
        "contacts.json" => return Some((folder, What::Contacts)),
        "reception.json" => return Some((folder, What::Reception)),
        "data.json" => {}
        _ => return None,
    }
    let (above, name) = folder.rsplit_once('/')?;
    let (area, kind) = above.rsplit_once('/').unwrap_or(("", above));
    match kind {
        "subsidies" => Some((area, What::List(name))),
        "results" => Some((area, What::Result(name))),
        _ => None,
    }
}

fn list(value: &Value) -> List {
    let period = value.get("notice_period");
    let day = |key: &str| period.and_then(|period| date(period, key));
    List {
        title: text(value, "title"),
        state: text(value, "state"),
        count: value.get("count").and_then(Value::as_u64),
        total: value.get("total").and_then(Value::as_str).and_then(|total| Yuan::parse(total).ok()),
        period: day("start").zip(day("end")),
        rows: list_of(value, "recipients").cloned().collect(),
    }
}

fn text(value: &Value, key: &str) -> String {
    optional(value, key).unwrap_or_default()
}

fn optional(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn date(value: &Value, key: &str) -> Option<NaiveDate> {
    value.get(key).and_then(Value::as_str).and_then(|day| day.parse().ok())
}

fn list_of<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
