//! Reads the rows of a disclosure: masks names at the door, checks the money, keeps what may be shown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::alike::Alike;
use super::cells::{cell_text, read_cell};
use super::claims::{self, Claim, Common, Fingerprint, OfRows, Outlay};
use super::hand_masked::HandMasked;
use super::layout::{Layout, holds_private};
use super::money::Money;
use super::recipients::{Change, Gathering, Recipient, Recipients};
use super::repeated::Repeated;
use super::summaries::{Summaries, Sums, summary_of};
use super::{Changed, Figures, Named, Stage};
use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::area::Area;
use crate::privacy::{self, NamePolicy};
use crate::source::parse::{date, one_of, whole, yuan};
use crate::source::{Located, Row, Sheet, Value, ValueKind};
use crate::values::{Figure, Yuan};

const NAME_MISSING: Code = Code::error("name-missing");
const NAME_WITHOUT_LETTERS: Code = Code::error("name-without-letters");
const PRIVATE_HOUSEHOLD_KEY: Code = Code::error("private-household-key");
const STANDARD_DIFFERS: Code = Code::error("standard-differs");
const PROGRAM_NOT_IN_FORCE: Code = Code::error("program-not-in-force");

/// Stands behind the masked name of a head of household (李*户).
const HOUSEHOLD: char = '户';

/// What the reading of rows must know of the disclosure.
pub(super) struct Wanted<'w> {
    /// How rows are named.
    pub(super) named: Named,
    /// How names are masked.
    pub(super) policy: NamePolicy,
    /// Its stage.
    pub(super) stage: Stage,
    /// Whether rows are kept to be shown; otherwise they are only checked.
    pub(super) kept: bool,
    /// What it says for all rows.
    pub(super) common: Common<'w>,
    /// The area, whose own name may stand before its groups.
    pub(super) area: Option<&'w Area>,
}

/// What was read from a table.
pub(super) struct RowsRead {
    /// The rows that may be shown.
    pub(super) recipients: Recipients,
    /// What they add up to.
    pub(super) figures: Figures,
    /// Whether every amount could be read, so that the sums mean something.
    pub(super) sound: bool,
    /// What the rows take for programs.
    pub(super) outlays: Vec<Outlay>,
    /// What limits need of the rows.
    pub(super) claims: Vec<Claim>,
    /// The latest day of a payment.
    pub(super) last_paid: Option<Located<NaiveDate>>,
}

/// Reads all rows of `sheet`.
pub(super) fn read(sheet: &Sheet, layout: &Layout, wanted: &Wanted<'_>, problems: &mut Problems) -> RowsRead {
    let mut reader = RowReader {
        layout,
        wanted,
        gathering: Gathering::new(layout.shown(wanted.named)),
        groups: BTreeMap::new(),
        households: Households::default(),
        alike: Alike::default(),
        hand_masked: HandMasked::default(),
        of_rows: OfRows::default(),
        summaries: Summaries::default(),
        repeated: Repeated::of(sheet, layout),
        last_paid: None,
        position: 0,
        cancelled: 0,
        changed: Changed::default(),
    };
    let mut means = sheet.means().peekable();
    for (at, row) in sheet.rows().enumerate() {
        while let Some((_, mean)) = means.next_if(|(above, _)| *above <= at) {
            reader.summaries.note_mean(&mean, layout);
        }
        match summary_of(&row, layout) {
            Some(summary) => reader.summaries.note(summary, &row, layout, problems),
            None => reader.row(&row, problems),
        }
    }
    for (_, mean) in means {
        reader.summaries.note_mean(&mean, layout);
    }
    reader.finish(problems)
}

struct RowReader<'r> {
    layout: &'r Layout,
    wanted: &'r Wanted<'r>,
    gathering: Gathering,
    /// Groups by how they are written, with their number in `gathering`.
    groups: BTreeMap<String, u32>,
    households: Households,
    alike: Alike,
    hand_masked: HandMasked,
    of_rows: OfRows,
    summaries: Summaries,
    repeated: Repeated,
    last_paid: Option<Located<NaiveDate>>,
    position: u32,
    cancelled: u32,
    changed: Changed,
}

