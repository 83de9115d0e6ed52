//! `gongshi build`

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{Build, Common};
use super::check::status;
use super::print::{Printer, Stream};
use crate::Asked;
use crate::diagnostics::Failure;

/// A build that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Builds and publishes; problems go to standard error, one line about what was built to standard output.
pub(super) fn run(build: &Build, common: &Common, printer: &Printer) -> Result<u8, Failure> {
    let start = Instant::now();
    let bar = Bar::new(start, printer.is_quiet());
    let asked = Asked { day: common.day(), strict: common.strict, sheets: !build.no_sheets };
    let built = crate::build(&build.content, &build.out, asked, &|done, all| {
        bar.show(done, all);
    });
    bar.clear();
    let built = built?;
    printer.problems(&built.problems, &built.content.files, Stream::Err);
    let status = status(&built.problems, common.strict);
    let out = build.out.display().to_string();
    let Some((summary, published)) = built.published else {
        printer.say("say-nothing-published", &[("out", out)]);
        return Ok(status);
    };
    printer.say(
        if summary.next_change.is_some() { "say-built" } else { "say-built-for-good" },
        &[
            ("files", summary.files.to_string()),
            ("changed", summary.files.saturating_sub(summary.unchanged).to_string()),
            ("areas", summary.areas.to_string()),
            ("out", out),
            ("seconds", format!("{:.1}", start.elapsed().as_secs_f64())),
            ("next", summary.next_change.map(|day| day.to_string()).unwrap_or_default()),
        ],
    );
    published.remove_old()?;
    Ok(status)
}

/// A progress bar on a terminal, which appears when a build takes longer than a second.
struct Bar {
    start: Instant,
    quiet: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    fn new(start: Instant, quiet: bool) -> Self {
        Self { start, quiet, bar: Mutex::new(None) }
    }

    fn show(&self, done: usize, all: usize) {
        if self.quiet || self.start.elapsed() < PATIENCE {
            return;
        }
        // The bar hides itself where standard error is no terminal.
        if let Ok(mut bar) = self.bar.lock() {
            let bar = bar.get_or_insert_with(|| {
                let style = ProgressStyle::with_template("{bar:40} {pos}/{len}");
                ProgressBar::new(all as u64)
                    .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            });
            bar.set_position(done as u64);
        }
    }

    fn clear(&self) {
        if let Ok(Some(bar)) = self.bar.lock().as_deref() {
            bar.finish_and_clear();
        }
    }
}
