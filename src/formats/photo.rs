//! Photos that people send: read with bounds, and written anew, so that no place, no script and no hidden byte goes on.

use std::io::Cursor;

use image::DynamicImage;
use image::GenericImageView;
use image::ImageDecoder;
use image::ImageFormat;
use image::ImageReader;
use image::Limits;
use image::Rgb;
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;

use crate::model::photo::Picture;

/// So many pixels are taken at most: more than telephones take unless they are told to.
pub const MOST_PIXELS: u64 = 40_000_000;

/// What a picture may need while it is read, bytes: so many pixels with some depth.
const MOST_MEMORY: u64 = 256 << 20;

/// The long edge of what is kept, pixels; the shorter ones are for pictures of mere noise, which no JPEG makes small.
const EDGES: [u32; 5] = [2_048, 1_448, 1_024, 724, 512];

/// What is kept has so many bytes at most.
pub const LARGEST_KEPT: usize = 1_536 << 10;

/// The quality of what is kept, of 100.
const QUALITY: u8 = 80;

/// Why a file is not taken as a photo; each says what would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Another kind of file, whatever it is called.
    #[error("is neither a JPEG, a PNG nor a WebP, whatever its name says; send one of these")]
    OtherKind,
    /// More pixels than anybody needs.
    #[error(
        "has {width} x {height} pixels; at most {} million are taken, so send a smaller one",
        MOST_PIXELS / 1_000_000
    )]
    TooManyPixels {
        /// As the file says.
        width: u32,
        /// As the file says.
        height: u32,
    },
    /// A file that ends too early, or is not what it begins as.
    #[error("is damaged or ends too early; send it again, or take another")]
    Damaged,
}

/// What is kept of a photo: upright, at most 2,048 pixels long, JPEG without anything but the picture.
///
/// # Errors
///
/// If the file is no photo, is damaged, or has more than [`MOST_PIXELS`].
pub fn cleaned(bytes: &[u8]) -> Result<Picture, PhotoError> {
    let (image, orientation) = read(bytes)?;
    let mut kept = None;
    for edge in EDGES {
        let picture = written(&image, orientation, edge)?;
        let fits = picture.jpeg.len() <= LARGEST_KEPT;
        kept = Some(picture);
        if fits {
            break;
        }
    }
    kept.ok_or(PhotoError::Damaged)
}

fn read(bytes: &[u8]) -> Result<(DynamicImage, Orientation), PhotoError> {
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) =
        image::guess_format(bytes)
    else {
        return Err(PhotoError::OtherKind);
    };
    // The reader of JPEG makes up what is missing.
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        return Err(PhotoError::Damaged);
    }
    let damaged = |_| PhotoError::Damaged;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // The head of the file says so, and no pixel has been read yet.
    let (width, height) = decoder.dimensions();
    let is_too_deep = MOST_MEMORY < decoder.total_bytes();
    if is_too_deep || MOST_PIXELS < u64::from(width) * u64::from(height) {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    Ok((image, orientation))
}

fn written(
    image: &DynamicImage,
    orientation: Orientation,
    edge: u32,
) -> Result<Picture, PhotoError> {
    let (width, height) = image.dimensions();
    let mut small = if edge < width.max(height) {
        image.thumbnail(edge, edge)
    } else {
        image.clone()
    };
    small.apply_orientation(orientation);
    let picture = on_white(small);
    let mut jpeg = Vec::new();
    let written = JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&picture);
    written.map_err(|_| PhotoError::Damaged)?;
    Ok(Picture {
        jpeg,
        width: picture.width(),
        height: picture.height(),
    })
}

/// What shines through is white: what hides behind it was not to be seen.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let over = |color: u8| {
            let (color, alpha) = (u32::from(color), u32::from(alpha));
            ((color * alpha + 255 * (255 - alpha)) / 255) as u8
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

/// Whether a JPEG comes to its own end: the marker of it after the first scan (ITU-T T.81, annex B).
fn has_end(jpeg: &[u8]) -> bool {
    const SCAN: u8 = 0xda;
    const END: u8 = 0xd9;
    let mut rest = jpeg.get(2..).unwrap_or_default();
    let mut is_in_scan = false;
    loop {
        // Within a scan, 0xff is followed by 0, by the marker of a restart, or by that of something else.
        let Some(at) = rest.iter().position(|byte| *byte == 0xff) else {
            return false;
        };
        let Some(&marker) = rest.get(at + 1) else {
            return false;
        };
        rest = &rest[at + 1..];
        match marker {
            END => return is_in_scan,
            // More of 0xff may stand in front of a marker.
            0xff => {}
            0x00 | 0x01 | 0xd0..=0xd8 => rest = &rest[1..],
            _ => {
                is_in_scan |= marker == SCAN;
                let length = rest.get(1..3).map(|length| [length[0], length[1]]);
                let length = length.map(|length| usize::from(u16::from_be_bytes(length)));
                let Some(after) = length.and_then(|length| rest.get(1 + length..)) else {
                    return false;
                };
                rest = after;
            }
        }
    }
}
