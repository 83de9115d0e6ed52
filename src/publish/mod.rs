//! The one door out: artifacts → staging folder → manifest → exchange with the published folder.
//!
//! This is the only module that writes. It promises: all or nothing. The new tree is staged beside
//! the old one, in a hidden folder that only its owner can enter, and takes its place in one step
//! where the system has one (Linux, macOS), otherwise by two renames with a journal that the next
//! command completes or undoes. Killed at any moment, the old site or the new one stands whole. That
//! holds when the process is killed; it is not promised when the power fails.
//!
//! Beside a published folder `public` there may be:
//!
//! | name | what |
//! |---|---|
//! | `.public.gongshi-lock` | held while a build runs; its lock vanishes with the process |
//! | `.public.gongshi-staging/` | mode 0700, while a build runs or after one was killed |
//! | `.public.gongshi-staging/new/` | the tree being written; after a one-step exchange the old one |
//! | `.public.gongshi-staging/old/` | the old tree, after two renames |
//! | `.public.gongshi-staging/journal.json` | says that two renames have begun |
//!
//! Files and folders of the published tree get the modes that the user's umask gives to any new file
//! (commonly 0644 and 0755), so that a web server can read them; a stricter umask is a wish that is
//! respected. The published folder itself keeps the mode it had.

mod against;
mod diff;
mod exchange;
mod failure;
mod guard;
mod journal;
mod lock;
mod manifest;
mod place;
mod sheets;
mod staging;
mod tray;
mod tree;
mod verify;

#[cfg(test)]
mod tests;

pub use against::compare_open_lists;
pub use diff::{Comparison, Detail, Fact, Said, Standing, Turn, TurnKind, Unit, diff};
pub use guard::Guard;
pub use manifest::{About, Digest, FileEntry, Manifest};
pub use sheets::{SheetEntry, about_sheets};
pub use staging::{Published, Staging, open};
pub use tray::{Tray, may_hold_sheets, write_sheets};
pub use verify::{Difference, Differs, verify};
