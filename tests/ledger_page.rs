//! The page of the ledger, its open data and its feed: what a supervisor, a clerk and a reader see.

use crate::harness::{Board, DAY};

/// An item of a catalogue: its id, title, kind, level and whatever else is written.
fn item(id: &str, title: &str, kind: &str, level: &str, more: &str) -> String {
    format!(
        "[[item]]\nid = \"{id}\"\ntitle = \"{title}\"\nkind = \"{kind}\"\nlevel = \"{level}\"\n{more}\n\n"
    )
}

fn area(name: &str, level: &str) -> String {
    format!("name = \"{name}\"\nlevel = \"{level}\"\n")
}

/// A notice that fulfils an item.
fn notice(item: &str, date: &str) -> String {
    format!("+++\ntitle = \"公布\"\ndate = {date}\nitem = \"{item}\"\n+++\n公布。\n")
}

/// A town with so many villages, `v0`, `v1` and so on, and a catalogue.
fn town(villages: usize, catalogue: &str) -> Board {
    let board = Board::small().with("catalogue.toml", catalogue);
    (0..villages).fold(board, |board, number| {
        board.with(&format!("v{number}/area.toml"), area(&format!("第{number}村"), "village"))
    })
}

/// So many items of villages, each due by the 10th of a month.
fn monthly(items: usize) -> String {
    let due = "due = { month_day = 10 }\nfrom = 2026-09-01";
    (0..items)
        .map(|number| item(&format!("i{number}"), &format!("事项{number}"), "notice", "village", due))
        .collect()
}

fn built(board: &Board) -> String {
    let run = board.build().exits(0);
    assert!(!run.stderr.contains("page-too-heavy"), "{}", run.stderr);
    text(board, "ledger/index.html")
}

fn text(board: &Board, path: &str) -> String {
    String::from_utf8(board.published()[path].clone()).unwrap()
}

/// The part of a page below the heading with this id.
fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let rest = page.split_once(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}")).1;
    rest.split("</section>").next().unwrap()
}

/// The cells of a row, without tags.
fn row<'p>(table: &'p str, name: &str) -> Vec<String> {
    let rows = table.split("<tr>").filter(|row: &&'p str| row.contains(&format!(">{name}</a>")));
    let row = rows.last().unwrap_or_else(|| panic!("no row of {name}"));
    row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}")).trim().to_owned()).collect()
}

fn plain(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<String>()
}

#[test]
fn a_cell_says_in_words_how_each_item_stands() {
    let quarterly = "due = { quarter_day = 20 }\nfrom = 2026-10-01";
    let catalogue = [
        item("a", "低保", "notice", "village", &format!("{quarterly}\nexcept = [\"v3\"]")),
        item("b", "接访", "notice", "village", "due = { year_day = \"12-31\" }\nfrom = 2026-01-01"),
    ];
    let board = town(4, &catalogue.concat())
        .with("v0/catalogue.toml", item("c", "集市", "notice", "village", ""))
        .with("v0/notices/a.md", notice("a", "2026-10-20"))
        .with("v1/notices/a.md", notice("a", "2026-10-21"));
    let page = built(&board);
    let table = section(&page, "table");
    assert_eq!(row(table, "第0村"), ["1/3件", "已公开10月20日", "未到期12月31日前", "还没有公开"]);
    assert_eq!(row(table, "第1村"), ["1/2件", "逾期公开10月21日", "未到期12月31日前", "无此项"]);
    assert_eq!(row(table, "第2村"), ["0/2件逾期1件", "逾期未公开10月20日前", "未到期12月31日前", "无此项"]);
    assert_eq!(row(table, "第3村"), ["0/1件", "不用公开", "未到期12月31日前", "无此项"]);
    assert!(table.contains("<a href=\"../v0/notices/a/index.html\">已公开</a>"), "{table}");
}

