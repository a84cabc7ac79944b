//! The rules of the code: who may use whom, what is absent, how long a file may be.
//!
//! A rule is a function of a file's path and text. Its test shows it a bad example, which it must refuse at the
//! right lines, and then holds it against every file of the project.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::project::Fault;
use crate::project::PROJECT;
use crate::project::faults;
use crate::project::has_ending;
use crate::project::holds;
use crate::rust_text::code;
use crate::rust_text::first_name;
use crate::rust_text::test_modules;
use crate::rust_text::without_tests;
use crate::rust_text::words;

/// Each layer and the layers that it may use, ground up.
const LAYERS: [(&str, &[&str]); 12] = [
    ("units", &[]),
    ("geometry", &["units"]),
    ("model", &["units", "geometry"]),
    ("formats", &["units", "geometry", "model"]),
    ("ground", &["units", "geometry", "model"]),
    ("store", &["units", "geometry", "model"]),
    ("plan", &["units", "geometry", "model", "ground"]),
    (
        "app",
        &[
            "units", "geometry", "model", "formats", "ground", "store", "plan",
        ],
    ),
    ("http", &["units", "geometry", "model", "plan", "app"]),
    (
        "cli",
        &["units", "geometry", "model", "plan", "app", "http"],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Crates that only some layers may name.
const HOMES: [(&[&str], &[&str]); 10] = [
    (
        &[
            "axum",
            "axum_extra",
            "tower",
            "tower_http",
            "hyper",
            "hyper_util",
            "maud",
            "memory_serve",
            "openidconnect",
            "rustls",
            "tokio_rustls",
            "webpki_roots",
            "utoipa",
            "utoipa_axum",
            "tracing",
            "tracing_subscriber",
        ],
        &["http"],
    ),
    (&["arc_swap"], &["app"]),
    (&["microlp", "highs"], &["plan"]),
    (&["getrandom", "sha2", "hmac", "base64"], &["app"]),
    // A GeoPackage is an SQLite file.
    (
        &["rusqlite"],
        &[
            "store",
            "src/formats/geopackage.rs",
            "src/formats/points/geopackage.rs",
        ],
    ),
    (
        &["tokio_postgres", "postgres", "refinery", "sqlx", "diesel"],
        &["store"],
    ),
    (
        &[
            "osmpbf",
            "shapefile",
            "dbase",
            "quick_xml",
            "icalendar",
            "csv",
            "kml",
            "gpx",
            "encoding_rs",
            "geojson",
            "mvt",
            "flate2",
            "zip",
            "calamine",
            "rust_xlsxwriter",
            "krilla",
            "skrifa",
            "fast_qr",
            "image",
        ],
        &["formats"],
    ),
    (&["spade"], &["ground"]),
    (&["anyhow"], &["cli", "main"]),
    (&["clap", "indicatif", "unicode_width"], &["cli"]),
];

/// Layers whose answers depend on nothing but what they are asked.
const PURE: [&str; 5] = ["units", "geometry", "model", "ground", "plan"];

/// What a pure layer may not name: clocks, input and output, chance without a seed (so is the order of a std hash map).
const IMPURE: [&str; 21] = [
    "std::time",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "log::",
    "tracing::",
    "rand::rng",
    "rand::random",
    "thread_rng",
    "from_os_rng",
    "collections::HashMap",
    "collections::HashSet",
];

/// The most lines that a file of code may have.
const MOST_LINES: usize = 500;

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let nearest = "//! Nearest.
use crate::units::Meters;
use crate::store::Store;
// crate::http
fn f(_: crate::app::App) {}
use crate::{http, units};
use super::super::formats::csv;
use super::gaps;";
    holds(layers, "src/plan/nearest.rs", nearest, &[3, 5, 6, 7]);
    holds(layers, "src/main.rs", "use zhugan::http::serve;", &[1]);
    holds(layers, "src/gadgets/mod.rs", "//! Gadgets.", &[1]);
}

#[test]
fn a_crate_with_a_home_is_named_only_there() {
    let axum = "//! Nearest.\nuse axum::Router;\nlet a = axum::serve();\n// axum::serve";
    holds(homes, "src/app/nearest.rs", axum, &[2, 3]);
    let csv = "use crate::formats::csv;\nfn f() { csv::read() }\nuse rusqlite;";
    holds(homes, "src/app/import.rs", csv, &[3]);
    holds(homes, "src/http/mod.rs", "use spade::Point2;", &[1]);
    holds(
        homes,
        "src/plan/gaps.rs",
        "fn f() -> anyhow::Result<()> {}",
        &[1],
    );
}

#[test]
fn nothing_is_async_below_http() {
    let text = "async fn f() { g().await }\nfn awaiting() {}\nuse tokio::fs;";
    holds(below_http, "src/store/mod.rs", text, &[1, 1, 3]);
}

#[test]
fn pure_layers_name_no_clock_no_files_and_no_unseeded_chance() {
    let text = "use std::time::Instant;
fn f() { println!() }
use std::collections::HashMap;
use rand::rng;
#[cfg(test)]
mod tests { fn f() { println!() } }";
    holds(purity, "src/ground/mesh.rs", text, &[1, 1, 2, 3, 4]);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let text = "fn f() { g().unwrap() }
#[cfg(test)]
mod tests { fn f() { g().unwrap() } }
fn h() { g().unwrap_or(0) }";
    holds(unwraps, "src/units.rs", text, &[1]);
}

#[test]
fn every_file_says_what_it_holds() {
    holds(head, "src/plan/mod.rs", "use crate::units;", &[1]);
    holds(head, "tests/main.rs", "", &[1]);
}

#[test]
fn no_file_of_code_is_too_long() {
    holds(length, "tests/town.rs", &"//! Town.\n".repeat(501), &[501]);
    holds(length, "web/src/url.ts", &"\n".repeat(501), &[501]);
}

#[test]
fn nothing_is_left_unfinished() {
    let text = unfinished_words().join("\n");
    holds(unfinished, "src/plan/gaps.rs", &text, &[1, 2, 3, 4, 5]);
    holds(
        unfinished,
        "web/src/url.ts",
        &format!("// {text}"),
        &[1, 2, 3, 4, 5],
    );
}

#[test]
fn no_file_knows_where_one_machine_keeps_things() {
    let text = machine_folders().map(|folder| format!("in `{folder}someone`\n"));
    let text = text.concat();
    holds(machine_paths, "CONTRIBUTING.md", &text, &[1, 2, 3, 4, 5, 6]);
    assert!(machine_paths("README.md", "https://example.org/home/").is_empty());
}

fn layers(path: &str, text: &str) -> Vec<Fault> {
    let Some(layer) = layer_of(path) else {
        return Vec::new();
    };
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return faults(path, [(1, format!("{layer} is no layer of the table"))]);
    };
    let code = code(text);
    let root = if layer == "main" {
        "zhugan::"
    } else {
        "crate::"
    };
    let up = "super::".repeat(module_depth(path));
    let mut found = Vec::new();
    for (line, _, after) in words(&code, root).into_iter().chain(words(&code, &up)) {
        let used = first_name(after.trim_start_matches("super::"));
        let is_known = LAYERS.iter().any(|(name, _)| *name == used);
        if used.is_empty() {
            found.push((line, "one `use` a line, to see each layer".to_owned()));
        } else if is_known && used != layer && !allowed.contains(&used) {
            found.push((line, format!("{layer} may not use {used}")));
        }
    }
    faults(path, found)
}

