//! Titles in lines that are broken by sense: 二行以上先断意群.

use crate::theme::Words;

/// How many full-width characters a line of a title holds on a sheet that stands.
pub(super) const ON_HIGH: usize = 20;
/// The same on a sheet that lies.
pub(super) const ON_WIDE: usize = 30;

/// What it costs to break where no sense ends, in half characters of unevenness.
const SENSELESS: usize = 12;

/// More lines than these are too many.
const MOST_LINES: usize = 3;
/// How large a title of too many lines is set, as a share of the usual size.
const SMALLER: f64 = 0.75;

/// A title in lines of at most `room` characters, and how large it is set: smaller where it would be too many lines.
pub(super) fn set(title: &str, words: &Words, room: usize) -> (Vec<String>, f64) {
    let usual = lines(title, words, room);
    if usual.len() <= MOST_LINES {
        return (usual, 1.0);
    }
    (lines(title, words, room * 4 / 3), SMALLER)
}

/// Breaks a title into as few lines of `room` characters as it needs, evenly, where sense ends if that can be had.
fn lines(title: &str, words: &Words, room: usize) -> Vec<String> {
    let all: Vec<char> = title.chars().collect();
    let width = |line: &[char]| line.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let count = width(&all).div_ceil(room * 2).max(1);
    let mut rest = all.as_slice();
    let mut lines = Vec::new();
    for left in (2..=count).rev() {
        let even = width(rest).div_ceil(left);
        let cost = |at: &usize| {
            let (before, after) = rest.split_at(*at);
            let sense = if ends_sense(before, after, words) { 0 } else { SENSELESS };
            (width(before).abs_diff(even) + sense, *at)
        };
        let fits = |at: &usize| {
            let (before, after) = rest.split_at(*at);
            width(before) <= room * 2 && width(after) <= room * 2 * (left - 1) && may_break(before, after)
        };
        let Some(at) = (1..rest.len()).filter(fits).min_by_key(cost) else { break };
        let (line, after) = rest.split_at(at);
        lines.push(line.iter().collect());
        rest = after;
    }
    lines.push(rest.iter().collect());
    lines
}

/// Whether a line may end here: not within a number or a word, nor before a mark that closes.
fn may_break(before: &[char], after: &[char]) -> bool {
    let (Some(last), Some(next)) = (before.last(), after.first()) else { return false };
    let joined = last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
    // A figure and its unit are one: 2026年, 第3季度.
    let figure = last.is_ascii_digit() || next.is_ascii_digit() && *last == '第';
    !joined && !figure && !"，。、；：？！）》”’」』】·".contains(*next) && !"（《“‘「『【".contains(*last)
}

/// Whether what stands before and behind are parts by themselves.
fn ends_sense(before: &[char], after: &[char], words: &Words) -> bool {
    let starts = |part: &str| part.chars().eq(after.iter().copied().take(part.chars().count()));
    let ends = |part: &str| {
        let from = before.len().saturating_sub(part.chars().count());
        before.get(from..).is_some_and(|end| part.chars().eq(end.iter().copied()))
    };
    let list = |key: &str, is: &dyn Fn(&str) -> bool| {
        words.get(key).split(' ').any(|part| !part.is_empty() && is(part))
    };
    list("sheet_title_after", &ends) || list("sheet_title_before", &starts)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::{ON_HIGH, lines};
    use crate::theme::Words;

    fn broken(title: &str) -> Vec<String> {
        lines(title, &Words::built_in("zh-Hans.toml"), ON_HIGH)
    }

    #[test]
    fn a_short_title_is_one_line_and_a_long_one_ends_its_lines_with_a_sense() {
        assert_eq!(broken("柳塘村2026年高龄津贴公示"), ["柳塘村2026年高龄津贴公示"]);
        assert_eq!(
            broken("2026年度特困人员救助供养拟确认名单公示"),
            ["2026年度特困人员救助供养拟确认名单公示"]
        );
        assert_eq!(
            broken("云溪镇2026年度特困人员救助供养拟确认名单公示"),
            ["云溪镇2026年度特困人员", "救助供养拟确认名单公示"]
        );
    }

    #[test]
    fn nothing_is_lost_and_no_number_or_bracket_is_torn() {
        for title in [
            "关于2026年1月1日至2026年12月31日农村居民最低生活保障对象（含分散供养特困人员）动态管理情况的公示（第三批）",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "",
            "。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。",
        ] {
            let lines = broken(title);
            assert_eq!(lines.concat(), title);
            for pair in lines.windows(2) {
                let (end, start) = (pair[0].chars().next_back(), pair[1].chars().next());
                assert!(!end.is_some_and(|c| "（《“".contains(c)), "{lines:?}");
                assert!(!start.is_some_and(|c| "，。）》”".contains(c)), "{lines:?}");
                assert!(!(end.is_some_and(|c| c.is_ascii_digit()) && start == Some('年')), "{lines:?}");
            }
        }
    }
}
