//! Responders as CSV and GeoJSON: headers, hours, means of travel, what is odd.

use zhugan::formats::region_file::Source;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;
use zhugan::model::responder::Duty;
use zhugan::model::responder::ResponderKind;
use zhugan::model::responder::Sighting;
use zhugan::model::responder::Travel;

use super::read;
use super::wanted;

fn source() -> Source {
    Source::new("people.csv", wanted("responders"))
}

fn read_csv(text: &str) -> Layers {
    read(&source(), text.as_bytes()).unwrap()
}

#[test]
fn the_promised_columns_are_read_in_any_order() {
    let layers = read_csv(
        "note,lat,lon,kind,id,name,group,village,phone,travel,duty_from,duty_to,seen_lon,seen_lat,seen_at\n\
         by the bridge,29.79,120.411,team,T1,Night watch,party,Fengyuan,0571-1,ebike,22:00,6:00,120.5,29.8,2026-11-25T10:00:00+08:00\n",
    );
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    assert!(layers.equipment.is_empty());
    let [one] = &layers.responders[..] else {
        panic!("{:?}", layers.responders);
    };
    assert_eq!((one.id.as_str(), one.kind), ("T1", ResponderKind::Team));
    assert_eq!(one.name.as_deref(), Some("Night watch"));
    assert_eq!(one.group.as_deref(), Some("party"));
    assert_eq!(one.village.as_deref(), Some("Fengyuan"));
    assert_eq!(one.phone.as_deref(), Some("0571-1"));
    assert_eq!(one.note.as_deref(), Some("by the bridge"));
    assert_eq!(one.travel, Travel::Ebike);
    assert_eq!(
        one.duty,
        Duty::Hours {
            from: 1320,
            to: 360
        }
    );
    assert_eq!((one.home.lon(), one.home.lat()), (120.411, 29.79));
    let Some(Sighting { at, when }) = one.seen else {
        panic!("{one:?}");
    };
    assert_eq!((at.lon(), at.lat(), when), (120.5, 29.8, 1_795_572_000));
}

#[test]
fn chinese_headers_and_words_are_read_and_silence_means_a_volunteer_on_foot_at_any_hour() {
    let layers = read_csv(
        "编号,姓名,类型,经度,纬度,所属村,电话,值班开始,值班结束,出行方式\n\
         1,张三,志愿者,120.411,29.790,枫源村,139,18：00,21：00,电动车\n\
         2,枫桥派出所,派出所,120.412,29.791,,110,,,警车\n\
         3,,,120.413,29.792,,,,,\n",
    );
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    let told: Vec<_> = layers
        .responders
        .iter()
        .map(|one| (one.kind, one.travel, one.duty))
        .collect();
    let evening = Duty::hours(1080, 1260).unwrap();
    assert_eq!(
        told,
        [
            (ResponderKind::Volunteer, Travel::Ebike, evening),
            (ResponderKind::Police, Travel::Car, Duty::Always),
            (ResponderKind::Volunteer, Travel::Foot, Duty::Always),
        ]
    );
}

#[test]
fn nobody_is_counted_on_whose_hours_cannot_be_read() {
    let layers = read_csv(
        "id,lon,lat,duty_from,duty_to\n\
         a,120.411,29.790,18:00,\n\
         b,120.412,29.791,evening,night\n\
         c,120.413,29.792,08:00,08:00\n",
    );
    assert_eq!(layers.responders.len(), 3);
    for one in &layers.responders {
        assert_eq!(one.duty, Duty::Never, "{}", one.id);
    }
    assert_eq!(layers.oddities.len(), 3, "{:?}", layers.oddities);
    for (odd, row) in layers.oddities.iter().zip(2..) {
        assert_eq!(odd.kind, OddityKind::BadValue);
        assert_eq!(odd.id, format!("row {row}, duty_from and duty_to"));
        assert!(odd.detail.contains("18:00 to 21:00"), "{}", odd.detail);
    }
}

#[test]
fn what_is_odd_is_told_and_never_where_somebody_lives() {
    let layers = read_csv(
        "id,kind,lon,lat,travel,seen_lon,seen_lat,seen_at\n\
         a,wizard,120.411,29.790,broom,,,\n\
         b,volunteer,120.412,29.791,foot,120.4,29.8,yesterday\n\
         b,volunteer,120.413,29.792,foot,,,\n\
         c,volunteer,120.414,95,foot,,,\n",
    );
    let ids: Vec<&str> = layers
        .responders
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "b", "b-2"]);
    assert!(layers.responders.iter().all(|one| one.seen.is_none()));
    let told: Vec<String> = layers
        .oddities
        .iter()
        .map(|odd| format!("{}: {}", odd.id, odd.detail))
        .collect();
    for words in [
        "row 2, kind: \"wizard\"",
        "row 2, travel: \"broom\"",
        "row 3, seen_lon, seen_lat and seen_at",
        "the id b stands twice",
        "row 5, columns lon and lat",
    ] {
        assert!(
            told.iter().any(|odd| odd.contains(words)),
            "{words}: {told:?}"
        );
    }
    for odd in &layers.oddities {
        assert_eq!(odd.place, None, "{odd:?}");
    }
}

#[test]
fn responders_may_stand_in_geojson_and_take_their_kind_from_the_source() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"s1","properties":{"name":"Fire","travel":"car"},
         "geometry":{"type":"Point","coordinates":[120.4,29.8]}},
        {"type":"Feature","id":"s2","properties":{"kind":"police"},
         "geometry":{"type":"LineString","coordinates":[[120.4,29.8],[120.5,29.8]]}}]}"#;
    let mut source = Source::new("stations.geojson", wanted("responders"));
    source.responder_kind = Some(ResponderKind::Fire);
    let layers = read(&source, text.as_bytes()).unwrap();
    let [one] = &layers.responders[..] else {
        panic!("{:?}", layers.responders);
    };
    assert_eq!(
        (one.id.as_str(), one.kind, one.travel),
        ("s1", ResponderKind::Fire, Travel::Car)
    );
    assert_eq!(layers.oddities.len(), 1);
    assert_eq!(layers.oddities[0].kind, OddityKind::Ignored);
}
