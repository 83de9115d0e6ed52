//! What each step of a build costs, through the library's own functions.

use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use gongshi::board::{self, Board};
use gongshi::diagnostics::{Failure, Problems};
use gongshi::privacy::{Reported, Search};
use gongshi::publish::{self, About, Guard};
use gongshi::site::{self, Artifact, Door, Site};
use gongshi::source::Content;
use gongshi::{VERSION, kinds, theme};

use crate::Outcome;
use crate::process::{Cost, cpu_of_this_process};

/// A step's name and its cost.
pub(crate) type Stage = (&'static str, Cost);

/// The steps that make the whole site, each time with one thing more; their differences are what is shown.
pub(crate) const MADE_OVER: [&str; 3] = ["render", "render+search", "render+search+stage"];

/// Measures all steps of one build of `content` into `out`.
pub(crate) fn measure(content: &Path, out: &Path, day: NaiveDate) -> Outcome<Vec<Stage>> {
    let mut clock = Clock::default();
    let mut problems = Problems::new();
    let opened = clock.time("list files", || Content::open(content, &mut problems))?.map_err(shown)?;
    let records = clock.time("read and check", || kinds::read(&opened, &mut problems))?;
    let records = records.ok_or("the board cannot be read")?;
    let theme = clock.time("load theme", || theme::load(&opened, &records.settings, &mut problems))?;
    let theme = theme.ok_or("the theme cannot be used")?;
    let board = clock.time("resolve", || board::resolve(records, &opened.files, day, &mut problems))?;
    let board = board.ok_or("the board cannot be resolved")?;
    Reported::judge(Some(&eyes(&board)), gongshi::source::UNKNOWN_KEY, &mut problems);
    sound(&problems)?;
    let site = Site { board: &board, files: &opened.files, theme: &theme, with_sheets: false };
    clock.time(MADE_OVER[0], || site::make(site, &Nowhere, &|| {}))?.map_err(shown)?;
    let guard = Guard::new(eyes(&board), None);
    clock.time(MADE_OVER[1], || site::make(site, &guard, &|| {}))?.map_err(shown)?;
    let staging = publish::open(out, content).map_err(shown)?;
    let guard = Guard::new(eyes(&board), Some(&staging));
    clock.time(MADE_OVER[2], || site::make(site, &guard, &|| {}))?.map_err(shown)?;
    problems.append(guard.into_problems());
    sound(&problems)?;
    let content_fingerprint =
        clock.time("fingerprint content", || opened.files.fingerprint())?.map_err(shown)?;
    let about = About {
        content_fingerprint,
        date: day,
        version: VERSION,
        next_change: board.next_change,
        extra: serde_json::Map::new(),
    };
    let published = clock.time("manifest, exchange", || staging.publish(about))?.map_err(shown)?;
    clock.time("remove old tree", || published.remove_old())?.map_err(shown)?;
    clock.time("drop records", || drop((board, theme, opened)))?;
    Ok(clock.stages)
}

fn sound(problems: &Problems) -> Outcome<()> {
    if problems.has_errors() {
        return Err("the county has errors; a build or `gongshi check` of it says which".into());
    }
    Ok(())
}

/// A door behind which nothing is: what is made is dropped.
struct Nowhere;

impl Door for Nowhere {
    fn leave(&self, _: Artifact<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn report(&self, _: Problems) {}
}

fn eyes(board: &Board) -> Search {
    Search::new(board.published_phones())
}

fn shown(failure: Failure) -> String {
    format!("{}: {:?}", failure.name(), failure.facts())
}

#[derive(Default)]
struct Clock {
    stages: Vec<Stage>,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> Outcome<T> {
        let before = cpu_of_this_process()?;
        let start = Instant::now();
        let done = work();
        let wall = start.elapsed();
        let cpu = cpu_of_this_process()?.saturating_sub(before);
        self.stages.push((stage, Cost { wall, cpu }));
        Ok(done)
    }
}
