//! PDF: the letters of each page as a reader would copy them, and every string and stream of the file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use encoding_rs::{UTF_16BE, WINDOWS_1252};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, MaybeRef, Name, Object, Stream};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, InterpreterWarning, SoftMask, interpret_page,
};

use super::{Document, Sealed, Spot};
use crate::privacy::Form;

/// How deep arrays and dictionaries may lie in each other.
const DEEPEST: u8 = 32;

/// Takes in a PDF.
pub(super) fn take(document: &mut Document, name: &str, bytes: &[u8]) -> Result<(), Sealed> {
    // The reader is a library that the whole variety of broken files comes to; where it falls, nothing has been searched.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut found = Document { taken: document.taken, ..Document::default() };
        read(&mut found, name, bytes).map(|()| found)
    }));
    let found = read.unwrap_or(Err(Sealed::Broken))?;
    document.taken = found.taken;
    document.pictures += found.pictures;
    document.pieces.extend(found.pieces);
    Ok(())
}

fn read(document: &mut Document, name: &str, bytes: &[u8]) -> Result<(), Sealed> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Sealed::Protected,
        _ => Sealed::Broken,
    })?;
    if pdf.xref().has_optional_content_groups() {
        return Err(Sealed::Layers);
    }
    let unsupported = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&unsupported);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                noted.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut letters = Letters::default();
        let everything = Rect::new(-1e6, -1e6, 1e6, 1e6);
        let mut context = Context::new(Affine::IDENTITY, everything, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut letters);
        let page = Spot::Page(index + 1);
        if letters.unknown || unsupported.load(Ordering::Relaxed) {
            return Err(Sealed::Unreadable(page));
        }
        if letters.pictures > 0 && letters.text.trim().is_empty() {
            return Err(Sealed::Scanned(page));
        }
        document.pictures += letters.pictures;
        document.add_at(page, Form::Text, letters.text.into_bytes())?;
    }
    for object in pdf.objects() {
        take_object(document, name, &object, 0)?;
    }
    Ok(())
}

/// Takes in what an object says outside of its pages: titles, remarks, fields, bookmarks, attachments.
fn take_object(document: &mut Document, name: &str, object: &Object<'_>, depth: u8) -> Result<(), Sealed> {
    if depth > DEEPEST {
        return Err(Sealed::TooLarge);
    }
    match object {
        Object::String(string) => document.add(name, Form::Text, string_text(string.as_bytes()).into_bytes()),
        Object::Array(array) => array.raw_iter().try_for_each(|item| match item {
            // What is referred to is an object of its own.
            MaybeRef::Ref(_) => Ok(()),
            MaybeRef::NotRef(item) => take_object(document, name, &item, depth + 1),
        }),
        Object::Dict(dict) => take_dict(document, name, dict, depth),
        Object::Stream(stream) => {
            take_dict(document, name, stream.dict(), depth)?;
            take_stream(document, name, stream)
        }
        _ => Ok(()),
    }
}

fn take_dict(document: &mut Document, name: &str, dict: &Dict<'_>, depth: u8) -> Result<(), Sealed> {
    for (_, value) in dict.entries() {
        if let MaybeRef::NotRef(value) = value {
            take_object(document, name, &value, depth + 1)?;
        }
    }
    Ok(())
}

/// Takes in a stream that is neither a picture nor a font: content, properties, files inside.
fn take_stream(document: &mut Document, name: &str, stream: &Stream<'_>) -> Result<(), Sealed> {
    let dict = stream.dict();
    let says = |key: &str, value: &str| dict.get::<Name<'_>>(key).is_some_and(|name| name.as_str() == value);
    let is_font = ["CIDFontType0C", "Type1C", "OpenType"].iter().any(|kind| says("Subtype", kind));
    if says("Subtype", "Image") || is_font || dict.contains_key("Length1") {
        return Ok(());
    }
    if says("Type", "EmbeddedFile") {
        return Err(Sealed::Part(Spot::Part("EmbeddedFile".to_owned())));
    }
    match stream.decoded() {
        Ok(bytes) => document.add(name, Form::Text, bytes.into_owned()),
        Err(_) => Err(Sealed::Broken),
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 with its mark, else letters of one byte.
fn string_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The letters of a page in the order they are drawn, a line each where the next one stands elsewhere.
#[derive(Default)]
struct Letters {
    text: String,
    pictures: usize,
    /// Whether a letter could not be told.
    unknown: bool,
    /// Where the next letter is expected, and how high letters are there.
    next: Option<(Point, f64)>,
}

impl Device<'_> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let height = (place * Point::new(0.0, 1000.0) - at).hypot();
            if let Some((next, size)) = self.next {
                let line = size.max(height).max(f64::EPSILON);
                if (at.y - next.y).abs() > line * 0.5 || at.x < next.x - line {
                    self.text.push('\n');
                } else if at.x > next.x + line * 1.5 {
                    self.text.push('\t');
                } else if at.x > next.x + line * 0.6 {
                    self.text.push(' ');
                }
            }
            let width = match &**glyph {
                Glyph::Outline(letter) => letter.advance_width().map_or(500.0, f64::from),
                Glyph::Type3(_) => 500.0,
            };
            self.next = Some((place * Point::new(width, 0.0), height));
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => self.push(letter),
                Some(BfString::String(letters)) => letters.chars().for_each(|letter| self.push(letter)),
                None => self.unknown = true,
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Letters {
    fn push(&mut self, letter: char) {
        match letter {
            // Letters that only the font of this file knows.
            '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => self.unknown = true,
            letter => self.text.push(letter),
        }
    }
}
