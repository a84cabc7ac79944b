//! The points of the compass, by which people say where something lies.

/// One of eight directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compass {
    /// 北.
    North,
    /// 东北.
    NorthEast,
    /// 东.
    East,
    /// 东南.
    SouthEast,
    /// 南.
    South,
    /// 西南.
    SouthWest,
    /// 西.
    West,
    /// 西北.
    NorthWest,
}

impl Compass {
    /// All of them, clockwise from the north.
    pub const ALL: [Self; 8] = [
        Self::North,
        Self::NorthEast,
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
    ];

    /// The one that is nearest to a bearing.
    pub fn of_bearing(degrees: f64) -> Self {
        let eighth = (degrees.rem_euclid(360.0) / 45.0).round() as usize;
        Self::ALL[eighth % Self::ALL.len()]
    }
}

/// Which way something lies.
///
/// # Units
///
/// From meters east and north of where one stands to degrees clockwise from the north, 0 to 360.
pub fn bearing(east: f64, north: f64) -> f64 {
    east.atan2(north).to_degrees().rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearing_turns_clockwise_from_the_north_and_has_the_word_that_is_nearest() {
        for (east, north, degrees, word) in [
            (0.0, 1.0, 0.0, Compass::North),
            (1.0, 1.0, 45.0, Compass::NorthEast),
            (1.0, 0.0, 90.0, Compass::East),
            (0.0, -2.0, 180.0, Compass::South),
            (-1.0, 0.0, 270.0, Compass::West),
            (-1.0, 1.0, 315.0, Compass::NorthWest),
        ] {
            assert!((bearing(east, north) - degrees).abs() < 1e-9, "{word:?}");
            assert_eq!(Compass::of_bearing(degrees), word);
        }
        assert_eq!(Compass::of_bearing(337.6), Compass::North);
        assert_eq!(Compass::of_bearing(337.4), Compass::NorthWest);
        assert_eq!(Compass::of_bearing(-10.0), Compass::North);
    }
}
