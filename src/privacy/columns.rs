//! Columns that are never published: known by their heading, or by what stands in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::mask::NOTHING_PUBLISHED;
use super::search::{Form, Kind};
use crate::diagnostics::{Code, Diagnostic, Place};

/// A column was left out because it is private.
pub const PRIVATE_COLUMN_DROPPED: Code = Code::warning("private-column-dropped");

/// Kinds of private columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrivateColumn {
    /// 身份证号 and other papers.
    IdNumber,
    /// 银行卡号, 账号, 一卡通.
    BankAccount,
    /// 手机号, 联系电话 and other ways to reach a person.
    Phone,
    /// 家庭住址.
    Address,
    /// 残疾类别, 残疾等级.
    Disability,
    /// 疾病 and the state of health.
    Disease,
    /// 出生日期. An age is none.
    BirthDate,
    /// 近亲属备案.
    Relatives,
}

/// The headings of `data/privacy/columns.txt`, numbered in their order.
#[derive(Default)]
struct Headings {
    kinds: Vec<PrivateColumn>,
    /// Headings that are private by themselves.
    alone: BTreeMap<&'static str, usize>,
    /// Finds headings that are private inside a longer one, too.
    anywhere: Option<AhoCorasick>,
    /// Their numbers.
    numbers: Vec<usize>,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let (mut headings, mut anywhere) = (Headings::default(), Vec::new());
    let lines = super::lists::lines(include_str!("../../data/privacy/columns.txt")).filter_map(heading);
    for (number, (kind, text)) in lines.enumerate() {
        headings.kinds.push(kind);
        match text.strip_prefix('~') {
            Some(text) => {
                anywhere.push(text);
                headings.numbers.push(number);
            }
            None => drop(headings.alone.insert(text, number)),
        }
    }
    headings.anywhere = Some(super::lists::automaton(anywhere.into_iter()));
    headings
});

/// What a line of the list says: the kind, and the text with its `~`.
fn heading(line: &'static str) -> Option<(PrivateColumn, &'static str)> {
    let (kind, text) = line.split_once(' ')?;
    let kind = match kind {
        "id-number" => PrivateColumn::IdNumber,
        "bank-account" => PrivateColumn::BankAccount,
        "phone" => PrivateColumn::Phone,
        "address" => PrivateColumn::Address,
        "disability" => PrivateColumn::Disability,
        "disease" => PrivateColumn::Disease,
        "birth-date" => PrivateColumn::BirthDate,
        "relatives" => PrivateColumn::Relatives,
        _ => return None,
    };
    Some((kind, text))
}

/// The kind of private column that a heading announces. `normalised` is the heading after NFKC, without blanks and
/// bracketed units; letter case, `-` and `_` do not matter. The headings stand in `data/privacy/columns.txt`.
pub fn private_heading(normalised: &str) -> Option<PrivateColumn> {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.' | '/' | ':' | '*');
    let plain: String = normalised.chars().filter(|c| !is_sign(*c)).flat_map(char::to_lowercase).collect();
    let Headings { kinds, alone, anywhere, numbers } = &*HEADINGS;
    let inside = anywhere.iter().flat_map(|anywhere| anywhere.find_overlapping_iter(&plain));
    let inside = inside.filter_map(|found| numbers.get(found.pattern().as_usize()));
    // Of several the first of the list counts.
    let number = inside.chain(alone.get(plain.as_str())).min()?;
    kinds.get(*number).copied()
}

/// The first private number in the text of one cell: ID number, card or phone (no phone counts as published here).
/// Text with too few digits costs next to nothing.
pub fn private_content(cell: &str) -> Option<Kind> {
    if !may_hold_number(cell) {
        return None;
    }
    let mut hits = Vec::new();
    NOTHING_PUBLISHED.find(cell.as_bytes(), Form::Text, &mut hits);
    hits.first().map(|hit| hit.kind)
}

