//! The wall on the days around each boundary.

use super::{OnWall, Record, Wall};
use crate::kinds::subsidies::tests::Desk;

const HEAD: &str = "title = \"公示\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n";
const PROPOSED: &str =
    "stage = \"proposed\"\n[notice_period]\nstart = 2026-11-01\n[objections]\nto = \"民政办\"\n";
const POSTED: &str = "[posting]\non = 2026-11-01\n";
const ROWS: &str = "姓名,金额\n张小明,1\n";

/// A kind and a name, as tests compare them.
fn called(what: OnWall<'_>) -> String {
    let kind = match what {
        OnWall::Contacts => "contacts",
        OnWall::Reception(_) => "reception",
        OnWall::Subsidy(_) => "subsidy",
        OnWall::Result(_) => "result",
        OnWall::Notice(_) => "notice",
        OnWall::OldCard(_) => "card",
    };
    [kind, what.name()].join(" ").trim_end().to_owned()
}

/// The wall on a day, one line for each thing: `+` hangs by its record, `!` must be hung up, `o` in the place of an earlier
/// edition, `e` again after it was taken down too early, `=` hangs and has no record; `-` must come down by its record, `~`
/// must come down if it hangs; `?` has hung without a record, `<` for too few days.
fn wall_on(desk: &Desk, today: &str) -> Vec<String> {
    let board = desk.open(today).1.unwrap();
    let Wall { hang, take_down, amiss } = board.areas[0].wall(&board);
    let hang = hang.iter().map(|one| {
        let sign = match one.record {
            Record::Hangs => '+',
            Record::Missing => '!',
            Record::Outdated => 'o',
            Record::Early => 'e',
            Record::NotKept => '=',
        };
        let until = one.until.map(|until| until.to_string()).unwrap_or_default();
        format!("{sign} {} {until}", called(one.what)).trim_end().to_owned()
    });
    let down = take_down.iter().map(|one| {
        let sign = if one.recorded { '-' } else { '~' };
        format!("{sign} {} {}", called(one.what), one.since)
    });
    let amiss = amiss.iter().map(|list| {
        let sign = if list.posted().unwrap().is_unrecorded() { '?' } else { '<' };
        format!("{sign} {}", list.name)
    });
    hang.chain(down).chain(amiss).collect()
}

/// The wall without the contacts, which always hang.
fn lists_on(desk: &Desk, today: &str) -> Vec<String> {
    wall_on(desk, today).into_iter().filter(|line| !line.ends_with("contacts")).collect()
}

fn desk(toml: &str) -> Desk {
    Desk::of(&format!("{HEAD}{toml}"), ROWS)
}

#[track_caller]
fn turns(desk: &Desk, days: &[(&str, &[&str])]) {
    for (today, expected) in days {
        assert_eq!(lists_on(desk, today), *expected, "{today}");
    }
}

const NOTHING: &[&str] = &[];

#[test]
fn a_list_hangs_through_its_period_and_comes_down_after() {
    let hangs: &[&str] = &["+ subsidy a 2026-11-07"];
    let down: &[&str] = &["- subsidy a 2026-11-08"];
    let posted = format!("{PROPOSED}{POSTED}");
    turns(
        &desk(&posted),
        &[
            ("2026-10-31", NOTHING),
            ("2026-11-01", hangs),
            ("2026-11-07", hangs),
            ("2026-11-08", down),
            ("2027-11-08", down),
        ],
    );
    turns(
        &desk(&format!("{posted}off = 2026-11-09\n")),
        &[("2026-11-07", hangs), ("2026-11-08", down), ("2026-11-09", NOTHING)],
    );
    // Taken down on the evening of its last day, it hung long enough.
    turns(
        &desk(&format!("{posted}off = 2026-11-07\n")),
        &[("2026-11-06", hangs), ("2026-11-07", NOTHING), ("2026-11-08", NOTHING)],
    );
    // Taken down too early, it must hang again; afterwards that is said for good.
    turns(
        &desk(&format!("{posted}off = 2026-11-05\n")),
        &[
            ("2026-11-04", hangs),
            ("2026-11-05", &["e subsidy a 2026-11-07"]),
            ("2026-11-08", &["< a"]),
            ("2027-11-08", &["< a"]),
        ],
    );
    turns(
        &desk(&posted.replace("on = 2026-11-01", "on = 2026-11-02")),
        &[
            ("2026-11-01", &["! subsidy a 2026-11-07"]),
            ("2026-11-02", hangs),
            ("2026-11-08", &["- subsidy a 2026-11-08", "< a"]),
        ],
    );
}

