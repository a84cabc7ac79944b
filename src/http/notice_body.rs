//! Notices as they are sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::alerts;
use crate::app::clock;
use crate::app::names;
use crate::http::described::words;
use crate::http::validator::Validator;
use crate::model::moment::Moment;
use crate::model::notice::Notice;
use crate::model::notice::Wording;

/// A notice.
#[derive(Serialize, ToSchema)]
pub(super) struct NoticeBody {
    /// Unique in the whole service, and never given again.
    #[schema(example = 1)]
    id: i64,
    region: String,
    #[schema(value_type = words::Warned)]
    kind: &'static str,
    #[schema(value_type = words::SeverityName)]
    severity: &'static str,
    /// In Chinese.
    #[schema(required)]
    zh: Option<WordingBody>,
    /// In English.
    #[schema(required)]
    en: Option<WordingBody>,
    /// The ids of the villages that it is for.
    villages: Vec<String>,
    /// The ids of the waters that it is about; without villages and waters it is for the whole region.
    water_bodies: Vec<String>,
    #[schema(example = "2026-07-04T00:00:00Z")]
    from: String,
    #[schema(example = "2026-07-06T00:00:00Z")]
    until: String,
    #[schema(value_type = words::NoticeStateName)]
    state: &'static str,
    /// When it was written.
    #[schema(example = "2026-07-03T08:00:00Z")]
    written_at: String,
    /// When it was last changed or withdrawn.
    #[schema(example = "2026-07-03T08:00:00Z")]
    changed_at: String,
    /// For if-match, when it is changed or withdrawn.
    #[schema(example = "\"notice-1-1-1783065600000\"")]
    etag: String,
    /// Where it is as a message of the Common Alerting Protocol.
    #[schema(example = "/api/v1/regions/shuixiang/notices/1/cap")]
    cap: String,
}

/// A notice in one language.
#[derive(Serialize, ToSchema)]
pub(super) struct WordingBody {
    title: String,
    text: String,
}

/// The notices in force, the latest first.
#[derive(Serialize, ToSchema)]
pub(super) struct NoticesBody {
    region: String,
    pub notices: Vec<NoticeBody>,
    /// When there will be others, if nobody writes one; none of a page of all.
    #[schema(required)]
    pub changes_at: Option<String>,
    /// Where the next page of all is, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl NoticesBody {
    /// Notices as they are at a moment.
    pub fn new(region: &str, notices: &[Notice], now: Moment) -> Self {
        let bodies = notices.iter().map(|notice| NoticeBody::new(notice, now));
        Self {
            region: region.to_owned(),
            notices: bodies.collect(),
            changes_at: None,
            next: None,
        }
    }
}

impl NoticeBody {
    /// A notice as it is at a moment.
    pub fn new(notice: &Notice, now: Moment) -> Self {
        let content = &notice.content;
        let wording = |wording: &Option<Wording>| {
            wording.as_ref().map(|wording| WordingBody {
                title: wording.title.as_str().to_owned(),
                text: wording.text.as_str().to_owned(),
            })
        };
        let first = notice.told_at.first().copied();
        Self {
            id: notice.id.0,
            region: notice.region.clone(),
            kind: names::of_notice(content.kind),
            severity: names::of_severity(content.severity),
            zh: wording(&content.zh),
            en: wording(&content.en),
            villages: content.villages.clone(),
            water_bodies: content.water_bodies.clone(),
            from: clock::text(content.from),
            until: clock::text(content.until),
            state: names::of_notice_state(notice.state(now)),
            written_at: clock::text(first.unwrap_or(notice.last_told())),
            changed_at: clock::text(notice.last_told()),
            etag: Validator::of_notice(notice).text(),
            cap: alerts::address(&notice.region, notice),
        }
    }
}
