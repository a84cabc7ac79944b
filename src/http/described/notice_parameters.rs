//! The parameters of notices.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::Type;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;

use crate::http::described::parameters::header;
use crate::http::described::parameters::integer;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::path;
use crate::http::described::parameters::query;
use crate::http::described::parameters::whole;
use crate::http::notices::MOST_NOTICES;

parameter_type!(
    NoticeNumber,
    path("id", "The notice's number.", whole().build(), json!(1))
);
parameter_type!(
    All,
    query(
        "all",
        "Also those that are coming, over or withdrawn; for planners.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(false)
    )
);
parameter_type!(
    NoticesAPage,
    query(
        "limit",
        "So many of all on a page; 50.",
        integer(1_usize, MOST_NOTICES),
        json!(50)
    )
);
parameter_type!(
    BeforeNotice,
    query(
        "before",
        "The number of the last notice of the page before.",
        integer(1_i64, i64::MAX),
        json!(1000)
    )
);
parameter_type!(
    IfMatch,
    header(
        "if-match",
        "The etag of the notice that the change is based on; if it has changed since, nothing happens.",
        json!("*")
    )
);
