#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::diagnostics::{Failure, Problems};
use crate::kinds::reception::fixtures::{Fixture, plan};
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
    let board = fixture.board(day);
    let content = fixture.content();
    let theme = theme::load(&content, &board.settings, &mut Problems::new()).unwrap();
    let site = Site { board: &board, files: &content.files, theme: &theme };
    let kept = Kept::default();
    for area in &board.areas {
        let sessions = super::by_date(views::reception(&board, area, 0));
        super::data(&sessions, site, area, &kept).unwrap();
    }
    kept.0.into_inner().unwrap()
}

/// The pages of the area with this index, rendered with what every page is given.
fn pages(fixture: &Fixture, day: &str, index: usize) -> Vec<String> {
    let board = fixture.board(day);
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
             \"forms\":[\"fixed\",\"video\"],\"position\":\"副书记\",\"duties\":\"群众工作\"}}"
        )
    };
    let first = session("2026-02-03", "腊月十六", "null");
    let second = session("2026-04-07", "二月二十", "\"2026-04-06\"");
    assert_eq!(data["reception.json"], format!("{{\"sessions\":[{first},{second}]}}\n"));
    assert_eq!(data["liutang/reception.json"], "{\"sessions\":[]}\n");
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
    assert!(answer < months && months < ahead && ahead < past);
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
    assert!(
        april.contains("<td class=\"session\"><b>7</b> <small>二十</small> <strong>周青禾</strong></td>")
    );
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
