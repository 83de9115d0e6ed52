//! Reads one disclosure: what its TOML says, and the table beside it.

use super::claims::Common;
use super::history;
use super::layout::Layout;
use super::links;
use super::rows::{self, RowsRead, Wanted};
use super::steps;
use super::{Disclosure, Figures, Named, Stage};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::kinds::area::Area;
use crate::kinds::columns::{RECIPIENTS, declared_extra};
use crate::kinds::notices::stem;
use crate::kinds::programs::{Found, Programs, UNKNOWN_PROGRAM, unknown};
use crate::kinds::settings::{DEFAULT_TERMS, PrivacySettings, Settings};
use crate::source::parse::{address_text, located, one_of, text, truth, unpublished_text, whole, yuan};
use crate::source::{Entry, Fields, Located, NO_ROWS, Reading, Table, Value, ValueKind, read_toml};
use crate::values::Yuan;

const PERIOD_OR_DECISION_MISSING: Code = Code::error("period-or-decision-missing");
const TOTAL_DIFFERS: Code = Code::error("total-differs");
const RECIPIENT_COUNT_DIFFERS: Code = Code::error("recipient-count-differs");
const HOUSEHOLD_COUNT_DIFFERS: Code = Code::error("household-count-differs");
const HOUSEHOLDS_UNCHECKED: Code = Code::warning("households-unchecked");

const STAGES: [(&str, Stage); 4] = [
    ("proposed", Stage::Proposed),
    ("terminating", Stage::Terminating),
    ("confirmed", Stage::Confirmed),
    ("paid", Stage::Paid),
];

/// Whether the rows are shown (`rows`).
const ROWS: [(&str, bool); 2] = [("shown", true), ("none", false)];

/// What the TOML says of the table and of what its rows come to.
struct Stated {
    table: Option<Located<String>>,
    sheet: Option<String>,
    extra: Vec<Located<String>>,
    total: Option<Located<Yuan>>,
    count: Option<Located<u32>>,
    households: Option<Located<u32>>,
    program: Option<Located<String>>,
    named: Named,
    kept: bool,
}

/// What disclosures of an area stand on.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The area, where it could be read.
    pub area: Option<&'g Area>,
    /// The settings of the board, where they could be read.
    pub settings: Option<&'g Settings>,
    /// The programs of the board.
    pub programs: &'g Programs,
}

/// Reads the disclosures of an area, and finds what they refer to of each other.
pub fn read_all(files: &[FileId], ground: Ground<'_>, reading: &mut Reading<'_>) -> Vec<Disclosure> {
    let mut disclosures: Vec<_> = files.iter().filter_map(|file| read(*file, ground, reading)).collect();
    let names: Vec<String> = files.iter().map(|file| stem(reading.content.files.path(*file))).collect();
    links::resolve(&mut disclosures, &names, &mut reading.problems);
    disclosures
}

/// Reads a disclosure of an area. Names are masked by the board's settings; without any (`board.toml` could
/// not be read) by the strictest of the usual ones.
fn read(file: FileId, ground: Ground<'_>, reading: &mut Reading<'_>) -> Option<Disclosure> {
    let Ground { area, settings, programs } = ground;
    let source = reading.text(file)?;
    let table = read_toml(&source, 0, file, &mut reading.problems)?;
    let (disclosure, stated, stage, photo) = read_fields(&table, file, settings, reading);
    let policy = settings.map_or_else(|| PrivacySettings::default().names, |settings| settings.privacy.names);
    let day = disclosure
        .as_ref()
        .and_then(|one| one.decision.as_ref().map(|decision| decision.date.value).or(one.begins()));
    let common = Common { programs, program: stated.program.as_ref(), day };
    let wanted = Wanted { named: stated.named, policy, stage, kept: stated.kept, common, area };
    if let Some(written) = stated.program.as_ref().filter(|one| programs.find(&one.value) == Found::Unknown) {
        reading.problems.add(unknown(UNKNOWN_PROGRAM, written, programs.names()));
    }
    let table = stated.table.as_ref().and_then(|written| reading.beside(written));
    let rows = table.and_then(|table| read_table(table, &stated, &wanted, reading));
    let photo = photo.and_then(|photo| reading.picture(&photo));
    let mut disclosure = disclosure?;
    disclosure.table = table;
    disclosure.program = stated.program;
    disclosure.name = stem(reading.content.files.path(file));
    if let Some(posting) = &mut disclosure.posting {
        posting.photo = photo;
    }
    if let Some(rows) = rows {
        steps::check_samples(&disclosure.steps, rows.figures.count, &mut reading.problems);
        disclosure.figures = Figures {
            households: rows.figures.households.or(stated.households.map(|stated| stated.value)),
            ..rows.figures
        };
        disclosure.recipients = rows.recipients;
        disclosure.outlays = rows.outlays;
        disclosure.last_paid = rows.last_paid;
        disclosure.claims = rows.claims;
    }
    Some(disclosure)
}

