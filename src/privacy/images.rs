//! Pictures without what cameras and programs write into them: place, time, names of devices and people; and no larger than
//! pages show them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};
use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;

/// Chunks of a PNG that are needed to show it; all others are dropped.
const NEEDED_CHUNKS: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"];

/// The most pixels of a picture: more than any camera of an office takes. Beyond them a small file could be made that fills
/// the memory of whoever looks at it.
const MOST_PIXELS: u64 = 64_000_000;
/// The most bytes that decoding a picture may take.
const MOST_BYTES: u64 = MOST_PIXELS * 8;
/// Quality of JPEGs written anew.
const QUALITY: u8 = 85;

/// Why a picture is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no PNG or JPEG, or broken.
    NoPicture,
    /// It has more pixels than can be looked at.
    TooLarge,
}

/// A picture without metadata whose longer side has at most `most` pixels, the right way up. One that is small enough and
/// needs no turning keeps every pixel as it is; the same picture always gives the same bytes.
///
/// # Errors
/// When it is no picture, or far too large.
pub fn published_picture(bytes: Vec<u8>, most: u32) -> Result<Vec<u8>, Unfit> {
    // A decoder is a library that the whole variety of broken files comes to; where it falls, there is no picture.
    let made = catch_unwind(AssertUnwindSafe(|| made_anew(&bytes, most)));
    match made.unwrap_or(Err(Unfit::NoPicture))? {
        Some(anew) => without_metadata(anew),
        None => without_metadata(bytes),
    }
    .ok_or(Unfit::NoPicture)
}

/// The picture turned and made smaller; `None` where neither is needed.
fn made_anew(bytes: &[u8], most: u32) -> Result<Option<Vec<u8>>, Unfit> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _ => return Err(Unfit::NoPicture),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unfit::NoPicture)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unfit::TooLarge);
    }
    // Where the camera's note of it is broken, the picture stands as it was taken.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    if width.max(height) <= most && orientation == Orientation::NoTransforms {
        return Ok(None);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::NoPicture)?;
    picture.apply_orientation(orientation);
    if width.max(height) > most {
        picture = picture.resize(most, most, FilterType::Triangle);
    }
    encoded(&picture, format).map(Some).map_err(|_| Unfit::NoPicture)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture.to_rgb8())?;
        }
        _ => picture.write_to(&mut Cursor::new(&mut bytes), format)?,
    }
    Ok(bytes)
}

/// A PNG or JPEG picture without metadata, and without anything that follows its end. `None` when the bytes
/// are no such picture.
fn without_metadata(bytes: Vec<u8>) -> Option<Vec<u8>> {
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

    /// A picture of `width` × `height` pixels, its upper left one red.
    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut picture = DynamicImage::new_rgb8(width, height);
        picture.as_mut_rgb8().expect("RGB").put_pixel(0, 0, image::Rgb([255, 0, 0]));
        encoded(&picture, format).expect("a picture")
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .expect("a format")
            .into_dimensions()
            .expect("a size")
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_a_small_one_keeps_its_pixels() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let large = picture(900, 300, format);
            let small = published_picture(large.clone(), 480).expect("a picture");
            assert_eq!(size(&small), (480, 160));
            assert_eq!(published_picture(large, 480).as_ref(), Ok(&small), "not the same bytes");
            assert_eq!(published_picture(small.clone(), 480), Ok(small));
        }
    }

    #[test]
    fn a_photo_taken_sideways_stands_upright() {
        // Orientation 6: to be turned by a quarter.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut jpeg = Jpeg::from_bytes(Bytes::from(picture(64, 16, ImageFormat::Jpeg))).expect("a JPEG");
        let segment =
            img_parts::jpeg::JpegSegment::new_with_contents(markers::APP1, Bytes::from_static(exif));
        jpeg.segments_mut().insert(1, segment);
        let upright = published_picture(jpeg.encoder().bytes().to_vec(), 480).expect("a picture");
        assert_eq!(size(&upright), (16, 64));
        assert!(!upright.windows(4).any(|bytes| bytes == b"Exif"));
    }

    #[test]
    fn a_small_file_of_too_many_pixels_is_refused() {
        let mut png = Png::from_bytes(Bytes::from(picture(8, 8, ImageFormat::Png))).expect("a PNG");
        let mut header = png.chunks_mut()[0].contents().to_vec();
        header[..8].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        png.chunks_mut()[0] = img_parts::png::PngChunk::new(*b"IHDR", Bytes::from(header));
        assert_eq!(published_picture(png.encoder().bytes().to_vec(), 480), Err(Unfit::TooLarge));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b""[..], b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\xff\xff"] {
            assert_eq!(without_metadata(bytes.to_vec()), None, "{bytes:?}");
        }
    }
}
