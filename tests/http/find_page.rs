//! The public page without a piece, and what somebody reads whose code leads nowhere.

use serde_json::Value;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::model::code::Code;
use zhugan::model::prefix::Prefix;

use crate::commands::REGION;
use crate::commands::canal_with;
use crate::commands::register;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::piece_page::MOST_BYTES;
use crate::http::piece_page::at;
use crate::http::piece_page::code;
use crate::http::piece_page::page;
use crate::http::piece_page::town;
use crate::http::serving;
use crate::project::read;

#[test]
fn whoever_has_a_wrong_code_or_that_of_a_retired_piece_is_told_so_and_whom_to_call() {
    let town = town();
    let service = kept(&[town.path()]);
    let retired = code(&service, "ring-18");
    let gone = change(
        &service,
        ("DELETE", &of_town("/equipment/ring-18")),
        "",
        &[],
    );
    assert_eq!(gone.status, 204, "{}", gone.text());
    let written = [
        retired.as_str(),
        "ZZ-0001-L",
        "nonsense",
        "%FF",
        "%2F%2e%2e",
    ];
    for written in written {
        let answer = get(&service, &format!("/p/{written}"));
        assert_eq!(answer.status, 404, "{written}");
        assert_eq!(answer.header("cache-control"), "no-store");
        let text = answer.text();
        for words in [
            "没有这个编号",
            "tel:110",
            "tel:119",
            "id=\"find\"",
            "name=\"code\"",
        ] {
            at(&text, words);
        }
    }
    let english = get(&service, "/p/nonsense?lang=en").text();
    at(
        &english,
        "No piece has this code, or not any more: <b>nonsense</b>",
    );
}

#[test]
fn whom_to_call_is_said_also_while_the_map_is_being_loaded() {
    let town = town();
    let service = Service::new(&[town.path().to_owned()], Limits::of_cores(1));
    let answer = get(&service, "/p/CA-0017-X?lang=en");
    let known = code_of(17);
    let early = get(&service, &format!("/p/{known}?lang=en"));
    assert_eq!(answer.status, 404, "what is no code never was one");
    assert_eq!(early.status, 503);
    assert_eq!(early.header("retry-after"), "5");
    let text = early.text();
    for words in [
        "the map is being loaded",
        "tel:110",
        "tel:119",
        &format!("/p/{known}"),
    ] {
        at(&text, words);
    }
}

/// The code of a piece of the canal town by its number.
fn code_of(number: u32) -> String {
    let code = Code {
        prefix: Prefix::new("CA").unwrap(),
        number,
    };
    code.to_string()
}

#[test]
fn the_page_without_a_code_takes_one_and_calls_where_all_regions_call() {
    let (canal, other) = (town(), canal_with(&register(&[])));
    let toml = REGION.replace("canal-town", "other-town");
    std::fs::write(other.path().join("region.toml"), &toml).unwrap();
    let service = serving(&[canal.path()]);
    let text = get(&service, "/p").text();
    assert!(
        text.contains("tel:119") && text.len() <= MOST_BYTES,
        "{}",
        text.len()
    );
    let typed = get(&service, "/p?lang=en&code=+ca+17%2Fx%3F%23+");
    assert_eq!(typed.status, 303);
    assert_eq!(typed.header("location"), "/p/ca%2017%2Fx%3F%23?lang=en");
    assert_eq!(get(&service, "/p?code=+").status, 200);
    let both = serving(&[canal.path(), other.path()]);
    let text = get(&both, "/p").text();
    assert!(
        text.contains("tel:120") && !text.contains("tel:119"),
        "they call others"
    );
}

#[test]
fn the_pages_name_things_as_the_planners_page_does() {
    let town = town();
    let service = serving(&[town.path()]);
    for (language, file) in [("zh-CN", "zh-CN.json"), ("en", "en.json")] {
        let messages: Value = serde_json::from_str(&read(&format!("web/messages/{file}"))).unwrap();
        let text = page(&service, "pole-17", language)
            + &get(&service, &format!("/p?lang={language}")).text();
        for key in [
            "kind_pole",
            "kind_ring",
            "kind_rope",
            "kind_board",
            "kind_jacket",
            "kind_aed",
            "kind_other",
            "condition_usable",
            "bank_same",
        ] {
            at(&text, messages[key].as_str().unwrap());
        }
    }
}
