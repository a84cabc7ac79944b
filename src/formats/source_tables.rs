//! The `[[source]]` tables of `region.toml`: which files a region is made of, and what to take from each.

use std::collections::BTreeMap;
use std::path::Component;
use std::path::Path;

use encoding_rs::Encoding;
use toml::Value;

use crate::formats::columns;
use crate::formats::kinds;
use crate::formats::region_file::RegionFileError;
use crate::formats::region_file::Source;
use crate::formats::section::Section;
use crate::formats::section::closest;
use crate::formats::section::shortened_text;
use crate::formats::wanted::Wanted;
use crate::geometry::datum::Datum;

/// The sources of a region's file, in order.
pub(super) fn sources(top: &mut Section) -> Result<Vec<Source>, RegionFileError> {
    let missing = RegionFileError::Missing {
        key: "[[source]]".to_owned(),
        example: "[[source]] file = \"map.osm.pbf\" use = [\"water\", \"paths\"]",
    };
    let list = match top.take("source") {
        None => return Err(missing),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(top.wrong("source", "written as [[source]]", &other)),
    };
    if list.is_empty() {
        return Err(missing);
    }
    let mut sources = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        match value {
            Value::Table(table) => {
                sources.push(source(Section::new(
                    format!("[[source]] {}: ", index + 1),
                    table,
                ))?);
            }
            other => return Err(top.wrong("source", "written as [[source]]", &other)),
        }
    }
    Ok(sources)
}

fn source(mut section: Section) -> Result<Source, RegionFileError> {
    let file = file_name(&mut section, "file")?.ok_or_else(|| RegionFileError::Missing {
        key: section.place_of("file"),
        example: "file = \"map.osm.pbf\"",
    })?;
    let mut source = Source::new(file, wanted(&mut section)?);
    source.datum = match section.text("datum")? {
        None => None,
        Some(text) => Some(datum(&section, &text)?),
    };
    source.layer = section.text("layer")?;
    source.columns = columns_of(&mut section)?;
    if let Some(label) = section.text("encoding")? {
        let found = Value::String(label.clone());
        let expected = "an encoding like \"utf-8\" or \"gb18030\"";
        source.encoding = Some(
            Encoding::for_label(label.as_bytes())
                .ok_or_else(|| section.wrong("encoding", expected, &found))?,
        );
    }
    source.clip = file_name(&mut section, "clip")?;
    if let Some(word) = section.text("kind")? {
        let found = Value::String(word.clone());
        if source.wanted.responders {
            let expected = "a kind of responder like \"volunteer\" or \"police\"";
            let kind = kinds::responder_kind(&word);
            source.responder_kind =
                Some(kind.ok_or_else(|| section.wrong("kind", expected, &found))?);
        } else {
            let expected = "a kind of equipment like \"pole\" or \"ring\"";
            let kind = kinds::equipment_kind(&word);
            source.kind = Some(kind.ok_or_else(|| section.wrong("kind", expected, &found))?);
        }
    }
    source.is_illustrative = section.boolean("illustrative")?.unwrap_or(false);
    source.attribution = section.text("attribution")?;
    section.finish()?;
    Ok(source)
}

fn wanted(section: &mut Section) -> Result<Wanted, RegionFileError> {
    let expected = "some of \"water\", \"paths\", \"villages\", \"obstacles\", \"schools\", \"equipment\", or [\"responders\"]";
    let words = section
        .texts("use")?
        .ok_or_else(|| RegionFileError::Missing {
            key: section.place_of("use"),
            example: "use = [\"water\", \"paths\"]",
        })?;
    let mut wanted = Wanted::default();
    for word in &words {
        match word.as_str() {
            "water" => wanted.water = true,
            "paths" => wanted.paths = true,
            "villages" => wanted.villages = true,
            "obstacles" => wanted.obstacles = true,
            "schools" => wanted.schools = true,
            "equipment" => wanted.equipment = true,
            "responders" => wanted.responders = true,
            other => {
                let found = Value::String(other.to_owned());
                return Err(section.wrong("use", expected, &found));
            }
        }
    }
    // People stand in files of their own, which can be kept from whoever may see the map.
    let is_mixed = wanted.responders && words.iter().any(|word| word != "responders");
    if words.is_empty() || is_mixed {
        let found = Value::Array(words.into_iter().map(Value::String).collect());
        return Err(section.wrong("use", expected, &found));
    }
    Ok(wanted)
}

fn datum(section: &Section, text: &str) -> Result<Datum, RegionFileError> {
    let of_key = |source| RegionFileError::Datum {
        key: section.place_of("datum"),
        source,
    };
    let datum: Datum = text.parse().map_err(of_key)?;
    datum.converter().map_err(of_key)?;
    Ok(datum)
}

fn columns_of(section: &mut Section) -> Result<BTreeMap<String, String>, RegionFileError> {
    let mapping = section.text_table("columns")?;
    for ours in mapping.keys() {
        if !columns::NAMES.contains(&ours.as_str()) {
            return Err(RegionFileError::UnknownKey {
                key: format!("{} {}", section.place_of("columns"), shortened_text(ours)),
                closest: closest(ours, &columns::NAMES),
            });
        }
    }
    Ok(mapping)
}

/// The name of a file inside the region's folder: no absolute path, nothing above the folder.
fn file_name(section: &mut Section, key: &'static str) -> Result<Option<String>, RegionFileError> {
    let Some(name) = section.text(key)? else {
        return Ok(None);
    };
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let has_odd_letter = name.contains(['\\', ':', '\0']) || name.chars().any(char::is_control);
    if has_odd_letter || !Path::new(&name).components().all(is_plain) {
        let expected = "a file inside the region's folder, without .. or a leading /";
        return Err(section.wrong(key, expected, &Value::String(name)));
    }
    Ok(Some(name))
}
