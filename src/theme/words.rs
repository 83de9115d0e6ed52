//! The words of pages, in the language of the board.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::calendar::{ReportingPeriod, Span};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const WORDS_FAULT: Code = Code::error("words-fault");
const UNKNOWN_WORD: Code = Code::error("unknown-word");

/// All words of a language by name.
#[derive(Clone, Debug)]
pub struct Words {
    all: BTreeMap<String, String>,
    /// The names of the months, which every date needs.
    months: Vec<String>,
}

impl Words {
    /// The built-in words of a language, overlaid by the board's own file of the same name.
    pub(super) fn load(
        built_in: Option<&str>,
        own: Option<&(String, Option<FileId>)>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut words: BTreeMap<String, String> = match toml::from_str(built_in.unwrap_or_default()) {
            Ok(words) => words,
            Err(error) => {
                problems.add(Diagnostic::of_the_board(WORDS_FAULT).with("detail", error.message()));
                return None;
            }
        };
        let Some((text, Some(file))) = own else { return Some(Self::of(words)) };
        match toml::from_str::<BTreeMap<String, String>>(text) {
            Ok(own) => {
                for (key, word) in own {
                    if words.insert(key.clone(), word).is_none() {
                        problems.add(Diagnostic::new(UNKNOWN_WORD, Place::file(*file)).with("word", key));
                    }
                }
                Some(Self::of(words))
            }
            Err(error) => {
                let place = error.span().map_or(Place::file(*file), |span| Place::text(*file, span));
                problems.add(Diagnostic::new(WORDS_FAULT, place).with("detail", error.message()));
                None
            }
        }
    }

    fn of(all: BTreeMap<String, String>) -> Self {
        let months = all.get("months").map_or("", String::as_str);
        Self { months: months.split(' ').map(str::to_owned).collect(), all }
    }

    /// All words, for the templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.all
    }

    /// The words called `name`, or the bare name when there are none: a test finds those.
    pub fn get<'w>(&'w self, name: &'w str) -> &'w str {
        self.all.get(name).map_or(name, String::as_str)
    }

    /// The words for a form of reception that the contract names.
    pub fn form<'w>(&'w self, key: &'w str) -> &'w str {
        self.all.get(&format!("form_{key}")).map_or(key, String::as_str)
    }

    /// The words called `name` with each `{key}` replaced.
    pub fn fill(&self, name: &str, facts: &[(&str, String)]) -> String {
        let fact = |name: &str| facts.iter().find(|(key, _)| *key == name).map(|(_, fact)| fact.into());
        fill(self.get(name), fact)
    }

    /// A date in the language's own form: `2026年11月24日`.
    pub fn date(&self, date: NaiveDate) -> String {
        self.dated("date", date)
    }

    /// A date without its year: `11月24日`.
    pub fn short_date(&self, date: NaiveDate) -> String {
        self.dated("short_date", date)
    }

    /// Some days of one month, in the language's own form: `3月4、20日`, with the year before them where `with_year` says
    /// so. `days` are those of the month of `day`.
    pub fn days_of_month(&self, day: NaiveDate, days: &[u32], with_year: bool) -> String {
        let form = self.get(if with_year { "days_of_month_and_year" } else { "days_of_month" });
        let days: Vec<String> = days.iter().map(u32::to_string).collect();
        let days = days.join(self.get("comma"));
        self.filled(form, day, &days)
    }

    /// The day of the week: `星期二`.
    pub fn weekday(&self, date: NaiveDate) -> &str {
        let number = date.weekday().num_days_from_monday() as usize;
        self.get("weekdays").split(' ').nth(number).unwrap_or_default()
    }

    /// A period in words: `2026年第三季度`.
    pub fn period(&self, period: &ReportingPeriod) -> String {
        let number = period.number().unwrap_or_default();
        let nth = |names: &str| {
            let index = (number as usize).saturating_sub(1);
            self.get(names).split(' ').nth(index).unwrap_or_default().to_owned()
        };
        let (form, name) = match period.span() {
            Span::Year => ("period_year", String::new()),
            Span::Half => ("period_half", nth("halves")),
            Span::Quarter => ("period_quarter", nth("quarters")),
            Span::Month => ("period_month", nth("months")),
            Span::Week => ("period_week", number.to_string()),
            Span::Day => return self.date(period.first_day()),
        };
        self.fill(form, &[("year", period.year().to_string()), ("name", name)])
    }

    fn dated(&self, form: &str, date: NaiveDate) -> String {
        self.filled(self.get(form), date, "")
    }

    fn filled(&self, form: &str, date: NaiveDate, days: &str) -> String {
        fill(form, |name| match name {
            "year" => Some(date.year().to_string().into()),
            "month" => self.months.get(date.month0() as usize).map(Cow::from),
            "day" => Some(date.day().to_string().into()),
            "days" => Some(days.to_owned().into()),
            _ => None,
        })
    }
}

/// `text` with each `{name}` replaced by what `fact` says of it; a name of which it says nothing stays.
pub(super) fn fill<'f>(text: &str, fact: impl Fn(&str) -> Option<Cow<'f, str>>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, from)) = cut(rest, b'{') {
        filled.push_str(before);
        let known = cut(from, b'}').and_then(|(name, after)| Some((fact(name)?, after)));
        match known {
            Some((fact, after)) => {
                filled.push_str(&fact);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = from;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// What stands before and behind the first `sign`, which is ASCII. The search of the standard library is made for longer
/// texts than words are.
fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
impl Words {
    /// The built-in words, as in `zh-Hans.toml`.
    pub(crate) fn built_in(file: &str) -> Self {
        Self::load(super::parts::built_in_words(file), None, &mut Problems::new()).unwrap()
    }
}
