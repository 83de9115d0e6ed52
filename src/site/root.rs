//! What stands once at the root: styles, the page for lost visitors, the map, the word to robots.

use std::fmt::Write;

use super::pages::{Page, Pages};
use super::{Artifact, Door, Searched, Site};
use crate::board::AreaOnBoard;
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views::{self, web_address};

/// The most addresses that the protocol of sitemaps allows in one file.
const MOST_ADDRESSES: usize = 50_000;

/// Makes the files at the root.
pub(super) fn make(site: Site<'_>, door: &dyn Door) -> Result<(), Failure> {
    for (name, bytes) in &site.theme.assets {
        let path = format!("assets/{name}");
        door.leave(Artifact { path: &path, bytes, searched: Searched::Bytes(Form::Text), origin: None })?;
    }
    let mut pages = Pages::of_area(site, 0, door);
    pages.leave_lost()?;
    super::board::make(site, door)?;
    robots(site, door)?;
    sitemap(site, door)
}

fn robots(site: Site<'_>, door: &dyn Door) -> Result<(), Failure> {
    let text = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", site.board.settings.base_url);
    door.leave(Artifact {
        path: "robots.txt",
        bytes: text.as_bytes(),
        searched: Searched::Bytes(Form::Text),
        origin: None,
    })
}

/// The addresses of all pages that may be found by search engines: not those that show recipients.
fn sitemap(site: Site<'_>, door: &dyn Door) -> Result<(), Failure> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let ledgers = (0..site.board.areas.len()).filter(|index| site.board.ledger.concerns(*index));
    let ledgers = ledgers.filter_map(|index| Some(site.board.areas.get(index)?.page_of("ledger")));
    let without_pictures = |index: &usize| views::postings_shown(site.board, *index) == Some(false);
    let postings = (0..site.board.areas.len()).filter(without_pictures);
    let postings = postings.filter_map(|index| Some(site.board.areas.get(index)?.page_of("postings")));
    let further = ledgers.chain(postings);
    for folder in site.board.areas.iter().flat_map(folders).chain(further).take(MOST_ADDRESSES) {
        let address = web_address(&site.board.settings.base_url, &folder);
        let address = address.replace('&', "&amp;").replace('\'', "&apos;");
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<url><loc>{address}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    door.leave(Artifact {
        path: "sitemap.xml",
        bytes: xml.as_bytes(),
        searched: Searched::Bytes(Form::Xml),
        origin: None,
    })
}

/// The folders of an area's pages that may be found.
fn folders(area: &AreaOnBoard) -> impl Iterator<Item = String> {
    let own = std::iter::once(area.path.clone());
    let fixed = ["contacts", "reception", "archive", "data"].map(|name| super::within(&area.path, name));
    let programs = area.programs.iter().map(|_| super::within(&area.path, "programs"));
    let notices = area.notices.iter().map(|notice| area.page("notices", &notice.name));
    let results = area.results.iter().map(|on_board| area.page("results", &on_board.result.name));
    let subsidies = area.subsidies.iter().filter(|disclosure| !disclosure.shows_rows);
    let subsidies = subsidies.map(|disclosure| area.page("subsidies", &disclosure.name));
    own.chain(fixed).chain(programs).chain(notices).chain(results).chain(subsidies)
}

impl Pages<'_, '_> {
    /// The page for visitors of an address that is not there. It is shown at any depth, so its links
    /// start at the path of the board's own address.
    fn leave_lost(&mut self) -> Result<(), Failure> {
        let page = Page { noindex: true, ..Page::open("lost.html", "", "404", &(), None) };
        self.leave_at(&page, "404.html", &self.path_of_base())
    }
}
