//! Hostile and broken files: one clear line each, and never a panic or a full memory.

use std::fmt::Write as _;

use zhugan::formats::osm::Fault;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;

use super::town::bytes;
use super::town::bzip2;
use super::town::deltas;
use super::town::frame;
use super::town::gzip;
use super::town::header;
use super::town::number;
use super::town::oddities;
use super::town::packed;
use super::town::pbf;
use super::town::read_bytes;
use super::town::town;
use super::town::varint;
use super::town::zlib;

const LAKE: &str = "
    n1 0 0 emergency=life_ring
    n2 10 0
    n3 10 10
    n4 0 10
    w1 1-4 1 natural=water name=Lake
    w2 1 2 highway=path
    r1 w1:outer type=multipolygon natural=water
";

fn message(content: &[u8]) -> String {
    let error = read_bytes(content).expect_err("the file should be refused");
    let message = error.to_string();
    assert!(message.starts_with("town.osm: "), "{message}");
    assert!(
        message.lines().count() == 1 && message.len() < 300,
        "{message}"
    );
    message
}

#[track_caller]
fn check(content: &[u8], expected: &str) {
    let message = message(content);
    assert!(message.contains(expected), "{message}");
}

fn osm(inner: &str) -> String {
    format!("<osm version='0.6'>{inner}</osm>")
}

/// A PBF with these strings and this group.
fn block(strings: &[&str], group: &[u8], more: &[u8]) -> Vec<u8> {
    let table: Vec<u8> = strings
        .iter()
        .flat_map(|s| bytes(1, s.as_bytes()))
        .collect();
    pbf(&[&bytes(1, &table), &bytes(2, group), more].concat())
}

fn dense(ids: &[i64], lats: &[i64], lons: &[i64], keys_values: &[u64]) -> Vec<u8> {
    let fields = [
        bytes(1, &deltas(ids)),
        bytes(8, &deltas(lats)),
        bytes(9, &deltas(lons)),
        bytes(10, &packed(keys_values)),
    ];
    bytes(2, &fields.concat())
}

fn bad_places(layers: &Layers) -> usize {
    let kinds = layers.oddities.iter().map(|odd| odd.kind);
    kinds.filter(|kind| *kind == OddityKind::BadPlace).count()
}

#[test]
fn what_is_no_osm_file_is_told_so() {
    check(b"", "is empty");
    check(b"hello, world", "is no OpenStreetMap file");
    check(&[0xff; 4096], "is no OpenStreetMap file");
    check(b"<html><body/></html>", "its XML starts with \"html\"");
    check(
        b"<osmChange version='0.6'/>",
        "its XML starts with \"osmChange\"",
    );
    check(b"<?xml version='1.0'?>", "it holds no XML element");
    check(
        b"{\"type\":\"FeatureCollection\"}",
        "is no OpenStreetMap file",
    );
}

#[test]
fn a_file_that_is_not_there_is_told_so() {
    let path = std::path::Path::new("no/such/file.osm.pbf");
    let wanted = zhugan::formats::wanted::Wanted::ALL;
    let error = zhugan::formats::osm::read("file.osm.pbf", path, &wanted, &|_| ()).unwrap_err();
    assert!(matches!(error.fault, Fault::Io { .. }), "{error}");
}

#[test]
fn a_cut_off_file_is_told_so_wherever_it_is_cut() {
    let town = town(LAKE);
    let xml = town.to_xml();
    let kinds = [
        ("xml", xml.clone().into_bytes()),
        ("pbf", town.to_pbf()),
        ("gz", gzip(xml.as_bytes())),
        ("bz2", bzip2(xml.as_bytes())),
    ];
    for (kind, content) in kinds {
        let mut n_cut_off = 0;
        for length in 1..content.len() {
            // A PBF that ends after its header, and XML that lacks a line break, are whole.
            let Err(error) = read_bytes(&content[..length]) else {
                let is_whole = length == header().len() || length == xml.len() - 1;
                assert!(is_whole, "{kind} cut at {length}");
                continue;
            };
            n_cut_off += usize::from(matches!(error.fault, Fault::Truncated { .. }));
        }
        assert!(n_cut_off * 10 > content.len() * 7, "{kind}: {n_cut_off}");
    }
}

