//! Pictures without what cameras and programs write into them: place, time, names of devices and people.

use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;

/// Chunks of a PNG that are needed to show it; all others are dropped.
const NEEDED_CHUNKS: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"];

/// A PNG or JPEG picture without metadata, and without anything that follows its end. `None` when the bytes
/// are no such picture.
pub fn without_metadata(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let mut png = Png::from_bytes(Bytes::from(bytes)).ok()?;
        png.chunks_mut().retain(|chunk| NEEDED_CHUNKS.contains(&&chunk.kind()));
        png.dimensions()?;
        Some(png.encoder().bytes().to_vec())
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        let end = bytes.windows(2).rposition(|pair| pair == b"\xff\xd9")? + 2;
        let mut jpeg = Jpeg::from_bytes(Bytes::from(bytes).slice(..end)).ok()?;
        jpeg.segments_mut().retain(|segment| is_needed(segment.marker()));
        Some(jpeg.encoder().bytes().to_vec())
    } else {
        None
    }
}

/// Whether a segment of a JPEG is needed to show it: not comments, and of the application segments only
/// JFIF's own and the one that tells how colours are stored.
fn is_needed(marker: u8) -> bool {
    match marker {
        markers::COM => false,
        markers::APP0 | markers::APP14 => true,
        markers::APP1..=markers::APP15 => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of one pixel with a text chunk.
    fn png_with_text() -> Vec<u8> {
        let png = include_bytes!("../../content/files/fanghuo-jianchadian.png").to_vec();
        let mut png = Png::from_bytes(Bytes::from(png)).expect("a PNG");
        let text = img_parts::png::PngChunk::new(*b"tEXt", Bytes::from_static(b"Author\0somebody"));
        png.chunks_mut().insert(1, text);
        png.encoder().bytes().to_vec()
    }

    #[test]
    fn metadata_of_a_png_is_gone_and_the_picture_stays() {
        let clean = without_metadata(png_with_text()).expect("a PNG");
        assert!(!clean.windows(8).any(|bytes| bytes == b"somebody"));
        assert!(Png::from_bytes(Bytes::from(clean)).is_ok());
    }

    #[test]
    fn metadata_of_a_jpeg_and_what_follows_its_end_are_gone() {
        let mut bytes = b"\xff\xd8\xff\xe1\x00\x0aExif-GPS\xff\xfe\x00\x06name".to_vec();
        bytes.extend(b"\xff\xdb\x00\x04\x00\x01\xff\xda\x00\x04\x01\x02\x11\x22\xff\xd9trailing words");
        let clean = without_metadata(bytes).expect("a JPEG");
        for gone in [&b"Exif"[..], b"name", b"trailing"] {
            assert!(!clean.windows(gone.len()).any(|bytes| bytes == gone), "{gone:?} is still there");
        }
        assert!(clean.starts_with(b"\xff\xd8\xff\xdb"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b""[..], b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\xff\xff"] {
            assert_eq!(without_metadata(bytes.to_vec()), None, "{bytes:?}");
        }
    }
}
