//! Starts a fuzz target: under libFuzzer, or on the files that the program is given, to see again what was found.

use std::sync::{Mutex, Once, PoisonError};

#[cfg(feature = "libfuzzer")]
pub use libfuzzer_sys;

/// Runs a target on one input. What a library of the program falls over and the program catches is no fault; what leaves the
/// target is, and ends the process.
pub fn once(target: fn(&[u8]), input: &[u8]) {
    static QUIET: Once = Once::new();
    static SAID: Mutex<String> = Mutex::new(String::new());
    let said = || SAID.lock().unwrap_or_else(PoisonError::into_inner);
    QUIET.call_once(|| std::panic::set_hook(Box::new(move |panic| *said() = panic.to_string())));
    if std::panic::catch_unwind(|| target(input)).is_err() {
        eprintln!("{}", said());
        std::process::abort();
    }
}

/// Runs a target on the files that are named on the command line.
///
/// # Panics
/// When a file cannot be read.
#[allow(clippy::disallowed_methods, clippy::expect_used, reason = "a program for developers")]
pub fn replay(target: fn(&[u8])) {
    for file in std::env::args_os().skip(1) {
        once(target, &std::fs::read(file).expect("a file to be read"));
    }
}

/// The start of the program that runs a target, a function of bytes.
#[macro_export]
macro_rules! start {
    ($target:path) => {
        #[cfg(feature = "libfuzzer")]
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::once($target, data));

        #[cfg(not(feature = "libfuzzer"))]
        fn main() {
            $crate::replay($target);
        }
    };
}
