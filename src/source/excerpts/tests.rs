#![allow(clippy::unwrap_used)]

use std::fs;

use super::*;
use crate::diagnostics::Problems;
use crate::source::tables::fixtures;

const NAMES: [&str; 3] = ["张三丰", "张三", "李四"];

/// A content folder with one file, opened for its excerpts.
fn with<T>(path: &str, bytes: &[u8], look: impl FnOnce(&Files, FileId) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join(path);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(target, bytes).unwrap();
    let files = Files::list(folder.path(), &mut Problems::new()).unwrap();
    let file = files.find(path).unwrap();
    look(&files, file)
}

/// What is shown of the first `part` of a table in text.
fn shown_in(path: &str, text: &str, part: &str) -> String {
    let start = text.find(part).unwrap();
    with(path, text.as_bytes(), |files, file| {
        files.excerpt(Place::text(file, start..start + part.len())).unwrap().text
    })
}

fn shown(text: &str, part: &str) -> String {
    shown_in("subsidies/a.csv", text, part)
}

#[test]
fn cells_under_harmless_headings_and_figures_are_shown() {
    let text = "名单,,,,\n序号,姓名,村组,金额(元),面积\n1,张三,一组,十元,3.5亩\n2,李四,二组,5,1.25\n";
    for part in ["一组", "十元", "1.25", "面积", "姓名", "金额(元)"] {
        assert_eq!(shown(text, part), part);
    }
    for part in ["张三", "3.5亩", "名单", "1,张三,一组,十元,3.5亩", "张三,一组", "三", "组,"]
    {
        assert_eq!(shown(text, part), "", "{part}");
    }
    assert_eq!(shown("no,head,amount\n1,张三,x\n", "张三"), "");
    assert_eq!(shown("no,head,amount\n1,张三,x\n", "x"), "x");
    assert_eq!(shown_in("results/a.csv", "村,得分\n柳塘村,缺考\n", "缺考"), "缺考");
}

#[test]
fn no_splitting_shows_a_name() {
    let many = format!("{}序号,姓名,金额\n1,张三,5\n", "说明,,\n".repeat(31));
    let late = format!("{}序号,姓名,金额\n1,张三,5\n", "说明,,\n".repeat(50));
    for text in [
        many.as_str(),
        &late,
        "序号,姓名,村组,金额\n1,张三丰\n",
        "序号,村组,姓名\n1,一组;二组,张三\n",
        "序号;村组;姓名\n1;一组,二组;张三\n",
        "序号,\"标准(元,月)\",姓名,金额\n1,5,张三,6\n",
        "序号,\"姓\n名\",金额\n1,张三,6\n",
        "序号,姓名,金额\n1,\"\n张三\",6\n",
        "1,张三,一组\n2,李四,二组\n",
        "序号,金额\n1,5,张三\n",
        "序号,,金额\n1,张三,5\n",
        "序号,户号,金额\n1,张三,5\n",
        "序号,自费支出,金额\n1,张三,5\n",
        "序号,金额\n序号,姓名\n1,张三\n",
        "奖金,,\n姓名,村组,金额\n张三,一组,5\n",
        "序号,姓名,金额\n1,张三,\"5\n",
    ] {
        let name = NAMES.iter().find(|name| text.contains(*name)).unwrap();
        let start = text.find(name).unwrap();
        with("subsidies/a.csv", text.as_bytes(), |files, file| {
            for from in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                for to in
                    (from..=text.len()).filter(|at| text.is_char_boundary(*at) && from.abs_diff(*at) < 60)
                {
                    let shown = files.excerpt(Place::text(file, from..to)).unwrap().text;
                    assert!(!shown.contains('张') && !shown.contains('李'), "{text:?}: {shown:?}");
                }
            }
            let excerpt = files.excerpt(Place::text(file, start..start + name.len())).unwrap();
            assert!(excerpt.line > 0 && excerpt.column > 0);
        });
    }
    assert_eq!(shown("序号,户号,自费支出,金额\n1,7788,9911,5\n", "7788"), "");
    assert_eq!(shown("序号,户号,自费支出,金额\n1,7788,9911,5\n", "9911"), "");
}

#[test]
fn only_tables_that_are_read_as_contacts_show_whole_lines() {
    let text = "姓名,职务\n张三,主任\n";
    for path in ["contacts.csv", "liutang/contacts.csv", "contacts/village.csv", "liutang/contacts/a.CSV"] {
        assert_eq!(shown_in(path, text, "主任"), "张三,主任", "{path}");
    }
    for path in ["subsidies/contacts.csv", "results/contacts.csv", "subsidies/contacts/a.csv", "a.csv"] {
        assert_eq!(shown_in(path, text, "主任"), "", "{path}");
    }
}

#[test]
fn cells_of_workbooks_are_shown_as_those_of_text_are() {
    let sheet = fixtures::rows(&[
        &["序号", "姓名", "", "村组"],
        &["#1", "张三", "李四", "一组"],
        &["#2", "张三", "", "二组", "李四"],
    ]) + "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>";
    let list = fixtures::rows(&[&["张三", "一组"], &["李四", "二组"]]);
    let bytes = fixtures::xlsx(&[("名单", "visible", &sheet), ("底册", "hidden", &list)]);
    with("subsidies/a.xlsx", &bytes, |files, file| {
        let at = |sheet, row, column| files.excerpt(Place::cell(file, sheet, row, column)).unwrap().text;
        assert_eq!((at(0, 1, 3), at(0, 0, 3), at(0, 1, 0)), ("一组".into(), "村组".into(), "1".into()));
        for (sheet, row, column) in [(0, 1, 1), (0, 1, 2), (0, 2, 4), (1, 0, 0), (1, 0, 1), (1, 1, 0)] {
            assert_eq!(at(sheet, row, column), "", "{sheet} {row} {column}");
        }
    });
}

#[test]
fn lines_and_columns_count_from_one() {
    let text = "a = 1\n\n名 = 二\n";
    with("area.toml", text.as_bytes(), |files, file| {
        let at = text.find('二').unwrap();
        let excerpt = files.excerpt(Place::text(file, at..at + 3)).unwrap();
        assert_eq!((excerpt.line, excerpt.column, excerpt.text.as_str()), (3, 5, "名 = 二"));
        assert_eq!(files.excerpt(Place::text(file, 5..6)).unwrap().line, 1);
        assert_eq!(files.excerpt(Place::text(file, 999..1000)).unwrap().line, 4);
    });
}