#[test]
fn every_table_has_a_caption_that_tells_it_from_the_others() {
    let board = town(2, &monthly(25)).with("area.toml", area("云溪镇", "town"));
    let page = built(&board);
    let captions: Vec<&str> =
        page.split("<caption>").skip(1).map(|rest| rest.split("</caption>").next().unwrap()).collect();
    assert_eq!(captions, ["第1至20项，共25项：事项0到事项19", "第21至25项，共25项：事项20到事项24"]);
    for path in ["ledger/index.html", "v0/ledger/index.html"] {
        let page = text(&board, path);
        assert_eq!(page.matches("<table").count(), page.matches("<caption>").count(), "{path}");
        assert!(
            page.split("<th").skip(1).all(|th| th.starts_with("ead") || th.starts_with(" scope=")),
            "{path}"
        );
    }
}

#[test]
fn many_items_stand_as_marks_that_are_explained() {
    let board = town(2, &monthly(7)).with("v0/notices/a.md", notice("i0", "2026-11-02"));
    let page = built(&board);
    let table = section(&page, "table");
    assert_eq!(row(table, "第0村"), ["1/21件逾期18件", "√", "逾", "逾", "逾", "逾", "逾", "逾"]);
    assert!(plain(table).contains("√ 已公开") && plain(table).contains("逾 逾期未公开"), "{table}");
    assert!(!plain(table).contains("不用公开"), "only what occurs is explained");
}

#[test]
fn an_ordinary_town_is_shown_whole_and_of_a_greater_one_every_village_is_linked() {
    let page = built(&town(35, &monthly(20)));
    let table = section(&page, "table");
    assert!((0..35).all(|number| row(table, &format!("第{number}村")).len() == 21));
    let page = built(&town(60, &monthly(20)).with("v59/notices/a.md", notice("i0", "2026-11-02")));
    let table = section(&page, "table");
    let (shown, rest) = table.split_once("<h3>").unwrap();
    assert_eq!(shown.matches("<tr><th scope=\"row\">").count(), 15);
    assert_eq!(rest.matches("ledger/index.html").count(), 45);
    assert!(plain(rest).contains("第59村 1/60件，逾期57件"), "{rest}");
}

#[test]
fn a_village_reads_of_an_exception_only_its_own() {
    let due = "due = { month_day = 10 }\nexcept = [\"v0\", \"v1\"]";
    let catalogue = item("a", "低保", "notice", "village", due) + &item("b", "接访", "notice", "village", "");
    let board = town(3, &catalogue);
    let page = built(&board);
    assert!(plain(section(&page, "items")).contains("不用公开的地区：第0村、第1村"));
    let own = text(&board, "v0/ledger/index.html");
    let own = plain(section(&own, "items"));
    assert!(own.contains("第0村不用公开") && !own.contains("第1村"), "{own}");
    let other = text(&board, "v2/ledger/index.html");
    let other = plain(section(&other, "items"));
    assert!(!other.contains("第0村") && !other.contains("不用公开"), "{other}");
}

#[test]
fn items_of_one_title_from_many_catalogues_are_one_column_and_one_description() {
    let board = (0..3).fold(town(3, ""), |board, number| {
        let due = "due = { month_day = 10 }";
        let catalogue = item(&format!("{number}a"), "低保", "notice", "village", due)
            + &item(&format!("{number}b"), "集体财务", "notice", "village", due);
        board.with(&format!("v{number}/catalogue.toml"), catalogue)
    });
    let page = built(&board.without("catalogue.toml"));
    assert!((0..3).all(|number| row(section(&page, "table"), &format!("第{number}村")).len() == 3));
    let items = section(&page, "items");
    assert_eq!(items.matches("<li>").count(), 2, "{items}");
    assert!(plain(items).contains("只限：第0村、第1村、第2村"));
}

