//! The frame of the public pages: one answer with its style and its script in it, and the policy that lets in just these.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;
use serde_json::Value;

use crate::app::paper_words::Language;
use crate::app::piece_page::inline_hash;

static STYLE: LazyLock<String> = LazyLock::new(|| lean(include_str!("page.css"), "/*"));
static STYLE_WITH_FORM: LazyLock<String> = LazyLock::new(|| {
    lean(
        concat!(include_str!("page.css"), include_str!("form.css")),
        "/*",
    )
});

/// What a page does beyond being read.
pub(super) struct Script {
    style: &'static str,
    text: String,
    /// What the page may load: the style and the script that stand in it, and answers of this service.
    pub policy: HeaderValue,
}

/// Of the page of a piece.
pub(super) static OF_PIECE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("piece.js")));

/// Of the page without a piece.
pub(super) static OF_FIND: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("find.js")));

/// Of the page with nothing but a form.
pub(super) static OF_FORM: LazyLock<Script> = LazyLock::new(Script::none);

impl Script {
    fn none() -> Self {
        Self {
            style: &STYLE_WITH_FORM,
            text: String::new(),
            policy: policy(&STYLE_WITH_FORM, "'none'"),
        }
    }

    fn new(own: &str) -> Self {
        let parts = [include_str!("base.js"), own].map(|part| lean(part, "//"));
        // In braces, no name of it is anybody else's.
        let text = format!("{{{}}}", parts.join("\n"));
        let policy = policy(&STYLE, &inline_hash(&text));
        Self {
            style: &STYLE,
            text,
            policy,
        }
    }
}

/// What a page may load that has such a style, and whose own script, if it has one, has that hash.
fn policy(style: &str, script: &str) -> HeaderValue {
    let style = inline_hash(style);
    let policy = format!(
        "default-src 'none'; style-src {style}; script-src {script}; connect-src 'self'; img-src data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    // Letters and signs that any header takes; if not, the page is shown without its style and its script.
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// What a page is made of.
pub(super) struct Page<'a> {
    pub language: Language,
    pub title: &'a str,
    /// What its script says.
    pub says: &'a Value,
    pub script: &'a Script,
    pub body: &'a Markup,
}

/// A page whole.
pub(super) fn whole(page: &Page<'_>) -> String {
    let text = html! {
        (DOCTYPE)
        html lang=(page.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no";
                link rel="icon" href="data:,";
                title { (page.title) }
                style { (PreEscaped(page.script.style)) }
            }
            body data-says=(page.says) {
                main { (page.body) }
                @if !page.script.text.is_empty() { script { (PreEscaped(&page.script.text)) } }
            }
        }
    };
    text.into_string()
}

/// Blanks that mean nothing in the style and the scripts; what they say to people does not stand in them.
const WIDE: [(&str, &str); 27] = [
    (" => ", "=>"),
    (" === ", "==="),
    (" = ", "="),
    (" ??= ", "??="),
    (" ?? ", "??"),
    (" && ", "&&"),
    (" || ", "||"),
    (" ? ", "?"),
    (" : ", ":"),
    (" * ", "*"),
    (" / ", "/"),
    (" < ", "<"),
    (" > ", ">"),
    (" + ", "+"),
    (" - ", "-"),
    (" % ", "%"),
    ("if (", "if("),
    ("for (", "for("),
    (": ", ":"),
    (", ", ","),
    ("; ", ";"),
    ("{ ", "{"),
    (" {", "{"),
    (" }", "}"),
    (";\n", ";"),
    (",\n", ","),
    ("{\n", "{"),
];

/// A file without what is only for its readers: comments on lines of their own, and blanks.
fn lean(text: &str, comment: &str) -> String {
    let lines = text.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with(comment));
    let text = kept.collect::<Vec<_>>().join("\n");
    let tight = |text: String, (wide, tight): &(&str, &str)| text.replace(wide, tight);
    WIDE.iter().fold(text, tight)
}