/// Whether there are digits enough for anything private.
pub(super) fn may_hold_number(text: &str) -> bool {
    if text.len() < 11 {
        return false;
    }
    let plain = text.bytes().filter(u8::is_ascii_digit).count();
    // Other digits take three bytes and more.
    plain >= 11
        || text.len() - plain >= 3 && plain + text.chars().filter(|c| is_other_digit(*c)).count() >= 11
}

fn is_other_digit(c: char) -> bool {
    // Chinese numerals are no digits of a number like those; nearly all characters are passed by this.
    !c.is_ascii() && !matches!(c, '\u{4E00}'..='\u{9FFF}') && (c.is_numeric() || matches!(c, 'Ｘ' | 'ｘ'))
}

/// The warning that a column was left out; `heading` as it is written in the table, `place` is its cell.
pub fn column_dropped(heading: &str, place: Place) -> Diagnostic {
    Diagnostic::new(PRIVATE_COLUMN_DROPPED, place).with("heading", heading)
}

#[cfg(test)]
mod tests {
    use super::PrivateColumn::{
        Address, BankAccount, BirthDate, Disability, Disease, IdNumber, Phone, Relatives,
    };
    use super::{HEADINGS, private_content, private_heading};
    use crate::privacy::Kind;

    #[test]
    fn knows_private_headings() {
        let cases = [
            ("身份证号", IdNumber),
            ("身份证号码", IdNumber),
            ("户主身份证", IdNumber),
            ("公民身份号码", IdNumber),
            ("证件号码", IdNumber),
            ("IDNumber", IdNumber),
            ("id_card", IdNumber),
            ("ID-No", IdNumber),
            ("银行卡号", BankAccount),
            ("账号", BankAccount),
            ("开户行账号", BankAccount),
            ("一卡通", BankAccount),
            ("惠农一卡通账号", BankAccount),
            ("开户行", BankAccount),
            ("bank account", BankAccount),
            ("卡号", BankAccount),
            ("手机号", Phone),
            ("联系电话", Phone),
            ("电话", Phone),
            ("手机", Phone),
            ("联系方式", Phone),
            ("Mobile", Phone),
            ("家庭住址", Address),
            ("住址", Address),
            ("详细地址", Address),
            ("门牌号", Address),
            ("address", Address),
            ("残疾类别", Disability),
            ("残疾等级", Disability),
            ("残疾证号", Disability),
            ("disability type", Disability),
            ("疾病", Disease),
            ("病种", Disease),
            ("所患病种", Disease),
            ("病情", Disease),
            ("Disease", Disease),
            ("出生日期", BirthDate),
            ("出生年月", BirthDate),
            ("birth_date", BirthDate),
            ("DOB", BirthDate),
            ("近亲属备案", Relatives),
            ("是否近亲属", Relatives),
        ];
        for (heading, kind) in cases {
            assert_eq!(private_heading(heading), Some(kind), "{heading}");
        }
    }

    #[test]
    fn leaves_the_columns_of_the_contract() {
        let columns = "序号 户号 姓名 户主 村组 人数 项目 标准 数量 金额 自费支出 发放时间 变化 例外批准 备注 救助类别 年龄 性别 \
            残疾人补贴金额 疾病救助金额 单位 类别 得分 名次 等次 编号 事项 责任单位 责任人 期限 受理日 满意 指标 群体 不了解 \
            得票 电脑数量 id name amount no group item score rank state village cardinal identity";
        for heading in columns.split_whitespace() {
            assert_eq!(private_heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let list = include_str!("../../data/privacy/columns.txt");
        let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        assert_eq!(HEADINGS.kinds.len(), lines);
    }

    #[test]
    fn knows_private_content() {
        assert_eq!(private_content("440524188001010014"), Some(Kind::IdNumber));
        assert_eq!(private_content("４４０５２４１８８００１０１００１４"), Some(Kind::IdNumber));
        assert_eq!(private_content("农商行 6228480402564890018"), Some(Kind::BankCard));
        assert_eq!(private_content("0009-3780000"), Some(Kind::Phone));
        for cell in ["", "柳塘村一组", "1,025.00", "2026年11月1日", "云政发〔2026〕31号", "440524001002"]
        {
            assert_eq!(private_content(cell), None, "{cell}");
        }
    }
}
