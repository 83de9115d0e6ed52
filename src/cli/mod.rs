//! The command line: what was typed, and the only code that prints.

mod area;
mod arguments;
mod audit;
mod build;
mod check;
mod columns;
mod diff;
mod explain;
mod import;
mod new;
mod print;
mod reception;
mod sheets;
mod usage;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use print::Printer;

use crate::diagnostics::{Cause, Failure};

/// Done.
const DONE: u8 = 0;
/// Problems in the content; nothing was published.
const PROBLEMS: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// The machine failed.
const MACHINE: u8 = 3;

/// Runs the program with the arguments of the process; returns its exit status.
pub fn run() -> ExitCode {
    quiet_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let Some(failure) = usage::failure(&error) else {
                // Help and version come this way too; they are no errors. A closed pipe is nobody's fault.
                let _ = error.print();
                return ExitCode::from(if error.use_stderr() { USAGE } else { DONE });
            };
            Printer::new(arguments::language_as_typed(), false).failure(&failure);
            return ExitCode::from(USAGE);
        }
    };
    let printer = Printer::new(arguments.common.language(), arguments.common.quiet);
    set_threads(arguments.common.jobs);
    let outcome = match &arguments.command {
        Command::New(new) => new::run(new, &printer),
        Command::Check(check) => check::run(check, &arguments.common, &printer),
        Command::Build(build) => build::run(build, &arguments.common, &printer),
        Command::Reception(asked) => reception::run(asked, &arguments.common, &printer),
        Command::Import(import) => import::run(import, &arguments.common, &printer),
        Command::Print(print) => sheets::run(print, &arguments.common, &printer),
        Command::Audit(asked) => audit::run(asked, &arguments.common, &printer),
        Command::Diff(asked) => diff::run(asked, &printer),
        Command::Verify(verify) => verify::run(verify, &printer),
        Command::Explain(explain) => explain::run(explain, &printer),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "gongshi", &mut script);
            printer.text(&String::from_utf8_lossy(&script));
            Ok(DONE)
        }
    };
    let outcome = outcome.and_then(|status| printer.all_printed().map(|()| status));
    ExitCode::from(outcome.unwrap_or_else(|failure| {
        printer.failure(&failure);
        status_of(&failure)
    }))
}

fn status_of(failure: &Failure) -> u8 {
    match failure.cause() {
        Cause::Usage => USAGE,
        Cause::Machine => MACHINE,
    }
}

/// Readers of foreign formats that can panic on damaged files: `source` turns that into a problem, and the
/// default message would only frighten.
const FOREIGN_READERS: [&str; 4] = ["/calamine-", "/cfb-", "/quick-xml-", "/zip-"];

fn quiet_panics() {
    let standard = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let at = panic.location().map(|at| at.file().replace('\\', "/")).unwrap_or_default();
        if !FOREIGN_READERS.iter().any(|reader| at.contains(reader)) {
            standard(panic);
        }
    }));
}

fn set_threads(jobs: Option<u16>) {
    // A pool that exists already keeps its size; there is none before this.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build_global();
}
