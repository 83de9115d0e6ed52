//! Numbers and times of workbooks, which store both as floating point.

use calamine::ExcelDateTime;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::page::Content;

/// Digits that a spreadsheet keeps and shows; what a sum leaves behind them is noise.
const DIGITS: usize = 15;

/// A number in plain decimal digits, rounded to the 15 that a spreadsheet shows.
pub(super) fn number(value: f64) -> Content {
    if !value.is_finite() {
        return Content::Error;
    }
    let scientific = format!("{:.*e}", DIGITS - 1, value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if exponent >= DIGITS as i32 {
        return Content::LostDigits;
    }
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Content::Number("0".to_owned());
    }
    let mut plain = String::with_capacity(DIGITS + 3);
    if value.is_sign_negative() {
        plain.push('-');
    }
    match usize::try_from(exponent + 1) {
        Ok(whole) if whole > 0 => {
            let (before, after) = digits.split_at(whole.min(digits.len()));
            plain.push_str(before);
            plain.extend(std::iter::repeat_n('0', whole - before.len()));
            if !after.is_empty() {
                plain.push('.');
                plain.push_str(after);
            }
        }
        _ => {
            plain.push_str("0.");
            plain.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
            plain.push_str(digits);
        }
    }
    Content::Number(plain)
}

/// A date of Excel, where it has no time of day.
pub(super) fn excel_time(time: ExcelDateTime) -> Content {
    let serial = time.as_f64();
    if time.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return Content::OtherTime(serial.to_string());
    }
    match time.as_datetime() {
        Some(moment) => date_or_time(moment),
        None => Content::OtherTime(serial.to_string()),
    }
}

/// A date of OpenDocument, such as `2026-11-01` or `2026-11-01T00:00:00`.
pub(super) fn iso_time(written: &str) -> Content {
    if let Ok(date) = written.parse::<NaiveDate>() {
        return Content::Date(date);
    }
    match written.parse::<NaiveDateTime>() {
        Ok(moment) => date_or_time(moment),
        Err(_) => Content::OtherTime(written.to_owned()),
    }
}

fn date_or_time(moment: NaiveDateTime) -> Content {
    if moment.time() == NaiveTime::MIN {
        Content::Date(moment.date())
    } else {
        Content::OtherTime(moment.format("%Y-%m-%d %H:%M:%S").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_rounded_as_shown() {
        let plain = |value| match number(value) {
            Content::Number(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(plain(1025.0), "1025");
        assert_eq!(plain(1_025.000_000_000_000_2), "1025");
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(-95.5), "-95.5");
        assert_eq!(plain(0.05), "0.05");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(plain(1e-7), "0.0000001");
        assert_eq!(plain(100_000.0), "100000");
        assert_eq!(plain(123_456_789_012_345.0), "123456789012345");
        assert_eq!(plain(1e15), "LostDigits");
        assert_eq!(plain(-3.206_211_960_031_544e17), "LostDigits");
        assert_eq!(plain(f64::NAN), "Error");
    }

    #[test]
    fn times_of_day_are_no_dates() {
        assert!(matches!(iso_time("2026-11-01T00:00:00"), Content::Date(_)));
        assert!(matches!(iso_time("2026-11-01T08:30:00"), Content::OtherTime(_)));
        assert!(matches!(iso_time("PT08H"), Content::OtherTime(_)));
    }
}
