//! One build at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::failure::cannot_write;
use crate::diagnostics::Failure;

/// The lock of a published folder. It ends when this value is dropped, or with the process.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock, without waiting.
    ///
    /// # Errors
    /// `another-build` when it is held; `cannot-lock` where the file system has no locks.
    pub(super) fn take(path: &Path) -> Result<Self, Failure> {
        loop {
            if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
                return Err(Failure::machine("in-the-way").with("path", path.display()));
            }
            let file = open(path).map_err(|error| cannot_write(path, &error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Failure::machine("another-build").with("path", path.display()));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(Failure::machine("cannot-lock")
                        .with("path", path.display())
                        .with("reason", error));
                }
            }
            // The holder before may have removed the file between our opening and locking it: then
            // we hold a lock that nobody else can see, and try again.
            if still_there(path, &file).map_err(|error| cannot_write(path, &error))? {
                return Ok(Self { path: path.to_owned(), _file: file });
            }
        }
    }
}

/// Opens the lock file, making it; a link in its place is not followed.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that no hidden file stays behind. Where that is not possible the
        // file stays, which does no harm: it is the lock on it that counts.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn still_there(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn still_there(_path: &Path, _file: &File) -> io::Result<bool> {
    // An open file cannot be removed here.
    Ok(true)
}
