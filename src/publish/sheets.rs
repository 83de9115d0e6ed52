//! What the manifest says of sheets: what each follows from, so that it is made again only when that has changed, and the
//! number of its data, by which a sheet on the wall is found again.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Manifest;
use crate::sheets::{Made, Printed};

/// The key of the manifest.
const SHEETS: &str = "sheets";

/// What the manifest says of one sheet.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct SheetEntry {
    /// What it follows from: equal keys, equal bytes.
    pub key: String,
    /// The number of its data: `7F3A·91C2`.
    pub fingerprint: Option<String>,
}

/// What a manifest says besides its own keys of a site with these sheets.
pub fn about_sheets(made: &Made) -> Map<String, Value> {
    let entry = |one: &Printed| {
        let fingerprint = one.fingerprint.map(|number| number.to_string());
        let entry = SheetEntry { key: one.key.clone(), fingerprint };
        Some((one.path.clone(), serde_json::to_value(entry).ok()?))
    };
    let sheets: Map<String, Value> = made.sheets.iter().filter_map(entry).collect();
    let mut about = Map::new();
    if !made.system_fonts.is_empty() {
        about.insert("system_fonts".to_owned(), made.system_fonts.clone().into());
    }
    if !sheets.is_empty() {
        about.insert(SHEETS.to_owned(), Value::Object(sheets));
    }
    about
}

impl Manifest {
    /// What it says of the sheet at `path`.
    pub fn sheet(&self, path: &str) -> Option<SheetEntry> {
        serde_json::from_value(self.extra.get(SHEETS)?.get(path)?.clone()).ok()
    }

    /// Paths of the sheets whose data have this number, however people write it: with or without the dot, in small letters.
    pub fn sheets_with(&self, fingerprint: &str) -> Vec<String> {
        let plain = |number: &str| -> String {
            number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
        };
        let wanted = plain(fingerprint);
        let sheets = self.extra.get(SHEETS).and_then(Value::as_object).into_iter().flatten();
        let found = sheets.filter(|(_, entry)| {
            entry.get("fingerprint").and_then(Value::as_str).is_some_and(|number| plain(number) == wanted)
        });
        found.map(|(path, _)| path.clone()).collect()
    }
}
