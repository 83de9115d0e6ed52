//! How long a county takes to build, beside what merely writing the same files takes. See `benches/README.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark says what it measured")]
#![allow(clippy::indexing_slicing, reason = "a benchmark reads only what it has written itself")]

mod arguments;
mod county;
mod disclosures;
mod names;
mod process;
mod random;
mod rankings;
mod report;
mod run;
mod stages;
mod tree;
mod village;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// The program's own allocator, so that the stages are those of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever went wrong; the benchmark only shows it.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match start(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &Arguments) -> Outcome<()> {
    match &arguments.command {
        Some(Command::Generate { villages, dir }) => {
            county::generate(*villages, arguments.options.seed, dir)?;
            Ok(())
        }
        Some(Command::Write { published }) => run::mere_writing(published, &arguments.options),
        None => run::counties(&arguments.villages, &arguments.options),
    }
}
