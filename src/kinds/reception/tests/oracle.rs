//! Sessions and duties of random plans, found a second time day by day, as somebody would with an almanac: the lunar days
//! are another library's, and of the program only the statutory table is used.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::sample::select;
use tyme4rs::tyme::solar::SolarDay;

use crate::calendar::{DayKind, StatutoryCalendar};
use crate::kinds::reception::fixtures::{Fixture, plan_of};
use crate::views;

/// A rule, as a clerk may write it.
#[derive(Clone, Debug)]
enum Form {
    Weekday(Vec<u8>),
    Nth(u8, Vec<i8>),
    NotNth(u8, Vec<i8>),
    MonthDay(Vec<i8>),
    LunarDay(Vec<u8>),
    LunarEnding(Vec<u8>),
    DayEnding(Vec<u8>),
    Every(u16, NaiveDate),
    Branch(Vec<&'static str>),
    Workdays,
    Dates(Vec<NaiveDate>),
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const BRANCHES: [&str; 12] = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
const DAYS_OFF: [&str; 4] = ["skip", "keep", "next-workday", "previous-workday"];
const HOSTS: [&str; 3] = ["zhou", "su", "lin"];

impl Form {
    fn written(&self) -> String {
        let weekday = |day: &u8| WEEKDAYS[usize::from(*day)];
        match self {
            Self::Weekday(days) => format!("weekday = {:?}", days.iter().map(weekday).collect::<Vec<_>>()),
            Self::Nth(day, which) => format!("weekday = {:?}, nth = {which:?}", weekday(day)),
            Self::NotNth(day, which) => format!("weekday = {:?}, not_nth = {which:?}", weekday(day)),
            Self::MonthDay(days) => format!("month_day = {days:?}"),
            Self::LunarDay(days) => format!("lunar_day = {days:?}"),
            Self::LunarEnding(digits) => format!("lunar_ending = {digits:?}"),
            Self::DayEnding(digits) => format!("day_ending = {digits:?}"),
            Self::Every(days, from) => format!("every = {days}, from = {from}"),
            Self::Branch(branches) => format!("branch = {branches:?}"),
            Self::Workdays => "workdays = true".to_owned(),
            Self::Dates(dates) => format!("dates = {dates:?}"),
        }
    }

    fn means(&self, date: NaiveDate, calendar: &StatutoryCalendar) -> bool {
        let is_on = |day: u8| date.weekday() == Weekday::try_from(day).unwrap();
        match self {
            Self::Weekday(days) => days.iter().any(|day| is_on(*day)),
            Self::Nth(day, which) => is_on(*day) && is_one_of(date, which),
            Self::NotNth(day, which) => is_on(*day) && !is_one_of(date, which),
            Self::MonthDay(days) => days.iter().any(|day| is_day_of_month(date, *day)),
            Self::LunarDay(days) => days.contains(&lunar_day(date)),
            Self::LunarEnding(digits) => digits.contains(&(lunar_day(date) % 10)),
            Self::DayEnding(digits) => digits.iter().any(|digit| date.day() % 10 == u32::from(*digit)),
            Self::Every(days, from) => {
                from.iter_days().step_by((*days).into()).take_while(|day| *day <= date).any(|day| day == date)
            }
            Self::Branch(branches) => branches.iter().any(|branch| almanac(date).ends_with(branch)),
            Self::Workdays => !calendar.kind(date).unwrap().is_day_off(),
            Self::Dates(dates) => dates.contains(&date),
        }
    }
}

/// Whether a day is one of its month's first, second, … or (-1) last days of its weekday.
fn is_one_of(date: NaiveDate, which: &[i8]) -> bool {
    let same = |days: &mut dyn Iterator<Item = u32>| {
        let days = days.filter_map(|day| date.with_day(day));
        days.filter(|day| day.weekday() == date.weekday()).count() as i8
    };
    which.contains(&same(&mut (1..=date.day()))) || which.contains(&-same(&mut (date.day()..=31)))
}

fn is_day_of_month(date: NaiveDate, number: i8) -> bool {
    if number > 0 {
        return date.day() == number as u32;
    }
    let after = date + Days::new(u64::from(number.unsigned_abs()));
    after.day() == 1 && after.month0() == date.month() % 12
}

fn solar(date: NaiveDate) -> SolarDay {
    SolarDay::from_ymd(date.year() as isize, date.month() as usize, date.day() as usize)
}

fn lunar_day(date: NaiveDate) -> u8 {
    solar(date).get_lunar_day().get_day() as u8
}

/// The sexagenary name of a day, such as 甲子.
fn almanac(date: NaiveDate) -> String {
    solar(date).get_lunar_day().get_sixty_cycle().to_string()
}

/// A plan of one rule.
#[derive(Clone, Debug)]
struct Case {
    form: Form,
    from: NaiveDate,
    to: NaiveDate,
    except: BTreeSet<NaiveDate>,
    also: BTreeSet<NaiveDate>,
    on_holiday: &'static str,
    on_weekend: &'static str,
    hosts: usize,
}

/// A session: its day, the day planned, who receives, whose turn it was, whether it is cancelled.
type Session = (NaiveDate, Option<NaiveDate>, String, Option<String>, bool);

impl Case {
    fn text(&self) -> String {
        let list = |days: &BTreeSet<NaiveDate>| format!("{:?}", days.iter().collect::<Vec<_>>());
        plan_of(
            &format!("from = {}\nto = {}\npublished = 2023-12-01\n", self.from, self.to),
            &format!(
                "days = {{ {}, except = {}, also = {} }}\non_holiday = \"{}\"\non_weekend = \"{}\"\nhosts = {:?}",
                self.form.written(),
                list(&self.except),
                list(&self.also),
                self.on_holiday,
                self.on_weekend,
                &HOSTS[..self.hosts],
            ),
        )
    }

    /// The sessions in the order of their turns.
    fn sessions(&self, calendar: &StatutoryCalendar) -> Vec<Session> {
        let days = self.from.iter_days().take_while(|day| *day <= self.to);
        let is_planned = |day: &NaiveDate| {
            self.also.contains(day) || self.form.means(*day, calendar) && !self.except.contains(day)
        };
        let choice = |day: NaiveDate| match calendar.kind(day).unwrap() {
            DayKind::Holiday(_) => self.on_holiday,
            DayKind::Weekend => self.on_weekend,
            DayKind::WorkingDay | DayKind::MakeUpDay => "keep",
        };
        let planned: Vec<NaiveDate> = days.filter(is_planned).filter(|day| choice(*day) != "skip").collect();
        let mut taken: BTreeSet<NaiveDate> =
            planned.iter().filter(|day| choice(**day) == "keep").copied().collect();
        let mut sessions = Vec::new();
        for day in planned {
            let mut to = day;
            while choice(day) != "keep" && calendar.kind(to).unwrap().is_day_off() {
                to = if choice(day) == "next-workday" { to + Days::new(1) } else { to - Days::new(1) };
            }
            let moved = (to != day).then_some(day);
            if moved.is_some() && (to < self.from || self.to < to || !taken.insert(to)) {
                continue;
            }
            let host = HOSTS[sessions.len() % self.hosts].to_owned();
            sessions.push((to, moved, host, None, false));
        }
        sessions
    }
}

fn computed(text: &str) -> Vec<Session> {
    let lin = "[[contact]]\nid = \"lin\"\nname = \"林见月\"\nposition = \"委员\"\nduties = \"民政\"\n\
        [[contact]]\nid = \"he\"\nname = \"贺山\"\nposition = \"委员\"\nduties = \"农业\"\n";
    let fixture = Fixture::new(&[("reception.toml", text), ("liutang/contacts.toml", lin)]);
    let (board, _) = fixture.resolve("2026-12-31");
    let board = board.unwrap();
    let all = views::reception_sessions(&board, &board.areas[0]);
    all.into_iter()
        .map(|one| {
            (
                one.date,
                one.moved_from,
                one.host,
                one.swapped_from.map(|from| from.id),
                one.cancelled.is_some(),
            )
        })
        .collect()
}

/// Days of 2024 to 2026, early enough that nothing moves into 2027.
fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..1080).prop_map(|days| NaiveDate::from_ymd_opt(2024, 1, 5).unwrap() + Days::new(days))
}