#[test]
fn no_changed_byte_makes_it_panic() {
    let town = town(LAKE);
    let raw = {
        // Not packed, so that the changes reach the block itself.
        let packed = town.to_pbf();
        let blob = &packed[header().len()..];
        let start = blob
            .windows(2)
            .position(|pair| pair == [0x78, 0x9c])
            .unwrap();
        let mut content = Vec::new();
        let mut decoder = flate2::read::ZlibDecoder::new(&blob[start..]);
        std::io::Read::read_to_end(&mut decoder, &mut content).unwrap();
        [header(), frame("OSMData", &bytes(1, &content))].concat()
    };
    assert_eq!(read_bytes(&raw).unwrap().equipment.len(), 1);
    for mut content in [raw, town.to_pbf(), town.to_xml().into_bytes()] {
        for index in 0..content.len() {
            let before = content[index];
            for value in [0x00, 0x7f, 0x80, 0xff, before ^ 1, before.wrapping_add(1)] {
                content[index] = value;
                // Whatever it says, it says it in one line.
                if let Err(error) = read_bytes(&content) {
                    assert_eq!(error.to_string().lines().count(), 1, "{error}");
                }
            }
            content[index] = before;
        }
    }
}

#[test]
fn blobs_of_absurd_sizes_are_refused() {
    let with_header = |header: &[u8]| [&(header.len() as u32).to_be_bytes()[..], header].concat();
    let long = with_header(&[bytes(1, b"OSMHeader"), bytes(2, &vec![0; 70_000])].concat());
    // The longest header begins with three bytes that are not those of a PBF: it comes second.
    check(
        &[header(), long].concat(),
        "header of 70015 bytes is longer than 64 KiB",
    );
    for size in [33 << 20, 1 << 40, u64::MAX] {
        let blob = with_header(&[bytes(1, b"OSMData"), number(3, size)].concat());
        check(&[header(), blob].concat(), "larger than 32 MiB");
    }
    let silent = with_header(&bytes(1, b"OSMData"));
    check(&[header(), silent].concat(), "does not say how long");
    let cut_off = with_header(&[bytes(1, b"OSMData"), number(3, 1000)].concat());
    check(&[header(), cut_off].concat(), "in a blob, at byte");
}

#[test]
fn blobs_that_unpack_to_something_else_are_refused() {
    let with_blob = |blob: &[u8]| [header(), frame("OSMData", blob)].concat();
    let bomb = zlib(&vec![0; 40 << 20]);
    check(&with_blob(&bomb), "more than 32 MiB");
    let packed = &zlib(&vec![0; 40 << 20])[5..];
    check(
        &with_blob(&[&number(2, 9), packed].concat()),
        "does not unpack to the 9 bytes",
    );
    let half = zlib(b"hello");
    check(&with_blob(&half[..half.len() - 6]), "damaged");
    check(
        &with_blob(&[number(2, 5), bytes(3, b"hello")].concat()),
        "cannot be unpacked",
    );
    check(&with_blob(&[]), "the blob is empty");
    check(&with_blob(&bytes(6, b"x")), "packed with LZ4");
    check(&with_blob(&bytes(7, b"x")), "packed with Zstandard");
}

#[test]
fn a_file_that_needs_more_of_its_reader_is_refused() {
    let content = [
        bytes(4, b"OsmSchema-V0.6"),
        bytes(4, b"HistoricalInformation"),
    ]
    .concat();
    let history = frame("OSMHeader", &bytes(1, &content));
    check(
        &history,
        "it requires \"HistoricalInformation\" of its reader",
    );
    let data = frame("OSMData", &zlib(&[]));
    check(
        &[header(), data, header()].concat(),
        "header block does not stand at the start",
    );
}

