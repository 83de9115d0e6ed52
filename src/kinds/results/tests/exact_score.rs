//! Scores against a second computation with fractions of its own.

use proptest::prelude::*;

use super::Case;

/// A fraction: numerator and denominator above zero.
type Fraction = (i128, i128);

fn plus((a, b): Fraction, (c, d): Fraction) -> Fraction {
    (a * d + c * b, b * d)
}

/// Hundredths, rounded half away from zero.
fn hundredths((a, b): Fraction) -> i128 {
    let twice = (a.abs() * 200 + b) / (2 * b);
    if a < 0 { -twice } else { twice }
}

fn shown(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

const SCORE: &str = r#"[score]
parts = [
  { mean = ["一", "二", "三"], weight = "0.5" },
  { done = "完成", due = "应完成", points = "50" },
]
adjust = [ { column = "通报", points = "-2" } ]
"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_score_is_the_fraction_that_its_parts_make(
        marks in prop::array::uniform3(0i128..=1000), due in 1i128..60, missing in 0i128..60, bulletins in 0i128..5,
    ) {
        let done = (due - missing).max(0);
        let [one, two, three] = marks.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
        let csv = format!("村,一,二,三,应完成,完成,通报\n甲,{one},{two},{three},{due},{done},{bulletins}\n乙,0,0,0,1,0,0\n");
        let outcome = Case::new("", SCORE, &csv).read();
        let ranking = outcome.ranking();
        let mean = (marks.iter().sum::<i128>(), 10 * 3 * 2);
        let sum = plus(plus(mean, (50 * done, due)), (-2 * bulletins, 1));
        let score = ranking.units[0].score.value;
        prop_assert_eq!(score.to_string(), shown(hundredths(sum)));
        // Within what the parts allow.
        prop_assert!(score >= rust_decimal::Decimal::from(-10) && score <= rust_decimal::Decimal::ONE_HUNDRED);
    }

    #[test]
    fn a_unit_below_changes_nobody_above(scores in prop::collection::vec(1u32..20, 1..12), dense in any::<bool>()) {
        let ties = if dense { "dense" } else { "competition" };
        let rules = format!("[rank]\nties = \"{ties}\"\n");
        let rows: String = scores.iter().enumerate().map(|(unit, score)| format!("单位{unit},{score}\n")).collect();
        let ranks = |more: &str| {
            let outcome = Case::new("", &rules, &format!("单位,得分\n{rows}{more}")).read();
            outcome.rows().into_iter().map(|(rank, ..)| rank).collect::<Vec<_>>()
        };
        let (before, after) = (ranks(""), ranks("新单位,0\n"));
        prop_assert_eq!(&before[..], &after[..before.len()]);
        // Without ties the ranks are 1 to n.
        let mut different = scores.clone();
        different.sort_unstable();
        different.dedup();
        if different.len() == scores.len() {
            let mut sorted = before;
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (1..=scores.len() as u32).collect::<Vec<_>>());
        }
    }

    /// However many share a score, each has as many before it as its rank says: the ranks are those of some order of the
    /// units, with equal ones drawn together.
    #[test]
    fn ranks_are_a_permutation_with_equal_ones_drawn_together(
        scores in prop::collection::vec(0u32..6, 1..14), dense in any::<bool>(),
    ) {
        let ties = if dense { "dense" } else { "competition" };
        let rows: String = scores.iter().enumerate().map(|(unit, score)| format!("单位{unit},{score}\n")).collect();
        let outcome = Case::new("", &format!("[rank]\nties = \"{ties}\"\n"), &format!("单位,得分\n{rows}")).read();
        let ranks: Vec<u32> = outcome.rows().into_iter().map(|(rank, ..)| rank).collect();
        for (score, rank) in scores.iter().zip(&ranks) {
            let mut better: Vec<u32> = scores.iter().copied().filter(|other| other > score).collect();
            if dense {
                better.sort_unstable();
                better.dedup();
            }
            prop_assert_eq!(*rank as usize, better.len() + 1);
        }
        // Drawn apart again, in any order, they are 1 to n.
        let mut places: Vec<u32> = if dense {
            let mut known = ranks.clone();
            known.sort_unstable();
            known.dedup();
            known
        } else {
            ranks.iter().enumerate().map(|(at, rank)| rank + ranks[..at].iter().filter(|other| *other == rank).count() as u32).collect()
        };
        places.sort_unstable();
        prop_assert_eq!(&places[..], &(1..=places.len() as u32).collect::<Vec<_>>()[..]);
    }
}
