//! What links of notices can lead to: pages and files of the board.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use percent_encoding::percent_decode_str;

use crate::diagnostics::Problems;
use crate::kinds::AreaRecords;
use crate::kinds::catalogue::Catalogue;
use crate::kinds::notices::markdown::{self, Destination};
use crate::kinds::programs::Programs;
use crate::source::{Files, resolve};

/// Everything on the board that a link can lead to.
#[derive(Debug, Default)]
pub struct LinkTargets {
    /// By path from the root, as it is written in content and as it stands in the published folder.
    known: BTreeMap<String, Target>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// The path from the published folder's root.
    At(String),
    /// It does not exist yet on the day.
    NotYet,
}

impl LinkTargets {
    /// Gathers the targets of a board on `day`.
    pub(super) fn gather(
        areas: &[AreaRecords],
        programs: &Programs,
        catalogue: &Catalogue,
        files: &Files,
        day: NaiveDate,
    ) -> Self {
        let mut targets = Self::default();
        for area in areas {
            targets.page(&area.path, true);
            for name in ["contacts", "reception", "archive", "data"] {
                targets.page(&super::addresses::join(&area.path, name), true);
            }
            if programs.has_area(&area.path) {
                targets.page(&super::addresses::join(&area.path, "programs"), true);
            }
            if catalogue.concerns(&area.path) {
                targets.page(&super::addresses::join(&area.path, "ledger"), true);
            }
            for notice in &area.notices {
                let address = super::addresses::join(&area.path, &format!("notices/{}", notice.name));
                targets.page(&address, notice.is_published(day));
            }
            for result in &area.results {
                let address = super::addresses::join(&area.path, &format!("results/{}", result.name));
                targets.page(&address, result.is_published(day));
            }
            for disclosure in &area.subsidies {
                let address = super::addresses::join(&area.path, &format!("subsidies/{}", disclosure.name));
                targets.page(&address, true);
            }
            for file in &area.attachments {
                let path = files.path(*file).to_owned();
                targets.known.insert(path.clone(), Target::At(path));
            }
        }
        targets
    }

    /// A page in the folder `path`, which exists on the day or will later.
    pub(super) fn page(&mut self, path: &str, exists: bool) {
        let page = super::addresses::join(path, "index.html");
        self.known.insert(path.to_owned(), if exists { Target::At(page) } else { Target::NotYet });
    }

    /// Where `link` leads, written in a notice of the area at `area_path`: an address of the web, or a path
    /// from the area's folder (`files/x.pdf`, `notices/other.md`), or with `/` before it from the root.
    /// [`Destination::Inside`] holds the path from the published folder's root.
    pub fn find(&self, area_path: &str, link: &str) -> Destination {
        if link.starts_with('#') {
            return Destination::Outside;
        }
        if let Some((scheme, rest)) = link.split_once(':') {
            let allowed =
                ["http", "https", "mailto", "tel"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
            return if allowed && !rest.is_empty() { Destination::Outside } else { Destination::NotAllowed };
        }
        let (path, anchor) = link.find('#').map_or((link, ""), |at| link.split_at(at));
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let (folder, inside) = match decoded.strip_prefix('/') {
            Some(from_root) => ("", from_root),
            None => (area_path, decoded.as_ref()),
        };
        let Some(path) = resolve(folder, inside) else { return Destination::Nowhere };
        match self.known.get(&path).or_else(|| self.known.get(page_of(&path))) {
            Some(Target::At(target)) => Destination::Inside(target.clone() + anchor),
            Some(Target::NotYet) => Destination::NotYet,
            None => Destination::Nowhere,
        }
    }
}

/// The folder of the page that a path means: without `index.html`, or without the ending of the content
/// file it is made from.
fn page_of(path: &str) -> &str {
    let folder = path.strip_suffix("index.html").map(|path| path.trim_end_matches('/'));
    folder.or_else(|| path.strip_suffix(".md")).or_else(|| path.strip_suffix(".toml")).unwrap_or(path)
}

/// Checks the text of all notices.
pub(super) fn check(areas: &[AreaRecords], targets: &LinkTargets, problems: &mut Problems) {
    for area in areas {
        for notice in &area.notices {
            let destination = |link: &str| targets.find(&area.path, link);
            markdown::check(&notice.body, notice.body_start, notice.file, &destination, problems);
        }
    }
}
