//! Streaks: what follows from ranks in several publications of a series.

use super::awards::{self, AwardRanks};
use super::head::known_outside;
use super::history::History;
use super::standings::Standing;
use crate::calendar::ReportingPeriod;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{one_of, text, truth, whole};
use crate::source::{Fields, Table};

const STREAK_WITHOUT_SERIES: Code = Code::error("streak-without-series");

/// How far back publications count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Horizon {
    /// Those of the same year.
    #[default]
    Year,
    /// All of them.
    All,
}

const HORIZONS: [(&str, Horizon); 2] = [("year", Horizon::Year), ("all", Horizon::All)];

/// What a unit is called that has had certain ranks several times.
#[derive(Clone, Debug)]
pub struct Streak {
    /// The ranks.
    pub ranks: AwardRanks,
    /// How often.
    pub times: u32,
    /// Whether in a row.
    pub consecutive: bool,
    /// How far back.
    pub horizon: Horizon,
    /// What follows.
    pub title: String,
    /// Where it is written.
    pub place: Place,
}

/// Reads one `[[streak]]`.
pub(super) fn read(table: &Table<'_>, problems: &mut Problems) -> Option<Streak> {
    let mut fields = Fields::new(table, problems);
    let ranks = fields.required("ranks", awards::ranks);
    let times = fields.required("times", whole(1, 1000));
    let consecutive = fields.optional("consecutive", truth).unwrap_or(false);
    let horizon = fields.optional("horizon", one_of(&HORIZONS)).unwrap_or_default();
    let title = fields.required("title", text);
    fields.finish_knowing(known_outside("[[streak]]"));
    Some(Streak { ranks: ranks?, times: times?, consecutive, horizon, title: title?, place: table.place })
}

/// Streaks need a series.
pub(super) fn check(streaks: &[Streak], has_series: bool, problems: &mut Problems) {
    if let (Some(first), false) = (streaks.first(), has_series) {
        problems.add(Diagnostic::new(STREAK_WITHOUT_SERIES, first.place));
    }
}

impl Streak {
    /// Whether it holds for a unit that now stands at `now` in `period`: this time it must have such a
    /// rank too.
    fn holds(&self, now: Standing, unit: &str, period: &ReportingPeriod, history: &History<'_>) -> bool {
        if !self.ranks.holds(now) {
            return false;
        }
        let counts = |other: &ReportingPeriod| self.horizon == Horizon::All || other.year() == period.year();
        let before = history.standings(unit).filter(|(other, _)| counts(other));
        let such = |(_, standing): &(ReportingPeriod, Option<Standing>)| {
            standing.is_some_and(|standing| self.ranks.holds(standing))
        };
        let times =
            if self.consecutive { before.take_while(such).count() } else { before.filter(such).count() };
        times + 1 >= self.times as usize
    }
}

/// What follows for a unit: of several streaks that hold, the last written.
pub(super) fn of(
    streaks: &[Streak],
    now: Standing,
    unit: &str,
    period: &ReportingPeriod,
    history: &History<'_>,
) -> Option<String> {
    let holding = streaks.iter().rev().find(|streak| streak.holds(now, unit, period, history));
    holding.map(|streak| streak.title.clone())
}
