//! The rows of a ranking's table: one for each unit, and those that add up the ones above.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::finder::Named;
use super::head::MOST_UNITS;
use super::items::{check_ratio, item, join};
use super::layout::Layout;
use super::scores::{Inputs, Item, PartSource};
use super::summed::Summed;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{decimal, signed_yuan, text, truth, whole};
use crate::source::{Located, Row, Sheet, Summing, Value, ValueKind, is_plain, summing};
use crate::values::{Yuan, parse_decimal};

pub(super) const UNIT_MISSING: Code = Code::error("unit-missing");
pub(super) const DUPLICATE_UNIT: Code = Code::error("duplicate-unit");
pub(super) const SCORE_MISSING: Code = Code::error("score-missing");
const STATED_MISSING: Code = Code::error("stated-missing");
const CATEGORY_CHANGES: Code = Code::error("category-changes");
const REQUIRED_EMPTY: Code = Code::warning("required-empty");
pub(super) const CATEGORY_MISSING: Code = Code::error("category-missing");

/// What people write into a cell to say that there is nothing.
const NOTHING: [&str; 6] = ["-", "—", "——", "/", "－", "无"];

/// The rows of a table.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) units: Vec<UnitRow>,
    pub(super) totals: Vec<TotalRow>,
    /// Whether every row could be read: if not, ranks and totals mean nothing.
    pub(super) complete: bool,
    /// The categories, in the order of the table.
    pub(super) categories: Vec<String>,
}

/// The row of a unit.
pub(super) struct UnitRow {
    /// The cell that names it.
    pub(super) place: Place,
    pub(super) name: String,
    /// Its category, as an index.
    pub(super) category: Option<usize>,
    /// `None` when one of them could not be read.
    pub(super) values: Option<Vec<Decimal>>,
    /// Its scores in other series, which other files say.
    pub(super) series: Vec<Vec<Decimal>>,
    /// Its items of work.
    pub(super) items: Vec<Item>,
    /// What the yes-or-no columns say.
    pub(super) holds: Vec<bool>,
    pub(super) extra: Vec<String>,
    pub(super) scores: Vec<Located<Decimal>>,
    pub(super) rank: Option<Located<u32>>,
    pub(super) award: StatedAward,
    pub(super) band: StatedBand,
}

impl UnitRow {
    /// What its score is made of; `None` when something could not be read.
    pub(super) fn inputs(&self) -> Option<Inputs<'_>> {
        Some(Inputs { values: self.values.as_deref()?, series: &self.series, items: &self.items })
    }
}

/// What a row says of its band; `None` where there is no such column, or its cell could not be read. An empty text
/// says that there is none.
pub(super) type StatedBand = Option<Located<String>>;

/// What a row says of its award.
pub(super) enum StatedAward {
    /// There is no such column, or its cell could not be read.
    Unsaid,
    /// The cell is empty, or says that there is nothing.
    Nothing(Place),
    Amount(Located<Yuan>),
}

/// A row that adds up others, or states their means.
pub(super) struct TotalRow {
    /// How many units stand above it.
    pub(super) above: usize,
    pub(super) of: Summed,
    /// The figures it states, by column of the table.
    pub(super) stated: Vec<(usize, Located<Decimal>)>,
}

/// Reads all rows. `by_category` says whether every unit needs a category.
pub(super) fn read(sheet: &Sheet, layout: &Layout, by_category: bool, problems: &mut Problems) -> Rows {
    let mut reader = Reader {
        sheet,
        layout,
        by_category,
        rank_stated: layout.rank.filter(|column| is_filled(sheet, *column)),
        award_stated: layout.award.filter(|column| is_filled(sheet, *column)),
        band_stated: layout.band.filter(|column| is_filled(sheet, *column)),
        scores_stated: layout.scores.iter().copied().filter(|column| is_filled(sheet, *column)).collect(),
        rows: Rows { complete: true, ..Rows::default() },
        seen: BTreeMap::new(),
    };
    let mut means = sheet.means().peekable();
    for (at, row) in sheet.rows().enumerate() {
        while let Some((_, mean)) = means.next_if(|(above, _)| *above <= at) {
            reader.total(&mean, Summed::Mean);
        }
        reader.row(&row, problems);
    }
    for (_, mean) in means {
        reader.total(&mean, Summed::Mean);
    }
    reader.rows
}

/// What a row adds up, by its unit cell or, where that is empty, by the first word of the row.
pub(super) fn summed(unit: &Value<'_>, row: &Row<'_>) -> Option<Summing> {
    let first = is_empty(unit).then(|| row.first());
    match &first.as_ref().unwrap_or(unit).kind {
        ValueKind::Text(written) => summing(written),
        _ => None,
    }
}

