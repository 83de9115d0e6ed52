//! Tables of what was measured.

use std::fs;
use std::time::Duration;

use crate::arguments::Options;
use crate::process::Cost;
use crate::stages::{MADE_OVER, Stage};
use crate::tree::Tree;

/// One county. Times are medians.
pub(crate) struct Measured {
    pub(crate) pages: usize,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    /// Lines of messages; none for a sound county.
    pub(crate) lines_said: usize,
    /// Greatest use of memory, in bytes.
    pub(crate) peak: u64,
    pub(crate) rounds: usize,
    pub(crate) build: Cost,
    /// Mere writing with one thread.
    pub(crate) write_one: Cost,
    /// Mere writing with two threads.
    pub(crate) write_two: Cost,
}

/// The machine, and how busy it is: figures from a busy one say little.
pub(crate) fn machine(options: &Options) {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    println!("processors {processors}, load {}, day {}, seed {}", load.join(" "), options.date, options.seed);
}

/// The table of one county.
pub(crate) fn county(villages: usize, measured: &Measured, options: &Options) {
    let Measured { pages, files, bytes, lines_said, peak, rounds, build, write_one, write_two } = measured;
    let ratio = ms(build.wall) / ms(write_one.wall.min(write_two.wall));
    let cpu_ratio = ms(build.cpu) / ms(write_one.cpu.min(write_two.cpu));
    let a_second = *pages as f64 / build.wall.as_secs_f64();
    println!("\n{villages} villages: {pages} pages, {files} files, {} MiB", mebibytes(*bytes));
    println!("  build, wall            {:>10.1} ms   (median of {rounds})", ms(build.wall));
    println!("  build, processors      {:>10.1} ms", ms(build.cpu));
    println!("  build, peak memory     {:>10} MiB", mebibytes(*peak));
    println!("  pages a second         {a_second:>10.0}");
    println!("  mere writing, 1 thread {:>10.1} ms", ms(write_one.wall));
    println!("  mere writing, 2 threads{:>10.1} ms", ms(write_two.wall));
    println!("  build ÷ mere writing   {ratio:>10.2}      (processor time: {cpu_ratio:.2})");
    if *lines_said > 0 {
        println!("  ! the build had {lines_said} lines to say; printing them is part of its time");
    }
    if options.lines {
        println!(
            "county villages={villages} pages={pages} files={files} bytes={bytes} rounds={rounds} \
             build_wall_ms={:.1} build_cpu_ms={:.0} peak_bytes={peak} pages_per_second={a_second:.0} \
             write1_ms={:.1} write2_ms={:.1} ratio={ratio:.3} cpu_ratio={cpu_ratio:.3} lines_said={lines_said}",
            ms(build.wall),
            ms(build.cpu),
            ms(write_one.wall),
            ms(write_two.wall),
        );
    }
}

/// The table of the stages.
pub(crate) fn stages(stages: &[Stage], options: &Options) {
    println!("  stages, in one process {:>10} {:>13}", "wall", "processors");
    let (mut wall_before, mut cpu_before) = (0.0, 0.0);
    for (name, cost) in stages {
        let (mut wall, mut cpu) = (ms(cost.wall), ms(cost.cpu));
        let step = MADE_OVER.iter().position(|made| made == name);
        if step.is_some() {
            // The site was made anew with one thing more: what it costs more is that thing's cost.
            (wall, wall_before) = (wall - wall_before, wall);
            (cpu, cpu_before) = (cpu - cpu_before, cpu);
        }
        let name = step.map_or(*name, |step| ["render", "search", "hash and write"][step]);
        println!("    {name:<20} {wall:>10.1} ms {cpu:>10.0} ms");
        if options.lines {
            println!("stage name=\"{name}\" wall_ms={wall:.1} cpu_ms={cpu:.0}");
        }
    }
}

/// The line of the mere writing alone.
pub(crate) fn mere_writing(tree: &Tree, medians: [Cost; 2]) {
    println!(
        "{} pages, {} files, {} MiB: 1 thread {:.1} ms, 2 threads {:.1} ms",
        tree.pages(),
        tree.files(),
        mebibytes(tree.bytes()),
        ms(medians[0].wall),
        ms(medians[1].wall)
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Whole mebibytes, rounded up.
fn mebibytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}
