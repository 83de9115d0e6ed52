//! The rows of a disclosure as they may be shown, kept small: a county has millions of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::source::Located;
use crate::values::Yuan;

/// What became of a recipient since the list before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// 保留
    Kept,
    /// 新增
    Added,
    /// 取消
    Cancelled,
}

impl Change {
    /// What tables write for it, in Chinese and in English.
    pub(super) const WRITTEN: [(&'static str, Self); 6] = [
        ("保留", Self::Kept),
        ("新增", Self::Added),
        ("取消", Self::Cancelled),
        ("kept", Self::Kept),
        ("added", Self::Added),
        ("cancelled", Self::Cancelled),
    ];

    /// How a table writes it.
    pub fn written(self, in_chinese: bool) -> &'static str {
        let words = Self::WRITTEN.iter().filter(|(word, _)| word.is_ascii() != in_chinese);
        words.into_iter().find(|(_, change)| *change == self).map_or("", |(word, _)| word)
    }
}

/// The columns that a disclosure shows: those that its table has and that may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShownColumns {
    /// 序号, or the row's position where names may not be shown.
    pub number: bool,
    /// 姓名 or 户主, masked.
    pub name: bool,
    /// 村组
    pub group: bool,
    /// 人数
    pub persons: bool,
    /// 项目
    pub program: bool,
    /// 标准, with its unit.
    pub standard: Option<Unit>,
    /// 数量, with its unit.
    pub quantity: Option<Unit>,
    /// 金额, with its unit.
    pub amount: Option<Unit>,
    /// 发放时间
    pub paid_on: bool,
    /// 变化
    pub change: bool,
    /// 例外批准
    pub exception: bool,
    /// 备注
    pub note: bool,
    /// Headings of the columns that the disclosure declares itself.
    pub extra: Vec<String>,
}

/// What stands in brackets behind a heading: 元/月; empty where nothing does.
pub type Unit = String;

/// One column that a disclosure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownColumn<'c> {
    /// 序号
    Number,
    /// 姓名 or 户主, masked.
    Name,
    /// 村组
    Group,
    /// 人数
    Persons,
    /// 项目
    Program,
    /// 标准, with its unit.
    Standard(&'c str),
    /// 数量, with its unit.
    Quantity(&'c str),
    /// 金额, with its unit.
    Amount(&'c str),
    /// 发放时间
    PaidOn,
    /// 变化
    Change,
    /// 例外批准
    Exception,
    /// 备注
    Note,
    /// A column that the disclosure declares itself: its heading, and which of them it is.
    Extra(&'c str, usize),
}

impl<'c> ShownColumn<'c> {
    /// Its key in the contract; `None` where the disclosure declares the column itself.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("number"),
            Self::Name => Some("name"),
            Self::Group => Some("group"),
            Self::Persons => Some("persons"),
            Self::Program => Some("program"),
            Self::Standard(_) => Some("standard"),
            Self::Quantity(_) => Some("quantity"),
            Self::Amount(_) => Some("amount"),
            Self::PaidOn => Some("paid_on"),
            Self::Change => Some("change"),
            Self::Exception => Some("exception"),
            Self::Note => Some("note"),
            Self::Extra(..) => None,
        }
    }

    /// Its unit, where it has one.
    pub fn unit(self) -> Option<&'c str> {
        match self {
            Self::Standard(unit) | Self::Quantity(unit) | Self::Amount(unit) => {
                Some(unit).filter(|unit| !unit.is_empty())
            }
            _ => None,
        }
    }
}

impl ShownColumns {
    /// The columns in the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = ShownColumn<'_>> {
        let of_contract = [
            self.number.then_some(ShownColumn::Number),
            self.name.then_some(ShownColumn::Name),
            self.group.then_some(ShownColumn::Group),
            self.persons.then_some(ShownColumn::Persons),
            self.program.then_some(ShownColumn::Program),
            self.standard.as_deref().map(ShownColumn::Standard),
            self.quantity.as_deref().map(ShownColumn::Quantity),
            self.amount.as_deref().map(ShownColumn::Amount),
            self.paid_on.then_some(ShownColumn::PaidOn),
            self.change.then_some(ShownColumn::Change),
            self.exception.then_some(ShownColumn::Exception),
            self.note.then_some(ShownColumn::Note),
        ];
        let extra = self.extra.iter().enumerate();
        let extra = extra.map(|(index, heading)| ShownColumn::Extra(heading, index));
        of_contract.into_iter().flatten().chain(extra)
    }
}

/// One row as it may be shown; texts are empty where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient<'r> {
    /// Number of the row.
    pub number: u32,
    /// Name, masked; empty where only the number may be shown.
    pub name: &'r str,
    /// Village group.
    pub group: &'r str,
    /// How many persons the row stands for.
    pub persons: Option<u16>,
    /// What it is paid for.
    pub program: &'r str,
    /// Standard per unit.
    pub standard: Option<Yuan>,
    /// Number of units, as an exact decimal.
    pub quantity: &'r str,
    /// Amount.
    pub amount: Option<Yuan>,
    /// Day of payment.
    pub paid_on: Option<NaiveDate>,
    /// Change since the list before.
    pub change: Option<Change>,
    /// The approval of an exception.
    pub exception: &'r str,
    /// Remark.
    pub note: &'r str,
}

