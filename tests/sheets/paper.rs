//! Reads a PDF with the tools that a distribution has, not with the library that made it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Points of a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A sheet on disk.
pub struct Paper {
    path: PathBuf,
}

/// One page with its words.
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Word>,
}

/// A word and the box that it fills, in points from the upper left corner.
#[derive(Debug)]
pub struct Word {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    #[expect(dead_code, reason = "it is shown when an assertion fails")]
    pub text: String,
}

impl Paper {
    /// The sheet at `path`.
    #[track_caller]
    pub fn at(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_owned();
        assert!(path.is_file(), "{} is not there", path.display());
        Self { path }
    }

    /// What `pdfinfo` says of it.
    pub fn info(&self) -> BTreeMap<String, String> {
        let said = tool("pdfinfo", "poppler-utils", &[self.shown()]);
        let lines = said.lines().filter_map(|line| line.split_once(':'));
        lines.map(|(key, value)| (key.to_owned(), value.trim().to_owned())).collect()
    }

    /// Its pages, each as the lines of text in the order in which they were drawn.
    pub fn pages(&self) -> Vec<String> {
        let text = tool("pdftotext", "poppler-utils", &["-raw", self.shown(), "-"]);
        let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
        pages.pop();
        pages
    }

    /// All its text, line after line.
    pub fn text(&self) -> String {
        self.pages().join("\n")
    }

    /// Its text as it stands on the paper.
    pub fn layout(&self) -> String {
        tool("pdftotext", "poppler-utils", &["-layout", self.shown(), "-"])
    }

    /// The tree that readers aloud go through.
    pub fn structure(&self) -> String {
        tool("pdfinfo", "poppler-utils", &["-struct", self.shown()])
    }

    /// Its pages with the place of each word.
    pub fn words(&self) -> Vec<Page> {
        let html = tool("pdftotext", "poppler-utils", &["-bbox", self.shown(), "-"]);
        let mut pages: Vec<Page> = Vec::new();
        for line in html.lines().map(str::trim) {
            let number = |key: &str| attribute(line, key).parse::<f64>().unwrap();
            if line.starts_with("<page ") {
                pages.push(Page { width: number("width"), height: number("height"), words: Vec::new() });
            } else if line.starts_with("<word ") {
                let text = line.split_once('>').unwrap().1.trim_end_matches("</word>");
                let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
                pages.last_mut().unwrap().words.push(Word {
                    left: number("xMin"),
                    top: number("yMin"),
                    right: number("xMax"),
                    bottom: number("yMax"),
                    text: text.replace("&amp;", "&"),
                });
            }
        }
        pages
    }

    /// What the codes of a page say, as a phone reads them off the print.
    pub fn codes(&self, page: usize) -> Vec<String> {
        let dir = TempDir::new().unwrap();
        let image = dir.path().join("page");
        let (page, image_path) = (page.to_string(), image.to_str().unwrap());
        let arguments = ["-r", "200", "-gray", "-singlefile", "-png", "-f", &page, self.shown(), image_path];
        let _ = tool("pdftoppm", "poppler-utils", &arguments);
        let image = image.with_extension("png");
        let said = tool("zbarimg", "zbar-tools", &["--raw", "-q", image.to_str().unwrap()]);
        said.lines().map(str::to_owned).collect()
    }

    fn shown(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

/// Runs a tool; what it prints.
#[track_caller]
fn tool(name: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).output().unwrap_or_else(|error| {
        panic!("{name} cannot be started ({error}): run tests/sheets/setup, which installs {package}")
    });
    // What it shows of a file's own strings need not be UTF-8.
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    said
}

fn attribute<'l>(line: &'l str, key: &str) -> &'l str {
    let from = line.find(&format!("{key}=\"")).unwrap() + key.len() + 2;
    line[from..].split('"').next().unwrap()
}

/// Text without what only sets it in lines: blanks, and the marks that let an address break.
pub fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// Asserts that no word comes nearer to an edge of its page than printers can print, and that none covers another.
#[track_caller]
pub fn assert_within(name: &str, paper: &Paper) {
    let edge = 12.0 * MM;
    for (number, page) in paper.words().iter().enumerate() {
        let at = |word: &Word| format!("{name}, page {}: {word:?}", number + 1);
        for word in &page.words {
            let fits = word.left >= edge - 1.0
                && word.right <= page.width - edge + 1.0
                && word.top >= edge - 4.0
                && word.bottom <= page.height - edge + 4.0;
            assert!(fits, "out of the page: {}", at(word));
        }
        for (index, word) in page.words.iter().enumerate() {
            let covered = page.words.iter().skip(index + 1).find(|other| cover(word, other));
            assert!(covered.is_none(), "{} is covered by {covered:?}", at(word));
        }
    }
}

/// Whether two words lie on each other by more than the room around their letters; marks that end a sentence may be squeezed
/// to half their width.
fn cover(a: &Word, b: &Word) -> bool {
    let wide = a.right.min(b.right) - a.left.max(b.left);
    let high = a.bottom.min(b.bottom) - a.top.max(b.top);
    let size = (a.bottom - a.top).min(b.bottom - b.top);
    wide > size * 0.7 && high > size * 0.5
}
