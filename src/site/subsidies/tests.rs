//! What leaves the house of a small disclosure, on the days of its life.

mod withdrawal;

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::diagnostics::{Failure, Problems};
use crate::kinds::subsidies::tests::Desk;
use crate::site::{self, Artifact, Door, Site};
use crate::theme;

/// Keeps everything that leaves.
#[derive(Default)]
struct Hall {
    left: Mutex<BTreeMap<String, String>>,
}

impl Door for Hall {
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure> {
        let text = String::from_utf8_lossy(artifact.bytes).into_owned();
        let before = self.left.lock().unwrap().insert(artifact.path.to_owned(), text);
        assert_eq!(before, None, "{} left twice", artifact.path);
        Ok(())
    }

    fn report(&self, problems: Problems) {
        assert_eq!(problems.into_sorted(), []);
    }
}

const ROWS: &str = "序号,户号,姓名,户主,村组,标准（元/月）,数量（月）,金额,发放时间,变化,救助类别\n\
    1,K-77,张小明,张大,一组,100,3,300.00,2026-11-02,保留,急难型\n\
    2,K-78,李<script>红,,二组,100,7,700.00,,新增,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n\
    3,K-79,王小芳,,二组,,,,,取消,\n合计,,,,,,,1000.00,,,\n";

fn desk() -> Desk {
    let more = "[[objection]]\nreceived = 2026-11-05\noutcome = \"rejected\"\ndecided = 2026-11-06\n\
        [decision]\ndate = 2026-11-20\ndocument = \"云政发〔2026〕31号\"\n";
    let desk = Desk::with("total = 1000\ncount = 2\nextra = [\"救助类别\"]\nitem = \"特困供养\"\n", ROWS);
    desk.add_to("subsidies/a.toml", more);
    desk
}

/// Everything that leaves on a day, by path.
fn site_on(desk: &Desk, today: &str) -> BTreeMap<String, String> {
    assert_eq!(desk.open(today).2, []);
    site_in_spite_of_warnings(desk, today)
}

fn site_in_spite_of_warnings(desk: &Desk, today: &str) -> BTreeMap<String, String> {
    let (content, board, _) = desk.open(today);
    let board = board.unwrap();
    let mut problems = Problems::new();
    let theme = theme::load(&content, &board.settings, &mut problems).unwrap();
    let hall = Hall::default();
    let site = Site { board: &board, files: &content.files, theme: &theme, with_sheets: false };
    site::make(site, &hall, &|| {}).unwrap();
    hall.left.into_inner().unwrap()
}

fn data_on(desk: &Desk, today: &str) -> Value {
    serde_json::from_str(&site_on(desk, today)["subsidies/a/data.json"]).unwrap()
}

