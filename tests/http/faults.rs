//! Every kind of bad input gives a problem that names the fault, and nothing breaks.

use axum::body::Body;
use axum::http::Request;
use zhugan::http::routes::router;

use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::post;
use crate::http::sent;

#[test]
fn a_parameter_that_makes_no_sense_is_named_with_what_would_be_right() {
    let (_town, service) = canal_town();
    for (query, words) in [
        ("/coverage?limit_m=-3", ["limit_m is -3", "from 1 to 1000"]),
        (
            "/coverage?limit_m=NaN",
            ["limit_m is NaN", "from 1 to 1000"],
        ),
        (
            "/coverage?limit_m=1e9",
            ["limit_m is 1e9", "from 1 to 1000"],
        ),
        ("/coverage?limit_m=", ["limit_m is", "from 1 to 1000"]),
        ("/coverage?kind=poles", ["kind is poles", "pole, ring"]),
        ("/coverage?kind=", ["kind is", "pole, ring"]),
        ("/coverage?by=town", ["by is town", "village, water_body"]),
        (
            "/coverage?condition=good",
            ["condition is good", "usable, any"],
        ),
        ("/coverage?limit_m=5&limit_m=6", ["limit_m", "twice"]),
        ("/gaps?limit=0", ["limit is 0", "from 1 to 1000"]),
        (
            "/gaps?limit=99999999999999999999",
            ["limit is 9999", "from 1 to 1000"],
        ),
        ("/gaps?sort=name", ["sort is name", "length, risk"]),
        ("/gaps?after=nothing", ["after is nothing", "last gap"]),
        ("/gaps?datum=epsg:9", ["epsg:9", "wgs84"]),
        ("/equipment?limit=5001", ["limit is 5001", "from 1 to 5000"]),
        (
            "/equipment?condition=any",
            ["condition is any", "usable, damaged"],
        ),
        ("/equipment?after=x", ["after is x", "last piece"]),
        ("/crossings?state=shut", ["state is shut", "open, closed"]),
    ] {
        get(&service, &of_town(query)).refused(400, "bad-parameter", &words);
    }
}

