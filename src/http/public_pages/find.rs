//! The page without a piece: calls, then what is near by the phone's own location, or a code that is typed in.

use maud::html;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::app::names;
use crate::app::paper_words::Language;
use crate::app::piece_page::Call;
use crate::http::problem::shown;
use crate::http::public_pages::call;
use crate::http::public_pages::frame;
use crate::http::public_pages::frame::Page;
use crate::http::public_pages::nearest;
use crate::http::public_pages::piece::other_language;
use crate::http::public_pages::steps;
use crate::model::equipment::EquipmentKind;

/// Why somebody is on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why<'a> {
    /// They have asked for no piece.
    NoCode,
    /// No piece has the code that they have asked for, or not any more.
    Unknown(&'a str),
    /// There is no such region, so that nobody can walk along there.
    NoRegion,
    /// The pieces are not known yet, or too many people ask.
    NotYet(&'a str),
}

/// The page whole.
pub(super) fn page(language: Language, why: Why<'_>, calls: &[Call]) -> String {
    let code = match why {
        Why::NoCode | Why::NoRegion => "",
        Why::Unknown(code) | Why::NotYet(code) => code,
    };
    let address = if code.is_empty() {
        "/p".to_owned()
    } else {
        address(code)
    };
    let body = html! {
        @match why {
            Why::NoCode => {},
            Why::NoRegion => p.notice {
                (language.of("没有这个辖区。请对照海报上的网址再看一遍。", "There is no such region here. Compare the address with the poster."))
            },
            Why::Unknown(code) => p.notice {
                (language.of("没有这个编号，或者器材已经撤除：", "No piece has this code, or not any more: ")) b { (shown(code)) }
                (language.of("。请对照标签再看一遍。", ". Compare it with the label."))
            },
            Why::NotYet(_) => p.notice {
                (language.of("请稍候，地图正在载入，请过一会儿再试。", "One moment: the map is being loaded. Try again soon."))
            },
        }
        (call::block(calls, &html! {}))
        (steps::section(language))
        section {
            h2 { (language.of("最近的器材", "Nearest equipment")) }
            button.wide #find type="button" hidden { (language.of("用我的位置查找", "Find it from where I am")) }
            noscript { p { (language.of("按位置查找需要浏览器启用 JavaScript。", "Finding it by your location needs JavaScript, which is off in this browser.")) } }
            p.soft #place role="status" {}
            ol.near #found {}
            p.soft #compass role="status" {}
            (nearest::empty_row(language))
        }
        section {
            h2 { (language.of("按编号查找", "By its code")) }
            form action="/p" {
                input type="hidden" name="lang" value=(language.tag());
                label for="code" { (language.of("标签上的编号，如 LI-0173-K", "The code on the label, like LI-0173-K")) }
                input #code name="code" value=(shown(code)) maxlength="60" autocomplete="off" autocapitalize="characters" required;
                button.wide type="submit" { (language.of("打开", "Open")) }
            }
        }
        p.links {
            @if matches!(why, Why::NotYet(_)) { a.wide href=(address) { (language.of("再试一次", "Try again")) } }
            a.wide href={ "/?lang=" (language.tag()) } { (language.of("打开地图", "Open the map")) }
            (other_language(language, &address))
        }
    };
    let title = language.of(
        "有人落水？ · Zhugan 竹竿",
        "Someone in the water? · Zhugan 竹竿",
    );
    frame::whole(&Page {
        language,
        title,
        says: &says(language),
        script: &frame::OF_FIND,
        body: &body,
    })
}

/// What the script says: here the phone's own place is where the walk begins.
fn says(language: Language) -> Value {
    let kinds = EquipmentKind::ALL.into_iter().map(|kind| {
        let word = Value::from(language.kind(kind));
        (names::of_equipment(kind).to_owned(), word)
    });
    let say = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    let mut near = nearest::says(language);
    for (name, text) in [
        (
            "refused",
            say(
                "未允许定位。请输入标签上的编号。",
                "Your location was refused. Type the code of a label.",
            ),
        ),
        (
            "unplaced",
            say(
                "未获得您的位置。请输入标签上的编号。",
                "Your location isn't available. Type the code of a label.",
            ),
        ),
        (
            "poor",
            say(
                "定位误差约 {m}，以下可能不准。",
                "Your location is only accurate to about {m}; the list may be wrong.",
            ),
        ),
        (
            "placed",
            say(
                "以您的位置为起点，误差约 {m}。",
                "Starting from where you are, accurate to about {m}.",
            ),
        ),
    ] {
        near[name] = text.into();
    }
    json!({
        "near": near,
        "find": {
            "kinds": kinds.collect::<Map<_, _>>(),
            "walk": say("步行 {m}，约 {t} 分钟", "{m} on foot, about {t} min"),
            "same": say("同岸", "Same bank"),
            "over": say("过桥", "Over the bridge"),
            "none": say("附近没有步行可到的器材。", "Nobody can walk to working equipment from here."),
            "nowhere": say("您不在已收录的辖区内。", "You are in none of the regions that are kept here."),
            "failed": say("无法连接服务，请重试。", "The service cannot be reached; try again."),
        },
    })
}

/// Where a code that somebody has typed is looked up.
pub(super) fn address(code: &str) -> String {
    let code: String = code.chars().take(100).collect();
    format!("/p/{}", in_path(&code))
}

/// A text as a part of an address's path, where a plus is a plus.
pub(super) fn in_path(text: &str) -> String {
    let escaped: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    escaped.replace('+', "%20")
}
