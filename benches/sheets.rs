//! Printed sheets: how many a second, with two workers, and how much memory they take.
//!
//! Three boards: lists of 300 rows, contact boards with cards for 40 villages, and the example board. The whole way of a
//! sheet is counted, from its record to the bytes that have been searched for private numbers; reading the files is not, nor
//! writing the sheets.
//!
//!     cargo bench --profile release --bench sheets            # 200 lists
//!     cargo bench --profile release --bench sheets -- 40 1    # 40 lists, one worker
#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use gongshi::diagnostics::Problems;
use gongshi::privacy::Search;
use gongshi::publish::Guard;
use gongshi::site::Site;
use gongshi::source::Content;
use gongshi::{board, kinds, sheets, theme};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rows of a list.
const ROWS: usize = 300;
/// Villages with contacts.
const VILLAGES: usize = 40;
/// Contacts of a village.
const CONTACTS: usize = 20;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let (lists, workers) = (numbers.next().unwrap_or(200), numbers.next().unwrap_or(2));
    rayon::ThreadPoolBuilder::new().num_threads(workers).build_global()?;
    println!("{workers} workers, load {}", fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    let folder = tempfile::tempdir()?;
    write_lists(folder.path(), lists)?;
    measure(&format!("{lists} lists of {ROWS} rows"), folder.path())?;
    let folder = tempfile::tempdir()?;
    write_contacts(folder.path())?;
    measure(&format!("contacts of {VILLAGES} villages, boards and cards"), folder.path())?;
    measure("the example board", &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
}

/// Makes all sheets of a board and tells how long it took.
fn measure(what: &str, content: &Path) -> Outcome<()> {
    let mut problems = Problems::new();
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let content = Content::open(content, &mut problems).map_err(|_| "the folder cannot be read")?;
    let records = kinds::read(&content, &mut problems).ok_or("the content cannot be read")?;
    let theme = theme::load(&content, &records.settings, &mut problems).ok_or("there is no theme")?;
    let board = board::resolve(records, &content.files, day, &mut problems).ok_or("there is no board")?;
    let guard = Guard::new(Search::new(board.published_phones()), None);
    let site = Site { board: &board, files: &content.files, theme: &theme, with_sheets: true };
    let (start, busy) = (Instant::now(), processor_seconds());
    let made = sheets::make(site, &guard, &|_, _| {}).map_err(|_| "the sheets cannot be made")?;
    let (seconds, busy) = (start.elapsed().as_secs_f64(), processor_seconds() - busy);
    let found = guard.into_problems();
    if found.has_errors() {
        return Err(format!("sound sheets have problems: {:?}", found.into_sorted()).into());
    }
    let count = made.sheets.len();
    println!(
        "{what}: {count} sheets in {seconds:.1} s, {:.1} a second; {:.3} s of a processor each; peak memory so far {} MB",
        count as f64 / seconds,
        busy / count as f64,
        peak_memory() / 1000
    );
    Ok(())
}

/// How long processors have worked for this process; ticks under `/proc` are 1/100 s.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold blanks; in user and in system mode are the 12th and 13th behind it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The greatest resident size of this process so far, in kilobytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
}

fn write_lists(folder: &Path, lists: usize) -> Outcome<()> {
    write_board(folder)?;
    fs::create_dir(folder.join("subsidies"))?;
    for list in 0..lists {
        let about = format!(
            "title = \"云溪镇2026年第{list}批临时救助对象拟确认名单公示\"\nitem = \"临时救助\"\nstage = \"proposed\"\n\
             authority = \"云溪镇人民政府\"\nbasis = \"临时救助办法\"\ntable = \"l{list}.csv\"\n[notice_period]\n\
             start = 2026-11-18\n[objections]\nto = \"云溪镇民政办\"\nphone = \"0009-3780012\"\n\
             place = \"镇政府二楼203室\"\n"
        );
        fs::write(folder.join(format!("subsidies/l{list}.toml")), about)?;
        let mut rows = "姓名,村组,标准,数量,金额,备注\n".to_owned();
        for row in 0..ROWS {
            let (surname, given) = (row + list, row / 20 + list);
            let surname = SURNAMES.get(surname % SURNAMES.len()).copied().unwrap_or_default();
            let given = GIVEN.get(given % GIVEN.len()).copied().unwrap_or_default();
            let standard = 300 + row % 7 * 20;
            writeln!(rows, "{surname}{given},柳塘村{}组,{standard}.00,2,{}.00,", row / 15 + 1, standard * 2)?;
        }
        fs::write(folder.join(format!("subsidies/l{list}.csv")), rows)?;
    }
    Ok(())
}

fn write_contacts(folder: &Path) -> Outcome<()> {
    write_board(folder)?;
    for village in 0..VILLAGES {
        let path = folder.join(format!("v{village}"));
        fs::create_dir(&path)?;
        let about = format!("name = \"第{village}村\"\nlevel = \"village\"\nhouseholds = 300\n");
        fs::write(path.join("area.toml"), about)?;
        let mut contacts = String::new();
        for contact in 0..CONTACTS {
            let surname = SURNAMES.get(contact % SURNAMES.len()).copied().unwrap_or_default();
            let given = GIVEN.get(village % GIVEN.len()).copied().unwrap_or_default();
            writeln!(
                contacts,
                "[[contact]]\nid = \"c{village}-{contact}\"\nname = \"{surname}{given}\"\nposition = \"网格员\"\n\
                 duties = \"联系第{contact}网格的群众\"\nphone = \"0009-3{village:02}{contact:04}\"\nserves = [\"v{village}\"]\n"
            )?;
        }
        fs::write(path.join("contacts.toml"), contacts)?;
    }
    Ok(())
}

fn write_board(folder: &Path) -> Outcome<()> {
    let board = "title = \"云溪镇公开栏\"\nissuer = \"云溪镇人民政府\"\nbase_url = \"https://gongkai.example.org/\"\n";
    fs::write(folder.join("board.toml"), board)?;
    fs::write(folder.join("area.toml"), "name = \"云溪镇\"\nlevel = \"town\"\nphone = \"0009-3780000\"\n")?;
    Ok(())
}

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗",
];
const GIVEN: [&str; 15] = [
    "建国", "秀英", "桂兰", "志强", "淑珍", "海燕", "文华", "春梅", "德明", "玉兰", "国庆", "小红", "福生",
    "金凤", "长青",
];
