//! Parsers from raw values to checked ones, used with [`Fields`](super::Fields).
//!
//! Each takes a value from TOML or from a table cell, says what is wrong with it, and gives `None` then.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;

use super::fields::{Located, nearest, wrong_type};
use super::value::{Value, ValueKind};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::privacy;
use crate::values::{NotYuan, Phone, Yuan, parse_decimal};

const EMPTY_TEXT: Code = Code::error("empty-text");
/// What should be a date is none.
pub(crate) const BAD_DATE: Code = Code::error("bad-date");
const BAD_PHONE: Code = Code::error("bad-phone");
const BAD_NUMBER: Code = Code::error("bad-number");
const BAD_MONEY: Code = Code::error("bad-money");
const MONEY_TOO_PRECISE: Code = Code::error("money-too-precise");
const NEGATIVE_MONEY: Code = Code::error("negative-money");
/// A number is too small or too large.
pub(crate) const NUMBER_OUT_OF_RANGE: Code = Code::error("number-out-of-range");
/// A word is none of those that a key takes.
pub(crate) const NOT_A_CHOICE: Code = Code::error("not-a-choice");
/// A spreadsheet number has lost its last digits.
pub(crate) const LOST_DIGITS: Code = Code::error("lost-digits");

/// Text that will be published: not empty, and searched for what must not be shown.
pub fn text(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let text = raw_text(value, problems)?;
    privacy::report_plain(&text, value.place, problems);
    Some(text)
}

/// Text that is used and not shown, such as an id or a path: not empty, and no ID number.
pub fn unpublished_text(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let text = raw_text(value, problems)?;
    privacy::report_numbers(&text, value.place, problems);
    Some(text)
}

/// The same of a text that becomes part of addresses: no phone either.
pub fn address_text(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let text = raw_text(value, problems)?;
    privacy::report_address(&text, value.place, problems);
    Some(text)
}

fn raw_text(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let text = match &value.kind {
        ValueKind::Text(text) => text.trim().to_owned(),
        ValueKind::Number(number) => number.to_string(),
        ValueKind::LostDigits => return lost_digits(value, problems),
        _ => return wrong_type(value, "want-text", problems),
    };
    if text.is_empty() {
        problems.add(Diagnostic::new(EMPTY_TEXT, value.place));
        return None;
    }
    Some(text)
}

/// Any parser, with the place of the value kept.
pub fn located<'a, T>(
    parse: impl Fn(&Value<'a>, &mut Problems) -> Option<T>,
) -> impl Fn(&Value<'a>, &mut Problems) -> Option<Located<T>> {
    move |value, problems| parse(value, problems).map(|parsed| Located { value: parsed, place: value.place })
}

/// A date: `2026-11-01` in TOML; also `2026/11/1`, `2026年11月1日` or a spreadsheet date in tables.
pub fn date(value: &Value<'_>, problems: &mut Problems) -> Option<NaiveDate> {
    let written = match &value.kind {
        ValueKind::Date(date) => return Some(*date),
        ValueKind::Text(text) | ValueKind::Number(text) => text,
        ValueKind::OtherTime(_) => return wrong_type(value, "want-date", problems),
        _ => return wrong_type(value, "want-date", problems),
    };
    let date = date_from_text(written);
    if date.is_none() {
        problems.add(Diagnostic::new(BAD_DATE, value.place).with("date", written));
    }
    date
}

/// Reads a date as people write it in tables.
///
/// ```
/// use gongshi::source::date_from_text;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1);
/// assert_eq!(date_from_text("2026年11月1日"), day);
/// assert_eq!(date_from_text("2026/11/1"), day);
/// assert_eq!(date_from_text("2026-02-30"), None);
/// ```
pub fn date_from_text(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let mut numbers = text.strip_suffix('日').unwrap_or(text).split(['-', '/', '.', '年', '月']);
    let mut next = |longest: usize| {
        let digits = numbers.next()?.trim();
        let fits = (1..=longest).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let complete = numbers.next().is_none() && year >= 1000;
    complete.then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)).flatten()
}

