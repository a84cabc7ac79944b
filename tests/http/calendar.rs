//! A volunteer's evenings in their own calendar.

use serde_json::Value;

use super::duty::as_browser;
use super::duty::on_duty;
use super::duty::volunteer;
use super::of_town;
use super::patrol::DAY;
use super::placement::town;

#[test]
fn a_calendar_tells_the_evenings_to_whoever_knows_its_address_and_nobodys_name() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    on_duty(&service, &[wang]);
    let address = of_town("/duty/calendar");
    let made = || as_browser(&service, &cookie, ("POST", &address), &Value::Null).made();
    let first = made()["url"].as_str().unwrap().to_owned();
    let second = made()["url"].as_str().unwrap().to_owned();
    super::get(&service, &first).refused(404, "no-calendar", &["again"]);
    let calendar = super::get(&service, &second);
    assert_eq!(calendar.status, 200);
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    let text = calendar.text();
    assert!(
        text.contains("BEGIN:VEVENT")
            && text.contains(&format!("UID:evening-{DAY}-{wang}@canal-town")),
        "{text}"
    );
    assert!(!text.contains('王') && !text.contains("0575"), "{text}");
    let gpx = of_town(&format!("/duty/gpx?day={DAY}"));
    let gpx = as_browser(&service, &cookie, ("GET", &gpx), &Value::Null).text();
    assert!(gpx.contains("<rte>") && gpx.contains("<trk>"), "{gpx}");
}
