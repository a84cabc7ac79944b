//! Photos that come in: what is kept of them, and what is not.

use std::io::Cursor;

use flate2::Crc;
use image::DynamicImage;
use image::GenericImageView;
use image::ImageFormat;
use image::Rgb;
use image::RgbImage;
use image::Rgba;
use image::RgbaImage;
use zhugan::formats::photo::LARGEST_KEPT;
use zhugan::formats::photo::PhotoError;
use zhugan::formats::photo::cleaned;
use zhugan::model::photo::Picture;

const RED: [u8; 3] = [220, 20, 20];
const BLUE: [u8; 3] = [20, 20, 220];

/// What no kept photo may hold; each stands as it is in a file below.
const HIDDEN: &str = "<script>alert('120.4321,29.8765')</script>";

pub fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red at the left, blue at the right.
pub fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { RED } else { BLUE })
    })
}

/// The same with every pixel by chance, the same at every run: what no JPEG makes small.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u64;
    RgbImage::from_fn(width, height, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [red, green, blue, ..] = state.to_le_bytes();
        Rgb([red, green, blue])
    })
}

/// A JPEG with something right after its beginning.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

/// A JPEG that says how it is to be turned, and where it was taken (Exif 2.3: tags 0x0112 and 0x8825).
pub fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0]);
    exif.extend(u32::from(orientation).to_le_bytes());
    // The place begins behind this table, 38 bytes from its own beginning.
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend([1, 0, 0x1d, 0, 2, 0]);
    exif.extend((HIDDEN.len() as u32).to_le_bytes());
    exif.extend([56, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(HIDDEN.as_bytes());
    with_segment(jpeg, 0xe1, &exif)
}

/// A PNG with one more piece right behind its head.
fn with_chunk(png: &[u8], kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    const HEAD: usize = 33;
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let sum = crc.sum().to_be_bytes();
    [&png[..HEAD], &length, &kind, content, &sum, &png[HEAD..]].concat()
}

/// A PNG that says it is that large, with next to nothing in it.
pub fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    png
}

/// What is kept is a JPEG of a picture and of nothing else.
fn shown(picture: &Picture) -> DynamicImage {
    let jpeg = &picture.jpeg;
    assert!(jpeg.len() <= LARGEST_KEPT, "{}", jpeg.len());
    let text = String::from_utf8_lossy(jpeg);
    for hidden in ["script", "120.4", "Exif", "ICC", "html"] {
        assert!(!text.contains(hidden), "{hidden} is still there");
    }
    assert!(jpeg.ends_with(&[0xff, 0xd9]), "nothing comes after its end");
    let mut rest = &jpeg[2..];
    // Of all segments in front of the picture, only JFIF's own and those that a picture is read with.
    while rest[1] != 0xda {
        let (marker, length) = (rest[1], u16::from_be_bytes([rest[2], rest[3]]));
        assert!(
            matches!(marker, 0xe0 | 0xdb | 0xc0 | 0xc4),
            "a segment {marker:x}"
        );
        rest = &rest[2 + usize::from(length)..];
    }
    let image = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap();
    assert_eq!((picture.width, picture.height), image.dimensions());
    image
}

fn check_color(image: &DynamicImage, (x, y): (u32, u32), expected: [u8; 3]) {
    let Rgba([red, green, blue, _]) = image.get_pixel(x, y);
    let is_near = [red, green, blue]
        .iter()
        .zip(expected)
        .all(|(is, should)| is.abs_diff(should) < 24);
    assert!(is_near, "{red} {green} {blue} at {x}, {y}: {expected:?}");
}

#[test]
fn a_photo_is_kept_as_it_looks_whatever_it_comes_as() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let image = shown(&cleaned(&encoded(flag(64, 32), format)).unwrap());
        assert_eq!(image.dimensions(), (64, 32), "{format:?}");
        check_color(&image, (8, 16), RED);
        check_color(&image, (56, 16), BLUE);
    }
}

#[test]
fn a_large_photo_is_kept_as_large_as_a_screen() {
    for ((width, height), kept) in [
        ((4_096, 3_072), (2_048, 1_536)),
        ((1_000, 3_000), (683, 2_048)),
        ((2_048, 10), (2_048, 10)),
        ((30_000, 1), (2_048, 1)),
    ] {
        let png = encoded(flag(width, height), ImageFormat::Png);
        let image = shown(&cleaned(&png).unwrap());
        assert_eq!(image.dimensions(), kept);
    }
}

#[test]
fn a_photo_of_mere_noise_takes_no_more_room_than_any_other() {
    let picture = cleaned(&encoded(noise(2_600, 2_600), ImageFormat::Png)).unwrap();
    let (width, _) = shown(&picture).dimensions();
    assert!((512..2_048).contains(&width), "{width}");
}

