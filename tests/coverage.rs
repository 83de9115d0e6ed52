//! Whether everybody is served: areas, groups, roles, stations, and whoever comes after somebody who has left.

use crate::harness::{Board, expected};

/// A town with two villages, and these cards in its contacts.
fn town(contacts: &str) -> Board {
    let village = |name: &str, groups: &str| format!("name = \"{name}\"\nlevel = \"village\"\n{groups}");
    Board::small()
        .with("contacts.toml", contacts)
        .with("liu/area.toml", village("柳村", "groups = [{ name = \"一组\" }, { name = \"二组\" }]\n"))
        .with("qiao/area.toml", village("桥村", ""))
}

fn card(name: &str, more: &str) -> String {
    format!("[[contact]]\nname = \"{name}\"\n{more}\n")
}

#[test]
fn an_area_without_any_contact_is_said_once_and_its_groups_are_not() {
    let board = town(&card("周青禾", "serves = [\".\"]"));
    let both = [("area-without-contact", "liu/area.toml"), ("area-without-contact", "qiao/area.toml")];
    assert_eq!(board.problems(), expected(&both));
    assert!(board.check().stdout.contains("桥村"));
    // Of an area with a contact each group that nobody serves is said.
    let board = town(&card("周青禾", "serves = [\".\", \"liu/一组\", \"qiao\"]"));
    assert_eq!(board.problems(), expected(&[("group-without-contact", "liu/area.toml:3:28")]));
    // A card of the area's own is a contact, while its holder is in office.
    let own = |more: &str| {
        town(&card("周青禾", "serves = [\".\", \"liu\"]")).with("qiao/contacts.toml", card("桥有根", more))
    };
    assert_eq!(own("").problems(), []);
    assert_eq!(own("from = 2026-11-22").problems(), []);
    let later = own("from = 2026-11-23");
    assert_eq!(later.problems(), expected(&[("area-without-contact", "qiao/area.toml")]));
}

#[test]
fn what_could_not_be_read_makes_nobody_missing() {
    let none = town("").without("contacts.toml");
    // A board without any card is none of contacts; groups are listed for them.
    assert_eq!(none.problems(), []);
    let broken =
        town(&card("周青禾", "serves = [\".\"]")).with("qiao/contacts.toml", "[[contact]]\nname =\n");
    assert!(
        broken.problems().iter().all(|(code, _)| code != "area-without-contact"),
        "{:?}",
        broken.problems()
    );
}

#[test]
fn whoever_leaves_somebody_behind_has_a_successor() {
    let all = "serves = [\".\", \"liu\", \"qiao\"]";
    let cards = |left: &str| town(&format!("{}{}", card("周青禾", all), card("何青山", left)));
    let of_first = [("left-without-successor", "contacts.toml:4:1")];
    assert_eq!(cards("serves = [\"qiao\"]\nto = 2026-11-21").problems(), expected(&of_first));
    assert_eq!(cards("serves = [\"qiao\"]\nto = 2026-11-22").problems(), []);
    assert_eq!(cards("to = 2026-11-21").problems(), []);
    // A role that must serve somebody, and a post that somebody was taken over from.
    let settings = "title = \"公开栏\"\nissuer = \"云溪镇\"\nbase_url = \"https://gongkai.example.org/\"\n";
    let paired = cards("roles = [\"为民服务员\"]\nto = 2026-11-21")
        .with("board.toml", format!("{settings}[contacts]\npaired = [\"为民服务员\"]\n"));
    assert_eq!(paired.problems(), expected(&of_first));
    let chain = format!(
        "{}{}",
        card("何青山", "to = 2026-11-21"),
        card("苏小兰", "to = 2026-10-31\nsuccessor = \"何青山\"")
    );
    assert_eq!(town(&format!("{}{chain}", card("周青禾", all))).problems(), expected(&of_first));
}

#[test]
fn days_without_anybody_between_two_are_said_before_they_come() {
    let all = "serves = [\".\", \"liu\", \"qiao\"]";
    let follows = |from: &str| {
        let left = card("何青山", "to = 2026-12-31\nsuccessor = \"苏小兰\"");
        town(&format!("{}{left}{}", card("周青禾", all), card("苏小兰", from)))
    };
    assert_eq!(follows("from = 2027-01-01").problems(), []);
    assert_eq!(follows("").problems(), []);
    assert_eq!(
        follows("from = 2027-01-02").problems(),
        expected(&[("successor-later", "contacts.toml:7:13")])
    );
    assert!(follows("from = 2027-01-02").check().stdout.contains("苏小兰"));
}

#[test]
fn where_one_area_has_a_station_all_of_its_level_have_one() {
    let settings = |more: &str| {
        let text = "title = \"公开栏\"\nissuer = \"云溪镇\"\nbase_url = \"https://gongkai.example.org/\"\n";
        format!("{text}[contacts]\n{more}\n")
    };
    let seven = ["办公地点", "公示牌", "上墙展牌", "工作日志", "工作台账", "考勤登记表", "意见箱"];
    let asked = format!("station = \"工作站\"\nstation_has = {seven:?}");
    let team = |has: &[&str]| {
        format!(
            "{}[[team]]\ntitle = \"柳村工作站\"\nhead = \"柳满\"\nhas = {has:?}\n",
            card("柳满", "serves = [\"liu\"]")
        )
    };
    let board = |has: &[&str]| {
        town(&card("周青禾", "serves = [\".\", \"qiao\"]"))
            .with("board.toml", settings(&asked))
            .with("liu/contacts.toml", team(has))
    };
    let without = ("area-without-station", "qiao/area.toml");
    assert_eq!(board(&seven).problems(), expected(&[without]));
    assert_eq!(
        board(&seven[1..]).problems(),
        expected(&[("station-lacks", "liu/contacts.toml:4:1"), without])
    );
    let pointless = board(&seven).with("board.toml", settings("station_has = [\"意见箱\"]"));
    assert_eq!(pointless.problems(), expected(&[("missing-key", "board.toml:4:1")]));
}
