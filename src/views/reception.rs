//! Reception days of an area: the next session, those to come, those past, how to be received.

use chrono::NaiveDate;
use serde::Serialize;

use super::contacts::PhoneView;
use super::frame::{Link, page_address};
use super::paging::{Page, PageLink, page_links, split_by_weight};
use crate::board::{AreaOnBoard, Board};
use crate::calendar::LunarDay;
use crate::kinds::reception::Plan;
use crate::kinds::reception::rota::Session;

/// One session, with all that must be published of it.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Id of its rule, unique in the area.
    pub rule: String,
    /// Title.
    pub title: String,
    /// The day.
    pub date: NaiveDate,
    /// The day in the lunar calendar, such as 十月十四.
    pub lunar: Option<String>,
    /// Spans such as `08:30-11:30`.
    pub hours: Vec<String>,
    /// Id of the host, as published in open data.
    pub host: String,
    /// Name of the host.
    pub host_name: String,
    /// Position of the host.
    pub position: Option<String>,
    /// What the host is in charge of.
    pub duties: Option<String>,
    /// Telephone of the host, or else of the area's office.
    pub phone: Option<PhoneView>,
    /// Where it is held.
    pub place: String,
    /// Its forms.
    pub forms: Vec<FormView>,
    /// What it is about.
    pub topic: Option<String>,
    /// Departments that accompany it.
    pub with: Vec<String>,
    /// How to be received.
    pub registration: Option<String>,
    /// Whether it may still change, because the notice for its year is not known.
    pub provisional: bool,
    /// The day planned, where it was moved.
    pub moved_from: Option<NaiveDate>,
    /// The day its plan was published.
    pub published: NaiveDate,
    /// The page of the area that holds it, where that is another than the one shown.
    pub elsewhere: Option<Link>,
}

/// A form of reception.
#[derive(Clone, Debug, Serialize)]
pub struct FormView {
    /// Its key.
    pub key: String,
    /// The board's own words for it; `None` where they are the theme's (`form_KEY`).
    pub words: Option<String>,
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
    /// How to be received.
    pub registration: Option<String>,
}

/// One page of the reception days of an area.
#[derive(Clone, Debug, Serialize)]
pub struct ReceptionView {
    /// The next session, of the area or of one it lies in; only on the first page.
    pub next: Option<SessionView>,
    /// Sessions to come, the nearest first.
    pub upcoming: Vec<SessionView>,
    /// Past sessions, the latest first.
    pub past: Vec<SessionView>,
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

/// The next session on the board's day or after it: of the area itself, else of the nearest area above
/// that has one.
pub fn next_session(board: &Board, area: &AreaOnBoard) -> Option<SessionView> {
    line_above(board, area).find_map(|holder| {
        let next = holder.reception.from_day(board.day).first()?;
        let mut view = session(board, holder, next)?;
        view.elsewhere = (holder.path != area.path).then(|| link_to_reception(holder));
        Some(view)
    })
}

/// All sessions of an area by date, past ones too.
pub fn reception_sessions(board: &Board, area: &AreaOnBoard) -> Vec<SessionView> {
    area.reception.sessions.iter().filter_map(|one| session(board, area, one)).collect()
}

/// The pages of an area's reception days; at least one.
pub fn reception(board: &Board, area: &AreaOnBoard) -> Vec<ReceptionView> {
    let day = board.day;
    let upcoming = area.reception.from_day(day).iter();
    let past = area.reception.before_day(day).iter().rev();
    let rows = upcoming.chain(past).filter_map(|one| session(board, area, one)).collect();
    let split = split_by_weight(rows, weight);
    let above = line_above(board, area).find(|holder| !holder.reception.plans.is_empty());
    let above = above.filter(|holder| holder.path != area.path).map(link_to_reception);
    split
        .into_iter()
        .map(|(page, rows)| {
            let first = page.number == 1;
            let (past, upcoming) = rows.into_iter().partition(|session| session.date < day);
            ReceptionView {
                next: first.then(|| next_session(board, area)).flatten(),
                upcoming,
                past,
                plans: if first { plans(area, day) } else { Vec::new() },
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

fn within(area: &AreaOnBoard, name: &str) -> String {
    if area.path.is_empty() { name.to_owned() } else { format!("{}/{name}", area.path) }
}

/// The folder of a page.
fn folder(area: &AreaOnBoard, number: usize) -> String {
    let first = within(area, "reception");
    if number == 1 { first } else { format!("{first}/{number}") }
}

/// The plans that hold on `day` or later; where all have ended, the one that ended last.
fn plans(area: &AreaOnBoard, day: NaiveDate) -> Vec<PlanView> {
    let all = &area.reception.plans;
    let mut shown: Vec<&Plan> = all.iter().filter(|plan| plan.to.value >= day).collect();
    if shown.is_empty() {
        shown.extend(all.iter().max_by_key(|plan| plan.to.value));
    }
    shown.into_iter().map(PlanView::from).collect()
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

fn session(board: &Board, area: &AreaOnBoard, one: &(usize, Session)) -> Option<SessionView> {
    let (plan, rule) = area.reception.rule_of(one)?;
    let Session { rule: _, turn_of, host, date, moved_from, provisional } = one.1;
    let person = board.people.get(host)?;
    let home = board.areas.get(person.area).map(|home| home.path.as_str()).unwrap_or_default();
    let phone = person.card.phone.as_ref().or(area.area.phone.as_ref());
    Some(SessionView {
        rule: rule.id.value.clone(),
        title: rule.title.clone(),
        date,
        lunar: LunarDay::of(date).map(|lunar| lunar.to_string()),
        hours: rule.hours.iter().map(ToString::to_string).collect(),
        host: board.people.published_id(host, home),
        host_name: person.card.name.clone(),
        position: person.card.position.clone(),
        duties: person.card.duties.clone(),
        phone: phone.map(PhoneView::from),
        place: rule.venue.clone(),
        forms: rule.forms.iter().map(|key| form(board, key)).collect(),
        topic: rule.topic_of(turn_of).map(str::to_owned),
        with: rule.with_of(turn_of).into_iter().map(str::to_owned).collect(),
        registration: plan.registration.clone(),
        provisional,
        moved_from,
        published: plan.published.value,
        elsewhere: None,
    })
}

fn form(board: &Board, key: &str) -> FormView {
    let own = board.settings.forms.iter().find(|(own, _)| own == key);
    FormView { key: key.to_owned(), words: own.map(|(_, words)| words.clone()) }
}

/// What a row weighs, in bytes of HTML: its text, and the tags and names around it.
fn weight(session: &SessionView) -> usize {
    const TAGS: usize = 400;
    let texts = [&session.title, &session.host_name, &session.place];
    let maybe = [&session.position, &session.duties, &session.topic, &session.lunar];
    let lists = session.with.iter().chain(&session.hours).map(String::len).sum::<usize>();
    let forms = session.forms.len() * 32;
    texts.into_iter().map(String::len).sum::<usize>()
        + maybe.into_iter().flatten().map(String::len).sum::<usize>()
        + lists
        + forms
        + TAGS
}
