//! Reads `programs.toml`, and checks what programs and funds say of each other.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{Cap, Every, Floor, FloorBase, Fund, Inflow, MoneySource, Per, Program, Programs};
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::check_order;
use crate::source::parse::{date, decimal, located, one_of, text, truth, unpublished_text, whole, yuan};
use crate::source::{Content, Fields, Located, Reading, Table, Value, nearest, read_toml};
use crate::values::{Figure, Yuan};

const PROGRAMS_OVERLAP: Code = Code::error("programs-overlap");
const DUPLICATE_FUND: Code = Code::error("duplicate-fund");
const UNKNOWN_FUND: Code = Code::error("unknown-fund");
/// A program is none of the board's.
pub(crate) const UNKNOWN_PROGRAM: Code = Code::error("unknown-program");
const FUND_AND_PAYER: Code = Code::error("fund-and-payer");
const FLOOR_BASE: Code = Code::error("floor-without-base");
const BELOW_FLOOR: Code = Code::error("below-floor");
const BAD_YEAR_START: Code = Code::error("bad-year-start");
const INFLOW_OUTSIDE_YEAR: Code = Code::error("inflow-outside-year");

const PER: [(&str, Per); 2] = [("person", Per::Person), ("household", Per::Household)];
const EVERY: [(&str, Every); 3] = [("once", Every::Once), ("month", Every::Month), ("year", Every::Year)];

/// Reads the programs of all areas.
pub fn read(content: &Content, problems: &mut Problems) -> Programs {
    let mut programs = Programs { complete: true, ..Programs::default() };
    for folder in &content.areas {
        let Some(file) = folder.programs else { continue };
        programs.declared = true;
        let mut reading = Reading::new(content, folder);
        let source = reading.text(file);
        let table = source.as_deref().and_then(|source| read_toml(source, 0, file, &mut reading.problems));
        match table {
            Some(table) => read_file(&table, &folder.path, &mut programs, &mut reading.problems),
            None => programs.complete = false,
        }
        programs.complete &= !reading.problems.has_errors();
        problems.append(reading.problems);
    }
    check_blocks(&programs.programs, problems);
    check_funds(&programs, problems);
    check_floors(&programs, problems);
    programs
}

fn read_file(table: &Table<'_>, area: &str, programs: &mut Programs, problems: &mut Problems) {
    let mut fields = Fields::new(table, problems);
    programs.programs.extend(fields.tables("program", |table, problems| program(table, area, problems)));
    programs.funds.extend(fields.tables("fund", |table, problems| fund(table, area, problems)));
    fields.finish();
}

fn program(table: &Table<'_>, area: &str, problems: &mut Problems) -> Option<Program> {
    let mut fields = Fields::new(table, problems);
    let id = fields.required("id", located(text));
    let title = fields.required("title", text);
    let basis = fields.optional("basis", text);
    let from = fields.required("from", located(date));
    let to = fields.optional("to", located(date));
    let amount = fields.optional("amount", located(yuan));
    let unit = fields.optional("unit", text);
    let conditions = fields.optional("conditions", text);
    let fund = fields.optional("fund", located(unpublished_text));
    let payer = fields.optional("payer", located(text));
    let cap = fields.tables("cap", cap).pop();
    let exclusive = fields.optional("exclusive", unpublished_text);
    let below_own_expense = fields.optional("below_own_expense", truth).unwrap_or(false);
    let floors = fields.tables("floors", floor);
    let year_starts = fields.optional("year_starts", year_start).unwrap_or((1, 1));
    if let (Some(_), Some(payer)) = (&fund, &payer) {
        fields.problems().add(Diagnostic::new(FUND_AND_PAYER, payer.place));
    }
    fields.finish();
    if let Some((from, to)) = from.zip(to) {
        check_order(from.value, to, problems);
    }
    let source = fund.map(MoneySource::Fund).or(payer.map(|payer| MoneySource::Payer(payer.value)));
    Some(Program {
        id: id?,
        area: area.to_owned(),
        title: title?,
        basis,
        from: from?,
        to: to.map(|to| to.value),
        amount,
        unit,
        conditions,
        source,
        cap,
        exclusive,
        below_own_expense,
        floors,
        year_starts,
    })
}

fn cap(table: &Table<'_>, problems: &mut Problems) -> Option<Cap> {
    let mut fields = Fields::new(table, problems);
    let per = fields.required("per", one_of(&PER));
    let every = fields.required("every", one_of(&EVERY));
    let amount = fields.required("amount", yuan);
    fields.finish();
    Some(Cap { per: per?, every: every?, amount: amount? })
}

fn floor(table: &Table<'_>, problems: &mut Problems) -> Option<Floor> {
    let mut fields = Fields::new(table, problems);
    let title = fields.optional("title", text);
    let base = fields.optional("base", yuan);
    let program = fields.optional("program", located(unpublished_text));
    let times = fields.optional("times", decimal).unwrap_or(Decimal::ONE);
    fields.finish();
    let base = match (base, program) {
        (Some(base), None) => FloorBase::Amount(base),
        (None, Some(program)) => FloorBase::Program(program),
        _ => {
            problems.add(Diagnostic::new(FLOOR_BASE, table.place));
            return None;
        }
    };
    Some(Floor { title, base, times, place: table.place })
}

