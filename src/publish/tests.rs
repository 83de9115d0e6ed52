#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod crash;
mod folder;
mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Map, json};
use tempfile::TempDir;

use super::exchange::{Mode, Step};
use super::tree;
use super::{About, Published, Staging, open};
use crate::diagnostics::Failure;
use crate::values::ArtifactPath;

/// A board's folder with its content beside the place to publish.
struct Board {
    home: TempDir,
}

impl Board {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("content")).unwrap();
        Self { home }
    }

    fn out(&self) -> PathBuf {
        self.home.path().join("public")
    }

    fn content(&self) -> PathBuf {
        self.home.path().join("content")
    }

    fn open(&self) -> Result<Staging, Failure> {
        open(&self.out(), &self.content())
    }

    fn publish(&self, files: &[(&str, &str)]) -> Published {
        let staging = self.open().unwrap();
        write_all(&staging, files);
        staging.publish(about()).unwrap()
    }

    /// Everything beside the content and the published folder.
    fn remains(&self) -> Vec<String> {
        names(self.home.path()).into_iter().filter(|name| name != "content" && name != "public").collect()
    }
}

fn about() -> About {
    About {
        content_fingerprint: "f00d".to_owned(),
        date: NaiveDate::from_ymd_opt(2026, 11, 5).unwrap(),
        version: "0.1.0",
        next_change: NaiveDate::from_ymd_opt(2026, 11, 8),
        extra: Map::from_iter([
            ("rows".to_owned(), json!({"a": [1]})),
            ("program".to_owned(), json!("other")),
        ]),
    }
}

fn path(text: &str) -> ArtifactPath {
    ArtifactPath::parse(text).unwrap()
}

fn write_all(staging: &Staging, files: &[(&str, &str)]) {
    for (name, text) in files {
        staging.write(&path(name), text.as_bytes()).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file of a folder but the manifest, with its text.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    tree::walk(folder, |name, _| {
        files.insert(name.clone(), fs::read_to_string(folder.join(name)).unwrap());
        true
    })
    .unwrap();
    files.remove("manifest.json");
    files
}

fn as_map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The name of the failure, which must be one.
fn name_of<T>(result: Result<T, Failure>) -> &'static str {
    match result {
        Ok(_) => panic!("it should have failed"),
        Err(failure) => {
            // Every failure has words in both languages, with all facts they name.
            for language in [crate::diagnostics::Language::Chinese, crate::diagnostics::Language::English] {
                let text = failure.to_text(language, str::to_owned);
                let message = text.lines().next().unwrap();
                assert!(!message.ends_with(&format!("]: {}", failure.name())), "no words: {text}");
                assert!(text.contains("\n  = "), "no help: {text}");
            }
            failure.name()
        }
    }
}
