#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::board::Board;
use crate::kinds::reception::fixtures::{Fixture, plan};
use crate::views;

const THIRD: &str = "[[contact]]\nid = \"lin\"\nname = \"林见月\"\nposition = \"委员\"\nduties = \"民政\"\n";

/// The town with three people; zhou and su receive in turn on lunar days ending in 3, 6 and 9: zhou on 03-04 and 03-11,
/// su on 03-01, 03-07 and 03-14.
fn town(more: &str) -> Fixture {
    town_with("told_days = 2", more)
}

fn town_with(lines: &str, more: &str) -> Fixture {
    let reception = format!("{lines}\n{}{more}", plan("days = { lunar_ending = [3, 6, 9] }"));
    Fixture::new(&[("reception.toml", &reception), ("liutang/contacts.toml", THIRD)])
}

fn swap(lines: &str) -> String {
    format!("[[swap]]\nsession = \"leaders\"\n{lines}\n")
}

/// Day, host, whose turn it was, and why it is cancelled, of each session.
fn sessions(board: &Board) -> Vec<(NaiveDate, String, Option<String>, Option<String>)> {
    let all = views::reception_sessions(board, &board.areas[0]);
    all.into_iter()
        .map(|one| {
            (one.date, one.host, one.swapped_from.map(|from| from.id), one.cancelled.map(str::to_owned))
        })
        .collect()
}

/// The codes of all problems, with the text each points at.
fn problems(fixture: &Fixture) -> Vec<(&'static str, String)> {
    fixture.problems().into_iter().map(|found| (found.code, found.at)).collect()
}

#[test]
fn a_swap_changes_one_session_and_no_other() {
    let before = sessions(&town("").board("2026-03-08"));
    let more = swap("date = 2026-03-11\nhost = \"zhou\"\nby = \"lin\"\ntold = 2026-03-08");
    let after = sessions(&town(&more).board("2026-03-08"));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert_eq!((before.len(), changed.len()), (after.len(), 1));
    let day = "2026-03-11".parse().unwrap();
    assert_eq!(*changed[0].0, (day, "zhou".into(), None, None));
    assert_eq!(*changed[0].1, (day, "lin".into(), Some("zhou".into()), None));
}

#[test]
fn a_cancelled_session_stays_with_its_reason_and_nobody_elses_day_moves() {
    let more = swap("date = 2026-03-11\ncancel = true\nreason = \"全镇防汛演练\"\ntold = 2026-03-08");
    let fixture = town(&more);
    assert_eq!(problems(&fixture), [("session-cancelled", "true".to_owned())]);
    let before = sessions(&town("").board("2026-03-08"));
    let after = sessions(&fixture.resolve("2026-03-08").0.unwrap());
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert_eq!((before.len(), changed.len()), (after.len(), 1));
    assert_eq!(changed[0].1.3.as_deref(), Some("全镇防汛演练"));
}

#[test]
fn a_swap_is_not_known_before_the_day_it_is_told() {
    let more = swap("date = 2026-03-11\nby = \"lin\"\ntold = 2026-03-08");
    let board = town(&more).board("2026-03-07");
    assert!(sessions(&board).iter().all(|(_, host, ..)| host != "lin"));
    assert_eq!(
        board.next_change,
        "2026-03-08".parse().ok(),
        "the day it is told, and the day after a session"
    );
    let board = town(&swap("date = 2026-03-27\nby = \"lin\"\ntold = 2026-03-13")).board("2026-03-12");
    assert_eq!(board.next_change, "2026-03-13".parse().ok(), "with no session on the day before");
}

#[test]
fn two_leaders_exchange_their_days() {
    let more = swap("date = 2026-03-11\nby = \"su\"\ntold = 2026-03-01")
        + &swap("date = 2026-03-14\nby = \"zhou\"\ntold = 2026-03-01");
    let all = sessions(&town(&more).board("2026-03-08"));
    let host_on = |day: &str| {
        let day: NaiveDate = day.parse().unwrap();
        all.iter().find(|(date, ..)| *date == day).map(|(_, host, ..)| host.as_str())
    };
    assert_eq!((host_on("2026-03-11"), host_on("2026-03-14")), (Some("su"), Some("zhou")));
}

