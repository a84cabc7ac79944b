//! What somebody needs for an evening, as it is told: their team, its way, the equipment and the walking ground around it.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::duty::DutyPack;
use crate::app::duty::OwnDuty;
use crate::app::duty::PackedGround;
use crate::app::duty_words;
use crate::app::entries::TRACK_DAYS;
use crate::app::hand_over::Wanted;
use crate::app::names;
use crate::geometry::converter::Converter;
use crate::http::described::duties as words;
use crate::http::described::words::Kind;
use crate::http::described::words::PieceCondition;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::notice_body::NoticeBody;
use crate::http::patrol_body::TeamBody;
use crate::http::patrol_body::team_body;
use crate::http::problem::Fault;
use crate::http::volunteers::skills;

/// What somebody needs for an evening, also where there is no signal.
#[derive(Serialize, ToSchema)]
pub(super) struct DutyBody {
    region: String,
    #[schema(value_type = BTreeMap<String, String>, example = json!({"zh": "水乡", "en": "Shuixiang"}))]
    region_name: BTreeMap<String, String>,
    /// Of all coordinates.
    #[schema(example = "wgs84")]
    datum: &'static str,
    #[schema(format = Date)]
    day: String,
    #[schema(example = "Asia/Shanghai")]
    time_zone: String,
    /// None: the account is no volunteer's.
    #[schema(required)]
    volunteer: Option<OwnBody>,
    /// None: they are not on that evening.
    #[schema(required)]
    duty: Option<OwnDutyBody>,
    /// The way of their team; none: none is published.
    #[schema(required)]
    patrol: Option<OwnPatrolBody>,
    /// Whom to call, by `police`, `ambulance` and whatever else the region names.
    calls: BTreeMap<String, String>,
    /// What is read out or played on the way, by language, where the region says so.
    reminder: BTreeMap<String, String>,
    /// The notices in force, the latest first.
    notices: Vec<NoticeBody>,
    /// Evenings in the next two weeks that others hand over, and that whoever asks could take.
    wanted: Vec<WantedBody>,
    /// The equipment along the way.
    equipment: Vec<PackedPieceBody>,
    ground: PackedGroundBody,
    /// A track is kept so many days.
    track_days: i64,
    /// Who must be named wherever this is shown.
    #[schema(required)]
    attribution: Option<String>,
}

/// Who asks.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnBody {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "王芳")]
    name: String,
    /// Whether their way may be recorded; none: they have not said.
    #[schema(required)]
    consent: Option<bool>,
}

/// What they are to do.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnDutyBody {
    /// The number of their team, counted from 1.
    #[schema(example = 1)]
    team: usize,
    #[schema(required, example = "北队")]
    team_name: Option<String>,
    /// What they have said themselves.
    #[schema(required, value_type = Option<words::AnswerName>)]
    answer: Option<&'static str>,
    /// When teams set off, by the region's clock, if that is known.
    #[schema(required, example = "19:00")]
    begins: Option<String>,
    /// Everybody who is in the team.
    members: Vec<PartnerBody>,
}

/// Somebody who is in the team.
#[derive(Serialize, ToSchema)]
pub(super) struct PartnerBody {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "王芳")]
    name: String,
    #[schema(required, example = "0575 8700 0000")]
    phone: Option<String>,
    #[schema(value_type = Vec<words::SkillName>)]
    skills: Vec<&'static str>,
    is_me: bool,
    #[schema(required, value_type = Option<words::AnswerName>)]
    answer: Option<&'static str>,
}

/// An evening that somebody hands over.
#[derive(Serialize, ToSchema)]
pub(super) struct WantedBody {
    #[schema(format = Date)]
    day: String,
    /// The number of the team, counted from 1.
    #[schema(example = 1)]
    team: usize,
    #[schema(required, example = "北队")]
    team_name: Option<String>,
    /// When teams set off, by the region's clock, if that is known.
    #[schema(required, example = "19:00")]
    begins: Option<String>,
    /// The number of whoever hands it over.
    #[schema(example = 2)]
    volunteer: i64,
    #[schema(example = "李伟")]
    name: String,
}

/// The way of a team.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnPatrolBody {
    /// The number of the published patrol; another after every change.
    #[schema(example = 7)]
    number: i64,
    /// The team's number, counted from 1.
    #[schema(example = 1)]
    team: usize,
    #[schema(format = DateTime)]
    published_at: String,
    way: TeamBody,
}