#[test]
fn the_record_of_an_earlier_edition_is_none() {
    let toml = PROPOSED.replace("start = 2026-11-01", "start = 2026-11-10");
    let second = format!("edition = 2\n{toml}{POSTED}");
    let old: &[&str] = &["o subsidy a 2026-11-16"];
    turns(
        &desk(&second),
        &[
            ("2026-11-09", NOTHING),
            ("2026-11-10", old),
            ("2026-11-16", old),
            ("2026-11-17", &["- subsidy a 2026-11-17", "? a"]),
        ],
    );
    turns(&desk(&format!("{second}off = 2026-11-09\n")), &[("2026-11-10", old), ("2026-11-17", &["? a"])]);
    let hung = second.replace("on = 2026-11-01", "on = 2026-11-10");
    turns(&desk(&hung), &[("2026-11-10", &["+ subsidy a 2026-11-16"])]);
    // A first edition may hang before its period begins.
    turns(&desk(&format!("{toml}{POSTED}")), &[("2026-11-10", &["+ subsidy a 2026-11-16"])]);
}

#[test]
fn a_list_without_a_record_is_said_as_long_as_it_is_on_the_board() {
    turns(
        &desk(PROPOSED),
        &[
            ("2026-10-31", NOTHING),
            ("2026-11-01", &["! subsidy a 2026-11-07"]),
            ("2026-11-08", &["? a"]),
            ("2026-12-07", &["? a"]),
            ("2026-12-08", &["? a"]),
            ("2029-12-08", &["? a"]),
        ],
    );
    let decided = "stage = \"paid\"\n[decision]\ndate = 2026-11-10\n";
    turns(
        &desk(decided),
        &[
            ("2026-11-09", NOTHING),
            ("2026-12-10", &["! subsidy a 2026-12-10"]),
            ("2026-12-11", &["? a"]),
            ("2027-12-11", &["? a"]),
        ],
    );
}

#[test]
fn while_an_objection_is_reviewed_a_list_may_stay() {
    let objected =
        |more: &str| desk(&format!("{PROPOSED}{POSTED}[[objection]]\nreceived = 2026-11-05\n{more}"));
    let hangs: &[&str] = &["+ subsidy a 2026-11-07"];
    turns(
        &objected(""),
        &[("2026-11-05", hangs), ("2026-11-07", hangs), ("2026-11-08", NOTHING), ("2027-11-08", NOTHING)],
    );
    let rejected = objected("outcome = \"rejected\"\ndecided = 2026-11-12\n");
    let down: &[&str] = &["- subsidy a 2026-11-12"];
    turns(&rejected, &[("2026-11-11", NOTHING), ("2026-11-12", down), ("2027-01-12", down)]);
    // Answered within the period, it comes down after the period.
    let early = objected("outcome = \"rejected\"\ndecided = 2026-11-06\n");
    turns(&early, &[("2026-11-07", hangs), ("2026-11-08", &["- subsidy a 2026-11-08"])]);
}

#[test]
fn a_list_posted_again_comes_down_when_the_new_one_is_hung_up() {
    let upheld = "[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-05\nreposted = \"b\"\n";
    let desk = desk(&format!("{PROPOSED}{POSTED}{upheld}"));
    desk.put("subsidies/b.toml", &format!("{HEAD}{}", PROPOSED.replace("11-01", "11-06")));
    let after: &[&str] = &["! subsidy b 2026-11-12", "- subsidy a 2026-11-06"];
    // It need not hang beside the new one: taken down for it, it hung long enough.
    desk.put("subsidies/a.toml", &format!("{HEAD}{PROPOSED}{POSTED}off = 2026-11-06\n{upheld}"));
    turns(&desk, &[("2026-11-06", &["! subsidy b 2026-11-12"]), ("2027-11-06", &["? b"])]);
    desk.put("subsidies/a.toml", &format!("{HEAD}{PROPOSED}{POSTED}{upheld}"));
    turns(
        &desk,
        &[("2026-11-05", &["+ subsidy a 2026-11-07"]), ("2026-11-06", after), ("2026-11-12", after)],
    );
}

