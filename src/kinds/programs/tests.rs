//! Programs, funds, and what lists make of them; small boards through the public door.

use crate::kinds::subsidies::tests::{Desk, day};
use crate::values::Yuan;

const DECIDED: &str = "[decision]\ndate = 2026-11-10\n";

/// A board with `programs.toml` and one paid list.
fn desk(programs: &str, head: &str, rows: &str) -> Desk {
    let paid = "title = \"发放\"\nstage = \"paid\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n";
    let desk = Desk::of(&format!("{paid}{head}{DECIDED}"), rows);
    desk.put("programs.toml", programs);
    desk
}

/// The problems, each as its code and the text it points at.
#[track_caller]
fn expect(desk: &Desk, expected: &[(&str, &str)]) {
    let found = desk.problems_on("2026-11-22");
    let found: Vec<_> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
    assert_eq!(found, expected);
}

fn program(more: &str) -> String {
    format!("[[program]]\nid = \"edu\"\ntitle = \"教育补助\"\nfrom = 2026-01-01\n{more}")
}

const OF_ALL: &str = "program = \"edu\"\n";

#[test]
fn a_program_is_known_by_id_or_title() {
    let rows = "姓名,项目,金额\n张小明,edu,500\n李红,教育补助,300\n王五一,,300\n";
    let desk = desk(&program(""), OF_ALL, rows);
    expect(&desk, &[]);
    let (_, board, _) = desk.open("2026-11-22");
    let list = board.unwrap().areas.remove(0).subsidies.remove(0);
    let shown: Vec<_> = list.recipients.iter().map(|row| row.program.to_owned()).collect();
    assert_eq!(shown, ["教育补助", "教育补助", "教育补助"]);
    assert_eq!(list.program.unwrap().title, "教育补助");
    expect(&self::desk(&program(""), "program = \"edi\"\n", rows), &[("unknown-program", "\"edi\"")]);
    let unknown = rows.replace("教育补助", "医疗补助");
    expect(&self::desk(&program(""), OF_ALL, &unknown), &[("unknown-program", "医疗补助")]);
}

#[test]
fn blocks_of_a_program_come_one_after_the_other() {
    let second =
        |more: &str| format!("{}{}", program("amount = 500\n"), program("").replace("2026-01-01\n", more));
    let rows = "姓名,标准,数量,金额\n张小明,500,1,500\n";
    expect(&desk(&second("2026-11-11\namount = 600\n"), OF_ALL, rows), &[]);
    let changed = desk(&second("2026-11-10\namount = 600\n"), OF_ALL, rows);
    expect(&changed, &[("standard-differs", "500")]);
    expect(
        &desk(&second("2026-01-01\namount = 600\n"), OF_ALL, "姓名\n张小明\n").without_rows(),
        &[("programs-overlap", "2026-01-01")],
    );
    let ended = program("to = 2026-06-30\n");
    expect(&desk(&ended, OF_ALL, rows), &[("program-not-in-force", "500")]);
    let met = format!("{ended}{}", program("").replace("01-01", "06-30"));
    expect(&desk(&met, OF_ALL, rows), &[("programs-overlap", "2026-06-30")]);
}

impl Desk {
    /// The same, with no list at all.
    fn without_rows(self) -> Self {
        for file in ["a.toml", "a.csv"] {
            std::fs::remove_file(self.folder.path().join("subsidies").join(file)).unwrap();
        }
        self
    }
}

#[test]
fn the_day_of_payment_says_which_standard_holds() {
    let two = format!("{}{}", program("amount = 500\n"), program("amount = 600\n").replace("01-01", "07-01"));
    let rows = "姓名,标准,数量,金额,发放时间\n张小明,500,1,500,2026-06-30\n李红,600,1,600,2026-07-01\n";
    expect(&desk(&two, OF_ALL, rows), &[]);
    expect(&desk(&two, OF_ALL, &rows.replace("06-30", "07-02")), &[("standard-differs", "500")]);
    let all_wrong = "姓名,标准,数量,金额\n张小明,500,1,500\n李红,500,1,500\n王五一,550,1,550\n";
    expect(&desk(&two, OF_ALL, all_wrong), &[("standard-differs", "500"), ("standard-differs", "550")]);
}

