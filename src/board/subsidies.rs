//! Disclosures of subsidies on the day: their state, and only what exists and may be shown by then.

mod facts;

use std::cmp::Reverse;

use chrono::NaiveDate;

pub use facts::{DecisionOnBoard, Due, ObjectionOnBoard, PostingOnBoard, StepOnBoard};

use super::Changes;
use super::postings::Written;
use crate::calendar::StatutoryCalendar;
use crate::diagnostics::{Code, Diagnostic, FileId, Problems};
use crate::kinds::people::People;
use crate::kinds::places::Places;
use crate::kinds::programs::{Found, Programs};
use crate::kinds::settings::Settings;
use crate::kinds::subsidies::{
    Disclosure, Figures, Links, ObjectionsTo, Period, Recipients, Stage, State, Timeline,
};
use crate::source::{Located, nearest};

const UNKNOWN_GROUP: Code = Code::error("unknown-group");
const PAID_LATER: Code = Code::warning("paid-later");
const DECIDED_UNDER_REVIEW: Code = Code::warning("decided-under-review");
const FOLLOWS_BEFORE_END: Code = Code::error("follows-before-end");

/// A disclosure on the day.
#[derive(Debug)]
pub struct DisclosureOnBoard {
    /// Name of its file without the ending: its address.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The table of its rows, where there is one.
    pub table: Option<FileId>,
    /// Title.
    pub title: String,
    /// What it is about.
    pub item: Option<Located<String>>,
    /// The same in words: the title of the item of the catalogue.
    pub subject: Option<String>,
    /// How far the decision has come.
    pub stage: Stage,
    /// Who decides.
    pub authority: String,
    /// On what ground.
    pub basis: Option<String>,
    /// Raised when rows change while the period runs.
    pub edition: Located<u32>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The notice period.
    pub period: Option<Period>,
    /// The first day with rows.
    pub begins: Option<NaiveDate>,
    /// Its state.
    pub state: State,
    /// Whether objections are taken on the day.
    pub accepting: bool,
    /// Where to object.
    pub objections_to: Option<ObjectionsTo>,
    /// That it hangs, or hung, on the wall.
    pub posting: Option<PostingOnBoard>,
    /// Objections received so far.
    pub objections: Vec<ObjectionOnBoard>,
    /// Steps on the way to the decision, as far as they have come.
    pub steps: Vec<StepOnBoard>,
    /// The program of all its rows.
    pub program: Option<ProgramOfList>,
    /// What it has to do with others of its area; later ones only once they have begun.
    pub links: Links,
    /// The last day before the rows are withdrawn, as far as it is known.
    pub shown_until: Option<NaiveDate>,
    /// The decision, once there is one.
    pub decision: Option<DecisionOnBoard>,
    /// What the rows come to; `None` before they are shown for the first time.
    pub figures: Option<Figures>,
    /// Whether rows are shown: the page must not be kept by search engines.
    pub shows_rows: bool,
    /// The rows; none before the start, after the withdrawal, and where only figures are published.
    pub recipients: Recipients,
}

/// The program of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramOfList {
    /// Its title.
    pub title: String,
    /// Path of the area whose page tells of it; `None` where the board has no programs.
    pub area: Option<String>,
}

impl super::AreaOnBoard {
    /// The disclosure of this area with a name.
    pub fn disclosure(&self, name: &str) -> Option<&DisclosureOnBoard> {
        self.subsidies.iter().find(|disclosure| disclosure.name == name)
    }
}

/// What disclosures are resolved against.
pub(super) struct Grounds<'b> {
    pub(super) people: &'b People,
    pub(super) places: &'b Places,
    pub(super) calendar: &'b StatutoryCalendar,
    pub(super) settings: &'b Settings,
    pub(super) programs: &'b Programs,
    pub(super) day: NaiveDate,
}

