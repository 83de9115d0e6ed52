//! Who receives in an area: how often, when, and whether that is as often as it should be.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::reception::{session, shown_plans};
use super::{SessionView, encode_path};
use crate::board::{AreaOnBoard, Board};
use crate::calendar::Interval;
use crate::kinds::people::PersonId;
use crate::kinds::reception::quotas::{Duty, QuotaOf, Unmet};

/// Somebody who receives under the plans that hold.
#[derive(Clone, Debug)]
pub struct HostDays<'b> {
    /// Name.
    pub name: &'b str,
    /// Position.
    pub position: Option<&'b str>,
    /// The days on which they receive, those past too and those cancelled not.
    pub days: Vec<NaiveDate>,
    /// How their duties are met.
    pub duties: Vec<DutyView>,
    /// Address of their calendar file.
    pub calendar: String,
}

impl HostDays<'_> {
    /// What the row weighs, in bytes of HTML as estimated; `tags` are those of a row without its texts.
    pub(super) fn weight(&self, tags: usize) -> usize {
        const MONTH: usize = "<span>2026年11月；</span>".len();
        const DAY: usize = "30、".len();
        const DUTY: usize = "<p>每2个月至少1次，5个时段都达到</p>".len();
        const WINDOW: usize = "11月1日至12月31日0次；".len();
        let month = |date: &NaiveDate| (date.year(), date.month());
        let months = self.days.chunk_by(|a, b| month(a) == month(b)).count();
        let windows: usize = self.duties.iter().map(|duty| duty.unmet.len()).sum();
        let texts = 2 * self.name.len() + self.position.map_or(0, str::len) + self.calendar.len();
        tags + texts + months * MONTH + self.days.len() * DAY + self.duties.len() * DUTY + windows * WINDOW
    }
}

/// A duty of a plan, and how it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyView {
    /// How many sessions at least in each window.
    pub at_least: u32,
    /// The windows.
    pub every: Interval,
    /// How many windows of the plan are judged.
    pub windows: usize,
    /// Those in which it is not met.
    pub unmet: Vec<Unmet>,
}

/// The hosts of the plans that hold, in the order of the plans: those whose turns they are, then those who step in.
pub fn hosts<'b>(board: &'b Board, area: &'b AreaOnBoard) -> Vec<HostDays<'b>> {
    let shown = shown_plans(area, board.day);
    let mut days: BTreeMap<PersonId, (Rank, Vec<NaiveDate>)> = BTreeMap::new();
    for (plan, session) in area.reception.sessions.iter().filter(|(plan, _)| shown.contains(plan)) {
        let rank = (session.change.is_some(), *plan, session.rule, session.turn_of);
        let (first, held) = days.entry(session.host).or_insert((rank, Vec::new()));
        *first = rank.min(*first);
        if !session.is_cancelled() {
            held.push(session.date);
        }
    }
    // Who owes sessions and has none is in the list too.
    let duties = || area.reception.duties.iter().filter(|(plan, _)| shown.contains(plan));
    for (plan, duty) in duties() {
        if let Some(host) = duty.host
            && !board.people.line_of(host).any(|person| days.contains_key(&person))
        {
            days.insert(host, ((true, *plan, usize::MAX, duty.quota), Vec::new()));
        }
    }
    let mut hosts: Vec<(Rank, PersonId, Vec<NaiveDate>)> =
        days.into_iter().map(|(host, (rank, days))| (rank, host, days)).collect();
    hosts.sort_unstable();
    let summary = |(_, id, days): (Rank, PersonId, Vec<NaiveDate>)| {
        let person = board.people.get(id)?;
        let own = |duty: &Duty| duty.host.is_some_and(|of| board.people.line_of(of).any(|next| next == id));
        Some(HostDays {
            name: &person.card.name,
            position: person.card.position.as_deref(),
            days,
            duties: duties().filter(|(_, duty)| own(duty)).filter_map(|one| duty_view(area, one)).collect(),
            calendar: encode_path(&board.host_calendar(id)?),
        })
    };
    hosts.into_iter().filter_map(summary).collect()
}

/// By turn before stepping in, then plan, rule and turn.
type Rank = (bool, usize, usize, usize);

/// The duties of the rules of the plans that hold, with the title of each rule.
pub fn rule_duties<'b>(board: &Board, area: &'b AreaOnBoard) -> Vec<(&'b str, DutyView)> {
    let shown = shown_plans(area, board.day);
    let duties = area.reception.duties.iter().filter(|(plan, _)| shown.contains(plan));
    let titled = |(index, duty): &(usize, Duty)| {
        let plan = area.reception.plans.get(*index)?;
        let QuotaOf::Rule(rule) = plan.quotas.get(duty.quota)?.of else { return None };
        Some((plan.rules.get(rule)?.title.as_str(), duty_view(area, &(*index, duty.clone()))?))
    };
    duties.filter_map(titled).collect()
}

fn duty_view(area: &AreaOnBoard, (plan, duty): &(usize, Duty)) -> Option<DutyView> {
    let quota = area.reception.plans.get(*plan)?.quotas.get(duty.quota)?;
    // Nothing can be said of a duty that no window of the plan shows.
    (duty.windows > 0).then(|| DutyView {
        at_least: quota.at_least,
        every: quota.every,
        windows: duty.windows,
        unmet: duty.unmet.clone(),
    })
}

/// All sessions of a host by date, wherever on the board they are held, those past, swapped away and cancelled too.
pub fn host_sessions(board: &Board, host: PersonId) -> Vec<SessionView<'_>> {
    let view = |(area, index): (usize, usize)| {
        let area = board.areas.get(area)?;
        session(board, area, area.reception.sessions.get(index)?)
    };
    let mut sessions: Vec<SessionView<'_>> = board.hosts.sessions_of(host).filter_map(view).collect();
    sessions.sort_by(|a, b| (a.date, &a.hours, a.area).cmp(&(b.date, &b.hours, b.area)));
    sessions
}
