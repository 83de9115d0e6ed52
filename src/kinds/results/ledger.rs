//! A ledger: problems and what became of them, in four steps.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::counts::check_listed;
use super::exact::percent;
use super::finder::{self, Finder, NUMBER};
use super::head::{self, Head, known_outside};
use super::rows::{is_empty, shown};
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::parse::{date, one_of, text, unpublished_text};
use crate::source::{Fields, Located, Reading, Row, Sheet, Value};

const NO_LEDGER_COLUMN: Code = Code::error("no-ledger-column");
const PETITIONER_COLUMN: Code = Code::error("petitioner-column");
const STEP_MISSING: Code = Code::error("step-missing");
const STEPS_REVERSED: Code = Code::error("steps-reversed");
const PUBLIC_PAGE_MISSING: Code = Code::error("public-page-missing");
const NUMBER_TWICE: Code = Code::error("ledger-number-twice");
const CELL_MISSING: Code = Code::error("ledger-cell-missing");

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// 解决
    Solved,
    /// 答复
    Answered,
    /// 销号
    Closed,
    /// 公示
    Publicised,
}

/// All steps, with their columns.
const STEPS: [(Step, &str); 4] = [
    (Step::Solved, "解决日"),
    (Step::Answered, "答复日"),
    (Step::Closed, "销号日"),
    (Step::Publicised, "公示日"),
];

/// Whether whoever brought the matter up is satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Satisfied {
    /// 是
    Yes,
    /// 基本
    Fairly,
    /// 否
    No,
    /// 未回访
    NotAsked,
}

const SATISFIED: [(&str, Satisfied); 4] = [
    ("是", Satisfied::Yes),
    ("基本", Satisfied::Fairly),
    ("否", Satisfied::No),
    ("未回访", Satisfied::NotAsked),
];

/// Headings of the other columns.
const OTHER: [&str; 8] = ["编号", "事项", "责任单位", "责任人", "期限", "受理日", "公示页", "满意"];

/// Words in the headings of columns that would name whoever brought a matter up.
const PETITIONER: [&str; 8] =
    ["信访人", "上访人", "来访人", "反映人", "诉求人", "投诉人", "当事人", "举报人"];

/// A ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The headings of further columns.
    pub extra: Vec<String>,
    /// The problems, in the order of the table.
    pub items: Vec<LedgerItem>,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct LedgerItem {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub matter: String,
    /// The unit that has to solve it.
    pub unit: String,
    /// Who there.
    pub person: String,
    /// By when.
    pub deadline: Option<NaiveDate>,
    /// When it was taken in.
    pub received: Option<NaiveDate>,
    /// When it was solved, answered, closed, publicised.
    pub steps: [Option<NaiveDate>; 4],
    /// Where it was publicised.
    pub page: Option<Located<String>>,
    /// What whoever brought it up says.
    pub satisfied: Option<Satisfied>,
    /// What stands in the further columns.
    pub extra: Vec<String>,
    /// Where it is written.
    pub place: Place,
}

/// How far an item is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepOn {
    /// The last step done; `None` when it is not solved.
    pub step: Option<Step>,
    /// Whether its deadline has passed and it is not solved.
    pub overdue: bool,
    /// Whether it was solved after its deadline.
    pub late: bool,
}

impl LedgerItem {
    /// Whether it is known on `day`.
    pub fn exists(&self, day: NaiveDate) -> bool {
        self.received.is_none_or(|received| received <= day)
    }

    /// The date of a step, where it is done on `day`.
    pub fn done(&self, step: Step, day: NaiveDate) -> Option<NaiveDate> {
        let index = STEPS.iter().position(|(known, _)| *known == step)?;
        self.steps.get(index).copied().flatten().filter(|date| *date <= day)
    }

    /// The steps that are done on `day`, in their order, each with its date.
    pub fn steps_done(&self, day: NaiveDate) -> impl Iterator<Item = (Step, NaiveDate)> {
        let dated = STEPS.iter().zip(self.steps);
        dated.filter_map(move |((step, _), date)| Some((*step, date.filter(|date| *date <= day)?)))
    }

    /// What whoever brought it up says, once there is an answer.
    pub fn satisfied_on(&self, day: NaiveDate) -> Option<Satisfied> {
        self.satisfied.filter(|_| self.done(Step::Answered, day).is_some())
    }

    /// How far it is on `day`.
    pub fn on(&self, day: NaiveDate) -> StepOn {
        let step =
            STEPS.iter().map(|(step, _)| *step).take_while(|step| self.done(*step, day).is_some()).last();
        let solved = self.done(Step::Solved, day);
        let overdue = self.deadline.is_some_and(|deadline| deadline < day) && solved.is_none();
        let late = self.deadline.zip(solved).is_some_and(|(deadline, solved)| solved > deadline);
        StepOn { step, overdue, late }
    }
}

