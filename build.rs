//! Puts the page into the program: a folder that is ready, what `web` has built, what npm builds now, or a placeholder.

use std::env;
use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// What stands in place of the page.
const PLACEHOLDER: &str = r#"<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>Zhugan 竹竿</title><meta name="viewport" content="width=device-width"></head>
<body>
<h1>网页界面未构建</h1>
<p>安装 Node 20.19 或更新版本后再次运行 cargo，即可构建。接口说明：<a href="/api/docs">/api/docs</a></p>
<div lang="en">
<h1>Web UI not built</h1>
<p>Install Node 20.19 or newer and run cargo again to build it. The service itself works: <a href="/api/docs">/api/docs</a></p>
</div>
</body>
</html>
"#;

fn main() {
    for name in ["WEB_DIST", "WEB_BUILD"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let folder = match page(&root.join("web"), &out) {
        Ok(folder) => folder,
        Err(fault) if wish() == Wish::Require => panic!("the page is required, but {fault}"),
        Err(fault) => {
            println!("cargo::warning=web UI not built ({fault}); a placeholder page is embedded");
            placeholder(&out).expect("cargo lets build scripts write into OUT_DIR")
        }
    };
    let is_release = env::var("PROFILE").as_deref() == Ok("release");
    memory_serve::load_names_directories([("web", folder)], is_release);
}

/// Whether npm may, or must, build the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Never,
    Auto,
    Require,
}

fn wish() -> Wish {
    match env::var("WEB_BUILD").as_deref() {
        Ok("never") => Wish::Never,
        Ok("require") => Wish::Require,
        Ok("auto") | Err(_) => Wish::Auto,
        Ok(other) => panic!("WEB_BUILD is {other}; it may be never, auto or require"),
    }
}

/// The folder of the page's files.
fn page(web: &Path, out: &Path) -> Result<PathBuf, String> {
    if let Some(dist) = env::var_os("WEB_DIST") {
        let dist = PathBuf::from(dist);
        let dist = fs::canonicalize(&dist).unwrap_or(dist);
        if is_page(&dist) {
            return Ok(dist);
        }
        return Err(format!("WEB_DIST={} holds no index.html", dist.display()));
    }
    let dist = web.join("dist");
    if wish() == Wish::Never && !is_page(&dist) {
        return Err("WEB_BUILD=never".to_owned());
    }
    // As long as it is missing, cargo asks again every time.
    println!(
        "cargo::rerun-if-changed={}",
        dist.join("index.html").display()
    );
    if is_page(&dist) {
        return Ok(dist);
    }
    if !web.join("package.json").is_file() {
        return Err("there is no web/package.json".to_owned());
    }
    build(web, out)?;
    if is_page(&dist) {
        Ok(dist)
    } else {
        Err("npm run build left no web/dist/index.html".to_owned())
    }
}

fn is_page(dist: &Path) -> bool {
    dist.join("index.html").is_file()
}

/// Runs npm, once: what failed for a lock file is not tried again for the same.
fn build(web: &Path, out: &Path) -> Result<(), String> {
    let lock = fs::read(web.join("package-lock.json")).unwrap_or_default();
    let stamp = out.join("npm-failed");
    if wish() == Wish::Auto && fs::read(&stamp).is_ok_and(|failed| failed == lock) {
        return Err("npm has failed before; run npm ci && npm run build in web".to_owned());
    }
    // Two cargo processes, like a build and a check, must not run npm together.
    let guard = File::create(web.join(".npm-lock"));
    let guard = guard.and_then(|guard| guard.lock().map(|()| guard));
    let _guard = guard.map_err(|fault| format!("web/.npm-lock: {fault}"))?;
    if is_page(&web.join("dist")) {
        return Ok(());
    }
    let done =
        npm(web, &["ci", "--no-audit", "--no-fund"]).and_then(|()| npm(web, &["run", "build"]));
    if done.is_err() {
        // Only a mark to save time; if it cannot be written, npm is tried again.
        let _ = fs::write(&stamp, &lock);
    }
    done
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let command = Command::new("npm")
        .args(arguments)
        .current_dir(web)
        .output();
    let output = command.map_err(|fault| format!("npm not runnable: {fault}"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let last = words.lines().rfind(|line| !line.trim().is_empty());
    Err(format!(
        "npm {} failed: {}",
        arguments.join(" "),
        last.unwrap_or("no word why")
    ))
}

fn placeholder(out: &Path) -> io::Result<PathBuf> {
    let folder = out.join("placeholder");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), PLACEHOLDER)?;
    Ok(folder)
}