/// A day of the year such as `09-01`.
fn year_start(value: &Value<'_>, problems: &mut Problems) -> Option<(u32, u32)> {
    let written = unpublished_text(value, problems)?;
    let parts = written.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    // A year that starts on a leap day would not start in every year.
    let sound = parts.filter(|(month, day)| NaiveDate::from_ymd_opt(2025, *month, *day).is_some());
    if sound.is_none() {
        problems.add(Diagnostic::new(BAD_YEAR_START, value.place).with("text", written));
    }
    sound
}

fn fund(table: &Table<'_>, area: &str, problems: &mut Problems) -> Option<Fund> {
    let mut fields = Fields::new(table, problems);
    let id = fields.required("id", located(text));
    let title = fields.required("title", text);
    let year = fields.required("year", whole(1949, 2200)).and_then(|year| i32::try_from(year).ok());
    let opening = fields.optional("opening", located(yuan));
    let inflows = fields.tables("inflow", |table, problems| inflow(table, year, problems));
    fields.finish();
    Some(Fund { id: id?, area: area.to_owned(), title: title?, year: year?, opening, inflows })
}

fn inflow(table: &Table<'_>, year: Option<i32>, problems: &mut Problems) -> Option<Inflow> {
    let mut fields = Fields::new(table, problems);
    let on = fields.required("on", located(date));
    let from = fields.required("from", text);
    let amount = fields.required("amount", yuan);
    let purpose = fields.optional("purpose", text);
    fields.finish();
    let on = on?;
    if let Some(year) = year.filter(|year| *year != on.value.year()) {
        problems.add(Diagnostic::new(INFLOW_OUTSIDE_YEAR, on.place).with("day", on.value).with("year", year));
    }
    Some(Inflow { on: on.value, from: from?, amount: amount?, purpose })
}

/// Blocks of one program come one after the other: they start on different days, and one that has a last day ends
/// before the next begins.
fn check_blocks(programs: &[Program], problems: &mut Problems) {
    for (index, one) in programs.iter().enumerate() {
        let earlier =
            programs.iter().take(index).find(|other| other.id.value == one.id.value && meet(other, one));
        if let Some(earlier) = earlier {
            let problem = Diagnostic::new(PROGRAMS_OVERLAP, one.from.place).and(earlier.from.place);
            problems.add(problem.with("id", &one.id.value));
        }
    }
}

fn meet(one: &Program, other: &Program) -> bool {
    let (first, second) = if one.from.value <= other.from.value { (one, other) } else { (other, one) };
    first.from.value == second.from.value || first.to.is_some_and(|to| second.from.value <= to)
}

fn check_funds(programs: &Programs, problems: &mut Problems) {
    for (index, fund) in programs.funds.iter().enumerate() {
        let same = |other: &&Fund| other.id.value == fund.id.value && other.year == fund.year;
        if let Some(first) = programs.funds.iter().take(index).find(same) {
            let problem = Diagnostic::new(DUPLICATE_FUND, fund.id.place).and(first.id.place);
            problems.add(problem.with("id", &fund.id.value).with("year", fund.year));
        }
    }
    let named = programs.programs.iter().filter_map(|program| match &program.source {
        Some(MoneySource::Fund(fund)) => Some(fund),
        _ => None,
    });
    for named in named.filter(|_| programs.complete) {
        let ids = || programs.funds.iter().map(|fund| fund.id.value.as_str());
        if !ids().any(|id| id == named.value) {
            problems.add(unknown(UNKNOWN_FUND, named, ids()));
        }
    }
}

/// A reference to nothing, with what may have been meant.
pub(crate) fn unknown<'k>(
    code: Code,
    written: &Located<String>,
    known: impl Iterator<Item = &'k str>,
) -> Diagnostic {
    let problem = Diagnostic::new(code, written.place).with("id", &written.value);
    match nearest(&written.value, known) {
        Some(near) => problem.with("near", near),
        None => problem,
    }
}

/// An amount reaches each of its floors, that of another program as it stands on the first day.
fn check_floors(programs: &Programs, problems: &mut Problems) {
    for program in &programs.programs {
        for floor in &program.floors {
            let base = match &floor.base {
                FloorBase::Amount(base) => Some(*base),
                FloorBase::Program(id) => {
                    let known = programs.programs.iter().any(|one| one.id.value == id.value);
                    if !known && programs.complete {
                        problems.add(unknown(UNKNOWN_PROGRAM, id, programs.names()));
                    }
                    let block = programs.in_force(&id.value, program.from.value);
                    block.and_then(|block| Some(block.amount?.value))
                }
            };
            let (Some(base), Some(amount)) = (base, program.amount) else { continue };
            let Some(least) = base.to_decimal().checked_mul(floor.times) else { continue };
            if amount.value.to_decimal() < least {
                let problem = Diagnostic::new(BELOW_FLOOR, amount.place).and(floor.place);
                let least = Figure(least.normalize()).to_string();
                let least = Yuan::parse(&least).map_or(least, Yuan::grouped);
                let times = Figure(floor.times);
                problems.add(
                    problem
                        .with("amount", amount.value.grouped())
                        .with("base", base.grouped())
                        .with("times", times)
                        .with("least", least),
                );
            }
        }
    }
}
