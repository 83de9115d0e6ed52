//! Boards whose sheets are looked at.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::paper::Paper;
use crate::harness::{Board, DAY};

/// The example board with its sheets, built once for all tests.
pub fn example() -> &'static Board {
    static EXAMPLE: OnceLock<Board> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let board = Board::example();
        let _ = board.build_with_sheets().exits(0);
        board
    })
}

/// The paths of all sheets of a published folder, from its root.
pub fn sheets_of(board: &Board) -> Vec<String> {
    let files = walkdir::WalkDir::new(board.public()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "pdf"));
    let paths = paths.map(|entry| entry.path().strip_prefix(board.public()).unwrap().to_owned());
    paths.map(|path| path.to_str().unwrap().to_owned()).collect()
}

/// A published sheet.
#[track_caller]
pub fn sheet(board: &Board, path: &str) -> Paper {
    Paper::at(board.public().join(path))
}

/// A file of the published folder as text.
pub fn page(board: &Board, path: &str) -> String {
    std::fs::read_to_string(board.public().join(path)).unwrap()
}

/// About an open list whose rows stand in `NAME.csv`.
pub fn about(name: &str, title: &str) -> String {
    format!(
        "title = \"{title}\"\nitem = \"临时救助\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\n\
         basis = \"临时救助办法\"\ntable = \"{name}.csv\"\n[notice_period]\nstart = 2026-11-18\n\
         [objections]\nto = \"云溪镇民政办\"\nphone = \"0009-3780012\"\nplace = \"镇政府二楼203室\"\n\
         [posting]\nplace = \"公开栏\"\nby = \"zhou\"\nwitness = \"监督委员会\"\non = 2026-11-18\n"
    )
}

/// Rows of an open list; each remark has a beginning and an end that a broken row would tear apart.
pub fn rows(count: usize) -> String {
    let mut text = "姓名,村组,标准,数量,金额,备注\n".to_owned();
    for number in 1..=count {
        let name =
            ["赵", "钱", "孙", "李", "周"][number % 5].to_owned() + ["一山", "二水", "三木"][number % 3];
        let remark = if number % 4 == 0 {
            format!("首{number}中间还要写上好些话才折行尾{number}完")
        } else {
            format!("首{number}尾{number}完")
        };
        writeln!(text, "{name},柳塘村{}组,10.00,2,20.00,{remark}", number / 15 + 1).unwrap();
    }
    text
}

/// The small board with an open list of `count` rows.
pub fn with_list(count: usize) -> Board {
    Board::small()
        .with("subsidies/a.toml", about("a", "临时救助拟确认名单公示"))
        .with("subsidies/a.csv", rows(count))
}

/// Prints sheets of an area; they lie in the folder that comes back.
#[track_caller]
pub fn print(board: &Board, arguments: &[&str]) -> PathBuf {
    let out = board.root().join("sheets");
    if out.exists() {
        std::fs::remove_dir_all(&out).unwrap();
    }
    let all: Vec<&str> = ["print"].iter().chain(arguments).copied().chain(["--date", DAY]).collect();
    let _ = board.run(&all).exits(0);
    out
}

/// The names of the files in a folder.
pub fn names_in(folder: &std::path::Path) -> Vec<String> {
    crate::harness::files_below(folder).into_keys().collect()
}
