//! Characters that no font of the sheets can print: a box on paper where a name should stand.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fonts::Fonts;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::Files;
use crate::source::tables::TableFormat;

const UNPRINTABLE: Code = Code::error("unprintable-character");

/// Reports each character of `data` that cannot be printed, at the place where one of `sources` has it.
pub(super) fn report(
    data: &Value,
    sources: &[FileId],
    fonts: &Fonts,
    files: &Files,
    problems: &mut Problems,
) {
    let mut unprintable = BTreeMap::new();
    collect(data, &mut |text| {
        for character in text.chars().filter(|character| !is_fine(*character, fonts)) {
            unprintable.entry(character).or_insert(());
        }
    });
    report_all(unprintable.into_keys(), sources, files, problems);
}

/// Reports characters that came out without a glyph.
pub(super) fn report_all(
    unprintable: impl IntoIterator<Item = char>,
    sources: &[FileId],
    files: &Files,
    problems: &mut Problems,
) {
    for character in unprintable {
        let code_point = format!("U+{:04X}", u32::from(character));
        let diagnostic = match place(character, sources, files) {
            Some(place) => Diagnostic::new(UNPRINTABLE, place),
            None => Diagnostic::of_the_board(UNPRINTABLE),
        };
        problems.add(diagnostic.with("character", character).with("code", code_point));
    }
}

/// Calls `found` with every text in the data.
pub(super) fn collect(data: &Value, found: &mut dyn FnMut(&str)) {
    match data {
        Value::String(text) => found(text),
        Value::Array(all) => all.iter().for_each(|one| collect(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| collect(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_fine(character: char, fonts: &Fonts) -> bool {
    character.is_control() || character.is_whitespace() || is_unseen(character) || fonts.print(character)
}

/// Characters that say how others are set and have no look of their own.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn is_workbook(path: &str) -> bool {
    let ending = path.rsplit_once('.').and_then(|(_, ending)| TableFormat::from_extension(ending));
    ending.is_some_and(|format| format != TableFormat::Csv)
}

/// Where one of the files has the character. A workbook does not show it as it stands: where no text has it, it is one of them.
fn place(character: char, sources: &[FileId], files: &Files) -> Option<Place> {
    let found = sources.iter().find_map(|file| {
        let at = files.text_once_more(*file)?.find(character)?;
        Some(Place::text(*file, at..at + character.len_utf8()))
    });
    let workbook = || sources.iter().find(|file| is_workbook(files.path(**file)));
    found.or_else(|| workbook().or(sources.first()).map(|file| Place::file(*file)))
}
