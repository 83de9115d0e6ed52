//! Whatever is different in open data, `gongshi diff` never says that nothing has changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gongshi::publish::{Comparison, diff};
use serde_json::{Value, json};

use crate::diff::village;
use crate::diff_folders::rewrite;
use crate::harness::{Board, DAY, files_below};

/// What follows from other facts, or from the day alone.
const DERIVED: [&str; 14] = [
    "ledger.json as_of",
    "ledger.json counts",
    "ledger.json items/area_name",
    "ledger.json items/counts",
    "ledger.json items/fulfilled_by",
    "ledger.json items/next_due",
    "ledger.json items/open_until",
    // Of what is met nothing is overdue.
    "ledger.json items/overdue_since",
    "ledger.json items/periods",
    "ledger.json items/who",
    "notices.json area",
    "reception.json sessions/lunar",
    "board.json moved",
    // The record stands in the data of its list.
    "postings.json postings",
];

/// A board with something of every kind of open data.
fn board() -> Board {
    let card = "[[contact]]\nid = \"he\"\nname = \"何青山\"\nposition = \"主任\"\nduties = \"村务\"\nserves = [\"liu\"]\n\
                roles = [\"代理员\"]\n[[team]]\ntitle = \"工作站\"\nhead = \"he\"\nhas = [\"公示牌\"]\n";
    let reception = "title = \"安排\"\nfrom = 2026-11-01\nto = 2026-12-31\npublished = 2026-10-20\nplace = \"室\"\n\
                     registration = \"先登记\"\n[[session]]\nid = \"a\"\ntitle = \"接访\"\ndays = { weekday = \"monday\" }\n\
                     hours = [\"08:30-11:30\"]\nform = \"fixed\"\nhosts = [\"he\"]\ntopic = \"民政\"\nwith = [\"司法所\"]\n";
    let list = "title = \"柳村名单\"\nitem = \"dibao\"\nstage = \"proposed\"\nauthority = \"云溪镇\"\nbasis = \"办法\"\n\
                table = \"c.csv\"\n[notice_period]\nstart = 2026-11-10\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n\
                place = \"二楼\"\n[posting]\nplace = \"公开栏\"\nwitness = \"监委会\"\non = 2026-11-10\noff = 2026-11-18\n\
                [[objection]]\nreceived = 2026-11-12\noutcome = \"rejected\"\ndecided = 2026-11-17\n\
                [[step]]\ntitle = \"抽查\"\nby = \"县民政局\"\nreceived = 2026-11-17\non = 2026-11-18\n\
                [decision]\ndate = 2026-11-20\ndocument = \"三十一号\"\n";
    let programs = "[[program]]\nid = \"edu\"\ntitle = \"教育补助\"\nfrom = 2026-01-01\namount = \"500.00\"\nfund = \"help\"\n\
                    cap = { per = \"person\", every = \"year\", amount = \"500.00\" }\n\
                    floors = [ { title = \"支出\", base = \"10.00\", times = \"0.60\" } ]\n\
                    [[fund]]\nid = \"help\"\ntitle = \"基金\"\nyear = 2026\nopening = \"1000.00\"\n\
                    [[fund.inflow]]\non = 2026-03-01\nfrom = \"财政\"\namount = \"50000.00\"\npurpose = \"安排\"\n";
    let paid = "title = \"发放\"\nitem = \"dibao\"\nstage = \"paid\"\nauthority = \"云溪镇\"\nprogram = \"edu\"\ntable = \"p.csv\"\n\
                [notice_period]\nstart = 2026-11-10\n";
    let item = |id: &str, kind: &str| {
        format!(
            "[[item]]\nid = \"{id}\"\ntitle = \"{id}项\"\nkind = \"{kind}\"\nlevel = \"village\"\ndue = {{ quarter_day = 20 }}\nfrom = 2026-10-01\n"
        )
    };
    let ranking = "title = \"考核\"\nkind = \"ranking\"\ndate = 2026-10-08\nperiod = \"2026-Q3\"\ntable = \"q3.csv\"\n\
                   [[band]]\ntitle = \"优秀\"\nat_least = \"95\"\n";
    village()
        .with("liu/contacts.toml", card)
        .with("liu/reception.toml", reception)
        .with("liu/subsidies/a.toml", list.replace("c.csv", "a.csv"))
        .with("liu/subsidies/a.csv", "姓名,村组,人数,金额,备注\n赵一平,一组,2,500,新\n钱二,一组,1,300,\n")
        .with("liu/subsidies/p.toml", paid)
        .with("liu/subsidies/p.csv", "姓名,金额\n赵一平,500\n")
        .with("programs.toml", programs)
        .with("catalogue.toml", item("dibao", "subsidy") + &item("kaohe", "result"))
        .with("results/q3.toml", ranking)
        .with("results/q3.csv", "村,得分\n柳村,95.00\n桥村,94.00\n")
}

