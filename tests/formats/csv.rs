//! Equipment as CSV: headers, encodings, bad rows, dates.

use encoding_rs::GB18030;
use zhugan::formats::region_file::Source;
use zhugan::geometry::datum::Datum;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::read;
use super::wanted;

fn source() -> Source {
    Source::new("poles.csv", wanted("equipment"))
}

fn read_csv(text: &str) -> Layers {
    read(&source(), text.as_bytes()).unwrap()
}

const CHINESE: &str = "编号,名称,类型,经度,纬度,状态,所属村,检查日期,备注\n\
    FQ-001,桥头,救生竿,120.411,29.790,完好,枫源村,2024年5月3日,\n\
    FQ-002,,救生圈,120.412,29.791,损坏,枫源村,2024/05/04,绳断\n";

#[test]
fn the_promised_columns_are_read_in_any_order() {
    let layers = read_csv(
        "note,lat,lon,kind,id,condition,name,village,inspected_on,photo\n\
         by the bridge,29.79,120.411,pole,p1,damaged,Pole 1,Fengyuan,2024-05-03,p1.jpg\n",
    );
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    let piece = &layers.equipment[0];
    assert_eq!(piece.id, "p1");
    assert_eq!(piece.kind, EquipmentKind::Pole);
    assert_eq!(piece.condition, Condition::Damaged);
    assert_eq!((piece.at.lon(), piece.at.lat()), (120.411, 29.79));
    assert_eq!(piece.name.as_deref(), Some("Pole 1"));
    assert_eq!(piece.village.as_deref(), Some("Fengyuan"));
    assert_eq!(piece.inspected_on.as_deref(), Some("2024-05-03"));
    assert_eq!(piece.photo.as_deref(), Some("p1.jpg"));
    assert_eq!(piece.note.as_deref(), Some("by the bridge"));
    assert!(!piece.is_illustrative);
}