fn form() -> impl Strategy<Value = Form> {
    use proptest::collection::vec;
    let which = || vec(select(vec![1i8, 2, 3, 4, 5, -1, -2, -5]), 1..3);
    prop_oneof![
        vec(0u8..7, 1..4).prop_map(Form::Weekday),
        (0u8..7, which()).prop_map(|(day, which)| Form::Nth(day, which)),
        (0u8..7, which()).prop_map(|(day, which)| Form::NotNth(day, which)),
        vec(select((-31..=31).filter(|day| *day != 0).collect::<Vec<i8>>()), 1..4).prop_map(Form::MonthDay),
        vec(1u8..=30, 1..4).prop_map(Form::LunarDay),
        vec(0u8..=9, 1..4).prop_map(Form::LunarEnding),
        vec(0u8..=9, 1..4).prop_map(Form::DayEnding),
        (1u16..=40, day()).prop_map(|(days, from)| Form::Every(days, from)),
        vec(select(BRANCHES.to_vec()), 1..3).prop_map(Form::Branch),
        Just(Form::Workdays),
        vec(day(), 1..30).prop_map(Form::Dates),
    ]
}

prop_compose! {
    fn case()(
        form in form(), from in day(), length in 0u64..300,
        except in proptest::collection::btree_set(0u64..300, 0..6),
        also in proptest::collection::btree_set(0u64..300, 0..6),
        on_holiday in select(DAYS_OFF.to_vec()), on_weekend in select(DAYS_OFF.to_vec()), hosts in 1usize..=3,
    ) -> Case {
        let last = NaiveDate::from_ymd_opt(2026, 12, 20).unwrap();
        let days = |offsets: BTreeSet<u64>| offsets.into_iter().map(|offset| from + Days::new(offset)).collect();
        let to = (from + Days::new(length)).min(last);
        Case { form, from, to, except: days(except), also: days(also), on_holiday, on_weekend, hosts }
    }
}

