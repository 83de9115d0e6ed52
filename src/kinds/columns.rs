//! The columns of tables: which heading, in Chinese or English, means which key.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostics::{Code, Diagnostic, FileId, Problems};
use crate::source::parse::{located, text};
use crate::source::tables::{Heading, ReadOptions};
use crate::source::{
    Entry, Fields, Located, Reading, Row, Sheet, Table, UNKNOWN_KEY, Value, ValueKind, nearest,
    normalise_heading,
};

/// A column that the reference does not know and nothing declares: whether it may be published only its
/// owner can say.
pub(super) const UNDECLARED_COLUMN: Code = Code::error("undeclared-column");

const OTHER_UNIT: Code = Code::error("other-unit");
const EXTRA_TWICE: Code = Code::warning("extra-twice");

/// The columns that tables of one kind can have.
#[derive(Debug)]
pub struct Columns {
    columns: &'static [Column],
}

/// One column: a key of the contract, and the headings that mean it.
#[derive(Debug)]
pub struct Column {
    /// The key.
    pub key: &'static str,
    /// Headings, normalised; the first is the usual one.
    pub headings: &'static [&'static str],
    /// Whether a cell can hold several values, with 、 or ; between them.
    pub several: bool,
}

/// The key of a column that says nothing: most tables of offices begin with the number of the row.
const UNREAD: &str = "";

const fn one(key: &'static str, headings: &'static [&'static str]) -> Column {
    Column { key, headings, several: false }
}

const fn several(key: &'static str, headings: &'static [&'static str]) -> Column {
    Column { key, headings, several: true }
}

/// Columns of contact cards.
pub static CONTACTS: Columns = Columns {
    columns: &[
        one("id", &["编号", "id"]),
        one("name", &["姓名", "name"]),
        one("position", &["职务", "position"]),
        one("organisation", &["单位", "organisation"]),
        one("duties", &["分管工作", "duties"]),
        one("phone", &["联系电话", "电话", "phone"]),
        several("serves", &["联系范围", "serves"]),
        several("roles", &["角色", "roles"]),
        one("photo", &["照片", "photo"]),
        one("from", &["起始", "from"]),
        one("to", &["截止", "to"]),
        one("successor", &["接替人", "successor"]),
        one(UNREAD, &["序号", "no"]),
    ],
};

/// Columns of recipients of a subsidy.
pub static RECIPIENTS: Columns = Columns {
    columns: &[
        one("number", &["序号", "no", "number"]),
        one("household", &["户号", "household"]),
        one("name", &["姓名", "name"]),
        one("head", &["户主", "head"]),
        one("group", &["村组", "group"]),
        one("persons", &["人数", "persons"]),
        one("program", &["项目", "program"]),
        one("standard", &["标准", "standard"]),
        one("quantity", &["数量", "quantity"]),
        one("amount", &["金额", "amount"]),
        one("own_expense", &["自费支出", "own_expense", "ownexpense"]),
        one("paid_on", &["发放时间", "paid_on", "paidon"]),
        one("change", &["变化", "change"]),
        one("exception", &["例外批准", "exception"]),
        one("note", &["备注", "note"]),
    ],
};

impl Columns {
    /// Columns from a list.
    pub const fn new(columns: &'static [Column]) -> Self {
        Self { columns }
    }

    /// The column that a normalised heading means.
    pub fn find(&self, heading: &str) -> Option<&'static Column> {
        self.columns
            .iter()
            .find(|column| column.headings.iter().any(|known| known.eq_ignore_ascii_case(heading)))
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.key).filter(|key| *key != UNREAD)
    }

    /// The usual heading of a key.
    pub fn usual_heading(&self, key: &str) -> &'static str {
        let column = self.columns.iter().find(|column| column.key == key);
        column.and_then(|column| column.headings.first()).copied().unwrap_or_default()
    }

    /// The usual headings.
    pub fn usual(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().filter_map(|column| column.headings.first().copied())
    }

    /// Reads a table whose header holds these columns, or those that `extra` declares. `sheet` names the
    /// sheet of a workbook.
    pub fn read(
        &self,
        file: FileId,
        sheet: Option<&str>,
        extra: &[String],
        reading: &mut Reading<'_>,
    ) -> Option<Sheet> {
        let extra: Vec<String> = extra.iter().map(|extra| normalise_heading(extra)).collect();
        let known = |heading: &str| self.find(heading).is_some() || extra.iter().any(|e| e == heading);
        let likely = |heading: &str| nearest(heading, self.usual()).is_some();
        let expected = self.usual().take(6).collect::<Vec<_>>().join("、");
        let options = ReadOptions { sheet, known: &known, likely: &likely, expected: &expected };
        let sheet = reading.sheet(file, &options)?;
        for heading in sheet.headings() {
            if self.find(&heading.name).is_some_and(|column| MONEY.contains(&column.key)) {
                is_in_yuan(heading, &mut reading.problems);
            }
        }
        Some(sheet)
    }

    /// Says which headings mean no key, each once for all rows, and which keys they were likely meant to be. The telephones
    /// below a heading of telephones that is misspelt are not called private elsewhere.
    pub fn report_unknown(&self, sheet: &Sheet, problems: &mut Problems) -> Vec<&'static str> {
        let mut meant = Vec::new();
        for heading in sheet.headings().iter().filter(|heading| self.find(&heading.name).is_none()) {
            let mut problem = Diagnostic::new(UNKNOWN_KEY, heading.place).with("key", &heading.written);
            if let Some(near) = nearest(&heading.name, self.usual()) {
                let key = self.find(near).map_or(UNREAD, |column| column.key);
                meant.push(key);
                problem = problem.with("near", near);
                for row in sheet.rows().filter(|_| key == "phone") {
                    if let ValueKind::Text(text) | ValueKind::Number(text) = row.cell(heading.column).kind {
                        problem = problem.with_unshown(&text);
                    }
                }
            }
            problems.add(problem);
        }
        meant
    }

    /// A row as if it had been written as a TOML table with the contract's keys, so that one reader reads
    /// both. Empty cells are left out, and columns that mean no key.
    pub fn row_as_table<'s>(&self, sheet: &'s Sheet, row: &Row<'s>) -> Table<'s> {
        let entries = sheet
            .headings()
            .iter()
            .map(|heading| (heading, row.cell(heading.column)))
            .filter(|(_, value)| !matches!(value.kind, ValueKind::Empty))
            .map(|(heading, value)| (heading, self.find(&normalise_heading(&heading.name)), value))
            .filter_map(|(heading, column, value)| {
                let column = column.filter(|column| column.key != UNREAD)?;
                let value = if column.several { split(value) } else { value };
                Some(Entry { key: column.key.into(), key_place: heading.place, value })
            })
            .collect();
        Table { place: row.place(), entries }
    }
}

