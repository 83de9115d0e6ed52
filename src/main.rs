//! Arguments in, exit code out.

use std::process::ExitCode;

/// Pages are made of many small texts; this allocator gives and takes them faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongshi::cli::run()
}