#[test]
fn counts_and_late_items_roll_up_through_three_levels_with_catalogues_at_each() {
    let due = "due = { month_day = 10 }\nfrom = 2026-11-01";
    let board = Board::small()
        .with("area.toml", area("云溪县", "county"))
        .with("catalogue.toml", item("x", "县财政", "notice", "county", due))
        .with("east/area.toml", area("东镇", "town"))
        .with("east/catalogue.toml", item("e", "镇财政", "notice", "town", due))
        .with("east/one/area.toml", area("一村", "village"))
        .with("east/one/catalogue.toml", item("o", "村财务", "notice", "village", due))
        .with("east/one/notices/a.md", notice("o", "2026-11-03"))
        .with("east/two/area.toml", area("二村", "village"))
        .with("east/two/catalogue.toml", item("t", "村财务", "notice", "village", due))
        .with("west/area.toml", area("西镇", "town"));
    let page = built(&board);
    assert!(plain(&page).contains("3项逾期没有公开，涉及3个地区"));
    assert!(plain(&page).contains("应公开4件，已公开1件；逾期未公开3件"));
    let late = plain(section(&page, "late"));
    let at = |text: &str| late.find(text).unwrap_or_else(|| panic!("no {text}: {late}"));
    assert!(
        at("东镇：逾期2项") < at("二村、村财务，应于2026年11月10日前公开")
            && at("二村、村财务") < at("云溪县：逾期1项")
    );
    assert_eq!(row(section(&page, "table"), "东镇"), ["1/3件逾期2件", "逾期未公开11月10日前"]);
    assert!(!page.contains("西镇"), "what owes nothing is in no ledger");
    let items = plain(section(&page, "items"));
    assert!(items.contains("镇财政：镇级公开、公告、每月10日前\n只限：东镇"), "{items}");
    assert!(items.contains("只限：一村、二村") && !items.contains("只限：云溪县"), "{items}");
    let town = text(&board, "east/ledger/index.html");
    assert!(plain(&town).contains("应公开3件，已公开1件；逾期未公开2件") && !plain(&town).contains("县财政"));
    let village = text(&board, "east/two/ledger/index.html");
    assert!(plain(&village).contains("1项逾期没有公开") && !village.contains("涉及"));
    // The front page says it quietly, and only where something is late.
    assert!(text(&board, "index.html").contains("<a href=\"ledger/index.html\">3项逾期没有公开</a>"));
    assert!(!text(&board, "east/one/index.html").contains("逾期没有公开"));
}

#[test]
fn who_is_worst_is_counted_before_the_lines_of_each_area() {
    let board = (0..3).fold(town(6, &monthly(4)), |board, number| {
        let path = format!("v4/notices/{number}.md");
        board.with(&path, notice(&format!("i{number}"), "2026-11-02"))
    });
    let page = built(&board);
    let late = plain(section(&page, "late"));
    let counts: Vec<&str> =
        late.lines().filter(|line| line.ends_with('项') && !line.contains('：')).collect();
    assert_eq!(counts, ["第0村 4项", "第1村 4项", "第2村 4项", "第3村 4项", "第5村 4项", "第4村 1项"]);
    assert!(late.contains("第0村：逾期4项") && late.contains("3期没有公开，最早的应于2026年9月10日前公开"));
}

#[test]
fn who_acts_is_the_contact_of_the_role_else_the_first_card_else_the_office() {
    let due = "due = { month_day = 10 }\nrole = \"会计\"";
    let contacts = "[[contact]]\nname = \"甲一\"\nphone = \"0009-3780101\"\nserves = [\"v0\"]\n\
                    [[contact]]\nname = \"乙二\"\nroles = [\"会计\"]\nphone = \"0009-3780102\"\nserves = [\"v0\"]\n";
    let board = town(3, &item("a", "低保", "notice", "village", due))
        .with("v0/contacts.toml", contacts)
        .with(
            "v1/contacts.toml",
            "[[contact]]\nname = \"丙三\"\nphone = \"0009-3780103\"\nserves = [\"v1\"]\n",
        )
        .with("v2/area.toml", area("第2村", "village") + "phone = \"0009-3780104\"\n");
    let page = built(&board);
    let late = plain(section(&page, "late"));
    for said in ["乙二 0009-3780102", "丙三 0009-3780103", "办公电话 0009-3780104"] {
        assert!(late.contains(said), "{said}: {late}");
    }
    assert!(!late.contains("甲一"));
}

