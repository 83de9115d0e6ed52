//! Attachments and pictures, which the manifests tell of by their SHA-256.

use std::collections::BTreeMap;

use super::pair::{Found, Pair, came_or_went, join};
use super::turn::{Detail, TurnKind};
use crate::publish::manifest::{FileEntry, Manifest};

/// A file by its path of today, and what each manifest says of it.
#[derive(Default)]
struct File<'p> {
    before: Option<&'p FileEntry>,
    /// Its path before, unless only its area has moved.
    renamed: Option<String>,
    now: Option<&'p FileEntry>,
}

/// Compares the attachments and pictures of all areas.
pub(super) fn compare(pair: &Pair, found: &mut Found) {
    let mut files: BTreeMap<String, File<'_>> = BTreeMap::new();
    for (area, rest, _, entry) in of_areas(&pair.old.manifest) {
        let now = pair.page_now(area, rest);
        let renamed = pair.renamed(area, rest, &now);
        let file = files.entry(now).or_default();
        (file.before, file.renamed) = (Some(entry), renamed);
    }
    for (_, _, path, entry) in of_areas(&pair.new.manifest) {
        files.entry(path.to_owned()).or_default().now = Some(entry);
    }
    // Who gives a file another name publishes nothing new.
    let gone: Vec<(String, &FileEntry)> = files
        .iter()
        .filter(|(_, file)| file.now.is_none())
        .filter_map(|(path, file)| Some((path.clone(), file.before?)))
        .collect();
    for (path, entry) in gone {
        let renamed = files.values_mut().find(|file| file.before.is_none() && file.now == Some(entry));
        if let Some(file) = renamed {
            (file.before, file.renamed) = (Some(entry), Some(path.clone()));
            files.remove(&path);
        }
    }
    for (path, file) in files {
        let Some((area, rest)) = place(&path) else { continue };
        let mut details: Vec<Detail> = came_or_went(file.before, file.now).into_iter().collect();
        if let Some((then, now)) = file.before.zip(file.now) {
            details.extend(file.renamed.map(|before| Detail::Address { before }));
            details.extend((then != now).then_some(Detail::Content));
        }
        let (folder, name) = rest.split_once('/').unwrap_or(("", rest));
        let kind = if folder == "photos" { TurnKind::Picture } else { TurnKind::Attachment };
        pair.note(found, (area, kind), name, &join(area, rest), details);
    }
}

/// The attachments and pictures that a manifest names: area, path in it, path, and what is said of each.
fn of_areas(manifest: &Manifest) -> impl Iterator<Item = (&str, &str, &str, &FileEntry)> {
    manifest.files.iter().filter_map(|(path, entry)| {
        let (area, rest) = place(path.as_str())?;
        Some((area, rest, path.as_str(), entry))
    })
}

/// The area of an attachment or a picture, and its path there; `None` for other files.
fn place(path: &str) -> Option<(&str, &str)> {
    if path.starts_with("assets/") {
        return None;
    }
    let parts = path.match_indices('/').map(|(at, _)| at);
    let mut start = 0;
    for end in parts {
        if matches!(path.get(start..end), Some("files" | "photos")) {
            return Some((path.get(..start)?.trim_end_matches('/'), path.get(start..)?));
        }
        start = end + 1;
    }
    None
}
