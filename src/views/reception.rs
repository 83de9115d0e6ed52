//! Reception days of an area: the next session, those to come, those past, how to be received.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::contacts::PhoneView;
use super::frame::{Link, page_address};
use super::hosts::{DutyView, HostDays, hosts, rule_duties};
use super::month::{MonthView, months};
use super::paging::{Page, PageLink, page_links, split_beside};
use crate::board::{AreaOnBoard, Board};
use crate::calendar::LunarDay;
use crate::kinds::reception::rota::Session;
use crate::kinds::reception::swaps::Change;
use crate::kinds::reception::{Plan, Swap};

/// One session, with all that must be published of it.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView<'b> {
    /// Path of the area that holds it.
    pub area: &'b str,
    /// Id of its rule, unique in the area.
    pub rule: &'b str,
    /// Title.
    pub title: &'b str,
    /// The day.
    pub date: NaiveDate,
    /// The day in the lunar calendar, such as 十月十四.
    pub lunar: Option<String>,
    /// Spans such as `08:30-11:30`.
    pub hours: Vec<String>,
    /// Id of the host, as published in open data.
    pub host: String,
    /// Name of the host.
    pub host_name: &'b str,
    /// Position of the host.
    pub position: Option<&'b str>,
    /// What the host is in charge of.
    pub duties: Option<&'b str>,
    /// Telephone of the host, or else of the area's office.
    pub phone: Option<PhoneView>,
    /// Where it is held.
    pub place: &'b str,
    /// Its forms.
    pub forms: Vec<FormView<'b>>,
    /// What it is about.
    pub topic: Option<&'b str>,
    /// Departments that accompany it.
    pub with: Vec<&'b str>,
    /// How to be received.
    pub registration: Option<&'b str>,
    /// Whether it may still change, because the notice for its year is not known.
    pub provisional: bool,
    /// The day planned, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Whose turn it was, where somebody else receives.
    pub swapped_from: Option<Replaced<'b>>,
    /// Why nobody receives, where it is cancelled.
    pub cancelled: Option<&'b str>,
    /// The day its swap or cancellation was told.
    pub told: Option<NaiveDate>,
    /// The day its plan was published.
    pub published: NaiveDate,
    /// The page of the area that holds it, where that is another than the one shown.
    pub elsewhere: Option<Link>,
}

/// A host whose session somebody else holds.
#[derive(Clone, Debug, Serialize)]
pub struct Replaced<'b> {
    /// Their id, as published in open data.
    pub id: String,
    /// Their name.
    pub name: &'b str,
}

/// A form of reception.
#[derive(Clone, Debug, Serialize)]
pub struct FormView<'b> {
    /// Its key.
    pub key: &'b str,
    /// The board's own words for it; `None` where they are the theme's (`form_KEY`).
    pub words: Option<&'b str>,
}

/// A plan of reception days.
#[derive(Clone, Debug, Serialize)]
pub struct PlanView {
    /// Title.
    pub title: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The day it was published.
    pub published: NaiveDate,
    /// How to be received, where no plan before it says the same.
    pub registration: Option<String>,
}

/// One page of the reception days of an area.
#[derive(Clone, Debug, Serialize)]
pub struct ReceptionView<'b> {
    /// The next session, of the area or of one it lies in; only on the first page.
    pub next: Option<SessionView<'b>>,
    /// The day its plans, or the latest swap or cancellation in them, were published.
    pub changed: Option<NaiveDate>,
    /// Cancelled sessions before it; only on the first page.
    pub called_off: Vec<SessionView<'b>>,
    /// Who receives; only on the first page.
    #[serde(skip)]
    pub hosts: Vec<HostDays<'b>>,
    /// The duties of rules, with the title of each; only on the first page.
    #[serde(skip)]
    pub rule_duties: Vec<(&'b str, DutyView)>,
    /// The months with sessions ahead; only on the first page.
    pub months: Vec<MonthView>,
    /// Sessions to come, the nearest first.
    #[serde(skip)]
    pub upcoming: Vec<SessionView<'b>>,
    /// Past sessions, the latest first.
    #[serde(skip)]
    pub past: Vec<SessionView<'b>>,
    /// The plans that hold; only on the first page.
    pub plans: Vec<PlanView>,
    /// The page of the nearest area above that has a plan, where this one has none.
    pub above: Option<Link>,
    /// Address of the calendar file.
    pub calendar: String,
    /// Which page it is.
    pub page: Page,
    /// All pages, where there are several.
    pub pages: Vec<PageLink>,
    /// The folder of this page, from the site's root.
    #[serde(skip)]
    pub folder: String,
}

