//! What webhooks are told of a notice: JSON for programs, a short text for a group of people.

use serde::Serialize;
use serde_json::json;

use crate::app::clock;
use crate::app::names;
use crate::app::notice_areas::name_of_water;
use crate::app::snapshot::Snapshot;
use crate::model::notice::Notice;
use crate::model::notice::NoticeKind;
use crate::model::notice::Severity;
use crate::model::notice::Wording;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::Shape;

/// A bot of enterprise `WeChat` takes at most so much, bytes of UTF-8.
pub const MOST_BYTES: usize = 4_096;

/// So many places are named to people; of more only the number is told.
const MOST_NAMED: usize = 10;

/// What ends a text that was cut.
const CUT: &str = "…";

/// What is told to programs.
#[derive(Serialize)]
struct Told<'a> {
    id: i64,
    region: &'a str,
    kind: NoticeKind,
    severity: Severity,
    zh: Option<&'a Wording>,
    en: Option<&'a Wording>,
    villages: &'a [String],
    water_bodies: &'a [String],
    from: String,
    until: String,
    withdrawn: bool,
}

/// What a webhook of a shape is told of a notice; names of places only where the region is at hand.
pub fn of(
    notice: &Notice,
    event: NoticeEvent,
    shape: Shape,
    snapshot: Option<&Snapshot>,
) -> String {
    match shape {
        Shape::Json => json(notice, event),
        Shape::Wecom => {
            let content = markdown(notice, event, snapshot);
            json!({"msgtype": "markdown", "markdown": {"content": content}}).to_string()
        }
    }
}

fn json(notice: &Notice, event: NoticeEvent) -> String {
    let content = &notice.content;
    let told = Told {
        id: notice.id.0,
        region: &notice.region,
        kind: content.kind,
        severity: content.severity,
        zh: content.zh.as_ref(),
        en: content.en.as_ref(),
        villages: &content.villages,
        water_bodies: &content.water_bodies,
        from: clock::text(content.from),
        until: clock::text(content.until),
        withdrawn: notice.is_withdrawn,
    };
    let kind = format!("notice.{}", names::of_notice_event(event));
    let at = clock::text(notice.last_told());
    json!({"type": kind, "timestamp": at, "data": told}).to_string()
}

fn markdown(notice: &Notice, event: NoticeEvent, snapshot: Option<&Snapshot>) -> String {
    let content = &notice.content;
    let state = match event {
        NoticeEvent::Published => "",
        NoticeEvent::Changed => "（更新）",
        NoticeEvent::Withdrawn => "（已撤回 · withdrawn）",
    };
    let kind = names::of_notice_in_chinese(content.kind);
    let zone = snapshot.map_or("UTC", |it| it.region.settings.time_zone.as_str());
    let from = clock::for_people(zone, content.from);
    let until = clock::for_people(zone, content.until);
    let mut words = content.zh.iter().chain(&content.en);
    let mut parts: Vec<String> = Vec::new();
    if let Some(first) = words.next() {
        parts.push(format!(
            "## {kind}{state}：{}\n> {from} – {until}\n> {}\n{}",
            harmless(first.title.as_str()),
            harmless(&places(notice, snapshot)),
            harmless(first.text.as_str())
        ));
    }
    parts.extend(words.map(|second| {
        let (title, body) = (second.title.as_str(), second.text.as_str());
        format!("{}\n{}", harmless(title), harmless(body))
    }));
    cut(parts.join("\n\n"))
}

/// Where a notice holds, for people.
fn places(notice: &Notice, snapshot: Option<&Snapshot>) -> String {
    let content = &notice.content;
    let village = |id: &String| {
        let found = snapshot.and_then(|it| Some((it, it.village(id).ok()?)));
        found.map(|(it, index)| it.region.ground.villages[index].name.clone())
    };
    let water = |id: &String| {
        let found = snapshot.and_then(|it| Some((it, it.water_body(id).ok()?)));
        found.map(|(it, index)| name_of_water(it, index).to_owned())
    };
    let villages = content.villages.iter();
    let villages = villages.map(|id| village(id).unwrap_or_else(|| id.clone()));
    let waters = content.water_bodies.iter();
    let waters = waters.map(|id| water(id).unwrap_or_else(|| id.clone()));
    let all: Vec<String> = villages.chain(waters).collect();
    match all.len() {
        0 => snapshot.map_or_else(
            || notice.region.clone(),
            |it| names::of_region(&it.region.settings, "zh").to_owned(),
        ),
        n if n <= MOST_NAMED => all.join("、"),
        n => format!("{} 等 {n} 处", all[..MOST_NAMED].join("、")),
    }
}

