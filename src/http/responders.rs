//! Who can come first to a place: what may be asked, and how much strangers are told.

use crate::app::gaps::USUAL_KINDS;
use crate::app::regions::Regions;
use crate::app::responders::RespondersQuestion;
use crate::app::responders::Whom;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::http::nearest_body::Shape;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::responders_body::RespondersBody;
use crate::http::visitor::Visitor;
use crate::http::visitor::may;
use crate::model::account::Role;
use crate::model::equipment::EquipmentKind;
use crate::model::responder::minute_of_day;

/// What a request says of those who are to come.
pub(super) struct Call<'a> {
    /// Whether they fetch something on the way.
    pub via_fetch: bool,
    /// The time of day.
    pub time: Option<&'a str>,
    /// The kinds of equipment, if they are named.
    pub kinds: Option<Vec<EquipmentKind>>,
    /// Whether pieces that cannot be used are asked for.
    pub with_unusable: Option<bool>,
}

/// How an answer is wanted.
pub(super) struct Wanted {
    fetch: Option<Vec<EquipmentKind>>,
    most: usize,
    /// Minutes since midnight by the region's clock; now, if there is none.
    minute: Option<u16>,
    shape: Shape,
    /// Whoever asks, if they are signed in.
    visitor: Option<Visitor>,
}

impl Call<'_> {
    /// Whoever asks for equipment must not ask for what only responders have.
    pub fn is_none_of_responders(&self) -> Result<(), Fault> {
        let given = [("via", self.via_fetch), ("time", self.time.is_some())];
        match given.into_iter().find(|(_, is_given)| *is_given) {
            None => Ok(()),
            Some((name, _)) => {
                let detail =
                    format!("{name} goes with for=responders; add that, or leave {name} out");
                Err(bad(name, detail))
            }
        }
    }
}

impl Wanted {
    /// What is wanted, as far as whoever asks may be told.
    pub fn new(
        call: Call<'_>,
        most: usize,
        shape: Shape,
        visitor: Option<Visitor>,
    ) -> Result<Self, Fault> {
        if call.with_unusable.is_some() {
            let detail = "unusable goes with for=equipment; leave it out";
            return Err(bad("unusable", detail));
        }
        if call.kinds.is_some() && !call.via_fetch {
            let detail = "kind says what is fetched on the way; add via=fetch, or leave kind out";
            return Err(bad("kind", detail));
        }
        let minute = call.time.map(|text| {
            let minute = minute_of_day(text).filter(|minute| *minute < 1440);
            let wrong = || {
                let text = shown(text);
                let detail = format!("time is {text}; give a time of day from 00:00 to 23:59");
                bad("time", detail)
            };
            minute.ok_or_else(wrong)
        });
        let kinds = call.kinds.unwrap_or_else(|| USUAL_KINDS.to_vec());
        Ok(Self {
            fetch: call.via_fetch.then_some(kinds),
            most,
            minute: minute.transpose()?,
            shape,
            visitor,
        })
    }

    /// Of whom whoever asks may be told.
    fn whom(&self, snapshot: &Snapshot) -> Whom {
        let region = snapshot.region.settings.id.as_str();
        if may(self.visitor.as_ref(), Role::Dispatcher, region) {
            Whom::All
        } else {
            Whom::Stations
        }
    }

    /// Who can come first to a place.
    pub fn answer(&self, regions: &Regions, at: LonLat) -> Result<RespondersBody, Fault> {
        let snapshot = regions.at_given(at, self.shape.datum.datum())?;
        let mut now = snapshot.now();
        now.minute_of_day = self.minute.unwrap_or(now.minute_of_day);
        let crew = snapshot.crew();
        let question = RespondersQuestion {
            at,
            whom: self.whom(&snapshot),
            fetch: self.fetch.clone(),
            most: self.most,
            now,
        };
        let answer = snapshot.responders(&crew, &question)?;
        Ok(RespondersBody::new(
            &snapshot,
            &crew,
            &question,
            &answer,
            &self.shape,
        )?)
    }
}