/// Another value of the same sort.
fn another(value: &Value) -> Value {
    match value {
        Value::Bool(is) => json!(!is),
        Value::Number(number) => json!(number.as_i64().unwrap_or_default() + 1),
        Value::String(text) if text.parse::<chrono::NaiveDate>().is_ok() => json!("2026-10-11"),
        Value::String(text) if text.parse::<f64>().is_ok() => json!("77.00"),
        Value::String(text) => json!(format!("{text}改")),
        Value::Null => json!("2026-10-11"),
        Value::Array(all) if all.is_empty() => json!([{ "title": "改", "date": "2026-10-11" }]),
        Value::Array(_) => json!(["改"]),
        Value::Object(_) => Value::Null,
    }
}

/// The places of `value` that hold something, each with the keys that lead there: of several alike the first.
fn places(value: &Value, pointer: &str, keys: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(all) if !all.is_empty() => {
            for (key, value) in all {
                places(
                    value,
                    &format!("{pointer}/{key}"),
                    format!("{keys}/{key}").trim_start_matches('/'),
                    found,
                );
            }
        }
        Value::Array(all) if all.first().is_some_and(Value::is_object) => {
            places(&all[0], &format!("{pointer}/0"), keys, found);
            found.push((pointer.to_owned(), keys.to_owned()));
        }
        _ => found.push((pointer.to_owned(), keys.to_owned())),
    }
}

#[test]
fn no_key_of_open_data_changes_in_silence() {
    let board = board();
    for out in ["old", "new"] {
        let _ = board.run(&["build", "--date", DAY, "--out", out]).exits(0);
    }
    let compared = || -> Comparison { diff(&board.root().join("old"), &board.root().join("new")).unwrap() };
    assert_eq!(compared().turns, []);
    let mut seen = BTreeSet::new();
    let mut silent = Vec::new();
    let manifest = board.root().join("new/manifest.json");
    let sealed = fs::read(&manifest).unwrap();
    for (file, bytes) in files_below(&board.root().join("new")) {
        let is_data = file.ends_with(".json") && file != "manifest.json";
        // The ledger of a village holds the same as the root's.
        if !is_data || file == "liu/ledger.json" {
            continue;
        }
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let mut found = Vec::new();
        places(&value, "", "", &mut found);
        let name = Path::new(&file).file_name().unwrap().to_str().unwrap();
        for (pointer, keys) in found {
            let what = format!("{name} {keys}");
            let derived = DERIVED.iter().any(|one| what == *one || what.starts_with(&format!("{one}/")));
            if derived || !seen.insert((file.clone(), pointer.clone())) {
                continue;
            }
            let mut changed = value.clone();
            let place = changed.pointer_mut(&pointer).unwrap();
            *place = another(place);
            rewrite(&board, "new", &file, |_| changed.to_string());
            let said = compared();
            if said.turns.is_empty() && said.uncompared.is_empty() {
                silent.push(format!("{file} {pointer}"));
            }
            fs::write(&manifest, &sealed).unwrap();
            fs::write(board.root().join("new").join(&file), &bytes).unwrap();
        }
    }
    assert!(seen.len() > 150, "only {} places were changed", seen.len());
    assert_eq!(silent, Vec::<String>::new());
}
