//! Rows of results as CSV, in the words of the board's language and of their tables.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::board::ResultOnBoard;
use crate::kinds::results::{Answers, Ledger, Ranking, Satisfied, Step, Survey, Tallied, Tally};
use crate::site::spreadsheet::to_csv;
use crate::theme::Words;
use crate::values::Figure;

type Cells<'c> = Vec<Cow<'c, str>>;

/// The steps of a ledger, with the words for their days.
pub(super) const STEPS: [(Step, &str); 4] = [
    (Step::Solved, "solved_on"),
    (Step::Answered, "answered_on"),
    (Step::Closed, "closed_on"),
    (Step::Publicised, "publicised_on"),
];

/// Rank, unit, score, what it is made of, what follows from it.
pub(super) fn of_ranking(on_board: &ResultOnBoard, ranking: &Ranking, words: &Words) -> Vec<u8> {
    let has_awards = !ranking.awards.is_empty();
    let (has_bands, has_streaks) = (!ranking.bands.is_empty(), !ranking.streaks.is_empty());
    let mut headings: Vec<&str> = Vec::new();
    headings.extend(ranking.category_title.as_deref());
    headings.extend([words.get("rank"), &ranking.unit_title, words.get("score")]);
    headings.extend(ranking.shown_columns().iter().chain(&ranking.extra).map(String::as_str));
    headings.extend(has_bands.then(|| words.get("band")));
    headings.extend(has_streaks.then(|| words.get("streak")));
    headings.extend(has_awards.then(|| words.get("award_yuan")));
    let rows = on_board.units().map(|(unit, _)| {
        let mut cells: Cells<'_> = Vec::with_capacity(headings.len());
        let category = ranking.category_of(unit).unwrap_or_default();
        cells.extend(ranking.category_title.is_some().then(|| category.into()));
        cells.push(unit.standing.rank.to_string().into());
        cells.push(unit.name.as_str().into());
        cells.push(figure(unit.score.value));
        cells.extend(ranking.shown_values(unit).iter().map(|value| figure(*value)));
        cells.extend(unit.extra.iter().map(|cell| cell.as_str().into()));
        cells.extend(has_bands.then(|| unit.band.as_deref().unwrap_or_default().into()));
        cells.extend(has_streaks.then(|| unit.streak.as_deref().unwrap_or_default().into()));
        let award = unit.award.map(|award| award.to_string()).unwrap_or_default();
        cells.extend(has_awards.then(|| award.into()));
        cells
    });
    to_csv(&headings, rows)
}

fn figure(number: rust_decimal::Decimal) -> Cow<'static, str> {
    Figure(number).to_string().into()
}

/// How often each answer was given: unit, group, indicator, 0 to 10, 不了解.
pub(super) fn of_answers(survey: &Survey, words: &Words) -> Vec<u8> {
    let answers: Vec<String> = (0..=10).map(|answer| answer.to_string()).collect();
    let mut headings: Vec<&str> =
        vec![&survey.ranking.unit_title, words.get("group"), words.get("indicator")];
    headings.extend(answers.iter().map(String::as_str));
    headings.push(words.get("unknown_answer"));
    let mut rows: Vec<Cells<'_>> = Vec::new();
    for unit in &survey.ranking.units {
        let groups = unit.surveyed.iter().flat_map(|surveyed| &surveyed.answers).zip(&survey.groups);
        for (by_indicator, group) in groups {
            for (answers, indicator) in by_indicator.iter().zip(&survey.indicators) {
                rows.push(answer_row([&unit.name, &group.title, indicator], answers));
            }
        }
    }
    to_csv(&headings, rows)
}

fn answer_row<'c>(head: [&'c String; 3], answers: &Answers) -> Cells<'c> {
    let mut cells: Cells<'_> = head.into_iter().map(|text| text.as_str().into()).collect();
    cells.extend(answers.counts.iter().chain([&answers.unknown]).map(|count| count.to_string().into()));
    cells
}

/// Unit, counts, rates; the last row is all together.
pub(super) fn of_tally(tally: &Tally, words: &Words) -> Vec<u8> {
    let mut headings: Vec<Cow<'_, str>> = Vec::new();
    headings.extend(tally.category_title.as_deref().map(Cow::from));
    headings.push(tally.unit_title.as_str().into());
    headings.extend(tally.columns.iter().map(|title| title.as_str().into()));
    headings.extend(tally.rates.iter().map(|rate| format!("{}（%）", rate.title).into()));
    headings.extend(tally.extra.iter().map(|title| title.as_str().into()));
    let row = |unit: &Tallied| {
        let mut cells: Cells<'_> = Vec::with_capacity(headings.len());
        let category = unit.category.and_then(|category| tally.categories.get(category));
        let category = category.cloned().unwrap_or_default();
        cells.extend(tally.category_title.is_some().then(|| category.into()));
        let name = if unit.name.is_empty() { words.get("all_units") } else { &unit.name };
        cells.push(name.to_owned().into());
        cells.extend(unit.counts.iter().map(|count| figure(*count)));
        cells.extend(unit.rates.iter().map(|rate| rate.map(|rate| figure(rate.percent)).unwrap_or_default()));
        let extra = tally.extra.iter().enumerate();
        cells.extend(extra.map(|(index, _)| unit.extra.get(index).cloned().unwrap_or_default().into()));
        cells
    };
    let rows: Vec<Cells<'_>> = tally.units.iter().chain([&tally.total]).map(row).collect();
    let headings: Vec<&str> = headings.iter().map(AsRef::as_ref).collect();
    to_csv(&headings, rows)
}

/// The problems as they are on `day`.
pub(super) fn of_ledger(ledger: &Ledger, day: NaiveDate, words: &Words) -> Vec<u8> {
    let mut headings: Vec<&str> =
        ["ledger_number", "matter", "responsible_unit", "responsible_person", "deadline", "received_on"]
            .map(|name| words.get(name))
            .to_vec();
    headings.extend(STEPS.map(|(_, name)| words.get(name)));
    headings.extend([words.get("satisfied"), words.get("ledger_state")]);
    headings.extend(ledger.extra.iter().map(String::as_str));
    let shown = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let rows = ledger.items.iter().filter(|item| item.exists(day)).map(|item| {
        let texts = [&item.number, &item.matter, &item.unit, &item.person];
        let mut cells: Cells<'_> = texts.into_iter().map(|text| text.as_str().into()).collect();
        cells.extend([item.deadline, item.received].map(|date| shown(date).into()));
        cells.extend(STEPS.map(|(step, _)| shown(item.done(step, day)).into()));
        let satisfied = item.satisfied_on(day).map(|satisfied| words.get(satisfied_word(satisfied)));
        let on = item.on(day);
        let state = if on.overdue {
            words.get("overdue")
        } else if on.late {
            words.get("solved_late")
        } else {
            ""
        };
        cells.extend([satisfied.unwrap_or_default().to_owned().into(), state.to_owned().into()]);
        cells.extend(item.extra.iter().map(|text| text.as_str().into()));
        cells
    });
    to_csv(&headings, rows)
}

fn satisfied_word(satisfied: Satisfied) -> &'static str {
    match satisfied {
        Satisfied::Yes => "satisfied_yes",
        Satisfied::Fairly => "satisfied_fairly",
        Satisfied::No => "satisfied_no",
        Satisfied::NotAsked => "satisfied_not-asked",
    }
}
