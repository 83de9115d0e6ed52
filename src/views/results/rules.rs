//! What follows from ranks and scores: awards, bands, streaks.

use serde::Serialize;

use crate::kinds::results::{Award, Band, End, Horizon, Streak};

/// An award or a fine.
#[derive(Clone, Debug, Serialize)]
pub struct AwardView {
    /// The end from which ranks are counted: `first` or `last`.
    pub end: End,
    /// The rank nearest to that end.
    pub from: u32,
    /// The rank farthest from it.
    pub to: u32,
    /// The amount; below zero it is a fine.
    pub amount: String,
    /// The category it is for; `None` is every one.
    pub category: Option<String>,
}

impl From<&Award> for AwardView {
    fn from(award: &Award) -> Self {
        Self {
            end: award.ranks.end,
            from: award.ranks.from,
            to: award.ranks.to,
            amount: award.amount.to_string(),
            category: award.category.as_ref().map(|category| category.value.clone()),
        }
    }
}

/// What a score is called.
#[derive(Clone, Debug, Serialize)]
pub struct BandView {
    /// The word.
    pub title: String,
    /// The least score.
    pub at_least: Option<String>,
    /// The last rank.
    pub top: Option<u32>,
    /// What must be so.
    pub requires: Option<String>,
}

impl From<&Band> for BandView {
    fn from(band: &Band) -> Self {
        Self {
            title: band.title.clone(),
            at_least: band.at_least.map(|least| least.normalize().to_string()),
            top: band.top,
            requires: band.requires.as_ref().map(|column| column.value.clone()),
        }
    }
}

/// What follows from ranks in several publications.
#[derive(Clone, Debug, Serialize)]
pub struct StreakView {
    /// What follows.
    pub title: String,
    /// The end from which ranks are counted: `first` or `last`.
    pub end: End,
    /// The rank nearest to that end.
    pub from: u32,
    /// The rank farthest from it.
    pub to: u32,
    /// How often.
    pub times: u32,
    /// Whether in a row.
    pub consecutive: bool,
    /// Whether only this year's count.
    pub horizon: Horizon,
}

impl From<&Streak> for StreakView {
    fn from(streak: &Streak) -> Self {
        Self {
            title: streak.title.clone(),
            end: streak.ranks.end,
            from: streak.ranks.from,
            to: streak.ranks.to,
            times: streak.times,
            consecutive: streak.consecutive,
            horizon: streak.horizon,
        }
    }
}
