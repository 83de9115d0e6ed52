//! What a table states of scores, ranks, awards and sums is what is computed.

use rust_decimal::Decimal;

use super::layout::Layout;
use super::ranking::{Computed, Rules, arithmetic};
use super::rows::{Rows, StatedAward, TotalRow, UnitRow};
use super::scores::{Score, Scoring};
use super::standings::Standing;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::Sheet;
use crate::values::Yuan;

const SCORE_DIFFERS: Code = Code::error("score-differs");
const RANK_DIFFERS: Code = Code::error("rank-differs");
const AWARD_DIFFERS: Code = Code::error("award-differs");
const AWARD_NOT_STATED: Code = Code::error("award-not-stated");
const NO_AWARD_RULES: Code = Code::error("no-award-rules");
const COLUMN_SUM_DIFFERS: Code = Code::error("column-sum-differs");

/// Compares a unit's stated scores with the computed one, and shows the sum.
pub(super) fn check_score(
    unit: &UnitRow,
    score: &Score,
    scoring: &Scoring,
    values: &[Decimal],
    problems: &mut Problems,
) {
    for stated in unit.scores.iter().filter(|stated| !score.agrees(stated.value)) {
        let mut problem = Diagnostic::new(SCORE_DIFFERS, stated.place)
            .with("unit", &unit.name)
            .with("arithmetic", arithmetic(scoring, values))
            .with("sum", score.uncut.unwrap_or(score.value))
            .with("stated", stated.value);
        if score.uncut.is_some() {
            problem = problem.with("bound", score.value);
        }
        problems.add(problem);
    }
}

/// Compares stated ranks and awards. Where they follow from a stated score that is wrong itself, they are
/// not reported again.
pub(super) fn check(rows: &Rows, computed: &[Computed], rules: &Rules<'_>, problems: &mut Problems) {
    let by_stated = standings_by_stated(rows, computed, rules);
    let mut rules_missing = false;
    for (index, (unit, computed)) in rows.units.iter().zip(computed).enumerate() {
        let also = by_stated.as_ref().and_then(|standings| standings.get(index)).copied();
        if let Some(stated) = &unit.rank
            && stated.value != computed.standing.rank
        {
            if also.is_none_or(|standing| standing.rank != stated.value) {
                problems.add(
                    Diagnostic::new(RANK_DIFFERS, stated.place)
                        .with("unit", &unit.name)
                        .with("score", computed.score.value)
                        .with("computed", computed.standing.rank)
                        .with("stated", stated.value),
                );
            }
            continue;
        }
        let Some(awards) = rules.awards else { continue };
        if awards.is_empty() {
            rules_missing |= without_rules(unit, rules_missing, problems);
        } else {
            let also = also.map(|standing| rules.amount(rows, unit, standing).map(|(amount, _)| amount));
            check_award(unit, computed, also, problems);
        }
    }
}

/// The standings that the stated scores would give, where one of them is wrong.
fn standings_by_stated(rows: &Rows, computed: &[Computed], rules: &Rules<'_>) -> Option<Vec<Standing>> {
    let mut differs = false;
    let scores: Vec<Decimal> = rows
        .units
        .iter()
        .zip(computed)
        .map(|(unit, computed)| {
            let wrong = unit.scores.iter().find(|stated| !computed.score.agrees(stated.value));
            differs |= wrong.is_some();
            wrong.map_or(computed.score.value, |stated| stated.value)
        })
        .collect();
    differs.then(|| rules.standings(rows, &scores))
}

/// Says, once, that the table states awards and nothing says who gets them; true when it does so here.
fn without_rules(unit: &UnitRow, said: bool, problems: &mut Problems) -> bool {
    match &unit.award {
        StatedAward::Amount(stated) if stated.value != Yuan::ZERO && !said => {
            problems.add(Diagnostic::new(NO_AWARD_RULES, stated.place));
            true
        }
        _ => false,
    }
}

fn check_award(unit: &UnitRow, computed: &Computed, also: Option<Option<Yuan>>, problems: &mut Problems) {
    let same = |award: Option<Yuan>, stated: Yuan| award.unwrap_or(Yuan::ZERO) == stated;
    let stated = match &unit.award {
        StatedAward::Unsaid => return,
        StatedAward::Nothing(_) => Yuan::ZERO,
        StatedAward::Amount(stated) => stated.value,
    };
    if same(computed.award, stated) || also.is_some_and(|also| same(also, stated)) {
        return;
    }
    let amount = computed.award.unwrap_or(Yuan::ZERO);
    let problem = match &unit.award {
        StatedAward::Amount(stated) => {
            Diagnostic::new(AWARD_DIFFERS, stated.place).with("stated", stated.value)
        }
        StatedAward::Nothing(place) => Diagnostic::new(AWARD_NOT_STATED, *place),
        StatedAward::Unsaid => return,
    };
    let problem = problem.with("unit", &unit.name).with("rank", computed.standing.rank);
    problems.add(problem.with("computed", amount));
}

/// Compares the rows that add up others.
pub(super) fn check_totals(
    rows: &Rows,
    computed: &[Computed],
    layout: &Layout,
    sheet: &Sheet,
    problems: &mut Problems,
) {
    for total in &rows.totals {
        for (column, stated) in &total.sums {
            let sum = sum(total, *column, rows, computed, layout);
            if let Some(sum) = sum.filter(|sum| *sum != stated.value) {
                let heading = sheet.headings().iter().find(|heading| heading.column == *column);
                let problem = Diagnostic::new(COLUMN_SUM_DIFFERS, stated.place)
                    .with("column", heading.map_or("", |heading| heading.written.as_str()));
                problems.add(problem.with("stated", stated.value).with("computed", sum));
            }
        }
    }
}

/// What the cells of a column come to; `None` when the numbers are too long to add.
fn sum(
    total: &TotalRow,
    column: usize,
    rows: &Rows,
    computed: &[Computed],
    layout: &Layout,
) -> Option<Decimal> {
    let value = layout.values.iter().position(|named| named.column == column);
    let cell = |(unit, computed): (&UnitRow, &Computed)| match value {
        Some(value) => unit.values.as_ref()?.get(value).copied(),
        None if layout.award == Some(column) => Some(computed.award.unwrap_or(Yuan::ZERO).to_decimal()),
        None => Some(computed.score.value),
    };
    let count = total.end.saturating_sub(total.start);
    let mut added = rows.units.iter().zip(computed).skip(total.start).take(count).map(cell);
    added.try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell?))
}
