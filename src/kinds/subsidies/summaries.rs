//! Rows that say what others add up to (合计, 小计): checked, not listed.

use rust_decimal::{Decimal, RoundingStrategy};

use super::cells::without_raw_text;
use super::layout::Layout;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::columns::RECIPIENTS;
use crate::source::parse::yuan;
use crate::source::{Row, Summing, ValueKind, summing};
use crate::values::{Yuan, parse_decimal};

const SUMMARY_DIFFERS: Code = Code::error("summary-differs");
const MEAN_DIFFERS: Code = Code::error("mean-differs");

/// What `row` sums up; `None` for the row of a recipient. The word stands where the number, the name or the
/// first cell is.
pub(super) fn summary_of(row: &Row<'_>, layout: &Layout) -> Option<Summing> {
    let columns = [Some(layout.first), layout.number, layout.name, layout.head];
    columns.into_iter().flatten().find_map(|column| match row.cell(column).kind {
        ValueKind::Text(text) => summing(&text),
        _ => None,
    })
}

/// What rows add up to, as far as they say it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    pub(super) amount: Yuan,
    persons: Option<u64>,
    quantity: Option<Decimal>,
    rows: u32,
}

impl Sums {
    const NOTHING: Self =
        Self { amount: Yuan::ZERO, persons: Some(0), quantity: Some(Decimal::ZERO), rows: 0 };

    /// The figures of one row.
    pub(super) fn of(amount: Option<Yuan>, persons: Option<u32>, quantity: Option<Decimal>) -> Self {
        Self { amount: amount.unwrap_or_default(), persons: persons.map(u64::from), quantity, rows: 1 }
    }

    fn add(&mut self, row: &Self) {
        self.amount = self.amount + row.amount;
        self.persons = self.persons.zip(row.persons).map(|(sum, more)| sum + more);
        self.quantity = self.quantity.zip(row.quantity).and_then(|(sum, more)| sum.checked_add(more));
        self.rows += row.rows;
    }

