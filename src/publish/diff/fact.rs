//! What can be another value in two folders, by its name in open data.

use serde::Serialize;

/// A value as open data have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Said {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// What can be another value, by its name in open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Address of an office.
    Address,
    /// Amount of a program.
    Amount,
    /// Who decides.
    Authority,
    /// Money of the best or the worst.
    Award,
    /// Balance of a fund.
    Balance,
    /// Band of a unit.
    Band,
    /// On what ground.
    Basis,
    /// Form to print, or not.
    Blank,
    /// Ceiling of a program.
    Cap,
    /// What must be met.
    Conditions,
    /// Day of publication.
    Date,
    /// Until when an item is due.
    Deadline,
    /// The decision.
    Decision,
    /// Day of the decision.
    DecisionDate,
    /// Deputies of a team.
    Deputies,
    /// Document of the decision.
    Document,
    /// What somebody is in charge of.
    Duties,
    /// Edition of a list.
    Edition,
    /// First day of what is decided.
    Effective,
    /// Programs that shut each other out.
    Exclusive,
    /// Id of a contact.
    Id,
    /// Figures of a unit.
    Figures,
    /// Floors of a program.
    Floors,
    /// Form of reception.
    Form,
    /// How scores are made.
    Formula,
    /// First day.
    From,
    /// The fund that pays.
    Fund,
    /// Groups of an area.
    Groups,
    /// What a team has.
    Has,
    /// Head of a team.
    Head,
    /// Who receives.
    Host,
    /// Supervision hotline.
    Hotline,
    /// Hours of a session.
    Hours,
    /// Number of households.
    Households,
    /// Money that came into a fund.
    Inflows,
    /// Who publishes the board.
    Issuer,
    /// The item of the catalogue.
    Item,
    /// Level of an area.
    Level,
    /// Lists that belong together.
    Links,
    /// Where letters can be left.
    Mailbox,
    /// Members of a team.
    Members,
    /// Objections.
    Objections,
    /// Who takes objections.
    ObjectionsTo,
    /// Telephone for objections.
    ObjectionsPhone,
    /// Where to object.
    ObjectionsPlace,
    /// Office of a team.
    Office,
    /// Opening of a fund.
    Opening,
    /// Where somebody works.
    Organisation,
    /// Below one's own expense.
    OwnExpense,
    /// Who pays.
    Payer,
    /// Payments out of a fund.
    Payments,
    /// Period of a result.
    Period,
    /// Telephone.
    Phone,
    /// Before the others, or not.
    Pinned,
    /// Place of a session.
    Place,
    /// Who hung it up.
    PostedBy,
    /// Whether a picture of it was taken.
    Pictured,
    /// Position.
    Position,
    /// Day it was hung up.
    PostedOn,
    /// Where it hangs.
    PostedPlace,
    /// Who saw it hang.
    PostedWitness,
    /// Day it was taken down.
    PostedOff,
    /// The program of a list.
    Program,
    /// How far a matter has come.
    Progress,
    /// Whether it may still change.
    Provisional,
    /// Day a plan was published.
    Published,
    /// Rank of a unit.
    Rank,
    /// Why a session is cancelled.
    Reason,
    /// How to be received.
    Registration,
    /// Roles.
    Roles,
    /// Score of a unit.
    Score,
    /// Whom somebody serves.
    Serves,
    /// How the rows of a list are shown: which columns, and what of a name.
    Shown,
    /// How far the decision has come.
    Stage,
    /// Steps on the way to the decision.
    Steps,
    /// What follows from several publications.
    Streak,
    /// Day a change was told.
    Told,
    /// Last day.
    To,
    /// What a session is about.
    Topic,
    /// Unit of an amount.
    Unit,
    /// Last day of a notice.
    Until,
    /// Accompanying departments.
    With,
    /// Year of a team.
    Year,
}
