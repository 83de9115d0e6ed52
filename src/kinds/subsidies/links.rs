//! How the disclosures of one area hang together: one posted again after an objection, later stages of the same money.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Disclosure, Stage};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::{Located, nearest};

const UNKNOWN_DISCLOSURE: Code = Code::error("unknown-disclosure");
const REPOSTED_BEFORE_DECIDED: Code = Code::error("reposted-before-decided");
const REPOSTED_TO_ITSELF: Code = Code::error("reposted-to-itself");
const REPOSTED_OTHER_STAGE: Code = Code::error("reposted-other-stage");
const STAGE_NOT_LATER: Code = Code::error("stage-not-later");
const FOLLOWED_TWICE: Code = Code::error("followed-twice");
const FOLLOWS_REPOSTED: Code = Code::error("follows-reposted");
const DECIDED_THOUGH_REPOSTED: Code = Code::error("decided-though-reposted");
const TAPER_WITHOUT_END: Code = Code::error("taper-without-end");

/// What a disclosure has to do with others of its area, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The earlier stage of the same money.
    pub follows: Option<String>,
    /// The later stage, and the first day of it.
    pub followed_by: Option<Later>,
    /// The disclosures that were posted again as this one.
    pub reposts: Vec<String>,
    /// The disclosure that stands in the place of this one, and the first day of it.
    pub reposted_to: Option<Later>,
    /// Whether it is about benefits that end: it says so itself, or the stage that it follows does.
    pub ends: bool,
}

/// A later disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// Its name.
    pub name: String,
    /// The first day with its rows.
    pub begins: NaiveDate,
}

/// How far stages are on the way.
fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Proposed | Stage::Terminating => 0,
        Stage::Confirmed => 1,
        Stage::Paid => 2,
    }
}

/// Finds what each disclosure refers to. `names` are those of all files, also of those that could not be read.
pub(super) fn resolve(disclosures: &mut [Disclosure], names: &[String], problems: &mut Problems) {
    let mut links = Linking::new(disclosures, names);
    for index in 0..disclosures.len() {
        links.follow(disclosures, index, problems);
        links.repost(disclosures, index, problems);
    }
    links.find_ends(disclosures);
    links.check_reposted(disclosures, problems);
    for ((disclosure, links), reposted) in disclosures.iter_mut().zip(links.links).zip(links.reposted) {
        for (stated, begins) in disclosure.objections.iter_mut().zip(reposted) {
            stated.objection.reposted = begins;
        }
        if let Some(decision) = disclosure.decision.as_ref().filter(|one| one.taper_months.value > 0)
            && !links.ends
        {
            problems.add(Diagnostic::new(TAPER_WITHOUT_END, decision.taper_months.place));
        }
        disclosure.links = links;
    }
}

struct Linking<'n> {
    names: &'n [String],
    index: BTreeMap<String, usize>,
    links: Vec<Links>,
    /// For each objection of each disclosure the first day of the one that it has ended in.
    reposted: Vec<Vec<Option<NaiveDate>>>,
}

impl<'n> Linking<'n> {
    fn new(disclosures: &[Disclosure], names: &'n [String]) -> Self {
        let index = disclosures.iter().enumerate().map(|(index, one)| (one.name.clone(), index)).collect();
        let links = vec![Links::default(); disclosures.len()];
        Self { names, index, links, reposted: Vec::with_capacity(disclosures.len()) }
    }

    /// The disclosure that is meant; one that could not be read has been reported.
    fn find(&self, written: &Located<String>, problems: &mut Problems) -> Option<usize> {
        let found = self.index.get(&written.value).copied();
        if found.is_none() && !self.names.contains(&written.value) {
            let mut problem = Diagnostic::new(UNKNOWN_DISCLOSURE, written.place).with("name", &written.value);
            if let Some(near) = nearest(&written.value, self.names.iter().map(String::as_str)) {
                problem = problem.with("near", near);
            }
            problems.add(problem);
        }
        found
    }

