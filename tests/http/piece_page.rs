//! The public pages: what somebody reads who has scanned a label, whole in one answer, calls first.

use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::commands::REGION;
use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::answers::features;
use crate::http::canal_town;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::post;
use crate::http::sent;
use crate::http::serving;

/// So much a public page weighs at most, with all that it needs.
pub const MOST_BYTES: usize = 15_000;

const CALLS: &str =
    "country_calls = { fire = \"119\", ambulance = \"120\", police = \"110\" }\n[[source]]";

/// Two pieces on the southern bank of the canal, one that is gone, and one on the northern.
pub fn town() -> Folder {
    let town = canal_with(&register(&[
        ("pole-17", "pole", -100.0, -5.0, "usable"),
        ("ring-18", "ring", -80.0, -5.0, "usable"),
        ("rope-19", "rope", -60.0, -5.0, "missing"),
        ("ring-20", "ring", 100.0, 5.0, "usable"),
    ]));
    let toml = REGION.replacen("[[source]]", CALLS, 1);
    std::fs::write(town.path().join("region.toml"), toml).unwrap();
    town
}

pub fn code(service: &Service, piece: &str) -> String {
    let piece = get(service, &of_town(&format!("/equipment/{piece}"))).json();
    piece["properties"]["code"].as_str().unwrap().to_owned()
}

fn with(service: &Service, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(address);
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    sent(&router(service), request.body(Body::empty()).unwrap())
}

/// The page of a piece in a language.
pub fn page(service: &Service, piece: &str, language: &str) -> String {
    let address = format!("/p/{}?lang={language}", code(service, piece));
    let answer = get(service, &address);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    answer.text()
}

/// What somebody reads, without the style, the script and what only the script reads.
fn read_out(page: &str) -> String {
    let body = page.split_once("<main>").unwrap().1;
    let body = body.split_once("</main>").unwrap().0;
    let parts = body
        .split('<')
        .map(|part| part.split_once('>').unwrap_or(("", part)).1);
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    words.join("")
}

pub fn at(page: &str, words: &str) -> usize {
    page.find(words)
        .unwrap_or_else(|| panic!("no {words:?} in {page}"))
}

#[test]
fn what_the_keyboard_reaches_first_is_the_button_that_calls() {
    let town = town();
    let service = serving(&[town.path()]);
    let gone = code(&service, "rope-19");
    for address in [
        format!("/p/{}", code(&service, "pole-17")),
        format!("/p/{gone}"),
        "/p/nonsense".to_owned(),
        "/p".to_owned(),
    ] {
        let page = get(&service, &address).text();
        let body = page.split_once("<main>").unwrap().1;
        let reached = ["<a ", "<button", "<input", "<textarea"];
        let first = reached.iter().filter_map(|tag| body.find(tag)).min();
        let first = &body[first.unwrap()..];
        assert!(
            first.starts_with("<a href=\"tel:110\""),
            "{address}: {first:.80}"
        );
        let order = ["tel:110", "tel:120", "tel:119"].map(|call| at(&page, call));
        assert!(order.is_sorted(), "{address}: {order:?}");
        assert!(!body.contains("autofocus") && !body.contains("tabindex"));
    }
}

#[test]
fn a_page_says_what_to_tell_the_operator_in_words_and_then_in_degrees() {
    let town = town();
    let service = serving(&[town.path()]);
    let code = code(&service, "pole-17");
    for language in ["zh-CN", "en"] {
        let text = read_out(&page(&service, "pole-17", language));
        let order = [
            "有人落水？",
            "Someone in the water?",
            "告诉接警员",
            "Tell the operator",
            &code,
            "=Canal 运河南岸 · West",
            "south bank of =Canal 运河 · West",
            "北纬 29.79995，东经 120.39897",
            "29.79995 N, 120.39897 E",
        ];
        let places = order.map(|words| at(&text, words));
        assert!(places.is_sorted(), "{places:?} {text}");
    }
}

#[test]
fn a_page_is_whole_in_one_answer_of_fifteen_kilobytes() {
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
    for region in ["shuixiang", "liechtenstein"] {
        let service = serving(&[&maps.join(region)]);
        let list = get(&service, &format!("/api/v1/regions/{region}/equipment")).json();
        let codes = features(&list).map(|piece| piece["properties"]["code"].as_str().unwrap());
        let largest = codes.step_by(7).flat_map(|code| {
            ["zh-CN", "en"].map(|language| {
                let page = get(&service, &format!("/p/{code}?lang={language}"));
                assert_eq!(page.status, 200, "{code}");
                (page.body.len(), format!("{code} {language}"), page.text())
            })
        });
        let (bytes, which, text) = largest.max_by_key(|(bytes, ..)| *bytes).unwrap();
        assert!(bytes <= MOST_BYTES, "{which}: {bytes} bytes");
        for of_another in ["src=", "url(", "@import", "href=\"http", "rel=\"stylesheet"] {
            assert!(!text.contains(of_another), "{which}: {of_another}");
        }
        let (_, script) = text.split_once("<script>").unwrap();
        assert!(script.len() < 5_000, "{} bytes of script", script.len());
    }
}

