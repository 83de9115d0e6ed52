//! Where on a board a text can stand.

use super::{documents, pictures};
use crate::harness::Board;

/// A board with every kind of place, and a `mark` where the text goes.
struct Frame {
    subsidy: &'static str,
    rows: &'static str,
    notice: &'static str,
    reception: &'static str,
}

const FRAME: Frame = Frame {
    subsidy: "title = \"临时救助公示\"\nitem = \"临时救助\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\n\
        table = \"a.csv\"\nextra = [\"救助类别\"]\n[notice_period]\nstart = 2026-11-20\n[objections]\nto = \"民政办\"\n\
        phone = \"0009-3780012\"\n[posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-20\n",
    rows: "姓名,村组,金额,救助类别,备注\n文顺,一组,500.00,临时,\n孙喆,二组,600.00,临时,已核\n",
    notice: "+++\ntitle = \"用水通知\"\ndate = 2026-11-05\n+++\n因管道检修,请提前备水。\n",
    reception: "title = \"接访安排\"\nfrom = 2026-11-01\nto = 2026-12-31\npublished = 2026-10-08\nplace = \"接待室\"\n\
         [[session]]\nid = \"leaders\"\ntitle = \"接访日\"\ndays = { weekday = \"monday\" }\nhours = [\"08:30-11:30\"]\n\
         form = \"fixed\"\nhosts = [\"zhou\"]\n",
};

/// The board with `text` at a place.
pub fn put(board: Board, place: &str, text: &str) -> Board {
    if let Some((ending, bytes)) = documents::document(place, text) {
        return board.with(&format!("files/fujian.{ending}"), bytes);
    }
    if let Some((ending, bytes)) = pictures::picture(place, text) {
        return board.with(&format!("files/tu.{ending}"), bytes);
    }
    let toml = quoted(text);
    match place {
        "notice" => board.with("notices/a.md", replaced(FRAME.notice, "请提前备水。", text)),
        "title" => board.with("notices/a.md", replaced(FRAME.notice, "\"用水通知\"", &toml)),
        // As it is written, with the escapes of TOML.
        "toml" => board.with("notices/a.md", replaced(FRAME.notice, "用水通知", text)),
        "notice-name" => board.with(&format!("notices/{text}.md"), FRAME.notice),
        "old-address" => {
            let aliases = format!("aliases = [{toml}]\ndate");
            board.with("notices/a.md", replaced(FRAME.notice, "date", &aliases))
        }
        "cell" => with_rows(board, &replaced(FRAME.rows, "已核", &cell(text))),
        "extra-cell" => {
            with_rows(board, &replaced(FRAME.rows, "600.00,临时", &format!("600.00,{}", cell(text))))
        }
        "group-cell" => with_rows(board, &replaced(FRAME.rows, "二组", &cell(text))),
        "amount-cell" => with_rows(board, &replaced(FRAME.rows, "600.00", &cell(text))),
        "name-cell" => with_rows(board, &replaced(FRAME.rows, "孙喆", &cell(text))),
        "household-key" => {
            let rows = FRAME.rows.replace("姓名,", "户号,姓名,").replace("文顺,", "1,文顺,");
            with_rows(board, &rows.replace("孙喆,", &format!("{},孙喆,", cell(text))))
        }
        // A whole table: what stands in it is the case's own.
        "table" => with_rows(board, text),
        "remark" => {
            let subsidy = replaced(FRAME.subsidy, "[posting]", &format!("place = {toml}\n[posting]"));
            board.with("subsidies/a.toml", subsidy).with("subsidies/a.csv", FRAME.rows)
        }
        "area" => board.with("area.toml", format!("name = \"云溪镇\"\nlevel = \"town\"\naddress = {toml}\n")),
        "card" => {
            let card = format!("duties = {toml}");
            board.replacing("contacts.toml", "duties = \"群众工作\"", &card)
        }
        "reception" => board.with("reception.toml", replaced(FRAME.reception, "\"接待室\"", &toml)),
        "session" => board.with("reception.toml", replaced(FRAME.reception, "\"接访日\"", &toml)),
        "csv-attachment" => board.with("files/fujian.csv", text),
        "txt-attachment" => board.with("files/fujian.txt", text),
        "md-attachment" => board.with("files/fujian.md", text),
        "gbk-attachment" => board.with("files/fujian.csv", encoding_rs::GB18030.encode(text).0),
        "file-name" => board.with(&format!("files/{text}.txt"), "通知"),
        "folder-name" => board.with(&format!("files/{text}/a.txt"), "通知"),
        "template" => with_theme(board).with("themes/own/words/zh-Hans.toml", format!("hotline = {toml}\n")),
        _ => panic!("there is no place {place}"),
    }
}

fn with_rows(board: Board, rows: &str) -> Board {
    board.with("subsidies/a.toml", FRAME.subsidy).with("subsidies/a.csv", rows)
}

fn with_theme(board: Board) -> Board {
    board.replacing("board.toml", "title", "theme = \"own\"\ntitle")
}

fn replaced(frame: &str, mark: &str, text: &str) -> String {
    assert!(frame.contains(mark), "no {mark}");
    frame.replacen(mark, text, 1)
}

/// The board that the blind cases suppose: its telephone numbers, by where they come from.
pub fn supposed() -> Board {
    Board::small()
        .replacing(
            "board.toml",
            "0009-3780000\"",
            "0872-5120345\"\nprivacy = { allow_phones = [\"0871-65120099\", \"18087263350\"] }",
        )
        .replacing("area.toml", "level", "phone = \"0872-5163388\"\nlevel")
        .replacing("contacts.toml", "0009-3780001", "0872-5163301")
        .with("contacts/more.toml", "[[contact]]\nname = \"何青山\"\nphone = \"13988670215\"\n")
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let inside: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{inside}\"")
}

/// A cell of CSV.
fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