/// Reads `extra`: the headings of further columns that may be published, each once.
pub(super) fn declared_extra(fields: &mut Fields<'_, '_, '_>) -> Vec<Located<String>> {
    let mut declared: Vec<Located<String>> = Vec::new();
    for name in fields.list("extra", located(text)) {
        let same =
            |other: &&Located<String>| normalise_heading(&other.value) == normalise_heading(&name.value);
        match declared.iter().find(same) {
            Some(first) => {
                let problem = Diagnostic::new(EXTRA_TWICE, name.place).with("heading", &name.value);
                fields.problems().add(problem.and(first.place));
            }
            None => declared.push(name),
        }
    }
    declared
}

/// The keys of columns whose figures are yuan.
const MONEY: [&str; 3] = ["standard", "amount", "own_expense"];

/// Whether the figures below a heading of money are yuan; another unit is a problem.
pub(super) fn is_in_yuan(heading: &Heading, problems: &mut Problems) -> bool {
    let other = other_unit(&heading.written);
    if let Some(unit) = &other {
        let problem = Diagnostic::new(OTHER_UNIT, heading.place);
        problems.add(problem.with("heading", &heading.name).with("unit", unit));
    }
    other.is_none()
}

/// The unit in brackets behind a heading of money, where it is another than yuan: the sum of such a column would be
/// published as yuan.
fn other_unit(written: &str) -> Option<String> {
    let composed: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (_, bracket) = composed.split_once(['(', '[', '【', '〔'])?;
    let (unit, _) = bracket.split_once([')', ']', '】', '〕'])?;
    let unit = unit.strip_prefix("单位:").unwrap_or(unit);
    let (per, _) = unit.split_once('/').unwrap_or((unit, ""));
    OTHER_UNITS.contains(&per).then(|| per.to_owned())
}

/// Units that stand over columns of money and are not yuan.
const OTHER_UNITS: [&str; 14] =
    ["万元", "千元", "百元", "亿元", "万", "角", "分", "斤", "公斤", "千克", "吨", "美元", "港元", "港币"];

/// The values of a cell that holds several.
fn split(value: Value<'_>) -> Value<'_> {
    let ValueKind::Text(text) = &value.kind else { return value };
    let place = value.place;
    let items = text
        .split(['、', ';', '；', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| Value { place, kind: ValueKind::Text(item.to_owned().into()) })
        .collect();
    Value { place, kind: ValueKind::List(items) }
}
