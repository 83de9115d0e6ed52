//! What templates can do with values: dates, weekdays, money, words with figures in them.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::words::{Words, fill};
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
        fill(&text, |name| {
            let (_, value) = facts.iter().find(|(key, _)| key.as_str() == Some(name))?;
            Some(value.as_str().map_or_else(|| value.to_string().into(), Cow::Borrowed))
        })
    });
}

/// Writes text so that it is no HTML, as the template engine would, which writes byte by byte.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut result = Ok(());
    escape_with(text, |part| {
        if result.is_ok() {
            result = out.write_all(part.as_bytes());
        }
    });
    result
}

/// Gives the parts of `text` as they stand in HTML: most text has nothing to escape and is given in one piece.
pub fn escape_with(text: &str, mut put: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        // What is escaped is ASCII, so that a character ends before it and after it.
        let (plain, from) = rest.split_at(at);
        let (sign, after) = from.split_at(1);
        put(plain);
        put(match sign {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            "\"" => "&quot;",
            _ => "&#39;",
        });
        rest = after;
    }
    put(rest);
}

fn read_date(text: &str) -> TeraResult<NaiveDate> {
    let date = as_views_write(text).or_else(|| text.parse().ok());
    date.ok_or_else(|| Error::message(format!("no date: {text}")))
}

/// The date in `2026-11-24`; every page has a handful of them.
fn as_views_write(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_at_checked(2)?;
    let day = day.strip_prefix('-').filter(|day| day.len() == 2)?;
    let plain = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !plain {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_html_would_take_for_its_own_is_escaped() {
        for (text, escaped) in [
            ("", ""),
            ("云溪镇", "云溪镇"),
            ("<b a='1' c=\"2\">甲&乙</b>", "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;甲&amp;乙&lt;/b&gt;"),
        ] {
            let mut out = Vec::new();
            escape(text, &mut out).expect("memory");
            assert_eq!(String::from_utf8(out).expect("UTF-8"), escaped);
        }
    }
}
