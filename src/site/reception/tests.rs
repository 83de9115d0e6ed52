#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::diagnostics::{Failure, Problems};
use crate::kinds::reception::fixtures::{Fixture, plan, plan_of};
use crate::site::{Artifact, Door, Site};
use crate::{theme, views};

/// Keeps what leaves.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<String, String>>);

impl Door for Kept {
    fn leave(&self, artifact: Artifact<'_>) -> Result<(), Failure> {
        let text = String::from_utf8(artifact.bytes.to_vec()).unwrap();
        self.0.lock().unwrap().insert(artifact.path.to_owned(), text);
        Ok(())
    }

    fn report(&self, problems: Problems) {
        assert!(problems.is_empty(), "{problems:?}");
    }
}

/// The open data of all areas.
fn data(fixture: &Fixture, day: &str) -> BTreeMap<String, String> {
    let board = fixture.resolve(day).0.unwrap();
    let content = fixture.content();
    let theme = theme::load(&content, &board.settings, &mut Problems::new()).unwrap();
    let site = Site { board: &board, files: &content.files, theme: &theme, with_sheets: false };
    let kept = Kept::default();
    for area in &board.areas {
        let sessions = super::by_date(views::reception(&board, area, 0));
        let csv = super::csv(sessions.iter(), &theme.words);
        super::data(&sessions, &[], &csv, site, area, &kept).unwrap();
    }
    for index in 0..board.areas.len() {
        super::host_calendars(site, index, &kept).unwrap();
    }
    kept.0.into_inner().unwrap()
}

/// The pages of the area with this index, rendered with what every page is given.
fn pages(fixture: &Fixture, day: &str, index: usize) -> Vec<String> {
    let board = fixture.resolve(day).0.unwrap();
    let content = fixture.content();
    let mut problems = Problems::new();
    let theme = theme::load(&content, &board.settings, &mut problems);
    let theme = theme.unwrap_or_else(|| panic!("{problems:?}"));
    let mut context = tera::Context::new();
    context.insert("frame", &views::frame_of_area(&board, index));
    context.insert(
        "board",
        &serde_json::json!({ "title": "云溪镇公开栏", "issuer": "云溪镇人民政府", "hotline": null }),
    );
    context.insert("language", "zh-Hans");
    context.insert("title", "接访日");
    context.insert("canonical", "");
    context.insert("noindex", &false);
    context.insert("fingerprint", &None::<&str>);
    let table = super::Table::new(&theme.words);
    let rendered = |view: &views::ReceptionView<'_>| {
        context.insert("page", &table.page(view));
        context.insert("root", &views::root_from(&view.folder));
        let mut html = Vec::new();
        theme.render("reception.html", &context, &mut html).unwrap_or_else(|fault| panic!("{fault:?}"));
        String::from_utf8(html).unwrap()
    };
    views::reception(&board, &board.areas[index], table.weight()).iter().map(rendered).collect()
}

#[test]
fn open_data_has_the_shape_of_the_contract() {
    let rule = "days = { dates = [2026-02-03, 2026-04-06] }\nhosts = [\"zhou\"]\nform = [\"fixed\", \"video\"]\n\
        topic = \"补贴\"\nwith = [\"司法所\"]\non_holiday = \"next-workday\"";
    let fixture = Fixture::new(&[("reception.toml", &plan(rule))]);
    let data = data(&fixture, "2026-03-10");
    let session = |date: &str, lunar: &str, moved: &str| {
        format!(
            "{{\"rule\":\"leaders\",\"title\":\"轮流接访\",\"date\":\"{date}\",\"lunar\":\"{lunar}\",\"hours\":[\"08:30-11:30\"],\
             \"host\":\"zhou\",\"host_name\":\"周青禾\",\"place\":\"一楼接待室\",\"form\":\"fixed\",\"topic\":\"补贴\",\
             \"with\":[\"司法所\"],\"provisional\":false,\"swapped_from\":null,\"moved_from\":{moved},\"cancelled\":false,\
             \"cancelled_because\":null,\"told\":null,\"forms\":[\"fixed\",\"video\"],\"position\":\"副书记\",\"duties\":\"群众工作\"}}"
        )
    };
    let first = session("2026-02-03", "腊月十六", "null");
    let second = session("2026-04-07", "二月二十", "\"2026-04-06\"");
    assert_eq!(data["reception.json"], format!("{{\"sessions\":[{first},{second}],\"plans\":[]}}\n"));
    assert_eq!(data["liutang/reception.json"], "{\"sessions\":[],\"plans\":[]}\n");
    assert!(data["liutang/reception.ics"].starts_with("BEGIN:VCALENDAR"));
}

