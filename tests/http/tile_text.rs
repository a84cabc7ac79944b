//! Reads vector tiles, by the format's specification and without the code that writes them.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::json;

/// One layer.
#[derive(Default)]
pub struct Layer {
    pub version: u64,
    pub extent: u64,
    pub features: Vec<Feature>,
    keys: Vec<String>,
    values: Vec<Value>,
    raw: Vec<Vec<u8>>,
}

/// One feature.
pub struct Feature {
    pub kind: u64,
    pub properties: BTreeMap<String, Value>,
    /// Points, lines or rings in parts of the tile.
    pub parts: Vec<Vec<[i64; 2]>>,
}

/// The layers of a tile by name.
pub fn layers(tile: &[u8]) -> BTreeMap<String, Layer> {
    let mut found = BTreeMap::new();
    for (field, value) in fields(tile) {
        assert_eq!(field, 3, "a tile holds layers");
        let (name, layer) = layer(bytes(&value));
        assert!(found.insert(name.clone(), layer).is_none(), "{name} twice");
    }
    found
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn bytes<'a>(field: &Field<'a>) -> &'a [u8] {
    match field {
        Field::Bytes(bytes) => bytes,
        Field::Number(_) => panic!("a number where bytes belong"),
    }
}

fn number(field: &Field<'_>) -> u64 {
    match field {
        Field::Number(number) => *number,
        Field::Bytes(_) => panic!("bytes where a number belongs"),
    }
}

fn varint(text: &[u8], at: &mut usize) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let byte = text[*at];
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

fn fields(text: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let tag = varint(text, &mut at);
        let field = match tag & 7 {
            0 => Field::Number(varint(text, &mut at)),
            2 => {
                let length = varint(text, &mut at) as usize;
                at += length;
                Field::Bytes(&text[at - length..at])
            }
            other => panic!("wire type {other}"),
        };
        found.push((tag >> 3, field));
    }
    found
}

fn layer(text: &[u8]) -> (String, Layer) {
    let mut name = String::new();
    let mut layer = Layer::default();
    for (field, value) in fields(text) {
        match field {
            1 => name = String::from_utf8(bytes(&value).to_vec()).unwrap(),
            2 => layer.raw.push(bytes(&value).to_vec()),
            3 => layer
                .keys
                .push(String::from_utf8(bytes(&value).to_vec()).unwrap()),
            4 => layer.values.push(property(bytes(&value))),
            5 => layer.extent = number(&value),
            15 => layer.version = number(&value),
            other => panic!("field {other} of a layer"),
        }
    }
    let raw = std::mem::take(&mut layer.raw);
    layer.features = raw.iter().map(|text| feature(&layer, text)).collect();
    (name, layer)
}

fn property(text: &[u8]) -> Value {
    let found = fields(text);
    let (field, value) = &found[0];
    match field {
        1 => json!(String::from_utf8(bytes(value).to_vec()).unwrap()),
        6 => json!(unzigzag(number(value))),
        7 => json!(number(value) == 1),
        other => panic!("field {other} of a value"),
    }
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

fn numbers(text: &[u8]) -> Vec<u64> {
    let mut at = 0;
    let mut found = Vec::new();
    while at < text.len() {
        found.push(varint(text, &mut at));
    }
    found
}

fn feature(layer: &Layer, text: &[u8]) -> Feature {
    let (mut kind, mut properties, mut parts) = (0, BTreeMap::new(), Vec::new());
    for (field, value) in fields(text) {
        match field {
            2 => {
                for pair in numbers(bytes(&value)).chunks(2) {
                    let key = layer.keys[pair[0] as usize].clone();
                    properties.insert(key, layer.values[pair[1] as usize].clone());
                }
            }
            3 => kind = number(&value),
            4 => parts = drawn(&numbers(bytes(&value))),
            other => panic!("field {other} of a feature"),
        }
    }
    Feature {
        kind,
        properties,
        parts,
    }
}

fn drawn(commands: &[u64]) -> Vec<Vec<[i64; 2]>> {
    let mut parts: Vec<Vec<[i64; 2]>> = Vec::new();
    let mut pen = [0, 0];
    let mut at = 0;
    while at < commands.len() {
        let (command, count) = (commands[at] & 7, commands[at] >> 3);
        at += 1;
        assert!(count > 0, "a command that draws nothing");
        if command == 7 {
            continue;
        }
        for _ in 0..count {
            pen = [
                pen[0] + unzigzag(commands[at]),
                pen[1] + unzigzag(commands[at + 1]),
            ];
            at += 2;
            match command {
                1 => parts.push(vec![pen]),
                2 => parts.last_mut().unwrap().push(pen),
                other => panic!("command {other}"),
            }
        }
    }
    parts
}

/// Twice the area of a ring; an outer ring's is positive.
pub fn doubled_area(ring: &[[i64; 2]]) -> i64 {
    let next = |index: usize| ring[(index + 1) % ring.len()];
    let pairs = ring
        .iter()
        .enumerate()
        .map(|(index, &point)| (point, next(index)));
    pairs.map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum()
}