/// What a row says that is checked and never shown. It goes no further than the row's own reading.
struct Unshown {
    /// Number of the household by its key.
    household: Option<u32>,
    /// The fingerprint of that key.
    key: Option<Fingerprint>,
    /// What they have paid themselves.
    own_expense: Option<Yuan>,
}

/// The keys of households, each with a number of its own; the keys themselves go no further.
#[derive(Default)]
struct Households {
    numbers: BTreeMap<String, u32>,
    counted: BTreeSet<u32>,
    incomplete: bool,
}

impl<'r> RowReader<'r> {
    fn row(&mut self, row: &Row<'_>, problems: &mut Problems) {
        self.position += 1;
        let layout = self.layout;
        let number = read_cell(row, layout.number, whole(0, 9_999_999), problems).value();
        let change = read_cell(row, layout.change, one_of(&Change::WRITTEN), problems).value();
        let cancelled = change == Some(Change::Cancelled);
        let unshown = self.unshown(row, cancelled, problems);
        let name = self.name(row, problems);
        let group = self.group(row, problems);
        let persons = read_cell(row, layout.persons, whole(0, 60_000), problems).value();
        let money = Money::read(row, layout, cancelled, self.wanted.stage, problems);
        let paid_on = read_cell(row, layout.paid_on, date, problems).value();
        if let Some((day, column)) = paid_on.zip(layout.paid_on).filter(|_| !cancelled)
            && self.last_paid.is_none_or(|last| last.value < day)
        {
            self.last_paid = Some(Located { value: day, place: row.cell(column).place });
        }
        self.repeated.note(row, self.name_cell(row).place, problems);
        let (program, title) = self.program(row, problems);
        if let Some(id) = program
            && !cancelled
            && !money.failed
        {
            self.take(row, id, &money, paid_on, &unshown, problems);
        }
        let program = match title {
            Some(title) if layout.program.is_some() => title.to_owned(),
            _ => self.published(row, layout.program, problems),
        };
        let exception = self.published(row, layout.exception, problems);
        let note = self.published(row, layout.note, problems);
        let extra: Vec<String> =
            layout.extra.iter().map(|(column, _)| self.published(row, Some(*column), problems)).collect();
        self.cancelled += u32::from(cancelled);
        self.changed.kept += u32::from(change == Some(Change::Kept));
        self.changed.added += u32::from(change == Some(Change::Added));
        if !cancelled {
            self.summaries.add(&Sums::of(money.amount, persons, money.quantity), !money.failed);
        }
        if !self.wanted.kept {
            return;
        }
        self.alike.note(&name, group, unshown.household, self.name_cell(row).place, problems);
        let quantity = money.quantity.map(|quantity| Figure(quantity).to_string()).unwrap_or_default();
        let recipient = Recipient {
            number: number.unwrap_or(self.position),
            name: &name,
            group: "",
            persons: persons.and_then(|persons| u16::try_from(persons).ok()),
            program: &program,
            standard: money.standard,
            quantity: &quantity,
            amount: money.amount,
            paid_on,
            change,
            exception: &exception,
            note: &note,
        };
        self.gathering.add(&recipient, group, &extra);
    }

    /// Reads what is checked and never shown.
    fn unshown(&mut self, row: &Row<'_>, cancelled: bool, problems: &mut Problems) -> Unshown {
        let own_expense = read_cell(row, self.layout.own_expense, yuan, problems).value();
        let unknown = Unshown { household: None, key: None, own_expense };
        let Some(column) = self.layout.household else { return unknown };
        let cell = row.cell(column);
        if holds_private(&cell.kind) {
            problems.add(Diagnostic::new(PRIVATE_HOUSEHOLD_KEY, cell.place));
            self.households.incomplete = true;
            return unknown;
        }
        let key = cell_text(&cell, problems).map(|key| key.trim().to_owned());
        let fingerprint = key.as_deref().map(|key| Fingerprint::of(&[key]));
        Unshown { household: self.households.number(key, cancelled), key: fingerprint, own_expense }
    }

