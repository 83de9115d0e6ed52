//! Builds boards in folders of their own and runs the program on them, without the machine's environment.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The day of all tests that name no other.
pub const DAY: &str = "2026-11-22";

/// A content folder in a folder of its own.
pub struct Board {
    dir: TempDir,
}

/// What a run of the program left behind. Look at it.
#[must_use]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The smallest sound board.
const SMALL: [(&str, &str); 4] = [
    (
        "board.toml",
        "title = \"云溪镇公开栏\"\nissuer = \"云溪镇人民政府\"\nbase_url = \"https://gongkai.example.org/\"\nhotline = \"0009-3780000\"\n",
    ),
    ("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\n"),
    (
        "contacts.toml",
        "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\nphone = \"0009-3780001\"\nserves = [\".\"]\n",
    ),
    ("notices/water.md", "+++\ntitle = \"停水通知\"\ndate = 2026-11-05\n+++\n因管道检修,11 月 8 日停水。\n"),
];

impl Board {
    /// An empty content folder.
    pub fn empty() -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("content")).unwrap();
        Self { dir }
    }

    /// The smallest sound board.
    pub fn small() -> Self {
        SMALL.iter().fold(Self::empty(), |board, (path, text)| board.with(path, text))
    }

    /// A copy of the example board.
    pub fn example() -> Self {
        let board = Self::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &board.content());
        board
    }

    /// The board with a file of this text.
    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let file = self.content().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// The board with something in one file replaced; it must stand there.
    pub fn replacing(self, path: &str, old: &str, new: &str) -> Self {
        let text = fs::read_to_string(self.content().join(path)).unwrap();
        assert!(text.contains(old), "{path} does not hold {old:?}");
        self.with(path, text.replacen(old, new, 1))
    }

    /// The smallest board's contact serves these areas too, which have none of their own.
    pub fn serving(self, paths: &[&str]) -> Self {
        paths.iter().fold(self, |board, path| {
            board.replacing("contacts.toml", "serves = [\".\"", &format!("serves = [\".\", \"{path}\""))
        })
    }

    /// The board without a file.
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.content().join(path)).unwrap();
        self
    }

    pub fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn public(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    /// Runs the program in the folder that holds `content/`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::from(command(self.dir.path(), arguments).output().unwrap())
    }

    /// Builds with sheets.
    pub fn build_with_sheets(&self) -> Run {
        Run::from(command_with_sheets(self.dir.path(), &["build", "--date", DAY]).output().unwrap())
    }

    pub fn build(&self) -> Run {
        self.run(&["build", "--date", DAY])
    }

    pub fn check(&self) -> Run {
        self.run(&["check", "--format", "json", "--date", DAY])
    }

    /// Every problem that `check` finds: its code and its place as `file:line:column` or `file!cell`.
    pub fn problems(&self) -> Vec<(String, String)> {
        self.check().problems()
    }

    /// All published files with their bytes.
    pub fn published(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.public())
    }
}

/// The program, started in `folder` with an empty environment. Builds make no sheets, which would take most of the time of
/// tests that are about something else; [`command_with_sheets`] does.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = command_with_sheets(folder, arguments);
    if arguments.first() == Some(&"build") {
        command.arg("--no-sheets");
    }
    command
}

/// The program as anybody starts it, in `folder` with an empty environment.
pub fn command_with_sheets(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongshi"));
    command.current_dir(folder).env_clear().args(arguments);
    command
}

/// Runs the program as somebody to whom permissions matter; to the superuser, who may run the tests, they do not.
#[cfg(unix)]
pub fn run_without_privileges(board: &Board, arguments: &[&str]) -> Run {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65_534;
    if fs::metadata(board.root()).unwrap().uid() != 0 {
        return board.run(arguments);
    }
    // They cannot reach the program where it was built, and publish in the board's folder.
    let program = board.root().join("gongshi");
    // Another process copies it: a handle for writing that a test beside this one inherits would keep it from being run.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_gongshi")).arg(&program).status().unwrap();
    assert!(copied.success());
    fs::set_permissions(board.root(), fs::Permissions::from_mode(0o777)).unwrap();
    let mut command = Command::new(&program);
    command.current_dir(board.root()).env_clear().args(arguments).uid(NOBODY).gid(NOBODY);
    Run::from(command.output().unwrap())
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Asserts the exit status; shows everything that was said when it is another.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The problems in the JSON Lines of `check`.
    pub fn problems(&self) -> Vec<(String, String)> {
        self.stdout.lines().map(|line| place(&serde_json::from_str(line).unwrap())).collect()
    }
}

fn place(problem: &serde_json::Value) -> (String, String) {
    let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
    let place = match (&problem["line"], &problem["cell"]) {
        (serde_json::Value::Number(line), _) => format!("{}:{line}:{}", text("file"), problem["column"]),
        (_, serde_json::Value::String(cell)) => format!("{}!{cell}", text("file")),
        _ => text("file"),
    };
    (text("code"), place)
}

/// Pairs of a code and a place, as [`Board::problems`] gives them.
pub fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect()
}

/// All files below a folder, by their path from it.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files_below(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// A workbook with the rows of a Markdown table: short numbers as numbers, anything else as text.
pub fn workbook(table: &str) -> Vec<u8> {
    let rows = table.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, row)| row);
    let mut data = String::new();
    for (row, line) in (1..).zip(rows) {
        data += &format!("<row r=\"{row}\">");
        for (column, cell) in ('A'..='Z').zip(line.trim_matches('|').split('|').map(str::trim)) {
            let number = cell.len() <= 10 && cell.parse::<f64>().is_ok();
            data += &match (cell, number) {
                ("", _) => String::new(),
                (_, true) => format!("<c r=\"{column}{row}\"><v>{cell}</v></c>"),
                _ => format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        data += "</row>";
    }
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"w\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" \
                 r:id=\"s\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"s\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