#[test]
fn swaps_that_cannot_be_are_refused() {
    let told = "told = 2026-02-20";
    for (lines, code, at) in [
        ("date = 2026-03-12\nby = \"lin\"", "swap-without-session", "2026-03-12"),
        ("date = 2026-03-11\nhost = \"su\"\nby = \"lin\"", "swap-not-their-turn", "\"su\""),
        ("date = 2026-03-11\nby = \"zhou\"", "swap-with-oneself", "\"zhou\""),
        ("date = 2026-03-11\nby = \"nobody\"", "unknown-contact", "\"nobody\""),
        ("date = 2026-03-11\nhost = \"nobody\"\nby = \"lin\"", "unknown-contact", "\"nobody\""),
        ("date = 2026-03-11", "swap-without-change", "swap"),
        ("date = 2026-03-11\ncancel = false", "swap-without-change", "swap"),
        ("date = 2026-03-11\ncancel = true", "missing-key", "swap"),
        ("date = 2026-03-11\nby = \"lin\"\nreason = \"开会\"", "unknown-key", "reason"),
        ("date = 2026-03-11\nby = \"lin\"\ncancel = true\nreason = \"开会\"", "swap-and-cancel", "true"),
        ("date = 2026-03-11\nby = 7.5", "unknown-contact", "7.5"),
        ("date = 2026-03-11\nby = \"\"", "empty-text", "\"\""),
        ("date = 2026-03-11\ncancel = \"maybe\"", "wrong-type", "\"maybe\""),
    ] {
        let found = problems(&town(&swap(&format!("{lines}\n{told}"))));
        assert_eq!(found.len(), 1, "{lines}: {found:?}");
        assert_eq!(found[0].0, code, "{lines}");
        assert!(found[0].1.contains(at), "{lines}: {found:?}");
    }
    let unknown = "[[swap]]\nsession = \"leader\"\ndate = 2026-03-11\nby = \"lin\"\ntold = 2026-02-20\n";
    assert_eq!(problems(&town(unknown)), [("unknown-session", "\"leader\"".to_owned())]);
}

#[test]
fn a_session_is_swapped_once() {
    let one = swap("date = 2026-03-11\nby = \"lin\"\ntold = 2026-03-01");
    assert_eq!(problems(&town(&(one.clone() + &one))), [("swapped-twice", "2026-03-11".to_owned())]);
}

#[test]
fn nobody_steps_in_who_is_on_duty_elsewhere() {
    let other = "[[session]]\nid = \"civil\"\ntitle = \"民政接访\"\ndays = { dates = [2026-03-11] }\nhours = [\"10:00-11:00\"]\n\
        form = \"fixed\"\nhosts = [\"lin\"]\n";
    let swapped = swap("date = 2026-03-11\nby = \"lin\"\ntold = 2026-03-01");
    let found = problems(&town(&(other.to_owned() + &swapped)));
    assert_eq!(found, [("two-places-at-once", "\"lin\"".to_owned())]);
    // Whoever is relieved is free for another place, and so is everybody when the session is cancelled.
    let freed = other.replace("lin", "zhou");
    assert_eq!(problems(&town(&(freed.clone() + &swapped))), []);
    let cancelled = swap("date = 2026-03-11\ncancel = true\nreason = \"防汛\"\ntold = 2026-03-01");
    assert_eq!(problems(&town(&(freed.clone() + &cancelled))), [("session-cancelled", "true".to_owned())]);
    assert_eq!(problems(&town(&freed)).len(), 1, "zhou cannot be in both places");
}

