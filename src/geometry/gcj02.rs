//! The shifted systems of Chinese web maps: GCJ-02 (Amap, Tencent, WeChat) and BD-09 (Baidu).
//!
//! Neither has an EPSG code or a published definition. The formulas here are the ones in general use, as in gcoord
//! and eviltransform; they agree with published pairs to below 1 m. Nothing is shifted outside China's rectangle.

use std::f64::consts::PI;

/// Longitude and latitude in some system, degrees; not yet known to be a place.
pub(super) type Degrees = (f64, f64);

/// Semi-major axis of the Krasovsky 1940 ellipsoid, meters.
const KRASOVSKY_AXIS: f64 = 6_378_245.0;

/// First eccentricity squared of the Krasovsky 1940 ellipsoid.
const KRASOVSKY_ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// The shift of BD-09 against GCJ-02, degrees.
const BD09_OFFSET: Degrees = (0.0065, 0.006);

/// A step of the inverse smaller than this ends it, degrees: a hundredth of a millimeter.
const SMALLEST_STEP: f64 = 1e-10;

/// Every step shrinks the inverse's error many times over, so it never needs so many.
const MOST_STEPS: usize = 30;

/// WGS-84 to GCJ-02.
pub(super) fn gcj02_from_wgs84(place: Degrees) -> Degrees {
    if !is_in_china(place) {
        return place;
    }
    let (d_lon, d_lat) = gcj02_shift(place);
    (place.0 + d_lon, place.1 + d_lat)
}

/// GCJ-02 to WGS-84, iterated until [`gcj02_from_wgs84`] leads back.
pub(super) fn wgs84_from_gcj02(shifted: Degrees) -> Degrees {
    if !is_in_china(shifted) {
        return shifted;
    }
    inverse(shifted, |place| {
        let (d_lon, d_lat) = gcj02_shift(place);
        (place.0 + d_lon, place.1 + d_lat)
    })
}

/// WGS-84 to BD-09.
pub(super) fn bd09_from_wgs84(place: Degrees) -> Degrees {
    if !is_in_china(place) {
        return place;
    }
    bd09_from_gcj02(gcj02_from_wgs84(place))
}

/// BD-09 to WGS-84, iterated until [`bd09_from_wgs84`] leads back.
pub(super) fn wgs84_from_bd09(shifted: Degrees) -> Degrees {
    if !is_in_china(shifted) {
        return shifted;
    }
    wgs84_from_gcj02(inverse(shifted, bd09_from_gcj02))
}

/// Whether the shift applies: the rectangle that every implementation uses.
///
/// It takes in places beyond the border too, from Korea to Kyrgyzstan; maps there are shifted likewise.
fn is_in_china((lon, lat): Degrees) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// GCJ-02 to BD-09, without a question where.
fn bd09_from_gcj02((lon, lat): Degrees) -> Degrees {
    let turn = PI * 3000.0 / 180.0;
    let radius = lon.hypot(lat) + 0.000_02 * (lat * turn).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * turn).cos();
    (
        radius * angle.cos() + BD09_OFFSET.0,
        radius * angle.sin() + BD09_OFFSET.1,
    )
}

/// How far GCJ-02 moves a WGS-84 place, degrees.
fn gcj02_shift((lon, lat): Degrees) -> Degrees {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let common = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let wave = |twelfth: f64, thirtieth: f64, along: f64| {
        (20.0 * (along * PI).sin()
            + 40.0 * (along / 3.0 * PI).sin()
            + twelfth * (along / 12.0 * PI).sin()
            + thirtieth * (along / 30.0 * PI).sin())
            * 2.0
            / 3.0
    };
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(160.0, 320.0, y);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(150.0, 300.0, x);
    let phi = lat.to_radians();
    let w = 1.0 - KRASOVSKY_ECCENTRICITY_SQUARED * phi.sin().powi(2);
    let meridian =
        KRASOVSKY_AXIS * (1.0 - KRASOVSKY_ECCENTRICITY_SQUARED) / (w * w.sqrt()) * PI / 180.0;
    let parallel = KRASOVSKY_AXIS / w.sqrt() * phi.cos() * PI / 180.0;
    (east / parallel, north / meridian)
}

/// The place that `forward` takes to `target`.
fn inverse(target: Degrees, forward: impl Fn(Degrees) -> Degrees) -> Degrees {
    let mut place = target;
    for _ in 0..MOST_STEPS {
        let reached = forward(place);
        let step = (target.0 - reached.0, target.1 - reached.1);
        place = (place.0 + step.0, place.1 + step.1);
        if step.0.abs() < SMALLEST_STEP && step.1.abs() < SMALLEST_STEP {
            break;
        }
    }
    place
}
