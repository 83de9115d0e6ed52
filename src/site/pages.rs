//! The pages of one area.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::markdown;
use super::{Artifact, Door, Searched, Site, within};
use crate::board::AreaOnBoard;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Problems};
use crate::kinds::notices::Notice;
use crate::privacy::Form;
use crate::values::Fingerprint;
use crate::views;

const PAGE_TOO_HEAVY: Code = Code::warning("page-too-heavy");

/// What a page may weigh, in bytes: 100 KB, so that it opens on a cheap phone and a slow line.
const MOST_BYTES: usize = 100_000;

/// A page before it is rendered.
pub(super) struct Page<'p, V> {
    /// Name of its template.
    pub template: &'static str,
    /// The folder that holds its `index.html`, from the root.
    pub folder: &'p str,
    /// Its title.
    pub title: &'p str,
    /// What is shown.
    pub view: &'p V,
    /// The content it is mainly made from.
    pub origin: Option<FileId>,
    /// Whether it says `noindex, noarchive`, because it shows recipients.
    pub noindex: bool,
    /// The fingerprint of the data that it shows; none where it only leads to data on other pages.
    pub fingerprint: Option<Fingerprint>,
}

impl<'p, V> Page<'p, V> {
    /// A page that search engines may keep, because it shows nobody that is not published for good.
    pub(super) fn open(
        template: &'static str,
        folder: &'p str,
        title: &'p str,
        view: &'p V,
        origin: Option<FileId>,
    ) -> Self {
        Self { template, folder, title, view, origin, noindex: false, fingerprint: None }
    }

    /// The page, saying which data it shows.
    pub(super) fn showing(self, fingerprint: Option<Fingerprint>) -> Self {
        Self { fingerprint, ..self }
    }
}

/// The pages of one area share a template context: the frame around them.
pub(super) struct Pages<'b, 'd> {
    site: Site<'b>,
    door: &'d dyn Door,
    context: Context,
    /// The way to the root that `sections` of the context is written for.
    root: Option<String>,
    /// The sheets that say what a page says, by its folder.
    sheets: BTreeMap<String, Vec<views::SheetLink>>,
    /// The page that is rendered; what it holds of memory serves for the next one.
    html: Vec<u8>,
}

impl<'b, 'd> Pages<'b, 'd> {
    /// The pages of the area with this index.
    pub(super) fn of_area(site: Site<'b>, index: usize, door: &'d dyn Door) -> Self {
        let mut context = Context::new();
        context.insert("frame", &views::frame_of_area(site.board, index));
        let area = site.board.areas.get(index).filter(|_| site.with_sheets);
        let sheets = area.map(|area| views::sheet_links(area, site.board.day)).unwrap_or_default();
        Self { site, door, context, root: None, sheets, html: Vec::new() }
    }

    /// Renders a page and lets it leave as the `index.html` of its folder.
    pub(super) fn leave<V: Serialize>(&mut self, page: &Page<'_, V>) -> Result<(), Failure> {
        let path = within(page.folder, "index.html");
        self.leave_at(page, &path, &views::root_from(page.folder))
    }

    /// Renders a page and lets it leave as the file `path`, its links starting with `root`.
    pub(super) fn leave_at<V: Serialize>(
        &mut self,
        page: &Page<'_, V>,
        path: &str,
        root: &str,
    ) -> Result<(), Failure> {
        self.lie_below(root);
        let context = &mut self.context;
        context.insert("page", page.view);
        context.insert("title", page.title);
        context.insert("canonical", &views::web_address(&self.site.board.settings.base_url, page.folder));
        context.insert("noindex", &page.noindex);
        context.insert("fingerprint", &page.fingerprint);
        context.insert("sheets", &self.sheets.get(page.folder));
        self.html.clear();
        match self.site.theme.render(page.template, context, &mut self.html) {
            Ok(()) => {
                if self.html.len() > MOST_BYTES {
                    self.report(too_heavy(page.origin, page.title, self.html.len()));
                }
                self.door.leave(Artifact {
                    path,
                    bytes: &self.html,
                    searched: Searched::Bytes(Form::Html),
                    origin: page.origin,
                })
            }
            Err(fault) => {
                self.report(fault);
                Ok(())
            }
        }
    }