#[test]
fn where_a_photo_was_taken_is_lost_and_how_it_is_turned_is_not() {
    let jpeg = encoded(flag(64, 32), ImageFormat::Jpeg);
    for (orientation, size, red, blue) in [
        (1, (64, 32), (8, 16), (56, 16)),
        (3, (64, 32), (56, 16), (8, 16)),
        (6, (32, 64), (16, 8), (16, 56)),
        (8, (32, 64), (16, 56), (16, 8)),
    ] {
        let sent = with_exif(&jpeg, orientation);
        assert!(String::from_utf8_lossy(&sent).contains(HIDDEN));
        let image = shown(&cleaned(&sent).unwrap());
        assert_eq!(image.dimensions(), size, "{orientation}");
        check_color(&image, red, RED);
        check_color(&image, blue, BLUE);
    }
}

#[test]
fn no_script_and_nothing_that_hides_in_a_photo_is_kept() {
    let jpeg = encoded(flag(64, 32), ImageFormat::Jpeg);
    let png = encoded(flag(64, 32), ImageFormat::Png);
    let page = format!("<html>{HIDDEN}</html>");
    let text = format!("Comment\0{HIDDEN}");
    for sent in [
        with_segment(&jpeg, 0xfe, HIDDEN.as_bytes()),
        with_segment(&jpeg, 0xed, HIDDEN.as_bytes()),
        [&jpeg, page.as_bytes()].concat(),
        with_chunk(&png, *b"tEXt", text.as_bytes()),
        [&png, page.as_bytes()].concat(),
    ] {
        let image = shown(&cleaned(&sent).unwrap());
        check_color(&image, (8, 16), RED);
    }
}

#[test]
fn what_shines_through_is_white_and_hides_nothing() {
    let mut image = RgbaImage::from_pixel(32, 32, Rgba([220, 20, 20, 0]));
    for (_, _, pixel) in image.enumerate_pixels_mut().filter(|(x, _, _)| *x < 16) {
        *pixel = Rgba([20, 20, 220, 255]);
    }
    let image = shown(&cleaned(&encoded(image, ImageFormat::Png)).unwrap());
    check_color(&image, (4, 16), BLUE);
    check_color(&image, (28, 16), [255; 3]);
}

#[test]
fn a_picture_that_says_it_is_enormous_is_refused_before_it_is_read() {
    for (width, height) in [(60_000, 60_000), (8_000, 5_001), (1, 40_000_001)] {
        let refused = cleaned(&claiming(width, height));
        assert_eq!(refused, Err(PhotoError::TooManyPixels { width, height }));
    }
    // Forty million are still taken, but there is nothing of them in the file.
    assert_eq!(cleaned(&claiming(8_000, 5_000)), Err(PhotoError::Damaged));
}

#[test]
fn a_file_that_ends_too_early_is_damaged() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(noise(64, 64), format);
        assert!(cleaned(&whole).is_ok());
        for of_ten in [2, 5, 9] {
            let part = &whole[..whole.len() * of_ten / 10];
            assert_eq!(cleaned(part), Err(PhotoError::Damaged), "{format:?}");
        }
    }
    let jpeg = with_exif(&encoded(noise(64, 64), ImageFormat::Jpeg), 1);
    let but_its_end = &jpeg[..jpeg.len() - 2];
    assert_eq!(cleaned(but_its_end), Err(PhotoError::Damaged));
}

#[test]
fn what_is_no_photo_is_refused_whatever_it_is_called() {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{HIDDEN}</svg>");
    for other in [
        b"".as_slice(),
        b"wo de zhugan bu jian le",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"%PDF-1.7",
        svg.as_bytes(),
    ] {
        assert_eq!(cleaned(other), Err(PhotoError::OtherKind));
    }
    for only_begins_so in [
        b"\xff\xd8\xff".as_slice(),
        b"\xff\xd8\xff\xd9\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x04\0\0\0WEBP",
    ] {
        assert_eq!(cleaned(only_begins_so), Err(PhotoError::Damaged));
    }
}

#[test]
fn a_photo_with_wrong_bytes_is_taken_or_refused_and_nothing_breaks() {
    let mut state = 7_usize;
    let mut chance = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = with_exif_of(format);
        let mut n_taken = 0;
        for _ in 0..400 {
            let mut sent = whole.clone();
            for _ in 0..=chance(4) {
                let at = chance(sent.len());
                sent[at] = chance(256) as u8;
            }
            n_taken += usize::from(cleaned(&sent).is_ok_and(|picture| !picture.jpeg.is_empty()));
        }
        assert!(n_taken < 400, "{format:?}: all are taken");
    }
}

fn with_exif_of(format: ImageFormat) -> Vec<u8> {
    let bytes = encoded(noise(24, 24), format);
    if format == ImageFormat::Jpeg {
        return with_exif(&bytes, 6);
    }
    bytes
}

#[test]
fn a_photo_that_was_kept_stays_as_it_is_when_it_is_sent_again() {
    let jpeg = encoded(flag(640, 480), ImageFormat::Jpeg);
    assert_eq!(cleaned(&jpeg), cleaned(&jpeg));
}