/// `true` or `false`; in tables 是 or 否.
pub fn truth(value: &Value<'_>, problems: &mut Problems) -> Option<bool> {
    match &value.kind {
        ValueKind::Bool(truth) => Some(*truth),
        ValueKind::Text(text) if matches!(text.trim(), "是" | "true") => Some(true),
        ValueKind::Text(text) if matches!(text.trim(), "否" | "false") => Some(false),
        _ => wrong_type(value, "want-truth", problems),
    }
}

/// An exact decimal number.
pub fn decimal(value: &Value<'_>, problems: &mut Problems) -> Option<Decimal> {
    match &value.kind {
        ValueKind::Number(written) | ValueKind::Text(written) => {
            let bare = if written.contains('_') {
                written.replace('_', "").into()
            } else {
                Cow::Borrowed(&**written)
            };
            let number = parse_decimal(&bare);
            if number.is_none() {
                problems.add(Diagnostic::new(BAD_NUMBER, value.place).with("text", written));
            }
            number
        }
        ValueKind::LostDigits => lost_digits(value, problems),
        _ => wrong_type(value, "want-number", problems),
    }
}

/// A whole number from `least` to `most`.
pub fn whole<'a>(least: u32, most: u32) -> impl Fn(&Value<'a>, &mut Problems) -> Option<u32> {
    move |value, problems| {
        let number = decimal(value, problems)?;
        let whole = number.fract().is_zero().then(|| u32::try_from(number).ok()).flatten();
        let fitting = whole.filter(|whole| (least..=most).contains(whole));
        if fitting.is_none() {
            let problem = Diagnostic::new(NUMBER_OUT_OF_RANGE, value.place);
            problems.add(problem.with("number", number).with("least", least).with("most", most));
        }
        fitting
    }
}

/// An amount of money, not negative.
pub fn yuan(value: &Value<'_>, problems: &mut Problems) -> Option<Yuan> {
    let amount = signed_yuan(value, problems)?;
    if amount.is_negative() {
        problems.add(Diagnostic::new(NEGATIVE_MONEY, value.place).with("amount", amount));
        return None;
    }
    Some(amount)
}

/// An amount of money that may be negative.
pub fn signed_yuan(value: &Value<'_>, problems: &mut Problems) -> Option<Yuan> {
    let written = match &value.kind {
        ValueKind::Number(written) | ValueKind::Text(written) => written,
        ValueKind::LostDigits => return lost_digits(value, problems),
        _ => return wrong_type(value, "want-money", problems),
    };
    match Yuan::parse(&written.replace('_', "")) {
        Ok(amount) => Some(amount),
        Err(fault) => {
            let code = if fault == NotYuan::TooPrecise { MONEY_TOO_PRECISE } else { BAD_MONEY };
            problems.add(Diagnostic::new(code, value.place).with("text", written));
            None
        }
    }
}

/// A telephone number that is published by design.
pub fn phone(value: &Value<'_>, problems: &mut Problems) -> Option<Phone> {
    let written = unpublished_text(value, problems)?;
    let phone = Phone::parse(&written);
    if phone.is_none() {
        problems.add(Diagnostic::new(BAD_PHONE, value.place).with("text", written));
    }
    phone
}

/// One of the `choices`, by its name in the contract.
pub fn one_of<'a, 'c, T: Copy>(
    choices: &'c [(&'static str, T)],
) -> impl Fn(&Value<'a>, &mut Problems) -> Option<T> + use<'a, 'c, T> {
    move |value, problems| {
        let written = unpublished_text(value, problems)?;
        let choice = choices.iter().find(|(name, _)| *name == written).map(|(_, choice)| *choice);
        if choice.is_none() {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            let mut problem = Diagnostic::new(NOT_A_CHOICE, value.place)
                .with("text", &written)
                .with("choices", names.join(", "));
            if let Some(near) = nearest(&written, names.iter().copied()) {
                problem = problem.with("near", near);
            }
            problems.add(problem);
        }
        choice
    }
}

/// Whether a text is a long number as a spreadsheet shows it in a narrow column, and saves it: `1.10105E+17`.
pub(crate) fn is_power_of_ten(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    whole.len() == 1
        && is_number(whole)
        && is_number(decimals)
        && is_number(exponent)
        && exponent.parse().is_ok_and(|exponent: u8| exponent >= 10)
}

fn lost_digits<T>(value: &Value<'_>, problems: &mut Problems) -> Option<T> {
    problems.add(Diagnostic::new(LOST_DIGITS, value.place));
    None
}
