//! Mapbox Vector Tiles 2.1 that go out: layers of features whose geometry is given in parts of the tile.
//!
//! Written by hand: the format is a handful of protobuf fields, and tiles are cut while somebody waits.

use rustc_hash::FxHashMap;

/// One value of a feature's property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
}

/// What a feature looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    /// A point.
    Point([i32; 2]),
    /// Lines of at least two points.
    Lines(&'a [Vec<[i32; 2]>]),
    /// Rings of at least three points, without repeating the first: each outer ring, clockwise on the map, before its holes.
    Polygon(&'a [Vec<[i32; 2]>]),
}

/// A layer under construction.
#[derive(Debug)]
pub struct Layer {
    name: &'static str,
    features: Vec<u8>,
    n_features: usize,
    keys: Vec<&'static str>,
    values: FxHashMap<Value, u32>,
    written_values: Vec<u8>,
    scratch: Vec<u8>,
}

// Wire types of protobuf.
const VARINT: u32 = 0;
const BYTES: u32 = 2;

// Field numbers of the format's specification.
const TILE_LAYER: u32 = 3;
const LAYER_NAME: u32 = 1;
const LAYER_FEATURE: u32 = 2;
const LAYER_KEY: u32 = 3;
const LAYER_VALUE: u32 = 4;
const LAYER_EXTENT: u32 = 5;
const LAYER_VERSION: u32 = 15;
const FEATURE_TAGS: u32 = 2;
const FEATURE_TYPE: u32 = 3;
const FEATURE_GEOMETRY: u32 = 4;
const VALUE_TEXT: u32 = 1;
const VALUE_SIGNED: u32 = 6;
const VALUE_FLAG: u32 = 7;

// Commands of a geometry.
const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

impl Layer {
    /// A layer without features.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            features: Vec::new(),
            n_features: 0,
            keys: Vec::new(),
            values: FxHashMap::default(),
            written_values: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Whether it has no features.
    pub fn is_empty(&self) -> bool {
        self.n_features == 0
    }

    /// How many features it has.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// Adds a feature.
    pub fn add(&mut self, shape: Shape<'_>, properties: &[(&'static str, Value)]) {
        let mut feature = std::mem::take(&mut self.scratch);
        feature.clear();
        let mut tags = Vec::with_capacity(properties.len() * 4);
        for (key, value) in properties {
            varint(&mut tags, u64::from(self.key(key)));
            varint(&mut tags, u64::from(self.value(value)));
        }
        bytes(&mut feature, FEATURE_TAGS, &tags);
        number(&mut feature, FEATURE_TYPE, shape.kind());
        bytes(&mut feature, FEATURE_GEOMETRY, &shape.commands());
        bytes(&mut self.features, LAYER_FEATURE, &feature);
        self.n_features += 1;
        self.scratch = feature;
    }

    fn key(&mut self, key: &'static str) -> u32 {
        // A layer has a dozen keys: looking through them beats hashing them.
        let known = self.keys.iter().position(|&other| other == key);
        known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        }) as u32
    }

    fn value(&mut self, value: &Value) -> u32 {
        if let Some(&index) = self.values.get(value) {
            return index;
        }
        let mut written = Vec::new();
        match value {
            Value::Text(text) => bytes(&mut written, VALUE_TEXT, text.as_bytes()),
            Value::Whole(whole) => number(&mut written, VALUE_SIGNED, zigzag(*whole)),
            Value::Flag(flag) => number(&mut written, VALUE_FLAG, u64::from(*flag)),
        }
        bytes(&mut self.written_values, LAYER_VALUE, &written);
        let index = self.values.len() as u32;
        self.values.insert(value.clone(), index);
        index
    }

    fn write(&self, tile: &mut Vec<u8>, extent: u32) {
        let mut layer = Vec::with_capacity(self.features.len() + self.written_values.len() + 256);
        bytes(&mut layer, LAYER_NAME, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        for key in &self.keys {
            bytes(&mut layer, LAYER_KEY, key.as_bytes());
        }
        layer.extend_from_slice(&self.written_values);
        number(&mut layer, LAYER_EXTENT, u64::from(extent));
        number(&mut layer, LAYER_VERSION, 2);
        bytes(tile, TILE_LAYER, &layer);
    }
}

/// The layers as one tile; layers without features are left out, and of no layer at all nothing is left.
pub fn tile(layers: &[Layer], extent: u32) -> Vec<u8> {
    let mut tile = Vec::new();
    for layer in layers.iter().filter(|layer| !layer.is_empty()) {
        layer.write(&mut tile, extent);
    }
    tile
}

impl Shape<'_> {
    fn kind(self) -> u64 {
        match self {
            Self::Point(_) => 1,
            Self::Lines(_) => 2,
            Self::Polygon(_) => 3,
        }
    }

    fn commands(self) -> Vec<u8> {
        let mut pen = Pen::default();
        match self {
            Self::Point(point) => pen.move_to(point),
            Self::Lines(lines) => {
                for line in lines {
                    pen.draw(line);
                }
            }
            Self::Polygon(rings) => {
                for ring in rings {
                    pen.draw(ring);
                    pen.command(CLOSE_PATH, 1);
                }
            }
        }
        pen.written
    }
}

/// Writes commands; every point is told from the one before.
#[derive(Default)]
struct Pen {
    written: Vec<u8>,
    at: [i32; 2],
}

impl Pen {
    fn command(&mut self, command: u32, count: usize) {
        varint(&mut self.written, u64::from(command) | (count as u64) << 3);
    }

    fn step(&mut self, to: [i32; 2]) {
        for (from, to) in self.at.into_iter().zip(to) {
            let step = i64::from(to) - i64::from(from);
            varint(&mut self.written, zigzag(step));
        }
        self.at = to;
    }

    fn move_to(&mut self, point: [i32; 2]) {
        self.command(MOVE_TO, 1);
        self.step(point);
    }

    fn draw(&mut self, line: &[[i32; 2]]) {
        let Some((&first, rest)) = line.split_first() else {
            return;
        };
        self.move_to(first);
        self.command(LINE_TO, rest.len());
        for &point in rest {
            self.step(point);
        }
    }
}

fn zigzag(whole: i64) -> u64 {
    ((whole << 1) ^ (whole >> 63)) as u64
}

fn varint(written: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        written.push(number as u8 | 0x80);
        number >>= 7;
    }
    written.push(number as u8);
}

fn number(written: &mut Vec<u8>, field: u32, value: u64) {
    varint(written, u64::from(field << 3 | VARINT));
    varint(written, value);
}

fn bytes(written: &mut Vec<u8>, field: u32, value: &[u8]) {
    varint(written, u64::from(field << 3 | BYTES));
    varint(written, value.len() as u64);
    written.extend_from_slice(value);
}
