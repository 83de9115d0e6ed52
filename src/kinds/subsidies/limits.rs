//! Limits of programs: ceilings, one program of a group for a household, less than one has paid oneself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::claims::{Claim, Fingerprint};
use super::{Disclosure, Stage};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::programs::{Cap, Every, Per, Program, Programs};
use crate::values::Yuan;

const CAP_EXCEEDED: Code = Code::error("cap-exceeded");
const CAP_MAYBE_EXCEEDED: Code = Code::warning("cap-maybe-exceeded");
const HOUSEHOLD_UNKNOWN: Code = Code::warning("household-unknown");
const EXCLUSIVE_TWICE: Code = Code::error("exclusive-twice");
const NOT_BELOW_OWN_EXPENSE: Code = Code::error("not-below-own-expense");
const OWN_EXPENSE_MISSING: Code = Code::warning("own-expense-missing");

/// Compares all rows of a board with the limits of their programs, and lets go of what was kept for it. Of lists of
/// the same money only the last counts.
pub(crate) fn check<'d>(
    disclosures: impl Iterator<Item = &'d mut Disclosure>,
    programs: &Programs,
    problems: &mut Problems,
) {
    let mut claims: Vec<Claim> = Vec::new();
    for disclosure in disclosures {
        let own = std::mem::take(&mut disclosure.claims);
        let links = &disclosure.links;
        let counts = links.followed_by.is_none() && links.reposted_to.is_none();
        if counts && disclosure.stage != Stage::Terminating {
            claims.extend(own);
        }
    }
    claims.sort_by_key(|claim| (claim.day, claim.place));
    let mut limits = Limits::default();
    for claim in &claims {
        let Some(program) = programs.in_force(&claim.program, claim.day) else { continue };
        if let Some(cap) = program.cap {
            limits.cap(claim, program, cap, problems);
        }
        if let Some(group) = &program.exclusive {
            limits.exclusive(claim, program, group, problems);
        }
        if program.below_own_expense {
            limits.own_expense(claim, program, problems);
        }
    }
    for Broken { problem, more } in limits.broken.into_values() {
        problems.add(if more == 0 { problem } else { problem.with("more", more) });
    }
}

/// A period in which a ceiling can be used once: a year and a month; zeroes where there is none.
type Window = (i32, u32);

/// What has been taken so far.
#[derive(Clone, Copy)]
struct Taken {
    sum: Yuan,
    first: Place,
    said: bool,
}

/// A limit that rows of one list break: the first of them is pointed at. When a ceiling is written wrongly everybody
/// exceeds it, and that is one mistake.
struct Broken {
    problem: Diagnostic,
    /// How many more persons or households break it.
    more: u32,
}

