//! Words for days, in the reader's language.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{DayKind, LunarDay};
use crate::diagnostics::{Language, say, word};

/// What stands between the words of an entry that holds several.
const BETWEEN: char = '/';

/// Text of the content as it may stand in a line of a terminal, which would obey control characters.
pub(super) fn in_a_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The word at `index` of an entry that holds several; empty when it has fewer.
pub(super) fn one_of(entry: &str, index: usize, language: Language) -> String {
    word(entry, language).split(BETWEEN).nth(index).unwrap_or_default().to_owned()
}

/// Words one after the other, as the language lists them.
pub(super) fn listed(words: impl IntoIterator<Item = String>, language: Language) -> String {
    let two =
        |first: String, second: String| say("say-two", language, &[("first", first), ("second", second)]);
    words.into_iter().reduce(two).unwrap_or_default()
}

/// A weekday.
pub(super) fn weekday(day: chrono::Weekday, language: Language) -> String {
    one_of("say-weekdays", day.num_days_from_monday() as usize, language)
}

/// A day with its weekday.
pub(super) fn date_and_weekday(date: NaiveDate, language: Language) -> String {
    format!("{date} {}", weekday(date.weekday(), language))
}

/// A day with its weekday and its lunar day, as far as that is known.
pub(super) fn day(date: NaiveDate, language: Language) -> String {
    let lunar = LunarDay::of(date).map(|lunar| format!(" {lunar}")).unwrap_or_default();
    format!("{}{lunar}", date_and_weekday(date, language))
}

/// What kind of day it is, where it is not an ordinary working day.
pub(super) fn day_kind(kind: DayKind, language: Language) -> Option<String> {
    match kind {
        DayKind::Holiday(name) => Some(say("say-holiday", language, &[("holiday", holiday(name, language))])),
        DayKind::Weekend => Some(word("say-weekend", language)),
        DayKind::MakeUpDay => Some(word("say-make-up-day", language)),
        DayKind::WorkingDay => None,
    }
}

/// The name of a holiday. The calendar knows it in Chinese; one without a word in `language` keeps that name.
fn holiday(name: &str, language: Language) -> String {
    let known = word("say-holidays", Language::Chinese);
    let index = known.split(BETWEEN).position(|known| known == name);
    index.map_or_else(|| name.to_owned(), |index| one_of("say-holidays", index, language))
}
