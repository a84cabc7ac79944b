//! Notices: what a planner warns people of, at which waters and villages, from when until when.

use std::ops::Deref;

use serde::Deserialize;
use serde::Serialize;

use crate::model::moment::Moment;
use crate::model::said::Said;
use crate::model::text::Name;
use crate::model::text::Note;

/// The most villages of one notice, and the most waters.
pub const MOST_PLACES: usize = 100;

/// A notice is in force for at most so many days.
pub const MOST_DAYS: i64 = 30;

/// A notice begins at most so many days ahead.
pub const MOST_AHEAD_DAYS: i64 = 366;

/// A notice is changed at most so often; after that another is written.
pub const MOST_CHANGES: usize = 50;

const DAY_MS: i64 = 86_400_000;

/// The number of a notice; unique in the whole store, and never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct NoticeId(pub i64);

/// What people are warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Hot days, on which people swim, 高温.
    Heat,
    /// A reservoir or lock lets water go, 放水.
    WaterRelease,
    /// Ice that bears nobody, 薄冰.
    ThinIce,
    /// High water, 洪水.
    Flood,
    /// Wind and rain, 大风暴雨.
    Storm,
    /// Anything else.
    Other,
}

impl NoticeKind {
    /// Every kind, in the order of this enum.
    pub const ALL: [Self; 6] = [
        Self::Heat,
        Self::WaterRelease,
        Self::ThinIce,
        Self::Flood,
        Self::Storm,
        Self::Other,
    ];
}

/// How bad it is, in the words of the Common Alerting Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// An extraordinary threat to life.
    Extreme,
    /// A significant threat.
    Severe,
    /// A possible threat.
    Moderate,
    /// Hardly a threat.
    Minor,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 4] = [Self::Extreme, Self::Severe, Self::Moderate, Self::Minor];
}

/// A notice in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// One line.
    pub title: Name,
    /// What people should know and do.
    pub text: Note,
}

/// What a notice says, before anybody has looked whether that makes sense.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    /// What people are warned of.
    pub kind: NoticeKind,
    /// How bad it is.
    pub severity: Severity,
    /// In Chinese.
    pub zh: Option<Wording>,
    /// In English.
    pub en: Option<Wording>,
    /// The ids of the villages that it is for.
    pub villages: Vec<String>,
    /// The ids of the waters that it is about; without villages and waters it is for the whole region.
    pub water_bodies: Vec<String>,
    /// In force from then on.
    pub from: Moment,
    /// In force until then.
    pub until: Moment,
}

/// What a notice says; whoever holds one holds something that makes sense.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Content(Draft);

/// Why a notice makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNotice {
    /// It says nothing.
    #[error("says nothing; give zh, en or both, each with a title and a text")]
    NoWords,
    /// It ends before it begins.
    #[error("ends before it begins; give an until that is later than from")]
    Backward,
    /// It would be forgotten.
    #[error("is in force for more than {MOST_DAYS} days; give an earlier until")]
    TooLong,
    /// Too many places.
    #[error(
        "names {n} places of one kind; give at most {MOST_PLACES}, or none for the whole region"
    )]
    TooManyPlaces {
        /// As given.
        n: usize,
    },
    /// A place that is named twice.
    #[error("names a place twice; name each once")]
    Twice,
}

impl Content {
    /// What a draft says, if it makes sense.
    pub fn new(draft: Draft) -> Result<Self, BadNotice> {
        if draft.zh.is_none() && draft.en.is_none() {
            return Err(BadNotice::NoWords);
        }
        if draft.until <= draft.from {
            return Err(BadNotice::Backward);
        }
        if MOST_DAYS * DAY_MS < draft.until.ms.saturating_sub(draft.from.ms) {
            return Err(BadNotice::TooLong);
        }
        for ids in [&draft.villages, &draft.water_bodies] {
            if MOST_PLACES < ids.len() {
                return Err(BadNotice::TooManyPlaces { n: ids.len() });
            }
            let mut sorted: Vec<&String> = ids.iter().collect();
            sorted.sort_unstable();
            sorted.dedup();
            if sorted.len() < ids.len() {
                return Err(BadNotice::Twice);
            }
        }
        Ok(Self(draft))
    }
}

impl Deref for Content {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.0
    }
}

/// What is said otherwise of a notice; what is none stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoticeEdit {
    /// What people are warned of.
    pub kind: Option<NoticeKind>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// In Chinese.
    pub zh: Said<Wording>,
    /// In English.
    pub en: Said<Wording>,
    /// For which villages.
    pub villages: Option<Vec<String>>,
    /// About which waters.
    pub water_bodies: Option<Vec<String>>,
    /// From when on.
    pub from: Option<Moment>,
    /// Until when.
    pub until: Option<Moment>,
}

