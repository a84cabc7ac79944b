//! Saying what is wrong with a piece, without an account.

use maud::Markup;
use maud::html;
use serde_json::Value;
use serde_json::json;

use crate::app::names;
use crate::app::paper_words::Language;
use crate::app::piece_page::PiecePage;
use crate::app::piece_page::calls;
use crate::http::public_pages::call;
use crate::model::report::ReportKind;

/// The form; without a script it cannot be sent, and says so.
pub(super) fn section(language: Language, page: &PiecePage) -> Markup {
    let calls = calls(&page.settings);
    html! {
        section {
            h2 { (language.of("上报这件器材", "Report this piece")) }
            (call::again(language, &calls))
            noscript { p { (language.of("上报需要浏览器启用 JavaScript。", "Reporting needs JavaScript, which is off in this browser.")) } }
            form #report hidden data-region=(page.settings.id.as_str()) data-piece=(page.piece.id) {
                fieldset {
                    legend { (language.of("看到了什么？", "What did you see?")) }
                    @for kind in ReportKind::ALL {
                        label { input type="radio" name="kind" value=(names::of_report(kind)) required; (seen(language, kind)) }
                    }
                }
                label for="note" { (language.of("说明（选“其他”时必填，请勿填写个人信息）", "In words (needed for “other”; nobody's personal data, please)")) }
                textarea #note rows="3" maxlength="2000" {}
                button.wide type="submit" { (language.of("提交上报", "Send the report")) }
            }
            p #reported role="status" {}
        }
    }
}

fn seen(language: Language, kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Missing => language.of("不见了", "It is gone"),
        ReportKind::Damaged => language.of("坏了", "It is broken"),
        ReportKind::Hazard => language.of("其他", "Something else"),
    }
}

/// What the script says of reports.
pub(super) fn says(language: Language) -> Value {
    let say = |chinese: &str, english: &str| language.of(chinese, english).to_owned();
    json!({
        "sending": say("正在提交…", "Sending …"),
        "done": say("已记录，编号 {id}。", "Recorded, no. {id}. "),
        "heeded": say("已立即生效。", "It is heeded at once."),
        "waits": say("核实后生效。谢谢。", "It takes effect once somebody has looked into it. Thank you."),
        "many": say("上报过多，请过几分钟再试。", "Too many reports lately; try again in a few minutes."),
        "unsent": say("尚未提交，已填内容保留，请重试。", "Nothing was sent; what you typed is kept: try again."),
        "needed": say("请用几个字说明。", "Please say what it is in a few words."),
    })
}
