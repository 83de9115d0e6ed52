//! What templates can do with values: dates, weekdays, money, words with figures in them.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::words::Words;
use crate::calendar::ReportingPeriod;
use crate::values::Yuan;

/// Registers the filters: `date`, `short_date`, `weekday` take a date as views give it (`2026-11-24`),
/// `period` a period (`2026-Q3`), `money` an amount (`12300.00`), `fill(key=…)` words with `{key}` in them.
pub(super) fn register(tera: &mut Tera, words: &Words) {
    let words = Arc::new(words.clone());
    let with = |shown: fn(&Words, NaiveDate) -> String| {
        let words = Arc::clone(&words);
        move |date: Cow<'_, str>, _: Kwargs, _: &State| -> TeraResult<String> {
            Ok(shown(&words, read_date(&date)?))
        }
    };
    tera.register_filter("date", with(|words, date| words.date(date)));
    tera.register_filter("short_date", with(|words, date| words.short_date(date)));
    tera.register_filter("weekday", with(|words, date| words.weekday(date).to_owned()));
    let words_of_periods = Arc::clone(&words);
    tera.register_filter("period", move |period: Cow<'_, str>, _: Kwargs, _: &State| {
        ReportingPeriod::parse(&period)
            .map(|period| words_of_periods.period(&period))
            .ok_or_else(|| Error::message(format!("no period: {period}")))
    });
    tera.register_filter("money", |amount: Cow<'_, str>, _: Kwargs, _: &State| {
        Yuan::parse(&amount)
            .map(Yuan::grouped)
            .map_err(|_| Error::message(format!("no amount of money: {amount}")))
    });
    tera.register_filter("fill", |text: Cow<'_, str>, facts: Kwargs, _: &State| {
        facts.iter().fold(text.into_owned(), |text, (key, value)| {
            text.replace(&format!("{{{}}}", key.as_str().unwrap_or_default()), &shown(value))
        })
    });
}

fn read_date(text: &str) -> TeraResult<NaiveDate> {
    text.parse().map_err(|_| Error::message(format!("no date: {text}")))
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
