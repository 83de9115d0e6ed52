//! The words of rows that add up others.

use super::header::normalise_heading;

/// What a row adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summing {
    /// 小计: the rows since the one before.
    Part,
    /// 合计, 总计: all rows.
    Whole,
}

/// What the row adds up in whose first cells `text` stands; `None` where it is no such word.
///
/// ```
/// use gongshi::source::tables::{Summing, summing};
/// assert_eq!(summing("合 计："), Some(Summing::Whole));
/// assert_eq!(summing("一组小计"), Some(Summing::Part));
/// assert_eq!(summing("李小计"), None);
/// ```
pub fn summing(text: &str) -> Option<Summing> {
    // Nearly every cell is none: look for the one character and the one letter that all words have.
    if !text.contains(['计', '計', 't', 'T', 'ｔ', 'Ｔ']) {
        return None;
    }
    let word = normalise_heading(text).to_lowercase();
    let word = word.trim_end_matches([':', '：']);
    let starts = |words: &[&str]| words.iter().any(|start| word.strip_prefix(start).is_some_and(ends_a_sum));
    // Before the word stands what is summed up (一组小计); behind anything else it is somebody's name.
    let summed = word.strip_suffix("小计").or_else(|| word.strip_suffix("小計"));
    let of_a_part =
        summed.is_some_and(|part| part.ends_with(['组', '組', '村', '队', '片', '页', '类', '项', '区']));
    if of_a_part || starts(&["小计", "小計"]) || word == "subtotal" {
        Some(Summing::Part)
    } else if starts(&["合计", "合計", "总计", "總計", "共计", "共計", "总合计", "總合計"]) || word == "total"
    {
        Some(Summing::Whole)
    } else {
        None
    }
}

/// Whether nothing stands behind the word, or what is summed up (合计3户, 总计金额): 总计划办 is a unit.
fn ends_a_sum(rest: &str) -> bool {
    let counted = ["人", "户", "戶", "金额", "金額", "数", "數"];
    rest.is_empty()
        || rest.starts_with(|c: char| c.is_ascii_digit())
        || counted.iter().any(|counted| rest.starts_with(counted))
}
