//! What can be asked of the benchmark.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

/// Builds synthetic counties and compares each build with merely writing the same files.
#[derive(Debug, Parser)]
pub(crate) struct Arguments {
    /// Numbers of villages; a village has 12 pages (and its archive)
    #[arg(default_values_t = [100, 833])]
    pub(crate) villages: Vec<usize>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Only write the content folder of a county
    Generate {
        /// Number of villages
        villages: usize,
        /// Where to
        dir: PathBuf,
    },
    /// Only measure how long writing the files of a published folder takes
    Write {
        /// The published folder
        published: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Seed of the county
    #[arg(long, global = true, default_value_t = 2026)]
    pub(crate) seed: u64,
    /// The day to build for
    #[arg(long, global = true, default_value = "2026-11-22")]
    pub(crate) date: NaiveDate,
    /// Measurements of each kind, of which the median is taken; fewer when memory is short
    #[arg(long, global = true, default_value_t = 5)]
    pub(crate) runs: usize,
    /// Threads of the build; by default as many as there are processors
    #[arg(long, global = true)]
    pub(crate) jobs: Option<usize>,
    /// The program to measure
    #[arg(long, global = true, default_value = env!("CARGO_BIN_EXE_gongshi"))]
    pub(crate) binary: PathBuf,
    /// A folder in memory
    #[arg(long, global = true, default_value = "/dev/shm")]
    pub(crate) scratch: PathBuf,
    /// Do not measure the stages
    #[arg(long, global = true)]
    pub(crate) no_stages: bool,
    /// Only the stages, in this process: for a profiler
    #[arg(long, global = true, conflicts_with = "no_stages")]
    pub(crate) only_stages: bool,
    /// One line of key=value pairs beside each table
    #[arg(long, global = true)]
    pub(crate) lines: bool,
    /// Given by `cargo bench`
    #[arg(long, global = true, hide = true)]
    bench: bool,
}