/// The next session on the board's day or after it that is not cancelled: of the area itself, else of the
/// nearest area above that has one.
pub fn next_session<'b>(board: &'b Board, area: &'b AreaOnBoard) -> Option<SessionView<'b>> {
    line_above(board, area).find_map(|holder| {
        let next =
            holder.reception.from_day(board.day).iter().find(|(_, session)| !session.is_cancelled())?;
        let mut view = session(board, holder, next)?;
        view.elsewhere = (holder.path != area.path).then(|| link_to_reception(holder));
        Some(view)
    })
}

/// The cancelled sessions of an area from the board's day to its next session.
fn called_off<'b>(board: &'b Board, area: &'b AreaOnBoard) -> Vec<SessionView<'b>> {
    let ahead = area.reception.from_day(board.day);
    let next = ahead.iter().find(|(_, session)| !session.is_cancelled()).map(|(_, next)| next.date);
    let before = ahead.iter().take_while(|(_, session)| next.is_none_or(|next| session.date <= next));
    before.filter(|(_, session)| session.is_cancelled()).filter_map(|one| session(board, area, one)).collect()
}

/// All sessions of an area by date, past ones too.
pub fn reception_sessions<'b>(board: &'b Board, area: &'b AreaOnBoard) -> Vec<SessionView<'b>> {
    area.reception.sessions.iter().filter_map(|one| session(board, area, one)).collect()
}

/// The pages of an area's reception days; at least one. `tags` are the bytes of HTML in a row, its texts left out.
pub fn reception<'b>(board: &'b Board, area: &'b AreaOnBoard, tags: usize) -> Vec<ReceptionView<'b>> {
    let day = board.day;
    let upcoming = area.reception.from_day(day).iter();
    let past = area.reception.before_day(day).iter().rev();
    let rows: Vec<SessionView<'_>> =
        upcoming.chain(past).filter_map(|one| session(board, area, one)).collect();
    let changed = rows.iter().map(|session| session.told.unwrap_or(session.published)).max();
    let (mut hosts, mut months) = (hosts(board, area), months(board, area));
    let split =
        split_beside(weight_of_overviews(&hosts, &months, tags), rows, |session| weight(session, tags));
    let above = line_above(board, area).find(|holder| !holder.reception.plans.is_empty());
    let above = above.filter(|holder| holder.path != area.path).map(link_to_reception);
    split
        .into_iter()
        .map(|(page, rows)| {
            let first = page.number == 1;
            let (past, upcoming) = rows.into_iter().partition(|session| session.date < day);
            ReceptionView {
                next: first.then(|| next_session(board, area)).flatten(),
                called_off: if first { called_off(board, area) } else { Vec::new() },
                hosts: if first { std::mem::take(&mut hosts) } else { Vec::new() },
                rule_duties: if first { rule_duties(board, area) } else { Vec::new() },
                months: if first { std::mem::take(&mut months) } else { Vec::new() },
                upcoming,
                past,
                plans: if first { plans(area, day) } else { Vec::new() },
                changed,
                above: above.clone(),
                calendar: super::encode_path(&within(area, "reception.ics")),
                page,
                pages: page_links(page, |number| folder(area, number)),
                folder: folder(area, page.number),
            }
        })
        .collect()
}

/// An area, the one it lies in, and so on up to the root.
fn line_above<'b>(board: &'b Board, area: &'b AreaOnBoard) -> impl Iterator<Item = &'b AreaOnBoard> {
    let parent = |area: &&'b AreaOnBoard| area.parent.and_then(|parent| board.areas.get(parent));
    std::iter::successors(Some(area), parent).take(board.areas.len())
}

fn link_to_reception(area: &AreaOnBoard) -> Link {
    Link { text: area.area.name.clone(), address: page_address(&within(area, "reception")) }
}

pub(super) fn within(area: &AreaOnBoard, name: &str) -> String {
    if area.path.is_empty() { name.to_owned() } else { format!("{}/{name}", area.path) }
}

