//! The parameters of what people change: waters, rescue points, reports.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::Type;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;

use crate::http::described::parameters::header;
use crate::http::described::parameters::integer;
use crate::http::described::parameters::named;
use crate::http::described::parameters::needed;
use crate::http::described::parameters::parameter;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::path;
use crate::http::described::parameters::query;
use crate::http::described::parameters::text;
use crate::http::described::parameters::whole;
use crate::http::described::words;
use crate::http::inspections::MOST_DUE;
use crate::http::reports::MOST_REPORTS;
use crate::http::water_bodies::MOST_WATERS;
use crate::model::photo::MOST_PHOTOS;

parameter_type!(
    WaterBodyId,
    path("id", "The water body's id.", text(), json!("w018"))
);
parameter_type!(
    WaterBodiesAPage,
    query(
        "limit",
        "So many on a page; 1000.",
        integer(1_usize, MOST_WATERS),
        json!(1000)
    )
);
parameter_type!(
    AfterWaterBody,
    query(
        "after",
        "The id of the last water body of the page before.",
        text(),
        json!("w018")
    )
);
parameter_type!(
    PointId,
    path(
        "id",
        "The rescue point's id.",
        text(),
        json!("rescue-point-1")
    )
);
parameter_type!(
    IfResponder,
    header(
        "if-match",
        "The validator of the responder; if it is another by now, nothing happens.",
        json!("*")
    )
);
parameter_type!(
    CorrectionId,
    path("id", "The correction's id.", text(), json!("correction-1"))
);
parameter_type!(
    Complete,
    query(
        "complete",
        "Only rescue points at which all of 四个一 can be used, or only those where something is missing; all of them.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(false)
    )
);
parameter_type!(
    ReportNumber,
    path("id", "The report's number.", whole().build(), json!(1))
);
parameter_type!(
    PhotoNumber,
    path(
        "number",
        "Which of the report's photos.",
        integer(1_usize, MOST_PHOTOS),
        json!(1)
    )
);
parameter_type!(
    PhotoRight,
    needed(parameter(
        ParameterIn::Header,
        "photo-right",
        "The photo_right that the answer to the report has given.",
        text(),
        json!("b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")
    ))
);
parameter_type!(
    ReportStateAsked,
    query(
        "state",
        "Only reports that are so; all of them.",
        named::<words::ReportStateName>(),
        json!("open")
    )
);
parameter_type!(
    ReportsAPage,
    query(
        "limit",
        "So many on a page; 100.",
        integer(1_usize, MOST_REPORTS),
        json!(100)
    )
);
parameter_type!(
    BeforeReport,
    query(
        "before",
        "The number of the last report of the page before.",
        integer(1_usize, usize::MAX >> 1),
        json!(17)
    )
);
parameter_type!(
    Overdue,
    query(
        "overdue",
        "Only pieces that somebody should have looked at already, or only the others; all of them.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(true)
    )
);
parameter_type!(
    DueAPage,
    query(
        "limit",
        "So many on a page; 100.",
        integer(1_usize, MOST_DUE),
        json!(100)
    )
);
parameter_type!(
    FromDue,
    query(
        "skip",
        "So many from the beginning are left out; 0.",
        integer(0_usize, u32::MAX as usize),
        json!(0)
    )
);
