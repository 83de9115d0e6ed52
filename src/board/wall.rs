//! The board on the wall: which lists must hang there on the day, and which must come down.

use chrono::NaiveDate;

use super::{AreaOnBoard, DisclosureOnBoard};
use crate::kinds::subsidies::State;

/// What is to be done at the wall of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wall<'b> {
    /// Lists that must hang, the one that comes down first before the others.
    pub hang: Vec<Hanging<'b>>,
    /// Lists that hang by their record and must come down, the longest overdue first.
    pub take_down: Vec<TakeDown<'b>>,
}

/// A list that must hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hanging<'b> {
    /// Name of the list.
    pub name: &'b str,
    /// The last day; `None` while that is not known.
    pub until: Option<NaiveDate>,
    /// Whether there is a record that it hangs.
    pub recorded: bool,
}

/// A list that must come down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeDown<'b> {
    /// Name of the list.
    pub name: &'b str,
    /// The first day on which it should no longer have hung.
    pub since: NaiveDate,
}

impl AreaOnBoard {
    /// What must hang on the wall of this area on the board's day, and what must come down.
    pub fn wall(&self) -> Wall<'_> {
        let mut wall = Wall::default();
        for list in &self.subsidies {
            if let Some(until) = list.hangs_until() {
                wall.hang.push(Hanging { name: &list.name, until, recorded: list.is_hanging() });
            } else if let Some(since) = list.down_since().filter(|_| list.is_hanging()) {
                wall.take_down.push(TakeDown { name: &list.name, since });
            }
        }
        wall.hang.sort_by_key(|one| (one.until.is_none(), one.until, one.name));
        wall.take_down.sort_by_key(|one| (one.since, one.name));
        wall
    }
}

impl DisclosureOnBoard {
    /// Whether the record says that it hangs.
    fn is_hanging(&self) -> bool {
        self.posting.as_ref().is_some_and(|posting| posting.off.is_none())
    }

    /// The last day on which it must hang; `None` when it need not.
    fn hangs_until(&self) -> Option<Option<NaiveDate>> {
        match (self.state, self.period) {
            (State::Open, Some(period)) => Some(Some(period.end)),
            // What is under review stays until everybody knows what came of it.
            (State::Reviewing, _) => Some(None),
            // The result of a list that asks for no objections hangs as long as its rows are shown.
            (State::Confirmed, None) => Some(self.shown_until),
            _ => None,
        }
    }

    /// The first day on which it need not hang any more.
    fn down_since(&self) -> Option<NaiveDate> {
        let day_after = |day: NaiveDate| day.succ_opt();
        match self.state {
            State::Upcoming => None,
            State::Superseded => self.links.reposted_to.as_ref().map(|later| later.begins),
            _ => self.period.map(|period| period.end).or(self.shown_until).and_then(day_after),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::{Hanging, TakeDown, Wall};
    use crate::kinds::subsidies::tests::{Desk, day};

    const HEAD: &str = "title = \"公示\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n";
    const PROPOSED: &str =
        "stage = \"proposed\"\n[notice_period]\nstart = 2026-11-01\n[objections]\nto = \"民政办\"\n";
    const POSTED: &str = "[posting]\non = 2026-11-01\n";

    /// Whether the one list of a board must hang, and until when; or since when it must be down.
    fn on(toml: &str, today: &str) -> (Option<(Option<String>, bool)>, Option<String>) {
        let desk = Desk::of(&format!("{HEAD}{toml}"), "姓名,金额\n张小明,1\n");
        let board = desk.open(today).1.unwrap();
        let Wall { hang, take_down } = board.areas[0].wall();
        let text = |day: chrono::NaiveDate| day.to_string();
        let hang = hang.first().map(|Hanging { until, recorded, .. }| (until.map(text), *recorded));
        (hang, take_down.first().map(|TakeDown { since, .. }| since.to_string()))
    }

    #[test]
    fn a_list_hangs_while_objections_are_taken_and_comes_down_after() {
        let posted = format!("{PROPOSED}{POSTED}");
        let until = |recorded| (Some((Some("2026-11-07".to_owned()), recorded)), None);
        assert_eq!(on(&posted, "2026-10-31"), (None, None));
        assert_eq!(on(PROPOSED, "2026-11-01"), until(false));
        assert_eq!(on(&posted, "2026-11-01"), until(true));
        assert_eq!(on(&posted, "2026-11-07"), until(true));
        assert_eq!(on(&posted, "2026-11-08"), (None, Some("2026-11-08".to_owned())));
        assert_eq!(on(&posted, "2027-11-08"), (None, Some("2026-11-08".to_owned())));
        let taken = format!("{posted}off = 2026-11-09\n");
        assert_eq!(on(&taken, "2026-11-08"), (None, Some("2026-11-08".to_owned())));
        assert_eq!(on(&taken, "2026-11-09"), (None, None));
        assert_eq!(on(PROPOSED, "2026-11-08"), (None, None));
    }

    #[test]
    fn what_is_under_review_stays_and_results_hang_as_long_as_they_are_shown() {
        let objected = format!("{PROPOSED}{POSTED}[[objection]]\nreceived = 2026-11-07\n");
        assert_eq!(on(&objected, "2026-11-20"), (Some((None, true)), None));
        let paid = "stage = \"paid\"\n[decision]\ndate = 2026-11-10\n[posting]\non = 2026-11-10\n";
        assert_eq!(on(paid, "2026-12-10"), (Some((Some("2026-12-10".to_owned()), true)), None));
        assert_eq!(on(paid, "2026-12-11"), (None, Some("2026-12-11".to_owned())));
    }

    #[test]
    fn a_list_posted_again_comes_down_when_the_new_one_is_posted() {
        let upheld = "[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-05\nreposted = \"b\"\n";
        let desk = Desk::of(&format!("{HEAD}{PROPOSED}{POSTED}{upheld}"), "姓名,金额\n张小明,1\n");
        desk.put("subsidies/b.toml", &format!("{HEAD}{}", PROPOSED.replace("11-01", "11-06")));
        let board = desk.open("2026-11-06").1.unwrap();
        let wall = board.areas[0].wall();
        let new = Hanging { name: "b", until: Some(day("2026-11-12")), recorded: false };
        assert_eq!(wall.hang, [new]);
        assert_eq!(wall.take_down, [TakeDown { name: "a", since: day("2026-11-06") }]);
    }
}
