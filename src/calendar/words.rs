//! The Chinese words of the calendar itself: data, the same in every language of a board.

/// The days of a lunar month, the first to the thirtieth.
pub(super) const LUNAR_DAYS: [&str; 30] = [
    "初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十", "十一", "十二", "十三",
    "十四", "十五", "十六", "十七", "十八", "十九", "二十", "廿一", "廿二", "廿三", "廿四", "廿五", "廿六",
    "廿七", "廿八", "廿九", "三十",
];

/// The lunar months, the first to the twelfth.
pub(super) const LUNAR_MONTHS: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "腊月"];

/// Stands before the name of a leap month.
pub(super) const LEAP: &str = "闰";

/// The twelve branches, in the order of [`super::Branch`].
pub(super) const BRANCHES: [&str; 12] =
    ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];

/// What a weekday's Chinese name begins with.
pub(super) const WEEK: [&str; 3] = ["星期", "周", "礼拜"];

/// What a weekday's Chinese name ends in, Monday first.
pub(super) const WEEKDAYS: [&[&str]; 7] =
    [&["一"], &["二"], &["三"], &["四"], &["五"], &["六"], &["日", "天"]];

pub(super) const NEW_YEAR: &str = "元旦";
pub(super) const SPRING_FESTIVAL: &str = "春节";
pub(super) const QINGMING: &str = "清明节";
pub(super) const LABOUR_DAY: &str = "劳动节";
pub(super) const DRAGON_BOAT: &str = "端午节";
pub(super) const NATIONAL_DAY: &str = "国庆节";
pub(super) const MID_AUTUMN: &str = "中秋节";

/// A day off that belongs to none of the seven yearly holidays.
pub(super) const OTHER_HOLIDAY: &str = "节假日";
