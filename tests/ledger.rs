//! The catalogue of what must be disclosed, and the ledger of what has been.

use crate::harness::{Board, expected};

const CATALOGUE: &str = "\
[[item]]
id = \"dibao\"
title = \"农村低保\"
kind = \"subsidy\"
level = \"village\"
due = { quarter_day = 20 }
from = 2026-07-01
except = [\"shang\"]
basis = \"《村务公开办法》\"
checked = 2026-01-05

[[item]]
id = \"water\"
title = \"用水通知\"
kind = \"notice\"
level = \"town\"
";

/// A town with three villages and a catalogue.
fn town() -> Board {
    let village = |name: &str| format!("name = \"{name}\"\nlevel = \"village\"\n");
    Board::small()
        .with("catalogue.toml", CATALOGUE)
        .with("liu/area.toml", village("柳村"))
        .with("qiao/area.toml", village("桥村"))
        .with("shang/area.toml", village("上村"))
}

#[test]
fn an_item_that_the_catalogue_lacks_is_an_error_with_what_may_have_been_meant() {
    let board = town().with(
        "notices/water.md",
        "+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"watre\"\n+++\n停水。\n",
    );
    assert_eq!(board.problems(), expected(&[("unknown-item", "notices/water.md:4:8")]));
    assert!(board.check().stdout.contains("water"));
    // Without a catalogue it is free text.
    let free = Board::small().with(
        "notices/water.md",
        "+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"watre\"\n+++\n停水。\n",
    );
    assert_eq!(free.problems(), []);
}

#[test]
fn an_item_is_named_by_id_or_title_and_of_its_own_kind() {
    let notice = |item: &str| {
        format!("+++\ntitle = \"停水通知\"\ndate = 2026-11-05\nitem = \"{item}\"\n+++\n停水。\n")
    };
    for item in ["water", "用水通知"] {
        assert_eq!(town().with("notices/water.md", notice(item)).problems(), [], "{item}");
    }
    let other = town().with("notices/water.md", notice("dibao"));
    assert_eq!(other.problems(), expected(&[("item-other-kind", "notices/water.md:4:8")]));
}

#[test]
fn slips_in_a_catalogue_are_said_where_they_stand() {
    for (old, new, code, place) in [
        (
            "due = { quarter_day = 20 }",
            "due = { quarter_day = 20, month_day = 1 }",
            "bad-due",
            "catalogue.toml:6:7",
        ),
        ("due = { quarter_day = 20 }", "due = {}", "bad-due", "catalogue.toml:6:7"),
        ("due = { quarter_day = 20 }", "due = { year_day = \"3月\" }", "bad-due", "catalogue.toml:6:20"),
        ("[\"shang\"]", "[\"shagn\"]", "unknown-exception", "catalogue.toml:8:11"),
        ("id = \"water\"", "id = \"dibao\"", "duplicate-item", "catalogue.toml:13:6"),
        ("kind = \"notice\"", "kind = \"notices\"", "not-a-choice", "catalogue.toml:15:8"),
        ("due = { quarter_day", "due = { quarter_dya", "unknown-key", "catalogue.toml:6:9"),
    ] {
        let board = town().replacing("catalogue.toml", old, new);
        assert_eq!(board.problems(), expected(&[(code, place)]), "{new}");
    }
    // A catalogue of a village cannot take up an id of the town's.
    let twice = town().with(
        "liu/catalogue.toml",
        "[[item]]\nid = \"dibao\"\ntitle = \"低保\"\nkind = \"subsidy\"\nlevel = \"village\"\n",
    );
    assert_eq!(twice.problems(), expected(&[("duplicate-item", "liu/catalogue.toml:2:6")]));
}