#[test]
fn what_was_decided_hangs_as_long_as_its_rows_are_shown() {
    for stage in ["paid", "confirmed"] {
        let toml =
            format!("stage = \"{stage}\"\n[decision]\ndate = 2026-11-10\n[posting]\non = 2026-11-10\n");
        let hangs: &[&str] = &["+ subsidy a 2026-12-10"];
        turns(
            &desk(&toml),
            &[
                ("2026-11-09", NOTHING),
                ("2026-11-10", hangs),
                ("2026-12-10", hangs),
                ("2026-12-11", &["- subsidy a 2026-12-11"]),
            ],
        );
        // No number of days is asked of it, so that a record of its end is enough.
        let taken = desk(&format!("{toml}off = 2026-11-20\n"));
        turns(&taken, &[("2026-11-19", hangs), ("2026-11-20", NOTHING), ("2026-12-11", NOTHING)]);
        let for_ever = desk(&toml);
        for_ever.add_to("board.toml", "[privacy]\nwithdraw_after = 0\n");
        turns(&for_ever, &[("2026-11-10", &["+ subsidy a"]), ("2030-11-10", &["+ subsidy a"])]);
    }
    // With a period, it is the period that counts; what follows hangs for itself.
    let decided = format!("{PROPOSED}{POSTED}[decision]\ndate = 2026-11-10\n");
    turns(&desk(&decided), &[("2026-11-10", &["- subsidy a 2026-11-08"])]);
    let objected = "stage = \"paid\"\n[decision]\ndate = 2026-11-10\n[posting]\non = 2026-11-10\n\
        [[objection]]\nreceived = 2026-11-12\n";
    turns(&desk(objected), &[("2026-11-12", &["+ subsidy a"]), ("2027-11-12", &["+ subsidy a"])]);
}

/// A board without any list.
fn bare() -> Desk {
    let desk = Desk::of("", "");
    for file in ["a.toml", "a.csv"] {
        std::fs::remove_file(desk.folder.path().join("subsidies").join(file)).unwrap();
    }
    desk
}

#[test]
fn notices_hang_through_their_last_day_and_forms_never() {
    let desk = bare();
    let notice = |more: &str| format!("+++\ntitle = \"通知\"\ndate = 2026-11-05\n{more}+++\n停水。\n");
    desk.put("notices/dated.md", &notice("until = 2026-11-09\n"));
    desk.put("notices/pinned.md", &notice("pinned = true\n"));
    desk.put("notices/plain.md", &notice(""));
    desk.put("notices/form.md", &notice("blank = true\n"));
    turns(
        &desk,
        &[
            ("2026-11-04", NOTHING),
            ("2026-11-05", &["= notice dated 2026-11-09", "= notice plain 2026-12-05", "= notice pinned"]),
            ("2026-11-09", &["= notice dated 2026-11-09", "= notice plain 2026-12-05", "= notice pinned"]),
            ("2026-11-10", &["= notice plain 2026-12-05", "= notice pinned", "~ notice dated 2026-11-10"]),
            ("2026-11-16", &["= notice plain 2026-12-05", "= notice pinned", "~ notice dated 2026-11-10"]),
            ("2026-11-17", &["= notice plain 2026-12-05", "= notice pinned"]),
            ("2026-12-06", &["= notice pinned", "~ notice plain 2026-12-06"]),
        ],
    );
}

