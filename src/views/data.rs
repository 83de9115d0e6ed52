//! The open data of an area: what there is, and where.

use serde::Serialize;

use super::frame::{Link, encode_path, page_address};
use super::postings::postings_shown;
use crate::board::{AreaOnBoard, Board};

/// How many areas the page lists, so that it stays light.
const MOST_AREAS: usize = 300;

/// The page of an area's open data. All addresses are from the site's root.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// Contacts as JSON.
    pub contacts: String,
    /// Reception days as JSON.
    pub reception: String,
    /// Address of the reception days as a table.
    pub reception_table: String,
    /// Reception days as a calendar file.
    pub calendar: String,
    /// Programs and funds as JSON, where it has any.
    pub programs: Option<String>,
    /// Notices as JSON.
    pub notices: String,
    /// The ledger as JSON, as a table and as a feed of what falls due, where a catalogue concerns it.
    pub ledger: Option<[String; 3]>,
    /// The postings of lists as JSON and as a table, where a list has begun.
    pub postings: Option<[String; 2]>,
    /// What is new, as an Atom feed.
    pub feed: String,
    /// The board itself and its areas as JSON; only on the root's page.
    pub board: Option<&'static str>,
    /// The list of all published files with their checksums; only on the root's page.
    pub manifest: Option<&'static str>,
    /// Disclosures, newest first.
    pub disclosures: Vec<DataFiles>,
    /// Results, newest first.
    pub results: Vec<DataFiles>,
    /// The pages of the areas that lie in this one.
    pub areas: Vec<Link>,
}

/// The files of one disclosure or result.
#[derive(Clone, Debug, Serialize)]
pub struct DataFiles {
    /// Its title.
    pub title: String,
    /// Its rows as CSV.
    pub csv: String,
    /// All of it as JSON.
    pub json: String,
}

/// The open data of an area.
pub fn data(board: &Board, area: &AreaOnBoard) -> DataView {
    let index = board.areas.iter().position(|one| one.path == area.path);
    let files = |kind: &str, name: &str, title: &str, csv: &str| {
        let folder = encode_path(&area.page(kind, name));
        DataFiles {
            title: title.to_owned(),
            csv: format!("{folder}/{csv}"),
            json: format!("{folder}/data.json"),
        }
    };
    let subsidies = area.subsidies.iter();
    let results = area.results.iter().map(|on_board| &on_board.result);
    let children = area.children.iter().filter_map(|child| board.areas.get(*child));
    DataView {
        contacts: encode_path(&within(area, "contacts.json")),
        reception: encode_path(&within(area, "reception.json")),
        reception_table: encode_path(&within(area, "reception.csv")),
        calendar: encode_path(&within(area, "reception.ics")),
        programs: area.programs.as_ref().map(|_| encode_path(&within(area, "programs.json"))),
        notices: encode_path(&within(area, "notices.json")),
        ledger: index
            .filter(|index| board.ledger.concerns(*index))
            .map(|_| ["ledger.json", "ledger.csv", "due.xml"].map(|name| encode_path(&within(area, name)))),
        postings: index
            .and_then(|index| postings_shown(board, index))
            .map(|_| ["postings.json", "postings.csv"].map(|name| encode_path(&within(area, name)))),
        feed: encode_path(&within(area, "feed.xml")),
        board: area.path.is_empty().then_some("board.json"),
        manifest: area.path.is_empty().then_some("manifest.json"),
        disclosures: subsidies
            .map(|one| files("subsidies", &one.name, &one.title, "recipients.csv"))
            .collect(),
        results: results.map(|one| files("results", &one.name, &one.title, "scores.csv")).collect(),
        areas: children
            .take(MOST_AREAS)
            .map(|child| Link {
                text: child.area.name.clone(),
                address: page_address(&within(child, "data")),
            })
            .collect(),
    }
}

fn within(area: &AreaOnBoard, name: &str) -> String {
    if area.path.is_empty() { name.to_owned() } else { format!("{}/{name}", area.path) }
}