#[test]
fn a_piece_that_is_gone_says_so_first_and_where_the_next_one_is() {
    let town = town();
    let service = serving(&[town.path()]);
    let next = code(&service, "ring-18");
    for (language, trouble, way) in [
        ("zh-CN", "此救援绳已不在原处", "西，步行 22 米，约 1 分钟"),
        (
            "en",
            "This throw rope is missing",
            "west, 22 m on foot, about 1 min",
        ),
    ] {
        let text = read_out(&page(&service, "rope-19", language));
        let places = [trouble, &next, way, "有人落水"].map(|words| at(&text, words));
        assert!(text.starts_with(trouble), "{text}");
        assert!(places.is_sorted(), "{places:?} {text}");
        let fine = read_out(&page(&service, "pole-17", language));
        assert!(fine.starts_with("有人落水"), "{fine}");
    }
}

#[test]
fn what_a_stranger_reports_is_said_at_once_as_what_nobody_has_looked_into() {
    let town = town();
    let service = kept(&[town.path()]);
    let report = |kind: &str, piece: &str| {
        let body = format!(
            "{{\"kind\":\"{kind}\",\"equipment\":\"{piece}\",\"note\":\"by the Secret family\"}}"
        );
        let made = post(&service, &of_town("/reports"), body);
        assert_eq!(made.status, 201, "{}", made.text());
        serde_json::from_slice::<Value>(&made.body).unwrap()["id"].clone()
    };
    report("hazard", "pole-17");
    assert!(read_out(&page(&service, "pole-17", "en")).starts_with("有人落水"));
    let id = report("missing", "pole-17");
    let text = read_out(&page(&service, "pole-17", "en"));
    assert!(
        text.starts_with("This rescue pole may be missing (reported on "),
        "{text}"
    );
    assert!(!text.contains("Secret"), "nobody's words go out unread");
    let others = read_out(&page(&service, "ring-18", "en"));
    assert!(others.starts_with("有人落水"), "{others}");
    let decision = of_town(&format!("/reports/{id}"));
    change(
        &service,
        ("PATCH", &decision),
        "{\"state\":\"rejected\"}",
        &[],
    )
    .json();
    assert!(read_out(&page(&service, "pole-17", "en")).starts_with("有人落水"));
}

#[test]
fn what_is_near_is_listed_with_the_walk_the_direction_and_the_bank() {
    let town = town();
    let service = serving(&[town.path()]);
    let text = page(&service, "pole-17", "en");
    let list = text.split_once("<ol class=\"near\">").unwrap().1;
    let list = list.split_once("</ol>").unwrap().0;
    assert_eq!(list.matches("<li").count(), 2, "what is gone is not near");
    let (first, second) = list.split_once("</li>").unwrap();
    for words in [
        "Life ring",
        &code(&service, "ring-18"),
        ">E<",
        "22 m on foot, about 1 min",
        "Same bank",
    ] {
        at(first, words);
    }
    for words in [&code(&service, "ring-20"), ">E<", "Over the bridge"] {
        at(second, words);
    }
    let chinese = page(&service, "pole-17", "zh-CN");
    for words in [
        "救生圈",
        ">东<",
        "步行 22 米，约 1 分钟",
        "同岸",
        "过桥",
        "上方为北",
    ] {
        at(&chinese, words);
    }
}

#[test]
fn both_languages_stand_on_a_page_and_the_rest_is_in_the_visitors() {
    let town = town();
    let service = serving(&[town.path()]);
    let address = format!("/p/{}", code(&service, "pole-17"));
    for (asked, wanted, language) in [
        ("", "", "zh-CN"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "de-CH,en;q=0.5", "en"),
        ("", "de", "en"),
        ("?lang=zh", "en", "zh-CN"),
        ("?lang=en&x=1", "zh-CN", "en"),
        ("?lang=%3Cscript%3E", "zh-CN", "zh-CN"),
    ] {
        let headers = [("accept-language", wanted)];
        let headers = if wanted.is_empty() {
            &headers[..0]
        } else {
            &headers
        };
        let answer = with(&service, &format!("{address}{asked}"), headers);
        let text = answer.text();
        let own = format!("<html lang=\"{language}\">");
        assert!(text.contains(&own), "{asked} {wanted}: {text:.60}");
        assert!(answer.header("vary").contains("accept-language"));
        let (heading, other) = match language {
            "en" => (
                "Nearest equipment",
                "lang=\"zh-CN\" hreflang=\"zh-CN\">中文",
            ),
            _ => ("最近的器材", "lang=\"en\" hreflang=\"en\">English"),
        };
        for words in [
            "拨打 110",
            "<span lang=\"en\">Police 110</span>",
            heading,
            other,
        ] {
            at(&text, words);
        }
    }
}

