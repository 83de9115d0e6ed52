//! What the printed sheets of an area are called, so that pages can link them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::frame::encode_path;
use crate::board::{AreaOnBoard, DisclosureOnBoard};
use crate::kinds::subsidies::State;

/// A kind of sheet, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetKind {
    /// The contacts of an area on its wall.
    Contacts,
    /// Contact cards to cut out, one for each household.
    Cards,
    /// The reception days of a month.
    ReceptionMonth,
    /// The reception days of a year.
    ReceptionYear,
    /// A subsidy disclosure.
    Subsidy,
    /// A published result.
    Result,
    /// A notice.
    Notice,
    /// A poster of what matters on the day.
    Bulletin,
    /// What to hang up and to take down on the day.
    Posting,
    /// A form to fill in by hand.
    Form,
}

impl SheetKind {
    /// All kinds, in the order in which they are named to people.
    pub const ALL: [Self; 10] = [
        Self::Contacts,
        Self::Cards,
        Self::ReceptionMonth,
        Self::ReceptionYear,
        Self::Subsidy,
        Self::Result,
        Self::Notice,
        Self::Bulletin,
        Self::Posting,
        Self::Form,
    ];

    /// How the command line names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Cards => "cards",
            Self::ReceptionMonth => "reception-month",
            Self::ReceptionYear => "reception-year",
            Self::Subsidy => "subsidy",
            Self::Result => "result",
            Self::Notice => "notice",
            Self::Bulletin => "bulletin",
            Self::Posting => "posting",
            Self::Form => "forms",
        }
    }
}

impl Serialize for SheetKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One sheet of an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetName {
    /// The only one of its kind in an area.
    Of(SheetKind),
    /// That of the subsidy disclosure with this name.
    Subsidy(String),
    /// That of the result with this name.
    Result(String),
    /// That of the notice with this name.
    Notice(String),
    /// The same in large print.
    LargeNotice(String),
    /// The form with this name.
    Form(String),
}

impl SheetName {
    /// Its kind.
    pub fn kind(&self) -> SheetKind {
        match self {
            Self::Of(kind) => *kind,
            Self::Subsidy(_) => SheetKind::Subsidy,
            Self::Result(_) => SheetKind::Result,
            Self::Notice(_) | Self::LargeNotice(_) => SheetKind::Notice,
            Self::Form(_) => SheetKind::Form,
        }
    }

    /// The folder of the page in `area` that says the same.
    pub fn page(&self, area: &AreaOnBoard) -> String {
        match self {
            Self::Of(SheetKind::Contacts | SheetKind::Cards) => area.page_of("contacts"),
            Self::Of(SheetKind::ReceptionMonth | SheetKind::ReceptionYear) => area.page_of("reception"),
            Self::Of(_) => area.path.clone(),
            Self::Subsidy(name) => area.page("subsidies", name),
            Self::Result(name) => area.page("results", name),
            Self::Notice(name) | Self::LargeNotice(name) | Self::Form(name) => area.page("notices", name),
        }
    }

    /// Name of the words for a link to it.
    fn word(&self) -> String {
        match self {
            Self::LargeNotice(_) => "print_large".to_owned(),
            other => format!("print_{}", other.kind().name()),
        }
    }

    /// Its file in the area at `area`, from the root of the published folder.
    pub fn path(&self, area: &str) -> String {
        let name = match self {
            Self::Of(kind) => kind.name().to_owned(),
            Self::Subsidy(name) => format!("subsidy-{name}"),
            Self::Result(name) => format!("result-{name}"),
            Self::Notice(name) => format!("notice-{name}"),
            Self::LargeNotice(name) => format!("large-{name}"),
            Self::Form(name) => format!("form-{name}"),
        };
        let folder = if area.is_empty() { String::new() } else { format!("{area}/") };
        format!("{folder}sheets/{name}.pdf")
    }
}

/// A link to a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetLink {
    /// Name of the words for it.
    pub word: String,
    /// Its file, from the site's root.
    pub address: String,
}

/// Links to the sheets of an area on `day`, by the folder of the page that says the same.
pub fn sheet_links(area: &AreaOnBoard, day: NaiveDate) -> BTreeMap<String, Vec<SheetLink>> {
    let mut links: BTreeMap<String, Vec<SheetLink>> = BTreeMap::new();
    for sheet in sheets_of(area, day) {
        let link = SheetLink { word: sheet.word(), address: encode_path(&sheet.path(&area.path)) };
        links.entry(sheet.page(area)).or_default().push(link);
    }
    links
}

/// The sheets of an area on `day`: those of what is published, a poster, and what to hang up and take down.
pub fn sheets_of(area: &AreaOnBoard, day: NaiveDate) -> Vec<SheetName> {
    let mut sheets = Vec::new();
    let mut add = |exists: bool, kind| sheets.extend(exists.then_some(SheetName::Of(kind)));
    let of_this_year =
        area.reception.sessions.iter().filter(|(_, session)| session.date.year() == day.year());
    let is_planned = of_this_year.count() > 0;
    add(!area.cards.is_empty() || !area.teams.is_empty(), SheetKind::Contacts);
    add(!area.cards.is_empty(), SheetKind::Cards);
    add(month_of_sheet(area, day).is_some(), SheetKind::ReceptionMonth);
    add(is_planned, SheetKind::ReceptionYear);
    add(true, SheetKind::Bulletin);
    add(true, SheetKind::Posting);
    let lists = area.subsidies.iter().filter(|one| has_sheet(one));
    sheets.extend(lists.map(|one| SheetName::Subsidy(one.name.clone())));
    sheets.extend(area.results.iter().map(|one| SheetName::Result(one.result.name.clone())));
    for notice in &area.notices {
        let name = notice.name.clone();
        if notice.blank {
            sheets.push(SheetName::Form(name));
        } else {
            sheets.extend([SheetName::Notice(name.clone()), SheetName::LargeNotice(name)]);
        }
    }
    sheets
}

/// Whether a disclosure has a sheet: one that begins later, that was withdrawn, or that another stands in for, has none.
pub fn has_sheet(disclosure: &DisclosureOnBoard) -> bool {
    match disclosure.state {
        State::Open | State::Reviewing | State::Closed | State::Confirmed => true,
        State::Upcoming | State::Withdrawn | State::Superseded => false,
    }
}

/// The first day of the month that the month sheet of reception days shows on `day`: that of the next session.
pub fn month_of_sheet(area: &AreaOnBoard, day: NaiveDate) -> Option<NaiveDate> {
    let next = area.reception.from_day(day).iter().find(|(_, session)| !session.is_cancelled())?;
    next.1.date.with_day(1)
}

#[cfg(test)]
mod tests {
    use super::{SheetKind, SheetName};

    #[test]
    fn a_sheet_lies_in_the_folder_of_its_area() {
        let of_a_list = SheetName::Subsidy("2026-teku".to_owned());
        assert_eq!(of_a_list.path("liutang"), "liutang/sheets/subsidy-2026-teku.pdf");
        assert_eq!(SheetName::Of(SheetKind::ReceptionYear).path(""), "sheets/reception-year.pdf");
    }
}