#[derive(Default)]
struct Limits<'c> {
    capped: BTreeMap<(&'c str, Window, Fingerprint), Taken>,
    held: BTreeMap<(&'c str, i32, Fingerprint), (&'c Claim, &'c Program)>,
    paid: BTreeMap<(i32, Fingerprint), (Yuan, bool)>,
    unknown_households: BTreeSet<FileId>,
    unknown_expenses: BTreeSet<FileId>,
    broken: BTreeMap<(FileId, &'c str, &'static str), Broken>,
}

impl<'c> Limits<'c> {
    /// Notes that a row breaks a limit of its program.
    fn note_broken(&mut self, claim: &'c Claim, problem: Diagnostic) {
        let of_list = (claim.place.file, claim.program.as_str(), problem.code().name());
        self.broken.entry(of_list).and_modify(|one| one.more += 1).or_insert(Broken { problem, more: 0 });
    }

    fn cap(&mut self, claim: &'c Claim, program: &Program, cap: Cap, problems: &mut Problems) {
        let window = match cap.every {
            Every::Once => (0, 0),
            Every::Month => (claim.day.year(), claim.day.month()),
            Every::Year => (program.year_of(claim.day), 0),
        };
        let who = match cap.per {
            Per::Person => claim.person,
            Per::Household => self.household(claim, problems),
        };
        // Without a key two people of one name in one group look the same.
        let certain = claim.household.is_some();
        let fresh = Taken { sum: Yuan::ZERO, first: claim.place, said: false };
        let mut alone = fresh;
        let taken = match who {
            Some(who) => self.capped.entry((&claim.program, window, who)).or_insert(fresh),
            None => &mut alone,
        };
        let before = taken.sum;
        taken.sum = before + claim.amount;
        if taken.sum <= cap.amount || taken.said {
            return;
        }
        taken.said = true;
        let code = if certain || claim.amount > cap.amount { CAP_EXCEEDED } else { CAP_MAYBE_EXCEEDED };
        let mut problem = Diagnostic::new(code, claim.place).with("program", &program.title);
        let sum = if before == Yuan::ZERO {
            claim.amount.grouped()
        } else {
            format!("{} + {} = {}", before.grouped(), claim.amount.grouped(), taken.sum.grouped())
        };
        problem = problem.with("sum", sum).with("cap", cap.amount.grouped());
        problem = problem.with_word("per", per_word(cap.per)).with_word("every", every_word(cap.every));
        let problem = if taken.first == claim.place { problem } else { problem.and(taken.first) };
        self.note_broken(claim, problem);
    }

    /// Compares with the row that a household has had first in the year without an approved exception; an exception
    /// lets only its own row stand beside another.
    fn exclusive(&mut self, claim: &'c Claim, program: &'c Program, group: &'c str, problems: &mut Problems) {
        let Some(household) = self.household(claim, problems) else { return };
        let key = (group, program.year_of(claim.day), household);
        let holder = self.held.entry(key).or_insert((claim, program));
        let (first, held) = *holder;
        if claim.exempt {
            return;
        }
        if first.exempt {
            *holder = (claim, program);
            return;
        }
        if held.id.value == program.id.value {
            return;
        }
        let problem = Diagnostic::new(EXCLUSIVE_TWICE, claim.place).and(first.place);
        let problem = problem.with("program", &program.title).with("other_program", &held.title);
        self.note_broken(claim, problem.with("year", key.1));
    }

    fn own_expense(&mut self, claim: &'c Claim, program: &Program, problems: &mut Problems) {
        let Some(own) = claim.own_expense else {
            if self.unknown_expenses.insert(claim.place.file) {
                problems
                    .add(Diagnostic::new(OWN_EXPENSE_MISSING, claim.place).with("program", &program.title));
            }
            return;
        };
        let mut alone = (Yuan::ZERO, false);
        // Only with a household's key are two rows surely of one person.
        let (sum, said) = match claim.person.filter(|_| claim.household.is_some()) {
            Some(person) => self.paid.entry((program.year_of(claim.day), person)).or_insert(alone),
            None => &mut alone,
        };
        *sum = *sum + claim.amount;
        if *sum >= own && !*said {
            *said = true;
            let problem = Diagnostic::new(NOT_BELOW_OWN_EXPENSE, claim.place);
            let problem = problem.with("program", &program.title).with("sum", sum.grouped());
            self.note_broken(claim, problem);
        }
    }

    /// The household of a row; a list without their keys is said once.
    fn household(&mut self, claim: &Claim, problems: &mut Problems) -> Option<Fingerprint> {
        if claim.household.is_none() && self.unknown_households.insert(claim.place.file) {
            problems.add(Diagnostic::new(HOUSEHOLD_UNKNOWN, claim.place));
        }
        claim.household
    }
}

fn per_word(per: Per) -> &'static str {
    match per {
        Per::Person => "say-per-person",
        Per::Household => "say-per-household",
    }
}

fn every_word(every: Every) -> &'static str {
    match every {
        Every::Once => "say-once",
        Every::Month => "say-every-month",
        Every::Year => "say-every-year",
    }
}