#[test]
fn what_programs_say_of_funds_and_each_other_is_checked() {
    let found = |programs: &str| desk(programs, "", "姓名,金额\n张小明,1\n");
    expect(&found(&program("fund = \"help\"\n")), &[("unknown-fund", "\"help\"")]);
    let both = format!(
        "{}[[fund]]\nid = \"help\"\ntitle = \"基金\"\nyear = 2026\n",
        program("fund = \"help\"\npayer = \"区残联\"\n")
    );
    expect(&found(&both), &[("fund-and-payer", "\"区残联\"")]);
    expect(&found(&program("year_starts = \"02-29\"\n")), &[("bad-year-start", "\"02-29\"")]);
    let fund = "[[fund]]\nid = \"help\"\ntitle = \"基金\"\nyear = 2026\n";
    expect(&found(&format!("{fund}{fund}")), &[("duplicate-fund", "\"help\"")]);
    let inflow = format!("{fund}[[fund.inflow]]\non = 2025-12-31\nfrom = \"镇\"\namount = 1\n");
    expect(&found(&inflow), &[("inflow-outside-year", "2025-12-31")]);
}

#[test]
fn standards_reach_their_floors() {
    let other = "[[program]]\nid = \"care\"\ntitle = \"护理\"\nfrom = 2026-01-01\namount = \"79.99\"\n\
        floors = [{ program = \"edu\", times = \"0.10\" }]\n";
    let with = |amount: &str, care: &str| {
        let basic = program(&format!(
            "amount = \"{amount}\"\nfloors = [{{ title = \"消费\", base = \"1333.00\", times = \"0.60\" }}]\n"
        ));
        desk(&format!("{basic}{}", other.replace("79.99", care)), "", "姓名,金额\n张小明,1\n")
    };
    expect(&with("799.80", "79.98"), &[]);
    expect(&with("799.79", "80.00"), &[("below-floor", "\"799.79\"")]);
    expect(&with("800.00", "79.99"), &[("below-floor", "\"79.99\"")]);
    let (_, _, problems) = with("799.79", "80.00").open("2026-11-22");
    let facts = ["base", "times", "least"].map(|fact| problems[0].fact(fact).unwrap().to_owned());
    assert_eq!(facts, ["1,333.00", "0.60", "799.80"]);
    expect(
        &desk(&program("floors = [{ times = 2 }]\n"), "", "姓名,金额\n张小明,1\n").without_rows(),
        &[("floor-without-base", "{ times = 2 }")],
    );
}

#[test]
fn ceilings_hold_for_a_person_or_a_household_in_their_time() {
    let capped = |per: &str, every: &str| {
        program(&format!("cap = {{ per = \"{per}\", every = \"{every}\", amount = \"1000\" }}\n"))
    };
    let rows = |first: &str, second: &str| {
        format!("户号,姓名,金额,发放时间\nA,张小明,600,{first}\nA,张小明,400.01,{second}\n")
    };
    let check = |per: &str, every: &str, rows: &str, exceeded: bool| {
        let expected = [("cap-exceeded", "400.01")];
        expect(&desk(&capped(per, every), OF_ALL, rows), if exceeded { &expected } else { &[] });
    };
    for (every, first, second, exceeded) in [
        ("month", "2026-10-01", "2026-10-31", true),
        ("month", "2026-10-31", "2026-11-01", false),
        ("year", "2026-01-01", "2026-11-22", true),
        ("once", "2026-01-01", "2026-11-22", true),
    ] {
        check("person", every, &rows(first, second), exceeded);
    }
    let of_two = rows("2026-10-01", "2026-10-02").replace("A,张小明,400", "A,李红,400");
    check("person", "year", &of_two, false);
    check("household", "year", &of_two, true);
    check("household", "year", &of_two.replace("A,李红", "B,李红"), false);
    check("household", "year", &of_two.replace("400.01", "400.00"), false);
    let (_, _, problems) = desk(&capped("household", "year"), OF_ALL, &of_two).open("2026-11-22");
    assert_eq!(problems[0].fact("sum"), Some("600.00 + 400.01 = 1,000.01"));

    let nameless = "姓名,村组,金额\n张小明,一组,600\n张小明,一组,400.01\n";
    expect(
        &desk(&capped("person", "year"), OF_ALL, nameless),
        &[("rows-look-alike", "张小明"), ("cap-maybe-exceeded", "400.01")],
    );
    expect(
        &desk(&capped("household", "year"), OF_ALL, "姓名,金额\n张小明,600\n李红,1\n"),
        &[("household-unknown", "600")],
    );
    expect(
        &desk(&capped("person", "year"), OF_ALL, "姓名,金额\n张小明,1000.01\n"),
        &[("cap-exceeded", "1000.01")],
    );
}