/// A text without anything that would be more than text in a group: every letter that means something to the bot's
/// markdown (links, colors, mentions of everybody) is written in its wide form, which only looks the same.
fn harmless(text: &str) -> String {
    let wide = |letter: char| match letter {
        '<' => '＜',
        '>' => '＞',
        '[' => '［',
        ']' => '］',
        '@' => '＠',
        '`' => '｀',
        '*' => '＊',
        '_' => '＿',
        '#' => '＃',
        '&' => '＆',
        '~' => '～',
        '|' => '｜',
        '\\' => '＼',
        '\t' => ' ',
        other => other,
    };
    text.chars().map(wide).collect()
}

/// A text that a bot takes, cut between two letters if it is too long.
fn cut(mut text: String) -> String {
    if MOST_BYTES < text.len() {
        let most = text.floor_char_boundary(MOST_BYTES - CUT.len());
        text.truncate(most);
        text.push_str(CUT);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;
    use crate::model::notice::Content;
    use crate::model::notice::Draft;
    use crate::model::notice::NoticeId;
    use crate::model::text::Name;
    use crate::model::text::Note;

    fn notice(title: &str, text: &str) -> Notice {
        let wording = Wording {
            title: Name::new(title).unwrap(),
            text: Note::new(text).unwrap(),
        };
        let draft = Draft {
            kind: NoticeKind::ThinIce,
            severity: Severity::Severe,
            zh: Some(wording),
            en: None,
            villages: Vec::new(),
            water_bodies: vec!["water-1".to_owned()],
            from: Moment { ms: 0 },
            until: Moment { ms: 3_600_000 },
        };
        Notice {
            id: NoticeId(7),
            region: "r".to_owned(),
            content: Content::new(draft).unwrap(),
            is_withdrawn: false,
            told_at: vec![Moment { ms: 0 }],
        }
    }

    fn content_of(notice: &Notice) -> String {
        let body = of(notice, NoticeEvent::Published, Shape::Wecom, None);
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["msgtype"], "markdown");
        body["markdown"]["content"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_bot_is_told_kind_title_time_and_place() {
        assert_eq!(
            content_of(&notice("别上冰", "冰很薄")),
            "## 薄冰：别上冰\n> 1970-01-01 00:00 – 1970-01-01 01:00\n> water-1\n冰很薄"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_two_letters() {
        for ahead in ["", "x", "xx"] {
            let text = format!("{ahead}{}", "冰".repeat(1_990));
            let content = content_of(&notice("别上冰", &text));
            assert!(content.len() <= MOST_BYTES && MOST_BYTES - 3 < content.len() + 3);
            assert!(content.ends_with("冰…"), "{content}");
        }
    }

    #[test]
    fn links_colors_and_mentions_are_only_text() {
        let bad =
            "[点我](https://evil.example) <font color=\"warning\">x</font> <@all> @all **b** `c`";
        let content = content_of(&notice(bad, &format!("{bad}\n# {bad}\n> {bad}")));
        let (_, words) = content.split_once('：').unwrap();
        for letter in ['[', ']', '<', '@', '*', '`', '#'] {
            assert!(!words.contains(letter), "{letter} in {words}");
        }
        let marks = words.lines().filter(|line| line.starts_with('>'));
        assert_eq!(marks.count(), 2, "only the service's own lines are quoted");
    }

    #[test]
    fn a_program_is_told_everything_in_json() {
        let body = of(
            &notice("<script>", "\"quoted\""),
            NoticeEvent::Withdrawn,
            Shape::Json,
            None,
        );
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["type"], "notice.withdrawn");
        assert_eq!(body["timestamp"], "1970-01-01T00:00:00Z");
        let data = &body["data"];
        assert_eq!(data["zh"]["title"], "<script>");
        assert_eq!(data["kind"], "thin_ice");
        assert_eq!(data["until"], "1970-01-01T01:00:00Z");
        assert_eq!(data["water_bodies"][0], "water-1");
    }
}