/// The number of a day's window, and windows of the calendar as they are written.
fn window(date: NaiveDate, every: &str) -> i32 {
    match every {
        "week" => (date.num_days_from_ce() - 1).div_euclid(7),
        "month" => date.year() * 12 + date.month0() as i32,
        "quarter" => date.year() * 4 + date.month0() as i32 / 3,
        "2 months" => date.year() * 6 + date.month0() as i32 / 2,
        _ => date.year(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_sessions_of_any_plan_are_those_of_an_almanac(case in case()) {
        let mut expected = case.sessions(&StatutoryCalendar::built_in());
        expected.sort();
        prop_assert_eq!(computed(&case.text()), expected);
    }

    #[test]
    fn swaps_in_any_plan_change_their_sessions_and_no_other(
        case in case(), swaps in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let mut expected = case.sessions(&StatutoryCalendar::built_in());
        prop_assume!(!expected.is_empty());
        let at: BTreeMap<usize, bool> = swaps.into_iter().map(|(at, cancel)| (at.index(expected.len()), cancel)).collect();
        let mut text = case.text();
        for (at, cancel) in at {
            let session = &mut expected[at];
            let what = if cancel { "cancel = true\nreason = \"停电\"" } else { "by = \"he\"" };
            text += &format!("[[swap]]\nsession = \"leaders\"\ndate = {}\n{what}\ntold = 2023-12-02\n", session.0);
            session.4 = cancel;
            if !cancel {
                session.3 = Some(std::mem::replace(&mut session.2, "he".to_owned()));
            }
        }
        expected.sort();
        prop_assert_eq!(computed(&text), expected);
    }

    #[test]
    fn duties_of_any_plan_are_judged_in_whole_windows(
        case in case(), at_least in 1usize..4,
        every in select(vec!["week", "month", "quarter", "2 months", "year"]), of_rule in any::<bool>(),
    ) {
        let whose = if of_rule { "session = \"leaders\"" } else { "hosts = [\"zhou\"]" };
        let text = format!("{}[[quota]]\n{whose}\nat_least = {at_least}\nevery = \"{every}\"\n", case.text());
        let sessions = case.sessions(&StatutoryCalendar::built_in());
        let of = |date: NaiveDate| window(date, every);
        let cut = [of(case.from - Days::new(1)), of(case.to + Days::new(1))];
        let days = case.from.iter_days().take_while(|day| *day <= case.to);
        let windows: BTreeSet<i32> = days.map(of).filter(|window| !cut.contains(window)).collect();
        let counts = |one: &&Session| of_rule || one.2 == "zhou";
        let held = |window: i32| sessions.iter().filter(counts).filter(|one| of(one.0) == window).count();
        let unmet: Vec<usize> = windows.iter().map(|window| held(*window)).filter(|held| *held < at_least).collect();

        let fixture = Fixture::new(&[("reception.toml", &text), ("liutang/contacts.toml",
            "[[contact]]\nid = \"lin\"\nname = \"林见月\"\nposition = \"委员\"\nduties = \"民政\"\n")]);
        let board = fixture.resolve("2026-12-31").0.unwrap();
        let (_, duty) = &board.areas[0].reception.duties[0];
        prop_assert_eq!(duty.windows, windows.len());
        prop_assert_eq!(duty.unmet.iter().map(|window| window.held).collect::<Vec<_>>(), unmet);
    }
}
