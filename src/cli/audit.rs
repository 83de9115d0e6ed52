//! `gongshi audit`: what to hang up, what to take down, what is late.

use super::arguments::{Audit, AuditFormat, Common};
use super::check::status;
use super::print::{Printer, Stream};
use super::{DONE, PROBLEMS, area, columns};
use crate::board::Board;
use crate::diagnostics::{Failure, Language, Severity, say, word};
use crate::site::to_csv;
use crate::views::{self, AuditKind, AuditLine, AuditView, Hangs};

/// Prints the lists of an area and of those that lie in it, problems on standard error. With `--strict` something late
/// leads to exit status 1, for whoever runs it every morning; warnings do not. The lists of a board with errors could be
/// wrong and are not printed.
pub(super) fn run(asked: &Audit, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let looked = crate::look(&asked.content, common.day())?;
    let found = looked.board.as_ref().map(|board| find(board, &asked.area)).transpose()?;
    let errors: Vec<_> =
        looked.problems.iter().filter(|one| one.code().severity() == Severity::Error).cloned().collect();
    printer.problems(&errors, &looked.content.files, Stream::Err);
    let (Some(board), Some(index), DONE) = (&looked.board, found, status(&errors, false)) else {
        printer.note("say-not-listed", &[]);
        return Ok(PROBLEMS);
    };
    let view = views::audit(board, index, asked.due.unwrap_or(0).into());
    match asked.format {
        AuditFormat::Table => print_table(board, index, &view, printer),
        AuditFormat::Json => {
            // A struct of strings and numbers always has a JSON form.
            printer.line(&serde_json::to_string(&view).unwrap_or_default());
        }
        AuditFormat::Csv => printer.text(&String::from_utf8_lossy(&csv(&view, printer.language()))),
    }
    Ok(if common.strict && !view.late.is_empty() { PROBLEMS } else { DONE })
}

/// The index of the area that was typed.
fn find(board: &Board, typed: &str) -> Result<usize, Failure> {
    let found = area::find(board, typed)?;
    Ok(board.areas.iter().position(|area| area.path == found.path).unwrap_or_default())
}

/// The lists with the names of their headings and of themselves in tables.
fn lists<'v, 'b>(view: &'v AuditView<'b>) -> [(&'static str, &'static str, &'v [AuditLine<'b>]); 4] {
    [
        ("say-audit-hang", "hang_up", &view.hang_up),
        ("say-audit-down", "take_down", &view.take_down),
        ("say-audit-late", "late", &view.late),
        ("say-audit-due", "due", &view.due),
    ]
}

fn print_table(board: &Board, index: usize, view: &AuditView<'_>, printer: &Printer) {
    let language = printer.language();
    let name = board.areas.get(index).map(|area| area.area.name.clone()).unwrap_or_default();
    for (heading, name, lines) in lists(view) {
        // What falls due is asked for with --due; the three others answer even where there is nothing.
        if lines.is_empty() && name == "due" {
            continue;
        }
        printer.line(&say(heading, language, &[("count", lines.len().to_string())]));
        let rows: Vec<Vec<String>> = lines.iter().map(|line| row(name, line, language)).collect();
        for line in columns::lines(&rows) {
            printer.line(&format!("  {line}"));
        }
    }
    let counts = view.coverage;
    if counts.obligations > 0 {
        printer.say(
            "say-audit-coverage",
            &[
                ("area", name),
                ("date", view.as_of.to_string()),
                ("done", counts.done().to_string()),
                ("count", counts.obligations.to_string()),
                ("overdue", counts.overdue.to_string()),
            ],
        );
    }
}

/// One line of a list: the day that matters, where, what, and whom to call.
fn row(list: &str, line: &AuditLine<'_>, language: Language) -> Vec<String> {
    let day = if matches!(list, "late" | "due") { line.until } else { line.since };
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    let title = in_a_line(line.title.unwrap_or_default());
    let what = match (line.detail, line.until) {
        (Some(detail), _) => format!("{title} · {}", in_a_line(detail)),
        (None, Some(until)) if list == "hang_up" => {
            format!("{title} {}", say("say-audit-until", language, &[("date", until.to_string())]))
        }
        _ => match line.hangs {
            Some(Hangs::Recorded) => format!("{title} {}", word("say-audit-hangs", language)),
            Some(Hangs::Withdrawn) => format!("{title} {}", word("say-audit-hangs-withdrawn", language)),
            None => title,
        },
    };
    let who = line.who.as_ref().map(|who| {
        let phone = who.phone.as_deref().unwrap_or_default();
        format!("{} {phone}", in_a_line(who.name.as_deref().unwrap_or_default())).trim().to_owned()
    });
    vec![day, in_a_line(line.area_name), kind_word(line.kind, language), what, who.unwrap_or_default()]
}

fn kind_word(kind: AuditKind, language: Language) -> String {
    let entry = match kind {
        AuditKind::Contacts => "say-audit-contacts",
        AuditKind::Card => "say-audit-card",
        AuditKind::Reception => "say-audit-reception",
        AuditKind::Subsidy => "say-audit-list",
        AuditKind::Result => "say-audit-result",
        AuditKind::Notice => "say-audit-notice",
        AuditKind::Item => "say-audit-item",
        AuditKind::Objection => "say-audit-objection",
        AuditKind::Step => "say-audit-step",
        AuditKind::Posting => "say-audit-posting",
    };
    word(entry, language)
}

/// All lists as one table, which say in their first column what they are.
fn csv(view: &AuditView<'_>, language: Language) -> Vec<u8> {
    let headings =
        ["list", "area", "area_name", "kind", "title", "detail", "since", "until", "who", "phone", "page"];
    let rows = lists(view).into_iter().flat_map(|(_, name, lines)| {
        lines.iter().map(move |line| {
            let who = line.who.as_ref();
            let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            [
                name.to_owned(),
                line.area.to_owned(),
                line.area_name.to_owned(),
                kind_word(line.kind, language),
                line.title.unwrap_or_default().to_owned(),
                line.detail.unwrap_or_default().to_owned(),
                day(line.since),
                day(line.until),
                who.and_then(|who| who.name.clone()).unwrap_or_default(),
                who.and_then(|who| who.phone.clone()).unwrap_or_default(),
                line.page.clone().unwrap_or_default(),
            ]
        })
    });
    to_csv(&headings, rows)
}

/// Text of the content as it may stand in a line of a terminal, which would obey control characters.
fn in_a_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
