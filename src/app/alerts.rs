//! Notices as messages of the Common Alerting Protocol, and the feed of them.

use sha2::Digest;
use sha2::Sha256;

use crate::app::clock;
use crate::app::names;
use crate::app::notice_areas;
use crate::app::snapshot::Snapshot;
use crate::formats::cap;
use crate::formats::cap::Alert;
use crate::formats::cap::Entry;
use crate::formats::cap::Info;
use crate::formats::cap::Message;
use crate::model::moment::Moment;
use crate::model::notice::Notice;
use crate::model::notice::NoticeKind;
use crate::model::notice::Severity;
use crate::model::notice::Wording;

/// What begins within an hour is expected, what begins later lies in the future.
const SOON_MS: i64 = 3_600_000;

/// A notice as a message.
pub fn alert(snapshot: &Snapshot, notice: &Notice) -> String {
    let settings = &snapshot.region.settings;
    let time = |moment| clock::with_offset(&settings.time_zone, moment);
    let (earlier, sent) = match notice.told_at.split_last() {
        Some((last, earlier)) => (earlier, *last),
        None => (&[][..], Moment { ms: 0 }),
    };
    let references = earlier.iter().enumerate();
    let message = match (notice.is_withdrawn, earlier.is_empty()) {
        (true, _) => Message::Cancel,
        (false, true) => Message::Alert,
        (false, false) => Message::Update,
    };
    cap::alert(&Alert {
        identifier: identifier(notice, earlier.len()),
        sender: format!("zhugan.{}", notice.region),
        sent: time(sent),
        message,
        references: references
            .map(|(index, at)| (time(*at), identifier(notice, index)))
            .collect(),
        infos: worded(notice)
            .map(|(language, wording)| info(snapshot, notice, sent, language, wording))
            .collect(),
        areas: notice_areas::areas(snapshot, notice),
    })
}

/// The messages that can be had now.
pub fn feed(snapshot: &Snapshot, notices: &[Notice], now: Moment) -> String {
    let settings = &snapshot.region.settings;
    let region = settings.id.as_str();
    let time = |moment| clock::with_offset(&settings.time_zone, moment);
    let entries: Vec<Entry> = notices
        .iter()
        .map(|notice| {
            let words = worded(notice).map(|(_, wording)| wording);
            let words: Vec<&Wording> = words.collect();
            let all = |part: fn(&Wording) -> &str, between: &str| {
                let parts: Vec<&str> = words.iter().map(|wording| part(wording)).collect();
                parts.join(between)
            };
            Entry {
                id: urn(&identifier(notice, 0)),
                title: all(|wording| wording.title.as_str(), " · "),
                updated: time(notice.last_told()),
                summary: all(|wording| wording.text.as_str(), "\n\n"),
                href: address(region, notice),
            }
        })
        .collect();
    let updated = notices.iter().map(Notice::last_told).max().unwrap_or(now);
    cap::feed(
        &urn(&format!("zhugan.{region}")),
        names::of_region(settings, "zh"),
        &time(updated),
        &format!("/api/v1/regions/{region}/notices/feed"),
        &entries,
    )
}

/// Where the message of a notice is.
pub fn address(region: &str, notice: &Notice) -> String {
    format!("/api/v1/regions/{region}/notices/{}/cap", notice.id.0)
}

/// The name of one message of a notice; the moment of the first makes it another than that of any other service's.
fn identifier(notice: &Notice, index: usize) -> String {
    let first = notice.told_at.first().map_or(0, |first| first.ms);
    let (region, id) = (&notice.region, notice.id.0);
    format!("zhugan.{region}.{id}.{first}.{index}")
}

fn worded(notice: &Notice) -> impl Iterator<Item = (&'static str, &Wording)> {
    let content = &notice.content;
    let both = [("zh-CN", &content.zh), ("en", &content.en)];
    both.into_iter()
        .filter_map(|(language, wording)| Some((language, wording.as_ref()?)))
}

fn info(
    snapshot: &Snapshot,
    notice: &Notice,
    sent: Moment,
    language: &'static str,
    wording: &Wording,
) -> Info {
    let settings = &snapshot.region.settings;
    let content = &notice.content;
    let ahead_ms = content.from.ms.saturating_sub(sent.ms);
    Info {
        language,
        category: match content.kind {
            NoticeKind::Heat | NoticeKind::Flood | NoticeKind::Storm => "Met",
            NoticeKind::WaterRelease | NoticeKind::ThinIce | NoticeKind::Other => "Safety",
        },
        event: if language == "en" {
            names::of_notice_in_english(content.kind)
        } else {
            names::of_notice_in_chinese(content.kind)
        },
        urgency: match ahead_ms {
            ..=0 => "Immediate",
            1..=SOON_MS => "Expected",
            _ => "Future",
        },
        severity: match content.severity {
            Severity::Extreme => "Extreme",
            Severity::Severe => "Severe",
            Severity::Moderate => "Moderate",
            Severity::Minor => "Minor",
        },
        onset: clock::with_offset(&settings.time_zone, content.from),
        expires: clock::with_offset(&settings.time_zone, content.until),
        sender_name: names::of_region(settings, language).to_owned(),
        headline: wording.title.as_str().to_owned(),
        description: wording.text.as_str().to_owned(),
    }
}

/// A name as an IRI that is unique for good (RFC 9562, version 8).
fn urn(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let mut bytes: [u8; 16] = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let number = format!("{:032x}", u128::from_be_bytes(bytes));
    let parts = [
        &number[..8],
        &number[8..12],
        &number[12..16],
        &number[16..20],
        &number[20..],
    ];
    format!("urn:uuid:{}", parts.join("-"))
}