fn homes(path: &str, text: &str) -> Vec<Fault> {
    let Some(layer) = layer_of(path) else {
        return Vec::new();
    };
    let code = code(text);
    let mut found = Vec::new();
    let is_away = |homes: &[&str]| !homes.contains(&layer) && !homes.contains(&path);
    for (crates, homes) in HOMES.iter().filter(|(_, homes)| is_away(homes)) {
        for name in *crates {
            let is_our_module = [format!("::{name};"), format!("mod {name};")]
                .iter()
                .any(|ours| code.contains(ours));
            for (line, before, after) in words(&code, name) {
                let is_path = after.starts_with("::") || before.trim_end().ends_with("use");
                if is_path && !before.ends_with("::") && !is_our_module {
                    let homes = homes.join(" and ");
                    found.push((line, format!("only {homes} may name {name}")));
                }
            }
        }
    }
    faults(path, found)
}

fn below_http(path: &str, text: &str) -> Vec<Fault> {
    if layer_of(path).is_none_or(|layer| ["http", "cli", "main"].contains(&layer)) {
        return Vec::new();
    }
    named(path, &code(text), &["async", ".await", "tokio"])
}

fn purity(path: &str, text: &str) -> Vec<Fault> {
    if layer_of(path).is_none_or(|layer| !PURE.contains(&layer)) {
        return Vec::new();
    }
    named(path, &shipped(path, text), &IMPURE)
}