#[test]
fn an_areas_own_items_say_what_was_late_what_is_open_and_on_what_ground() {
    let due = "due = { month_day = 10 }\nbasis = \"《公开办法》\"";
    let catalogue = item("a", "低保", "subsidy", "village", &format!("{due}\nchecked = 2026-01-05"))
        + &item("b", "集体财务", "notice", "village", due);
    let board = town(1, &catalogue)
        .with(
            "v0/subsidies/a.toml",
            "title = \"低保名单\"\nitem = \"a\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\n\
             table = \"a.csv\"\n[notice_period]\nstart = 2026-11-20\n\
             [objections]\nto = \"民政办\"\nphone = \"0009-3780001\"\nplace = \"镇政府\"\n",
        )
        .with("v0/subsidies/a.csv", "姓名,金额\n赵一平,100.00\n");
    let _ = board.build().exits(0);
    let page = text(&board, "v0/ledger/index.html");
    let own = plain(section(&page, "own"));
    assert!(own.contains("低保逾期公开2026年11月10日低保名单2026年11月20日公示到11月26日"), "{own}");
    assert!(own.contains("集体财务逾期未公开2026年11月10日还没有"), "{own}");
    let items = plain(section(&page, "items"));
    assert!(items.contains("依据：《公开办法》，核对于 2026年1月5日"), "{items}");
    assert!(items.contains("依据：《公开办法》，没有核对过"), "{items}");
}

#[test]
fn the_table_for_tools_tells_areas_of_one_name_apart_and_counts_periods() {
    let board = town(2, &monthly(1)).with("v1/area.toml", area("第0村", "village"));
    let _ = built(&board);
    let csv = text(&board, "ledger.csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].contains("地区,地区路径,事项,事项编号,情况,期限,最早期限,逾期期数"), "{csv}");
    for path in ["v0", "v1"] {
        let line = format!("第0村,{path},事项0,i0,逾期未公开,2026-11-10,2026-09-10,3,2026-12-10,");
        assert!(lines.iter().any(|one| one.starts_with(&line)), "{csv}");
    }
}

#[test]
fn the_feed_of_what_falls_due_goes_by_days_and_says_how_many_more_there_are() {
    let due = |day: &str| format!("due = {{ year_day = \"{day}\" }}");
    let catalogue = item("a", "低保", "notice", "village", &due("12-05"))
        + &item("b", "接访", "notice", "village", &due("11-30"));
    let board = town(30, &catalogue);
    let _ = built(&board);
    let feed = text(&board, "due.xml");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 51);
    let of = |title: &str| entries.iter().filter(|entry| entry.contains(title)).count();
    assert_eq!((of("：接访"), of("：低保")), (30, 20));
    assert!(entries[29].contains("接访") && entries[30].contains("低保"));
    assert!(entries[50].contains("还有10项快到期"), "{}", entries[50]);
    assert!(feed.contains("<updated>2026-11-21T"), "{feed}");
}

#[test]
fn a_feed_in_which_nothing_falls_due_bears_the_day_of_the_last_change() {
    let board = town(1, &item("a", "低保", "notice", "village", "due = { month_day = 10 }"));
    let on = |board: &Board, day: &str| {
        let _ = board.run(&["build", "--date", day]).exits(0);
        text(board, "due.xml")
    };
    let feed = on(&board, DAY);
    assert!(!feed.contains("1970") && feed.contains("<updated>2026-11-11T"), "{feed}");
    assert_eq!(feed, on(&board, "2026-11-23"), "a day on which nothing changes");
    // A last day that was kept changes nothing when it passes.
    let board = board.with("v0/notices/a.md", notice("a", "2026-11-03"));
    assert_eq!(on(&board, "2026-11-10"), on(&board, "2026-11-11"));
    // An item without a day of its own leaves nothing to go by.
    let board = town(1, &item("a", "低保", "notice", "village", "checked = 2026-01-05"));
    let _ = board.build().exits(0);
    assert!(text(&board, "due.xml").contains("<updated>2026-01-05T"));
}
