//! The zip archive around XLSX and ODS, opened with its limits held to.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use zip::ZipArchive;
use zip::result::ZipError;

use super::MOST_PART_BYTES;
use super::page::Fault;

/// Deflate cannot shrink anything further than this.
const MOST_SHRINKING: u64 = 1032;

/// A zip archive whose parts are known to be of bearable size and to have one name each.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl From<ZipError> for Fault {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Protected,
            _ => Self::Broken,
        }
    }
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        let mut names = BTreeSet::new();
        for number in 0..zip.len() {
            let part = zip.by_index(number)?;
            // Programs look parts up without regard to case: a second part of a name could be the one read.
            if !names.insert(part.name().replace('\\', "/").to_ascii_lowercase()) {
                return Err(Fault::Broken);
            }
            // The size that an archive states need not be true; only what unpacks counts.
            if part.compressed_size() > MOST_PART_BYTES / MOST_SHRINKING {
                let mut limited = part.take(MOST_PART_BYTES + 1);
                let size = std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| Fault::Broken)?;
                if size > MOST_PART_BYTES {
                    return Err(Fault::TooLarge);
                }
            }
        }
        Ok(Self { zip })
    }

    /// The name of the part called `path` without regard to case.
    pub(super) fn find(&self, path: &str) -> Option<String> {
        let mut names = self.zip.file_names();
        names.find(|name| name.replace('\\', "/").eq_ignore_ascii_case(path)).map(str::to_owned)
    }

    /// A reader of the XML in a part.
    pub(super) fn xml(&mut self, path: &str) -> Result<Reader<impl std::io::BufRead + use<'_, 'a>>, Fault> {
        let name = self.find(path).ok_or(Fault::Broken)?;
        let part = self.zip.by_name(&name)?;
        let mut reader = Reader::from_reader(BufReader::new(part));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Ok(reader)
    }
}

impl From<quick_xml::Error> for Fault {
    fn from(_: quick_xml::Error) -> Self {
        Self::Broken
    }
}

/// The attribute whose name, without its prefix, is `name`.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Fault> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::Broken)?;
        if attribute.key.local_name().as_ref() == name.as_bytes() {
            return value(element, &attribute).map(Some);
        }
    }
    Ok(None)
}

/// The value of an attribute of `element`, references resolved.
pub(super) fn value(element: &BytesStart<'_>, attribute: &Attribute<'_>) -> Result<String, Fault> {
    let value = attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, element.decoder())?;
    Ok(value.into_owned())
}

/// The attribute as a number; `None` where it is missing or none.
pub(super) fn numeric<T: std::str::FromStr>(
    element: &BytesStart<'_>,
    name: &str,
) -> Result<Option<T>, Fault> {
    Ok(attribute(element, name)?.and_then(|value| value.trim().parse().ok()))
}
