//! What a provider that people sign in with hands back, as the description has it.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;

use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::query;
use crate::http::described::parameters::text;

parameter_type!(
    State,
    query(
        "state",
        "What this service gave the browser to take along.",
        text(),
        json!("kT2eN0bSFWo5k0UtSgs6Mw")
    )
);
parameter_type!(
    Code,
    query(
        "code",
        "What the provider exchanges for its word, once.",
        text(),
        json!("SplxlOBeZQQYbYS6WxSbIA")
    )
);
parameter_type!(
    Refusal,
    query(
        "error",
        "Why the provider does not vouch for anybody.",
        text(),
        json!("access_denied")
    )
);
