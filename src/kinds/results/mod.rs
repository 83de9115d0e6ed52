//! Published results (`results/*.toml`): rankings, surveys, tallies and ledgers.
//!
//! Everything is computed from the table's rows: scores, ranks, awards, rates. What the table states of them too
//! must be the same. Results of an area are read in the order of their periods, so that each can be computed from
//! those before it.

mod agreement;
mod awards;
mod bands;
mod counts;
mod exact;
mod finder;
mod head;
mod history;
mod items;
mod layout;
mod ledger;
mod parts;
mod ranking;
mod rows;
mod scores;
mod standings;
mod streaks;
mod summed;
mod survey;
mod tally;
mod terms;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use chrono::NaiveDate;

pub use awards::{Award, AwardRanks, End};
pub use bands::Band;
pub use ledger::{Ledger, LedgerItem, Progress, Satisfied, Step, StepOn};
pub use parts::Pooling;
pub use ranking::{RankedUnit, Ranking};
pub use rows::compared;
pub use scores::{Inputs, Item, Part, PartSource, Score, Scoring, operand};
pub use standings::{Standing, Ties, standings};
pub use streaks::{Horizon, Streak};
pub use survey::groups::Group;
pub use survey::{Answers, GroupScore, LEVELS, Survey, Surveyed};
pub use tally::{Change, RateOf, RateRule, Tallied, Tally, Target};

use super::notices::stem;
use crate::calendar::ReportingPeriod;
use crate::diagnostics::{Code, Diagnostic, FileId, Problems};
use crate::source::{Fields, Located, Reading, read_toml};
use head::{Head, Kind};
use history::Earlier;
use parts::PartFrom;
use terms::Terms;

const SERIES_PERIOD_TWICE: Code = Code::error("series-period-twice");

/// A published result.
#[derive(Clone, Debug)]
pub struct PublishedResult {
    /// Name of its file without the ending: its address.
    pub name: String,
    /// Title.
    pub title: String,
    /// Day it is published on; it does not exist before.
    pub date: NaiveDate,
    /// What time it is about.
    pub period: ReportingPeriod,
    /// The catalogue item it fulfils.
    pub item: Option<Located<String>>,
    /// The series of results it belongs to.
    pub series: Option<Located<String>>,
    /// When was looked.
    pub inspected: Option<NaiveDate>,
    /// Who looked.
    pub by: Vec<String>,
    /// What it says.
    pub body: Body,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The file.
    pub file: FileId,
    /// The table beside it.
    pub table: Option<FileId>,
}

/// What a result says, by its kind.
#[derive(Clone, Debug)]
pub enum Body {
    /// Units by their scores.
    Ranking(Ranking),
    /// Units by what people think of them.
    Survey(Survey),
    /// Counts and rates.
    Tally(Tally),
    /// Problems and what became of them.
    Ledger(Ledger),
}

impl PublishedResult {
    /// Whether it exists on `day`.
    pub fn is_published(&self, day: NaiveDate) -> bool {
        self.date <= day
    }

    /// Its ranking, which a survey has too.
    pub fn ranking(&self) -> Option<&Ranking> {
        match &self.body {
            Body::Ranking(ranking) => Some(ranking),
            Body::Survey(survey) => Some(&survey.ranking),
            Body::Tally(_) | Body::Ledger(_) => None,
        }
    }

    /// Its kind, as the contract names it.
    pub fn kind(&self) -> &'static str {
        match self.body {
            Body::Ranking(_) => "ranking",
            Body::Survey(_) => "survey",
            Body::Tally(_) => "tally",
            Body::Ledger(_) => "ledger",
        }
    }
}

/// A file whose table is not read yet.
struct Draft {
    file: FileId,
    terms: DraftTerms,
}

enum DraftTerms {
    Ranking(Terms),
    Survey(Terms),
    Tally(tally::terms::TallyTerms),
    Ledger(Head),
}

impl DraftTerms {
    fn head(&self) -> &Head {
        match self {
            Self::Ranking(terms) | Self::Survey(terms) => &terms.head,
            Self::Tally(terms) => &terms.head,
            Self::Ledger(head) => head,
        }
    }