#[test]
fn a_swap_is_told_in_time() {
    let told = |day: &str| swap(&format!("date = 2026-03-11\nby = \"lin\"\ntold = {day}"));
    assert_eq!(problems(&town(&told("2026-03-09"))), []);
    assert_eq!(problems(&town(&told("2026-03-10"))), [("swap-told-late", "2026-03-10".to_owned())]);
    assert_eq!(problems(&town_with("", &told("2026-03-11"))), [], "a plan without told_days asks for none");
    assert_eq!(problems(&town_with("", &told("2026-03-12"))), [("swap-told-late", "2026-03-12".to_owned())]);
}

#[test]
fn whoever_steps_in_has_an_office_and_all_facts() {
    let more = swap("date = 2026-03-11\nby = \"lin\"\ntold = 2026-03-01");
    let reception = format!("told_days = 2\n{}{more}", plan("days = { lunar_ending = [3, 6, 9] }"));
    for (card, code) in [
        (THIRD.replace("duties = \"民政\"\n", ""), "host-lacks-fact"),
        (format!("{THIRD}to = 2026-03-01\n"), "host-not-in-office"),
    ] {
        let fixture = Fixture::new(&[("reception.toml", &reception), ("liutang/contacts.toml", &card)]);
        let found = problems(&fixture);
        assert_eq!((found.len(), found[0].0), (1, code), "{found:?}");
    }
}

#[test]
fn a_swap_fills_the_day_of_an_office_that_nobody_holds() {
    let left = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\nto = 2026-03-10\nsuccessor = \"su\"\n\
        [[contact]]\nid = \"su\"\nname = \"苏晓岚\"\nposition = \"镇长\"\nduties = \"全面工作\"\nfrom = 2026-03-20\n";
    let one = plan("hosts = [\"zhou\"]\ndays = { dates = [2026-03-04, 2026-03-11, 2026-03-25] }");
    let with = |more: &str| {
        let reception = format!("{one}{more}");
        Fixture::new(&[
            ("contacts.toml", left),
            ("reception.toml", &reception),
            ("liutang/contacts.toml", THIRD),
        ])
    };
    let gap = ("successor-later", "\"su\"".to_owned());
    assert_eq!(problems(&with("")), [gap, ("host-not-in-office", "\"zhou\"".to_owned())]);
    let filled = with(&swap("date = 2026-03-11\nby = \"lin\"\ntold = 2026-03-08"));
    // The board is made all the same.
    let board = |day: &str| filled.resolve(day).0.unwrap();
    let hosts = |day: &str| sessions(&board(day)).into_iter().map(|(_, host, ..)| host).collect::<Vec<_>>();
    assert_eq!(hosts("2026-03-08"), ["zhou", "lin", "su"]);
    assert_eq!(hosts("2026-03-07"), ["zhou", "su"], "before it is told there is nobody to name");
}

#[test]
fn the_date_of_a_swap_is_that_of_a_moved_session() {
    let rule = "days = { dates = [2026-04-06, 2026-04-14] }\non_holiday = \"next-workday\"";
    let with = |date: &str| {
        let more = swap(&format!("date = {date}\nby = \"su\"\ntold = 2026-03-01"));
        Fixture::new(&[("reception.toml", &format!("{}{more}", plan(rule)))])
    };
    assert_eq!(problems(&with("2026-04-07")), []);
    let found = with("2026-04-06").problems();
    assert_eq!(found.len(), 1);
    assert!(found[0].facts.contains("2026-04-07"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_is_swapped_only_that_session_changes(at in 0usize..92, cancel in any::<bool>()) {
        let before = sessions(&town("").board("2026-12-31"));
        let date = before[at].0;
        let what = if cancel { "cancel = true\nreason = \"停电\"" } else { "by = \"lin\"" };
        let fixture = town(&swap(&format!("date = {date}\n{what}\ntold = 2026-01-06")));
        let after = sessions(&fixture.resolve("2026-12-31").0.unwrap());
        prop_assert_eq!(before.len(), after.len());
        for (index, (before, after)) in before.iter().zip(&after).enumerate() {
            prop_assert_eq!(index != at, before == after);
            prop_assert_eq!(before.0, after.0);
        }
    }
}
