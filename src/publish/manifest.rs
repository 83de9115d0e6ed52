//! `manifest.json`: every published file with its size and SHA-256, and what the site was made from.
//!
//! Its bytes follow from what it says alone: files in the order of their paths, one a line.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use chrono::NaiveDate;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::failure::cannot_read;
use crate::diagnostics::Failure;
use crate::values::ArtifactPath;

/// The manifest's name, at the top of the published folder.
pub(super) const NAME: &str = "manifest.json";

const PROGRAM: &str = "gongshi";
const FORMAT: u64 = 1;

/// Keys that are the manifest's own; [`About::extra`] cannot set them.
const OWN_KEYS: [&str; 7] = ["program", "format", "version", "date", "content", "next_change", "files"];

/// What the site was made from. It holds nothing of the moment or the machine.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Fingerprint of the whole content.
    pub content_fingerprint: String,
    /// The day that the site shows.
    pub date: NaiveDate,
    /// Version of the program.
    pub version: &'static str,
    /// The next day on which the output would differ by more than the day shown.
    pub next_change: Option<NaiveDate>,
    /// Further fields, in the order they are written. The manifest's own keys are left out.
    pub extra: Map<String, Value>,
}

/// A SHA-256, shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The SHA-256 of all that `reader` gives, which may be larger than memory.
    pub(super) fn of_reader(reader: &mut impl io::Read) -> io::Result<Self> {
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(Self(hash.finalize().into())),
                Ok(count) => hash.update(buffer.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn to_hex(self) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    fn parse(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let digits = hex.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                *byte = *byte << 4 | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
            }
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
}

impl FileEntry {
    /// The entry of a file that holds `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, sha256: Digest::of(bytes) }
    }
}

/// What a published folder says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// Version of the program that published it.
    pub version: String,
    /// The day that the site shows.
    pub date: NaiveDate,
    /// Fingerprint of the content.
    pub content: String,
    /// The next day on which the output would differ by more than the day shown.
    pub next_change: Option<NaiveDate>,
    /// Further fields.
    pub extra: Map<String, Value>,
    /// Every file but the manifest itself.
    pub files: BTreeMap<ArtifactPath, FileEntry>,
}

impl Manifest {
    pub(super) fn new(about: About, files: BTreeMap<ArtifactPath, FileEntry>) -> Self {
        Self {
            version: about.version.to_owned(),
            date: about.date,
            content: about.content_fingerprint,
            next_change: about.next_change,
            extra: about.extra,
            files,
        }
    }

    /// Reads the manifest of a published folder; `None` when there is none, or none by this program.
    ///
    /// # Errors
    /// `cannot-read`; `out-newer` when a later version of the program published the folder.
    pub fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        match read_bytes(folder)? {
            Some(bytes) => Self::parse(&bytes, folder),
            None => Ok(None),
        }
    }

    pub(super) fn parse(bytes: &[u8], folder: &Path) -> Result<Option<Self>, Failure> {
        match serde_json::from_slice::<Read>(bytes) {
            Ok(Read::Ours(manifest)) => Ok(Some(*manifest)),
            Ok(Read::Newer) => Err(Failure::usage("out-newer").with("path", folder.display())),
            Err(_) => Ok(None),
        }
    }

    /// The manifest's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::with_capacity(200 + self.files.len() * 160);
        let day = |day: NaiveDate| Value::from(day.to_string());
        let head = [
            ("program", Value::from(PROGRAM)),
            ("format", Value::from(FORMAT)),
            ("version", Value::from(self.version.as_str())),
            ("date", day(self.date)),
            ("content", Value::from(self.content.as_str())),
            ("next_change", self.next_change.map_or(Value::Null, day)),
        ];
        text.push('{');
        for (key, value) in &head {
            let _ = write!(text, "{}:{value},", Value::from(*key));
        }
        for (key, value) in self.extra.iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())) {
            let _ = write!(text, "{}:{value},", Value::from(key.as_str()));
        }
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(b"\"files\":[");
        let mut separator = "\n";
        for (path, FileEntry { size, sha256 }) in &self.files {
            let line = Line { path: path.as_str().into(), size: *size, sha256: sha256.to_hex().into() };
            bytes.extend_from_slice(separator.as_bytes());
            // Writing to memory cannot fail, nor can text and numbers.
            let _ = serde_json::to_writer(&mut bytes, &line);
            separator = ",\n";
        }
        bytes.extend_from_slice(b"\n]}\n");
        bytes
    }
}