/// How far a ledger is on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many problems there are.
    pub total: u64,
    /// Of each step, how many have got there, and how many percent of all that is.
    pub steps: Vec<(Step, u64, Option<Decimal>)>,
    /// How many are past their deadline and not solved.
    pub overdue: u64,
    /// How many were solved after their deadline.
    pub late: u64,
    /// How many say that they are satisfied, fairly satisfied, not satisfied, or were not asked.
    pub satisfied: Vec<(Satisfied, u64)>,
    /// How many percent of those asked are satisfied or fairly satisfied.
    pub satisfaction: Option<Decimal>,
}

impl Ledger {
    /// How far it is on `day`.
    pub fn progress(&self, day: NaiveDate) -> Progress {
        let known: Vec<&LedgerItem> = self.items.iter().filter(|item| item.exists(day)).collect();
        let count = |is: &dyn Fn(&LedgerItem) -> bool| known.iter().filter(|item| is(item)).count() as u64;
        let total = known.len() as u64;
        let step = |(step, _): &(Step, &str)| {
            let done = count(&|item| item.done(*step, day).is_some());
            (*step, done, percent(done, total))
        };
        let satisfied = |(_, satisfied): &(&str, Satisfied)| {
            let said = count(&|item| item.satisfied_on(day) == Some(*satisfied));
            (*satisfied, said)
        };
        let satisfied: Vec<(Satisfied, u64)> = SATISFIED.iter().map(satisfied).collect();
        let content =
            |(satisfied, _): &&(Satisfied, u64)| matches!(satisfied, Satisfied::Yes | Satisfied::Fairly);
        let asked = |(satisfied, _): &&(Satisfied, u64)| *satisfied != Satisfied::NotAsked;
        let sum = |which: &dyn Fn(&&(Satisfied, u64)) -> bool| {
            satisfied.iter().filter(|one| which(one)).map(|(_, count)| count).sum::<u64>()
        };
        Progress {
            total,
            steps: STEPS.iter().map(step).collect(),
            overdue: count(&|item| item.on(day).overdue),
            late: count(&|item| item.on(day).late),
            satisfaction: percent(sum(&content), sum(&asked)),
            satisfied,
        }
    }
}

/// Reads a ledger's TOML, `kind` aside.
pub(super) fn read_head(mut fields: Fields<'_, '_, '_>) -> Head {
    let head = head::read(&mut fields);
    fields.finish_knowing(known_outside(head::TOP));
    head
}

/// Reads the table of a ledger; `None` when it cannot be published, which has been reported.
pub(super) fn read(head: &Head, reading: &mut Reading<'_>) -> Option<Ledger> {
    let file = reading.beside(head.table.as_ref()?)?;
    let steps = STEPS.iter().map(|(_, heading)| *heading);
    let usual: Vec<&'static str> = OTHER.into_iter().chain(steps).chain(NUMBER).collect();
    let known = finder::knows(usual, head.extra.iter().map(|name| name.value.as_str()));
    let sheet = finder::sheet(file, head, &known, &OTHER.join("、"), reading)?;
    let problems = &mut reading.problems;
    let columns = columns(head, &sheet, file, problems)?;
    let mut items = Vec::with_capacity(sheet.rows().len());
    let mut complete = true;
    for row in sheet.rows() {
        let item = columns.item(&row, problems);
        complete &= item.is_some();
        items.extend(item);
    }
    check_numbers(&items, problems);
    if !complete {
        return None;
    }
    let listed = items.iter().map(|item| (None, item.place));
    check_listed(head.count.as_ref(), false, &[], listed, problems);
    Some(Ledger { extra: columns.extra.into_iter().map(|(title, _)| title).collect(), items })
}

fn check_numbers(items: &[LedgerItem], problems: &mut Problems) {
    for (index, item) in items.iter().enumerate() {
        if let Some(first) = items.iter().take(index).find(|first| first.number == item.number) {
            let problem = Diagnostic::new(NUMBER_TWICE, item.place).with("number", &item.number);
            problems.add(problem.and(first.place));
        }
    }
}

struct Columns {
    number: usize,
    matter: usize,
    unit: usize,
    person: Option<usize>,
    deadline: Option<usize>,
    received: Option<usize>,
    steps: [Option<usize>; 4],
    page: Option<usize>,
    satisfied: Option<usize>,
    extra: Vec<(String, usize)>,
}

