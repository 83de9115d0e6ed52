//! `holidays.toml`: yearly notices that the program does not know yet, and corrections to those it does.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::DATES_REVERSED;
use super::reception::EMPTY_LIST;
use crate::calendar::{NoticeFault, StatutoryCalendar, YearNotice};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::parse::{date, located, text, unpublished_text, whole};
use crate::source::{Fields, Located, Reading, Table, Value, ValueKind, date_from_text, items, read_toml};

const BAD_DAYS_OFF: Code = Code::error("bad-days-off");
const TOO_LONG: Code = Code::error("days-off-too-long");
const OUTSIDE_YEAR: Code = Code::error("day-outside-year");
const WORKED_ANYWAY: Code = Code::error("worked-anyway");
const OFF_AND_WORKED: Code = Code::error("day-off-and-worked");
const DUPLICATE_YEAR: Code = Code::error("duplicate-year");

/// Reads the file, and adds its years to `calendar`, in place of those known before. A year that is wrong
/// is left out, which is reported.
pub fn read(file: FileId, calendar: StatutoryCalendar, reading: &mut Reading<'_>) -> StatutoryCalendar {
    let Some(source) = reading.text(file) else { return calendar };
    let problems = &mut reading.problems;
    let Some(table) = read_toml(&source, 0, file, problems) else { return calendar };
    let mut fields = Fields::new(&table, problems);
    let mut years: Vec<Located<i32>> = Vec::new();
    let notices = fields.tables("year", |table, problems| year(table, &mut years, problems));
    fields.finish_knowing(|key| matches!(key, "notice" | "rest" | "workdays").then_some("[[year]]"));
    notices.into_iter().fold(calendar, StatutoryCalendar::with_year)
}

fn year(table: &Table<'_>, years: &mut Vec<Located<i32>>, problems: &mut Problems) -> Option<YearNotice> {
    let mut fields = Fields::new(table, problems);
    let year = fields.required("year", located(whole(1949, 2200)));
    let notice = fields.optional("notice", text);
    let before = fields.problems().len();
    // A notice always names days off; one without would make the whole year plain weeks.
    let rest = fields.required("rest", |value, problems| {
        if matches!(&value.kind, ValueKind::List(list) if list.is_empty()) {
            problems.add(Diagnostic::new(EMPTY_LIST, value.place).with("key", "rest"));
        }
        Some(items(value, problems, days_off))
    });
    let workdays = fields.list("workdays", located(date));
    let sound = fields.problems().len() == before;
    fields.finish();
    let (year, rest) = (year?, rest?);
    let number = i32::try_from(year.value).ok()?;
    if let Some(first) = years.iter().find(|first| first.value == number) {
        let problem = Diagnostic::new(DUPLICATE_YEAR, year.place).and(first.place);
        problems.add(problem.with("year", number));
        return None;
    }
    years.push(Located { value: number, place: year.place });
    let ranges: Vec<_> = rest.iter().map(|range| range.value.clone()).collect();
    let worked: Vec<_> = workdays.iter().map(|day| day.value).collect();
    match YearNotice::new(number, notice, &ranges, &worked) {
        Ok(notice) => sound.then_some(notice),
        Err(faults) => {
            for fault in faults {
                problems.add(explain(fault, number, &rest, &workdays, table.place));
            }
            None
        }
    }
}

/// A range of days off such as `2027-01-01..2027-01-03`, or a single day.
fn days_off(value: &Value<'_>, problems: &mut Problems) -> Option<Located<DaysOff>> {
    if let ValueKind::Date(day) = value.kind {
        return Some(Located { value: day..=day, place: value.place });
    }
    let written = unpublished_text(value, problems)?;
    let (first, last) = written.split_once("..").unwrap_or((&written, &written));
    let range = date_from_text(first).zip(date_from_text(last.trim_start_matches('=')));
    let Some((first, last)) = range else {
        problems.add(Diagnostic::new(BAD_DAYS_OFF, value.place).with("text", &written));
        return None;
    };
    Some(Located { value: first..=last, place: value.place })
}

/// Days off, first to last.
type DaysOff = RangeInclusive<NaiveDate>;

/// A fault of a notice, at the value that it is about.
fn explain(
    fault: NoticeFault,
    year: i32,
    rest: &[Located<DaysOff>],
    workdays: &[Located<NaiveDate>],
    table: Place,
) -> Diagnostic {
    let range = |wanted: &dyn Fn(&DaysOff) -> bool| rest.iter().find(|r| wanted(&r.value)).map(|r| r.place);
    let worked = |day: NaiveDate| workdays.iter().find(|one| one.value == day).map(|one| one.place);
    match fault {
        NoticeFault::Reversed { from, to } => {
            let place = range(&|range| (*range.start(), *range.end()) == (from, to));
            let problem = Diagnostic::new(DATES_REVERSED, place.unwrap_or(table));
            problem.with("from", from).with("to", to)
        }
        NoticeFault::TooLong { from, to } => {
            let place = range(&|range| (*range.start(), *range.end()) == (from, to));
            let problem = Diagnostic::new(TOO_LONG, place.unwrap_or(table));
            problem.with("from", from).with("to", to)
        }
        NoticeFault::OutsideYear(day) => {
            let ends = range(&|range| *range.start() == day || *range.end() == day);
            let problem = Diagnostic::new(OUTSIDE_YEAR, ends.or(worked(day)).unwrap_or(table));
            problem.with("date", day).with("year", year)
        }
        NoticeFault::WorkedAnyway(day) => {
            Diagnostic::new(WORKED_ANYWAY, worked(day).unwrap_or(table)).with("date", day)
        }
        NoticeFault::RestAndWork(day) => {
            let problem = Diagnostic::new(OFF_AND_WORKED, worked(day).unwrap_or(table)).with("date", day);
            match range(&|range| range.contains(&day)) {
                Some(off) => problem.and(off),
                None => problem,
            }
        }
    }
}

#[cfg(test)]
mod tests;