#[test]
fn the_policy_lets_in_the_style_and_the_script_that_stand_in_the_page_and_no_other() {
    let (_town, service) = canal_town();
    for address in [
        format!("/p/{}", code(&service, "P1")),
        "/p".to_owned(),
        "/p/x".to_owned(),
    ] {
        let answer = get(&service, &address);
        let text = answer.text();
        let policy = answer.header("content-security-policy");
        for tag in ["style", "script"] {
            let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
            assert_eq!(text.matches(&open).count(), 1);
            let inner = text
                .split_once(&open)
                .unwrap()
                .1
                .split_once(&close)
                .unwrap()
                .0;
            let hash = STANDARD.encode(Sha256::digest(inner));
            let part = format!("{tag}-src 'sha256-{hash}';");
            assert!(policy.contains(&part), "{address}: no {part} in {policy}");
        }
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
            "{policy}"
        );
        for inline in ["style=\"", " onclick", " onload", "javascript:"] {
            assert!(!text.contains(inline), "{address}: {inline}");
        }
    }
}

#[test]
fn names_and_codes_that_are_markup_stay_words() {
    let hostile = "\"'><script>alert(1)</script>&amp;";
    let csv = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let rows = [-100.0, -80.0].map(|east| {
        let place = place(east, -5.0);
        format!(
            "{},pole,{place},usable,{}\n",
            csv(&format!("{hostile}{east}")),
            csv(hostile)
        )
    });
    let town = canal_with(&format!(
        "id,kind,lon,lat,condition,name\n{}",
        rows.concat()
    ));
    for file in ["map.geojson", "villages.geojson"] {
        let path = town.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let escaped = hostile.replace('"', "\\\"");
        let text = text
            .replace("=Canal 运河", &escaped)
            .replace("West", &escaped);
        std::fs::write(path, text).unwrap();
    }
    let named = format!(
        "country_calls = {{ 'a<b>' = '1<i>{}' }}\n[[source]]",
        "1\"x"
    );
    std::fs::write(
        town.path().join("region.toml"),
        REGION.replacen("[[source]]", &named, 1),
    )
    .unwrap();
    let service = serving(&[town.path()]);
    let list = get(&service, &of_town("/equipment")).json();
    let code = features(&list).next().unwrap()["properties"]["code"].clone();
    let escaped = "&quot;'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;";
    let text = get(&service, &format!("/p/{}", code.as_str().unwrap())).text();
    assert!(text.matches(escaped).count() >= 4, "{text}");
    let wrong = get(
        &service,
        "/p/%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%26amp%3B",
    );
    assert_eq!(wrong.status, 404);
    assert!(
        wrong.text().matches(escaped).count() >= 2,
        "{}",
        wrong.text()
    );
    for text in [text, wrong.text()] {
        assert!(!text.contains("<script>alert") && !text.contains("<i>") && !text.contains("<b>1"));
        assert!(text.contains("href=\"tel:11\""), "{text}");
    }
}

#[test]
fn a_page_that_a_browser_has_is_not_sent_again_until_it_is_another() {
    let (_town, service) = canal_town();
    let address = format!("/p/{}", code(&service, "P1"));
    let first = get(&service, &address);
    assert_eq!(first.header("cache-control"), "no-cache");
    let tag = first.header("etag");
    for known in [tag.to_owned(), format!("W/{tag}")] {
        let again = with(&service, &address, &[("if-none-match", &known)]);
        assert_eq!(again.status, 304);
        assert!(again.body.is_empty() && again.header("etag") == tag);
        assert_eq!(again.header("vary"), first.header("vary"));
    }
    let packed = with(&service, &address, &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < 6_500, "{}", packed.body.len());
    let english = with(
        &service,
        &address,
        &[("if-none-match", tag), ("accept-language", "en")],
    );
    assert_eq!(english.status, 200, "another language is another page");
    let gone = "[{\"op\":\"set\"}]";
    assert_eq!(post(&service, &address, gone).status, 405);
    let missing = zhugan::app::scenario::Change::Remove {
        id: "P2".to_owned(),
    };
    service.regions().change("canal-town", &[missing]).unwrap();
    let same = with(&service, &address, &[("if-none-match", tag)]);
    assert_eq!(
        same.status, 304,
        "what is not on the page does not change it"
    );
}