#[test]
fn chinese_headers_and_words_are_read_in_utf8_with_and_without_mark_and_in_gb18030() {
    let (gb18030, _, _) = GB18030.encode(CHINESE);
    let marked = [b"\xef\xbb\xbf", CHINESE.as_bytes()].concat();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(CHINESE.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [CHINESE.as_bytes(), &marked, &gb18030, &utf16] {
        let layers = read(&source(), bytes).unwrap();
        assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
        let [pole, ring] = &layers.equipment[..] else {
            panic!("{:?}", layers.equipment);
        };
        assert_eq!(
            (pole.kind, pole.condition),
            (EquipmentKind::Pole, Condition::Usable)
        );
        assert_eq!(
            (ring.kind, ring.condition),
            (EquipmentKind::Ring, Condition::Damaged)
        );
        assert_eq!(pole.village.as_deref(), Some("枫源村"));
        assert_eq!(pole.inspected_on.as_deref(), Some("2024-05-03"));
        assert_eq!(ring.inspected_on.as_deref(), Some("2024-05-04"));
        assert_eq!(ring.note.as_deref(), Some("绳断"));
    }
}

#[test]
fn a_named_encoding_is_used_and_a_wrong_one_refused() {
    let mut gbk = source();
    gbk.encoding = encoding_rs::Encoding::for_label(b"gbk");
    let (bytes, _, _) = GB18030.encode(CHINESE);
    assert_eq!(read(&gbk, &bytes).unwrap().equipment.len(), 2);
    let mut utf8 = source();
    utf8.encoding = Some(encoding_rs::UTF_8);
    let line = read(&utf8, &bytes).unwrap_err();
    assert!(line.contains("UTF-8") && line.contains("gb18030"), "{line}");
}

#[test]
fn a_bad_row_is_reported_with_file_row_column_and_reason_and_the_good_are_kept() {
    let layers = read_csv(
        "id,kind,lon,lat,condition,inspected_on\n\
         a,pole,120.41,29.79,usable,2024-02-29\n\
         b,pole,east,29.79,usable,\n\
         c,pole,,29.79,usable,\n\
         d,pole,29.79,120.41,usable,\n\
         e,boat,120.42,29.79,usable,\n\
         f,ring,120.43,29.79,shiny,2023-02-29\n\
         g,ring,NaN,29.79,usable,\n\
         h,ring,1e999,29.79,usable,\n",
    );
    let kept: Vec<&str> = layers
        .equipment
        .iter()
        .map(|piece| piece.id.as_str())
        .collect();
    assert_eq!(kept, ["a", "e", "f"]);
    let told: Vec<(&str, OddityKind)> = layers
        .oddities
        .iter()
        .map(|oddity| (oddity.id.as_str(), oddity.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("row 3, column lon", OddityKind::BadPlace),
            ("row 4, column lon", OddityKind::BadPlace),
            ("row 5, columns lon and lat", OddityKind::BadPlace),
            ("row 6, column kind", OddityKind::BadValue),
            ("row 7, column condition", OddityKind::BadValue),
            ("row 7, column inspected_on", OddityKind::BadValue),
            ("row 8, column lon", OddityKind::BadPlace),
            ("row 9, column lon", OddityKind::BadPlace),
        ]
    );
    assert!(
        layers
            .oddities
            .iter()
            .all(|oddity| oddity.file == "poles.csv")
    );
    assert_eq!(layers.equipment[1].kind, EquipmentKind::Other);
    assert_eq!(layers.equipment[2].condition, Condition::Unverified);
    assert_eq!(layers.equipment[2].inspected_on, None);
    assert!(layers.oddities[0].detail.contains("east"));
}

#[test]
fn rows_are_counted_as_an_editor_counts_lines() {
    let layers = read_csv(
        "id,kind,lon,lat,note\r\n\r\n\r\na,pole,x,29.79,\r\n,,,,\r\nb,pole,120.41,29.79,\"two\r\nlines\"\r\nc,pole,y,29.79,\r\n",
    );
    let told: Vec<&str> = layers
        .oddities
        .iter()
        .map(|oddity| oddity.id.as_str())
        .collect();
    assert_eq!(told, ["row 4, column lon", "row 8, column lon"]);
    assert_eq!(layers.equipment[0].note.as_deref(), Some("two\r\nlines"));
}

#[test]
fn missing_cells_and_columns_are_fine() {
    let layers = read_csv("lon,lat,kind\n120.41,29.79,pole\n120.42,29.79\n");
    assert_eq!(layers.equipment.len(), 2);
    assert_eq!(layers.equipment[0].id, "poles-2");
    assert_eq!(layers.equipment[0].condition, Condition::Usable);
    assert_eq!(layers.equipment[1].kind, EquipmentKind::Other);
    assert_eq!(of_kind(&layers, OddityKind::BadValue).len(), 1);
}

#[test]
fn a_register_of_one_kind_says_so_once() {
    let mut rings = source();
    rings.kind = Some(EquipmentKind::Ring);
    rings.is_illustrative = true;
    let layers = read(&rings, b"lon,lat\n120.41,29.79\n120.42,29.79\n").unwrap();
    assert!(layers.oddities.is_empty());
    assert!(
        layers
            .equipment
            .iter()
            .all(|piece| piece.kind == EquipmentKind::Ring && piece.is_illustrative)
    );
}

#[test]
fn columns_can_be_mapped_and_a_mapped_one_must_be_there() {
    let mut mapped = source();
    mapped.columns = [("id", "牌号"), ("kind", "器具")]
        .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
        .into();
    let layers = read(
        &mapped,
        "id,牌号,器具,lon,lat\n1,A7,竹竿,120.41,29.79\n".as_bytes(),
    )
    .unwrap();
    assert_eq!(layers.equipment[0].id, "A7");
    assert_eq!(layers.equipment[0].kind, EquipmentKind::Pole);
    let line = read(&mapped, b"id,lon,lat\n1,120.41,29.79\n").unwrap_err();
    assert!(
        line.contains("牌号") && line.contains("id, lon, lat"),
        "{line}"
    );
}

#[test]
fn a_file_without_coordinates_is_refused_with_the_columns_that_it_has() {
    let line = read(&source(), b"id,kind,where\na,pole,here\n").unwrap_err();
    assert!(
        line.contains("lon") && line.contains("id, kind, where"),
        "{line}"
    );
    let line = read(&source(), b"").unwrap_err();
    assert!(line.contains("id,kind,lon,lat"), "{line}");
}

#[test]
fn semicolons_tabs_and_decimal_commas_are_read() {
    for text in [
        "id;kind;lon;lat\na;pole;120,411;29,79\n",
        "id\tkind\tlon\tlat\na\tpole\t120.411\t29.79\n",
    ] {
        let layers = read_csv(text);
        let at = layers.equipment[0].at;
        assert_eq!((at.lon(), at.lat()), (120.411, 29.79), "{text}");
    }
}

#[test]
fn an_open_quotation_mark_is_told() {
    let layers =
        read_csv("id,kind,lon,lat,note\na,pole,120.41,29.79,\"open\nb,pole,120.42,29.79,\n");
    assert_eq!(layers.equipment.len(), 1);
    let odd = of_kind(&layers, OddityKind::BadValue);
    assert!(odd[0].detail.contains("quotation marks"), "{odd:?}");
}

#[test]
fn survey_coordinates_are_converted_and_a_swap_is_told() {
    let mut survey = source();
    survey.datum = Some(Datum::Epsg(4549));
    let (x, y) = Datum::Epsg(4549)
        .from_wgs84(zhugan::geometry::lon_lat::LonLat::new(120.411, 29.79).unwrap())
        .unwrap();
    let straight = read(&survey, format!("x,y,kind\n{x},{y},pole\n").as_bytes()).unwrap();
    assert!(straight.oddities.is_empty());
    let swapped = read(
        &survey,
        format!("x,y,kind\n{y},{x},pole\n{y},{},pole\n", x + 100.0).as_bytes(),
    )
    .unwrap();
    assert_eq!(swapped.equipment[0].at, straight.equipment[0].at);
    let told = of_kind(&swapped, OddityKind::Contradiction);
    assert_eq!(told.len(), 1);
    assert!(told[0].detail.contains("swapped") && told[0].detail.contains("2 times"));
}

#[test]
fn gcj02_registers_land_where_they_are() {
    let mut amap = source();
    amap.datum = Some(Datum::Gcj02);
    let layers = read(
        &amap,
        b"kind,lon,lat\npole,121.531541859215,31.17530398364597\n",
    )
    .unwrap();
    let at = layers.equipment[0].at;
    assert!((at.lon() - 121.527_210_6).abs() < 1e-6 && (at.lat() - 31.177_427_6).abs() < 1e-6);
}

#[test]
fn the_same_piece_twice_is_one_piece_and_both_rows_are_named() {
    let layers = read_csv(
        "id,kind,lon,lat,condition\n\
         a,pole,120.4110000,29.79,usable\n\
         a,pole,120.4110000,29.79,missing\n\
         b,pole,120.4110040,29.79,usable\n\
         c,ring,120.4110000,29.79,usable\n\
         a,ring,120.4120000,29.79,usable\n\
         d,pole,120.4110060,29.79,usable\n",
    );
    let kept: Vec<&str> = layers
        .equipment
        .iter()
        .map(|piece| piece.id.as_str())
        .collect();
    assert_eq!(kept, ["a", "c", "a-2", "d"]);
    let told = of_kind(&layers, OddityKind::Duplicate);
    assert_eq!(told.len(), 3);
    assert!(told[0].detail.contains("row 3") && told[0].detail.contains("row 2"));
    assert!(told[0].detail.contains("disagree on its condition"));
    assert!(told[1].detail.contains("row 4") && told[1].detail.contains("row 2"));
    assert!(told[2].detail.contains("a-2"));
}

#[test]
fn a_csv_is_wanted_for_a_register_only() {
    let line = read(&Source::new("water.csv", wanted("water")), b"a,b\n").unwrap_err();
    assert!(
        line.contains("responders only") && line.contains(".geojson"),
        "{line}"
    );
}
