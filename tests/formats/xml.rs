//! KML, KMZ and GPX, from phones and map programs.

use zhugan::formats::region_file::Source;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::read;
use super::shapefile::zipped;
use super::wanted;

const PLACEMARKS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>器材</name>
  <Placemark id="FQ-1"><name>桥头 &amp; 埠头</name><description><![CDATA[靠 <b>桥</b>]]></description>
    <ExtendedData><Data name="类型"><value>救生圈</value></Data></ExtendedData>
    <Point><coordinates> 120.411,29.79,12.5 </coordinates></Point></Placemark>
  <Placemark><name>P2</name><ExtendedData><SchemaData><SimpleData name="kind">pole</SimpleData></SchemaData></ExtendedData>
    <Point><coordinates>120.412,29.791</coordinates></Point></Placemark>
</Folder></Document></kml>"#;

fn equipment(file: &str, bytes: &[u8]) -> Layers {
    read(&Source::new(file, wanted("equipment")), bytes).unwrap()
}

#[test]
fn placemarks_are_read_loose_and_packed() {
    let packed = zipped(&[("doc.kml", PLACEMARKS.as_bytes()), ("files/a.png", b"png")]);
    for (file, bytes) in [("poles.kml", PLACEMARKS.as_bytes()), ("poles.KMZ", &packed)] {
        let layers = equipment(file, bytes);
        assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
        let [ring, pole] = &layers.equipment[..] else {
            panic!("{:?}", layers.equipment);
        };
        assert_eq!((ring.id.as_str(), ring.kind), ("FQ-1", EquipmentKind::Ring));
        assert_eq!(ring.name.as_deref(), Some("桥头 & 埠头"));
        assert_eq!(ring.note.as_deref(), Some("靠 <b>桥</b>"));
        assert_eq!((ring.at.lon(), ring.at.lat()), (120.411, 29.79));
        assert_eq!(
            (pole.id.as_str(), pole.kind),
            ("poles-2", EquipmentKind::Pole)
        );
    }
}

#[test]
fn a_pond_with_an_island_comes_from_a_polygon_with_two_boundaries() {
    let ring = |low: f64, high: f64| {
        format!(
            "<LinearRing><coordinates>120.{low},29.{low} 120.{high},29.{low} 120.{high},29.{high} 120.{low},29.{high} 120.{low},29.{low}</coordinates></LinearRing>"
        )
    };
    let text = format!(
        "<kml><Placemark><name>枫溪塘</name><ExtendedData><Data name='kind'><value>pond</value></Data></ExtendedData><MultiGeometry><Polygon>
         <innerBoundaryIs>{}</innerBoundaryIs><outerBoundaryIs>{}</outerBoundaryIs></Polygon></MultiGeometry></Placemark></kml>",
        ring(4.0, 6.0).replace(".0", ""),
        ring(1.0, 9.0).replace(".0", ""),
    );
    let layers = read(&Source::new("water.kml", wanted("water")), text.as_bytes()).unwrap();
    let [water] = &layers.water_areas[..] else {
        panic!("{:?} {:?}", layers.water_areas, layers.oddities);
    };
    assert_eq!(water.rings.len(), 2);
    assert_eq!(water.name.as_deref(), Some("枫溪塘"));
}

#[test]
fn waypoints_are_pieces_and_tracks_are_paths() {
    let text = r#"<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
        <wpt lat="29.79" lon="120.411"><name>P1</name><desc>by the bridge</desc><sym>Flag, Blue</sym><type>ring</type>
          <extensions><id>FQ-1</id><condition>damaged</condition></extensions></wpt>
        <trk><name>河埠小路</name><type>footway</type><trkseg>
          <trkpt lat="29.79" lon="120.41"><name>not the path's</name></trkpt><trkpt lat="29.79" lon="120.42"/></trkseg></trk></gpx>"#;
    let layers = equipment("poles.gpx", text.as_bytes());
    let [piece] = &layers.equipment[..] else {
        panic!("{:?}", layers.equipment);
    };
    assert_eq!(
        (piece.id.as_str(), piece.kind),
        ("FQ-1", EquipmentKind::Ring)
    );
    assert_eq!(piece.note.as_deref(), Some("by the bridge"));
    let layers = read(&Source::new("paths.gpx", wanted("paths")), text.as_bytes()).unwrap();
    let [path] = &layers.paths[..] else {
        panic!("{:?} {:?}", layers.paths, layers.oddities);
    };
    assert_eq!(path.points.len(), 2);
    assert_eq!(path.name.as_deref(), Some("河埠小路"));
}

#[test]
fn a_placemark_without_a_number_for_a_place_is_told_and_left_out() {
    let text = PLACEMARKS.replace("120.411", "east");
    let layers = equipment("poles.kml", text.as_bytes());
    assert_eq!(layers.equipment.len(), 1);
    assert_eq!(of_kind(&layers, OddityKind::BadPlace).len(), 1);
}

#[test]
fn documents_that_are_none_are_refused_in_one_line() {
    let deep = format!("<kml>{}", "<Folder>".repeat(1_000_000));
    let laughs = r#"<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark>"#;
    let bomb = zipped(&[("doc.kml", &vec![b' '; 40 << 20])]);
    for (file, bytes, part) in [
        ("a.kml", b"".as_slice(), "breaks off"),
        ("a.kml", b"hello", "breaks off"),
        ("a.kml", b"<gpx></gpx>", "no KML"),
        ("a.gpx", b"<kml></kml>", "no GPX"),
        ("a.kml", b"<kml><Placemark>", "breaks off"),
        ("a.kml", deep.as_bytes(), "within each other"),
        ("a.kml", laughs.as_bytes(), "breaks off"),
        ("a.kmz", b"PK\x03\x04", "zip archive"),
        ("a.kmz", &zipped(&[("a.txt", b"x")]), "holds no .kml"),
        ("a.kmz", &bomb, "unpacks to more than 32 MiB"),
        ("a.zip", &zipped(&[("a.txt", b"x")]), "holds no .shp"),
    ] {
        let line = read(&Source::new(file, wanted("equipment")), bytes).unwrap_err();
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
}
