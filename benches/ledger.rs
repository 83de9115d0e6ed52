//! The ledger of a county: 1,000 villages, 20 items, 12 months, each month published or not.
//!
//! What is reckoned is what a build reckons of each area and item; the publications are made up and stand in memory.
//!
//!     cargo bench --profile release --bench ledger
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::error::Error;
use std::time::{Duration, Instant};

use chrono::{Days, Months, NaiveDate};
use gongshi::board::{Fact, Met, Terms, reckon};
use gongshi::calendar::StatutoryCalendar;
use gongshi::kinds::catalogue::DueRule;

const VILLAGES: u32 = 1000;
const ITEMS: u32 = 20;
const MONTHS: u32 = 12;
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    let day = NaiveDate::from_ymd_opt(2026, 12, 20).ok_or("no such day")?;
    let calendar = StatutoryCalendar::built_in();
    let mut times: Vec<Duration> = Vec::new();
    let (mut obligations, mut overdue) = (0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        (obligations, overdue) = (0, 0);
        for village in 0..VILLAGES {
            for item in 0..ITEMS {
                let terms =
                    Terms { rule: Some(DueRule::MonthDay(10)), from: Some(first), ..Terms::default() };
                let reckoned = reckon(terms, &facts(first, village + item), &[], day, &calendar);
                obligations += reckoned.obligations.len();
                overdue += reckoned.obligations.iter().filter(|one| one.met == Met::Overdue).count();
            }
        }
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let median = times.get(RUNS / 2).copied().unwrap_or_default();
    println!(
        "{VILLAGES} villages, {ITEMS} items: {obligations} obligations, {overdue} overdue: {} ms, median of {RUNS}",
        median.as_millis()
    );
    Ok(())
}

/// Something published in most months, on a day of each that differs from village to village.
fn facts(first: NaiveDate, seed: u32) -> Vec<Fact> {
    let months = (0..MONTHS).filter(|month| !(seed + month).is_multiple_of(7));
    months
        .filter_map(|month| {
            let begins = first.checked_add_months(Months::new(month))?;
            let day = begins.checked_add_days(Days::new(u64::from((seed * 7 + month) % 20)))?;
            Some(Fact { day, about: None, stands: true })
        })
        .collect()
}
