//! There are as many units as the content declares.

use super::awards;
use super::head::Count;
use super::layout::Layout;
use super::rows::Rows;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::Located;

const UNITS_DIFFER: Code = Code::error("units-differ");
const CATEGORY_UNITS_DIFFER: Code = Code::error("category-units-differ");
const CATEGORY_NOT_COUNTED: Code = Code::error("category-not-counted");
const NO_CATEGORY_COLUMN: Code = Code::error("no-category-column");

/// There are as many units of a ranking as declared, in all or in each category.
pub(super) fn check_count(declared: Option<&Count>, layout: &Layout, rows: &Rows, problems: &mut Problems) {
    let listed = rows.units.iter().map(|unit| (unit.category, unit.place));
    check_listed(declared, layout.category.is_some(), &rows.categories, listed, problems);
}

/// There are as many rows as declared. `listed` are category and place of each.
pub(super) fn check_listed(
    declared: Option<&Count>,
    has_categories: bool,
    categories: &[String],
    listed: impl Iterator<Item = (Option<usize>, Place)>,
    problems: &mut Problems,
) {
    match declared {
        Some(Count::All(count)) => {
            let listed = listed.count();
            if count.value as usize != listed {
                let problem = Diagnostic::new(UNITS_DIFFER, count.place).with("stated", count.value);
                problems.add(problem.with("listed", listed));
            }
        }
        Some(Count::ByCategory(counts)) if has_categories => {
            check_counts(counts, categories, &listed.collect::<Vec<_>>(), problems);
        }
        Some(Count::ByCategory(counts)) => {
            for (category, _) in counts.iter().take(1) {
                problems.add(Diagnostic::new(NO_CATEGORY_COLUMN, category.place));
            }
        }
        None => {}
    }
}

fn check_counts(
    counts: &[(Located<String>, u32)],
    categories: &[String],
    units: &[(Option<usize>, Place)],
    problems: &mut Problems,
) {
    for (category, stated) in counts {
        if !awards::check_category(category, categories, problems) {
            continue;
        }
        let index = categories.iter().position(|known| *known == category.value);
        let listed = units.iter().filter(|(category, _)| *category == index).count();
        if *stated as usize != listed {
            let problem = Diagnostic::new(CATEGORY_UNITS_DIFFER, category.place);
            let problem = problem.with("category", &category.value);
            problems.add(problem.with("stated", stated).with("listed", listed));
        }
    }
    for (index, category) in categories.iter().enumerate() {
        let first = units.iter().find(|(of, _)| *of == Some(index));
        if let (Some((_, place)), false) =
            (first, counts.iter().any(|(counted, _)| counted.value == *category))
        {
            problems.add(Diagnostic::new(CATEGORY_NOT_COUNTED, *place).with("category", category));
        }
    }
}
