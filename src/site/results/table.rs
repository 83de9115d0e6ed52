//! The table of a ranking as HTML, and the sums below it.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::kinds::results::Ranking;
use crate::site::table::{Column, Role, Rows};
use crate::theme::Words;
use crate::values::Figure;
use crate::views::{RankingView, UnitView};

/// The columns of a ranking, and what is needed to write its rows.
pub(super) struct Table<'b> {
    ranking: &'b Ranking,
    words: &'b Words,
    columns: Vec<Column>,
    has_streaks: bool,
    scale: Scale,
}

/// A page of the ranking: what its view says, and its rows.
#[derive(Serialize)]
pub(super) struct RankingPage<'t> {
    #[serde(flatten)]
    view: &'t RankingView<'t>,
    columns: &'t [Column],
    tables: Vec<CategoryOnPage<'t>>,
    /// How each score is made, as the items of a list; empty where scores are taken as stated.
    sums: Rows,
}

#[derive(Serialize)]
struct CategoryOnPage<'t> {
    category: Option<&'t str>,
    rows: Rows,
}

/// What the texts of a row weigh, in bytes: enough for most of them.
const TEXTS: usize = 80;

/// Whether something follows for a unit from its ranks in several publications: a column without a word says nothing.
fn has_streaks(ranking: &Ranking) -> bool {
    ranking.units.iter().any(|unit| unit.streak.is_some())
}

/// The table of a ranking.
pub(super) fn of<'b>(ranking: &'b Ranking, words: &'b Words) -> Table<'b> {
    let mut columns = vec![
        Column::new(words.get("rank"), Role::Number),
        Column::new(ranking.unit_title.as_str(), Role::Head),
        Column::new(words.get("score"), Role::Figure),
    ];
    columns.extend(ranking.shown_columns().iter().map(|title| Column::new(title.as_str(), Role::Figure)));
    columns.extend(ranking.extra.iter().map(|title| Column::new(title.as_str(), Role::Labelled)));
    if !ranking.bands.is_empty() {
        columns.push(Column::new(words.get("band"), Role::Labelled));
    }
    if has_streaks(ranking) {
        columns.push(Column::new(words.get("streak"), Role::Labelled));
    }
    if !ranking.awards.is_empty() {
        columns.push(Column::new(words.get("award_yuan"), Role::Figure));
    }
    Table { ranking, words, columns, has_streaks: has_streaks(ranking), scale: Scale::of(ranking) }
}

impl<'b> Table<'b> {
    /// Bytes of one row and of the item with its sum, texts left out.
    pub(super) fn weight(&self) -> usize {
        let tags = "<tr></tr>\n<li>： = 100.00</li>\n".len();
        let tags = tags + BAR.iter().chain(&SUM).map(|tag| tag.len()).sum::<usize>() + 15;
        self.columns.iter().map(Column::weight).sum::<usize>() + tags
    }