#[test]
fn an_open_list_leaves_as_a_page_as_json_and_as_csv() {
    let left = site_on(&desk(), "2026-11-03");
    let data: Value = serde_json::from_str(&left["subsidies/a/data.json"]).unwrap();
    assert_eq!(data["title"], "救助公示");
    assert_eq!(
        (&data["item"], &data["stage"], &data["state"]),
        (&json!("特困供养"), &json!("proposed"), &json!("open"))
    );
    assert_eq!(data["notice_period"], json!({"start": "2026-11-01", "end": "2026-11-07"}));
    assert_eq!((&data["count"], &data["total"]), (&json!(2), &json!("1000.00")));
    assert_eq!((&data["kept"], &data["added"], &data["cancelled"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(
        data["recipients"][0],
        json!({"number": 1, "name": "张*明", "group": "一组", "standard": "100.00", "quantity": "3",
            "amount": "300.00", "paid_on": "2026-11-02", "change": "kept", "extra": {"救助类别": "急难型"}})
    );
    assert_eq!(
        data["recipients"][2],
        json!({"number": 3, "name": "王*芳", "group": "二组", "amount": null, "change": "cancelled"})
    );

    let csv = left["subsidies/a/recipients.csv"].split("\r\n").collect::<Vec<_>>();
    assert_eq!(csv[0], "\u{feff}序号,姓名,村组,标准(元/月),数量(月),金额,发放时间,变化,救助类别");
    assert_eq!(csv[1], "1,张*明,一组,100.00,3,300.00,2026-11-02,保留,急难型");
    assert!(csv[2].ends_with(",新增,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), "{}", csv[2]);
    assert_eq!(csv[3], "3,王*芳,二组,,,,,取消,");

    let page = &left["subsidies/a/index.html"];
    for shown in [
        "noindex, noarchive",
        "<a class=\"phone\" href=\"tel:00093780012\">0009-3780012</a>",
        "可以提出异议，到11月7日（星期六）为止",
        "共2笔，合计1,000.00元。",
        "其中保留1笔，新增1笔。",
        "另有1笔取消。",
        "<th scope=\"row\">张*明</th>",
        "标准（元/月）",
        "<th scope=\"row\" colspan=\"5\">合计</th><td class=\"figure\">1,000.00</td><td colspan=\"3\"></td>",
        "href=\"../../subsidies/a/recipients.csv\"",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn what_a_row_is_paid_for_is_shown_everywhere() {
    let desk = Desk::with("", "姓名,项目,金额\n张小明,教育补助,500.00\n李红,医疗补助,300.00\n");
    let left = site_on(&desk, "2026-11-03");
    assert_eq!(left["subsidies/a/recipients.csv"].lines().nth(1), Some("张*明,教育补助,500.00"));
    let data: Value = serde_json::from_str(&left["subsidies/a/data.json"]).unwrap();
    assert_eq!(data["recipients"][1]["program"], "医疗补助");
    let page = &left["subsidies/a/index.html"];
    assert!(page.contains("<th scope=\"col\">项目</th>"), "{page}");
    assert!(page.contains("<td data-label=\"项目\">教育补助</td>"), "{page}");
    assert!(page.contains("<th scope=\"row\" colspan=\"2\">合计</th>"), "{page}");

    assert_eq!((&data["kept"], &data["added"]), (&json!(null), &json!(null)), "nothing is said of changes");
    assert!(!page.contains("保留"), "{page}");

    // What somebody is paid for can say what is wrong with them.
    let rows = "序号,姓名,项目,金额\n1,张小明,教育补助,500.00\n";
    for (path, text) in site_on(&Desk::with("sensitive = true\n", rows), "2026-11-03") {
        assert!(!text.contains("教育补助"), "{path}");
    }
}

#[test]
fn what_is_only_checked_never_leaves() {
    for (path, text) in site_on(&desk(), "2026-11-03") {
        for hidden in ["K-77", "张小明", "张大", "王小芳"] {
            assert!(!text.contains(hidden), "{hidden} in {path}");
        }
    }
}

#[test]
fn rows_leave_neither_before_the_start_nor_after_the_withdrawal() {
    for (today, state, count) in
        [("2026-10-31", "upcoming", json!(null)), ("2026-12-21", "withdrawn", json!(2))]
    {
        let left = site_on(&desk(), today);
        for (path, text) in &left {
            for hidden in ["张*明", "急难型", "HYPERLINK", "300.00"] {
                assert!(!text.contains(hidden), "{hidden} in {path} on {today}");
            }
        }
        let data: Value = serde_json::from_str(&left["subsidies/a/data.json"]).unwrap();
        assert_eq!(
            (&data["state"], &data["count"], &data["recipients"]),
            (&json!(state), &count, &json!([]))
        );
        assert_eq!(data["notice_period"]["end"], "2026-11-07");
        assert!(!left["subsidies/a/index.html"].contains("noindex"));
        assert_eq!(left["subsidies/a/recipients.csv"].trim_end().split("\r\n").count(), 1);
    }
    assert_eq!(data_on(&desk(), "2026-12-21")["total"], "1000.00");
    assert_eq!(data_on(&desk(), "2026-12-20")["state"], "confirmed");
}

#[test]
fn facts_of_later_days_do_not_leave() {
    let page = |today: &str| site_on(&desk(), today)["subsidies/a/index.html"].clone();
    assert!(!page("2026-11-04").contains("收到异议"));
    assert!(page("2026-11-05").contains("正在复核 最迟2026年11月19日答复"));
    assert!(!page("2026-11-05").contains("云政发〔2026〕31号"));
    assert!(page("2026-11-06").contains("2026年11月6日复核，异议不成立"));
    assert!(page("2026-11-20").contains("云政发〔2026〕31号"));
}

#[test]
fn the_answer_says_how_things_stand() {
    let page =
        |desk: &Desk, today: &str| site_in_spite_of_warnings(desk, today)["subsidies/a/index.html"].clone();
    let tagged = |page: &str, tag: &str| {
        let opening = page.split_once("<section class=\"answer\"").unwrap().1;
        assert!(opening.split_once("</p>").unwrap().0.contains(&format!(">{tag}")), "{tag}\n{opening}");
    };
    let sound = desk();
    let reviewing = page(&sound, "2026-11-05");
    tagged(&reviewing, "异议处理中 · 至11月7日");
    assert!(reviewing.contains("<p>已经收到异议，正在复核，结果会写在这里。</p>"), "{reviewing}");
    let confirmed = page(&sound, "2026-11-20");
    tagged(&confirmed, "已确认");
    assert!(confirmed.contains("<p>2026年11月20日作出决定。</p>"), "{confirmed}");

    // Upheld, and the new list is still to come: nothing is being looked into any more.
    let toml = std::fs::read_to_string(sound.folder.path().join("subsidies/a.toml")).unwrap();
    let upheld = toml.split_once("[decision]").unwrap().0.replace("rejected", "upheld");
    sound.put("subsidies/a.toml", &upheld);
    for today in ["2026-11-06", "2026-11-08"] {
        let waiting = page(&sound, today);
        tagged(&waiting, "异议处理中");
        assert!(waiting.contains("收到的异议成立，名单改正以后重新公示。"), "{waiting}");
        assert!(!waiting.contains("正在复核"), "{waiting}");
    }
    assert!(page(&sound, "2026-11-08").contains("<p class=\"main\">异议成立，等待重新公示</p>"));

    for (stage, tag) in [("paid", "已发放"), ("terminating", "已终止")] {
        let toml = upheld.split_once("[[objection]]").unwrap().0.replace("proposed", stage);
        let toml = toml.replace("total = 1000\n", "").replace("extra = [\"救助类别\"]\n", "");
        let done =
            Desk::of(&format!("{toml}[decision]\ndate = 2026-11-20\n"), "姓名,金额\n张小明,1\n李红,2\n");
        tagged(&page(&done, "2026-11-20"), tag);
        let index = &site_in_spite_of_warnings(&done, "2026-11-20")["index.html"];
        assert!(index.contains(&format!(">{tag}</span>")), "{index}");
    }
}

#[test]
fn a_list_posted_again_and_the_new_one_lead_to_each_other() {
    let desk = desk();
    let upheld = "[[objection]]\nreceived = 2026-11-06\noutcome = \"upheld\"\ndecided = 2026-11-09\nreposted = \"b\"\n";
    let toml = std::fs::read_to_string(desk.folder.path().join("subsidies/a.toml")).unwrap();
    let (toml, _) = toml.split_once("[[objection]]").unwrap();
    desk.put("subsidies/a.toml", &format!("{toml}{upheld}"));
    desk.put(
        "subsidies/b.toml",
        &toml.replace("2026-11-01", "2026-11-10").replace("救助公示", "救助再次公示"),
    );
    let before = site_on(&desk, "2026-11-09");
    assert!(!before["subsidies/a/index.html"].contains("救助再次公示"), "nothing is known before its day");
    let after = site_on(&desk, "2026-11-10");
    let old = &after["subsidies/a/index.html"];
    for shown in [
        "异议成立，已重新公示",
        "请看新的名单：<a href=\"../../subsidies/b/index.html\">救助再次公示</a>",
        "2026年11月9日复核，异议成立，已重新公示：<a href=\"../../subsidies/b/index.html\">",
    ] {
        assert!(old.contains(shown), "{shown}\n{old}");
    }
    assert!(
        after["subsidies/b/index.html"].contains("<a href=\"../../subsidies/a/index.html\">救助公示</a>")
    );
    let data: Value = serde_json::from_str(&after["subsidies/a/data.json"]).unwrap();
    assert_eq!((&data["state"], &data["reposted_to"]), (&json!("superseded"), &json!("b")));
    let data: Value = serde_json::from_str(&after["subsidies/b/data.json"]).unwrap();
    assert_eq!(data["reposts"], json!(["a"]));
}

#[test]
fn a_name_is_in_some_file_until_the_withdrawal_and_in_none_after() {
    let holding = |today: &str, name: &str| {
        site_on(&desk(), today)
            .into_iter()
            .filter(|(_, text)| text.contains(name))
            .map(|(path, _)| path)
            .collect()
    };
    let (before, after): (Vec<_>, Vec<_>) = (holding("2026-12-20", "张*明"), holding("2026-12-21", "张*明"));
    assert_eq!(before, ["subsidies/a/data.json", "subsidies/a/index.html", "subsidies/a/recipients.csv"]);
    assert!(after.is_empty(), "{after:?}");
    let page = &site_on(&desk(), "2026-12-21")["subsidies/a/index.html"];
    for kept in ["救助公示", "2026年11月1日", "2026年11月20日", "共2笔，合计1,000.00元。"] {
        assert!(page.contains(kept), "{kept}\n{page}");
    }
}

#[test]
fn a_long_list_is_spread_over_pages() {
    let names = ["大", "小", "老", "春", "秋"];
    let rows: String =
        (1..=2000).map(|n| format!("{n},张{},{n}.00\n", names[n % 5].repeat(n % 7 + 1))).collect();
    let desk = Desk::with("", &format!("序号,姓名,金额\n{rows}"));
    let mut problems = Problems::new();
    let content = crate::source::Content::open(desk.folder.path(), &mut problems).unwrap();
    let records = crate::kinds::read(&content, &mut problems).unwrap();
    let day = crate::kinds::subsidies::tests::day("2026-11-03");
    let board = crate::board::resolve(records, &content.files, day, &mut problems).unwrap();
    let theme = theme::load(&content, &board.settings, &mut problems).unwrap();
    let hall = Hall::default();
    site::make(
        Site { board: &board, files: &content.files, theme: &theme, with_sheets: false },
        &hall,
        &|| {},
    )
    .unwrap();
    let left = hall.left.into_inner().unwrap();
    let second = &left["subsidies/a/2/index.html"];
    assert!(second.contains("href=\"../../../subsidies/a/index.html\""));
    let pages: Vec<_> =
        left.iter().filter(|(path, _)| path.starts_with("subsidies/a/") && path.ends_with("html")).collect();
    assert!(pages.iter().all(|(_, page)| page.len() <= 100_000));
    assert!(pages.iter().any(|(_, page)| page.len() > 50_000), "pages are not cut too small");
    let rows: usize = pages.iter().map(|(_, page)| page.matches("<th scope=\"row\">张").count()).sum();
    assert_eq!(rows, 2000);
    assert_eq!(pages.iter().filter(|(_, page)| page.contains("<tfoot>")).count(), 1);
}
