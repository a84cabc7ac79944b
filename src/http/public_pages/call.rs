//! Whom to call: what stands first on every public page, Chinese first, with the English below.

use maud::Markup;
use maud::html;

use crate::app::paper_words::Language;
use crate::app::paper_words::Language::Chinese;
use crate::app::paper_words::Language::English;
use crate::app::piece_page::Call;
use crate::http::public_pages::words;

/// The buttons that call; `tel:` takes the number alone.
pub(super) fn buttons(calls: &[Call]) -> Markup {
    html! {
        ul.calls {
            @for call in calls {
                li { a href={ "tel:" (dialed(&call.number)) } {
                    span { strong { "拨打 " (call.number) } " " (words::service(Chinese, &call.service)) }
                    span lang=(English.tag()) { (words::service(English, &call.service)) " " (call.number) }
                } }
            }
        }
    }
}

/// The red block with its question and the buttons, and what is to be said on the telephone, if that is known.
pub(super) fn block(calls: &[Call], to_say: &Markup) -> Markup {
    html! {
        section.alarm lang=(Chinese.tag()) {
            h1 { "有人落水？" span lang=(English.tag()) { "Someone in the water?" } }
            (buttons(calls))
            (to_say)
        }
    }
}

/// Once more, small, where somebody might write instead of calling.
pub(super) fn again(language: Language, calls: &[Call]) -> Markup {
    html! {
        p.urgent { (language.of("紧急情况请打电话，无人实时查看上报：", "In an emergency, call: nobody watches these reports."))
            @for call in calls {
                " " a href={ "tel:" (dialed(&call.number)) } { (words::service(language, &call.service)) " " (call.number) }
            }
        }
    }
}

/// What a telephone dials: nothing that a region's file might hold beside digits and signs.
fn dialed(number: &str) -> String {
    let is_dialed = |c: &char| c.is_ascii_digit() || "+*#".contains(*c);
    number.chars().filter(is_dialed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_dialed_is_dialed() {
        assert_eq!(dialed("+86 (0)575-110"), "+860575110");
        assert_eq!(dialed("1\"1\u{ff11}0;x"), "110");
    }

    #[test]
    fn a_hostile_number_stays_a_text() {
        let call = Call {
            service: "<b>".to_owned(),
            number: "1\"><script>".to_owned(),
        };
        let text = buttons(&[call]).into_string();
        assert!(text.contains("href=\"tel:1\""), "{text}");
        assert!(!text.contains("<script") && !text.contains("<b>"), "{text}");
    }
}
