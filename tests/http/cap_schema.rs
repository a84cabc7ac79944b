//! Messages of the Common Alerting Protocol, held against the schema and the rules of its version 1.2 (OASIS, July 2010), written down here from the standard.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use crate::http::get;
use crate::http::notices::cap;
use crate::http::notices::notice;
use crate::http::notices::town;
use crate::http::notices::written;
use crate::http::of_town;

/// The elements of a document in their order, each with its text; whatever is in another is indented.
pub type Elements = Vec<(String, String)>;

/// An element of a sequence, and how often it stands there at least and at most.
type Particle = (&'static str, usize, usize);

const MANY: usize = usize::MAX;

/// The sequence of an alert.
const ALERT: [Particle; 14] = [
    ("identifier", 1, 1),
    ("sender", 1, 1),
    ("sent", 1, 1),
    ("status", 1, 1),
    ("msgType", 1, 1),
    ("source", 0, 1),
    ("scope", 1, 1),
    ("restriction", 0, 1),
    ("addresses", 0, 1),
    ("code", 0, MANY),
    ("note", 0, 1),
    ("references", 0, 1),
    ("incidents", 0, 1),
    ("info", 0, MANY),
];

/// The sequence of what it says in one language.
const INFO: [Particle; 21] = [
    ("language", 0, 1),
    ("category", 1, MANY),
    ("event", 1, 1),
    ("responseType", 0, MANY),
    ("urgency", 1, 1),
    ("severity", 1, 1),
    ("certainty", 1, 1),
    ("audience", 0, 1),
    ("eventCode", 0, MANY),
    ("effective", 0, 1),
    ("onset", 0, 1),
    ("expires", 0, 1),
    ("senderName", 0, 1),
    ("headline", 0, 1),
    ("description", 0, 1),
    ("instruction", 0, 1),
    ("web", 0, 1),
    ("contact", 0, 1),
    ("parameter", 0, MANY),
    ("resource", 0, MANY),
    ("area", 0, MANY),
];

/// The sequence of where it holds.
const AREA: [Particle; 6] = [
    ("areaDesc", 1, 1),
    ("polygon", 0, MANY),
    ("circle", 0, MANY),
    ("geocode", 0, MANY),
    ("altitude", 0, 1),
    ("ceiling", 0, 1),
];

/// What may stand in an element that takes one word of a list.
const LISTS: [(&str, &[&str]); 7] = [
    ("status", &["Actual", "Exercise", "System", "Test", "Draft"]),
    ("msgType", &["Alert", "Update", "Cancel", "Ack", "Error"]),
    ("scope", &["Public", "Restricted", "Private"]),
    (
        "category",
        &[
            "Geo",
            "Met",
            "Safety",
            "Security",
            "Rescue",
            "Fire",
            "Health",
            "Env",
            "Transport",
            "Infra",
            "CBRNE",
            "Other",
        ],
    ),
    (
        "urgency",
        &["Immediate", "Expected", "Future", "Past", "Unknown"],
    ),
    (
        "severity",
        &["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
    ),
    (
        "certainty",
        &["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    ),
];

/// What may be missing by the schema, and is never missing here.
const OURS: [(&str, &[&str]); 3] = [
    ("alert", &["info"]),
    (
        " info",
        &[
            "language",
            "effective",
            "onset",
            "expires",
            "senderName",
            "headline",
            "description",
            "area",
        ],
    ),
    ("  area", &["polygon"]),
];

/// A message's elements, if it is valid.
pub fn checked(text: &str) -> Elements {
    valid(text).unwrap_or_else(|fault| panic!("{fault} in {text}"))
}

/// A message's elements, or what is against it.
fn valid(text: &str) -> Result<Elements, String> {
    if !text.contains("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">") {
        return Err("another namespace".to_owned());
    }
    let all = elements(text);
    for (parent, sequence) in [("alert", &ALERT[..]), (" info", &INFO), ("  area", &AREA)] {
        let starts = all.iter().enumerate();
        for (start, _) in starts.filter(|(_, (name, _))| name == parent) {
            let children = children(&all, start);
            in_order(&children, sequence)?;
            let ours = OURS.iter().find(|(name, _)| *name == parent);
            let missing = ours.and_then(|(_, names)| {
                let mut names = names.iter();
                names.find(|name| !children.contains(name))
            });
            if let Some(missing) = missing {
                return Err(format!("no {missing}"));
            }
        }
    }
    for (name, content) in &all {
        let name = name.trim_start();
        if let Some((_, list)) = LISTS.iter().find(|(listed, _)| *listed == name)
            && !list.contains(&content.as_str())
        {
            return Err(format!("{name} {content}"));
        }
        let is_good = match name {
            "sent" | "effective" | "onset" | "expires" => is_time(content),
            "identifier" | "sender" => is_name(content),
            "references" => content.split(' ').all(is_reference),
            "polygon" => ring(content).is_some(),
            "event" | "areaDesc" | "headline" | "description" => !content.is_empty(),
            _ => true,
        };
        if !is_good {
            return Err(format!("{name} {content:?}"));
        }
    }
    // What is new refers to nothing; what takes another's place or takes it back says whose.
    let is_new = of(&all, "msgType") == ["Alert"];
    if is_new != of(&all, "references").is_empty() {
        return Err("references".to_owned());
    }
    Ok(all)
}

/// The names of what stands right in the element at an index.
fn children(all: &[(String, String)], start: usize) -> Vec<&str> {
    let depth = |name: &str| name.len() - name.trim_start().len();
    let own = depth(&all[start].0);
    let inner = all[start + 1..].iter().map(|(name, _)| name.as_str());
    let inner = inner.take_while(|name| own < depth(name));
    let children = inner.filter(|name| depth(name) == own + 1);
    children.map(str::trim_start).collect()
}

/// Whether the children of one element stand as its sequence has them.
fn in_order(children: &[&str], sequence: &[Particle]) -> Result<(), String> {
    let mut rest = children;
    for (name, least, most) in sequence {
        let n = rest.iter().take_while(|child| *child == name).count();
        if !(*least..=*most).contains(&n) {
            return Err(format!("{n} {name} among {children:?}"));
        }
        rest = &rest[n..];
    }
    match rest.first() {
        None => Ok(()),
        Some(other) => Err(format!("{other} out of order among {children:?}")),
    }
}

/// `2026-07-04T08:00:00+08:00`: with an offset, also for UTC, and without fractions of a second.
fn is_time(text: &str) -> bool {
    let form = "dddd-dd-ddTdd:dd:ddsdd:dd";
    let fits = |(letter, form): (char, char)| match form {
        'd' => letter.is_ascii_digit(),
        's' => matches!(letter, '+' | '-'),
        other => letter == other,
    };
    text.chars().count() == form.len() && text.chars().zip(form.chars()).all(fits)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains([' ', ',', '<', '&'])
}

/// `sender,identifier,sent`.
fn is_reference(text: &str) -> bool {
    let parts: Vec<&str> = text.split(',').collect();
    matches!(parts[..], [sender, name, sent] if is_name(sender) && is_name(name) && is_time(sent))
}

/// A ring in degrees of WGS-84: latitude first, at least three corners, the first again at the end; and here not too many.
pub fn ring(polygon: &str) -> Option<Vec<[f64; 2]>> {
    let corners = polygon.split(' ').map(|corner| {
        let (lat, lon) = corner.split_once(',')?;
        let corner = [lat.parse().ok()?, lon.parse().ok()?];
        let [lat, lon]: [f64; 2] = corner;
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(corner)
    });
    let corners: Vec<[f64; 2]> = corners.collect::<Option<_>>()?;
    let is_ring = (4..=101).contains(&corners.len()) && corners.first() == corners.last();
    is_ring.then_some(corners)
}

/// The contents of all elements of a name.
pub fn of<'a>(all: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let found = all.iter().filter(|(other, _)| other.trim_start() == name);
    found.map(|(_, content)| content.as_str()).collect()
}

/// The elements of a document.
pub fn elements(text: &str) -> Elements {
    let mut reader = Reader::from_str(text);
    let mut found: Elements = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                found.push((format!("{}{name}", " ".repeat(depth)), String::new()));
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                // Between the declaration and the first element there is the end of a line.
                if let Some((_, content)) = found.last_mut() {
                    content.push_str(text.decode().unwrap().trim_matches('\n'));
                }
            }
            Event::GeneralRef(named) => {
                let name: &[u8] = named.as_ref();
                let letter = match name {
                    b"lt" => '<',
                    b"gt" => '>',
                    b"amp" => '&',
                    b"quot" => '"',
                    b"apos" => '\'',
                    other => panic!("{other:?}"),
                };
                found.last_mut().unwrap().1.push(letter);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn a_message_of_every_kind_severity_and_place_is_valid() {
    let (_town, service) = town();
    let answer = get(&service, &of_town("/coverage?by=water_body")).json();
    let water = answer["rows"][0]["id"].clone();
    let kinds = [
        "heat",
        "water_release",
        "thin_ice",
        "flood",
        "storm",
        "other",
    ];
    let severities = ["minor", "moderate", "severe", "extreme"];
    let places = [
        json!({}),
        json!({"villages": ["330681"]}),
        json!({"water_bodies": [water]}),
    ];
    let languages = [json!({}), json!({"zh": null}), json!({"en": null})];
    let mut seen = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        let mut asked = notice(-1, 60);
        asked["kind"] = json!(kind);
        asked["severity"] = json!(severities[index % severities.len()]);
        let more = [&places[index % 3], &languages[index / 2]];
        for (name, value) in more.iter().flat_map(|more| more.as_object().unwrap()) {
            asked[name] = value.clone();
        }
        let made = written(&service, &asked);
        let all = checked(&cap(&service, &made["id"]).text());
        assert_eq!(of(&all, "info").len(), of(&all, "headline").len());
        seen.extend(of(&all, "severity").into_iter().map(str::to_owned));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, ["Extreme", "Minor", "Moderate", "Severe"]);
}

#[test]
fn a_message_that_breaks_the_schema_is_found_out() {
    let (_town, service) = town();
    let made = written(&service, &notice(-1, 60));
    let good = cap(&service, &made["id"]).text();
    checked(&good);
    let urgency = "<urgency>Immediate</urgency>\n";
    let severity = "<severity>Severe</severity>\n";
    let corners = of(&checked(&good), "polygon")[0].to_owned();
    let (first, _) = corners.split_once(' ').unwrap();
    let sent = of(&checked(&good), "sent")[0].to_owned();
    let breaks: [(&str, String, String); 10] = [
        (
            "order",
            format!("{urgency}{severity}"),
            format!("{severity}{urgency}"),
        ),
        ("missing", severity.to_owned(), String::new()),
        ("twice", urgency.to_owned(), urgency.repeat(2)),
        (
            "unknown",
            "</alert>".to_owned(),
            "<level>1</level>\n</alert>".to_owned(),
        ),
        (
            "list",
            "<scope>Public".to_owned(),
            "<scope>public".to_owned(),
        ),
        ("zone", sent.clone(), format!("{}Z", &sent[..19])),
        ("name", "<sender>".to_owned(), "<sender>a b".to_owned()),
        (
            "ring",
            format!(" {first}</polygon>"),
            "</polygon>".to_owned(),
        ),
        (
            "refers",
            "<msgType>Alert".to_owned(),
            "<msgType>Update".to_owned(),
        ),
        ("version", "cap:1.2".to_owned(), "cap:1.1".to_owned()),
    ];
    for (what, old, new) in breaks {
        assert!(good.contains(&old), "{what}: {old} in {good}");
        assert!(valid(&good.replace(&old, &new)).is_err(), "{what}");
    }
}