    /// One page with its rows written, their links starting with `root`.
    pub(super) fn page<'t>(&'t self, view: &'t RankingView<'b>, root: &str) -> RankingPage<'t> {
        let tables = view.tables.iter().map(|table| {
            let mut rows = Rows::with_room(table.rows.len() * (self.weight() + TEXTS));
            for unit in &table.rows {
                self.write_row(&mut rows, unit, root);
            }
            CategoryOnPage { category: table.category, rows }
        });
        let mut sums = Rows::with_room(view.tables.iter().map(|table| table.rows.len() * 2 * TEXTS).sum());
        if !self.ranking.as_stated {
            view.tables.iter().flat_map(|table| &table.rows).for_each(|unit| self.write_sum(&mut sums, unit));
        }
        RankingPage { view, columns: &self.columns, tables: tables.collect(), sums }
    }

    fn write_row(&self, rows: &mut Rows, view: &UnitView<'_>, root: &str) {
        let UnitView { unit, address, here, .. } = view;
        let mut columns = self.columns.iter();
        rows.row(if *here { "here" } else { "" }, |row| {
            let mut cell = |content: &dyn Fn(&mut Rows)| {
                columns.by_ref().take(1).for_each(|column| row.cell(column, content));
            };
            cell(&|cell| cell.plain(unit.standing.rank));
            cell(&|cell| match address {
                Some(address) => {
                    cell.tag("<a href=\"");
                    cell.text(root);
                    cell.text(address);
                    cell.element("\">", &unit.name, "</a>");
                }
                None => cell.text(&unit.name),
            });
            cell(&|cell| self.write_score(cell, view));
            self.ranking.shown_values(unit).iter().for_each(|value| cell(&|cell| cell.plain(Figure(*value))));
            unit.extra.iter().for_each(|text| cell(&|cell| cell.text(text)));
            if !self.ranking.bands.is_empty() {
                cell(&|cell| cell.text(unit.band.as_deref().unwrap_or_default()));
            }
            if self.has_streaks {
                cell(&|cell| cell.text(unit.streak.as_deref().unwrap_or_default()));
            }
            cell(&|cell| unit.award.into_iter().for_each(|award| cell.plain(award.grouped())));
        });
    }

    /// The score with its bar; where it was computed, opened it says how.
    fn write_score(&self, cell: &mut Rows, view: &UnitView<'_>) {
        let [open, between, close] = if self.ranking.as_stated { [""; 3] } else { SUM };
        cell.tag(open);
        cell.plain(Figure(view.unit.score.value));
        self.scale.write_bar(cell, view.unit.score.value);
        cell.tag(between);
        if !self.ranking.as_stated {
            self.write_arithmetic(cell, view);
        }
        cell.tag(close);
    }

    /// `0.9 × 88 + 0.1 × 96 = 88.80`
    fn write_arithmetic(&self, rows: &mut Rows, UnitView { unit, arithmetic, .. }: &UnitView<'_>) {
        rows.text(arithmetic);
        rows.tag(" = ");
        match unit.score.uncut {
            Some(uncut) => {
                let facts =
                    [("uncut", Figure(uncut).to_string()), ("score", Figure(unit.score.value).to_string())];
                rows.text(&self.words.fill("cut_to", &facts));
            }
            None => rows.plain(Figure(unit.score.value)),
        }
    }

    fn write_sum(&self, sums: &mut Rows, view: &UnitView<'_>) {
        let unit = view.unit;
        sums.element("<li>", &unit.name, "");
        sums.text(self.words.get("colon"));
        self.write_arithmetic(sums, view);
        if !unit.items.is_empty() {
            sums.tag("<ul>");
            for item in &unit.items {
                sums.element("<li>", &item.title, "");
                sums.text(self.words.get("colon"));
                let facts = [("done", Figure(item.done).to_string()), ("due", Figure(item.due).to_string())];
                sums.text(&self.words.fill("done_of_due", &facts));
                sums.tag("</li>");
            }
            sums.tag("</ul>");
        }
        sums.tag("</li>\n");
    }
}

/// The tags around a score that opens, and around how it is made.
const SUM: [&str; 3] = ["<details class=\"sum\"><summary>", "</summary><p>", "</p></details>"];

/// The tags of a bar, around its length in percent. It says what the figure beside it says, and is passed over by
/// whoever has the page read aloud.
const BAR: [&str; 2] = [
    "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"",
    "\" height=\"8\"/></svg>",
];

/// From which score to which bars go: from zero to the highest score there can be, or else the highest there is.
/// Scores below zero have no bar.
struct Scale {
    most: Decimal,
}

impl Scale {
    fn of(ranking: &Ranking) -> Self {
        let highest = ranking.units.iter().map(|unit| unit.score.value).max();
        // The scores of a survey are of 100.
        let of_hundred = ranking.units.iter().any(|unit| unit.surveyed.is_some());
        let most = ranking.scoring.max.or(of_hundred.then_some(Decimal::ONE_HUNDRED));
        Self { most: most.or(highest).unwrap_or_default() }
    }

    fn write_bar(&self, cell: &mut Rows, score: Decimal) {
        let share = Decimal::ONE_HUNDRED.checked_mul(score).and_then(|score| score.checked_div(self.most));
        let within = share.filter(|share| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(share));
        if let Some(share) = within {
            let [open, close] = BAR;
            cell.tag(open);
            cell.plain(Figure(share.round_dp(1)));
            cell.tag(close);
        }
    }
}