    /// Sets the way to the root. Pages that lie equally deep share it, and with it the links to the rest of the area,
    /// a good part of every page: those are rendered only when it is another.
    fn lie_below(&mut self, root: &str) {
        if self.root.as_deref() == Some(root) {
            return;
        }
        self.root = Some(root.to_owned());
        // Nothing of the page before may show in them.
        for of_a_page in ["page", "title", "canonical", "noindex", "fingerprint", "sheets"] {
            self.context.remove(of_a_page);
        }
        self.context.insert("root", root);
        self.html.clear();
        if let Err(fault) = self.site.theme.render("sections.html", &self.context, &mut self.html) {
            self.report(fault);
        }
        self.context.insert("sections", &*String::from_utf8_lossy(&self.html));
    }

    /// The path of the board's own address: `/yunxi/` of `https://gongkai.example.org/yunxi/`.
    pub(super) fn path_of_base(&self) -> String {
        let base = &self.site.board.settings.base_url;
        let host = base.split_once("//").map_or(base.as_str(), |(_, host)| host);
        host.find('/').and_then(|at| host.get(at..)).unwrap_or("/").to_owned()
    }

    fn report(&self, problem: Diagnostic) {
        let mut problems = Problems::new();
        problems.add(problem);
        self.door.report(problems);
    }
}

fn too_heavy(origin: Option<FileId>, title: &str, bytes: usize) -> Diagnostic {
    let diagnostic = match origin {
        Some(file) => Diagnostic::new(PAGE_TOO_HEAVY, Place::file(file)),
        None => Diagnostic::of_the_board(PAGE_TOO_HEAVY),
    };
    diagnostic.with("title", title).with("kilobytes", bytes.div_ceil(1000))
}

/// Makes the pages of an area, and the open data that say the same.
pub(super) fn make(site: Site<'_>, index: usize, area: &AreaOnBoard, door: &dyn Door) -> Result<(), Failure> {
    let mut pages = Pages::of_area(site, index, door);
    let origin = Some(area.area.file);
    let name = &area.area.name;
    let view = views::area(site.board, area, site.files);
    pages.leave(&Page::open("area.html", &area.path, name, &view, origin))?;
    let folder = within(&area.path, "contacts");
    let view = views::contacts(site.board, area, site.files);
    let data = super::data::contacts(&view)?;
    let shown = !(view.cards.is_empty() && view.teams.is_empty());
    let fingerprint = shown.then(|| Fingerprint::of(&data));
    pages.leave(&Page::open("contacts.html", &folder, name, &view, origin).showing(fingerprint))?;
    super::data::leave(&data, &within(&area.path, "contacts.json"), origin, door)?;
    super::reception::make(&mut pages, site, area, door)?;
    super::reception::host_calendars(site, index, door)?;
    let folder = within(&area.path, "archive");
    let view = views::archive(area);
    pages.leave(&Page::open("archive.html", &folder, name, &view, origin))?;
    let folder = within(&area.path, "data");
    let view = views::data(site.board, area);
    pages.leave(&Page::open("data.html", &folder, name, &view, origin))?;
    let mut fingerprints = Vec::with_capacity(area.notices.len());
    for notice in &area.notices {
        let folder = area.page("notices", &notice.name);
        let body = markdown::to_html(notice, area, site, &folder);
        let view = views::notice(area, notice, body);
        let title = &notice.title;
        let origin = Some(notice.file);
        let fingerprint = fingerprint_of_notice(&view);
        pages.leave(&Page::open("notice.html", &folder, title, &view, origin).showing(Some(fingerprint)))?;
        fingerprints.push([fingerprint, Fingerprint::of(view.body.as_bytes())]);
    }
    super::notices::make(area, &fingerprints, door)?;
    super::owed::make(site, index, area, &mut pages, door)?;
    super::postings::make(site, index, area, &mut pages, door)?;
    super::results::make(site, area, &mut pages, door)?;
    super::programs::make(site, area, &mut pages, door)?;
    super::subsidies::make(site, area, &mut pages, door)
}

/// The fingerprint of a notice, of which there is no file: of its title, its days and its text as it is on the page.
pub fn notice_fingerprint(site: Site<'_>, area: &AreaOnBoard, notice: &Notice) -> Fingerprint {
    let folder = area.page("notices", &notice.name);
    fingerprint_of_notice(&views::notice(area, notice, markdown::to_html(notice, area, site, &folder)))
}

fn fingerprint_of_notice(notice: &views::NoticeView) -> Fingerprint {
    let views::NoticeLink { title, date, until, .. } = &notice.link;
    let until = until.map(|until| until.to_string()).unwrap_or_default();
    Fingerprint::of(
        [title, &date.to_string(), &until, &notice.body].map(String::as_str).join("\n").as_bytes(),
    )
}
