#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use crate::kinds::reception::fixtures::Fixture;

#[test]
fn a_year_is_added_or_put_in_place_of_the_one_known() {
    let holidays = "[[year]]\nyear = 2027\nnotice = \"国办发明电〔2026〕7号\"\n\
        rest = [\"2027-01-01..2027-01-03\", \"2027年2月5日..2027-02-12\", 2027-04-05]\nworkdays = [2027-01-30]\n";
    let board = Fixture::new(&[("holidays.toml", holidays)]).board("2026-11-24");
    let working = |day: &str| board.calendar.is_working_day(day.parse().unwrap());
    assert_eq!(working("2027-01-01"), Ok(false));
    assert_eq!(working("2027-04-05"), Ok(false));
    assert_eq!(working("2027-01-30"), Ok(true));
    assert_eq!(working("2027-01-31"), Ok(false));
    assert!(working("2028-01-04").is_err());
    assert_eq!(board.calendar.years().last(), Some((2027, Some("国办发明电〔2026〕7号"))));
}

#[test]
fn what_cannot_be_in_a_notice_is_said_where_it_stands() {
    for (lines, code, at) in [
        ("rest = [\"2027-01-03..2027-01-01\"]", "dates-reversed", "\"2027-01-03..2027-01-01\""),
        ("rest = [\"2028-05-01..2028-05-03\"]", "day-outside-year", "\"2028-05-01..2028-05-03\""),
        ("rest = [2028-01-01]", "day-outside-year", "2028-01-01"),
        ("rest = [2026-12-24]", "day-outside-year", "2026-12-24"),
        ("rest = [\"2026-12-31..2027-01-02\"]\nworkdays = [2028-01-08]", "day-outside-year", "2028-01-08"),
        ("rest = [\"2027-01-01\"]\nworkdays = [2027-02-01]", "worked-anyway", "2027-02-01"),
        ("rest = [\"2027-01-01..2027-01-03\"]\nworkdays = [2027-01-02]", "day-off-and-worked", "2027-01-02"),
        ("rest = [\"春节\"]", "bad-days-off", "\"春节\""),
        ("rest = []", "empty-list", "[]"),
        (
            "rest = [\"2027-01-01..2027-01-03\", \"2027-05-01..2027-10-05\"]",
            "days-off-too-long",
            "\"2027-05-01..2027-10-05\"",
        ),
        ("workdays = [2027-01-30]", "missing-key", "[[year]]"),
        ("rest = [\"2027-01-01\"]\nwork = []", "unknown-key", "work"),
    ] {
        let holidays = format!("[[year]]\nyear = 2027\n{lines}\n");
        let problems = Fixture::new(&[("holidays.toml", &holidays)]).problems();
        assert_eq!(problems.len(), 1, "{lines}: {problems:?}");
        assert_eq!((problems[0].code, problems[0].at.as_str()), (code, at), "{lines}");
    }
    let twice = "[[year]]\nyear = 2027\nrest = [2027-01-01]\n".repeat(2);
    let problems = Fixture::new(&[("holidays.toml", &twice)]).problems();
    assert_eq!((problems[0].code, problems.len()), ("duplicate-year", 1));
}
