//! The boards that documents show, by marks in comments which readers do not see.
//!
//! - `<!-- file: PATH -->` before a fenced block: a file of the board;
//! - `<!-- table: PATH.xlsx -->` before a table: a workbook of the board, with the sheet `Sheet1`;
//! - `<!-- picture: PATH -->`: some picture is there;
//! - `<!-- append: PATH -->` before a fenced block: it is added to a file;
//! - `<!-- change: PATH | old | new -->` before a fenced block: from here on the file is changed, to hold the block;
//! - `<!-- instead: PATH | old | new -->`: a file is changed for the next output alone;
//! - `<!-- output: ARGUMENTS -->` before a fenced block: the program, run on the board so far, says this;
//! - `<!-- list: ARGUMENTS -->` before a fenced block: it says this besides problems.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::harness::{Board, workbook};

/// One mark of a document with the block or table that follows it.
pub struct Mark<'d> {
    /// Its line, from 1.
    pub line: usize,
    pub kind: &'d str,
    pub argument: &'d str,
    pub block: String,
}

/// All marks of a document, in order.
pub fn marks(document: &str) -> Vec<Mark<'_>> {
    let lines: Vec<&str> = document.lines().collect();
    let mut marks = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let (kind, argument) = mark.split_once(": ").unwrap_or_else(|| panic!("line {}: {line}", at + 1));
        let after = &lines[at + 1..];
        let block: Vec<&str> = match kind {
            "instead" | "picture" => Vec::new(),
            "table" => after.iter().copied().take_while(|line| line.starts_with('|')).collect(),
            _ => {
                assert!(after[0].starts_with("```"), "line {}: no fenced block follows {line}", at + 1);
                after[1..].iter().copied().take_while(|line| !line.starts_with("```")).collect()
            }
        };
        let block = block.iter().map(|line| format!("{line}\n")).collect();
        marks.push(Mark { line: at + 1, kind, argument, block });
    }
    marks
}

/// The files of a board, as a document shows them so far.
#[derive(Clone, Default)]
pub struct Shown(pub BTreeMap<String, String>);

impl Shown {
    /// Changes a file by an argument `PATH | old | new`.
    pub fn replace(&mut self, argument: &str) {
        let [path, old, new] = argument.split(" | ").collect::<Vec<_>>()[..] else { panic!("{argument}") };
        let text = self.0.get_mut(path).unwrap_or_else(|| panic!("{path} is not shown before"));
        assert!(text.contains(old), "{path} does not hold {old:?}");
        *text = text.replacen(old, new, 1);
    }

    /// Takes what a mark shows; output and changes for one output are the caller's.
    pub fn take(&mut self, mark: &Mark<'_>) {
        match mark.kind {
            "file" | "table" | "picture" => {
                self.0.insert(mark.argument.to_owned(), mark.block.clone());
            }
            "append" => {
                let text = self.0.get_mut(mark.argument).expect("a file shown before");
                *text += &format!("\n{}", mark.block);
            }
            "change" => {
                self.replace(mark.argument);
                let path = mark.argument.split(" | ").next().unwrap_or_default();
                assert!(self.0[path].contains(&mark.block), "line {}: {path} holds no such line", mark.line);
            }
            other => panic!("line {}: unknown mark {other}", mark.line),
        }
    }

    /// A content folder with these files.
    pub fn board(&self) -> Board {
        self.0.iter().fold(Board::empty(), |board, (path, text)| {
            let is_picture = path.ends_with(".png");
            let bytes = match path.ends_with(".xlsx") {
                true => workbook(text),
                false if is_picture => {
                    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/photos/su-xiaolan.png"))
                        .unwrap()
                }
                false => text.clone().into_bytes(),
            };
            board.with(path, bytes)
        })
    }
}
