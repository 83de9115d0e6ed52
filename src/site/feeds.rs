//! Atom feeds: what an area has published, newest first.

use std::collections::BTreeMap;

use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{Datelike, Days, FixedOffset, NaiveDate, NaiveTime};

use super::{Artifact, Door, Searched, Site, within};
use crate::board::{AreaOnBoard, DAYS_AHEAD, Met};
use crate::diagnostics::Failure;
use crate::privacy::Form;
use crate::views::{self, OwedDuty, web_address};

/// How many entries a feed holds.
const MOST_ENTRIES: usize = 50;

/// One thing that a feed tells of.
struct News {
    title: String,
    /// The folder of its page.
    folder: String,
    /// The day it was published.
    day: NaiveDate,
}

/// Makes the feed of an area; the root area's tells of the whole board.
pub(super) fn make(site: Site<'_>, area: &AreaOnBoard, door: &dyn Door) -> Result<(), Failure> {
    let day = site.board.day;
    let mut news: Vec<News> = if area.path.is_empty() {
        site.board.areas.iter().flat_map(|area| news_of(area, day)).collect()
    } else {
        news_of(area, day).collect()
    };
    news.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.folder.cmp(&b.folder)));
    news.truncate(MOST_ENTRIES);
    leave(&feed(site, area, &news), "feed.xml", area, door)
}

