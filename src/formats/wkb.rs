//! Shapes as well-known binary, as `GeoPackage` keeps them: read with nothing believed that the bytes say of their number.

use crate::formats::feature::Shape;
use crate::formats::feature::Xy;

/// Collections within each other deeper than this are refused.
const DEEPEST: usize = 8;

/// The shape of a `GeoPackage` blob: a head with an envelope, which is passed over, and well-known binary.
///
/// # Errors
///
/// In words, for bytes that are no such blob.
pub(super) fn of_geopackage(blob: &[u8]) -> Result<Shape, String> {
    let mut bytes = Bytes {
        left: blob,
        is_little: true,
    };
    let head = bytes.take(8)?;
    if &head[..2] != b"GP" {
        return Err("its geometry is no GeoPackage binary; left out".to_owned());
    }
    let flags = head[3];
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("the envelope of its geometry is of no known kind; left out".to_owned()),
    };
    bytes.take(envelope)?;
    let mut shape = Shape::default();
    let is_empty = flags & 0x10 != 0;
    if !is_empty {
        bytes.geometry(0, &mut shape)?;
    }
    Ok(shape)
}

/// Bytes that are still to be read.
struct Bytes<'a> {
    left: &'a [u8],
    is_little: bool,
}

impl<'a> Bytes<'a> {
    fn take(&mut self, n_bytes: usize) -> Result<&'a [u8], String> {
        let (taken, left) = self
            .left
            .split_at_checked(n_bytes)
            .ok_or("its geometry ends too early; left out")?;
        self.left = left;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, String> {
        let bytes = self.take(4)?.try_into().map_err(|_| "no number")?;
        Ok(if self.is_little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn coordinate(&mut self) -> Result<f64, String> {
        let bytes = self.take(8)?.try_into().map_err(|_| "no coordinate")?;
        Ok(if self.is_little {
            f64::from_le_bytes(bytes)
        } else {
            f64::from_be_bytes(bytes)
        })
    }

    fn point(&mut self, n_more: usize) -> Result<Xy, String> {
        let xy = [self.coordinate()?, self.coordinate()?];
        self.take(8 * n_more)?;
        Ok(xy)
    }

    fn line(&mut self, n_more: usize) -> Result<Vec<Xy>, String> {
        let n_points = self.number()?;
        (0..n_points).map(|_| self.point(n_more)).collect()
    }

    fn rings(&mut self, n_more: usize) -> Result<Vec<Vec<Xy>>, String> {
        let n_rings = self.number()?;
        (0..n_rings).map(|_| self.line(n_more)).collect()
    }

    fn geometry(&mut self, depth: usize, shape: &mut Shape) -> Result<(), String> {
        if depth > DEEPEST {
            return Err("collections within collections, too deep; left out".to_owned());
        }
        self.is_little = self.take(1)?[0] == 1;
        let (kind, n_more) = kind(self.number()?);
        match kind {
            1 => {
                let point = self.point(n_more)?;
                // A point without coordinates is an empty one.
                if !point.iter().all(|number| number.is_nan()) {
                    shape.points.push(point);
                }
            }
            2 => shape.lines.push(self.line(n_more)?),
            3 => shape.polygons.push(self.rings(n_more)?),
            4..=7 => {
                for _ in 0..self.number()? {
                    self.geometry(depth + 1, shape)?;
                }
            }
            other => return Err(format!("a geometry of kind {other} is not read; left out")),
        }
        Ok(())
    }
}

/// What a geometry is, and how many numbers follow the first two of every point: ISO's thousands, or the high bits of others.
fn kind(code: u32) -> (u32, usize) {
    let plain = code & 0x1fff_ffff;
    let of_bits = usize::from(code & 0x8000_0000 != 0) + usize::from(code & 0x4000_0000 != 0);
    // The reference system that extended binary may hold is not allowed in a GeoPackage.
    let of_thousands = match plain / 1000 {
        1 | 2 => 1,
        3 => 2,
        _ => 0,
    };
    (plain % 1000, of_bits.max(of_thousands))
}