/// A piece along the way.
#[derive(Serialize, ToSchema)]
pub(super) struct PackedPieceBody {
    id: String,
    /// What is printed on its label.
    #[schema(example = "SX-0017")]
    code: String,
    #[schema(value_type = Kind)]
    kind: &'static str,
    #[schema(value_type = PieceCondition)]
    condition: &'static str,
    at: Position,
    #[schema(required)]
    name: Option<String>,
}

/// The walking ground around the way. The nearest piece to a place is that for which the straight way to a node in sight (no barrier
/// between), times 1.25, and from there as `near` says, is the least.
#[derive(Serialize, ToSchema)]
pub(super) struct PackedGroundBody {
    nodes: Vec<Position>,
    /// Of each node its nearest usable pieces, at most three: index in `equipment`, meters on foot.
    #[schema(value_type = Vec<Vec<Vec<f64>>>)]
    near: Vec<Vec<(usize, f64)>>,
    /// What nobody walks through: the water's edge, houses, walls.
    #[schema(value_type = Vec<Vec<Position>>)]
    barriers: Vec<[Position; 2]>,
}

impl DutyBody {
    pub(super) fn new(pack: &DutyPack, datum: &Converter) -> Result<Self, Fault> {
        let region = &pack.snapshot.region;
        let settings = &region.settings;
        let own = pack.volunteer.as_ref();
        let now = clock::now();
        let duty = pack.duty.as_ref().map(|duty| OwnDutyBody::new(duty, pack));
        let patrol = pack.way.as_ref().map(|(published, team)| {
            Ok::<_, Fault>(OwnPatrolBody {
                number: published.number.0,
                team: team.number,
                published_at: clock::text(published.at),
                way: team_body(team, datum)?,
            })
        });
        let equipment = pack.pieces.iter().map(|&index| {
            let piece = &region.equipment[index as usize];
            Ok::<_, Fault>(PackedPieceBody {
                id: piece.id.clone(),
                code: pack.snapshot.code(index as usize).to_string(),
                kind: names::of_equipment(piece.kind),
                condition: names::of_condition(piece.condition),
                at: position(datum, piece.at)?,
                name: piece.name.clone(),
            })
        });
        Ok(Self {
            region: settings.id.as_str().to_owned(),
            region_name: settings.name.clone(),
            datum: "wgs84",
            day: pack.day.as_str().to_owned(),
            time_zone: settings.time_zone.clone(),
            volunteer: own.map(|own| OwnBody {
                id: own.id.0,
                name: own.says.name.as_str().to_owned(),
                consent: own.consents,
            }),
            duty,
            patrol: patrol.transpose()?,
            calls: settings.country_calls.clone(),
            reminder: settings.reminder.clone(),
            notices: pack
                .notices
                .iter()
                .map(|notice| NoticeBody::new(notice, now))
                .collect(),
            wanted: pack.wanted.iter().map(WantedBody::new).collect(),
            equipment: equipment.collect::<Result<_, Fault>>()?,
            ground: PackedGroundBody::new(&pack.ground),
            track_days: TRACK_DAYS,
            attribution: settings.attribution.clone(),
        })
    }
}

impl OwnDutyBody {
    fn new(duty: &OwnDuty, pack: &DutyPack) -> Self {
        let me = pack.volunteer.as_ref().map(|own| own.id);
        let members = duty.members.iter().map(|(member, answer)| PartnerBody {
            id: member.id.0,
            name: member.says.name.as_str().to_owned(),
            phone: member
                .says
                .phone
                .as_ref()
                .map(|phone| phone.as_str().to_owned()),
            skills: skills(&member.says.skills),
            is_me: Some(member.id) == me,
            answer: answer.map(duty_words::of_answer),
        });
        let members: Vec<PartnerBody> = members.collect();
        let own = members.iter().find(|member| member.is_me);
        Self {
            team: duty.team,
            team_name: duty.name.clone(),
            answer: own.and_then(|own| own.answer),
            begins: pack.begins.clone(),
            members,
        }
    }
}

impl WantedBody {
    fn new(wanted: &Wanted) -> Self {
        Self {
            day: wanted.day.as_str().to_owned(),
            team: wanted.team,
            team_name: wanted.team_name.clone(),
            begins: wanted.begins.clone(),
            volunteer: wanted.volunteer.0,
            name: wanted.name.clone(),
        }
    }
}

impl PackedGroundBody {
    fn new(ground: &PackedGround) -> Self {
        Self {
            nodes: ground.nodes.iter().map(|&at| Position(at)).collect(),
            near: ground.near.clone(),
            barriers: ground
                .barriers
                .iter()
                .map(|ends| ends.map(Position))
                .collect(),
        }
    }
}