/// The folder of a page.
fn folder(area: &AreaOnBoard, number: usize) -> String {
    let first = within(area, "reception");
    if number == 1 { first } else { format!("{first}/{number}") }
}

fn plans(area: &AreaOnBoard, day: NaiveDate) -> Vec<PlanView> {
    let plan = |index: usize| area.reception.plans.get(index).map(PlanView::from);
    let mut plans: Vec<PlanView> = shown_plans(area, day).into_iter().filter_map(plan).collect();
    let mut said = BTreeSet::new();
    for plan in &mut plans {
        plan.registration.take_if(|how| !said.insert(how.clone()));
    }
    plans
}

/// Indexes of the plans that hold on `day` or later; where all have ended, of the one that ended last.
pub(super) fn shown_plans(area: &AreaOnBoard, day: NaiveDate) -> Vec<usize> {
    let ends = || area.reception.plans.iter().map(|plan| plan.to.value).enumerate();
    let mut shown: Vec<usize> = ends().filter(|(_, end)| *end >= day).map(|(index, _)| index).collect();
    if shown.is_empty() {
        shown.extend(ends().max_by_key(|(_, end)| *end).map(|(index, _)| index));
    }
    shown
}

impl From<&Plan> for PlanView {
    fn from(plan: &Plan) -> Self {
        Self {
            title: plan.title.clone(),
            from: plan.from.value,
            to: plan.to.value,
            published: plan.published.value,
            registration: plan.registration.clone(),
        }
    }
}

/// What is shown of one session.
pub(super) fn session<'b>(
    board: &'b Board,
    area: &'b AreaOnBoard,
    one: &'b (usize, Session),
) -> Option<SessionView<'b>> {
    let (plan, rule) = area.reception.rule_of(one)?;
    let Session { rule: _, turn_of, host, date, moved_from, provisional, change } = one.1;
    let person = board.people.get(host)?;
    let swap = change.and_then(|change| plan.swaps.get(change.swap()));
    let swapped_from = match change {
        Some(Change::Swapped { instead_of, .. }) => Some(Replaced {
            id: board.published_id(instead_of),
            name: &board.people.get(instead_of)?.card.name,
        }),
        _ => None,
    };
    let phone = person.card.phone.as_ref().or(area.area.phone.as_ref());
    Some(SessionView {
        area: &area.path,
        rule: &rule.id.value,
        title: &rule.title,
        date,
        lunar: LunarDay::of(date).map(|lunar| lunar.to_string()),
        hours: rule.hours.iter().map(ToString::to_string).collect(),
        host: board.published_id(host),
        host_name: &person.card.name,
        position: person.card.position.as_deref(),
        duties: person.card.duties.as_deref(),
        phone: phone.map(PhoneView::from),
        place: &rule.venue,
        forms: rule.forms.iter().map(|key| form(board, key)).collect(),
        topic: rule.topic_of(turn_of),
        with: rule.with_of(turn_of),
        registration: plan.registration.as_deref(),
        provisional,
        moved_from,
        swapped_from,
        cancelled: swap.and_then(Swap::reason),
        told: swap.map(|swap| swap.told.value),
        published: plan.published.value,
        elsewhere: None,
    })
}

fn form<'b>(board: &'b Board, key: &'b str) -> FormView<'b> {
    let own = board.settings.forms.iter().find(|(own, _)| own == key);
    FormView { key, words: own.map(|(_, words)| words.as_str()) }
}

/// What the month sheets and the table of hosts weigh, in bytes of HTML; `tags` are those of a row.
fn weight_of_overviews(hosts: &[HostDays<'_>], months: &[MonthView], tags: usize) -> usize {
    hosts.iter().map(|host| host.weight(tags)).sum::<usize>() + months.len() * 3_000
}

/// What a row weighs, in bytes of HTML: its texts, and the tags between them.
fn weight(session: &SessionView<'_>, tags: usize) -> usize {
    let texts = [session.title, session.host_name, session.place];
    let maybe = [session.position, session.duties, session.topic, session.lunar.as_deref()];
    let lists = session.with.iter().map(|with| with.len()).chain(session.hours.iter().map(String::len));
    let forms = session.forms.len() * 32;
    let texts = texts.into_iter().chain(maybe.into_iter().flatten()).map(str::len).chain(lists);
    tags + forms + texts.sum::<usize>()
}
