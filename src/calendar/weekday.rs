//! Weekdays as a board writes them.

use chrono::Weekday;

use super::words;

/// Reads `monday`, `Mon`, `星期一`, `周一` or `礼拜一`; 日 and 天 are both Sunday. `None` for anything else.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    let text = text.trim();
    let Some(rest) = words::WEEK.iter().find_map(|week| text.strip_prefix(week)) else {
        return text.parse().ok();
    };
    let number = words::WEEKDAYS.iter().position(|names| names.contains(&rest))?;
    Weekday::try_from(u8::try_from(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_is_read_in_english_and_chinese() {
        for text in ["monday", "mon", "Mon", "周一", "星期一", "礼拜一", " 周一 "] {
            assert_eq!(parse_weekday(text), Some(Weekday::Mon), "{text}");
        }
        for text in ["sunday", "sun", "周日", "星期天", "星期日"] {
            assert_eq!(parse_weekday(text), Some(Weekday::Sun), "{text}");
        }
        assert_eq!(parse_weekday("周六"), Some(Weekday::Sat));
        for text in ["", "周", "周七", "一", "mo", "周一二", "moonday"] {
            assert_eq!(parse_weekday(text), None, "{text}");
        }
    }
}
