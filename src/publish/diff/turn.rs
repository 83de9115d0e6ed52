//! What has become of one thing on the board, as data: the words are the command's.

use chrono::NaiveDate;
use serde::Serialize;

use super::fact::{Fact, Said};
use crate::values::Yuan;

/// What has become of one thing on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// Path of its area; `.` for the root.
    pub area: String,
    /// Name of the area.
    pub area_name: String,
    /// What it is.
    pub kind: TurnKind,
    /// Its title, or the name of a contact.
    pub title: String,
    /// Where it stands in the published folder (before, where it is gone); its page is the `index.html` there.
    pub address: String,
    /// What is different, one by one.
    pub details: Vec<Detail>,
}

/// What can come, change and go, in the order in which an area's turns are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TurnKind {
    /// The board itself.
    Board,
    /// An area.
    Area,
    /// The whole ledger.
    Ledger,
    /// An item that an area must disclose.
    Duty,
    /// A list of a subsidy.
    List,
    /// A result.
    Result,
    /// A notice.
    Notice,
    /// A program of subsidies.
    Program,
    /// A fund.
    Fund,
    /// A contact.
    Contact,
    /// A team of contacts.
    Team,
    /// Sessions of reception.
    Reception,
    /// An attached file.
    Attachment,
    /// A picture on a card or of a posting.
    Picture,
    /// A page whose text is different without anything in the open data that tells why.
    Page,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Detail {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is called otherwise.
    Retitled {
        /// The title before.
        before: String,
    },
    /// It stands elsewhere in the published folder; the old address still leads there.
    Address {
        /// The address before.
        before: String,
    },
    /// Somebody is on the list of another area.
    CameFrom {
        /// Name of the area before.
        area: String,
    },
    /// The state of a list, by the names of open data.
    State {
        /// Before.
        before: String,
        /// Now.
        after: String,
    },
    /// A fact is another one. Both values are left out where it is made of several parts.
    Fact {
        /// Which fact.
        fact: Fact,
        /// Its value before; none where there was none.
        before: Option<Said>,
        /// Its value now; none where there is none.
        after: Option<Said>,
    },
    /// So many rows, of which nothing was known before.
    Count {
        /// How many.
        rows: u64,
        /// What a row is.
        unit: Unit,
    },
    /// Another number of rows, which themselves are not shown.
    Counted {
        /// Before.
        before: u64,
        /// Now.
        after: u64,
    },
    /// Rows that were not there.
    RowsAdded {
        /// How many.
        rows: usize,
        /// What a row is.
        unit: Unit,
    },
    /// Rows that are no longer there.
    RowsRemoved {
        /// How many.
        rows: usize,
        /// What a row is.
        unit: Unit,
    },
    /// Rows of the same name and group with another amount.
    Amounts {
        /// How many.
        rows: usize,
        /// What a row is.
        unit: Unit,
    },
    /// Rows of the same name and group with something else that is different.
    RowsChanged {
        /// How many.
        rows: usize,
        /// What a row is.
        unit: Unit,
    },
    /// The total of a list.
    Total {
        /// Before.
        before: Option<Yuan>,
        /// Now.
        after: Option<Yuan>,
    },
    /// The notice period.
    Period {
        /// First and last day before; none where there was no period.
        before: Option<[NaiveDate; 2]>,
        /// First and last day now; none where there is no period.
        after: Option<[NaiveDate; 2]>,
    },
    /// An objection has come in, or has an outcome.
    Objection {
        /// The day it came in.
        received: NaiveDate,
        /// Its outcome before, by the name of open data; none where it is new.
        before: Option<String>,
        /// Its outcome now.
        after: String,
    },
    /// An objection waits for its answer longer than it may.
    ObjectionOverdue {
        /// The day it came in.
        received: NaiveDate,
        /// The day until which there was time.
        due: Option<NaiveDate>,
    },
    /// A step has not been done by its day.
    StepOverdue {
        /// Its title.
        title: String,
        /// The day until which there was time.
        due: Option<NaiveDate>,
    },
    /// It was hung up.
    Posted {
        /// The day.
        on: NaiveDate,
        /// Where.
        place: Option<String>,
    },
    /// It was taken down.
    TakenDown {
        /// The day.
        on: NaiveDate,
    },
    /// A step on the way to the decision.
    Step {
        /// Its title.
        title: String,
        /// The day it was done.
        on: Option<NaiveDate>,
    },
    /// The decision has been taken.
    Decision {
        /// Its day.
        date: NaiveDate,
        /// The document.
        document: Option<String>,
    },
    /// Money came into a fund.
    Inflow {
        /// The day.
        on: NaiveDate,
        /// Who paid it.
        from: String,
        /// How much.
        amount: Yuan,
    },
    /// Lists were paid out of a fund.
    Payments {
        /// How many.
        count: usize,
        /// Their sum.
        amount: Yuan,
    },
    /// A notice has gone to the archive.
    Archived {
        /// Its last day.
        until: NaiveDate,
    },
    /// Its text, or something else in it, is different.
    Content,
    /// Sessions more.
    SessionsAdded {
        /// Their days.
        days: Vec<NaiveDate>,
    },
    /// Sessions fewer.
    SessionsRemoved {
        /// Their days.
        days: Vec<NaiveDate>,
    },
    /// The same of several sessions is another.
    Sessions {
        /// What is different.
        fact: Fact,
        /// Before.
        before: Option<Said>,
        /// Now.
        after: Option<Said>,
        /// The days of the sessions.
        days: Vec<NaiveDate>,
    },
    /// Sessions are cancelled.
    Cancelled {
        /// Their days.
        days: Vec<NaiveDate>,
    },
    /// Sessions are no longer cancelled.
    Restored {
        /// Their days.
        days: Vec<NaiveDate>,
    },
    /// A session is on another day.
    Moved {
        /// The day before.
        before: NaiveDate,
        /// The day now.
        after: NaiveDate,
    },
    /// Units or matters that a result did not have.
    UnitsAdded {
        /// Their names.
        units: Vec<String>,
    },
    /// Units or matters that a result no longer has.
    UnitsRemoved {
        /// Their names.
        units: Vec<String>,
    },
    /// The same of several units is another.
    Units {
        /// What is different.
        fact: Fact,
        /// Their names.
        units: Vec<String>,
    },
    /// How an item stands in the ledger.
    Standing {
        /// Before; none where it was not owed.
        before: Option<Standing>,
        /// Now; none where it is no longer owed.
        after: Option<Standing>,
    },
    /// An item was fulfilled once more, for a later period.
    FulfilledAgain {
        /// The day until which the later period had time.
        due: Option<NaiveDate>,
        /// Whether it came after that day.
        late: bool,
    },
}

/// How an item stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// `done`, `due` or `overdue`.
    pub state: String,
    /// Until when it must be disclosed.
    pub due: Option<NaiveDate>,
    /// Since when it is overdue.
    pub overdue_since: Option<NaiveDate>,
    /// Whether it was disclosed after its day.
    pub late: bool,
}

/// What a row of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Somebody: the row has a name, and no number of persons.
    Person,
    /// A household: the row says how many persons it counts.
    Household,
    /// A row without a name, or one that is not shown.
    Row,
}
