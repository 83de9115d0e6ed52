//! Attachments opened for the search: office documents, workbooks, PDFs and archives, as the texts that are in them.
//!
//! A document is searched in all its parts, shown or not: hidden sheets, comments, deleted text, properties, attachments
//! inside. What cannot be read for certain is [`Sealed`], and a sealed document does not leave unless the board trusts it.
//! Text in pictures is seen by nobody here, so pictures are counted.

mod compound;
mod package;
mod pdf;
mod xml;

use super::Form;

/// The most text taken out of one document, in bytes.
const MOST_TEXT: usize = 64 << 20;

/// How deep archives may lie in archives.
const DEEPEST: u8 = 3;

/// What was found in a document.
#[derive(Debug, Default)]
pub struct Document {
    /// Its texts.
    pub pieces: Vec<Piece>,
    /// How many pictures there are, whose text nobody can search.
    pub pictures: usize,
    taken: usize,
}

/// A text in a document.
#[derive(Debug)]
pub struct Piece {
    /// Where it stands.
    pub spot: Spot,
    /// How a person's text is got from it.
    pub form: Form,
    /// The text.
    pub bytes: Vec<u8>,
}

/// Where in a document a text stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// In the part of this name, or somewhere in the file of this name.
    Part(String),
    /// On the page with this number, from 1.
    Page(usize),
}

/// Why a document cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// It is none of the kinds that can be opened.
    UnknownKind,
    /// It is not what it seems to be, or broken.
    Broken,
    /// It is behind a password.
    Protected,
    /// It unpacks to more than can be looked at, or holds archives in archives in archives.
    TooLarge,
    /// It holds something that cannot be searched, such as a program.
    Part(Spot),
    /// It is a PDF with nothing but pictures on a page.
    Scanned(Spot),
    /// It is a PDF whose letters cannot be told on a page.
    Unreadable(Spot),
    /// It is a PDF with layers, of which not all are shown.
    Layers,
}

impl Document {
    /// A document that the program makes itself, of which it knows the texts.
    pub fn of_texts(texts: impl IntoIterator<Item = (Spot, String)>) -> Self {
        let piece = |(spot, text): (Spot, String)| Piece { spot, form: Form::Text, bytes: text.into_bytes() };
        Self { pieces: texts.into_iter().map(piece).collect(), ..Self::default() }
    }

    /// Opens a document whose kind is told by its `name` and its first bytes.
    ///
    /// # Errors
    /// Why it cannot be searched.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Self, Sealed> {
        let mut document = Self::default();
        document.take(name, bytes, 0)?;
        Ok(document)
    }

    /// Takes in a document that stands `depth` archives deep.
    fn take(&mut self, name: &str, bytes: &[u8], depth: u8) -> Result<(), Sealed> {
        if depth > DEEPEST {
            return Err(Sealed::TooLarge);
        }
        match ending(name).as_str() {
            "docx" | "pptx" | "xlsx" | "odt" | "ods" | "odp" | "zip" => {
                package::take(self, name, bytes, depth)
            }
            "xls" => compound::take(self, name, bytes),
            "pdf" => pdf::take(self, name, bytes),
            _ => Err(Sealed::UnknownKind),
        }
    }

    fn add(&mut self, part: &str, form: Form, bytes: Vec<u8>) -> Result<(), Sealed> {
        self.add_at(Spot::Part(part.to_owned()), form, bytes)
    }

    fn add_at(&mut self, spot: Spot, form: Form, bytes: Vec<u8>) -> Result<(), Sealed> {
        self.taken += bytes.len();
        if self.taken > MOST_TEXT {
            return Err(Sealed::TooLarge);
        }
        self.pieces.push(Piece { spot, form, bytes });
        Ok(())
    }
}

/// The ending of a name, in small letters.
fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
