//! What a table states of scores, ranks, awards and sums is what is computed.

use rust_decimal::Decimal;

use super::layout::Layout;
use super::ranking::{Computed, Rules};
use super::rows::{Rows, StatedAward, UnitRow};
use super::scores::{Inputs, Part, PartSource, Score, Scoring};
use super::standings::Standing;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::values::Yuan;

const SCORE_DIFFERS: Code = Code::error("score-differs");
const RANK_DIFFERS: Code = Code::error("rank-differs");
const BAND_DIFFERS: Code = Code::error("band-differs");
const ITEM_SCORE_DIFFERS: Code = Code::error("item-score-differs");
const AWARD_DIFFERS: Code = Code::error("award-differs");
const AWARD_NOT_STATED: Code = Code::error("award-not-stated");
const NO_AWARD_RULES: Code = Code::error("no-award-rules");

/// Compares a unit's stated scores with the computed one, and shows the sum. Where rows are items of work, each
/// states the score of its item.
pub(super) fn check_score(
    unit: &UnitRow,
    score: &Score,
    scoring: &Scoring,
    inputs: Inputs<'_>,
    problems: &mut Problems,
) {
    if !inputs.items.is_empty() {
        check_items(unit, scoring, inputs, problems);
        return;
    }
    for stated in unit.scores.iter().filter(|stated| !score.agrees(stated.value)) {
        let mut problem = Diagnostic::new(SCORE_DIFFERS, stated.place)
            .with("unit", &unit.name)
            .with("arithmetic", scoring.arithmetic(inputs))
            .with("sum", score.uncut.unwrap_or(score.value))
            .with("stated", stated.value);
        if score.uncut.is_some() {
            problem = problem.with("bound", score.value);
        }
        problems.add(problem);
    }
}

fn check_items(unit: &UnitRow, scoring: &Scoring, inputs: Inputs<'_>, problems: &mut Problems) {
    let parts = vec![Part { factor: Decimal::ONE, from: PartSource::Items }];
    let of_one = Scoring { parts, min: None, max: None, ..*scoring };
    for (item, stated) in inputs.items.iter().zip(&unit.scores) {
        let inputs = Inputs { items: std::slice::from_ref(item), ..Inputs::default() };
        if let Some(score) = of_one.score(inputs).filter(|score| !score.agrees(stated.value)) {
            let problem = Diagnostic::new(ITEM_SCORE_DIFFERS, stated.place).with("unit", &unit.name);
            let problem = problem.with("item", &item.title).with("arithmetic", of_one.arithmetic(inputs));
            problems.add(problem.with("sum", score.value).with("stated", stated.value));
        }
    }
}

/// Compares stated ranks and awards. Where they follow from a stated score that is wrong itself, they are
/// not reported again.
pub(super) fn check(
    rows: &Rows,
    computed: &[Computed],
    rules: &Rules<'_>,
    layout: &Layout,
    problems: &mut Problems,
) {
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
        let by_stated = also.zip(stated_score(unit, &computed.score));
        let also_band =
            by_stated.map(|(standing, score)| rules.band(unit, &layout.requires, score, standing.rank));
        check_band(unit, computed, also_band, rules, problems);
        let Some(awards) = rules.awards else { continue };
        if awards.is_empty() {
            rules_missing |= without_rules(unit, rules_missing, problems);
        } else {
            let also = also.map(|standing| rules.amount(rows, unit, standing).map(|(amount, _)| amount));
            check_award(unit, computed, also, problems);
        }
    }
}

/// The score that a row states wrongly, or the one that is computed; `None` where rows are items of work.
fn stated_score(unit: &UnitRow, score: &Score) -> Option<Decimal> {
    let wrong = || unit.scores.iter().find(|stated| !score.agrees(stated.value));
    unit.items.is_empty().then(|| wrong().map_or(score.value, |stated| stated.value))
}

/// Compares a stated band. Where it follows from a stated score that is wrong itself, it is not reported again.
fn check_band(
    unit: &UnitRow,
    computed: &Computed,
    also: Option<Option<&str>>,
    rules: &Rules<'_>,
    problems: &mut Problems,
) {
    let (Some(stated), Some(bands)) = (&unit.band, rules.bands) else { return };
    let same = |band: Option<&str>| band.unwrap_or_default() == stated.value;
    if !same(computed.band.as_deref()) && !also.is_some_and(same) {
        let mut problem = Diagnostic::new(BAND_DIFFERS, stated.place).with("unit", &unit.name);
        problem = problem.with("score", computed.score.value).with("rank", computed.standing.rank);
        problem = problem.with("computed", computed.band.as_deref().unwrap_or("—"));
        let unruled = bands.is_empty();
        problems.add(
            if unruled { problem.with_word("rules", "no-bands") } else { problem }
                .with("stated", &stated.value),
        );
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
            let stated = stated_score(unit, &computed.score).unwrap_or(computed.score.value);
            differs |= stated != computed.score.value;
            stated
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
