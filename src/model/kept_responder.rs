//! What people have said of responders, laid over what a region's files say.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::responder::Duty;
use crate::model::responder::Responder;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::model::text::Name;
use crate::model::text::Note;

/// So many responders a region has at most, if people add some.
pub const MOST_RESPONDERS: usize = 5_000;

/// What somebody has said of a responder, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponderSays {
    /// What they are.
    pub kind: ResponderKind,
    /// What they are called.
    pub name: Option<Name>,
    /// Where they belong, like 网格员.
    pub group: Option<Name>,
    /// Their village.
    pub village: Option<Name>,
    /// How they are called out.
    pub phone: Option<Name>,
    /// From where they set off.
    pub home: LonLat,
    /// When they come.
    pub duty: Duty,
    /// What carries them.
    pub travel: Travel,
    /// A remark.
    pub note: Option<Note>,
}

/// What is kept of a responder.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptResponder {
    /// Who.
    pub id: String,
    /// Whether they come now, as they have said themselves; none: their hours hold.
    pub says_on_duty: Option<bool>,
    /// What was said of them last; none: what the files say.
    pub change: Option<ResponderChange>,
    /// How often something was said of them.
    pub version: i64,
}

/// What somebody has done with a responder.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponderChange {
    /// Says this of them.
    Says(Box<ResponderSays>),
    /// Nobody may call them any more. Nothing of them is kept but their id, by which the files' row is left out.
    TakenOff,
}

impl ResponderSays {
    /// The responder of whom it is said, as somebody known before or new.
    pub fn of(&self, id: &str, before: Option<&Responder>) -> Responder {
        let text = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
        Responder {
            id: id.to_owned(),
            kind: self.kind,
            name: text(&self.name),
            group: text(&self.group),
            village: text(&self.village),
            phone: text(&self.phone),
            home: self.home,
            seen: before.and_then(|before| before.seen),
            duty: self.duty,
            says_on_duty: before.and_then(|before| before.says_on_duty),
            travel: self.travel,
            note: self.note.as_ref().map(|note| note.as_str().to_owned()),
            is_illustrative: before.is_some_and(|before| before.is_illustrative),
            version: before.map_or(0, |before| before.version),
        }
    }
}

/// Lays what people have said over the responders of the files.
pub fn lay_over(kept: Vec<KeptResponder>, responders: &mut Vec<Responder>) {
    for kept in kept {
        let place = responders.iter().position(|known| known.id == kept.id);
        let before = place.map(|place| &responders[place]);
        let mut after = match (&kept.change, before) {
            (Some(ResponderChange::Says(says)), _) => says.of(&kept.id, before),
            (None, Some(before)) => before.clone(),
            // Those whom the files have no longer are left aside.
            (None, None) => continue,
            (Some(ResponderChange::TakenOff), _) => {
                responders.retain(|known| known.id != kept.id);
                continue;
            }
        };
        after.says_on_duty = kept.says_on_duty;
        after.version = kept.version;
        match place {
            Some(place) => responders[place] = after,
            None => responders.push(after),
        }
    }
}
