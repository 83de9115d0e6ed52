//! What a build costs as a process of its own, by what Linux says under `/proc`.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::arguments::Options;

/// Length of a tick of processor time under `/proc`: 1/100 s, whatever the kernel's own clock.
const TICK: Duration = Duration::from_millis(10);

/// How often the memory of a running build is looked at.
const GLANCE: Duration = Duration::from_millis(1);

/// Time that passed, and time that processors worked.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

/// Builds `content` into `out` and says what it cost.
pub(crate) fn build(content: &Path, out: &Path, options: &Options) -> Outcome<Cost> {
    let before = cpu_of_children()?;
    let start = Instant::now();
    let (child, said) = spawn(content, out, options)?;
    finish(child, &said, out)?;
    let wall = start.elapsed();
    Ok(Cost { wall, cpu: cpu_of_children()?.saturating_sub(before) })
}

/// Builds `content` into `out` and says how many bytes of memory it used at most.
///
/// The greatest use stands in `/proc/PID/status` only while the process lives, so it is looked at again and
/// again. That costs time, so such a build is not timed.
pub(crate) fn peak_memory(content: &Path, out: &Path, options: &Options) -> Outcome<u64> {
    let (child, said) = spawn(content, out, options)?;
    let status = format!("/proc/{}/status", child.id());
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut most = 0;
            while !ended.load(Ordering::Relaxed) {
                most = most.max(high_water_mark(&status).unwrap_or(0));
                thread::sleep(GLANCE);
            }
            most
        });
        let finished = finish(child, &said, out);
        ended.store(true, Ordering::Relaxed);
        let most = watcher.join().map_err(|_| "the watcher failed")?;
        finished.map(|()| most)
    })
}

/// Starts a build; its messages go to the file whose path is returned.
fn spawn(content: &Path, out: &Path, options: &Options) -> Outcome<(Child, std::path::PathBuf)> {
    let said = out.with_extension("said");
    let mut command = Command::new(&options.binary);
    command.arg("build").arg(content).arg("--out").arg(out);
    command.args(["--no-sheets", "--quiet", "--lang", "en", "--date", &options.date.to_string()]);
    if let Some(jobs) = options.jobs {
        command.args(["--jobs", &jobs.to_string()]);
    }
    let messages = File::create(&said)?;
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(messages).spawn();
    let child = child.map_err(|error| format!("{}: {error}", options.binary.display()))?;
    Ok((child, said))
}

/// Waits for a build; one that published nothing measured nothing.
fn finish(mut child: Child, said: &Path, out: &Path) -> Outcome<()> {
    let status = child.wait()?;
    if status.success() && out.is_dir() {
        return Ok(());
    }
    let messages = fs::read_to_string(said)?;
    let first: Vec<&str> = messages.lines().take(40).collect();
    Err(format!("nothing was built ({status}):\n{}", first.join("\n")).into())
}

/// How many lines the build into `out` had to say; a sound county says nothing.
pub(crate) fn lines_said(out: &Path) -> usize {
    fs::read_to_string(out.with_extension("said")).map_or(0, |text| text.lines().count())
}

fn high_water_mark(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Processor time of this process.
pub(crate) fn cpu_of_this_process() -> Outcome<Duration> {
    ticks(11)
}

/// Processor time of all children that have ended.
fn cpu_of_children() -> Outcome<Duration> {
    ticks(13)
}

/// The sum of two fields of `/proc/self/stat`, counted from the state: user and system time.
fn ticks(first: usize) -> Outcome<Duration> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let behind_name = text.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let fields: Vec<u32> = behind_name.split(' ').skip(first).take(2).flat_map(str::parse).collect();
    Ok(TICK * fields.iter().sum::<u32>())
}