    /// The mean amount, rounded half up.
    fn mean_amount(&self, places: u32) -> Option<Decimal> {
        let mean = self.amount.to_decimal().checked_div(Decimal::from(self.rows))?;
        Some(mean.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The sums so far, and the rows that state them.
#[derive(Debug)]
pub(super) struct Summaries {
    whole: Sums,
    part: Sums,
    /// Whether all amounts could be read: in the whole, and since the last 小计.
    whole_sound: bool,
    part_sound: bool,
    /// What the rows of 合计 state; it may stand above the rows it sums up.
    stated: Vec<Stated>,
    /// The stated means of amounts, each with the sums it may be the mean of: none yet where it stands above all rows.
    means: Vec<(Decimal, Place, Vec<Sums>)>,
}

/// What one row states, each figure with its cell.
#[derive(Clone, Debug, Default)]
struct Stated {
    amount: Option<(Yuan, Place)>,
    persons: Option<(Decimal, Place)>,
    quantity: Option<(Decimal, Place)>,
}

impl Default for Summaries {
    fn default() -> Self {
        Self {
            whole: Sums::NOTHING,
            part: Sums::NOTHING,
            whole_sound: true,
            part_sound: true,
            stated: Vec::new(),
            means: Vec::new(),
        }
    }
}

impl Summaries {
    /// Adds a recipient's row; one that is not `sound` has an amount that could not be read.
    pub(super) fn add(&mut self, row: &Sums, sound: bool) {
        self.whole.add(row);
        self.part.add(row);
        self.whole_sound &= sound;
        self.part_sound &= sound;
    }

    /// Takes a row that sums up. A 小计 is compared at once, a 合计 when all rows are known.
    pub(super) fn note(&mut self, summary: Summing, row: &Row<'_>, layout: &Layout, problems: &mut Problems) {
        let stated = Stated::of(row, layout, problems);
        match summary {
            Summing::Whole => self.stated.push(stated),
            Summing::Part => {
                let sound = stated.compare(&self.part, self.part_sound, problems);
                self.whole_sound &= sound;
                self.part = Sums::NOTHING;
                self.part_sound = true;
            }
        }
    }

    /// Takes a row that states means: of all rows above it, or of those since the last 小计.
    pub(super) fn note_mean(&mut self, row: &Row<'_>, layout: &Layout) {
        let Some(cell) = layout.amount.map(|column| row.cell(column)) else { return };
        if let ValueKind::Text(text) | ValueKind::Number(text) = &cell.kind
            && let Some(stated) = parse_decimal(text.trim().trim_end_matches('元'))
        {
            let above = [self.whole, self.part].into_iter().filter(|sums| sums.rows > 0).collect();
            self.means.push((stated, cell.place, above));
        }
    }

    /// Compares what is left; gives the sums of all rows and whether they can be relied upon.
    pub(super) fn finish(self, problems: &mut Problems) -> (Sums, bool) {
        let mut sound = self.whole_sound;
        for stated in &self.stated {
            sound &= stated.compare(&self.whole, self.whole_sound, problems);
        }
        // The mean of amounts that could not all be read would only repeat their problems.
        let means = if self.whole_sound { self.means.as_slice() } else { &[] };
        for (stated, place, above) in means {
            let sums = if above.is_empty() { std::slice::from_ref(&self.whole) } else { above };
            let computed: Vec<Decimal> =
                sums.iter().filter_map(|sums| sums.mean_amount(stated.scale())).collect();
            if let Some(first) = computed.first().filter(|_| !computed.contains(stated)) {
                let usual = RECIPIENTS.usual_heading("amount");
                let problem = Diagnostic::new(MEAN_DIFFERS, *place).with("column", usual);
                problems.add(problem.with("stated", stated).with("computed", first));
            }
        }
        (self.whole, sound)
    }
}

impl Stated {
    fn of(row: &Row<'_>, layout: &Layout, problems: &mut Problems) -> Self {
        let number = |column: Option<usize>| {
            let cell = row.cell(column?);
            match &cell.kind {
                ValueKind::Text(text) | ValueKind::Number(text) => {
                    parse_decimal(text).map(|number| (number, cell.place))
                }
                _ => None,
            }
        };
        let amount = layout.amount.map(|column| row.cell(column));
        Self {
            amount: amount
                .filter(|cell| !matches!(cell.kind, ValueKind::Empty))
                .and_then(|cell| without_raw_text(&cell, yuan, problems).map(|amount| (amount, cell.place))),
            persons: number(layout.persons),
            quantity: number(layout.quantity),
        }
    }

    /// Says what differs from `sums`; false where an amount does. Where not all amounts could be read, they
    /// are not compared.
    fn compare(&self, sums: &Sums, sound: bool, problems: &mut Problems) -> bool {
        let mut differs = |key: &str, place: Place, stated: String, computed: String| {
            let problem =
                Diagnostic::new(SUMMARY_DIFFERS, place).with("column", RECIPIENTS.usual_heading(key));
            problems.add(problem.with("stated", stated).with("computed", computed));
        };
        if let (Some((stated, place)), Some(computed)) = (self.persons, sums.persons)
            && stated != Decimal::from(computed)
        {
            differs("persons", place, stated.to_string(), computed.to_string());
        }
        if let (Some((stated, place)), Some(computed)) = (self.quantity, sums.quantity)
            && stated != computed
        {
            differs("quantity", place, stated.to_string(), computed.to_string());
        }
        match self.amount {
            Some((stated, place)) if sound && stated != sums.amount => {
                differs("amount", place, stated.grouped(), sums.amount.grouped());
                false
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Summing, summing};

    #[test]
    fn knows_the_words_of_sums() {
        for word in ["合计", "总合计", "合 计", "总计：", "合计（元）", "Total", "共计"] {
            assert_eq!(summing(word), Some(Summing::Whole), "{word}");
        }
        for word in ["小计", "一组小计", "小 计:", "Subtotal"] {
            assert_eq!(summing(word), Some(Summing::Part), "{word}");
        }
        for word in ["", "1", "李小计", "计小明", "李合计", "会计", "Thomas Total"] {
            assert_eq!(summing(word), None, "{word}");
        }
    }
}
