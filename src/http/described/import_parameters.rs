//! The parameters of files that are brought in.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::ArrayBuilder;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::Type;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterBuilder;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::path::ParameterStyle;

use crate::http::described::parameters::integer;
use crate::http::described::parameters::named;
use crate::http::described::parameters::needed;
use crate::http::described::parameters::parameter;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::query;
use crate::http::described::parameters::text;
use crate::http::described::words;
use crate::http::imports::MOST_TOLD;

parameter_type!(
    FileName,
    needed(parameter(
        ParameterIn::Query,
        "file",
        "The file's name, by whose end its format is known.",
        text(),
        json!("poles.csv")
    ))
);
parameter_type!(
    FileDatum,
    query(
        "datum",
        "In which system the file's coordinates are, whatever the file itself says; else as it says, or WGS-84.",
        named::<words::DatumName>(),
        json!("gcj02")
    )
);
parameter_type!(
    FileLayer,
    query(
        "layer",
        "The layer or the sheet, of a file with several; all layers, or the first sheet that is a register.",
        text(),
        json!("poles")
    )
);
parameter_type!(
    FileColumns,
    query(
        "columns",
        "The file's own names of columns or properties, by ours, as JSON.",
        text(),
        json!("{\"id\":\"编号\"}")
    )
);
parameter_type!(
    FileKind,
    query(
        "kind",
        "The kind of every piece that names none.",
        named::<words::Kind>(),
        json!("pole")
    )
);
parameter_type!(
    MadeUp,
    query(
        "illustrative",
        "Whether its new pieces are made up for demonstration, which is said of them wherever they are shown.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(true)
    )
);
parameter_type!(
    Takes,
    doubts(
        "take",
        "What is taken although it is in doubt, with commas; nothing."
    )
    .build()
);
parameter_type!(
    RowsTold,
    query(
        "rows",
        "So many rows of each outcome are told at most; 1000.",
        integer(0_usize, MOST_TOLD),
        json!(1000)
    )
);

parameter_type!(
    OfImport,
    query(
        "import",
        "Only the entries of the pieces of this import, by the number of its own entry; all others.",
        integer(1_i64, i64::MAX),
        json!(8)
    )
);

fn doubts(name: &str, about: &str) -> ParameterBuilder {
    let doubts = ArrayBuilder::new().items(named::<words::DoubtName>());
    let doubts = doubts.min_items(Some(1)).build();
    let example = json!(["duplicate"]);
    parameter(ParameterIn::Query, name, about, doubts, example)
        .style(Some(ParameterStyle::Form))
        .explode(Some(false))
}
