//! A year of reception days for many areas: how long it takes to compute them from their rules.
//!
//! Each area has the plan of a real village: the secretary on the 15th, the director on the last day of the month, six people in
//! turn on lunar days ending in 3, 6 and 9, with holidays left out; a swap and a quota. All are computed, checked for people in
//! two places at once, and judged. Reading the files is not counted.
//!
//!     cargo bench --profile release --bench reception -- 1000
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use gongshi::diagnostics::Problems;
use gongshi::source::Content;
use gongshi::{board, kinds};

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let areas = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1000);
    let folder = tempfile::tempdir()?;
    write(folder.path(), areas)?;
    let day = NaiveDate::from_ymd_opt(2026, 1, 10).ok_or("no such day")?;
    let mut times: Vec<Duration> = Vec::new();
    let mut sessions = 0;
    for _ in 0..RUNS {
        let mut problems = Problems::new();
        let content = Content::open(folder.path(), &mut problems).map_err(|_| "the folder cannot be read")?;
        let records = kinds::read(&content, &mut problems).ok_or("the content cannot be read")?;
        let start = Instant::now();
        let board = board::resolve(records, &content.files, day, &mut problems);
        times.push(start.elapsed());
        let board = board.ok_or("the board cannot be resolved")?;
        let found = problems.into_sorted();
        if let Some(problem) = found.first() {
            return Err(format!("a sound content has a problem: {problem:?}").into());
        }
        sessions = board.areas.iter().map(|area| area.reception.sessions.len()).sum();
    }
    times.sort_unstable();
    let median = times.get(RUNS / 2).copied().unwrap_or_default();
    println!("{areas} areas, {sessions} sessions of a year: {} ms, median of {RUNS}", median.as_millis());
    Ok(())
}

fn write(folder: &Path, areas: usize) -> Result<(), Box<dyn Error>> {
    fs::write(
        folder.join("board.toml"),
        "title = \"云溪县公开栏\"\nissuer = \"云溪县\"\nbase_url = \"https://gongkai.example.org/\"\n",
    )?;
    fs::write(folder.join("area.toml"), "name = \"云溪县\"\nlevel = \"county\"\nphone = \"0009-3780000\"\n")?;
    for area in 0..areas {
        let path = folder.join(format!("v{area}"));
        fs::create_dir(&path)?;
        fs::write(path.join("area.toml"), format!("name = \"第{area}村\"\nlevel = \"village\"\n"))?;
        let mut cards = String::new();
        for host in 0..8 {
            writeln!(
                cards,
                "[[contact]]\nid = \"h{area}-{host}\"\nname = \"干部{host}\"\nposition = \"委员\"\nduties = \"村务\""
            )?;
        }
        fs::write(path.join("contacts.toml"), cards)?;
        let turns: Vec<String> = (2..8).map(|host| format!("\"h{area}-{host}\"")).collect();
        let plan = format!(
            "title = \"2026年接访日\"\nfrom = 2026-01-15\nto = 2026-12-31\npublished = 2026-01-09\nplace = \"村委会\"\ntold_days = 2\n
[[session]]\nid = \"secretary\"\ntitle = \"书记接访\"\ndays = {{ month_day = 15 }}\nhours = [\"08:30-11:30\"]\nform = \"fixed\"
hosts = [\"h{area}-0\"]\n
[[session]]\nid = \"director\"\ntitle = \"主任接访\"\ndays = {{ month_day = -1 }}\non_weekend = \"next-workday\"\non_holiday = \"previous-workday\"
hours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"h{area}-1\"]\nexcept = [2026-01-31, 2026-10-31]\n
[[session]]\nid = \"leaders\"\ntitle = \"轮流接访\"\ndays = {{ lunar_ending = [3, 6, 9] }}\nhours = [\"14:30-17:00\"]\nform = \"fixed\"
hosts = [{}]\n
[[swap]]\nsession = \"secretary\"\ndate = 2026-03-15\nby = \"h{area}-1\"\ntold = 2026-01-10\n
[[quota]]\nhosts = [{}]\nat_least = 2\nevery = \"2 months\"\n",
            turns.join(", "),
            turns.join(", "),
        );
        fs::write(path.join("reception.toml"), plan)?;
    }
    Ok(())
}
