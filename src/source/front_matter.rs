//! Markdown files with TOML front matter between two lines of `+++`.

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const NO_FRONT_MATTER: Code = Code::error("no-front-matter");

/// A Markdown file taken apart. Offsets are bytes in the decoded file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The TOML between the marks.
    pub toml: &'a str,
    /// Where it starts.
    pub toml_start: usize,
    /// The Markdown after it.
    pub body: &'a str,
    /// Where that starts.
    pub body_start: usize,
}

/// Takes a Markdown file apart; a file without front matter is a problem.
pub fn split<'a>(text: &'a str, file: FileId, problems: &mut Problems) -> Option<FrontMatter<'a>> {
    let parts = parts(text);
    if parts.is_none() {
        problems.add(Diagnostic::new(
            NO_FRONT_MATTER,
            Place::text(file, 0..text.find('\n').unwrap_or(text.len())),
        ));
    }
    parts
}

fn parts(text: &str) -> Option<FrontMatter<'_>> {
    let blank = text.len() - text.trim_start().len();
    let first_line = text.get(blank..)?.split_inclusive('\n').next()?;
    if first_line.trim_end() != "+++" {
        return None;
    }
    let toml_start = blank + first_line.len();
    let mut at = toml_start;
    for line in text.get(toml_start..)?.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let body_start = at + line.len();
            return Some(FrontMatter {
                toml: text.get(toml_start..at)?,
                toml_start,
                body: text.get(body_start..)?,
                body_start,
            });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn takes_apart_what_stands_between_the_marks() {
        let text = "+++\ntitle = \"停水\"\n+++\n正文\n+++\n";
        let parts = parts(text).expect("front matter");
        assert_eq!(parts.toml, "title = \"停水\"\n");
        assert_eq!(parts.body, "正文\n+++\n");
        assert_eq!(text.get(parts.body_start..), Some(parts.body));
    }

    #[test]
    fn a_file_without_two_marks_has_none() {
        for text in ["", "正文", "+++\ntitle = 1\n", "++++\n+++\n"] {
            assert_eq!(parts(text), None, "{text:?}");
        }
    }
}