#[test]
fn a_page_answers_first_and_then_lists_what_is_ahead_and_past() {
    let rule =
        "days = { dates = [2026-02-03, 2026-04-07] }\nhosts = [\"zhou\"]\nform = [\"follow-up\", \"video\"]";
    let text =
        plan(rule).replace("title = \"接访日安排\"", "title = \"接访日安排\"\nregistration = \"先登记\"");
    let fixture = Fixture::new(&[("reception.toml", &text)]);
    let page = &pages(&fixture, "2026-03-10", 0)[0];
    let answer = page.find("class=\"answer\"").unwrap();
    let months = page.find("id=\"months\"").unwrap();
    let ahead = page.find("id=\"upcoming\"").unwrap();
    let past = page.find("id=\"past\"").unwrap();
    let hosts = page.find("id=\"hosts\"").unwrap();
    assert!(answer < months && months < ahead && ahead < hosts && hosts < past);
    for fact in [
        "<time datetime=\"2026-04-07\">4月7日</time> 星期二",
        "农历二月二十",
        "08:30–11:30",
        "周青禾",
        "副书记",
        "群众工作",
        "tel:00093780001",
        "一楼接待室",
        "跟踪回访、视频接访",
    ] {
        assert!(page[answer..months].contains(fact), "{fact}");
    }
    assert!(page[ahead..past].contains("2026-04-07") && !page[ahead..past].contains("2026-02-03"));
    assert!(page[past..].contains("2026-02-03"));
    assert!(page.contains("先登记"));
    assert_eq!(page, &pages(&fixture, "2026-04-07", 0)[0], "the same every day until a session passes");
    assert_ne!(page, &pages(&fixture, "2026-04-08", 0)[0]);
    let village = &pages(&fixture, "2026-03-10", 1)[0];
    assert!(village.contains("href=\"../../reception/index.html\""), "{village}");
}

#[test]
fn what_two_plans_say_alike_is_said_once() {
    let half = |id: &str, from: &str, to: &str, how: &str| {
        let rule =
            format!("id = \"{id}\"\ndays = {{ month_day = 15 }}\nhosts = [\"zhou\"]\non_holiday = \"keep\"");
        let lines =
            format!("from = 2026-{from}\nto = 2026-{to}\npublished = 2026-01-05\nregistration = \"{how}\"\n");
        plan_of(&lines, &rule)
    };
    let first = half("h1", "02-01", "06-30", "先登记");
    let said = |how: &str| {
        let second = half("h2", "07-01", "12-31", how);
        let fixture = Fixture::new(&[("reception/h1.toml", &first), ("reception/h2.toml", &second)]);
        let page = pages(&fixture, "2026-03-10", 0).remove(0);
        (page.matches("<p>先登记</p>").count(), page.matches("<p>先打电话</p>").count())
    };
    assert_eq!(said("先登记"), (1, 0));
    assert_eq!(said("先打电话"), (1, 1));
}

#[test]
fn months_start_with_that_of_the_next_session_and_name_holidays() {
    let rule =
        "days = { dates = [2026-04-07, 2026-05-09, 2026-08-03] }\nhosts = [\"zhou\"]\nform = [\"fixed\"]";
    let fixture = Fixture::new(&[("reception.toml", &plan(rule))]);
    let page = &pages(&fixture, "2026-03-10", 0)[0];
    assert_eq!(page.matches("class=\"calendar\"").count(), 3, "the page stays light");
    let (_, april) = page.split_once("<caption>2026年4月</caption>").unwrap();
    let (april, may) = april.split_once("<caption>2026年5月</caption>").unwrap();
    // April 2026 begins on a Wednesday.
    assert!(april.contains("<tr><td></td><td></td><td><b>1</b> <small>十四</small></td>"), "{april}");
    assert!(april.contains(
        "<td class=\"session next\"><b>7</b> <small>二十</small> <em>下次</em> <strong>周青禾</strong></td>"
    ));
    assert!(april.contains("<td class=\"off\"><b>5</b> <small>十八</small> <i>清明节</i></td>"), "{april}");
    assert!(april.contains("<b>17</b> <small>三月</small>"), "the first day of a lunar month has its name");
    assert!(may.contains("<b>9</b> <small>廿三</small> <i>班</i> <strong>周青禾</strong>"), "{may}");
    assert!(!pages(&fixture, "2026-03-10", 1)[0].contains("calendar\""), "a village without a plan");
}