impl NoticeEdit {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a notice says from then on.
    pub fn apply(&self, content: &Content) -> Result<Content, BadNotice> {
        let mut draft = content.0.clone();
        draft.kind = self.kind.unwrap_or(draft.kind);
        draft.severity = self.severity.unwrap_or(draft.severity);
        for (said, wording) in [(&self.zh, &mut draft.zh), (&self.en, &mut draft.en)] {
            match said {
                Said::Nothing => {}
                Said::None => *wording = None,
                Said::This(new) => *wording = Some(new.clone()),
            }
        }
        if let Some(villages) = &self.villages {
            draft.villages.clone_from(villages);
        }
        if let Some(water_bodies) = &self.water_bodies {
            draft.water_bodies.clone_from(water_bodies);
        }
        draft.from = self.from.unwrap_or(draft.from);
        draft.until = self.until.unwrap_or(draft.until);
        Content::new(draft)
    }
}

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number.
    pub id: NoticeId,
    /// The region's id.
    pub region: String,
    /// What it says.
    pub content: Content,
    /// Whether somebody has taken it back.
    pub is_withdrawn: bool,
    /// When it was written, and when each change was told; never empty, the last is the newest.
    pub told_at: Vec<Moment>,
}

/// How a notice stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    /// Its time has not come.
    Coming,
    /// People are warned now.
    InForce,
    /// Its time is over.
    Over,
    /// Somebody has taken it back.
    Withdrawn,
}

impl NoticeState {
    /// Every state, in the order of this enum.
    pub const ALL: [Self; 4] = [Self::Coming, Self::InForce, Self::Over, Self::Withdrawn];
}

impl Notice {
    /// How it stands at a moment; it begins with its first millisecond and is over with its last.
    pub fn state(&self, now: Moment) -> NoticeState {
        if self.is_withdrawn {
            NoticeState::Withdrawn
        } else if now < self.content.from {
            NoticeState::Coming
        } else if now < self.content.until {
            NoticeState::InForce
        } else {
            NoticeState::Over
        }
    }

    /// Whether everybody may know of it: its time has come and is not over, though it may have been taken back.
    pub fn is_public(&self, now: Moment) -> bool {
        self.content.from <= now && now < self.content.until
    }

    /// When it was last told.
    pub fn last_told(&self) -> Moment {
        self.told_at.last().copied().unwrap_or(Moment { ms: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(from: i64, until: i64) -> Draft {
        Draft {
            kind: NoticeKind::Heat,
            severity: Severity::Moderate,
            zh: Some(Wording {
                title: Name::new("高温").unwrap(),
                text: Note::new("勿下水").unwrap(),
            }),
            en: None,
            villages: Vec::new(),
            water_bodies: Vec::new(),
            from: Moment { ms: from },
            until: Moment { ms: until },
        }
    }

    #[test]
    fn a_notice_says_something_and_ends_within_thirty_days() {
        assert!(Content::new(draft(0, 1)).is_ok());
        assert!(Content::new(draft(0, 30 * DAY_MS)).is_ok());
        assert_eq!(
            Content::new(draft(0, 30 * DAY_MS + 1)),
            Err(BadNotice::TooLong)
        );
        assert_eq!(Content::new(draft(5, 5)), Err(BadNotice::Backward));
        assert_eq!(
            Content::new(draft(i64::MIN, i64::MAX)),
            Err(BadNotice::TooLong)
        );
        let silent = Draft {
            zh: None,
            ..draft(0, 1)
        };
        assert_eq!(Content::new(silent), Err(BadNotice::NoWords));
    }

    #[test]
    fn places_are_named_once_and_not_too_many() {
        let with = |villages: Vec<String>| {
            Content::new(Draft {
                villages,
                ..draft(0, 1)
            })
        };
        let ids = |n: usize| (0..n).map(|id| id.to_string()).collect();
        assert!(with(ids(100)).is_ok());
        assert_eq!(with(ids(101)), Err(BadNotice::TooManyPlaces { n: 101 }));
        let twice = vec!["a".to_owned(), "b".to_owned(), "a".to_owned()];
        assert_eq!(with(twice), Err(BadNotice::Twice));
    }

    #[test]
    fn a_notice_is_in_force_from_its_first_moment_to_before_its_last() {
        let mut notice = Notice {
            id: NoticeId(1),
            region: "r".to_owned(),
            content: Content::new(draft(10, 20)).unwrap(),
            is_withdrawn: false,
            told_at: vec![Moment { ms: 5 }],
        };
        let state = |notice: &Notice, ms| notice.state(Moment { ms });
        assert_eq!(state(&notice, 9), NoticeState::Coming);
        assert_eq!(state(&notice, 10), NoticeState::InForce);
        assert_eq!(state(&notice, 19), NoticeState::InForce);
        assert_eq!(state(&notice, 20), NoticeState::Over);
        notice.is_withdrawn = true;
        assert_eq!(state(&notice, 15), NoticeState::Withdrawn);
        assert!(notice.is_public(Moment { ms: 15 }) && !notice.is_public(Moment { ms: 9 }));
    }

    #[test]
    fn an_edit_changes_what_it_says_and_must_leave_something_said() {
        let content = Content::new(draft(0, 1)).unwrap();
        let edit = NoticeEdit {
            severity: Some(Severity::Extreme),
            ..NoticeEdit::default()
        };
        let after = edit.apply(&content).unwrap();
        assert_eq!(after.severity, Severity::Extreme);
        assert_eq!(after.zh, content.zh);
        let silent = NoticeEdit {
            zh: Said::None,
            ..NoticeEdit::default()
        };
        assert_eq!(silent.apply(&content), Err(BadNotice::NoWords));
        assert!(NoticeEdit::default().is_empty() && !silent.is_empty());
    }
}
