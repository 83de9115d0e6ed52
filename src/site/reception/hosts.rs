//! The table of those who receive: how often, when, and whether that is as often as it should be.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::calendar::Interval;
use crate::kinds::reception::quotas::Unmet;
use crate::site::table::{Column, Role, Rows};
use crate::theme::Words;
use crate::views::{self, DutyView, HostDays};

/// The table as the template shows it.
#[derive(Serialize)]
pub(super) struct HostTable {
    columns: Vec<Column>,
    rows: Rows,
}

impl HostTable {
    /// The table of a page in this folder. The column of duties is left out where there are none.
    pub(super) fn of(hosts: &[HostDays<'_>], folder: &str, words: &Words) -> Self {
        let root = views::root_from(folder);
        let column = |word: &str, role| Column::new(words.get(word), role);
        let mut columns = vec![
            column("session_host", Role::Head),
            column("host_count", Role::Figure),
            column("host_days", Role::Labelled),
        ];
        if hosts.iter().any(|host| !host.duties.is_empty()) {
            columns.push(column("host_duty", Role::Labelled));
        }
        let mut rows = Rows::default();
        for host in hosts {
            rows.row("", |row| {
                for (index, column) in columns.iter().enumerate() {
                    row.cell(column, |cell| match index {
                        0 => name(cell, host),
                        1 => cell.plain(host.days.len()),
                        2 => days(cell, host, &root, words),
                        _ => duties(cell, &host.duties, words),
                    });
                }
            });
        }
        Self { columns, rows }
    }
}

fn name(cell: &mut Rows, host: &HostDays<'_>) {
    cell.text(host.name);
    if let Some(position) = host.position {
        cell.element(" <span class=\"side\">", position, "</span>");
    }
}

/// The days, month by month, the year named where it begins; then the link to the calendar file.
fn days(cell: &mut Rows, host: &HostDays<'_>, root: &str, words: &Words) {
    let mut days = host.days.clone();
    days.dedup();
    let mut year = None;
    cell.tag("<div>");
    let mut months = days.chunk_by(|a, b| (a.year(), a.month0()) == (b.year(), b.month0())).peekable();
    while let Some(month) = months.next() {
        let Some(first) = month.first() else { continue };
        let begins = year.replace(first.year()) != Some(first.year());
        let numbers: Vec<u32> = month.iter().map(NaiveDate::day).collect();
        cell.element("<span>", &words.days_of_month(*first, &numbers, begins), "");
        if months.peek().is_some() {
            cell.text(words.get("semicolon"));
        }
        cell.tag("</span>");
    }
    cell.tag(" <a href=\"");
    cell.text(root);
    cell.text(&host.calendar);
    let label = [words.get("host_calendar"), words.get("colon"), host.name].concat();
    cell.element("\" aria-label=\"", &label, "\">");
    cell.text(words.get("host_calendar"));
    cell.tag("</a></div>");
}

fn duties(cell: &mut Rows, duties: &[DutyView], words: &Words) {
    cell.tag("<div>");
    for duty in duties {
        let open = if duty.unmet.is_empty() { "<p>" } else { "<p class=\"late\">" };
        cell.element(open, &self::duty(duty, words), "</p>");
    }
    cell.tag("</div>");
}

/// A duty in words, and how it is met: 每2个月至少1次，5个时段都达到.
pub(super) fn duty(duty: &DutyView, words: &Words) -> String {
    let least = ("count", duty.at_least.to_string());
    let rule = match duty.every {
        Interval::Week => words.fill("duty_every_week", &[least]),
        Interval::Months(1) => words.fill("duty_every_month", &[least]),
        Interval::Months(3) => words.fill("duty_every_quarter", &[least]),
        Interval::Months(12) => words.fill("duty_every_year", &[least]),
        Interval::Months(months) => words.fill("duty_every_months", &[least, ("months", months.to_string())]),
    };
    let met = if duty.unmet.is_empty() {
        words.get("duty_met").to_owned()
    } else {
        let windows: Vec<String> = duty.unmet.iter().map(|window| unmet(window, words)).collect();
        words.fill("duty_unmet", &[("windows", windows.join(words.get("semicolon")))])
    };
    [rule.as_str(), words.get("and"), &met].concat()
}

fn unmet(window: &Unmet, words: &Words) -> String {
    let day = |day: NaiveDate| words.short_date(day);
    words.fill(
        "duty_window",
        &[("first", day(window.first)), ("last", day(window.last)), ("count", window.held.to_string())],
    )
}