/// The disclosure without its rows, what is stated of these, the stage, and the path of the posting's photo.
fn read_fields(
    table: &Table<'_>,
    file: FileId,
    settings: Option<&Settings>,
    reading: &mut Reading<'_>,
) -> (Option<Disclosure>, Stated, Stage, Option<Located<String>>) {
    let terms = settings.map_or(DEFAULT_TERMS, |settings| settings.notice_period);
    let mut fields = Fields::new(table, &mut reading.problems);
    let title = fields.required("title", text);
    let item = fields.optional("item", located(text));
    let stage = fields.required("stage", one_of(&STAGES));
    let authority = fields.required("authority", text);
    let basis = fields.optional("basis", text);
    let edition = fields.optional("edition", located(whole(1, 1000)));
    let follows = fields.optional("follows", located(unpublished_text));
    let aliases = fields.list("aliases", located(address_text));
    let stated = stated(&mut fields);
    let (misnamed, objects_to, objects) = misnamed_objections(table);
    if let Some((entry, meant)) = misnamed {
        fields.misspelt(entry, meant);
    }
    // Each is `Some(None)` where it is there and could not be read, which has been reported.
    let period = fields.tables("notice_period", |t, p| Some(history::period(t, terms, p))).pop();
    let objections_to = if objects_to {
        fields.tables("objections", |t, p| Some(history::objections_to(t, p))).pop()
    } else {
        Some(None)
    };
    let posting = fields.tables("posting", |t, p| Some(history::posting(t, p))).pop();
    let objections = if objects { fields.tables("objection", history::objection) } else { Vec::new() };
    let steps = fields.tables("step", steps::step);
    let decision = fields.tables("decision", |t, p| Some(history::decision(t, p))).pop();
    let decided = decision.as_ref().and_then(|decision| Some(decision.as_ref()?.date.value));
    steps::check_sequence(&steps, decided, fields.problems());
    if let Some(stage) = stage {
        let dated = (period.is_some(), decision.is_some());
        require_history(stage, dated, objections_to.is_some(), &mut fields);
    }
    fields.finish_knowing(section_of);
    let (posting, photo) = posting.unzip();
    let disclosure = || {
        Some(Disclosure {
            name: String::new(),
            file,
            table: None,
            title: title?,
            item,
            stage: stage?,
            authority: authority?,
            basis,
            edition: edition.unwrap_or(Located { value: 1, place: Place::file(file) }),
            aliases,
            period: period.flatten(),
            objections_to: objections_to.flatten(),
            posting,
            objections,
            steps,
            follows,
            links: links::Links::default(),
            program: None,
            outlays: Vec::new(),
            last_paid: None,
            claims: Vec::new(),
            decision: decision.flatten(),
            figures: Figures::default(),
            recipients: super::Recipients::default(),
        })
    };
    (disclosure(), stated, stage.unwrap_or(Stage::Proposed), photo.flatten())
}

/// `[objection]` that says where to object, or `[[objections]]` that tells of one: the other key was meant. With what it
/// is, whether `objections` can be read, and `objection`.
fn misnamed_objections<'t, 'a>(table: &'t Table<'a>) -> (Option<(&'t Entry<'a>, &'static str)>, bool, bool) {
    let named = |key: &str| table.entries.iter().find(|entry| entry.key == key);
    let (where_to, told) = (named("objections"), named("objection"));
    let has = |entry: &Entry<'_>, key: &str| {
        let tables = match &entry.value.kind {
            ValueKind::Table(table) => vec![table],
            ValueKind::List(list) => list.iter().filter_map(Value::as_table).collect(),
            _ => Vec::new(),
        };
        tables.iter().any(|table| table.entries.iter().any(|entry| entry.key == key))
    };
    match (where_to, told) {
        (None, Some(told)) if has(told, "to") && !has(told, "received") => {
            (Some((told, "objections")), false, false)
        }
        (Some(where_to), None) if has(where_to, "received") && !has(where_to, "to") => {
            (Some((where_to, "objection")), false, true)
        }
        _ => (None, true, true),
    }
}

