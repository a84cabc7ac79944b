//! Small maps drawn as text, and written as every kind of file that OpenStreetMap has.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use zhugan::formats::osm::ReadError;
use zhugan::formats::osm::read;
use zhugan::formats::wanted::Wanted;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;

/// A map, element by element.
#[derive(Default)]
pub struct Town {
    pub nodes: Vec<Node>,
    pub ways: Vec<Way>,
    pub relations: Vec<Relation>,
}

pub struct Node {
    pub id: i64,
    /// In `1e-7` degrees.
    pub lon: i64,
    pub lat: i64,
    pub tags: Tags,
}

pub struct Way {
    pub id: i64,
    pub refs: Vec<i64>,
    pub tags: Tags,
}

pub struct Relation {
    pub id: i64,
    /// Way and role.
    pub members: Vec<(i64, String)>,
    pub tags: Tags,
}

pub type Tags = Vec<(String, String)>;

/// The map that a text draws: one element a line, `n1 x y tags`, `w1 nodes tags`, `r1 ways:role tags`.
///
/// `x` and `y` are hundredths of a degree from 9° E, 47° N. A plus in a tag's value is a space.
/// A way's `1-4` is `1 2 3 4`.
pub fn town(text: &str) -> Town {
    let mut town = Town::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (tags, words): (Vec<&str>, Vec<&str>) =
            line.split_whitespace().partition(|word| word.contains('='));
        let tags = tags
            .iter()
            .map(|tag| tag.split_once('=').unwrap())
            .map(|(key, value)| (key.to_owned(), value.replace('+', " ")))
            .collect();
        let id = words[0][1..].parse().unwrap();
        match words[0].as_bytes()[0] {
            b'n' => town.nodes.push(Node {
                id,
                lon: steps(9, words[1]),
                lat: steps(47, words[2]),
                tags,
            }),
            b'w' => town.ways.push(Way {
                id,
                refs: words[1..].iter().flat_map(|word| refs(word)).collect(),
                tags,
            }),
            _ => town.relations.push(Relation {
                id,
                members: words[1..].iter().map(|word| member(word)).collect(),
                tags,
            }),
        }
    }
    town
}

fn steps(origin: i64, hundredths: &str) -> i64 {
    let hundredths: f64 = hundredths.parse().unwrap();
    origin * 10_000_000 + (hundredths * 100_000.0).round() as i64
}

fn refs(word: &str) -> Vec<i64> {
    match word.split_once('-') {
        Some((first, last)) => (first.parse().unwrap()..=last.parse().unwrap()).collect(),
        None => vec![word.parse().unwrap()],
    }
}

fn member(word: &str) -> (i64, String) {
    let (way, role) = word.split_once(':').unwrap_or((word, ""));
    (way[1..].parse().unwrap(), role.to_owned())
}

/// Where a place of a drawn map lies.
pub fn place(x: f64, y: f64) -> LonLat {
    let degrees = |origin: f64, hundredths: f64| (origin * 1e7 + (hundredths * 1e5).round()) / 1e7;
    LonLat::new(degrees(9.0, x), degrees(47.0, y)).unwrap()
}

impl Town {
    pub fn to_xml(&self) -> String {
        let mut xml = "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n".to_owned();
        let put_tags = |xml: &mut String, tags: &Tags| {
            for (k, v) in tags {
                writeln!(xml, "<tag k='{k}' v=\"{v}\"/>").unwrap();
            }
        };
        for Node { id, lon, lat, tags } in &self.nodes {
            let (lon, lat) = (*lon as f64 / 1e7, *lat as f64 / 1e7);
            writeln!(xml, "<node id='{id}' lat='{lat}' lon='{lon}'>").unwrap();
            put_tags(&mut xml, tags);
            xml += "</node>\n";
        }
        for way in &self.ways {
            writeln!(xml, "<way id='{}'>", way.id).unwrap();
            for node in &way.refs {
                writeln!(xml, "<nd ref='{node}'/>").unwrap();
            }
            put_tags(&mut xml, &way.tags);
            xml += "</way>\n";
        }
        for relation in &self.relations {
            writeln!(xml, "<relation id='{}'>", relation.id).unwrap();
            for (way, role) in &relation.members {
                writeln!(xml, "<member type='way' ref='{way}' role='{role}'/>").unwrap();
            }
            put_tags(&mut xml, &relation.tags);
            xml += "</relation>\n";
        }
        xml + "</osm>\n"
    }