fn unwraps(path: &str, text: &str) -> Vec<Fault> {
    if layer_of(path).is_none() {
        return Vec::new();
    }
    named(path, &shipped(path, text), &[".unwrap()"])
}

fn named(path: &str, code: &str, names: &[&str]) -> Vec<Fault> {
    let found = names.iter().flat_map(|name| {
        let lines = words(code, name).into_iter();
        lines.map(move |(line, _, _)| (line, format!("`{name}` has no place here")))
    });
    faults(path, found)
}

/// The code of a file less what is compiled for tests only.
fn shipped(path: &str, text: &str) -> String {
    if TEST_FILES.contains(path) {
        String::new()
    } else {
        without_tests(&code(text))
    }
}

fn head(path: &str, text: &str) -> Vec<Fault> {
    let is_headless = has_ending(path, "rs") && !text.starts_with("//! ");
    faults(
        path,
        is_headless.then(|| (1, "begins without a `//!` sentence".to_owned())),
    )
}

fn length(path: &str, text: &str) -> Vec<Fault> {
    let is_code = has_ending(path, "rs") || path.starts_with("web/src/");
    let n_lines = text.lines().count();
    let is_long = is_code && MOST_LINES < n_lines;
    let what = || format!("{n_lines} lines; at most {MOST_LINES}");
    faults(path, is_long.then(|| (MOST_LINES + 1, what())))
}

fn unfinished(path: &str, text: &str) -> Vec<Fault> {
    let is_code = ["rs", "ts", "tsx"]
        .iter()
        .any(|ending| has_ending(path, ending));
    let words = unfinished_words();
    if is_code {
        named(path, text, &words.each_ref().map(String::as_str))
    } else {
        Vec::new()
    }
}

/// Put together from halves, so that this file does not refuse itself.
fn unfinished_words() -> [String; 5] {
    [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("#[ign", "ore"),
    ]
    .map(|(half, other)| format!("{half}{other}"))
}

fn machine_paths(path: &str, text: &str) -> Vec<Fault> {
    let is_inside = |c: char| c.is_alphanumeric() || "/.-_~}".contains(c);
    let mut found = Vec::new();
    for folder in machine_folders() {
        for (line, before, after) in words(text, &folder) {
            if !before.ends_with(is_inside) && after.starts_with(char::is_alphanumeric) {
                found.push((line, format!("a path below {folder}")));
            }
        }
    }
    faults(path, found)
}

/// Folders that mean something on one machine only; put together here, so that this file does not refuse itself.
fn machine_folders() -> [String; 6] {
    ["home", "root", "tmp", "Users", "work", "mnt"].map(|name| format!("/{name}/"))
}

/// The layer that a file of `src` stands in.
fn layer_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("src/")?;
    Some(rest.split('/').next()?.trim_end_matches(".rs"))
}

/// How many modules a file of `src` stands below the root of the crate.
fn module_depth(path: &str) -> usize {
    let n_folders = path.matches('/').count();
    if path.ends_with("/mod.rs") {
        n_folders - 1
    } else {
        n_folders
    }
}

/// Files of `src` that are compiled for tests only.
static TEST_FILES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut files = BTreeSet::new();
    for (path, text) in PROJECT.iter().filter(|(path, _)| path.starts_with("src/")) {
        let folder = match path.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder,
            _ => path.trim_end_matches(".rs"),
        };
        for name in test_modules(&code(text)) {
            files.insert(format!("{folder}/{name}.rs"));
        }
    }
    files
});
