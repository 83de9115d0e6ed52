//! What the system answers, as failures with words.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::diagnostics::Failure;

/// A failure to write, make, rename or remove `path`.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let failure = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Failure::machine("disk-full"),
        ErrorKind::InvalidFilename => Failure::machine("name-too-long"),
        _ => Failure::machine("cannot-write").with("reason", error),
    };
    failure.with("path", path.display())
}

/// A failure to read `path`.
pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::machine("cannot-read").with("reason", error).with("path", path.display())
}
