//! The fonts of the sheets: those that the board names first, then the built-in ones.

use fontdb::Database;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::settings::SheetSettings;
use crate::source::{Files, Located};

const NO_SUCH_FONT: Code = Code::error("no-such-font");
const FONT_OF_MACHINE: Code = Code::warning("font-of-machine");

/// The built-in fonts; `themes/default/fonts` says where they come from.
const BUILT_IN: [&[u8]; 3] = [
    include_bytes!("../../themes/default/fonts/GongshiHei-Regular.otf"),
    include_bytes!("../../themes/default/fonts/GongshiHei-Bold.otf"),
    include_bytes!("../../themes/default/fonts/GongshiSong-Bold.otf"),
];

/// The family of text.
const TEXT: &str = "Gongshi Hei";
/// The family of titles.
const TITLES: &str = "Gongshi Song";

/// The folder of the content that holds the board's own fonts.
const FOLDER: &str = "fonts/";

/// The fonts that sheets may use, and no other.
pub(super) struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The families that the board names, in its order.
    own: Vec<String>,
    /// Those of them that are the machine's.
    of_machine: Vec<String>,
    digest: blake3::Hash,
}

impl Fonts {
    /// The families that the settings name, each from the board's own files, else from the machine where that is allowed,
    /// which is said; and the built-in ones.
    pub(super) fn of(settings: &SheetSettings, files: &Files, problems: &mut Problems) -> Self {
        let in_folder = files.iter().filter(|(_, path)| path.starts_with(FOLDER));
        let ours: Vec<Font> = in_folder
            .filter_map(|(file, _)| files.read(file))
            .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
            .collect();
        let mut machine: Option<Database> = None;
        let mut fonts = Vec::new();
        let (mut own, mut machines) = (Vec::new(), Vec::new());
        for family in &settings.fonts {
            let found: Vec<Font> = ours.iter().filter(|font| is_of(font, &family.value)).cloned().collect();
            let on_machine = found.is_empty() && settings.system_fonts;
            let found = match on_machine {
                true => of_machine(machine.get_or_insert_with(scan), family, problems),
                false => found,
            };
            if found.is_empty() {
                problems.add(Diagnostic::new(NO_SUCH_FONT, family.place).with("family", &family.value));
                continue;
            }
            own.push(family.value.clone());
            machines.extend(on_machine.then(|| family.value.clone()));
            fonts.extend(found);
        }
        fonts.extend(BUILT_IN.into_iter().map(Bytes::new).flat_map(Font::iter));
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let mut digest = blake3::Hasher::new();
        for font in &fonts {
            digest.update(&(font.data().len() as u64).to_le_bytes());
            digest.update(font.data());
        }
        Self { book, fonts, own, of_machine: machines, digest: digest.finalize() }
    }

    /// The families that are the machine's own.
    pub(super) fn of_machine(&self) -> &[String] {
        &self.of_machine
    }

    /// What the typesetter knows of them.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// A font by its number in the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The families of text: the first that has a character prints it.
    pub(super) fn of_text(&self) -> Vec<&str> {
        self.own.iter().map(String::as_str).chain([TEXT]).collect()
    }

    /// The families of titles.
    pub(super) fn of_titles(&self) -> Vec<&str> {
        [TITLES].into_iter().chain(self.own.iter().map(String::as_str)).chain([TEXT]).collect()
    }

    /// Whether text can hold a character.
    pub(super) fn print(&self, character: char) -> bool {
        let of_text = |font: &&Font| !is_of(font, TITLES);
        self.fonts.iter().filter(of_text).any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// A digest of all their bytes.
    pub(super) fn digest(&self) -> blake3::Hash {
        self.digest
    }
}

fn is_of(font: &Font, family: &str) -> bool {
    font.info().family.eq_ignore_ascii_case(family)
}

fn scan() -> Database {
    let mut machine = Database::new();
    machine.load_system_fonts();
    machine
}

/// The faces of a family that the machine has. The sheets of another machine may look otherwise, which is said.
fn of_machine(machine: &Database, family: &Located<String>, problems: &mut Problems) -> Vec<Font> {
    let named = |face: &&fontdb::FaceInfo| {
        face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(&family.value))
    };
    let mut faces: Vec<&fontdb::FaceInfo> = machine.faces().filter(named).collect();
    faces.sort_by(|a, b| a.post_script_name.cmp(&b.post_script_name));
    let font = |face: &fontdb::FaceInfo| {
        machine.with_face_data(face.id, |bytes, index| Font::new(Bytes::new(bytes.to_vec()), index)).flatten()
    };
    let found: Vec<Font> =
        faces.into_iter().filter_map(font).filter(|font| is_of(font, &family.value)).collect();
    if !found.is_empty() {
        problems.add(Diagnostic::new(FONT_OF_MACHINE, family.place).with("family", &family.value));
    }
    found
}
