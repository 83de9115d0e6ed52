//! What the TOML of a ranking or a survey says, before its table is read.

use super::awards::{self, Award};
use super::bands::{self, Band};
use super::head::{self, Head, if_sound, known_outside};
use super::parts::{self, ScoreTerms};
use super::standings::Ties;
use super::streaks::{self, Streak};
use super::survey::groups::{self, Group};
use crate::diagnostics::Problems;
use crate::source::parse::{located, one_of, text};
use crate::source::{Fields, Located, Table};

const TIES: [(&str, Ties); 2] = [("competition", Ties::Competition), ("dense", Ties::Dense)];

/// The file as it is written; a part that could not be read is missing and has been reported.
pub(super) struct Terms {
    pub(super) head: Head,
    /// `None` after an error: the scores cannot be computed.
    pub(super) score: Option<ScoreTerms>,
    pub(super) ties: Ties,
    pub(super) within: Option<Located<String>>,
    /// `None` after an error.
    pub(super) awards: Option<Vec<Award>>,
    /// `None` after an error.
    pub(super) bands: Option<Vec<Band>>,
    /// `None` after an error.
    pub(super) streaks: Option<Vec<Streak>>,
    /// The groups of a survey; none of a ranking, `None` after an error.
    pub(super) groups: Option<Vec<Group>>,
}

/// Reads a ranking, `kind` aside.
pub(super) fn read(fields: Fields<'_, '_, '_>) -> Terms {
    read_with(fields, parts::read, |_| Some(Vec::new()))
}

/// Reads a survey, `kind` aside.
pub(super) fn read_of_survey(fields: Fields<'_, '_, '_>) -> Terms {
    read_with(fields, parts::read_of_survey, |fields| if_sound(fields, groups::read))
}

fn read_with<'t, 'a, 'p>(
    mut fields: Fields<'t, 'a, 'p>,
    score: impl FnMut(&Table<'a>, &mut Problems) -> Option<ScoreTerms>,
    groups: impl FnOnce(&mut Fields<'t, 'a, 'p>) -> Option<Vec<Group>>,
) -> Terms {
    let head = head::read(&mut fields);
    let score = if_sound(&mut fields, |fields| fields.tables("score", score).pop().unwrap_or_default());
    let parts = score.as_ref().map(|score| score.parts.as_slice()).unwrap_or_default();
    parts::check_weights(parts, fields.problems());
    let groups = groups(&mut fields);
    let (ties, within) = fields.tables("rank", rank).pop().unwrap_or_default();
    let max = score.as_ref().and_then(|score| score.max);
    let bands = if_sound(&mut fields, |fields| {
        let bands = fields.tables("band", bands::read);
        bands::check(&bands, max, fields.problems());
        bands
    });
    let awards = if_sound(&mut fields, |fields| {
        let awards = fields.tables("award", awards::read);
        awards::check_ranges(&awards, fields.problems());
        awards
    });
    let streaks = if_sound(&mut fields, |fields| {
        let streaks = fields.tables("streak", streaks::read);
        streaks::check(&streaks, head.series.is_some(), fields.problems());
        streaks
    });
    fields.finish_knowing(known_outside(head::TOP));
    Terms { head, score, ties, within, awards, bands, streaks, groups }
}

fn rank(table: &Table<'_>, problems: &mut Problems) -> Option<(Ties, Option<Located<String>>)> {
    let mut fields = Fields::new(table, problems);
    let ties = fields.optional("ties", one_of(&TIES)).unwrap_or_default();
    let within = fields.optional("within", located(text));
    fields.finish_knowing(known_outside("[rank]"));
    Some((ties, within))
}
