//! Zip archives: Office Open XML, OpenDocument, and plain archives.

use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Document, MOST_TEXT, Sealed, Spot, ending, xml};
use crate::privacy::Form;

/// The most parts of an archive.
const MOST_PARTS: usize = 20_000;

impl From<ZipError> for Sealed {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Protected,
            _ => Self::Broken,
        }
    }
}

/// Takes in every part of an archive, its name too.
pub(super) fn take(document: &mut Document, name: &str, bytes: &[u8], depth: u8) -> Result<(), Sealed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > MOST_PARTS {
        return Err(Sealed::TooLarge);
    }
    document.add(name, Form::Text, archive.comment().to_vec())?;
    for index in 0..archive.len() {
        let part = archive.by_index(index)?;
        // Names of archives made in China are often GBK.
        let written = std::str::from_utf8(part.name_raw()).map(str::to_owned);
        let path =
            written.unwrap_or_else(|_| GB18030.decode_without_bom_handling(part.name_raw()).0.into_owned());
        document.add(&path, Form::Path, path.clone().into_bytes())?;
        document.add(&path, Form::Text, part.comment().as_bytes().to_vec())?;
        if part.is_dir() {
            continue;
        }
        let room = u64::try_from(MOST_TEXT).unwrap_or(u64::MAX);
        let mut unpacked = Vec::new();
        part.take(room + 1).read_to_end(&mut unpacked).map_err(|_| Sealed::Broken)?;
        if unpacked.len() > MOST_TEXT {
            return Err(Sealed::TooLarge);
        }
        take_part(document, &path, unpacked, depth)?;
    }
    Ok(())
}

fn take_part(document: &mut Document, path: &str, bytes: Vec<u8>, depth: u8) -> Result<(), Sealed> {
    match ending(path).as_str() {
        "xml" | "rels" | "vml" | "rdf" | "svg" => {
            let text = xml::text(&bytes, path).ok_or_else(|| Sealed::Part(Spot::Part(path.to_owned())))?;
            document.add(path, Form::Text, text.into_bytes())?;
            // Attributes too, and what stands between tags that are set anywhere.
            document.add(path, Form::Xml, bytes)
        }
        "txt" | "csv" | "md" | "json" | "htm" | "html" | "css" | "ics" => {
            let text = decoded(&bytes).ok_or_else(|| Sealed::Part(Spot::Part(path.to_owned())))?;
            document.add(path, form_of(path), text.into_bytes())
        }
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "webp" => {
            // The small picture of the first page shows what is searched anyway.
            document.pictures += usize::from(!path.to_ascii_lowercase().contains("thumbnail"));
            // What cameras and programs wrote into it is text.
            document.add(path, Form::Text, bytes)
        }
        // Fonts, and how a printer is set: neither holds what somebody wrote.
        "odttf" | "ttf" | "otf" | "fntdata" => Ok(()),
        "bin" if path.contains("printerSettings") => Ok(()),
        // Of OpenDocument files: their kind, and how lines were broken last.
        "" if path == "mimetype" => document.add(path, Form::Text, bytes),
        "" if path == "layout-cache" => Ok(()),
        _ => match document.take(path, &bytes, depth + 1) {
            Err(Sealed::UnknownKind) => Err(Sealed::Part(Spot::Part(path.to_owned()))),
            taken => taken,
        },
    }
}

fn form_of(path: &str) -> Form {
    match ending(path).as_str() {
        "csv" => Form::Csv,
        "md" => Form::Markdown,
        "json" => Form::Json,
        "htm" | "html" => Form::Html,
        "ics" => Form::Ics,
        _ => Form::Text,
    }
}

/// Text in UTF-8, UTF-16 with its mark, or GB18030; `None` for anything else.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)?;
        return Some(text.into_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()),
    }
}