/// Makes the feed of what falls due in the days ahead of these duties, those of an area and of all that lie in it. An item
/// is announced once for each of its days, on the first day from which it is in time to be told. Where there are too many, a
/// last entry says how many more.
pub(super) fn make_due(
    site: Site<'_>,
    area: &AreaOnBoard,
    duties: &[OwedDuty<'_>],
    door: &dyn Door,
) -> Result<(), Failure> {
    let base = &site.board.settings.base_url;
    let day = site.board.day;
    let last = day.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(day);
    let words = &site.theme.words;
    let falling_due = views::falling_due(duties, day, last);
    let mut entries: Vec<Entry> =
        falling_due.iter().take(MOST_ENTRIES).filter_map(|one| due_entry(site, one)).collect();
    let own_page = web_address(base, &area.page_of("ledger"));
    if let Some(due) = falling_due.get(MOST_ENTRIES).and_then(|one| one.duty.next_due) {
        let more = falling_due.len() - MOST_ENTRIES;
        entries.push(Entry {
            title: Text::plain(words.fill("owed_feed_more", &[("count", more.to_string())])),
            id: format!("{own_page}#more-{due}"),
            updated: instant(announced(due)),
            links: vec![link(&own_page, "alternate", "text/html")],
            ..Entry::default()
        });
    }
    let name = if area.path.is_empty() { &site.board.settings.title } else { &area.area.name };
    let title = words.fill("owed_feed", &[("area", name.clone())]);
    let feed = Feed {
        title: Text::plain(title),
        id: format!("{}due.xml", web_address(base, &area.path)),
        updated: instant(changed(duties, day)),
        links: vec![
            link(&own_page, "alternate", "text/html"),
            link(&format!("{}due.xml", web_address(base, &area.path)), "self", "application/atom+xml"),
        ],
        entries,
        ..feed(site, area, &[])
    };
    leave(&feed, "due.xml", area, door)
}

fn due_entry(site: Site<'_>, one: &OwedDuty<'_>) -> Option<Entry> {
    let due = one.duty.next_due?;
    let page = web_address(&site.board.settings.base_url, &one.area.page_of("ledger"));
    let words = &site.theme.words;
    let facts = [
        ("area", one.area.area.name.clone()),
        ("title", one.item.title.value.clone()),
        ("day", words.date(due)),
    ];
    Some(Entry {
        title: Text::plain(words.fill("owed_feed_entry", &facts)),
        id: format!("{page}#{}-{due}", views::encode_path(&one.item.id.value)),
        updated: instant(announced(due)),
        links: vec![link(&page, "alternate", "text/html")],
        ..Entry::default()
    })
}

/// The first day on which a last day is near enough to be told.
fn announced(due: NaiveDate) -> NaiveDate {
    due.checked_sub_days(Days::new(DAYS_AHEAD)).unwrap_or(due)
}

/// The latest day on which what falls due of these duties changed, by the calendar or by a publication; where none is
/// known, that on which an item began or was looked up, or the year.
fn changed(duties: &[OwedDuty<'_>], day: NaiveDate) -> NaiveDate {
    let turns = duties.iter().flat_map(|one| {
        // What was published in its time went from the feed on that day, and not when its last day had passed.
        let unmet = one.duty.obligations.iter().filter(|obligation| obligation.met != Met::Done);
        let dues = unmet.filter_map(|obligation| obligation.due_day());
        let over = dues.clone().filter_map(|due| due.succ_opt());
        let told = dues.chain(one.duty.next_due).map(announced);
        let published = one.duty.latest.as_ref().map(|latest| latest.fact.day);
        over.chain(told).chain(published).filter(|turn| *turn <= day)
    });
    let stated = duties.iter().flat_map(|one| one.item.from.into_iter().chain(one.item.checked));
    let year = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
    turns.max().or_else(|| stated.filter(|stated| *stated <= day).max()).unwrap_or(year)
}

/// Lets a feed leave in the folder of its area.
fn leave(feed: &Feed, name: &str, area: &AreaOnBoard, door: &dyn Door) -> Result<(), Failure> {
    let bytes =
        feed.write_to(Vec::new()).map_err(|error| Failure::machine("internal-feed").with("reason", error))?;
    door.leave(Artifact {
        path: &within(&area.path, name),
        bytes: &bytes,
        searched: Searched::Bytes(Form::Xml),
        origin: Some(area.area.file),
    })
}

/// What an area has to tell by `day`. Forms to print are no news, nor is a disclosure before it begins.
fn news_of(area: &AreaOnBoard, day: NaiveDate) -> impl Iterator<Item = News> {
    let notices = area.notices.iter().filter(|notice| !notice.blank).map(|notice| News {
        title: notice.title.clone(),
        folder: area.page("notices", &notice.name),
        day: notice.date,
    });
    let results = area.results.iter().map(|on_board| News {
        title: on_board.result.title.clone(),
        folder: area.page("results", &on_board.result.name),
        day: on_board.result.date,
    });
    let subsidies = area.subsidies.iter().filter_map(move |disclosure| {
        Some(News {
            title: disclosure.title.clone(),
            folder: area.page("subsidies", &disclosure.name),
            day: disclosure.begins.filter(|begins| *begins <= day)?,
        })
    });
    notices.chain(results).chain(subsidies)
}

fn feed(site: Site<'_>, area: &AreaOnBoard, news: &[News]) -> Feed {
    let settings = &site.board.settings;
    let base = &settings.base_url;
    let own = format!("{}feed.xml", web_address(base, &area.path));
    let title = if area.path.is_empty() { settings.title.clone() } else { area.area.name.clone() };
    // A feed without entries has to bear some day; one from before all boards never looks like news.
    let updated = news.first().map_or_else(|| instant(NaiveDate::default()), |newest| instant(newest.day));
    Feed {
        title: Text::plain(title),
        id: own.clone(),
        updated,
        authors: vec![Person { name: settings.issuer.clone(), ..Person::default() }],
        links: vec![
            link(&web_address(base, &area.path), "alternate", "text/html"),
            link(&own, "self", "application/atom+xml"),
        ],
        lang: Some(settings.language.tag().to_owned()),
        entries: news.iter().map(|one| entry(base, one)).collect(),
        namespaces: BTreeMap::new(),
        ..Feed::default()
    }
}

fn entry(base: &str, news: &News) -> Entry {
    let page = web_address(base, &news.folder);
    Entry {
        title: Text::plain(news.title.clone()),
        id: page.clone(),
        updated: instant(news.day),
        published: Some(instant(news.day)),
        links: vec![link(&page, "alternate", "text/html")],
        ..Entry::default()
    }
}

fn link(href: &str, rel: &str, mime_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    }
}

fn instant(day: NaiveDate) -> FixedDateTime {
    let china = FixedOffset::east_opt(8 * 3600);
    let start = china.and_then(|china| day.and_time(NaiveTime::MIN).and_local_timezone(china).single());
    start.unwrap_or_default()
}