    fn follow(&mut self, disclosures: &[Disclosure], index: usize, problems: &mut Problems) {
        let Some(later) = disclosures.get(index) else { return };
        let Some(written) = &later.follows else { return };
        let Some(found) = self.find(written, problems) else { return };
        let Some(earlier) = disclosures.get(found) else { return };
        if rank(later.stage) <= rank(earlier.stage) {
            problems.add(Diagnostic::new(STAGE_NOT_LATER, written.place).with("name", &written.value));
            return;
        }
        let (Some(begins), Some(links)) = (later.begins(), self.links.get_mut(found)) else { return };
        if let Some(first) = &links.followed_by {
            let first = disclosures.iter().find(|one| one.name == first.name);
            let problem = Diagnostic::new(FOLLOWED_TWICE, written.place).with("name", &written.value);
            problems.add(match first.and_then(|first| first.follows.as_ref()) {
                Some(first) => problem.and(first.place),
                None => problem,
            });
            return;
        }
        links.followed_by = Some(Later { name: later.name.clone(), begins });
        if let Some(links) = self.links.get_mut(index) {
            links.follows = Some(earlier.name.clone());
        }
    }

    fn repost(&mut self, disclosures: &[Disclosure], index: usize, problems: &mut Problems) {
        let Some(old) = disclosures.get(index) else { return };
        let mut days = Vec::with_capacity(old.objections.len());
        for stated in &old.objections {
            let begins =
                stated.reposted.as_ref().zip(stated.objection.decided).and_then(|(written, decided)| {
                    let found = self.find(written, problems)?;
                    let new = disclosures.get(found)?;
                    let begins = new.begins()?;
                    if let Some(problem) = fault(old, new, written, decided) {
                        problems.add(problem);
                        return None;
                    }
                    self.note_reposted(index, found, old, new, begins);
                    Some(begins)
                });
            days.push(begins);
        }
        self.reposted.push(days);
    }

    fn note_reposted(
        &mut self,
        old: usize,
        new: usize,
        old_list: &Disclosure,
        new_list: &Disclosure,
        begins: NaiveDate,
    ) {
        if let Some(links) = self.links.get_mut(old)
            && links.reposted_to.as_ref().is_none_or(|first| begins < first.begins)
        {
            links.reposted_to = Some(Later { name: new_list.name.clone(), begins });
        }
        if let Some(links) = self.links.get_mut(new)
            && !links.reposts.contains(&old_list.name)
        {
            links.reposts.push(old_list.name.clone());
        }
    }

    /// A list in whose place another one stands is neither decided nor followed any more: both fall to the new one.
    fn check_reposted(&self, disclosures: &[Disclosure], problems: &mut Problems) {
        for (disclosure, links) in disclosures.iter().zip(&self.links) {
            let decision = disclosure.decision.as_ref().map(|decision| decision.date);
            if let Some((new, date)) = links.reposted_to.as_ref().zip(decision)
                && new.begins <= date.value
            {
                let problem = Diagnostic::new(DECIDED_THOUGH_REPOSTED, date.place).with("date", date.value);
                problems.add(problem.with("new", &new.name).with("begins", new.begins));
            }
            let earlier = links.follows.as_ref().and_then(|name| self.links.get(*self.index.get(name)?));
            let new = earlier.and_then(|earlier| earlier.reposted_to.as_ref());
            if let Some((new, written)) = new.zip(disclosure.follows.as_ref()) {
                let problem = Diagnostic::new(FOLLOWS_REPOSTED, written.place).with("name", &written.value);
                problems.add(problem.with("new", &new.name));
            }
        }
    }

    /// Benefits end where the first stage of a chain says so. Stages only grow, so that no chain is a circle.
    fn find_ends(&mut self, disclosures: &[Disclosure]) {
        for start in 0..disclosures.len() {
            if disclosures.get(start).is_none_or(|one| one.stage != Stage::Terminating) {
                continue;
            }
            let mut next = Some(start);
            while let Some(links) = next.and_then(|index| self.links.get_mut(index)) {
                links.ends = true;
                next = links.followed_by.as_ref().and_then(|later| self.index.get(&later.name).copied());
            }
        }
    }
}

/// Why a list cannot have been posted again as another one.
fn fault(
    old: &Disclosure,
    new: &Disclosure,
    written: &Located<String>,
    decided: NaiveDate,
) -> Option<Diagnostic> {
    let begins = new.begins()?;
    let problem = if old.name == new.name {
        Diagnostic::new(REPOSTED_TO_ITSELF, written.place)
    } else if old.stage != new.stage {
        Diagnostic::new(REPOSTED_OTHER_STAGE, written.place).with("name", &written.value)
    } else if begins < decided {
        Diagnostic::new(REPOSTED_BEFORE_DECIDED, written.place).with("decided", decided).with("start", begins)
    } else {
        return None;
    };
    Some(problem)
}