#[test]
fn a_wrong_ceiling_is_one_problem_however_many_exceed_it() {
    let rows = "户号,姓名,金额\nA,张小明,600\nB,李红,600\nC,王五一,400\nD,赵大,700\n";
    for per in ["person", "household"] {
        let capped = program(&format!("cap = {{ per = \"{per}\", every = \"year\", amount = 500 }}\n"));
        let desk = desk(&capped, OF_ALL, rows);
        expect(&desk, &[("cap-exceeded", "600")]);
        let (_, _, problems) = desk.open("2026-11-22");
        assert_eq!(problems[0].fact("more"), Some("2"), "{per}");
    }
    let below = program("below_own_expense = true\n");
    let rows = rows.replace("金额\n", "金额,自费支出\n").replace("00\n", "00,400\n");
    let desk = desk(&below, OF_ALL, &rows);
    expect(&desk, &[("not-below-own-expense", "600")]);
    assert_eq!(desk.open("2026-11-22").2[0].fact("more"), Some("3"));
    let one = desk_of_one_above();
    assert_eq!(one.open("2026-11-22").2[0].fact("more"), None, "one is one");
}

fn desk_of_one_above() -> Desk {
    let capped = program("cap = { per = \"person\", every = \"year\", amount = 500 }\n");
    desk(&capped, OF_ALL, "户号,姓名,金额\nA,张小明,600\nA,张小明,1\n")
}

#[test]
fn the_year_of_a_program_may_start_in_september() {
    let school =
        program("year_starts = \"09-01\"\ncap = { per = \"person\", every = \"year\", amount = 500 }\n");
    let rows = "户号,姓名,金额,发放时间\nA,张小明,500,2026-08-31\nA,张小明,500,2026-09-01\n";
    expect(&desk(&school, OF_ALL, rows), &[]);
    expect(&desk(&school, OF_ALL, &rows.replace("08-31", "09-30")), &[("cap-exceeded", "500")]);
}

#[test]
fn of_lists_of_the_same_money_only_the_last_is_compared_with_limits() {
    let capped = program("cap = { per = \"person\", every = \"year\", amount = 500 }\n");
    let desk = desk(&capped, &format!("{OF_ALL}follows = \"first\"\n"), "户号,姓名,金额\nA,张小明,500\n");
    let first = "title = \"拟发放\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nprogram = \"edu\"\n\
        [notice_period]\nstart = 2026-11-01\n[objections]\nto = \"民政办\"\n[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-01\n";
    desk.put("subsidies/first.toml", first);
    expect(&desk, &[]);
    let twice = std::fs::read_to_string(desk.folder.path().join("subsidies/a.toml")).unwrap();
    desk.put("subsidies/a.toml", &twice.replace("follows = \"first\"\n", ""));
    expect(&desk, &[("cap-exceeded", "500")]);
}