    /// The id of the row's program, and its title.
    fn program(&mut self, row: &Row<'_>, problems: &mut Problems) -> (Option<&'r str>, Option<&'r str>) {
        let cell = row.cell(self.layout.program.unwrap_or(self.layout.first));
        // What is wrong with the cell is said where it is read to be shown.
        let written = self.layout.program.and_then(|_| cell_text(&cell, &mut Problems::new()));
        let written = written.as_deref().map_or("", str::trim);
        self.of_rows.program(written, cell.place, &self.wanted.common, problems)
    }

    /// Compares the money of a row with its program, and keeps what limits and funds need of it.
    fn take(
        &mut self,
        row: &Row<'_>,
        program: &str,
        money: &Money,
        paid_on: Option<NaiveDate>,
        unshown: &Unshown,
        problems: &mut Problems,
    ) {
        let Some(amount) = money.amount.filter(|_| self.wanted.stage != Stage::Terminating) else { return };
        self.of_rows.spend(program, paid_on, amount);
        let programs = self.wanted.common.programs;
        let Some(day) = paid_on.or(self.wanted.common.day) else { return };
        let place = |column: Option<usize>| row.cell(column.unwrap_or(self.layout.first)).place;
        let Some(block) = programs.in_force(program, day) else {
            if self.of_rows.note_once(program) {
                let at = place(self.layout.program.or(self.layout.amount));
                problems.add(Diagnostic::new(PROGRAM_NOT_IN_FORCE, at).with("day", day));
            }
            return;
        };
        let other = money.standard.zip(block.amount).filter(|(written, standard)| *written != standard.value);
        // A whole list with one wrong standard is one mistake.
        if let Some((written, standard)) = other
            && self.of_rows.note_once(&format!("{program} {written}"))
        {
            let problem = Diagnostic::new(STANDARD_DIFFERS, place(self.layout.standard)).and(standard.place);
            let problem = problem.with("written", written.grouped()).with("program", &block.title);
            problems.add(problem.with("standard", standard.value.grouped()));
        }
        if claims::has_limits(block) {
            let exempt = claims::is_exempt(row, self.layout, &mut Problems::new());
            self.of_rows.claims.push(Claim {
                program: program.to_owned(),
                person: claims::person(row, self.layout, unshown.key),
                household: unshown.key,
                amount,
                day,
                own_expense: unshown.own_expense,
                exempt,
                place: place(self.layout.amount.or(self.layout.standard)),
            });
        }
    }

    /// The name as it is shown; empty where only a number may be.
    fn name(&mut self, row: &Row<'_>, problems: &mut Problems) -> String {
        let Wanted { named, policy, kept, .. } = *self.wanted;
        if named == Named::Number || !kept || self.name_column().is_none() {
            return String::new();
        }
        let cell = self.name_cell(row);
        let Some(name) = cell_text(&cell, problems) else {
            if named == Named::Person && matches!(cell.kind, ValueKind::Empty) {
                problems.add(Diagnostic::new(NAME_MISSING, cell.place));
            }
            return String::new();
        };
        if !name.chars().any(char::is_alphabetic) {
            report_no_name(&name, cell.place, problems);
            return String::new();
        }
        privacy::report(&name, cell.place, problems);
        let is_head = named == Named::Head || self.layout.name.is_none();
        if named == Named::Head && self.is_name_of_recipient(&name, row) {
            return String::new();
        }
        self.hand_masked.note(&name, policy, cell.place);
        let mut masked = privacy::mask(&name, policy).to_string();
        if is_head {
            masked.push(HOUSEHOLD);
        }
        masked
    }

