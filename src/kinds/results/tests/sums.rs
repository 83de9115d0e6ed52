//! Properties of whole rankings.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Case;
use crate::kinds::results::RankedUnit;

const TABLES: &str = r#"[score]
parts = [ { column = "甲分" }, { column = "乙分", weight = "0.5" } ]
[[award]]
ranks = [1, 1]
amount = "300"
[[award]]
ranks = [2, 4]
amount = "100"
[[award]]
ranks = [-2, -1]
amount = "-50"
"#;

/// What each unit gets: its rank and its award, by name.
fn outcome(rows: &[(usize, u32, u32)], ties: &str) -> BTreeMap<String, (u32, Option<String>)> {
    let lines: String = rows.iter().map(|(unit, a, b)| format!("单位{unit},{a},{b}\n")).collect();
    let tables = format!("{TABLES}[rank]\nties = \"{ties}\"\n");
    let outcome = Case::new("", &tables, &format!("单位,甲分,乙分\n{lines}")).read();
    let units =
        &outcome.records.as_ref().expect("records").areas[0].results[0].ranking().expect("a ranking").units;
    let award = |unit: &RankedUnit| unit.award.map(|award| award.to_string());
    units.iter().map(|unit| (unit.name.clone(), (unit.standing.rank, award(unit)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn ranks_and_awards_do_not_depend_on_the_order_of_rows(
        scores in prop::collection::vec((0u32..4, 0u32..4), 1..12),
        dense in any::<bool>(),
        turned in 0usize..12,
    ) {
        let ties = if dense { "dense" } else { "competition" };
        let rows: Vec<_> = scores.iter().enumerate().map(|(unit, (a, b))| (unit, *a, *b)).collect();
        let mut other = rows.clone();
        other.rotate_left(turned % rows.len());
        other.reverse();
        let first = outcome(&rows, ties);
        prop_assert_eq!(&first, &outcome(&other, ties));
        // Each has the full award of its rank, whoever shares it.
        for (rank, award) in first.values() {
            let top: i32 = match rank {
                1 => 300,
                2..=4 => 100,
                _ => 0,
            };
            let award = award.as_deref().unwrap_or("0.00");
            let full = [format!("{top}.00"), format!("{}.00", top - 50)];
            prop_assert!(full.iter().any(|amount| amount == award));
        }
    }
}
