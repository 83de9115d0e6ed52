//! Pictures, with the text in what cameras and programs write beside the picture.

use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};

/// The picture that a place means, with its ending; `None` for other places.
pub fn picture(place: &str, text: &str) -> Option<(&'static str, Vec<u8>)> {
    let text = text.to_owned();
    let chunk = |kind: &[u8; 4], before: &str| png(*kind, format!("{before}{text}"));
    Some(match place {
        "png-text" => ("png", chunk(b"tEXt", "Author\0")),
        "png-international" => ("png", chunk(b"iTXt", "Title\0\0\0\0\0")),
        "png-exif" => ("png", chunk(b"eXIf", "MM\0*\0\0\0\u{8}")),
        "png-trailer" => ("png", [png(*b"tIME", String::new()), text.into_bytes()].concat()),
        "jpeg-exif" => ("jpg", jpeg(markers::APP1, &format!("Exif\0\0MM\0*{text}"))),
        "jpeg-xmp" => ("jpg", jpeg(markers::APP1, &format!("http://ns.adobe.com/xap/1.0/\0<x>{text}</x>"))),
        "jpeg-iptc" => ("jpg", jpeg(markers::APP13, &format!("Photoshop 3.0\0{text}"))),
        "jpeg-comment" => ("jpg", jpeg(markers::COM, &text)),
        "jpeg-trailer" => ("jpg", [jpeg(markers::COM, ""), text.into_bytes()].concat()),
        _ => return None,
    })
}

const PNG: &[u8] = include_bytes!("../../content/files/fanghuo-jianchadian.png");

fn png(kind: [u8; 4], text: String) -> Vec<u8> {
    let mut png = Png::from_bytes(Bytes::from(PNG)).unwrap();
    png.chunks_mut().insert(1, PngChunk::new(kind, Bytes::from(text)));
    png.encoder().bytes().to_vec()
}

fn jpeg(marker: u8, text: &str) -> Vec<u8> {
    let mut jpeg =
        Jpeg::from_bytes(Bytes::from_static(include_bytes!("../../content/liutang/photos/posted.jpg")))
            .unwrap();
    jpeg.segments_mut().insert(1, JpegSegment::new_with_contents(marker, Bytes::from(text.to_owned())));
    jpeg.encoder().bytes().to_vec()
}
