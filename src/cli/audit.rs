//! `gongshi audit`: what to hang up, what to take down, what is late.

use std::collections::BTreeSet;

use super::arguments::{Audit, AuditFormat, Common};
use super::check::status;
use super::print::{Printer, Stream};
use super::{DONE, PROBLEMS, area, columns};
use crate::board::Board;
use crate::diagnostics::{Failure, Language, Severity, say, word};
use crate::site::to_csv;
use crate::views::{self, Again, AuditCounts, AuditKind, AuditLine, AuditView, Hangs};

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
        printer.note("say-audit-not-listed", &[]);
        return Ok(PROBLEMS);
    };
    let view = views::audit(board, index, asked.due.map(u64::from));
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
fn lists<'v, 'b>(view: &'v AuditView<'b>) -> [(&'static str, &'static str, &'v [AuditLine<'b>]); 6] {
    [
        ("say-audit-hang", "hang_up", &view.hang_up),
        ("say-audit-down", "take_down", &view.take_down),
        ("say-audit-late", "late", &view.late),
        ("say-audit-hang-later", "hang_up_later", &view.hang_up_later),
        ("say-audit-down-later", "take_down_later", &view.take_down_later),
        ("say-audit-due", "due", &view.due),
    ]
}

fn print_table(board: &Board, index: usize, view: &AuditView<'_>, printer: &Printer) {
    let language = printer.language();
    let names = Names::of(board, language);
    for (heading, name, lines) in lists(view) {
        // What lies ahead is asked for with --due; the three others answer even where there is nothing.
        if lines.is_empty() && matches!(name, "hang_up_later" | "take_down_later" | "due") {
            continue;
        }
        printer.line(&say(heading, language, &[("count", lines.len().to_string())]));
        let rows: Vec<Vec<String>> = lines.iter().map(|line| row(name, line, &names, language)).collect();
        print_rows(&rows, printer);
    }
    let rows: Vec<Vec<String>> =
        view.areas.iter().filter_map(|area| counts(area, &names, language)).collect();
    if !rows.is_empty() {
        printer.say("say-audit-areas", &[]);
        print_rows(&rows, printer);
    }
    let counts = view.coverage;
    if counts.obligations > 0 {
        let name = board.areas.get(index).map(|area| area.area.name.clone()).unwrap_or_default();
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

fn print_rows(rows: &[Vec<String>], printer: &Printer) {
    for line in columns::lines(rows) {
        printer.line(&format!("  {line}"));
    }
}

/// The names of areas as they stand in lines: with the path where two areas have the same one.
struct Names<'b> {
    twice: BTreeSet<&'b str>,
    language: Language,
}

impl<'b> Names<'b> {
    fn of(board: &'b Board, language: Language) -> Self {
        let mut once = BTreeSet::new();
        let names = board.areas.iter().map(|area| area.area.name.as_str());
        Self { twice: names.filter(|name| !once.insert(*name)).collect(), language }
    }

    fn name(&self, path: &str, name: &str) -> String {
        let shown = in_a_line(name);
        if self.twice.contains(name) {
            return say("say-audit-area", self.language, &[("name", shown), ("path", path.to_owned())]);
        }
        shown
    }
}

/// One line of an area that lies in the one asked about; `None` where nothing is to be done.
fn counts(area: &AuditCounts<'_>, names: &Names<'_>, language: Language) -> Option<Vec<String>> {
    let counted = [
        ("say-audit-counts-late", area.late),
        ("say-audit-counts-hang", area.hang_up),
        ("say-audit-counts-down", area.take_down),
    ];
    if counted.iter().all(|(_, count)| *count == 0) {
        return None;
    }
    let counted = counted.map(|(word, count)| say(word, language, &[("count", count.to_string())]));
    Some(std::iter::once(names.name(area.area, area.area_name)).chain(counted).collect())
}

/// One line of a list: the day that matters, where, what, and whom to call.
fn row(list: &str, line: &AuditLine<'_>, names: &Names<'_>, language: Language) -> Vec<String> {
    let day = match (list, line.until) {
        ("due", None) if line.unannounced => word("say-audit-unannounced", language),
        ("due", None) => word("say-audit-any-time", language),
        ("late" | "due", until) => until.map(|day| day.to_string()).unwrap_or_default(),
        _ => line.since.map(|day| day.to_string()).unwrap_or_default(),
    };
    let who = line.who.as_ref().map(|who| {
        let phone = who.phone.as_deref().unwrap_or_default();
        format!("{} {phone}", in_a_line(who.name.as_deref().unwrap_or_default())).trim().to_owned()
    });
    let area = names.name(line.area, line.area_name);
    vec![day, area, kind_word(line.kind, language), what(list, line, language), who.unwrap_or_default()]
}

/// What a line is about: its title, and what must be known to act.
fn what(list: &str, line: &AuditLine<'_>, language: Language) -> String {
    let mut parts = vec![in_a_line(line.title.unwrap_or_default())];
    if let Some(detail) = line.detail {
        parts.push(format!("· {}", in_a_line(detail)));
    }
    if let Some(until) = line.until.filter(|_| list.starts_with("hang_up")) {
        parts.push(say("say-audit-until", language, &[("date", until.to_string())]));
    }
    parts.extend(notes(line, language));
    parts.join(" ").trim().to_owned()
}

/// What else must be known of a line: that it hangs, why it is to be hung up again, how many periods are overdue.
fn notes(line: &AuditLine<'_>, language: Language) -> Vec<String> {
    let hangs = line.hangs.map(|hangs| match hangs {
        Hangs::Recorded => "say-audit-hangs",
        Hangs::Withdrawn => "say-audit-hangs-withdrawn",
    });
    let again = line.again.map(|again| match again {
        Again::Edition => "say-audit-edition",
        Again::Early => "say-audit-early",
    });
    let mut notes: Vec<String> = hangs.or(again).map(|name| word(name, language)).into_iter().collect();
    if let Some(periods) = line.periods.filter(|periods| *periods > 1) {
        notes.push(say("say-audit-periods", language, &[("count", periods.to_string())]));
    }
    notes
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
        AuditKind::Upheld => "say-audit-upheld",
        AuditKind::Short => "say-audit-short",
    };
    word(entry, language)
}

/// All lists as one table, which say in their first column what they are.
fn csv(view: &AuditView<'_>, language: Language) -> Vec<u8> {
    let headings = [
        "list",
        "area",
        "area_name",
        "kind",
        "title",
        "detail",
        "since",
        "until",
        "who",
        "phone",
        "page",
        "note",
    ];
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
                notes(line, language).join(" "),
            ]
        })
    });
    to_csv(&headings, rows)
}

/// Text of the content as it may stand in a line of a terminal, which would obey control characters.
fn in_a_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
