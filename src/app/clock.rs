//! The time of day, as answers write it and as people who are on duty know it.

use std::time::Duration;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::moment::Moment;

/// Since the beginning of 1970.
pub fn since_1970() -> Duration {
    // A clock before 1970 is a clock that nobody has set.
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// This moment.
pub fn now() -> Moment {
    let ms = i64::try_from(since_1970().as_millis());
    Moment {
        ms: ms.unwrap_or(i64::MAX),
    }
}

/// A time as `2026-11-25T02:00:00Z`.
pub fn utc(since_1970: Duration) -> String {
    moment(since_1970.as_secs()).to_string()
}

/// The minute of the day, counted from midnight, in a time zone by its IANA name; in UTC where nobody knows the zone.
pub fn minute_of_day(zone: &str, since_1970: Duration) -> u16 {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let time = zone.to_datetime(moment(since_1970.as_secs()));
    // Hours and minutes are never negative.
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// A moment by its seconds since the beginning of 1970; the last that there is for one after the year 9999.
fn moment(seconds: u64) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        let at = |seconds| utc(Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_795_572_000), "2026-11-25T02:00:00Z");
        assert_eq!(at(4_107_542_399), "2100-02-28T23:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn the_minute_of_the_day_is_that_of_the_place_summer_time_and_all() {
        let at = |zone, seconds| minute_of_day(zone, Duration::from_secs(seconds));
        // 2026-11-25 02:00 UTC; a day in July at noon, UTC.
        assert_eq!(at("UTC", 1_795_572_000), 2 * 60);
        assert_eq!(at("Asia/Shanghai", 1_795_572_000), 10 * 60);
        assert_eq!(at("Europe/Vaduz", 1_795_572_000), 3 * 60);
        assert_eq!(at("Europe/Vaduz", 1_783_944_000), 14 * 60);
        assert_eq!(at("Asia/Kathmandu", 1_795_572_000), 7 * 60 + 45);
    }
}