    /// The column that names rows.
    fn name_column(&self) -> Option<usize> {
        let Layout { name, head, .. } = self.layout;
        match self.wanted.named {
            Named::Head => *head,
            Named::Person | Named::Number => name.or(*head),
        }
    }

    /// The cell that names the row; the first one where no column does.
    fn name_cell<'s>(&self, row: &Row<'s>) -> Value<'s> {
        row.cell(self.name_column().unwrap_or(self.layout.first))
    }

    /// Whether the minor is the head of the household, whose name may not be shown either.
    fn is_name_of_recipient(&self, head: &str, row: &Row<'_>) -> bool {
        let same = |cell: Value<'_>| matches!(cell.kind, ValueKind::Text(name) if same_name(&name, head));
        self.layout.name.is_some_and(|column| same(row.cell(column)))
    }

    /// The number of the row's group; 0 where there is none.
    fn group(&mut self, row: &Row<'_>, problems: &mut Problems) -> u32 {
        let Some(cell) = self.layout.group.map(|column| row.cell(column)) else { return 0 };
        let Some(written) = cell_text(&cell, problems) else { return 0 };
        if let Some(known) = self.groups.get(written.as_ref()) {
            return *known;
        }
        privacy::report(&written, cell.place, problems);
        let own = self.wanted.area.and_then(|area| {
            let bare = written.strip_prefix(area.name.as_str())?.trim();
            area.group(bare).map(|group| group.name.as_str())
        });
        let name = own.unwrap_or_else(|| written.trim());
        let number = self.gathering.group(Located { value: name, place: cell.place });
        self.groups.insert(written.into_owned(), number);
        number
    }

    /// The text of a cell that is shown as it is written; empty where it is blank.
    fn published(&self, row: &Row<'_>, column: Option<usize>, problems: &mut Problems) -> String {
        let Some(cell) = column.map(|column| row.cell(column)) else { return String::new() };
        if !self.wanted.kept {
            return String::new();
        }
        let Some(text) = cell_text(&cell, problems) else { return String::new() };
        privacy::report_plain(&text, cell.place, problems);
        text.into_owned()
    }

    fn finish(self, problems: &mut Problems) -> RowsRead {
        self.hand_masked.report(problems);
        let has_households = self.layout.household.is_some() && !self.households.incomplete;
        let counted = u32::try_from(self.households.counted.len()).unwrap_or(u32::MAX);
        let (sums, sound) = self.summaries.finish(problems);
        let figures = Figures {
            count: self.position - self.cancelled,
            cancelled: self.cancelled,
            changes: self.layout.change.map(|_| self.changed),
            total: self.layout.has_money().then_some(sums.amount),
            households: has_households.then_some(counted),
        };
        let recipients = self.gathering.finish();
        let OfRows { outlays, claims, .. } = self.of_rows;
        RowsRead { recipients, figures, sound, outlays, claims, last_paid: self.last_paid }
    }
}

impl Households {
    /// The number of the household with this key; those of cancelled rows are not counted.
    fn number(&mut self, key: Option<String>, cancelled: bool) -> Option<u32> {
        let Some(key) = key else {
            self.incomplete |= !cancelled;
            return None;
        };
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key).or_insert(next);
        if !cancelled {
            self.counted.insert(number);
        }
        Some(number)
    }
}

/// Says that a cell holds no name: masked, it would tell nobody whom the row is about. An ID number or an account is
/// worse, and the one thing said of it then.
fn report_no_name(written: &str, place: Place, problems: &mut Problems) {
    let mut found = Problems::new();
    privacy::report_numbers(written, place, &mut found);
    if found.is_empty() {
        found.add(Diagnostic::new(NAME_WITHOUT_LETTERS, place));
    }
    problems.append(found);
}

fn same_name(one: &str, other: &str) -> bool {
    privacy::normalise_name(one) == privacy::normalise_name(other)
}
