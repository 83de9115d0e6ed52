//! Published results (`results/*.toml`): rankings of units by their scores.
//!
//! Everything is computed from the table's rows: scores, ranks, awards. What the table states of them too
//! must be the same.

mod agreement;
mod awards;
mod exact;
mod layout;
mod ranking;
mod rows;
mod scores;
mod standings;
mod terms;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use awards::{Award, AwardRanks, End};
pub use ranking::{RankedUnit, Ranking};
pub use scores::{Part, Score, Scoring, operand};
pub use standings::{Standing, Ties, standings};

use super::notices::stem;
use crate::calendar::ReportingPeriod;
use crate::diagnostics::{Code, Diagnostic, FileId};
use crate::source::parse::{located, unpublished_text};
use crate::source::{Fields, Located, Reading, read_toml};
use terms::Kind;

const KIND_NOT_YET: Code = Code::error("kind-not-yet");

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
    /// The ranking.
    pub ranking: Ranking,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The file.
    pub file: FileId,
}

impl PublishedResult {
    /// Whether it exists on `day`.
    pub fn is_published(&self, day: NaiveDate) -> bool {
        self.date <= day
    }
}

/// Reads a result.
pub fn read(file: FileId, reading: &mut Reading<'_>) -> Option<PublishedResult> {
    let source = reading.text(file)?;
    let table = read_toml(&source, 0, file, &mut reading.problems)?;
    let mut fields = Fields::new(&table, &mut reading.problems);
    let kind = terms::kind(&mut fields);
    if kind.is_none_or(|kind| kind.value != Kind::Ranking) {
        if let Some(kind) = kind {
            let problem = Diagnostic::new(KIND_NOT_YET, kind.place).with("kind", kind.value.name());
            fields.problems().add(problem);
        }
        // Its table belongs to it all the same.
        let table = fields.optional("table", located(unpublished_text));
        table.and_then(|table| reading.beside(&table));
        return None;
    }
    let terms = terms::read(fields);
    let ranking = ranking::read(&terms, reading);
    Some(PublishedResult {
        name: stem(reading.content.files.path(file)),
        title: terms.title?,
        date: terms.date?,
        period: terms.period?,
        item: terms.item,
        series: terms.series,
        inspected: terms.inspected,
        by: terms.by,
        ranking: ranking?,
        aliases: terms.aliases,
        file,
    })
}