/// Whether any cell of the column holds something: a column that is empty throughout states nothing.
fn is_filled(sheet: &Sheet, column: usize) -> bool {
    sheet.rows().any(|row| !is_empty(&row.cell(column)))
}

pub(super) fn is_empty(cell: &Value<'_>) -> bool {
    match &cell.kind {
        ValueKind::Empty => true,
        ValueKind::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

struct Reader<'s> {
    sheet: &'s Sheet,
    layout: &'s Layout,
    by_category: bool,
    rank_stated: Option<usize>,
    award_stated: Option<usize>,
    band_stated: Option<usize>,
    scores_stated: Vec<usize>,
    rows: Rows,
    /// Names of units, as they are compared, with the place of each and its index.
    seen: BTreeMap<String, (Place, usize)>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>, problems: &mut Problems) {
        let cell = row.cell(self.layout.unit.column);
        if let Some(summed) = summed(&cell, row) {
            self.total(row, Summed::Sum(summed));
            return;
        }
        if is_empty(&cell) {
            problems.add(Diagnostic::new(UNIT_MISSING, row.place()).with("column", &self.layout.unit.title));
            self.rows.complete = false;
            return;
        }
        let name = text(&cell, problems);
        let unit = name.as_deref().unwrap_or_default();
        let category = self.category(row, problems);
        let values = self.values(row, unit, problems);
        let item = self.layout.items.as_ref().map(|columns| item(row, columns, unit, problems));
        let values = values.filter(|_| !matches!(item, Some(None)));
        let holds = self.layout.requires.iter().map(|column| holds(row, column, unit, problems)).collect();
        let extra =
            self.layout.extra.iter().map(|column| shown(&row.cell(column.column), problems)).collect();
        let scores = self.scores_stated.iter();
        let scores = scores.filter_map(|column| self.stated(row, *column, decimal, problems)).collect();
        let rank = self.rank_stated.and_then(|column| self.stated(row, column, rank_number, problems));
        let award =
            self.award_stated.map_or(StatedAward::Unsaid, |column| award(&row.cell(column), problems));
        let band = self.band_stated.and_then(|column| band(&row.cell(column), problems));
        self.rows.complete &= name.is_some() && values.is_some() && (category.is_some() || !self.by_category);
        let Some(name) = name else { return };
        let place = cell.place;
        let items = item.flatten().into_iter().collect();
        let series = Vec::new();
        let row =
            UnitRow { place, name, category, values, series, items, holds, extra, scores, rank, award, band };
        self.put(row, problems);
    }

    /// Puts the row of a unit to the others. Where rows are items of work, it joins the one of its unit.
    fn put(&mut self, row: UnitRow, problems: &mut Problems) {
        let next = (row.place, self.rows.units.len());
        let (first, index) = *self.seen.entry(compared(&row.name)).or_insert(next);
        let Some(known) = self.rows.units.get_mut(index) else {
            self.rows.units.push(row);
            return;
        };
        if self.layout.rows_unknown {
            self.rows.complete = false;
        } else if self.layout.items.is_none() {
            problems.add(Diagnostic::new(DUPLICATE_UNIT, row.place).with("unit", &row.name).and(first));
            self.rows.complete = false;
        } else if known.category != row.category {
            problems.add(Diagnostic::new(CATEGORY_CHANGES, row.place).with("unit", &row.name).and(first));
            self.rows.complete = false;
        } else {
            join(known, row, problems);
        }
    }

    fn category(&mut self, row: &Row<'_>, problems: &mut Problems) -> Option<usize> {
        let column = self.layout.category.as_ref()?;
        let cell = row.cell(column.column);
        if is_empty(&cell) {
            if self.by_category {
                problems.add(Diagnostic::new(CATEGORY_MISSING, cell.place).with("column", &column.title));
            }
            return None;
        }
        let category = text(&cell, problems)?;
        let known = self.rows.categories.iter().position(|known| *known == category);
        known.or_else(|| {
            self.rows.categories.push(category);
            Some(self.rows.categories.len() - 1)
        })
    }

    /// The numbers that the score is made of: a missing one is never zero.
    fn values(&self, row: &Row<'_>, unit: &str, problems: &mut Problems) -> Option<Vec<Decimal>> {
        let mut read = |column: &Named| {
            let cell = row.cell(column.column);
            if is_empty(&cell) {
                let problem = Diagnostic::new(SCORE_MISSING, cell.place).with("column", &column.title);
                problems.add(problem.with("unit", unit));
                return None;
            }
            decimal(&cell, problems)
        };
        let values: Vec<Option<Decimal>> = self.layout.values.iter().map(&mut read).collect();
        let values: Vec<Decimal> = values.into_iter().collect::<Option<_>>()?;
        let mut sound = true;
        for part in &self.layout.parts {
            if let PartSource::Ratio { done, due } = part.from {
                sound &= self.ratio(row, [done, due], &values, unit, problems);
            }
        }
        sound.then_some(values)
    }

    /// Whether what is done lies within what is due.
    fn ratio(
        &self,
        row: &Row<'_>,
        indexes: [usize; 2],
        values: &[Decimal],
        unit: &str,
        problems: &mut Problems,
    ) -> bool {
        let located = |index: usize| {
            let (column, value) = (self.layout.values.get(index)?, values.get(index)?);
            Some(Located { value: *value, place: row.cell(column.column).place })
        };
        let [done, due] = indexes.map(located);
        done.zip(due).is_some_and(|(done, due)| check_ratio(done, due, unit, problems))
    }

    /// A stated figure. In a column that states it for others, an empty cell is a problem.
    fn stated<T>(
        &self,
        row: &Row<'_>,
        column: usize,
        parse: impl Fn(&Value<'_>, &mut Problems) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<Located<T>> {
        let cell = row.cell(column);
        if is_empty(&cell) {
            let heading = self.sheet.headings().iter().find(|heading| heading.column == column);
            let problem = Diagnostic::new(STATED_MISSING, cell.place);
            problems.add(problem.with("column", heading.map_or("", |heading| heading.written.as_str())));
            return None;
        }
        parse(&cell, problems).map(|value| Located { value, place: cell.place })
    }

    /// A row that adds up others, or states their means.
    fn total(&mut self, row: &Row<'_>, of: Summed) {
        let columns = self.layout.values.iter().map(|column| column.column);
        let columns = columns.chain(self.scores_stated.iter().copied()).chain(self.layout.award);
        let stated = |column: usize| {
            let cell = row.cell(column);
            let value = match &cell.kind {
                ValueKind::Number(written) | ValueKind::Text(written) => {
                    parse_decimal(written.trim().trim_end_matches('元'))?
                }
                _ => return None,
            };
            Some((column, Located { value, place: cell.place }))
        };
        let stated = columns.filter_map(stated).collect();
        self.rows.totals.push(TotalRow { above: self.rows.units.len(), of, stated });
    }
}

/// A name as it is compared: two spellings of it are one.
pub fn compared(name: &str) -> String {
    if is_plain(name) {
        return name.to_owned();
    }
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn rank_number(cell: &Value<'_>, problems: &mut Problems) -> Option<u32> {
    whole(1, MOST_UNITS)(cell, problems)
}

pub(super) fn award(cell: &Value<'_>, problems: &mut Problems) -> StatedAward {
    let says_nothing = matches!(&cell.kind, ValueKind::Text(text) if NOTHING.contains(&text.trim()));
    if is_empty(cell) || says_nothing {
        return StatedAward::Nothing(cell.place);
    }
    let amount = signed_yuan(cell, problems);
    amount.map_or(StatedAward::Unsaid, |value| StatedAward::Amount(Located { value, place: cell.place }))
}

/// The text of a further column.
pub(super) fn shown(cell: &Value<'_>, problems: &mut Problems) -> String {
    match &cell.kind {
        ValueKind::Empty => String::new(),
        ValueKind::Date(date) => date.to_string(),
        ValueKind::OtherTime(time) => time.clone(),
        ValueKind::Text(written) if written.trim().is_empty() => String::new(),
        _ => text(cell, problems).unwrap_or_default(),
    }
}

/// What a yes-or-no cell says; an empty one says no, and that is said.
pub(super) fn holds(row: &Row<'_>, column: &Named, unit: &str, problems: &mut Problems) -> bool {
    let cell = row.cell(column.column);
    if is_empty(&cell) {
        let problem = Diagnostic::new(REQUIRED_EMPTY, cell.place).with("column", &column.title);
        problems.add(problem.with("unit", unit));
        return false;
    }
    truth(&cell, problems).unwrap_or(false)
}

/// What a cell says of the band.
pub(super) fn band(cell: &Value<'_>, problems: &mut Problems) -> StatedBand {
    let says_nothing = matches!(&cell.kind, ValueKind::Text(text) if NOTHING.contains(&text.trim()));
    let value = if is_empty(cell) || says_nothing { Some(String::new()) } else { text(cell, problems) };
    value.map(|value| Located { value, place: cell.place })
}
