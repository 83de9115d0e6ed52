//! Published results: rankings and surveys with bars, tallies, ledgers; how each figure is made stands below.

use rust_decimal::Decimal;
use serde::Serialize;

use super::contacts::labelled;
use super::sheet::{Draft, Fit, Ground, Pictures, Sheet, fit, half_characters};
use crate::board::{AreaOnBoard, ResultOnBoard};
use crate::kinds::results::{Body, Ranking, Survey};
use crate::site::result_csv;
use crate::values::{Figure, Fingerprint};
use crate::views::{self, AwardView, BandView, LedgerView, SheetName, TallyView};

/// What only results have.
#[derive(Default, Serialize)]
struct Content {
    /// What the sheet opens with.
    answer: Vec<String>,
    tables: Vec<Table>,
    /// How figures are made, and what follows from them.
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Table {
    /// What stands above it, where there are several.
    title: Option<String>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// Size of the rows, in points on A4.
    size: f64,
}

#[derive(Serialize)]
struct Column {
    title: String,
    align: &'static str,
    /// Whether it takes what room is left.
    wide: bool,
    /// Whether bars stand in it beside the figures.
    bars: bool,
}

#[derive(Serialize)]
struct Row {
    cells: Vec<String>,
    /// Length of its bar, in percent.
    bar: Option<String>,
    /// Whether it sums up the others.
    total: bool,
}

/// How wide a bar is, with what stands around it, in millimetres of an A4.
const BAR: f64 = 26.0;

/// The sheet of a result.
pub(super) fn sheet(ground: &Ground<'_>, area: &AreaOnBoard, on_board: &ResultOnBoard) -> Option<Sheet> {
    let result = &on_board.result;
    let mut content = match &result.body {
        Body::Ranking(one) => ranking(ground, area, on_board, one),
        Body::Survey(one) => survey(ground, area, on_board, one),
        Body::Tally(one) => tally(
            ground,
            &whole(views::tally(ground.board, area, on_board, one), |all, page| all.rows.extend(page.rows))?,
        ),
        Body::Ledger(one) => ledger(
            ground,
            &whole(views::ledger(ground.board, area, on_board, one), |all, page| {
                all.items.extend(page.items)
            })?,
        ),
    };
    content.tables.iter_mut().for_each(|table| table.size = table.fit().size);
    let by = Some(result.by.join(ground.words.get("comma"))).filter(|by| !by.is_empty());
    let inspected = result.inspected.map(|day| ground.words.date(day));
    content.answer.extend(labelled(ground, "inspected_on", inspected.as_deref()));
    content.answer.extend(labelled(ground, "inspected_by", by.as_deref()));
    Some(ground.sheet(
        area,
        Draft {
            name: SheetName::Result(result.name.clone()),
            flipped: content.tables.iter().any(|table| table.fit().flipped),
            title: result.title.clone(),
            label: "sheet_label_result",
            page: area.page("results", &result.name),
            day: Some(result.date),
            fingerprint: Some(Fingerprint::of(&result_csv(on_board, ground.board.day, ground.words))),
            signed: Some((ground.board.settings.issuer.clone(), result.date)),
            origin: Some(result.file),
            sources: result.table.into_iter().collect(),
            pictures: Pictures::default(),
            body: serde_json::to_value(content).unwrap_or_default(),
        },
    ))
}

impl Table {
    fn fit(&self) -> Fit {
        let widths = self.columns.iter().enumerate().map(|(at, column)| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(at));
            let longest = cells.map(|cell| half_characters(cell)).max().unwrap_or_default();
            (column.title.as_str(), column.wide, longest)
        });
        fit(widths, if self.columns.iter().any(|column| column.bars) { BAR } else { 0.0 })
    }
}

/// All pages of a view as one.
fn whole<V>(pages: Vec<V>, add: impl Fn(&mut V, V)) -> Option<V> {
    let mut pages = pages.into_iter();
    let mut first = pages.next()?;
    pages.for_each(|page| add(&mut first, page));
    Some(first)
}

fn column(title: impl Into<String>, align: &'static str) -> Column {
    Column { title: title.into(), align, wide: false, bars: false }
}

