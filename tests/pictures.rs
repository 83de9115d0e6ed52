//! Pictures are published without metadata, no larger than they are shown, and small where a page shows them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF};

use crate::harness::Board;

/// A photo as a telephone takes it: large, with the place in it.
fn photo() -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::new_rgb8(2400, 1800).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
    let mut jpeg = Jpeg::from_bytes(Bytes::from(bytes)).unwrap();
    let place = Bytes::from_static(b"Exif\0\0MM\0*GPSLatitude");
    jpeg.segments_mut().insert(1, JpegSegment::new_with_contents(markers::APP1, place));
    jpeg.encoder().bytes().to_vec()
}

fn size(bytes: &[u8]) -> (u32, u32) {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().into_dimensions().unwrap()
}

#[test]
fn a_posting_is_shown_small_and_leads_to_the_large_picture() {
    let about = "title = \"临时救助公示\"\nitem = \"临时救助\"\nstage = \"proposed\"\nauthority = \"云溪镇人民政府\"\n\
        table = \"a.csv\"\n[notice_period]\nstart = 2026-11-20\n[objections]\nto = \"民政办\"\nphone = \"0009-3780012\"\n\
        [posting]\nplace = \"公示栏\"\nby = \"zhou\"\non = 2026-11-20\nphoto = \"photos/公示 1.jpg\"\n";
    let board = Board::small()
        .with("subsidies/a.toml", about)
        .with("subsidies/a.csv", "姓名,村组,金额\n文顺,一组,500.00\n")
        .with("photos/公示 1.jpg", photo());
    let _ = board.build().exits(0);
    let published = board.published();
    let page = String::from_utf8_lossy(&published["subsidies/a/index.html"]).into_owned();
    let name = "%E5%85%AC%E7%A4%BA%201.jpg";
    let link = format!("<a href=\"../../photos/{name}\"><img src=\"../../assets/small/photos/{name}\"");
    assert!(page.contains(&link), "{page}");
    for (path, expected) in
        [("photos/公示 1.jpg", (1600, 1200)), ("assets/small/photos/公示 1.jpg", (960, 720))]
    {
        let bytes = &published[path];
        assert_eq!(size(bytes), expected, "{path}");
        assert_eq!(Jpeg::from_bytes(Bytes::from(bytes.clone())).unwrap().exif(), None, "{path}");
    }
}
