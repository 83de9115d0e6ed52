//! Whatever the life of a list: its names are in some file through the last day, and in none from the day after.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::site_in_spite_of_warnings;
use crate::kinds::subsidies::tests::{Desk, day};

/// Surnames and last characters that nothing else on the page has: masked, each name is still one of a kind.
const SURNAMES: [&str; 4] = ["龚", "祁", "崔", "欧阳"];
const ENDS: [&str; 3] = ["骏", "璐", "垚"];

/// One list: all numbers are days.
#[derive(Clone, Debug)]
struct List {
    stage: &'static str,
    start: u64,
    days: u64,
    /// The decision, so long after the end.
    decision: Option<u64>,
    /// An objection so long after the start, and rejected so long after that.
    rejected: Option<(u64, u64)>,
    names: usize,
}

fn list() -> impl Strategy<Value = List> {
    let stage = prop_oneof![Just("proposed"), Just("terminating"), Just("confirmed"), Just("paid")];
    let objection = proptest::option::of((0u64..9, 0u64..25));
    (stage, 0u64..15, 1u64..9, proptest::option::of(0u64..15), objection, 1usize..=3).prop_map(
        |(stage, start, days, decision, rejected, names)| List {
            stage,
            start,
            days,
            decision,
            rejected,
            names,
        },
    )
}

impl List {
    fn start(&self) -> NaiveDate {
        day("2026-09-01") + Days::new(self.start)
    }

    fn end(&self) -> NaiveDate {
        self.start() + Days::new(self.days - 1)
    }

    fn toml(&self, index: usize) -> String {
        let Self { stage, days, .. } = self;
        let start = self.start();
        let mut toml = format!(
            "title = \"第{index}份名单\"\nstage = \"{stage}\"\nauthority = \"镇政府\"\ntable = \"{index}.csv\"\n\
             [notice_period]\nstart = {start}\ndays = {days}\n[objections]\nto = \"民政办\"\n[posting]\non = {start}\n"
        );
        if let Some((after, more)) = self.rejected {
            let received = start + Days::new(after);
            let decided = received + Days::new(more);
            toml += &format!(
                "[[objection]]\nreceived = {received}\noutcome = \"rejected\"\ndecided = {decided}\n"
            );
        }
        if let Some(after) = self.decision {
            toml += &format!("[decision]\ndate = {}\n", self.end() + Days::new(after));
        }
        toml
    }

    fn names(&self, index: usize) -> impl Iterator<Item = (String, String)> {
        let surname = SURNAMES[index];
        let name = move |end: &&str| (format!("{surname}小{end}"), format!("{surname}*{end}"));
        ENDS.iter().take(self.names).map(name)
    }

    fn rows(&self, index: usize) -> String {
        let money = if self.stage == "terminating" { "" } else { "1.00" };
        let rows = self.names(index).map(|(name, _)| format!("{name},{money}\n"));
        format!("姓名,金额\n{}", rows.collect::<String>())
    }

    /// The first day on which its rows are gone.
    fn gone(&self, withdraw_after: u64) -> NaiveDate {
        let over = self.end() + Days::new(self.decision.unwrap_or(0) + withdraw_after + 1);
        let answered = self.rejected.map(|(after, more)| self.start() + Days::new(after + more));
        answered.map_or(over, |answered| over.max(answered))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn withdrawn_names_are_in_no_file_and_the_day_before_in_one(
        lists in proptest::collection::vec(list(), 1..=SURNAMES.len()),
        withdraw_after in 15u64..40,
    ) {
        let desk = Desk::of(&lists[0].toml(0), &lists[0].rows(0));
        desk.add_to("board.toml", &format!("[privacy]\nwithdraw_after = {withdraw_after}\n"));
        for (index, list) in lists.iter().enumerate() {
            desk.put(&format!("subsidies/{index}.toml"), &list.toml(index));
            desk.put(&format!("subsidies/{index}.csv"), &list.rows(index));
        }
        for file in ["a.toml", "a.csv"] {
            std::fs::remove_file(desk.folder.path().join("subsidies").join(file)).unwrap();
        }
        for (index, list) in lists.iter().enumerate() {
            let gone = list.gone(withdraw_after);
            let last = gone - Days::new(1);
            for (today, shown) in [(last, true), (gone, false)] {
                let site = site_in_spite_of_warnings(&desk, &today.to_string());
                for (name, masked) in list.names(index) {
                    let holds = |text: &str| site.iter().any(|(path, bytes)| path.contains(text) || bytes.contains(text));
                    prop_assert!(!holds(&name), "{} on {}", name, today);
                    prop_assert_eq!(holds(&masked), shown, "{} on {}", masked, today);
                }
            }
        }
    }
}
