//! Hours of reception: spans of a day.

use std::fmt;

use chrono::NaiveTime;

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::source::parse::unpublished_text;
use crate::source::{Located, Value};

const BAD_HOURS: Code = Code::error("bad-hours");
const HOURS_REVERSED: Code = Code::error("hours-reversed");
const HOURS_OVERLAP: Code = Code::error("hours-overlap");

/// A span of a day, such as 08:30-11:30. It ends after it begins, and on the same day.
///
/// `Display` gives the form of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    start: NaiveTime,
    end: NaiveTime,
}

impl Hours {
    /// When it begins.
    pub fn start(self) -> NaiveTime {
        self.start
    }

    /// When it ends.
    pub fn end(self) -> NaiveTime {
        self.end
    }

    /// Whether the two share a moment; one that begins when the other ends does not.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start.format("%H:%M"), self.end.format("%H:%M"))
    }
}

/// Reads a span: two times of day with a dash between them, as people type it.
pub(super) fn hours(value: &Value<'_>, problems: &mut Problems) -> Option<Hours> {
    let written = unpublished_text(value, problems)?;
    let plain = written.replace('：', ":");
    let times = plain.split_once(['-', '–', '—', '～', '~', '至']);
    let Some((start, end)) = times.and_then(|(start, end)| Some((time(start)?, time(end)?))) else {
        problems.add(Diagnostic::new(BAD_HOURS, value.place).with("text", &written));
        return None;
    };
    if end <= start {
        problems.add(Diagnostic::new(HOURS_REVERSED, value.place).with("text", &written));
        return None;
    }
    Some(Hours { start, end })
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// The spans of one session in their order; two that overlap are a problem.
pub(super) fn in_order(mut spans: Vec<Located<Hours>>, problems: &mut Problems) -> Vec<Hours> {
    spans.sort_by_key(|span| span.value);
    for (first, second) in spans.iter().zip(spans.iter().skip(1)) {
        if first.value.overlaps(second.value) {
            let problem = Diagnostic::new(HOURS_OVERLAP, second.place).and(first.place);
            problems.add(problem.with("first", first.value).with("second", second.value));
        }
    }
    spans.into_iter().map(|span| span.value).collect()
}