/// The manifest's bytes, when `folder` holds a plain file of that name.
pub(super) fn read_bytes(folder: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let path = folder.join(NAME);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => fs::read(&path).map(Some).map_err(|error| cannot_read(&path, &error)),
        Ok(_) => Ok(None),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(cannot_read(&path, &error)),
    }
}

/// Whether the bytes of a manifest that cannot be read are what is left of one of ours: no JSON at all, or by its own
/// words this program's. Many programs call a file of theirs so.
pub(super) fn is_damaged(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes)
        .map_or(true, |read| read.get("program").is_some_and(|program| program == PROGRAM))
}

/// What a `manifest.json` turned out to be.
enum Read {
    Ours(Box<Manifest>),
    Newer,
}

/// A file in the manifest.
#[derive(Deserialize, Serialize)]
struct Line<'a> {
    #[serde(borrow)]
    path: std::borrow::Cow<'a, str>,
    size: u64,
    #[serde(borrow)]
    sha256: std::borrow::Cow<'a, str>,
}

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a manifest")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let (mut program, mut format) = (None, None);
        let (mut version, mut date, mut content, mut files) = (None, None, None, None);
        let (mut next_change, mut extra) = (None, Map::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "program" => program = Some(map.next_value::<String>()?),
                "format" => format = Some(map.next_value::<u64>()?),
                // What a later format means by the other keys is not ours to judge.
                _ if format.is_some_and(|format| format > FORMAT) => {
                    map.next_value::<IgnoredAny>()?;
                }
                "version" => version = Some(map.next_value::<String>()?),
                "date" => date = Some(day::<A::Error>(&map.next_value::<String>()?)?),
                "content" => content = Some(map.next_value::<String>()?),
                "next_change" => {
                    next_change =
                        map.next_value::<Option<String>>()?.map(|text| day::<A::Error>(&text)).transpose()?;
                }
                "files" => files = Some(entries::<A::Error>(map.next_value()?)?),
                _ => {
                    extra.insert(key, map.next_value()?);
                }
            }
        }
        if program.as_deref() != Some(PROGRAM) {
            return Err(A::Error::custom("not by this program"));
        }
        if format.is_some_and(|format| format > FORMAT) {
            return Ok(Read::Newer);
        }
        format.ok_or_else(|| A::Error::missing_field("format"))?;
        Ok(Read::Ours(Box::new(Manifest {
            version: version.ok_or_else(|| A::Error::missing_field("version"))?,
            date: date.ok_or_else(|| A::Error::missing_field("date"))?,
            content: content.ok_or_else(|| A::Error::missing_field("content"))?,
            next_change,
            extra,
            files: files.ok_or_else(|| A::Error::missing_field("files"))?,
        })))
    }
}

fn day<E: serde::de::Error>(text: &str) -> Result<NaiveDate, E> {
    text.parse().map_err(E::custom)
}

fn entries<E: serde::de::Error>(lines: Vec<Line<'_>>) -> Result<BTreeMap<ArtifactPath, FileEntry>, E> {
    lines
        .into_iter()
        .map(|line| {
            let path = ArtifactPath::parse(&line.path).map_err(E::custom)?;
            let sha256 = Digest::parse(&line.sha256).ok_or_else(|| E::custom("not a SHA-256"))?;
            Ok((path, FileEntry { size: line.size, sha256 }))
        })
        .collect()
}