fn stated(fields: &mut Fields<'_, '_, '_>) -> Stated {
    let table = fields.required("table", located(unpublished_text));
    let sheet = fields.optional("sheet", unpublished_text);
    let extra = declared_extra(fields);
    let total = fields.optional("total", located(yuan));
    let count = fields.optional("count", located(whole(0, 10_000_000)));
    let households = fields.optional("households", located(whole(0, 10_000_000)));
    let kept = fields.optional("rows", one_of(&ROWS)).unwrap_or(true);
    let program = fields.optional("program", located(text));
    let minor = fields.optional("minor", truth).unwrap_or(false);
    let sensitive = fields.optional("sensitive", truth).unwrap_or(false);
    let named = match (sensitive, minor) {
        (true, _) => Named::Number,
        (false, true) => Named::Head,
        (false, false) => Named::Person,
    };
    Stated { table, sheet, extra, total, count, households, program, named, kept }
}

/// What must be there by the stage: a notice period and where to object; or a period or a decision.
fn require_history(
    stage: Stage,
    (has_period, has_decision): (bool, bool),
    has_objections_to: bool,
    fields: &mut Fields<'_, '_, '_>,
) {
    if stage.asks_for_objections() {
        for (key, has) in [("notice_period", has_period), ("objections", has_objections_to)] {
            if !has {
                fields.miss(key);
            }
        }
    } else if !has_period && !has_decision {
        let place = fields.place();
        fields.problems().add(Diagnostic::new(PERIOD_OR_DECISION_MISSING, place));
    }
}

/// Where a key belongs that stands at the top of the file.
fn section_of(key: &str) -> Option<&'static str> {
    match key {
        "start" | "days" | "unit" | "first_day" | "roll" | "end" => Some("[notice_period]"),
        "to" | "phone" => Some("[objections]"),
        "place" | "by" | "witness" | "on" | "off" | "photo" => Some("[posting]"),
        "received" | "outcome" | "decided" | "reposted" => Some("[[objection]]"),
        "within_workdays" | "sampled" | "sampled_least" => Some("[[step]]"),
        "date" | "document" | "taper_months" => Some("[decision]"),
        _ => None,
    }
}

/// Reads the table and compares what it comes to with what is stated.
///
/// Amounts are needed in a list of payments and where a total is stated; a list of names without any money
/// is no problem. Where the table has amounts, each row needs one, unless it is cancelled or the list is
/// about benefits that end.
fn read_table(
    file: FileId,
    stated: &Stated,
    wanted: &Wanted<'_>,
    reading: &mut Reading<'_>,
) -> Option<RowsRead> {
    let extra: Vec<String> = stated.extra.iter().map(|declared| declared.value.clone()).collect();
    let sheet = RECIPIENTS.read(file, stated.sheet.as_deref(), &extra, reading)?;
    let problems = &mut reading.problems;
    let layout = Layout::of(&sheet, &stated.extra, wanted.stage, problems);
    let needs_money = wanted.stage == Stage::Paid || stated.total.is_some();
    let named = if wanted.kept { wanted.named } else { Named::Number };
    layout.require(named, needs_money, file, problems);
    let rows = rows::read(&sheet, &layout, wanted, problems);
    if rows.figures.count == 0 && rows.figures.cancelled == 0 {
        problems.add(Diagnostic::new(NO_ROWS, Place::file(file)));
        return None;
    }
    compare(stated, &rows, problems);
    Some(rows)
}

/// Compares the figures; a total of amounts that could not all be read would only repeat their problems.
fn compare(stated: &Stated, rows: &RowsRead, problems: &mut Problems) {
    let figures = &rows.figures;
    if let (Some(total), Some(computed), true) = (stated.total, figures.total, rows.sound)
        && total.value != computed
    {
        let problem = Diagnostic::new(TOTAL_DIFFERS, total.place);
        problems.add(problem.with("stated", total.value.grouped()).with("computed", computed.grouped()));
    }
    if let Some(count) = stated.count.filter(|count| count.value != figures.count) {
        let problem = Diagnostic::new(RECIPIENT_COUNT_DIFFERS, count.place);
        problems.add(problem.with("stated", count.value).with("computed", figures.count));
    }
    match (stated.households, figures.households) {
        (Some(stated), Some(computed)) if stated.value != computed => {
            let problem = Diagnostic::new(HOUSEHOLD_COUNT_DIFFERS, stated.place);
            problems.add(problem.with("stated", stated.value).with("computed", computed));
        }
        (Some(stated), None) => problems.add(Diagnostic::new(HOUSEHOLDS_UNCHECKED, stated.place)),
        _ => {}
    }
}
