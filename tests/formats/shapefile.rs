//! Shapefiles: loose and zipped, in Chinese encodings, in the coordinate systems of survey offices.

use std::io::Cursor;
use std::io::Write as _;

use encoding_rs::GB18030;
use encoding_rs::GBK;
use shapefile::Point;
use shapefile::Polygon;
use shapefile::PolygonRing;
use shapefile::dbase::FieldValue;
use shapefile::dbase::Record;
use shapefile::dbase::TableWriterBuilder;
use shapefile::dbase::encoding::EncodingRs;
use zhugan::formats::read_source;
use zhugan::formats::region_file::Source;
use zhugan::geometry::datum::Datum;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;

use super::Folder;
use super::of_kind;
use super::read;
use super::wanted;

/// A `.shp` of points.
fn points(places: &[(f64, f64)]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = shapefile::ShapeWriter::new(&mut bytes);
    for &(x, y) in places {
        writer.write_shape(&Point::new(x, y)).unwrap();
    }
    writer.finalize().unwrap();
    drop(writer);
    bytes.into_inner()
}

/// A `.dbf` of texts, in GBK.
fn table(columns: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let plain: Vec<String> = (0..columns.len())
        .map(|column| format!("c{column}"))
        .collect();
    let mut builder = TableWriterBuilder::with_encoding(EncodingRs::from(GBK));
    for column in &plain {
        builder = builder.add_character_field(column.as_str().try_into().unwrap(), 40);
    }
    let mut writer = builder.build_with_dest(&mut bytes);
    for row in rows {
        let mut record = Record::default();
        for (column, cell) in plain.iter().zip(*row) {
            let cell = FieldValue::Character(Some((*cell).to_owned()));
            record.insert(column.clone(), cell);
        }
        writer.write_record(&record).unwrap();
    }
    drop(writer);
    let mut bytes = bytes.into_inner();
    // The writer knows no names in GBK.
    for (column, start) in columns.iter().zip((32..).step_by(32)) {
        let (name, _, _) = GBK.encode(column);
        bytes[start..start + 11].fill(0);
        bytes[start..start + name.len()].copy_from_slice(&name);
    }
    bytes
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const FENGQIAO: [(f64, f64); 2] = [(120.411, 29.79), (120.412, 29.791)];

fn chinese_table() -> Vec<u8> {
    table(
        &["编号", "类型", "状态", "所属村"],
        &[
            &["FQ-001", "救生竿", "完好", "枫源村"],
            &["FQ-002", "救生圈", "损坏", "埠头村"],
        ],
    )
}

/// A `.shp` and its `.dbf`.
pub fn sample_parts() -> [Vec<u8>; 2] {
    [points(&FENGQIAO), chinese_table()]
}

/// Both in an archive.
pub fn sample() -> Vec<u8> {
    let [shapes, cells] = sample_parts();
    zipped(&[("a.shp", &shapes), ("a.dbf", &cells)])
}

fn source() -> Source {
    Source::new("器材.zip", wanted("equipment"))
}

#[test]
fn a_zipped_shapefile_of_a_survey_office_is_read_with_and_without_the_name_of_its_encoding() {
    let (shapes, cells) = (points(&FENGQIAO), chinese_table());
    for cpg in [None, Some("GBK"), Some("936"), Some("cp936")] {
        let mut files = vec![
            ("器材/器材.shp", &shapes[..]),
            ("器材/器材.DBF", &cells[..]),
        ];
        files.extend(cpg.map(|cpg| ("器材/器材.cpg", cpg.as_bytes())));
        let layers = read(&source(), &zipped(&files)).unwrap();
        assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
        let [pole, ring] = &layers.equipment[..] else {
            panic!("{:?}", layers.equipment);
        };
        assert_eq!(
            (pole.id.as_str(), pole.kind),
            ("FQ-001", EquipmentKind::Pole)
        );
        assert_eq!((pole.at.lon(), pole.at.lat()), FENGQIAO[0]);
        assert_eq!(pole.village.as_deref(), Some("枫源村"));
        assert_eq!(ring.condition, Condition::Damaged);
        assert_eq!(ring.village.as_deref(), Some("埠头村"));
    }
}

#[test]
fn a_loose_shapefile_takes_what_stands_beside_it() {
    let (shapes, cells) = (points(&FENGQIAO), chinese_table());
    let folder = Folder::new(&[("poles.shp", &shapes), ("poles.dbf", &cells)]);
    let source = Source::new("poles.shp", wanted("equipment"));
    let layers = read_source(folder.path(), &source).unwrap();
    assert_eq!(layers.equipment[1].id, "FQ-002");
}

#[test]
fn names_of_coordinate_systems_are_understood_and_others_told() {
    let plane = Datum::of_epsg(4549);
    for (words, datum) in [
        (
            r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]"#,
            Datum::Wgs84,
        ),
        (
            r#"PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]"#,
            plane,
        ),
        (
            r#"PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 120E",GEOGCS["CGCS2000",AUTHORITY["EPSG","4490"]],AUTHORITY["EPSG","4549"]]"#,
            plane,
        ),
        (
            r#"PROJCS["CGCS2000_3_Degree_GK_Zone_40"]"#,
            Datum::of_epsg(4528),
        ),
        (r#"PROJCS["WGS_1984_UTM_Zone_51N"]"#, Datum::of_epsg(32651)),
        (
            r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere"]"#,
            Datum::of_epsg(3857),
        ),
    ] {
        let (x, y) = datum
            .converter()
            .unwrap()
            .from_wgs84(zhugan::geometry::lon_lat::LonLat::new(120.411, 29.79).unwrap())
            .unwrap();
        let shapes = points(&[(x, y)]);
        let cells = table(&["id", "kind"], &[&["p1", "pole"]]);
        let files: [(&str, &[u8]); 3] = [
            ("a.shp", &shapes),
            ("a.dbf", &cells),
            ("a.prj", words.as_bytes()),
        ];
        let layers = read(&source(), &zipped(&files)).unwrap();
        assert!(layers.oddities.is_empty(), "{words}: {:?}", layers.oddities);
        let at = layers.equipment[0].at;
        let is_near = (at.lon() - 120.411).abs() < 1e-7 && (at.lat() - 29.79).abs() < 1e-7;
        assert!(is_near, "{words}: {at:?}");
    }
    let shapes = points(&FENGQIAO[..1]);
    let cells = table(&["id", "kind"], &[&["p1", "pole"]]);
    let local = r#"PROJCS["Zhuji_Local_1978"]"#;
    let files: [(&str, &[u8]); 3] = [
        ("a.shp", &shapes),
        ("a.dbf", &cells),
        ("a.prj", local.as_bytes()),
    ];
    let layers = read(&source(), &zipped(&files)).unwrap();
    let told = of_kind(&layers, OddityKind::BadValue);
    assert!(told[0].detail.contains("Zhuji_Local_1978"), "{told:?}");
}

#[test]
fn islands_of_a_pond_stay_holes_of_it() {
    let square = |low: f64, high: f64, is_outer: bool| {
        let mut ring = vec![
            Point::new(120.0 + low, 29.0 + low),
            Point::new(120.0 + low, 29.0 + high),
            Point::new(120.0 + high, 29.0 + high),
            Point::new(120.0 + high, 29.0 + low),
            Point::new(120.0 + low, 29.0 + low),
        ];
        if is_outer {
            PolygonRing::Outer(ring)
        } else {
            ring.reverse();
            PolygonRing::Inner(ring)
        }
    };
    let pond = Polygon::with_rings(vec![square(0.0, 0.01, true), square(0.004, 0.006, false)]);
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = shapefile::ShapeWriter::new(&mut bytes);
    writer.write_shape(&pond).unwrap();
    writer.finalize().unwrap();
    drop(writer);
    let cells = table(&["name", "kind"], &[&["枫溪塘", "pond"]]);
    let files: [(&str, &[u8]); 2] = [("水域.shp", bytes.get_ref()), ("水域.dbf", &cells)];
    let layers = read(&Source::new("water.zip", wanted("water")), &zipped(&files)).unwrap();
    let [water] = &layers.water_areas[..] else {
        panic!("{:?}", layers.water_areas);
    };
    assert_eq!(water.rings.len(), 2, "the shore and the island");
    assert_eq!(water.name.as_deref(), Some("枫溪塘"));
}

#[test]
fn of_several_shapefiles_in_one_archive_the_named_one_is_read() {
    let (one, two) = (points(&FENGQIAO[..1]), points(&FENGQIAO));
    let files: [(&str, &[u8]); 3] = [
        ("a/poles.shp", &one),
        ("b/rings.shp", &two),
        ("__MACOSX/a/._poles.shp", b"junk"),
    ];
    let archive = zipped(&files);
    let mut source = source();
    assert_eq!(
        read(&source, &archive).unwrap().equipment.len(),
        2,
        "one stands in both"
    );
    source.layer = Some("poles".to_owned());
    assert_eq!(read(&source, &archive).unwrap().equipment.len(), 1);
    source.layer = Some("boats".to_owned());
    let line = read(&source, &archive).unwrap_err();
    assert!(line.contains("poles, rings"), "{line}");
}

#[test]
fn a_name_in_an_old_archive_may_be_in_gbk() {
    // Names without the mark of UTF-8, as Chinese systems pack them.
    let shapes = points(&FENGQIAO);
    let plain = zipped(&[("XXXX.shp", &shapes)]);
    let (name, _, _) = GB18030.encode("器材");
    let archive: Vec<u8> = replaced(&plain, b"XXXX", &name);
    let layers = read(&source(), &archive).unwrap();
    assert_eq!(layers.equipment.len(), 2);
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|&start| bytes[start..].starts_with(from))
        .collect();
    assert_eq!(places.len(), 2, "once before the file, once in the list");
    for start in places {
        bytes[start..start + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn a_shapefile_that_is_cut_off_keeps_what_came_before() {
    let shapes = points(&FENGQIAO);
    let cells = chinese_table();
    let files: [(&str, &[u8]); 2] = [("a.shp", &shapes[..shapes.len() - 6]), ("a.dbf", &cells)];
    let layers = read(&source(), &zipped(&files)).unwrap();
    assert_eq!(layers.equipment.len(), 1);
    assert!(
        of_kind(&layers, OddityKind::BadValue)[0]
            .detail
            .contains("broken")
    );
}

/// A file of one line with so many parts and points, as it says, where the parts begin as told; what follows are two points.
fn of_one_line(n_parts: i32, n_points: i32, begins: &[i32]) -> Vec<u8> {
    let mut content = Vec::new();
    content.extend(3_i32.to_le_bytes());
    content.extend([0_u8; 32]);
    content.extend(n_parts.to_le_bytes());
    content.extend(n_points.to_le_bytes());
    for begin in begins {
        content.extend(begin.to_le_bytes());
    }
    content.extend([0_u8; 32]);
    let mut shp = Vec::new();
    let words = |bytes: usize| i32::try_from(bytes / 2).unwrap().to_be_bytes();
    shp.extend(9994_i32.to_be_bytes());
    shp.extend([0_u8; 20]);
    shp.extend(words(100 + 8 + content.len()));
    shp.extend(1000_i32.to_le_bytes());
    shp.extend(3_i32.to_le_bytes());
    shp.extend([0_u8; 64]);
    shp.extend(1_i32.to_be_bytes());
    shp.extend(words(content.len()));
    shp.extend(&content);
    shp
}

/// Asserts that a file is read, and that of its broken shape it is told why.
#[track_caller]
fn check_told(shp: &[u8], why: &str) {
    let layers = read(&source(), &zipped(&[("a.shp", shp)])).unwrap();
    let told = &of_kind(&layers, OddityKind::BadValue);
    let mut told_so = told.iter().filter(|oddity| oddity.detail.contains(why));
    assert!(told_so.next().is_some(), "{told:?}");
}

#[test]
fn a_shape_that_lies_about_its_size_costs_nothing() {
    for (n_parts, n_points) in [
        (i32::MAX, 2),
        (1, i32::MAX),
        (-1, 2),
        (800_000_000, 800_000_000),
    ] {
        check_told(&of_one_line(n_parts, n_points, &[0]), "do not fit");
    }
}

#[test]
fn a_shape_whose_parts_begin_nowhere_costs_nothing() {
    for begins in [[i32::MIN, 1], [-1_111_490_577, 0], [0, 9], [2, 1], [0, -1]] {
        check_told(&of_one_line(2, 2, &begins), "one after the other");
    }
    let layers = read(&source(), &zipped(&[("a.shp", &of_one_line(1, 2, &[0]))])).unwrap();
    let told = of_kind(&layers, OddityKind::BadValue);
    assert!(
        told.iter()
            .all(|oddity| !oddity.detail.contains("one after")),
        "{told:?}"
    );
}
