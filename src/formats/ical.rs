//! iCalendar (RFC 5545): appointments for calendars that look for them again and again.
//!
//! Times are in UTC, so that no calendar has to know the zone: each is of one evening, and summer time shifts none of them.

use icalendar::Calendar;
use icalendar::Component;
use icalendar::Event;

use crate::geometry::lon_lat::LonLat;

/// When an appointment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// From a moment on, as `20261127T110000Z`, for so many minutes.
    At(String, u32),
    /// On a day, as `20261127`, nobody knows when.
    On(String),
}

/// An appointment.
#[derive(Clone, Debug, PartialEq)]
pub struct Appointment {
    /// The same for the same appointment for good, and nobody else's.
    pub uid: String,
    /// Counts up with every change.
    pub sequence: u32,
    /// When it was looked up, as `20261127T110000Z`.
    pub stamp: String,
    /// When it is.
    pub when: When,
    /// In a line.
    pub summary: String,
    /// In several.
    pub description: String,
    /// Where it begins.
    pub place: Option<LonLat>,
    /// Whether it does not take place.
    pub is_cancelled: bool,
}

/// Appointments as a calendar of this name.
pub fn calendar(name: &str, appointments: &[Appointment]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for appointment in appointments {
        calendar.push(event(appointment));
    }
    calendar.to_string()
}

fn event(appointment: &Appointment) -> Event {
    let mut event = Event::new();
    event
        .uid(&appointment.uid)
        .sequence(appointment.sequence)
        .add_property("DTSTAMP", &appointment.stamp)
        .summary(&appointment.summary)
        .description(&appointment.description);
    match &appointment.when {
        When::At(start, minutes) => event
            .add_property("DTSTART", start)
            .add_property("DURATION", format!("PT{minutes}M")),
        When::On(day) => {
            let mut start = icalendar::Property::new("DTSTART", day);
            start.add_parameter("VALUE", "DATE");
            event.append_property(start)
        }
    };
    if let Some(place) = appointment.place {
        // Latitude first (RFC 5545, section 3.8.1.6).
        event.add_property("GEO", format!("{:.6};{:.6}", place.lat(), place.lon()));
    }
    let status = if appointment.is_cancelled {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    event.add_property("STATUS", status);
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appointment_says_when_and_where_and_which_it_is() {
        let appointment = Appointment {
            uid: "evening-1@here".to_owned(),
            sequence: 3,
            stamp: "20261127T080000Z".to_owned(),
            when: When::At("20261127T110000Z".to_owned(), 90),
            summary: "巡逻；北队, 1".to_owned(),
            description: "one\ntwo".to_owned(),
            place: LonLat::new(120.4, 29.8).ok(),
            is_cancelled: false,
        };
        let day = Appointment {
            uid: "evening-2@here".to_owned(),
            when: When::On("20261128".to_owned()),
            place: None,
            is_cancelled: true,
            ..appointment.clone()
        };
        let text = calendar("Fengqiao", &[appointment, day]);
        for line in [
            "BEGIN:VCALENDAR\r\n",
            "UID:evening-1@here\r\n",
            "SEQUENCE:3\r\n",
            "DTSTAMP:20261127T080000Z\r\n",
            "DTSTART:20261127T110000Z\r\n",
            "DURATION:PT90M\r\n",
            "GEO:29.800000;120.400000\r\n",
            "STATUS:CONFIRMED\r\n",
            "SUMMARY:巡逻；北队\\, 1\r\n",
            "DESCRIPTION:one\\ntwo\r\n",
            "DTSTART;VALUE=DATE:20261128\r\n",
            "STATUS:CANCELLED\r\n",
            "END:VCALENDAR\r\n",
        ] {
            assert!(text.contains(line), "{line:?} in {text}");
        }
        assert_eq!(text.matches("DTSTAMP").count(), 2, "none beside its own");
    }
}