#[test]
fn a_result_hangs_until_the_next_of_its_series() {
    let desk = bare();
    let result = |date: &str, period: &str, series: &str| {
        format!(
            "title = \"结果\"\nkind = \"ranking\"\ndate = {date}\nperiod = \"{period}\"\ntable = \"a.csv\"\n{series}\
             [score]\nparts = [{{ column = \"分\", weight = \"1\" }}]\n"
        )
    };
    desk.put("results/a.csv", "单位,分\n甲村,90\n乙村,80\n");
    let series = "series = \"sanitation\"\n";
    desk.put("results/09.toml", &result("2026-10-08", "2026-09", series));
    desk.put("results/10.toml", &result("2026-11-05", "2026-10", series));
    desk.put("results/once.toml", &result("2026-10-20", "2026-10", ""));
    turns(
        &desk,
        &[
            ("2026-10-07", NOTHING),
            ("2026-10-08", &["= result 09 2026-11-07"]),
            ("2026-11-04", &["= result 09 2026-11-07", "= result once 2026-11-19"]),
            ("2026-11-05", &["= result once 2026-11-19", "= result 10 2026-12-05", "~ result 09 2026-11-05"]),
            ("2026-11-20", &["= result 10 2026-12-05", "~ result once 2026-11-20"]),
            ("2026-12-06", &["~ result 10 2026-12-06"]),
        ],
    );
}

#[test]
fn contacts_hang_always_and_plans_from_their_publication_on() {
    let desk = bare();
    desk.add_to("contacts.toml", "position = \"书记\"\nduties = \"全面\"\nphone = \"0009-3780001\"\n");
    desk.put(
        "reception.toml",
        "title = \"接访\"\nfrom = 2026-11-02\nto = 2026-11-30\npublished = 2026-10-20\nplace = \"接待室\"\n\
         [[session]]\nid = \"a\"\ntitle = \"接访日\"\ndays = { weekday = \"monday\" }\nhours = [\"08:30-11:30\"]\n\
         form = \"fixed\"\nhosts = [\"何岸\"]\n",
    );
    for (today, expected) in [
        ("2026-10-19", vec!["= contacts"]),
        ("2026-10-20", vec!["= reception 2026-11-30", "= contacts"]),
        ("2026-11-30", vec!["= reception 2026-11-30", "= contacts"]),
        ("2026-12-01", vec!["= contacts", "~ reception 2026-12-01"]),
        ("2026-12-08", vec!["= contacts"]),
    ] {
        assert_eq!(wall_on(&desk, today), expected, "{today}");
    }
}

#[test]
fn what_has_no_record_is_to_be_hung_up_in_its_first_week() {
    let desk = bare();
    desk.put("notices/a.md", "+++\ntitle = \"通知\"\ndate = 2026-11-05\n+++\n停水。\n");
    for (today, expected) in [("2026-11-05", true), ("2026-11-11", true), ("2026-11-12", false)] {
        let board = desk.open(today).1.unwrap();
        let wall = board.areas[0].wall(&board);
        let notice = wall.hang.iter().find(|one| matches!(one.what, OnWall::Notice(_))).unwrap();
        assert_eq!(notice.is_to_hang(board.day), expected, "{today}");
    }
}

#[test]
fn each_day_on_which_the_wall_turns_is_announced_the_day_before() {
    let desk = desk(&format!("{PROPOSED}{POSTED}"));
    desk.put("notices/a.md", "+++\ntitle = \"通知\"\ndate = 2026-11-05\nuntil = 2026-11-20\n+++\n停水。\n");
    desk.add_to("contacts.toml", "[[contact]]\nname = \"沈望\"\nto = 2026-11-09\nsuccessor = \"zhou\"\n");
    let shown = |today: &str| {
        let board = desk.open(today).1.unwrap();
        let wall = board.areas[0].wall(&board);
        let new = wall.hang.iter().map(|one| one.is_to_hang(board.day)).collect::<Vec<_>>();
        let next = [board.next_change, board.next_change_of_walls()].into_iter().flatten().min();
        (wall_on(&desk, today), new, next)
    };
    let mut day: chrono::NaiveDate = "2026-10-30".parse().unwrap();
    let mut before = shown(&day.to_string());
    while day < "2026-12-20".parse().unwrap() {
        day = day.succ_opt().unwrap();
        let now = shown(&day.to_string());
        let differs = (&before.0, &before.1) != (&now.0, &now.1);
        assert!(!differs || before.2 == Some(day), "{day} was announced as {:?}", before.2);
        before = now;
    }
}