#[test]
fn no_page_of_a_full_year_is_too_heavy() {
    let duties = "主持全面工作，分管民政、农业农村、财政、应急管理、信访稳定和乡村建设等方面的工作".repeat(2);
    let contacts = format!(
        "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"镇党委副书记、镇长\"\nduties = \"{duties}\"\n"
    );
    let rule = "days = { workdays = true }\nhosts = [\"zhou\"]\nform = [\"fixed\", \"random\", \"thematic\"]\nwith = [\"司法所\", \"民政办\"]";
    let fixture = Fixture::new(&[("contacts.toml", &contacts), ("reception.toml", &plan(rule))]);
    let pages = pages(&fixture, "2026-06-10", 0);
    assert!(pages.len() > 1);
    let heaviest = pages.iter().map(String::len).max().unwrap();
    assert!((45_000..95_000).contains(&heaviest), "{heaviest}");
    assert!(pages[1].contains("href=\"../../reception/index.html\">1</a>"));
}

#[test]
fn no_page_is_too_heavy_where_many_receive() {
    let names: Vec<String> = (0..90).map(|host| format!("h{host}")).collect();
    let card = |id: &String| {
        format!(
            "[[contact]]\nid = \"{id}\"\nname = \"欧阳{id}\"\nposition = \"镇党委委员、副镇长\"\nduties = \"分管农业农村、水利和林业\"\n"
        )
    };
    let contacts: String = names.iter().map(card).collect();
    let quota = format!("[[quota]]\nhosts = {names:?}\nat_least = 1\nevery = \"quarter\"\n");
    let reception = plan(&format!("days = {{ workdays = true }}\nhosts = {names:?}")) + &quota;
    let fixture = Fixture::new(&[("contacts.toml", &contacts), ("reception.toml", &reception)]);
    let pages = pages(&fixture, "2026-01-10", 0);
    let heaviest = pages.iter().map(String::len).max().unwrap();
    assert!(heaviest < 95_000, "{heaviest}");
    assert_eq!(
        pages.iter().map(|page| page.matches("datetime=\"2026-12-31\"").count()).sum::<usize>(),
        2,
        "plan and list"
    );
}

/// zhou receives on 03-04 and 03-20, su on 03-11 and 04-07; lin takes over 03-11, and 03-20 is cancelled.
fn changed() -> Fixture {
    let rule = "days = { dates = [2026-03-04, 2026-03-11, 2026-03-20, 2026-04-07] }";
    let changes = "[[swap]]\nsession = \"leaders\"\ndate = 2026-03-11\nby = \"lin\"\ntold = 2026-03-08\n\
        [[swap]]\nsession = \"leaders\"\ndate = 2026-03-20\ncancel = true\nreason = \"全镇防汛演练\"\ntold = 2026-03-16\n\
        [[quota]]\nhosts = [\"zhou\", \"su\"]\nat_least = 1\nevery = \"month\"\n\
        [[quota]]\nsession = \"leaders\"\nat_least = 1\nevery = \"quarter\"\n";
    let lin = "[[contact]]\nid = \"lin\"\nname = \"林见月\"\nposition = \"委员\"\nduties = \"民政\"\n";
    let plan = plan(rule).replace("2026-12-31", "2026-06-30");
    Fixture::new(&[("reception.toml", &format!("{plan}{changes}")), ("liutang/contacts.toml", lin)])
}

#[test]
fn what_changed_is_struck_out_and_not_gone() {
    let fixture = changed();
    let page = &pages(&fixture, "2026-03-17", 0)[0];
    let (answer, rest) = page.split_once("id=\"months\"").unwrap();
    assert!(
        answer.contains("4月7日") && !answer.contains("<strong>周青禾</strong>"),
        "the next session that is held"
    );
    assert!(answer.contains("这次之前取消的") && answer.contains("全镇防汛演练"), "{answer}");
    assert!(rest.contains("<del>周青禾</del> <i>取消</i>"), "in the month");
    let (ahead, past) = rest.split_once("id=\"past\"").unwrap();
    let (_, ahead) = ahead.split_once("id=\"upcoming\"").unwrap();
    for fact in ["<tr class=\"cancelled\">", "<del><time datetime=\"2026-03-20\">", "3月16日告知"] {
        assert!(ahead.contains(fact), "{fact}: {ahead}");
    }
    assert!(past.contains("<del>苏晓岚</del> 林见月") && past.contains("3月8日告知"), "{past}");
    let before = &pages(&fixture, "2026-03-07", 0)[0];
    assert!(!before.contains("林见月") && !before.contains("取消"), "not before it is told");
}

