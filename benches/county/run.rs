//! The measurements, one county after the other.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rayon::ThreadPoolBuilder;
use tempfile::TempDir;

use crate::arguments::Options;
use crate::process::{self, Cost};
use crate::report::{self, Measured};
use crate::stages::{self, Stage};
use crate::tree::Tree;
use crate::{Outcome, county};

/// Trees that one round leaves behind: a build, and the writing with one and with two threads. They are
/// removed at the end, since removing a large tree slows down what is measured after it.
const TREES_A_ROUND: u64 = 3;

/// At most so many rounds of the stages.
const MOST_STAGE_ROUNDS: usize = 3;

/// Measures a county for each number of villages.
pub(crate) fn counties(villages: &[usize], options: &Options) -> Outcome<()> {
    if let Some(jobs) = options.jobs {
        ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    report::machine(options);
    for villages in villages {
        let scratch = tempfile::Builder::new().prefix("gongshi-bench-").tempdir_in(&options.scratch)?;
        let content = scratch.path().join("content");
        county::generate(*villages, options.seed, &content)?;
        if !options.only_stages {
            report::county(*villages, &one_county(&content, &scratch, options)?, options);
        }
        if !options.no_stages {
            report::stages(&stages_of(&content, &scratch, options)?, options);
        }
    }
    Ok(())
}

fn one_county(content: &Path, scratch: &TempDir, options: &Options) -> Outcome<Measured> {
    let at = |name: String| scratch.path().join(name);
    let first = at("first".to_owned());
    let peak = process::peak_memory(content, &first, options)?;
    let tree = Tree::read(&first)?;
    let rounds = rounds_that_fit(&tree, options)?;
    let (mut builds, mut one, mut two) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        builds.push(process::build(content, &at(format!("build-{round}")), options)?);
        // Whichever comes first meets the colder memory, so the two take turns.
        let writing = |threads: usize| tree.write(&at(format!("write-{round}-{threads}")), threads);
        let (with_one, with_two) = if round % 2 == 0 {
            let with_one = writing(1)?;
            (with_one, writing(2)?)
        } else {
            let with_two = writing(2)?;
            (writing(1)?, with_two)
        };
        one.push(with_one);
        two.push(with_two);
    }
    Ok(Measured {
        pages: tree.pages(),
        files: tree.files(),
        bytes: tree.bytes(),
        lines_said: process::lines_said(&first),
        peak,
        rounds,
        build: median_cost(&builds),
        write_one: median_cost(&one),
        write_two: median_cost(&two),
    })
}

fn stages_of(content: &Path, scratch: &TempDir, options: &Options) -> Outcome<Vec<Stage>> {
    let rounds = options.runs.clamp(1, MOST_STAGE_ROUNDS);
    let mut all = Vec::new();
    for round in 0..rounds {
        let out = scratch.path().join(format!("stages-{round}"));
        all.push(stages::measure(content, &out, options.date)?);
    }
    let names = all[0].iter().map(|(name, _)| *name);
    let of = |index: usize| all.iter().map(|stages| stages[index].1).collect::<Vec<_>>();
    Ok(names.enumerate().map(|(index, name)| (name, median_cost(&of(index)))).collect())
}

/// Measures the mere writing of a published folder.
pub(crate) fn mere_writing(published: &Path, options: &Options) -> Outcome<()> {
    let scratch = tempfile::Builder::new().prefix("gongshi-bench-").tempdir_in(&options.scratch)?;
    let tree = Tree::read(published)?;
    let rounds = rounds_that_fit(&tree, options)?;
    let mut medians = [Cost::default(); 2];
    for (threads, median_of) in (1..).zip(&mut medians) {
        let write = |round| tree.write(&scratch.path().join(format!("{threads}-{round}")), threads);
        *median_of = median_cost(&(0..rounds).map(write).collect::<Outcome<Vec<_>>>()?);
    }
    report::mere_writing(&tree, medians);
    Ok(())
}

/// The rounds asked for, or as many as memory has room for.
fn rounds_that_fit(tree: &Tree, options: &Options) -> Outcome<usize> {
    let disk = rustix::fs::statvfs(&options.scratch)?;
    let text = fs::read_to_string("/proc/meminfo")?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let memory = kilobytes.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let free = (disk.f_bavail * disk.f_frsize).min(memory.unwrap_or(u64::MAX / 1024) * 1024);
    // A quarter stays free, for the build itself and the stages.
    let fit = free / 4 * 3 / (tree.room().max(1) * TREES_A_ROUND);
    Ok(options.runs.clamp(1, usize::try_from(fit).unwrap_or(usize::MAX).max(1)))
}

/// The middle one, or the later of the two in the middle.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn median_cost(costs: &[Cost]) -> Cost {
    let of = |part: fn(&Cost) -> Duration| median(costs.iter().map(part).collect());
    Cost { wall: of(|cost| cost.wall), cpu: of(|cost| cost.cpu) }
}
