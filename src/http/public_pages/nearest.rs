//! What else is near: readable as it comes, and turned by the phone's compass after a tap.

use maud::Markup;
use maud::PreEscaped;
use maud::html;
use serde_json::Value;
use serde_json::json;

use crate::app::paper_words::Language;
use crate::app::piece_page::OtherPiece;
use crate::geometry::compass::Compass;
use crate::http::public_pages::words;

/// The pieces that are nearest on foot, and the button that asks the phone where it is and which way it points.
pub(super) fn section(language: Language, others: &[OtherPiece]) -> Markup {
    html! {
        section {
            h2 { (language.of("最近的器材", "Nearest equipment")) }
            @if others.is_empty() {
                p { (language.of("步行到不了其他可用的器材。", "Nobody can walk to other working equipment from here.")) }
            } @else {
                ol.near { @for other in others { (row(language, other)) } }
                p.soft #compass role="status" { (language.of("箭头：上方为北", "Arrows: up is north")) }
                p.soft #place role="status" {}
                button.wide #guide type="button" hidden { (language.of("开启方向指引", "Turn on direction")) }
            }
        }
    }
}

fn row(language: Language, other: &OtherPiece) -> Markup {
    let walk = words::walk(language, other.walk, other.takes);
    let code = other.code.to_string();
    let at = format!("{:.6},{:.6}", other.at.lon(), other.at.lat());
    let point = words::point(language, Compass::of_bearing(other.bearing));
    html! {
        li data-at=(at) data-bearing=(format!("{:.0}", other.bearing)) {
            (dial(language, Some(other.bearing)))
            div {
                a href={ "/p/" (code) } { strong { (language.kind(other.kind)) } " " span { (code) } }
                p { b.point { (point) } " · " span.far { (walk) } }
                p.soft.from hidden {}
                @if let Some(bank) = words::bank(language, other) { p.soft { (bank) } }
            }
        }
    }
}

/// A row that the script fills.
pub(super) fn empty_row(language: Language) -> Markup {
    html! {
        template #row { li {
            (dial(language, None))
            div {
                a { strong {} " " span {} }
                p { b.point {} " · " span.far {} }
                p.soft {}
            }
        } }
    }
}

/// A compass with an arrow: its letter says where north is, whichever way it is turned.
fn dial(language: Language, bearing: Option<f64>) -> Markup {
    let turned = format!("rotate({:.0} 24 24)", bearing.unwrap_or_default());
    html! {
        svg viewBox="0 0 48 48" aria-hidden="true" {
            text x="24" y="9.5" { (language.of("北", "N")) }
            g transform=(turned) { (PreEscaped("<path d=\"M24 11l8 12h-5v13h-6V23h-5z\"/>")) }
        }
    }
}

/// What the script says of directions and lengths.
pub(super) fn says(language: Language) -> Value {
    let say = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    json!({
        "points": Compass::ALL.map(|point| words::point(language, point)),
        "m": say("{n} 米", "{n} m"),
        "km": say("{n} 公里", "{n} km"),
        "straight": say("直线 {m}（从您的位置）", "{m} in a straight line from you"),
        "from": say("从本件起：{walk}", "From this piece: {walk}"),
        "turn": say("转动手机，箭头随之转动。", "Turn your phone: the arrows turn with it. "),
        "unsure": say("金属旁方向可能有偏差。", "Near metal the compass may be wrong."),
        "rough": say("方向误差约 {n}°，请当心。", "The direction may be wrong by about {n}°."),
        "north": say("无法取得方向，上方为北。", "No compass; up is north."),
        "locating": say("正在定位…", "Finding where you are …"),
        "refused": say("以本件为起点（未允许定位）。", "Starting from this piece (your location was refused)."),
        "unplaced": say("以本件为起点（未获得您的位置）。", "Starting from this piece (your location isn't available)."),
        "poor": say("定位误差约 {m}，仍以本件为起点。", "Your location is only accurate to about {m}: still starting from this piece."),
        "placed": say("以您的位置为起点，误差约 {m}。直线不等于能走的路。", "Starting from where you are, accurate to about {m}. A straight line is not always a way."),
    })
}