    /// Whether it is computed from other series.
    fn takes_series(&self) -> bool {
        let parts = match self {
            Self::Ranking(Terms { score: Some(score), .. }) => score.parts.as_slice(),
            _ => &[],
        };
        parts.iter().any(|part| matches!(part.from, PartFrom::Series { .. }))
    }
}

/// Reads the results of an area.
pub fn read(reading: &mut Reading<'_>) -> Vec<PublishedResult> {
    let mut drafts: Vec<Draft> =
        reading.folder.results.iter().filter_map(|file| draft(*file, reading)).collect();
    // What a result is computed from is read before it: earlier periods, and shorter ones that end with it.
    drafts.sort_by_key(|draft| {
        let head = draft.terms.head();
        let period = head.period.map(|period| (period.last_day(), Reverse(period.first_day())));
        (period, draft.terms.takes_series(), head.date, draft.file)
    });
    check_series(&drafts, &mut reading.problems);
    let mut results = Vec::with_capacity(drafts.len());
    let mut incomplete = drafts.len() < reading.folder.results.len();
    for draft in drafts {
        let result = finish(draft, &results, incomplete, reading);
        incomplete |= result.is_none();
        results.extend(result);
    }
    results
}

fn draft(file: FileId, reading: &mut Reading<'_>) -> Option<Draft> {
    let source = reading.text(file)?;
    let table = read_toml(&source, 0, file, &mut reading.problems)?;
    let mut fields = Fields::new(&table, &mut reading.problems);
    let terms = match head::kind(&mut fields) {
        Some(Kind::Ranking) => DraftTerms::Ranking(terms::read(fields)),
        Some(Kind::Survey) => DraftTerms::Survey(terms::read_of_survey(fields)),
        Some(Kind::Tally) => DraftTerms::Tally(tally::terms::read(fields)),
        Some(Kind::Ledger) => DraftTerms::Ledger(ledger::read_head(fields)),
        None => {
            // Its table belongs to it all the same.
            let table = head::table(&mut fields);
            fields.give_up();
            table.and_then(|table| reading.beside(&table));
            return None;
        }
    };
    Some(Draft { file, terms })
}

/// A series has one publication for a period.
fn check_series(drafts: &[Draft], problems: &mut Problems) {
    let key = |draft: &Draft| {
        let head = draft.terms.head();
        head.series.clone().zip(head.period)
    };
    for (index, draft) in drafts.iter().enumerate() {
        let Some((series, period)) = key(draft) else { continue };
        let earlier = drafts.iter().take(index).filter_map(key);
        let twice =
            |(other, at): &(Located<String>, ReportingPeriod)| other.value == series.value && *at == period;
        if let Some((other, _)) = earlier.into_iter().find(twice) {
            let problem = Diagnostic::new(SERIES_PERIOD_TWICE, series.place).with("series", &series.value);
            problems.add(problem.with("period", period).and(other.place));
        }
    }
}

/// Reads the table of a result, and computes what it says.
fn finish(
    draft: Draft,
    results: &[PublishedResult],
    incomplete: bool,
    reading: &mut Reading<'_>,
) -> Option<PublishedResult> {
    let Draft { file, terms } = draft;
    let head = terms.head();
    let earlier = Earlier { results, period: head.period, date: head.date, incomplete };
    let body = match &terms {
        DraftTerms::Ranking(terms) => ranking::read(terms, earlier, reading).map(Body::Ranking),
        DraftTerms::Survey(terms) => survey::read(terms, earlier, reading).map(Body::Survey),
        DraftTerms::Tally(terms) => tally::read(terms, earlier, reading).map(Body::Tally),
        DraftTerms::Ledger(head) => ledger::read(head, reading).map(Body::Ledger),
    };
    let head = match terms {
        DraftTerms::Ranking(terms) | DraftTerms::Survey(terms) => terms.head,
        DraftTerms::Tally(terms) => terms.head,
        DraftTerms::Ledger(head) => head,
    };
    let body = body?;
    let table = head.table.as_ref().and_then(|table| reading.beside(table));
    Some(PublishedResult {
        name: stem(reading.content.files.path(file)),
        title: head.title?,
        date: head.date?,
        period: head.period?,
        item: head.item,
        series: head.series,
        inspected: head.inspected,
        by: head.by,
        body,
        aliases: head.aliases,
        file,
        table,
    })
}