#[test]
fn indices_and_lists_that_do_not_fit_are_refused() {
    let strings = ["", "highway", "path"];
    let way = |keys: &[u64], values: &[u64]| {
        let refs = deltas(&[1, 2]);
        let lists = [
            bytes(2, &packed(keys)),
            bytes(3, &packed(values)),
            bytes(8, &refs),
        ];
        bytes(3, &[number(1, 1), lists.concat()].concat())
    };
    assert_eq!(
        read_bytes(&block(&strings, &way(&[1], &[2]), &[])),
        Ok(Layers {
            oddities: read_bytes(&block(&strings, &way(&[1], &[2]), &[]))
                .unwrap()
                .oddities,
            ..Layers::default()
        })
    );
    check(
        &block(&strings, &way(&[900], &[2]), &[]),
        "string 900 of 3 is named",
    );
    check(
        &block(&strings, &way(&[1], &[u64::MAX]), &[]),
        "of 3 is named",
    );
    check(
        &block(&strings, &way(&[1, 1], &[2]), &[]),
        "keys and values are not equally many",
    );
    let nodes = dense(&[1, 2], &[1], &[1, 1], &[]);
    check(
        &block(&strings, &nodes, &[]),
        "ids and coordinates are not equally many",
    );
    let nodes = dense(&[1], &[1], &[1], &[1]);
    check(
        &block(&strings, &nodes, &[]),
        "keys and values are not equally many",
    );
    let relation = |roles: &[u64], kinds: &[u64]| {
        let lists = [
            bytes(8, &packed(roles)),
            bytes(9, &deltas(&[5])),
            bytes(10, &packed(kinds)),
        ];
        bytes(4, &lists.concat())
    };
    check(
        &block(&strings, &relation(&[0], &[7]), &[]),
        "unknown type 7",
    );
    check(
        &block(&strings, &relation(&[], &[1]), &[]),
        "not equally many",
    );
    check(
        &block(&strings, &relation(&[4], &[1]), &[]),
        "string 4 of 3",
    );
}

#[test]
fn sums_that_overflow_are_refused_or_odd() {
    let huge = [zigzagged(i64::MAX), zigzagged(i64::MAX)].concat();
    let way = bytes(3, &[number(1, 1), bytes(8, &huge)].concat());
    check(&block(&[""], &way, &[]), "a sum of differences overflows");
    // A place far from the earth is the node's own fault.
    let nodes = dense(
        &[1, 2, 3],
        &[i64::MAX, 0, 470_000_000],
        &[0, i64::MIN / 2, 90_000_000],
        &[],
    );
    let layers = read_bytes(&block(&[""], &nodes, &number(17, 1 << 30))).unwrap();
    assert_eq!(bad_places(&layers), 3);
    let layers = read_bytes(&block(&[""], &nodes, &number(19, i64::MAX as u64))).unwrap();
    assert_eq!(bad_places(&layers), 3);
}

fn zigzagged(value: i64) -> Vec<u8> {
    varint((value << 1 ^ value >> 63).cast_unsigned())
}

#[test]
fn very_many_empty_strings_are_refused() {
    let table = [0x0a, 0x00].repeat((1 << 20) + 1);
    check(
        &pbf(&bytes(1, &table)),
        "more than 1048576 strings in a block",
    );
}

#[test]
fn the_first_fault_is_told_whichever_core_finds_it() {
    let good = frame("OSMData", &zlib(&[]));
    let bad = |n: u64| frame("OSMData", &number(2, n));
    for _ in 0..20 {
        let blobs = [
            vec![header(); 1],
            vec![good.clone(); 5],
            (1..9).map(bad).collect(),
        ];
        check(&blobs.concat().concat(), "block 6 ");
    }
}

