//! Laws of the ledger over random boards, read from their files: what is counted, what a day may undo, what adds up.

use chrono::{Datelike, Days, NaiveDate};
use gongshi::board::{Board as OnBoard, Counts, Met, resolve};
use gongshi::diagnostics::Problems;
use gongshi::kinds::catalogue::DueRule;
use gongshi::source::Content;
use proptest::prelude::*;

use crate::harness::Board;

const VILLAGES: [&str; 3] = ["liu", "qiao", "shang"];
const FIRST: &str = "2025-07-01";

fn plus(days: u64) -> NaiveDate {
    FIRST.parse::<NaiveDate>().unwrap().checked_add_days(Days::new(days)).unwrap()
}

/// An item of a random catalogue: its due rule as it is written, its first day, the villages that are excepted.
#[derive(Clone, Debug)]
struct Item {
    kind: &'static str,
    due: String,
    from: u64,
    except: Vec<&'static str>,
}

/// Something that a village publishes of an item.
#[derive(Clone, Debug)]
struct Publication {
    village: usize,
    item: usize,
    day: u64,
    /// Of a list: whether an objection is upheld and it is posted again. Of a notice: whether it is archived.
    later: Option<u64>,
}

fn any_item() -> impl Strategy<Value = Item> {
    let due = prop_oneof![
        (1..=31u32).prop_map(|day| format!("{{ quarter_day = {day} }}")),
        (1..=31u32).prop_map(|day| format!("{{ month_day = {day} }}")),
        Just("{ month_day = -1 }".to_owned()),
        Just("{ weekday = \"friday\" }".to_owned()),
        Just("{ quarter_end = true }".to_owned()),
        (1..=12u32, 1..=28u32).prop_map(|(month, day)| format!("{{ year_day = \"{month:02}-{day:02}\" }}")),
    ];
    let except = prop::collection::vec(prop::sample::select(&VILLAGES[1..]), 0..2);
    (prop::sample::select(vec!["subsidy", "notice"]), due, 0u64..400, except)
        .prop_map(|(kind, due, from, except)| Item { kind, due, from, except })
}

fn any_publications() -> impl Strategy<Value = Vec<Publication>> {
    let one = (0..VILLAGES.len(), 0..3usize, 0u64..500, prop::option::of(5u64..60))
        .prop_map(|(village, item, day, later)| Publication { village, item, day, later });
    prop::collection::vec(one, 0..10)
}

/// The board of these items and publications.
fn board(items: &[Item], publications: &[Publication]) -> Board {
    let mut board = Board::small().serving(&VILLAGES);
    let mut catalogue = String::new();
    for (index, Item { kind, due, from, except }) in items.iter().enumerate() {
        let from = plus(*from);
        catalogue += &format!(
            "[[item]]\nid = \"i{index}\"\ntitle = \"事项{index}\"\nkind = \"{kind}\"\nlevel = \"village\"\n\
             due = {due}\nfrom = {from}\nexcept = {except:?}\n"
        );
    }
    board = board.with("catalogue.toml", catalogue);
    for village in VILLAGES {
        board = board
            .with(&format!("{village}/area.toml"), format!("name = \"{village}\"\nlevel = \"village\"\n"));
    }
    for (index, one) in publications.iter().enumerate().filter(|(_, one)| one.item < items.len()) {
        let (village, item) = (VILLAGES[one.village], one.item);
        if items[item].kind == "notice" {
            let until =
                one.later.map(|later| format!("until = {}\n", plus(one.day + later))).unwrap_or_default();
            let text = format!(
                "+++\ntitle = \"账目\"\ndate = {}\n{until}item = \"i{item}\"\n+++\n收支。\n",
                plus(one.day)
            );
            board = board.with(&format!("{village}/notices/n{index}.md"), text);
            continue;
        }
        let list = |start: NaiveDate, more: &str| {
            format!(
                "title = \"公示\"\nstage = \"proposed\"\nauthority = \"镇\"\ntable = \"rows.csv\"\n{more}\n[notice_period]\n\
                 start = {start}\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n"
            )
        };
        let start = plus(one.day);
        let mut first = list(start, &format!("item = \"i{item}\""));
        if let Some(later) = one.later {
            let (received, decided) = (plus(one.day + 1), plus(one.day + 3));
            first += &format!(
                "[[objection]]\nreceived = {received}\noutcome = \"upheld\"\ndecided = {decided}\nreposted = \"l{index}b\"\n"
            );
            board =
                board.with(&format!("{village}/subsidies/l{index}b.toml"), list(plus(one.day + later), ""));
        }
        board = board
            .with(&format!("{village}/subsidies/l{index}.toml"), first)
            .with(&format!("{village}/subsidies/rows.csv"), "姓名,金额\n赵一平,100.00\n");
    }
    board
}

