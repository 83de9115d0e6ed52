//! gongshi: from a content folder to a published disclosure board.
//!
//! # Steps
//! 1. [`source`] lists the content folder and decodes its files into values that keep their places;
//! 2. [`kinds`] checks them into records, each by the rules of its kind, private data left behind;
//! 3. [`board`] resolves the records for one day: who is in office, what is open, what comes next;
//! 4. [`views`] and [`theme`] say what is shown and how, [`site`] makes pages, open data and feeds of it, [`sheets`] prints it;
//! 5. [`publish`] searches every artifact, stages it, and exchanges the whole tree in one step.
//!
//! Every step adds to one list of [`diagnostics`]; an error stops before anything is published. Between
//! `source` and `publish` nothing opens a file, asks a clock or prints: the day is an argument, and the same
//! content, theme, day and version give the same bytes.

pub mod board;
pub mod calendar;
pub mod cli;
pub mod diagnostics;
pub mod kinds;
pub mod privacy;
pub mod publish;
pub mod sheets;
pub mod site;
pub mod source;
pub mod theme;
pub mod values;
pub mod views;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::board::Board;
use crate::diagnostics::{Diagnostic, Failure, Problems};
use crate::privacy::Reported;
use crate::publish::{About, Guard, Published, Staging};
use crate::source::Content;
use crate::theme::Theme;

/// The version of the program, as manifests name it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Told how far a build is: areas done, then sheets done, of how many. Called from several threads.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// What is asked of a build.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The day to build for.
    pub day: NaiveDate,
    /// Whether a warning stops the publication too.
    pub strict: bool,
    /// Whether to make sheets for printing, and link them.
    pub sheets: bool,
}

/// The outcome of reading a content folder, with everything needed to show its problems.
pub struct Checked {
    /// All problems, in the order of files and places.
    pub problems: Vec<Diagnostic>,
    /// The content, for showing the lines of problems.
    pub content: Content,
}

/// A board to look at.
pub struct Looked {
    /// All problems of the content; with an error among them the board is not to be trusted.
    pub problems: Vec<Diagnostic>,
    /// The content, for showing the lines of problems.
    pub content: Content,
    /// The board; `None` when there is none to be made.
    pub board: Option<Board>,
}

/// The outcome of a build.
pub struct Built {
    /// All problems; with an error among them nothing was published.
    pub problems: Vec<Diagnostic>,
    /// The content, for showing the lines of problems.
    pub content: Content,
    /// What was published; `None` after an error.
    pub published: Option<(Summary, Published)>,
}

/// What a build has published.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Number of files.
    pub files: usize,
    /// How many of them are the same bytes as before.
    pub unchanged: usize,
    /// Number of areas.
    pub areas: usize,
    /// The next day on which the output differs by more than the day shown.
    pub next_change: Option<NaiveDate>,
}

/// Finds every problem of a board on `day`, in what it says and in what it would publish. Writes nothing.
///
/// # Errors
/// When there is no such content folder, or the machine fails.
pub fn check(content: &Path, day: NaiveDate) -> Result<Checked, Failure> {
    check_against(content, day, None)
}

/// As [`check`]; with a published folder also what has changed in lists that are open there.
///
/// # Errors
/// As [`check`], and when that folder was not published by this program.
pub fn check_against(content: &Path, day: NaiveDate, published: Option<&Path>) -> Result<Checked, Failure> {
    let mut problems = Problems::new();
    let content = Content::open(content, &mut problems)?;
    let (ready, reported) = read(&content, day, &mut problems);
    content.files.all_read()?;
    if let Some((board, theme)) = ready {
        let guard = Guard::new(privacy_search(&board), None);
        // Only where an error stands already may the guard be silent of anything.
        let guard = if problems.has_errors() { guard.knowing(&reported) } else { guard };
        let site = site::Site { board: &board, files: &content.files, theme: &theme, with_sheets: true };
        make(site, &guard, &|_, _| {})?;
        problems.append_found_outside(sheets::check(site));
        content.files.all_read()?;
        problems.append_found_outside(guard.into_problems());
        if let Some(published) = published {
            publish::compare_open_lists(&board, published, &mut problems)?;
        }
    }
    Ok(Checked { problems: problems.into_sorted(), content })
}

/// Makes the board of `day` without anything of it, for commands that show what stands on it. Its problems are
/// those of the content; what only a built page would show is left to [`check`] and [`build`].
///
/// # Errors
/// As [`check`].
pub fn look(content: &Path, day: NaiveDate) -> Result<Looked, Failure> {
    let mut problems = Problems::new();
    let content = Content::open(content, &mut problems)?;
    let (ready, _) = read(&content, day, &mut problems);
    content.files.all_read()?;
    let board = ready.map(|(board, _)| board);
    Ok(Looked { problems: problems.into_sorted(), content, board })
}