#[test]
fn places_that_are_no_places_are_odd() {
    let layers = read_bytes(
        osm("
        <node id='1' lat='NaN' lon='9'/>
        <node id='2' lat='47' lon='inf'/>
        <node id='3' lat='91' lon='9'/>
        <node id='4' lat='47' lon='-180.1'/>
        <node id='5' lat='forty' lon='9'/>
        <node id='6'/>
        <node id='7' lat='47' lon='9'/>
        <node id='8' lat='47' lon='9.1'/>
        <way id='1'><nd ref='7'/><nd ref='4'/><nd ref='8'/><tag k='highway' v='path'/></way>
    ")
        .as_bytes(),
    );
    let layers = layers.unwrap();
    let bad = |id| (OddityKind::BadPlace, id);
    let missing = (OddityKind::MissingMember, "w1");
    let expected = [
        bad("n1"),
        bad("n2"),
        bad("n3"),
        bad("n4"),
        bad("n5"),
        bad("n6"),
        missing,
    ];
    assert_eq!(oddities(&layers), expected);
}

#[test]
fn a_thousand_bad_places_are_not_a_thousand_oddities() {
    let mut nodes = String::new();
    for id in 0..1000 {
        write!(nodes, "<node id='{id}' lat='95' lon='9'/>").unwrap();
    }
    let layers = read_bytes(osm(&nodes).as_bytes()).unwrap();
    assert_eq!(layers.oddities.len(), 21);
    assert!(layers.oddities[20].detail.starts_with("980 more nodes"));
}

#[test]
fn an_endless_attribute_or_text_is_refused() {
    let long = "x".repeat(10 << 20);
    let tag = format!("<way id='1'><tag k='name' v='{long}'/></way>");
    check(osm(&tag).as_bytes(), "a tag or text is longer than 64 KiB");
    check(osm(&long).as_bytes(), "a tag or text is longer than 64 KiB");
    check(
        osm(&format!("<!--{long}-->")).as_bytes(),
        "longer than 64 KiB",
    );
    check(format!("<{long}").as_bytes(), "longer than 64 KiB");
}

#[test]
fn entities_and_document_types_are_refused() {
    let laughs = "<!DOCTYPE osm [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    check(
        format!("{laughs}{}", osm("")).as_bytes(),
        "a document type is declared",
    );
    let tag = "<way id='1'><tag k='name' v='&b;'/></way>";
    check(osm(tag).as_bytes(), "damaged, at byte");
    let fine = "<node id='1' lat='47' lon='9'>
        <tag k='emergency' v='life_ring'/><tag k='name' v='A &amp; B &#x6cb3;'/></node>";
    let layers = read_bytes(osm(fine).as_bytes()).unwrap();
    assert_eq!(layers.equipment[0].name.as_deref(), Some("A & B 河"));
}

#[test]
fn deep_nesting_is_refused() {
    check(
        osm(&"<a>".repeat(1_000_000)).as_bytes(),
        "more than 16 deep",
    );
}

#[test]
fn broken_xml_is_refused() {
    check(
        osm("<node id='99999999999999999999' lat='47' lon='9'/>").as_bytes(),
        "is no whole number",
    );
    check(
        osm("<node lat='47' lon='9'/>").as_bytes(),
        "a Node has no id",
    );
    check(osm("<way id='1'><nd/></way>").as_bytes(), "a nd has no ref");
    check(
        osm("<way id='1'><nd ref='x'/></way>").as_bytes(),
        "\"x\" is no whole number",
    );
    check(
        osm("<way id='1'><tag k='x'/></way>").as_bytes(),
        "a tag without k or v",
    );
    check(osm("<way id='1'></node>").as_bytes(), "damaged, at byte");
    check(osm("<way id='1").as_bytes(), "ends in the middle, at byte");
    let latin = "<?xml version='1.0' encoding='ISO-8859-1'?><osm/>";
    check(latin.as_bytes(), "its text is in \"ISO-8859-1\"");
}

#[test]
fn deleted_elements_are_not_there() {
    let layers = read_bytes(
        osm("
        <node id='1' lat='47' lon='9' visible='false'><tag k='emergency' v='life_ring'/></node>
        <node id='2' lat='47' lon='9' action='delete'><tag k='emergency' v='life_ring'/></node>
        <node id='-3' lat='47' lon='9' action='modify'><tag k='emergency' v='life_ring'/></node>
    ")
        .as_bytes(),
    );
    let layers = layers.unwrap();
    let ids: Vec<&str> = layers.equipment.iter().map(|piece| &*piece.id).collect();
    assert_eq!(ids, ["n-3"]);
}

#[test]
fn bombs_are_stopped() {
    let tags = "<a/>".repeat(256 << 10);
    for pack in [gzip, bzip2] {
        // Both formats may be put together from several packed parts.
        let parts = [pack(b"<osm>"), pack(tags.as_bytes()).repeat(40)];
        check(&parts.concat(), "unpacks to more than 100 times its size");
    }
}

#[test]
fn what_is_packed_must_be_whole() {
    let mut content = gzip(town(LAKE).to_xml().as_bytes());
    let middle = content.len() / 2;
    content[middle] ^= 0xff;
    message(&content);
    check(b"\x1f\x8b\x08\x00", "cut off");
    check(b"BZh9xxxxxxxx", "damaged");
    check(&gzip(b"hello"), "is no OpenStreetMap file");
}
