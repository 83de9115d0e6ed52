//! The words of problems: `messages/*.toml`, in Chinese and English, compiled into the binary.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

static MESSAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/messages");

/// The language of what the program says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// The words of one problem in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// One plain sentence; `{fact}` is replaced by the fact of that name.
    pub message: String,
    /// What to do, a line each; a line that names a fact the problem lacks is left out.
    #[serde(default)]
    pub help: Vec<String>,
    /// The page that `gongshi explain` shows, in Markdown.
    #[serde(default)]
    pub page: String,
}

/// The words of one problem in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// In Simplified Chinese.
    pub zh: Words,
    /// In English.
    pub en: Words,
}

impl Entry {
    /// The words in `language`.
    pub fn words(&self, language: Language) -> &Words {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// All entries by name. A fault in the message files themselves leaves entries out, which a test finds.
pub fn catalogue() -> &'static BTreeMap<String, Entry> {
    static CATALOGUE: LazyLock<BTreeMap<String, Entry>> = LazyLock::new(|| {
        MESSAGES
            .files()
            .filter_map(|file| file.contents_utf8())
            .filter_map(|text| toml::from_str::<BTreeMap<String, Entry>>(text).ok())
            .flatten()
            .collect()
    });
    &CATALOGUE
}

/// The entry called `name`.
pub fn entry(name: &str) -> Option<&'static Entry> {
    catalogue().get(name)
}

/// The help page of a problem, or `None` when there is no such problem or it has no page.
pub fn explain(name: &str, language: Language) -> Option<&'static str> {
    let page = entry(name)?.words(language).page.as_str();
    (!page.is_empty()).then_some(page)
}

/// `template` with every `{name}` replaced; `None` when it names a fact that is not there.
///
/// `{{` and `}}` stand for single braces.
pub(super) fn fill(template: &str, fact: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            filled.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            filled.push('}');
            rest = after;
        } else {
            let (name, after) = from.strip_prefix('{')?.split_once('}')?;
            filled.push_str(&fact(name)?);
            rest = after;
        }
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_facts_and_leaves_out_what_lacks_them() {
        let fact = |name: &str| (name == "key").then(|| "标题".to_owned());
        assert_eq!(fill("键“{key}”{{}}", fact).as_deref(), Some("键“标题”{}"));
        assert_eq!(fill("{near}?", fact), None);
        assert_eq!(fill("{key", fact), None);
    }
}