    pub fn to_pbf(&self) -> Vec<u8> {
        let mut strings = vec![String::new()];
        let [mut ids, mut lats, mut lons] = [vec![], vec![], vec![]];
        let mut keys_values = Vec::new();
        for node in &self.nodes {
            ids.push(node.id);
            lats.push(node.lat);
            lons.push(node.lon);
            for (key, value) in &node.tags {
                keys_values.push(index(&mut strings, key));
                keys_values.push(index(&mut strings, value));
            }
            keys_values.push(0);
        }
        let nodes = [
            bytes(1, &deltas(&ids)),
            bytes(8, &deltas(&lats)),
            bytes(9, &deltas(&lons)),
            bytes(10, &packed(&keys_values)),
        ];
        let mut group = bytes(2, &nodes.concat());
        for way in &self.ways {
            let mut fields = tagged(&mut strings, way.id, &way.tags);
            fields.extend(bytes(8, &deltas(&way.refs)));
            group.extend(bytes(3, &fields));
        }
        for relation in &self.relations {
            let mut fields = tagged(&mut strings, relation.id, &relation.tags);
            let (ways, roles): (Vec<i64>, Vec<u64>) = relation
                .members
                .iter()
                .map(|(way, role)| (*way, index(&mut strings, role)))
                .unzip();
            fields.extend(bytes(8, &packed(&roles)));
            fields.extend(bytes(9, &deltas(&ways)));
            fields.extend(bytes(10, &packed(&vec![1; ways.len()])));
            group.extend(bytes(4, &fields));
        }
        let table: Vec<u8> = strings
            .iter()
            .flat_map(|s| bytes(1, s.as_bytes()))
            .collect();
        pbf(&[bytes(1, &table), bytes(2, &group)].concat())
    }
}

fn tagged(strings: &mut Vec<String>, id: i64, tags: &Tags) -> Vec<u8> {
    let keys: Vec<u64> = tags.iter().map(|(key, _)| index(strings, key)).collect();
    let values: Vec<u64> = tags
        .iter()
        .map(|(_, value)| index(strings, value))
        .collect();
    [
        number(1, id.cast_unsigned()),
        bytes(2, &packed(&keys)),
        bytes(3, &packed(&values)),
    ]
    .concat()
}

fn index(strings: &mut Vec<String>, text: &str) -> u64 {
    let known = strings.iter().position(|string| string == text);
    known.unwrap_or_else(|| {
        strings.push(text.to_owned());
        strings.len() - 1
    }) as u64
}

/// A number as protocol buffers write it.
pub fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A field that holds a number.
pub fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// A field that holds bytes.
pub fn bytes(field: u64, content: &[u8]) -> Vec<u8> {
    let length = content.len() as u64;
    [&varint(field << 3 | 2), &varint(length), content].concat()
}

/// Numbers one after the other.
pub fn packed(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| varint(*number)).collect()
}

/// Differences one after the other, in zigzag.
pub fn deltas(numbers: &[i64]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(numbers);
    let zigzag = |d: i64| (d << 1 ^ d >> 63).cast_unsigned();
    let deltas = numbers
        .iter()
        .zip(before)
        .map(|(n, b)| zigzag(n.wrapping_sub(*b)));
    deltas.flat_map(varint).collect()
}

/// A blob with its header.
pub fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, blob].concat()
}

/// A blob that is packed with zlib.
pub fn zlib(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    let packed = encoder.finish().unwrap();
    [number(2, content.len() as u64), bytes(3, &packed)].concat()
}

/// The first frame of every PBF.
pub fn header() -> Vec<u8> {
    let content = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes")].concat();
    frame("OSMHeader", &bytes(1, &content))
}

/// A PBF of one block.
pub fn pbf(block: &[u8]) -> Vec<u8> {
    [header(), frame("OSMData", &zlib(block))].concat()
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A file that is gone when the test is over.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// What a file of these bytes holds.
pub fn read_bytes(content: &[u8]) -> Result<Layers, ReadError> {
    static N_FILES: AtomicU32 = AtomicU32::new(0);
    let number = N_FILES.fetch_add(1, Ordering::Relaxed);
    let name = format!("osm-{}-{number}", std::process::id());
    let scratch = Scratch(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    std::fs::write(&scratch.0, content).unwrap();
    read("town.osm", &scratch.0, &Wanted::ALL, &|_| ())
}

/// What a drawn map holds; it must be the same whatever the kind of file.
pub fn layers(text: &str) -> Layers {
    let town = town(text);
    let xml = town.to_xml();
    let layers = read_bytes(xml.as_bytes()).unwrap();
    for (kind, content) in [
        ("pbf", town.to_pbf()),
        ("gz", gzip(xml.as_bytes())),
        ("bz2", bzip2(xml.as_bytes())),
    ] {
        assert_eq!(read_bytes(&content).unwrap(), layers, "{kind}");
    }
    layers
}

/// The kinds and ids of what was odd.
pub fn oddities(layers: &Layers) -> Vec<(OddityKind, &str)> {
    let oddities = layers.oddities.iter();
    oddities.map(|odd| (odd.kind, odd.id.as_str())).collect()
}
