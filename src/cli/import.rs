//! `gongshi import`: a clean table out of a clerk's workbook, so that the workbook itself need never enter the content folder.

mod cells;
mod columns;
mod target;

use super::arguments::{Common, Import};
use super::check::status;
use super::print::{Printer, Stream};
use super::{DONE, PROBLEMS};
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};
use crate::privacy;
use crate::source::tables::{self, ReadOptions, TableFormat};
use crate::source::{Files, Sheet};
use cells::{Changes, Clean};
use columns::Columns;
use target::Target;

const LEFT_OUT: Code = Code::warning("import-column-left-out");
const NOTHING_KEPT: Code = Code::error("import-nothing-kept");

/// A table as it is written.
struct Table {
    columns: Columns,
    rows: Vec<Vec<String>>,
    changes: Changes,
}

/// Reads the workbook, says what was done to it, and writes the clean table; with an error nothing is written.
pub(super) fn run(import: &Import, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let target = Target::find(import)?;
    let (files, file) = open(import)?;
    let mut problems = Problems::new();
    let table = read(&files, file, import, &target, &mut problems);
    files.all_read()?;
    let problems = problems.into_sorted();
    printer.problems(&problems, &files, Stream::Err);
    let (Some(table), DONE) = (table, status(&problems, common.strict)) else {
        printer.note("say-not-imported", &[]);
        return Ok(PROBLEMS);
    };
    let written = target.write(&table)?;
    say(&table, &written, &target, printer);
    Ok(DONE)
}

/// The one file, apart from whatever lies beside it.
fn open(import: &Import) -> Result<(Files, FileId), Failure> {
    let shown = import.file.display();
    if format_of(import).is_none() {
        return Err(Failure::usage("import-no-table").with("path", &shown));
    }
    Files::single(&import.file).ok_or_else(|| Failure::usage("import-no-file").with("path", &shown))
}

fn format_of(import: &Import) -> Option<TableFormat> {
    TableFormat::from_extension(import.file.extension()?.to_str()?)
}

fn read(
    files: &Files,
    file: FileId,
    import: &Import,
    target: &Target,
    problems: &mut Problems,
) -> Option<Table> {
    let known = |heading: &str| columns::is_known(import.kind, heading, &import.keep);
    let expected = columns::usual(import.kind);
    let sheet = import.sheet.as_deref();
    let options = ReadOptions { sheet, known: &known, likely: &|_| false, expected: &expected };
    let sheet = tables::read(files.read(file)?, format_of(import)?, &options, file, problems)?;
    let columns = Columns::choose(import.kind, &sheet, &import.keep);
    report(&columns, &sheet, file, problems);
    let clean = Clean { area: target.area.as_ref() };
    let mut changes = Changes::default();
    let mut cells = |row: tables::Row<'_>| -> Vec<String> {
        let cell = |column: &columns::Kept| {
            clean.cell(&row.cell(column.column), column.role, &mut changes, problems)
        };
        columns.kept.iter().map(cell).collect()
    };
    let rows: Vec<Vec<String>> = sheet.rows().map(&mut cells).collect();
    let rows = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    Some(Table { columns, rows, changes })
}

/// Says which columns are not taken over.
fn report(columns: &Columns, sheet: &Sheet, file: FileId, problems: &mut Problems) {
    let heading_at = |column: usize| sheet.headings().iter().find(|heading| heading.column == column);
    for heading in columns.private.iter().filter_map(|column| heading_at(*column)) {
        problems.add(privacy::column_dropped(&heading.written, heading.place));
    }
    for heading in columns.left_out.iter().filter_map(|column| heading_at(*column)) {
        problems.add(Diagnostic::new(LEFT_OUT, heading.place).with("heading", &heading.written));
    }
    if columns.kept.is_empty() {
        problems.add(Diagnostic::new(NOTHING_KEPT, Place::file(file)));
    }
}

/// Says what was written and what was changed on the way.
fn say(table: &Table, written: &[String], target: &Target, printer: &Printer) {
    for path in written {
        printer.say("say-imported", &[("path", path.clone())]);
    }
    let headings: Vec<&str> = table.columns.kept.iter().map(|kept| kept.heading.as_str()).collect();
    let (rows, columns) = (table.rows.len().to_string(), headings.join("、"));
    printer.say("say-imported-rows", &[("rows", rows), ("columns", columns)]);
    let Changes { names, dates, amounts, groups } = table.changes;
    let changes = [
        ("say-imported-names", names),
        ("say-imported-dates", dates),
        ("say-imported-amounts", amounts),
        ("say-imported-groups", groups),
    ];
    for (entry, count) in changes.into_iter().filter(|(_, count)| *count > 0) {
        printer.say(entry, &[("count", count.to_string())]);
    }
    if target.is_from_content {
        printer.say("say-import-move-out", &[]);
    }
    printer.say(if written.len() > 1 { "say-import-fill-in" } else { "say-import-check" }, &[]);
}
