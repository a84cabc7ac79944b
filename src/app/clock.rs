//! The time of day, as answers write it and as people who are on duty know it.

use std::time::Duration;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::day::Day;
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

/// A moment as `2026-11-25T02:00:00Z`, to the second before it.
pub fn text(moment: Moment) -> String {
    let ms = u64::try_from(moment.ms).unwrap_or_default();
    utc(Duration::from_millis(ms))
}

/// A moment as `2026-11-25T10:00:00+08:00`, in a time zone by its IANA name; what is UTC ends with `-00:00`, as the Common
/// Alerting Protocol has it.
pub fn with_offset(zone: &str, moment: Moment) -> String {
    let text = zoned(zone, moment).strftime("%Y-%m-%dT%H:%M:%S%:z");
    let text = text.to_string();
    match text.strip_suffix("+00:00") {
        Some(utc) => format!("{utc}-00:00"),
        None => text,
    }
}

/// A moment as `20261125T020000Z`, as iCalendar has it.
pub fn compact(moment: Moment) -> String {
    text(moment).replace(['-', ':'], "")
}

/// The moment of a day at a time like `19:00`, in a time zone by its IANA name; none for a text that is no time.
pub fn moment_at(zone: &str, day: &Day, time: &str) -> Option<Moment> {
    let zone = TimeZone::get(zone).ok()?;
    let date: Date = day.as_str().parse().ok()?;
    let time: Time = time.parse().ok()?;
    let at = date.to_datetime(time).to_zoned(zone).ok()?;
    Some(Moment {
        ms: at.timestamp().as_millisecond(),
    })
}

/// A moment as `2026-11-25 10:00`, in a time zone by its IANA name.
pub fn for_people(zone: &str, moment: Moment) -> String {
    zoned(zone, moment).strftime("%Y-%m-%d %H:%M").to_string()
}

fn zoned(zone: &str, at: Moment) -> Zoned {
    let seconds = u64::try_from(at.ms).unwrap_or_default() / 1_000;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    moment(seconds).to_zoned(zone)
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

/// The day that it is in a time zone by its IANA name; in UTC where nobody knows the zone.
pub fn day(zone: &str, since_1970: Duration) -> Day {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let date = zone.to_datetime(moment(since_1970.as_secs())).date();
    // A clock after the year 2200 is one that nobody has set.
    let day = Day::new(&date.to_string()).or_else(|_| Day::new("1970-01-01"));
    day.expect("the beginning of 1970 is a day")
}

/// The day of a moment in a time zone by its IANA name; in UTC where nobody knows the zone.
pub fn day_of(zone: &str, moment: Moment) -> Day {
    let since_1970 = u64::try_from(moment.ms).unwrap_or_default();
    day(zone, Duration::from_millis(since_1970))
}

/// The first moment of a month and the first of the next, in a time zone by its IANA name; none if there is no such month.
pub fn month(zone: &str, year: i16, month: i8) -> Option<(Moment, Moment)> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let first = Date::new(year, month, 1).ok()?;
    let next = first.checked_add(1.month()).ok()?;
    let begin = |day: Date| {
        let midnight = day.to_zoned(zone.clone()).ok()?;
        Some(Moment {
            ms: midnight.timestamp().as_millisecond(),
        })
    };
    Some((begin(first)?, begin(next)?))
}

/// The moment that a text with an offset names, like `2026-11-25T10:00:00+08:00`.
pub fn parsed(text: &str) -> Option<Moment> {
    let time: Timestamp = text.trim().parse().ok()?;
    Some(Moment {
        ms: time.as_millisecond(),
    })
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
    fn a_time_for_alerts_has_the_place_s_offset_and_never_a_z() {
        let at = Moment {
            ms: 1_795_572_000_999,
        };
        let times = ["Asia/Shanghai", "Europe/Vaduz", "UTC", "Nowhere/At_All"];
        assert_eq!(
            times.map(|zone| with_offset(zone, at)),
            [
                "2026-11-25T10:00:00+08:00",
                "2026-11-25T03:00:00+01:00",
                "2026-11-25T02:00:00-00:00",
                "2026-11-25T02:00:00-00:00"
            ]
        );
        assert_eq!(for_people("Asia/Shanghai", at), "2026-11-25 10:00");
    }

    #[test]
    fn a_month_begins_and_ends_at_midnight_of_the_place() {
        let (from, until) = month("Asia/Shanghai", 2026, 11).unwrap();
        assert_eq!(text(from), "2026-10-31T16:00:00Z");
        assert_eq!(text(until), "2026-11-30T16:00:00Z");
        let (from, until) = month("Europe/Vaduz", 2026, 10).unwrap();
        assert_eq!(text(from), "2026-09-30T22:00:00Z", "summer time");
        assert_eq!(text(until), "2026-10-31T23:00:00Z", "winter time");
        assert_eq!(month("UTC", 2026, 13), None);
        assert_eq!(month("UTC", 2026, 0), None);
    }

    #[test]
    fn a_moment_is_read_with_its_offset_and_never_without() {
        let moment = parsed("2026-11-25T10:00:00+08:00").unwrap();
        assert_eq!(text(moment), "2026-11-25T02:00:00Z");
        for text in ["2026-11-25T10:00:00", "10:00", "", "now"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn today_is_another_day_where_midnight_has_passed() {
        let at = |zone| day(zone, Duration::from_secs(1_795_626_001));
        let days =
            ["UTC", "Asia/Shanghai", "America/Lima"].map(|zone| at(zone).as_str().to_owned());
        assert_eq!(days, ["2026-11-25", "2026-11-26", "2026-11-25"]);
        assert_eq!(day("UTC", Duration::MAX).as_str(), "1970-01-01");
    }

    #[test]
    fn a_time_of_a_day_is_a_moment_by_the_clock_of_its_zone() {
        let day = Day::new("2026-11-27").unwrap();
        let moment = moment_at("Asia/Shanghai", &day, "19:00").unwrap();
        assert_eq!(compact(moment), "20261127T110000Z");
        let summer = Day::new("2026-07-04").unwrap();
        let moment = moment_at("Europe/Vaduz", &summer, "19:30").unwrap();
        assert_eq!(compact(moment), "20260704T173000Z");
        assert_eq!(moment_at("Europe/Vaduz", &summer, "soon"), None);
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
