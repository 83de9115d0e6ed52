//! Bands: what a score is called.

use rust_decimal::Decimal;

use super::head::known_outside;
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::source::parse::{decimal, located, text, whole};
use crate::source::{Fields, Located, Table};

const BAND_NEVER: Code = Code::error("band-never");
const BAND_OUT_OF_BOUNDS: Code = Code::error("band-out-of-bounds");

/// A band; of several the first whose conditions all hold.
#[derive(Clone, Debug)]
pub struct Band {
    /// What it is called.
    pub title: String,
    /// The least score.
    pub at_least: Option<Decimal>,
    /// The last rank.
    pub top: Option<u32>,
    /// The yes-or-no column that must say yes.
    pub requires: Option<Located<String>>,
    /// Where it is written.
    pub place: Place,
}

impl Band {
    /// Whether a unit is in it, bands before it aside. `holds` says what a yes-or-no column says.
    pub(super) fn fits(&self, score: Decimal, rank: u32, holds: impl Fn(&str) -> bool) -> bool {
        self.at_least.is_none_or(|least| score >= least)
            && self.top.is_none_or(|top| rank <= top)
            && self.requires.as_ref().is_none_or(|column| holds(&column.value))
    }

    /// Whether whoever fits `other` fits this one too.
    fn covers(&self, other: &Self) -> bool {
        let least = self.at_least.is_none_or(|own| other.at_least.is_some_and(|least| least >= own));
        let top = self.top.is_none_or(|own| other.top.is_some_and(|top| top <= own));
        let column = |band: &Self| band.requires.as_ref().map(|column| column.value.clone());
        least && top && (self.requires.is_none() || column(self) == column(other))
    }
}

/// Reads one `[[band]]`.
pub(super) fn read(table: &Table<'_>, problems: &mut Problems) -> Option<Band> {
    let mut fields = Fields::new(table, problems);
    let title = fields.required("title", text);
    let at_least = fields.optional("at_least", decimal);
    let top = fields.optional("top", whole(1, super::head::MOST_UNITS));
    let requires = fields.optional("requires", located(text));
    fields.finish_knowing(known_outside("[[band]]"));
    Some(Band { title: title?, at_least, top, requires, place: table.place })
}

/// Every band can be reached: no earlier one takes all of its units, and its least score lies within the
/// bounds.
pub(super) fn check(bands: &[Band], max: Option<Decimal>, problems: &mut Problems) {
    for (index, band) in bands.iter().enumerate() {
        let earlier = bands.iter().take(index).find(|earlier| earlier.covers(band));
        if let Some(earlier) = earlier {
            let problem = Diagnostic::new(BAND_NEVER, band.place).with("band", &band.title);
            problems.add(problem.with("earlier", &earlier.title).and(earlier.place));
        } else if let (Some(least), Some(max)) = (band.at_least, max)
            && least > max
        {
            let problem = Diagnostic::new(BAND_OUT_OF_BOUNDS, band.place).with("band", &band.title);
            problems.add(problem.with("least", least).with("max", max));
        }
    }
}