impl Grounds<'_> {
    /// The disclosures of the area with this index on the day: the newest first, then by name.
    pub(super) fn resolve(
        &self,
        area: usize,
        disclosures: Vec<Disclosure>,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> Vec<DisclosureOnBoard> {
        let timelines: Vec<Timeline> = disclosures
            .iter()
            .map(|one| one.timeline(self.calendar, self.settings.privacy.withdraw_after, problems))
            .collect();
        check_chains(&disclosures, &timelines, self.day, problems);
        let both = disclosures.into_iter().zip(timelines);
        let mut resolved: Vec<_> =
            both.map(|(one, timeline)| self.resolve_one(area, one, &timeline, changes, problems)).collect();
        resolved.sort_by(|a, b| (Reverse(a.begins), &a.name).cmp(&(Reverse(b.begins), &b.name)));
        resolved
    }

    fn resolve_one(
        &self,
        area: usize,
        disclosure: Disclosure,
        timeline: &Timeline,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> DisclosureOnBoard {
        let status = timeline.on(self.day);
        changes.on(timeline.next_change(self.day));
        self.check_groups(area, &disclosure.recipients, problems);
        self.warn_of_later_payment(&disclosure, timeline, problems);
        let written = Written::of(&disclosure);
        self.warn_if_under_review(&disclosure, timeline, problems);
        let Disclosure {
            name,
            file,
            table,
            title,
            item,
            stage,
            authority,
            basis,
            edition,
            aliases,
            period: _,
            objections_to,
            posting,
            objections,
            steps,
            follows: _,
            program,
            links,
            decision,
            figures,
            recipients,
            ..
        } = disclosure;
        let posting = posting.and_then(|posting| self.posting(posting, &status, problems));
        let objections =
            objections.into_iter().filter_map(|stated| self.objection(stated, stage, changes, problems));
        let objections = objections.collect();
        let mut known = status.steps.iter();
        let steps = steps
            .into_iter()
            .filter_map(|step| self.step(step, known.next().copied().unwrap_or_default(), changes, problems));
        let steps = steps.collect();
        let ends = links.ends;
        for later in [&links.followed_by, &links.reposted_to].into_iter().flatten() {
            changes.on(Some(later.begins));
        }
        let list = DisclosureOnBoard {
            steps,
            program: program.and_then(|program| self.program(&program.value)),
            links: by_then(links, self.day),
            shown_until: timeline.shown_until(self.day),
            objections,
            name,
            file,
            table,
            title,
            subject: item.as_ref().map(|item| item.value.clone()),
            item,
            stage,
            authority,
            basis,
            edition,
            aliases,
            period: timeline.period,
            begins: timeline.begins(),
            state: status.state,
            accepting: status.accepting,
            objections_to,
            posting,
            decision: decision
                .filter(|_| status.decided)
                .map(|decision| facts::in_effect(decision, stage, ends)),
            figures: (status.state != State::Upcoming).then_some(figures),
            shows_rows: status.shows_rows() && !recipients.is_empty(),
            recipients: if status.shows_rows() { recipients } else { recipients.without_rows() },
        };
        written.warn(&list, problems);
        list
    }

    /// Says that a decision was made while an objection was open.
    fn warn_if_under_review(&self, disclosure: &Disclosure, timeline: &Timeline, problems: &mut Problems) {
        let decision = disclosure.decision.as_ref().map(|decision| decision.date);
        let decision = decision.filter(|date| date.value <= self.day);
        if let Some(date) = decision.filter(|date| timeline.on(date.value).state == State::Reviewing) {
            problems.add(Diagnostic::new(DECIDED_UNDER_REVIEW, date.place).with("date", date.value));
        }
    }

    /// The program that is named for all rows; what is no program of the board is shown as it is written.
    fn program(&self, written: &str) -> Option<ProgramOfList> {
        match self.programs.find(written) {
            Found::Program(id) => {
                let program = self.programs.shown(id, self.day)?;
                Some(ProgramOfList { title: program.title.clone(), area: Some(program.area.clone()) })
            }
            Found::FreeText | Found::Unknown => Some(ProgramOfList { title: written.to_owned(), area: None }),
        }
    }

    /// Says that a list of payments made names a day that has not come when its rows are shown.
    fn warn_of_later_payment(&self, disclosure: &Disclosure, timeline: &Timeline, problems: &mut Problems) {
        let Some(last) = disclosure.last_paid.filter(|_| disclosure.stage == Stage::Paid) else { return };
        let shown_from = timeline.begins().map_or(self.day, |begins| begins.max(self.day));
        if last.value > shown_from {
            problems.add(Diagnostic::new(PAID_LATER, last.place).with("date", last.value));
        }
    }

    /// Where groups are listed, 村组 names one of them. Each name is looked at once, at its first cell.
    fn check_groups(&self, area: usize, recipients: &Recipients, problems: &mut Problems) {
        let groups = recipients.groups();
        if groups.is_empty() || !self.places.knows_groups(area) {
            return;
        }
        let is_unknown =
            |(_, group): &(usize, &Located<String>)| self.places.group(area, &group.value).is_none();
        for (index, group) in groups.iter().enumerate().filter(is_unknown) {
            // What is written may be a name that has slipped into this column.
            let known = self.places.group_names(area);
            let mut problem = Diagnostic::new(UNKNOWN_GROUP, group.place).with("known", known.join("、"));
            if let Some(near) = nearest(&group.value, known.iter().map(String::as_str)) {
                problem = problem.with("near", near);
            }
            let more = recipients.rows_of_group(index).saturating_sub(1);
            problems.add(if more == 0 { problem } else { problem.with("more", more) });
        }
    }
}

/// Links as they are known on `day`.
fn by_then(mut links: Links, day: NaiveDate) -> Links {
    links.followed_by = links.followed_by.filter(|later| later.begins <= day);
    links.reposted_to = links.reposted_to.filter(|later| later.begins <= day);
    links
}

/// A later stage does not begin before the notice period of the earlier one has ended; one that begins while an
/// objection to the earlier one is open is said from then on.
fn check_chains(disclosures: &[Disclosure], timelines: &[Timeline], day: NaiveDate, problems: &mut Problems) {
    for later in disclosures {
        let (Some(begins), Some(written)) = (later.begins(), &later.follows) else { continue };
        let earlier = disclosures.iter().position(|one| Some(&one.name) == later.links.follows.as_ref());
        let Some(timeline) = earlier.and_then(|earlier| timelines.get(earlier)) else { continue };
        let end = timeline.period.map(|period| period.end).or(timeline.begins());
        if let Some(end) = end.filter(|end| begins < *end) {
            let problem = Diagnostic::new(FOLLOWS_BEFORE_END, written.place).with("name", &written.value);
            problems.add(problem.with("begins", begins).with("end", end));
        } else if begins <= day && timeline.on(begins).state == State::Reviewing {
            let date = later.decision.as_ref().map(|decision| decision.date);
            let date = date.unwrap_or(Located { value: begins, place: written.place });
            problems.add(Diagnostic::new(DECIDED_UNDER_REVIEW, date.place).with("date", date.value));
        }
    }
}
