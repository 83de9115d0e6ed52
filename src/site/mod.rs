//! The board as a website: pages, open data, feeds and the files around them.
//!
//! Every artifact goes through one [`Door`] as soon as it is made; none is kept.

mod attachments;
mod board;
mod data;
mod feeds;
mod ical;
mod markdown;
mod notices;
mod owed;
mod pages;
mod postings;
mod programs;
mod reception;
mod redirects;
mod results;
mod root;
mod spreadsheet;
mod subsidies;
mod table;

use rayon::prelude::*;

pub use data::contacts as contacts_data;
pub use pages::notice_fingerprint;
pub use reception::reception_csv;
pub use results::result_csv;
pub use spreadsheet::to_csv;
pub use subsidies::{disclosure_csv, disclosure_data, heading_of};

use crate::board::Board;
use crate::diagnostics::{Failure, FileId, Problems};
use crate::privacy::{Document, Form};
use crate::source::Files;
use crate::theme::Theme;

/// One thing that is about to leave: where to, and what.
#[derive(Clone, Copy, Debug)]
pub struct Artifact<'a> {
    /// Path from the published folder's root, with `/`.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What is searched.
    pub searched: Searched<'a>,
    /// The content it was mainly made from, for problems found on the way out.
    pub origin: Option<FileId>,
}

/// What of an artifact is searched for private numbers.
#[derive(Clone, Copy, Debug)]
pub enum Searched<'a> {
    /// Its bytes, from which a person's text is got in this way.
    Bytes(Form),
    /// The decoded text of the content file that it is a copy of; what is found has a place in that file.
    Copy(Form, &'a str),
    /// The same of a text that is shown as this HTML by whoever opens it so.
    Marked(&'a str, &'a str),
    /// The texts in it, got out by opening it.
    Document(&'a Document),
    /// Nothing: there is no text in it, or none that can be searched and the board trusts it.
    Nothing,
}

/// Takes artifacts out of the house, one by one, from several threads at once.
pub trait Door: Sync {
    /// Lets an artifact leave, or notes why it must not.
    ///
    /// # Errors
    /// When the machine fails; what the guard finds is no failure but a problem.
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure>;

    /// The bytes of a sheet as they were last published, where it was made from what `key` stands for; `None` where it
    /// must be made. They are those that its manifest names.
    fn kept(&self, path: &str, key: &str) -> Option<Vec<u8>> {
        let _ = (path, key);
        None
    }

    /// Notes problems found while an artifact was made.
    fn report(&self, problems: Problems);
}

/// What the site is made from.
#[derive(Clone, Copy)]
pub struct Site<'b> {
    /// The board.
    pub board: &'b Board,
    /// The content, for attachments and photos.
    pub files: &'b Files,
    /// The look.
    pub theme: &'b Theme,
    /// Whether there are sheets to print, which pages link.
    pub with_sheets: bool,
}

/// Makes all artifacts of the site. `done` is called after each area, for a progress bar.
///
/// # Errors
/// The first failure of the machine.
pub fn make(site: Site<'_>, door: &dyn Door, done: &(dyn Fn() + Sync)) -> Result<(), Failure> {
    root::make(site, door)?;
    redirects::make(site, door)?;
    let areas = 0..site.board.areas.len();
    areas.into_par_iter().try_for_each(|index| {
        make_area(site, index, door)?;
        done();
        Ok(())
    })
}

/// Everything that stands in one area's folder.
fn make_area(site: Site<'_>, index: usize, door: &dyn Door) -> Result<(), Failure> {
    let Some(area) = site.board.areas.get(index) else { return Ok(()) };
    pages::make(site, index, area, door)?;
    feeds::make(site, area, door)?;
    attachments::make(site, area, door)
}

/// `folder/name`, or just the name at the root.
fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
