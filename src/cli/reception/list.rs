//! The sessions of an area, a line each, in columns.

use std::collections::BTreeMap;

use chrono::Datelike;
use unicode_width::UnicodeWidthStr;

use super::super::print::Printer;
use super::Span;
use super::marks::{marks, moved};
use super::words::{in_a_line, weekday};
use crate::board::{AreaOnBoard, Board};
use crate::diagnostics::{Language, say};
use crate::views::{SessionView, reception_sessions};

/// Prints the sessions between two days, then the place where those of the area are mostly held, and their number.
pub(super) fn print(board: &Board, area: &AreaOnBoard, span: Span, printer: &Printer) {
    let language = printer.language();
    let all = reception_sessions(board, area);
    let place = usual_place(&all);
    let sessions = || all.iter().filter(|session| span.covers(session.date));
    let rows: Vec<Row> = sessions().map(|session| row(session, place, language)).collect();
    let count = sessions().filter(|session| session.cancelled.is_none()).count();
    for row in aligned(rows) {
        printer.line(&folded(&row, printer.width()));
    }
    if let Some(place) = place.filter(|_| count > 0) {
        let is_the_only_one = sessions().all(|session| session.place == place);
        let entry = if is_the_only_one { "say-place" } else { "say-usual-place" };
        printer.line(&say(entry, language, &[("place", in_a_line(place))]));
    }
    let entry = if count == 0 { "say-no-sessions" } else { "say-sessions" };
    printer.say(
        entry,
        &[
            ("area", area.area.name.clone()),
            ("from", span.from.to_string()),
            ("to", span.to.to_string()),
            ("count", count.to_string()),
        ],
    );
}

/// The place where most sessions are held; of several the one that comes first.
fn usual_place<'b>(sessions: &[SessionView<'b>]) -> Option<&'b str> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for session in sessions {
        *places.entry(session.place).or_default() += 1;
    }
    let most = places.values().max()?;
    sessions.iter().map(|session| session.place).find(|place| places.get(place) == Some(most))
}

/// One line: the cells that stand in columns, and what comes behind them.
struct Row {
    cells: Vec<String>,
    rest: Vec<String>,
}

/// How many cells say when a session is held: what is folded stands beneath those behind them.
const WHEN: usize = 3;

fn row(session: &SessionView<'_>, usual_place: Option<&str>, language: Language) -> Row {
    let cells = vec![
        session.date.to_string(),
        weekday(session.date.weekday(), language),
        session.lunar.clone().unwrap_or_default(),
        session.hours.join(" "),
        in_a_line(session.title),
        in_a_line(session.host_name),
    ];
    let place = (Some(session.place) != usual_place).then(|| format!("@{}", in_a_line(session.place)));
    let position = session.position.map(in_a_line);
    let rest = [position, place].into_iter().flatten();
    Row { cells, rest: rest.chain(moved(session, language)).chain(marks(session, language)).collect() }
}

/// The rows with their cells padded to columns, by the width that a terminal gives them.
fn aligned(mut rows: Vec<Row>) -> Vec<Row> {
    let mut widths: Vec<usize> = Vec::new();
    for row in &rows {
        widths.resize(row.cells.len().max(widths.len()), 0);
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.width().max(*width);
        }
    }
    for row in &mut rows {
        for (cell, width) in row.cells.iter_mut().zip(&widths) {
            cell.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        }
    }
    rows
}

/// A row as one line; in a terminal of `width` columns as several where it is longer, the later ones set in.
fn folded(row: &Row, width: Option<usize>) -> String {
    let indent = row.cells.iter().take(WHEN).map(|cell| cell.width() + 1).sum::<usize>();
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in row.cells.iter().chain(&row.rest) {
        if width.is_some_and(|width| line.width() + 1 + piece.trim_end().width() > width) {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece);
    }
    lines.push(line);
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |cells: [&str; 5], rest: &[&str]| Row {
            cells: cells.map(str::to_owned).to_vec(),
            rest: rest.iter().map(|&piece| piece.to_owned()).collect(),
        };
        aligned(vec![
            row(["2026-12-04", "周五", "十月廿六", "08:30-11:30", "林𬍤"], &["镇长", "@村委会"]),
            row(["2026-12-09", "周三", "十一月初一", "09:00-11:30", "欧阳明珠"], &["干事"]),
        ])
    }

    #[test]
    fn columns_go_by_the_width_of_a_terminal() {
        let lines: Vec<String> = rows().iter().map(|row| folded(row, None)).collect();
        assert_eq!(
            lines,
            [
                "2026-12-04 周五 十月廿六   08:30-11:30 林𬍤     镇长 @村委会",
                "2026-12-09 周三 十一月初一 09:00-11:30 欧阳明珠 干事",
            ]
        );
    }

    #[test]
    fn a_line_longer_than_the_terminal_is_folded_beneath_the_day() {
        let first = &rows()[0];
        let whole = folded(first, None);
        assert_eq!(folded(first, Some(whole.width())), whole);
        assert_eq!(
            folded(first, Some(whole.width() - 1)),
            "2026-12-04 周五 十月廿六   08:30-11:30 林𬍤     镇长\n                           @村委会"
        );
        // However narrow it is, nothing is lost.
        let narrow: String = folded(first, Some(1)).split_whitespace().collect();
        assert_eq!(narrow, whole.split_whitespace().collect::<String>());
    }
}
