//! Cells as the contract writes them: days, amounts, names of groups.

use unicode_normalization::UnicodeNormalization;

use super::columns::Role;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::area::Area;
use crate::privacy;
use crate::source::parse::LOST_DIGITS;
use crate::source::{Value, ValueKind, date_from_text};
use crate::values::Yuan;

const UNCLEAR: Code = Code::warning("import-cell-unclear");

/// What was changed, in cells.
#[derive(Clone, Copy, Default)]
pub(super) struct Changes {
    pub(super) names: usize,
    pub(super) dates: usize,
    pub(super) amounts: usize,
    pub(super) groups: usize,
}

/// Cleans cells of one area's table.
pub(super) struct Clean<'a> {
    pub(super) area: Option<&'a Area>,
}

impl Clean<'_> {
    /// The text of a cell. What cannot be brought into the form of its column stays as it is written, and is said.
    pub(super) fn cell(
        &self,
        value: &Value<'_>,
        role: Role,
        changes: &mut Changes,
        problems: &mut Problems,
    ) -> String {
        let Some(written) = written(value, problems) else { return String::new() };
        if written.is_empty() {
            return written;
        }
        privacy::report_numbers(&written, value.place, problems);
        let (cleaned, count) = match role {
            Role::Text | Role::Phone => (Some(written.clone()), None),
            Role::Name => (Some(privacy::normalise_name(&written).into_owned()), Some(&mut changes.names)),
            Role::Date => (day(&written), Some(&mut changes.dates)),
            Role::Amount => (amount(&written), Some(&mut changes.amounts)),
            Role::Count => (Some(written.nfkc().collect()), None),
            Role::Group => (self.group(&written), Some(&mut changes.groups)),
        };
        let Some(cleaned) = cleaned else {
            problems.add(Diagnostic::new(UNCLEAR, value.place));
            return written;
        };
        if let Some(count) = count.filter(|_| cleaned != written || role == Role::Date && is_day(value)) {
            *count += 1;
        }
        cleaned
    }

    /// The name of a group as the area writes it; any where the area lists none.
    fn group(&self, written: &str) -> Option<String> {
        let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
        let Some(area) = self.area.filter(|area| !area.groups.is_empty()) else { return Some(plain) };
        let bare = plain.strip_prefix(area.name.as_str()).unwrap_or(&plain);
        if let Some(group) = area.group(bare) {
            return Some(group.name.clone());
        }
        let number = group_number(bare)?;
        let mut same = area.groups.iter().filter(|group| group_number(&group.name) == Some(number));
        same.next().filter(|_| same.next().is_none()).map(|group| group.name.clone())
    }
}

/// What stands in a cell, on one line; `None` after a problem.
fn written(value: &Value<'_>, problems: &mut Problems) -> Option<String> {
    let text = match &value.kind {
        ValueKind::Text(text) | ValueKind::Number(text) => text.as_ref(),
        ValueKind::OtherTime(text) => text,
        ValueKind::Date(day) => return Some(day.to_string()),
        ValueKind::Bool(truth) => {
            if *truth {
                "是"
            } else {
                "否"
            }
        }
        ValueKind::LostDigits => {
            problems.add(Diagnostic::new(LOST_DIGITS, value.place));
            return None;
        }
        ValueKind::Empty | ValueKind::Faulty | ValueKind::List(_) | ValueKind::Table(_) => "",
    };
    Some(
        text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "),
    )
}

fn is_day(value: &Value<'_>) -> bool {
    matches!(value.kind, ValueKind::Date(_))
}

/// A day as 2026-11-01, also from 20261101.
fn day(written: &str) -> Option<String> {
    let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    let spaced = match (plain.get(..4), plain.get(4..6), plain.get(6..)) {
        (Some(year), Some(month), Some(day)) if plain.len() == 8 => format!("{year}-{month}-{day}"),
        _ => plain.clone(),
    };
    date_from_text(&plain).or_else(|| date_from_text(&spaced)).map(|day| day.to_string())
}

/// An amount as 1025.00.
fn amount(written: &str) -> Option<String> {
    let plain: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    Yuan::parse(&plain).ok().map(|amount| amount.to_string())
}

/// The number in the name of a group: 3 in 第三村民小组, 三组, 3队.
fn group_number(name: &str) -> Option<u32> {
    const BEHIND: [&str; 6] = ["村民小组", "居民小组", "小组", "组", "队", "社"];
    let bare = name.strip_prefix('第').unwrap_or(name);
    let number = BEHIND.iter().find_map(|behind| bare.strip_suffix(behind))?;
    number.parse().ok().or_else(|| chinese_number(number))
}

/// A number up to 99 in Chinese characters.
fn chinese_number(written: &str) -> Option<u32> {
    let digit = |text: &str| match text {
        "" => None,
        text => {
            "一二三四五六七八九".chars().zip(1..).find(|(c, _)| text == c.to_string()).map(|(_, value)| value)
        }
    };
    match written.split_once('十') {
        None => digit(written),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { Some(1) } else { digit(tens) };
            let ones = if ones.is_empty() { Some(0) } else { digit(ones) };
            Some(tens? * 10 + ones?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, day, group_number};

    #[test]
    fn cells_take_the_contracts_form() {
        for written in [
            "2026-11-01",
            "2026/11/1",
            "2026年11月1日",
            "２０２６．１１．１",
            "20261101",
            "2026 年 11 月 1 日",
        ] {
            assert_eq!(day(written).as_deref(), Some("2026-11-01"), "{written}");
        }
        for written in ["2026年11月", "11月1日", "待定", "20261301"] {
            assert_eq!(day(written), None, "{written}");
        }
        for (written, expected) in
            [("1,025.00", "1025.00"), ("１０２５元", "1025.00"), ("￥1 025.5", "1025.50")]
        {
            assert_eq!(amount(written).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(amount("300元/月"), None);
    }

    #[test]
    fn groups_are_known_by_their_number() {
        for (name, number) in [("三组", 3), ("第3村民小组", 3), ("十组", 10), ("二十一队", 21), ("12组", 12)]
        {
            assert_eq!(group_number(name), Some(number), "{name}");
        }
        for name in ["老屋组", "组", "三", "百组"] {
            assert_eq!(group_number(name), None, "{name}");
        }
    }
}
