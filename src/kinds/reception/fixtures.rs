//! Small contents for tests: a town with its people, and what is found in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::NaiveDate;
use tempfile::TempDir;

use crate::board::{self, Board};
use crate::diagnostics::{At, Diagnostic, Place, Problems, entry};
use crate::source::Content;

/// The files that every test needs.
const TOWN: [(&str, &str); 5] = [
    (
        "board.toml",
        "title = \"云溪镇公开栏\"\nissuer = \"云溪镇人民政府\"\nbase_url = \"https://gongkai.example.org/yunxi/\"\n\
         [forms]\nvideo = \"视频接访\"\n",
    ),
    ("area.toml", "name = \"云溪镇\"\nlevel = \"town\"\nphone = \"0009-3780000\"\n"),
    (
        "contacts.toml",
        "[[contact]]\nid = \"zhou\"\nname = \"周青禾\"\nposition = \"副书记\"\nduties = \"群众工作\"\nphone = \"0009-3780001\"\n\
         [[contact]]\nid = \"su\"\nname = \"苏晓岚\"\nposition = \"镇长\"\nduties = \"全面工作\"\n",
    ),
    ("liutang/area.toml", "name = \"柳塘村\"\nlevel = \"village\"\nphone = \"0009-3780203\"\n"),
    ("liutang/contacts.toml", "[[contact]]\nname = \"潘秀禾\"\n"),
];

/// A content folder of a test.
pub(crate) struct Fixture {
    folder: TempDir,
}

/// What a problem is, and the text it points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) code: &'static str,
    pub(crate) at: String,
    pub(crate) other: Option<String>,
    pub(crate) facts: String,
}

impl Fixture {
    /// The town with these files besides, or instead.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (path, text) in TOWN.iter().chain(files) {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    pub(crate) fn content(&self) -> Content {
        Content::open(self.folder.path(), &mut Problems::new()).unwrap()
    }

    /// The board of a day, and all problems.
    pub(crate) fn resolve(&self, day: &str) -> (Option<Board>, Vec<Diagnostic>) {
        let mut problems = Problems::new();
        let content = self.content();
        let records = crate::kinds::read(&content, &mut problems);
        let day: NaiveDate = day.parse().unwrap();
        let board = records.and_then(|records| board::resolve(records, &content.files, day, &mut problems));
        (board, problems.into_sorted())
    }

    /// The board of a day, of content without problems.
    pub(crate) fn board(&self, day: &str) -> Board {
        let (board, problems) = self.resolve(day);
        assert!(problems.is_empty(), "{:?}", self.found(&problems));
        board.unwrap()
    }

    /// All problems, in words of the content.
    pub(crate) fn problems(&self) -> Vec<Found> {
        let (_, problems) = self.resolve("2026-01-10");
        self.found(&problems)
    }

    fn found(&self, problems: &[Diagnostic]) -> Vec<Found> {
        let found = |problem: &Diagnostic| {
            has_its_facts(problem);
            Found {
                code: problem.code().name(),
                at: problem.place().map(|place| self.text_at(place)).unwrap_or_default(),
                other: problem.other().map(|place| self.text_at(place)),
                facts: format!("{:?}", problem.facts()),
            }
        };
        problems.iter().map(found).collect()
    }

    fn text_at(&self, place: Place) -> String {
        let content = self.content();
        let path = content.files.path(place.file);
        match place.at {
            At::Text { start, end } => {
                let text = std::fs::read_to_string(self.folder.path().join(path)).unwrap();
                text[start as usize..end as usize].to_owned()
            }
            _ => path.to_owned(),
        }
    }
}

/// Every fact that the message of a problem names is given, in both languages.
fn has_its_facts(problem: &Diagnostic) {
    let Some(entry) = entry(problem.code().name()) else { return };
    for words in [&entry.zh, &entry.en] {
        for name in words.message.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            let given = problem.facts().iter().any(|(key, _)| *key == name);
            assert!(given || (name == "other" && problem.other().is_some()), "{name} of {problem:?}");
        }
    }
}

/// A plan of the town for 2026 whose one session has these lines besides what every one needs.
pub(crate) fn plan(session: &str) -> String {
    plan_of("from = 2026-02-01\nto = 2026-12-31\npublished = 2026-01-05\n", session)
}

/// A plan with these lines, whose one session has those lines.
pub(crate) fn plan_of(lines: &str, session: &str) -> String {
    let mut text = format!("title = \"接访日安排\"\nplace = \"一楼接待室\"\n{lines}[[session]]\n{session}\n");
    for (key, line) in [
        ("id =", "id = \"leaders\""),
        ("title =", "title = \"轮流接访\""),
        ("hours =", "hours = [\"08:30-11:30\"]"),
        ("form =", "form = \"fixed\""),
        ("hosts =", "hosts = [\"zhou\", \"su\"]"),
    ] {
        if !session.lines().any(|written| written.starts_with(key)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