#[test]
fn hosts_are_listed_with_their_days_and_duties() {
    let page = &pages(&changed(), "2026-03-17", 0)[0];
    let (_, hosts) = page.split_once("id=\"hosts\"").unwrap();
    let (hosts, _) = hosts.split_once("</section>").unwrap();
    let rows: Vec<&str> = hosts.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 3, "zhou, su, and lin who stepped in: {hosts}");
    for (row, name, count, days, duty) in [
        (
            rows[0],
            "周青禾",
            1,
            "2026年3月4日",
            "每月至少1次，没有达到（2月1日至2月28日0次；4月1日至4月30日0次；5月1日至5月31日0次；6月1日至6月30日0次）",
        ),
        (rows[1], "苏晓岚", 1, "2026年4月7日", "没有达到（2月1日至2月28日0次；3月1日至3月31日0次；5月1日"),
        (rows[2], "林见月", 1, "2026年3月11日", ""),
    ] {
        assert!(row.contains(name) && row.contains(&format!(">{count}</td>")), "{row}");
        assert!(row.contains(&format!("<span>{days}</span>")) && row.contains(duty), "{row}");
    }
    assert!(
        rows[2].contains("href=\"../liutang/reception/hosts/lin.ics\""),
        "in the area of the card: {}",
        rows[2]
    );
    assert!(hosts.contains("<li>轮流接访：每季度至少1次，已达到</li>"), "{hosts}");
}

#[test]
fn open_data_and_tables_say_what_changed() {
    let data = data(&changed(), "2026-03-17");
    let json: serde_json::Value = serde_json::from_str(&data["reception.json"]).unwrap();
    let facts = |index: usize| {
        let session = &json["sessions"][index];
        ["date", "host", "swapped_from", "cancelled", "cancelled_because", "told"]
            .map(|key| session[key].to_string().replace('"', ""))
    };
    assert_eq!(facts(0), ["2026-03-04", "zhou", "null", "false", "null", "null"]);
    assert_eq!(facts(1), ["2026-03-11", "lin", "su", "false", "null", "2026-03-08"]);
    assert_eq!(facts(2), ["2026-03-20", "zhou", "null", "true", "全镇防汛演练", "2026-03-16"]);
    let csv: Vec<&str> = data["reception.csv"].lines().collect();
    assert_eq!(
        csv[0],
        "\u{feff}日期,星期,农历,时间,接访,接访人,职务,分管工作,地点,形式,内容,陪同,联系电话,备注"
    );
    assert_eq!(
        csv[2],
        "2026-03-11,星期三,正月廿三,08:30-11:30,轮流接访,林见月,委员,民政,一楼接待室,定点接访,,,0009-3780000,\
         原定苏晓岚接访；2026年3月8日告知"
    );
    assert!(csv[3].ends_with("取消：全镇防汛演练；2026年3月16日告知"), "{}", csv[3]);
}

#[test]
fn calendars_cancel_what_is_not_held() {
    let data = data(&changed(), "2026-03-17");
    let events = |path: &str| -> Vec<String> {
        let text = data[path].replace("\r\n ", "");
        text.split("BEGIN:VEVENT").skip(1).map(str::to_owned).collect()
    };
    let area = events("reception.ics");
    let status =
        |event: &str| event.lines().find_map(|line| line.strip_prefix("STATUS:")).unwrap().to_owned();
    assert_eq!(
        area.iter().map(|event| status(event)).collect::<Vec<_>>(),
        ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    );
    assert!(
        area[1].contains("SUMMARY:轮流接访：林见月\r\n") && area[1].contains("原定接访人：苏晓岚"),
        "{}",
        area[1]
    );
    assert!(
        area[1].contains("SEQUENCE:1\r\n") && area[1].contains("DTSTAMP:20260307T160000Z"),
        "{}",
        area[1]
    );
    assert!(area[2].contains("SUMMARY:取消：轮流接访：周青禾\r\n"), "{}", area[2]);
    // Each host has a calendar of their own, with what was swapped away as cancelled.
    let su = events("reception/hosts/su.ics");
    assert_eq!(su.iter().map(|event| status(event)).collect::<Vec<_>>(), ["CANCELLED", "CONFIRMED"]);
    assert!(su[0].contains("UID:su.leaders.2026-03-11@gongkai.example.org/yunxi\r\n"), "{}", su[0]);
    let lin = events("liutang/reception/hosts/lin.ics");
    assert_eq!(lin.iter().map(|event| status(event)).collect::<Vec<_>>(), ["CONFIRMED"]);
    // The event keeps its name when it is swapped, so that a calendar brings it up to date.
    let before = data_before_any_change();
    let uid = |event: &str| event.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let uids = |text: &str| text.split("BEGIN:VEVENT").skip(1).map(uid).collect::<Vec<_>>();
    assert_eq!(uids(&before["reception.ics"]), area.iter().map(|event| uid(event)).collect::<Vec<_>>());
}

fn data_before_any_change() -> BTreeMap<String, String> {
    data(&changed(), "2026-03-01")
}