fn on(board: &Board, day: NaiveDate) -> OnBoard {
    let mut problems = Problems::new();
    let content = Content::open(&board.content(), &mut problems).unwrap();
    let records = gongshi::kinds::read(&content, &mut problems).unwrap();
    let resolved = resolve(records, &content.files, day, &mut problems).unwrap();
    assert!(!problems.has_errors(), "{:?}", problems.into_sorted());
    resolved
}

/// How many periods of a rule there are by a day, reckoned day by day: those that have begun, whose last day is not before
/// `from`, and that the twelve months before the running one reach.
fn periods(rule: DueRule, from: NaiveDate, today: NaiveDate) -> usize {
    let running = rule.period_around(today).unwrap();
    let back = running.first.with_year(running.first.year() - 1);
    let earliest =
        rule.period_around(back.unwrap_or(running.first - Days::new(365)).max(from)).unwrap().first;
    let mut firsts: Vec<NaiveDate> = Vec::new();
    let mut day = earliest;
    while day <= today {
        let period = rule.period_around(day).unwrap();
        if period.first == day && from <= period.due {
            firsts.push(day);
        }
        day = day.succ_opt().unwrap();
    }
    firsts.len()
}

fn sum(of: &[Counts]) -> [usize; 6] {
    of.iter().fold([0; 6], |sum, one| {
        let these = [one.obligations, one.on_time, one.late, one.due, one.overdue, one.missed];
        std::array::from_fn(|index| sum[index] + these[index])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn obligations_are_areas_by_items_by_periods_less_exceptions(
        items in prop::collection::vec(any_item(), 1..4), publications in any_publications(), today in 300u64..600,
    ) {
        let today = plus(today);
        let board = on(&board(&items, &publications), today);
        let mut expected = 0;
        for (index, item) in items.iter().enumerate() {
            let owing = VILLAGES.iter().filter(|village| !item.except.contains(village)).count();
            let rule = board.ledger.items()[index].due.unwrap();
            expected += owing * periods(rule, plus(item.from), today);
        }
        let all = board.ledger.counts(0);
        prop_assert_eq!(all.obligations, expected);
        // Each of them is in one state, and the root counts what its villages count.
        let each: Vec<Counts> = (1..board.areas.len()).map(|area| board.ledger.counts(area)).collect();
        let [obligations, on_time, late, due, overdue, missed] = sum(&each);
        prop_assert_eq!(sum(&[all]), sum(&each));
        prop_assert_eq!(on_time + late + due + overdue + missed, obligations);
        for (area, one) in board.areas.iter().enumerate() {
            for duty in board.ledger.duties(area) {
                prop_assert!(!items[duty.item].except.contains(&one.path.as_str()));
            }
        }
    }

    #[test]
    fn no_day_undoes_what_was_fulfilled(
        items in prop::collection::vec(any_item(), 1..4), publications in any_publications(),
        which in any::<prop::sample::Index>(), after in 0u64..9, later in 1u64..120,
    ) {
        // Soon after something was published, when it may be objected to and posted again.
        let days: Vec<u64> = publications.iter().map(|one| one.day).chain([100]).collect();
        let today = days[which.index(days.len())] + after;
        let files = board(&items, &publications);
        let (before, after) = (on(&files, plus(today)), on(&files, plus(today + later)));
        for area in 0..before.areas.len() {
            for (then, now) in before.ledger.duties(area).iter().zip(after.ledger.duties(area)) {
                let oldest = now.obligations.iter().filter_map(|one| one.due_day()).min();
                for one in then.obligations.iter().filter(|one| matches!(one.met, Met::Done | Met::Late)) {
                    let same = now.obligations.iter().find(|same| same.due == one.due);
                    match same {
                        // Lists posted again and withdrawn, notices archived: nothing that was done becomes undone.
                        Some(same) => prop_assert_eq!(same.met, one.met, "{:?}", one),
                        None => prop_assert!(oldest.is_some_and(|oldest| one.due_day().unwrap() < oldest)),
                    }
                }
            }
        }
    }
}
