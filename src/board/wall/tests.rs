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
    };
    [kind, what.name()].join(" ").trim_end().to_owned()
}

/// The wall on a day, one line for each thing: `+` hangs by its record, `!` must be hung up, `=` hangs and has no record;
/// `-` must come down by its record, `~` must come down if it hangs; `?` has hung without a record.
fn wall_on(desk: &Desk, today: &str) -> Vec<String> {
    let board = desk.open(today).1.unwrap();
    let Wall { hang, take_down, unrecorded } = board.areas[0].wall(&board);
    let hang = hang.iter().map(|one| {
        let sign = match one.record {
            Record::Hangs => '+',
            Record::Missing => '!',
            Record::NotKept => '=',
        };
        let until = one.until.map(|until| until.to_string()).unwrap_or_default();
        format!("{sign} {} {until}", called(one.what)).trim_end().to_owned()
    });
    let down = take_down.iter().map(|one| {
        let sign = if one.recorded { '-' } else { '~' };
        format!("{sign} {} {}", called(one.what), one.since)
    });
    let unrecorded = unrecorded.iter().map(|list| format!("? {}", list.name));
    hang.chain(down).chain(unrecorded).collect()
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
    // Taken down too early, it must hang again.
    turns(
        &desk(&format!("{posted}off = 2026-11-05\n")),
        &[("2026-11-04", hangs), ("2026-11-05", &["! subsidy a 2026-11-07"]), ("2026-11-08", NOTHING)],
    );
    turns(
        &desk(&posted.replace("on = 2026-11-01", "on = 2026-11-02")),
        &[("2026-11-01", &["! subsidy a 2026-11-07"]), ("2026-11-02", hangs)],
    );
}

#[test]
fn a_list_without_a_record_is_said_until_its_rows_are_gone() {
    turns(
        &desk(PROPOSED),
        &[
            ("2026-10-31", NOTHING),
            ("2026-11-01", &["! subsidy a 2026-11-07"]),
            ("2026-11-08", &["? a"]),
            ("2026-12-07", &["? a"]),
            ("2026-12-08", NOTHING),
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
