//! A day rule in words.

use crate::calendar::{Branch, DayRule, LunarDay, OnDayOff, Which};
use crate::diagnostics::{Language, say, word};

use super::words::{listed, one_of, weekday};

/// What a rule means.
pub(super) fn rule(rule: &DayRule, language: Language) -> String {
    let filled = |entry: &str, key: &str, words: String| say(entry, language, &[(key, words)]);
    let digits = |digits: &[u8]| {
        listed(digits.iter().map(|digit| one_of("say-digits", (*digit).into(), language)), language)
    };
    match rule {
        DayRule::Weekday { days, which } => {
            let days = listed(days.iter().map(|day| weekday(*day, language)), language);
            weekdays(days, which, language)
        }
        DayRule::MonthDay(days) => {
            let days = days.iter().map(|day| month_day(*day, language));
            filled("say-rule-month-day", "days", listed(days, language))
        }
        DayRule::LunarDay(days) => {
            let days = days.iter().map(|day| lunar_day(*day, language));
            filled("say-rule-lunar-day", "days", listed(days, language))
        }
        DayRule::LunarEnding(endings) => filled("say-rule-lunar-ending", "digits", digits(endings)),
        DayRule::DayEnding(endings) => filled("say-rule-day-ending", "digits", digits(endings)),
        DayRule::Every { days, from } => {
            say("say-rule-every", language, &[("days", days.to_string()), ("from", from.to_string())])
        }
        DayRule::Branch(branches) => {
            let branches = listed(branches.iter().map(Branch::to_string), language);
            filled("say-rule-branch", "branches", branches)
        }
        DayRule::Workdays => word("say-rule-workdays", language),
        DayRule::Dates(_) => word("say-rule-dates", language),
    }
}

/// What becomes of a day off.
pub(super) fn on_day_off(choice: OnDayOff, language: Language) -> String {
    let entry = match choice {
        OnDayOff::Skip => "say-off-skip",
        OnDayOff::Keep => "say-off-keep",
        OnDayOff::NextWorkday => "say-off-next-workday",
        OnDayOff::PreviousWorkday => "say-off-previous-workday",
    };
    word(entry, language)
}

fn weekdays(days: String, which: &Which, language: Language) -> String {
    let (entry, list) = match which {
        Which::All => return days,
        Which::Nth(list) => ("say-rule-nth", list),
        Which::NotNth(list) => ("say-rule-not-nth", list),
    };
    let which = listed(list.iter().map(|number| ordinal(*number, language)), language);
    say(entry, language, &[("days", days), ("which", which)])
}

/// The first, the last, …
fn ordinal(number: i8, language: Language) -> String {
    let entry = if number > 0 { "say-ordinals" } else { "say-ordinals-from-end" };
    one_of(entry, usize::from(number.unsigned_abs()).saturating_sub(1), language)
}

fn month_day(number: i8, language: Language) -> String {
    let entry = match number {
        -1 => "say-last-day",
        0.. => "say-month-day",
        _ => "say-day-from-end",
    };
    say(entry, language, &[("number", number.unsigned_abs().to_string())])
}

/// A day of the lunar month: by its name in Chinese, in other languages by its number.
fn lunar_day(number: u8, language: Language) -> String {
    match language {
        Language::Chinese => LunarDay::name_of_day(number).to_owned(),
        Language::English => number.to_string(),
    }
}