#[test]
fn a_household_holds_one_program_of_a_group_a_year() {
    let two = format!(
        "{}{}",
        program("exclusive = \"special\"\n"),
        "[[program]]\nid = \"med\"\ntitle = \"医疗补助\"\nfrom = 2026-01-01\nexclusive = \"special\"\n"
    );
    let rows = |exception: &str, key: &str| {
        format!("户号,姓名,项目,金额,例外批准\nA,张小明,edu,1,\n{key},李红,med,2,{exception}\n")
    };
    expect(&desk(&two, "", &rows("", "A")), &[("exclusive-twice", "2")]);
    expect(&desk(&two, "", &rows("", "B")), &[]);
    expect(&desk(&two, "", &rows("", "A").replace("med", "edu")), &[]);
    let excepted = desk(&two, "", &rows("云政批〔2026〕3号", "A"));
    expect(&excepted, &[]);
    let (_, board, _) = excepted.open("2026-11-22");
    let list = board.unwrap().areas.remove(0).subsidies.remove(0);
    assert_eq!(list.recipients.iter().nth(1).unwrap().exception, "云政批〔2026〕3号");
    let third = "[[program]]\nid = \"post\"\ntitle = \"岗位\"\nfrom = 2026-01-01\nexclusive = \"special\"\n";
    let first_exempt =
        "户号,姓名,项目,金额,例外批准\nA,张小明,edu,1,批3号\nA,李红,med,2,\nA,王五一,post,3,\n";
    let three = desk(&format!("{two}{third}"), "", first_exempt);
    expect(&three, &[("exclusive-twice", "3")]);
    let all = rows("", "A") + "B,赵大,edu,4,\nB,赵二,med,5,\n";
    expect(&desk(&two, "", &all), &[("exclusive-twice", "2")]);
    assert_eq!(desk(&two, "", &all).open("2026-11-22").2[0].fact("more"), Some("1"));
    let keyless = "姓名,项目,金额\n张小明,edu,1\n李红,med,2\n";
    expect(&desk(&two, "", keyless), &[("household-unknown", "1")]);
}

#[test]
fn what_somebody_gets_stays_below_what_they_have_paid_themselves() {
    let below = program("below_own_expense = true\n");
    let rows = "户号,姓名,金额,自费支出\nA,张小明,600,1000\nA,张小明,400,1000\n";
    expect(&desk(&below, OF_ALL, rows), &[("not-below-own-expense", "400")]);
    expect(&desk(&below, OF_ALL, &rows.replace(",400", ",399.99")), &[]);
    expect(&desk(&below, OF_ALL, "姓名,金额\n张小明,600\n"), &[("own-expense-missing", "600")]);
    let (_, _, problems) = desk(&below, OF_ALL, rows).open("2026-11-22");
    assert!(problems.iter().all(|one| !format!("{:?}", one.facts()).contains("张小明")));
}

/// A fund of 34,000 and 50,000 on 1 March.
const FUND: &str = "[[fund]]\nid = \"help\"\ntitle = \"帮扶基金\"\nyear = 2026\nopening = \"34000.00\"\n\
    [[fund.inflow]]\non = 2026-03-01\nfrom = \"镇财政\"\namount = \"50000.00\"\npurpose = \"年度安排\"\n";

fn funded(rows: &str) -> Desk {
    desk(&format!("{}{FUND}", program("fund = \"help\"\n")), OF_ALL, rows)
}

fn yuan(text: &str) -> Yuan {
    Yuan::parse(text).unwrap()
}

#[test]
fn a_fund_is_never_overdrawn() {
    let rows = "姓名,金额,发放时间\n张小明,34000,2026-02-28\n李红,50000,2026-03-01\n";
    expect(&funded(rows), &[]);
    expect(&funded(&rows.replace("34000,", "34000.01,")), &[("fund-overdrawn", "\"edu\"")]);
    let (_, _, problems) = funded(&rows.replace("50000,", "50000.01,")).open("2026-11-22");
    let facts = ["before", "amount", "after", "day"].map(|fact| problems[0].fact(fact).unwrap().to_owned());
    assert_eq!(facts, ["50,000.00", "50,000.01", "-0.01", "2026-03-01"]);
}

