//! What to do before help is there, in three lines.

use maud::Markup;
use maud::PreEscaped;
use maud::html;

use crate::app::paper_words::Language;

/// Somebody who shouts, a pole and a ring that are held out, somebody in the water who is crossed out.
const PICTURES: [&str; 3] = [
    "<path d=\"M3 10v5h4l6 4V6L7 10zM16 9q3 3.5 0 7M18.5 6.500q5 6 0 12\"/>",
    "<path d=\"M3 20 16 5\"/><circle cx=\"17.5\" cy=\"16.5\" r=\"4.5\"/><circle cx=\"17.5\" cy=\"16.5\" r=\"1.5\"/>",
    "<circle cx=\"12\" cy=\"8\" r=\"3\"/><path d=\"M2 15q2.500-3 5 0t5 0 5 0 5 0M2 20q2.500-3 5 0t5 0 5 0 5 0M3 3l18 18\"/>",
];

/// Reach, throw, do not go in.
pub(super) fn section(language: Language) -> Markup {
    let steps = [
        language.of("大声呼救，打电话", "Shout for help, and call"),
        language.of(
            "伸杆、抛圈、抛绳",
            "Reach with the pole, throw the ring or rope",
        ),
        language.of(
            "不要盲目下水，不要手拉手施救",
            "Don't go in; no human chain",
        ),
    ];
    html! {
        ol.steps {
            @for (picture, step) in PICTURES.iter().zip(steps) {
                li { svg viewBox="0 0 24 24" aria-hidden="true" { (PreEscaped(picture)) } span { (step) } }
            }
        }
    }
}