fn columns(head: &Head, sheet: &Sheet, file: FileId, problems: &mut Problems) -> Option<Columns> {
    let mut finder = Finder::new(sheet, file, problems);
    for heading in sheet.headings() {
        if PETITIONER.iter().any(|word| heading.name.contains(word)) {
            finder.take(heading.column);
            let problem = Diagnostic::new(PETITIONER_COLUMN, heading.place);
            finder.problems.add(problem.with("heading", &heading.written));
            finder.missing = true;
        }
    }
    let extra = finder.extra(&head.extra).into_iter().map(|named| (named.title, named.column)).collect();
    let mut column = |heading: &str| finder.usual(&[heading]).map(|named| named.column);
    let [number, matter, unit, person, deadline, received, page, satisfied] = OTHER.map(&mut column);
    let steps = STEPS.map(|(_, heading)| column(heading));
    finder.usual(&NUMBER);
    for (found, heading) in
        [number, matter, unit, steps[0]].iter().zip(["编号", "事项", "责任单位", "解决日"])
    {
        if found.is_none() {
            finder.miss(NO_LEDGER_COLUMN, "column", heading);
        }
    }
    finder.report_others();
    if finder.missing {
        return None;
    }
    let (number, matter, unit) = (number?, matter?, unit?);
    Some(Columns { number, matter, unit, person, deadline, received, steps, page, satisfied, extra })
}

impl Columns {
    fn item(&self, row: &Row<'_>, problems: &mut Problems) -> Option<LedgerItem> {
        let before = problems.len();
        let number = required(row, self.number, "编号", problems);
        let matter = required(row, self.matter, "事项", problems);
        let unit = required(row, self.unit, "责任单位", problems);
        let person = self.person.map(|column| shown(&row.cell(column), problems)).unwrap_or_default();
        let deadline = optional(row, self.deadline, date, problems);
        let received = optional(row, self.received, date, problems);
        let steps = self.steps.map(|column| optional(row, column, date, problems));
        let page = optional(row, self.page, unpublished_text, problems);
        let satisfied = optional(row, self.satisfied, one_of(&SATISFIED), problems);
        let extra = self.extra.iter().map(|(_, column)| shown(&row.cell(*column), problems)).collect();
        check_steps(received, &steps, problems);
        if let (Some(publicised), None) = (steps[3], &page) {
            problems.add(Diagnostic::new(PUBLIC_PAGE_MISSING, publicised.place));
        }
        if problems.len() > before {
            return None;
        }
        Some(LedgerItem {
            number: number?,
            matter: matter?,
            unit: unit?,
            person,
            deadline: deadline.map(|date| date.value),
            received: received.map(|date| date.value),
            steps: steps.map(|step| step.map(|date| date.value)),
            page,
            satisfied: satisfied.map(|satisfied| satisfied.value),
            extra,
            place: row.cell(self.number).place,
        })
    }
}

/// Steps come in their order, none after an empty one.
fn check_steps(
    received: Option<Located<NaiveDate>>,
    steps: &[Option<Located<NaiveDate>>; 4],
    problems: &mut Problems,
) {
    let mut last = received.map(|date| ("受理日", date));
    let mut empty: Option<&str> = None;
    for ((_, heading), step) in STEPS.iter().zip(steps) {
        let Some(step) = step else {
            empty = empty.or(Some(heading));
            continue;
        };
        if let Some(empty) = empty {
            let problem = Diagnostic::new(STEP_MISSING, step.place).with("step", heading);
            problems.add(problem.with("missing", empty));
            return;
        }
        if let Some((earlier, _)) = last.filter(|(_, date)| date.value > step.value) {
            let problem = Diagnostic::new(STEPS_REVERSED, step.place).with("step", heading);
            problems.add(problem.with("earlier", earlier));
            return;
        }
        last = Some((heading, *step));
    }
}

fn required(row: &Row<'_>, column: usize, heading: &str, problems: &mut Problems) -> Option<String> {
    let cell = row.cell(column);
    if is_empty(&cell) {
        problems.add(Diagnostic::new(CELL_MISSING, row.place()).with("column", heading));
        return None;
    }
    text(&cell, problems)
}

fn optional<'r, T>(
    row: &Row<'r>,
    column: Option<usize>,
    parse: impl Fn(&Value<'r>, &mut Problems) -> Option<T>,
    problems: &mut Problems,
) -> Option<Located<T>> {
    let cell = row.cell(column?);
    if is_empty(&cell) {
        return None;
    }
    parse(&cell, problems).map(|value| Located { value, place: cell.place })
}
