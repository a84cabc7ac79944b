//! The query of a request: known parameters only, each checked at the door.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::app::coverage::Counting;
use crate::app::gaps::USUAL_KINDS;
use crate::app::names;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::model::day::Day;
use crate::model::equipment::EquipmentKind;
use crate::units::Meters;

/// The limits that can be asked for, meters.
///
/// Every piece is looked around from as far as this, so that the work grows with its square: nobody runs a kilometer to
/// fetch a pole, and ten of them would keep a worker busy for longer than anybody waits.
pub(super) const LIMITS_M: RangeInclusive<f64> = 1.0..=1_000.0;

/// The parameters of one request.
pub(super) struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    /// The parameters of a query, all of them known and none twice.
    pub fn new(query: Option<&'a str>, known: &[&'static str]) -> Result<Self, Fault> {
        let pairs = pairs_of(query.unwrap_or_default());
        for (index, (name, _)) in pairs.iter().enumerate() {
            let unknown = || {
                let name = shown(name);
                let known = match known {
                    [] => "none at all".to_owned(),
                    [..] => known.join(", "),
                };
                Fault::UnknownParameter { name, known }
            };
            let name_of = known.iter().find(|known| **known == name.as_ref());
            let known_name = name_of.ok_or_else(unknown)?;
            if pairs[..index].iter().any(|(other, _)| other == name) {
                return Err(bad(
                    known_name,
                    format!("{name} is given twice; give it once"),
                ));
            }
        }
        Ok(Self(pairs))
    }

    /// The text of a parameter, if it is given.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other == name)?;
        Some(found.1.as_ref())
    }

    /// A number within a range, if it is given.
    pub fn number<N: FromStr + PartialOrd + Display + Copy>(
        &self,
        name: &'static str,
        within: &RangeInclusive<N>,
    ) -> Result<Option<N>, Fault> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let number = text
            .trim()
            .parse()
            .ok()
            .filter(|number| within.contains(number));
        let wrong = || {
            let (low, high) = (within.start(), within.end());
            bad(
                name,
                format!(
                    "{name} is {}; give a number from {low} to {high}",
                    shown(text)
                ),
            )
        };
        number.map(Some).ok_or_else(wrong)
    }

    /// A number that must be there.
    pub fn needed_number(&self, name: &'static str) -> Result<f64, Fault> {
        let any = f64::MIN..=f64::MAX;
        let wrong = |_| {
            let text = shown(self.text(name).unwrap_or_default());
            bad(name, format!("{name} is {text}; give a number"))
        };
        let found = self.number(name, &any).map_err(wrong)?;
        found.ok_or_else(|| bad(name, format!("{name} is missing; give a number")))
    }

    /// One of several words, if it is given.
    pub fn word<T: Copy>(
        &self,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| *word == text);
        let wrong = || {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let all = all.join(", ");
            bad(
                name,
                format!("{name} is {}; give one of {all}", shown(text)),
            )
        };
        found.map(|(_, value)| Some(*value)).ok_or_else(wrong)
    }

    /// The kinds of equipment that count; the usual ones unless others are given.
    pub fn kinds(&self) -> Result<Vec<EquipmentKind>, Fault> {
        let named = self.only_kinds()?;
        Ok(named.unwrap_or_else(|| USUAL_KINDS.to_vec()))
    }

    /// The kinds of equipment that are asked for, if they are named.
    pub fn only_kinds(&self) -> Result<Option<Vec<EquipmentKind>>, Fault> {
        let words = self.text("kind").map(|text| text.split(','));
        let kinds = words.map(|words| words.map(|word| kind("kind", word)).collect());
        kinds.transpose()
    }

    /// Which pieces count.
    pub fn counting(&self) -> Result<Counting, Fault> {
        let words = [
            ("usable", Counting::Usable),
            ("any", Counting::AnyCondition),
        ];
        Ok(self.word("condition", &words)?.unwrap_or_default())
    }

    /// The limit, if it is given.
    pub fn limit(&self) -> Result<Option<Meters>, Fault> {
        Ok(self.number("limit_m", &LIMITS_M)?.map(Meters))
    }

    /// A day, if it is given.
    pub fn day(&self, name: &'static str) -> Result<Option<Day>, Fault> {
        self.text(name).map(|text| day(name, text)).transpose()
    }

    /// The datum of all coordinates; WGS-84 unless another is given.
    pub fn datum(&self) -> Result<Converter, Fault> {
        converter(self.text("datum").unwrap_or("wgs84"))
    }

    /// The place at `lon` and `lat`, in a datum.
    pub fn place(&self, datum: &Converter) -> Result<LonLat, Fault> {
        let (lon, lat) = (self.needed_number("lon")?, self.needed_number("lat")?);
        place(datum, [lon, lat], "lon")
    }
}

/// The names and values of a query.
fn pairs_of(query: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let is_coded = query.contains(['%', '+']);
    if is_coded {
        return form_urlencoded::parse(query.as_bytes()).collect();
    }
    // Most queries hold nothing that would have to be decoded.
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = pairs.map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)));
    pairs.collect()
}

/// A fault of a parameter.
pub(super) fn bad(name: &'static str, detail: impl Into<String>) -> Fault {
    let detail = detail.into();
    Fault::BadParameter { name, detail }
}

/// A day by its text.
pub(super) fn day(parameter: &'static str, text: &str) -> Result<Day, Fault> {
    Day::new(text).map_err(|fault| bad(parameter, format!("{parameter} {fault}")))
}

/// A kind of equipment by its word.
pub(super) fn kind(parameter: &'static str, word: &str) -> Result<EquipmentKind, Fault> {
    names::equipment(word.trim()).ok_or_else(|| {
        let all = EquipmentKind::ALL.map(names::of_equipment).join(", ");
        let word = shown(word);
        bad(
            parameter,
            format!("{parameter} is {word}; give one or more of {all}, with commas"),
        )
    })
}

/// The kinds of equipment that count, by their words in a body; the usual ones unless others are given.
pub(super) fn kinds(words: Option<&[String]>) -> Result<Vec<EquipmentKind>, Fault> {
    match words {
        Some(words) => words.iter().map(|word| kind("kinds", word)).collect(),
        None => Ok(USUAL_KINDS.to_vec()),
    }
}

/// How far a bank may be from equipment, as a body gives it.
pub(super) fn limit(limit_m: Option<f64>) -> Result<Option<Meters>, Fault> {
    let Some(limit_m) = limit_m else {
        return Ok(None);
    };
    if !LIMITS_M.contains(&limit_m) {
        let (low, high) = (LIMITS_M.start(), LIMITS_M.end());
        let detail = format!("limit_m is {limit_m}; give a number from {low} to {high}");
        return Err(bad("limit_m", detail));
    }
    Ok(Some(Meters(limit_m)))
}

/// The conversion of a datum by its name.
pub(super) fn converter(name: &str) -> Result<Converter, Fault> {
    let datum = Datum::from_str(name).and_then(Datum::converter);
    datum.map_err(|fault| bad("datum", fault.to_string()))
}

/// The place at two coordinates of a datum.
pub(super) fn place(
    datum: &Converter,
    [x, y]: [f64; 2],
    parameter: &'static str,
) -> Result<LonLat, Fault> {
    let place = datum.to_wgs84(x, y);
    place.map_err(|fault| bad(parameter, fault.to_string()))
}

/// The parts of an address that are not the same in every request, decoded.
pub(super) struct Address<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Address<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(address)) => Ok(Self(address)),
            Err(fault) => Err(Fault::BadAddress {
                detail: fault.body_text(),
            }),
        }
    }
}
