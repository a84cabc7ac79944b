//! 四个一 as it is sent: which of board, ring, rope and pole are there, and which are missing.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::http::described::words;
use crate::model::rescue_point::FourOnes;

/// What there is of 四个一, counted from the pieces that can be used now.
#[derive(Serialize, ToSchema)]
pub(super) struct FourOnesBody {
    four: FourBody,
    /// Those of which nothing usable is there.
    #[schema(value_type = Vec<words::Kind>)]
    missing: Vec<&'static str>,
    /// Whether all four can be used.
    complete: bool,
}

/// What there is of each: something `usable`, only something `unusable`, or `none`.
#[derive(Serialize, ToSchema)]
struct FourBody {
    /// A warning board, 警示牌.
    #[schema(value_type = words::Supplied)]
    board: &'static str,
    /// A life ring, 救生圈.
    #[schema(value_type = words::Supplied)]
    ring: &'static str,
    /// A throw rope, 救生绳.
    #[schema(value_type = words::Supplied)]
    rope: &'static str,
    /// A rescue pole, 救生杆.
    #[schema(value_type = words::Supplied)]
    pole: &'static str,
}

impl From<FourOnes> for FourOnesBody {
    fn from(four: FourOnes) -> Self {
        // In the order of `FOUR`.
        let [board, ring, rope, pole] = four.0.map(names::of_supply);
        Self {
            four: FourBody {
                board,
                ring,
                rope,
                pole,
            },
            missing: four.missing().map(names::of_equipment).collect(),
            complete: four.is_complete(),
        }
    }
}
