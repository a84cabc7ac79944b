//! JSON files with features: one door for GeoJSON and Esri JSON, told apart by what is in them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use crate::formats::esri_json;
use crate::formats::feature::FeatureFile;
use crate::formats::geojson;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;

/// The members of the outermost object, each still as text.
pub(super) type Members<'a> = BTreeMap<String, &'a RawValue>;

/// More features than this in one file are refused; a county's buildings are a fifth.
pub(super) const MOST_FEATURES: usize = 5_000_000;

/// Why a JSON file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not JSON.
    #[error("is no JSON: {0}; export it again as GeoJSON")]
    Syntax(String),
    /// JSON, but something else.
    #[error("is JSON without features: {0}; export it as a GeoJSON FeatureCollection")]
    NoFeatures(String),
    /// More features than we read.
    #[error("has more than {limit} features; split it, or leave out what the region does not need")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        match error.classify() {
            serde_json::error::Category::Data => Self::NoFeatures(shorten(&error)),
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => Self::Syntax(shorten(&error)),
        }
    }
}

/// The features of a JSON text.
///
/// The text is scanned in place; only one feature at a time is taken apart, so a feature that makes no sense costs
/// nothing but itself. Nesting deeper than 128 is such a feature.
///
/// # Errors
///
/// For a text that is no JSON, or holds no features.
pub(super) fn read(text: &str, report: &mut Report) -> Result<FeatureFile, JsonError> {
    let text = text.trim_start_matches('\u{feff}');
    let members: Members<'_> = serde_json::from_str(text)?;
    if esri_json::is_esri(&members) {
        esri_json::read(&members, report)
    } else {
        geojson::read(text, &members, report)
    }
}

/// Calls `each` with every item of a list, still as text, and its number counted from 1.
pub(super) fn for_each_item<'a>(
    list: &'a RawValue,
    mut each: impl FnMut(usize, &'a RawValue),
) -> Result<(), JsonError> {
    let mut n_items = 0;
    let mut take = |raw| {
        n_items += 1;
        if n_items <= MOST_FEATURES {
            each(n_items, raw);
        }
    };
    serde_json::Deserializer::from_str(list.get()).deserialize_seq(Items(&mut take))?;
    if n_items > MOST_FEATURES {
        return Err(JsonError::TooMany {
            limit: MOST_FEATURES,
        });
    }
    Ok(())
}

/// Hands on the items of a list one by one, so that the list itself is never held.
struct Items<'f, F>(&'f mut F);

impl<'a, F: FnMut(&'a RawValue)> Visitor<'a> for Items<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

/// A parser's message on one short line.
pub(super) fn shorten(error: &serde_json::Error) -> String {
    shortened_text(&error.to_string())
}
