//! What has happened to a disclosure, and the disclosures that belong to it.

use chrono::NaiveDate;
use serde::Serialize;

use super::disclosure_link;
use crate::board::{AreaOnBoard, Board, DisclosureOnBoard, Due, ObjectionOnBoard, StepOnBoard};
use crate::kinds::subsidies::{Outcome, Stage, State};

/// Something that has happened on a day, or will by what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event<'b> {
    /// The day.
    pub day: NaiveDate,
    /// What it is.
    #[serde(flatten)]
    pub what: Happened<'b>,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Happened<'b> {
    /// The notice period began.
    Began,
    /// It hung on the wall.
    Posted {
        /// Where.
        place: Option<&'b str>,
        /// Name of who hung it up.
        by: Option<&'b str>,
        /// Who saw it.
        witness: Option<&'b str>,
    },
    /// An objection came in.
    Objected {
        /// What became of it.
        outcome: Outcome,
        /// The day it was decided.
        decided: Option<NaiveDate>,
        /// By when it must be decided.
        due: Option<NaiveDate>,
        /// Whether that day cannot be told yet.
        due_unannounced: bool,
        /// Whether that day is past.
        overdue: bool,
        /// Title of the disclosure that it has ended in.
        again: Option<&'b str>,
        /// Address of that.
        address: Option<String>,
    },
    /// The last day of the notice period.
    Ended,
    /// It was taken down from the wall.
    Taken,
    /// A step on the way to the decision.
    Step {
        /// What was done.
        title: &'b str,
        /// By whom.
        by: Option<&'b str>,
        /// The day the matter came in.
        received: Option<NaiveDate>,
        /// Whether it is done.
        done: bool,
        /// By when it must be done, while it is not.
        due: Option<NaiveDate>,
        /// Whether it was late, or is.
        late: bool,
        /// How many rows were looked at.
        sampled: Option<u32>,
        /// Of how many.
        count: Option<u32>,
    },
    /// It was decided.
    Decided {
        /// Number of the document.
        document: Option<&'b str>,
    },
    /// From this day on monthly benefits are paid, or no longer are.
    Effective {
        /// Whether they end.
        ends: bool,
    },
    /// From this day on no rows are shown.
    Withdrawn,
}

/// A disclosure that belongs to the one shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChainLink {
    /// Its title.
    pub title: String,
    /// Its page.
    pub address: String,
    /// How far it has come.
    pub stage: Stage,
    /// Its state.
    pub state: State,
    /// Whether it is the one shown.
    pub here: bool,
}

/// What is known of the life of a disclosure on the board's day, in the order of days.
pub(super) fn history<'b>(
    board: &'b Board,
    area: &'b AreaOnBoard,
    disclosure: &'b DisclosureOnBoard,
) -> Vec<Event<'b>> {
    let mut events = Vec::new();
    let mut note = |day: Option<NaiveDate>, what: Happened<'b>| {
        events.extend(day.map(|day| Event { day, what }));
    };
    note(disclosure.period.map(|period| period.start), Happened::Began);
    note(disclosure.period.map(|period| period.end), Happened::Ended);
    if let Some(posting) = &disclosure.posting {
        let by = posting.by.and_then(|by| board.people.get(by)).map(|person| person.card.name.as_str());
        let (place, witness) = (posting.place.as_deref(), posting.witness.as_deref());
        note(posting.on, Happened::Posted { place, by, witness });
        note(posting.off, Happened::Taken);
    }
    for known in &disclosure.objections {
        note(Some(known.objection.received), objected(area, disclosure, known));
    }
    for step in &disclosure.steps {
        note(step.done.or(step.received), step_taken(disclosure, step));
    }
    if let Some(decision) = &disclosure.decision {
        note(Some(decision.date), Happened::Decided { document: decision.document.as_deref() });
        note(decision.effective, Happened::Effective { ends: disclosure.links.ends });
    }
    note(disclosure.shown_until.and_then(|last| last.succ_opt()), Happened::Withdrawn);
    events.sort_by_key(|event| event.day);
    events
}

fn objected<'b>(
    area: &'b AreaOnBoard,
    disclosure: &'b DisclosureOnBoard,
    known: &ObjectionOnBoard,
) -> Happened<'b> {
    let ObjectionOnBoard { objection, due, overdue, announced: _ } = known;
    let again = disclosure.links.reposted_to.as_ref().filter(|_| objection.reposted.is_some());
    let again = again.and_then(|later| area.disclosure(&later.name));
    Happened::Objected {
        outcome: objection.outcome,
        decided: objection.decided,
        due: due.and_then(Due::day),
        due_unannounced: *due == Some(Due::Unannounced),
        overdue: *overdue,
        again: again.map(|again| again.title.as_str()),
        address: again.map(|again| disclosure_link(area, again).address),
    }
}

fn step_taken<'b>(disclosure: &'b DisclosureOnBoard, step: &'b StepOnBoard) -> Happened<'b> {
    Happened::Step {
        title: &step.title,
        by: step.by.as_deref(),
        received: step.received.filter(|_| step.done.is_some()),
        done: step.done.is_some(),
        due: step.due.and_then(Due::day).filter(|_| step.done.is_none()),
        late: step.late,
        sampled: step.sampled,
        count: disclosure.figures.map(|figures| figures.count),
    }
}

/// The lists of the same money and those posted again, the earliest first; none where there is no other.
pub(super) fn chain(area: &AreaOnBoard, disclosure: &DisclosureOnBoard) -> Vec<ChainLink> {
    let mut names: Vec<&str> = vec![&disclosure.name];
    let mut seen = 0;
    while let Some(one) = names.get(seen).and_then(|name| area.disclosure(name)) {
        let links = &one.links;
        let later = [&links.followed_by, &links.reposted_to].into_iter().flatten();
        let later = later.map(|later| later.name.as_str());
        let earlier = links.follows.iter().chain(&links.reposts).map(String::as_str);
        for name in earlier.chain(later) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        seen += 1;
    }
    let mut members: Vec<_> = names.into_iter().filter_map(|name| area.disclosure(name)).collect();
    if members.len() < 2 {
        return Vec::new();
    }
    members.sort_by_key(|one| (one.begins, &one.name));
    let link = |one: &DisclosureOnBoard| ChainLink {
        title: one.title.clone(),
        address: disclosure_link(area, one).address,
        stage: one.stage,
        state: one.state,
        here: one.name == disclosure.name,
    };
    members.into_iter().map(link).collect()
}