fn ranking(ground: &Ground<'_>, area: &AreaOnBoard, on_board: &ResultOnBoard, ranking: &Ranking) -> Content {
    let words = ground.words;
    let pages = views::ranking(ground.board, area, on_board, ranking, 0);
    let Some(first) = pages.first() else { return Content::default() };
    let facts = &first.whole;
    let mut columns = vec![
        column(words.get("rank"), "center"),
        Column { wide: true, ..column(ranking.unit_title.as_str(), "left") },
        Column { bars: true, ..column(words.get("score"), "right") },
    ];
    columns.extend(ranking.shown_columns().iter().map(|title| column(title.as_str(), "right")));
    columns.extend(ranking.extra.iter().map(|title| column(title.as_str(), "left")));
    let has = [!ranking.bands.is_empty(), !ranking.streaks.is_empty(), !ranking.awards.is_empty()];
    let further = [("band", "left"), ("streak", "left"), ("award_yuan", "right")];
    columns.extend(
        further
            .iter()
            .zip(has)
            .filter(|(_, has)| *has)
            .map(|((key, align), _)| column(words.get(key), align)),
    );
    let most = most(ranking);
    let mut tables: Vec<Table> = Vec::new();
    for category in pages.iter().flat_map(|page| &page.tables) {
        let rows = category.rows.iter().map(|row| {
            let unit = row.unit;
            let mut cells =
                vec![unit.standing.rank.to_string(), unit.name.clone(), Figure(unit.score.value).to_string()];
            cells.extend(ranking.shown_values(unit).iter().map(|value| Figure(*value).to_string()));
            cells.extend(unit.extra.iter().cloned());
            let further = [unit.band.clone(), unit.streak.clone(), unit.award.map(|award| award.grouped())];
            cells.extend(
                further
                    .into_iter()
                    .zip(has)
                    .filter(|(_, has)| *has)
                    .map(|(text, _)| text.unwrap_or_default()),
            );
            Row { cells, bar: share(unit.score.value, most), total: false }
        });
        let title = category
            .category
            .filter(|_| ranking.apart || ranking.category_title.is_some())
            .map(str::to_owned);
        match tables.last_mut() {
            Some(last) if last.title == title => last.rows.extend(rows),
            _ => tables.push(Table {
                size: 0.0,
                title,
                columns: columns.iter().map(Column::again).collect(),
                rows: rows.collect(),
            }),
        }
    }
    let winners = facts.first.iter().filter(|first| !first.units.is_empty()).map(|first| {
        let units = first.units.join(words.get("comma"));
        let category = first.category.as_ref().map(|category| format!("（{category}）")).unwrap_or_default();
        format!(
            "{}{category}{}{units}，{}",
            words.get("first_is"),
            words.get("colon"),
            words.fill("score_is", &[("score", first.score.clone())])
        )
    });
    let formula = facts.formula.as_deref();
    let rounded = match facts.places {
        0 => words.get("rounded_whole").to_owned(),
        places => words.fill("rounded_to", &[("places", places.to_string())]),
    };
    let mut remarks: Vec<String> = labelled(ground, "how_computed", formula).into_iter().collect();
    if formula.is_some() {
        remarks.push(rounded);
    }
    let bound = |key: &str, bound: &Option<String>| {
        bound.as_ref().map(|bound| words.fill(key, &[("bound", bound.clone())]))
    };
    remarks.extend(bound("bound_min", &facts.min));
    remarks.extend(bound("bound_max", &facts.max));
    remarks.push(words.get(if facts.dense { "ties_dense" } else { "ties_competition" }).to_owned());
    remarks.extend(bands(ground, &facts.bands));
    remarks.extend(awards(ground, &facts.awards));
    Content { answer: winners.collect(), tables, remarks }
}

impl Column {
    fn again(&self) -> Self {
        Self { title: self.title.clone(), ..*self }
    }
}

/// The score whose bar fills its column.
fn most(ranking: &Ranking) -> Decimal {
    let highest = ranking.units.iter().map(|unit| unit.score.value).max();
    let of_hundred = ranking.units.iter().any(|unit| unit.surveyed.is_some()).then_some(Decimal::ONE_HUNDRED);
    ranking.scoring.max.or(of_hundred).or(highest).unwrap_or_default()
}

/// How much of `most` a score is, in percent; nothing for what is below zero.
fn share(score: Decimal, most: Decimal) -> Option<String> {
    let share = Decimal::ONE_HUNDRED.checked_mul(score)?.checked_div(most)?;
    (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share).then(|| share.round_dp(1).to_string())
}

