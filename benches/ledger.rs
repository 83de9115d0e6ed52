//! The ledger of a county: 1,000 villages in 50 towns, 20 items, 12 months.
//!
//! First what is reckoned of made-up publications in memory alone. Then a board of such a county in a folder, with 24
//! notices a village, resolved and made into a site twice: with its catalogue and without. The difference is what the ledger
//! costs, from its reckoning to the last byte of its pages and open data.
//!
//!     cargo bench --profile release --bench ledger
//!     cargo bench --profile release --bench ledger -- 100 1     # villages in each item's `except`, runs
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark asks the clock, its arguments, and writes the county"
)]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{Days, Months, NaiveDate};
use gongshi::board::{Fact, Met, Terms, reckon};
use gongshi::calendar::StatutoryCalendar;
use gongshi::diagnostics::{Failure, Problems};
use gongshi::kinds::catalogue::DueRule;
use gongshi::site::{Artifact, Door, Site};
use gongshi::source::Content;
use gongshi::{board, kinds, site, theme};

const VILLAGES: u32 = 1000;
const VILLAGES_OF_A_TOWN: u32 = 20;
const ITEMS: u32 = 20;
const MONTHS: u32 = 12;
const PUBLISHED_A_MONTH: u32 = 2;
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let excepted = numbers.next().unwrap_or(5);
    let runs = numbers.next().map_or(RUNS, |runs| runs as usize).max(1);
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    let day = NaiveDate::from_ymd_opt(2026, 12, 20).ok_or("no such day")?;
    reckoned(first, day, runs);
    let folder = tempfile::tempdir()?;
    write_county(folder.path(), excepted)?;
    let with = whole(folder.path(), day, runs)?;
    fs::remove_file(folder.path().join("catalogue.toml"))?;
    let without = whole(folder.path(), day, runs)?;
    println!("{VILLAGES} villages, {ITEMS} items, {excepted} excepted of each; medians of {runs}:");
    for (name, with, without) in
        [("resolve the board", with.resolve, without.resolve), ("make the site", with.make, without.make)]
    {
        let ledger = with.saturating_sub(without).as_millis();
        println!(
            "  {name}: {} ms, without a catalogue {} ms: {ledger} ms for the ledger",
            with.as_millis(),
            without.as_millis()
        );
    }
    println!("  {} MB of pages and data of the ledger", with.bytes.saturating_sub(without.bytes) / 1_000_000);
    Ok(())
}

/// Reckons all obligations of publications that stand in memory.
fn reckoned(first: NaiveDate, day: NaiveDate, runs: usize) {
    let calendar = StatutoryCalendar::built_in();
    let mut times: Vec<Duration> = Vec::new();
    let (mut obligations, mut overdue) = (0, 0);
    for _ in 0..runs {
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
    println!("{obligations} obligations reckoned, {overdue} overdue: {} ms", median(&mut times).as_millis());
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

/// What a board costs after it has been read.
struct Cost {
    resolve: Duration,
    make: Duration,
    bytes: usize,
}

/// Resolves the board in a folder and makes its site, which goes nowhere.
fn whole(content: &Path, day: NaiveDate, runs: usize) -> Result<Cost, Box<dyn Error>> {
    let (mut resolve, mut make, mut bytes) = (Vec::new(), Vec::new(), 0);
    for _ in 0..runs {
        let mut problems = Problems::new();
        let content = Content::open(content, &mut problems).map_err(|failure| failure.name())?;
        let records = kinds::read(&content, &mut problems).ok_or("the county cannot be read")?;
        let theme = theme::load(&content, &records.settings, &mut problems).ok_or("no theme")?;
        let start = Instant::now();
        let board = board::resolve(records, &content.files, day, &mut problems).ok_or("no board")?;
        resolve.push(start.elapsed());
        if problems.has_errors() {
            return Err("the county has errors".into());
        }
        let scales = Scales(AtomicUsize::new(0));
        let site = Site { board: &board, files: &content.files, theme: &theme, with_sheets: false };
        let start = Instant::now();
        site::make(site, &scales, &|| {}).map_err(|failure| failure.name())?;
        make.push(start.elapsed());
        bytes = scales.0.into_inner();
    }
    Ok(Cost { resolve: median(&mut resolve), make: median(&mut make), bytes })
}

/// A door that weighs what leaves and drops it.
struct Scales(AtomicUsize);

impl Door for Scales {
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure> {
        self.0.fetch_add(artifact.bytes.len(), Ordering::Relaxed);
        Ok(())
    }

    fn report(&self, _: Problems) {}
}

fn write_county(folder: &Path, excepted: u32) -> Result<(), Box<dyn Error>> {
    let write = |path: String, text: String| -> Result<(), Box<dyn Error>> {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        Ok(fs::write(file, text)?)
    };
    let board = "title = \"公开栏\"\nissuer = \"县政府\"\nbase_url = \"https://gongkai.example.org/\"\n";
    write("board.toml".to_owned(), board.to_owned())?;
    write("area.toml".to_owned(), "name = \"云溪县\"\nlevel = \"county\"\n".to_owned())?;
    write("catalogue.toml".to_owned(), (0..ITEMS).map(|item| item_of(item, excepted)).collect())?;
    for village in 0..VILLAGES {
        let path = path_of(village);
        if village.is_multiple_of(VILLAGES_OF_A_TOWN) {
            let town = village / VILLAGES_OF_A_TOWN;
            write(format!("t{town}/area.toml"), format!("name = \"第{town}镇\"\nlevel = \"town\"\n"))?;
        }
        write(format!("{path}/area.toml"), format!("name = \"第{village}村\"\nlevel = \"village\"\n"))?;
        let card = format!(
            "[[contact]]\nname = \"甲{village}\"\nphone = \"0009-378{village:04}\"\nserves = [\"{path}\"]\n"
        );
        write(format!("{path}/contacts.toml"), card)?;
        for month in 1..=MONTHS {
            for number in 0..PUBLISHED_A_MONTH {
                let (item, on) = ((village + month + number) % ITEMS, 1 + (village + month) % 15);
                let notice = format!(
                    "+++\ntitle = \"公开\"\ndate = 2026-{month:02}-{on:02}\nitem = \"i{item}\"\n+++\n公开。\n"
                );
                write(format!("{path}/notices/{month}-{number}.md"), notice)?;
            }
        }
    }
    Ok(())
}

fn path_of(village: u32) -> String {
    format!("t{}/v{village}", village / VILLAGES_OF_A_TOWN)
}

fn item_of(item: u32, excepted: u32) -> String {
    let excepted = (0..excepted).map(|one| (item * 37 + one * 7) % VILLAGES);
    let except: Vec<String> = excepted.map(|village| format!("\"{}\"", path_of(village))).collect();
    format!(
        "[[item]]\nid = \"i{item}\"\ntitle = \"公开事项{item}\"\nkind = \"notice\"\nlevel = \"village\"\n\
         due = {{ month_day = 10 }}\nfrom = 2026-01-01\nexcept = [{}]\n",
        except.join(", ")
    )
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