/// Builds a board and publishes it in `out`, all or nothing. The tree that stood there before is removed by the
/// [`Published`] that is returned, so that success can be reported first.
///
/// # Errors
/// When a folder cannot be used or the machine fails; what was published before stands untouched then.
pub fn build(content: &Path, out: &Path, asked: Asked, progress: Progress<'_>) -> Result<Built, Failure> {
    let mut problems = Problems::new();
    let content_path = content;
    let content = Content::open(content, &mut problems)?;
    let staging = publish::open(out, content_path)?;
    let (ready, _) = read(&content, asked.day, &mut problems);
    content.files.all_read()?;
    let published = match ready {
        Some((board, theme)) if !stops(&problems, asked.strict) => {
            let guard = Guard::new(privacy_search(&board), Some(&staging));
            let with_sheets = asked.sheets && sheets::AVAILABLE;
            let site = site::Site { board: &board, files: &content.files, theme: &theme, with_sheets };
            make(site, &guard, progress)?;
            let printed =
                if with_sheets { sheets::make(site, &guard, progress)? } else { sheets::Made::default() };
            // Only the posting list tells what no page does: what else hangs on the wall.
            let walls = board.next_change_of_walls().filter(|_| with_sheets);
            let next_change = [board.next_change, walls].into_iter().flatten().min();
            content.files.all_read()?;
            problems.append_found_outside(guard.into_problems());
            if stops(&problems, asked.strict) {
                None
            } else {
                let about = publish::about_sheets(&printed);
                let told = Told { day: board.day, next_change, areas: board.areas.len(), about };
                // To give back the memory of a county takes as long as to write its manifest.
                let (published, ()) =
                    rayon::join(|| publish(staging, told, &content), || drop((board, theme)));
                Some(published?)
            }
        }
        _ => None,
    };
    Ok(Built { problems: problems.into_sorted(), content, published })
}

/// The outcome of printing.
pub struct PrintedSheets {
    /// All problems; with an error among them nothing was written.
    pub problems: Vec<Diagnostic>,
    /// The content, for showing the lines of problems.
    pub content: Content,
    /// The files written; `None` after an error.
    pub files: Option<Vec<PathBuf>>,
}

/// Which area of a board is meant.
pub type FindArea<'f> = &'f dyn Fn(&Board) -> Result<usize, Failure>;

/// Sets the sheets of one area that are wished for and writes them into the folder `out`.
///
/// # Errors
/// As [`build`]; when there is no such area; when the program was compiled without the typesetter.
pub fn print(
    content: &Path,
    out: &Path,
    asked: Asked,
    find: FindArea<'_>,
    wish: sheets::Wish,
) -> Result<PrintedSheets, Failure> {
    publish::may_hold_sheets(out, content)?;
    let mut problems = Problems::new();
    let content = Content::open(content, &mut problems)?;
    let (ready, _) = read(&content, asked.day, &mut problems);
    content.files.all_read()?;
    let mut files = None;
    if let Some((board, theme)) = ready
        && !stops(&problems, asked.strict)
    {
        let area = find(&board)?;
        let tray = publish::Tray::behind(Guard::new(privacy_search(&board), None));
        let site = site::Site { board: &board, files: &content.files, theme: &theme, with_sheets: true };
        if let Some(area) = board.areas.get(area) {
            sheets::print(site, area, wish, &tray)?;
        }
        content.files.all_read()?;
        let (found, printed) = tray.empty();
        problems.append_found_outside(found);
        if !stops(&problems, asked.strict) {
            files = Some(publish::write_sheets(&printed, out)?);
        }
    }
    Ok(PrintedSheets { problems: problems.into_sorted(), content, files })
}

/// Whether the problems stop a publication.
fn stops(problems: &Problems, strict: bool) -> bool {
    problems.has_errors() || strict && !problems.is_empty()
}

/// Content to board and theme, `None` when one of them cannot be made; and the private numbers met on the way.
fn read(content: &Content, day: NaiveDate, problems: &mut Problems) -> (Option<(Board, Theme)>, Reported) {
    let Some(records) = kinds::read(content, problems) else {
        return (None, Reported::judge(None, source::UNKNOWN_KEY, problems));
    };
    let knows_phones = records.know_phones();
    let theme = theme::load(content, &records.settings, problems);
    let board = board::resolve(records, &content.files, day, problems);
    let published = board.as_ref().filter(|_| knows_phones).map(privacy_search);
    let reported = Reported::judge(published.as_ref(), source::UNKNOWN_KEY, problems);
    (board.zip(theme), reported)
}

/// Board to artifacts, each searched and staged.
fn make(site: site::Site<'_>, guard: &Guard<'_>, progress: Progress<'_>) -> Result<(), Failure> {
    let done = std::sync::atomic::AtomicUsize::new(0);
    site::make(site, guard, &|| {
        let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        progress(done, site.board.areas.len());
    })
}

/// The guard's eyes, knowing the phones that this board publishes.
fn privacy_search(board: &Board) -> privacy::Search {
    privacy::Search::new(board.published_phones())
}

/// What is told of a board that has been published.
struct Told {
    day: NaiveDate,
    next_change: Option<NaiveDate>,
    areas: usize,
    about: serde_json::Map<String, serde_json::Value>,
}

/// Staging to published folder.
fn publish(staging: Staging, told: Told, content: &Content) -> Result<(Summary, Published), Failure> {
    let published = staging.publish(About {
        content_fingerprint: content.files.fingerprint()?,
        date: told.day,
        version: VERSION,
        next_change: told.next_change,
        extra: told.about,
    })?;
    let summary = Summary {
        files: published.files(),
        unchanged: published.unchanged(),
        areas: told.areas,
        next_change: told.next_change,
    };
    Ok((summary, published))
}