fn bands(ground: &Ground<'_>, bands: &[BandView]) -> Option<String> {
    let words = ground.words;
    let band = |band: &BandView| {
        let parts = [
            band.at_least.as_ref().map(|least| words.fill("band_at_least", &[("least", least.clone())])),
            band.top.map(|top| words.fill("band_top", &[("top", top.to_string())])),
            band.requires.as_ref().map(|column| words.fill("band_requires", &[("column", column.clone())])),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let when =
            if parts.is_empty() { words.get("band_rest").to_owned() } else { parts.join(words.get("and")) };
        format!("{}{}{when}", band.title, words.get("colon"))
    };
    let all: Vec<String> = bands.iter().map(band).collect();
    labelled(
        ground,
        "bands_title",
        Some(all.join(words.get("semicolon")).as_str()).filter(|_| !all.is_empty()),
    )
}

fn awards(ground: &Ground<'_>, awards: &[AwardView]) -> Option<String> {
    let words = ground.words;
    let award = |award: &AwardView| {
        let key = match (award.end, award.from == award.to) {
            (crate::kinds::results::End::First, true) => "from_first_one",
            (crate::kinds::results::End::First, false) => "from_first",
            (crate::kinds::results::End::Last, true) => "from_last_one",
            (crate::kinds::results::End::Last, false) => "from_last",
        };
        let ranks = words.fill(key, &[("from", award.from.to_string()), ("to", award.to.to_string())]);
        let category = award.category.as_ref().map(|category| format!("（{category}）")).unwrap_or_default();
        format!("{ranks}{category}{}", award.amount)
    };
    let all: Vec<String> = awards.iter().map(award).collect();
    labelled(
        ground,
        "awards_by_rank",
        Some(all.join(words.get("semicolon")).as_str()).filter(|_| !all.is_empty()),
    )
}

fn survey(ground: &Ground<'_>, area: &AreaOnBoard, on_board: &ResultOnBoard, survey: &Survey) -> Content {
    let words = ground.words;
    let mut content = ranking(ground, area, on_board, &survey.ranking);
    let pages = views::ranking(ground.board, area, on_board, &survey.ranking, 0);
    let Some(asked) = pages.first().and_then(|page| page.whole.survey.as_ref()) else { return content };
    content.answer.push(words.fill("survey_asked", &[("sample", asked.sample.to_string())]));
    let groups: Vec<String> = asked
        .groups
        .iter()
        .map(|group| format!("{} {} × {}", group.title, words.get("weight"), group.weight))
        .collect();
    content.remarks.insert(0, groups.join(words.get("semicolon")));
    let facts = [("valid", asked.valid.to_string()), ("unknown", asked.unknown.to_string())];
    content.remarks.push(words.fill("answers_valid", &facts));
    content.tables.push(Table {
        size: 0.0,
        title: Some(words.get("levels_total").to_owned()),
        columns: vec![
            Column { wide: true, ..column(words.get("level"), "left") },
            column(words.get("answers_number"), "right"),
            Column { bars: true, ..column(words.get("share_percent"), "right") },
        ],
        rows: asked
            .levels
            .iter()
            .map(|level| Row {
                cells: vec![
                    words.get(&format!("level_{}", level.level)).to_owned(),
                    level.count.to_string(),
                    level.percent.clone(),
                ],
                bar: Some(level.percent.clone()).filter(|percent| !percent.is_empty()),
                total: false,
            })
            .collect(),
    });
    content
}

fn tally(ground: &Ground<'_>, view: &TallyView) -> Content {
    let words = ground.words;
    let mut columns = vec![Column { wide: true, ..column(view.unit_title.as_str(), "left") }];
    columns.extend(view.columns.iter().map(|title| column(title.as_str(), "right")));
    columns.extend(view.rates.iter().map(|rate| column(format!("{}（%）", rate.title), "right")));
    let row = |row: &views::TallyRow, name: &str, total: bool| {
        let mut cells = vec![name.to_owned()];
        cells.extend(row.counts.iter().map(|count| count.figure.clone()));
        cells.extend(
            row.rates
                .iter()
                .map(|rate| rate.percent.clone().unwrap_or_else(|| words.get("no_figure").to_owned())),
        );
        Row { cells, bar: None, total }
    };
    let mut rows: Vec<Row> = view.rows.iter().map(|one| row(one, &one.unit, false)).collect();
    rows.push(row(&view.total, words.get("all_units"), true));
    let formulas = view.rates.iter().map(|rate| {
        let required =
            rate.at_least.as_ref().map(|least| words.fill("rate_required", &[("least", least.clone())]));
        [Some(format!("{} = {}", rate.title, rate.formula)), required]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(words.get("and"))
    });
    let targets = view.targets.iter().map(|target| {
        words
            .fill("target_required", &[("column", target.column.clone()), ("least", target.at_least.clone())])
    });
    let total = &view.total;
    let answer = total.counts.iter().map(|count| format!("{} {}", count.title, count.figure));
    let rates = total
        .rates
        .iter()
        .filter_map(|rate| Some(format!("{} {}% = {}", rate.title, rate.percent.as_ref()?, rate.arithmetic)));
    Content {
        answer: vec![answer.collect::<Vec<_>>().join(words.get("and"))].into_iter().chain(rates).collect(),
        tables: vec![Table { size: 0.0, title: None, columns, rows }],
        remarks: formulas.chain(targets).collect(),
    }
}

fn ledger(ground: &Ground<'_>, view: &LedgerView) -> Content {
    let words = ground.words;
    let count = |key: &str, count: u64| (count > 0).then(|| words.fill(key, &[("count", count.to_string())]));
    let progress: Vec<String> =
        view.steps.iter().map(|one| format!("{}{}", words.get(step_word(one.step)), one.count)).collect();
    let mut answer = vec![
        words.fill("ledger_total", &[("count", view.total.to_string())])
            + words.get("and")
            + &progress.join(words.get("and")),
    ];
    answer.extend(count("ledger_overdue", view.overdue));
    answer.extend(count("ledger_late", view.late));
    let satisfaction = view
        .satisfaction
        .as_ref()
        .map(|percent| words.fill("satisfaction_explained", &[("percent", percent.clone())]));
    answer.extend(labelled(ground, "satisfaction_rate", satisfaction.as_deref()));
    let steps = Table {
        size: 0.0,
        title: Some(words.get("ledger_progress").to_owned()),
        columns: vec![
            Column { wide: true, ..column(words.get("ledger_step"), "left") },
            column(words.get("ledger_count"), "right"),
            Column { bars: true, ..column(words.get("share_percent"), "right") },
        ],
        rows: view
            .steps
            .iter()
            .map(|one| Row {
                cells: vec![
                    words.get(step_word(one.step)).to_owned(),
                    one.count.to_string(),
                    one.percent.clone().unwrap_or_else(|| words.get("no_figure").to_owned()),
                ],
                bar: one.percent.clone(),
                total: false,
            })
            .collect(),
    };
    let items = view.items.iter().map(|item| {
        let state = match item.steps.last() {
            Some((step, day)) => format!("{} {}", words.get(step_word(*step)), words.short_date(*day)),
            None => words.get("step_none").to_owned(),
        };
        let late = if item.overdue {
            Some(words.get("past_deadline"))
        } else {
            item.late.then(|| words.get("solved_late"))
        };
        let deadline = item.deadline.map(|day| words.short_date(day)).unwrap_or_default();
        let unit =
            if item.person.is_empty() { item.unit.clone() } else { format!("{} {}", item.unit, item.person) };
        Row {
            cells: vec![
                item.number.clone(),
                item.matter.clone(),
                unit,
                deadline,
                [Some(state.as_str()), late].into_iter().flatten().collect::<Vec<_>>().join(" "),
            ],
            bar: None,
            total: false,
        }
    });
    let columns = vec![
        column(words.get("ledger_number"), "center"),
        Column { wide: true, ..column(words.get("matter"), "left") },
        column(words.get("responsible_unit"), "left"),
        column(words.get("deadline"), "left"),
        column(words.get("ledger_state"), "left"),
    ];
    let list = Table {
        size: 0.0,
        title: Some(words.get("ledger_caption").to_owned()),
        columns,
        rows: items.collect(),
    };
    Content { answer, tables: vec![steps, list], remarks: Vec::new() }
}

fn step_word(step: crate::kinds::results::Step) -> &'static str {
    use crate::kinds::results::Step;
    match step {
        Step::Solved => "step_solved",
        Step::Answered => "step_answered",
        Step::Closed => "step_closed",
        Step::Publicised => "step_publicised",
    }
}
