//! Where an artifact stands in the published folder.

use std::borrow::Borrow;
use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Names that Windows keeps for devices: a file of that name vanishes or cannot be made there.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest file name, in bytes, that the usual file systems take.
const LONGEST_NAME: usize = 255;

/// A path from the root of the published folder, with `/`, in NFC, that cannot leave the folder:
/// `liutang/subsidies/2026-teku/index.html`. It names a file or a folder; the root itself has none.
///
/// Its order is that of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArtifactPath(String);

/// Why a text is no [`ArtifactPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPath {
    /// Nothing, or nothing between two `/`, at the start or at the end.
    Empty,
    /// `.` or `..`.
    Dots,
    /// A control character, `\` or `:`. The last two mean a folder or a drive on Windows, and a link
    /// that begins with `name:` means a scheme.
    Character,
    /// A name that Windows keeps for a device, such as `nul` or `con.html`.
    Reserved,
    /// Not in Unicode's normal form C, so that two spellings would look the same.
    NotNormal,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty name",
            Self::Dots => "`.` or `..`",
            Self::Character => "a control character, `\\` or `:`",
            Self::Reserved => "a reserved name",
            Self::NotNormal => "not in NFC",
        })
    }
}

impl std::error::Error for BadPath {}

impl ArtifactPath {
    /// Checks a path.
    ///
    /// # Errors
    /// What keeps it from being safe to write; see [`BadPath`].
    pub fn parse(path: &str) -> Result<Self, BadPath> {
        for name in path.split('/') {
            check(name)?;
        }
        if !is_nfc(path) {
            return Err(BadPath::NotNormal);
        }
        Ok(Self(path.to_owned()))
    }

    /// `rest` (one name or several) below this folder.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub fn join(&self, rest: &str) -> Result<Self, BadPath> {
        Self::parse(&format!("{}/{rest}", self.0))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it stands in; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(folder, _)| Self(folder.to_owned()))
    }

    /// The folder it stands in as text; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last name of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// How a page in `folder` (as from [`folder`](Self::folder), empty for the root) links here, not
    /// percent-encoded: `../assets/style.css`. The folder itself is `.`.
    pub fn relative_to(&self, folder: &str) -> String {
        let mut from = folder.split('/').filter(|name| !name.is_empty()).peekable();
        let mut to = self.0.split('/').peekable();
        while from.peek().is_some() && from.peek() == to.peek() {
            from.next();
            to.next();
        }
        let up = from.map(|_| "..");
        let link = up.chain(to).collect::<Vec<_>>().join("/");
        if link.is_empty() { ".".to_owned() } else { link }
    }

    /// The path as file systems see it that do not tell capitals from small letters. Two artifacts of
    /// the same folded path cannot both be published.
    pub fn folded(&self) -> String {
        // Capitals first: ß and ſ are the same as SS and S to some.
        self.0.to_uppercase().to_lowercase().nfc().collect()
    }

    /// Whether every usual file system (also those of USB sticks) can hold a file of this path: names
    /// of at most 255 bytes, none with `< > " | ? *` or a dot or blank at the end.
    pub fn fits(&self) -> bool {
        self.0.split('/').all(|name| {
            name.len() <= LONGEST_NAME
                && !name.contains(['<', '>', '"', '|', '?', '*'])
                && !name.ends_with(['.', ' '])
        })
    }
}

fn check(name: &str) -> Result<(), BadPath> {
    if name.is_empty() {
        return Err(BadPath::Empty);
    }
    if name == "." || name == ".." {
        return Err(BadPath::Dots);
    }
    if name.chars().any(|c| c.is_control() || c == '\\' || c == ':') {
        return Err(BadPath::Character);
    }
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem).trim_end();
    if DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        return Err(BadPath::Reserved);
    }
    Ok(())
}

impl fmt::Display for ArtifactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for ArtifactPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ArtifactPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn path(text: &str) -> ArtifactPath {
        ArtifactPath::parse(text).unwrap()
    }

    #[test]
    fn refuses_what_could_leave_the_folder_or_vanish() {
        for (text, why) in [
            ("", BadPath::Empty),
            ("/etc/passwd", BadPath::Empty),
            ("a//b", BadPath::Empty),
            ("a/", BadPath::Empty),
            ("..", BadPath::Dots),
            ("a/../../b", BadPath::Dots),
            ("a/./b", BadPath::Dots),
            ("a\\..\\b", BadPath::Character),
            ("C:/x", BadPath::Character),
            ("a\0b", BadPath::Character),
            ("a\nb", BadPath::Character),
            ("liutang/NUL", BadPath::Reserved),
            ("con.html", BadPath::Reserved),
            ("cafe\u{301}.html", BadPath::NotNormal),
        ] {
            assert_eq!(ArtifactPath::parse(text), Err(why), "{text:?}");
        }
        for text in ["index.html", "柳塘村/公告/停水 通知.html", "console/...x", ".well-known/a", "a：b"]
        {
            assert_eq!(path(text).as_str(), text);
        }
    }

    #[test]
    fn joins_and_takes_apart() {
        let page = path("liutang").join("notices/water/index.html").unwrap();
        assert_eq!(page.folder(), "liutang/notices/water");
        assert_eq!(page.parent(), Some(path("liutang/notices/water")));
        assert_eq!(page.name(), "index.html");
        assert_eq!((path("index.html").folder(), path("index.html").parent()), ("", None));
        assert_eq!(path("a").join("../b"), Err(BadPath::Dots));
        assert_eq!(path("a").join("/b"), Err(BadPath::Empty));
    }

    #[test]
    fn links_from_one_folder_to_another() {
        for (to, from, link) in [
            ("assets/style.css", "", "assets/style.css"),
            ("assets/style.css", "liutang/notices", "../../assets/style.css"),
            ("liutang/index.html", "liutang", "index.html"),
            ("liutang/a/index.html", "liutang/b", "../a/index.html"),
            ("liutang2/index.html", "liutang", "../liutang2/index.html"),
            ("index.html", "柳塘/公告", "../../index.html"),
            ("liutang", "liutang", "."),
        ] {
            assert_eq!(path(to).relative_to(from), link, "{to} from {from}");
        }
    }

    #[test]
    fn long_or_odd_names_do_not_fit() {
        assert!(path(&"村".repeat(85)).fits());
        assert!(!path(&"村".repeat(86)).fits());
        assert!(!path("为什么?/index.html").fits());
        assert!(!path("a./b").fits());
        assert_eq!(path("LiuTang/É").folded(), path("liutang/é").folded());
    }

    proptest! {
        #[test]
        fn a_link_leads_to_its_target(to in "[ab]{1,2}(/[ab]{1,2}){0,3}", from in "([ab]{1,2}(/[ab]{1,2}){0,3})?") {
            let mut here: Vec<&str> = from.split('/').filter(|n| !n.is_empty()).collect();
            let link = path(&to).relative_to(&from);
            for name in link.split('/') {
                match name {
                    ".." => { prop_assert!(here.pop().is_some()); }
                    "." => {}
                    _ => here.push(name),
                }
            }
            prop_assert_eq!(here.join("/"), to);
        }

        #[test]
        fn whatever_is_accepted_stays_inside(text in "\\PC{0,20}|[./\\\\a:]{0,12}") {
            if let Ok(path) = ArtifactPath::parse(&text) {
                let inside = std::path::Path::new(path.as_str())
                    .components()
                    .all(|part| matches!(part, std::path::Component::Normal(_)));
                prop_assert!(inside);
            }
        }
    }
}