#[test]
fn a_fund_knows_what_came_and_went_by_the_day() {
    let desk = funded("姓名,金额,发放时间\n张小明,1000,2026-02-28\n李红,2000,2026-12-01\n");
    for (today, received, paid, balance) in [
        ("2026-02-27", "0", "0", "34000"),
        ("2026-02-28", "0", "1000", "33000"),
        ("2026-03-01", "50000", "1000", "83000"),
        ("2026-12-01", "50000", "3000", "81000"),
    ] {
        let (_, board, problems) = desk.open(today);
        let ahead = problems.iter().all(|problem| problem.code().name() == "paid-later");
        assert!(ahead && problems.is_empty() == (today == "2026-12-01"), "{problems:?}");
        let board = board.unwrap();
        let fund = &board.areas[0].programs.as_ref().unwrap().funds[0];
        assert_eq!((fund.received(), fund.paid(), fund.balance), (yuan(received), yuan(paid), yuan(balance)));
    }
    let (_, board, _) = desk.open("2026-11-30");
    assert_eq!(board.unwrap().next_change, Some(day("2026-12-01")));
}

#[test]
fn a_year_opens_with_what_the_year_before_has_left() {
    let next = |opening: &str| {
        let second = format!("[[fund]]\nid = \"help\"\ntitle = \"帮扶基金\"\nyear = 2027\n{opening}");
        let programs = format!("{}{FUND}{second}", program("fund = \"help\"\n"));
        desk(&programs, OF_ALL, "姓名,金额\n张小明,4000\n")
    };
    expect(&next("opening = 80000\n"), &[]);
    expect(&next("opening = 80000.01\n"), &[("opening-differs", "80000.01")]);
    let (_, board, _) = next("").open("2027-01-01");
    let board = board.unwrap();
    assert_eq!(board.areas[0].programs.as_ref().unwrap().funds[0].balance, yuan("80000"));
    let ahead = [("paid-later", "2027-01-02"), ("fund-year-missing", "\"edu\"")];
    expect(&funded("姓名,金额,发放时间\n张小明,1,2027-01-02\n"), &ahead);
}

#[test]
fn a_chain_is_paid_once_at_its_latest_stage() {
    let desk = funded("姓名,金额\n张小明,80000\n");
    let first = "title = \"拟发放\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nprogram = \"edu\"\n\
        [notice_period]\nstart = 2026-11-01\n[objections]\nto = \"民政办\"\n[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-01\n\
        [decision]\ndate = 2026-11-08\n";
    desk.put("subsidies/first.toml", first);
    expect(&desk, &[("fund-overdrawn", "\"edu\"")]);
    let toml = std::fs::read_to_string(desk.folder.path().join("subsidies/a.toml")).unwrap();
    desk.put("subsidies/a.toml", &format!("follows = \"first\"\n{toml}"));
    expect(&desk, &[]);
    for (today, lists) in [("2026-11-07", vec![]), ("2026-11-08", vec!["first"]), ("2026-11-10", vec!["a"])] {
        let board = desk.open(today).1.unwrap();
        let fund = &board.areas[0].programs.as_ref().unwrap().funds[0];
        let paid: Vec<_> = fund.payments.iter().map(|payment| payment.disclosure.as_str()).collect();
        assert_eq!(paid, lists, "{today}");
    }
}

#[test]
fn money_that_was_paid_before_its_list_is_posted_counts_once_too() {
    let desk = funded("姓名,金额,发放时间\n张小明,80000,2026-11-09\n");
    let first = "title = \"拟发放\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nprogram = \"edu\"\n\
        [notice_period]\nstart = 2026-11-01\n[objections]\nto = \"民政办\"\n[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-01\n\
        [decision]\ndate = 2026-11-08\n";
    desk.put("subsidies/first.toml", &first.replace("a.csv", "first.csv"));
    desk.put("subsidies/first.csv", "姓名,金额\n张小明,80000\n");
    let toml = std::fs::read_to_string(desk.folder.path().join("subsidies/a.toml")).unwrap();
    desk.put("subsidies/a.toml", &format!("follows = \"first\"\n{toml}"));
    expect(&desk, &[]);
    for (today, lists) in
        [("2026-11-08", vec!["first"]), ("2026-11-09", vec!["a"]), ("2026-11-10", vec!["a"])]
    {
        let board = desk.open(today).1.unwrap();
        let fund = &board.areas[0].programs.as_ref().unwrap().funds[0];
        let paid: Vec<_> = fund.payments.iter().map(|payment| payment.disclosure.as_str()).collect();
        assert_eq!(paid, lists, "{today}");
    }
}
