//! Warnings as the Common Alerting Protocol 1.2 (OASIS) writes them, and the Atom feed (RFC 4287) that lists them.
//!
//! Both are sequences: the elements stand in the order of the schema, and no other is valid.

use std::fmt::Write as _;

use crate::formats::points::markup::plain;
use crate::geometry::lon_lat::LonLat;

/// Writing to memory does not fail.
const WHY: &str = "writing to memory does not fail";

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Unique among all messages of the sender; without blanks, commas, `<` and `&`.
    pub identifier: String,
    /// Who sends it, likewise.
    pub sender: String,
    /// When, with an offset and never `Z`.
    pub sent: String,
    /// Whether it is new.
    pub message: Message,
    /// The messages that it takes the place of: when each of them was sent, and its identifier.
    pub references: Vec<(String, String)>,
    /// What it says, in each language.
    pub infos: Vec<Info>,
    /// Where it holds.
    pub areas: Vec<Area>,
}

/// Whether a message is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// It is.
    Alert,
    /// It takes the place of others.
    Update,
    /// It takes them back.
    Cancel,
}

/// What a message says in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// A tag like `zh-CN` (RFC 3066).
    pub language: &'static str,
    /// A code like `Met`.
    pub category: &'static str,
    /// What happens.
    pub event: &'static str,
    /// A code like `Immediate`.
    pub urgency: &'static str,
    /// A code like `Severe`.
    pub severity: &'static str,
    /// When it begins, with an offset.
    pub onset: String,
    /// When it ends, with an offset.
    pub expires: String,
    /// Who sends it, for people.
    pub sender_name: String,
    /// One line.
    pub headline: String,
    /// What people should know and do.
    pub description: String,
}

/// Where a message holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// For people.
    pub name: String,
    /// Outlines in WGS-84, each of at least three corners, without repeating the first at the end.
    pub polygons: Vec<Vec<LonLat>>,
}

/// An entry of the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// An IRI that is the entry's for good.
    pub id: String,
    /// One line.
    pub title: String,
    /// When it was last changed, with an offset.
    pub updated: String,
    /// What it says.
    pub summary: String,
    /// Where the message is.
    pub href: String,
}

/// The message as a document.
pub fn alert(alert: &Alert) -> String {
    let message = match alert.message {
        Message::Alert => "Alert",
        Message::Update => "Update",
        Message::Cancel => "Cancel",
    };
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n",
    );
    element(&mut text, "identifier", &alert.identifier);
    element(&mut text, "sender", &alert.sender);
    element(&mut text, "sent", &alert.sent);
    element(&mut text, "status", "Actual");
    element(&mut text, "msgType", message);
    element(&mut text, "scope", "Public");
    if !alert.references.is_empty() {
        let references = alert.references.iter();
        let references: Vec<String> = references
            .map(|(sent, identifier)| format!("{},{identifier},{sent}", alert.sender))
            .collect();
        element(&mut text, "references", &references.join(" "));
    }
    for info in &alert.infos {
        add_info(&mut text, alert, info);
    }
    text.push_str("</alert>\n");
    text
}

fn add_info(text: &mut String, alert: &Alert, info: &Info) {
    text.push_str("<info>\n");
    element(text, "language", info.language);
    element(text, "category", info.category);
    element(text, "event", info.event);
    element(text, "urgency", info.urgency);
    element(text, "severity", info.severity);
    element(text, "certainty", "Likely");
    element(text, "effective", &alert.sent);
    element(text, "onset", &info.onset);
    element(text, "expires", &info.expires);
    element(text, "senderName", &info.sender_name);
    element(text, "headline", &info.headline);
    element(text, "description", &info.description);
    for area in &alert.areas {
        text.push_str("<area>\n");
        element(text, "areaDesc", &area.name);
        for polygon in &area.polygons {
            // Latitude first, and the first corner again at the end.
            let corners = polygon.iter().chain(polygon.first());
            let corners: Vec<String> = corners
                .map(|corner| format!("{:.6},{:.6}", corner.lat(), corner.lon()))
                .collect();
            element(text, "polygon", &corners.join(" "));
        }
        text.push_str("</area>\n");
    }
    text.push_str("</info>\n");
}

/// A feed as a document: its id, its title, when it was last changed, where it is, and its entries.
pub fn feed(id: &str, title: &str, updated: &str, href: &str, entries: &[Entry]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    element(&mut text, "id", id);
    element(&mut text, "title", title);
    element(&mut text, "updated", updated);
    writeln!(text, "<author><name>{}</name></author>", plain(title)).expect(WHY);
    let own = plain(href);
    writeln!(
        text,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>"
    )
    .expect(WHY);
    for entry in entries {
        text.push_str("<entry>\n");
        element(&mut text, "id", &entry.id);
        element(&mut text, "title", &entry.title);
        element(&mut text, "updated", &entry.updated);
        element(&mut text, "summary", &entry.summary);
        let href = plain(&entry.href);
        writeln!(
            text,
            "<link rel=\"alternate\" type=\"application/cap+xml\" href=\"{href}\"/>"
        )
        .expect(WHY);
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}

fn element(text: &mut String, name: &str, content: &str) {
    writeln!(text, "<{name}>{}</{name}>", plain(content)).expect(WHY);
}