#[test]
fn a_parameter_that_does_not_exist_is_refused_with_those_that_do() {
    let (_town, service) = canal_town();
    for (address, words) in [
        (
            of_town("/coverage?limitm=50"),
            ["limitm", "by, kind, limit_m"],
        ),
        (of_town("/gaps?page=2"), ["page", "village, water_body"]),
        (of_town("?x=1"), ["x", "none at all"]),
        ("/api/v1/regions?x=1".to_owned(), ["x", "none at all"]),
        (of_town("/events?since=1"), ["since", "none at all"]),
        (
            "/tiles/canal-town/14/1/1.mvt?w=1".to_owned(),
            ["w", "there is v"],
        ),
        (
            "/api/v1/nearest?lon=1&lat=2&by=foot".to_owned(),
            ["by", "lon, lat"],
        ),
    ] {
        get(&service, &address).refused(400, "unknown-parameter", &words);
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let (_town, service) = canal_town();
    for (address, kind, words) in [
        (
            "/api/v1/regions/atlantis".to_owned(),
            "unknown-region",
            "canal-town",
        ),
        (
            "/api/v1/regions/atlantis/gaps".to_owned(),
            "unknown-region",
            "canal-town",
        ),
        (of_town("/equipment/P9"), "unknown-equipment", "P9"),
        (
            "/api/v1/codes/CA-0009-D".to_owned(),
            "unknown-code",
            "/api/v1/regions/canal-town/equipment",
        ),
        (
            "/api/v1/codes/LI-0173-K".to_owned(),
            "unknown-code",
            "begin with CA",
        ),
        (
            of_town("/crossings/bridge-1"),
            "unknown-crossing",
            "/api/v1/regions/canal-town/crossings",
        ),
        (of_town("/gaps?village=1"), "unknown-village", "\"1\""),
        (of_town("/gaps?water_body=1"), "unknown-water-body", "\"1\""),
        (of_town("/equipment?village=1"), "unknown-village", "\"1\""),
        (of_town("/nothing"), "nothing-here", "/nothing"),
        ("/api/v2".to_owned(), "nothing-here", "/api/v2"),
        ("/favicon.txt".to_owned(), "nothing-here", "/favicon.txt"),
        (
            "/api/v1/nearest?lon=0&lat=0".to_owned(),
            "no-region",
            "bounds",
        ),
        (
            "/tiles/atlantis.json".to_owned(),
            "unknown-region",
            "canal-town",
        ),
        (
            "/tiles/canal-town.xml".to_owned(),
            "nothing-here",
            "canal-town.xml",
        ),
    ] {
        get(&service, &address).refused(404, kind, &[words]);
    }
}

#[test]
fn a_place_must_be_one() {
    let (_town, service) = canal_town();
    for (query, words) in [
        ("lat=29.8", "lon is missing"),
        ("lon=120.4", "lat is missing"),
        ("lon=east&lat=29.8", "lon is east"),
        ("lon=120.4&lat=inf", "lat is inf"),
        ("lon=29.8&lat=120.4", "longitude first"),
        ("lon=120.4&lat=29.8&for=boats", "equipment, responders"),
        ("lon=120.4&lat=29.8&via=fetch", "goes with for=responders"),
        ("lon=120.4&lat=29.8&time=20:15", "goes with for=responders"),
        (
            "lon=120.4&lat=29.8&for=responders&kind=pole",
            "add via=fetch",
        ),
        (
            "lon=120.4&lat=29.8&for=responders&unusable=true",
            "for=equipment",
        ),
        ("lon=120.4&lat=29.8&for=responders&time=8", "00:00 to 23:59"),
        ("lon=120.4&lat=29.8&for=responders&via=boat", "one of fetch"),
        ("lon=120.4&lat=29.8&geometry=yes", "true, false"),
        ("lon=120.4&lat=29.8&limit=21", "from 1 to 20"),
    ] {
        get(&service, &format!("/api/v1/nearest?{query}")).refused(400, "bad-parameter", &[words]);
    }
}

#[test]
fn a_tile_must_be_one() {
    let (_town, service) = canal_town();
    for (address, status, kind, words) in [
        (
            "/tiles/canal-town/17/1/1.mvt",
            404,
            "no-such-tile",
            "take 5 to 16",
        ),
        (
            "/tiles/canal-town/4/1/1.mvt",
            404,
            "no-such-tile",
            "take 5 to 16",
        ),
        (
            "/tiles/canal-town/5/32/1.mvt",
            404,
            "no-such-tile",
            "0 to 31",
        ),
        (
            "/tiles/canal-town/5/1/1.png",
            400,
            "bad-address",
            "the row is 1.png",
        ),
        ("/tiles/canal-town/5/1/1", 400, "bad-address", "the row"),
        (
            "/tiles/canal-town/z/1/1.mvt",
            400,
            "bad-address",
            "the zoom is z",
        ),
        (
            "/tiles/canal-town/5/-1/1.mvt",
            400,
            "bad-address",
            "the column is -1",
        ),
        (
            "/tiles/canal-town/5/99999999999/1.mvt",
            400,
            "bad-address",
            "the column",
        ),
        (
            "/tiles/canal-town/300/1/1.mvt",
            400,
            "bad-address",
            "the zoom is 300",
        ),
        ("/tiles/canal-town/5/1/%FF.mvt", 400, "bad-address", ""),
        (
            "/tiles/canal-town/5/1/1.mvt?v=x",
            400,
            "bad-parameter",
            "v is x",
        ),
    ] {
        get(&service, address).refused(status, kind, &[words]);
    }
}

#[test]
fn a_body_must_be_json_and_not_too_large() {
    let (_town, service) = canal_town();
    let address = of_town("/scenarios/evaluate");
    for (body, word) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("nonsense", "expected"),
        (
            "{\"changes\":[{\"add\":{\"kind\":\"pole\"}}]}",
            "missing field",
        ),
        ("{\"changes\":[{\"paint\":{}}]}", "paint"),
        ("{\"changes\":[],\"limit\":5}", "limit"),
        ("{\"changes\":[],\"limit_m\":\"50\"}", "string"),
    ] {
        post(&service, &address, body).refused(400, "bad-body", &[word]);
    }
    let deep = "[".repeat(100_000);
    post(&service, &address, deep).refused(400, "bad-body", &[]);
    let huge = vec![b' '; 300 << 10];
    post(&service, &address, huge.clone()).refused(413, "body-too-large", &["262144"]);
    let request = Request::post(&address).header("content-type", "application/json");
    let chunks = futures_util::stream::iter(
        huge.chunks(1 << 10)
            .map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec()))
            .collect::<Vec<_>>(),
    );
    let unannounced = request.body(Body::from_stream(chunks)).unwrap();
    sent(&router(&service), unannounced).refused(413, "body-too-large", &["262144"]);
    let form = Request::post(&address).header("content-type", "text/plain");
    let form = form.body(Body::from("{\"changes\":[]}")).unwrap();
    sent(&router(&service), form).refused(415, "not-json", &["application/json"]);
}

#[test]
fn a_wrong_method_is_told_what_is_possible() {
    let (_town, service) = canal_town();
    for (method, address, allowed) in [
        ("POST", of_town("/coverage"), "GET"),
        ("PUT", of_town("/equipment/P1"), "DELETE"),
        ("PUT", of_town("/crossings/bridge-1"), "PATCH"),
        ("PUT", "/healthz".to_owned(), "GET"),
        ("GET", of_town("/scenarios/evaluate"), "POST"),
        ("PATCH", "/api/v1/nearest".to_owned(), "POST"),
        ("BREW", "/tiles/canal-town/5/1/1.mvt".to_owned(), "GET"),
    ] {
        let request = Request::builder().method(method).uri(&address);
        let answer = sent(&router(&service), request.body(Body::empty()).unwrap());
        answer.refused(405, "wrong-method", &[method]);
        assert!(
            answer.header("allow").contains(allowed),
            "{:?}",
            answer.headers
        );
    }
}

#[test]
fn what_is_sent_back_is_cut_short() {
    let (_town, service) = canal_town();
    let long = "x".repeat(4_000);
    get(&service, &format!("/{long}")).refused(404, "nothing-here", &["…"]);
    get(&service, &of_town(&format!("/gaps?after={long}"))).refused(400, "bad-parameter", &["…"]);
    get(&service, &of_town(&format!("/gaps?{long}=1"))).refused(400, "unknown-parameter", &["…"]);
    get(&service, &format!("/api/v1/regions/{long}")).refused(404, "unknown-region", &["xxx"]);
    get(&service, &of_town(&format!("/equipment/{long}"))).refused(
        404,
        "unknown-equipment",
        &["xxx"],
    );
}
