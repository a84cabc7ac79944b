//! The page of a piece, in the order in which somebody at the water needs what is on it.

use maud::Markup;
use maud::html;
use serde_json::Value;
use serde_json::json;

use crate::app::paper_words::Language;
use crate::app::paper_words::Language::Chinese;
use crate::app::paper_words::Language::English;
use crate::app::piece_page::PiecePage;
use crate::app::piece_page::calls;
use crate::geometry::compass::Compass;
use crate::http::public_pages::call;
use crate::http::public_pages::frame;
use crate::http::public_pages::frame::Page;
use crate::http::public_pages::nearest;
use crate::http::public_pages::report;
use crate::http::public_pages::steps;
use crate::http::public_pages::words;
use crate::model::day::Day;

/// The page whole.
pub(super) fn page(language: Language, page: &PiecePage) -> String {
    let code = page.code.to_string();
    let title = format!("{code} {} · Zhugan 竹竿", language.kind(page.piece.kind));
    let body = html! {
        @if let Some(notice) = notice(language, page) { p.notice { (notice) } }
        (call::block(&calls(&page.settings), &to_say(page)))
        @if let Some(made_up) = made_up(language, page) { p.notice { (made_up) } }
        (steps::section(language))
        (this_piece(language, page))
        (nearest::section(language, &page.others))
        p.links {
            a.wide href=(on_the_map(language, page)) { (language.of("打开地图", "Open the map")) }
            (other_language(language, &format!("/p/{code}")))
        }
        (report::section(language, page))
        (foot(language, page))
    };
    frame::whole(&Page {
        language,
        title: &title,
        says: &says(language),
        script: &frame::OF_PIECE,
        body: &body,
    })
}

/// The link to the same page in the other language, in that language.
pub(super) fn other_language(language: Language, address: &str) -> Markup {
    let other = language.other();
    html! {
        a.wide href={ (address) "?lang=" (other.tag()) } lang=(other.tag()) hreflang=(other.tag()) { (other.of("中文", "English")) }
    }
}

/// That the piece cannot be relied on, and what is nearest instead.
fn notice(language: Language, page: &PiecePage) -> Option<String> {
    let piece = &page.piece;
    let what = (piece.kind, piece.condition);
    let trouble = words::trouble(language, what, page.reported.as_ref())?;
    let Some(next) = page.others.first() else {
        return Some(trouble);
    };
    let (kind, code) = (language.kind(next.kind), &next.code);
    let toward = words::compass(language, Compass::of_bearing(next.bearing));
    let walk = words::walk(language, next.walk, next.takes);
    Some(match language {
        Chinese => format!("{trouble}最近的可用：{kind} {code}，{toward}，{walk}。"),
        English => format!("{trouble} Nearest working: {kind} {code}, {toward}, {walk}."),
    })
}

fn to_say(page: &PiecePage) -> Markup {
    let code = page.code.to_string();
    let kind = page.piece.kind;
    let at = page.piece.at;
    html! {
        h2 { "告诉接警员 " span lang=(English.tag()) { "Tell the operator" } }
        p.code { (Chinese.kind(kind)) " " strong { (code) } }
        p lang=(English.tag()) { (English.kind(kind)) " " (code) }
        @let (chinese, english) = (words::stand(Chinese, &page.stand), words::stand(English, &page.stand));
        @if !chinese.is_empty() {
            p.where { (chinese) }
            p lang=(English.tag()) { (english) }
        }
        p.where { (words::place(Chinese, at)) }
        p lang=(English.tag()) { (words::place(English, at)) }
        button #copy type="button" hidden data-copy=(copied(page)) data-done="已复制 Copied" {
            "复制位置 " span lang=(English.tag()) { "Copy location" }
        }
    }
}

/// What is put on the clipboard: for whoever gets it, in whichever language.
fn copied(page: &PiecePage) -> String {
    let at = page.piece.at;
    let kind = page.piece.kind;
    let stand = words::stand(Chinese, &page.stand);
    format!(
        "{} / {} {}\n{stand}\n{:.6}, {:.6} (WGS-84)",
        Chinese.kind(kind),
        English.kind(kind),
        page.code,
        at.lat(),
        at.lon()
    )
}

fn this_piece(language: Language, page: &PiecePage) -> Markup {
    let piece = &page.piece;
    let inspected = piece.inspected_on.as_deref();
    let inspected = inspected.and_then(|day| Day::new(day).ok());
    html! {
        section {
            h2 { (language.of("本件器材", "This piece")) }
            p {
                strong { (language.kind(piece.kind)) }
                @if let Some(name) = &piece.name { " · " (name) }
                " · " (language.condition(piece.condition))
            }
            @if let Some(day) = inspected {
                p.soft { (language.of("上次检查：", "Last check: ")) (language.day(&day)) }
            }
        }
    }
}

fn made_up(language: Language, page: &PiecePage) -> Option<&'static str> {
    if page.settings.is_invented {
        return Some(language.of(
            "演示数据：此地和器材均为虚构，请勿据此施救。",
            "Demonstration: this place and its equipment are made up. Do not rely on it.",
        ));
    }
    page.piece.is_illustrative.then(|| {
        language.of(
            "演示数据：此处的器材为虚构，请勿据此施救。",
            "Demonstration: the equipment shown here is made up. Do not rely on it.",
        )
    })
}

/// The planner's page with the piece selected, as `web/src/shared/url.ts` reads it.
fn on_the_map(language: Language, page: &PiecePage) -> String {
    let mut view = form_urlencoded::Serializer::new(String::new());
    view.append_pair("region", page.settings.id.as_str());
    view.append_pair("sel", &format!("piece:{}", page.piece.id));
    format!("/?lang={}#{}", language.tag(), view.finish())
}

fn foot(language: Language, page: &PiecePage) -> Markup {
    let settings = &page.settings;
    let date = settings.map_date.as_deref();
    let date = date.and_then(|day| Day::new(day).ok());
    html! {
        p.soft.foot {
            "Zhugan 竹竿 · " (language.region(settings))
            @if let Some(day) = date { " · " (language.of("地图数据 ", "Map data ")) (language.day(&day)) }
            @if let Some(name) = &settings.attribution { " · " (name) }
        }
    }
}

fn says(language: Language) -> Value {
    json!({ "near": nearest::says(language), "report": report::says(language) })
}
