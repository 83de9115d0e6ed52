//! Who stands where: ranks from the best and from the last.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// How ranks go on after equal scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// 1, 2, 2, 4: one more than those who are better.
    #[default]
    Competition,
    /// 1, 2, 2, 3: one more than the different scores that are better.
    Dense,
}

/// The place of one unit among those it is compared with. Equal scores have equal standings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Rank from the best, which is 1.
    pub rank: u32,
    /// Rank from the last, which is 1, by the same ties.
    pub from_last: u32,
    /// How many have this score, itself included.
    pub sharing: u32,
}

/// The standing of each score, in the order given.
pub fn standings(scores: &[Decimal], ties: Ties) -> Vec<Standing> {
    let mut shared: BTreeMap<Decimal, u32> = BTreeMap::new();
    for score in scores {
        *shared.entry(*score).or_default() += 1;
    }
    let ranks_up = ranks(shared.iter(), ties);
    let ranks_down = ranks(shared.iter().rev(), ties);
    let standing = |score: &Decimal| Standing {
        rank: ranks_down.get(score).copied().unwrap_or(1),
        from_last: ranks_up.get(score).copied().unwrap_or(1),
        sharing: shared.get(score).copied().unwrap_or(1),
    };
    scores.iter().map(standing).collect()
}

/// The rank of each different score, those before it in `shared` being ahead of it.
fn ranks<'s>(shared: impl Iterator<Item = (&'s Decimal, &'s u32)>, ties: Ties) -> BTreeMap<Decimal, u32> {
    let mut ahead = 0u32;
    let mut ranks = BTreeMap::new();
    for (score, sharing) in shared {
        ranks.insert(*score, ahead.saturating_add(1));
        ahead = ahead.saturating_add(if ties == Ties::Competition { *sharing } else { 1 });
    }
    ranks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;

    fn ranks_of(scores: &[i64], ties: Ties) -> Vec<(u32, u32)> {
        let scores: Vec<Decimal> = scores.iter().map(|score| Decimal::from(*score)).collect();
        standings(&scores, ties).iter().map(|standing| (standing.rank, standing.from_last)).collect()
    }

    #[test]
    fn ties_skip_ranks_or_do_not_from_both_ends() {
        let scores = [90, 95, 90, 88];
        assert_eq!(ranks_of(&scores, Ties::Competition), [(2, 2), (1, 4), (2, 2), (4, 1)]);
        assert_eq!(ranks_of(&scores, Ties::Dense), [(2, 2), (1, 3), (2, 2), (3, 1)]);
        assert_eq!(standings(&[], Ties::Dense), []);
    }

    #[test]
    fn zeros_behind_the_point_make_no_difference() {
        let scores = [Decimal::new(900, 1), Decimal::new(90, 0)];
        assert!(standings(&scores, Ties::Competition).iter().all(|standing| standing.rank == 1));
    }

    proptest! {
        #[test]
        fn a_rank_counts_those_ahead(scores in prop::collection::vec(-5i64..5, 0..40)) {
            for ties in [Ties::Competition, Ties::Dense] {
                let ranks = ranks_of(&scores, ties);
                for (score, (rank, from_last)) in scores.iter().zip(&ranks) {
                    let count = |ahead: &dyn Fn(&i64) -> bool| {
                        let mut those: Vec<i64> = scores.iter().copied().filter(ahead).collect();
                        those.sort_unstable();
                        if ties == Ties::Dense {
                            those.dedup();
                        }
                        those.len() as u32 + 1
                    };
                    prop_assert_eq!(*rank, count(&|other| other > score));
                    prop_assert_eq!(*from_last, count(&|other| other < score));
                    for (other, (other_rank, _)) in scores.iter().zip(&ranks) {
                        prop_assert_eq!(score == other, rank == other_rank);
                        prop_assert_eq!(score > other, rank < other_rank);
                    }
                }
            }
        }
    }
}
