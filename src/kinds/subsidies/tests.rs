//! Small boards with one disclosure, read and resolved through the public door.

mod history;
mod life;
mod machine;
mod matrix;

use std::fs;

use chrono::NaiveDate;

use crate::board::{self, Board, DisclosureOnBoard};
use crate::diagnostics::{At, Diagnostic, Place, Problems};
use crate::kinds;
use crate::kinds::subsidies::State;
use crate::source::{Content, decode_lossy_again};

const BOARD: &str = "title = \"公示栏\"\nissuer = \"镇政府\"\nbase_url = \"https://example.org/\"\n";
const AREA: &str =
    "name = \"柳塘村\"\nlevel = \"village\"\ngroups = [{ name = \"一组\" }, { name = \"二组\" }]\n";
const CONTACTS: &str = "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nserves = [\"一组\"]\n[[contact]]\nname = \"何岸\"\nserves = [\".\"]\n";

/// What a test disclosure says unless a test says otherwise.
const HEAD: &str = "title = \"救助公示\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n";
const PERIOD: &str = "[notice_period]\nstart = 2026-11-01\n";
const OBJECTIONS: &str = "[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n";
const POSTING: &str = "[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-01\n";
const ROWS: &str = "序号,姓名,村组,金额\n1,张小明,一组,300.00\n2,欧阳娜娜,二组,700.00\n";

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A content folder with one disclosure: `subsidies/a.toml` and its table.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    /// A sound disclosure with `head` after its first keys, and `rows` as its table.
    pub(crate) fn with(head: &str, rows: &str) -> Self {
        Self::of(&format!("{HEAD}{head}{PERIOD}{OBJECTIONS}{POSTING}"), rows)
    }

    pub(crate) fn of(toml: &str, rows: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.put("board.toml", BOARD);
        desk.put("area.toml", AREA);
        desk.put("contacts.toml", CONTACTS);
        desk.put("subsidies/a.toml", toml);
        desk.put("subsidies/a.csv", rows);
        desk
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn add_to(&self, path: &str, more: &str) {
        let text = fs::read_to_string(self.folder.path().join(path)).unwrap();
        self.put(path, &(text + more));
    }

    pub(crate) fn open(&self, today: &str) -> (Content, Option<Board>, Vec<Diagnostic>) {
        let mut problems = Problems::new();
        let content = Content::open(self.folder.path(), &mut problems).unwrap();
        let records = kinds::read(&content, &mut problems);
        let board =
            records.and_then(|records| board::resolve(records, &content.files, day(today), &mut problems));
        (content, board, problems.into_sorted())
    }

    /// The problems, each as its code and the text it points at.
    pub(crate) fn problems_on(&self, today: &str) -> Vec<(&'static str, String)> {
        let (content, _, problems) = self.open(today);
        problems.iter().map(|one| (one.code().name(), place_text(&content, one.place().unwrap()))).collect()
    }

    fn problems(&self) -> Vec<(&'static str, String)> {
        self.problems_on("2026-11-03")
    }

    /// The one disclosure on a day; there is no problem.
    fn on(&self, today: &str) -> DisclosureOnBoard {
        let (_, board, problems) = self.open(today);
        assert_eq!(problems, []);
        board.unwrap().areas.remove(0).subsidies.remove(0)
    }
}

fn place_text(content: &Content, place: Place) -> String {
    let text = decode_lossy_again(&content.files.bytes(place.file).unwrap());
    match place.at {
        At::Text { start, end } => text[start as usize..end as usize].to_owned(),
        _ => content.files.path(place.file).to_owned(),
    }
}

fn expect(desk: &Desk, expected: &[(&str, &str)]) {
    let found = desk.problems();
    let found: Vec<_> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
    assert_eq!(found, expected);
}

/// Expects one problem of a sound disclosure whose table is `rows`.
fn expect_in_rows(rows: &str, code: &str, at: &str) {
    expect(&Desk::with("", rows), &[(code, at)]);
}