/// All rows of a disclosure that may be shown, in the order of the file: some hundred bytes each.
#[derive(Debug, Default)]
pub struct Recipients {
    columns: ShownColumns,
    rows: Box<[Row]>,
    /// Cells of the declared columns, row by row.
    extra: Box<[Span]>,
    groups: Vec<Located<String>>,
    text: Box<str>,
}

/// A row: texts are ranges of one text that all rows share.
#[derive(Clone, Copy, Debug)]
struct Row {
    standard: Option<Yuan>,
    amount: Option<Yuan>,
    number: u32,
    /// Index of the group, from 1; 0 where there is none.
    group: u32,
    name: Span,
    program: Span,
    quantity: Span,
    exception: Span,
    note: Span,
    paid_on: Option<NaiveDate>,
    persons: Option<u16>,
    change: Option<Change>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    length: u32,
}

impl Recipients {
    /// The columns that are shown.
    pub fn columns(&self) -> &ShownColumns {
        &self.columns
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Recipient<'_>> {
        self.rows.iter().map(|row| Recipient {
            number: row.number,
            name: self.text(row.name),
            group: self.group(row.group),
            persons: row.persons,
            program: self.text(row.program),
            standard: row.standard,
            quantity: self.text(row.quantity),
            amount: row.amount,
            paid_on: row.paid_on,
            change: row.change,
            exception: self.text(row.exception),
            note: self.text(row.note),
        })
    }

    /// The cells of the declared columns in the row with this index.
    pub fn extra(&self, index: usize) -> impl Iterator<Item = &str> {
        let width = self.columns.extra.len();
        self.extra.iter().skip(index * width).take(width).map(|span| self.text(*span))
    }

    /// The different village groups, each with the cell that names it first.
    pub fn groups(&self) -> &[Located<String>] {
        &self.groups
    }

    /// In how many rows the group with this index of [`Recipients::groups`] stands, as far as rows show their group.
    pub fn rows_of_group(&self, index: usize) -> usize {
        let number = u32::try_from(index + 1).unwrap_or(0);
        self.rows.iter().filter(|row| row.group == number).count()
    }

    /// The same without any row: the columns are known, nobody is.
    #[must_use]
    pub fn without_rows(self) -> Self {
        Self { columns: self.columns, ..Self::default() }
    }

    fn text(&self, span: Span) -> &str {
        let range = span.start as usize..span.start as usize + span.length as usize;
        self.text.get(range).unwrap_or_default()
    }

    fn group(&self, index: u32) -> &str {
        let index = (index as usize).checked_sub(1);
        index.and_then(|index| self.groups.get(index)).map_or("", |group| group.value.as_str())
    }
}

/// Gathers rows while a table is read.
#[derive(Debug)]
pub(super) struct Gathering {
    columns: ShownColumns,
    rows: Vec<Row>,
    extra: Vec<Span>,
    groups: Vec<Located<String>>,
    group_of: BTreeMap<String, u32>,
    text: String,
    known: BTreeMap<String, Span>,
}

impl Gathering {
    pub(super) fn new(columns: ShownColumns) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            extra: Vec::new(),
            groups: Vec::new(),
            group_of: BTreeMap::new(),
            text: String::new(),
            known: BTreeMap::new(),
        }
    }

    /// The number of a group, from 1; the same name has the same number.
    pub(super) fn group(&mut self, name: Located<&str>) -> u32 {
        if let Some(known) = self.group_of.get(name.value) {
            return *known;
        }
        self.groups.push(Located { value: name.value.to_owned(), place: name.place });
        let number = u32::try_from(self.groups.len()).unwrap_or(0);
        self.group_of.insert(name.value.to_owned(), number);
        number
    }

    /// Adds a row, whose group is given by its number; what is not shown is not kept.
    pub(super) fn add(&mut self, row: &Recipient<'_>, group: u32, extra: &[String]) {
        let ShownColumns { name, group: has_group, persons, program, note, .. } = self.columns;
        let row = Row {
            standard: row.standard,
            amount: row.amount,
            number: row.number,
            group: if has_group { group } else { 0 },
            name: if name { self.keep(row.name) } else { Span::default() },
            program: if program { self.keep_once(row.program) } else { Span::default() },
            quantity: self.keep_once(row.quantity),
            exception: self.keep_once(row.exception),
            note: if note { self.keep_once(row.note) } else { Span::default() },
            paid_on: row.paid_on,
            persons: row.persons.filter(|_| persons),
            change: row.change,
        };
        self.rows.push(row);
        for cell in extra {
            let span = self.keep_once(cell);
            self.extra.push(span);
        }
    }

    /// Keeps a text; names rarely come twice, so that looking for an equal one would cost more than it saves.
    fn keep(&mut self, text: &str) -> Span {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        Span { start, length: u32::try_from(text.len()).unwrap_or(0) }
    }

    /// Keeps a text that many rows may have in common.
    fn keep_once(&mut self, text: &str) -> Span {
        if text.is_empty() {
            return Span::default();
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let span = self.keep(text);
        self.known.insert(text.to_owned(), span);
        span
    }

    pub(super) fn finish(self) -> Recipients {
        Recipients {
            columns: self.columns,
            rows: self.rows.into_boxed_slice(),
            extra: self.extra.into_boxed_slice(),
            groups: self.groups,
            text: self.text.into_boxed_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn a_row_is_small() {
        assert!(size_of::<Row>() <= 96, "{} bytes", size_of::<Row>());
    }
}