#[test]
fn rows_come_out_masked_and_in_order() {
    let desk = Desk::with("total = \"1000.00\"\ncount = 2\n", ROWS);
    let disclosure = desk.on("2026-11-03");
    let rows: Vec<_> = disclosure.recipients.iter().map(|row| (row.number, row.name, row.group)).collect();
    assert_eq!(rows, [(1, "张*明", "一组"), (2, "欧阳*娜", "二组")]);
    let figures = disclosure.figures.unwrap();
    assert_eq!(figures.total.unwrap().to_string(), "1000.00");
    assert_eq!(figures.count, 2);
    assert_eq!(disclosure.state, State::Open);
    assert!(!format!("{disclosure:?}").contains("张小明"), "the model holds only masked names");
}

#[test]
fn every_column_of_the_contract_is_read() {
    let rows = "序 号,户号,姓名,户主,村组,人数,项目,标准（元/月）,数量（月）,金额（元）,自费支出,发放时间,变化,例外批准,备注,救助类别\n\
        7,LT-1,张小明,张大,柳塘村一组,2,低保,\"1,025.50\",3,3076.50元,9000,2026年11月2日,新增,,无,急难型\n";
    let disclosure = Desk::with("households = 1\nextra = [\"救助类别\"]\n", rows).on("2026-11-03");
    let row = disclosure.recipients.iter().next().unwrap();
    assert_eq!((row.number, row.name, row.group, row.persons), (7, "张*明", "一组", Some(2)));
    assert_eq!(row.standard.unwrap().to_string(), "1025.50");
    assert_eq!((row.quantity, row.note), ("3", "无"));
    assert_eq!(row.amount.unwrap().to_string(), "3076.50");
    assert_eq!(row.paid_on, Some(day("2026-11-02")));
    assert_eq!(disclosure.recipients.extra(0).collect::<Vec<_>>(), ["急难型"]);
    assert_eq!(disclosure.recipients.columns().standard.as_deref(), Some("元/月"));
    let shown = format!("{disclosure:?}");
    for hidden in ["LT-1", "9000", "张大", "张小明"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
}

#[test]
fn english_headings_mean_the_same() {
    let rows =
        "No,Name,Group,Standard,Quantity,Amount,Change\n1,Li Ming,一组,10,2.5,25,kept\nTotal,,,,,25,\n";
    let disclosure = Desk::with("total = 25\ncount = 1\n", rows).on("2026-11-03");
    assert_eq!(disclosure.recipients.len(), 1);
}

#[test]
fn an_amount_that_is_not_written_is_computed() {
    let rows = "姓名,标准,数量\n张小明,72.35,3.30\n";
    let disclosure = Desk::with("total = \"238.76\"\n", rows).on("2026-11-03");
    let amount = disclosure.recipients.iter().next().unwrap().amount;
    assert_eq!(amount.unwrap().to_string(), "238.76");
}

#[test]
fn amounts_that_disagree_are_errors_at_their_cell() {
    expect_in_rows("姓名,标准,数量,金额\n张小明,115.00,3.1,365.50\n", "product-differs", "365.50");
    let (_, _, problems) =
        Desk::with("", "姓名,标准,数量,金额\n张小明,115.00,3.1,365.50\n").open("2026-11-03");
    let said = Desk::with("", "姓名,标准,数量,金额\n张小明,860,12,13020\n").open("2026-11-03").2;
    let facts = ["standard", "quantity", "computed", "stated"].map(|fact| said[0].fact(fact).unwrap());
    assert_eq!(facts, ["860.00", "12", "10,320.00", "13,020.00"]);
    let facts = ["standard", "quantity", "computed", "stated"].map(|fact| problems[0].fact(fact).unwrap());
    assert_eq!(facts, ["115.00", "3.1", "356.50", "365.50"]);
}

#[test]
fn one_wrong_amount_is_one_problem() {
    let rows = "序号,姓名,标准,数量,金额\n1,张小明,10,1,11\n小计,,,,10\n合计,,,,10\n";
    expect(&Desk::with("total = 10\n", rows), &[("product-differs", "11")]);
}

#[test]
fn figures_that_disagree_are_errors() {
    expect(&Desk::with("total = \"1000.01\"\n", ROWS), &[("total-differs", "\"1000.01\"")]);
    expect(&Desk::with("count = 3\n", ROWS), &[("recipient-count-differs", "3")]);
    let rows = "户号,姓名,金额\nA,张小明,1\nA,李明,1\nB,王五一,1\n";
    expect(&Desk::with("households = 3\n", rows), &[("household-count-differs", "3")]);
    expect(&Desk::with("households = 2\n", rows), &[]);
    expect(&Desk::with("households = 2\n", ROWS), &[("households-unchecked", "2")]);
}

#[test]
fn sums_are_checked_and_not_listed() {
    let rows = "序号,姓名,村组,人数,金额\n合计,,,5,60\n1,张小明,一组,1,10\n2,李小明,一组,1,20\n一组小计,,,2,30\n\
        3,王小明,二组,3,30\n小计,,,3,30\n";
    assert_eq!(Desk::with("count = 3\ntotal = 60\n", rows).on("2026-11-03").recipients.len(), 3);
    expect(&Desk::with("", &rows.replace("小计,,,3,30", "小计,,,3,31")), &[("summary-differs", "31")]);
    expect(&Desk::with("", &rows.replace("合计,,,5,60", "合计,,,6,60")), &[("summary-differs", "6")]);
    expect(
        &Desk::with("", &rows.replace("合计,,,5,60", "总 计：,,,5,60.01")),
        &[("summary-differs", "60.01")],
    );
    let bare = "姓名,金额\n张小明,1\n合计,1\n";
    assert_eq!(Desk::with("", bare).on("2026-11-03").recipients.len(), 1);
}

#[test]
fn cancelled_rows_carry_no_amount_and_count_apart() {
    let rows = "户号,姓名,变化,金额\nA,张小明,保留,10\nB,李小明,取消,\n";
    let disclosure = Desk::with("count = 1\nhouseholds = 1\ntotal = 10\n", rows).on("2026-11-03");
    let figures = disclosure.figures.unwrap();
    assert_eq!((figures.count, figures.cancelled, figures.households), (1, 1, Some(1)));
    assert_eq!(disclosure.recipients.len(), 2);
    expect_in_rows("姓名,变化,金额\n张小明,取消,10\n", "cancelled-with-amount", "10");
    expect_in_rows("姓名,变化,金额\n张小明,减少,10\n", "not-a-choice", "减少");
}

#[test]
fn money_is_exact_and_not_negative() {
    expect_in_rows("姓名,金额\n张小明,-10\n", "negative-money", "-10");
    expect_in_rows("姓名,金额\n张小明,0.005\n", "money-too-precise", "0.005");
    expect_in_rows("姓名,金额\n张小明,十元\n", "bad-money", "十元");
    expect_in_rows("姓名,金额,备注\n张小明,,无\n", "amount-missing", "");
    expect_in_rows("姓名,标准,数量\n张小明,10,-1\n", "negative-quantity", "-1");
    expect_in_rows("姓名,标准,数量\n张小明,99999999999,99999\n", "amount-too-large", "99999999999");
}

#[test]
fn lists_of_names_may_do_without_money() {
    let names = "姓名,村组\n张小明,一组\n";
    assert_eq!(Desk::with("count = 1\n", names).on("2026-11-03").figures.unwrap().total, None);
    expect(&Desk::with("total = 10\n", names), &[("missing-column", "subsidies/a.csv")]);
}

#[test]
fn a_table_without_recipients_is_an_error() {
    expect_in_rows("", "empty-table", "subsidies/a.csv");
    expect_in_rows("姓名,金额\n", "no-rows", "姓名");
    expect_in_rows("姓名,金额\n合计,0\n", "no-rows", "subsidies/a.csv");
    expect_in_rows("村组,金额\n一组,10\n", "missing-column", "subsidies/a.csv");
    expect_in_rows("姓名,村组,金额\n,一组,10\n", "name-missing", "");
    let desk = Desk::of(&HEAD.replace("a.csv", "b.csv"), ROWS);
    assert!(desk.problems().contains(&("no-such-file", "\"b.csv\"".to_owned())));
    let desk = Desk::of(&HEAD.replace("a.csv", "../../../b.csv"), ROWS);
    assert!(desk.problems().contains(&("path-leaves-board", "\"../../../b.csv\"".to_owned())));
}

#[test]
fn private_columns_are_dropped_with_one_warning_each() {
    let rows = "姓名,身份证号,联系电话,核对,金额\n张小明,11010519491231002X,0009-3780001,无,1\n\
        李小明,440524188001010014,0009-3780002,440524188001010014,2\n";
    let expected = ["身份证号", "联系电话", "核对"].map(|heading| ("private-column-dropped", heading));
    expect(&Desk::with("", rows), &expected);
    let (_, board, _) = Desk::with("", rows).open("2026-11-03");
    let shown = format!("{:?}", board.unwrap().areas[0].subsidies);
    assert!(!shown.contains("440524188001010014") && !shown.contains("3780002"));
}

#[test]
fn a_private_heading_is_dropped_even_when_it_is_declared() {
    let rows = "姓名,残疾等级,金额\n张小明,一级,1\n";
    expect(&Desk::with("extra = [\"残疾等级\"]\n", rows), &[("private-column-dropped", "残疾等级")]);
}

#[test]
fn columns_that_nobody_declares_are_errors() {
    expect_in_rows("姓名,补金额,金额\n张小明,甲,1\n", "undeclared-column", "补金额");
    let (_, _, problems) = Desk::with("", "姓名,补金额,金额\n张小明,甲,1\n").open("2026-11-03");
    assert_eq!(problems[0].fact("near"), Some("金额"));
    expect(&Desk::with("extra = [\"岗位\"]\n", ROWS), &[("extra-without-column", "\"岗位\"")]);
}

#[test]
fn private_content_in_a_published_column_is_an_error_at_its_cell() {
    const ID: &str = "11010519491231002X";
    for (column, head) in [("备注", ""), ("村组", ""), ("岗位", "extra = [\"岗位\"]\n"), ("标准", "")]
    {
        let rows = format!("姓名,{column},金额\n张小明,{ID},1\n");
        let problems = Desk::with(head, &rows).problems();
        assert_eq!(problems[0], ("private-content", ID.to_owned()), "{column}");
    }
    expect_in_rows(&format!("姓名,金额\n张小明{ID},1\n"), "private-content", &format!("张小明{ID}"));
    expect_in_rows(
        "姓名,户号,金额\n张小明,440524188001010014,1\n",
        "private-household-key",
        "440524188001010014",
    );
}

#[test]
fn no_name_is_ever_named_by_a_problem() {
    let rows = "序号,姓名,村组,标准,数量,金额,变化\n1,张小明,三组,1,2,3,取消\nx,张小明,一组,-1,a,0.001,删\n\
        3,张小红11010519491231002X,一组,1,1,2,保留\n4,张小明,一组,1,1,1,\n5,张大明,一组,1,1,1,\n\
        张大明,张小明,张大明,张小明,张小明,张小明,张小明\n小计,,,,,张小明,\n";
    let (_, _, problems) = Desk::with("total = 99\n", rows).open("2026-11-03");
    assert!(problems.len() > 6);
    for problem in problems {
        let facts = format!("{:?}", problem.facts());
        for name in ["张小明", "张小红", "张大明", "11010519491231002X"] {
            assert!(!facts.contains(name), "{}: {facts}", problem.code().name());
        }
    }
}

#[test]
fn groups_must_be_on_the_list() {
    expect_in_rows("姓名,村组,金额\n张小明,3组,1\n李小明,3组,1\n", "unknown-group", "3组");
    expect_in_rows("姓名,村组,金额\n张小明,二祖,1\n", "unknown-group", "二祖");
}

#[test]
fn rows_that_look_alike_are_told_apart_by_group_or_said() {
    let apart = "姓名,村组,金额\n张小明,一组,1\n张大明,二组,1\n";
    expect(&Desk::with("", apart), &[]);
    let alike = "姓名,村组,金额\n张小明,一组,1\n张大明,柳塘村一组,1\n张老明,一组,1\n";
    expect_in_rows(alike, "rows-look-alike", "张大明");
    let one_household = "户号,姓名,村组,金额\nA,张小明,一组,1\nA,张大明,一组,1\n";
    expect(&Desk::with("", one_household), &[]);
    let two_households = one_household.replace("A,张大明", "B,张大明");
    expect_in_rows(&two_households, "rows-look-alike", "张大明");
}

#[test]
fn minors_show_their_head_of_household_or_a_number() {
    let rows = "姓名,户主,村组,金额\n冯一诺,冯建国,一组,1\n何梓桐,,一组,1\n何小鱼,何小鱼,一组,1\n";
    let disclosure = Desk::with("minor = true\n", rows).on("2026-11-03");
    let names: Vec<_> = disclosure.recipients.iter().map(|row| (row.number, row.name)).collect();
    assert_eq!(names, [(1, "冯*国户"), (2, ""), (3, "")]);
    let shown = format!("{disclosure:?}");
    assert!(!shown.contains("诺") && !shown.contains("桐") && !shown.contains("鱼"));
}

#[test]
fn sensitive_lists_show_numbers_only() {
    let rows = "姓名,村组,人数,金额\n张小明,一组,3,1\n";
    let disclosure = Desk::with("sensitive = true\nminor = true\n", rows).on("2026-11-03");
    let row = disclosure.recipients.iter().next().unwrap();
    assert_eq!((row.number, row.name, row.group, row.persons), (1, "", "", None));
    expect(&Desk::with("sensitive = true\n", "村组,金额\n三组,1\n"), &[("unknown-group", "三组")]);
}

#[test]
fn rows_may_be_checked_without_being_shown() {
    let disclosure = Desk::with("rows = \"none\"\ntotal = 1000\ncount = 2\n", ROWS).on("2026-11-03");
    assert!(disclosure.recipients.is_empty() && !disclosure.shows_rows);
    assert_eq!(disclosure.figures.unwrap().count, 2);
    let desk = Desk::with("rows = \"none\"\ntotal = 1001\n", ROWS);
    expect(&desk, &[("total-differs", "1001")]);
}

#[test]
fn those_whose_benefit_ends_are_listed_without_reasons() {
    let head = HEAD.replace("proposed", "terminating");
    let desk = |more: &str, rows: &str| Desk::of(&format!("{head}{more}{PERIOD}{OBJECTIONS}{POSTING}"), rows);
    expect(&desk("", "姓名,村组,金额\n张小明,一组,\n"), &[]);
    expect(&desk("", "姓名,备注\n张小明,超标\n"), &[("reasons-refused", "备注")]);
    expect(&desk("extra = [\"原因\"]\n", "姓名,原因\n张小明,超标\n"), &[("reasons-refused", "\"原因\"")]);
}

#[test]
fn keys_are_checked() {
    let found =
        Desk::of("stage = \"proposed\"\nprogramm = \"x\"\ndays = 7\ntable = \"a.csv\"\n", ROWS).problems();
    let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "missing-key").count(), 4, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "unknown-key").count(), 2, "{codes:?}");
    let paid = HEAD.replace("proposed", "paid");
    expect(&Desk::of(&paid, ROWS), &[("period-or-decision-missing", "subsidies/a.toml")]);
    expect(&Desk::of(&format!("{paid}[decision]\ndate = 2026-11-02\n"), ROWS), &[]);
}

#[test]
fn a_column_of_names_cannot_be_declared() {
    for heading in ["户主姓名", "申请人姓名", "Householder", "家庭成员名字"] {
        let rows = format!("姓名,{heading},金额\n张小明,李大山,1\n");
        let head = format!("extra = [\"{heading}\"]\n");
        expect(&Desk::with(&head, &rows), &[("extra-is-name", &format!("\"{heading}\""))]);
        let (_, board, _) = Desk::with(&head, &rows).open("2026-11-03");
        assert!(!format!("{board:?}").contains("李大山"), "{heading}");
    }
}

#[test]
fn minors_without_a_head_of_household_are_numbers() {
    let rows = "序号,姓名,金额\n123,冯一诺,1\n143,何梓桐,1\n";
    let disclosure = Desk::with("minor = true\n", rows).on("2026-11-03");
    assert!(disclosure.recipients.iter().all(|row| row.name.is_empty()));
}
